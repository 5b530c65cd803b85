"""For whom a matter waits: the party, a bureau, a commissioned body, or what has to be settled first."""

from collections.abc import Iterable
from typing import Final

from spotcheck.casework.duties import movers
from spotcheck.casework.privacy import Sight
from spotcheck.docket.models import Dossier, Involvement, Party, Track
from spotcheck.docket.wording import listed, say
from spotcheck.objections.states import ObjectionState
from spotcheck.parties.regions import city_of
from spotcheck.planning.states import PlanState, TaskState
from spotcheck.remediation.coverage import last_bureau, last_place
from spotcheck.remediation.states import AnnouncementState, PublicationState, RectificationState
from spotcheck.rules.actors import ENTERPRISE
from spotcheck.rules.regulations import of_chart
from spotcheck.rules.words import Words

_FINAL: Final = Words("检验结论确定", "the conclusion to become final")
SETTLED_FIRST: Final = {
    ("plan", PlanState.FILED): Words("首个日常抽查任务", "the first daily task"),
    ("plan", PlanState.EXECUTING): Words("本年度各抽查任务办结", "the tasks of its year to be closed"),
    ("objection", ObjectionState.VERIFYING): Words(
        "另一异议的复检结果", "the result of the retest on another objection"
    ),
    ("rectification", RectificationState.FAILED): _FINAL,
    ("announcement", AnnouncementState.AT_PROVINCE): _FINAL,
    ("publication", PublicationState.COMPILING): _FINAL,
    ("publication", PublicationState.APPROVED): _FINAL,
}
"""What an office waits for before it can do its own next act."""
WORKING: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("task", TaskState.TARGETS_DRAWN): ("sampling_body",),
    ("task", TaskState.FIELD_WORK): ("sampling_body", "lab"),
    ("rectification", RectificationState.RECHECKING): ("handler",),
    ("rectification", RectificationState.REPORTED_UP): ("city", "province"),
    ("announcement", AnnouncementState.REPORTING): ("handler",),
}
"""Who works while the matter itself only follows; and who of several reports first (Article 51)."""
LOST: Final = ("province",)
"""Who decides when a retest cannot be held any more."""


def whom(track: Track, sight: Sight, *, is_lost: bool = False) -> str:
    """For whom this line of the register waits; parts and parties of its dossier must be at hand."""
    place = (track.chart, track.state)
    if place in SETTLED_FIRST:
        return say(SETTLED_FIRST[place])
    words = LOST if is_lost else WORKING.get(place) or movers(*place)
    names = list(dict.fromkeys(name for word in words for name in _named(word, track, sight)))
    itself = sight.actor.office.name if sight.actor.office is not None else ""
    return listed([name for name in names if name != itself] or names)


def _named(word: str, track: Track, sight: Sight) -> Iterable[str]:
    """The names behind a word for this line; the word itself where nobody is named yet."""
    found: list[str] = []
    capacity = of_chart(track.chart).capacities[word]
    if word == ENTERPRISE:
        found = [sight.party(party) for party in _concerned(track)]
    elif capacity.bureau == "handler":
        found = [sight.office(party.handler) for party in _concerned(track) if party.handler is not None]
    elif capacity.bureau == "local":
        makers = [p for p in track.dossier.parties.all() if p.role == Party.Role.NOMINAL_PRODUCER]
        found = [sight.office(bureau) for party in makers if (bureau := last_bureau(party)) is not None]
    elif capacity.parts:
        bodies = [part for part in _parts(track.dossier) if part.role in capacity.parts and _is_for(part, track)]
        found = [sight.office(part.office) for part in bodies[-1:]]
    elif capacity.bureau in {"city", "county"}:
        stays = track.chart == "denial" or (track.chart, track.state) == ("lead", "case_filed")
        here = {last_place(party) if stays else party.place for party in _local(track)}
        places = {city_of(place) for place in here} if capacity.bureau == "city" else here
        found = [sight.office(p.office) for p in _parts(track.dossier) if p.role == word and p.office.code in places]
    return list(dict.fromkeys(found)) or [say(capacity.label)]


def _concerned(track: Track) -> list[Party]:
    """The party of a line, or all parties of the sample when it belongs to none."""
    if track.party_id is None:
        return list(track.dossier.parties.all())
    return [party for party in track.dossier.parties.all() if party.pk == track.party_id]


def _local(track: Track) -> list[Party]:
    """The parties whose places count: for a denial those of nominal producer and seller (Articles 37, 52)."""
    if track.chart == "objection":
        return [party for party in track.dossier.parties.all() if party.role != Party.Role.SAMPLED_PRODUCER]
    if track.chart == "denial":
        return [party for party in track.dossier.parties.all() if party.role == Party.Role.NOMINAL_PRODUCER]
    return _concerned(track)


def _parts(dossier: Dossier) -> list[Involvement]:
    """Who has a part in the dossier, oldest first."""
    return sorted(dossier.involvements.all(), key=lambda part: part.pk)


def _is_for(part: Involvement, track: Track) -> bool:
    return part.party_id in {None, track.party_id}
