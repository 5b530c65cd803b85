/**
 * What is asked on each card, and which acts it comes to: data, and small functions beside them. What stands here is
 * drawn by `form.tsx`. The server works out by itself what it can (`web/LOG.md`, 4); nothing of that is stated.
 */

import type { Evidence, Said } from "../core/chain";
import type { Json } from "../core/canonical";
import type { Visit } from "../core/day";
import { say, type Word } from "../words";

/** What is being typed for a visit: texts by their names, files in the order in which they were taken. */
export type Draft = {
  readonly values: Readonly<Record<string, string>>;
  readonly files: readonly Evidence[];
  /** What the sheet said when it was read back first; what is another thing by now was corrected. */
  readonly read?: Readonly<Record<string, string>>;
};

type When = Readonly<Record<string, string>>;
type Common = {
  readonly name: string;
  readonly word: Word;
  readonly when?: When;
  /** Only asked where the package knows no party of this role. */
  readonly lacks?: string;
  readonly optional?: true;
  readonly article?: number;
};

/** One question. `name` is that of the value; `instead` of a picture is the text that says why there is none. */
export type Control =
  | (Common & { readonly as: "text" | "long" | "amount" | "twice" | "code" | "day" })
  | (Common & { readonly as: "choice"; readonly of: readonly (readonly [string, Word])[] })
  | (Common & { readonly as: "yes" })
  | (Common & { readonly as: "pictures"; readonly by: "camera" | "any" | "film"; readonly instead?: Word })
  | (Common & { readonly as: "signature" })
  | (Common & { readonly as: "shown"; readonly what: "firm" | "form1" | "form2" | "bar" | "sheet" | "rule" | "number" });

type Writing = Omit<Said, "on" | "at">;
export type Made = { readonly draft: Draft; readonly visit: Visit; readonly number: string | null; readonly by: Said["by"] };

/** A card: what is asked, whose PINs, and what it comes to. */
export type Card = {
  readonly name: string;
  readonly word: Word;
  readonly controls: readonly Control[];
  readonly pins: boolean;
  readonly button: Word;
  /** Whether the questions of this card are only kept as a draft, and said with a later one. */
  readonly isOnlyDraft?: true;
  /** The number of the sheet is given here. */
  readonly isNumbered?: true;
  /** The visit has ended with it. */
  readonly ends?: true;
  readonly write: (made: Made) => readonly Writing[];
};

const YES_NO = [["yes", "yes"], ["no", "no"]] as const;
const SUSPICIONS = [["no_licence", "noLicence"], ["forged_name", "forgedName"], ["other", "otherKind"]] as const;
const GROUNDS = [["19(1)", "ground1"], ["19(2)", "ground2"], ["19(3)", "ground3"], ["19(4)", "ground4"], ["19(5)", "ground5"]] as const;
const CAUSES = [["closed", "closed"], ["converted", "converted"], ["unfit", "unfit"]] as const;
const CONDUCTS = [["absurd_price", "absurdPrice"], ["gate_locked", "gateLocked"], ["other", "otherKind"]] as const;
const ORGANISERS = [["province", "byProvince"], ["samr", "bySamr"], ["city", "byCity"], ["other_province", "byOtherProvince"]] as const;
const NOMINAL = "nominal_producer";
const UNITS = [["leave", "leaveReserve"], ["take", "takeReserve"]] as const;
const FIVE = [["place", "place"], ["storage", "storageSlot"], ["marking", "marking"], ["stock", "stock"], ["process", "process"]] as const;
const SCREENSHOTS = [["seller", "shotOfSeller"], ["page", "shotOfPage"], ["ordering", "shotOfOrder"], ["payment", "shotOfPayment"]] as const;
const FAILURES = [
  ["not_delivered", "notDelivered"], ["wrong_goods", "wrongGoods"], ["damaged", "damagedGoods"], ["shop_closed", "shopClosed"],
  ["outside_article_23", "outside23"],
] as const;
const TEXTS = ["text", "long", "amount", "twice", "code"];

