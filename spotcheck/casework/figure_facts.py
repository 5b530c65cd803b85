"""What the dossiers say themselves, read for many at once: the live side of the figures."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from django.db.models import Q

from spotcheck.casework.figure_cells import DONE, OVERDUE, RUNNING, UNDONE, Bureau, Duty, Facts
from spotcheck.docket import law
from spotcheck.docket.lateness import days_late
from spotcheck.docket.models import Deadline, Dossier, Involvement, Track
from spotcheck.parties.models import Office
from spotcheck.remediation.models import Recheck
from spotcheck.remediation.states import RecheckState
from spotcheck.rules.regulations import REGULATIONS
from spotcheck.sampling.models import SampleFile

_STATUS: Final = (Deadline.Status.RUNNING, Deadline.Status.MET, Deadline.Status.ENDED)


def bureaus() -> dict[int, Bureau]:
    """All bureaus by their keys."""
    rows = Office.objects.filter(kind__in=Office.BUREAUS)
    return {row.pk: Bureau(row.code, row.parent_id, row.kind == Office.Kind.PROVINCE) for row in rows}


def read(keys: Sequence[int], today: date) -> dict[int, tuple[Facts, int, date | None]]:
    """For dossiers of samples by their keys: what counts, how many entries say so, and when a day alone changes it."""
    rows = Dossier.objects.samples().filter(pk__in=keys).values_list("pk", "opened_on", "entry_count")
    products = dict(SampleFile.objects.filter(dossier__in=keys).values_list("dossier", "product_kind"))
    still = set(Track.objects.filter(dossier__in=keys, is_open=True).values_list("dossier", flat=True))
    rechecks, seen_by, bodies = _first_rechecks(keys), _seen_by(keys), _bodies(keys)
    duties, turns = _duties(keys, today)
    return {
        key: (
            Facts(
                month=f"{opened_on:%Y-%m}",
                product=products.get(key, ""),
                is_open=key in still,
                recheck=rechecks.get(key, ""),
                seen_by=tuple(sorted(seen_by[key])),
                bodies=tuple(sorted(bodies[key])),
                duties=tuple(sorted(duties[key], key=str)),
            ),
            entries,
            turns.get(key),
        )
        for key, opened_on, entries in rows
    }


def _first_rechecks(keys: Sequence[int]) -> dict[int, str]:
    """``passed`` where the first recheck of every party that has had one passed, ``failed`` where one did not."""
    first: dict[int, tuple[int, str]] = {}
    rows = Recheck.objects.filter(dossier__in=keys, is_round=True).order_by("pk")
    for dossier, case, state in rows.values_list("dossier", "case", "state"):
        first.setdefault(case, (dossier, state))
    found: dict[int, str] = {}
    for dossier, state in first.values():
        if state == RecheckState.FAILED:
            found[dossier] = "failed"
        elif state == RecheckState.PASSED:
            found.setdefault(dossier, "passed")
    return found


def _seen_by(keys: Sequence[int]) -> dict[int, set[int]]:
    """The bureaus that see each dossier, as ``Dossier.objects.visible_to`` has it."""
    kinds = {kind for text in REGULATIONS.values() if (file := text.files.get("sample")) for kind in file.seen_by}
    always = set(Office.objects.filter(kind__in=kinds).values_list("pk", flat=True))
    found: dict[int, set[int]] = defaultdict(lambda: set(always))
    parts = Involvement.objects.counting().filter(dossier__in=keys, office__kind__in=Office.BUREAUS)
    for dossier, office in parts.values_list("dossier", "office"):
        found[dossier].add(office)
    return found


def _bodies(keys: Sequence[int]) -> dict[int, set[str]]:
    rows = Involvement.objects.filter(~Q(office__kind__in=Office.BUREAUS), dossier__in=keys)
    return _by_dossier(rows.values_list("dossier", "office__code"))


def _by_dossier(rows: Iterable[Any]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for dossier, value in rows:
        found[dossier].add(value)
    return found


def _duties(keys: Sequence[int], today: date) -> tuple[dict[int, list[Duty]], dict[int, date]]:
    found: dict[int, list[Duty]] = defaultdict(list)
    turns: dict[int, date] = {}
    rows = Deadline.objects.filter(law.rows(lambda period: period.duty), dossier__in=keys, status__in=_STATUS)
    for row in rows.select_related("ended_by").order_by("pk"):
        step, key = law.kind_of(row.rule_set, row.rule), row.dossier_id
        if row.status == Deadline.Status.RUNNING:
            late = row.due_on < today
            found[key].append(Duty(step, row.office_id, OVERDUE if late else RUNNING))
            if not late:
                turns[key] = min(turns.get(key, row.due_on), row.due_on)
            continue
        days = days_late(row)
        stands = DONE if row.status == Deadline.Status.MET or days else UNDONE
        found[key].append(Duty(step, row.office_id, stands, days, bool(row.ended_by and row.ended_by.late_reason)))
    return found, turns
