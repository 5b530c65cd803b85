/**
 * Sending: what happened at a firm goes to the server in order, and is the server's when its receipt names it. Every
 * request may be made twice, because browsers do so by themselves; nothing is forgotten, and no id made anew, for want
 * of an answer.
 */

import { base64, sha256, type Bytes } from "./bytes";
import { canonical, type Json } from "./canonical";
import type { Act } from "./chain";
import { moment } from "./clock";
import { patient, Refusal, type Door, type Reason } from "./door";
import { uuid7 } from "./ids";
import { PIECE, type FileRow, type Store, type VisitRow } from "./store";

/** So many pieces of a file go at once, and so many files: while the server joins one, the next is on its way. */
export const LANES = 3;
const FILES_AT_ONCE = 2;
const FILES_ASKED = 500;
const ACTS = 300;
const BATCH_BYTES = 900_000;

/** Days for which bytes and log lines are kept after the receipt. */
const BYTES_KEPT = 7 * 86_400_000;
const JOURNAL_KEPT = 90 * 86_400_000;
/** So much that was told of visits which are not here is kept until they are. */
const EARLY = 200;

/** What the journal says of an act that was answered. */
export type Outcome = { readonly seq: number; readonly outcome: "done" | "parked" | "noted" | "waiting" | "filed"; readonly reasons: readonly Reason[] };

/** A line of the journal. */
export type Line =
  | { readonly what: "receipt"; readonly to: number; readonly received: string; readonly outcomes: readonly Outcome[] }
  | { readonly what: "refused"; readonly kind: string; readonly says: string }
  | { readonly what: "settled"; readonly seq: number; readonly outcome: string; readonly reason: string }
  | { readonly what: "returned"; readonly reason: string; readonly slots: readonly string[]; readonly fields: readonly string[] };

/** What has happened to a visit at the server since the last time. */
type Change = { readonly id: string; readonly type: string; readonly visit: string; readonly seq?: number; readonly outcome?: string; readonly reason?: string; readonly slots?: readonly string[]; readonly fields?: readonly string[] };

/** What the screens are told while it goes on. */
export type Told =
  | { readonly what: "contact"; readonly server: number }
  | { readonly what: "files"; readonly visit: string; readonly left: number }
  | { readonly what: "changed" }
  | { readonly what: "another day" }
  | { readonly what: "signed out" };

type Receipt = {
  readonly head: string;
  readonly seq: number;
  readonly received_at: string;
  readonly files: readonly string[];
  readonly acts: readonly (Outcome & { readonly id: string })[];
};

/** The token of this person does not hold any more: somebody has to sign in. */
export class SignedOut extends Error {
  override readonly name = "SignedOut";
}

/** Sends what one person has done on this device. */
export class Sender {
  private readonly mended = new Set<string>();

  constructor(
    private readonly store: Store,
    private readonly door: Door,
    private readonly app: string,
    private readonly tell: (told: Told) => void,
    private readonly isMetered: () => Promise<boolean>,
  ) {}

  /** Send until nothing is left that can be sent. Throws `Silence` and {@link SignedOut}; safe to end anywhere. */
  async round(): Promise<void> {
    try {
      const server = await patient(() => this.door.time());
      while ((await this.logs()) || (!(await this.isMetered()) && (await this.files())));
      for (const more of [() => this.report(), () => this.feed()]) await unlessRefused(more);
      await this.store.forget(server - BYTES_KEPT, server);
      await this.store.forgetJournal(server - JOURNAL_KEPT);
    } catch (error) {
      if (error instanceof Refusal && error.problem.status === 401) throw new SignedOut();
      throw error;
    }
  }

  /** Say how much is unsent, when it is another number than was said before. */
  private async report(): Promise<void> {
    const unsent = await this.store.unsent();
    if (unsent === (await this.store.setting<number>("reported"))) return;
    const said = { kind: "contact", unsent, app: this.app, detail: "" };
    await patient(() => this.door.ask("POST", "/reports", { json: said }));
    await this.store.set("reported", unsent);
  }

