/** What the tests of the core are written with; each is run by name, by `tests/field/test_core.py`. */

const CHECKS = new Map<string, () => Promise<void>>();

/** A test. */
export function check(name: string, run: () => Promise<void>): void {
  if (CHECKS.has(name)) throw new Error(`twice: ${name}`);
  CHECKS.set(name, run);
}

/** Two values are the same, by their text. */
export function same(found: unknown, wanted: unknown, what = ""): void {
  const [one, other] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (one !== other) throw new Error(`${what}\nfound  ${one}\nwanted ${other}`);
}

export function holds(is: boolean, what: string): void {
  if (!is) throw new Error(what);
}

/** It fails, with an error of this kind or name. */
export async function fails(run: () => unknown, wanted: string): Promise<void> {
  try {
    await run();
  } catch (error) {
    const { name } = error as Error;
    if (name !== wanted) throw new Error(`another error: ${name}: ${(error as Error).message}`);
    return;
  }
  throw new Error(`no ${wanted}`);
}

/** A list that the server's own code has written (`web/vectors`). */
export async function vectors<T>(name: string): Promise<T> {
  const answer = await fetch(`/field/vectors/${name}.json`);
  if (!answer.ok) throw new Error(`no vectors ${name}`);
  return (await answer.json()) as T;
}

(globalThis as unknown as { run: (name: string) => Promise<void> }).run = async (name) => {
  const found = CHECKS.get(name);
  if (found === undefined) throw new Error(`no test ${name}`);
  await found();
};
