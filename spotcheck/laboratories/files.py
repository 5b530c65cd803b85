"""Files that a program hands in, before the act that takes them up: small ones whole, long ones in pieces (tus 1.0).

They come in through the one receiver (``files/receiving.py``), wait for the office, and are forgotten after a day of
silence. An act names them by their ids; one that is refused leaves them waiting.
"""

import base64
import binascii
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from rest_framework import serializers

from spotcheck.api.doors import Call, Door, told
from spotcheck.api.kept import Answer
from spotcheck.api.problems import Problem, Wrong
from spotcheck.api.schema import FORM
from spotcheck.api.shapes import Answered
from spotcheck.casework import evidence
from spotcheck.docket import clock, sessions
from spotcheck.docket.evidence import Attached
from spotcheck.files import receiving
from spotcheck.files.models import Upload
from spotcheck.files.reasons import FileRefused
from spotcheck.files.receiving import LARGEST_PIECE, NoRoom, OtherOffset
from spotcheck.rules.words import Words

TUS: Final = "1.0.0"
PIECE: Final = "application/offset+octet-stream"
_HEADERS: Final = {
    "Tus-Resumable": TUS,
    "Tus-Version": TUS,
    "Tus-Extension": "creation,checksum,expiration,termination",
    "Tus-Checksum-Algorithm": "sha256",
    "Tus-Max-Size": str(receiving.MOST),
}
_BY_TUS: Final = {"Tus-Resumable": False}
_OF_A_PIECE: Final = ("Upload-Offset", "Upload-Length", "Upload-Expires")
_NOT_HERE: Final = Words(
    "没有这个上传，或者已经用过、已经过期", "there is no such upload, or it was used, or has expired"
)
_CHECKED_YET: Final = Words("文件还在检查，稍后再提交", "the file is being checked; send it a little later")


class UploadAnswer(Answered):
    """A file that waits: ``state`` is ``coming``, ``checking`` or ``kept``; an act takes up what is kept."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    size = serializers.IntegerField()
    received = serializers.IntegerField()
    state = serializers.ChoiceField(choices=("coming", "checking", "kept"))
    sha256 = serializers.CharField(allow_blank=True)
    media_type = serializers.CharField(allow_blank=True)
    expires_at = serializers.DateTimeField()


class FileDoor(Door):
    """The base of addresses that take files: no key is needed, an upload that nobody takes up is forgotten."""

    def _answered(self, call: Call) -> Answer | HttpResponse:
        try:
            handler = getattr(self, str(call.request.method).lower())
            made: Answer | HttpResponse = handler(call)
        except FileRefused as refused:
            if refused.code == "too_large":
                raise Problem("too-large") from refused
            raise
        except NoRoom as full:
            raise Problem("no-room", detail=full.words) from None
        except OtherOffset as other:
            raise Problem("other-offset", headers={"Upload-Offset": str(other.received)}) from None
        return made


class Files(FileDoor):
    """``/files``."""

    answers = {"POST": {201: UploadAnswer}}
    sends: ClassVar[Mapping[str, Mapping[str, bool]]] = {"POST": {}}
    brings = {"POST": FORM}

    def post(self, call: Call) -> Answer:
        """A file of at most 8 MiB, whole (multipart/form-data, one part ``file``); it waits for an act."""
        sent = call.request.FILES.get("file") if call.request.content_type == FORM else None
        if sent is None:
            says = Words("须是 multipart/form-data，含一个 file", "send multipart/form-data with one part: file")
            raise Problem("invalid", wrong=[Wrong("/file", "missing", says)])
        if (sent.size or 0) > LARGEST_PIECE:
            raise Problem("too-large")
        office = owner_of(call)
        made = receiving.receive(
            sent, office, office=office, name=receiving.tidy(sent.name or ""), size=sent.size or 0, now=clock.now()
        )
        return told(as_answer(made), status=201)


class Uploads(FileDoor):
    """``/uploads``."""

    answers = {"POST": {201: UploadAnswer}}
    sends: ClassVar[Mapping[str, Mapping[str, bool]]] = {
        "POST": {"Upload-Length": True, "Upload-Metadata": False, **_BY_TUS}
    }
    tells = {"POST": ("Location", *_OF_A_PIECE)}

    def post(self, call: Call) -> HttpResponse:
        """A file that comes in pieces is announced (tus creation): its length, and its name in ``Upload-Metadata``."""
        size = whole(call.request, "Upload-Length")
        office = owner_of(call)
        name = _name(call.request.headers.get("Upload-Metadata", ""))
        made = receiving.begin(office, office=office, name=name, size=size, now=clock.now())
        return _by_tus(told(as_answer(made)), made, status=201)


class OneUpload(FileDoor):
    """``/uploads/{id}``."""

    answers = {"GET": {200: UploadAnswer}, "PATCH": {204: Answered}, "DELETE": {204: Answered}}
    sends: ClassVar[Mapping[str, Mapping[str, bool]]] = {
        "PATCH": {"Upload-Offset": True, "Upload-Checksum": False, **_BY_TUS},
        "GET": {},
        "DELETE": {},
    }
    brings = {"PATCH": PIECE}
    tells = {"GET": _OF_A_PIECE, "PATCH": _OF_A_PIECE}

    def get(self, call: Call) -> HttpResponse:
        """How much of a file is here, and whether an act can take it up (HEAD: the same in the headers of tus)."""
        found = _mine(call)
        return _by_tus(told(as_answer(found)), found)

    head = get

    def patch(self, call: Call) -> HttpResponse:
        """The next piece of a file, of at most 8 MiB, with its SHA-256 in ``Upload-Checksum`` where it is known."""
        found, request = _mine(call), call.request
        if request.content_type != PIECE:
            raise Problem("not-json", detail=Words(f"须为 {PIECE}", f"send {PIECE}"))
        length, offset = whole(request, "Content-Length"), whole(request, "Upload-Offset")
        if length > LARGEST_PIECE:
            raise Problem("too-large")
        if found.stored_id is not None or found.is_whole:
            raise OtherOffset(found.received)
        content = request.read(length)
        _compare(request.headers.get("Upload-Checksum", ""), content)
        found = receiving.take_piece(found.pk, owner_of(call), offset=offset, content=content, now=clock.now())
        if found.is_whole:
            evidence.have_checked(found)
        return _by_tus(None, found, status=204)

    def delete(self, call: Call) -> HttpResponse:
        """The file is not wanted any more."""
        found = _mine(call)
        receiving.forget(found)
        return _by_tus(None, found, status=204)


def owner_of(call: Call) -> str:
    """Whose a file on its way is: the office's, whichever credential has sent it."""
    return f"office:{call.caller.office.code}"


