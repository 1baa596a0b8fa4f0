// The team's pages with JavaScript: a class is kept on the phone first and sent after, with or without a line.

import * as store from "./team-store.js";
import { seal } from "./team-seal.js";
import { batchesOf, send } from "./team-send.js";

const $ = (id) => document.getElementById(id);
const line = $("line");
const word = (key) => document.querySelector(`[data-word="${key}"]`).textContent;
const show = (element, text) => {
  if (!element) return;
  if (text !== undefined) element.textContent = text;
  element.hidden = text === "";
};
const DAY = 24 * 60 * 60 * 1000;
const session = { csrf: "", device: "" }; // of this page only
let again; // the next try
let wired = false; // the form
let lists; // what came down: who I am, my teams, who lives there

// --- the day and the lists --------------------------------------------------------------------------------------------------------

const localDay = (time) => { const d = new Date(time); return Date.UTC(d.getFullYear(), d.getMonth(), d.getDate()); };
// The office's day: as many days after the one we heard as this phone has counted since.
function officeDay() {
  const days = Math.round((localDay(Date.now()) - localDay(lists.at)) / DAY);
  return new Date(Date.parse(lists.today) + days * DAY).toISOString().slice(0, 10);
}
const dayInWords = (time) => new Date(time).toLocaleDateString(document.documentElement.lang);

// Asks the server who we are. What it says goes before what the phone kept; without an answer the phone's own is taken while it is good.
async function fetchLists() {
  let answer;
  try {
    answer = await fetch(line.dataset.lists, { signal: AbortSignal.timeout(15_000) });
  } catch {
    return keptLists();
  }
  if (answer.status === 401 || answer.status === 404) {
    await store.wipeLists();
    return { why: answer.status === 401 ? "signed-out" : "not-member" };
  }
  if (!answer.ok) return keptLists();
  const { csrf, ...rest } = await answer.json();
  lists = { ...rest, at: Date.now() };
  session.csrf = csrf;
  session.device = await store.deviceOf(lists.me);
  if (lists.kept_days) await store.keepLists(lists);
  else await store.wipeLists();
  return { why: "" };
}

async function keptLists() {
  const kept = await store.lists();
  if (!kept) return { why: "no-list" };
  const age = Date.now() - kept.at;
  if (age > kept.kept_days * DAY || age < -DAY) { // too old, or the clock went back
    await store.wipeLists();
    return { why: "old-list" };
  }
  lists = kept;
  return { why: "offline" };
}

function sayHowLong() {
  const until = `${word("kept")} ${dayInWords(lists.at + lists.kept_days * DAY)}. ${word("wipes")}`;
  show($("kept"), lists.kept_days ? until : word("not-kept"));
}

// --- what waits -------------------------------------------------------------------------------------------------------------------

async function showWaiting() {
  const events = await store.waiting();
  // A server that signs us out must know that something still lies here: it then leaves the store alone.
  document.cookie = `hvs_waiting=${events.length ? 1 : 0}; path=/; SameSite=Lax; max-age=${events.length ? 31_536_000 : 0}`;
  $("waiting-count").textContent = events.length;
  $("waiting-list").replaceChildren(...events.map((event) => {
    const item = document.createElement("li");
    item.textContent = event.say;
    return item;
  }));
  $("waiting").hidden = events.length === 0;
  return events.length;
}

// One tab sends at a time; the others find the work done. Gives back how many events are left.
async function sendWaiting() {
  const had = await showWaiting();
  const who = session.csrf ? { why: "" } : await fetchLists();
  showLists(who.why);
  if (who.why) {
    const gone = ["signed-out", "not-member"].includes(who.why);
    if (had) tell(gone ? who.why : "offline");
    if (had && !gone) later();
    return had;
  }
  const once = () => send({ address: line.dataset.sync, session });
  const { why, aside } = navigator.locks ? await navigator.locks.request("hvs-to-send", once) : await once();
  const left = await showWaiting();
  if (why) session.csrf = ""; // who we are, and the form's token, are asked anew before the next try
  if (aside.length) sayAside(aside);
  if (had || aside.length) tell(why || (aside.length ? "" : "sent"));
  if (why === "server" || why === "offline") later();
  return left;
}

