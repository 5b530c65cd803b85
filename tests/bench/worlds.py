"""Random worlds in which much is over: windows, objections, retests and orders in every state they can be in."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import strategies as st

from spotcheck.docket import entries, register
from spotcheck.docket.flow import Flow
from spotcheck.docket.models import Deadline, Dossier, Entry, Message, Party, Track
from spotcheck.docket.sessions import hold, session
from spotcheck.inspection.models import Conclusion, Inspection, Item, ResultNotice
from spotcheck.objections.models import Objection, Retest
from spotcheck.parties.actors import SYSTEM
from spotcheck.parties.models import Enterprise, Office
from spotcheck.remediation.models import Rectification
from spotcheck.rules.regulations import FIRST
from spotcheck.rules.sd_2021_1.periods import PERIODS

DAY = date(2026, 3, 17)
BEGUN = date(2026, 2, 2)
PLACES = ("370102", "370203")
OVER = ("window_closed", "objected")


@dataclass(frozen=True)
class Window:
    """A notice; a served one has a window that ends so many days before (or after) the day."""

    state: str
    ends: int


@dataclass(frozen=True)
class Case:
    """A dossier of a world."""

    windows: tuple[Window, ...]
    reported: str
    inspection: str
    stands: bool
    objection: tuple[str, str] | None
    retest: tuple[str, bool, int] | None
    order: tuple[str, int, int] | None


windows = st.builds(Window, st.sampled_from(["due", "sent", "served", "served", "served", *OVER]), st.integers(-4, 2))
objections = st.tuples(
    st.sampled_from(
        ["filed", "verifying", "expert_review", "concluded_maintain", "concluded_retest", "answered", "withdrawn"]
    ),
    st.just("in_time"),
) | st.tuples(
    st.sampled_from(["filed", "concluded_maintain", "withdrawn"]), st.sampled_from(["late", "under_correction"])
)
retests = st.builds(
    lambda state, ends: (state, state.startswith("closed_"), ends),  # who has waived has used no unit, and there is one
    st.sampled_from(
        ["awaiting_formalities", "awaiting_formalities", "testing", "waived", "closed_nonconforming", "cancelled"]
    ),
    st.integers(-4, 2),
)
orders = st.tuples(st.sampled_from(["rectifying", "window_lapsed"]), st.integers(-4, 2), st.integers(-4, 2))
cases = st.builds(
    Case,
    windows=st.lists(windows, min_size=1, max_size=3).map(tuple),
    reported=st.sampled_from(["conforming", "nonconforming"]),
    inspection=st.sampled_from(["testing", "reported", "reported", "terminated_illegal", "stopped_unit_lost"]),
    stands=st.sampled_from([True, True, False]),
    objection=st.none() | objections,
    retest=st.none() | retests,
    order=st.none() | orders,
)
worlds = st.lists(cases, min_size=1, max_size=5)


def build(world: list[Case]) -> list[Dossier]:
    """Bring a world into being, with an entry in every dossier and the register as the acts keep it."""
    with session():
        return [_build(number, case) for number, case in enumerate(world)]


def _build(number: int, case: Case) -> Dossier:
    dossier = Dossier.objects.create(number=f"W{number}", opened_on=BEGUN, rule_set=FIRST, pinned_on=BEGUN)
    dossier = hold(dossier.pk)
    entry = entries.append(dossier, act="test.begin", by=SYSTEM, on=BEGUN)
    parties = [_party(dossier, place) for place in range(len(case.windows))]
    _add(Inspection(dossier=dossier, state=case.inspection, verdict=case.reported))
    _add(Conclusion(dossier=dossier, state=_conclusion(case), reported=case.reported))
    result = "fail" if case.stands else "pass"
    Item.objects.create(dossier=dossier, name="导体电阻", kind="performance", first_result="fail", result=result)
    for party, window in zip(parties, case.windows, strict=True):
        received = None if window.state in {"due", "sent"} else BEGUN
        notice = ResultNotice(dossier=dossier, party=party, label=party.label, state=window.state, received_on=received)
        _add(notice)
        if window.state == "served":
            _run(entry, notice, "D35", window.ends)
    if objection := _objection(case):
        state, standing = objection
        decided = BEGUN if case.retest else None
        sides: dict[str, Any] = {"dossier": dossier, "party": parties[0], "label": "1"}
        _add(Objection(**sides, state=state, standing=standing, decision_received_on=decided))
    if case.retest:
        state, completed, ends = case.retest
        retest = Retest(dossier=dossier, party=parties[0], label="1", state=state, completed=completed)
        _add(retest)
        if state == "awaiting_formalities":
            _run(entry, retest, "D39", ends)
    if case.order:
        state, ends, duty = case.order
        order = Rectification(
            dossier=dossier, party=parties[-1], label=parties[-1].label, state=state, bureau=parties[-1].handler
        )
        _add(order)
        if state == "rectifying":
            _run(entry, order, "D44", ends)
        _run(entry, order, "D46B", duty)
    return dossier


def _objection(case: Case) -> tuple[str, str] | None:
    """A retest has come from an objection in time; without one, a decision for it has not been received."""
    if case.retest and case.retest[0] == "cancelled":
        return "concluded_maintain", "in_time"
    return ("concluded_retest", "in_time") if case.retest else case.objection


def _conclusion(case: Case) -> str:
    """The state of the conclusion that goes with the rest."""
    if case.retest and case.retest[0] in {"awaiting_formalities", "testing"}:
        return "under_retest"
    if (case.objection and case.objection[1] == "in_time" and not case.retest) and case.objection[0] in {
        "filed",
        "verifying",
        "expert_review",
        "concluded_retest",
    }:
        return "under_retest" if case.objection[0] == "concluded_retest" else "under_objection"
    return f"provisional_{case.reported}"


def _party(dossier: Dossier, place: int) -> Party:
    code = f"{dossier.number}-{place}"
    where = PLACES[place % len(PLACES)]
    enterprise = Enterprise.objects.create(name=code, credit_code=code, registered_place=where, actual_place=where)
    return Party.objects.create(
        dossier=dossier,
        label=f"P{place}",
        role=("nominal_producer", "seller", "seller")[place],
        enterprise=enterprise,
        place=where,
        registered_place=where,
        handler=Office.objects.get(code=where),
    )


def _add(matter: Flow) -> None:
    matter.save()
    register.write(matter, BEGUN)


def _run(entry: Entry, matter: Flow, rule: str, ends: int) -> Deadline:
    """Let a period run whose last day is so many days after the day (before it, when negative)."""
    last = date.fromordinal(DAY.toordinal() + ends)
    assert matter.party is not None
    return Deadline.objects.create(
        dossier=matter.dossier,
        rule=rule,
        chart=matter.chart,
        label=matter.label,
        matter_id=matter.pk,
        party=matter.party,
        office=matter.party.handler if PERIODS[rule].duty else None,
        rule_set=FIRST,
        started_on=BEGUN,
        started_by=entry,
        due_on=last,
        latest=last,
        calendar="",
        wake_on=date.fromordinal(last.toordinal() + 1),
    )


def picture() -> dict[str, list[tuple[Any, ...]]]:
    """Everything that a world says, without the keys, hashes and moments in which two ways of doing it may differ."""
    return {
        "tracks": sorted(
            Track.objects.values_list("dossier__number", "chart", "label", "party__label", "state", "is_open", "since")
        ),
        "conclusions": sorted(Conclusion.objects.values_list("dossier__number", "state", "final_on"), key=str),
        "retests": sorted(Retest.objects.values_list("dossier__number", "state", "waived_for")),
        "entries": [
            _told(entry)
            for entry in Entry.objects.select_related("dossier", "party", "cause").order_by(
                "dossier__number", "sequence"
            )
        ],
        "periods": sorted(
            Deadline.objects.values_list(
                *("dossier__number", "rule", "label", "status", "ended_on", "ended_by__act", "ended_by__sequence"),
                *("wake_on", "tries", "parked_at"),
            ),
            key=str,
        ),
        "messages": sorted(
            Message.objects.values_list(
                *("dossier__number", "kind", "entry__act", "entry__sequence", "deadline__rule", "deadline__label"),
                *("office__code", "party__label", "day"),
            ),
            key=str,
        ),
    }


def _told(entry: Entry) -> tuple[Any, ...]:
    what = entry.dossier.number, entry.sequence, entry.act, entry.chart, entry.label, entry.party and entry.party.label
    law = entry.chain, entry.regulation, entry.late_reason, entry.evidence
    how = entry.from_state, entry.to_state, entry.effective_on, str(entry.actor), str(entry.facts), entry.flags
    return *what, *how, *law, entry.articles, entry.cause and (entry.cause.act, entry.cause.sequence)
