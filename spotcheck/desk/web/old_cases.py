"""旧案: cases of the old system come in here, and whose receipt of what has yet to be found out."""

from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from spotcheck.casework.paging import PAGE
from spotcheck.casework.privacy import Sight
from spotcheck.docket import sessions
from spotcheck.docket.models import Track
from spotcheck.look.page import at_post, page
from spotcheck.network.counting import address_of
from spotcheck.registers.doer import Doer
from spotcheck.registers.imports import running, undoing
from spotcheck.registers.imports.kinds import KINDS
from spotcheck.registers.models import Import
from spotcheck.rules.words import Words
from spotcheck.takeover import finding_out, sheets

MOST: Final = 200
"""So many lines are shown; the oldest come first."""


@dataclass(frozen=True, slots=True)
class Line:
    """One receipt that has yet to be found out; ``address`` is where it is recorded, for whose paper it was."""

    track: Track
    party: str
    what: Words
    is_old: bool
    address: str = ""


@require_GET
@at_post
def listing(request: Any) -> HttpResponse:
    """Whose receipt has yet to be found out, the sheets that wait, and those that came in."""
    by = Doer(post=request.desk_post, address=address_of(request))
    if not sheets.may_import(by):
        raise PermissionDenied
    actor, kind = request.actor, KINDS[sheets.KIND]
    waiting = finding_out.waiting(actor)
    mine = finding_out.own(actor.office)
    context = {
        "kind": kind,
        "files": finding_out.files(actor),
        "mine": _lines(waiting.filter(mine), request, does=True),
        "number": waiting.filter(mine).count(),
        "others": [one for one in _lines(waiting.exclude(mine), request) if one.is_old],
        "offices": finding_out.by_office(actor),
        "to_confirm": running.to_confirm(kind, by)[:PAGE],
        "batches": _batches(request),
        "most": MOST,
        "days": finding_out.OLD_DAYS,
    }
    return page(request, "desk/old_cases.html", context)


def _lines(tracks: Any, request: Any, *, does: bool = False) -> list[Line]:
    sight, now = Sight(request.actor), sessions.now()
    return [
        Line(
            track=track,
            party=sight.party(track.party),
            what=finding_out.paper_of(track.chart),
            is_old=finding_out.is_old(track.came_at, now),
            address=_address(track) if does else "",
        )
        for track in tracks[:MOST]
    ]


def _address(track: Track) -> str:
    keys = {"number": track.dossier.number, "chart": track.chart, "key": track.matter_id}
    return reverse("desk:act", kwargs=keys | {"method": finding_out.record_of(track.chart).method})


def _batches(request: Any) -> list[tuple[Import, bool]]:
    """The sheets of old cases that this office brought in or may confirm, the newest first; which may be undone."""
    found = Import.objects.filter(kind=sheets.KIND).exclude(done_at=None).select_related("by__office")
    if not sheets.confirms(Doer(post=request.desk_post)):
        found = found.filter(by__office=request.desk_post.office)
    return [(one, undoing.is_offered(one)) for one in found.order_by("-done_at")[:PAGE]]