const ARRIVE: Card = {
  name: "arrive", word: "cardArrive", pins: false, button: "arrived",
  controls: [
    { as: "shown", what: "firm", name: "firm", word: "firm" },
    { as: "choice", name: "firm", word: "firmAsListed", of: [["as_listed", "asListed"], ["differs", "differs"]] },
    { as: "long", name: "note", word: "whatDiffers", when: { firm: "differs" } },
    { as: "pictures", name: "outside", word: "outside", by: "camera", instead: "whyNoPicture" },
  ],
  write: (made) => [said(made, "arrive", { firm: value(made, "firm"), ...text(made, "note") }, ["outside"]), ...why(made, "outside", "outside")],
};

const SHOW: Card = {
  name: "show", word: "cardShow", pins: true, button: "shown",
  controls: [
    { as: "shown", what: "form1", name: "form1", word: "form1" },
    { as: "shown", what: "form2", name: "form2", word: "form2", optional: true },
    { as: "yes", name: "read_out", word: "readOut", article: 13 },
    { as: "yes", name: "ids", word: "idsShown", article: 13 },
    { as: "text", name: "receiver", word: "receiver" },
    { as: "signature", name: "signature", word: "signatureOfReceiver" },
  ],
  write: (made) => {
    const { form1, form2, commissioned } = made.visit;
    const shown = {
      ...(form1 ? { form1: form1.number } : {}), ...(form2 ? { form2: form2.number } : {}),
      ids: made.by.map((one) => one.post), read_out: true, receiver: value(made, "receiver"),
    };
    return [said(made, "show", shown, ["signature"]), said(made, "sampling.present_notice", commissioned ? { mandate_copy: form2 !== null } : {})];
  },
};

const CHECK: Card = {
  name: "check", word: "cardCheck", pins: false, button: "passed",
  controls: [
    { as: "pictures", name: "licence", word: "licence", by: "any", instead: "whyNoPicture", article: 14 },
    { as: "yes", name: "checked", word: "checkedAll", article: 14 },
    { as: "shown", what: "bar", name: "bar", word: "sixMonths", article: 19 },
    { as: "choice", name: "commissioned", word: "commissioned", of: YES_NO, article: 15 },
    { as: "pictures", name: "contract", word: "contract", by: "any", when: { commissioned: "yes" }, article: 15 },
    { as: "code", name: "nominal_producer", word: "nominalCode", when: { commissioned: "yes" }, lacks: NOMINAL, article: 15 },
    { as: "text", name: "nominal_name", word: "nominalName", when: { commissioned: "yes" }, lacks: NOMINAL, article: 15 },
    { as: "text", name: "nominal_place", word: "nominalPlace", when: { commissioned: "yes" }, lacks: NOMINAL, article: 15 },
  ],
  write: (made) => {
    const isCommissioned = value(made, "commissioned") === "yes";
    const facts = { suspicion: "none", commissioned: isCommissioned, ...(isCommissioned ? texts(made, CHECK) : {}) };
    return [...why(made, "licence", "licence"), said(made, "sampling.pass_precheck", facts, ["licence", "contract"])];
  },
};

const SAMPLE: Card = {
  name: "sample", word: "cardSample", pins: false, button: "goOn", isOnlyDraft: true,
  controls: [
    { as: "shown", what: "rule", name: "rule", word: "method", optional: true },
    { as: "amount", name: "sampling.base_quantity", word: "baseQuantity", article: 16 },
    { as: "text", name: "batch", word: "batch", optional: true },
    { as: "amount", name: "sampling.test_quantity", word: "testQuantity", article: 18 },
    { as: "amount", name: "sampling.reserve_quantity", word: "reserveQuantity", article: 18 },
    { as: "amount", name: "sampling.unit_price", word: "unitPrice", article: 18 },
    { as: "pictures", name: "voucher", word: "voucher", by: "any", instead: "whyNoPayment", article: 18 },
    ...FIVE.map(([name, word]) => ({ as: "pictures" as const, name, word, by: "camera" as const, article: 16 })),
  ],
  write: () => [],
};

