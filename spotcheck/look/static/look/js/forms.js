// Forms: fields that certain answers call for, rows of tables, the place of a mistake, and that nothing is sent twice.

import { all, find, whenSwapped } from "./page.js";

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
document.addEventListener("draft:restored", showWanted);

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

whenSwapped(["sheet-body", "service", "previewed"], (part) => {
  showWanted();
  faceTrouble(part);
});

// Rows of a table of results

/** Add an empty row to a table of inputs. */
export function addRow(table) {
  const rows = all("tbody tr", table);
  const row = rows[rows.length - 1].cloneNode(true);
  all("input, select", row).forEach((input) => {
    input.name = input.name.replace(/-\d+-/, `-${rows.length}-`);
    input.value = "";
  });
  find("tbody", table).append(row);
  find("input", row).focus();
}
document.addEventListener("click", (event) => {
  const adder = event.target.closest("[data-add-row]");
  if (adder) addRow(adder.closest("[data-rows]"));
});

// A whole page is sent once: the second click of a double click would do it again. htmx forms look after themselves

document.addEventListener("submit", (event) => {
  const form = event.target;
  const method = form.getAttribute("method"); // form.method could be an input of this name
  if (method !== "post" || form.target || form.hasAttribute("hx-post") || event.submitter?.formTarget) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => delete form.dataset.sent));

showWanted();
if (find("main .has-error, main [data-focus]")) faceTrouble(find("main")); // a whole page that came back
