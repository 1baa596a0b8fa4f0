// A file may be dropped anywhere on the form. Without this file the field itself does the same by a click.
const form = document.querySelector("[data-drop]");
const field = form?.querySelector("input[type=file]");

if (form && field) {
  form.querySelector("[data-drop-hint]").hidden = false;
  for (const name of ["dragenter", "dragover"]) {
    form.addEventListener(name, (event) => {
      event.preventDefault();
      form.classList.add("over");
    });
  }
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) form.classList.remove("over");
  });
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (event.dataTransfer.files.length) {
      field.files = event.dataTransfer.files;
      field.focus();
    }
  });
}