const SEAL: Card = {
  name: "seal", word: "cardSeal", pins: false, button: "goOn", isOnlyDraft: true,
  controls: [
    { as: "twice", name: "sampling.test_seal", word: "testSeal", article: 18 },
    { as: "pictures", name: "seal_test", word: "testSealPicture", by: "camera", article: 18 },
    { as: "twice", name: "sampling.reserve_seal", word: "reserveSeal", article: 18 },
    { as: "pictures", name: "seal_reserve", word: "reserveSealPicture", by: "camera", article: 18 },
    { as: "choice", name: "reserve", word: "whoKeeps", of: UNITS, article: 18 },
    { as: "text", name: "sampling.reserve_place", word: "reservePlace", when: { reserve: "leave" }, article: 18 },
    { as: "text", name: "sampling.reserve_keeper", word: "reserveKeeper", when: { reserve: "leave" }, article: 18 },
  ],
  write: () => [],
};

const SIGN: Card = {
  name: "sign", word: "cardSign", pins: true, button: "signed", isNumbered: true,
  controls: [
    { as: "shown", what: "sheet", name: "sheet", word: "readBack", article: 17 },
    { as: "text", name: "signer", word: "signerOfFirm", article: 17 },
    { as: "text", name: "capacity", word: "capacity", optional: true },
    { as: "signature", name: "signature_firm", word: "signatureOfFirm", article: 17 },
    { as: "pictures", name: "seal_of_firm", word: "sealOfFirm", by: "camera", instead: "whyNoSeal", article: 17 },
  ],
  write: (made) => {
    const signs = made.by.map(({ post }) =>
      said(made, "sign", { who: "sampler", name: made.visit.samplers.find((one) => one.post === post)?.name ?? "", post }));
    const firm = said(made, "sign", { who: "firm", name: value(made, "signer"), ...text(made, "capacity") }, ["signature_firm"]);
    const facts = {
      fee_charged: false, sheet_number: made.number ?? "", ...text(made, "batch"),
      ...reason(made, "seal_of_firm", "no_seal_reason"), ...reason(made, "voucher", "no_payment_reason"),
    };
    const slots = ["place", "storage", "marking", "stock", "process", "voucher", "seal_test", "seal_reserve", "seal_of_firm"];
    const sheet = said(made, "sampling.complete_sampling", facts, slots, particulars(made, [SAMPLE, SEAL]));
    return [said(made, "read_back", { corrected: corrected(made.draft, made.visit) }), ...signs, firm, sheet];
  },
};

const HAND_IN: Card = {
  name: "hand_in", word: "cardHandIn", pins: false, button: "handIn", ends: true,
  controls: [
    { as: "text", name: "carrier", word: "carrier", optional: true },
    { as: "text", name: "waybill", word: "waybill", optional: true },
    { as: "signature", name: "signature_keeper", word: "undertaking", when: { reserve: "leave" }, article: 18 },
  ],
  write: (made) => {
    const way = { ...text(made, "carrier"), ...text(made, "waybill") };
    const test = said(made, "sample.dispatch", { unit: "T", ...way });
    const isLeft = value(made, "reserve") === "leave";
    const reserve = isLeft ? said(made, "sample.leave_with_enterprise", { unit: "R" }, ["signature_keeper"]) : said(made, "sample.dispatch", { unit: "R", ...way });
    return [reserve, test];
  },
};

