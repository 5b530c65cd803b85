"""Receiving: one way in for every file, whole or in pieces, whoever sends it.

A file on its way is a row of :class:`Upload` and pieces in the store. Once it is whole it is put together, checked and
kept: a small one while its sender waits, a long one by a worker (:func:`check`), which tries again where the store or
the virus scanner is silent. A file that is refused leaves nothing. What was taken waits for the act that carries it,
and is forgotten after a day of silence; an act that is refused leaves it waiting.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from shutil import copyfileobj
from tempfile import NamedTemporaryFile
from typing import IO, Any, BinaryIO, Final, Literal, cast
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Count, F, Q, QuerySet, Sum

from spotcheck.files import scanning, storage
from spotcheck.files.checks.content import LARGEST, MEGABYTE
from spotcheck.files.keeping import keep_checked
from spotcheck.files.models import Upload
from spotcheck.files.reasons import FileRefused
from spotcheck.files.stores import PIECE, Full, hash_of, told_when_full
from spotcheck.rules.characters import tidied
from spotcheck.rules.words import Words

logger = structlog.get_logger(__name__)

SILENCE: Final = 24 * 60 * 60
"""Seconds after which a file that nobody has taken up is forgotten."""
SILENCE_OF_TABLETS: Final = 14 * 24 * 60 * 60
"""The same for a file that was announced by its hash: a tablet may be without a line for days."""
LARGEST_PIECE: Final = 8 * 1024 * 1024
AT_ONCE: Final = 16 * 1024 * 1024
"""Bytes of the largest file for whose check a request waits."""
LEASE_SECONDS: Final = 25 * 60
"""So long has whoever began to check a file it for himself."""
MOST_AT_A_TIME: Final = 20
TOLD_EVERY: Final = 16
"""After so many pieces it is told how far the putting together is."""
STORE, SCANNER = "store", "scanner"
MOST: Final = max(LARGEST.values())
ROOM: Final = 20 * 1000 * MEGABYTE
ROOM_OF_OFFICE: Final = 5 * 1000 * MEGABYTE
ROOM_OF_ONE: Final = 4 * 1000 * MEGABYTE
MOST_OF_ONE: Final = 500
"""So many bytes, and files, of one post may wait for acts that take them up."""
FULL: Final[dict[str, Words]] = {
    "post": Words(
        "已上传、还没有用到的文件太多，请先用掉或者移除其中一些，再传这个文件。",
        "Too many files of yours wait to be used: use or remove some of them, then send this one.",
    ),
    "office": Words(
        "本单位同时上传的文件太多，等其中一些传完再传这个文件。",
        "Too much of this office is on its way at once: send this file when some of it has arrived.",
    ),
    "all": Words(
        "全系统同时上传的文件太多，请过几分钟再传这个文件。",
        "Too much is on its way from all offices at once: send this file in some minutes.",
    ),
    "disk": Words(
        "存储空间已满，文件没有收下；请告知运维人员，腾出空间后再传这个文件。",
        "The storage is full and the file was not taken: tell whoever operates the site; send it when there is room.",
    ),
}
"""What is said where no more may be on its way, by whose room is full."""


class OtherOffset(ValueError):
    """A piece does not begin where the last one ended; ``received`` says where that is."""

    def __init__(self, received: int) -> None:
        self.received = received
        super().__init__(f"{received} bytes are here")


class NoRoom(Exception):
    """There is no room. Whose room is full (``whose``) decides what helps; ``disk`` is that of the store itself."""

    def __init__(self, whose: Literal["post", "office", "all", "disk"]) -> None:
        self.whose = whose
        super().__init__(self.words.zh)

    @property
    def words(self) -> Words:
        """The sentence for whoever sent the file."""
        return FULL[self.whose]


@contextmanager
def on_the_disk() -> Iterator[None]:
    """Raise :class:`NoRoom` where the disk has none left: of the store, or of this machine."""
    try:
        with told_when_full():
            yield
    except Full as full:
        logger.warning("there is no room for a file", exc_info=True)
        raise NoRoom("disk") from full


def begin(owner: str, *, office: str, name: str, size: int, now: datetime) -> Upload:
    """Announce a file. Raises :class:`FileRefused` for one that is empty or too large, :class:`NoRoom`."""
    if size <= 0:
        raise FileRefused("empty")
    if size > MOST:
        raise FileRefused("too_large", f"{MOST // MEGABYTE} MB")
    refuse_beyond(office, size)
    _refuse_beyond_of_one(owner, size)
    return Upload.objects.create(owner=owner, office=office, name=tidy(name), size=size, expires_at=_after(now))


def refuse_beyond(office: str, size: int) -> None:
    """Raise :class:`NoRoom` where so many more bytes on their way would be too many: of an office, or of all."""
    waiting = Upload.objects.filter(stored=None)
    if _sum(waiting.filter(office=office)) + size > ROOM_OF_OFFICE:
        raise NoRoom("office")
    if _sum(waiting) + size > ROOM:
        raise NoRoom("all")


def _refuse_beyond_of_one(owner: str, size: int) -> None:
    own = Upload.objects.filter(owner=owner).aggregate(sum=Sum("size"), count=Count("pk"))
    if (own["sum"] or 0) + size > ROOM_OF_ONE or own["count"] >= MOST_OF_ONE:
        raise NoRoom("post")


def _sum(rows: "QuerySet[Upload]") -> int:
    return rows.aggregate(sum=Sum("size"))["sum"] or 0


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
            with on_the_disk():
                storage.store().put(f"{upload.place}/{offset}", content)
            upload.offsets.append(offset)
            upload.received += len(content)
        upload.expires_at = _after(now)
        upload.save()
    return upload


def finish(upload: Upload, *, now: datetime) -> Upload:
    """Check a small file that is whole, while its sender waits. Raises :class:`FileRefused`; then it is forgotten.

    Where the store or the scanner is silent it stays whole and waits; :func:`check` is tried again.
    """
    check(upload.pk, now=now)
    upload.refresh_from_db()
    refuse_refused(upload)
    return upload


def refuse_refused(upload: Upload) -> None:
    """Raise why a file was not taken, and forget it: its sender has been told now."""
    if upload.refused:
        forget(upload)
        raise FileRefused(upload.refused, upload.refused_what)


def check(key: UUID, *, now: datetime) -> None:
    """Put a file together that is whole, look at it and keep it; whoever asks a second time meanwhile does nothing.

    What was found stands on the row: the kept file, why it is refused, or for what it waits.
    """
    if not _open(now).filter(pk=key).update(checking_since=now, put_together=0, waits_for=""):
        return
    upload = Upload.objects.get(pk=key)
    said: dict[str, Any] = {"checking_since": None}
    try:
        scanning.look()
        with _whole(upload) as path:
            _refuse_other(upload, path)
            said |= {"stored": keep_checked(path, at=now), "expires_at": _after(now, upload)}
    except FileRefused as refused:
        said |= {"refused": refused.code, "refused_what": refused.what[:100]}
    except scanning.Silent:
        logger.warning("a file waits for the virus scanner", upload=str(key), exc_info=True)
        said |= {"waits_for": SCANNER}
    except OSError:
        logger.warning("a file waits for the store", upload=str(key), exc_info=True)
        said |= {"waits_for": STORE}
    Upload.objects.filter(pk=key).update(**said)
    if "waits_for" not in said:
        _forget_pieces(upload)


def to_check(now: datetime) -> list[UUID]:
    """Files that are whole and that nobody checks: the next to be tried, the longest waiting first."""
    return list(_open(now).order_by("expires_at").values_list("pk", flat=True)[:MOST_AT_A_TIME])


def still_wanted(upload: Upload, *, now: datetime) -> None:
    """Somebody looks at a file that is being checked: it is not silent."""
    Upload.objects.filter(pk=upload.pk).update(expires_at=_after(now, upload))


def _open(now: datetime) -> "QuerySet[Upload]":
    """What is whole, neither kept nor refused, and in nobody's hands; a worker that died had it long enough."""
    free = Q(checking_since=None) | Q(checking_since__lt=seconds_after(now, -LEASE_SECONDS))
    return Upload.objects.filter(free, stored=None, refused="", received=F("size"))


