/**
 * The sender of this window: it goes on while the screens are locked, and one sends at a time on a device. It is told
 * whose store is open, woken by a new record, by the network, by coming back to the front, and once a minute.
 */

import { Clock, type Anchor } from "../core/clock";
import { Door, LONGEST_WAIT, Silence, wait, type Caller } from "../core/door";
import { Sender, SignedOut, type Told } from "../core/sending";
import { Store } from "../core/store";

/** What a window says to its sender. */
export type Order =
  | { readonly what: "open"; readonly person: string; readonly key: CryptoKey; readonly caller: Caller; readonly app: string; readonly language: string }
  | { readonly what: "close"; readonly person: string }
  | { readonly what: "wake" };

/** What it answers, and of whom. */
export type Answer = Told & { readonly person: string };

const here = globalThis as unknown as DedicatedWorkerGlobalScope;
const open = new Map<string, Sending>();

here.addEventListener("message", (event: MessageEvent<Order>) => {
  const order = event.data;
  if (order.what === "open") {
    open.get(order.person)?.end();
    open.set(order.person, new Sending(order));
  } else if (order.what === "close") {
    open.get(order.person)?.end();
    open.delete(order.person);
  }
  for (const one of open.values()) one.wake();
});
here.addEventListener("online", () => open.forEach((one) => one.wake()));

/** Rounds of sending for one person, one after the other. */
class Sending {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isRunning = false;
  private isWanted = false;
  private hasEnded = false;
  private failed = 0;

  constructor(private readonly order: Extract<Order, { what: "open" }>) {}

  wake(): void {
    this.isWanted = true;
    if (!this.isRunning && !this.hasEnded) void this.run();
  }

  end(): void {
    this.hasEnded = true;
    clearTimeout(this.timer);
  }

  private async run(): Promise<void> {
    this.isRunning = true;
    clearTimeout(this.timer);
    let next = LONGEST_WAIT;
    try {
      while (this.isWanted && !this.hasEnded) {
        this.isWanted = false;
        await navigator.locks.request("sync", () => this.round());
        this.failed = 0;
      }
    } catch (error) {
      if (error instanceof SignedOut) this.tell({ what: "signed out" });
      else if (error instanceof Silence) next = error.after ?? wait(6 + this.failed++);
      else throw error;
    } finally {
      this.isRunning = false;
      if (!this.hasEnded) this.timer = setTimeout(() => this.wake(), next);
    }
  }

  private async round(): Promise<void> {
    const { person, key, caller, app, language } = this.order;
    const store = await Store.open(person, key);
    try {
      const clock = new Clock(await store.setting<Anchor>("anchor"));
      const contact = (server: number): void => {
        clock.contact(server);
        this.tell({ what: "contact", server });
      };
      const door = new Door(caller, () => clock.best(), contact, () => language);
      const isMetered = async (): Promise<boolean> => (await store.setting<boolean>("metered")) ?? false;
      await new Sender(store, door, app, (told) => this.tell(told), isMetered).round();
    } finally {
      store.close();
    }
  }

  private tell(told: Told): void {
    here.postMessage({ ...told, person: this.order.person } satisfies Answer);
  }
}