const ORDER: Card = {
  name: "order", word: "cardOrder", pins: true, button: "ordered",
  controls: [
    { as: "shown", what: "firm", name: "firm", word: "firm" },
    { as: "text", name: "sampling.order", word: "orderNumber", article: 24 },
    { as: "text", name: "sampling.account", word: "buyingAccount", article: 24 },
    { as: "long", name: "buying", word: "buyingNote", article: 24 },
    ...SCREENSHOTS.map(([name, word]) => ({ as: "pictures" as const, name, word, by: "any" as const, article: 24 })),
    { as: "yes", name: "reserve_bought", word: "reserveBought", article: 25 },
  ],
  write: (made) => [
    said(made, "note", { text: `${say("orderNumber")}: ${value(made, "sampling.order")}; ${say("buyingAccount")}: ${value(made, "sampling.account")}; ${value(made, "buying")}` }),
    said(made, "purchase.place_order", { records: true, reserve_bought: true }, SCREENSHOTS.map(([name]) => name)), // what the sheet says of it is stated with the sheet
  ],
};

const PARCEL: Card = {
  name: "parcel", word: "cardParcel", pins: false, button: "parcelReceived",
  controls: [
    { as: "text", name: "courier", word: "waybill", article: 26 },
    { as: "pictures", name: "outside", word: "parcelOutside", by: "camera", article: 26 },
  ],
  write: (made) => [said(made, "note", { text: `${say("waybill")}: ${value(made, "courier")}` }), said(made, "purchase.receive_parcel", {}, ["outside"])],
};

const UNSEAL: Card = {
  name: "unseal", word: "cardUnseal", pins: false, button: "unsealed",
  controls: [
    { as: "pictures", name: "film", word: "filmOfOpening", by: "film", article: 26 },
    { as: "pictures", name: "marking", word: "marking", by: "camera", article: 26 },
    { as: "choice", name: "parcel", word: "parcelChecked", of: [["as_listed", "asOrdered"], ["differs", "differs"]], article: 26 },
    { as: "long", name: "parcel_note", word: "whatDiffers", when: { parcel: "differs" } },
  ],
  write: (made) => [
    ...(value(made, "parcel") === "differs" ? [said(made, "note", { text: value(made, "parcel_note") })] : []),
    said(made, "purchase.unseal_and_check", { filmed: true }, ["film", "marking"]),
  ],
};

const SEAL_ONLINE: Card = {
  name: "seal_online", word: "cardSealOnline", pins: true, button: "sealedAndMailed", isNumbered: true,
  controls: [
    { as: "shown", what: "number", name: "number", word: "sheetNumber", article: 26 },
    ...["testQuantity", "reserveQuantity", "unitPrice"].map((word, place) => (
      { as: "amount" as const, name: ["sampling.test_quantity", "sampling.reserve_quantity", "sampling.unit_price"][place]!, word: word as Word, article: 25 }
    )),
    { as: "twice", name: "sampling.test_seal", word: "testSeal", article: 26 },
    { as: "pictures", name: "seal_test", word: "testSealPicture", by: "camera", article: 26 },
    { as: "twice", name: "sampling.reserve_seal", word: "reserveSeal", article: 26 },
    { as: "pictures", name: "seal_reserve", word: "reserveSealPicture", by: "camera", article: 26 },
    { as: "text", name: "mailed_by", word: "papersWaybill", article: 26 },
    { as: "yes", name: "papers_mailed", word: "papersMailed", article: 26 },
  ],
  write: (made) => [
    said(made, "note", { text: `${say("papersWaybill")}: ${value(made, "mailed_by")}` }),
    said(
      made, "purchase.seal_and_notify", { papers_mailed: true, sheet_number: made.number ?? "" }, ["seal_test", "seal_reserve"],
      particulars(made, [ORDER, SEAL_ONLINE]),
    ),
  ],
};

/** The cards of a visit, in their order; those of a purchase online (Articles 23 to 26) are others. */
export const CARDS: readonly Card[] = [ARRIVE, SHOW, CHECK, SAMPLE, SEAL, SIGN, HAND_IN];
const PURCHASE: readonly Card[] = [ORDER, PARCEL, UNSEAL, SEAL_ONLINE, HAND_IN];