def _forget_pieces(upload: Upload) -> None:
    try:
        storage.store().forget(upload.place)
    except OSError:  # they go with the upload
        logger.warning("pieces of a file are still there", upload=str(upload.pk), exc_info=True)


def receive(source: IO[bytes], owner: str, *, office: str, name: str, size: int, now: datetime) -> Upload:
    """Take a file that came whole; while the scanner is silent it waits. Raises :class:`FileRefused`, :class:`NoRoom`.

    What the store raises leaves nothing behind either.
    """
    upload = begin(owner, office=office, name=name, size=size, now=now)
    try:
        with on_the_disk(), NamedTemporaryFile(prefix="spotcheck-received-") as file:
            copyfileobj(source, file, PIECE)
            file.flush()
            try:
                upload.stored = keep_checked(Path(file.name), at=now)
            except scanning.Silent:
                storage.store().put_file(f"{upload.place}/0", cast("BinaryIO", file))
                upload.offsets, upload.waits_for = [0], SCANNER
    except (FileRefused, NoRoom, OSError):
        upload.delete()
        raise
    upload.received = upload.size
    upload.save()
    return upload


def of(owner: str, keys: Iterable[str]) -> list[Upload]:
    """The files of an owner that wait under these keys, in their order; what is unknown or not theirs is left out."""
    wanted = list(dict.fromkeys(key for key in keys if _is_key(key)))
    found = {str(row.pk): row for row in waiting(owner, wanted)} if wanted else {}
    return [found[key] for key in wanted if key in found]


