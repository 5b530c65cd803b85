/** The door of the server (`web/LOG.md`, 5 and 10): a request is answered, refused, or met with silence. */

import { utf8, type Bytes } from "./bytes";
import type { Json } from "./canonical";
import { proof } from "./proof";

/** Who calls: the device with its key, and the token of the person. */
export type Caller = { readonly device: string; readonly key: CryptoKey; readonly token: string | null };

export type Reason = { readonly guard?: string; readonly says: string; readonly cure?: string | null; readonly articles?: readonly Article[] };
export type Article = { readonly regulation: string; readonly article: number; readonly item?: number | null };

/** What a refusal says of itself (RFC 9457), and what this protocol adds. */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly retry?: "never" | "once" | "after";
  readonly articles?: readonly Article[];
  readonly reasons?: readonly Reason[];
  readonly files?: readonly string[];
  readonly missing?: readonly number[];
  readonly wanted?: number;
  readonly server_time?: string;
};

/** The server has read it and says no, and why. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    readonly problem: Problem,
    readonly after: number | null,
  ) {
    super(problem.detail ?? problem.title);
  }

  /** The name of the problem: `other-batch`. */
  get kind(): string {
    return this.problem.type.split("/").at(-1) ?? "";
  }
}

/** No answer, or one that says: later. `after` milliseconds, where the server has said it. */
export class Silence extends Error {
  override readonly name = "Silence";

  constructor(
    message: string,
    readonly after: number | null = null,
  ) {
    super(message);
  }
}

type Sent = {
  readonly json?: Json;
  readonly text?: string;
  readonly bytes?: Bytes;
  readonly headers?: Readonly<Record<string, string>>;
  /** With the device's proof, over exactly what is sent. */
  readonly proven?: boolean;
  /** With the cookie of the site, to exchange it for a token. */
  readonly asSite?: boolean;
};

const BASE = "/api/v1/field";
const PATIENCE = 60_000;
const TRIES = 6;
const FIRST_WAIT = 20;
export const LONGEST_WAIT = 60_000;
/** Who is to wait longer than this comes back in another round. */
const LONG = 5_000;
/** Refusals that only say: not yet. */
const NOT_YET = new Set(["being-checked", "being-prepared"]);
const LATER = new Set([408, 423, 425, 429, 500, 502, 503, 504, 507]);

/** Calls of one person from one device. `now` is the estimate of the server's time, `contact` is told a better one. */
export class Door {
  constructor(
    readonly caller: Caller,
    private readonly now: () => number,
    private readonly contact: (server: number) => void,
    private readonly language: () => string,
  ) {}

  /** Ask how late it is there; half of the way there and back is taken off. */
  async time(): Promise<number> {
    const begun = performance.now();
    const { now } = (await (await this.ask("GET", "/time")).json()) as { now: string };
    const server = Date.parse(now) + (performance.now() - begun) / 2;
    this.contact(server);
    return server;
  }

  /** A request. Throws {@link Refusal} and {@link Silence}. */
  async ask(method: string, path: string, sent: Sent = {}): Promise<Response> {
    try {
      return await this.once(method, path, sent);
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== "proof-stale" || error.problem.server_time === undefined) throw error;
      this.contact(Date.parse(error.problem.server_time)); // this clock was wrong: once more by that of the server
      return this.once(method, path, sent);
    }
  }

  private async once(method: string, path: string, sent: Sent): Promise<Response> {
    const { device, key, token } = this.caller;
    const text = sent.json !== undefined ? JSON.stringify(sent.json) : sent.text;
    const headers = new Headers({ "Accept-Language": this.language(), ...sent.headers });
    if (device) headers.set("Device", device);
    if (token !== null && !sent.asSite) headers.set("Authorization", `Bearer ${token}`);
    if (text !== undefined) headers.set("Content-Type", "application/json");
    if (sent.proven) headers.set("Device-Proof", await proof(key, method, BASE + path, sent.bytes ?? utf8(text ?? ""), this.now()));
    const body = sent.bytes !== undefined ? new Blob([sent.bytes]) : text; // a Blob is sent five times as fast as a buffer
    const credentials = sent.asSite ? ("same-origin" as const) : ("omit" as const);
    const how = { method, headers, credentials, cache: "no-store", redirect: "error", signal: AbortSignal.timeout(PATIENCE) } as const;
    let answer: Response;
    try {
      answer = await fetch(BASE + path, body === undefined ? how : { ...how, body });
    } catch (error) {
      throw new Silence((error as Error).message);
    }
    if (answer.ok || answer.status === 304) return answer;
    const after = seconds(answer.headers.get("Retry-After"));
    if (LATER.has(answer.status)) throw new Silence(`${answer.status}`, after);
    const refusal = new Refusal(await problemOf(answer), after);
    throw NOT_YET.has(refusal.kind) ? new Silence(refusal.kind, after) : refusal;
  }
}

/** Ask again while there is no answer, a little later each time, and let it be after some tries. */
export async function patient<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let tried = 0; ; tried++) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Silence) || tried >= TRIES || (error.after ?? 0) > LONG) throw error;
      await new Promise((resolve) => setTimeout(resolve, error.after ?? wait(tried)));
    }
  }
}

/** Milliseconds before the next try: twice as long each time, never the same for two devices. */
export function wait(tried: number): number {
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tried) * (0.5 + Math.random() / 2);
}

async function problemOf(answer: Response): Promise<Problem> {
  try {
    return (await answer.json()) as Problem;
  } catch {
    return { type: "/problems/unknown", title: answer.statusText, status: answer.status }; // not from our server
  }
}

function seconds(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) * 1000 : null;
}
