"""送达: the page of one recipient of a paper. Who serves it and how, when it was received, and every attempt before."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath
from typing import Any, Final

import structlog
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch, Q
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from spotcheck.casework import papers
from spotcheck.casework.clocks import Clock, clock_of
from spotcheck.casework.doing import attempt
from spotcheck.casework.fields import Choice, Field
from spotcheck.casework.privacy import Sight
from spotcheck.casework.reading import day_of
from spotcheck.desk.web.dossier import in_sight
from spotcheck.desk.web.noting import note
from spotcheck.docket import clock
from spotcheck.docket.models import Deadline, Dossier
from spotcheck.docket.problems import Reason
from spotcheck.files import storage
from spotcheck.files.checks.content import SUFFIXES
from spotcheck.files.scanning import Silent
from spotcheck.look.page import at_post, page
from spotcheck.look.refusing import status_of, told
from spotcheck.notices import service
from spotcheck.notices.models import Paper, Recipient, Service
from spotcheck.notices.proofs import LARGEST, Proof
from spotcheck.notices.service import NotYours, ServiceRefused
from spotcheck.parties.actors import Actor
from spotcheck.rules.characters import tidied
from spotcheck.rules.guards import FLAGS
from spotcheck.rules.refused import Refused

logger = structlog.get_logger(__name__)

TYPES: Final = {suffix: kind for kind, suffix in SUFFIXES.items()}
BEGIN, RECEIVE, RETURN, CORRECT = "begin", "receive", "return", "correct"
_INPUTS: Final[dict[str, tuple[str, Any]]] = {
    "method": ("radio", gettext_lazy("送达方式")),
    "started_on": ("date", gettext_lazy("送达开始的日期")),
    "servers": ("lines", gettext_lazy("送达人（两名）")),
    "tracking_no": ("text", gettext_lazy("邮件号码")),
    "announced_where": ("text", gettext_lazy("公告的地方")),
    "at_once": ("yes", gettext_lazy("已经送到，同时登记收到")),
    "received_on": ("date", gettext_lazy("收到日期")),
    "received_by": ("text", gettext_lazy("签收人")),
    "capacity": ("text", gettext_lazy("签收人身份")),
    "witness": ("text", gettext_lazy("见证人")),
    "refusal": ("long", gettext_lazy("拒收的情形")),
    "proof": ("file", gettext_lazy("送达凭证")),
    "on": ("date", gettext_lazy("退回日期")),
    "reason": ("text", gettext_lazy("退回原因")),
    "remark": ("text", gettext_lazy("更正的理由")),
}
_HELP: Final[dict[str, Any]] = {
    "started_on": gettext_lazy("当面交付、交邮、发送或者公告的那一天。"),
    "capacity": gettext_lazy("例如法定代表人、收发人员、同住成年家属。"),
    "proof": gettext_lazy("回证、邮寄回执、截图等，PDF、PNG 或者 JPEG。"),
    "remark": gettext_lazy("可以不填；凭证文件的名称和摘要会自动写入更正记录。"),
    "announced_where": gettext_lazy("例如省局网站、受送达人住所地报纸。"),
}
_RECEIPT: Final = ("received_on", "received_by", "capacity", "witness", "refusal", "proof")
_FIELDS: Final[dict[str, tuple[str, ...]]] = {
    BEGIN: ("method", "started_on", "servers", "tracking_no", "announced_where", "at_once", *_RECEIPT),
    RECEIVE: _RECEIPT,
    RETURN: ("on", "reason"),
    CORRECT: ("received_on", "proof", "remark"),
}
_ONLY_FOR: Final[dict[str, tuple[str, ...]]] = {
    "servers": ("direct", "left"),
    "tracking_no": ("mail",),
    "announced_where": ("announced",),
    "witness": ("left",),
    "refusal": ("left",),
}
"""Inputs that matter with some methods only."""


class NotKept(Refused):
    """A file could not be stored, so nothing was recorded."""

    status = 503
    kind = "not-kept"


@dataclass(slots=True)
class ServiceForm:
    """One thing that can be recorded on this page, and what stood in its way when it was tried."""

    what: str
    fields: list[Field]
    errors: list[str] = field(default_factory=list)
    reasons: tuple[Reason, ...] = ()
    is_tried: bool = False


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
    found = _recipient(request.actor, in_sight(request.actor, number), key, recipient)
    if request.method == "GET":
        return _page(request, found)
    if not service.may_serve(found.paper, request.actor):
        raise PermissionDenied
    what = request.POST.get("what", "")
    if what not in _FIELDS:
        raise Http404
    return _record(request, found, what)


@require_GET
@at_post
def ahead(request: Any, number: str, key: int, recipient: int) -> HttpResponse:
    """Which clocks a receipt on this day would start."""
    found = _recipient(request.actor, in_sight(request.actor, number), key, recipient)
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


def _record(request: Any, found: Recipient, what: str) -> HttpResponse:
    """Record what was sent, or show the form again with everything that was typed and what stands in the way."""
    sent = request.POST
    form = ServiceForm(what, _fields(what, found, sent), is_tried=True)
    refused = attempt(lambda: _recorded(request, found, what))
    if isinstance(refused, NotYours):
        raise refused
    if isinstance(refused, Refused):
        said = told(refused, form.fields)
        form.errors, form.reasons = said["errors"], said["reasons"]
        return _page(request, found, form, status=status_of(refused))
    messages.success(request, _DONE[what] if not sent.get("at_once") else _DONE[RECEIVE])
    here = _address(found)
    return HttpResponseClientRedirect(here) if request.htmx else redirect(here)


def _recorded(request: Any, found: Recipient, what: str) -> None:
    """Record it, with its proof or not at all."""
    try:
        with transaction.atomic():
            _RECORDS[what](found, request.actor, request.POST, _proof(request))
    except Silent as error:
        logger.exception("a proof could not be scanned", paper=found.paper.number)
        raise NotKept(_("病毒扫描没有应答，凭证文件还没有检查，因此什么也没有登记。请稍后再提交一次。")) from error
    except OSError as error:
        logger.exception("a proof could not be stored", paper=found.paper.number)
        raise NotKept(_("凭证文件没有保存成功，因此什么也没有登记。请稍后再提交一次。")) from error


def _begin(found: Recipient, actor: Actor, sent: QueryDict, proof: Proof | None) -> None:
    method = sent.get("method", "")
    wanted = {name: sent.get(name, "").strip() for name in ("tracking_no", "announced_where") if _is_for(name, method)}
    begun = service.begin(
        found,
        method,
        on=_needed(sent, "started_on"),
        by=actor,
        servers=[sent.get("servers", "")] if _is_for("servers", method) else (),
        **wanted,
    )
    if sent.get("at_once"):
        _acknowledge(begun, actor, sent, proof)


def _receive(found: Recipient, actor: Actor, sent: QueryDict, proof: Proof | None) -> None:
    _acknowledge(_last(found), actor, sent, proof)


def _acknowledge(begun: Service, actor: Actor, sent: QueryDict, proof: Proof | None) -> None:
    names = ("received_by", "capacity", "witness", "refusal")
    words = {name: sent.get(name, "").strip() for name in names if _is_for(name, begun.method)}
    service.acknowledge(begun, by=actor, on=_needed(sent, "received_on"), proof=proof, **words)


def _return(found: Recipient, actor: Actor, sent: QueryDict, _proof: Proof | None) -> None:
    service.returned(_last(found), by=actor, on=_needed(sent, "on"), reason=sent.get("reason", ""))


def _correct(found: Recipient, actor: Actor, sent: QueryDict, proof: Proof | None) -> None:
    on = _needed(sent, "received_on")
    service.correct(found, by=actor, on=on, proof=proof, remark=sent.get("remark", ""))


_RECORDS: Final = {BEGIN: _begin, RECEIVE: _receive, RETURN: _return, CORRECT: _correct}
_DONE: Final = {
    BEGIN: gettext_lazy("已登记送达。"),
    RECEIVE: gettext_lazy("已登记收到。"),
    RETURN: gettext_lazy("已登记退回，可以另行送达。"),
    CORRECT: gettext_lazy("已更正收到日期，前后两次登记都保留。"),
}


def _last(found: Recipient) -> Service:
    """The newest attempt; the domain says whether anything can be recorded of it."""
    newest = found.services.order_by("-pk").first()
    if newest is None:
        raise ServiceRefused(_("还没有开始送达。"))
    newest.recipient = found
    return newest


def _proof(request: Any) -> Proof | None:
    """The file that was sent; one that is too large is not read."""
    sent = request.FILES.get("proof")
    if sent is None:
        return None
    return Proof(tidied(sent.name or ""), b"" if sent.size > LARGEST else sent.read(), size=sent.size)


def _needed(sent: QueryDict, name: str) -> date:
    on = day_of(sent.get(name, ""))
    if on is None:
        raise ServiceRefused({name: _("请填写日期（年-月-日）。")})
    return on


def _is_for(name: str, method: str) -> bool:
    return method in _ONLY_FOR.get(name, (method,))


def _fields(what: str, found: Recipient, sent: QueryDict | None = None) -> list[Field]:
    """The inputs of one form, empty or with what was sent."""
    method = list(found.services.all())[-1].method if what == RECEIVE else ""
    names = [name for name in _FIELDS[what] if what != RECEIVE or _is_for(name, method)]
    return [_field(name, what, sent) for name in names]


def _field(name: str, what: str, sent: QueryDict | None) -> Field:
    kind, label = _INPUTS[name]
    value: Any = sent.get(name, "") if sent is not None else _usual(name, what)
    made = Field(name=name, kind=kind, label=str(label), help=str(_HELP.get(name, "")), value=value)
    if name == "method":
        made.choices = [Choice(method, str(words), method == value) for method, words in Service.Method.choices]
    if what == BEGIN and name in _RECEIPT:
        made.shown_when = "at_once=1"
    if what == BEGIN and name in _ONLY_FOR:
        conditions = [made.shown_when] if made.shown_when else []
        made.shown_when = "&".join([*conditions, f"method={'|'.join(_ONLY_FOR[name])}"])
    return made


def _usual(name: str, what: str) -> str:
    """What stands in an empty form: today, but never for a receipt that happened by itself and starts a period."""
    is_today = _INPUTS[name][0] == "date" and (what == BEGIN or name != "received_on")
    return clock.today().isoformat() if is_today else ""


def _page(request: Any, found: Recipient, tried: ServiceForm | None = None, *, status: int = 200) -> HttpResponse:
    sight = Sight(request.actor)
    shown = papers.served(found, sight)
    may = service.may_serve(found.paper, request.actor)
    whats = _possible(found, shown) if may else []
    if tried is not None and tried.what not in whats:  # a colleague was quicker; what was typed stays readable
        whats = [tried.what, *whats]
    forms = [_tried_or_new(what, found, tried) for what in whats]
    day = day_of(next((f.value for f in forms[0].fields if f.name == "received_on"), "")) if forms else None
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


def _tried_or_new(what: str, found: Recipient, tried: ServiceForm | None) -> ServiceForm:
    return tried if tried is not None and tried.what == what else ServiceForm(what, _fields(what, found))


def _possible(found: Recipient, shown: papers.Served) -> list[str]:
    """What can be recorded now."""
    if shown.is_under_way:
        return [RECEIVE, RETURN]
    if found.received_on is not None:
        return [CORRECT] if shown.last is not None else []
    return [BEGIN] if found.paper.status == Paper.Status.ISSUED else []


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
