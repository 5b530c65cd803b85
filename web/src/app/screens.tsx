/** The screens of an open session: today's list, a visit, the outbox, what needs attention, settings. */

import { useEffect, useState } from "preact/hooks";
import { room } from "../core/device";
import { progressOf, type Progress } from "./progress";
import type { Manifest, Visit } from "../core/day";
import type { Act } from "../core/chain";
import type { Line } from "../core/sending";
import type { VisitRow } from "../core/store";
import { cited, listed, say, type Word } from "../words";
import { cardsOf, pathsOf, sheetOf, supplement, type Card, type Draft } from "./cards";
import { CardForm, inOneLine, worded, type Confirmed } from "./form";
import { dayOf } from "../core/clock";
import type { Session } from "./session";
import { Rescue } from "./entrance";
import { firmOf } from "./shown";

declare const APP: string;

const GIGABYTE = 1_000_000_000;
const FEWEST = 300_000_000;
const EMPTY: Draft = { values: {}, files: [] };

type Listed = { readonly row: VisitRow; readonly visit: Visit };

/** What an asynchronous question answers, asked again whenever something has changed. */
function useAsked<T>(session: Session, ask: () => Promise<T>, ...about: readonly unknown[]): T | undefined {
  const [answer, setAnswer] = useState<T>();
  useEffect(() => {
    let isGone = false;
    const look = (): void => void ask().then(
      (found) => !isGone && setAnswer(() => found),
      (error: unknown) => {
        if (!session.isEnded) throw error; // locked while it was asked
      },
    );
    look();
    session.addEventListener("changed", look);
    return () => {
      isGone = true;
      session.removeEventListener("changed", look);
    };
  }, [session, ...about]);
  return answer;
}

async function all(session: Session): Promise<Listed[]> {
  const rows = await session.store.visits();
  return Promise.all(rows.map(async (row) => ({ row, visit: await session.store.assigned<Visit>(row) })));
}

function stateOf(row: VisitRow): Word {
  if (row.parked || row.stopped !== null) return "stateParked";
  return ({ assigned: "stateAssigned", open: "stateOpen", ready: "stateReady", sent: "stateSent", returned: "stateReturned" } as const)[row.state];
}

/** The badge that is everywhere: what is unsent, and where it is. */
export function Badge({ session }: { session: Session }) {
  const unsent = useAsked(session, () => session.store.unsent());
  const [isUnsaved, setUnsaved] = useState(session.isUnsaved);
  useEffect(() => {
    const look = (): void => setUnsaved(session.isUnsaved);
    look();
    session.addEventListener("saving", look);
    return () => session.removeEventListener("saving", look);
  }, [session]);
  return (
    <>
      {isUnsaved && <span class="saving">{say("saving")}</span>}
      <p class="badge" role="status">{unsent === undefined ? "" : say("badge", { unsent })}</p>
    </>
  );
}

