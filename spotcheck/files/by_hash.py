"""Files that come by their hash, in pieces of one size, in any order and over any number of lanes (tablets).

The same receiver as for every other file: an :class:`Upload`, its pieces in the store, put together, checked and kept.
A piece is kept under its place before the row says so; the same piece again is no second one, and another one in its
place is refused. So it does not matter who sends what twice.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import transaction

from spotcheck.files import receiving, storage
from spotcheck.files.checks.content import MEGABYTE
from spotcheck.files.models import StoredFile, Upload
from spotcheck.files.reasons import FileRefused
from spotcheck.files.stores import Taken

PIECE: Final = 512 * 1024
MOST: Final = 200 * MEGABYTE


class OtherBytes(ValueError):
    """Something else is here under this hash, or at this place of it."""


class Missing(ValueError):
    """Pieces are missing: their numbers."""

    def __init__(self, numbers: list[int]) -> None:
        self.numbers = numbers
        super().__init__(f"{len(numbers)} pieces are missing")


def take_piece(
    owner: str, sha256: str, *, office: str, number: int, content: bytes, size: int, now: datetime
) -> Upload | None:
    """Keep one piece of a file of this size; None where the file was taken already.

    Raises :class:`OtherBytes`, :class:`FileRefused` (empty, too large, no such piece), ``NoRoom`` and what the store
    raises.
    """
    upload = _announced(owner, sha256, office=office, size=size, now=now)
    if upload.stored_id is not None:
        return None
    offset = number * PIECE
    if len(content) != min(PIECE, size - offset):
        raise FileRefused("changed")
    try:
        with receiving.on_the_disk():
            storage.store().put(f"{upload.place}/{offset}", content)
    except Taken:
        raise OtherBytes from None
    with transaction.atomic():
        held = Upload.objects.select_for_update().get(pk=upload.pk)
        if held.stored_id is None and offset not in held.offsets:
            held.offsets.append(offset)
            held.received += len(content)
            held.save(update_fields=["offsets", "received"])
    receiving.still_wanted(held, now=now)
    return held


def complete(owner: str, sha256: str, *, name: str, now: datetime) -> Upload:
    """A file whose pieces are all here; a small one is checked now, of a long one the worker is told by the caller.

    Raises ``Upload.DoesNotExist``, :class:`Missing`, and :class:`FileRefused` for one that is not taken: its pieces are
    forgotten then.
    """
    upload = Upload.objects.select_related("stored").get(owner=owner, sha256=sha256)
    if upload.stored_id is not None:
        return upload
    if missing := missing_of(upload):
        raise Missing(missing)
    if name and upload.name != receiving.tidy(name):
        upload.name = receiving.tidy(name)
        upload.save(update_fields=["name"])
    receiving.refuse_refused(upload)
    if upload.size <= receiving.AT_ONCE:
        receiving.finish(upload, now=now)
        upload.refresh_from_db()
    return upload


def missing_of(upload: Upload) -> list[int]:
    """The numbers of the pieces that are not here."""
    return sorted(set(range(-(-upload.size // PIECE))) - set(pieces_of(upload)))


def pieces_of(upload: Upload) -> list[int]:
    """The numbers of the pieces that are here."""
    return sorted(offset // PIECE for offset in upload.offsets)


def of(owner: str, hashes: Iterable[str]) -> dict[str, Upload]:
    """What an owner has sent of these files, by their hashes."""
    rows = Upload.objects.filter(owner=owner, sha256__in=list(hashes)).select_related("stored")
    return {row.sha256: row for row in rows}


def kept(owner: str, hashes: Iterable[str]) -> dict[str, StoredFile]:
    """Of these files those that an owner has sent whole and that were taken."""
    return {sha256: row.stored for sha256, row in of(owner, hashes).items() if row.stored is not None}


def _announced(owner: str, sha256: str, *, office: str, size: int, now: datetime) -> Upload:
    """The row of a file; the first piece announces it. What was refused before is sent anew."""
    found = Upload.objects.filter(owner=owner, sha256=sha256).first()
    if found is None:
        if size <= 0:
            raise FileRefused("empty")
        if size > MOST:
            raise FileRefused("too_large", f"{MOST // MEGABYTE} MB")
        receiving.refuse_beyond(office, size)
        expires = receiving.seconds_after(now, receiving.SILENCE_OF_TABLETS)
        Upload.objects.bulk_create(
            [Upload(owner=owner, office=office, name=sha256[:16], size=size, sha256=sha256, expires_at=expires)],
            ignore_conflicts=True,
        )
        found = Upload.objects.get(owner=owner, sha256=sha256)
    if found.size != size:
        raise OtherBytes
    if found.refused:
        receiving.forget(found)
        return _announced(owner, sha256, office=office, size=size, now=now)
    return found