  /** Hear what has become of parked records and of visits; some of it may be told twice. */
  private async feed(): Promise<void> {
    const before = (await this.store.setting<{ next: string; seen: string[] }>("feed")) ?? { next: "", seen: [] };
    const path = before.next ? `/feed?after=${encodeURIComponent(before.next)}` : "/feed";
    const { changes, next } = (await (await patient(() => this.door.ask("GET", path))).json()) as { changes: Change[]; next: string };
    const fresh = changes.filter((one) => !before.seen.includes(one.id));
    const waiting = (await this.store.setting<Change[]>("early")) ?? [];
    const early: Change[] = [];
    for (const one of [...waiting.filter((old) => fresh.every(({ id }) => id !== old.id)), ...fresh]) if (!(await this.happened(one))) early.push(one);
    if (early.length > 0 || waiting.length > 0) await this.store.set("early", early.slice(-EARLY));
    await this.store.set("feed", { next, seen: changes.map((one) => one.id) });
    if (fresh.some((one) => ["assigned", "changed", "decided", "ended"].includes(one.type))) this.tell({ what: "another day" });
    if (fresh.length > 0 || early.length < waiting.length) this.tell({ what: "changed" });
  }

  /** Take over what has happened; `false` where the visit itself is not here yet: it is taken over when it is. */
  private async happened(one: Change): Promise<boolean> {
    if (!["settled", "returned"].includes(one.type)) return true;
    if ((await this.store.visit(one.visit)) === null) return false;
    if (one.type === "settled") {
      if (one.outcome !== "parked") await this.store.change(one.visit, () => ({ parked: false }));
      await this.note(one.visit, { what: "settled", seq: one.seq ?? 0, outcome: one.outcome ?? "", reason: one.reason ?? "" });
    } else if (one.type === "returned") {
      await this.store.change(one.visit, () => ({ state: "returned" }));
      await this.note(one.visit, { what: "returned", reason: one.reason ?? "", slots: one.slots ?? [], fields: one.fields ?? [] });
    }
    return true;
  }

  /** The acts that wait for no file: a refusal or a danger goes before all pictures. Whether anything was sent. */
  private async logs(): Promise<boolean> {
    let isMoved = false;
    for (const visit of await this.open()) isMoved = (await this.log(visit.id)) || isMoved;
    return isMoved;
  }

  private async open(): Promise<VisitRow[]> {
    return (await this.store.visits()).filter((row) => row.known < row.seq && row.stopped === null);
  }

  private async log(id: string): Promise<boolean> {
    const row = await this.store.visit(id);
    if (row === null || row.log === null) return false;
    const acts = await this.ready(row);
    const last = acts.at(-1);
    if (last === undefined) return false;
    if (row.pending === null) {
      const pending = { id: uuid7(), to: last.seq, deviceNow: moment(Date.now()), app: this.app };
      await this.store.change(id, () => ({ pending })); // from here on it is this batch, also after a crash
      return this.log(id);
    }
    const { id: batch, deviceNow, app } = row.pending;
    const said = { visit: id, batch, app, schema: 1, device_now: deviceNow, log: row.log, acts } as unknown as Json;
    try {
      const path = `/visits/${encodeURIComponent(id)}/batches/${batch}`;
      const answer = await patient(() => this.door.ask("PUT", path, { text: canonical(said), proven: true }));
      await this.answered(row, last, (await answer.json()) as Receipt);
    } catch (error) {
      if (!(error instanceof Refusal) || error.problem.status === 401) throw error;
      await this.refused(row, error);
    }
    this.tell({ what: "changed" });
    return true;
  }

  /** The next acts of a log whose files are all with the server; of a batch that was begun, exactly its acts or none. */
  private async ready(row: VisitRow): Promise<Act[]> {
    const acts = await this.store.acts(row.id, row.known + 1, row.pending?.to ?? row.known + ACTS);
    const found: Act[] = [];
    let bytes = 0;
    for (const act of acts) {
      const files = await Promise.all(act.evidence.map((one) => this.store.file(one.sha256)));
      bytes += canonical(act as unknown as Json).length * 3; // no character is longer in UTF-8
      if (files.some((file) => file === null || file.received === null) || (row.pending === null && found.length > 0 && bytes > BATCH_BYTES)) break;
      found.push(act);
    }
    return row.pending !== null && found.length < acts.length ? [] : found;
  }

