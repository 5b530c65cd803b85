"""Where a claim stands: the last state that the sheet and a proof carry, and what runs from which proved day.

A day without a proof is kept as stated: no period starts with it, so that nothing can lapse and no step against the
party is open before the receipt is found out (Articles 33, 35, 43, 44, 51).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from spotcheck.docket import calendars, law
from spotcheck.docket.flow import Flow
from spotcheck.docket.models import Dossier, Party
from spotcheck.inspection.models import Conclusion, Inspection, ResultNotice
from spotcheck.inspection.states import ConclusionState, InspectionState, ResultNoticeState
from spotcheck.objections.models import Objection
from spotcheck.objections.states import ObjectionState
from spotcheck.remediation.models import Ban, Rectification
from spotcheck.remediation.states import BanState, RectificationState
from spotcheck.rules.charts import CHARTS
from spotcheck.rules.sd_2021_1.period_codes import (
    APPLY_FOR_RECHECK,
    FORCED_RECHECK,
    LODGE_OBJECTION,
    ORGANISE_RECHECK,
    RECTIFICATION_ORDER,
)
from spotcheck.takeover.claims import Claim

_GROUNDS: Final = "test_result"
"""What an objection disputes of which the sheet says no more than that it was filed."""


@dataclass(slots=True)
class Stand:
    """One matter as it comes in: its chart, state, the day since when, its fields, and what runs from which day."""

    model: type[Flow]
    state: str
    since: date
    fields: dict[str, Any] = field(default_factory=dict)
    periods: dict[str, date] = field(default_factory=dict)
    named: tuple[str, ...] = ()
    """The columns of the sheet that are about it."""

    @property
    def words(self) -> str:
        """The state as a line of a look tells it."""
        chart = CHARTS[self.model.chart]
        return f"{chart.label.zh}：{chart.states[self.state].zh}"

    def matter(self, dossier: Dossier, party: Party | None) -> Flow:
        """The matter that it becomes."""
        label = self.model.next_label(dossier, party)
        return self.model(dossier=dossier, party=party, label=label, state=self.state, **self.fields)


def last_day(rule_set: str, rule: str, start: date) -> date:
    """The later of the last days of a period that starts on this day."""
    return law.last_days(rule_set, rule, start, calendars.current())[1]


def of_sample(claims: list[Claim], rule_set: str) -> list[Stand]:
    """What all parties of a sample share: the report, and its conclusion, in question while an objection counts."""
    reported = claims[0].days["reported_on"]
    objected = [claim.days["objected_on"] for claim in claims if counts(claim, rule_set)]
    conclusion = Stand(Conclusion, ConclusionState.PROVISIONAL_NONCONFORMING, reported, {"reported": "nonconforming"})
    if objected:
        conclusion.state, conclusion.since = ConclusionState.UNDER_OBJECTION, max(objected)
    report = Stand(
        Inspection,
        InspectionState.REPORTED,
        reported,
        {"verdict": "nonconforming", "reported_on": reported},
        named=("sampled_on", "reported_on"),
    )
    return [report, conclusion]


def counts(claim: Claim, rule_set: str) -> bool:
    """Whether there is an objection that is not proved to have come too late (Article 35)."""
    if not claim.has_objected:
        return False
    received = claim.proved("notice_received_on")
    return received is None or claim.days["objected_on"] <= last_day(rule_set, LODGE_OBJECTION, received)


def of_party(claim: Claim, rule_set: str) -> Iterator[Stand]:
    """What concerns one party: the notice of the result, its objection, its case and the ban."""
    yield _notice(claim, rule_set)
    if claim.has_objected:
        yield _objection(claim, rule_set)
    case = _case(claim, rule_set)
    if case is not None:
        yield case
        if claim.proved("order_received_on"):
            yield Stand(Ban, BanState.ACTIVE, claim.days["order_received_on"], named=("order_received_on",))


def told_on(claim: Claim) -> date | None:
    """Since when a party may see its own case: since it was told by proof, or has said something itself."""
    days = [claim.proved("notice_received_on"), claim.proved("order_received_on"), claim.proved("applied_on")]
    return min((day for day in days if day is not None), default=None)


def _notice(claim: Claim, rule_set: str) -> Stand:
    sent, received = claim.days.get("notice_sent_on"), claim.proved("notice_received_on")
    named = tuple(name for name in ("notice_sent_on", "notice_received_on") if name in claim.days)
    reported = claim.days["reported_on"]
    if sent is None:
        return Stand(ResultNotice, ResultNoticeState.DUE, reported)
    fields = {"sent_on": sent} | ({"received_on": received} if received is not None else {})
    if counts(claim, rule_set):
        return Stand(ResultNotice, ResultNoticeState.OBJECTED, claim.days["objected_on"], fields, named=named)
    if received is None:
        return Stand(ResultNotice, ResultNoticeState.SENT, sent, fields, named=named)
    return Stand(ResultNotice, ResultNoticeState.SERVED, received, fields, {LODGE_OBJECTION: received}, named)


def _objection(claim: Claim, rule_set: str) -> Stand:
    """It is in time unless a proved receipt shows that it was not (Article 35)."""
    standing = Objection.Standing.IN_TIME if counts(claim, rule_set) else Objection.Standing.LATE
    filed = claim.days["objected_on"]
    fields = {"filed_on": filed, "standing": standing, "grounds": _GROUNDS, "items": list(claim.items)}
    return Stand(Objection, ObjectionState.FILED, filed, fields, named=("objected_on",))


def _case(claim: Claim, rule_set: str) -> Stand | None:
    """The case of Articles 42 to 46, as far as it is proved."""
    ordered, received = claim.days.get("ordered_on"), claim.proved("order_received_on")
    report = claim.proved("report_received_on")
    fields: dict[str, Any] = {"bureau": claim.handler, "report_received_on": report}
    names = ("report_received_on", "ordered_on", "order_received_on", "applied_on", "handled_until")
    named = tuple(name for name in names if name in claim.days)
    if ordered is None:
        if report is None:
            return None
        state = RectificationState.REPORT_RECEIVED
        return Stand(Rectification, state, report, fields, {RECTIFICATION_ORDER: report}, named)
    fields |= {"ordered_on": ordered, "items": list(claim.items)}
    if received is not None:
        fields |= {"order_received_on": received, "was_received": True}
    applied = _applied(claim, rule_set)
    if applied is not None:
        fields |= {"was_received": True, "applied_by_party": True}
        return Stand(Rectification, RectificationState.APPLIED, applied, fields, {ORGANISE_RECHECK: applied}, named)
    if received is None:
        periods = {FORCED_RECHECK: ordered}
        return Stand(Rectification, RectificationState.ORDER_ISSUED, ordered, fields, periods, named)
    periods = {APPLY_FOR_RECHECK: received, FORCED_RECHECK: ordered}
    return Stand(Rectification, RectificationState.RECTIFYING, received, fields, periods, named)


def _applied(claim: Claim, rule_set: str) -> date | None:
    """The day of an application that counts: its paper shows that the party was told, or the receipt is proved.

    One that came after the proved end of the time opens nothing (Article 46): it is kept as stated.
    """
    applied, received = claim.days.get("applied_on"), claim.proved("order_received_on")
    if applied is None or (received is None and "applied_on" not in claim.proofs):
        return None
    if received is not None and applied > last_day(rule_set, APPLY_FOR_RECHECK, received):
        return None
    return applied
