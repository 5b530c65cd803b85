/** The core: what it writes is what the server reads, what is kept is kept whole, and nobody else can read it. */

import { Index, key, part } from "../src/core/bar";
import { hex, sha256, utf8, type Bytes } from "../src/core/bytes";
import { canonical, hashOf, type Json } from "../src/core/canonical";
import { chained, firstBroken, type Act, type At, type Said } from "../src/core/chain";
import { Clock, dayOf, moment } from "../src/core/clock";
import { refresh } from "../src/core/day";
import type { Door } from "../src/core/door";
import { uuid7 } from "../src/core/ids";
import { came, numberFor, toAsk } from "../src/core/numbers";
import { newDeviceKey, proof, publicHalf, toSign } from "../src/core/proof";
import { giveUpReserve, provideReserve } from "../src/core/reserve";
import { PIECE, Store, StorageFull } from "../src/core/store";
import { rescueFile } from "../src/core/rescue";
import { changePin, newLock, open, openValue, renewEscrow, seal, unlock } from "../src/core/vault";
import { check, fails, holds, same, vectors } from "./harness";

const AT: At = {
  wall: "2026-03-17T10:22:31.512+08:00", best: "2026-03-17T10:22:29.900+08:00", by: "server+mono", jump: 0, anchor: "2026-03-17T08:01:00.000+08:00",
};
const PACKAGE = "c6".repeat(32);

function said(act: string, more: Partial<Said> = {}): Said {
  return { act, on: "2026-03-17", at: AT, facts: {}, particulars: {}, evidence: [], by: [{ post: 41, pin: true }], ...more };
}

async function newStore(person: string): Promise<[Store, CryptoKey]> {
  indexedDB.deleteDatabase(`field-${person}`);
  const [, data] = await newLock(person, "284617", null);
  return [await Store.open(person, data), data];
}

function picture(size: number, seed = 0): Bytes {
  return Uint8Array.from({ length: size }, (_, place) => (place * 31 + seed) % 251);
}

check("names sort in the order in which they were made, also when the clock goes back", async () => {
  const made = [...Array.from({ length: 200 }, () => uuid7()), uuid7(0), uuid7()];
  same([...made].sort(), made);
  same(new Set(made).size, made.length);
  for (const one of made) holds(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(one), one);
});

check("canonical text and hash are the server's", async () => {
  const { vectors: wanted, refused } = await vectors<{ vectors: { value: Json; text: string; sha256: string }[]; refused: string[] }>("canonical");
  holds(wanted.length > 10, "vectors");
  for (const one of wanted) {
    same(canonical(one.value), one.text);
    same(await hashOf(one.value), one.sha256, one.text);
  }
  for (const one of refused) await fails(() => canonical(JSON.parse(one) as Json), "TypeError");
});

check("what is no value has no text", async () => {
  for (const one of [undefined, NaN, 1.5, -0, 2 ** 53, "\ud800", { "名": 1 }, () => 1, [undefined]]) await fails(() => canonical(one as unknown as Json), "TypeError");
});

check("a chain of the server is whole here, and one letter breaks it", async () => {
  const { package: begun, acts, texts } = await vectors<{ package: string; acts: Act[]; texts: string[] }>("chain");
  same(await firstBroken(acts, begun), null);
  for (const [place, act] of acts.entries()) {
    const { hash: _, ...rest } = act;
    same(canonical(rest as unknown as Json), texts[place]);
  }
  const changed = acts.map((act, place) => (place === 1 ? { ...act, on: "2026-03-16" } : act));
  same(await firstBroken(changed, begun), 2);
  same(await firstBroken([acts[1]!, acts[0]!], begun), 1);
  same(await firstBroken(acts.slice(1), acts[0]!.hash, 2), null);
});

check("what is written here is a chain", async () => {
  const one = await chained(said("arrive"), "SD2026-001", 1, PACKAGE);
  const two = await chained(said("note", { facts: { text: "冷库 -18 ℃" } }), "SD2026-001", 2, one.hash);
  same(await firstBroken([one, two], PACKAGE), null);
  same(Object.keys(one).sort(), ["act", "at", "by", "evidence", "facts", "hash", "id", "on", "particulars", "prev", "seq", "visit"]);
});