  private async answered(row: VisitRow, last: Act, receipt: Receipt): Promise<void> {
    const wanted = (await this.store.acts(row.id, row.known + 1, last.seq)).flatMap((act) => act.evidence.map((one) => one.sha256));
    const isWhole = receipt.head === last.hash && receipt.seq >= last.seq && wanted.every((hash) => receipt.files.includes(hash));
    if (!isWhole) return this.stop(row.id, "receipt-differs", "");
    const outcomes = receipt.acts.map(({ seq, outcome, reasons }) => ({ seq, outcome, reasons }));
    const isParked = outcomes.some((one) => one.outcome === "parked");
    await this.store.receipt(row.id, last.seq, receipt.files, isParked, Date.parse(receipt.received_at));
    await this.note(row.id, { what: "receipt", to: last.seq, received: receipt.received_at, outcomes });
  }

  private async refused(row: VisitRow, refusal: Refusal): Promise<void> {
    const { kind, problem } = refusal;
    const isFirst = !this.mended.has(`${row.id} ${kind}`);
    this.mended.add(`${row.id} ${kind}`);
    if (kind === "evidence-missing" && problem.files?.length) {
      for (const hash of problem.files) await this.store.changeFile(hash, { received: null });
    } else if (kind === "acts-missing" && problem.wanted !== undefined && problem.wanted <= row.known && isFirst) {
      const known = Math.max(0, problem.wanted - 1); // a server that was set back; going forward takes a receipt
      await this.store.change(row.id, () => ({ known, pending: null }));
    } else if (problem.retry === "once" && isFirst) {
      await this.store.change(row.id, () => ({ pending: null })); // from the store anew, under a new name
    } else {
      await this.stop(row.id, kind, refusal.message);
    }
  }

  private async stop(visit: string, kind: string, says: string): Promise<void> {
    await this.store.change(visit, () => ({ stopped: kind }));
    await this.note(visit, { what: "refused", kind, says });
  }

  private async note(visit: string, line: Line): Promise<void> {
    await this.store.note(uuid7(), Date.now(), visit, line);
  }

  /** Files of the visits that are open: what the server has of them is asked once. Whether anything was sent. */
  private async files(): Promise<boolean> {
    const rows: FileRow[] = [];
    for (const visit of await this.open()) {
      const own = await Promise.all(visit.files.map((hash) => this.store.file(hash)));
      const open = own.filter((file) => file !== null && file.received === null && !file.damaged) as FileRow[];
      rows.push(...open.sort((one, other) => one.size - other.size));
    }
    let left = rows.length;
    for (let at = 0; at < rows.length; at += FILES_ASKED) {
      const some = rows.slice(at, at + FILES_ASKED);
      const there = await this.status(some.map((row) => row.sha256));
      for (const visit of new Set(some.map((row) => row.visit))) {
        const waiting = some.filter((row) => row.visit === visit);
        await side(FILES_AT_ONCE, waiting, async (row) => {
          this.tell({ what: "files", visit, left });
          await this.file(row, there[row.sha256]);
          left--;
        });
        await this.log(visit);
      }
    }
    return rows.length > 0;
  }

  private async status(files: readonly string[]): Promise<Record<string, { receipt: { received_at: string } | null; pieces: number[] }>> {
    const answer = await patient(() => this.door.ask("POST", "/files/status", { json: { files } }));
    return ((await answer.json()) as { files: Record<string, { receipt: { received_at: string } | null; pieces: number[] }> }).files;
  }

