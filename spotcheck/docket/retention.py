"""Retention: what may be destroyed once it was kept long enough (Article 16, reading R61), and never anything else.

A nightly job lists files whose time is over; a person confirms the list; then the files leave the store. The rows, the
hashes in the chain and the entries stay, so every page says what there was, until when, and who had it destroyed.

The time of a file is over when every row that points to it says so: it came with an act of a chart and as a kind that
the text names (``Regulation.keeping``), its dossier is closed, and the period has run from the sampling and from the
day on which the file was handed in, whichever is later.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

import structlog
from django.db.models import Exists, OuterRef, Q, QuerySet

from spotcheck.docket import book, calendars, clock, law
from spotcheck.docket.corrections import legal_date
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Deadline, Disposal, Dossier, Entry, Evidence, Track
from spotcheck.docket.sessions import hold_all, session
from spotcheck.files import keeping, promises, storage
from spotcheck.files.models import StoredFile
from spotcheck.rules.regulations import REGULATIONS, Keeping

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who has files destroyed: the name of a person, the account of the machine, and why."""

    name: str
    account: str
    reason: str


def list_over(today: date | None = None) -> int:
    """List what may be destroyed from this day on, and nothing that may not; return how many files are new on the list.

    What was listed and is in use again (a dossier was reopened, the file came with another act) leaves the list.
    """
    today = today or clock.today()
    for row in waiting():
        if last_day(row.stored_id, today) is None:
            row.delete()
    listed = Disposal.objects.values("stored")
    keys = _candidates().exclude(stored__in=listed).order_by("stored").values_list("stored", flat=True).distinct()
    found = [(key, until) for key in keys if (until := last_day(key, today)) is not None]
    Disposal.objects.bulk_create(
        [Disposal(stored_id=key, kept_until=until, listed_at=clock.now()) for key, until in found],
        ignore_conflicts=True,
    )
    if found:
        logger.info("files may be destroyed", files=len(found))
    return len(found)


def waiting() -> "QuerySet[Disposal]":
    """What is listed and waits for somebody's word."""
    return Disposal.objects.filter(confirmed_at=None).select_related("stored").order_by("kept_until", "stored")


def rows_of(disposal: Disposal) -> "QuerySet[Evidence]":
    """With which acts, of which dossiers, a listed file came."""
    return Evidence.objects.filter(stored=disposal.stored_id).select_related("dossier", "entry").order_by("pk")


def confirm(keys: Collection[str], by: Confirmation) -> list[Disposal]:
    """Have these listed files destroyed; return those that were. Only the owner of the tables can.

    Each is looked at once more while its dossiers are held. What may not be destroyed any more is left out.
    """
    done = [made for key in sorted(keys) if (made := _confirmed(key, by)) is not None]
    remove_confirmed()
    return done


def remove_confirmed() -> int:
    """Remove from the store what was confirmed and lies there still, after a store was away; return how many files."""
    removed = 0
    for row in Disposal.objects.exclude(names=[]):
        try:
            for name in row.names:
                storage.store().destroy(name)
        except OSError:
            logger.exception("a file whose destruction was confirmed is still there", file=row.stored_id)
            continue
        Disposal.objects.filter(pk=row.pk).update(names=[])
        removed += 1
    return removed


def last_day(key: str, today: date) -> date | None:
    """The last day on which a file had to be kept, when it is over and nothing else needs the file; else None."""
    rows = list(Evidence.objects.filter(stored=key).select_related("entry", "dossier", "stored"))
    if not rows or rows[0].stored.is_gone or _is_held_otherwise(rows[0].stored):
        return None
    days = [_kept_until(row) for row in rows]
    known = [day for day in days if day is not None]
    if len(known) < len(days) or max(known) >= today:
        return None
    return max(known)


def _confirmed(key: str, by: Confirmation) -> Disposal | None:
    with session():
        hold_all(Evidence.objects.filter(stored=key).values_list("dossier", flat=True))
        disposal = Disposal.objects.select_for_update().filter(stored=key, confirmed_at=None).first()
        stored = StoredFile.objects.select_for_update().get(pk=key)
        if disposal is None or last_day(key, clock.today()) is None:
            return None
        disposal.names = keeping.empty(stored)
        disposal.confirmed_at, disposal.confirmed_by, disposal.account = clock.now(), by.name, by.account
        disposal.save()
        for row in rows_of(disposal):
            after = {"sha256": key, "kind": row.kind, "name": row.name, "last_day": disposal.kept_until, "by": by.name}
            book.write(
                "evidence.destroyed",
                by=None,
                user=None,
                subject=row,
                after=after,
                reason=by.reason,
                dossier=row.dossier,
                address=by.account,
            )
    return disposal


def _candidates() -> "QuerySet[Evidence]":
    """What came as a kind and with an act that a text names, in dossiers that are closed."""
    meant = Q(pk__in=())
    for text in REGULATIONS.values():
        if text.keeping is not None:
            meant |= Q(kind__in=text.keeping.kinds, entry__chart__in=text.keeping.charts)
    is_open = Exists(Track.objects.filter(dossier=OuterRef("dossier"), is_open=True))
    runs = Exists(Deadline.objects.running().filter(dossier=OuterRef("dossier")))
    return Evidence.objects.filter(meant).exclude(stored__file="").filter(~is_open & ~runs)


def _kept_until(row: Evidence) -> date | None:
    """The last day on which this row wants its file; None while its dossier is open, and for what is kept for good."""
    keeping_, dossier = law.text_of(row.dossier).keeping, row.dossier
    if keeping_ is None or row.kind not in keeping_.kinds or row.entry.chart not in keeping_.charts:
        return None
    if _is_open(dossier):
        return None
    handed_in = max(row.entry.effective_on, clock.today_of(row.entry.recorded_at))
    start = max([handed_in, *_sampled(dossier, keeping_)])
    _due, latest, *_ = law.last_days(law.of(dossier).id, keeping_.period, start, calendars.current())
    return latest


def _is_open(dossier: Dossier) -> bool:
    return dossier.tracks.filter(is_open=True).exists() or dossier.deadlines.running().exists()


def _sampled(dossier: Dossier, keeping_: Keeping) -> Iterator[date]:
    """The days from which the period is counted: those of the acts that say so, as they stand after corrections."""
    acts = [spec.name for chart in keeping_.charts for spec in MATTERS[chart].specs() if keeping_.period in spec.counts]
    for entry in Entry.objects.filter(dossier=dossier, act__in=acts):
        yield legal_date(entry)


def _is_held_otherwise(stored: StoredFile) -> bool:
    """Whether anything but evidence points to a file: an upload, a proof in a column of its own, another table."""
    for field in StoredFile._meta.get_fields(include_hidden=True):
        model = field.related_model if field.auto_created else None
        if model in (None, Evidence, Disposal):
            continue
        manager = model._meta.default_manager
        if manager.filter(**{field.field.name: stored.pk}).exists():  # type: ignore[union-attr]
            return True
    return promises.is_promised_beside(stored.pk, StoredFile)
