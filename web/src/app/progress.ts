/** How far a visit is: by its log on this tablet, and by what the package said before anything was done here. */

import type { Act } from "../core/chain";
import type { Visit } from "../core/day";

/** `done` cards are behind; those up to `upTo` may be opened; `ending` is the act with which it ended or waits. */
export type Progress = { readonly done: number; readonly upTo: number; readonly ending: string | null };

type Table = Readonly<Record<string, number>>;

/** How many cards are behind with an act, and in a state, by the chart of a visit. */
const DONE: Readonly<Record<string, Table>> = {
  sampling: {
    arrive: 1,
    "sampling.present_notice": 2,
    "sampling.pass_precheck": 3,
    "sampling.complete_sampling": 6,
    "sample.dispatch": 7,
  },
  purchase: {
    "purchase.place_order": 1,
    "purchase.receive_parcel": 2,
    "purchase.unseal_and_check": 3,
    "purchase.seal_and_notify": 4,
    "sample.dispatch": 5,
  },
};
const STATES: Readonly<Record<string, Table>> = {
  sampling: { assigned: 0, notice_presented: 2, prechecked: 3, sampled: 6 },
  purchase: { assigned: 0, ordered: 1, received: 2, unsealed: 3, sampled: 4 },
};
const ENDINGS = new Set([
  "sampling.claim_refusal",
  "sampling.record_not_sampled",
  "sampling.record_obstruction",
  "sampling.terminate_illegal",
  "purchase.fail",
  "sample.dispatch",
]);
/** Cards 4 to 6 of a visit are one act, so that one goes back and forth between them. */
const [FIRST_OF_SHEET, LAST_OF_SHEET] = [3, 5];

/** The province has rejected a refusal: a package that knows the claim says that the visit is open again. */
function isDecided(act: Act, visit: Visit): boolean {
  return act.act === "sampling.claim_refusal" && visit.seq >= act.seq && visit.state in statesOf(visit);
}

function statesOf(visit: Visit): Table {
  return STATES[visit.chart] ?? {};
}

export function progressOf(visit: Visit, acts: readonly Act[]): Progress {
  const [states, table] = [statesOf(visit), DONE[visit.chart] ?? {}];
  const last = acts.find((act) => ENDINGS.has(act.act) && !isDecided(act, visit));
  const ending = last?.act ?? (visit.state in states ? null : visit.state);
  const done = acts.reduce((most, { act }) => Math.max(most, table[act] ?? 0), states[visit.state] ?? 0);
  return { done, upTo: done === FIRST_OF_SHEET && visit.chart === "sampling" ? LAST_OF_SHEET : done, ending };
}