  private async file(row: FileRow, there: { receipt: { received_at: string } | null; pieces: number[] } | undefined): Promise<void> {
    try {
      const received = there?.receipt?.received_at ?? (await this.sent(row, there?.pieces ?? []));
      await this.store.changeFile(row.sha256, { received });
    } catch (error) {
      const isDamaged = error instanceof DOMException && error.name === "OperationError";
      if (!isDamaged && (!(error instanceof Refusal) || error.problem.status === 401)) throw error;
      await this.store.changeFile(row.sha256, { damaged: true });
      await this.stop(row.visit, isDamaged ? "damaged" : (error as Refusal).kind, (error as Error).message);
    }
  }

  /** Send a file; return when the server has received it. What was damaged on the way is read again, once. */
  private async sent(row: FileRow, there: readonly number[]): Promise<string> {
    const isSmall = row.pieces === 1;
    const wanted = Array.from({ length: row.pieces }, (_, n) => n).filter((n) => !there.includes(n));
    if (!isSmall) await this.pieces(row, wanted);
    for (let tried = 0; ; tried++) {
      try {
        const answer = isSmall ? await this.whole(row) : await patient(() => this.complete(row));
        return ((await answer.json()) as { received_at: string }).received_at;
      } catch (error) {
        if (!(error instanceof Refusal) || tried > 0) throw error;
        if (error.kind === "pieces-missing") await this.pieces(row, error.problem.missing ?? []);
        else if (error.kind === "bytes-damaged") await (isSmall ? undefined : this.pieces(row, wanted.length < row.pieces ? all(row) : wanted));
        else throw error;
      }
    }
  }

  private async complete(row: FileRow): Promise<Response> {
    return this.door.ask("POST", `/files/${row.sha256}/complete`, { json: { name: row.name } });
  }

  private async whole(row: FileRow): Promise<Response> {
    const bytes = await this.bytes(row, 0);
    const headers = { ...(await described(row, bytes)), "File-Name": encodeURIComponent(row.name) };
    return patient(() => this.door.ask("PUT", `/files/${row.sha256}`, { bytes, headers }));
  }

  private async pieces(row: FileRow, wanted: readonly number[]): Promise<void> {
    await side(LANES, wanted, (n) => this.piece(row, n));
  }

  private async piece(row: FileRow, n: number): Promise<void> {
    for (let tried = 0; ; tried++) {
      const bytes = await this.bytes(row, n);
      const headers = await described(row, bytes);
      try {
        await patient(() => this.door.ask("PUT", `/files/${row.sha256}/pieces/${n}`, { bytes, headers }));
        return;
      } catch (error) {
        if (!(error instanceof Refusal) || error.kind !== "bytes-damaged" || tried > 0) throw error;
      }
    }
  }

  private async bytes(row: FileRow, n: number): Promise<Bytes> {
    const bytes = await this.store.piece(row.sha256, n);
    if (bytes === null || bytes.byteLength !== Math.min(PIECE, row.size - n * PIECE)) throw new DOMException("a piece is gone", "OperationError");
    return bytes;
  }
}

/** What is only of use and refused by a server of another version holds nothing up. */
async function unlessRefused(more: () => Promise<void>): Promise<void> {
  try {
    await more();
  } catch (error) {
    if (!(error instanceof Refusal) || error.problem.status === 401) throw error;
  }
}

/** Do so many of these at once, in their order. Throws what the first that failed has thrown, once none is on its way. */
async function side<T>(most: number, all: readonly T[], one: (each: T) => Promise<void>): Promise<void> {
  const left = [...all];
  const lane = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await one(next);
  };
  const lanes = await Promise.allSettled(Array.from({ length: Math.min(most, left.length) }, lane));
  for (const done of lanes) if (done.status === "rejected") throw done.reason;
}

async function described(row: FileRow, bytes: Bytes): Promise<Record<string, string>> {
  return {
    "Content-Type": "application/octet-stream",
    "Content-Digest": `sha-256=:${base64(await sha256(bytes))}:`,
    "Upload-Length": String(row.size),
  };
}

function all(row: FileRow): number[] {
  return Array.from({ length: row.pieces }, (_, n) => n);
}
