/**
 * What lies on the device is sealed with AES-256-GCM under a data key. The data key is wrapped by the PIN, slowed down
 * and mixed with a key of this device that cannot be read, and once more for the bureau's escrow key, so that a
 * forgotten PIN loses nothing. A PIN is short: this stops a finder, and nobody who copies the disk and has time.
 */

import { random, utf8, type Bytes } from "./bytes";

export type Sealed = { readonly iv: Bytes; readonly data: ArrayBuffer };

/** How the data key of one person lies on the device. */
export type Lock = {
  readonly salt: Bytes;
  readonly rounds: number;
  readonly device: CryptoKey;
  readonly wrapped: Sealed;
  readonly escrow: ArrayBuffer | null;
  /** For which of the bureau's keys; nothing before there was one. */
  readonly kid?: string;
};

/** The public half of the bureau's escrow key. */
export type EscrowKey = JsonWebKey & { readonly kid: string };

const ROUNDS = 600_000;
const PIN = /^[0-9]{6,10}$/;

/** A PIN that is not one: six to ten digits, and not all the same or in a row. */
export class NoPin extends Error {
  override readonly name = "NoPin";
}

/** The PIN is not this person's. */
export class WrongPin extends Error {
  override readonly name = "WrongPin";
}

/** A new data key under a PIN; `escrow` is the public half of the bureau's key, where it has one. */
export async function newLock(person: string, pin: string, escrow: EscrowKey | null): Promise<[Lock, CryptoKey]> {
  const raw = random(32);
  return [await inEscrow(await locked(person, pin, raw), raw, escrow), await dataKey(raw)];
}

/** The data key. Throws {@link WrongPin}. */
export async function unlock(person: string, pin: string, lock: Lock): Promise<CryptoKey> {
  return dataKey(await opened(person, pin, lock));
}

/** The same data key under another PIN. Throws {@link WrongPin} for the present one. */
export async function changePin(person: string, pin: string, wanted: string, lock: Lock): Promise<Lock> {
  const { escrow, kid } = lock;
  return { ...(await locked(person, wanted, await opened(person, pin, lock))), escrow, ...(kid === undefined ? {} : { kid }) };
}

/** The same lock for the bureau's key of now; it is the same object where it is so already. Throws {@link WrongPin}. */
export async function renewEscrow(person: string, pin: string, lock: Lock, escrow: EscrowKey | null): Promise<Lock> {
  return escrow === null || lock.kid === escrow.kid ? lock : inEscrow(lock, await opened(person, pin, lock), escrow);
}

/** Seal bytes; `what` names them, and opens them only under this name. */
export async function seal(key: CryptoKey, what: string, bytes: Bytes): Promise<Sealed> {
  const iv = random(12);
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: utf8(what) }, key, bytes) };
}

/** Open what was sealed under this name. Throws where key, name or bytes are not those. */
export async function open(key: CryptoKey, what: string, sealed: Sealed): Promise<Bytes> {
  const how = { name: "AES-GCM", iv: sealed.iv, additionalData: utf8(what) };
  return new Uint8Array(await crypto.subtle.decrypt(how, key, sealed.data));
}

/** Seal a value that is JSON. */
export async function sealValue(key: CryptoKey, what: string, value: unknown): Promise<Sealed> {
  return seal(key, what, utf8(JSON.stringify(value)));
}

/** The value that was sealed. */
export async function openValue<T>(key: CryptoKey, what: string, sealed: Sealed): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await open(key, what, sealed))) as T;
}

async function inEscrow(lock: Lock, raw: Bytes, escrow: EscrowKey | null): Promise<Lock> {
  if (escrow === null) return lock;
  return { ...lock, escrow: await crypto.subtle.encrypt({ name: "RSA-OAEP" }, await escrowKey(escrow), raw), kid: escrow.kid };
}

async function locked(person: string, pin: string, raw: Bytes): Promise<Lock> {
  if (!PIN.test(pin) || isSimple(pin)) throw new NoPin();
  const device = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const salt = random(16);
  const wrapped = await seal(await wrapping(pin, salt, ROUNDS, device), person, raw);
  return { salt, rounds: ROUNDS, device, wrapped, escrow: null };
}

async function opened(person: string, pin: string, lock: Lock): Promise<Bytes> {
  try {
    return await open(await wrapping(pin, lock.salt, lock.rounds, lock.device), person, lock.wrapped);
  } catch (error) {
    if (error instanceof DOMException && error.name === "OperationError") throw new WrongPin();
    throw error;
  }
}

async function wrapping(pin: string, salt: Bytes, rounds: number, device: CryptoKey): Promise<CryptoKey> {
  const typed = await crypto.subtle.importKey("raw", utf8(pin), "PBKDF2", false, ["deriveBits"]);
  const slow = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, typed, 256);
  return crypto.subtle.importKey("raw", await crypto.subtle.sign("HMAC", device, slow), "AES-GCM", false, ["encrypt", "decrypt"]);
}

async function dataKey(raw: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

async function escrowKey(key: JsonWebKey): Promise<CryptoKey> {
  return crypto.subtle.importKey("jwk", key, { name: "RSA-OAEP", hash: "SHA-256" }, false, ["encrypt"]);
}

function isSimple(pin: string): boolean {
  const steps = new Set(Array.from(pin).slice(1).map((digit, place) => Number(digit) - Number(pin[place])));
  return steps.size === 1 && [0, 1, -1].includes([...steps][0]!);
}
