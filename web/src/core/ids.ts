/** Names that are made once, on the tablet, and never again: UUIDs of version 7 (RFC 9562). */

import { hex, random } from "./bytes";

let last = 0n;

/** A new name; those of one context sort in the order in which they were made, whatever the clock does. */
export function uuid7(now: number = Date.now()): string {
  const chance = random(10);
  const counter = (BigInt((chance[0]! << 8) | chance[1]!) & 0x7ffn) as bigint; // the top bit is left for counting on
  const wanted = (BigInt(now) << 12n) | counter;
  last = wanted > last ? wanted : last + 1n;
  const time = (last >> 12n).toString(16).padStart(12, "0");
  const counted = (last & 0xfffn).toString(16).padStart(3, "0");
  chance[2] = (chance[2]! & 0x3f) | 0x80;
  const rest = hex(chance.slice(2));
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counted}-${rest.slice(0, 4)}-${rest.slice(4)}`;
}
