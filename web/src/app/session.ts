/** Somebody at work: the open store, the clock, the sender. One at a time in a window; locked after ten minutes. */

import { type At, type Evidence, type Said } from "../core/chain";
import { Clock, dayOf, type Anchor } from "../core/clock";
import { Door, patient, Refusal, Silence, type Caller } from "../core/door";
import { begunBy, keepBegun } from "../core/elsewhere";
import { inForce, refresh, type Manifest, type Visit } from "../core/day";
import { device, keepDevice, type Device, type Person } from "../core/holder";
import { numberFor } from "../core/numbers";
import { rescueFile } from "../core/rescue";
import { provideReserve } from "../core/reserve";
import { Store, type State, type VisitRow } from "../core/store";
import type { EscrowKey } from "../core/vault";
import type { Answer, Order } from "../workers/sync";
import { language } from "../words";

declare const SYNC_WORKER: string;
declare const APP: string;

/** So long without a touch, in milliseconds. */
const IDLE = 10 * 60_000;

let sender: Worker | null = null;

/** The sender of this window; it outlives the lock. */
function theSender(): Worker {
  sender ??= new Worker(SYNC_WORKER, { type: "module" });
  return sender;
}

export type SignIn = { readonly token: string; readonly user: number; readonly name: string; readonly post: number; readonly until: string; readonly escrow_key?: EscrowKey | null };

/** What is done by somebody who is there. */
export class Session extends EventTarget {
  readonly door: Door;
  isSignedOut = false;
  /** The visits whose records were on this device and are gone; `null` where nothing is. */
  lost: readonly string[] | null = null;
  /** Locked: the store is closed, and whoever still asks it gets no answer. */
  isEnded = false;
  /** Something that was typed is not on the disk yet. */
  isUnsaved = false;
  private typedCount = 0;
  private drafts: Promise<void> = Promise.resolve();
  private idle: ReturnType<typeof setTimeout> | undefined;

  private constructor(
    readonly store: Store,
    readonly clock: Clock,
    readonly me: Person,
    readonly holder: Device,
    private readonly key: CryptoKey,
    private readonly caller: Caller,
  ) {
    super();
    this.door = new Door(caller, () => clock.best(), (server) => void this.contact(server), language);
    theSender().addEventListener("message", this.heard);
    for (const touched of ["pointerdown", "keydown"]) addEventListener(touched, this.touched);
    this.touched();
  }

  /** Begin, with the data key that a PIN has opened; `fresh` is a token that was just given. */
  static async begin(me: Person, key: CryptoKey, fresh: SignIn | null): Promise<Session> {
    const holder = await device();
    if (holder === null) throw new TypeError("no device");
    const store = await Store.open(String(me.user), key);
    if (fresh !== null) await store.set("token", fresh.token);
    const clock = new Clock(await store.setting<Anchor>("anchor"), await store.setting<number>("last"));
    const caller = { device: holder.id, key: holder.keys.privateKey, token: await store.setting<string>("token") };
    const session = new Session(store, clock, me, holder, key, caller);
    await session.missLost();
    session.startSender();
    void provideReserve();
    return session;
  }

  /** Lock: the store is closed and its key gone from the screens; what is being sent goes on. */
  end(): void {
    this.isEnded = true;
    clearTimeout(this.idle);
    sender?.removeEventListener("message", this.heard);
    for (const touched of ["pointerdown", "keydown"]) removeEventListener(touched, this.touched);
    this.store.close();
    this.dispatchEvent(new Event("ended"));
  }

  wake(): void {
    theSender().postMessage({ what: "wake" } satisfies Order);
  }

  /** Fetch the day's package; whether there is a line. */
  async fetchDay(): Promise<boolean> {
    try {
      if (await refresh(this.store, this.door)) {
        this.wake(); // what was told of a visit before the visit itself had come is taken over now
        this.tell();
      }
      return true;
    } catch (error) {
      if (error instanceof Silence || this.isEnded) return false; // a locked store takes nothing; the next start fetches it
      throw error;
    }
  }

  /** Everything of this person that lies here, sealed, for whoever has the bureau's key. */
  async rescue(): Promise<void> {
    await hand(this.me, this.holder);
  }

  async package(): Promise<Manifest | null> {
    return inForce(this.store);
  }

  /** Keep what is typed for a visit, one after the other; on the disk when it returns. */
  async keepDraft(visit: string, typed: unknown): Promise<void> {
    const typedSoFar = this.typedCount;
    const kept = this.drafts.then(() => this.store.keepDraft(visit, typed, Date.now()));
    this.drafts = kept.catch(() => undefined);
    await kept;
    if (this.typedCount === typedSoFar) this.saved(); // nothing was typed meanwhile
  }

  /** What was typed for a visit, also a moment ago on another screen. */
  async draft<T>(visit: string): Promise<T | null> {
    await this.drafts;
    return this.store.draft<T>(visit);
  }

  /** Somebody types. */
  typing(): void {
    this.typedCount += 1;
    this.tellSaving(true);
  }

  /** All that was typed is on the disk. */
  saved(): void {
    this.tellSaving(false);
  }

  private tellSaving(isUnsaved: boolean): void {
    if (this.isUnsaved === isUnsaved) return;
    this.isUnsaved = isUnsaved;
    this.dispatchEvent(new Event("saving"));
  }

