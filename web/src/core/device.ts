/** What a device must be able to do. Asked by feature and never by name; asked before a visit and not in the middle. */

import type { Word } from "../words";

const NEEDED: readonly [Word, () => boolean | Promise<boolean>][] = [
  ["storage", canStore],
  ["encryption", () => typeof globalThis.crypto?.subtle?.deriveBits === "function"],
  ["locks", () => typeof navigator.locks?.request === "function"],
  ["workers", hasModuleWorkers],
  ["offline", () => "serviceWorker" in navigator && "caches" in globalThis],
  ["camera", () => typeof navigator.mediaDevices?.getUserMedia === "function"],
  ["imaging", () => typeof createImageBitmap === "function" && typeof OffscreenCanvas === "function"],
];

/** What is missing here, by the words for it; nothing where the application can be used. */
export async function missing(): Promise<Word[]> {
  const found = await Promise.all(NEEDED.map(async ([word, has]) => ((await has()) ? null : word)));
  return found.filter((word) => word !== null);
}

/** Ask for storage that the browser does not clear by itself; `false` where it is refused or cannot be asked for. */
export async function isProtected(): Promise<boolean> {
  const { storage } = navigator;
  if (typeof storage?.persist !== "function") return false;
  return (await storage.persisted()) || (await storage.persist());
}

/** Bytes that may still be stored; nothing where the browser does not say. */
export async function room(): Promise<number | null> {
  if (typeof navigator.storage?.estimate !== "function") return null;
  const { quota, usage } = await navigator.storage.estimate();
  return quota === undefined || usage === undefined ? null : quota - usage;
}

async function canStore(): Promise<boolean> {
  if (!("indexedDB" in globalThis)) return false;
  return new Promise((resolve) => {
    const request = indexedDB.open("probe"); // a private window may have the name and refuse the thing
    request.onsuccess = () => {
      request.result.close();
      indexedDB.deleteDatabase("probe");
      resolve(true);
    };
    request.onerror = () => resolve(false);
  });
}

function hasModuleWorkers(): boolean {
  const asked = new Error();
  const options = {
    get type(): WorkerType {
      throw asked; // only an engine that knows module workers reads this, and so none is started
    },
  };
  try {
    new Worker("", options).terminate();
    return false;
  } catch (error) {
    return error === asked;
  }
}
