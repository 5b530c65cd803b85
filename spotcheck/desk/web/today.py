"""The start page, and the messages."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from spotcheck.casework import dossier_search, inbox, owning
from spotcheck.casework.duties import decides
from spotcheck.casework.entitling import Entitled
from spotcheck.casework.paging import PAGE
from spotcheck.casework.reading import whole
from spotcheck.casework.worklist import GROUPS, MOST, worklist_of
from spotcheck.docket import clock, law
from spotcheck.docket.models import Dossier, Message
from spotcheck.look.page import at_post, page
from spotcheck.takeover import finding_out


@require_GET
@at_post
def today(request: Any) -> HttpResponse:
    """What is due today; nothing of that for a post of the administration, which begins elsewhere."""
    if request.actor.administers:
        return redirect("administration:start")
    day = clock.today()
    rule = request.GET.get("rule", "")
    rule = rule if rule in law.kinds() else ""
    found = worklist_of(request.actor, today=day, rule=rule)
    names = {
        "late": _("已逾期"),
        "today": _("今天到期"),
        "soon": _("三个工作日内到期"),
        "later": _("以后到期"),
    }
    context = {
        "worklist": found,
        "entitled": Entitled(request.desk_post, day),
        "groups": [(name, names[name], found.counts[name], found.due[name]) for name in GROUPS],
        "rule": rule,
        **_cases(request, day),
        "to_find_out": finding_out.count(request.actor) if decides(request.actor) else 0,
        "alarms": inbox.alarms(request.actor),
        "letters": inbox.recent(request.actor, today=day),
        "older": inbox.older_unread(request.actor, today=day),
    }
    return page(request, "desk/today.html", context)


def _cases(request: Any, day: date) -> dict[str, Any]:
    """What colleagues have handed over, the cases of those who are away, and how many nobody owns."""
    post = request.desk_post
    if post.office_id is None:
        return {}
    seen = Dossier.objects.visible_to(request.actor).values("pk")
    return {
        "handovers": owning.to_answer(post).prefetch_related("cases__dossier__sample_file"),
        "stood_in_for": [
            (user, dossier_search.first(found.filter(pk__in=seen), request.actor, MOST))
            for user, found in owning.stood_in_for(post, day).items()
        ],
        "in_pool": dossier_search.capped_count(owning.pool_of(post)) if owning.coordinates(post) else "",
    }


@require_GET
@at_post
def messages(request: Any) -> HttpResponse:
    """All messages, newest first."""
    found = inbox.messages_of(request.actor).order_by("-created_at", "-pk")
    if request.GET.get("unread"):
        found = found.filter(read_at__isnull=True)
    found = _older_than(found, request.GET.get("before", ""))
    letters = list(inbox.letters(found[: PAGE + 1], request.actor))
    more = letters[PAGE - 1].message.pk if len(letters) > PAGE else None
    return page(request, "desk/messages.html", {"letters": letters[:PAGE], "more": more})


def _older_than(found: QuerySet[Message], key: str) -> QuerySet[Message]:
    """The messages after the last one seen, by its moment and key."""
    number = whole(key)
    seen = found.filter(pk=number).first() if number is not None else None
    if seen is None:
        return found
    return found.filter(Q(created_at__lt=seen.created_at) | Q(created_at=seen.created_at, pk__lt=seen.pk))


@require_POST
@at_post
def read_message(request: Any, key: int) -> HttpResponse:
    """Mark one message as read; an alarm is acknowledged by it."""
    message = get_object_or_404(inbox.messages_of(request.actor), pk=key)
    inbox.mark_read(inbox.messages_of(request.actor).filter(pk=message.pk))
    return _back(request)


@require_POST
@at_post
def read_all(request: Any) -> HttpResponse:
    """Mark everything but the alarms as read."""
    inbox.mark_read(inbox.messages_of(request.actor).exclude(kind__in=inbox.ALARMS))
    return _back(request)


def _back(request: Any) -> HttpResponse:
    return redirect("desk:messages" if request.POST.get("back") == "messages" else "desk:today")
