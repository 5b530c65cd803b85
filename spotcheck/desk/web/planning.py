"""Pages of the province: a new plan, a new task, the draw."""

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from spotcheck.casework import dossier_search
from spotcheck.casework.doing import do
from spotcheck.casework.draws import Frozen
from spotcheck.desk.forms import DrawForm, PlanForm, TaskForm, WishForm
from spotcheck.desk.web.acting import let_in
from spotcheck.desk.web.dossier import in_sight
from spotcheck.desk.web.noting import take_along
from spotcheck.docket import clock, exports
from spotcheck.docket.acts import refusals
from spotcheck.docket.flow import Proposal
from spotcheck.docket.models import Dossier
from spotcheck.docket.problems import Reason
from spotcheck.docket.wording import cited, headed
from spotcheck.look.page import at_post, is_province, page
from spotcheck.look.refusing import status_of, told
from spotcheck.parties.models import Offering
from spotcheck.planning import candidates, protocol
from spotcheck.planning.drawing import freeze, frozen
from spotcheck.planning.models import Frame, Plan, Task
from spotcheck.planning.requirements import WITHIN_ARTICLE_23
from spotcheck.rules.guards import FLAGS
from spotcheck.rules.refused import Refused
from spotcheck.signin import proving


@require_http_methods(["GET", "POST"])
@at_post
def new_plan(request: Any) -> HttpResponse:
    """Open the file of a year's plan."""
    _only_province(request)
    today = clock.today()
    form = PlanForm(request.POST if request.method == "POST" else None, initial={"year": _next_year(today)})
    plan = form.open(today) if form.is_bound else None
    if plan is not None:
        messages.success(request, _("已建立 %(year)s 年度计划。") % {"year": plan.year})
        return redirect("desk:dossier", number=plan.dossier.number)
    return page(request, "desk/new_plan.html", {"form": form}, status=422 if form.is_bound else 200)


def _next_year(today: date) -> int:
    """The year whose plan is probably meant: the next one, in January still this one, that has none yet."""
    year = today.year + 1 if today.month > 1 else today.year
    taken = set(Plan.objects.filter(year__gte=year).values_list("year", flat=True))
    return next(free for free in range(year, year + len(taken) + 1) if free not in taken)


