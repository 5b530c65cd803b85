/**
 * What lies on the device for one person: one data base, sealed but for what finding and sending need. Acts and files
 * are added and never written over; what is written is on the disk before anybody is told so (`strict`).
 */

import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames } from "idb";
import { hex, sha256, type Bytes } from "./bytes";
import { chained, type About, type Act, type Evidence, type Said } from "./chain";
import { giveUpReserve, isFull } from "./reserve";
import { open, openValue, seal, sealValue, type Sealed } from "./vault";

/** Bytes of a piece of a file. */
export const PIECE = 512 * 1024;
const VERSION = 1;

/** Where a visit stands on this device: untouched, begun, finished here, finished and wholly with the server, come back. */
export type State = "assigned" | "open" | "ready" | "sent" | "returned";

/** A batch that was made and not yet answered: what makes the same bytes again. */
export type Pending = { readonly id: string; readonly to: number; readonly deviceNow: string; readonly app: string };

export type VisitRow = {
  readonly id: string;
  readonly order: number;
  readonly state: State;
  /** Package id under which the log began, number of acts in it, and the hash of the last one. */
  readonly log: string | null;
  readonly seq: number;
  readonly head: string | null;
  /** Acts up to here are the server's: the receipt named them. */
  readonly known: number;
  readonly pending: Pending | null;
  readonly files: readonly string[];
  /** Something of it waits at the desk for a decision. */
  readonly parked: boolean;
  /** A refusal that needs a person; sending of this visit waits. */
  readonly stopped: string | null;
  readonly sealed: Sealed;
};

export type FileRow = {
  readonly sha256: string;
  readonly visit: string;
  readonly size: number;
  readonly type: string;
  readonly name: string;
  readonly pieces: number;
  /** When the server said that it has the file; when the receipt of a batch named it; when its bytes were forgotten. */
  readonly received: string | null;
  readonly owed: number | null;
  readonly forgotten: number | null;
  readonly damaged: boolean;
  readonly sealed: Sealed;
};

type ActRow = { readonly visit: string; readonly seq: number; readonly id: string; readonly hash: string; readonly sealed: Sealed };
type Note = { readonly id: string; readonly at: number; readonly visit: string | null; readonly sealed: Sealed };

interface Schema extends DBSchema {
  meta: { key: string; value: unknown };
  parts: { key: string; value: { readonly sha256: string; readonly sealed: Sealed } };
  visits: { key: string; value: VisitRow };
  acts: { key: [string, number]; value: ActRow; indexes: { id: string } };
  files: { key: string; value: FileRow; indexes: { visit: string } };
  pieces: { key: [string, number]; value: { readonly sha256: string; readonly n: number; readonly iv: Bytes; readonly data: ArrayBuffer } };
  draft: { key: string; value: { readonly visit: string; readonly at: number; readonly sealed: Sealed } };
  journal: { key: string; value: Note; indexes: { at: number } };
}

type Writing<Names extends StoreNames<Schema>[]> = IDBPTransaction<Schema, Names, "readwrite">;

/** There is no room: pictures are barred; words and signatures are still saved. */
export class StorageFull extends Error {
  override readonly name = "StorageFull";
}

/** The store of one person on this device. */
export class Store {
  private constructor(
    private readonly database: IDBPDatabase<Schema>,
    private readonly key: CryptoKey,
  ) {}

  /** Open it, or make it. `key` is the data key of the person. */
  static async open(person: string, key: CryptoKey): Promise<Store> {
    const database = await openDB<Schema>(`field-${person}`, VERSION, {
      upgrade(made, before) {
        if (before < 1) makeStores(made); // forward only; a later version adds and takes nothing away
      },
      blocking: (_now, _wanted, event) => (event.target as IDBDatabase).close(), // a newer window may go on
    });
    return new Store(database, key);
  }

  close(): void {
    this.database.close();
  }

  /** A small matter by name: settings, the anchor of the clock, the package in force; sealed. */
  async setting<T>(name: string): Promise<T | null> {
    const kept = (await this.database.get("meta", name)) as Sealed | undefined;
    return kept === undefined ? null : openValue<T>(this.key, `meta/${name}`, kept);
  }

