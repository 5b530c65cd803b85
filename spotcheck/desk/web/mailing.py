"""邮寄 at the desk: papers and labels for the printer, then the numbers of the envelopes, one scanned after another."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from spotcheck.casework import batches, mailing
from spotcheck.casework.models import Batch
from spotcheck.casework.privacy import Sight
from spotcheck.casework.reading import whole
from spotcheck.desk.web.acting import legal_date
from spotcheck.desk.web.cases import at_work
from spotcheck.desk.web.noting import note
from spotcheck.desk.web.papers import pdf
from spotcheck.docket import clock, exports
from spotcheck.docket.wording import language
from spotcheck.files import storage
from spotcheck.look.page import page
from spotcheck.network.counting import address_of
from spotcheck.notices import labels, waking
from spotcheck.notices.binding import one_after_another
from spotcheck.notices.models import Paper
from spotcheck.rules.refused import Refused

LABELS, ALL = "labels", "all"


@require_http_methods(["GET", "POST"])
@at_work
def mail(request: Any) -> HttpResponse:
    """The papers that wait to be posted; the numbers of those that were."""
    if request.method == "GET":
        return _page(request)
    on, wrong = legal_date(request)
    typed = {
        key: text.strip()
        for name, text in request.POST.items()
        if name.startswith("number-") and text.strip() and (key := whole(name.removeprefix("number-"))) is not None
    }
    if on is None or not typed:
        empty = "" if typed else _("请至少扫描或者填写一个邮件号码。")
        return _page(request, typed, wrong_day=wrong, empty=empty, status=422)
    answers = mailing.post(typed, on=on, by=request.actor)
    refused = {key: answer.text(language()) for key, answer in answers.items() if isinstance(answer, Refused)}
    done = len(answers) - len(refused)
    if done:
        said = ngettext("已登记交寄 %(done)d 件。", "已登记交寄 %(done)d 件。", done) % {"done": done}
        messages.success(request, said)
    if refused:
        return _page(request, {key: typed[key] for key in refused}, refused=refused, status=422)
    return redirect(request.get_full_path())


def _page(
    request: Any,
    typed: Mapping[int, str] = MappingProxyType({}),
    *,
    refused: Mapping[int, str] = MappingProxyType({}),
    wrong_day: str = "",
    empty: str = "",
    status: int = 200,
) -> HttpResponse:
    rows = mailing.waiting(request.actor)
    batch = _batch(request)
    if batch is not None:
        rows = rows.filter(paper__in=batches.papers_of(batch).values("pk"))
    found = mailing.parcels(request.actor, rows[: mailing.MOST + 1])
    lines = [(one, typed.get(one.recipient.pk, ""), refused.get(one.recipient.pk, "")) for one in found]
    shown = {one.recipient.pk for one in found}
    context = {
        "lines": lines[: mailing.MOST],
        "more": len(lines) > mailing.MOST,
        "most": mailing.MOST,
        "gone": [text for key, text in refused.items() if key not in shown],
        "on": request.POST.get("on") or clock.today().isoformat(),
        "wrong_day": wrong_day,
        "empty": empty,
        "batch": batch,
        "may_import": Sight(request.actor).is_bureau,
    }
    return page(request, "desk/mailing.html", context, status=status)


def _batch(request: Any) -> Batch | None:
    """The batch whose papers are meant, if the address names one of this office."""
    try:
        key = UUID(request.GET["batch"])
    except (KeyError, ValueError):
        return None
    return batches.find(key, request.desk_post)


@require_GET
@at_work
def to_print(request: Any) -> HttpResponse:
    """Labels, or papers and then their labels, of the chosen ones as one file for the printer."""
    keys = [key for text in request.GET.getlist("r") if (key := whole(text)) is not None]
    found = mailing.chosen(request.actor, keys)
    if not found:
        raise Http404
    with_papers = request.GET.get("what", ALL) != LABELS
    rows = Paper.objects.filter(pk__in={one.paper.pk for one in found})
    papers = list(Sight(request.actor).papers(rows).select_related("dossier")) if with_papers else []
    if papers and waking.want(rows):
        messages.info(request, _("文书正在生成，稍后再打开。"))
        return redirect("desk:mailing")
    order = {one.paper.pk: place for place, one in enumerate(found)}
    papers.sort(key=lambda paper: order[paper.pk])
    try:
        files = [storage.read(paper.file, paper.sha256) for paper in papers]
    except storage.Away:
        return HttpResponse(_("文书存储暂时无法访问，请稍候再打开。"), status=503, headers={"Retry-After": "30"})
    content = one_after_another([*files, labels.sheet([one.label for one in found])])
    for paper in papers:
        note(request, "read.paper", paper.dossier, paper)
    who = {"by": request.desk_post, "user": request.user, "address": address_of(request)}
    kind = "export.papers" if papers else "export.list"
    exports.write(kind, subject=("mailing", ""), rows=len(found), digest=exports.digest_of(content), **who)
    return pdf(content, f"{_('邮寄')}-{clock.today().isoformat()}", download=False)
