"""实验室往来: what laboratories have sent, what of it was refused and why, and what they are being waited for.

The province sees all laboratories, a laboratory itself; what a program has sent is shown to who helps it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, Min, OuterRef, QuerySet
from django.http import HttpResponse
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_GET

from spotcheck.api.models import RefusedRequest
from spotcheck.api.problems import SORTS
from spotcheck.casework.paging import PAGE
from spotcheck.casework.reading import whole
from spotcheck.docket.flow import act_named
from spotcheck.docket.models import Dossier, Entry, Involvement, Track
from spotcheck.docket.wording import headed, say
from spotcheck.inspection.states import InspectionState
from spotcheck.look.page import at_post, is_province, page, sees_laboratories
from spotcheck.objections.tables import Verification
from spotcheck.parties.models import Office
from spotcheck.rules.acts import words_of
from spotcheck.rules.charts import CHARTS
from spotcheck.rules.words import Words

MOST: Final = PAGE
_NAMES: Final = re.compile(r"<[^>]*>")
"""What an address names, in its route."""
RUNNING: Final = (
    InspectionState.AWAITING,
    InspectionState.RECEIVED,
    InspectionState.CLEARED,
    InspectionState.TESTING,
    InspectionState.COMPLETED,
)
"""A test that has begun, and not ended."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many samples of a laboratory are so far, and since when the one that waits longest is."""

    office: str
    what: str
    number: int
    since: date


@require_GET
@at_post
def traffic(request: Any) -> HttpResponse:
    """The three lists, of one laboratory if that is asked for."""
    offices = _in_sight(request.actor)
    code = request.GET.get("laboratory", "")
    chosen = offices.filter(code=code) if code else offices
    cases = Dossier.objects.visible_to(request.actor).samples()
    came = _arrived(chosen, cases)[: MOST + 1]
    refused = _refused(chosen, before=whole(request.GET.get("before", "")))[: MOST + 1]
    context = {
        "laboratories": offices if is_province(request.actor) else (),
        "chosen": code,
        "waiting": [*_tests(chosen, cases), *_conclusions(chosen, cases)],
        "arrived": [(entry, headed(words_of(entry.act).done)) for entry in came[:MOST]],
        "refused": _told(refused[:MOST], cases),
        "older": refused[MOST - 1].pk if len(refused) > MOST else None,
    }
    return page(request, "desk/laboratories.html", context)


def _in_sight(actor: Any) -> QuerySet[Office]:
    """The laboratories of whom somebody sees what goes to and fro: all of them the province, a laboratory its own."""
    if not sees_laboratories(actor):
        raise PermissionDenied
    laboratories = Office.objects.filter(kind=Office.Kind.LABORATORY).order_by("code")
    return laboratories if is_province(actor) else laboratories.filter(pk=actor.office.pk)


def _arrived(offices: QuerySet[Office], cases: QuerySet[Dossier]) -> QuerySet[Entry]:
    """What laboratories have put on record, the newest first."""
    rows = Entry.objects.filter(office__in=offices, dossier__in=cases.values("pk")).order_by("-pk")
    return rows.select_related("office", "dossier__sample_file", "user")


def _refused(offices: QuerySet[Office], *, before: int | None) -> QuerySet[RefusedRequest]:
    """What was refused to their programs, the newest first."""
    rows = RefusedRequest.objects.filter(office__in=offices).select_related("office", "credential").order_by("-pk")
    return rows.filter(pk__lt=before) if before is not None else rows


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refused request as one reads it: what was to be done, of which sample (where it is one in sight), why not."""

    refused: RefusedRequest
    what: str
    title: str
    is_known: bool


def _told(rows: Iterable[RefusedRequest], cases: QuerySet[Dossier]) -> list[Refusal]:
    found = list(rows)
    known = set(cases.filter(number__in={one.named for one in found if one.named}).values_list("number", flat=True))
    return [Refusal(one, _what(one), _title(one), one.named in known) for one in found]


def _what(refused: RefusedRequest) -> str:
    """What was to be done, by the address: an act in its words; else method and address."""
    method, _space, route = refused.route.partition(" ")
    address = _NAMES.sub("0", route)
    try:
        act = getattr(getattr(resolve(f"/{address}").func, "view_class", None), "act", "")
    except Resolver404:
        act = ""
    return headed(words_of(act).label) if act else f"{method} /{_NAMES.sub('…', route)}"


def _title(refused: RefusedRequest) -> str:
    """What kind of refusal it was, in the words of its page."""
    sort = SORTS.get(refused.type)
    return say(sort.title) if sort is not None else refused.type


def _tests(offices: QuerySet[Office], cases: QuerySet[Dossier]) -> list[Waiting]:
    """Samples whose report is not there yet, by laboratory and by how far they are."""
    parts = Involvement.objects.filter(role="lab", office__in=offices, dossier__in=cases.values("pk"))
    rows = parts.filter(dossier__tracks__chart="inspection", dossier__tracks__state__in=RUNNING)
    grouped = rows.values("office__name", "dossier__tracks__state").annotate(
        number=Count("dossier", distinct=True), since=Min("dossier__tracks__since")
    )
    states = CHARTS["inspection"].states
    return [
        Waiting(row["office__name"], say(states[row["dossier__tracks__state"]]), row["number"], row["since"])
        for row in grouped.order_by("office__name", "dossier__tracks__state")
    ]


def _conclusions(offices: QuerySet[Office], cases: QuerySet[Dossier]) -> list[Waiting]:
    """Objections on which a laboratory has still to write what it concludes (Article 36)."""
    act = act_named("verification.file")
    assert act is not None
    filed = Verification.objects.filter(objection=OuterRef("matter_id"), writer="lab")
    asked = Track.objects.filter(
        chart="objection", state__in=act.source, dossier__in=cases.values("pk"), dossier__involvements__role="lab",
        dossier__involvements__office__in=offices,
    )  # fmt: skip
    grouped = asked.exclude(Exists(filed)).values("dossier__involvements__office__name")
    rows = grouped.annotate(number=Count("pk", distinct=True), oldest=Min("since"))
    what = say(Words("异议的核实结论", "written conclusion on an objection"))
    return [
        Waiting(row["dossier__involvements__office__name"], what, row["number"], row["oldest"])
        for row in rows.order_by("dossier__involvements__office__name")
    ]