/** Today's visits, in the order of the package. */
export function Today({ session }: { session: Session }) {
  const [wanted, setWanted] = useState("");
  const [trouble, setTrouble] = useState("");
  const visits = useAsked(session, () => all(session));
  const manifest = useAsked(session, () => session.package());
  const fetch = async (): Promise<void> => {
    setTrouble("");
    try {
      if (!(await session.fetchDay())) setTrouble(say("noSignal"));
    } catch (error) {
      setTrouble(worded(error));
    }
  };
  if (visits === undefined || manifest === undefined) return <p role="status">{say("loading")}</p>;
  const found = visits.filter((one) => isFound(one.visit, wanted));
  return (
    <>
      <h2>{say("today")}</h2>
      <div class="buttons">
        <label class="wide">{say("search")}<input id="search" type="search" value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} /></label>
        <button type="button" onClick={() => void fetch()}>{say("fetchDay")}</button>
      </div>
      {trouble && <p class="notice" role="alert">{trouble}</p>}
      <p>{manifest === null ? say("noPackage") : say("packageOf", { at: manifest.issued_at.slice(0, 16).replace("T", " ") })}</p>
      {manifest !== null && visits.length === 0 && <p>{say("noVisits")}</p>}
      {visits.length > 0 && found.length === 0 && <p>{say("nothingFound")}</p>}
      <ul class="visits">
        {found.map(({ row, visit }) => (
          <li key={row.id}>
            <a href={`#/visit/${encodeURIComponent(row.id)}`}>
              <strong>{firmOf(visit)?.name}</strong>
              <span>{inOneLine([visit.product.name, visit.product.model])}</span>
              <span>{inOneLine([firmOf(visit)?.place_name, firmOf(visit)?.address])}</span>
              <span class="state">
                {say(stateOf(row))}
                {row.known < row.seq && ` · ${say("stateUnsent", { count: row.seq - row.known })}`}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

function isFound(visit: Visit, wanted: string): boolean {
  const text = [visit.visit, visit.task.number, visit.product.name, ...visit.parties.flatMap((party) => [party.name, party.credit_code ?? ""])].join(" ");
  return text.toUpperCase().includes(wanted.trim().toUpperCase());
}

/** A visit: its cards in their order, and the short paths. */
export function VisitScreen({ session, id, chosen }: { session: Session; id: string; chosen: string | null }) {
  const found = useAsked(session, async () => {
    const known = await session.visit(id);
    if (known === null) return null;
    const acts = await session.store.acts(id);
    const wanted = known.row.state === "returned" ? await returned(session, id, acts) : null;
    return { ...known, progress: progressOf(known.visit, acts), free: await room(), wanted };
  }, id);
  const [draft, setDraft] = useState<Draft | null>(null);
  useEffect(() => void session.draft<Draft>(id).then((typed) => setDraft(typed ?? EMPTY)), [session, id]);
  const card = found ? (found.wanted?.card ?? cardOf(found.visit, found.progress, chosen)) : undefined;
  const isSigned = card?.isNumbered === true;
  const number = useAsked(session, async () => (found && isSigned ? session.numberOf(found.visit) : null), isSigned, id);
  useEffect(() => {
    if (isSigned && found && draft !== null && draft.read === undefined && found.visit.chart === "sampling") setDraft({ ...draft, read: sheetOf(draft, found.visit) });
  }, [isSigned, found, draft]);
  if (found === undefined || draft === null) return <p role="status">{say("loading")}</p>;
  if (found === null) return <p>{say("nothingFound")}</p>;
  const { visit, progress } = found;
  const isBarred = progress.done === 0 && found.row.seq === 0 && found.free !== null && found.free < FEWEST;
  const finish = async (by: Confirmed): Promise<void> => {
    if (card === undefined) return;
    const own = isSigned ? await session.numberOf(visit) : null;
    if (isSigned && own === null) throw new Error(say("noNumber"));
    setDraft(await finishCard(session, visit, card, draft, own, by));
    location.hash = `#/visit/${encodeURIComponent(id)}${next(visit, card)}`;
  };
  return (
    <>
      <p><a href="#/">{say("backToList")}</a></p>
      <h2>{firmOf(visit)?.name}</h2>
      <Steps visit={visit} progress={progress} card={card} />
      <Day session={session} />
      {isBarred && <p class="notice bad" role="alert">{say("noRoom")}</p>}
      {found.wanted && <p class="notice bad" role="status">{say("returnedFor", { why: found.wanted.reason })}</p>}
      {progress.ending !== null && !found.wanted && <p class="notice" role="status">{say(progress.ending === "sampling.claim_refusal" ? "waitsForProvince" : "over")}</p>}
      {card && !isBarred && <CardForm key={card.name} {...{ session, visit, card, draft, number, finish }} change={(to) => setDraft((now) => to(now ?? EMPTY))} />}
      {progress.ending === null && <Paths visit={visit} done={progress.done} />}
    </>
  );
}

/** What the desk wants again, as a card; the newest return counts. */
async function returned(session: Session, id: string, acts: readonly Act[]): Promise<{ card: Card; reason: string } | null> {
  const lines = await session.store.journal<Line>();
  const line = lines.filter((one) => one.visit === id).map((one) => one.said).find((one) => one.what === "returned");
  if (line === undefined) return null;
  const before: Record<string, string> = {};
  for (const act of acts) {
    for (const [group, said] of Object.entries(act.particulars)) for (const [field, value] of Object.entries(said)) before[`${group}.${field}`] = String(value);
  }
  return { card: supplement(line.slots, line.fields, before), reason: line.reason };
}

/** The card that is worked on: the chosen one, where it may be, or the first that is not done. */
function cardOf(visit: Visit, progress: Progress, chosen: string | null): Card | undefined {
  if (progress.ending !== null) return undefined;
  const cards = cardsOf(visit);
  const path = pathsOf(visit).find((one) => one.name === chosen && one.from.includes(progress.done));
  const place = cards.findIndex((one, at) => one.name === chosen || String(at + 1) === chosen);
  return path ?? (place >= progress.done && place <= progress.upTo ? cards[place] : cards[progress.done]);
}

function next(visit: Visit, card: Card): string {
  const cards = cardsOf(visit);
  const after = cards[cards.indexOf(card) + 1];
  return cards.includes(card) && after ? `/${after.name}` : "";
}

/** Write a card into the log, or, where it is said with a later one, keep it; return what of the draft is left. */
async function finishCard(session: Session, visit: Visit, card: Card, draft: Draft, number: string | null, by: Confirmed): Promise<Draft> {
  if (card.isOnlyDraft) {
    await session.keepDraft(visit.visit, draft);
    return draft;
  }
  const writing = card.write({ draft, visit, number, by });
  const said = new Set(writing.flatMap((act) => act.evidence.map((file) => file.sha256)));
  const rest = { values: draft.values, files: draft.files.filter((file) => !said.has(file.sha256)) };
  await session.write(visit.visit, writing, card.ends ? "ready" : "open", card.ends ? null : rest);
  return card.ends ? EMPTY : rest;
}

function Steps({ visit, progress, card }: { visit: Visit; progress: Progress; card: Card | undefined }) {
  return (
    <ol class="steps">
      {cardsOf(visit).map((one, place) => {
        const isDone = place < progress.done;
        const mayOpen = place >= progress.done && place <= progress.upTo && progress.ending === null;
        const label = `${place + 1} ${say(one.word)}`;
        return (
          <li key={one.name} class={isDone ? "done" : ""} aria-current={one === card ? "step" : undefined}>
            {mayOpen ? <a href={`#/visit/${encodeURIComponent(visit.visit)}/${one.name}`}>{label}</a> : <span>{label}{isDone && <> ✓<span class="unseen">{say("done")}</span></>}</span>}
          </li>
        );
      })}
    </ol>
  );
}

function Paths({ visit, done }: { visit: Visit; done: number }) {
  return (
    <nav aria-label={say("otherPaths")} class="paths">
      <h3>{say("otherPaths")}</h3>
      {pathsOf(visit).map((path) => {
        const label = `${say(path.word)}${cited(path.article)}`;
        return path.from.includes(done) ? (
          <a key={path.name} class="button" href={`#/visit/${encodeURIComponent(visit.visit)}/${path.name}`}>{label}</a>
        ) : (
          <span key={path.name} class="button barred">{label} · {say("notBefore")}</span>
        );
      })}
    </nav>
  );
}

/** Which day it is, in words; and that the clock of the tablet is wrong, where it is. */
function Day({ session }: { session: Session }) {
  const [, again] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => again((count) => count + 1), 30_000);
    return () => clearInterval(timer);
  }, []);
  const off = session.clock.offset();
  const minutes = off === null ? 0 : Math.round(Math.abs(off) / 60_000);
  const by = minutes >= 1_440 ? say("days", { count: Math.round(minutes / 1_440) }) : say("minutes", { count: minutes });
  const at = session.clock.best();
  const weekday = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "short", timeZone: "Asia/Shanghai" }).format(at);
  return (
    <>
      <p>{say("dayIs", { day: `${dayOf(at)} ${weekday}` })}</p>
      {minutes >= 1 && <p class="notice bad" role="alert">{say("clockOff", { by })}</p>}
    </>
  );
}

