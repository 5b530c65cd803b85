// A session that comes to its end: a dialog two minutes before, and signing in inside it when it is over. The page stays as
// it is, and a form that was sent too late goes on afterwards. What counts is what the server says, not this clock.

import { isThere, signed } from "./passkeys.js";
import { all, find } from "./page.js";

const WARNED_BEFORE = 120; // seconds
const LOOKED_EVERY = 15000; // milliseconds, while the dialog is open: another window may go on

const dialog = document.getElementById("idle");
const now = () => Date.now() / 1000;
let end = 0; // when the session is over if nobody does anything
let timer = 0;
let pending = null; // a form that was sent when the session was over, and its button

const part = (name) => find(`[data-idle=${name}]`, dialog);
const isOver = () => !part("over").hidden;

async function ask() {
  const answer = await fetch(dialog.dataset.rest, { headers: { Accept: "application/json" } }).catch(() => null);
  return answer?.ok ? answer.json() : null;
}

function wait(seconds) {
  end = now() + seconds;
  clearTimeout(timer);
  timer = setTimeout(look, Math.max(1, seconds - WARNED_BEFORE) * 1000);
}

function tick() {
  if (!dialog.open || isOver()) return;
  const left = Math.max(0, Math.round(end - now()));
  find("[data-idle-left]", dialog).textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  if (left === 0) look();
  else setTimeout(tick, 1000);
}

function name(over) {
  dialog.setAttribute("aria-labelledby", over ? "idle-over-title" : "idle-title");
  dialog.setAttribute("aria-describedby", over ? "idle-over-text" : "idle-text");
}

function warn(seconds) {
  end = now() + seconds;
  clearTimeout(timer);
  timer = setTimeout(look, LOOKED_EVERY);
  if (dialog.open) return;
  part("warning").hidden = false;
  part("over").hidden = true;
  name(false);
  dialog.showModal();
  find("[data-idle-stay] button", dialog).focus();
  tick();
}

function close(seconds) {
  if (dialog.open) dialog.close();
  part("warning").hidden = false;
  part("over").hidden = true;
  wait(seconds);
}

async function draw(row) {
  const place = find("[data-idle-step]", dialog);
  place.innerHTML = await row.text();
  all("[data-step-key]", place).forEach((button) => { button.hidden = !isThere(); });
  (find("input:not([type=hidden])", place) || find("button:not([hidden])", place))?.focus();
}

let drawing = null; // one drawing at a time: a second one would empty what is being typed into the first

function over() {
  clearTimeout(timer);
  if (dialog.open && isOver()) return drawing;
  drawing ??= drawOver().finally(() => { drawing = null; });
  return drawing;
}

async function drawOver() {
  const { again, who, post } = dialog.dataset;
  const query = new URLSearchParams({ login: who, post, afresh: "1" });
  const answer = await fetch(`${again}?${query}`).catch(() => null);
  if (!answer?.ok) {
    timer = setTimeout(look, LOOKED_EVERY);
    end = now() + LOOKED_EVERY / 1000; // as in look: not asked again at once for a form that waits
    return;
  }
  part("warning").hidden = true;
  part("over").hidden = false;
  name(true);
  if (!dialog.open) dialog.showModal();
  await draw(answer);
}

async function look() {
  const said = await ask();
  if (said === null) {
    clearTimeout(timer);
    timer = setTimeout(look, LOOKED_EVERY);
    end = now() + LOOKED_EVERY / 1000; // whatever is sent meanwhile says by itself that no answer came
  } else if (said.who && said.who !== dialog.dataset.who) location.reload(); // somebody else works here now
  else if (!said.who || said.seconds <= 0) await over(); // whoever waits for this look waits for the dialog
  else if (said.seconds <= WARNED_BEFORE) warn(said.seconds);
  else close(said.seconds);
}

function goOn(said) {
  if (!said.who) {
    over();
    return;
  }
  if (said.who !== dialog.dataset.who) {
    location.reload();
    return;
  }
  all("input[name=csrfmiddlewaretoken]").forEach((input) => { input.value = said.token; });
  close(said.seconds);
  const sent = pending;
  pending = null;
  if (!sent?.form.isConnected) return;
  delete sent.form.dataset.sent;
  sent.form.requestSubmit(sent.button?.isConnected ? sent.button : undefined);
}

async function send(form) {
  const body = new FormData(form);
  const answer = await fetch(form.action, { method: "POST", body, headers: { "X-CSRFToken": body.get("csrfmiddlewaretoken") } })
    .catch(() => null);
  if (!answer) return;
  if (answer.headers.get("Content-Type")?.startsWith("application/json")) goOn(await answer.json());
  else if (answer.ok || answer.status === 422) await draw(answer);
  else look();
}

if (dialog) {
  wait(Number(dialog.dataset.seconds));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && now() > end - WARNED_BEFORE) look();
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault(); // Esc says that somebody is there, and does not leave a page that no longer works
    if (!isOver()) find("[data-idle-stay]", dialog).requestSubmit();
  });
  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    send(event.target);
  });
  dialog.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-step-key]");
    if (!button) return;
    const said = await signed(button.dataset.stepKey);
    find("[data-key-failed]", dialog).hidden = said !== null;
    if (said === null) return;
    find("[name=credential]", button.form).value = said;
    all("[required]", button.form).forEach((input) => { input.required = false; });
    button.form.requestSubmit();
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (dialog.contains(form) || form.getAttribute("method") !== "post" || now() < end) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    pending = { form, button: event.submitter };
    look().then(() => {
      if (pending && !dialog.open) goOnAsBefore();
    });
  }, true);
}

// The session was not over after all: another window has gone on

function goOnAsBefore() {
  const { form, button } = pending;
  pending = null;
  form.requestSubmit(button?.isConnected ? button : undefined);
}