check("a batch is the text of the server", async () => {
  const { text, sha256: wanted } = await vectors<{ text: string; sha256: string }>("batch");
  same(canonical(JSON.parse(text) as Json), text);
  same(hex(await sha256(utf8(text))), wanted);
});

check("pieces are cut as the server cuts them", async () => {
  const { piece, files } = await vectors<{ piece: number; files: { size: number; sha256: string; pieces: { size: number; content_digest: string }[] }[] }>("pieces");
  same(PIECE, piece);
  const [store] = await newStore("pieces");
  for (const file of files) {
    const kept = await store.keepFile("v", picture(file.size), { slot: "other", name: "a.jpg", type: "image/jpeg", at: AT, source: "camera" });
    same(kept.sha256, file.sha256);
    same((await store.file(kept.sha256))!.pieces, file.pieces.length);
    for (const [n, wanted] of file.pieces.entries()) {
      const bytes = (await store.piece(kept.sha256, n))!;
      same(bytes.byteLength, wanted.size);
      same(`sha-256=:${btoa(String.fromCharCode(...(await sha256(bytes))))}:`, wanted.content_digest);
    }
  }
  store.close();
});

check("a proof says what the server reads, and only its key makes it", async () => {
  type Request = { method: string; path: string; body: string; at: string; signed: string; header: string };
  const { public_key, requests } = await vectors<{ public_key: JsonWebKey; requests: Request[] }>("proof");
  const theirs = await crypto.subtle.importKey("jwk", public_key, { name: "ECDSA", namedCurve: "P-256" }, true, ["verify"]);
  const ours = await newDeviceKey();
  await fails(() => crypto.subtle.exportKey("jwk", ours.privateKey), "InvalidAccessError");
  same(Object.keys(await publicHalf(ours)).sort(), ["crv", "kty", "x", "y"]);
  const verified = async (by: CryptoKey, header: string, text: string): Promise<boolean> => {
    const sig = header.split("sig=")[1]!.replace(/-/g, "+").replace(/_/g, "/");
    const bytes = Uint8Array.from(atob(sig), (letter) => letter.charCodeAt(0));
    return crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, by, bytes, utf8(text));
  };
  for (const one of requests) {
    same(await toSign(one.method, one.path, utf8(one.body), Date.parse(one.at)), one.signed);
    holds(await verified(theirs, one.header, one.signed), "the server's own");
    const header = await proof(ours.privateKey, one.method, one.path, utf8(one.body), Date.parse(one.at));
    same(header.split(" sig=")[0], one.header.split(" sig=")[0]);
    holds(await verified(ours.publicKey, header, one.signed), "ours by our key");
    holds(!(await verified(theirs, header, one.signed)), "ours by another key");
  }
});

check("names of products are made alike as the server does", async () => {
  const wanted = await vectors<{ parts: { text: string; part: string }[]; keys: { of: [string, string, string, string]; key: string }[] }>("bar");
  for (const one of wanted.parts) same(part(one.text), one.part, one.text);
  for (const one of wanted.keys) same(key(...one.of), one.key);
});

check("an index of the server answers as the server does", async () => {
  type Check = { key: string; day: string; samr: boolean };
  const wanted = await vectors<{ index: { on: string; checks: Check[]; sha256: string; size: number }; look_ups: { key: string; hit: unknown }[] }>("bar");
  const bytes = await indexOf(wanted.index.on, wanted.index.checks);
  same([bytes.byteLength, hex(await sha256(bytes))], [wanted.index.size, wanted.index.sha256]);
  const index = new Index(bytes);
  same(index.asOf, wanted.index.on);
  for (const one of wanted.look_ups) same(await index.find(one.key), one.hit, one.key);
  await fails(() => new Index(bytes.slice(0, -1)), "TypeError");
  await fails(() => new Index(picture(20)), "TypeError");
});

