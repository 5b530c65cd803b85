/**
 * Room that is kept for words: 32 MB of chance in a data base of its own. When the disk is full it is given up, so that
 * words, signatures and sending go on; it is made again when there is room.
 */

import { deleteDB, openDB } from "idb";
import { random } from "./bytes";

const NAME = "reserve";
const PIECE = 1024 * 1024;
const PIECES = 32;
/** Bytes that must be free before the reserve is made again. */
export const ROOM = 500 * PIECE;

/** Have the reserve; return whether it is whole. What there is no room for is left. One window makes it at a time. */
export async function provideReserve(pieces: number = PIECES): Promise<boolean> {
  return navigator.locks.request("reserve", () => make(pieces));
}

async function make(pieces: number): Promise<boolean> {
  const database = await openDB(NAME, 1, { upgrade: (made) => void made.createObjectStore("bytes") });
  try {
    for (let piece = await database.count("bytes"); piece < pieces; piece++) await database.add("bytes", random(PIECE).buffer, piece);
    return true;
  } catch (error) {
    if (isFull(error)) return false;
    throw error;
  } finally {
    database.close();
  }
}

/** Give the reserve up. */
export async function giveUpReserve(): Promise<void> {
  await deleteDB(NAME);
}

/** Whether an error says that the disk, or this site's share of it, is full. */
export function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}
