// “Nghe đọc”: the browser reads the page aloud, where it has a Vietnamese voice. Without one, or without this file, nothing is missing.
const speech = window.speechSynthesis;
const voice = () => speech.getVoices().find((one) => one.lang.replace("_", "-").toLowerCase().startsWith("vi"));

function offer() {
  const part = document.querySelector("[data-listen]");
  if (!part || !voice() || document.querySelector(".listen")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet listen";
  button.lang = "vi";
  button.textContent = "Nghe đọc";
  button.addEventListener("click", () => {
    if (speech.speaking) {
      speech.cancel();
      button.textContent = "Nghe đọc";
      return;
    }
    const words = new SpeechSynthesisUtterance(part.innerText.replace(button.textContent, ""));
    words.voice = voice();
    words.lang = "vi-VN";
    words.rate = 0.9;
    words.onend = () => { button.textContent = "Nghe đọc"; };
    button.textContent = "Dừng đọc";
    speech.speak(words);
  });
  part.before(button);
}

if (speech) {
  offer();
  speech.addEventListener?.("voiceschanged", offer);
  window.addEventListener("pagehide", () => speech.cancel());
}
