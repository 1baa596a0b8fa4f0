// The verifier page: takes a code by camera, photo or paste, and shows the one section that is true of it.
import { readCode, readStatusList, Refusal } from "./code.js";
import { codesInPhoto, codesInVideo } from "./pictures.js";

const KEYS = "/giay-xac-nhan/khoa.json", STATUS = "/giay-xac-nhan/trang-thai.json";
const part = (id) => document.getElementById(id);
const day = (date) => new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Ho_Chi_Minh" }).format(date);

function hide() {
  for (const section of part("results").children) section.hidden = true;
}

function show(id) {
  hide();
  part(id).hidden = false;
  part(id).focus();
}

const json = (address) => fetch(address, { credentials: "omit" }).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null);

function say(claim, list) {
  const slot = (name) => document.querySelector(`[data-say="${name}"]`);
  const words = (name, key) => slot(name).dataset[key.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())] ?? key;
  const [framework, version] = claim.framework.split(" ");
  slot("name").textContent = claim.name;
  slot("level").textContent = words("level", claim.level);
  slot("framework").textContent = `${words("framework", framework)} ${version ?? ""}`;
  slot("issued").textContent = day(claim.issued);
  slot("issuer").textContent = claim.issuer;
  slot("id").textContent = claim.id;
  part("simulated").hidden = !claim.simulated;
  part("asof").hidden = !list;
  part("nolist").hidden = Boolean(list);
  if (list) slot("asof").textContent = day(list.asOf);
}

async function verify(text) {
  const link = /\/c\/([0-9A-Z]{10})\/?$/i.exec(text.trim());
  if (link) {
    part("short-link").querySelector("a").href = `/c/${link[1]}`;
    return show("short-link");
  }
  const keys = await json(KEYS);
  if (!keys) return show("no-keys");
  try {
    const claim = await readCode(text, keys);
    const kept = await readStatusList((await json(STATUS)) ?? {}, keys);
    // A list from before the certificate says nothing about it.
    const list = kept && kept.knows(claim.index) && kept.asOf.getTime() + 86_400_000 > claim.issued.getTime() ? kept : null;
    if (list?.isRevoked(claim.index)) return show("revoked");
    say(claim, list);
    return show("genuine");
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return show(error.section);
  }
}

// Of the codes in a picture the one we can check, else whatever there is.
function verifyOneOf(codes) {
  const code = codes.find((text) => text.startsWith("HVS1:")) ?? codes[0];
  return code ? verify(code) : show("no-code");
}

let looking;

async function lookThroughCamera() {
  hide();
  looking?.abort();
  looking = new AbortController();
  part("view").hidden = false;
  part("stop").focus();
  try {
    const codes = await codesInVideo(part("video"), looking.signal);
    part("view").hidden = true;
    if (codes.length) await verifyOneOf(codes);
    else part("camera").focus();
  } catch {
    part("view").hidden = true;
    show("no-camera");
  }
}

async function lookAtPhoto(event) {
  const [file] = event.target.files;
  if (!file) return;
  hide();
  const codes = await codesInPhoto(file).catch(() => []);
  event.target.value = "";
  await verifyOneOf(codes);
}

part("ways").hidden = false;
part("camera").hidden = !navigator.mediaDevices?.getUserMedia;
part("camera").addEventListener("click", lookThroughCamera);
part("stop").addEventListener("click", () => looking?.abort());
part("photo").addEventListener("change", lookAtPhoto);
part("typed").addEventListener("submit", (event) => {
  event.preventDefault();
  if (part("text").value.trim()) verify(part("text").value);
});

if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/xac-minh/sw.js").catch(() => {});
  navigator.serviceWorker.ready.then(() => {
    part("ready").textContent = part("ready").dataset.ready;
  });
}
