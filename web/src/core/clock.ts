/**
 * What time it is, by whom: the moment of the server at the last contact, carried on by a clock that nobody sets. After
 * a restart only the wall clock is left. A wall clock that jumps is seen and said, and is believed in nothing.
 */

import type { At } from "./chain";

/** A contact: the server's moment, and what this device's clocks said then (all in milliseconds). */
export type Anchor = { readonly server: number; readonly wall: number };

type Run = Anchor & { readonly mono: number };

/** So much may the wall clock differ from the other one before it is called a jump: a minute. */
export const JUMP = 60_000;

const SHANDONG = 8 * 3_600_000;

export class Clock {
  private run: Run | null = null;
  private before: { wall: number; mono: number } | null = null;

  /** `anchor` is that of an earlier run; `lastWall` the wall clock at the last entry of an earlier run. */
  constructor(
    private anchor: Anchor | null = null,
    private lastWall: number | null = null,
    private readonly wall: () => number = () => Date.now(),
    private readonly mono: () => number = () => performance.now(),
  ) {}

  /** The server has said what time it is; return the anchor to keep. */
  contact(server: number): Anchor {
    this.run = { server, wall: this.wall(), mono: this.mono() };
    this.anchor = { server, wall: this.run.wall };
    return this.anchor;
  }

  /** The best estimate of the server's time now. */
  best(): number {
    if (this.run !== null) return this.run.server + this.mono() - this.run.mono;
    if (this.anchor !== null) return this.anchor.server + this.wall() - this.anchor.wall;
    return this.wall();
  }

  /** Milliseconds by which the wall clock jumped since the entry before, and how it looks; nothing below a minute. */
  jump(): { jump: number; seen: "forward" | "back" | "before_last" } | null {
    const wall = this.wall();
    if (this.before === null) {
      return this.lastWall !== null && wall < this.lastWall ? { jump: Math.round(wall - this.lastWall), seen: "before_last" } : null;
    }
    const jump = Math.round(wall - this.before.wall - (this.mono() - this.before.mono));
    return Math.abs(jump) > JUMP ? { jump, seen: jump > 0 ? "forward" : "back" } : null;
  }

  /** When it is now, as an entry says it; what comes after is compared with this. */
  stamp(): At {
    const by = this.run !== null ? "server+mono" : this.anchor !== null ? "server+wall" : "wall";
    const jump = this.jump()?.jump ?? 0;
    const wall = this.wall();
    this.before = { wall, mono: this.mono() };
    return { wall: moment(wall), best: moment(this.best()), by, jump, anchor: moment(this.anchor?.server ?? wall) };
  }

  /** How far the clock of this device is from the server's, in milliseconds; `null` before any contact. */
  offset(): number | null {
    return this.anchor === null ? null : Math.round(this.wall() - this.best());
  }
}

/** `2026-03-17T10:22:31.512+08:00` */
export function moment(at: number): string {
  return `${new Date(Math.round(at) + SHANDONG).toISOString().slice(0, -1)}+08:00`;
}

/** The day in Shandong at a moment, `2026-03-17`. */
export function dayOf(at: number): string {
  return moment(at).slice(0, 10);
}
