/** What a card shows and does not ask: the firm, the notice with its code, what the index knows, the sheet to read back. */

import { useEffect, useState } from "preact/hooks";
import { key } from "../core/bar";
import { lookUp, read, type PaperOfVisit, type Visit } from "../core/day";
import { cited, say, type Word } from "../words";
import { corrected, OF_THE_SHEET, onTheSheet, type Draft } from "./cards";
import { Facts, inOneLine } from "./form";
import type { Session } from "./session";

type Props = { session: Session; visit: Visit; draft: Draft; number: string | null | undefined; what: "firm" | "form1" | "form2" | "bar" | "sheet" | "rule" | "number" };

export function Shown({ session, visit, draft, number, what }: Props) {
  switch (what) {
    case "firm":
      return <Firm visit={visit} />;
    case "form1":
      return visit.form1 ? <Paper word="form1" paper={visit.form1} visit={visit} /> : <p class="notice bad" role="alert">{say("noForm1")}</p>;
    case "form2":
      return visit.form2 ? <Paper word="form2" paper={visit.form2} visit={visit} /> : null;
    case "bar":
      return <Bar session={session} visit={visit} />;
    case "rule":
      return <Rule session={session} visit={visit} />;
    case "number":
      return <OwnNumber {...{ session, visit, draft, number }} />;
    case "sheet":
      return <Sheet session={session} visit={visit} draft={draft} number={number} />;
  }
}

const SAMPLED: readonly string[] = ["sampled_producer", "seller"];

/** The firm that is visited. */
export function firmOf(visit: Visit) {
  return visit.parties.find((party) => SAMPLED.includes(party.role)) ?? visit.parties[0];
}

function Firm({ visit }: { visit: Visit }) {
  const firm = firmOf(visit);
  return (
    <Facts
      of={[
        [say("firm"), firm?.name],
        [say("creditCode"), firm?.credit_code],
        [say("address"), inOneLine([firm?.place_name, firm?.address])],
        [say("contact"), inOneLine([firm?.contact, firm?.phone])],
        [say("product"), inOneLine([visit.product.name, visit.product.brand, visit.product.model])],
        [say("task"), inOneLine([visit.task.number, visit.task.title])],
        [say("samplers"), inOneLine(visit.samplers.map((one) => one.name))],
      ]}
    />
  );
}

function Paper({ word, paper, visit }: { word: Word; paper: PaperOfVisit; visit: Visit }) {
  const firm = firmOf(visit);
  return (
    <section class="paper">
      <h3>{say(word)}</h3>
      <Facts of={[[say("number"), paper.number], [say("firm"), firm?.name], [say("product"), visit.product.name], [say("samplers"), inOneLine(visit.samplers.map((one) => one.name))]]} />
      <Code address={paper.url} />
    </section>
  );
}

/** An address as a code to be photographed. */
function Code({ address }: { address: string }) {
  const [cells, setCells] = useState<readonly (readonly boolean[])[]>([]);
  useEffect(() => void import("uqr").then(({ encode }) => setCells(encode(address, { border: 4 }).data)), [address]);
  const path = cells.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return (
    <figure class="code">
      <svg viewBox={`0 0 ${cells.length || 1} ${cells.length || 1}`} role="img" aria-label={address}>
        <rect width="100%" height="100%" fill="#fff" />
        <path d={path} fill="#000" />
      </svg>
      <figcaption>{address}</figcaption>
    </figure>
  );
}

function Bar({ session, visit }: { session: Session; visit: Visit }) {
  const [said, setSaid] = useState("");
  const [isHit, setHit] = useState(false);
  useEffect(() => {
    if (visit.lookback_exempt) return setSaid(say("barExempt"));
    const { standard, brand, model } = visit.product;
    const firm = firmOf(visit);
    const wanted = visit.bar ?? key(firm?.credit_code || firm?.name || "", standard, brand, model);
    void lookUp(session.store, wanted).then((found) => {
      if (found === null) return setSaid(say("barUnknown"));
      setHit(found.hit !== null);
      const { hit, asOf } = found;
      return setSaid(hit ? say("barHit", { day: hit.day, who: say(hit.samr ? "samr" : "province"), asOf }) : say("barNone", { asOf }));
    });
    return undefined;
  }, [visit.visit]);
  return (
    <section>
      <h3>{say("sixMonths")}{cited(19)}</h3>
      <p class={isHit ? "notice bad" : "notice"} role="status">{said}</p>
    </section>
  );
}

