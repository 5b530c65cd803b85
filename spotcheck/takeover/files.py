"""The files of old cases: under which number they stand, and from which lines they came."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from spotcheck.docket import taking
from spotcheck.docket.models import Dossier, Entry
from spotcheck.takeover.claims import PREFIX

Rows = dict[str, dict[str, str]]
"""The lines of one sample as they were, by the labels of their parties."""


def came_in(numbers: Iterable[str]) -> dict[str, Rows]:
    """What came in before under these numbers of the old system and was not taken back."""
    back = Entry.objects.filter(dossier=OuterRef("dossier"), act=taking.BACK)
    told = Entry.objects.filter(act=taking.ACT, chart="result_notice", facts__old_number__in=list(numbers))
    found: dict[str, Rows] = defaultdict(dict)
    for entry in told.exclude(Exists(back)).only("facts", "label"):
        found[entry.facts["old_number"]][entry.label] = entry.facts["row"]
    return found


def number_of(old: str) -> str:
    """The number for the file of an old case; where one was taken back before, with a count behind."""
    taken = set(Dossier.objects.filter(number__startswith=PREFIX + old).values_list("number", flat=True))
    here, count = PREFIX + old, 1
    while here in taken:
        count += 1
        here = f"{PREFIX}{old}（{count}）"
    return here


def is_old(dossier: Dossier) -> bool:
    """Whether a file came from an old system; asked of the record only where its number looks like one."""
    looks = dossier.parent_id is None and dossier.number.startswith(PREFIX)
    return looks and Entry.objects.filter(dossier=dossier, act=taking.ACT).exists()
