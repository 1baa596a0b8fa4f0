// The keys of the review page. They act only while the focus is on an entry itself, so that nothing is taken from fields, buttons or
// screen readers; without this file every step is a link or a button.
const entries = [...document.querySelectorAll("article[data-entry]")];
const markOf = (entry) => document.getElementById(`vb-${entry.dataset.entry}`);
const entryOf = (id) => document.getElementById(`m-${id}`);

function lightUp(shown, of) {
  for (const old of document.querySelectorAll(".here")) old.classList.remove("here");
  shown?.classList.add("here");
  for (const piece of document.querySelectorAll(`mark[data-of~="${of}"]`)) piece.classList.add("here");
}

function goTo(thing) {
  if (!thing) return;
  const shown = thing.closest("mark, article") ?? thing;
  lightUp(shown, thing.id.replace(/^(vb|m)-/, ""));
  shown.focus({ preventScroll: true });
  shown.scrollIntoView({ block: shown.matches("article") ? "start" : "center" });
}

// The document follows the entry one stands on, and does not take the focus.
function showInText(entry) {
  lightUp(null, entry.dataset.entry);
  const mark = markOf(entry)?.closest("mark");
  if (mark && matchMedia("(min-width: 64em)").matches) mark.scrollIntoView({ block: "center" });
}

function step(entry, by) {
  const next = entries[entries.indexOf(entry) + by];
  if (next) goTo(next);
}

const press = (entry, selector) => entry.querySelector(selector)?.click();
const KEYS = {
  j: (entry) => step(entry, 1),
  ArrowDown: (entry) => step(entry, 1),
  k: (entry) => step(entry, -1),
  ArrowUp: (entry) => step(entry, -1),
  Enter: (entry) => press(entry, "[name=accept]") ?? press(entry, ".point .button"),
  s: (entry) => press(entry, ".acts a.button"),
  b: (entry) => press(entry, "[name=reject]"),
  v: (entry) => goTo(markOf(entry)),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  const at = event.target;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (at.matches?.("mark") && key === "v") {
    event.preventDefault();
    goTo(entryOf(at.querySelector("a.no")?.hash.slice(3)));
    return;
  }
  if (!at.matches?.("article[data-entry]") || !KEYS[key]) return;
  event.preventDefault();
  KEYS[key](at);
});

for (const entry of entries) entry.addEventListener("focusin", () => showInText(entry));

// After a step the page comes back at the next open entry: stand on it, so that the keys work at once.
function standOnTarget() {
  const target = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  // The browser has put the focus there already; somebody who pressed a key since is further on, and is not pulled back.
  if (target?.matches("article, mark") && !document.activeElement.matches("article, mark")) goTo(target);
  else if (target === document.activeElement) lightUp(target, target.id.replace(/^(vb|m)-/, ""));
}
window.addEventListener("hashchange", standOnTarget);
standOnTarget();
