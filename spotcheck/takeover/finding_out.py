"""查明送达日期: papers of the old system whose receipt nobody has proved yet (Articles 33, 43).

Until it is, no period runs from the receipt and no step against the party is open. The duty is that of the bureau whose
paper it was: the handling bureau of an order, the province of a notice of the result. It ends with the act that records
the receipt, as for every paper.
"""

from datetime import UTC, datetime
from typing import Any, Final

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery

from spotcheck.docket import taking
from spotcheck.docket.flow import MATTERS, ActSpec
from spotcheck.docket.models import Dossier, Entry, Track
from spotcheck.inspection.states import ResultNoticeState
from spotcheck.parties.actors import Actor
from spotcheck.parties.models import Office
from spotcheck.remediation.states import RectificationState
from spotcheck.rules.sd_2021_1.forms import FORMS
from spotcheck.rules.words import Words

OLD_DAYS: Final = 30
"""After so many days without a proof the bureau above is shown the case; a matter of display, not of law."""
NOTICE: Final = Q(chart="result_notice", state=ResultNoticeState.SENT)
ORDER: Final = Q(chart="rectification", state=RectificationState.ORDER_ISSUED)
PLACES: Final = frozenset(
    {("result_notice", str(ResultNoticeState.SENT)), ("rectification", str(RectificationState.ORDER_ISSUED))}
)
"""Where a matter waits for the day of a receipt, by chart and state."""
_RECORDS: Final = {"result_notice": "record_receipt", "rectification": "record_order_receipt"}


_CAME: Final = Exists(Entry.objects.filter(dossier=OuterRef("pk"), act=taking.ACT))
_BACK: Final = Exists(Entry.objects.filter(dossier=OuterRef("pk"), act=taking.BACK))


def waiting(actor: Actor) -> "QuerySet[Track]":
    """The matters in sight in which a receipt has yet to be found out, oldest first, with ``came_at``."""
    return _waiting(Dossier.objects.visible_to(actor))


def _waiting(dossiers: "QuerySet[Dossier]") -> "QuerySet[Track]":
    """Those of some files: nothing has been done in the matter since it came in."""
    same = Entry.objects.filter(dossier=OuterRef("dossier"), chart=OuterRef("chart"), label=OuterRef("label"))
    newest = same.order_by("-sequence")
    old = Exists(Entry.objects.filter(dossier=OuterRef("dossier"), act=taking.ACT))
    found = Track.objects.filter(NOTICE | ORDER, old, dossier__in=dossiers)
    found = found.annotate(newest=Subquery(newest.values("act")[:1]))
    found = found.filter(newest=taking.ACT).annotate(came_at=Subquery(newest.values("recorded_at")[:1]))
    found = found.select_related("dossier__sample_file", "party__enterprise", "party__handler")
    return found.order_by("since", "pk")


def own(office: Office) -> Q:
    """Those whose paper was of this office, as a condition."""
    is_province = office.kind == Office.Kind.PROVINCE
    return (ORDER & Q(party__handler=office)) | (NOTICE if is_province else Q(pk__in=()))


def count(actor: Actor) -> int:
    """How many receipts the office of somebody has to find out."""
    return waiting(actor).filter(own(actor.office)).count() if actor.office is not None else 0


def by_office(actor: Actor) -> "QuerySet[Track, Any]":
    """Orders whose receipt is open, for each handling bureau in sight: ``{name, open, oldest}``, the most first."""
    orders = waiting(actor).filter(ORDER).order_by().values("party__handler__name")
    return orders.annotate(open=Count("pk"), oldest=Min("since")).order_by("-open", "party__handler__name")


def files(actor: Actor) -> int:
    """How many files in sight came from the old system and were not taken back."""
    return Dossier.objects.visible_to(actor).samples().filter(_CAME, ~_BACK).count()


def count_all() -> tuple[int, int]:
    """Of the whole province: how many files came in and stand, and how many receipts are to be found out."""
    standing = Dossier.objects.samples().filter(_CAME, ~_BACK)
    return standing.count(), _waiting(Dossier.objects.samples()).count()


def is_old(came_at: datetime, now: datetime) -> bool:
    """Whether it has been open for longer than a month."""
    return (now.astimezone(UTC) - came_at).days > OLD_DAYS


def record_of(chart: str) -> ActSpec:
    """The act that records the receipt of a paper of this chart."""
    return MATTERS[chart].spec_of(_RECORDS[chart])


def paper_of(chart: str) -> Words:
    """The paper whose receipt that is."""
    form = record_of(chart).words.receipt_of
    assert form is not None
    return FORMS[form].short
