"""Whose turn it is in a matter by docket and standing themselves, and why somebody who may act is not asked to.

An office has a matter when it may do something ordinary in it, now or in a state that still lies ahead. The exceptions
stand here one by one, each with its reason.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from spotcheck.docket import standing
from spotcheck.docket.acts import permitted
from spotcheck.docket.flow import MATTERS, ActSpec, Flow
from spotcheck.docket.models import Party, Track
from spotcheck.objections.requirements import reserve, spoilt_by_applicant
from spotcheck.parties.actors import Actor
from spotcheck.parties.models import Office, Post
from spotcheck.parties.regions import city_of
from spotcheck.remediation.coverage import last_bureau, last_place
from spotcheck.remediation.requirements import AS_APPROVED, CONCLUSION_FINAL, conclusions_of

Key = tuple[Any, ...]
OF_A_CASE: Final = ("rectification", "recheck", "announcement")
BEFORE_TESTED: Final = ("awaiting", "received", "cleared", "testing")
UNFIT: Final = ("compromised", "retested", "disposed")
BEFORE_REPORT: Final = ("awaiting_formalities", "formalities_done", "commissioned", "sample_handed_over", "testing")
NOT_IN_FORCE: Final = {"rule_set_valid"}


def key_of(dossier: int, chart: str, label: str, party: int | None) -> Key:
    """The item that a line or a matter belongs to: a case with its visit and its report, a test with its unit."""
    if chart in OF_A_CASE:
        return (dossier, "case", party)
    if chart == "inspection" or (chart, label) == ("sample", "T"):
        return (dossier, "test")
    return (dossier, chart, label)


def of_row(row: Any) -> Key:
    """The item of a period, of a line of the register, or of a matter."""
    return key_of(row.dossier_id, row.chart, row.label, row.party_id)


@dataclass
class Expected:
    """The items of an actor, each with why: those in which it has something to do now, and those that are its at all."""

    now: dict[Key, str] = field(default_factory=dict)
    ahead: dict[Key, str] = field(default_factory=dict)


def expected(actor: Actor, matters: list[Flow], day: date) -> Expected:
    """What has to stand on the actor's lists."""
    found = Expected()
    for matter in matters:
        if is_anothers_turn(matter, actor) or rests(matter):
            continue
        key = of_row(matter)
        for name in (*_to_do(matter, actor, day), *called_for(matter, actor)):
            found.now[key] = f"{matter} {matter.state}: {name}"
        for name in _to_come(matter, actor):
            found.ahead[key] = f"{matter} {matter.state}: {name} later"
    return found


def _is_ordinary(spec: ActSpec) -> bool:
    """Whether an act is done in the ordinary course of things; one of our own brings no matter on."""
    return spec.is_act and not spec.is_own and not spec.creates and not spec.words.exceptional


def does(matter: Flow, spec: ActSpec, actor: Actor) -> bool:
    """Whether the act is the actor's own, and not only one that it records."""
    return any(standing.is_meant(word, matter, spec, actor) for word in spec.actors if word != "system")


def _to_do(matter: Flow, actor: Actor, day: date) -> Iterator[str]:
    """The ordinary acts that nothing but their facts forbids, and that should not wait."""
    for possible in permitted(matter, actor, on=day):
        spec, reasons = possible.spec, {reason.guard for reason in possible.reasons}
        can = reasons <= NOT_IN_FORCE and _is_ordinary(spec) and spec.target != (matter.state,)
        if can and does(matter, spec, actor) and not better_later(matter, spec, day):
            yield spec.name


def _to_come(matter: Flow, actor: Actor) -> Iterator[str]:
    """The ordinary acts of the actor in the states that lie ahead."""
    states = _ahead(matter)
    for spec in matter.specs():
        leads_on = _is_ordinary(spec) and spec.target != (matter.state,)
        if leads_on and states & set(spec.source) and does(matter, spec, actor):
            yield spec.name


