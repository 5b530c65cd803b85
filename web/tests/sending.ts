/** A tablet with visits in its store and a sender of its own, as the tests of sending play it. */

import { Index } from "../src/core/bar";
import { utf8, type Bytes } from "../src/core/bytes";
import { newDeviceKey } from "../src/core/proof";
import type { At, Evidence, Said } from "../src/core/chain";
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
let named = "0197f3aa-0000-7abc-8def-000000000001";
let worker: Worker | null = null;
const heard: Answer[] = [];

/** Open the store of this device as it is, or a new one. */
async function begin(): Promise<void> {
  const kept = await openDB("test-device", 1, { upgrade: (made) => void made.createObjectStore("kept") });
  named = ((await kept.get("kept", "named")) as string | undefined) ?? named;
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

/** Be the device that is enrolled under this name with this key. */
async function become(name: string, jwk: JsonWebKey): Promise<void> {
  const ecdsa = { name: "ECDSA", namedCurve: "P-256" };
  const { d: _, ...open } = jwk;
  const privateKey = await crypto.subtle.importKey("jwk", jwk, ecdsa, false, ["sign"]);
  [named, device] = [name, { privateKey, publicKey: await crypto.subtle.importKey("jwk", open, ecdsa, true, ["verify"]) }];
  const kept = await openDB("test-device", 1);
  await kept.put("kept", device, "pair");
  await kept.put("kept", named, "named");
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

/** A visit that was thought out elsewhere: its pictures are kept, and its acts follow each other in this log. */
async function keep(visit: string, log: string, written: readonly Said[]): Promise<void> {
  await withStore(async (store) => {
    await store.assign(visit, 1, { visit }, { log: null, head: null, seq: 0 });
    const said: Said[] = [];
    for (const one of written) {
      const evidence: Evidence[] = [];
      for (const { sha256: wanted, size: _, ...about } of one.evidence) {
        const kept = await store.keepFile(visit, await picture(about.name), about);
        if (kept.sha256 !== wanted) throw new Error(`another picture: ${about.name}`);
        evidence.push(kept);
      }
      said.push({ ...one, evidence });
    }
    await store.append(visit, log, said, "ready");
  });
}

/** The picture of this name, `<number>-<look>.jpg`: a look that the server has, with a comment that says which it is. */
async function picture(name: string): Promise<Bytes> {
  const [number, look] = name.replace(".jpg", "").split("-") as [string, string];
  const whole = new Uint8Array(await (await fetch(`/field/${look}.jpg`)).arrayBuffer());
  const comment = new Uint8Array([0xff, 0xfe, 0, 8, 0, 0, 0, 0, 0, 0]);
  new DataView(comment.buffer).setUint32(6, Number(number));
  const made = new Uint8Array(whole.length + comment.length);
  [whole.slice(0, 2), comment, whole.slice(2)].reduce((at, part) => (made.set(part, at), at + part.length), 0);
  return made;
}

function start(token = "sft_test"): void {
  worker?.terminate();
  worker = new Worker(SYNC_WORKER, { type: "module" });
  worker.addEventListener("message", (event: MessageEvent<Answer>) => heard.push(event.data));
  const caller = { device: named, key: device.privateKey, token };
  worker.postMessage({ what: "open", person: PERSON, key, caller, app: "1.0.0", language: "zh" } satisfies Order);
}

async function left(): Promise<{ unsent: number; states: string[]; stopped: (string | null)[]; parked: boolean[] }> {
  return withStore(async (store) => {
    const rows = await store.visits();
    return { unsent: await store.unsent(), states: rows.map((row) => row.state), stopped: rows.map((row) => row.stopped), parked: rows.map((row) => row.parked) };
  });
}

/** Microseconds of a look-up in an index, over so many products that are not in it and as many that are. */
async function lookUps(known: readonly string[]): Promise<{ microseconds: number; found: number; wrong: number; openedMs: number }> {
  const bytes = new Uint8Array(await (await fetch("/field/index.bin")).arrayBuffer());
  const opening = performance.now();
  const index = new Index(bytes);
  const openedMs = performance.now() - opening;
  const began = performance.now();
  let [found, wrong] = [0, 0];
  for (const one of known) {
    if ((await index.find(one)) !== null) found++;
    if ((await index.find(`${one}?`)) !== null) wrong++;
  }
  return { microseconds: ((performance.now() - began) * 1000) / (2 * known.length), found, wrong, openedMs };
}

const tablet = {
  begin,
  lookUps,
  become,
  keep,
  acts: async (visit: string) => withStore((store) => store.acts(visit)),
  record,
  start,
  left,
  assign: async (visit: string): Promise<void> => withStore((store) => store.assign(visit, 1, { visit }, { log: null, head: null, seq: 0 })),
  /** As if no receipt of a file had ever come; and the pictures of these sizes are named once more. */
  forgetReceipts: async (sizes: readonly number[]): Promise<void> => {
    const visits = await withStore((store) => store.visits());
    await withStore(async (store) => {
      for (const { files } of visits) for (const hash of files) await store.changeFile(hash, { received: null });
    });
    for (const { id } of visits) await record(id, sizes, ["note"]);
  },
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
