// The frame around the pages: the menu, the tabs, what is told when no answer came, and printing.

import { all, find } from "./page.js";

document.addEventListener("click", (event) => {
  all("details.menu[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});

document.body.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target.id !== "tab") return;
  const wanted = new URLSearchParams(location.search).get("tab");
  all("[data-tab]").forEach((tab) => {
    if (tab.getAttribute("href") === `?tab=${wanted}`) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  });
});

// No answer, or one that is an error

const TOLD_FOR = 8000; // milliseconds

function tellBroken({ detail }) {
  const { status } = detail.xhr;
  const told = document.getElementById(status === 403 || status === 404 ? "stale" : "broken");
  if (!told) return;
  (find("dialog[open]") || document.body).append(told); // an open dialog covers everything outside of it
  told.hidden = false;
  setTimeout(() => { told.hidden = true; }, TOLD_FOR);
}
document.body.addEventListener("htmx:sendError", tellBroken);
document.body.addEventListener("htmx:responseError", tellBroken);

// Printing: the file opens by itself and asks for the printer

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-print]");
  const opened = link && window.open(link.href);
  if (!opened) return;
  event.preventDefault();
  opened.addEventListener("load", () => opened.print());
});
