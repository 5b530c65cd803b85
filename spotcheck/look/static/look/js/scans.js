// Numbers read by a scanner, which types them and presses Enter: the next empty input has the focus then.

import { all } from "./page.js";

document.addEventListener("keydown", (event) => {
  const input = event.target;
  if (event.key !== "Enter" || event.isComposing || !input.matches("[data-scan]")) return;
  event.preventDefault();
  const form = input.form;
  const inputs = all("[data-scan]", form);
  const after = [...inputs.slice(inputs.indexOf(input) + 1), ...inputs];
  const next = after.find((other) => !other.value.trim());
  (next || form.querySelector("button.main")).focus();
});
