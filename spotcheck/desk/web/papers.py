"""The file of a paper: read on the screen, printed, downloaded; a copy of Form 2 with its watermark."""

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from spotcheck.casework import papers
from spotcheck.casework.privacy import Sight
from spotcheck.desk.web.dossier import in_sight
from spotcheck.desk.web.noting import note
from spotcheck.docket.models import Dossier
from spotcheck.files import storage
from spotcheck.look.page import at_post, page
from spotcheck.notices import production
from spotcheck.notices.models import Paper
from spotcheck.parties.actors import Actor

MANDATE: Final = 2
COPY: Final = "复印件与原件一致"


@require_GET
@at_post
def file(request: Any, number: str, key: int) -> HttpResponse:
    """The sealed file; drawn now when it was not drawn before. ``?copy`` gives the copy of Form 2 that is shown."""
    dossier = in_sight(request.actor, number)
    paper = _paper(request.actor, dossier, key)
    note(request, "read.paper", dossier, paper)
    if "copy" in request.GET and paper.form == MANDATE:
        return pdf(production.content(paper, watermark=COPY).pdf, f"{paper.number}（复印件）", download=False)
    if paper.drawing != Paper.Drawing.DRAWN:
        production.draw_paper(paper.pk)
        paper.refresh_from_db()
    if not paper.file:
        return HttpResponse(_("文件正在生成，请稍候再打开。"), status=503, headers={"Retry-After": "5"})
    try:
        content = storage.read(paper.file, paper.sha256)
    except storage.Away:
        return HttpResponse(_("文书存储暂时无法访问，请稍候再打开。"), status=503, headers={"Retry-After": "30"})
    return pdf(content, paper.number, download="download" in request.GET)


@require_GET
@at_post
def state(request: Any, number: str, key: int) -> HttpResponse:
    """Whether there is a file by now; says nothing as long as somebody is still drawing it."""
    dossier = in_sight(request.actor, number)
    paper = _paper(request.actor, dossier, key)
    if paper.drawing == Paper.Drawing.WANTED and not paper.trouble:
        return HttpResponse(status=204)
    sight = Sight(request.actor)
    (line,) = papers.lines([paper], sight)
    return page(request, "desk/parts/paper_file.html", {"line": line, "dossier": dossier})


def _paper(actor: Actor, dossier: Dossier, key: int) -> Paper:
    """A paper that this actor may open: a bureau all of its dossiers, everybody else what it gets or has issued."""
    sight = Sight(actor)
    rows = sight.readable(sight.papers(Paper.objects.filter(dossier=dossier)))
    return get_object_or_404(papers.with_recipients(rows).select_related("template", "issuer", "dossier"), pk=key)


def pdf(content: bytes, name: str, *, download: bool) -> HttpResponse:
    """A PDF file under its name, to be read on the screen or taken away."""
    how = "attachment" if download else "inline"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f"{how}; filename*=UTF-8''{escape_uri_path(name)}.pdf"},
    )
