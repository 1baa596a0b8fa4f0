// Says in which section somebody is writing, and shows who else has the report open. Without this file the page tells it when it is loaded.
const region = document.querySelector("[data-presence]");
const form = document.querySelector("[data-words]");
const EVERY = 20_000;
let section = "";
let timer = 0;

async function tell() {
  clearTimeout(timer);
  if (document.visibilityState === "visible") {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.set("muc", section);
    try {
      const answer = await fetch(region.dataset.presence, { method: "POST", body, redirect: "error" });
      if (answer.ok) show((await answer.json()).said);
    } catch {
      // no line: the next turn tries again
    }
  }
  timer = setTimeout(tell, EVERY);
}

function show(said) {
  if (said.join("\n") === [...region.children].map((line) => line.textContent).join("\n")) return;
  region.replaceChildren(
    ...said.map((sentence) => {
      const line = document.createElement("p");
      line.className = "notice";
      line.textContent = sentence;
      return line;
    }),
  );
}

if (region && form) {
  form.addEventListener("focusin", (event) => {
    if (event.target.matches("textarea") && event.target.name !== section) {
      section = event.target.name;
      tell();
    }
  });
  timer = setTimeout(tell, EVERY);
}
