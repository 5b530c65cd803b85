"""Which samples a first laboratory knows, in which phase each is, and what may be told of it then: one table for all.

It tests blind (Article 29): while the result can still depend on it, it is told what it needs at the bench and nothing
that names a party, a place, a price or a person who sampled. What is not named here is not told.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from spotcheck.casework.privacy import SAMPLING_SHEET
from spotcheck.docket.models import Dossier, Involvement, Track
from spotcheck.docket.together import alone
from spotcheck.inspection.states import InspectionState
from spotcheck.notices.models import Paper
from spotcheck.parties.actors import Actor, of_office
from spotcheck.parties.models import Office
from spotcheck.rules import folding
from spotcheck.rules.folding import fold
from spotcheck.rules.regulations import FIRST
from spotcheck.sampling.models import SampleUnit

FIRST_LABORATORY: Final = "lab"
_BLANKS: Final = re.compile(r"\s+")
TEST_UNIT, RESERVE_UNIT = "T", "R"
UNITS: Final = (TEST_UNIT, RESERVE_UNIT)


class Phase(StrEnum):
    """How far the test is."""

    TESTING = "testing"
    REPORTED = "reported"


_OVER: Final = frozenset({InspectionState.REPORTED, InspectionState.TERMINATED_ILLEGAL})
_BENCH: Final = ("code", "phase", "product", "units", "inspection", "custody", "rule", "limits", "results")
TOLD: Final[dict[Phase, tuple[str, ...]]] = {
    Phase.TESTING: _BENCH,
    Phase.REPORTED: (*_BENCH, "report", "verifications"),
}
"""What is told in a phase, by the names of ``laboratories/projection.py``."""
PRODUCT: Final = {
    "kind": "product_kind",
    "name": "product_name",
    "model": "product_model",
    "brand": "brand",
    "standard": "standard",
    "batch": "batch",
}
"""Of the product, by the columns of the sample's file."""
QUALIFICATION: Final = ("name", "credit_code")
"""Of a producer, to who verifies its qualification before the test (Article 28); of a seller nothing."""

MAILING: Final = {"name": "name", "address": "actual_address"}
"""Of a party, to who mails the notice of its conforming result (Article 33), by the columns of the enterprise."""


def samples_of(actor: Actor) -> "QuerySet[Dossier]":
    """The samples that a first laboratory knows: it is commissioned, and the unit to be tested is on its way or there.

    A target that was only drawn is none of its business yet.
    """
    parts = Involvement.objects.counting().filter(dossier=OuterRef("pk"), office=actor.office, role=FIRST_LABORATORY)
    return Dossier.objects.visible_to(actor).samples().filter(Exists(parts))


def known_as(office: Office, typed: str) -> Dossier | None:
    """Of those of a laboratory, the sample that is meant: by its number, that of a unit or of its sampling sheet.

    However it is typed: blanks, case and width make no difference.
    """
    plain = _BLANKS.sub("", typed)
    wanted, number = fold(plain), folding.number(plain)
    if not wanted:
        return None
    found: list[Dossier] = alone(rows_known_as, office.pk, wanted, number, number.upper())
    return next(iter(found), None)


def rows_known_as(office: int, wanted: str, *written: str) -> "QuerySet[Dossier]":
    same = Q(found_by_open=wanted) | Q(found_by_open__startswith=f"{wanted} ")
    codes, numbers = Q(), Q()
    for number in written:
        codes, numbers = codes | Q(code=number), numbers | Q(number=number)
    units = SampleUnit.objects.filter(codes).values("dossier")
    sheets = Paper.objects.filter(numbers, regulation=FIRST, form=SAMPLING_SHEET).values("dossier")
    meant = Dossier.objects.filter(same).values("pk").union(units, sheets)
    rows = samples_of(of_office(Office(pk=office, kind=Office.Kind.LABORATORY))).filter(pk__in=meant)
    return rows.select_related("parent", "sample_file__producer").order_by("pk")[:1]


def phase_of(tracks: Iterable[Track]) -> Phase:
    """In which phase a sample is, by its register."""
    tested = next((track.state for track in tracks if track.chart == "inspection"), "")
    return Phase.REPORTED if tested in _OVER else Phase.TESTING
