"""The daily root over all chains, the book and what is written once; the verification of all that was written."""

import hashlib
from collections.abc import Iterator
from datetime import date

from django.db import connection, transaction
from django.db.models.functions import TruncDate

from spotcheck.docket import book, clock, entries, seals
from spotcheck.docket.entries import Break
from spotcheck.docket.models import AuditRoot, Dossier, Entry, Record

_ONE_AFTER_THE_OTHER = "SELECT pg_advisory_xact_lock(hashtext('docket_auditroot'))"


def anchor(day: date) -> AuditRoot:
    """Write the root over the chain heads and the book of a day that is over: once and never again.

    Roots are chained in the order of writing; a day that was missed comes at the end of the chain.
    """
    assert day < clock.today(), "a day that is not over has no root"
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_ONE_AFTER_THE_OTHER)
        kept = AuditRoot.objects.filter(day=day).first()
        return kept if kept is not None else _write(day)


def _write(day: date) -> AuditRoot:
    root, dossiers = root_of(day)
    lines, records = book.root_of(day)
    made = AuditRoot(day=day, root=root, dossiers=dossiers, book=lines, records=records, made_at=clock.now())
    # Before something is sealed first there may be rows of days that have roots, and of days that never had one.
    last = AuditRoot.objects.order_by("-pk").first()
    made.kept = seals.as_text(seals.of(day), first=seals.new_since(last.kept if last is not None else ""))
    made.previous = mark_of(last)
    made.seal = seal_of(made)
    made.save(force_insert=True)
    return made


def mark_of(root: AuditRoot | None) -> str:
    """What the next root has to say of this one (nothing of none)."""
    return "" if root is None else root.seal or root.root


def seal_of(root: AuditRoot) -> str:
    """Return the SHA-256 (hex) over everything a root says and the root before."""
    parts = [root.previous, root.day.isoformat(), root.dossiers, root.root, root.records, root.book]
    if root.kept:
        parts.append(root.kept)
    return hashlib.sha256(":".join(map(str, parts)).encode()).hexdigest()


def anchor_days_over() -> list[AuditRoot]:
    """Write the roots of all days that are over and have something to seal but no root yet, however many there are."""
    entered = Entry.objects.annotate(day=TruncDate("recorded_at")).values_list("day", flat=True)
    written = Record.objects.annotate(day=TruncDate("at")).values_list("day", flat=True)
    missing = (set(entered.union(written)) | seals.days()) - set(AuditRoot.objects.values_list("day", flat=True))
    today = clock.today()
    return [anchor(day) for day in sorted(missing) if day < today]


def root_of(day: date) -> tuple[str, int]:
    """Return the root over the last entry of every dossier that had an entry recorded on this day, and their number."""
    heads = (
        Entry.objects.filter(recorded_at__date=day)
        .order_by("dossier", "-sequence")
        .distinct("dossier")
        .values_list("dossier_id", "sequence", "hash")
    )
    digest, number = hashlib.sha256(), 0
    for dossier, sequence, head in heads.iterator():
        digest.update(f"{dossier}:{sequence}:{head}\n".encode())
        number += 1
    return digest.hexdigest(), number


def verify() -> Iterator[Break]:
    """Go through every chain, the book and every daily root, and yield what does not hold."""
    for dossier in Dossier.objects.order_by("pk").iterator():
        yield from entries.verify(dossier)
    yield from book.verify()
    before, sealed = None, seals.of_all()
    for kept in AuditRoot.objects.order_by("pk").iterator():
        if kept.kept:
            yield from (
                Break(kept.day.isoformat(), 0, what) for what in seals.differences(kept.kept, sealed.get(kept.day, {}))
            )
        yield from (Break(kept.day.isoformat(), 0, what) for what in _wrong_with(kept, before))
        before = kept


def _wrong_with(kept: AuditRoot, before: AuditRoot | None) -> Iterator[str]:
    if root_of(kept.day)[0] != kept.root:
        yield "the root of the day differs"
    if not kept.seal:  # of a program that knew no book; the next root names it all the same
        return
    if book.root_of(kept.day) != (kept.book, kept.records):
        yield "the book of the day differs"
    if kept.previous != mark_of(before):
        yield "does not follow the root before"
    if kept.seal != seal_of(kept):
        yield "the root was changed"