  async set(name: string, value: unknown): Promise<void> {
    const sealed = await sealValue(this.key, `meta/${name}`, value);
    await this.written(["meta"], (tx) => void tx.objectStore("meta").put(sealed, name));
  }

  /** Keep a part of the day's package under its hash. Throws `TypeError` where the bytes are others. */
  async keepPart(hash: string, bytes: Bytes): Promise<void> {
    if (hex(await sha256(bytes)) !== hash) throw new TypeError("a part has another hash");
    const sealed = await seal(this.key, `part/${hash}`, bytes);
    await this.written(["parts"], (tx) => void tx.objectStore("parts").put({ sha256: hash, sealed }));
  }

  async part(hash: string): Promise<Bytes | null> {
    const kept = await this.database.get("parts", hash);
    return kept === undefined ? null : open(this.key, `part/${hash}`, kept.sealed);
  }

  async partsHeld(): Promise<string[]> {
    return this.database.getAllKeys("parts");
  }

  /** Forget the parts that no package in force names. */
  async keepOnlyParts(wanted: readonly string[]): Promise<void> {
    const superfluous = (await this.partsHeld()).filter((hash) => !wanted.includes(hash));
    await this.written(["parts"], (tx) => superfluous.forEach((hash) => void tx.objectStore("parts").delete(hash)));
  }

  /** Take over what the package says of a visit. What happened on this device stays as it is. */
  async assign(id: string, order: number, said: unknown, log: { log: string | null; head: string | null; seq: number }): Promise<void> {
    const sealed = await sealValue(this.key, `visit/${id}`, said);
    await this.written(["visits"], async (tx) => {
      const before = await tx.objectStore("visits").get(id);
      const begun = before !== undefined && before.seq > 0;
      const place = begun ? {} : { log: log.log, head: log.head, seq: log.seq, known: log.seq };
      const fresh = { id, order, state: "assigned" as const, log: null, seq: 0, head: null, known: 0, pending: null, files: [], parked: false, stopped: null };
      await tx.objectStore("visits").put({ ...fresh, ...before, ...place, order, sealed });
    });
  }

  async visits(): Promise<VisitRow[]> {
    return (await this.database.getAll("visits")).sort((one, other) => one.order - other.order);
  }

  async visit(id: string): Promise<VisitRow | null> {
    return (await this.database.get("visits", id)) ?? null;
  }

  async assigned<T>(row: VisitRow): Promise<T> {
    return openValue<T>(this.key, `visit/${row.id}`, row.sealed);
  }

  async change(id: string, changed: (row: VisitRow) => Partial<VisitRow>): Promise<void> {
    await this.written(["visits"], async (tx) => {
      const row = await tx.objectStore("visits").get(id);
      if (row !== undefined) await tx.objectStore("visits").put({ ...row, ...changed(row) });
    });
  }

  /**
   * Write what was said into the log of a visit, at its end, all of it or nothing; of its draft `rest` is left. `packageId`
   * is that under which a new log begins. Another window that writes at once comes after or before, never over this one.
   */
  async append(visit: string, packageId: string, said: readonly Said[], state: State, rest: unknown = null): Promise<Act[]> {
    const draft = rest === null ? null : await sealValue(this.key, `draft/${visit}`, rest);
    for (;;) {
      const row = await this.visit(visit);
      if (row === null) throw new TypeError(`no visit ${visit}`);
      const acts: Act[] = [];
      for (const one of said) acts.push(await chained(one, visit, row.seq + acts.length + 1, acts.at(-1)?.hash ?? row.head ?? packageId));
      const last = acts.at(-1);
      if (last === undefined) return [];
      const rows = await Promise.all(acts.map(async (act) => this.actRow(act)));
      const files = [...new Set([...row.files, ...said.flatMap((one) => one.evidence.map((file) => file.sha256))])];
      const isWritten = await this.written(["acts", "visits", "draft"], async (tx) => {
        const now = await tx.objectStore("visits").get(visit);
        if (now === undefined || now.seq !== row.seq) return false;
        for (const one of rows) await tx.objectStore("acts").add(one);
        const log = row.log ?? packageId;
        await tx.objectStore("visits").put({ ...now, log, seq: last.seq, head: last.hash, files, state });
        if (draft === null) await tx.objectStore("draft").delete(visit);
        else await tx.objectStore("draft").put({ visit, at: Date.now(), sealed: draft });
        return true;
      });
      if (isWritten) return acts;
    }
  }

