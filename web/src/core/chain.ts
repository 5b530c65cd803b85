/** The log of a visit: acts that are hashed, each naming the one before (`web/LOG.md`, 2). */

import { hashOf, type Json } from "./canonical";
import { uuid7 } from "./ids";

type Fields = { readonly [name: string]: Json };

/** When something was: moments like `2026-03-17T10:22:31.512+08:00`; `jump` in milliseconds. */
export type At = { readonly wall: string; readonly best: string; readonly by: string; readonly jump: number; readonly anchor: string };

/** What is said of a file: `slot` is what it shows, `position` where it was taken or why that is not known. */
export type About = {
  readonly slot: string;
  readonly name: string;
  readonly type: string;
  readonly at: At;
  readonly source: "camera" | "file" | "drawn";
  readonly position?: Fields;
  readonly orientation?: 0 | 90 | 180 | 270;
  readonly camera?: string;
  readonly answers?: readonly string[];
  readonly truncated?: true;
  readonly reason?: string;
  readonly supplement?: true;
};

/** One file, as an act names it. */
export type Evidence = About & { readonly sha256: string; readonly size: number };

/** Who stood behind an act. */
export type Person = { readonly post: number; readonly pin: boolean };

/** What somebody does, before it has its place in the log. */
export type Said = {
  readonly act: string;
  readonly on: string;
  readonly at: At;
  readonly facts: Fields;
  readonly particulars: { readonly [group: string]: Fields };
  readonly evidence: readonly Evidence[];
  readonly by: readonly Person[];
};

export type Act = Said & { readonly id: string; readonly visit: string; readonly seq: number; readonly prev: string; readonly hash: string };

/** What is said, as the act at `seq` of the log of a visit. */
export async function chained(said: Said, visit: string, seq: number, prev: string): Promise<Act> {
  const { act, on, at, facts, particulars, evidence, by } = said;
  const whole = { id: uuid7(), visit, seq, act, on, at, facts, particulars, evidence, by, prev };
  return { ...whole, hash: await hashOf(whole as unknown as Json) };
}

/** The `seq` of the first act that is not what it was when it was written, or not in its place; `null` if none. */
export async function firstBroken(acts: readonly Act[], prev: string, from = 1): Promise<number | null> {
  let before = prev;
  for (const [place, act] of acts.entries()) {
    const { hash, ...said } = act;
    if (act.seq !== from + place || act.prev !== before || hash !== (await hashOf(said as unknown as Json))) return from + place;
    before = hash;
  }
  return null;
}
