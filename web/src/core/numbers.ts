/**
 * Numbers of sampling sheets: of the device and not of a person, because both samplers of a visit work on it. What is asked
 * for, what has come and what was given is changed in one transaction each, so that no window, no second person and no
 * start in the middle asks for a second block, loses a number or gives one twice.
 */

import { openDB, type DBSchema } from "idb";
import { uuid7 } from "./ids";

/** `left` in their order; `asking` is the block that is on its way, until it is here. */
type Block = { readonly left: readonly string[]; readonly asking: Asking | null };
export type Asking = { readonly id: string; readonly count: number };

interface Schema extends DBSchema {
  blocks: { key: [string, string]; value: Block };
  given: { key: [string, string]; value: string };
}

const NONE: Block = { left: [], asking: null };

async function database() {
  return openDB<Schema>("field-numbers", 1, {
    upgrade(made) {
      made.createObjectStore("blocks");
      made.createObjectStore("given");
    },
  });
}

type Kept<Value, Nothing> = { readonly get: (key: [string, string]) => Promise<Value | Nothing>; readonly put: (key: [string, string], value: Value) => void };

async function changed<Answer>(change: (blocks: Kept<Block, never>, given: Kept<string, undefined>) => Promise<Answer>): Promise<Answer> {
  const opened = await database();
  try {
    const tx = opened.transaction(["blocks", "given"], "readwrite", { durability: "strict" });
    const [blocks, given] = [tx.objectStore("blocks"), tx.objectStore("given")];
    const answer = await change(
      { get: async (key) => (await blocks.get(key)) ?? NONE, put: (key, block) => void blocks.put(block, key) },
      { get: (key) => given.get(key), put: (key, number) => void given.put(number, key) },
    );
    await tx.done;
    return answer;
  } finally {
    opened.close();
  }
}

/** The block that is to be asked for, where fewer than half of `count` are left: under one id until it is here. */
export async function toAsk(device: string, county: string, count: number): Promise<Asking | null> {
  return changed(async (blocks) => {
    const block = await blocks.get([device, county]);
    if (block.asking !== null || block.left.length >= Math.ceil(count / 2)) return block.asking;
    const asking = { id: uuid7(), count };
    blocks.put([device, county], { ...block, asking });
    return asking;
  });
}

/** A block has come; the same one again changes nothing. */
export async function came(device: string, county: string, id: string, numbers: readonly string[]): Promise<void> {
  await changed(async (blocks) => {
    const block = await blocks.get([device, county]);
    if (block.asking?.id === id) blocks.put([device, county], { left: [...block.left, ...numbers], asking: null });
  });
}

/**
 * The number of the sheet of a visit: the first that is left, and the same one ever after, unless its log has voided it.
 * `null` where none is left.
 */
export async function numberFor(device: string, county: string, visit: string, voided: readonly string[] = []): Promise<string | null> {
  return changed(async (blocks, given) => {
    const own = await given.get([device, visit]);
    if (own !== undefined && !voided.includes(own)) return own;
    const block = await blocks.get([device, county]);
    const [number, ...left] = block.left;
    if (number === undefined) return null;
    blocks.put([device, county], { ...block, left });
    given.put([device, visit], number);
    return number;
  });
}
