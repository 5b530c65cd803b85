"""Which acts end a period now: those that the state of its matter allows, asked of a whole list at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache

from django.db.models import OuterRef, Q, QuerySet, Subquery

from spotcheck.casework.duties import act_of, chart_of, duty_at, enders, words_of
from spotcheck.docket import law
from spotcheck.docket.calls import chosen_acts
from spotcheck.docket.flow import ActSpec
from spotcheck.docket.models import Deadline, Party, Track
from spotcheck.inspection.models import Item
from spotcheck.parties.actors import Actor
from spotcheck.remediation.models import Recheck, Rectification
from spotcheck.remediation.requirements import earliest_second_recheck
from spotcheck.remediation.states import RecheckState, RectificationState
from spotcheck.rules.regulations import FIRST, REGULATIONS, of_chart
from spotcheck.rules.sd_2021_1.period_codes import COMMISSION_RETEST, RECHECK_CONCLUSION, SECOND_RECHECK


def with_state(periods: "QuerySet[Deadline]") -> "QuerySet[Deadline]":
    """Periods with the state of the matter that owns them, as ``state``."""
    same = {"dossier": OuterRef("dossier"), "chart": OuterRef("chart"), "label": OuterRef("label")}
    return periods.annotate(state=Subquery(Track.objects.filter(**same).values("state")[:1]))


CASE = "rectification"
VISIT = (CASE, RECHECK_CONCLUSION)
COMMISSION = ("retest", COMMISSION_RETEST)


@cache
def held_up(words: tuple[str, ...]) -> Q:
    """Periods that count already, but that no act of these words can end before the matter comes to another state.

    So it is with the forced recheck while the party still has its time (Articles 44, 46). Asked of :func:`with_state`.
    """
    found = Q(pk__in=())
    for code, period in law.of().periods.items():
        specs = enders(FIRST, code, words)
        charts = {chart_of(spec) for spec in specs}
        if period.running and period.duty and charts == {"rectification"}:
            found |= Q(rule=code) & ~Q(state__in={state for spec in specs for state in spec.source})
    return found


def acts_of_periods(periods: Sequence[Deadline], actor: Actor, today: date) -> dict[int, tuple[ActSpec, ...]]:
    """What this actor can do now so that these periods end, by their keys; they come from :func:`with_state`.

    Where no act can end a period yet, what the state of its matter calls for before; nothing when others come first.
    """
    words = {text: words_of(actor, text) for text in REGULATIONS}
    found = {period.pk: _possible(period, words, today) for period in periods}
    visits = [
        period for period in periods if period.chart == CASE and period.rule == RECHECK_CONCLUSION and found[period.pk]
    ]
    found |= _of_visits(visits)
    unsure = [period for period in periods if (period.chart, period.rule) == COMMISSION or not found[period.pk]]
    owners = _owners([period for period in unsure if (period.chart, period.rule) != (CASE, SECOND_RECHECK)])
    chosen = chosen_acts(owners.values())
    for key, track in owners.items():
        if track.pk in chosen:
            found[key] = tuple(act_of(name) for name in chosen[track.pk])
        elif not found[key]:
            found[key] = duty_at(actor, track.chart, track.state).acts
    return found


def _state(period: Deadline) -> str:
    return period.state or ""  # type: ignore[attr-defined]  # annotated


def _possible(period: Deadline, words: Mapping[str, tuple[str, ...]], today: date) -> tuple[ActSpec, ...]:
    """The acts that end it and that the state of its owner allows."""
    text = of_chart(period.chart).id
    if (text, period.rule) == (FIRST, SECOND_RECHECK) and today < earliest_second_recheck(
        period.dossier, period.started_on
    ):
        return ()  # unless the party asks for it in writing (R41)
    return tuple(
        spec
        for spec in enders(text, period.rule, words[text])
        if chart_of(spec) != period.chart or _state(period) in spec.source
    )


def _owners(periods: Sequence[Deadline]) -> dict[int, Track]:
    """The lines of the register of the matters that own these periods, by the keys of the periods."""
    if not periods:
        return {}
    tracks = Track.objects.filter(dossier__in={period.dossier_id for period in periods})
    by_place = {(track.dossier_id, track.chart, track.label): track for track in tracks}
    return {period.pk: by_place[period.dossier_id, period.chart, period.label] for period in periods}


def _of_visits(periods: Sequence[Deadline]) -> dict[int, tuple[ActSpec, ...]]:
    """Form 13 as the visit and its test found, or the test that is still wanted (Articles 45, 47, 48, 50)."""
    if not periods:
        return {}
    rows = Recheck.objects.filter(case__in={period.matter_id for period in periods}).select_related("party")
    visits = {visit.case_id: visit for visit in rows.order_by("pk")}
    only_labels = _only_labels({visit.party_id: visit.party for visit in visits.values() if visit.party is not None})
    return {
        period.pk: tuple(act_of(f"recheck.{name}") for name in _conclusions(visits[period.matter_id], only_labels))
        for period in periods
        if period.matter_id in visits
    }


def _conclusions(visit: Recheck, only_labels: set[int]) -> Iterable[str]:
    party = visit.party
    assert party is not None
    if visit.state == RecheckState.TESTED:
        yield "pass_with_test" if visit.test_conclusion == "conforming" else "fail_with_test"
        return
    if visit.rectified and party.is_producer:
        yield "commission_test"
    if visit.rectified and (party.is_seller or party.pk in only_labels):
        yield "pass_without_test"
    if visit.rectified is False:
        yield "fail_without_test"
    if not visit.is_round:
        yield "confirm_hardship"


def _only_labels(parties: dict[int, Party]) -> set[int]:
    """The parties of which no passed case leaves anything but labels, marks or instructions to be judged (47)."""
    failed: dict[int, list[Item]] = defaultdict(list)
    for item in Item.objects.filter(dossier__in={p.dossier_id for p in parties.values()}, result=Item.Verdict.FAIL):
        failed[item.dossier_id].append(item)
    passed: dict[int, set[str]] = defaultdict(set)
    cases = Rectification.objects.filter(party__in=parties, state=RectificationState.PASSED)
    for key, items in cases.values_list("party", "items"):
        passed[key] |= set(items)
    left = {
        key: {item.kind for item in failed[party.dossier_id] if item.name not in passed[key]}
        for key, party in parties.items()
    }
    return {key for key, kinds in left.items() if kinds == {Item.Kind.LABEL}}