/** The same bytes as the server's, which are too long for a list of vectors. */
async function indexOf(on: string, checks: { key: string; day: string; samr: boolean }[]): Promise<Bytes> {
  const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
  const rows = await Promise.all(checks.map(async (one) => ({ ...one, hash: hex(await sha256(utf8(one.key))).slice(0, 12), ago: day(on) - day(one.day) })));
  const kept = rows.filter((row) => row.ago >= 0 && row.ago <= 184);
  kept.sort((one, other) => (one.hash < other.hash ? -1 : one.hash > other.hash ? 1 : one.ago - other.ago || Number(one.samr) - Number(other.samr)));
  const view = new DataView(new ArrayBuffer(16 + 4 * 65_537 + 5 * kept.length + Math.ceil(kept.length / 8)));
  utf8("SCB1").forEach((byte, place) => view.setUint8(place, byte));
  view.setUint32(4, kept.length, true);
  view.setUint32(8, day(on), true);
  for (let place = 0; place <= 65_536; place++) {
    view.setUint32(16 + 4 * place, kept.filter((row) => parseInt(row.hash.slice(0, 4), 16) < place).length, true);
  }
  const rests = 16 + 4 * 65_537;
  kept.forEach((row, place) => {
    view.setUint32(rests + 4 * place, parseInt(row.hash.slice(4), 16), true);
    view.setUint8(rests + 4 * kept.length + place, row.ago);
    const bits = rests + 5 * kept.length + (place >> 3);
    if (row.samr) view.setUint8(bits, view.getUint8(bits) | (1 << (place & 7)));
  });
  return new Uint8Array(view.buffer);
}

check("only the PIN opens the data key, and what was sealed opens only under its name", async () => {
  const [lock, data] = await newLock("li", "284617", null);
  const sealed = await seal(data, "act/1", utf8("样品"));
  same(new TextDecoder().decode(await open(await unlock("li", "284617", lock), "act/1", sealed)), "样品");
  await fails(() => unlock("li", "284618", lock), "WrongPin");
  await fails(() => unlock("wang", "284617", lock), "WrongPin");
  await fails(() => open(data, "act/2", sealed), "OperationError");
  await fails(() => newLock("li", "28461", null), "NoPin");
  for (const simple of ["111111", "123456", "987654"]) await fails(() => newLock("li", simple, null), "NoPin");
  await fails(() => crypto.subtle.exportKey("raw", data), "InvalidAccessError");
  await fails(() => crypto.subtle.exportKey("raw", lock.device), "InvalidAccessError");
  holds(lock.rounds >= 600_000, "slow");
  const changed = await changePin("li", "284617", "905173", lock);
  await fails(() => unlock("li", "284617", changed), "WrongPin");
  same(new TextDecoder().decode(await open(await unlock("li", "905173", changed), "act/1", sealed)), "样品");
});

check("the bureau's escrow key opens what a forgotten PIN has sealed", async () => {
  const bureau = await crypto.subtle.generateKey(
    { name: "RSA-OAEP", modulusLength: 3072, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" }, true, ["encrypt", "decrypt"],
  );
  const [lock, data] = await newLock("li", "284617", { ...(await crypto.subtle.exportKey("jwk", bureau.publicKey)), kid: "k1" });
  const sealed = await seal(data, "act/1", utf8("样品"));
  const raw = await crypto.subtle.decrypt({ name: "RSA-OAEP" }, bureau.privateKey, lock.escrow!);
  const again = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]);
  same(new TextDecoder().decode(await open(again, "act/1", sealed)), "样品");
});

