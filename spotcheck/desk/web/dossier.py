"""The page of a dossier: head, tracks, acts, and the record behind tabs."""

from datetime import date
from typing import Any, Final

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from spotcheck.casework import (
    custody,
    detail_rules,
    dossier_search,
    draws,
    evidence,
    field_settling,
    lanes,
    owning,
    papers,
    possible_acts,
    readers,
    record,
    results,
    texts,
)
from spotcheck.casework.clocks import clock_of
from spotcheck.casework.dossier_filters import Wanted
from spotcheck.casework.explanation import explain
from spotcheck.casework.explanation_lines import lines_of
from spotcheck.casework.paging import Turn
from spotcheck.casework.privacy import Sight
from spotcheck.casework.stage import derive
from spotcheck.casework.validity import validity_of
from spotcheck.desk.web import ownership
from spotcheck.desk.web.noting import note
from spotcheck.docket import clock, law, register
from spotcheck.docket.models import Deadline, Dossier, Entry, Involvement, Party, Track, known_as
from spotcheck.docket.sessions import question_of_parties, question_of_parts, reading
from spotcheck.docket.wording import headed, say
from spotcheck.inspection.models import Item
from spotcheck.look.page import at_post, is_province, page
from spotcheck.parties.actors import Actor
from spotcheck.parties.models import PROVINCE_CODE, Post
from spotcheck.planning import samplers
from spotcheck.planning.queries import kind_of
from spotcheck.rules.acts import OWN_ACTS
from spotcheck.rules.charts import CHARTS
from spotcheck.sampling.models import SampleUnit
from spotcheck.takeover.files import is_old

MOST_NOTES: Final = 200
"""So many notes are shown, the newest."""


def in_sight(actor: Actor, number: str) -> Dossier:
    """The dossier of this number, if the actor may see it at all."""
    return get_object_or_404(Dossier.objects.visible_to(actor).select_related("parent", "sample_file"), number=number)


def opened(request: Any, number: str) -> Dossier:
    """The same, opened for reading: the one place that writes down who is shown a dossier, on whichever page of it.

    Once an hour for each person. Who tests is shown no person of a party, and reads nothing that counts.
    """
    found = in_sight(request.actor, number)
    if not Sight(request.actor).is_blind:
        note(request, "read.dossier", found, found)
    return found


def _right_address(request: Any, number: str) -> str:
    """The address of a file in sight whose number is meant: in another case or width, as somebody dictates it."""
    meant = known_as(number)
    if meant is None or meant.number == number:
        raise Http404
    query = request.META.get("QUERY_STRING", "")
    address = reverse("desk:dossier", kwargs={"number": in_sight(request.actor, meant.number).number})
    return f"{address}?{query}" if query else address


@require_GET
@at_post
def dossier(request: Any, number: str) -> HttpResponse:
    """The whole dossier, or one tab of it; whose number is written in another way is led to its address."""
    try:
        found = opened(request, number)
    except Http404:
        return redirect(_right_address(request, number))
    sight, today = Sight(request.actor), clock.today()
    with reading(register.lines(found), question_of_parties(found.pk), question_of_parts(found.pk)):
        tab = _tab(request, found)
        context: dict[str, Any] = {"dossier": found, "tab": tab, "tabs": _tabs(found, request.desk_post)}
        context |= _tab_content(tab, found, request, sight, today)
        is_tab = request.htmx and request.htmx.target == "tab"
        if not is_tab:
            context |= _head(found, request, sight, today)
            context |= ownership.of_dossier(request.desk_post, found)
        if tab == "papers":
            context["to_issue"] = possible_acts.issuing(context.get("all_matters") or _matters(found, request, today))
    if is_tab:
        return page(request, "desk/parts/tab.html", context)
    return page(request, "desk/dossier.html", context)


@require_GET
@at_post
def why(request: Any, number: str, key: int) -> HttpResponse:
    """Why a period ends on its day."""
    found = opened(request, number)
    sight = Sight(request.actor)
    visible = sight.of_parties(_periods().filter(dossier=found))
    deadline = get_object_or_404(visible.select_related("started_by__cause", "replaces"), pk=key)
    context = {
        "dossier": found,
        "clock": clock_of(deadline, today=clock.today(), sight=sight),
        "explanation": lines_of(explain(deadline), sight),
    }
    template = "desk/parts/why.html" if request.htmx else "desk/why.html"
    return page(request, template, context)


