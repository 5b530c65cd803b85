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
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from spotcheck.casework import dossier_search
from spotcheck.casework.doing import do
from spotcheck.casework.draws import MOST_TARGETS, Frozen, Numbers
from spotcheck.casework.fields import legal_date
from spotcheck.casework.reading import whole
from spotcheck.casework.wording import cited, headed
from spotcheck.desk.web.acting import let_in
from spotcheck.desk.web.dossier import in_sight
from spotcheck.desk.web.page import at_post, is_province, page
from spotcheck.desk.web.refusing import status_of, told
from spotcheck.docket import clock
from spotcheck.docket.acts import refusals
from spotcheck.docket.flow import Proposal
from spotcheck.docket.models import Dossier
from spotcheck.docket.problems import Reason
from spotcheck.parties.models import Offering
from spotcheck.planning import candidates
from spotcheck.planning.candidates import Wish
from spotcheck.planning.drawing import freeze, frozen
from spotcheck.planning.models import Frame, Plan, Task
from spotcheck.planning.operations import open_plan, open_task
from spotcheck.planning.requirements import WITHIN_ARTICLE_23
from spotcheck.rules.guards.flags import FLAGS
from spotcheck.rules.refused import Refused

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


def _freeze(request: Any, task: Task) -> HttpResponse:
    """Freeze the list that the form describes; whoever draws draws from it and from no other."""
    lines = candidates.preview(Wish.read(request.POST, task)).lines
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
    on, wrong_day = legal_date(request.POST, clock.today())
    if on is not None and on < found.frozen_on:
        wrong_day = _("抽取日期不能早于名单冻结之日（%(day)s）。") % {"day": found.frozen_on}
    numbers = Numbers.read(request.POST)
    wrong = numbers.errors(found)
    if on is None or wrong_day or wrong:
        return _draw_page(request, task, wrong=wrong, wrong_day=wrong_day, status=422)
    facts = {"frame": found.frame.sha256} | numbers.facts()
    answer = do(request.actor, task, "draw_targets", on=on, facts=facts, post=request.desk_post)
    if isinstance(answer, Refused):
        wrong_day = " ".join(told(answer)["errors"])
        return _draw_page(request, task, reasons=answer.reasons, wrong_day=wrong_day, status=status_of(answer))
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
    reasons: tuple[Reason, ...] = (),
    wrong: dict[str, str] | None = None,
    wrong_day: str = "",
    nobody: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The page of the draw: the candidates, or the frozen list; and at once what stands in the way of a draw."""
    sent = request.POST if request.method == "POST" else request.GET
    wish = Wish.read(sent, task)
    looks = "product_kind" in sent
    today, spec = clock.today(), Task.spec_of("draw_targets")
    proposal = Proposal(spec=spec, by=request.actor, on=today, today=today, facts={})
    context = {
        "dossier": task.dossier,
        "wish": wish,
        "preview": candidates.preview(wish) if looks else None,
        "frozen": None if looks else _frozen(request, task),
        "is_open": task.state in spec.source,
        "reach": cited(WITHIN_ARTICLE_23.guard.articles),
        "reasons": reasons or refusals(task, proposal, only_standing=True),
        "numbers": Numbers.read(sent),
        "wrong": wrong or {},
        "wrong_day": wrong_day,
        "nobody": nobody,
        "on": sent.get("on") or today.isoformat(),
        "products": _framed_kinds(),
        "places": dossier_search.places(request.actor),
        "kinds": Offering.Kind.choices,
        "channels": Dossier.Channel.choices,
        "checks": Dossier.Check.choices,
        "most": MOST_TARGETS,
    }
    return page(request, "desk/draw.html", context, status=status)


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
    return list(kinds.distinct()[: dossier_search.MOST_KINDS])
