"""The book (登记簿): everything that matters and is no act of a dossier, written in the transaction of what was done.

If the book cannot be written, the thing is not done: :func:`write` raises what the database raises, and whoever calls
it inside the transaction of a change, or before an answer goes out, lets it pass.

Lines of the families ``ALSO_LOGGED`` go to the log as well, once they are committed, for whoever watches many systems:
without names and without what was said, by the keys under which the book has them.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, Final, TypeAlias

import structlog
from django.db import transaction
from django.db.models import Model
from structlog.contextvars import get_contextvars

from spotcheck.docket import bulk, sessions
from spotcheck.docket.entries import Break, plain
from spotcheck.docket.models import Dossier, Record
from spotcheck.parties.models import Post, User
from spotcheck.rules.book import ALSO_LOGGED, KINDS, OPEN, READ, family_of

logger = structlog.get_logger("spotcheck.security")

Subject: TypeAlias = Model | tuple[str, str | int]
"""What a record is about: a row, or the name of a sort of thing and what names the thing."""
MASK: Final = "***"

_PLACE: Final = "book"


def write(
    kind: str,
    *,
    by: Post | None,
    user: User | None,
    subject: Subject,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
    dossier: Dossier | None = None,
    second_user: User | None = None,
    address: str = "",
    request_id: str = "",
) -> Record | None:
    """Write one line: who (in which post), what, about what, what it said before and says now.

    Returns it, or None for a reading that this person has had of this subject in this hour already. ``address`` is
    where the request came from, or the account of the machine on which a command ran. Without a ``request_id`` it is
    that of the request in which this happens.
    """
    assert kind in KINDS, f"rules/book.py knows no {kind}"
    at = sessions.now()
    reads = family_of(kind) == READ
    subject_type, subject_id = _named(subject)
    record = Record(
        at=at,
        kind=kind,
        office_id=by.office_id if by is not None else None,
        user=user,
        post=by,
        second_user=second_user,
        subject_type=subject_type,
        subject_id=subject_id,
        dossier=dossier,
        before=None if before is None else plain(dict(before)),
        after=None if after is None else plain(dict(after)),
        reason=reason,
        address=address[:100],
        request_id=request_id or str(get_contextvars().get("request_id", "")),
        hour=at.replace(minute=0, second=0, microsecond=0) if reads else None,
    )
    record.hash = digest(record)
    if reads:
        return record if bulk.insert_new(record) else None
    bulk.insert([record])
    if family_of(kind) in ALSO_LOGGED:
        transaction.on_commit(partial(_log, record, names_a_row=isinstance(subject, Model)), robust=True)
    return record


def _log(record: Record, *, names_a_row: bool) -> None:
    """Say that a line about security stands in the book: by keys and its hash, never by what somebody typed."""
    logger.info(
        "security",
        kind=record.kind,
        line=record.pk,
        hash=record.hash,
        at=record.at.isoformat(),
        by=record.user_id,
        second=record.second_user_id,
        post=record.post_id,
        office=record.office_id,
        about=record.subject_type,
        key=record.subject_id if names_a_row else "",
        request_id=record.request_id,
    )


def _named(subject: Subject) -> tuple[str, str]:
    if isinstance(subject, Model):
        return str(subject._meta.model_name), str(subject.pk)
    return subject[0], str(subject[1])


def digest(record: Record) -> str:
    """Return the SHA-256 (hex) over everything the line says."""
    content = {
        "at": record.at.timestamp(),
        "kind": record.kind,
        "office": record.office_id,
        "user": record.user_id,
        "post": record.post_id,
        "second_user": record.second_user_id,
        "subject": [record.subject_type, record.subject_id],
        "dossier": record.dossier_id,
        "before": record.before,
        "after": record.after,
        "reason": record.reason,
        "address": record.address,
        "request_id": record.request_id,
        "hour": record.hour.timestamp() if record.hour else None,
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def root_of(day: date) -> tuple[str, int]:
    """Return the root (hex) over the lines of a day, in the order of writing, and their number."""
    lines = Record.objects.filter(at__date=day).order_by("pk").values_list("pk", "hash")
    sealed, number = hashlib.sha256(), 0
    for key, line in lines.iterator():
        sealed.update(f"{key}:{line}\n".encode())
        number += 1
    return sealed.hexdigest(), number


def verify() -> Iterator[Break]:
    """Go through all lines and yield those that do not say what they said when they were written."""
    for record in Record.objects.order_by("pk").iterator():
        if digest(record) != record.hash:
            yield Break(_PLACE, record.pk, "was changed")


def shown(values: Mapping[str, Any] | None, *, to_auditor: bool) -> dict[str, Any]:
    """``before`` or ``after`` as somebody reads it: what says something of a person is masked for all but auditors."""
    return {
        name: value if to_auditor or name in OPEN or value in (None, "") else MASK
        for name, value in (values or {}).items()
    }
