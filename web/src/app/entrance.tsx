/** Before anything is seen: the tablet is enrolled, somebody has signed in here once, and the PIN opens the store. */

import { useEffect, useState } from "preact/hooks";
import { Clock } from "../core/clock";
import { Door } from "../core/door";
import { begunHere } from "../core/elsewhere";
import { addPerson, byPin, device, enrolmentKeys, keepDevice, people, signedIn, type Device, type Person } from "../core/holder";
import { NoEscrow } from "../core/rescue";
import { newDeviceKey, publicHalf } from "../core/proof";
import { NoPin, type EscrowKey } from "../core/vault";
import { language, listed, say } from "../words";
import { worded } from "./form";
import { exchange, hand, Session, type SignIn } from "./session";

declare const APP: string;

const COMING_BACK = "signing-in";

/** That a store is gone, and which visits it held that were not sent. */
export function lostWords(visits: readonly string[]): string {
  return visits.length === 0 ? say("dataLost") : `${say("dataLost")} ${say("lostVisits", { visits: listed(visits) })}`;
}

/** Everything up to an open session. */
export function Entrance({ began }: { began: (session: Session) => void }) {
  const [holder, setHolder] = useState<Device | null | undefined>(undefined);
  const [here, setHere] = useState<Person[]>([]);
  const [fresh, setFresh] = useState<SignIn | null>(null);
  const [trouble, setTrouble] = useState("");
  const look = async (): Promise<void> => {
    const found = await device();
    if (found !== null && sessionStorage.getItem(COMING_BACK) !== null) {
      sessionStorage.removeItem(COMING_BACK);
      await exchange(found).then(setFresh, (error: unknown) => setTrouble(worded(error)));
    }
    setHere(await people());
    setHolder(found); // nothing is asked before it is known what to ask
  };
  useEffect(() => void look(), []);
  if (holder === undefined) return <p role="status">{say("loading")}</p>;
  if (holder === null) return <Enrolment enrolled={() => void look()} />;
  const known = fresh && here.find((one) => one.user === fresh.user);
  return (
    <>
      {trouble && <p class="notice bad" role="alert">{say("broken", { why: trouble })}</p>}
      {fresh && !known ? (
        <NewPin fresh={fresh} holder={holder} began={began} />
      ) : (
        <Who here={known ? [known] : here} holder={holder} fresh={fresh} began={began} />
      )}
    </>
  );
}

function Enrolment({ enrolled }: { enrolled: () => void }) {
  const [lost, setLost] = useState<readonly string[] | null>(null);
  useEffect(() => void begunHere().then(setLost), []);
  const [code, setCode] = useState("");
  const [isEncrypted, setEncrypted] = useState(false);
  const [trouble, setTrouble] = useState("");
  const enrol = async (event: Event): Promise<void> => {
    event.preventDefault();
    setTrouble("");
    try {
      const keys = await enrolmentKeys(newDeviceKey);
      const clock = new Clock();
      const caller = { device: "", key: keys.privateKey, token: null };
      const door = new Door(caller, () => clock.best(), (server) => void clock.contact(server), language);
      await door.time();
      const said = {
        code: code.trim(), public_key: await publicHalf(keys), platform: navigator.platform.slice(0, 60),
        engine: navigator.userAgent.slice(-60), app: APP, encrypted: isEncrypted,
      };
      const made = (await (await door.ask("POST", "/devices", { json: said, proven: true })).json()) as Omit<Device, "id" | "keys" | "escrow"> & {
        device: string;
        escrow_key: EscrowKey | null;
      };
      await keepDevice({ id: made.device, name: made.name, inventory: made.inventory, office: made.office, escrow: made.escrow_key, keys });
      enrolled();
    } catch (error) {
      setTrouble(worded(error));
    }
  };
  return (
    <form onSubmit={(event) => void enrol(event)}>
      <h2>{say("enrol")}</h2>
      {lost && <p class="notice bad" role="alert">{lostWords(lost)}</p>}
      <p>{say("enrolHelp")}</p>
      <label>{say("code")}<input autocomplete="one-time-code" value={code} onInput={(event) => setCode(event.currentTarget.value)} /></label>
      <label class="tick">
        <input type="checkbox" checked={isEncrypted} onChange={(event) => setEncrypted(event.currentTarget.checked)} />
        {say("encrypted")}
      </label>
      {trouble && <p class="notice bad" role="alert">{say("broken", { why: trouble })}</p>}
      <div class="buttons"><button class="main" disabled={code.trim() === "" || !isEncrypted}>{say("enrolNow")}</button></div>
    </form>
  );
}