@require_http_methods(["GET", "POST"])
@at_post
def new_task(request: Any) -> HttpResponse:
    """Open the file of a task, under a plan or by itself."""
    _only_province(request)
    form = TaskForm(request.POST if request.method == "POST" else None, initial={"plan": request.GET.get("plan", "")})
    task = form.open(clock.today()) if form.is_bound else None
    if task is not None:
        messages.success(request, _("已建立抽查任务 %(number)s。") % {"number": task.dossier.number})
        return redirect("desk:dossier", number=task.dossier.number)
    context = {"form": form, "products": _framed_kinds()}
    return page(request, "desk/new_task.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@at_post
def draw(request: Any, number: str) -> HttpResponse:
    """Draw the targets of a task: look at the candidates, freeze their list, and draw from the frozen list."""
    dossier = in_sight(request.actor, number)
    task = Task.objects.filter(dossier=dossier).select_related("dossier").first()
    if task is None:
        raise Http404
    let_in(task, Task.spec_of("draw_targets"), request)
    match request.POST.get("what", "") if request.method == "POST" else "look":
        case "freeze":
            return _freeze(request, task)
        case "draw":
            return _draw(request, task)
        case _:
            return _draw_page(request, task)


@require_GET
@at_post
def protocol_of_draw(request: Any, number: str) -> HttpResponse:
    """The protocol of a draw to take away: list, seed and outcome, so that anybody can repeat it (Article 12).

    The province hands it out: it says whose sample each file is, which laboratories do not learn.
    """
    dossier = in_sight(request.actor, number)
    _only_province(request)
    made = protocol.of(dossier) if dossier.kind == Dossier.Kind.TASK else None
    if made is None:
        raise Http404
    if (away := proving.first(request, reverse("desk:dossier", kwargs={"number": dossier.number}))) is not None:
        return away
    content = json.dumps(made, ensure_ascii=False, indent=1).encode()
    take_along(request, "export.list", dossier, rows=made["frame"]["count"], digest=exports.digest_of(content))
    name = f"attachment; filename*=UTF-8''{escape_uri_path(f'{dossier.number}-draw.json')}"
    return HttpResponse(content, content_type="application/json; charset=utf-8", headers={"Content-Disposition": name})


def _freeze(request: Any, task: Task) -> HttpResponse:
    """Freeze the list that the form describes; whoever draws draws from it and from no other."""
    lines = candidates.preview(_wish_form(request, task).wish()).lines
    if not lines:
        return _draw_page(request, task, nobody=True, status=422)
    frame = freeze(task, lines, by=request.actor)
    messages.success(request, _("名单已冻结，可以据此抽取。"))
    return redirect(f"{reverse('desk:draw', kwargs={'number': task.dossier.number})}?frame={frame.sha256}")


def _draw(request: Any, task: Task) -> HttpResponse:
    """Draw from a frozen list; the seed is made by the machine now."""
    found = _frozen(request, task)
    if found is None:
        return _draw_page(request, task, nobody=True, status=422)
    form = DrawForm(request.POST, frozen=found, today=clock.today())
    if not form.is_valid():
        return _draw_page(request, task, form=form, status=422)
    facts = {"frame": found.frame.sha256} | form.facts()
    answer = do(request.actor, task, "draw_targets", on=form.cleaned_data["on"], facts=facts, post=request.desk_post)
    if isinstance(answer, Refused):
        for text in told(answer)["errors"]:
            form.add_error("on", text)
        return _draw_page(request, task, form=form, reasons=answer.reasons, status=status_of(answer))
    entry = answer.entry
    messages.success(
        request, _("已抽取 %(count)d 个对象，并为每个对象抽取抽样人员。") % {"count": len(entry.facts["targets"])}
    )
    for flag in entry.flags:
        meaning, count = headed(FLAGS[flag].meaning), len(entry.facts["known"])
        messages.warning(request, _("%(count)d 个对象：%(meaning)s。") % {"count": count, "meaning": meaning})
    return redirect("desk:dossier", number=task.dossier.number)


def _frozen(request: Any, task: Task) -> Frozen | None:
    """The frozen list that is asked for; without a question the newest of the task."""
    asked = request.POST if request.method == "POST" else request.GET
    if "frame" in asked:
        frame = frozen(task, asked["frame"])
    else:
        frame = Frame.objects.filter(task=task).order_by("-pk").first()
    return Frozen(frame) if frame is not None else None


def _draw_page(
    request: Any,
    task: Task,
    *,
    form: DrawForm | None = None,
    reasons: tuple[Reason, ...] = (),
    nobody: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The page of the draw: the candidates, or the frozen list; and at once what stands in the way of a draw."""
    sent = request.POST if request.method == "POST" else request.GET
    wish = _wish_form(request, task).wish()
    looks = "product_kind" in sent
    places = dossier_search.places(request.actor)
    found = None if looks else _frozen(request, task)
    today, spec = clock.today(), Task.spec_of("draw_targets")
    proposal = Proposal(spec=spec, by=request.actor, on=today, today=today, facts={})
    context = {
        "dossier": task.dossier,
        "wish": wish,
        "wish_form": WishForm(task=task, places=places, initial=asdict(wish)),
        "preview": candidates.preview(wish) if looks else None,
        "frozen": found,
        "draw_form": form or (DrawForm(frozen=found, today=today) if found is not None else None),
        "is_open": task.state in spec.source,
        "reach": cited(WITHIN_ARTICLE_23.guard_in(task.text()).articles),
        "reasons": reasons or refusals(task, proposal, only_standing=True),
        "nobody": nobody,
        "products": _framed_kinds(),
        "places": places,
    }
    return page(request, "desk/draw.html", context, status=status)


def _wish_form(request: Any, task: Task) -> WishForm:
    """What the address or the form asks for."""
    sent = request.POST if request.method == "POST" else request.GET
    return WishForm(sent, task=task, places=dossier_search.places(request.actor))


def _only_province(request: Any) -> None:
    if not is_province(request.actor):
        raise PermissionDenied


def _framed_kinds() -> list[str]:
    """The kinds of product that the sampling frame knows."""
    kinds = Offering.objects.order_by("product_kind").values_list("product_kind", flat=True)
    return list(kinds.distinct()[: dossier_search.MOST_KINDS])
