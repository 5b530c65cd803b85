"""批量办理 at the desk: choose the cases of an act, look at what is refused and why, confirm once, see every result."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from spotcheck.casework import batches
from spotcheck.casework.doing import attempt
from spotcheck.casework.duties import act_of
from spotcheck.casework.models import Batch, BatchLine
from spotcheck.casework.privacy import Sight
from spotcheck.casework.reading import whole
from spotcheck.desk.web.acting import legal_date
from spotcheck.desk.web.cases import at_work
from spotcheck.desk.web.noting import note
from spotcheck.desk.web.papers import pdf
from spotcheck.docket import clock, exports
from spotcheck.docket.wording import headed, language
from spotcheck.files import storage
from spotcheck.files.checks.content import XLSX
from spotcheck.files.sheets import Sheet, written
from spotcheck.look.page import page
from spotcheck.look.refusing import status_of, told
from spotcheck.network.counting import address_of
from spotcheck.notices import waking
from spotcheck.notices.binding import one_after_another
from spotcheck.rules.refused import Refused
from spotcheck.signin import proving, recent


@require_http_methods(["GET", "POST"])
@at_work
def new(request: Any, name: str) -> HttpResponse:
    """The cases that wait for an act, to be chosen."""
    spec = batches.spec_of(name)
    if spec is None:
        raise Http404
    found = batches.waiting_for(request.actor, spec)
    chosen = {str(one.step.key) for one in found}
    refused: Refused | None = None
    on: date | None = clock.today()
    wrong = ""
    if request.method == "POST":
        chosen = set(request.POST.getlist("chosen"))
        on, wrong = legal_date(request)
        steps = [one.step for one in found if str(one.step.key) in chosen]
        if on is not None:
            answer = attempt(lambda: batches.begin(steps, post=request.desk_post, on=on))
            if not isinstance(answer, Refused):
                return redirect("desk:batch", key=answer.pk)
            refused = answer
    context = {
        "spec": spec,
        "found": [(one.line, str(one.step.key), str(one.step.key) in chosen) for one in found],
        "on": on.isoformat() if on else request.POST.get("on", ""),
        "wrong_day": wrong,
        "most": batches.MOST,
        **told(refused),
    }
    status = 422 if wrong else status_of(refused) if refused is not None else 200
    return page(request, "desk/batch_new.html", context, status=status)


@require_http_methods(["GET", "POST"])
@at_work
def batch(request: Any, key: UUID) -> HttpResponse:
    """A batch: how far it is, what is refused, what has become of every line; and its confirmation."""
    found = _found(request, key)
    spec = act_of(found.act)
    is_own = found.post_id == request.desk_post.pk
    refused: Refused | None = None
    if request.method == "POST":
        if not is_own:
            raise Http404
        if spec.words.needs_recent and (away := proving.left(request)) is not None:
            return away
        if not spec.words.needs_recent or recent.is_proved(request):
            chosen = [place for text in request.POST.getlist("chosen") if (place := whole(text)) is not None]
            reason = request.POST.get("late_reason", "")
            answer = attempt(lambda: batches.confirm(found, chosen, late_reason=reason))
            if not isinstance(answer, Refused):
                return redirect("desk:batch", key=found.pk)
            refused = answer
        else:
            return _page(request, found, is_own=is_own, status=422)
    return _page(request, found, is_own=is_own, refused=refused)


def _page(
    request: Any, found: Batch, *, is_own: bool, refused: Refused | None = None, status: int = 200
) -> HttpResponse:
    spec, counts = act_of(found.act), batches.counts_of(found)
    runs = found.stage in (Batch.Stage.LOOKING, Batch.Stage.DOING)
    left = counts["waiting"] if found.stage == Batch.Stage.LOOKING else counts["ready"]
    sight = Sight(request.actor)
    lines = batches.lines_of(found)
    shown = [_line(line, sight) for line in lines]
    drawn, papers = batches.drawn_of(found)
    asks = is_own and found.stage == Batch.Stage.LOOKED
    context = {
        "batch": found,
        "spec": spec,
        "counts": counts,
        "runs": runs,
        "passed": counts["all"] - left,
        "lines": shown,
        "late": sum(1 for line in lines if line.late and line.outcome == BatchLine.Outcome.READY),
        "can_confirm": asks and counts["ready"] > 0,
        "late_reason": request.POST.get("late_reason", ""),
        "papers": papers,
        "drawn": drawn,
        "proof": recent.asked(request) if asks and spec.words.needs_recent else None,
        **told(refused),
    }
    return page(request, "desk/batch.html", context, status=status_of(refused) if refused is not None else status)


def _line(line: BatchLine, sight: Sight) -> dict[str, Any]:
    """One case as the page shows it."""
    spoken = language()
    return {
        "line": line,
        "party": " · ".join(sight.party(party) for party in line.dossier.parties.all()),
        "said": line.said.get(spoken, line.said.get("zh-hans", "")),
        "papers": [paper | {"title": paper["title"].get(spoken, "")} for paper in line.papers],
    }


@require_GET
@at_work
def results(request: Any, key: UUID) -> HttpResponse:
    """What became of every line, as a sheet to take along."""
    found = _found(request, key)
    heads = [_("序号"), _("案卷"), _("产品"), _("企业"), _("结果"), _("说明"), _("文书编号")]
    rows = []
    for shown in (_line(line, Sight(request.actor)) for line in batches.lines_of(found)):
        line = shown["line"]
        numbers = "、".join(paper["number"] for paper in line.papers) if line.outcome == BatchLine.Outcome.DONE else ""
        product = line.dossier.sample_file.product_name if hasattr(line.dossier, "sample_file") else ""
        rows.append(
            [
                str(line.place),
                line.dossier.number,
                product,
                shown["party"],
                str(line.get_outcome_display()),
                shown["said"],
                numbers,
            ]
        )
    content = written(Sheet(f"{headed(act_of(found.act).words.label)} {found.on.isoformat()}", heads, rows))
    _take_along(request, "export.list", found, rows=len(rows), content=content)
    name = f'attachment; filename="batch-{found.on.isoformat()}.xlsx"'
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": name})


@require_GET
@at_work
def papers(request: Any, key: UUID) -> HttpResponse:
    """The papers that a batch has issued, in its order, as one file for the printer."""
    found = _found(request, key)
    rows = Sight(request.actor).papers(batches.papers_of(found)).select_related("dossier", "issuer")
    ordered = sorted(rows, key=batches.order_of(found))
    if not ordered:
        raise Http404
    if waking.want(rows):
        messages.info(request, _("文书正在生成，稍后再打开。"))
        return redirect("desk:batch", key=found.pk)
    try:
        content = one_after_another(storage.read(paper.file, paper.sha256) for paper in ordered)
    except storage.Away:
        return HttpResponse(_("文书存储暂时无法访问，请稍候再打开。"), status=503, headers={"Retry-After": "30"})
    for paper in ordered:
        note(request, "read.paper", paper.dossier, paper)
    _take_along(request, "export.papers", found, rows=len(ordered), content=content)
    return pdf(content, f"{headed(act_of(found.act).words.label)}-{found.on.isoformat()}", download=False)


def _take_along(request: Any, kind: str, found: Batch, *, rows: int, content: bytes) -> None:
    who = {"by": request.desk_post, "user": request.user, "address": address_of(request)}
    exports.write(kind, subject=("batch", str(found.pk)), rows=rows, digest=exports.digest_of(content), **who)


def _found(request: Any, key: UUID) -> Batch:
    found = batches.find(key, request.desk_post)
    if found is None:
        raise Http404
    return found
