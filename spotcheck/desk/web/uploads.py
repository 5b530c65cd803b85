"""Files on their way to an act: whole in a form, or in pieces by tus 1.0 (core, creation, termination).

Only the post that sends a file sees it. What comes in is checked before it waits; what is refused leaves nothing, and
the sentence says why. An act that is refused leaves its files waiting: the form keeps their keys.
"""

from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Final
from uuid import UUID

import structlog
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from spotcheck.casework import evidence
from spotcheck.casework.evidence import Waiting
from spotcheck.casework.problems import problem
from spotcheck.casework.reading import whole
from spotcheck.docket import clock
from spotcheck.docket.flow import ActSpec, act_named
from spotcheck.docket.wording import language
from spotcheck.files import receiving, storage
from spotcheck.files.models import Upload
from spotcheck.files.reasons import FileRefused
from spotcheck.files.receiving import LARGEST_PIECE, NoRoom, OtherOffset
from spotcheck.look.page import at_post, page

logger = structlog.get_logger(__name__)

TUS: Final = "1.0.0"
PIECE_TYPE: Final = "application/offset+octet-stream"
KEYS: Final = "upload"
DROPPED: Final = "drop"
_HEADERS: Final = {
    "Tus-Resumable": TUS,
    "Tus-Version": TUS,
    "Tus-Extension": "creation,termination",
    "Tus-Max-Size": str(receiving.MOST),
}


@dataclass(slots=True)
class Gathered:
    """The files of a form: what waits, and what is wrong with those that came with it."""

    waiting: list[Waiting] = field(default_factory=list)
    unchecked: list[Upload] = field(default_factory=list)
    """What is being checked, or waits for it: no act can carry it yet."""
    errors: list[str] = field(default_factory=list)

    def taken_up(self) -> None:
        """The act carries them now."""
        for one in self.waiting:
            receiving.forget(one.upload)


def gathered(request: Any, spec: ActSpec) -> Gathered:
    """What waits under the keys of a form, and the files that came in it without a script."""
    owner, keys = evidence.owner_of(request.desk_post), request.POST.getlist(KEYS)
    errors: list[str] = []
    if dropped := request.POST.get(DROPPED, ""):
        for upload in [*receiving.of(owner, [dropped]), *receiving.unchecked(owner, [dropped])]:
            receiving.forget(upload)
    keys += _come_with_it(request, errors)
    unchecked = [upload for upload in receiving.unchecked(owner, keys) if _is_still_unchecked(upload, errors)]
    return Gathered(evidence.waiting(spec, request.desk_post, request.POST, keys), unchecked, errors)


def _come_with_it(request: Any, errors: list[str]) -> list[str]:
    """Take the files that travelled with the form; return their keys, and add what is wrong with the others."""
    keys = []
    for sent in request.FILES.getlist("files"):
        name = receiving.tidy(sent.name or "")
        try:
            keys.append(str(_received(request, sent).pk))
        except (FileRefused, NoRoom) as refused:
            errors.append(_("%(where)s：%(what)s") % {"where": name, "what": _said(refused)})
        except OSError:
            logger.exception("a file could not be kept")
            not_kept = _("存储暂时没有应答，文件没有收下，请稍后再传。")
            errors.append(_("%(where)s：%(what)s") % {"where": name, "what": not_kept})
    return keys


def _is_still_unchecked(upload: Upload, errors: list[str]) -> bool:
    """Whether a file that is whole cannot be taken up yet; a small one is tried now. Adds why it cannot."""
    try:
        receiving.refuse_refused(upload)
        evidence.have_checked(upload)
    except FileRefused as refused:
        errors.append(_("%(where)s：%(what)s") % {"where": upload.name, "what": _said(refused)})
        return False
    if upload.stored_id is None:
        errors.append(_("%(where)s：%(what)s") % {"where": upload.name, "what": still(upload)})
    return upload.stored_id is None


def still(upload: Upload) -> str:
    """Why a file that is here cannot be taken up yet."""
    if upload.waits_for == receiving.SCANNER:
        return _("已收到，但病毒扫描没有应答，检查之前不能使用；系统每分钟重试，稍后再提交。")
    if upload.waits_for == receiving.STORE:
        return _("已收到，但存储暂时没有应答；系统每分钟重试，稍后再提交。")
    return _("已收到，正在检查；检查完就可以提交。")


