"""Notes: what people of one office write down for each other about a case."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from spotcheck.casework import owning
from spotcheck.desk.web.cases import at_work
from spotcheck.desk.web.dossier import in_sight


@require_POST
@at_work
def write(request: Any, number: str) -> HttpResponse:
    """Write a note; the office sees it, nobody else does, and the case file never holds it."""
    found = in_sight(request.actor, number)
    owning.write_note(found, request.POST.get("text", ""), by=request.desk_post)
    messages.success(request, _("便签已保存。"))
    return redirect(reverse("desk:dossier", kwargs={"number": found.number}) + "?tab=notes")
