"""The lists of dossiers: narrowed, ordered, cut into pages of the same price; what a line of them says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from django.db.models import Prefetch, QuerySet, Subquery

from spotcheck.casework import owning
from spotcheck.casework.clocks import Clock, clock_of
from spotcheck.casework.dossier_filters import BY_DUE, OLDEST, Wanted, narrowed, running_of
from spotcheck.casework.paging import PAGE, Cut, Place, Turn, capped_count, cut, every
from spotcheck.casework.privacy import Sight
from spotcheck.casework.stage import derive
from spotcheck.docket import clock
from spotcheck.docket.lateness import days_late, done_late
from spotcheck.docket.models import Deadline, Dossier, Party, Track
from spotcheck.parties.actors import Actor
from spotcheck.parties.models import Office, Region
from spotcheck.planning.models import Task
from spotcheck.rules.charts import CHARTS
from spotcheck.rules.words import Words

MOST_KINDS: Final = 200
_AT_ONCE: Final = 200
"""So many rows of a list that is taken along are read at once."""


@dataclass(frozen=True, slots=True)
class Found:
    """One line of a list."""

    dossier: Dossier
    stage: Words
    parties: list[str]
    next_clock: Clock | None
    late: int = 0
    """By how many days the duty that was done latest was late: what was late stays so on every list."""
    handlers: tuple[str, ...] = ()
    owner: str = ""
    conclusion: Words | None = None


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


def matching(actor: Actor, wanted: Wanted) -> "QuerySet[Dossier]":
    """The dossiers in sight that match."""
    return narrowed(Dossier.objects.visible_to(actor), Sight(actor), wanted)


def paged(found: "QuerySet[Dossier]", actor: Actor, wanted: Wanted) -> Page:
    """Cut one page out of what was found, in the order that is wanted: usually what was opened last comes first."""
    found = _listed(found, actor, wanted)
    part = _cut(found, actor, wanted, wanted.turn, PAGE)
    return Page(lines(part.rows, actor), capped_count(found), part.before, part.after)


def counted(found: "QuerySet[Dossier]", actor: Actor, wanted: Wanted, most: int) -> int:
    """How many lines the list has, never counted beyond one more than these."""
    return _listed(found, actor, wanted).order_by()[: most + 1].count()


def taken_along(found: "QuerySet[Dossier]", actor: Actor, wanted: Wanted, most: int) -> Iterator[Found]:
    """The lines of what was found, so many at most: those of its pages, one after the other."""
    listed = _listed(found, actor, wanted)
    rows = every(lambda turn: _cut(listed, actor, wanted, turn, _AT_ONCE), most)
    while some := list(islice(rows, _AT_ONCE)):
        yield from lines(some, actor)


def first(found: "QuerySet[Dossier]", actor: Actor, most: int) -> list[Found]:
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


def _listed(found: "QuerySet[Dossier]", actor: Actor, wanted: Wanted) -> "QuerySet[Dossier]":
    """Those that a list in this order shows: by their days only what has one."""
    if wanted.order != BY_DUE:
        return found
    running = Sight(actor).own(Deadline.objects.running())
    return found.filter(pk__in=running.values("dossier")).annotate(due_on=_next_day(Sight(actor)))


def _next_day(sight: Sight) -> Subquery:
    return Subquery(running_of(sight).order_by("due_on").values("due_on")[:1])


def _cut(found: "QuerySet[Dossier]", actor: Actor, wanted: Wanted, turn: Turn, most: int) -> "Cut[Dossier]":
    day = "due_on" if wanted.order == BY_DUE else "opened_on"
    rows = _with_everything(found, Sight(actor), wanted.columns)
    return cut(rows, turn, day=day, oldest_first=wanted.order in {OLDEST, BY_DUE}, most=most)


def _with_everything(rows: "QuerySet[Dossier]", sight: Sight, columns: Sequence[str] = ()) -> "QuerySet[Dossier]":
    running = sight.own(Deadline.objects.running()).select_related("office", "party__enterprise", "party__handler")
    if "owner" in columns and sight.is_office:
        own = owning.ownerships().filter(office=sight.actor.office).select_related("post__user")
        rows = rows.prefetch_related(Prefetch("owners", own, to_attr="held"))
    return rows.select_related("sample_file").prefetch_related(
        Prefetch("tracks", sight.own(Track.objects.order_by("pk")), to_attr="told"),
        Prefetch("parties", Party.objects.select_related("enterprise", "handler").order_by("pk")),
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
        parties = sight.parties(dossier)
        found.append(
            Found(
                dossier=dossier,
                stage=derive(tracks),
                parties=[party.enterprise.name for party in parties],
                next_clock=clock_of(running[0], today=today, sight=sight) if running else None,
                late=max((days_late(deadline) for deadline in late), default=0),
                handlers=tuple(dict.fromkeys(party.handler.name for party in parties if party.handler is not None)),
                owner=next((str(one.post.user) for one in getattr(dossier, "held", ())), ""),
                conclusion=_conclusion(tracks) if sight.is_bureau else None,
            )
        )
    return found


def _conclusion(tracks: list[Track]) -> Words | None:
    """What the register says of the conclusion."""
    return next((CHARTS[line.chart].states[line.state] for line in tracks if line.chart == "conclusion"), None)
