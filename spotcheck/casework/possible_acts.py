"""What an actor can do in a dossier: now, not yet and why not, and later on.

An act whose state has passed for good is not shown any more; one that the present state allows but a
requirement forbids stays visible with its reasons; one that may come later is folded away.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy

from spotcheck.casework.duties import words_of
from spotcheck.casework.entitling import Entitled
from spotcheck.casework.outstanding import awaited_again
from spotcheck.casework.privacy import Sight
from spotcheck.docket.acts import Possible, openings, permitted, question_of_matters
from spotcheck.docket.flow import ABSENT, MATTERS, Flow
from spotcheck.docket.models import Dossier, Entry, Track
from spotcheck.docket.sessions import ask
from spotcheck.inspection.states import ResultNoticeState
from spotcheck.notices.preview import issues
from spotcheck.parties.actors import Actor
from spotcheck.parties.models import Post
from spotcheck.rules.charts import CHARTS
from spotcheck.rules.regulations import charts_of, of_chart
from spotcheck.rules.words import Words

_WINDOW_CLOSED: Final = ("result_notice", ResultNoticeState.WINDOW_CLOSED)
_NEVER: Final = frozenset({"test_unit_only", "reserve_on_site", "producers_only"})
"""Requirements that speak of what a unit or a party is: what they forbid stays forbidden."""
UNITS: Final = {"T": gettext_lazy("检验样品"), "R": gettext_lazy("备用样品")}


@dataclass(slots=True)
class OpenMatter:
    """One matter of the dossier with the acts of the actor's role, in the order of the law."""

    matter: Flow
    title: Words
    party: str
    state: Words | None
    now: list[Possible] = field(default_factory=list)
    exceptions: list[Possible] = field(default_factory=list)
    blocked: list[Possible] = field(default_factory=list)
    later: list[Possible] = field(default_factory=list)
    of_colleagues: list[tuple[Possible, list[str]]] = field(default_factory=list)
    """What the person's post does not entitle to, with the names of those of the office who may."""

    @property
    def key(self) -> int:
        """The key of the matter in addresses; 0 for one that does not exist yet."""
        return self.matter.pk or 0

    @property
    def is_urgent(self) -> bool:
        """Whether something is to be done in it now, or would be but for a requirement."""
        return bool(self.now or self.blocked)

    @property
    def query(self) -> str:
        """What an address says besides, when a matter is to be begun for one party."""
        if self.matter.pk is None and self.matter.opened_by_hand == "party":
            return f"?party={self.matter.party_id}"
        return ""

    @property
    def unit(self) -> str:
        """Which of the two units of the sample the matter is."""
        return unit_of(self.matter)


def unit_of(matter: Flow | Track | Entry) -> str:
    """Which of the two units of the sample something is about; empty when it is about none."""
    return str(UNITS.get(matter.label, "")) if matter.chart == "sample" else ""


def acts_of(
    dossier: Dossier, tracks: Iterable[Track], actor: Actor, *, on: date, post: Post | None = None
) -> list[OpenMatter]:
    """Return the matters in which the actor's role has something to do, now or later.

    ``post`` is the one in which a person looks at them: what it does not entitle to is offered to nobody in it.
    """
    sight, tracks, entitled = Sight(actor), list(tracks), Entitled(post, on)
    found = (_sorted_out(matter, actor, on, sight, entitled) for matter in _matters(tracks, actor, dossier))
    return [sorted_out for sorted_out in found if sorted_out is not None]


def to_begin(dossier: Dossier, tracks: Iterable[Track], actor: Actor, *, on: date) -> list[OpenMatter]:
    """Return the matters that the actor could begin; where one of the kind exists, only if another may be begun."""
    tracks = list(tracks)
    existing = {(track.chart, track.party_id) for track in tracks} | {(track.chart, None) for track in tracks}
    awaited = {("rectification", party) for party in awaited_again(dossier, tracks, actor)}
    too_late = {track.party_id for track in tracks if (track.chart, track.state) == _WINDOW_CLOSED}
    sight = Sight(actor)
    found = []
    for matter in openings(dossier):
        if not _is_for(matter.chart, actor):
            continue
        sorted_out = _sorted_out(matter, actor, on, sight, Entitled(None, on))
        if sorted_out is None:
            continue
        is_late = matter.chart == "objection" and matter.party_id in too_late  # would only be answered (Article 38)
        is_another = (matter.chart, matter.party_id) in existing - awaited  # beside one that is there: extraordinary
        if is_late or is_another:
            sorted_out.exceptions += sorted_out.now
            sorted_out.now = []
            if not sorted_out.exceptions:
                continue
        found.append(sorted_out)
    return found