check("a rescue file is made without the PIN, and only the bureau's key opens it", async () => {
  const bureau = await crypto.subtle.generateKey({ name: "RSA-OAEP", modulusLength: 3072, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" }, true, ["encrypt", "decrypt"]);
  const escrow = { ...(await crypto.subtle.exportKey("jwk", bureau.publicKey)), kid: "k2" };
  indexedDB.deleteDatabase("field-7");
  const [before, data] = await newLock("7", "284617", null);
  const person = { user: 7, post: 41, name: "李强", wrong: 0 };
  const device = { id: "d", name: "n", inventory: "ZC-1", office: "o", escrow, keys: null as unknown as CryptoKeyPair };
  await fails(() => rescueFile({ ...person, lock: before }, device, "1"), "NoEscrow");
  await fails(() => renewEscrow("7", "000000", before, escrow), "WrongPin");
  const lock = await renewEscrow("7", "284617", before, escrow);
  same(await renewEscrow("7", "000000", lock, escrow) === lock, true, "it is so already");
  const store = await Store.open("7", data);
  await store.assign("v1", 1, {}, { log: null, head: null, seq: 0 });
  const bytes = picture(PIECE + 5);
  const file = await store.keepFile("v1", bytes, { slot: "place", name: "p.jpg", type: "image/jpeg", at: AT, source: "camera" });
  const [act] = await store.append("v1", PACKAGE, [said("arrive", { evidence: [file] })], "ready");
  store.close();
  const { blob, name } = await rescueFile({ ...person, lock }, device, "1", Date.parse("2026-03-17T02:00:00Z"));
  same(name, "spotcheck-ZC-1-2026-03-17.screscue");
  const whole = new Uint8Array(await blob.arrayBuffer());
  same(new TextDecoder().decode(whole.slice(0, 10)), "SCRESCUE1\n");
  const found: { head: Record<string, string>; data: Bytes }[] = [];
  for (let at = 10; at < whole.length; ) {
    const size = new DataView(whole.buffer).getUint32(at, true);
    const head = JSON.parse(new TextDecoder().decode(whole.slice(at + 4, at + 4 + size))) as Record<string, string> & { length?: number };
    at += 4 + size + (head.length ?? 0);
    found.push({ head, data: whole.slice(at - (head.length ?? 0), at) as Bytes });
  }
  same(found.map(({ head }) => head["kind"]), ["person", "act", "file", "piece", "piece", "end"]);
  const bytesOf = (text: string): Bytes => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  const raw = await crypto.subtle.decrypt({ name: "RSA-OAEP" }, bureau.privateKey, bytesOf(found[0]!.head["escrow"]!));
  const opened = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]);
  const sealed = ({ head, data: inside }: (typeof found)[number]) => ({ iv: bytesOf(head["iv"]!), data: inside.buffer });
  same(await openValue<Act>(opened, `act/${act!.id}`, sealed(found[1]!)), act);
  same(await open(opened, `piece/${file.sha256}/1`, sealed(found[4]!)), bytes.slice(PIECE));
});

check("acts are there after a new start, as one chain, sealed", async () => {
  const [store, data] = await newStore("acts");
  await store.assign("v1", 1, { firm: "章丘童乐玩具厂" }, { log: null, head: null, seq: 0 });
  await store.append("v1", PACKAGE, [said("arrive"), said("show")], "open");
  await store.append("v1", PACKAGE, [said("sampling.present_notice", { facts: { note: "秘密" } })], "open");
  store.close();
  const again = await Store.open("acts", data);
  const acts = await again.acts("v1");
  same(acts.map((act) => act.seq), [1, 2, 3]);
  same(await firstBroken(acts, PACKAGE), null);
  const row = (await again.visit("v1"))!;
  same([row.log, row.seq, row.head, row.known, row.state], [PACKAGE, 3, acts[2]!.hash, 0, "open"]);
  again.close();
  const plain = await everything("field-acts");
  for (const secret of ["秘密", "童乐", "present_notice"]) holds(!plain.includes(secret), secret);
  const [, other] = await newLock("acts", "284617", null);
  const stranger = await Store.open("acts", other);
  await fails(() => stranger.acts("v1"), "OperationError");
  stranger.close();
});

/** All texts in a data base that are not sealed, and the sealed bytes as they are. */
async function everything(name: string): Promise<string> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const found: string[] = [];
  for (const store of database.objectStoreNames) {
    const rows = await new Promise<unknown[]>((resolve) => {
      const request = database.transaction(store).objectStore(store).getAll();
      request.onsuccess = () => resolve(request.result);
    });
    const bytes = (_: string, value: unknown): unknown =>
      value instanceof ArrayBuffer ? new TextDecoder().decode(value) : value instanceof Blob ? "BLOB" : value;
    found.push(JSON.stringify(rows, bytes) ?? "");
  }
  database.close();
  return found.join("\n");
}