  /** The acts of a visit, from one place on. */
  async acts(visit: string, from = 1, to = Number.MAX_SAFE_INTEGER): Promise<Act[]> {
    const rows = await this.database.getAll("acts", IDBKeyRange.bound([visit, from], [visit, to]));
    return Promise.all(rows.map(async (row) => openValue<Act>(this.key, `act/${row.id}`, row.sealed)));
  }

  /**
   * Keep a file that belongs to a visit, with everything that is to be said of it: both or neither. The hash is taken of
   * these bytes, which are never written anew. Throws {@link StorageFull} unless it is as small as a signature.
   */
  async keepFile(visit: string, bytes: Bytes, about: About): Promise<Evidence> {
    const hash = hex(await sha256(bytes));
    const evidence = { ...about, sha256: hash, size: bytes.byteLength };
    const count = Math.max(1, Math.ceil(bytes.byteLength / PIECE));
    const pieces: (Sealed & { sha256: string; n: number })[] = [];
    for (let n = 0; n < count; n++) {
      const sealed = await seal(this.key, `piece/${hash}/${n}`, bytes.slice(n * PIECE, (n + 1) * PIECE));
      pieces.push({ sha256: hash, n, ...sealed });
    }
    const sealed = await sealValue(this.key, `file/${hash}`, evidence);
    const { name, type } = about;
    const row = { sha256: hash, visit, size: bytes.byteLength, type, name, pieces: count, sealed };
    const nothing = { received: null, owed: null, forgotten: null, damaged: false };
    await this.written(
      ["files", "pieces"],
      async (tx) => {
        if ((await tx.objectStore("files").get(hash)) !== undefined) return; // these very bytes are there
        await tx.objectStore("files").add({ ...row, ...nothing });
        for (const piece of pieces) await tx.objectStore("pieces").add(piece);
      },
      bytes.byteLength <= PIECE / 8,
    );
    return evidence;
  }

  async files(visit: string): Promise<FileRow[]> {
    return this.database.getAllFromIndex("files", "visit", visit);
  }

  async file(hash: string): Promise<FileRow | null> {
    return (await this.database.get("files", hash)) ?? null;
  }

  async about(row: FileRow): Promise<Evidence> {
    return openValue<Evidence>(this.key, `file/${row.sha256}`, row.sealed);
  }

  /** One piece of a file as it was kept; `null` where its bytes are gone. Throws where they are damaged. */
  async piece(hash: string, n: number): Promise<Bytes | null> {
    const kept = await this.database.get("pieces", [hash, n]);
    return kept === undefined ? null : open(this.key, `piece/${hash}/${n}`, kept);
  }

  /** The whole of a file, to be shown; `null` where its bytes are gone. */
  async whole(hash: string): Promise<Blob | null> {
    const row = await this.file(hash);
    if (row === null) return null;
    const pieces = await Promise.all(Array.from({ length: row.pieces }, (_, n) => this.piece(hash, n)));
    return pieces.some((piece) => piece === null) ? null : new Blob(pieces as Bytes[], { type: row.type });
  }

  async changeFile(hash: string, changed: Partial<Pick<FileRow, "received" | "damaged">>): Promise<void> {
    await this.written(["files"], async (tx) => {
      const row = await tx.objectStore("files").get(hash);
      if (row !== undefined) await tx.objectStore("files").put({ ...row, ...changed });
    });
  }

  /** The receipt of a batch: from now on its acts and files are the server's. */
  async receipt(visit: string, known: number, files: readonly string[], isParked: boolean, at: number): Promise<void> {
    await this.written(["visits", "files"], async (tx) => {
      const row = await tx.objectStore("visits").get(visit);
      if (row === undefined) return;
      const state = known >= row.seq && row.state === "ready" ? "sent" : row.state;
      await tx.objectStore("visits").put({ ...row, known, pending: null, stopped: null, state, parked: row.parked || isParked });
      for (const hash of files) {
        const file = await tx.objectStore("files").get(hash);
        if (file !== undefined && file.owed === null) await tx.objectStore("files").put({ ...file, owed: at });
      }
    });
  }

