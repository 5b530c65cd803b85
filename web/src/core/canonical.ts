/** The one text of a value, over which hashes are taken (`web/LOG.md`, 1). */

import { hex, sha256, utf8 } from "./bytes";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** The canonical text. Throws `TypeError` for what has none: fractions, half surrogates, names that are not plain. */
export function canonical(value: Json): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return text(value);
  if (typeof value === "number") return whole(value);
  if (typeof value !== "object") throw new TypeError(`no canonical text: ${typeof value}`);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const object = value as { readonly [name: string]: Json };
  const names = Object.keys(object).sort(); // by code unit, and all of them are plain
  return `{${names.map((name) => `${plain(name)}:${canonical(object[name]!)}`).join(",")}}`;
}

/** SHA-256 of the canonical text, in hexadecimal digits. */
export async function hashOf(value: Json): Promise<string> {
  return hex(await sha256(utf8(canonical(value))));
}

function whole(value: number): string {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new TypeError(`not a whole number: ${value}`);
  return String(value);
}

function text(value: string): string {
  if (/\p{Surrogate}/u.test(value)) throw new TypeError("half a surrogate");
  return JSON.stringify(value);
}

function plain(name: string): string {
  if (!/^[ -~]*$/.test(name)) throw new TypeError(`not a plain name: ${name}`);
  return JSON.stringify(name);
}
