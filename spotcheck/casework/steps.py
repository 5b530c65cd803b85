"""The acts that a line of the start page calls for, each with the matter in which its form stands.

So an officer opens the form from the line, and need not look for the act in the dossier.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from spotcheck.casework.duties import chart_of
from spotcheck.docket.flow import MATTERS, ActSpec
from spotcheck.docket.models import Deadline, Dossier, Track

BEGINS = 0
"""The key of a matter that the act begins."""


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter as a line knows it: its chart, its key, the key of its party."""

    chart: str
    key: int
    party: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """One act of a line.

    ``key`` is that of the matter, :data:`BEGINS` where the act begins one (for ``party``), None where the line does not
    say which matter is meant, so that the dossier has to.
    """

    spec: ActSpec
    dossier: Dossier
    chart: str
    key: int | None
    party: int | None = None


def step_of(spec: ActSpec, dossier: Dossier, own: Matter, others: Mapping[str, int] | None = None) -> Step:
    """The step of an act in a dossier, from a line about its ``own`` matter.

    ``others`` are the keys of matters of other charts that belong to it.
    """
    chart = chart_of(spec)
    if spec.creates:
        for_party = MATTERS[chart].opened_by_hand == "party"
        known = bool(MATTERS[chart].opened_by_hand) and (not for_party or own.party is not None)
        return Step(spec, dossier, chart, BEGINS if known else None, own.party if for_party else None)
    key = own.key if chart == own.chart else (others or {}).get(chart)
    return Step(spec, dossier, chart, key)


def elsewhere(periods: Iterable[Deadline], acts: Mapping[int, tuple[ActSpec, ...]]) -> dict[int, dict[str, int]]:
    """Of periods, by their keys, whose acts are done in matters of other charts: these matters by chart.

    That of the same party, the newest; nothing where several would come into question.
    """
    wanted = {
        period.pk: charts
        for period in periods
        if (charts := {chart_of(spec) for spec in acts.get(period.pk, ())} - {period.chart})
    }
    if not wanted:
        return {}
    of = {period.pk: period for period in periods if period.pk in wanted}
    rows = Track.objects.filter(
        dossier__in={period.dossier_id for period in of.values()},
        chart__in=set().union(*wanted.values()),
        is_open=True,
    )
    found: dict[tuple[int, str], list[Track]] = defaultdict(list)
    for track in rows.order_by("matter_id"):
        found[track.dossier_id, track.chart].append(track)
    return {
        key: {
            chart: matter for chart in charts if (matter := _only(found[of[key].dossier_id, chart], of[key].party_id))
        }
        for key, charts in wanted.items()
    }


def _only(tracks: list[Track], party: int | None) -> int | None:
    """The newest matter of this party, or the only one there is; None where it is not clear."""
    own = [track for track in tracks if party is not None and track.party_id == party]
    if own:
        return own[-1].matter_id
    return tracks[0].matter_id if len(tracks) == 1 else None