  async visit(id: string): Promise<{ row: VisitRow; visit: Visit } | null> {
    const row = await this.store.visit(id);
    return row === null ? null : { row, visit: await this.store.assigned<Visit>(row) };
  }

  /** The number of the sheet of a visit: kept before it is shown; `null` where none is left. */
  async numberOf(visit: Visit): Promise<string | null> {
    const acts = await this.store.acts(visit.visit);
    const voided = acts.filter((act) => act.act === "void_number").map((act) => String(act.facts["number"]));
    return numberFor(this.holder.id, visit.county, visit.visit, voided);
  }

  /** Write acts into the log of a visit; the legal day is the one of the best estimate. On the disk when it returns. */
  async write(visit: string, said: readonly Omit<Said, "on" | "at">[], state: State, rest: unknown): Promise<void> {
    const manifest = await this.package();
    if (manifest === null) throw new TypeError("no package");
    const jump = this.clock.jump();
    const at = this.clock.stamp();
    const on = dayOf(this.clock.best());
    const seen = jump && { act: "clock", facts: jump, particulars: {}, evidence: [], by: [] };
    const all = [...(seen ? [seen] : []), ...said].map((one, place) => ({ ...one, on, at: place === 0 ? at : { ...at, jump: 0 } }));
    await this.store.append(visit, manifest.package, all, state, rest);
    await this.store.set("last", Date.now());
    await this.keepBegun();
    this.wake();
    this.tell();
  }

  /** Keep a file of a visit. */
  async keep(visit: string, bytes: Blob, about: { slot: string; name: string; type: string; source: Evidence["source"]; position?: Evidence["position"] }): Promise<Evidence> {
    const at: At = { ...this.clock.stamp(), jump: 0 };
    return this.store.keepFile(visit, new Uint8Array(await bytes.arrayBuffer()), { ...about, at });
  }

  /** A store that never was opened, of somebody who has worked here: what he had not sent is gone, and is reported. */
  private async missLost(): Promise<void> {
    const begun = await begunBy(this.me.user);
    const wasOpened = (await this.store.setting<boolean>("opened")) ?? false;
    this.lost = wasOpened ? ((await this.store.setting<string[]>("lost")) ?? null) : begun;
    if (!wasOpened && this.lost !== null) await this.store.set("lost", this.lost);
    await this.store.set("opened", true);
    await this.keepBegun();
    if (this.lost !== null && !(await this.store.setting<boolean>("lostReported"))) void this.reportLost(this.lost);
  }

  /** Somebody has read that something is gone. */
  async knowLost(): Promise<void> {
    this.lost = null;
    await this.store.set("lost", null);
    this.tell();
  }

  private async reportLost(visits: readonly string[]): Promise<void> {
    const said = { kind: "storage_lost", unsent: visits.length, app: APP, detail: visits.join(" ").slice(0, 500) };
    try {
      await patient(() => this.door.ask("POST", "/reports", { json: said }));
      await this.store.set("lostReported", true);
    } catch (error) {
      if (!(error instanceof Silence || error instanceof Refusal) && !this.isEnded) throw error; // the next start says it
    }
  }

  private async keepBegun(): Promise<void> {
    const rows = await this.store.visits();
    await keepBegun(this.me.user, rows.filter((row) => row.known < row.seq).map((row) => row.id));
  }

  private startSender(): void {
    const order = { what: "open", person: String(this.me.user), key: this.key, caller: this.caller, app: APP, language: language() } as const;
    theSender().postMessage(order satisfies Order);
  }

  private readonly heard = (event: MessageEvent<Answer>): void => {
    const told = event.data;
    if (told.person !== String(this.me.user)) return;
    if (told.what === "contact") void this.contact(told.server);
    if (told.what === "another day") void this.fetchDay().catch(() => undefined); // what is there stays in force
    if (told.what === "signed out") this.isSignedOut = true;
    if (told.what === "changed") void this.keepBegun().catch(() => undefined); // locked meanwhile: the next start says it
    this.tell();
  };

  private async contact(server: number): Promise<void> {
    const anchor = this.clock.contact(server);
    await this.store.set("anchor", anchor).catch((error: unknown) => {
      if (!this.isEnded) throw error; // locked meanwhile: the next contact gives another one
    });
  }

  private readonly touched = (): void => {
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.end(), IDLE);
  };

  private tell(): void {
    this.dispatchEvent(new Event("changed"));
  }
}

/** Hand out the rescue file of somebody. Throws `NoEscrow`. */
export async function hand(person: Person, holder: Device): Promise<void> {
  const { blob, name } = await rescueFile(person, holder, APP);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** The cookie of the site is exchanged for a token; the session of the site has ended then. */
export async function exchange(holder: Device): Promise<SignIn> {
  const clock = new Clock();
  const caller = { device: holder.id, key: holder.keys.privateKey, token: null };
  const door = new Door(caller, () => clock.best(), (server) => void clock.contact(server), language);
  await door.time();
  const fresh = (await (await door.ask("POST", "/sessions", { json: {}, proven: true, asSite: true })).json()) as SignIn;
  if (fresh.escrow_key && fresh.escrow_key.kid !== holder.escrow?.kid) await keepDevice({ ...holder, escrow: fresh.escrow_key });
  return fresh;
}