function Rule({ session, visit }: { session: Session; visit: Visit }) {
  const [rule, setRule] = useState<{ name?: string; method?: string; quantities?: unknown; storage?: string } | null>(null);
  useEffect(() => {
    void session.package().then(async (manifest) => manifest && visit.rule && setRule(await read(session.store, manifest, visit.rule)));
  }, [visit.rule]);
  const text = (value: unknown): string => (typeof value === "string" ? value : "");
  return rule && (
    <section>
      <h3>{say("method")}</h3>
      <Facts of={[[say("method"), text(rule.method)], [say("testQuantity"), text(rule.quantities)], [say("storageSlot"), text(rule.storage)]]} />
    </section>
  );
}

type SheetOf = Pick<Props, "session" | "visit" | "draft" | "number">;

/** What the sampling sheet will say, in the order of the cards; what is open is marked, and what was corrected since. */
function Sheet({ session, visit, draft, number }: SheetOf) {
  const [rows, changed] = [onTheSheet(draft, visit), corrected(draft, visit)];
  const worded = (control: (typeof rows)[number]): string => {
    const value = (draft.values[control.name] ?? "").trim();
    const chosen = control.as === "choice" ? control.of.find(([one]) => one === value)?.[1] : undefined;
    return `${chosen ? say(chosen) : value || say("notFilled")}${changed.includes(control.name) ? say("corrected") : ""}`;
  };
  return (
    <section class="paper">
      <h3>{say("readBack")}</h3>
      {number === null && <p class="notice bad" role="alert">{say("noNumber")}</p>}
      <Firm visit={visit} />
      <Facts of={[[say("sheetNumber"), number ?? ""], ...rows.map((control) => [say(control.word), worded(control)] as const)]} />
      <div class="buttons">
        {OF_THE_SHEET.map((card) => (
          <a key={card.name} class="button" href={`#/visit/${encodeURIComponent(visit.visit)}/${card.name}`}>{say("mend", { card: say(card.word) })}</a>
        ))}
      </div>
      {number && <VoidNumber {...{ session, visit, draft, number }} />}
      {visit.url && <Code address={visit.url} />}
    </section>
  );
}

/** The number of the sheet alone, where nobody reads anything back. */
function OwnNumber({ session, visit, draft, number }: SheetOf) {
  return (
    <section class="paper">
      {number === null && <p class="notice bad" role="alert">{say("noNumber")}</p>}
      <Facts of={[[say("sheetNumber"), number ?? ""]]} />
      {number && <VoidNumber {...{ session, visit, draft, number }} />}
    </section>
  );
}

/** A number that was spoiled on the paper is voided with the reason, in the log; the sheet bears the next one. */
function VoidNumber({ session, visit, draft, number }: SheetOf & { number: string }) {
  const [why, setWhy] = useState("");
  const voided = async (): Promise<void> => {
    const by = [{ post: session.me.post, pin: true }];
    setWhy("");
    await session.write(visit.visit, [{ act: "void_number", facts: { number, reason: why.trim() }, particulars: {}, evidence: [], by }], "open", draft);
  };
  return (
    <details>
      <summary>{say("voidNumber")}</summary>
      <label>{say("whyVoid")}<input maxLength={200} value={why} onInput={(event) => setWhy(event.currentTarget.value)} /></label>
      <div class="buttons"><button type="button" disabled={why.trim() === ""} onClick={() => void voided()}>{say("voidNow")}</button></div>
    </details>
  );
}
