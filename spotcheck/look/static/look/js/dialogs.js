// Dialogs: opened and closed by what carries data-open and data-close; the sheet opens when something comes into it.

import { find, whenSwapped } from "./page.js";

export function open(name) {
  const dialog = document.getElementById(name);
  if (dialog && !dialog.open) dialog.showModal();
}

export const isOpen = () => find("dialog[open]") !== null;

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) open(opener.dataset.open);
  const dialog = event.target.closest("[data-close]")?.closest("dialog");
  if (dialog) {
    event.preventDefault();
    dialog.close();
  }
  if (event.target.matches("dialog:not([data-stays])")) event.target.close(); // beside the sheet
});

whenSwapped(["sheet-body"], () => {
  open("sheet");
  document.getElementById("sheet").scrollTop = 0;
});
