// Moving through the lines of a list by keys; the chosen line survives an exchange of the list.

import { all, find, isTyping } from "./page.js";

let chosen = "";

const linkOf = (line) => find("a", line);
const isChosen = (line) => linkOf(line).href === chosen;

function mark(line) {
  all("[data-line]").forEach((other) => other.classList.toggle("chosen", other === line));
}

/** Choose the line so many steps from the chosen one; the ends hold. */
export function step(by) {
  const lines = all("[data-line]");
  if (!lines.length) return;
  const marked = lines.findIndex((line) => line.classList.contains("chosen"));
  const now = marked < 0 ? lines.findIndex(isChosen) : marked; // a list that has just come back is not marked yet
  const line = lines[Math.min(Math.max(now + by, 0), lines.length - 1)];
  mark(line);
  chosen = linkOf(line).href;
  linkOf(line).focus({ preventScroll: true });
  line.scrollIntoView({ block: "nearest" });
}

document.body.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target.id !== "found" || !chosen) return;
  const again = all("[data-line]").find(isChosen);
  if (!again) return;
  mark(again);
  if (!isTyping(document.activeElement)) linkOf(again).focus({ preventScroll: true });
});
