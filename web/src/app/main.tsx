/** The application: it asks what the device can do, who is there, and shows the screens. */

import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { isProtected, missing } from "../core/device";
import { register } from "../core/update";
import { language, listed, say, speak, type Word } from "../words";
import { Entrance, lostWords } from "./entrance";
import { Attention, Badge, isOld, Outbox, Settings, Today, VisitScreen } from "./screens";
import type { Session } from "./session";

function Application() {
  const [lacking, setLacking] = useState<Word[] | null>(null);
  const [takeOver, setTakeOver] = useState<(() => void) | null>(null);
  const [session, setSession] = useState<Session | null>(null);
  const [isSafe, setSafe] = useState(true);
  const [, setSpoken] = useState(language());
  const hash = useHash();
  useEffect(() => {
    void missing().then(async (found) => {
      setLacking(found);
      setSafe(await isProtected());
      if (!found.includes("offline")) await register((begin) => setTakeOver(() => begin));
    });
  }, []);
  const began = (begun: Session): void => {
    begun.addEventListener("ended", () => setSession(null));
    setSession(begun);
    void begun.package().then(
      (manifest) => isOld(manifest, begun.clock.best()) && begun.fetchDay().catch(() => undefined),
      (error: unknown) => {
        if (!begun.isEnded) throw error; // locked at once
      },
    );
  };
  const other = language() === "zh" ? "en" : "zh";
  const isBusy = hash.startsWith("#/visit/"); // a visit is open: the new version waits
  return (
    <>
      <header>
        <h1>{say("application")}</h1>
        {session && <Badge session={session} />}
        <button type="button" lang={other === "en" ? "en" : "zh-Hans"} onClick={() => (speak(other), setSpoken(other))}>
          {say("language")}
        </button>
        {session && <button type="button" onClick={() => session.end()}>{say("lock")}</button>}
      </header>
      {takeOver && (
        <p class="notice" role="status">
          {say("newVersion")} {!isBusy && <button type="button" onClick={takeOver}>{say("update")}</button>}
        </p>
      )}
      {session && <Rail hash={hash} />}
      <main>
        {!isSafe && session && <p class="notice">{say("notProtected")}</p>}
        {session && <Lost key={session.me.user} session={session} />}
        {lacking === null && <p role="status">{say("checking")}</p>}
        {lacking !== null && lacking.length > 0 && <Refused lacking={lacking} />}
        {lacking?.length === 0 && (session ? <Screen key={language()} session={session} hash={hash} /> : <Entrance began={began} />)}
      </main>
    </>
  );
}

function useHash(): string {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const changed = (): void => (setHash(location.hash), scrollTo(0, 0));
    addEventListener("hashchange", changed);
    addEventListener("keydown", pressed);
    return () => {
      removeEventListener("hashchange", changed);
      removeEventListener("keydown", pressed);
    };
  }, []);
  return hash;
}

/** Alt+1 to 7 for the cards of the visit, Alt+U for the outbox, / for the search. */
function pressed(event: KeyboardEvent): void {
  const visit = /^#\/visit\/[^/]+/.exec(location.hash)?.[0];
  const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
  const card = event.altKey && /^Digit[1-7]$/.test(event.code) ? event.code.slice(5) : undefined;
  if (card && visit) location.hash = `${visit}/${card}`;
  else if (event.altKey && event.code === "KeyU") location.hash = "#/outbox";
  else if (event.key === "/" && !isTyping) document.getElementById("search")?.focus();
  else return;
  event.preventDefault();
}

const PLACES = [["#/", "today"], ["#/outbox", "outbox"], ["#/attention", "attention"], ["#/settings", "settings"]] as const;

function Rail({ hash }: { hash: string }) {
  const here = PLACES.find(([place]) => place !== "#/" && hash.startsWith(place))?.[0] ?? "#/";
  return (
    <nav class="rail" aria-label={say("application")}>
      {PLACES.map(([place, word]) => <a key={place} href={place} aria-current={place === here ? "page" : undefined}>{say(word)}</a>)}
    </nav>
  );
}

function Screen({ session, hash }: { session: Session; hash: string }) {
  const [, place, id, card] = hash.split("/");
  if (session.isSignedOut) {
    return (
      <>
        <p class="notice bad" role="alert">{say("signedOut")}</p>
        <At {...{ session, place, id, card }} />
      </>
    );
  }
  return <At {...{ session, place, id, card }} />;
}

function At({ session, place, id, card }: { session: Session; place: string | undefined; id: string | undefined; card: string | undefined }) {
  if (place === "visit" && id) return <VisitScreen session={session} id={decodeURIComponent(id)} chosen={card ?? null} />;
  if (place === "outbox") return <Outbox session={session} />;
  if (place === "attention") return <Attention session={session} />;
  if (place === "settings") return <Settings session={session} />;
  return <Today session={session} />;
}

/** What is gone from this device, until somebody has read it. */
function Lost({ session }: { session: Session }) {
  const [lost, setLost] = useState(session.lost);
  if (lost === null) return null;
  return (
    <div class="notice bad" role="alert">
      <p>{lostWords(lost)}</p>
      <button type="button" onClick={() => void session.knowLost().then(() => setLost(null))}>{say("readIt")}</button>
    </div>
  );
}

function Refused({ lacking }: { lacking: Word[] }) {
  return (
    <div class="notice bad" role="alert">
      <h2>{say("cannot")}</h2>
      <p>{say("missing", { what: listed(lacking.map((word) => say(word))) })}</p>
      <p>{say("whatToInstall")}</p>
    </div>
  );
}

speak(language());
document.documentElement.dataset["theme"] = localStorage.getItem("theme") ?? "";
const place = document.getElementById("field");
if (place) render(<Application />, place);
