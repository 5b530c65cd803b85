/** The questions of a card, drawn from what `cards.ts` says; what is typed is kept every two seconds and when one leaves. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Evidence } from "../core/chain";
import { byPin, LockedOut, people, type Person } from "../core/holder";
import { StorageFull } from "../core/store";
import { WrongPin } from "../core/vault";
import type { Visit } from "../core/day";
import { cited, language, listed, say } from "../words";
import { Camera } from "./camera";
import { files, isAsked, isSameSeal, open, questionOf, slotOf, type Card, type Control, type Draft } from "./cards";
import { position, soon } from "./place";
import type { Session } from "./session";
import { Shown } from "./shown";
import { Signature } from "./signature";

const EVERY = 2_000;
const MOST_OF_A_FILM = 60_000_000;

export type Confirmed = readonly { readonly post: number; readonly pin: boolean }[];

type Props = {
  session: Session;
  visit: Visit;
  card: Card;
  draft: Draft;
  change: (to: (draft: Draft) => Draft) => void;
  number: string | null | undefined;
  finish: (by: Confirmed) => Promise<void>;
};

/** A card as a form; the draft is the visit's, all cards write into the same. `finish` is reached when nothing is missing. */
export function CardForm({ session, visit, card, draft, change: setDraft, number, finish }: Props) {
  const [pins, setPins] = useState<Record<number, string>>({});
  const [trouble, setTrouble] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [latest, kept] = [useRef(draft), useRef(draft)];
  const [keeping, isFinishing] = [useRef(Promise.resolve()), useRef(false)];
  latest.current = draft;
  const keep = (): void => {
    if (latest.current === kept.current || isFinishing.current) return; // what a record has taken out of the draft stays out
    kept.current = latest.current;
    keeping.current = session.keepDraft(visit.visit, latest.current).catch((error: unknown) => {
      if (!session.isEnded) setTrouble(worded(error));
    });
  };
  useEffect(() => {
    const timer = setInterval(keep, EVERY);
    const leaving = (): void => keep();
    document.addEventListener("visibilitychange", leaving);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", leaving);
      keep(); // another card, or the list: what was typed last goes along
    };
  }, [card.name]);
  const typed = (name: string, value: string): void => {
    session.typing();
    setDraft((now) => ({ ...now, values: { ...now.values, [name]: value } }));
  };
  const changeFiles = (change: (files: readonly Evidence[]) => readonly Evidence[]): void => {
    session.typing();
    setDraft((now) => ({ ...now, files: change(now.files) }));
    setTimeout(keep, 50); // a picture is worth a draft of its own
  };
  const missing = open(card, draft, visit);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setTrouble("");
    setBusy(true);
    isFinishing.current = true;
    try {
      await keeping.current;
      const by = card.pins ? await confirmed(visit, pins) : [{ post: session.me.post, pin: true }];
      await finish(by);
      session.saved();
    } catch (error) {
      isFinishing.current = false;
      setTrouble(worded(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <h2>{say(card.word)}</h2>
      {card.controls.filter((control) => isAsked(control, draft, visit)).map((control) => (
        <Question key={control.name} {...{ session, visit, control, draft, number, typed, changeFiles }} />
      ))}
      {card.pins && <Pins visit={visit} pins={pins} typed={(post, pin) => setPins((now) => ({ ...now, [post]: pin }))} />}
      {trouble && <p class="notice bad" role="alert">{trouble}</p>}
      {missing.length > 0 && (
        <p class="missing" id="missing">
          {say("missing", { what: "" })}
          {missing.map((control, place) => (
            <>
              {place > 0 && say("separator")}
              <a href={`#${location.hash.slice(1)}`} onClick={(event) => (event.preventDefault(), focusOn(control.name))}>
                {say(control.word)}{cited(control.article)}
              </a>
            </>
          ))}
        </p>
      )}
      <div class="buttons">
        <button class="main" disabled={missing.length > 0 || isBusy} aria-describedby={missing.length > 0 ? "missing" : undefined}>{say(card.button)}</button>
      </div>
    </form>
  );
}

function focusOn(name: string): void {
  const place = document.getElementById(`q-${name}`);
  place?.scrollIntoView({ block: "center" });
  (place?.querySelector<HTMLElement>("input, select, textarea, button") ?? place)?.focus();
}

/** Everybody who was drawn confirms by the own PIN. Throws where one of them is not the right one. */
async function confirmed(visit: Visit, pins: Readonly<Record<number, string>>): Promise<Confirmed> {
  const here = await people();
  for (const sampler of visit.samplers) {
    const person = here.find((one) => one.post === sampler.post);
    if (person === undefined) throw new Error(say("notHere", { name: sampler.name }));
    await byPin(person.user, pins[sampler.post] ?? "");
  }
  return visit.samplers.map(({ post }) => ({ post, pin: true }));
}

/** What went wrong, in words. */
export function worded(error: unknown): string {
  if (error instanceof WrongPin) return say("wrongPin");
  if (error instanceof LockedOut) return say("lockedOut");
  if (error instanceof StorageFull) return say("storageFull");
  return (error as Error).message;
}

function Pins({ visit, pins, typed }: { visit: Visit; pins: Readonly<Record<number, string>>; typed: (post: number, pin: string) => void }) {
  const [here, setHere] = useState<Person[]>([]);
  useEffect(() => void people().then(setHere), []);
  return (
    <fieldset>
      <legend>{say("samplers")}{cited(13)}</legend>
      {visit.samplers.map(({ post, name }) =>
        here.some((one) => one.post === post) ? (
          <label key={post}>
            {say("pinOf", { name })}
            <input type="password" inputMode="numeric" autocomplete="off" value={pins[post] ?? ""} onInput={(event) => typed(post, event.currentTarget.value)} />
          </label>
        ) : (
          <p key={post} class="notice bad">{say("notHere", { name })}</p>
        ),
      )}
    </fieldset>
  );
}

type Asked = {
  session: Session;
  visit: Visit;
  control: Control;
  draft: Draft;
  number: string | null | undefined;
  typed: (name: string, value: string) => void;
  changeFiles: (change: (files: readonly Evidence[]) => readonly Evidence[]) => void;
};

function Question(asked: Asked) {
  const { control, draft, typed } = asked;
  const value = draft.values[control.name] ?? "";
  const change = (event: { currentTarget: { value: string } }): void => typed(control.name, event.currentTarget.value);
  const label = `${say(control.word)}${cited(control.article)}`;
  const place = `q-${control.name}`;
  switch (control.as) {
    case "shown":
      return <Shown {...asked} what={control.what} />;
    case "long":
      return <label id={place}>{label}<textarea rows={3} value={value} onInput={change} /></label>;
    case "amount":
      return <label id={place}>{label}<input inputMode="decimal" autocomplete="off" value={value} onInput={change} /></label>;
    case "code":
      return <label id={place}>{label}<input autocapitalize="characters" autocomplete="off" value={value} onInput={change} /></label>;
    case "day":
      return <label id={place}>{label}<input type="date" value={value} onInput={change} /></label>;
    case "text":
      return <label id={place}>{label}<input autocomplete="off" value={value} onInput={change} /></label>;
    case "twice":
      return <Twice {...asked} label={label} place={place} />;
    case "yes":
      return (
        <label id={place} class="tick">
          <input type="checkbox" checked={value === "yes"} onChange={(event) => typed(control.name, event.currentTarget.checked ? "yes" : "")} />
          {label}
        </label>
      );
    case "choice":
      return (
        <label id={place}>
          {label}
          <select value={value} onChange={change}>
            <option value="">{say("choose")}</option>
            {control.of.map(([one, word]) => <option key={one} value={one}>{say(word)}</option>)}
          </select>
        </label>
      );
    case "signature":
      return <Signed {...asked} label={label} place={place} />;
    case "pictures":
      return <Pictures {...asked} label={label} place={place} by={control.by} instead={control.instead} />;
  }
}

function Twice({ control, draft, typed, label, place }: Asked & { label: string; place: string }) {
  const again = `${control.name}.again`;
  const [one, other] = [draft.values[control.name] ?? "", draft.values[again] ?? ""];
  const isOther = other !== "" && one.trim() !== other.trim();
  return (
    <div id={place} class="pair">
      <label>{label}<input autocomplete="off" value={one} onInput={(event) => typed(control.name, event.currentTarget.value)} /></label>
      <label>
        {say("typedAgain", { what: say(control.word) })}
        <input autocomplete="off" value={other} aria-invalid={isOther} onInput={(event) => typed(again, event.currentTarget.value)} onPaste={(event) => event.preventDefault()} />
      </label>
      {isOther && <p class="bad" role="alert">{say("notTheSame")}</p>}
      {!isOther && other !== "" && isSameSeal(draft) && <p class="bad" role="alert">{say("sameSeal")}</p>}
    </div>
  );
}

function Signed({ session, visit, control, draft, changeFiles, label, place }: Asked & { label: string; place: string }) {
  const isOfThis = (file: Evidence): boolean => file.slot === "signature" && file.name === `${control.name}.png`;
  const kept = async (picture: Blob | null): Promise<void> => {
    if (picture === null) return changeFiles((now) => now.filter((file) => !isOfThis(file)));
    const about = { slot: "signature", name: `${control.name}.png`, type: "image/png", source: "drawn" } as const;
    const file = await session.keep(visit.visit, picture, about);
    return changeFiles((now) => [...now.filter((one) => !isOfThis(one)), file]);
  };
  return (
    <fieldset id={place}>
      <legend>{label}</legend>
      <Signature label={label} isKept={draft.files.some(isOfThis)} kept={(picture) => void kept(picture)} />
    </fieldset>
  );
}

type PicturesOf = Asked & { label: string; place: string; by: "camera" | "any" | "film"; instead: Parameters<typeof say>[0] | undefined };

function Pictures({ session, visit, control, draft, typed, changeFiles, label, place, by, instead }: PicturesOf) {
  const [isOpen, setOpen] = useState(false);
  const [trouble, setTrouble] = useState("");
  const where = useRef<ReturnType<typeof position> | undefined>(undefined);
  const own = files(draft, [control.name]);
  const keep = async (picture: Blob, source: "camera" | "file", name: string): Promise<void> => {
    setOpen(false);
    try {
      if (picture.size > MOST_OF_A_FILM) throw new Error(say("filmTooLong"));
      const about = { ...slotOf(control.name, name), type: picture.type, source, position: await soon(where.current ?? position()) };
      const file = await session.keep(visit.visit, picture, about);
      changeFiles((now) => (now.some((one) => one.sha256 === file.sha256 && questionOf(one) === control.name) ? now : [...now, file]));
    } catch (error) {
      setTrouble(worded(error));
    }
  };
  return (
    <fieldset id={place}>
      <legend>{label}</legend>
      <div class="pictures">
        {own.map((file, at) => (
          <Thumbnail key={file.sha256} session={session} file={file} place={at + 1} leave={() => changeFiles((now) => now.filter((one) => one !== file))} />
        ))}
      </div>
      <p role="status">{own.length > 0 ? say("taken", { count: own.length }) : ""}</p>
      <div class="buttons">
        {by !== "film" && <button type="button" onClick={() => ((where.current = position()), setOpen(true))}>{say("takePicture")}</button>}
        {by !== "camera" && (
          <label class="button">
            {say(by === "film" ? "takeFilm" : "chooseFile")}
            <input type="file" accept={by === "film" ? "video/mp4" : "image/*,application/pdf"} class="hidden" onChange={(event) => {
              const chosen = event.currentTarget.files?.[0];
              if (chosen) void keep(chosen, "file", chosen.name);
            }} />
          </label>
        )}
      </div>
      {instead && own.length === 0 && (
        <label>{say(instead)}<input value={draft.values[control.name] ?? ""} onInput={(event) => typed(control.name, event.currentTarget.value)} /></label>
      )}
      {trouble && <p class="notice bad" role="alert">{trouble}</p>}
      {isOpen && <Camera slot={control.name} word={control.word} taken={(picture) => void keep(picture, "camera", `${control.name}-${own.length + 1}.jpg`)} left={() => setOpen(false)} />}
    </fieldset>
  );
}

function Thumbnail({ session, file, place, leave }: { session: Session; file: Evidence; place: number; leave: () => void }) {
  const [address, setAddress] = useState("");
  useEffect(() => {
    let made = "";
    void session.store.whole(file.sha256).then((picture) => {
      if (picture) setAddress((made = URL.createObjectURL(picture)));
    });
    return () => URL.revokeObjectURL(made);
  }, [file.sha256]);
  return (
    <figure>
      {address && file.type.startsWith("image/") && <img src={address} alt={file.name} />}
      <button type="button" onClick={leave} aria-label={say("removePicture", { count: place })}>×</button>
    </figure>
  );
}

/** Something with a name, as a list of names and values shows it. */
export function Facts({ of }: { of: readonly (readonly [string, ComponentChildren])[] }) {
  return (
    <dl lang={language() === "zh" ? undefined : "zh-Hans"}>
      {of.filter(([, value]) => value).map(([name, value]) => (
        <div key={name}><dt>{name}</dt><dd>{value}</dd></div>
      ))}
    </dl>
  );
}

/** Names in one line. */
export function inOneLine(names: readonly (string | undefined)[]): string {
  return listed(names.filter((name): name is string => Boolean(name)));
}
