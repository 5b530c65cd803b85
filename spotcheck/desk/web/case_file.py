"""The case file (案卷): what is in it, what is missing, and the two files to take away.

Binding waits until every paper has its file; the workers draw those that have none yet, and the page tells how far
they are. It may be left meanwhile.
"""

from hashlib import file_digest
from io import BufferedIOBase, BytesIO
from tempfile import TemporaryFile
from typing import IO, Any, Final, cast

import structlog
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from spotcheck.casework.privacy import Sight
from spotcheck.desk.web.dossier import in_sight
from spotcheck.desk.web.noting import take_along
from spotcheck.docket.models import Dossier
from spotcheck.look.page import at_post, page
from spotcheck.notices import waking
from spotcheck.notices.models import Paper, Service
from spotcheck.parties.actors import Actor
from spotcheck.remediation.case_file import CaseFile, bind_case_file
from spotcheck.remediation.queries import cases_of, missing, recorded
from spotcheck.signin import proving

logger = structlog.get_logger(__name__)

TYPES: Final = {"pdf": "application/pdf", "zip": "application/zip"}


@require_GET
@at_post
def case_file(request: Any, number: str) -> HttpResponse:
    """What is in the case file of a dossier, and what is missing by article."""
    dossier = _in_sight_of_bureau(request.actor, number)
    context = {
        "dossier": dossier,
        "papers": dossier.papers.count(),
        "proofs": Service.objects.filter(recipient__paper__dossier=dossier).proved().count(),
        "files": dossier.evidence.count(),
        "documents": len(recorded(dossier, None)),
        "cases": [(case, missing(case)) for case in cases_of(dossier)],
        "progress": _progress(dossier),
    }
    return page(request, "desk/case_file.html", context)


@require_POST
@at_post
def prepare(request: Any, number: str) -> HttpResponse:
    """Have the papers drawn that have no file yet."""
    dossier = _in_sight_of_bureau(request.actor, number)
    waking.want(dossier.papers.all())
    return redirect("desk:case_file_progress" if request.htmx else "desk:case_file", number=dossier.number)


@require_GET
@at_post
def progress(request: Any, number: str) -> HttpResponse:
    """How far the drawing is; the files, once it is done."""
    dossier = _in_sight_of_bureau(request.actor, number)
    return page(request, "desk/parts/case_file_progress.html", {"dossier": dossier, "progress": _progress(dossier)})


@require_GET
@at_post
def take(request: Any, number: str, kind: str) -> HttpResponse:
    """The case file as one PDF, or the originals with their hashes as a ZIP file."""
    dossier = _in_sight_of_bureau(request.actor, number)
    if kind not in TYPES:
        raise Http404
    if (away := proving.first(request, reverse("desk:case_file", kwargs={"number": dossier.number}))) is not None:
        return away
    if _progress(dossier)["left"]:
        return redirect("desk:case_file", number=dossier.number)
    try:
        bound = bind_case_file(dossier)
        content = _content(bound, kind)
    except OSError:
        logger.exception("a case file could not be bound", dossier=dossier.number)
        messages.error(request, _("有文件暂时读不出来，案卷没有装订成。已经记录这次错误，请稍后再试。"))
        return redirect("desk:case_file", number=dossier.number)
    digest = file_digest(cast("BufferedIOBase", content), "sha256").hexdigest()
    content.seek(0)
    take_along(request, "export.case_file", dossier, rows=dossier.entry_count, digest=digest, form=kind)
    name = f"attachment; filename*=UTF-8''{escape_uri_path(bound.name)}.{kind}"
    answer = FileResponse(content, content_type=TYPES[kind], headers={"Content-Disposition": name})
    return cast("HttpResponse", answer)


def _content(bound: CaseFile, kind: str) -> IO[bytes]:
    """The file that is taken away, from its beginning."""
    if kind == "pdf":
        return BytesIO(bound.pdf)
    made = TemporaryFile(prefix="spotcheck-case-")  # noqa: SIM115 -- the answer closes it
    bound.write_zip(made)
    made.seek(0)
    return made


def _in_sight_of_bureau(actor: Actor, number: str) -> Dossier:
    """The dossier, for a bureau: a case file holds the papers of every party."""
    dossier = in_sight(actor, number)
    if not Sight(actor).is_bureau:
        raise PermissionDenied
    return dossier


def _progress(dossier: Dossier) -> dict[str, Any]:
    """How many papers have their file, how many not, and whether somebody works on those."""
    counts = Paper.objects.filter(dossier=dossier).aggregate(
        all=Count("pk"),
        drawn=Count("pk", filter=Q(drawing=Paper.Drawing.DRAWN)),
        wanted=Count("pk", filter=Q(drawing=Paper.Drawing.WANTED)),
        trouble=Count("pk", filter=Q(drawing=Paper.Drawing.WANTED) & ~Q(trouble="")),
    )
    return counts | {"left": counts["all"] - counts["drawn"], "runs": counts["wanted"] > 0}