export function cardsOf(visit: Visit): readonly Card[] {
  return visit.chart === "purchase" ? PURCHASE : CARDS;
}

/** The short paths, which are there at any time that the law allows. */
export const PATHS: readonly (Card & { readonly from: readonly number[]; readonly article: number })[] = [
  {
    name: "refusal", word: "pathRefusal", pins: false, button: "record", from: [1, 2, 3, 4, 5], article: 19,
    controls: [
      { as: "choice", name: "ground", word: "ground", of: GROUNDS, article: 19 },
      { as: "choice", name: "organiser", word: "organiser", of: ORGANISERS, when: { ground: "19(4)" }, article: 19 },
      { as: "day", name: "sampled", word: "sampledOn", when: { ground: "19(4)" }, article: 19 },
      { as: "choice", name: "same_product", word: "sameProduct", of: YES_NO, when: { ground: "19(4)" }, article: 19 },
      ...GROUNDS.filter(([ground]) => ground !== "19(4)").map(([ground]) => ({
        as: "choice" as const, name: "proven", word: "proven" as const, of: YES_NO, when: { ground }, article: 19,
      })),
      { as: "long", name: "statement", word: "statement" },
      { as: "pictures", name: "other", word: "papersShown", by: "any", optional: true },
      { as: "signature", name: "signature", word: "signatureOfFirm", optional: true },
    ],
    write: (made) => [
      said(made, "note", { text: value(made, "statement") }),
      said(made, "sampling.claim_refusal", { ground: value(made, "ground"), ...supported(made) }, ["other", "signature"]),
    ],
  },
  {
    name: "not_sampled", word: "pathNotSampled", pins: true, button: "record", ends: true, from: [0, 1, 2, 3, 4, 5], article: 20,
    controls: [
      { as: "choice", name: "cause", word: "cause", of: CAUSES, article: 20 },
      { as: "pictures", name: "records", word: "recordsChecked", by: "any", instead: "whyNoPicture", article: 20 },
      { as: "pictures", name: "workshop", word: "workshopChecked", by: "camera", instead: "whyNoPicture", article: 20 },
      { as: "pictures", name: "warehouse", word: "warehouseChecked", by: "camera", instead: "whyNoPicture", article: 20 },
      { as: "long", name: "narrative", word: "narrative", article: 20 },
    ],
    write: (made) => [
      said(made, "note", { text: value(made, "narrative") }),
      said(
        made, "sampling.record_not_sampled",
        { cause: value(made, "cause"), ...reason(made, "records", "records_reason"), ...reason(made, "workshop", "workshop_reason"), ...reason(made, "warehouse", "warehouse_reason") },
        ["records", "workshop", "warehouse"],
      ),
    ],
  },
  {
    name: "obstruction", word: "pathObstruction", pins: true, button: "record", ends: true, from: [2, 3, 4, 5], article: 21,
    controls: [
      { as: "choice", name: "conduct", word: "conduct", of: CONDUCTS, article: 21 },
      { as: "long", name: "finding", word: "finding", article: 21 },
      { as: "pictures", name: "other", word: "pictures", by: "camera", instead: "whyNoPicture", article: 21 },
    ],
    write: (made) => [
      said(
        made, "sampling.record_obstruction",
        { conduct: value(made, "conduct"), finding: value(made, "finding"), ...reason(made, "other", "no_media_reason") }, ["other"],
      ),
    ],
  },
  {
    name: "violation", word: "pathViolation", pins: true, button: "record", ends: true, from: [2, 3, 4, 5], article: 14,
    controls: [
      { as: "choice", name: "suspicion", word: "suspicion", of: SUSPICIONS, article: 14 },
      { as: "long", name: "finding", word: "finding", article: 14 },
      { as: "long", name: "evidence", word: "evidenceSeen", article: 14 },
      { as: "pictures", name: "other", word: "pictures", by: "camera", article: 14 },
    ],
    write: (made) => [
      said(
        made, "sampling.terminate_illegal",
        { suspicion: value(made, "suspicion"), finding: value(made, "finding"), evidence: value(made, "evidence") }, ["other"],
      ),
    ],
  },
];