/** What is on its way, visit by visit, with the last answer in words. */
export function Outbox({ session }: { session: Session }) {
  const found = useAsked(session, async () => {
    const visits = (await all(session)).filter(({ row }) => row.seq > 0);
    return Promise.all(visits.map(async (one) => ({ ...one, files: await session.store.files(one.row.id) })));
  });
  const lines = useAsked(session, () => session.store.journal<Line>(50));
  if (found === undefined || lines === undefined) return <p role="status">{say("loading")}</p>;
  return (
    <>
      <h2>{say("outbox")}</h2>
      <div class="buttons"><button type="button" class="main" onClick={() => session.wake()}>{say("sendNow")}</button></div>
      {found.length === 0 && <p>{say("nothingYet")}</p>}
      <ul class="visits">
        {found.map(({ row, visit, files }) => (
          <li key={row.id}>
            <a href={`#/visit/${encodeURIComponent(row.id)}`}>
              <strong>{firmOf(visit)?.name}</strong>
              <span>{say(stateOf(row))}</span>
              <span>{say("acts", { sent: row.known, all: row.seq })}</span>
              <span>{say("filesSent", { sent: files.filter((file) => file.received !== null).length, all: files.length })}</span>
              {row.stopped !== null && <span class="bad">{row.stopped === "damaged" ? say("damagedFile") : say("refusedBy", { why: row.stopped })}</span>}
            </a>
          </li>
        ))}
      </ul>
      <h3>{say("history")}</h3>
      <ul>{lines.map((line) => <li key={`${line.at} ${line.visit}`}>{line.visit} · {lineWords(line.said)}</li>)}</ul>
    </>
  );
}

