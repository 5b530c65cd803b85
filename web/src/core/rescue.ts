/**
 * The rescue file of one person: log and pieces as they lie here, sealed, with the key of the store wrapped for the bureau's
 * escrow key (`web/LOG.md`, 11). Nobody needs the PIN to make one, and nothing in it can be read without that key.
 */

import { openDB, type IDBPDatabase } from "idb";
import { base64, utf8, type Bytes } from "./bytes";
import { moment } from "./clock";
import type { Device, Person } from "./holder";
import type { FileRow, VisitRow } from "./store";
import type { Sealed } from "./vault";

const MAGIC = "SCRESCUE1\n";

/** There was no escrow key when this person's store was last opened: nobody could open the file. */
export class NoEscrow extends Error {
  override readonly name = "NoEscrow";
}

/** The file, and what it is to be called. Throws {@link NoEscrow}. */
export async function rescueFile(person: Person, device: Device, app: string, now = Date.now()): Promise<{ blob: Blob; name: string }> {
  const { escrow, kid } = person.lock;
  if (escrow === null || kid === undefined) throw new NoEscrow();
  const database = await openDB(`field-${person.user}`);
  try {
    const visits = ((await stored(database, "visits")) as VisitRow[]).filter((row) => row.seq > 0);
    const logs = Object.fromEntries(visits.flatMap(({ id, log }) => (log === null ? [] : [[id, log]])));
    const head = {
      kind: "person", device: device.id, user: person.user, post: person.post, name: person.name, made_at: moment(now), app, kid, logs,
      escrow: base64(new Uint8Array(escrow)),
    };
    const blobs = [new Blob([MAGIC]), record(head)];
    for (const { id, visit, seq, sealed } of (await stored(database, "acts")) as { id: string; visit: string; seq: number; sealed: Sealed }[]) {
      blobs.push(record({ kind: "act", id, visit, seq }, sealed));
    }
    for (const row of (await stored(database, "files")) as FileRow[]) {
      if (row.forgotten === null) blobs.push(...(await file(database, row)));
    }
    blobs.push(record({ kind: "end" }));
    return { blob: new Blob(blobs, { type: "application/octet-stream" }), name: `spotcheck-${device.inventory}-${moment(now).slice(0, 10)}.screscue` };
  } finally {
    database.close();
  }
}

async function stored(database: IDBPDatabase, name: string): Promise<unknown[]> {
  return database.objectStoreNames.contains(name) ? database.getAll(name) : []; // nothing was ever kept here
}

/** A file and its pieces; one that lacks a piece is left out, so that the rest of the record can be taken in. */
async function file(database: IDBPDatabase, { sha256, visit, size, name, type, pieces }: FileRow): Promise<Blob[]> {
  const found = [record({ kind: "file", sha256, visit, size, name, type, pieces })];
  for (let n = 0; n < pieces; n++) {
    const piece = (await database.get("pieces", [sha256, n])) as Sealed | undefined;
    if (piece === undefined) return [];
    found.push(record({ kind: "piece", sha256, n }, piece));
  }
  return found;
}

/** The length of the head (four bytes, the lowest first), the head, the bytes. */
function record(about: Readonly<Record<string, unknown>>, sealed?: Sealed): Blob {
  const more = sealed === undefined ? {} : { iv: base64(sealed.iv), length: sealed.data.byteLength };
  const head: Bytes = utf8(JSON.stringify({ ...about, ...more }));
  const length = new DataView(new ArrayBuffer(4));
  length.setUint32(0, head.byteLength, true);
  return new Blob([length.buffer, head, ...(sealed === undefined ? [] : [sealed.data])]);
}