check("two windows that write at once write one after the other", async () => {
  const [one, data] = await newStore("windows");
  const other = await Store.open("windows", data);
  await one.assign("v1", 1, {}, { log: null, head: null, seq: 0 });
  await Promise.all(Array.from({ length: 10 }, (_, place) => (place % 2 ? one : other).append("v1", PACKAGE, [said("note"), said("note")], "open")));
  const acts = await one.acts("v1");
  same(acts.map((act) => act.seq), Array.from({ length: 20 }, (_, place) => place + 1));
  same(await firstBroken(acts, PACKAGE), null);
  one.close();
  other.close();
});

check("an act is never written over", async () => {
  const [store] = await newStore("added");
  await store.assign("v1", 1, {}, { log: null, head: null, seq: 0 });
  await store.append("v1", PACKAGE, [said("arrive")], "open");
  const before = await store.acts("v1");
  await store.change("v1", () => ({ seq: 0, head: null })); // as if the place had been lost
  await fails(() => store.append("v1", PACKAGE, [said("note")], "open"), "ConstraintError");
  same(await store.acts("v1"), before);
  store.close();
});

check("the package of another day leaves what was done here", async () => {
  const [store] = await newStore("package");
  await store.assign("v1", 1, { firm: "a" }, { log: null, head: null, seq: 0 });
  await store.append("v1", PACKAGE, [said("arrive")], "open");
  await store.assign("v1", 2, { firm: "b" }, { log: null, head: null, seq: 0 });
  const row = (await store.visit("v1"))!;
  same([row.seq, row.log, row.state, row.order], [1, PACKAGE, "open", 2]);
  same(await store.assigned(row), { firm: "b" });
  store.close();
});

check("a file is kept whole or not at all, without a Blob, and the same bytes once", async () => {
  const [store] = await newStore("files");
  const bytes = picture(PIECE * 2 + 7);
  const about = { slot: "marking", name: "a.jpg", type: "image/jpeg", at: AT, source: "camera" as const, position: { none: "室内" } };
  const kept = await store.keepFile("v1", bytes, about);
  same(kept.sha256, hex(await sha256(bytes)));
  await store.keepFile("v1", bytes, about);
  same((await store.files("v1")).length, 1);
  same(await store.about((await store.file(kept.sha256))!), kept);
  const back = await Promise.all([0, 1, 2].map(async (n) => store.piece(kept.sha256, n)));
  same(hex(await sha256(new Uint8Array(await new Blob(back as BlobPart[]).arrayBuffer()))), kept.sha256);
  same(await store.piece(kept.sha256, 3), null);
  store.close();
  holds(!(await everything("field-files")).includes("BLOB"), "no Blob");
});

check("a full disk leaves no half of a picture, and words are still saved", async () => {
  const [store] = await newStore("full");
  await store.assign("v1", 1, {}, { log: null, head: null, seq: 0 });
  holds(await provideReserve(1), "a reserve");
  const put = IDBObjectStore.prototype.add;
  let isGivenUp = false;
  const free = indexedDB.deleteDatabase.bind(indexedDB);
  indexedDB.deleteDatabase = (name) => ((isGivenUp ||= name === "reserve"), free(name));
  let written = 0;
  IDBObjectStore.prototype.add = function (this: IDBObjectStore, ...row: [unknown, IDBValidKey?]) {
    const isPiece = this.name === "pieces";
    if ((isPiece && ++written > 1) || (!isPiece && !isGivenUp)) throw new DOMException("full", "QuotaExceededError");
    return put.apply(this, row);
  };
  try {
    await fails(() => store.keepFile("v1", picture(PIECE * 3), { slot: "place", name: "a", type: "image/jpeg", at: AT, source: "camera" }), "StorageFull");
    same(await store.files("v1"), []);
    isGivenUp = false;
    await store.append("v1", PACKAGE, [said("note", { facts: { text: "磁盘已满" } })], "open");
    same((await store.acts("v1")).length, 1);
    written = 0;
    await store.keepFile("v1", picture(18_000), { slot: "signature", name: "a", type: "image/png", at: AT, source: "drawn" });
    same((await store.files("v1")).length, 1);
    holds(isGivenUp, "the reserve was given up");
  } finally {
    IDBObjectStore.prototype.add = put;
    indexedDB.deleteDatabase = free;
    store.close();
  }
  holds(new StorageFull() instanceof Error, "an error");
  holds(await provideReserve(1), "made again");
  await giveUpReserve();
});

