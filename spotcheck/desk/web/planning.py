"""Pages of the province: a new plan, a new task, the draw."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, Final, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from spotcheck.desk import drawing, finding
from spotcheck.desk.asked import whole
from spotcheck.desk.drawing import Wish
from spotcheck.desk.fields import legal_date
from spotcheck.desk.web.acting import let_in
from spotcheck.desk.web.dossier import in_sight
from spotcheck.desk.web.page import at_post, is_province, page
from spotcheck.desk.wording import say
from spotcheck.docket import clock
from spotcheck.docket.acts import perform
from spotcheck.docket.models import Dossier
from spotcheck.docket.problems import ActNotPermitted, BadFacts
from spotcheck.parties.models import Offering
from spotcheck.planning.models import Plan, Task
from spotcheck.planning.operations import open_plan, open_task
from spotcheck.rules.calendar import CalendarNotPublished

_File = TypeVar("_File", Plan, Task)

NUMBER: Final = re.compile(r"[0-9A-Za-z一-鿿〔〕()（）·._-]{2,32}")
"""Numbers of dossiers stand in addresses: no blanks and no slashes. Those of the samples drawn are longer still."""
LONGEST: Final = {"title": 200, "product_kind": 60}
FIRST_YEAR, LAST_YEAR = 2021, 2100


@require_http_methods(["GET", "POST"])
@at_post
def new_plan(request: Any) -> HttpResponse:
    """Open the file of a year's plan."""
    _only_province(request)
    today = clock.today()
    year = request.POST.get("year", str(_next_year(today)))
    error = _wrong_year(year) if request.method == "POST" else ""
    plan = None if request.method != "POST" or error else _opened(lambda: open_plan(int(year), on=today))
    if request.method == "POST" and plan is None:
        error = error or _wrong_year(year)
    if plan is not None:
        messages.success(request, _("已建立 %(year)s 年度计划。") % {"year": year})
        return redirect("desk:dossier", number=plan.dossier.number)
    return page(request, "desk/new_plan.html", {"year": year, "error": error}, status=422 if error else 200)


def _next_year(today: date) -> int:
    """The year whose plan is probably meant: the next one, in January still this one, that has none yet."""
    year = today.year + 1 if today.month > 1 else today.year
    taken = set(Plan.objects.filter(year__gte=year).values_list("year", flat=True))
    return next(free for free in range(year, year + len(taken) + 1) if free not in taken)


def _wrong_year(year: str) -> str:
    if not FIRST_YEAR <= (whole(year) or 0) <= LAST_YEAR:
        return _("请填写四位年份。")
    if Plan.objects.filter(year=int(year)).exists():
        return _("%(year)s 年度计划已经建立。") % {"year": year}
    return ""


@require_http_methods(["GET", "POST"])
@at_post
def new_task(request: Any) -> HttpResponse:
    """Open the file of a task, under a plan or by itself."""
    _only_province(request)
    plans = Plan.objects.select_related("dossier").order_by("-year")
    wanted = request.POST.get("plan", request.GET.get("plan", ""))
    plan = next((plan for plan in plans if str(plan.pk) == wanted), None)
    typed = {name: request.POST.get(name, "").replace("\0", "").strip() for name in ("number", "title", "product_kind")}
    errors = _wrong_task(typed) if request.method == "POST" else {}
    task = None
    if request.method == "POST" and not errors:
        task = _opened(
            lambda: open_task(
                typed["number"], typed["title"], on=clock.today(), plan=plan, product_kind=typed["product_kind"]
            )
        )
        errors = {} if task is not None else _wrong_task(typed)
    if task is not None:
        messages.success(request, _("已建立抽查任务 %(number)s。") % {"number": typed["number"]})
        return redirect("desk:dossier", number=task.dossier.number)
    context = {
        "plans": plans,
        "plan": plan,
        "typed": typed,
        "errors": errors,
        "products": _framed_kinds(),
    }
    return page(request, "desk/new_task.html", context, status=422 if errors else 200)


def _wrong_task(typed: dict[str, str]) -> dict[str, str]:
    errors = {}
    if not NUMBER.fullmatch(typed["number"]):
        errors["number"] = _("编号为 2 至 32 个字符，不含空格和斜线。")
    elif Dossier.objects.filter(number=typed["number"]).exists():
        errors["number"] = _("这个编号已经使用。")
    if not typed["title"]:
        errors["title"] = _("请填写任务名称。")
    for name, most in LONGEST.items():
        if len(typed[name]) > most:
            errors[name] = _("最多 %(most)d 个字。") % {"most": most}
    return errors


@require_http_methods(["GET", "POST"])
@at_post
def draw(request: Any, number: str) -> HttpResponse:
    """Draw the targets of a task: first look at the candidates, then draw."""
    dossier = in_sight(request.actor, number)
    task = Task.objects.filter(dossier=dossier).select_related("dossier").first()
    if task is None:
        raise Http404
    let_in(task, Task.spec_of("draw_targets"), request)
    today = clock.today()
    sent = request.POST if request.method == "POST" else request.GET
    wish = Wish.read(sent, task)
    context: dict[str, Any] = {
        "dossier": dossier,
        "wish": wish,
        "preview": drawing.preview(wish) if "product_kind" in sent else None,
        "products": _framed_kinds(),
        "places": finding.places(request.actor),
        "kinds": Offering.Kind.choices,
        "channels": Dossier.Channel.choices,
        "checks": Dossier.Check.choices,
        "on": sent.get("on") or today.isoformat(),
        "most": drawing.MOST_TARGETS,
    }
    if request.method != "POST":
        return page(request, "desk/draw.html", context)
    on, context["wrong_day"] = legal_date(request.POST, today)
    if on is None or not context["preview"].drawn:
        context["nobody"] = not context["preview"].drawn
        return page(request, "desk/draw.html", context, status=422)
    try:
        perform(task.draw_targets, by=request.actor, on=on, facts=drawing.facts(wish, task))
    except (BadFacts, CalendarNotPublished) as wrong:
        context["wrong_day"] = say(wrong.words) if isinstance(wrong, CalendarNotPublished) else str(wrong)
        return page(request, "desk/draw.html", context, status=422)
    except ActNotPermitted as refusal:
        context["reasons"] = refusal.reasons
        return page(request, "desk/draw.html", context, status=409)
    messages.success(request, _("已抽取 %(count)d 家。") % {"count": len(context["preview"].drawn)})
    return redirect("desk:dossier", number=dossier.number)


def _opened(opening: Callable[[], _File]) -> _File | None:
    """The file that was opened, or None when somebody else has just taken its number."""
    try:
        with transaction.atomic():
            return opening()
    except IntegrityError:
        return None


def _only_province(request: Any) -> None:
    if not is_province(request.actor):
        raise PermissionDenied


def _framed_kinds() -> list[str]:
    """The kinds of product that the sampling frame knows."""
    kinds = Offering.objects.order_by("product_kind").values_list("product_kind", flat=True)
    return list(kinds.distinct()[: finding.MOST_KINDS])
