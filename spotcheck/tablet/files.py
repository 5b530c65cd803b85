"""Files of a tablet, by their hashes and in pieces: asked for, sent, completed, each with a receipt.

What another device has sent is not there for this one, so that nobody learns from a hash what others have.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import unquote

from django.http import HttpResponse
from rest_framework import serializers

from spotcheck.api.doors import told
from spotcheck.api.kept import Answer
from spotcheck.api.problems import Problem, Wrong
from spotcheck.api.shapes import Answered, Shape, Text, several
from spotcheck.casework import evidence
from spotcheck.docket import clock
from spotcheck.files import by_hash, receiving
from spotcheck.files.models import Upload
from spotcheck.files.reasons import FileRefused
from spotcheck.network.counting import is_beyond
from spotcheck.rules.words import Words
from spotcheck.tablet import holders
from spotcheck.tablet.doors import Call, FieldDoor

MOST_ASKED: Final = 500
PIECES_AN_HOUR: Final = 4096
"""Of one tablet: two gigabytes."""
NAME: Final = "File-Name"
_HOUR: Final = 60 * 60
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_DIGEST: Final = re.compile(r"sha-256=:([A-Za-z0-9+/]{43}=):")
_NO_HASH: Final = Words("须是 SHA-256，64 个小写十六进制数字", "this has to be a SHA-256 of 64 digits in lower case")


class Asking(Shape):
    """Hashes of files."""

    files = several(Text(max_length=64), least=0, most=MOST_ASKED)


class Completing(Shape):
    """The name of a file."""

    name = Text(max_length=200, required=False)


class FileReceipt(Answered):
    """What the server answers for from now on."""

    sha256 = serializers.CharField()
    size = serializers.IntegerField()
    received_at = serializers.DateTimeField()


class FileState(Answered):
    """A file: its receipt, or the pieces that are here."""

    receipt = FileReceipt(allow_null=True)
    pieces = serializers.ListField(child=serializers.IntegerField())


class StatusAnswer(Answered):
    """Files by their hashes."""

    files = serializers.DictField(child=FileState())


class Status(FieldDoor):
    """``/files/status``."""

    takes = {"POST": Asking}
    answers = {"POST": {200: StatusAnswer}}
    sends = {"POST": {holders.DEVICE: True}}

    def post(self, call: Call) -> Answer:
        """Which of these files are here, or which pieces of them."""
        hashes = [_checked(one) for one in call.said["files"]]
        here = by_hash.of(call.holder.owner, hashes)
        return told({"files": {one: _state(here.get(one)) for one in hashes}})


class Piece(FieldDoor):
    """``/files/{sha256}/pieces/{number}``."""

    answers = {"PUT": {204: Answered}}
    sends = {"PUT": {holders.DEVICE: True, "Content-Digest": True, "Upload-Length": True}}

    def put(self, call: Call) -> HttpResponse:
        """One piece, with its hash and the length of the whole."""
        with _told():
            _take(call, int(call.names["number"]))
        return HttpResponse(status=204)


class Completion(FieldDoor):
    """``/files/{sha256}/complete``."""

    takes = {"POST": Completing}
    answers = {"POST": {200: FileReceipt}}
    sends = {"POST": {holders.DEVICE: True}}

    def post(self, call: Call) -> Answer:
        """All pieces are here: they are put together, looked at and kept; the answer is the receipt."""
        with _told():
            return _completed(call, call.said.get("name", ""))


class Whole(FieldDoor):
    """``/files/{sha256}``."""

    answers = {"PUT": {200: FileReceipt}}
    sends = {"PUT": {holders.DEVICE: True, "Content-Digest": True, "Upload-Length": True, NAME: False}}

    def put(self, call: Call) -> Answer:
        """A file of one piece, whole."""
        with _told():
            _take(call, 0)
            return _completed(call, unquote(call.request.headers.get(NAME, "")))


def receipt(upload: Upload) -> dict[str, Any]:
    """What is answered for a file that was taken."""
    assert upload.stored is not None
    received = clock.local(upload.stored.checked_at).isoformat(timespec="seconds")
    return {"sha256": upload.sha256, "size": upload.size, "received_at": received}


def _take(call: Call, number: int) -> None:
    holder, sha256 = call.holder, _checked(str(call.names["sha256"]))
    _count(holder.device.pk)
    size = _length(call)
    stated = _DIGEST.fullmatch(call.request.headers.get("Content-Digest", ""))
    digest = hashlib.sha256(call.body).digest()
    try:
        is_that = stated is not None and base64.b64decode(stated[1]) == digest
    except binascii.Error:
        is_that = False
    if not is_that:
        raise Problem("bytes-damaged")
    by_hash.take_piece(
        holder.owner,
        sha256,
        office=evidence.office_of(holder.actor),
        number=number,
        content=call.body,
        size=size,
        now=holder.now,
    )


def _completed(call: Call, name: str) -> Answer:
    sha256 = _checked(str(call.names["sha256"]))
    try:
        made = by_hash.complete(call.holder.owner, sha256, name=name, now=call.holder.now)
    except Upload.DoesNotExist:
        raise Problem("pieces-missing", missing=[0]) from None
    if made.stored is None:
        evidence.have_checked(made)
        raise Problem("being-checked", headers={"Retry-After": "5"})
    return told(receipt(made))


@contextmanager
def _told() -> Iterator[None]:
    """Say as a problem what the receiver raises."""
    try:
        yield
    except FileRefused as refused:
        if refused.code == "too_large":
            raise Problem("too-large", detail=refused.words) from refused
        if refused.code == "changed":
            raise Problem("bytes-damaged") from refused
        raise Problem("file-refused", detail=refused.words, reason=refused.code) from refused
    except by_hash.OtherBytes:
        raise Problem("other-bytes") from None
    except by_hash.Missing as missing:
        raise Problem("pieces-missing", missing=missing.numbers) from None
    except receiving.NoRoom as full:
        raise Problem("no-room", detail=full.words) from None


def _state(upload: Upload | None) -> dict[str, Any]:
    if upload is None or upload.refused:
        return {"receipt": None, "pieces": []}
    is_kept = upload.stored_id is not None
    return {"receipt": receipt(upload) if is_kept else None, "pieces": [] if is_kept else by_hash.pieces_of(upload)}


def _checked(sha256: str) -> str:
    if _HASH.fullmatch(sha256) is None:
        raise Problem("invalid", wrong=[Wrong("/files", "hash", _NO_HASH)])
    return sha256


def _length(call: Call) -> int:
    stated = call.request.headers.get("Upload-Length", "")
    if not (stated.isascii() and stated.isdigit() and len(stated) <= 12):
        says = Words("Upload-Length 须是整个文件的字节数", "Upload-Length is the number of bytes of the whole file")
        raise Problem("invalid", wrong=[Wrong("/Upload-Length", "number", says)])
    return int(stated)


def _count(device: Any) -> None:
    if is_beyond(f"field-pieces:{device}", allowed=PIECES_AN_HOUR, seconds=_HOUR):
        raise Problem("too-often", headers={"Retry-After": "600"})
