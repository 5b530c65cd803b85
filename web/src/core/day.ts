/** The day's package (`web/LOG.md`, 8): parts by their hash; complete, or not in force. */

import { Index, type Hit } from "./bar";
import type { Bytes } from "./bytes";
import { patient, type Door } from "./door";
import { came, toAsk } from "./numbers";
import type { Store } from "./store";

export type Manifest = {
  readonly package: string;
  readonly issued_at: string;
  readonly until: string;
  readonly parts: readonly { readonly name: string; readonly sha256: string }[];
  readonly etag?: string | null;
};

export type PartyOfVisit = {
  readonly label: string;
  readonly role: string;
  readonly name: string;
  readonly credit_code?: string;
  readonly place_name?: string;
  readonly address?: string;
  readonly contact?: string;
  readonly phone?: string;
};

export type PaperOfVisit = { readonly number: string; readonly code: string; readonly url: string; readonly data: Readonly<Record<string, unknown>> };

/** A visit as the package says it. */
export type Visit = {
  readonly visit: string;
  readonly chart: string;
  readonly state: string;
  readonly log: string | null;
  readonly head: string | null;
  readonly seq: number;
  readonly task: { readonly number: string; readonly title: string; readonly check_kind: string };
  readonly product: { readonly kind: string; readonly name: string; readonly model: string; readonly brand: string; readonly standard: string };
  readonly parties: readonly PartyOfVisit[];
  readonly county: string;
  readonly samplers: readonly { readonly post: number; readonly name: string; readonly is_me: boolean }[];
  readonly commissioned: boolean;
  readonly form1: PaperOfVisit | null;
  readonly form2: PaperOfVisit | null;
  readonly code: string;
  readonly url: string;
  readonly bar: string | null;
  readonly lookback_exempt: boolean;
  readonly rule: string | null;
};

const SPARE = 1.2;
const FEWEST = 10;
const IN_FORCE = "package";

/** The package in force; `null` before the first one is whole. */
export async function inForce(store: Store): Promise<Manifest | null> {
  return store.setting<Manifest>(IN_FORCE);
}

/** Fetch what is new. Returns whether there is another package in force now; throws what the door throws. */
export async function refresh(store: Store, door: Door): Promise<boolean> {
  await patient(() => door.time()); // a package is never without the moment at which it came
  const before = await inForce(store);
  const headers: Record<string, string> = before?.etag ? { "If-None-Match": before.etag } : {};
  const answer = await patient(() => door.ask("GET", "/day", { headers }));
  if (answer.status === 304) return false;
  const manifest = { ...((await answer.json()) as Manifest), etag: answer.headers.get("ETag") };
  const held = new Set(await store.partsHeld());
  for (const part of manifest.parts.filter((one) => !held.has(one.sha256))) {
    const bytes = await (await patient(() => door.ask("GET", `/parts/${part.sha256}`))).arrayBuffer();
    await store.keepPart(part.sha256, new Uint8Array(bytes));
  }
  const visits = await read<{ visits: Visit[] }>(store, manifest, "visits");
  await provideNumbers(door, visits?.visits ?? []);
  for (const [place, one] of (visits?.visits ?? []).entries()) await store.assign(one.visit, place, one, one);
  await store.set(IN_FORCE, manifest); // whole, with numbers, and from here on in force
  await store.keepOnlyParts(manifest.parts.map((part) => part.sha256));
  return true;
}

/** A JSON part of a package by its name. */
export async function read<T>(store: Store, manifest: Manifest, name: string): Promise<T | null> {
  const bytes = await bytesOf(store, manifest, (one) => one === name);
  return bytes[0] === undefined ? null : (JSON.parse(new TextDecoder().decode(bytes[0])) as T);
}

/** Whether a product was checked in the last six months, as far as the index knows, and of which day that is. */
export async function lookUp(store: Store, wanted: string): Promise<{ hit: Hit | null; asOf: string } | null> {
  const manifest = await inForce(store);
  const found = manifest === null ? [] : await bytesOf(store, manifest, (one) => one.startsWith("bar/"));
  if (found.length === 0) return null;
  const indexes = found.map((bytes) => new Index(bytes));
  const hits = (await Promise.all(indexes.map((index) => index.find(wanted)))).filter((hit) => hit !== null);
  hits.sort((one, other) => (one.day < other.day ? 1 : -1));
  return { hit: hits[0] ?? null, asOf: indexes.map((index) => index.asOf).sort()[0]! };
}

async function bytesOf(store: Store, manifest: Manifest, is: (name: string) => boolean): Promise<Bytes[]> {
  const found = await Promise.all(manifest.parts.filter((part) => is(part.name)).map((part) => store.part(part.sha256)));
  return found.filter((bytes) => bytes !== null);
}

/** Have numbers of sheets for the visits of each county, before the package is in force. */
async function provideNumbers(door: Door, visits: readonly Visit[]): Promise<void> {
  for (const county of new Set(visits.map((one) => one.county))) {
    const count = Math.max(FEWEST, Math.ceil(visits.filter((one) => one.county === county).length * SPARE));
    const asking = await toAsk(door.caller.device, county, count);
    if (asking === null) continue;
    const answer = await patient(() => door.ask("POST", "/blocks", { json: { ...asking, county }, proven: true }));
    await came(door.caller.device, county, asking.id, ((await answer.json()) as { numbers: string[] }).numbers);
  }
}