function later() {
  clearTimeout(again);
  again = setTimeout(() => sendWaiting().catch(report), 60_000);
}

const tell = (key) => show($("line-says"), key ? word(key) : "");

// What waits, as a file that any member may send from a device with a line (“Gửi tệp từ máy khác”). It stays here, too, until acknowledged.
async function saveFile() {
  const file = new Blob([JSON.stringify({ batches: batchesOf(await store.waiting(), 200) })], { type: "application/json" });
  const name = `buoi-hoc-chua-gui-${new Date().toISOString().slice(0, 10)}.json`;
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  tell("file-saved");
}

function sayAside(aside) {
  const heading = document.createElement("p");
  heading.textContent = word("aside");
  const reasons = document.createElement("ul");
  reasons.append(...aside.map(({ reason }) => {
    const item = document.createElement("li");
    item.lang = "vi";
    item.textContent = reason;
    return item;
  }));
  $("trouble").replaceChildren(heading, reasons);
  $("trouble").hidden = false;
}

function report(error) {
  console.error(error);
  show($("trouble"), word("server"));
}

// --- the form ---------------------------------------------------------------------------------------------------------------------

const fold = (text) => text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "").split(/\s+/).join(" ").trim();

function fillForm(form) {
  const team = form.elements.team;
  if (!team.options.length) {
    team.append(...lists.teams.map(({ id, name }) => new Option(name, id)));
    $("team-field").hidden = lists.teams.length < 2;
    $("residents").replaceChildren(...lists.residents.map(resident));
  }
  form.elements.on.value ||= officeDay();
  form.hidden = false;
}

function resident({ id, name, folded, born, unit }) {
  const row = document.createElement("p");
  row.className = "choice";
  Object.assign(row.dataset, { folded, unit });
  const box = Object.assign(document.createElement("input"), { type: "checkbox", name: "came", id: `came_${id}`, value: id });
  const label = Object.assign(document.createElement("label"), { htmlFor: box.id, textContent: name });
  if (born) {
    const year = Object.assign(document.createElement("span"), { className: "muted", textContent: ` ${word("born")} ${born}` });
    label.append(year);
  }
  row.append(box, label);
  return row;
}

// Shows whose name contains what was typed, with or without diacritics; who is ticked stays in sight.
function find(text) {
  const asked = fold(text);
  for (const row of $("residents").children) {
    row.hidden = asked !== "" && !row.dataset.folded.includes(asked) && !row.querySelector("input").checked;
  }
}

function countTicked() {
  $("ticked-count").textContent = $("residents").querySelectorAll(":checked").length;
}

function told(form) {
  const data = new FormData(form);
  const names = String(data.get("names")).split("\n").map((name) => name.trim()).filter(Boolean);
  const on = data.get("on");
  return {
    team: data.get("team"), skill: data.get("skill"), on: on === officeDay() ? null : on, place: data.get("place").trim(),
    came: data.getAll("came"), names,
  };
}

function wrong(form, class_) {
  if (!class_.skill) return ["no-skill", $("skills").querySelector("input")];
  if (!form.elements.on.value || form.elements.on.value > officeDay()) return ["no-day", form.elements.on];
  if (!class_.came.length && !class_.names.length) return ["nobody", $("find")];
  return undefined;
}

async function keep(form) {
  const class_ = told(form);
  const fault = wrong(form, class_);
  if (fault) {
    show($("trouble"), word(fault[0]));
    fault[1].focus();
    return;
  }
  show($("trouble"), "");
  const people = class_.came.length + class_.names.length;
  const skill = form.querySelector("[name=skill]:checked + label").textContent.trim();
  const day = new Date(`${form.elements.on.value}T00:00`).toLocaleDateString(document.documentElement.lang);
  const id = store.newId();
  const device = await store.deviceOf(lists.me);
  const body = await seal(JSON.stringify(class_), lists.key, `${device}:${id}`);
  await store.record(lists.me, { id, kind: "class_held", at: Date.now(), body, say: `${day}: ${skill}, ${people} ${word("people")}` });
  form.reset();
  find("");
  countTicked();
  form.elements.on.value = officeDay();
  form.hidden = true;
  $("class-saved").hidden = false;
  show($("class-saved-says"), word("saved"));
  $("class-saved").focus();
  const stays = await navigator.storage?.persist?.();
  const left = await sendWaiting();
  if (!left) show($("class-saved-says"), word("arrived"));
  else if (!stays) show($("class-saved-says"), `${word("saved")} ${word("may-be-wiped")}`);
}

