"""The figures are kept by a worker: what has changed is counted again each minute, and all of it every night.

A dossier's tally says what it has added; when it changes, that is taken off and what it adds now is put on. The nightly
count reads every dossier, and asks the lists themselves; whatever differs is said, and set right.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

import structlog
from django.db import connection, transaction

from spotcheck.casework import figure_facts
from spotcheck.casework.dossier_search import matching
from spotcheck.casework.figure_cells import COUNTED, IN_ALL, Bureau, Facts, Key, cells, kept, read
from spotcheck.casework.figures import KEPT, LINKED, Line, wanted
from spotcheck.casework.models import Figure, Tally
from spotcheck.docket import clock
from spotcheck.docket.models import Beat, Dossier, Entry, Message
from spotcheck.parties.actors import of_office
from spotcheck.parties.models import PROVINCE_CODE, Office

logger = structlog.get_logger(__name__)

COMPARED: Final = "figures_compared"
"""The beat of the last comparison with the dossiers."""
ALARM: Final = "figures_differ"
AT_ONCE: Final = 500
"""So many dossiers are read at once."""
_OVERLAP: Final = 5_000
"""So many entries before the last one seen are looked at again: their transactions may have ended later."""
_LINE: Final = ("year", "by", "value")

Sums = dict[Key, list[int]]


def keep() -> int:
    """Count what has changed since the last time; return how many dossiers. Two at once do nothing twice."""
    with transaction.atomic():
        beat, is_first = _locked()
        if beat is None:
            return 0
        last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        keys: Iterable[int] = _all() if is_first else _changed(beat.detail.get("entry", 0))
        added, number, known = _nothing(), 0, figure_facts.bureaus()
        for some in _by_turns(keys):
            _count(some, added, known)
            number += len(some)
        _add(added)
        Beat.objects.filter(name=KEPT).update(at=clock.now(), detail={"entry": last})
    return number


def compare() -> list[str]:
    """Count everything again and ask the lists; set right what differs and return it: nothing is the right answer."""
    keep()
    told: list[str] = []
    with transaction.atomic():
        beat, _is_first = _locked(wait=True)
        assert beat is not None
        added, whole, known = _nothing(), _nothing(), figure_facts.bureaus()
        for some in _by_turns(_all()):
            told += _count(some, added, known, whole)
        _add(added)
        told += _set_right(whole)
    told += _against_the_lists()
    if told:
        logger.error("figures differed from the dossiers and were set right", differences=len(told), first=told[0])
        _alarm()
    Beat.objects.update_or_create(name=COMPARED, defaults={"at": clock.now(), "detail": {"differences": len(told)}})
    return told


def _locked(*, wait: bool = False) -> tuple[Beat | None, bool]:
    """The row that whoever counts holds, and whether nothing was counted before; none while somebody else does."""
    Beat.objects.bulk_create([Beat(name=KEPT, at=clock.now(), detail={})], ignore_conflicts=True)
    beat = Beat.objects.select_for_update(skip_locked=not wait).filter(name=KEPT).first()
    return beat, beat is not None and "entry" not in beat.detail


def _by_turns(keys: Iterable[int]) -> Iterator[list[int]]:
    left = iter(keys)
    while some := list(islice(left, AT_ONCE)):
        yield some


def _all() -> Iterator[int]:
    return Dossier.objects.samples().order_by("pk").values_list("pk", flat=True).iterator()


def _changed(last: int) -> list[int]:
    """Dossiers with entries that no tally knows, and those in which a duty has become overdue since."""
    recent = Entry.objects.filter(pk__gt=last - _OVERLAP).values("dossier")
    now = dict(Dossier.objects.samples().filter(pk__in=recent).values_list("pk", "entry_count"))
    known = dict(Tally.objects.filter(dossier__in=list(now)).values_list("dossier", "entries"))
    turned = Tally.objects.filter(turns_on__lt=clock.today()).values_list("dossier", flat=True)
    return sorted({key for key, entries in now.items() if known.get(key) != entries} | set(turned))


def _count(chosen: list[int], added: Sums, known: dict[int, Bureau], whole: Sums | None = None) -> list[str]:
    """Count these; return those that say something else than their tallies do although nothing was recorded since."""
    before = Tally.objects.in_bulk(chosen)
    made, told = [], []
    for key, (facts, entries, turns_on) in figure_facts.read(chosen, clock.today()).items():
        old = before.get(key)
        if whole is not None:
            _sum(whole, facts, known)
        was = read(old.facts) if old is not None else None
        if was == facts and old is not None and (old.entries, old.turns_on) == (entries, turns_on):
            continue
        if old is not None and old.entries == entries and (old.turns_on is None or old.turns_on >= clock.today()):
            told.append(f"dossier {key}")
        if was is not None:
            _sum(added, was, known, -1)
        _sum(added, facts, known)
        made.append(Tally(dossier_id=key, entries=entries, turns_on=turns_on, facts=kept(facts)))
    written = ["entries", "turns_on", "facts"]
    Tally.objects.bulk_create(made, update_conflicts=True, unique_fields=["dossier"], update_fields=written)
    return told


def _nothing() -> Sums:
    return defaultdict(lambda: [0] * len(COUNTED))


def _sum(sums: Sums, facts: Facts, known: dict[int, Bureau], times: int = 1) -> None:
    there = facts._replace(seen_by=tuple(office for office in facts.seen_by if office in known))
    for key, counts in cells(there, known):
        line = sums[key]
        for place, number in enumerate(counts):
            line[place] += times * number


def _add(sums: Sums) -> None:
    """Add to the lines that are there, and make those that are not; a line in which nothing counts goes."""
    columns = ", ".join(COUNTED)
    more = ", ".join(f"{name} = casework_figure.{name} + excluded.{name}" for name in COUNTED)
    rows: list[list[str | int]] = [[*key, *line] for key, line in sorted(sums.items()) if any(line)]
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO casework_figure (office_id, year, by, value, {columns})"  # noqa: S608 -- ours
            f" VALUES ({', '.join(['%s'] * (4 + len(COUNTED)))})"
            f" ON CONFLICT (office_id, year, by, value) DO UPDATE SET {more}",
            rows,
        )
    Figure.objects.filter(cases=0).delete()


def _set_right(whole: Sums) -> list[str]:
    """Compare every line with the sum of the dossiers; what differs is replaced."""
    wrong = {}
    for row in Figure.objects.iterator():
        line = [getattr(row, name) for name in COUNTED]
        due = whole.pop(Key(row.office_id, row.year, row.by, row.value), None)
        if due != line:
            wrong[str(row)] = row.pk, due
    told = [f"line {name}" for name in wrong]
    for pk, due in wrong.values():
        if due is None:
            Figure.objects.filter(pk=pk).delete()
        else:
            Figure.objects.filter(pk=pk).update(**_named(due))
    told += [f"line {' '.join(map(str, key))}" for key in whole]
    missing = [
        Figure(office_id=key[0], **dict(zip(_LINE, key[1:], strict=True)), **_named(line))
        for key, line in whole.items()
    ]
    Figure.objects.bulk_create(missing, batch_size=1000)
    return told


def _named(line: list[int]) -> dict[str, int]:
    return dict(zip(COUNTED, line, strict=True))


def _against_the_lists() -> list[str]:
    """Ask for every bureau what its lists have: the count of the figures, and that of the very list behind each."""
    told = []
    counted = Figure.objects.filter(by=IN_ALL, year="").values("office")
    for office in Office.objects.filter(pk__in=counted).order_by("code"):
        wrong = _differing(office, LINKED)
        if wrong:
            keep()  # something may have been recorded meanwhile
            wrong = _differing(office, wrong)
        told += [f"list {office.code} {column}" for column in wrong]
    return told


def _differing(office: Office, columns: Iterable[str]) -> list[str]:
    """Those of these columns whose list has another number."""
    row = Figure.objects.filter(office=office, by=IN_ALL, year="").first()
    line, actor = Line.of(row) if row is not None else Line(), of_office(office)
    key = Key(office.pk, "", IN_ALL, "")
    return [name for name in columns if line.of_column(name) != matching(actor, wanted(key, name)).count()]


def _alarm() -> None:
    """Tell the province, once a day."""
    said = Message(kind=ALARM, day=clock.today(), office=Office.objects.get(code=PROVINCE_CODE), created_at=clock.now())
    Message.objects.bulk_create([said], ignore_conflicts=True)
