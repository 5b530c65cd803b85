"""A sample as a program of its first laboratory reads it: what ``casework.blind`` lets be told, and nothing else.

Each name of that table has one function here, which takes the sample and returns plain values.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from spotcheck.casework.blind import PRODUCT, TOLD, UNITS, Phase, phase_of
from spotcheck.docket import register
from spotcheck.docket.flow import Flow
from spotcheck.docket.models import Dossier, Track
from spotcheck.docket.sessions import ask
from spotcheck.inspection.models import Item
from spotcheck.laboratories import places
from spotcheck.objections.models import Verification
from spotcheck.objections.states import ObjectionState

WRITER: Final = "lab"
WANTED: Final = (ObjectionState.VERIFYING, ObjectionState.EXPERT_REVIEW)
"""The states in which the province waits for what the writers of an objection conclude."""


@dataclass
class Sample:
    """A sample with its register."""

    dossier: Dossier
    tracks: list[Track]

    @property
    def phase(self) -> Phase:
        """How far its test is."""
        return phase_of(self.tracks)

    @property
    def code(self) -> str:
        """By which it is known, however it was asked for."""
        return self.dossier.number

    @property
    def href(self) -> str:
        """Where it is read."""
        return places.of_case(self.code)

    @property
    def places(self) -> Mapping[str, str]:
        """Where its acts are done, by their names."""
        return places.PLACES

    @property
    def only_here(self) -> tuple[str, ...]:
        """Acts that no page offers and programs do."""
        return ()

    def is_own(self, matter: Track | Flow) -> bool:
        """Whether a matter is its own: how others stand is told nowhere, not even by a tag that changes."""
        return matter.chart in places.OWN_CHARTS

    def track(self, chart: str, label: str = "") -> Track | None:
        """The line of one matter in the register."""
        return next((one for one in self.tracks if (one.chart, one.label) == (chart, label)), None)


Known = TypeVar("Known", bound=Sample)


def known(dossier: Dossier, of: type[Known] = Sample) -> Known:  # type: ignore[assignment]  # the kind asked for
    """A sample, with its register read, as one kind of them."""
    return of(dossier, ask(register.lines(dossier)))


def told(sample: Sample) -> dict[str, Any]:
    """Everything that may be told of a sample in its phase."""
    found = {name: TELLING[name](sample) for name in TOLD[sample.phase] if name in TELLING}
    return {name: value for name, value in found.items() if value is not None}


def product(sample: Sample) -> dict[str, str]:
    """The product, as its label says."""
    return {name: getattr(sample.dossier.sample_file, column) for name, column in PRODUCT.items()}


def _units(sample: Sample) -> list[dict[str, Any]]:
    tracks = [(unit, sample.track("sample", unit)) for unit in UNITS]
    return [
        {"unit": unit, "state": track.state, "since": track.since.isoformat()}
        for unit, track in tracks
        if track is not None
    ]


def _inspection(sample: Sample) -> dict[str, Any] | None:
    track = sample.track("inspection")
    return None if track is None else {"state": track.state, "since": track.since.isoformat()}


def _report(sample: Sample) -> dict[str, Any] | None:
    """The report that the laboratory has issued: its own items as they stood then."""
    items = Item.objects.filter(dossier=sample.dossier).order_by("pk")
    names = ("name", "kind", "limit", "value", "unit", "first_result")
    rows = [dict(zip((*names[:-1], "verdict"), row, strict=True)) for row in items.values_list(*names)]
    return {"items": rows} if rows else None


def _verifications(sample: Sample) -> list[dict[str, Any]] | None:
    """The objections of which the laboratory's conclusion is wanted and not filed yet: where it is filed (36)."""
    wanted = {one.label: one for one in sample.tracks if one.chart == "objection" and one.state in WANTED}
    if not wanted:
        return None
    rows = Verification.objects.filter(objection__dossier=sample.dossier, objection__label__in=wanted, writer=WRITER)
    filed = set(rows.values_list("objection__label", flat=True))
    keys = [(f"{sample.code}.{label}", track) for label, track in wanted.items() if label not in filed]
    return [
        {"id": key, "href": f"{places.VERIFICATIONS}/{key}/conclusion", "since": track.since.isoformat()}
        for key, track in keys
    ] or None


TELLING: Final[dict[str, Callable[[Sample], Any]]] = {
    "code": lambda sample: sample.dossier.number,
    "phase": lambda sample: sample.phase.value,
    "product": product,
    "units": _units,
    "inspection": _inspection,
    "report": _report,
    "verifications": _verifications,
}
