// The desk's own script: keys, the sheet, rows of tables. Everything works without it, only slower.
"use strict";

const find = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// Keys: / search, j k move, Enter opens, ? help

let chosen = "";

function mark(line) {
  all("[data-line]").forEach((other) => other.classList.toggle("chosen", other === line));
}

function isChosen(line) {
  return find("a", line).href === chosen;
}

function choose(step) {
  const lines = all("[data-line]");
  if (!lines.length) return;
  const marked = lines.findIndex((line) => line.classList.contains("chosen"));
  const now = marked < 0 ? lines.findIndex(isChosen) : marked; // a list that has just come back is not marked yet
  const line = lines[Math.min(Math.max(now + step, 0), lines.length - 1)];
  mark(line);
  chosen = find("a", line).href;
  find("a", line).focus({ preventScroll: true });
  line.scrollIntoView({ block: "nearest" });
}

function isTyping(target) {
  return target.closest("input, select, textarea, [contenteditable]") !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (find("dialog[open]") && event.key !== "Escape") return;
  if (event.key === "/") {
    event.preventDefault();
    const box = find('[data-search="page"]') || find("[data-search]");
    if (box) { box.focus(); box.select(); }
  } else if (event.key === "j") {
    choose(1);
  } else if (event.key === "k") {
    choose(-1);
  } else if (event.key === "?") {
    open("help");
  }
});

// Dialogs

function open(name) {
  const dialog = document.getElementById(name);
  if (dialog && !dialog.open) dialog.showModal();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) open(opener.dataset.open);
  const closer = event.target.closest("[data-close]");
  const dialog = closer && closer.closest("dialog");
  if (dialog) { event.preventDefault(); dialog.close(); }
  if (event.target.matches("dialog")) event.target.close();
  const adder = event.target.closest("[data-add-row]");
  if (adder) addRow(adder.closest("[data-rows]"));
  all("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
});

document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "sheet-body") return;
  const sheet = document.getElementById("sheet");
  open("sheet");
  sheet.scrollTop = 0;
  showWanted();
  faceTrouble(sheet);
});

document.body.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target.id === "found" && chosen) {
    const again = all("[data-line]").find(isChosen);
    if (again) mark(again);
    if (again && !isTyping(document.activeElement)) find("a", again).focus({ preventScroll: true });
  }
  if (event.detail.target.id !== "tab") return;
  const wanted = new URLSearchParams(location.search).get("tab");
  all("[data-tab]").forEach((tab) => {
    if (tab.getAttribute("href") === `?tab=${wanted}`) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  });
});

// No answer, or one that is an error

function tellBroken(event) {
  const status = event.detail.xhr.status;
  const told = document.getElementById(status === 403 || status === 404 ? "stale" : "broken");
  if (!told) return;
  (find("dialog[open]") || document.body).append(told); // an open dialog covers everything outside of it
  told.hidden = false;
  setTimeout(() => { told.hidden = true; }, 8000);
}
document.body.addEventListener("htmx:sendError", tellBroken);
document.body.addEventListener("htmx:responseError", tellBroken);

// A whole page is sent once: the second click of a double click would do it again. htmx forms look after themselves

document.addEventListener("submit", (event) => {
  const form = event.target;
  const method = form.getAttribute("method"); // form.method could be an input of this name
  if (method !== "post" || form.target || form.hasAttribute("hx-post") || event.submitter?.formTarget) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => delete form.dataset.sent));

// Rows of a table of results

function addRow(table) {
  const rows = all("tbody tr", table);
  const row = rows[rows.length - 1].cloneNode(true);
  all("input, select", row).forEach((input) => {
    input.name = input.name.replace(/-\d+-/, `-${rows.length}-`);
    input.value = "";
  });
  find("tbody", table).append(row);
  find("input", row).focus();
}

// Fields that matter only with certain answers: name=value, with | between values and & between names

function showWanted() {
  all("[data-shown-when]").forEach((field) => {
    const given = new FormData(field.closest("form"));
    field.hidden = !field.dataset.shownWhen.split("&").every((condition) => {
      const [name, values] = condition.split("=");
      return values.split("|").some((value) => given.getAll(name).includes(value));
    });
  });
}
document.addEventListener("change", showWanted);
showWanted();

// A part of the page that came back: what is refused, or the first input that is wrong, has the focus

function faceTrouble(part) {
  const isShown = (element) => element.offsetParent !== null;
  const field = all(".has-error", part).find(isShown);
  const told = find("[data-focus], [role=alert]", part)
    || (field && (all("[aria-invalid]", field).find(isShown) || find("input, select, textarea", field)));
  if (!told) return;
  told.focus({ preventScroll: true });
  (told.closest(".has-error") || told).scrollIntoView({ block: "nearest" });
}

if (find("main .has-error, main [data-focus]")) faceTrouble(find("main")); // a whole page that came back

document.body.addEventListener("htmx:afterSwap", (event) => {
  if (!["service", "previewed"].includes(event.detail.target.id)) return;
  showWanted();
  faceTrouble(event.detail.target);
});

// Printing: the file opens by itself and asks for the printer

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-print]");
  if (!link) return;
  const opened = window.open(link.href);
  if (!opened) return;
  event.preventDefault();
  opened.addEventListener("load", () => opened.print());
});
