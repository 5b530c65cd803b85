"""日历订阅: the last days of somebody's periods, for the calendar of a telephone or of an office suite (RFC 5545).

A calendar cannot sign in, so whoever has the secret address reads it. Therefore it says a period and the number of a
dossier and nothing of anybody; one address a post, kept as a hash, shown once, ended at will and with the post.
"""

import secrets
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Final

from django.utils.translation import gettext as _

from spotcheck.casework.models import Feed
from spotcheck.casework.worklist import periods_of
from spotcheck.docket import book, clock, law
from spotcheck.docket.models import Deadline
from spotcheck.docket.sessions import session
from spotcheck.docket.wording import headed
from spotcheck.parties.actors import of_post
from spotcheck.parties.models import Post

MOST: Final = 500
"""So many days stand in a calendar, the earliest."""
_WIDTH: Final = 75
"""Bytes of a line (RFC 5545, 3.1)."""


def make(post: Post, *, address: str) -> str:
    """Make the secret of an address; that of before ends with it."""
    secret = secrets.token_urlsafe(32)
    with session() as running:
        Post.objects.select_for_update().get(pk=post.pk)
        Feed.objects.filter(post=post, ended_at=None).update(ended_at=running.now)
        Feed.objects.create(post=post, secret_sha256=_hash(secret), made_at=running.now)
        book.write("people.calendar_made", by=post, user=post.user, subject=post.user, address=address)
    return secret


def end(post: Post, *, address: str) -> None:
    """End the address of a post, if it has one."""
    with session() as running:
        if Feed.objects.filter(post=post, ended_at=None).update(ended_at=running.now):
            book.write("people.calendar_ended", by=post, user=post.user, subject=post.user, address=address)


def open_feed(post: Post) -> Feed | None:
    """The address that a post has now."""
    return Feed.objects.filter(post=post, ended_at=None).first()


def post_of(secret: str) -> Post | None:
    """Whose days an address reads: of a post that is held today, by somebody who may sign in."""
    held = Post.objects.valid_on(clock.today()).filter(user__is_active=True)
    found = held.filter(feeds__secret_sha256=_hash(secret), feeds__ended_at=None)
    return found.select_related("user", "office", "enterprise").first()


def calendar(post: Post, *, host: str) -> bytes:
    """The calendar of a post as a file: one day for each period that its office has to keep, as Today shows them."""
    today = clock.today()
    rows = periods_of(of_post(post), today).select_related("dossier").order_by("guiding", "pk")[:MOST]
    return _written(_lines(rows, today, host, clock.now()))


def _lines(rows: Iterable[Deadline], today: date, host: str, now: datetime) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//spotcheck//periods//ZH", "CALSCALE:GREGORIAN")
    yield f"X-WR-CALNAME:{_text(_('监督抽查期限'))}"
    yield "REFRESH-INTERVAL;VALUE=DURATION:PT1H"
    for row in rows:
        day: date = row.guiding  # type: ignore[attr-defined]  # annotated
        says = f"{headed(law.period_of(row).name)} {row.dossier.number}"
        yield from ("BEGIN:VEVENT", f"UID:{row.pk}@{host}", f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
        yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
        yield f"SUMMARY:{_text(_('已逾期：%(what)s') % {'what': says} if day < today else says)}"
        yield from ("TRANSP:TRANSPARENT", "END:VEVENT")
    yield "END:VCALENDAR"


def _text(said: str) -> str:
    """A text as a value: what would end it or divide it is marked."""
    for sign in "\\;,":
        said = said.replace(sign, f"\\{sign}")
    return said.replace("\n", "\\n")


def _written(lines: Iterable[str]) -> bytes:
    """The lines, folded where they are too long, never within a character."""
    return b"".join(part + b"\r\n" for line in lines for part in _folded(line))


def _folded(line: str) -> Iterator[bytes]:
    room, part = _WIDTH, b""
    for letter in line:
        more = letter.encode()
        if len(part) + len(more) > room:
            yield part
            part = b" "
        part += more
    yield part


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