def _ahead(matter: Flow) -> set[str]:
    """The states that the matter can still come to in the ordinary course of things, its own among them."""
    seen, new = {matter.state}, [matter.state]
    while new:
        here = new.pop()
        for spec in matter.specs():
            if here in spec.source and not spec.creates and not spec.words.exceptional:
                new += [goal for goal in spec.target if goal not in seen]
                seen |= set(spec.target)
    return seen


# Whose turn it is not


def is_anothers_turn(matter: Any, actor: Actor) -> bool:
    """Whether the law lets the actor act in a matter that is not its to bring on."""
    if actor.office is None or matter.chart not in _ANOTHERS:
        return False
    return _ANOTHERS[matter.chart](matter, actor.office)


def _denial(matter: Any, office: Office) -> bool:
    """County, city and province may all act in it; the level that has it is asked (Article 52)."""
    makers = list(matter.dossier.parties.filter(role=Party.Role.NOMINAL_PRODUCER))
    if matter.state == "at_province":
        return office.kind != Office.Kind.PROVINCE
    if matter.state == "at_city":
        return office.code not in {city_of(last_place(maker)) for maker in makers}
    return office not in {last_bureau(maker) for maker in makers}


def _lead(matter: Any, office: Office) -> bool:
    """The province refers only what concerns a party outside (Articles 28, 32)."""
    inside = matter.party is None or matter.party.in_shandong
    return bool(office.kind == Office.Kind.PROVINCE and inside)


def _announcement(matter: Any, office: Office) -> bool:
    """The bureau that handles the case reports first (Article 51)."""
    return bool(office.kind == Office.Kind.COUNTY and matter.party.handler != office)


def _objection(matter: Any, office: Office) -> bool:
    """The cities have to do with a denial from its transfer on (Article 37)."""
    return bool(office.kind == Office.Kind.CITY and matter.state != "transferred")


def _recheck(matter: Any, office: Office) -> bool:
    """A technical body has to do with a visit from its commission on (Article 47)."""
    return bool(office.kind == Office.Kind.LABORATORY and matter.state != "test_commissioned")


def _notice(matter: Any, office: Office) -> bool:
    """The laboratory mails only what conforms (Article 33)."""
    verdicts = MATTERS["inspection"].objects.filter(dossier=matter.dossier).values_list("verdict", flat=True)
    return bool(office.kind == Office.Kind.LABORATORY and "conforming" not in verdicts)


_ANOTHERS: Final[dict[str, Callable[[Any, Office], bool]]] = {
    "denial": _denial,
    "lead": _lead,
    "announcement": _announcement,
    "objection": _objection,
    "recheck": _recheck,
    "result_notice": _notice,
}


def better_later(matter: Any, spec: ActSpec, day: date) -> bool:
    """Whether an act that nothing forbids should wait until others have done their part."""
    beside = Track.objects.filter(dossier=matter.dossier)
    match spec.name:
        case "plan.close":  # a plan lasts for its year
            return bool(matter.year >= day.year)
        case "rectification.start_recheck":  # the second one before its time needs the party's own request (R41)
            return bool(matter.state == "announced")
        case "retest.hand_over_sample":
            return beside.filter(chart="sample", label="R", state__in=UNFIT).exists()
        case _ if matter.chart == "objection" and matter.state == "verifying" and matter.grounds == "test_result":
            others = beside.exclude(label=matter.label)  # there is one unit, and another objection has it (R32)
            decided = others.filter(chart="objection", state="concluded_retest", is_open=True)
            return others.filter(chart="retest", is_open=True).exists() or decided.exists()
        case _:
            return False


# What rests


def rests(matter: Any) -> bool:
    """Whether the matter has ended with another one, is told and done, or is kept until it is needed."""
    return bool(matter.chart in _RESTING and _RESTING[matter.chart](matter))


