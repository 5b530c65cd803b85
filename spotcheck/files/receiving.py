"""Receiving: one way in for every file, whole or in pieces, whoever sends it.

A file on its way is a row of :class:`Upload` and pieces in the store. Once it is whole it is put together, checked and
kept; a file that is refused leaves nothing. What was taken waits for the act that carries it, and is forgotten after a
day of silence; an act that is refused leaves it waiting.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from shutil import copyfileobj
from tempfile import NamedTemporaryFile
from typing import IO, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from spotcheck.files import storage
from spotcheck.files.checks.content import LARGEST, MEGABYTE
from spotcheck.files.keeping import keep_checked
from spotcheck.files.models import Upload
from spotcheck.files.reasons import FileRefused
from spotcheck.files.stores import PIECE
from spotcheck.rules.characters import tidied

SILENCE: Final = 24 * 60 * 60
"""Seconds after which a file that nobody has taken up is forgotten."""
LARGEST_PIECE: Final = 8 * 1024 * 1024
MOST: Final = max(LARGEST.values())
ROOM: Final = 20 * 1000 * MEGABYTE
ROOM_OF_OFFICE: Final = 5 * 1000 * MEGABYTE


class OtherOffset(ValueError):
    """A piece does not begin where the last one ended; ``received`` says where that is."""

    def __init__(self, received: int) -> None:
        self.received = received
        super().__init__(f"{received} bytes are here")


class NoRoom(OSError):
    """There is no room for what is on its way: of this office, or of all."""


def begin(owner: str, *, office: str, name: str, size: int, now: datetime) -> Upload:
    """Announce a file. Raises :class:`FileRefused` for one that is empty or too large, :class:`NoRoom`."""
    if size <= 0:
        raise FileRefused("empty")
    if size > MOST:
        raise FileRefused("too_large", f"{MOST // MEGABYTE} MB")
    waiting = Upload.objects.filter(stored=None)
    for rows, room in ((waiting.filter(office=office), ROOM_OF_OFFICE), (waiting, ROOM)):
        if (rows.aggregate(sum=Sum("size"))["sum"] or 0) + size > room:
            raise NoRoom(f"more than {room // MEGABYTE} MB would be on their way")
    return Upload.objects.create(owner=owner, office=office, name=tidy(name), size=size, expires_at=_after(now))


def take_piece(key: UUID, owner: str, *, offset: int, content: bytes, now: datetime) -> Upload:
    """Keep the next piece of a file; the same piece again is no second one.

    Raises ``Upload.DoesNotExist`` for somebody else's, :class:`OtherOffset`, and :class:`FileRefused` for more than
    was announced.
    """
    with transaction.atomic():
        upload = Upload.objects.select_for_update().get(pk=key, owner=owner, stored=None)
        if offset != upload.received:
            raise OtherOffset(upload.received)
        if offset + len(content) > upload.size:
            raise FileRefused("changed")
        if content:
            storage.store().put(f"{upload.place}/{offset}", content)
            upload.offsets.append(offset)
            upload.received += len(content)
        upload.expires_at = _after(now)
        upload.save()
    return upload


def finish(upload: Upload, *, now: datetime) -> Upload:
    """Put a file together that is whole, check and keep it. Raises :class:`FileRefused`; then it is forgotten."""
    try:
        with _whole(upload) as path:
            stored = keep_checked(path, at=now)
    except FileRefused:
        forget(upload)
        raise
    upload.stored = stored
    upload.save()
    storage.store().forget(upload.place)
    return upload


def receive(source: IO[bytes], owner: str, *, office: str, name: str, size: int, now: datetime) -> Upload:
    """Take a file that came whole. Raises :class:`FileRefused`, :class:`NoRoom`."""
    upload = begin(owner, office=office, name=name, size=size, now=now)
    try:
        with NamedTemporaryFile(prefix="spotcheck-received-") as file:
            copyfileobj(source, file, PIECE)
            file.flush()
            upload.stored = keep_checked(Path(file.name), at=now)
    except FileRefused:
        upload.delete()
        raise
    upload.received = upload.size
    upload.save()
    return upload


def of(owner: str, keys: Iterable[str]) -> list[Upload]:
    """The files of an owner that wait under these keys, in their order; what is unknown or not theirs is left out."""
    wanted = list(dict.fromkeys(key for key in keys if _is_key(key)))
    found = {
        str(row.pk): row
        for row in Upload.objects.filter(owner=owner, pk__in=wanted, stored__isnull=False).select_related("stored")
    }
    return [found[key] for key in wanted if key in found]


def forget(upload: Upload) -> None:
    """Drop a file that is on its way or waits; what was kept stays where it is."""
    place = upload.place
    Upload.objects.filter(pk=upload.pk).delete()
    storage.store().forget(place)


def forget_silent(now: datetime) -> int:
    """Drop what nobody has taken up for a day; return how many."""
    silent = list(Upload.objects.filter(expires_at__lte=now)[:1000])
    for upload in silent:
        forget(upload)
    return len(silent)


def tidy(name: str) -> str:
    """The name of a file as it is shown: without folders and without what nobody sees."""
    last = tidied(name).replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in last if c.isprintable()).strip()[:200] or "—"


@contextmanager
def _whole(upload: Upload) -> Iterator[Path]:
    with NamedTemporaryFile(prefix="spotcheck-received-") as file:
        for offset in sorted(upload.offsets):
            with storage.store().open(f"{upload.place}/{offset}") as piece:
                copyfileobj(piece, file, PIECE)
        file.flush()
        if Path(file.name).stat().st_size != upload.size:
            raise FileRefused("changed")
        yield Path(file.name)


def _after(now: datetime) -> datetime:
    return datetime.fromtimestamp(now.timestamp() + SILENCE, tz=now.tzinfo)


def _is_key(key: str) -> bool:
    try:
        UUID(key)
    except ValueError:
        return False
    return True
