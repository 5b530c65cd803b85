"""Which act a line of chapter four calls for: a test whose unit is lost is stopped."""

from collections.abc import Sequence
from typing import Any

from spotcheck.docket.calls import Names, chooses
from spotcheck.docket.models import Track
from spotcheck.inspection.states import InspectionState
from spotcheck.sampling.states import SampleState


@chooses(
    "inspection",
    InspectionState.AWAITING,
    InspectionState.RECEIVED,
    InspectionState.CLEARED,
    InspectionState.TESTING,
)
def without_its_unit(tracks: Sequence[Any]) -> dict[int, Names]:
    """The test unit is lost: no result will come (Article 27)."""
    units = Track.objects.filter(dossier__in={t.dossier_id for t in tracks}, chart="sample", label="T")
    lost = set(units.filter(state=SampleState.COMPROMISED).values_list("dossier", flat=True))
    return {track.pk: ("inspection.stop_unit_lost",) for track in tracks if track.dossier_id in lost}
