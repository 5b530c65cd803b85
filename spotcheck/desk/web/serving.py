"""送达: the page of one recipient of a paper. Who serves it and how, when it was received, and every attempt before."""

from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any, Final

import structlog
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from spotcheck.casework import papers
from spotcheck.casework.clocks import Clock, clock_of
from spotcheck.casework.doing import attempt
from spotcheck.casework.privacy import Sight
from spotcheck.casework.reading import day_of
from spotcheck.desk.service_forms import FORMS, Begin, Correct, Receive, Return, ServiceForm
from spotcheck.desk.web.dossier import in_sight, opened
from spotcheck.desk.web.noting import note
from spotcheck.docket import clock
from spotcheck.docket.models import Deadline, Dossier
from spotcheck.docket.problems import Reason
from spotcheck.docket.wording import language
from spotcheck.files import storage
from spotcheck.files.checks.content import SUFFIXES
from spotcheck.files.scanning import Silent
from spotcheck.look.page import at_post, page
from spotcheck.look.refusing import status_of
from spotcheck.notices import service
from spotcheck.notices.models import Paper, Recipient, Service
from spotcheck.notices.proofs import LARGEST, Proof
from spotcheck.notices.service import NotYours
from spotcheck.parties.actors import Actor
from spotcheck.rules.characters import tidied
from spotcheck.rules.guards import FLAGS
from spotcheck.rules.refused import Refused

logger = structlog.get_logger(__name__)

TYPES: Final = {suffix: kind for kind, suffix in SUFFIXES.items()}


class NotKept(Refused):
    """A file could not be stored, so nothing was recorded."""

    status = 503
    kind = "not-kept"
    retry = "after"


@dataclass(frozen=True, slots=True)
class Ahead:
    """Which clocks a receipt on a day would start, or why it cannot be recorded."""

    on: date
    clocks: list[Clock]
    flags: list[Any]
    reasons: tuple[Reason, ...] = ()


@require_http_methods(["GET", "POST"])
@at_post
def recipient(request: Any, number: str, key: int, recipient: int) -> HttpResponse:
    """How the service on one recipient stands, and what can be recorded of it."""
    found = _recipient(request.actor, opened(request, number), key, recipient)
    if request.method == "GET":
        return _page(request, found)
    if not service.may_serve(found.paper, request.actor):
        raise PermissionDenied
    form = FORMS.get(request.POST.get("what", ""))
    if form is None:
        raise Http404
    return _record(request, found, form(found, request.POST, request.FILES))


@require_GET
@at_post
def ahead(request: Any, number: str, key: int, recipient: int) -> HttpResponse:
    """Which clocks a receipt on this day would start."""
    found = _recipient(request.actor, opened(request, number), key, recipient)
    if not service.may_serve(found.paper, request.actor):
        raise PermissionDenied
    on = day_of(request.GET.get("received_on", ""))
    context = {"ahead": _ahead(request.actor, found, on) if on and not found.received_on else None}
    return page(request, "desk/parts/ahead.html", context)


@require_GET
@at_post
def proof(request: Any, number: str, key: int, attempt: int) -> HttpResponse:
    """The file that proves a receipt, exactly as it was handed in."""
    dossier = in_sight(request.actor, number)
    sight = Sight(request.actor)
    rows = sight.of_recipients(Service.objects.filter(recipient__paper__dossier=dossier, recipient__paper=key).proved())
    found = get_object_or_404(rows.select_related("recipient__paper"), pk=attempt)
    kept = found.proof
    if kept is None or not kept.file:
        raise Http404
    note(request, "read.proof", dossier, found)
    content = storage.read(kept.file, kept.sha256)
    suffix = PurePosixPath(kept.file).suffix
    name = escape_uri_path(f"{_('送达凭证')}-{found.recipient.paper.number}{suffix}")
    return HttpResponse(
        content,
        content_type=TYPES[suffix],
        headers={"Content-Disposition": f"inline; filename*=UTF-8''{name}"},
    )


def _recipient(actor: Actor, dossier: Dossier, key: int, recipient: int) -> Recipient:
    """A recipient of a paper that the actor may open, or whose service it records."""
    sight = Sight(actor)
    paper = get_object_or_404(sight.papers(Paper.objects.filter(dossier=dossier)).select_related("issuer"), pk=key)
    paper.dossier = dossier
    if not sight.readable(Paper.objects.filter(pk=key)).exists() and not service.may_serve(paper, actor):
        raise Http404
    rows = paper.recipients.select_related("office", "party__enterprise", "party__handler", "receipt")
    if sight.is_party:
        rows = rows.filter(party__enterprise=actor.enterprise)
    found: Recipient = get_object_or_404(rows.prefetch_related(Prefetch("services", papers.attempts())), pk=recipient)
    found.paper = paper
    return found


