/** The six-month index of Article 19(4) (`web/LOG.md`, 9): asked without a line, a hit means that it may have been. */

import { sha256, utf8, type Bytes } from "./bytes";
import { dayOf } from "./clock";

export type Hit = { readonly day: string; readonly samr: boolean };

const PLACES = 65_536;
const DAY = 86_400_000;
const DASHES = /[-\u2010-\u2015\u2212\u2043\ufe58\u2500\u2501\u30fc\u301c~\u223c]/gu;
const UNSEEN =
  /[\s\p{Cf}\u001c-\u001f\u0085\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\u180b-\u180f\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;

/** One part of a key. */
export function part(text: string): string {
  const plain = text.normalize("NFKC").replace(DASHES, "-").replace(/[a-z]/g, (letter) => letter.toUpperCase());
  return plain.replace(UNSEEN, "") || "/";
}

/** The key of a product; `producer` is the credit code, where it is not known the name. */
export function key(producer: string, standard: string, brand: string, model: string): string {
  return [producer, standard, brand, model].map(part).join("|");
}

/** An index as it came; opening it copies nothing. Throws `TypeError` for what is none. */
export class Index {
  private readonly view: DataView;
  private readonly count: number;
  private readonly day: number;

  constructor(bytes: Bytes) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.byteLength < 16 || new TextDecoder().decode(bytes.subarray(0, 4)) !== "SCB1") throw new TypeError("no index");
    this.count = this.view.getUint32(4, true);
    this.day = this.view.getUint32(8, true);
    if (this.bits + Math.ceil(this.count / 8) !== bytes.byteLength) throw new TypeError("not a whole index");
  }

  /** The newest check of a product in the last six months, if the index knows one. */
  async find(wanted: string): Promise<Hit | null> {
    const hash = new DataView((await sha256(utf8(wanted))).buffer);
    const bucket = hash.getUint16(0);
    const rest = hash.getUint32(2);
    const [from, to] = [this.place(bucket), this.place(bucket + 1)];
    let [low, high] = [from, to];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.rest(middle) < rest) low = middle + 1;
      else high = middle;
    }
    if (low >= to || this.rest(low) !== rest) return null;
    const ago = this.view.getUint8(this.days + low);
    const samr = ((this.view.getUint8(this.bits + (low >> 3)) >> (low & 7)) & 1) === 1;
    return { day: new Date((this.day - ago) * DAY).toISOString().slice(0, 10), samr };
  }

  /** The day of the index. */
  get asOf(): string {
    return dayOf(this.day * DAY);
  }

  private get rests(): number {
    return 16 + 4 * (PLACES + 1);
  }

  private get days(): number {
    return this.rests + 4 * this.count;
  }

  private get bits(): number {
    return this.days + this.count;
  }

  private place(bucket: number): number {
    return this.view.getUint32(16 + 4 * bucket, true);
  }

  private rest(entry: number): number {
    return this.view.getUint32(this.rests + 4 * entry, true);
  }
}
