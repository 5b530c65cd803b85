// Keys: / search, j and k move through the lines, Enter opens, a the first act of a line or a dossier, ? help.

import { isOpen, open } from "./dialogs.js";
import { step } from "./lines.js";
import { find, isTyping } from "./page.js";

function search(event) {
  event.preventDefault();
  const box = find('[data-search="page"]') || find("[data-search]");
  box?.focus();
  box?.select();
}

function act() {
  const lines = find("[data-line]") ? find(".line.chosen") || find("[data-line]:has(.line-act)") : null;
  (lines ? find(".line-act", lines) : find(".acts a.act"))?.click();
}

const KEYS = {
  a: act,
  "/": search,
  j: () => step(1),
  k: () => step(-1),
  "?": () => open("help"),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || isOpen()) return;
  KEYS[event.key]?.(event);
});