check("nothing is forgotten before its receipt, and then only after its days", async () => {
  const [store] = await newStore("forgetting");
  await store.assign("v1", 1, {}, { log: null, head: null, seq: 0 });
  const about = { slot: "place", name: "a.jpg", type: "image/jpeg", at: AT, source: "camera" as const };
  const one = await store.keepFile("v1", picture(100, 1), about);
  const other = await store.keepFile("v1", picture(100, 2), about);
  await store.append("v1", PACKAGE, [said("note", { evidence: [one, other] })], "ready");
  await store.changeFile(one.sha256, { received: "2026-03-17T10:00:00+08:00" });
  await store.changeFile(other.sha256, { received: "2026-03-17T10:00:00+08:00" });
  same(await store.forget(Number.MAX_SAFE_INTEGER, 9), 0); // the server has the file; no batch has named it
  await store.receipt("v1", 1, [one.sha256], false, 1_000);
  same(await store.forget(999, 9), 0);
  same(await store.forget(1_000, 9), 1);
  same(await store.piece(one.sha256, 0), null);
  holds((await store.piece(other.sha256, 0)) !== null, "the other is there");
  same([(await store.visit("v1"))!.state, (await store.acts("v1")).length], ["sent", 1]);
  store.close();
});

check("a draft is what was typed last, and ends with the act", async () => {
  const [store] = await newStore("drafts");
  await store.assign("v1", 1, {}, { log: null, head: null, seq: 0 });
  await store.keepDraft("v1", { base: "12" }, 1);
  await store.keepDraft("v1", { base: "1200" }, 2);
  same(await store.draft("v1"), { base: "1200" });
  await store.append("v1", PACKAGE, [said("note")], "open");
  same(await store.draft("v1"), null);
  store.close();
});

check("the journal tells the newest first, for its days", async () => {
  const [store] = await newStore("journal");
  for (const at of [1, 2, 3]) await store.note(uuid7(), at, "v1", { sent: at });
  same((await store.journal<{ sent: number }>()).map((line) => line.said.sent), [3, 2, 1]);
  await store.forgetJournal(2);
  same((await store.journal()).length, 1);
  store.close();
});

check("parts of a package are those that it names", async () => {
  const [store] = await newStore("parts");
  const bytes = utf8('{"visits":[]}');
  const hash = hex(await sha256(bytes));
  await fails(() => store.keepPart(hash, utf8("{}")), "TypeError");
  await store.keepPart(hash, bytes);
  same(Array.from((await store.part(hash))!), Array.from(bytes));
  await store.keepOnlyParts([]);
  same(await store.partsHeld(), []);
  store.close();
});

check("a block of numbers is asked for once, and each number is given once, in order", async () => {
  indexedDB.deleteDatabase("field-numbers");
  const county = "370181";
  const [one, other] = await Promise.all([toAsk("t3", county, 10), toAsk("t3", county, 12)]);
  same(one, other, "two who ask at once ask for the same block");
  same(await numberFor("t3", county, "v0"), null, "none is there");
  const numbers = Array.from({ length: 10 }, (_, place) => `N${place}`);
  await Promise.all([came("t3", county, one!.id, numbers), came("t3", county, one!.id, numbers)]);
  const given = await Promise.all(["v0", "v1", "v2", "v0", "v1", "v2"].map((visit) => numberFor("t3", county, visit)));
  same(given, ["N0", "N1", "N2", "N0", "N1", "N2"], "a visit that asks again has its own");
  same(await toAsk("t3", county, 10), null, "seven are left of ten");
  same(await numberFor("t3", county, "v1", ["N1"]), "N3", "a voided one is not given again");
  same(await numberFor("t3", county, "v1", ["N1"]), "N3");
  same(await numberFor("t9", county, "v1"), null, "another device has none of them");
  for (const visit of ["v4", "v5"]) await numberFor("t3", county, visit);
  const more = await toAsk("t3", county, 10);
  same(await numberFor("t3", county, "v6"), "N6", "while the next block is on its way");
  await came("t3", county, more!.id, ["N10", "N11"]);
  same(await Promise.all(["v7", "v8", "v9", "v10"].map((visit) => numberFor("t3", county, visit))), ["N7", "N8", "N9", "N10"]);
});

