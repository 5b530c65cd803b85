"""Answers under a key: what a program asks for with the same key is done once, and answered as the first time.

The answer is written in the transaction of what was done, so either both stand or neither. Of two requests with one
key the second waits for the first. Only what was done is kept: a refusal may be cured and the same request sent again.
"""

import hashlib
import re
from collections.abc import Callable
from typing import Final

from django.db import OperationalError, connection, transaction

from spotcheck.api.models import KeptAnswer
from spotcheck.api.problems import Problem
from spotcheck.docket import sessions
from spotcheck.docket.models import Entry

HEADER: Final = "Idempotency-Key"
REPLAYED: Final = "Idempotent-Replayed"
_LAWFUL: Final = re.compile(r"[\x21-\x7e]{16,64}")
_WAIT: Final = "2s"
"""So long a request waits for another one under its key."""
_NOT_AVAILABLE: Final = "55P03"


class Answer:
    """What is answered: a status, the exact text of the body, and the entry that stands behind it."""

    __slots__ = ("body", "entry", "is_replayed", "status")

    def __init__(self, body: str, *, status: int = 200, entry: Entry | None = None, is_replayed: bool = False) -> None:
        self.body, self.status, self.entry, self.is_replayed = body, status, entry, is_replayed


def key_of(header: str | None) -> str:
    """The key of a request: a UUID, or 16 to 64 visible characters; raises ``key-missing``."""
    if header is None or _LAWFUL.fullmatch(header) is None:
        raise Problem("key-missing")
    return header


def fingerprint(method: str, path: str, body: bytes) -> str:
    """The SHA-256 (hex) of what is sent."""
    return hashlib.sha256(b"\n".join((method.encode(), path.encode(), body))).hexdigest()


def once(scope: str, key: str, print_of: str, make: Callable[[], Answer]) -> Answer:
    """Do something once under a key, inside a session. Raises ``key-reused`` and ``in-progress``."""
    _lock(scope, key)
    before = KeptAnswer.objects.filter(scope=scope, key=key).first()
    if before is not None:
        if before.fingerprint != print_of:
            raise Problem("key-reused")
        return Answer(before.body, status=before.status, is_replayed=True)
    made = make()
    line = {
        "scope": scope,
        "key": key,
        "fingerprint": print_of,
        "status": made.status,
        "body": made.body,
        "entry_id": made.entry.pk if made.entry is not None else None,
        "at": sessions.now(),
    }
    sessions.current().unwritten.add(KeptAnswer, [line])
    return made


def _lock(scope: str, key: str) -> None:
    """Hold a key until the end of the transaction; whoever is second waits a little."""
    number = int.from_bytes(hashlib.sha256(f"{scope}\n{key}".encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        row = cursor.fetchone()
        if row[0]:
            return
        try:
            with transaction.atomic():
                cursor.execute(f"SET LOCAL lock_timeout = '{_WAIT}'")
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
                cursor.execute("SET LOCAL lock_timeout = 0")
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != _NOT_AVAILABLE:
                raise
            raise Problem("in-progress", headers={"Retry-After": "2"}) from None
