"""A session: one transaction, the dossiers locked in it, and the moment at which it happens.

Order of locking: plan, task, then samples ascending. All that is done in a session shares the locked rows,
so that a consequence sees what the act before it has changed.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, NamedTuple, TypeVar

from django.db import connection, transaction
from django.db.models import Case, Q, QuerySet, Value, When

from spotcheck.docket import bulk, clock
from spotcheck.docket.models import Dossier, Entry, Involvement, Party
from spotcheck.docket.together import Rows, alone, together
from spotcheck.docket.unwritten import SPARE_KEYS, Execute, Unwritten
from spotcheck.parties.models import PROVINCE_CODE, Office, Region
from spotcheck.parties.regions import city_of


@dataclass(slots=True)
class Session:
    """What is shared while a transaction runs."""

    now: datetime
    dossiers: dict[int, Dossier] = field(default_factory=dict)
    offices: dict[str, Office] = field(default_factory=dict)
    parts: dict[int, list[Involvement]] = field(default_factory=dict)
    parties: dict[int, list[Party]] = field(default_factory=dict)
    known: dict[Any, Any] = field(default_factory=dict)
    """What no act changes, as it was read first (:func:`once`)."""
    unwritten: Unwritten = field(default_factory=Unwritten)
    savepoints: dict[str, list[tuple[Dossier, dict[str, Any]]]] = field(default_factory=dict)
    """The dossiers as they were when a savepoint was set within the session, by its name."""

    def before(self, execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        """Carry out a statement of this session (a wrapper of Django's connection): a savepoint holds what was said
        before it, and what was said after it is taken back with it."""
        verb, is_savepoint, name = str(sql).partition("SAVEPOINT ")
        if is_savepoint and not verb:
            self.unwritten.flush(heads=True)
            self.savepoints[name] = [(dossier, _stored(dossier)) for dossier in self.dossiers.values()]
        elif is_savepoint and verb == "ROLLBACK TO ":
            self._go_back_to(name)
        return self.unwritten.before(execute, sql, params, many, context)

    def _go_back_to(self, name: str) -> None:
        self.unwritten.forget()
        for memory in (self.offices, self.parts, self.parties, self.known):
            memory.clear()
        self.dossiers.clear()  # what was locked since is so no more
        for dossier, stored in self.savepoints.get(name, ()):
            dossier.__dict__.update(stored)
            self.dossiers[dossier.pk] = dossier


def _stored(dossier: Dossier) -> dict[str, Any]:
    names = (column.attname for column in dossier._meta.concrete_fields)
    return {name: dossier.__dict__[name] for name in names if name in dossier.__dict__}


T = TypeVar("T")
_READ_WITH: Final[dict[str, None]] = {}
_current: ContextVar[Session | None] = ContextVar("docket_session", default=None)
_reading: ContextVar[Session | None] = ContextVar("docket_reading", default=None)
"""What is remembered while somebody only reads; it holds no dossier and writes nothing."""


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
            with connection.execute_wrapper(running.before):
                yield running
                running.unwritten.flush(heads=True)
        finally:
            _current.reset(token)


@contextmanager
def reading(*questions: "Question") -> Iterator[None]:
    """Within the block nothing is written but the book: parties and parts are read once, and these questions together.

    A session that begins in it remembers for itself.
    """
    memory = Session(now=clock.now())
    memory.unwritten.foreseen = _read_ahead(questions)
    token = _reading.set(memory)
    try:
        yield
    finally:
        _reading.reset(token)


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


def unwritten() -> Unwritten | None:
    """What the session that runs has still to write; None when none runs."""
    running = _current.get()
    return running.unwritten if running is not None else None


@contextmanager
def only_charts(*charts: str) -> Iterator[None]:
    """Within the block the register is read for these charts only: lines of others may go on waiting to be written."""
    waiting = unwritten() or Unwritten()
    asked, waiting.asked = waiting.asked, frozenset(charts)
    try:
        yield
    finally:
        waiting.asked = asked


def once(key: Any, read: Callable[[], T]) -> T:
    """Return what ``read`` returns, in a session read once: only for what no act changes."""
    running = _current.get()
    if running is None:
        return read()
    if key not in running.known:
        running.known[key] = read()
    found: T = running.known[key]
    return found


class Question(NamedTuple):
    """What somebody reads of a dossier, by a name of its own: its answer may have been read ahead.

    ``rows`` is a function of a module that gives the query for ``values`` (whole numbers, texts and days, so that the
    query is put together only once).
    """

    name: tuple[Any, ...]
    rows: Rows
    values: tuple[Any, ...]


def foresee(*questions: Question, acts: bool = False) -> None:
    """Read with one statement what is going to be asked next; ``acts``: the keys of entries too.

    For who knows what comes, after the dossiers are locked (or where nothing is written). Nobody need know that it was
    read: each asks its question (:func:`ask`), and is answered from here until the session says something.
    """
    waiting = current().unwritten
    asked = [(question.rows, question.values) for question in questions]
    if waiting.spare or not acts:
        answers, _ = together(asked)
    else:
        answers, (keys,) = together(asked, bulk.taking(Entry, SPARE_KEYS))
        waiting.spare = list(keys)[::-1]
    waiting.foreseen |= {question.name: answer for question, answer in zip(questions, answers, strict=True)}


def ask(question: Question) -> list[Any]:
    """The rows of a question: as read ahead, or now."""
    found = foreseen(question.name)
    return list(question.rows(*question.values)) if found is None else found


def foreseen(name: tuple[Any, ...]) -> list[Any] | None:
    """What was read ahead under a name, as long as nothing has been said since; None otherwise."""
    running = _current.get() or _reading.get()
    return running.unwritten.foreseen.get(name) if running is not None else None


def _read_ahead(questions: Sequence[Question]) -> dict[Any, list[Any]]:
    answers, _ = together([(question.rows, question.values) for question in questions])
    return {question.name: answer for question, answer in zip(questions, answers, strict=True)}


def read_with(relation: str) -> None:
    """Register what a chapter keeps beside the row of a dossier, to be read with it when it is locked."""
    _READ_WITH[relation] = None


def locking(*, skip_locked: bool = False) -> QuerySet[Dossier]:
    """The rows of dossiers, to be locked as they are read, with what stands beside them; passing over those in use."""
    rows = Dossier.objects.select_for_update(of=("self",), skip_locked=skip_locked)
    return rows.select_related("parent__parent", *_READ_WITH)


def hold(dossier_id: int, *, with_parent: bool = False) -> Dossier:
    """Lock a dossier's row for this session (the file above it first) and return it as it is now."""
    held = current().dossiers
    if dossier_id not in held:
        _lock([dossier_id], with_parents=with_parent)
        if dossier_id not in held:
            raise Dossier.DoesNotExist
    return held[dossier_id]


def hold_all(dossier_ids: Iterable[int], *, with_parents: bool = False) -> None:
    """Lock several dossiers with one statement, in the order of locking (the files above them first)."""
    missing = sorted(set(dossier_ids) - set(current().dossiers))
    if len(missing) > 1:
        _lock(missing, with_parents=with_parents)
        return
    for dossier_id in missing:
        hold(dossier_id, with_parent=with_parents)


def _lock(dossier_ids: list[int], *, with_parents: bool) -> None:
    """Lock these dossiers, the files right above them before: rows are locked in the order that the statement names."""
    if len(dossier_ids) == 1:
        adopt(alone(_one_with_its_parent if with_parents else _one, dossier_ids[0]))
        return
    own = Q(pk__in=dossier_ids)
    above = Dossier.objects.filter(own, parent__isnull=False).values("parent")
    rows = locking()
    wanted = rows.filter(own | Q(pk__in=above)) if with_parents else rows.filter(own)
    adopt(wanted.order_by(Case(When(own, then=Value(1)), default=Value(0)), "pk"))


def _one(dossier_id: int) -> QuerySet[Dossier]:
    return locking().filter(pk=dossier_id)


def _one_with_its_parent(dossier_id: int) -> QuerySet[Dossier]:
    own = Q(pk=dossier_id)
    above = Dossier.objects.filter(own, parent__isnull=False).values("parent")
    return locking().filter(own | Q(pk__in=above)).order_by(Case(When(own, then=Value(1)), default=Value(0)), "pk")


def adopt(dossiers: Iterable[Dossier]) -> None:
    """Take dossiers that the caller has locked itself into this session."""
    running = current()
    for dossier in dossiers:
        held = running.dossiers.setdefault(dossier.pk, dossier)
        if held.parent_id in running.dossiers:
            held.parent = running.dossiers[held.parent_id]
    running.unwritten.locked()


def parties_of(dossier: Dossier) -> list[Party]:
    """The parties of a dossier, oldest first, with enterprise and handling bureau.

    In a session that holds it, or while somebody reads, they are read once; else a list that has them is asked.
    """
    running, read = _current.get(), _reading.get()
    known = read.parties if running is None and read is not None else {}
    if running is not None and dossier.pk in running.dossiers:
        known = running.parties
    if running is None and "parties" in getattr(dossier, "_prefetched_objects_cache", ()):
        return list(dossier.parties.all())
    if dossier.pk not in known:
        known[dossier.pk] = ask(question_of_parties(dossier.pk))
        for party in known[dossier.pk]:
            party.dossier = dossier
    return list(known[dossier.pk])


def question_of_parties(dossier_id: int) -> Question:
    """The question for the parties of a dossier, oldest first."""
    return Question(("parties", dossier_id), _parties, (dossier_id,))


def _parties(dossier_id: int) -> "QuerySet[Party]":
    return Party.objects.filter(dossier=dossier_id).select_related("enterprise", "handler").order_by("pk")


def parties_changed(dossier_id: int) -> None:
    """A party has come or is no more what it was: they have to be read again."""
    running = _current.get()
    if running is not None:
        running.parties.pop(dossier_id, None)


def know_parties(dossiers: Iterable[Dossier]) -> None:
    """Read the parties of several dossiers with one query; from then on the session knows them."""
    read = current().parties
    missing = {dossier.pk: dossier for dossier in dossiers if dossier.pk not in read}
    read |= {key: [] for key in missing}
    for party in Party.objects.filter(dossier__in=missing).order_by("pk"):
        party.dossier = missing[party.dossier_id]
        read[party.dossier_id].append(party)
    know_handlers(party for key in missing for party in read[key])


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
    """Return the offices with these codes, each read once in a session.

    With them come the bureaus of the parties that the session knows, and those above: they are asked for next.
    """
    running = _current.get() or Session(now=clock.now())
    known = running.offices
    wanted = sorted(set(codes))
    if missing := {code for code in wanted if code not in known}:
        places = {party.place for parties in running.parties.values() for party in parties}
        likely = {PROVINCE_CODE, *places, *map(city_of, places)} - known.keys()
        known.update({office.code: office for office in Office.objects.filter(code__in=missing | likely)})
    return [known[code] for code in wanted if code in known]


def offices_of(keys: Iterable[int]) -> dict[int, Office]:
    """The offices with these keys; those that the session knows are not read."""
    running = _current.get()
    known = {office.pk: office for office in (running.offices.values() if running is not None else ())}
    missing = set(keys) - known.keys()
    return {**known, **(Office.objects.in_bulk(missing) if missing else {})}


def region_names(codes: Iterable[str]) -> dict[str, str]:
    """The names of the places with these codes, as far as there are any."""
    wanted = sorted(set(codes))
    rows = Region.objects.filter(code__in=wanted).values_list("code", "name")
    return dict(once(("regions", *wanted), lambda: list(rows)))


def parts_of(dossier_id: int) -> list[Involvement]:
    """Who has a part in a dossier, oldest first; read once, in a session together for all dossiers it holds."""
    running = _current.get() or _reading.get()
    known = running.parts if running is not None else {}
    if dossier_id not in known:
        question = question_of_parts(dossier_id)
        known |= {missed: [] for missed in question.name[1]}
        for part in ask(question):
            known[part.dossier_id].append(part)
    return known[dossier_id]


def question_of_parts(dossier_id: int) -> Question:
    """Who has a part in a dossier, and in those that the session holds and has not asked about yet."""
    running = _current.get() or Session(now=clock.now())
    missing = frozenset({dossier_id, *running.dossiers} - running.parts.keys())
    return Question(("parts", missing), _parts, tuple(sorted(missing)))


def _parts(*dossiers: int) -> "QuerySet[Involvement]":
    return Involvement.objects.filter(dossier__in=dossiers).select_related("office").order_by("pk")


def parts_changed(dossier_id: int) -> None:
    """Somebody was given a part: it has to be read again."""
    running = _current.get()
    if running is not None:
        running.parts.pop(dossier_id, None)