def issuing(matters: Iterable[OpenMatter]) -> list[tuple[OpenMatter, Possible]]:
    """Of the acts of the actor's role, those that issue papers and may come next."""
    return [
        (matter, possible)
        for matter in matters
        for possible in (*matter.now, *matter.blocked, *matter.later)
        if issues(possible.spec)
    ]


def _matters(tracks: Iterable[Track], actor: Actor, dossier: Dossier) -> Iterable[Flow]:
    """The matters behind the register's lines: one query for each chart that exists and concerns the role."""
    wanted: dict[str, list[int]] = {}
    for track in tracks:
        if _acts_remain(track) and _is_for(track.chart, actor):
            wanted.setdefault(track.chart, []).append(track.matter_id)
    for chart in charts_of(dossier.kind):
        if chart not in wanted:
            continue
        for matter in ask(question_of_matters(chart, dossier.pk)):
            if matter.pk in wanted[chart]:
                matter.dossier = dossier
                yield matter


def _acts_remain(track: Track) -> bool:
    """Whether the chart goes on from this state, or an act can still be done in it."""
    if track.state not in CHARTS[track.chart].terminal:
        return True
    return any(spec.is_act and track.state in spec.source for spec in MATTERS[track.chart].all_specs())


def _is_for(chart: str, actor: Actor) -> bool:
    """Whether the chart has an act that a word of this actor does or records."""
    words = set(words_of(actor, of_chart(chart).id))
    return any(words & {*spec.actors, *spec.recorded_by} for spec in MATTERS[chart].specs())


def _sorted_out(matter: Flow, actor: Actor, on: date, sight: Sight, entitled: Entitled) -> OpenMatter | None:
    """Sort the acts of a matter; None when there is nothing to show."""
    chart = CHARTS[matter.chart]
    state = None if matter.state == ABSENT else chart.states[matter.state]
    shown = OpenMatter(matter, chart.label, sight.party(matter.party), state)
    reachable = _reachable(matter)
    for possible in permitted(matter, actor, on=on):
        spec = possible.spec
        if _is_for_others(possible):
            continue
        if not entitled.may(spec):
            if possible.is_permitted:
                shown.of_colleagues.append((possible, entitled.others(spec)))
        elif possible.is_permitted:
            (shown.exceptions if spec.words.exceptional else shown.now).append(possible)
        elif matter.state in spec.source and not matter.barred(spec):
            shown.blocked.append(possible)
        elif set(spec.source) & reachable and not spec.words.exceptional and not matter.barred(spec):
            shown.later.append(possible)
    is_shown = shown.now or shown.exceptions or shown.blocked or shown.of_colleagues
    return shown if is_shown or (shown.later and state is not None) else None


def _is_for_others(possible: Possible) -> bool:
    """Whether the act is meant for matters of another kind, so that nothing could ever make it possible here."""
    matter, spec = possible.matter, possible.spec
    if matter.pk is not None and not matter.is_meant_by(spec):
        return True
    is_provincial = matter.dossier.origin == Dossier.Origin.PROVINCIAL
    never = {*_NEVER, "handed_over_only" if is_provincial else "provincial_check_only"}
    return any(need.name in never and not need.holds(matter) for need in spec.needs)


def _reachable(matter: Flow) -> set[str]:
    """The states that the chart can still come to from here."""
    seen: set[str] = set()
    ahead = [matter.state]
    specs = [spec for spec in matter.specs() if not spec.words.exceptional]
    while ahead:
        state = ahead.pop()
        for spec in specs:
            if state in spec.source:
                new = set(spec.target) - seen
                seen |= new
                ahead += new
    return seen
