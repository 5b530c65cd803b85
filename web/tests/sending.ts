/** A tablet with visits in its store and a sender of its own, as the tests of sending play it. */

import { utf8 } from "../src/core/bytes";
import { newDeviceKey } from "../src/core/proof";
import type { At, Evidence } from "../src/core/chain";
import type { Line } from "../src/core/sending";
import { Store } from "../src/core/store";
import { newLock, unlock, type Lock } from "../src/core/vault";
import type { Answer, Order } from "../src/workers/sync";
import { deleteDB, openDB } from "idb";

declare const SYNC_WORKER: string;

const PERSON = "li";
const PIN = "284617";
const PACKAGE = "c6".repeat(32);
const AT: At = { wall: "2026-03-17T10:22:31.512+08:00", best: "2026-03-17T10:22:29.900+08:00", by: "server+mono", jump: 0, anchor: "2026-03-17T08:01:00.000+08:00" };

let key: CryptoKey;
let device: CryptoKeyPair;
let worker: Worker | null = null;
const heard: Answer[] = [];

/** Open the store of this device as it is, or a new one. */
async function begin(): Promise<void> {
  const kept = await openDB("test-device", 1, { upgrade: (made) => void made.createObjectStore("kept") });
  const [lock, pair] = [(await kept.get("kept", "lock")) as Lock | undefined, (await kept.get("kept", "pair")) as CryptoKeyPair | undefined];
  if (lock && pair) [key, device] = [await unlock(PERSON, PIN, lock), pair];
  else {
    await deleteDB(`field-${PERSON}`);
    const made = await newLock(PERSON, PIN, null);
    [key, device] = [made[1], await newDeviceKey()];
    await kept.put("kept", made[0], "lock");
    await kept.put("kept", device, "pair");
  }
  kept.close();
}

async function withStore<T>(use: (store: Store) => Promise<T>): Promise<T> {
  const store = await Store.open(PERSON, key);
  try {
    return await use(store);
  } finally {
    store.close();
  }
}

/** A visit with some acts, and files of these sizes; what they are made of follows from their names. */
async function record(visit: string, sizes: readonly number[], acts: readonly string[] = ["arrive", "sampling.present_notice"]): Promise<void> {
  await withStore(async (store) => {
    if ((await store.visit(visit)) === null) await store.assign(visit, 1, { visit }, { log: null, head: null, seq: 0 });
    const evidence: Evidence[] = [];
    for (const [place, size] of sizes.entries()) {
      const seed = Array.from(`${visit}/${place}`).reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % 65_521, 7);
      const bytes = Uint8Array.from({ length: size }, (_, at) => (at * 31 + seed + (at >> 8) * seed) % 251);
      bytes.set(utf8(`${visit}/${place}`).slice(0, size)); // no two pictures are the same
      evidence.push(await store.keepFile(visit, bytes, { slot: "place", name: `${place}.jpg`, type: "image/jpeg", at: AT, source: "camera" }));
    }
    const said = acts.map((act, place) => ({
      act, on: "2026-03-17", at: AT, facts: {}, particulars: {}, evidence: place === acts.length - 1 ? evidence : [], by: [{ post: 41, pin: true }],
    }));
    await store.append(visit, PACKAGE, said, "ready");
  });
}

function start(token = "sft_test"): void {
  worker?.terminate();
  worker = new Worker(SYNC_WORKER, { type: "module" });
  worker.addEventListener("message", (event: MessageEvent<Answer>) => heard.push(event.data));
  const caller = { device: "0197f3aa-0000-7abc-8def-000000000001", key: device.privateKey, token };
  worker.postMessage({ what: "open", person: PERSON, key, caller, app: "1.0.0", language: "zh" } satisfies Order);
}

async function left(): Promise<{ unsent: number; states: string[]; stopped: (string | null)[]; parked: boolean[] }> {
  return withStore(async (store) => {
    const rows = await store.visits();
    return { unsent: await store.unsent(), states: rows.map((row) => row.state), stopped: rows.map((row) => row.stopped), parked: rows.map((row) => row.parked) };
  });
}

const tablet = {
  begin,
  record,
  start,
  left,
  assign: async (visit: string): Promise<void> => withStore((store) => store.assign(visit, 1, { visit }, { log: null, head: null, seq: 0 })),
  wake: (): void => worker?.postMessage({ what: "wake" } satisfies Order),
  stop: (): void => worker?.terminate(),
  heard: (): Answer[] => heard,
  journal: async () => withStore(async (store) => (await store.journal<Line>()).map((line) => line.said)),
  pieces: async (visit: string) =>
    withStore(async (store) => {
      const files = await store.files(visit);
      return Promise.all(files.map(async (file) => [file.received, file.owed, (await store.piece(file.sha256, 0))?.byteLength ?? 0] as const));
    }),
  damage: async (visit: string): Promise<void> => {
    const [file] = await withStore((store) => store.files(visit));
    const database = await openDB(`field-${PERSON}`);
    const row = await database.get("pieces", [file!.sha256, 0]);
    new Uint8Array(row.data)[0]! ^= 1;
    await database.put("pieces", row);
    database.close();
  },
};
export type Tablet = typeof tablet;
(globalThis as unknown as { tablet: Tablet }).tablet = tablet;