def as_answer(upload: Upload) -> dict[str, Any]:
    """A file that waits."""
    stored = upload.stored
    return {
        "id": str(upload.pk),
        "name": upload.name,
        "size": upload.size,
        "received": upload.received,
        "state": "kept" if stored is not None else "checking" if upload.is_whole else "coming",
        "sha256": stored.pk if stored is not None else "",
        "media_type": stored.media_type if stored is not None else "",
        "expires_at": clock.local(upload.expires_at).isoformat(),
    }


def uploads_of(call: Call, ids: Sequence[str], *, at: str) -> list[Upload]:
    """The files that an act names; raises by the place where a name is wrong, or a file cannot be taken up yet."""
    owner = owner_of(call)
    ready = sessions.foreseen(("uploads", owner))
    found = {str(upload.pk): upload for upload in (receiving.of(owner, ids) if ready is None else ready)}
    if all(key in found for key in ids):
        return [found[key] for key in ids]
    waiting = {str(upload.pk): upload for upload in receiving.unchecked(owner, ids)}
    for place, key in enumerate(ids):
        if key in waiting:
            receiving.refuse_refused(waiting[key])
            raise Problem("being-checked", detail=_CHECKED_YET, headers={"Retry-After": "5"})
        if key not in found:
            raise Problem("invalid", wrong=[Wrong(f"/{at}/{place}", "upload", _NOT_HERE)])
    return []


def attached(uploads: Sequence[Upload], kind: str, **about: Any) -> list[Attached]:
    """These files as what they are in an act; the same file twice is one."""
    made = {one.stored.pk: Attached(kind, one.stored, one.name, about=about) for one in uploads if one.stored}
    return list(made.values())


def whole(request: HttpRequest, header: str) -> int:
    """A whole number in a header; raises ``invalid``."""
    stated = request.headers.get(header, "")
    if not (stated.isascii() and stated.isdigit() and len(stated) <= 15):
        says = Words(f"{header} 须是整数", f"{header} is a whole number")
        raise Problem("invalid", wrong=[Wrong(f"/{header}", "number", says)])
    return int(stated)


def _mine(call: Call) -> Upload:
    try:
        found = Upload.objects.select_related("stored").get(owner=owner_of(call), pk=UUID(str(call.names["key"])))
    except (Upload.DoesNotExist, ValueError):
        raise Problem("not-found") from None
    if found.expires_at <= clock.now():
        raise Problem("upload-expired")
    if found.stored_id is None and found.is_whole:
        receiving.refuse_refused(found)
    return found


def _compare(stated: str, content: bytes) -> None:
    """Hold a piece to its checksum, where one is stated."""
    if not stated:
        return
    algorithm, _blank, encoded = stated.partition(" ")
    try:
        wanted = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        wanted = b""
    if algorithm != "sha256" or wanted != hashlib.sha256(content).digest():
        raise Problem("checksum-differs")


def _name(metadata: str) -> str:
    """The name of a file out of what tus says of it."""
    for pair in metadata.split(","):
        key, _blank, encoded = pair.strip().partition(" ")
        if key == "filename":
            try:
                return receiving.tidy(base64.b64decode(encoded, validate=True).decode())
            except (binascii.Error, UnicodeDecodeError):
                return ""
    return ""


def _by_tus(answer: Answer | None, upload: Upload, *, status: int = 200) -> HttpResponse:
    body = answer.body if answer is not None else ""
    made = HttpResponse(body, status=status, content_type="application/json") if body else HttpResponse(status=status)
    for name, value in _HEADERS.items():
        made.headers[name] = value
    made.headers["Upload-Offset"] = str(upload.received)
    made.headers["Upload-Length"] = str(upload.size)
    made.headers["Upload-Expires"] = upload.expires_at.strftime("%a, %d %b %Y %H:%M:%S GMT")
    made.headers["Cache-Control"] = "no-store"
    if status == 201:
        made.headers["Location"] = f"/api/v1/uploads/{upload.pk}"
    return made
