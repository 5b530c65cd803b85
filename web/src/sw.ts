/**
 * The service worker: every file of one version is kept whole before that version is used, and is never mixed with
 * those of another. A new version waits until somebody lets it take over (`core/update.ts`); nothing of the interface
 * of the server passes through here.
 */
export {};

declare const FILES: readonly string[];
declare const VERSION: string;

const worker = globalThis as unknown as ServiceWorkerGlobalScope;
const PREFIX = "field-";
const PAGE = "/field/";

worker.addEventListener("install", (event) => event.waitUntil(keep()));
worker.addEventListener("activate", (event) => event.waitUntil(begin()));
worker.addEventListener("message", (event) => {
  if (event.data === "take over") void worker.skipWaiting();
});
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== worker.location.origin) return;
  if (request.mode === "navigate" && address.pathname === PAGE) event.respondWith(kept(PAGE, request));
  else if (FILES.includes(address.pathname)) event.respondWith(kept(address.pathname, request));
});

/** Keep all files; a file that fails fails the whole version, and the one before stays. */
async function keep(): Promise<void> {
  const cache = await caches.open(PREFIX + VERSION);
  await Promise.all(
    FILES.map(async (file) => {
      const before = namedByContent(file) ? await caches.match(file) : undefined;
      const answer = before ?? (await fetch(file, { cache: "no-cache" }));
      if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
      await cache.put(file, answer);
    }),
  );
}

async function begin(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== PREFIX + VERSION).map((name) => caches.delete(name)));
  await worker.clients.claim();
}

async function kept(file: string, request: Request): Promise<Response> {
  const cache = await caches.open(PREFIX + VERSION);
  return (await cache.match(file)) ?? fetch(request);
}

function namedByContent(file: string): boolean {
  return /-[A-Z0-9]{8}\.\w+$/.test(file);
}