def _record(request: Any, found: Recipient, form: ServiceForm) -> HttpResponse:
    """Record what was sent, or show the form again with everything that was typed and what stands in the way."""
    if not form.is_valid():
        return _page(request, found, form, status=422)
    refused = attempt(lambda: _recorded(request, found, form))
    if isinstance(refused, NotYours):
        raise refused
    if isinstance(refused, Refused):
        form.refused(refused, language())
        return _page(request, found, form, status=status_of(refused))
    messages.success(request, form.told)
    here = _address(found)
    return HttpResponseClientRedirect(here) if request.htmx else redirect(here)


def _recorded(request: Any, found: Recipient, form: ServiceForm) -> None:
    """Record it, with its proof or not at all."""
    try:
        with transaction.atomic():
            form.record(request.actor, _proof(request))
    except Silent as error:
        logger.exception("a proof could not be scanned", paper=found.paper.number)
        raise NotKept(_("病毒扫描没有应答，凭证文件还没有检查，因此什么也没有登记。请稍后再提交一次。")) from error
    except OSError as error:
        logger.exception("a proof could not be stored", paper=found.paper.number)
        raise NotKept(_("凭证文件没有保存成功，因此什么也没有登记。请稍后再提交一次。")) from error


def _proof(request: Any) -> Proof | None:
    """The file that was sent; one that is too large is not read."""
    sent = request.FILES.get("proof")
    if sent is None:
        return None
    return Proof(tidied(sent.name or ""), b"" if sent.size > LARGEST else sent.read(), size=sent.size)


def _page(request: Any, found: Recipient, tried: ServiceForm | None = None, *, status: int = 200) -> HttpResponse:
    sight = Sight(request.actor)
    shown = papers.served(found, sight)
    may = service.may_serve(found.paper, request.actor)
    whats = _possible(found, shown) if may else []
    if tried is not None and tried.what not in {form.what for form in whats}:
        whats = [type(tried), *whats]  # a colleague was quicker; what was typed stays readable
    forms = [tried if tried is not None and tried.what == form.what else form(found) for form in whats]
    day = forms[0].day if forms else None
    context = {
        "dossier": found.paper.dossier,
        "paper": found.paper,
        "title": found.paper.words,
        "issuer": sight.office(found.paper.issuer),
        "served": shown,
        "attempts": list(reversed(shown.attempts)),
        "forms": forms,
        "may_serve": may,
        "may_open": sight.readable(Paper.objects.filter(pk=found.paper.pk)).exists(),
        "started": _started(found, sight),
        "ahead": _ahead(request.actor, found, day) if day and found.received_on is None else None,
        "announced_until": _announced_until(shown),
        "here": _address(found),
        "back": f"{reverse('desk:dossier', kwargs={'number': found.paper.dossier.number})}?tab=papers",
    }
    template = "desk/parts/service.html" if request.htmx else "desk/service.html"
    return page(request, template, context, status=status)


def _possible(found: Recipient, shown: papers.Served) -> list[type[ServiceForm]]:
    """What can be recorded now."""
    if shown.is_under_way:
        return [Receive, Return]
    if found.received_on is not None:
        return [Correct] if shown.last is not None else []
    return [Begin] if found.paper.status == Paper.Status.ISSUED else []


def _announced_until(shown: papers.Served) -> date | None:
    """The day on which a running announcement counts as received."""
    last = shown.last
    if last is None or not shown.is_under_way or last.method != Service.Method.ANNOUNCED:
        return None
    return service.announced_until(last.started_on)


def _ahead(actor: Actor, found: Recipient, on: date) -> Ahead | None:
    """What a receipt on this day would start: the act is really tried and taken back."""
    today, sight = clock.today(), Sight(actor)
    seen = attempt(lambda: service.foresee_receipt(found, by=actor, on=on))
    if isinstance(seen, Refused):
        return Ahead(on, [], [], seen.reasons) if seen.reasons else None
    if seen is None:
        return None
    clocks = [clock_of(deadline, today=today, sight=sight) for deadline in seen.started]
    return Ahead(on, clocks, [FLAGS[name] for name in seen.flags if name in FLAGS])


def _started(found: Recipient, sight: Sight) -> list[Clock]:
    """The clocks that the receipt has started, as they stand now."""
    if found.receipt_id is None:
        return []
    rows = Deadline.objects.select_related("dossier", "office", "party__enterprise", "party__handler")
    begun = Q(started_by=found.receipt_id) | Q(started_by__cause=found.receipt_id)
    kept = rows.filter(begun).exclude(status=Deadline.Status.CORRECTED).order_by("due_on", "pk")
    return [clock_of(deadline, today=clock.today(), sight=sight) for deadline in sight.of_parties(kept)]


def _address(found: Recipient) -> str:
    keys = {"number": found.paper.dossier.number, "key": found.paper_id, "recipient": found.pk}
    return reverse("desk:service", kwargs=keys)