def _head(found: Dossier, request: Any, sight: Sight, today: date) -> dict[str, Any]:
    """Everything above the tabs."""
    actor = request.actor
    tracks = list(
        sight.of_parties(Track.objects.filter(dossier=found)).select_related("party__enterprise").order_by("pk")
    )
    entries = sight.of_parties(Entry.objects.filter(dossier=found)).defer("facts").order_by("sequence")
    periods = [
        clock_of(deadline, today=today, sight=sight)
        for deadline in sight.of_parties(_periods().filter(dossier=found)).order_by("started_on", "pk")
        if deadline.status != Deadline.Status.CORRECTED
    ]
    parties = sight.parties(_with_parties(found))
    is_sample = found.kind == Dossier.Kind.SAMPLE
    lanes_drawn = lanes.draw(
        told=texts.of_file(found),
        tracks=tracks,
        entries=list(entries),
        clocks=periods,
        parties=parties,
        today=today,
        sight=sight,
    )
    running = [shown for shown in periods if shown.is_running]
    beginnings = possible_acts.to_begin(found, tracks, actor, on=today)
    matters = possible_acts.acts_of(found, tracks, actor, on=today, post=request.desk_post)
    above = Dossier.objects.visible_to(actor).filter(pk=found.parent_id) if found.parent_id else None
    return {
        "stage": derive(tracks),
        "product_kind": found.sample_file.product_kind if is_sample else kind_of(found),
        "is_parent_visible": above is not None and above.exists(),
        "parties": parties,
        "validity": validity_of(found, today),
        "is_old": is_old(found),
        "drawing": lanes_drawn,
        "drawn": draws.drawn(found) if found.kind == Dossier.Kind.TASK and _knows_samplers(sight) else None,
        "hands_out": is_province(actor),
        **_of_rules(found, actor),
        "samplers": samplers.of(found) if is_sample and _knows_samplers(sight) else [],
        "running": sorted(running, key=lambda shown: shown.guiding),
        "all_matters": [*matters, *beginnings],
        "matters": [matter for matter in matters if matter.is_urgent],
        "quiet_matters": [matter for matter in matters if not matter.is_urgent],
        "begin_now": [matter for matter in beginnings if matter.now],
        "begin_besides": [matter for matter in beginnings if matter.exceptions and not matter.now],
        "begin_later": [matter for matter in beginnings if not matter.now and not matter.exceptions],
    }


def _of_rules(found: Dossier, actor: Actor) -> dict[str, Any]:
    """The rule of detail of a task."""
    task = detail_rules.task_of(found) if found.kind == Dossier.Kind.TASK else None
    return {"rule_task": task, "can_choose_rule": task is not None and detail_rules.can_choose(task, actor)}


def _knows_samplers(sight: Sight) -> bool:
    """Whether the actor may know who samples: neither a party nor who tests."""
    return not (sight.is_party or sight.is_blind)


def _matters(found: Dossier, request: Any, today: date) -> list[possible_acts.OpenMatter]:
    """What the actor can do and begin, for a tab that is drawn without the head."""
    actor = request.actor
    tracks = list(Sight(actor).of_parties(Track.objects.filter(dossier=found)).order_by("pk"))
    beginnings = possible_acts.to_begin(found, tracks, actor, on=today)
    return [*possible_acts.acts_of(found, tracks, actor, on=today, post=request.desk_post), *beginnings]


def _with_parties(found: Dossier) -> Dossier:
    parties = Party.objects.filter(dossier=found).select_related("enterprise", "handler").order_by("pk")
    prefetch_related_objects([found], Prefetch("parties", parties))
    return found