check("two who fetch the day at once, one of them left in the middle, have one block", async () => {
  indexedDB.deleteDatabase("field-numbers");
  const asked: string[] = [];
  const visits = utf8(JSON.stringify({ visits: ["v1", "v2"].map((visit) => ({ visit, county: "370181", log: null, head: null, seq: 0 })) }));
  const name = hex(await sha256(visits));
  let late: (() => void) | null = null;
  const answers = {
    "/day": { package: PACKAGE, issued_at: "2026-03-17T08:01:00+08:00", until: "", parts: [{ name: "visits", sha256: name }] },
  } as Record<string, unknown>;
  const door = (waits: boolean): Door => ({
    caller: { device: "t4" },
    time: async () => 0,
    ask: async (method: string, path: string, sent: { json?: { id: string } } = {}) => {
      if (path.startsWith("/parts/")) return new Response(visits);
      if (method === "GET") return new Response(JSON.stringify(answers[path]));
      asked.push(sent.json!.id);
      if (waits) await new Promise<void>((resolve) => (late = resolve));
      return new Response(JSON.stringify({ numbers: ["N0", "N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9"] }));
    },
  }) as unknown as Door;
  const [[li], [wang]] = [await newStore("li"), await newStore("wang")];
  const left = refresh(li, door(true));
  while (asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  li.close(); // locked while the block is on its way
  await refresh(wang, door(false));
  same(await numberFor("t4", "370181", "v1"), "N0");
  late!();
  await fails(() => left, "InvalidStateError");
  same(new Set(asked).size, 1, "one block");
  same(await numberFor("t4", "370181", "v2"), "N1");
  wang.close();
});

check("the day is Shandong's", async () => {
  same(moment(Date.parse("2026-03-17T02:22:31.512Z")), "2026-03-17T10:22:31.512+08:00");
  same(dayOf(Date.parse("2026-03-16T16:00:00.000Z")), "2026-03-17");
  same(dayOf(Date.parse("2026-03-16T15:59:59.999Z")), "2026-03-16");
});

check("a clock that is set is seen, and believed in nothing", async () => {
  const now = { wall: 1_000_000_000_000, mono: 0 };
  const server = 1_000_000_001_600;
  const clock = new Clock(null, null, () => now.wall, () => now.mono);
  same(clock.stamp().by, "wall");
  clock.contact(server);
  const pass = (milliseconds: number, set = 0): void => {
    now.wall += milliseconds + set;
    now.mono += milliseconds;
  };
  pass(10_000);
  same([clock.stamp().by, clock.best(), clock.jump()], ["server+mono", server + 10_000, null]);
  for (const [set, seen] of [[86_400_000, "forward"], [-3_600_000, "back"]] as const) {
    pass(10_000, set);
    same(clock.jump(), { jump: set, seen });
    same(clock.stamp().jump, set);
    pass(0);
    same(clock.jump(), null);
  }
  same(clock.best(), server + 30_000);
  pass(10_000, 59_000); // what a network sets is no jump
  same(clock.jump(), null);
});

check("after a new start the wall clock goes on from the last contact, and a step back is said", async () => {
  const now = { wall: 1_000_000_100_000, mono: 5 };
  const clock = new Clock({ server: 1_000_000_001_600, wall: 1_000_000_000_000 }, 1_000_000_200_000, () => now.wall, () => now.mono);
  same(clock.jump(), { jump: -100_000, seen: "before_last" });
  const at = clock.stamp();
  same([at.by, at.best, at.anchor], ["server+wall", moment(1_000_000_101_600), moment(1_000_000_001_600)]);
});