def waiting(owner: str, keys: Iterable[str]) -> "QuerySet[Upload]":
    """The files of an owner under these keys that are whole and checked, with what is kept of them."""
    known = [key for key in keys if _is_key(key)]
    return Upload.objects.filter(owner=owner, pk__in=known, stored__isnull=False).select_related("stored")


def unchecked(owner: str, keys: Iterable[str]) -> list[Upload]:
    """Of these files of an owner, those that are whole and have not been taken: being checked, waiting, or refused."""
    wanted = [key for key in dict.fromkeys(keys) if _is_key(key)]
    return list(Upload.objects.filter(owner=owner, pk__in=wanted, stored=None, received=F("size")).order_by("pk"))


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
        for number, offset in enumerate(sorted(upload.offsets), 1):
            with storage.store().open(f"{upload.place}/{offset}") as piece:
                copyfileobj(piece, file, PIECE)
            if number % TOLD_EVERY == 0:
                Upload.objects.filter(pk=upload.pk).update(put_together=file.tell())
        file.flush()
        if Path(file.name).stat().st_size != upload.size:
            raise FileRefused("changed")
        yield Path(file.name)


def _refuse_other(upload: Upload, path: Path) -> None:
    """A file that was announced by its hash has to be that file."""
    if not upload.sha256:
        return
    with path.open("rb") as file:
        if hash_of(file) != upload.sha256:
            raise FileRefused("changed")


def _after(now: datetime, upload: Upload | None = None) -> datetime:
    return seconds_after(now, SILENCE_OF_TABLETS if upload is not None and upload.sha256 else SILENCE)


def seconds_after(now: datetime, later: int) -> datetime:
    """A moment so many seconds later: for leases and patience."""
    return datetime.fromtimestamp(now.timestamp() + later, tz=now.tzinfo)


def _is_key(key: str) -> bool:
    try:
        UUID(key)
    except ValueError:
        return False
    return True
