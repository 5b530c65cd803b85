"""Taking an entry back: the page on which the office that made it says why."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from spotcheck.casework import record
from spotcheck.casework.doing import attempt
from spotcheck.casework.privacy import Sight
from spotcheck.desk.web.dossier import opened
from spotcheck.docket import counter_entries
from spotcheck.docket.models import Entry
from spotcheck.docket.wording import headed
from spotcheck.look.page import at_post, page
from spotcheck.look.refusing import status_of
from spotcheck.rules.acts import OWN_ACTS, OWN_FACTS
from spotcheck.rules.refused import Refused

WORDS = OWN_ACTS[counter_entries.ACT]
REASON = OWN_FACTS[counter_entries.ACT, "reason"]


@require_http_methods(["GET", "POST"])
@at_post
def take_back(request: Any, number: str, sequence: int) -> HttpResponse:
    """Show what stands in the way of taking an entry back, or take it back for the reason given (27, 54)."""
    dossier = opened(request, number)
    sight = Sight(request.actor)
    rows = sight.of_parties(Entry.objects.filter(dossier=dossier)).select_related("office", "party__enterprise")
    entry = get_object_or_404(rows, sequence=sequence)
    entry.dossier = dossier
    reasons = counter_entries.obstacles(entry, by=request.actor)
    if any(reason.guard == "by_whom" for reason in reasons):
        raise PermissionDenied
    back = reverse("desk:dossier", kwargs={"number": dossier.number}) + "?tab=entries"
    status = 200
    if request.method == "POST":
        why = request.POST.get("reason", "")
        done = attempt(lambda: counter_entries.take_back(entry, by=request.actor, reason=why))
        if not isinstance(done, Refused):
            messages.success(request, _("%(done)s。") % {"done": headed(WORDS.done)})
            return redirect(back)
        reasons, status = list(done.reasons), status_of(done)
    context = {
        "dossier": dossier,
        "line": record.entry_line(entry, sight),
        "words": WORDS,
        "reason": REASON,
        "reasons": reasons,
        "typed": request.POST.get("reason", ""),
        "back": back,
    }
    return page(request, "desk/take_back.html", context, status=status)