const FAIL: (typeof PATHS)[number] = {
  name: "fail", word: "pathFail", pins: true, button: "record", ends: true, from: [0, 1, 2, 3], article: 26,
  controls: [
    { as: "choice", name: "failure", word: "cause", of: FAILURES, article: 26 },
    { as: "long", name: "narrative", word: "finding" },
    { as: "pictures", name: "other", word: "pictures", by: "any", optional: true },
  ],
  write: (made) => [
    said(made, "note", { text: value(made, "narrative") }, ["other"]),
    said(made, "purchase.fail", { cause: value(made, "failure") }),
  ],
};

/** The short paths of a visit. */
export function pathsOf(visit: Visit): typeof PATHS {
  return visit.chart === "purchase" ? [FAIL] : PATHS;
}

/**
 * What a returned visit asks for: pictures taken anew, which replace none, and fields said anew, with both sides' signatures
 * where a field of the sheet is touched (Article 17). `before` is what the log says of the fields so far.
 */
export function supplement(slots: readonly string[], fields: readonly string[], before: Readonly<Record<string, string>>): Card {
  const asked = [...CARDS, ...PATHS].flatMap((card) => card.controls);
  const wordOf = (name: string): Word => asked.find((control) => control.name === name)?.word ?? "otherKind";
  const firm: Control[] = fields.length > 0 ? [{ as: "signature", name: "signature_again", word: "signatureOfFirm", article: 17 }] : [];
  return {
    name: "supplement", word: "stateReturned", pins: true, button: "record", ends: true,
    controls: [
      ...slots.map((name) => ({ as: "pictures" as const, name, word: wordOf(name), by: "camera" as const })),
      ...fields.map((name) => ({ as: "text" as const, name: `again.${name}`, word: wordOf(name), article: 17 })),
      ...firm,
    ],
    write: (made) => {
      const changes = fields.map((field) => ({ field, old: before[field] ?? "", new: value(made, `again.${field}`) }));
      const written = said(made, "correct", { changes }, [...slots, "signature_again"]);
      return [{ ...written, evidence: written.evidence.map((file) => ({ ...file, supplement: true as const })) }];
    },
  };
}

/** The cards that the sampling sheet is made of, and the questions of them that stand on it. */
export const OF_THE_SHEET: readonly Card[] = [SAMPLE, SEAL];

export function onTheSheet(draft: Draft, visit: Visit): Control[] {
  return OF_THE_SHEET.flatMap((card) => card.controls).filter((control) => isAsked(control, draft, visit) && [...TEXTS, "choice"].includes(control.as));
}

/** What the sheet says now, by the names of its questions. */
export function sheetOf(draft: Draft, visit: Visit): Record<string, string> {
  return Object.fromEntries(onTheSheet(draft, visit).map(({ name }) => [name, (draft.values[name] ?? "").trim()]));
}

/** The questions that were answered anew after the sheet had been read back. */
export function corrected(draft: Draft, visit: Visit): string[] {
  if (draft.read === undefined) return [];
  const now = sheetOf(draft, visit);
  return [...new Set([...Object.keys(draft.read), ...Object.keys(now)])].filter((name) => (draft.read?.[name] ?? "") !== (now[name] ?? "")).sort();
}

/** Whether a question is asked now. */
export function isAsked(control: Control, draft: Draft, visit: Visit): boolean {
  if (control.lacks !== undefined && visit.parties.some((party) => party.role === control.lacks)) return false;
  return Object.entries(control.when ?? {}).every(([name, wanted]) => draft.values[name] === wanted);
}

