/** The device and the people who work with it: a data base of its own, because it is opened before any store is. */

import { deleteDB, openDB, type DBSchema } from "idb";
import { newLock, renewEscrow, unlock, WrongPin, type EscrowKey, type Lock } from "./vault";

/** What the server calls this device, and its own key. */
export type Device = {
  readonly id: string;
  readonly name: string;
  readonly inventory: string;
  readonly office: string;
  readonly escrow: EscrowKey | null;
  readonly keys: CryptoKeyPair;
};

/** Somebody who has signed in here once. `wrong` PINs in a row; after ten only signing in helps. */
export type Person = { readonly user: number; readonly post: number; readonly name: string; readonly lock: Lock; readonly wrong: number };

export const WRONG_PINS = 10;

/** Too many wrong PINs: this person signs in again. */
export class LockedOut extends Error {
  override readonly name = "LockedOut";
}

interface Schema extends DBSchema {
  device: { key: string; value: Device | CryptoKeyPair };
  people: { key: number; value: Person };
}

async function database() {
  return openDB<Schema>("field-device", 1, {
    upgrade(made) {
      made.createObjectStore("device");
      made.createObjectStore("people", { keyPath: "user" });
    },
  });
}

export async function device(): Promise<Device | null> {
  const opened = await database();
  const found = (await opened.get("device", "device")) as Device | undefined;
  opened.close();
  return found ?? null;
}

export async function keepDevice(made: Device): Promise<void> {
  const opened = await database();
  await opened.put("device", made, "device");
  opened.close();
}

/** The key with which this device enrols: the same one until it is enrolled, so that a repeated request is a repeated one. */
export async function enrolmentKeys(make: () => Promise<CryptoKeyPair>): Promise<CryptoKeyPair> {
  const opened = await database();
  const kept = (await opened.get("device", "keys")) as CryptoKeyPair | undefined;
  const keys = kept ?? (await make());
  if (kept === undefined) await opened.put("device", keys, "keys");
  opened.close();
  return keys;
}

export async function people(): Promise<Person[]> {
  const opened = await database();
  const found = await opened.getAll("people");
  opened.close();
  return found;
}

async function keepPerson(person: Person): Promise<void> {
  const opened = await database();
  const tx = opened.transaction("people", "readwrite", { durability: "strict" });
  await tx.store.put(person);
  await tx.done;
  opened.close();
}

/**
 * Somebody signs in here for the first time and chooses a PIN; the data key is returned. A store of his that is still here
 * had another key, which is gone with its lock: nobody can open it any more, and it would bar the new one.
 */
export async function addPerson(of: Omit<Person, "lock" | "wrong">, pin: string, escrow: EscrowKey | null): Promise<CryptoKey> {
  await deleteDB(`field-${of.user}`);
  const [lock, key] = await newLock(String(of.user), pin, escrow);
  await keepPerson({ ...of, lock, wrong: 0 });
  return key;
}

/** Somebody has signed in again: wrong PINs are forgiven, and the post may be another one. */
export async function signedIn(person: Person, post: number): Promise<void> {
  await keepPerson({ ...person, post, wrong: 0 });
}

/** The data key of somebody. Throws {@link WrongPin} and {@link LockedOut}; each wrong one is counted before it is said. */
export async function byPin(user: number, pin: string): Promise<CryptoKey> {
  const person = await counted(user);
  try {
    const key = await unlock(String(user), pin, person.lock);
    const lock = await renewEscrow(String(user), pin, person.lock, (await device())?.escrow ?? null);
    await keepPerson({ ...person, lock, wrong: 0 });
    return key;
  } catch (error) {
    if (error instanceof WrongPin && person.wrong >= WRONG_PINS) throw new LockedOut();
    throw error;
  }
}

/** One more try, counted as a wrong one in one transaction: tries at once are as many as they are. */
async function counted(user: number): Promise<Person> {
  const opened = await database();
  try {
    const tx = opened.transaction("people", "readwrite", { durability: "strict" });
    const person = await tx.store.get(user);
    if (person === undefined || person.wrong >= WRONG_PINS) throw new LockedOut();
    const tried = { ...person, wrong: person.wrong + 1 };
    await tx.store.put(tried);
    await tx.done;
    return tried;
  } finally {
    opened.close();
  }
}
