"""Search: words, stage, kind of product, county, day; every page costs the same, every count is capped."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from spotcheck.casework.clocks import Clock, clock_of
from spotcheck.casework.paging import FIRST, Place, Turn, capped_count, cut
from spotcheck.casework.privacy import Sight
from spotcheck.casework.stage import derive
from spotcheck.casework.texts import all_stages
from spotcheck.docket import clock
from spotcheck.docket.lateness import days_late, done_late
from spotcheck.docket.models import Deadline, Dossier, Party, Track
from spotcheck.parties.actors import Actor
from spotcheck.parties.models import Office, Region
from spotcheck.parties.regions import is_city
from spotcheck.planning.models import Task
from spotcheck.rules.folding import words_of
from spotcheck.rules.words import Words
from spotcheck.sampling.models import SampleFile

MOST_KINDS: Final = 200
_WORDS: Final = 6
"""So many words of a search are looked at."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is searched for; what is empty does not narrow it."""

    words: str = ""
    kind: str = ""
    stage: str = ""
    product: str = ""
    place: str = ""
    due_until: date | None = None
    turn: Turn = FIRST

    @property
    def is_empty(self) -> bool:
        """Whether nothing narrows the search."""
        return not (self.words or self.kind or self.stage or self.product or self.place or self.due_until)


@dataclass(frozen=True, slots=True)
class Found:
    """One line of a list."""

    dossier: Dossier
    stage: Words
    parties: list[str]
    next_clock: Clock | None
    late: int = 0
    """By how many days the duty that was done latest was late: what was late stays so on every list."""


@dataclass(slots=True)
class Page:
    """One page of a list, with the places where the pages before and after it end and begin."""

    lines: list[Found] = field(default_factory=list)
    count: str = ""
    before: Place | None = None
    after: Place | None = None


def search(actor: Actor, wanted: Wanted) -> Page:
    """Return one page of what this actor finds."""
    return paged(matching(actor, wanted), actor, wanted)


def matching(actor: Actor, wanted: Wanted) -> QuerySet[Dossier]:
    """The dossiers in sight that match."""
    return narrowed(Dossier.objects.visible_to(actor), actor, wanted)


def narrowed(found: QuerySet[Dossier], actor: Actor, wanted: Wanted) -> QuerySet[Dossier]:
    """Those of these dossiers that match, as far as this actor may ask."""
    sight = Sight(actor)
    for word in words_of(wanted.words)[:_WORDS]:
        found = found.filter(_contains(word, sight))
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.product:
        found = found.filter(_of_kind(wanted.product))
    if wanted.stage:
        found = found.filter(_at_stage(wanted.stage, sight))
    if wanted.place and not sight.is_blind:
        found = found.filter(Exists(_parties_in(wanted.place, sight)))
    if wanted.due_until is not None:
        running = sight.own(Deadline.objects.running().filter(dossier=OuterRef("pk")))
        found = found.filter(Exists(running.filter(due_on__lte=wanted.due_until)))
    return found


def paged(found: QuerySet[Dossier], actor: Actor, wanted: Wanted) -> Page:
    """Cut one page out of what was found: what was opened last comes first."""
    part = cut(_with_everything(found, Sight(actor)), wanted.turn, day="opened_on")
    return Page(lines(part.rows, actor), capped_count(found), part.before, part.after)


def first(found: QuerySet[Dossier], actor: Actor, most: int) -> list[Found]:
    """The lines of the first ones of what was found, what was opened last first."""
    return lines(list(_with_everything(found, Sight(actor)).order_by("-opened_on", "-pk")[:most]), actor)


def places(actor: Actor) -> list[Region]:
    """The places that a bureau can filter by: its own city's counties, or all."""
    office = actor.office
    regions = Region.objects.here().exclude(level=Region.Level.PROVINCE).order_by("code")
    if office is None or not office.is_bureau or office.kind == Office.Kind.COUNTY:
        return []
    if office.kind == Office.Kind.CITY:
        regions = regions.filter(code__startswith=office.code[:4])
    return list(regions)


def product_kinds(actor: Actor) -> list[str]:
    """The kinds of product that tasks in sight are about."""
    tasks = Task.objects.filter(dossier__in=Dossier.objects.visible_to(actor)).exclude(product_kind="")
    return list(tasks.order_by("product_kind").values_list("product_kind", flat=True).distinct()[:MOST_KINDS])


def _contains(word: str, sight: Sight) -> Q:
    """A word of the search box; who tests finds nothing by the names of parties."""
    return Q(found_by_open__contains=word) if sight.is_blind or sight.is_party else Q(found_by__contains=word)


def _at_stage(name: str, sight: Sight) -> Q:
    condition = Q()
    for chart, states in all_stages()[name].states.items():
        condition |= Q(chart=chart, state__in=states)
    return Q(Exists(sight.own(Track.objects.filter(condition, dossier=OuterRef("pk")))))


def _of_kind(product: str) -> Q:
    """The samples of a kind of product, and the tasks about it."""
    about = {"dossier": OuterRef("pk"), "product_kind": product}
    return Q(Exists(SampleFile.objects.filter(**about))) | Q(Exists(Task.objects.filter(**about)))


def _parties_in(place: str, sight: Sight) -> QuerySet[Party]:
    """The parties of a county, or of all counties of a city, as far as one may ask of them."""
    parties = sight.parties_of(Party.objects.filter(dossier=OuterRef("pk")))
    return parties.filter(place__startswith=place[:4]) if is_city(place) else parties.filter(place=place)


def _with_everything(rows: QuerySet[Dossier], sight: Sight) -> QuerySet[Dossier]:
    running = sight.own(Deadline.objects.running()).select_related("office", "party__enterprise", "party__handler")
    return rows.select_related("sample_file").prefetch_related(
        Prefetch("tracks", sight.own(Track.objects.order_by("pk")), to_attr="told"),
        Prefetch("parties", Party.objects.select_related("enterprise").order_by("pk")),
        Prefetch("deadlines", running.order_by("due_on", "pk"), to_attr="running"),
        Prefetch("deadlines", sight.own(done_late()).select_related("party"), to_attr="done_late"),
    )


def lines(dossiers: list[Dossier], actor: Actor) -> "list[Found]":
    """What a list says of dossiers that were read with everything that it says."""
    sight, today = Sight(actor), clock.today()
    found = []
    for dossier in dossiers:
        tracks: list[Track] = dossier.told  # type: ignore[attr-defined]
        running: list[Deadline] = dossier.running  # type: ignore[attr-defined]
        late: list[Deadline] = dossier.done_late  # type: ignore[attr-defined]
        found.append(
            Found(
                dossier=dossier,
                stage=derive(tracks),
                parties=[party.enterprise.name for party in sight.parties(dossier)],
                next_clock=clock_of(running[0], today=today, sight=sight) if running else None,
                late=max((days_late(deadline) for deadline in late), default=0),
            )
        )
    return found