def _unit_rests(unit: Any) -> bool:
    """The reserve unit is kept until it is needed, the test unit of a stopped test until it is disposed of."""
    if unit.label == "R":
        return unit.state in {"in_custody", "issued", "tested"}
    stopped = ("terminated_illegal", "stopped_unit_lost")
    is_stopped = Track.objects.filter(dossier=unit.dossier, chart="inspection", state__in=stopped).exists()
    return is_stopped and unit.state in {"in_custody", "issued"}


_RESTING: Final[dict[str, Callable[[Any], Any]]] = {
    "sampling": lambda m: m.barred(m.specs()[0]),
    "purchase": lambda m: m.barred(m.specs()[0]),
    "sample": _unit_rests,
    "objection": lambda m: m.state.startswith("concluded_") and m.decision_received_on,
    "recheck": lambda m: m.case.state != "rechecking",
    "announcement": lambda m: m.state not in {"announced", "corrected"} and m.case.state != "reported_up",
}


# What is called for by what has happened


def called_for(matter: Any, actor: Actor) -> Iterator[str]:
    """Acts out of the ordinary that are the actor's to do because of what has happened."""
    office = actor.office
    if office is None:
        return
    if matter.chart == "purchase" and _is_out_of_reach(matter) and does(matter, matter.spec_of("fail"), actor):
        yield "purchase.fail"
    is_province = office.kind == Office.Kind.PROVINCE and actor.role == Post.Role.OFFICER
    if is_province and matter.chart in _CALLING:
        yield from _CALLING[matter.chart](matter)
    if office.kind == Office.Kind.LABORATORY and matter.chart == "inspection" and matter.state in BEFORE_TESTED:
        lost = Track.objects.filter(dossier=matter.dossier, chart="sample", label="T", state="compromised").exists()
        if lost and does(matter, matter.spec_of("stop_unit_lost"), actor):
            yield "inspection.stop_unit_lost"


def _is_out_of_reach(purchase: Any) -> bool:
    """Nothing is ordered yet, and neither shop nor producer is of Shandong (Article 23)."""
    return purchase.state == "assigned" and not any(party.in_shandong for party in purchase.dossier.parties.all())


def _of_a_retest(retest: Any) -> Iterator[str]:
    unit = reserve(retest.dossier)
    if retest.state in BEFORE_REPORT and unit is not None and unit.state in UNFIT:
        yield "retest.waive" if spoilt_by_applicant(unit, retest.party) else "objection.decide_anew"


def _of_an_objection(objection: Any) -> Iterator[str]:
    if objection.standing == "under_correction" and not objection.is_ended:
        yield "result_notice.correct_lapse"


def _of_a_conclusion(conclusion: Any) -> Iterator[str]:
    """It was proved that an objection had arrived, and nobody has put it on file (Article 35)."""
    charts = ("objection", "retest")
    waiting = Track.objects.filter(dossier=conclusion.dossier, chart__in=charts, is_open=True)
    if conclusion.state == "under_objection" and not waiting.exists():
        yield "objection.file"


def _of_an_announcement(announcement: Any) -> Iterator[str]:
    """What has fallen since; that a party passed later is no untruth of what was announced."""
    fell = announcement.now()["conclusion"] in {"revoked", "final_conforming"} or announcement.case.state != "passed"
    if announcement.state in {"announced", "corrected"} and announcement.has_changed() and fell:
        yield "announcement.correct"


def _of_a_publication(publication: Any) -> Iterator[str]:
    """What was published is not so any more; what was approved has changed and is approved anew (Article 57, R44)."""
    now = conclusions_of(publication.dossier)
    changed = [n for n, state in now.items() if publication.published.get(n) not in {None, state}]
    if publication.state == "approved" and not AS_APPROVED.holds(publication) and CONCLUSION_FINAL.holds(publication):
        yield "publication.approve"
    if publication.state in {"published", "corrected"} and changed:
        yield "publication.correct"


_CALLING: Final[dict[str, Callable[[Any], Iterator[str]]]] = {
    "retest": _of_a_retest,
    "objection": _of_an_objection,
    "conclusion": _of_a_conclusion,
    "announcement": _of_an_announcement,
    "publication": _of_a_publication,
}
