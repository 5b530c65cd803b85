"""A session: one transaction, the dossiers locked in it, and the moment at which it happens.

Order of locking: plan, task, then samples ascending. All that is done in a session shares the locked rows,
so that a consequence sees what the act before it has changed.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects

from spotcheck.docket import bulk, clock
from spotcheck.docket.models import Dossier, Involvement, Party
from spotcheck.parties.models import PROVINCE_CODE, Office, city_of


@dataclass(slots=True)
class Session:
    """What is shared while a transaction runs."""

    now: datetime
    dossiers: dict[int, Dossier] = field(default_factory=dict)
    offices: dict[str, Office] = field(default_factory=dict)
    extended: dict[int, Dossier] = field(default_factory=dict)
    """The dossiers whose chains have grown: their new heads are written once, at the end."""
    parts: dict[int, list[Involvement]] = field(default_factory=dict)


_current: ContextVar[Session | None] = ContextVar("docket_session", default=None)


@contextmanager
def session() -> Iterator[Session]:
    """Within the block one transaction runs; a session inside a session is the same one."""
    running = _current.get()
    if running is not None:
        yield running
        return
    with transaction.atomic():
        running = Session(now=clock.now())
        token = _current.set(running)
        try:
            yield running
            bulk.update(list(running.extended.values()), ["entry_count", "head_hash"])
        finally:
            _current.reset(token)


def current() -> Session:
    """The session that runs."""
    running = _current.get()
    assert running is not None, "this belongs inside session()"
    return running


def now() -> datetime:
    """The moment of the session, or of the clock when none runs."""
    running = _current.get()
    return running.now if running is not None else clock.now()


def today() -> date:
    """The local day at the moment of the session, or now when none runs."""
    running = _current.get()
    return clock.today_of(running.now) if running is not None else clock.today()


def hold(dossier_id: int, *, with_parent: bool = False) -> Dossier:
    """Lock a dossier's row for this session (the file above it first) and return it as it is now."""
    held = current().dossiers
    if dossier_id not in held:
        if with_parent:
            parent = Dossier.objects.filter(pk=dossier_id).values_list("parent", flat=True).first()
            if parent is not None:
                hold(parent)
        rows = Dossier.objects.select_for_update(of=("self",)).select_related("producer")
        held[dossier_id] = rows.get(pk=dossier_id)
    return held[dossier_id]


def hold_all(dossier_ids: Iterable[int], *, with_parents: bool = False) -> None:
    """Lock several dossiers with one statement, in the order of locking (the files above them first)."""
    missing = set(dossier_ids) - set(current().dossiers)
    if len(missing) < 2:
        for dossier_id in missing:
            hold(dossier_id, with_parent=with_parents)
        return
    if with_parents:
        parents = Dossier.objects.filter(pk__in=missing, parent__isnull=False).values_list("parent", flat=True)
        for parent in sorted({parent for parent in parents if parent is not None}):
            hold(parent)
    rows = Dossier.objects.select_for_update(of=("self",)).select_related("producer")
    adopt(rows.filter(pk__in=missing).order_by("pk"))


def adopt(dossiers: Iterable[Dossier]) -> None:
    """Take dossiers that the caller has locked itself into this session."""
    held = current().dossiers
    for dossier in dossiers:
        held.setdefault(dossier.pk, dossier)


def know_parties(dossiers: Iterable[Dossier]) -> None:
    """Read the parties of several dossiers with one query; from then on these dossiers know them."""
    known = list(dossiers)
    prefetch_related_objects(known, Prefetch("parties", Party.objects.order_by("pk")))
    know_handlers(party for dossier in known for party in dossier.parties.all())


def know_handlers(parties: Iterable[Party]) -> None:
    """Read the bureaus that handle these parties, and the cities above them, with two queries."""
    known = list(parties)
    bureaus = {office.pk: office for office in current().offices.values()}
    missing = {party.handler_id for party in known if party.handler_id is not None} - set(bureaus)
    bureaus |= Office.objects.in_bulk(missing)
    current().offices.update({bureau.code: bureau for bureau in bureaus.values()})
    offices({PROVINCE_CODE, *(city_of(bureaus[key].code) for key in missing)})
    for party in known:
        party.handler = bureaus.get(party.handler_id) if party.handler_id is not None else None


def offices(codes: Iterable[str]) -> list[Office]:
    """Return the offices with these codes, each read once in a session."""
    known = current().offices
    wanted = sorted(set(codes))
    if missing := [code for code in wanted if code not in known]:
        known.update({office.code: office for office in Office.objects.filter(code__in=missing)})
    return [known[code] for code in wanted if code in known]


def parts_of(dossier_id: int) -> list[Involvement]:
    """Who has a part in a dossier, oldest first; in a session read once, together for all dossiers it holds."""
    running = _current.get()
    known = running.parts if running is not None else {}
    if dossier_id not in known:
        held = running.dossiers if running is not None else {}
        missing = {dossier_id, *held} - known.keys()
        known |= {missed: [] for missed in missing}
        rows = Involvement.objects.filter(dossier__in=missing).select_related("office")
        for part in rows.order_by("pk"):
            known[part.dossier_id].append(part)
    return known[dossier_id]


def parts_changed(dossier_id: int) -> None:
    """Somebody was given a part: it has to be read again."""
    running = _current.get()
    if running is not None:
        running.parts.pop(dossier_id, None)