function wireForm(form) {
  $("find-field").hidden = $("ticked").hidden = false;
  $("find").addEventListener("input", (event) => find(event.target.value));
  $("find").addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  $("residents").addEventListener("change", countTicked);
  countTicked();
  let busy = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (busy) return; // pressed twice
    busy = true;
    keep(form).catch((error) => { console.error(error); show($("trouble"), word("full")); }).finally(() => { busy = false; });
  });
  $("another").addEventListener("click", () => {
    $("class-saved").hidden = true;
    form.hidden = false;
    form.querySelector("input[type=radio]").focus();
  });
}

// --- leaving ----------------------------------------------------------------------------------------------------------------------

function wireLeaving() {
  document.querySelector(".top form")?.addEventListener("submit", (event) => {
    if (!$("waiting").hidden && !confirm(word("leave"))) event.preventDefault();
    else if (!navigator.onLine) {
      event.preventDefault();
      leaveOffline().catch(report);
    }
  });
  $("leave-offline")?.addEventListener("click", () => {
    if ($("waiting").hidden || confirm(word("leave"))) leaveOffline().catch(report);
  });
}

async function leaveOffline() {
  const leaving = lists?.me ?? true;
  await store.wipeLists();
  await store.note("leaving", leaving);
  lists = undefined;
  session.csrf = "";
  show($("line-says"), word("left"));
  const form = $("class-form");
  if (form) {
    $("residents").replaceChildren();
    form.hidden = true;
  }
  show($("kept"), "");
}

// Somebody left with no line: the server hears of it now, before anything else is shown. Whoever has signed in since stays.
async function finishLeaving() {
  const leaving = await store.noted("leaving");
  if (!leaving) return false;
  let answer;
  try {
    answer = await fetch(line.dataset.lists);
  } catch {
    tell("left"); // still no line; the lists are gone already
    return true;
  }
  const { csrf, me } = answer.ok ? await answer.json() : {};
  if (me && (leaving === true || leaving === me)) {
    const form = Object.assign(document.createElement("form"), { method: "post", action: line.dataset.out });
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "csrfmiddlewaretoken", value: csrf }));
    document.body.append(form);
    await store.wipeLists();
    form.submit();
    return true;
  }
  await store.wipeLists();
  return false;
}

// --- the start --------------------------------------------------------------------------------------------------------------------

async function start() {
  navigator.serviceWorker?.register(line.dataset.worker, { updateViaCache: "none" }).catch(console.error);
  try {
    await store.open();
    await store.waiting();
  } catch (error) {
    console.error(error);
    show($("trouble"), word("refused")); // the form goes to the server as a plain one
    return;
  }
  wireLeaving();
  if ($("forget-lists")) {
    await store.wipeLists();
    await showWaiting();
    return;
  }
  if (await finishLeaving()) {
    await showWaiting();
    return;
  }
  await sendWaiting();
}

// What depends on the lists: once they are there, the form is filled and works.
function showLists(why) {
  const form = $("class-form");
  if ($("no-line")) $("no-line").hidden = why === "";
  if (lists) {
    sayHowLong();
    if ($("leave-offline")) $("leave-offline").hidden = false;
    if (form && !wired) {
      wired = true;
      fillForm(form);
      wireForm(form);
      show($("trouble"), "");
    }
  } else if (form && why) {
    show($("trouble"), word(why));
  }
}

addEventListener("online", () => sendWaiting().catch(report));
document.addEventListener("visibilitychange", () => { if (!document.hidden && lists) sendWaiting().catch(report); });
$("send-now").addEventListener("click", () => sendWaiting().catch(report));
$("save-file").addEventListener("click", () => saveFile().catch(report));
start().catch(report);