function Who({ here, holder, fresh, began }: { here: Person[]; holder: Device; fresh: SignIn | null; began: (session: Session) => void }) {
  const [user, setUser] = useState<number | null>(null);
  const [pin, setPin] = useState("");
  const [trouble, setTrouble] = useState("");
  const [isBusy, setBusy] = useState(false);
  const chosen = here.find((one) => one.user === (user ?? here[0]?.user));
  const enter = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (chosen === undefined) return;
    setBusy(true);
    setTrouble("");
    try {
      if (fresh) await signedIn(chosen, fresh.post);
      const key = await byPin(chosen.user, pin);
      began(await Session.begin(fresh ? { ...chosen, post: fresh.post } : chosen, key, fresh));
    } catch (error) {
      setTrouble(worded(error));
    }
    setBusy(false);
  };
  return (
    <form onSubmit={(event) => void enter(event)}>
      <h2>{say("who")}</h2>
      {chosen === undefined ? (
        <p>{say("nobody")}</p>
      ) : (
        <>
          <fieldset>
            <legend>{say("who")}</legend>
            {here.map((one) => (
              <label key={one.user} class="tick">
                <input type="radio" name="who" checked={one === chosen} onChange={() => setUser(one.user)} />
                {one.name}
              </label>
            ))}
          </fieldset>
          <label>{say("pin")}<input type="password" inputMode="numeric" autocomplete="off" value={pin} onInput={(event) => setPin(event.currentTarget.value)} /></label>
          {trouble && <p class="notice bad" role="alert">{trouble}</p>}
          <div class="buttons"><button class="main" disabled={isBusy || pin === ""}>{isBusy ? say("loading") : say("openIt")}</button></div>
        </>
      )}
      {!fresh && (
        <>
          {chosen && <Rescue name={chosen.name} hand={() => hand(chosen, holder)} />}
          <p>{say("signInHelp")}</p>
          <a class="button" href="/login/?next=/field/" onClick={() => sessionStorage.setItem(COMING_BACK, "1")}>{say("signIn")}</a>
        </>
      )}
    </form>
  );
}

/** The rescue file of somebody, with what it is for. */
export function Rescue({ name, hand }: { name: string; hand: () => Promise<void> }) {
  const [said, setSaid] = useState("");
  const press = async (): Promise<void> => {
    try {
      await hand();
      setSaid(say("rescued"));
    } catch (error) {
      setSaid(error instanceof NoEscrow ? say("noEscrow") : worded(error));
    }
  };
  return (
    <details>
      <summary>{say("rescue")}</summary>
      <p>{say("rescueHelp")}</p>
      <div class="buttons"><button type="button" onClick={() => void press()}>{say("rescueOf", { name })}</button></div>
      <p role="status">{said}</p>
    </details>
  );
}

function NewPin({ fresh, holder, began }: { fresh: SignIn; holder: Device; began: (session: Session) => void }) {
  const [pin, setPin] = useState("");
  const [again, setAgain] = useState("");
  const [trouble, setTrouble] = useState("");
  const begin = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (pin !== again) return setTrouble(say("pinsDiffer"));
    try {
      const key = await addPerson({ user: fresh.user, post: fresh.post, name: fresh.name }, pin, holder.escrow);
      const me = (await people()).find((one) => one.user === fresh.user);
      if (me) began(await Session.begin(me, key, fresh));
    } catch (error) {
      setTrouble(error instanceof NoPin ? say("pinRule") : worded(error));
    }
    return undefined;
  };
  return (
    <form onSubmit={(event) => void begin(event)}>
      <h2>{say("choosePin")}</h2>
      <p>{fresh.name}</p>
      <p>{say("pinRule")}</p>
      <label>{say("pin")}<input type="password" inputMode="numeric" autocomplete="new-password" value={pin} onInput={(event) => setPin(event.currentTarget.value)} /></label>
      <label>{say("pinAgain")}<input type="password" inputMode="numeric" autocomplete="new-password" value={again} onInput={(event) => setAgain(event.currentTarget.value)} /></label>
      {trouble && <p class="notice bad" role="alert">{trouble}</p>}
      <div class="buttons"><button class="main">{say("goOn")}</button></div>
    </form>
  );
}

