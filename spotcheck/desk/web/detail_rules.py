"""实施细则: the versions, one of them as a table, two beside each other, and that of a task (Article 9)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from spotcheck.casework import detail_rules as rules_of
from spotcheck.casework.doing import attempt
from spotcheck.casework.paging import PAGE
from spotcheck.casework.reading import whole
from spotcheck.desk.web.dossier import in_sight
from spotcheck.docket import clock
from spotcheck.docket.wording import headed
from spotcheck.look.page import at_post, page
from spotcheck.look.refusing import status_of, told
from spotcheck.parties.folded import Fold
from spotcheck.planning import detail_rules
from spotcheck.planning.models import DetailRule, Task
from spotcheck.rules.acts import OWN_ACTS
from spotcheck.rules.folding import words_of
from spotcheck.rules.refused import Refused

CHOOSE = OWN_ACTS[Task.spec_of("choose_rule").name]


@require_GET
@at_post
def listing(request: Any) -> HttpResponse:
    """The versions, those of one kind of product together."""
    _only_offices(request)
    rules = rules_of.visible(request.actor)
    kind = request.GET.get("kind", "")
    rules = rules.annotate(kind_folded=Fold("product_kind"))
    for word in words_of(kind):
        rules = rules.filter(kind_folded__contains=word)
    context = {"rules": rules[: 10 * PAGE], "kind": kind, "keeps": rules_of.keeps(request.actor)}
    return page(request, "desk/detail_rules.html", context)


@require_http_methods(["GET", "POST"])
@at_post
def rule(request: Any, key: int) -> HttpResponse:
    """One version as a table, beside another one if that is asked for; the province publishes and withdraws it."""
    _only_offices(request)
    seen = rules_of.visible(request.actor)
    found = get_object_or_404(seen.select_related("source", "published_by", "imported_by"), pk=key)
    if request.method == "POST":
        return _decide(request, found)
    other = seen.filter(pk=whole(request.GET.get("beside", "")) or 0).first()
    context = {
        "rule": found,
        "items": found.items.order_by("place"),
        "others": seen.filter(name=found.name).exclude(pk=found.pk),
        "other": other,
        "pairs": list(rules_of.beside(found, other)) if other is not None else [],
        "tasks": found.tasks.count() if rules_of.keeps(request.actor) else None,
        "keeps": rules_of.keeps(request.actor),
    }
    return page(request, "desk/detail_rule.html", context)


def _decide(request: Any, found: DetailRule) -> HttpResponse:
    """Publish or withdraw."""
    if not rules_of.keeps(request.actor):
        raise PermissionDenied
    publishes = request.POST.get("what") == "publish"
    decide = detail_rules.publish if publishes else detail_rules.withdraw
    answer = attempt(lambda: decide(found, by=request.desk_post))
    if isinstance(answer, Refused):
        messages.warning(request, _("该版本已经发布或者撤下，没有再作更改。"))
    else:
        messages.success(request, _("已发布。") if publishes else _("已撤下；已经选用它的任务不受影响。"))
    return redirect("desk:detail_rule", key=found.pk)


@require_http_methods(["GET", "POST"])
@at_post
def of_task(request: Any, number: str) -> HttpResponse:
    """Choose the version by which the samples of a task are tested."""
    dossier = in_sight(request.actor, number)
    task = rules_of.task_of(dossier)
    if task is None:
        raise Http404
    if not rules_of.keeps(request.actor):
        raise PermissionDenied
    today, answer = clock.today(), None
    if request.method == "POST":
        seen = whole(request.POST.get("seen", ""))
        key = whole(request.POST.get("rule", ""))
        facts = key if key is not None else 0
        answer = rules_of.choose(request.actor, task, facts, on=today, post=request.desk_post, seen=seen)
        if not isinstance(answer, Refused):
            messages.success(request, _("%(done)s。") % {"done": headed(CHOOSE.done)})
            return redirect("desk:dossier", number=dossier.number)
    refused = answer if isinstance(answer, Refused) else None
    context = {
        "dossier": dossier,
        "task": task,
        "words": CHOOSE,
        "rules": rules_of.choosable(task, today),
        "can_choose": rules_of.can_choose(task, request.actor),
        **told(refused),
    }
    return page(request, "desk/task_rule.html", context, status=status_of(refused) if refused is not None else 200)


def _only_offices(request: Any) -> None:
    if request.actor.office is None or request.actor.administers:
        raise PermissionDenied
