"""Duties that are no state of a matter: a report that a bureau has yet to take over, a paper that has yet to be served.

Both agree with what the law itself asks: ``remediation.coverage`` and the receipts of the papers.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from spotcheck.casework.duties import Duty, decides, words_of
from spotcheck.casework.privacy import Sight
from spotcheck.casework.readiness import has_further
from spotcheck.casework.work_lines import ToDo, target_of
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Dossier, Entry, Party, Track
from spotcheck.inspection.models import Conclusion, Item
from spotcheck.inspection.states import ConclusionState
from spotcheck.notices import issued
from spotcheck.notices.models import Paper, Recipient, Service
from spotcheck.parties.actors import Actor
from spotcheck.parties.models import Office
from spotcheck.remediation.coverage import ATTRIBUTION_FELL, REPLACED
from spotcheck.remediation.models import Rectification
from spotcheck.remediation.states import RectificationState
from spotcheck.rules.calendar import Calendar
from spotcheck.rules.charts import CHARTS
from spotcheck.rules.regulations import FIRST
from spotcheck.rules.sd_2021_1.service_targets import SERVICE_TARGETS
from spotcheck.rules.words import Words

FALLEN: Final = (ConclusionState.REVOKED, ConclusionState.FINAL_CONFORMING, ConclusionState.PROVISIONAL_CONFORMING)
"""Conclusions of which no nonconforming report is to be taken over."""

_SERVICE: Final = {10: "serve-retest-result", 13: "serve-recheck-result"}
"""The service target of the service of a paper, by its form."""
_UNDER_WAY: Final = Words("在途，待登记收到", "on its way, receipt to be recorded")
_RETURNED: Final = Words("被退回，须再次送达", "came back, to be served again")
_UNSERVED: Final = Words("待送达", "to be served")


def reports_to_receive(office: Office) -> Q:
    """Parties whose nonconforming report this bureau has to take over (Articles 30, 42, 43), as a condition.

    A party without a case; one whose case was transferred before its order was received; one whose ended cases do not
    cover every failed item that stands. Nobody who was found not to have made the product (Articles 37, 52).
    """
    stands = Conclusion.objects.filter(dossier=OuterRef("dossier")).exclude(state__in=FALLEN)
    failed = Item.objects.filter(dossier=OuterRef("dossier"), result=Item.Verdict.FAIL)
    cases = Rectification.objects.filter(party=OuterRef("pk"))
    found = Entry.objects.filter(Q(party__isnull=True) | Q(party=OuterRef("pk")), act__in=ATTRIBUTION_FELL)
    cleared = Q(role=Party.Role.NOMINAL_PRODUCER) & Q(Exists(found.filter(dossier=OuterRef("dossier"))))
    is_free = ~Q(Exists(cases.exclude(state__in=REPLACED)))
    is_new = ~Q(Exists(cases.exclude(state=RectificationState.TRANSFERRED)))
    is_meant = Q(handler=office) & Q(Exists(stands)) & Q(Exists(failed))
    return is_meant & ~cleared & is_free & (is_new | has_further("pk"))


def parties_to_take_over(office: Office) -> "QuerySet[Party]":
    """These parties with what a line says of them: what the report and their cases date from."""
    since = Track.objects.filter(chart__in=("inspection", "conclusion", "rectification")).only(
        "since", "dossier_id", "chart", "state", "party_id"
    )
    parties = Party.objects.filter(reports_to_receive(office)).select_related("dossier__sample_file", "enterprise")
    return parties.prefetch_related(Prefetch("dossier__tracks", since, to_attr="steps")).order_by("pk")


def awaited_again(dossier: Dossier, tracks: Iterable[Track], actor: Actor) -> set[int]:
    """The parties that have had a case already and whose report this bureau has to take over all the same."""
    if actor.office is None or not any(t.chart == "rectification" and t.state in REPLACED for t in tracks):
        return set()
    return set(dossier.parties.filter(reports_to_receive(actor.office)).values_list("pk", flat=True))


def papers_to_serve(office: Office) -> "QuerySet[Recipient]":
    """Recipients whose proved receipt of a paper of this office is still to come.

    Papers whose receipt is an act of their matter are not among them: that act is a duty there.
    """
    waiting = Recipient.objects.filter(
        issued.acknowledged("paper__", also_by_acts=False),
        party__isnull=False,
        received_on__isnull=True,
        paper__issuer=office,
        paper__status=Paper.Status.ISSUED,
    )
    attempts = Prefetch("services", Service.objects.order_by("pk"))
    related = ("paper__dossier__sample_file", "party__enterprise", "party__handler")
    return waiting.select_related(*related).prefetch_related(attempts).order_by("paper__issued_on", "pk")


def reports(actor: Actor, sight: Sight, *, most: int) -> list[ToDo]:
    """Nonconforming reports that the handling bureau has not yet taken over."""
    if "handler" not in words_of(actor) or actor.office is None:
        return []
    receive = MATTERS["rectification"].spec_of("receive_report")
    return [
        ToDo(
            dossier=party.dossier,
            party=sight.party(party),
            matter=CHARTS["rectification"].label,
            state=None,
            duty=Duty((receive,), None),
            since=_arrived(party),
            target=None,
            party_key=party.pk,
        )
        for party in parties_to_take_over(actor.office)[:most]
    ]


def _arrived(party: Party) -> date:
    """Since when a report waits: the report itself, or the transfer that brought it here."""
    steps: list[Track] = party.dossier.steps  # type: ignore[attr-defined]  # prefetched
    own = [step for step in steps if step.party_id == party.pk and step.chart == "rectification"]
    moved = [step.since for step in own if step.state == RectificationState.TRANSFERRED]
    by_chart = {step.chart: step.since for step in steps}
    return max([by_chart.get("inspection") or by_chart["conclusion"], *moved])


def services(actor: Actor, sight: Sight, calendar: Calendar, *, most: int) -> list[ToDo]:
    """Papers of the office whose receipt by a party has yet to be proved."""
    if not decides(actor) or actor.office is None:
        return []
    found = []
    for recipient in papers_to_serve(actor.office)[:most]:
        paper = recipient.paper
        slug = _SERVICE.get(paper.form) if paper.regulation == FIRST else None
        duty = Duty((), SERVICE_TARGETS[slug] if slug else None)
        found.append(
            ToDo(
                dossier=paper.dossier,
                party=sight.party(recipient.party),
                matter=paper.short,
                state=_way_of(recipient),
                duty=duty,
                since=paper.issued_on,
                target=target_of(duty, paper.issued_on, calendar),
                recipient=recipient,
            )
        )
    return found


def _way_of(recipient: Recipient) -> Words:
    """How far the service has come."""
    attempts = list(recipient.services.all())
    states = {Service.Outcome.UNDER_WAY: _UNDER_WAY, Service.Outcome.RETURNED: _RETURNED}
    return states.get(Service.Outcome(attempts[-1].outcome), _UNSERVED) if attempts else _UNSERVED
