// Files with an act: chosen, dropped, pasted or photographed; sent in pieces (tus 1.0) while the form is filled in.
// Without this script the files travel with the form itself.

const PIECE = 4 * 1024 * 1024;
const EVERY = 1000;
const TUS = { "Tus-Resumable": "1.0.0" };

function uploadsOf(element) {
  return element && element.closest ? element.closest("[data-uploads]") : null;
}

function token(part) {
  return part.closest("form").querySelector("[name=csrfmiddlewaretoken]").value;
}

function tell(part, what, more = "") {
  const words = part.querySelector(`[data-words="${what}"]`);
  part.querySelector("[data-state]").textContent = (words ? words.innerHTML.trim() : "") + more;
}

async function problemOf(answer) {
  const isJson = (answer.headers.get("Content-Type") || "").includes("json");
  return isJson ? (await answer.json()).title : "";
}

async function announced(part, file) {
  const body = new FormData();
  const drawnFor = part.closest("form").querySelector("[name=as_post]");
  if (drawnFor) body.append("as_post", drawnFor.value);
  const name = btoa(String.fromCharCode(...new TextEncoder().encode(file.name || "image.png")));
  const headers = { ...TUS, "X-CSRFToken": token(part), "Upload-Length": String(file.size), "Upload-Metadata": `filename ${name}` };
  return fetch(part.dataset.address, { method: "POST", headers, body });
}

async function sent(part, address, file, bar) {
  let offset = 0;
  let answer = null;
  while (offset < file.size) {
    const headers = {
      ...TUS, "X-CSRFToken": token(part), "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset),
    };
    answer = await fetch(address, { method: "PATCH", headers, body: file.slice(offset, offset + PIECE) });
    if (answer.status !== 204) return answer;
    offset = Number(answer.headers.get("Upload-Offset"));
    bar.value = Math.round((100 * offset) / file.size);
  }
  return answer;
}

// A long file is checked after its last piece: the line asks every second how far that is.
async function checked(part, address, name, bar) {
  let told = "";
  for (;;) {
    const answer = await fetch(`${address}row/?act=${encodeURIComponent(part.dataset.act)}`);
    if (answer.status !== 202) return answer;
    const { percent, says } = await answer.json();
    bar.value = percent;
    if (says !== told) tell(part, "checking", `${name} ${says}`);
    told = says;
    await new Promise((done) => setTimeout(done, EVERY));
    if (!bar.isConnected) return null;
  }
}

async function show(part, address, name, line) {
  const row = await checked(part, address, name, line.querySelector("progress"));
  if (!row) return;
  if (row.status !== 200) {
    tell(part, "refused", `${name} ${await problemOf(row)}`);
    line.remove();
    return;
  }
  const made = document.createElement("template");
  made.innerHTML = await row.text();
  line.replaceWith(made.content);
  tell(part, "received", name);
}

async function send(part, file) {
  const line = part.querySelector("[data-progress]").content.cloneNode(true).firstElementChild;
  line.querySelector("[data-name]").textContent = file.name;
  part.querySelector("[data-files]").append(line);
  try {
    let answer = await announced(part, file);
    const address = answer.headers.get("Location");
    if (answer.status === 201) answer = await sent(part, address, file, line.querySelector("progress"));
    if (!answer || answer.status !== 204) {
      tell(part, "refused", `${file.name} ${answer ? await problemOf(answer) : ""}`);
      line.remove();
      return;
    }
    await show(part, address, file.name, line);
  } catch {
    tell(part, "broken");
    line.remove();
  }
}

async function sendAll(part, files) {
  for (const file of files) await send(part, file);
}

document.addEventListener("change", (event) => {
  const part = uploadsOf(event.target);
  if (!part || event.target.type !== "file") return;
  const files = [...event.target.files];
  event.target.value = ""; // they travel by themselves now, and not with the form as well
  sendAll(part, files);
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-remove]");
  const part = uploadsOf(button);
  if (!part) return;
  event.preventDefault();
  event.stopPropagation();
  const line = button.closest("[data-file]");
  const next = line.nextElementSibling || line.previousElementSibling;
  await fetch(button.dataset.remove, { method: "DELETE", headers: { ...TUS, "X-CSRFToken": token(part) } });
  line.remove();
  part.dispatchEvent(new Event("change", { bubbles: true })); // so that no draft keeps it
  ((next && next.querySelector("[data-remove]")) || part.querySelector("input[type=file]")).focus();
  tell(part, "removed");
}, true);

["dragover", "dragleave", "drop"].forEach((kind) => document.addEventListener(kind, (event) => {
  const part = uploadsOf(event.target);
  if (!part) return;
  event.preventDefault();
  part.classList.toggle("is-over", kind === "dragover");
  if (kind === "drop") sendAll(part, [...event.dataTransfer.files]);
}));

document.addEventListener("paste", (event) => {
  const files = [...(event.clipboardData ? event.clipboardData.files : [])];
  const form = (event.target.closest && event.target.closest("form")) || document.querySelector("dialog[open] form");
  const part = form && form.querySelector("[data-uploads]");
  if (!part || !files.length) return;
  event.preventDefault();
  sendAll(part, files);
});

// What a form that was drawn again still has in the making goes on being asked for.
function goOn(root) {
  for (const line of root.querySelectorAll("[data-unchecked]")) {
    show(uploadsOf(line), line.dataset.unchecked, line.querySelector("[data-name]").textContent, line).catch(() => {});
  }
}

document.addEventListener("htmx:afterSettle", (event) => goOn(event.target));
goOn(document);
