"""What must hold on every journey, whatever the acts: read from states, periods and forms alone, not from the guards.

Each function takes the moments of a journey and names every breach it finds. A walk whose expectations the system meets
has these states in the system too.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.second_reading.counting import DAY
from tests.second_reading.journeys import Moment, journey

AGAINST_THE_PARTY = ("announcement.announce", "rectification.order_closure", "rectification.revoke_licence")
OF_THE_SAMPLE = ("publication.approve", "publication.publish", "sample.dispose")
PENDING = ("filed", "verifying", "expert_review", "transferred")
ENDED_RETEST = ("waived", "cancelled", "closed_conforming", "closed_nonconforming")
ENDED_CASE = ("withdrawn", "transferred", "closed_dissolved", "licence_revoked", "absent")
UNTOLD = ("due", "sent", "served")


def violations(story: dict) -> list[str]:
    """Every breach of every property on the journey of a file."""
    moments = journey(story)
    return [f"{check.__name__}: {found}" for check in PROPERTIES for found in check(moments)]


def _told(moment: Moment, why: str) -> str:
    return f"{moment.day} {moment.row or 'the day itself'}: {why}"


# Labels of a dossier or a party.


def _notices(moment: Moment, number: int, party: str | None = None) -> list[str]:
    names = [p.name for p in moment.world.of(number) if party in (None, p.name)]
    labels = [f"result_notice.{name}{suffix}" for name in names for suffix in ("", "#2")]
    return [label for label in labels if label in moment.after]


def _cases(moment: Moment, party: str) -> list[str]:
    """The cases of a party, in their order."""
    own = [f"rectification.{party}", *(f"rectification.{party}#{n}" for n in range(2, 20))]
    return [label for label in own if label in moment.after]


def _objections(moment: Moment, number: int) -> list[int]:
    return [o.number for o in moment.world.objections if o.dossier == number]


# 1. Nothing irrevocable while the conclusion is open (10.1, 5).


def nothing_irrevocable_while_open(moments: list[Moment]) -> Iterator[str]:
    """Announcement, closure, licence, publication, disposal: decided, nobody disputes, everybody is told."""
    late: set[int] = set()
    lapses: dict[int, date] = {}
    for moment in moments:
        if "LATE_OBJECTION" in moment.flags:
            late.add(max(int(label.split(".")[1]) for label in moment.after if label.startswith("objection.")))
        _note_lapses(moment, lapses)
        for number in _at_stake(moment):
            yield from (_told(moment, why) for why in _open(moment, number, late))
        if moment.name == "sample.dispose" and moment.row["unit"] == "R":
            kept = [day for n, day in lapses.items() if n in _objections(moment, moment.number)]
            if any(moment.legal <= day + 15 * DAY for day in kept):
                yield _told(moment, "the lapse of the retest is too fresh")


def _note_lapses(moment: Moment, lapses: dict[int, date]) -> None:
    """The day after the later date of D39; a corrected lapse is none."""
    for o in moment.world.objections:
        window = moment.were_running.get(f"D39.{o.number}")
        if moment.was(o.retest) != "waived" and moment.now(o.retest) == "waived":
            if window is not None and moment.day > window.latest:
                lapses[o.number] = window.latest + DAY
        elif moment.now(o.retest) != "waived":
            lapses.pop(o.number, None)


def _at_stake(moment: Moment) -> list[int]:
    """The dossiers with a result which an irrevocable act is about."""
    if moment.name.startswith("publication.") and moment.name in OF_THE_SAMPLE:
        numbers = moment.world.under(moment.world.publication(moment.number))
    else:
        numbers = [moment.number] if moment.name in (*AGAINST_THE_PARTY, *OF_THE_SAMPLE) else []
    return [n for n in numbers if moment.was(moment.world.label("conclusion", n)) != "absent"]


def _open(moment: Moment, number: int, late: set[int]) -> Iterator[str]:
    against = moment.name in AGAINST_THE_PARTY
    decided = ("final_nonconforming",) if against else ("final_nonconforming", "final_conforming", "revoked")
    state = moment.was(moment.world.label("conclusion", number))
    if state not in decided:
        yield f"the conclusion is {state}"
    for n in _objections(moment, number):
        objection, retest = moment.was(f"objection.{n}"), moment.was(f"retest.{n}")
        if objection in PENDING and n not in late:
            yield f"objection {n} is {objection}"
        if objection == "concluded_retest" and retest not in ENDED_RETEST:
            yield f"retest {n} is {retest}"
    for label in _notices(moment, number, moment.row.get("party") if against else None):
        if moment.was(label) in UNTOLD:
            yield f"{label} is {moment.was(label)}"


# 2. No paper to a party after its matter fell.


def no_paper_after_the_matter_fell(moments: list[Moment]) -> Iterator[str]:
    """Form 7 tells a result which stands, Forms 11 to 13 belong to a running case, Forms 8 to 10 to an open dispute."""
    for moment in moments:
        machine = moment.name.split(".")[0]
        check = MATTERS.get(machine)
        if moment.forms and check is not None and not check(moment):
            yield _told(moment, f"forms {moment.forms}, though the matter had ended")


def _result_stands(moment: Moment) -> bool:
    return moment.was(moment.world.label("conclusion", moment.number)) not in ("revoked", "absent")


def _case_runs(moment: Moment) -> bool:
    """The newest case runs, its party is here, and something is still found against it."""
    cases = _cases(moment, moment.row["party"])
    here = moment.row["party"] not in moment.outside
    stands = moment.was(moment.world.label("conclusion", moment.number)) not in ("revoked", "final_conforming")
    return bool(cases) and moment.was(cases[-1]) not in (*ENDED_CASE, "passed") and here and stands


def _dispute_runs(moment: Moment) -> bool:
    n = moment.row.get("objection", 1)
    if moment.name.startswith("retest."):
        return moment.was(f"retest.{n}") not in (*ENDED_RETEST, "absent")
    anew = moment.name == "objection.decide_anew" and moment.was(f"objection.{n}") == "concluded_retest"
    return anew or moment.was(f"objection.{n}") in PENDING


MATTERS = {
    "result_notice": _result_stands,
    "rectification": _case_runs,
    "recheck": _case_runs,
    "objection": _dispute_runs,
    "retest": _dispute_runs,
}


# 3. No period of an enterprise without a receipt, recorded by who may prove it (9, 5.1).

RECEIPTS = {
    "D35": ("result_notice.record_receipt", ("province", "370000", "lab")),
    "D39": ("objection.record_decision_receipt", ("province", "370000")),
    "D44": ("rectification.record_order_receipt", None),  # the handler, by its word or its code
}


def no_period_without_a_receipt(moments: list[Moment]) -> Iterator[str]:
    """D35, D39 and D44 begin on the day of a proved receipt; D44 goes on with an heir and revives with its dates."""
    known: set[tuple] = set()
    for moment in moments:
        for name, period in moment.running.items():
            begun = moment.were_running.get(name) != period
            if begun and period.code in RECEIPTS and moment.row:
                whose = (period.code, name.split(".")[1].split("#")[0] if period.code == "D44" else name)
                taken_over = (*whose, period) in known and not moment.name.endswith("receipt")
                if not taken_over and (why := _unproved(moment, period)):
                    yield _told(moment, f"{name}: {why}")
                known.add((*whose, period))


def _unproved(moment: Moment, period) -> str:
    act, who = RECEIPTS[period.code]
    by = moment.row.get("by")
    if moment.name != act:
        return f"begun by {moment.name}"
    if period.start != moment.legal:
        return f"begins on {period.start}"
    if not moment.fact("proof", True):
        return "no proof"
    conforming = moment.was(moment.world.label("conclusion", moment.number)).endswith("_conforming")
    if by == "lab" and not conforming:
        return "the laboratory proves nothing"
    if by is not None and (by == "enterprise" or (who and str(by) not in who)):
        return f"recorded by {by}"
    return ""


# 4. What the states say of each other.


def states_are_honest(moments: list[Moment]) -> Iterator[str]:
    """A state which waits for somebody has somebody to wait for, and what fell has taken along what rested on it.

    One exception is in the text: a lapse may be corrected on the legal date alone, before the objection is on file.
    """
    announced: set[int] = set()
    for moment in moments:
        if moment.name == "result_notice.correct_lapse" and not _objection_on_file(moment):
            announced.add(moment.number)
        for number in moment.world.dossiers:
            yield from (_told(moment, why) for why in _dishonest(moment, number, number in announced))
        yield from (_told(moment, why) for why in _periods_without_matter(moment))


def _objection_on_file(moment: Moment) -> bool:
    own = [o for o in moment.world.objections if o.party == moment.row["party"] and not o.late]
    return any(moment.was(o.label) in PENDING for o in own)


def _dishonest(moment: Moment, number: int, announced: bool) -> Iterator[str]:
    state = moment.now(moment.world.label("conclusion", number))
    numbers = _objections(moment, number)
    retests = [
        n
        for n in numbers
        if moment.now(f"objection.{n}") == "concluded_retest" and moment.now(f"retest.{n}") not in ENDED_RETEST
    ]
    if state == "under_retest" and not retests:
        yield "under_retest without a retest"
    filed = any(moment.now(f"objection.{n}") in PENDING for n in numbers)
    if state == "under_objection" and not filed and not announced:
        yield "under_objection without an objection"
    if state in ("revoked", "final_conforming"):
        for party in moment.world.of(number):
            running = [label for label in _cases(moment, party.name) if moment.now(label) not in ENDED_CASE]
            if running or moment.now(f"ban.{party.name}") in ("active", "permanent"):
                yield f"{state}, but {running} and the ban of {party.name} stand"
    if state == "revoked" and any(moment.now(label) in UNTOLD for label in _notices(moment, number)):
        yield "revoked, and a notice is on its way"


def _periods_without_matter(moment: Moment) -> Iterator[str]:
    """A period of an enterprise runs exactly while its matter waits for the enterprise."""
    waiting = {
        "D35": ("result_notice", "served"),
        "D39": ("retest", "awaiting_formalities"),
        "D44": ("rectification", "rectifying"),
    }
    for code, (machine, state) in waiting.items():
        running = {name.split(".", 1)[1] for name in moment.running if name.startswith(f"{code}.")}
        meant = {
            label.split(".", 1)[1] for label, is_ in moment.after.items() if label.startswith(machine) and is_ == state
        }
        if running != meant:
            yield f"{code} runs for {sorted(running)}, waited for are {sorted(meant)}"


PROPERTIES = (
    nothing_irrevocable_while_open,
    no_paper_after_the_matter_fell,
    no_period_without_a_receipt,
    states_are_honest,
)
