/**
 * Which visits were begun here and are not sent, in a second place beside the data bases (the cache of the browser): so it
 * is noticed when a store is gone. It holds numbers of visits and nothing of what was found there.
 */

const CACHE = "begun";
const ADDRESS = "/field/begun.json";

type Begun = { readonly [user: string]: readonly string[] };

async function all(): Promise<Begun> {
  if (!(await caches.has(CACHE))) return {}; // to open it would make it
  const answer = await (await caches.open(CACHE)).match(ADDRESS);
  return answer === undefined ? {} : ((await answer.json()) as Begun);
}

async function keep(change: (begun: Begun) => Begun): Promise<void> {
  await navigator.locks.request("begun", async () => {
    const said = new Response(JSON.stringify(change(await all())), { headers: { "Content-Type": "application/json" } });
    await (await caches.open(CACHE)).put(ADDRESS, said);
  });
}

/** The visits that somebody had begun and not sent; `null` where he never worked here. */
export async function begunBy(user: number): Promise<readonly string[] | null> {
  return (await all())[user] ?? null;
}

/** Whether anybody ever worked on this device, and which visits were not sent. */
export async function begunHere(): Promise<readonly string[] | null> {
  const known = Object.values(await all());
  return known.length === 0 ? null : known.flat();
}

export async function keepBegun(user: number, visits: readonly string[]): Promise<void> {
  await keep((before) => ({ ...before, [user]: visits }));
}