/** The questions that are still open. */
export function open(card: Card, draft: Draft, visit: Visit): Control[] {
  return card.controls.filter((control) => isAsked(control, draft, visit) && !control.optional && !isAnswered(control, draft));
}

function isAnswered(control: Control, draft: Draft): boolean {
  const typed = (draft.values[control.name] ?? "").trim();
  if (control.as === "shown") return true;
  if (control.as === "signature") return files(draft, [control.name]).length > 0;
  if (control.as === "pictures") return files(draft, [control.name]).length > 0 || (control.instead !== undefined && typed !== "");
  if (control.as === "twice") return typed !== "" && typed === (draft.values[`${control.name}.again`] ?? "").trim() && !isSameSeal(draft);
  return typed !== "";
}

/** The two seals have one number: they would not be sealed apart (Article 18). */
export function isSameSeal(draft: Draft): boolean {
  const [test, reserve] = [draft.values["sampling.test_seal"]?.trim(), draft.values["sampling.reserve_seal"]?.trim()];
  return test !== undefined && test !== "" && test === reserve;
}

/** The files of some questions. */
export function files(draft: Draft, names: readonly string[]): Evidence[] {
  return draft.files.filter((file) => names.includes(questionOf(file)));
}

/** The question that a file answers: its slot, but for signatures and screenshots, whose names say it. */
export function questionOf(file: Evidence): string {
  if (file.slot === "signature") return file.name.replace(/\.png$/, "");
  return file.slot === "screenshot" ? (file.name.split("-")[0] ?? "") : file.slot;
}

/** The slot of a file for a question, and what it is called: a screenshot by its question. */
export function slotOf(question: string, name: string): { slot: string; name: string } {
  const isShot = SCREENSHOTS.some(([one]) => one === question);
  return isShot ? { slot: "screenshot", name: name.startsWith(`${question}-`) ? name : `${question}-${name}` } : { slot: question, name };
}

function value(made: Made, name: string): string {
  return (made.draft.values[name] ?? "").trim();
}

function text(made: Made, name: string): Record<string, string> {
  const found = value(made, name);
  return found === "" ? {} : { [name]: found };
}

function texts(made: Made, card: Card): Record<string, string> {
  const asked = card.controls.filter((control) => TEXTS.includes(control.as) && isAsked(control, made.draft, made.visit));
  return Object.assign({}, ...asked.map((control) => text(made, control.name))) as Record<string, string>;
}

/** With what the firm supports its ground; of an earlier check the server finds out whether it bars. */
function supported(made: Made): Readonly<Record<string, Json>> {
  if (value(made, "ground") !== "19(4)") return { proven: value(made, "proven") === "yes" };
  const check = { organiser: value(made, "organiser"), sampled: value(made, "sampled"), same_product: value(made, "same_product") === "yes" };
  return { earlier_check: check };
}

/** Why there is no picture, where there is none. */
function reason(made: Made, slot: string, fact: string): Record<string, string> {
  return files(made.draft, [slot]).length > 0 || value(made, slot) === "" ? {} : { [fact]: value(made, slot) };
}

/** The same as a note in the log, where no act asks for it. */
function why(made: Made, slot: string, word: Word): Writing[] {
  const [found] = Object.values(reason(made, slot, slot));
  return found === undefined ? [] : [said(made, "note", { text: `${say(word)}: ${found}` })];
}

function particulars(made: Made, cards: readonly Card[]): Said["particulars"] {
  const found: Record<string, Record<string, string>> = {};
  for (const card of cards) {
    for (const [name, said] of Object.entries(texts(made, card))) {
      const [group, field] = name.split(".");
      if (group !== undefined && field !== undefined) (found[group] ??= {})[field] = said;
    }
  }
  return found;
}

function said(made: Made, act: string, facts: Readonly<Record<string, Json>>, slots: readonly string[] = [], more: Said["particulars"] = {}): Writing {
  return { act, facts, particulars: more, evidence: files(made.draft, slots), by: made.by };
}