function refusalOf(lines: readonly Line[]): string {
  return lines.find((line) => line.what === "refused")?.says ?? "";
}

function lineWords(line: Line): string {
  switch (line.what) {
    case "receipt":
      return say("received", { at: line.received.slice(0, 16).replace("T", " ") });
    case "refused":
      return say("refusedBy", { why: line.says || line.kind });
    case "settled":
      return say(line.outcome === "parked" ? "stillParked" : "settled", { why: line.reason });
    case "returned":
      return say("returnedFor", { why: line.reason });
  }
}

/** What waits for somebody: why, by which article, what would help, and who decides. */
export function Attention({ session }: { session: Session }) {
  const found = useAsked(session, async () => {
    const visits = (await all(session)).filter(({ row }) => row.parked || row.stopped !== null || row.state === "returned");
    const lines = await session.store.journal<Line>();
    return visits.map((one) => ({ ...one, lines: lines.filter((line) => line.visit === one.row.id).map((line) => line.said) }));
  });
  if (found === undefined) return <p role="status">{say("loading")}</p>;
  const again = async (row: VisitRow): Promise<void> => {
    await session.store.change(row.id, () => ({ stopped: null }));
    session.wake();
  };
  return (
    <>
      <h2>{say("attention")}</h2>
      {found.length === 0 && <p>{say("nothingWaits")}</p>}
      {found.map(({ row, visit, lines }) => (
        <section key={row.id} class="notice bad">
          <h3>{firmOf(visit)?.name}</h3>
          <p>{say("safeAtDesk")}</p>
          {lines.flatMap((line) => (line.what === "receipt" ? line.outcomes.flatMap((one) => one.reasons) : [])).map((reason) => (
            <p key={reason.says}>
              {reason.says}
              {listed((reason.articles ?? []).map(({ article }) => cited(article)))}
              {reason.cure && <> · {say("cure", { cure: reason.cure })}</>}
            </p>
          ))}
          {lines.filter((line) => line.what === "returned" || line.what === "settled").map((line) => <p key={lineWords(line)}>{lineWords(line)}</p>)}
          {row.stopped !== null && (
            <>
              <p>{row.stopped === "damaged" ? say("damagedFile") : say("refusedBy", { why: refusalOf(lines) || row.stopped })}</p>
              <button type="button" onClick={() => void again(row)}>{say("tryAgain")}</button>
            </>
          )}
        </section>
      ))}
    </>
  );
}

/** Settings: how it looks, what the line costs, what the device is. */
export function Settings({ session }: { session: Session }) {
  const found = useAsked(session, async () => ({ isMetered: (await session.store.setting<boolean>("metered")) ?? false, free: await room() }));
  const [isSun, setSun] = useState(document.documentElement.dataset["theme"] === "sun");
  if (found === undefined) return <p role="status">{say("loading")}</p>;
  const shine = (isOn: boolean): void => {
    setSun(isOn);
    localStorage.setItem("theme", isOn ? "sun" : "");
    document.documentElement.dataset["theme"] = isOn ? "sun" : "";
  };
  const meter = async (isOn: boolean): Promise<void> => {
    await session.store.set("metered", isOn);
    session.dispatchEvent(new Event("changed"));
    session.wake();
  };
  return (
    <>
      <h2>{say("settings")}</h2>
      <label class="tick"><input type="checkbox" checked={isSun} onChange={(event) => shine(event.currentTarget.checked)} />{say("theme")}</label>
      <label class="tick"><input type="checkbox" checked={found.isMetered} onChange={(event) => void meter(event.currentTarget.checked)} />{say("metered")}</label>
      {found.free !== null && <p>{say("free", { count: (found.free / GIGABYTE).toFixed(1) })}</p>}
      {found.free !== null && found.free < GIGABYTE && <p class="notice bad" role="alert">{say("littleRoom")}</p>}
      <p>{say("deviceIs", { name: session.holder.name, inventory: session.holder.inventory })}</p>
      <p>{say("versionIs", { version: APP })}</p>
      <Rescue name={session.me.name} hand={() => session.rescue()} />
      <p>{say("keys")}</p>
      <p><a href="/field/licences.txt">{say("licences")}</a></p>
    </>
  );
}

/** How old the package is, to decide whether to fetch it at once. */
export function isOld(manifest: Manifest | null, now: number): boolean {
  return manifest === null || dayOf(Date.parse(manifest.issued_at)) !== dayOf(now);
}

