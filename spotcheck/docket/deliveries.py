"""What leaves the program for somebody outside it: kept as a row with what it tells of, sent by a worker, tried again.

    @composes("password_reset")
    def _reset(delivery: Delivery) -> Letter | None: ...

Nothing is sent inside a request, and nothing that is written down is lost: a row is leased before it is sent and done
only when the server has taken it, so whoever dies in between has it sent once more, under the same Message-ID.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from spotcheck.docket import alarms, clock, sessions
from spotcheck.docket.models import Delivery
from spotcheck.network import mail

logger = structlog.get_logger(__name__)

LADDER: Final = (60, 5 * 60, 30 * 60, 2 * 60 * 60, 8 * 60 * 60, 24 * 60 * 60)
"""So many seconds after each try the next one comes; after the last one it is parked."""
LEASE: Final = 5 * 60
"""So many seconds somebody who sends has it for himself."""
KEPT: Final = 90 * 24 * 60 * 60
"""So many seconds a row is kept that has nothing left to do."""
BUDGET: Final = 120.0
"""So many seconds one run begins new letters."""
_NOT_NEEDED: Final = "not needed"


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it is sent. The subject says nothing about a person."""

    to: str
    subject: str
    text: str


Composer: TypeAlias = Callable[[Delivery], Letter | None]

COMPOSERS: dict[str, Composer] = {}


def composes(kind: str) -> Callable[[Composer], Composer]:
    """Register who writes the letters of a kind, at the moment of sending; None: there is nothing to send any more."""

    def registered(composer: Composer) -> Composer:
        assert kind not in COMPOSERS, kind
        COMPOSERS[kind] = composer
        return composer

    return registered


def promise(kind: str, *, about: str, target: str = "") -> Delivery | None:
    """Write down that a letter is to be sent, in the transaction of what it tells; None where there is no mail."""
    assert kind in COMPOSERS, kind
    if not mail.is_set():
        return None
    now = sessions.now()
    return Delivery.objects.create(kind=kind, about=about, target=target, created_at=now, next_at=now)


def deliver() -> int:
    """Send what is due, and return how many were done; a server that is away ends the run."""
    if not mail.is_set():
        return 0
    begun, done = time.monotonic(), 0
    while time.monotonic() - begun < BUDGET and (held := _claim()) is not None:
        try:
            answer = _send(held)
        except mail.Unsent as failure:
            _failed(held, failure.answer)
            if failure.is_away:
                break
        except Exception as failure:
            # one letter that cannot be written stops no other
            logger.exception("a letter was not sent", delivery=held.pk, kind=held.kind)
            _failed(held, type(failure).__name__)
        else:
            _done(held, answer)
            done += 1
    return done


def _waiting() -> "QuerySet[Delivery]":
    return Delivery.objects.filter(done_at=None, parked_at=None)


def _claim() -> Delivery | None:
    """Take the next one that is due: nobody else takes it before the lease is over."""
    with transaction.atomic():
        now = clock.now()
        due = _waiting().filter(next_at__lte=now).order_by("next_at", "pk")
        held = due.select_for_update(skip_locked=True).first()
        if held is not None:
            held.tries += 1
            held.next_at = clock.later(now, LEASE)
            held.save(update_fields=["tries", "next_at"])
    return held


def _send(held: Delivery) -> str:
    with sessions.session():
        letter = COMPOSERS[held.kind](held)
    if letter is None:
        return _NOT_NEEDED
    held.target = letter.to
    host = urlsplit(settings.SITE_URL).hostname
    return mail.send(letter.to, letter.subject, letter.text, message_id=f"<{held.public_id}@{host}>")


def _done(held: Delivery, answer: str) -> None:
    held.done_at, held.answer = clock.now(), answer
    held.save(update_fields=["done_at", "answer", "target"])


def _failed(held: Delivery, answer: str) -> None:
    now = clock.now()
    held.answer = answer[: mail.LONGEST_ANSWER]
    with transaction.atomic():
        if held.tries > len(LADDER):
            held.parked_at = now
            alarms.delivery_alarm(clock.today_of(now))
        else:
            held.next_at = clock.later(now, LADDER[held.tries - 1])
        held.save(update_fields=["answer", "target", "next_at", "parked_at"])
    logger.warning("a letter was not taken", delivery=held.pk, kind=held.kind, tries=held.tries, answer=held.answer)


def parked() -> "QuerySet[Delivery]":
    """Those that were given up, the oldest first."""
    return Delivery.objects.filter(done_at=None, parked_at__isnull=False).order_by("pk")


def again(keys: Iterable[int] | None = None) -> int:
    """Let those that were given up be tried again from the beginning (these, or all); return how many."""
    rows = parked() if keys is None else parked().filter(pk__in=list(keys))
    return rows.order_by().update(parked_at=None, tries=0, next_at=clock.now())


def forget_old() -> int:
    """Delete rows that have had nothing left to do for ninety days; return how many."""
    before = clock.later(clock.now(), -KEPT)
    return Delivery.objects.filter(Q(done_at__lt=before) | Q(parked_at__lt=before)).delete()[0]