def by_tus(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer in the words of tus what goes wrong with a file."""

    @wraps(view)
    def answering(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except FileRefused as refused:
            response = problem(refused, status=413 if refused.code == "too_large" else 400)
        except NoRoom as full:
            response = JsonResponse({"type": "no-room", "title": _said(full), "status": 507}, status=507)
        except OtherOffset as other:
            response = HttpResponse(status=409, headers={"Upload-Offset": str(other.received)})
        except storage.Away:
            response = HttpResponse(status=503, headers={"Retry-After": "30"})
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return answering


@require_http_methods(["OPTIONS", "POST"])
@at_post
@by_tus
def begin(request: Any) -> HttpResponse:
    """Announce a file of so many bytes, or hand in a small one whole."""
    if request.method == "OPTIONS":
        return HttpResponse(status=204)
    if (sent := request.FILES.get("file")) is not None:
        made = _received(request, sent)
    else:
        size = whole(request.headers.get("Upload-Length", ""))
        if size is None:
            return HttpResponse(_("没有说明文件的大小。"), status=400)
        made = receiving.begin(
            evidence.owner_of(request.desk_post),
            office=evidence.office_of(request.actor),
            name=_name(request.headers.get("Upload-Metadata", "")),
            size=size,
            now=clock.now(),
        )
    address = reverse("desk:upload", kwargs={"key": str(made.pk)})
    return HttpResponse(status=201, headers={"Location": address, "Upload-Offset": str(made.received)})


@require_http_methods(["HEAD", "PATCH", "DELETE"])
@at_post
@by_tus
def upload(request: Any, key: str) -> HttpResponse:
    """How much of a file is here; the next piece of it; or not to go on with it."""
    found = _mine(request, key)
    if request.method == "HEAD":
        headers = {"Upload-Offset": str(found.received), "Upload-Length": str(found.size), "Cache-Control": "no-store"}
        return HttpResponse(status=200, headers=headers)
    if request.method == "DELETE":
        receiving.forget(found)
        return HttpResponse(status=204)
    if request.headers.get("Content-Type") != PIECE_TYPE:
        return HttpResponse(status=415)
    length, offset = (whole(request.headers.get(name, "")) for name in ("Content-Length", "Upload-Offset"))
    if length is None or offset is None:
        return HttpResponse(status=400)
    if length > LARGEST_PIECE:
        return HttpResponse(status=413)
    if found.stored_id is not None:
        raise OtherOffset(found.received)
    content = request.read(length)
    owner = evidence.owner_of(request.desk_post)
    found = receiving.take_piece(found.pk, owner, offset=offset, content=content, now=clock.now())
    if found.is_whole:
        evidence.have_checked(found)
    return HttpResponse(status=204, headers={"Upload-Offset": str(found.received)})


@require_GET
@at_post
@by_tus
def row(request: Any, key: str) -> HttpResponse:
    """The line of a file in the form of an act; while it is checked (202), how far that is, or why it is not taken."""
    mine = _mine(request, key)
    if mine.stored_id is None and mine.is_whole:
        receiving.still_wanted(mine, now=clock.now())
        receiving.refuse_refused(mine)
        return JsonResponse({"percent": mine.percent, "says": still(mine)}, status=202)
    found = evidence.waiting(_spec(request.GET.get("act", "")), request.desk_post, {}, [key])
    if not found:
        raise Http404
    return page(request, "desk/parts/upload_row.html", {"one": found[0]})


@require_GET
@at_post
def thumbnail(request: Any, key: str) -> HttpResponse:
    """The small picture of a file that waits."""
    found = _mine(request, key)
    if found.stored is None or not found.stored.thumb_file:
        raise Http404
    return HttpResponse(storage.read(found.stored.thumb_file, found.stored.thumb_sha256), content_type="image/jpeg")


def answer(file: Any, kind: str, disposition: str) -> HttpResponse:
    """A stored file piece by piece, as what it is and nothing else."""
    response: Any = FileResponse(file, content_type=kind)
    response.headers["Content-Disposition"] = disposition
    response.headers["X-Content-Type-Options"] = "nosniff"
    made: HttpResponse = response
    return made


def _mine(request: Any, key: str) -> Upload:
    """A file on its way of this post; somebody else's is not there."""
    owner = evidence.owner_of(request.desk_post)
    try:
        return Upload.objects.select_related("stored").get(owner=owner, pk=UUID(key))
    except (Upload.DoesNotExist, ValueError) as error:
        raise Http404 from error


def _received(request: Any, sent: Any) -> Upload:
    if sent.size > LARGEST_PIECE:
        raise FileRefused("too_large", f"{LARGEST_PIECE // 1024**2} MB")
    return receiving.receive(
        sent,
        evidence.owner_of(request.desk_post),
        office=evidence.office_of(request.actor),
        name=sent.name or "",
        size=sent.size,
        now=clock.now(),
    )


def _spec(name: str) -> ActSpec:
    """The act of this name."""
    spec = act_named(name)
    if spec is None:
        raise Http404
    return spec


def _name(metadata: str) -> str:
    """The name out of the metadata of tus: pairs of a word and base64."""
    for pair in metadata.split(","):
        word, _sep, value = pair.strip().partition(" ")
        if word == "filename":
            try:
                return b64decode(value, validate=True).decode()
            except ValueError:
                return ""
    return ""


def _said(refused: FileRefused | NoRoom) -> str:
    return refused.words.in_(language())
