// Drafts: what is typed into a form outlasts the end of a session, a change of the language, a closed sheet, a broken
// server. This window remembers it at once, the server a little later; whoever opens the form again gets it back.

import { addRow } from "./forms.js";
import { forget, forgetSent, nameOf, recall, remember } from "./kept.js";
import { all, find, whenSwapped } from "./page.js";

const FORMS = "form.act-form[method=post]";
const PAUSE = 1500; // milliseconds without typing
const NO_TEXT = ["hidden", "file", "submit", "button", "reset", "password"];
const ROW = /-(\d+)-[^-]+$/;

const words = document.getElementById("draft-words");
const waiting = new Map(); // form: timer

function addressOf(form) {
  const here = new URL(form.getAttribute("hx-post") || form.getAttribute("action") || location.href, location.href);
  const what = find("input[type=hidden][name=what]", form);
  return here.pathname + here.search + (what ? `#${what.value}` : "");
}

const postOf = (form) => find("[name=as_post]", form)?.value || "";
const keyOf = (form) => nameOf(postOf(form), addressOf(form));
const inputsOf = (form) => [...form.elements].filter((input) => input.name && !NO_TEXT.includes(input.type)
  && !("unkept" in input.dataset));
const isTicked = (input) => input.type === "checkbox" || input.type === "radio";

function said(form) {
  const fields = {};
  inputsOf(form).forEach((input) => {
    fields[input.name] ||= [];
    if (!isTicked(input) || input.checked) fields[input.name].push(input.value);
  });
  const uploads = all("input[name=upload]", form).map((input) => input.value);
  return { fields, uploads, day: words.dataset.today };
}

function tell(form, what, more = {}) {
  const body = new FormData();
  const { uploads = [], ...texts } = { address: addressOf(form), as_post: postOf(form), ...more };
  Object.entries(texts).forEach(([name, value]) => body.append(name, value));
  uploads.forEach((key) => body.append("upload", key));
  if (what) body.append("what", what);
  const headers = { "X-CSRFToken": find("[name=csrfmiddlewaretoken]", form).value };
  return fetch(words.dataset.address, { method: "POST", headers, body, keepalive: true }).catch(() => null);
}

function send(form) {
  clearTimeout(waiting.get(form));
  if (!waiting.delete(form)) return;
  const { fields, uploads } = said(form);
  tell(form, "", { fields: JSON.stringify(fields), uploads });
}

function keep(form) {
  remember(keyOf(form), said(form));
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(() => send(form), PAUSE));
}

// Back into the form

// A day that was the day of typing was meant as today, and is another one by now

const isToday = (input, value, day) => input.type === "date" && value === day && day !== words.dataset.today;

function put(input, values, place, day) {
  if (isToday(input, values[place], day)) return false;
  const before = isTicked(input) ? input.checked : input.value;
  if (isTicked(input)) input.checked = values.includes(input.value);
  else if (values[place] !== undefined) input.value = values[place];
  return before !== (isTicked(input) ? input.checked : input.value);
}

function makeRoom(form, names) {
  const rows = find("[data-rows]", form);
  const wanted = Math.max(-1, ...names.map((name) => Number(ROW.exec(name)?.[1] ?? -1)));
  while (rows && all("tbody tr", rows).length <= wanted) addRow(rows);
}

async function fetchFiles(form, uploads) {
  const part = find("[data-uploads]", form);
  const there = all("input[name=upload]", form).map((input) => input.value);
  for (const key of part ? uploads.filter((one) => !there.includes(one)) : []) {
    const row = await fetch(`${part.dataset.address}${key}/row/?act=${encodeURIComponent(part.dataset.act)}`);
    if (!row.ok) continue;
    const made = document.createElement("template");
    made.innerHTML = await row.text();
    find("[data-files]", part).append(made.content);
  }
}

function fill(form, { fields, day }) {
  makeRoom(form, Object.keys(fields));
  const places = {};
  let isChanged = false;
  inputsOf(form).forEach((input) => {
    const values = fields[input.name];
    if (!values) return;
    places[input.name] ??= 0;
    isChanged = put(input, values, places[input.name], day) || isChanged;
    places[input.name] += 1;
  });
  return isChanged;
}

function say(form) {
  if (find("[data-draft]", form)) return;
  form.prepend(words.content.cloneNode(true));
  find("[data-draft-drop]", form).addEventListener("click", () => {
    clearTimeout(waiting.get(form));
    waiting.delete(form);
    forget(keyOf(form));
    tell(form, "end");
    form.reset();
    find("[data-draft]", form).remove();
    form.dispatchEvent(new Event("draft:restored", { bubbles: true }));
  });
}

async function ofServer(form) {
  const answer = await fetch(`${words.dataset.address}?address=${encodeURIComponent(addressOf(form))}`).catch(() => null);
  return answer && answer.status === 200 ? answer.json() : null;
}

async function restore(form) {
  if (form.dataset.restored) return;
  form.dataset.restored = "yes";
  const draft = recall(keyOf(form)) || (await ofServer(form));
  if (!draft || waiting.has(form)) return; // whoever types already is not interrupted
  const isChanged = fill(form, draft);
  await fetchFiles(form, draft.uploads || []);
  if (!isChanged) return;
  say(form);
  form.dispatchEvent(new Event("draft:restored", { bubbles: true }));
}

if (words) {
  forgetSent();
  ["input", "change"].forEach((kind) => document.addEventListener(kind, (event) => {
    const form = event.target.closest?.(FORMS);
    if (form) keep(form);
  }));
  document.addEventListener("submit", (event) => {
    clearTimeout(waiting.get(event.target));
    waiting.delete(event.target);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") [...waiting.keys()].forEach(send);
  });
  all(FORMS).forEach(restore);
  whenSwapped(["sheet-body", "service"], (part) => all(FORMS, part).forEach(restore));
}