def _involved(found: Dossier) -> list[tuple[Involvement, str]]:
    """The offices with a part in the dossier, and which part."""
    rows = found.involvements.select_related("office", "party__enterprise").order_by("office__code", "pk")
    capacities = law.text_of(found).capacities
    words = {name: say(capacity.label) for name, capacity in capacities.items()}
    return [(part, words.get(part.role) or str(part.office.get_kind_display())) for part in rows]


def _periods() -> QuerySet[Deadline]:
    """Periods with everything that a clock says."""
    return Deadline.objects.select_related("dossier", "office", "party__enterprise", "party__handler", "ended_by")


def _of_items(found: Dossier, actor: Actor) -> dict[str, Any]:
    """The items of the rule by which a case is tested, with the results that the actor may see."""
    if not Sight(actor).is_office:
        return {}
    inspection = results.inspection_of(found)
    frozen = inspection.rule_snapshot if inspection is not None else {}
    if not frozen:
        return {"item_lines": [], "rule_of_case": frozen}
    later = [
        {"title": headed(CHARTS[matter.chart].label), "label": matter.label, "lines": lines}
        for matter, lines in results.later_sheets(found, actor)
    ]
    return {"item_lines": results.sheet(found, actor), "rule_of_case": frozen, "later": later}


def _tabs(found: Dossier, post: Post) -> list[tuple[str, str]]:
    """The tabs of a dossier: a sample has items, a file has dossiers below it; readers are shown to few."""
    names = {
        "children": _("下级案卷"),
        "entries": _("办理记录"),
        "papers": _("文书"),
        "items": _("检验项目"),
        "custody": _("样品流转"),
        "clocks": _("期限"),
        "parties": _("相关方"),
        "readers": _("查阅记录"),
        "notes": _("便签"),
    }
    hidden = {"items", "parties", "clocks"} if law.text_of(found).files[found.kind].holds else {"children"}
    if found.kind != Dossier.Kind.SAMPLE:
        hidden |= {"items", "custody"}
    hidden |= set() if readers.are_shown_to(post, found) else {"readers"}
    hidden |= set() if post.office_id is not None else {"notes", "custody"}
    return [(name, label) for name, label in names.items() if name not in hidden]


def _tab(request: Any, found: Dossier) -> str:
    names = [name for name, _label in _tabs(found, request.desk_post)]
    wanted = request.GET.get("tab", "")
    return wanted if wanted in names else names[0]


def _tab_content(tab: str, found: Dossier, request: Any, sight: Sight, today: date) -> dict[str, Any]:
    """What one tab shows."""
    match tab:
        case "entries":
            words = OWN_ACTS["docket.counter_entry"].label
            return {"entries": record.entry_lines(found, sight), "most": record.MOST_ENTRIES, "taking_back": words}
        case "papers":
            return {
                "papers": papers.of_dossier(found, sight),
                "evidence": list(evidence.visible(found, sight)),
                "has_log": field_settling.seen_by(request.actor).filter(dossier=found).exists(),
                "is_bureau": sight.is_bureau,
            }
        case "items" | "custody" | "readers" | "notes":
            office = request.actor.office
            return {
                "units": custody.units_of(found, sight) if tab == "custody" else [],
                "accepting": SampleUnit.spec_of("accept_gap"),
                "accepts_gaps": office is not None and office.code == PROVINCE_CODE,
                "items": Item.objects.filter(dossier=found).order_by("pk") if sight.sees_items(found) else (),
                **(_of_items(found, request.actor) if tab == "items" else {}),
                "readings": readers.of(found),
                "notes": owning.notes_of(found, request.desk_post)[:MOST_NOTES],
            }
        case "clocks":
            periods = sight.of_parties(_periods().filter(dossier=found)).order_by("-started_on", "-pk")
            return {"clocks": [clock_of(deadline, today=today, sight=sight) for deadline in periods]}
        case "parties":
            unknown = sight.is_party or sight.is_blind
            return {"involved": [] if unknown else _involved(found), "known": sight.parties(_with_parties(found))}
        case _:
            wanted = Wanted(turn=Turn.read(request.GET))
            children = Dossier.objects.visible_to(request.actor).filter(parent=found)
            return {"found": dossier_search.paged(children, request.actor, wanted), "wanted": wanted}