  /** Forget the bytes of files that the receipt of a batch has named before a moment, and of no others. */
  async forget(before: number, now: number): Promise<number> {
    return this.written(["files", "pieces"], async (tx) => {
      const old = (await tx.objectStore("files").getAll()).filter((row) => row.owed !== null && row.owed <= before && row.forgotten === null);
      for (const row of old) {
        for (let n = 0; n < row.pieces; n++) await tx.objectStore("pieces").delete([row.sha256, n]);
        await tx.objectStore("files").put({ ...row, forgotten: now });
      }
      return old.length;
    });
  }

  /** What is being typed for a visit; written over as often as somebody likes. */
  async keepDraft(visit: string, typed: unknown, at: number): Promise<void> {
    const sealed = await sealValue(this.key, `draft/${visit}`, typed);
    await this.written(["draft"], (tx) => void tx.objectStore("draft").put({ visit, at, sealed }));
  }

  async draft<T>(visit: string): Promise<T | null> {
    const kept = await this.database.get("draft", visit);
    return kept === undefined ? null : openValue<T>(this.key, `draft/${visit}`, kept.sealed);
  }

  /** Say what was sent, answered or refused. */
  async note(id: string, at: number, visit: string | null, said: unknown): Promise<void> {
    const sealed = await sealValue(this.key, `journal/${id}`, said);
    await this.written(["journal"], (tx) => void tx.objectStore("journal").add({ id, at, visit, sealed }));
  }

  /** The newest lines of the journal first. */
  async journal<T>(most = 200): Promise<{ at: number; visit: string | null; said: T }[]> {
    const rows = (await this.database.getAllFromIndex("journal", "at")).slice(-most).reverse();
    return Promise.all(rows.map(async ({ id, at, visit, sealed }) => ({ at, visit, said: await openValue<T>(this.key, `journal/${id}`, sealed) })));
  }

  async forgetJournal(before: number): Promise<void> {
    await this.written(["journal"], async (tx) => {
      const old = await tx.objectStore("journal").index("at").getAllKeys(IDBKeyRange.upperBound(before));
      for (const id of old) await tx.objectStore("journal").delete(id);
    });
  }

  /** Visits with something that the server does not have yet. */
  async unsent(): Promise<number> {
    return (await this.visits()).filter((row) => row.known < row.seq).length;
  }

  private async actRow(act: Act): Promise<ActRow> {
    const { visit, seq, id, hash } = act;
    return { visit, seq, id, hash, sealed: await sealValue(this.key, `act/${id}`, act) };
  }

  /** Write, all of it or nothing, and return when it is on the disk. Words fall back on the reserve where it is full. */
  private async written<Names extends StoreNames<Schema>[], Answer>(
    names: Names,
    write: (tx: Writing<Names>) => Answer | Promise<Answer>,
    isWords = true,
  ): Promise<Answer> {
    try {
      return await this.once(names, write);
    } catch (error) {
      if (!isFull(error)) throw error;
      await giveUpReserve();
      if (!isWords) throw new StorageFull();
      return this.once(names, write);
    }
  }

  private async once<Names extends StoreNames<Schema>[], Answer>(
    names: Names,
    write: (tx: Writing<Names>) => Answer | Promise<Answer>,
  ): Promise<Answer> {
    const tx = this.database.transaction(names, "readwrite", { durability: "strict" });
    try {
      const answer = await write(tx);
      await tx.done;
      return answer;
    } catch (error) {
      const why = tx.error; // a transaction that fails at its end says why; what asked for it only that it failed
      try {
        tx.abort();
      } catch {
        // it has ended by itself
      }
      await tx.done.catch(() => undefined);
      throw why ?? error;
    }
  }
}

function makeStores(made: IDBPDatabase<Schema>): void {
  made.createObjectStore("meta");
  made.createObjectStore("parts", { keyPath: "sha256" });
  made.createObjectStore("visits", { keyPath: "id" });
  made.createObjectStore("acts", { keyPath: ["visit", "seq"] }).createIndex("id", "id", { unique: true });
  made.createObjectStore("files", { keyPath: "sha256" }).createIndex("visit", "visit");
  made.createObjectStore("pieces", { keyPath: ["sha256", "n"] });
  made.createObjectStore("draft", { keyPath: "visit" });
  made.createObjectStore("journal", { keyPath: "id" }).createIndex("at", "at");
}
