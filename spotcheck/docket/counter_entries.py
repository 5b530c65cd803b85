"""Counter-entries: an act is taken back that has changed nothing but its own matter, with the reason.

Entries stay as they were written: the counter-entry is one of its own that names the old one, and the matter stands
where it stood before. Which acts can be taken back their declarations say (``takes_back``): none that starts or ends a
period, issues a paper, tells a party or is followed by anything, so that there is nothing else to be set right.
"""

from dataclasses import replace
from functools import cache
from typing import Final

from spotcheck.docket import consequences, entries, law, register, standing
from spotcheck.docket.flow import MATTERS, Flow, act_named
from spotcheck.docket.models import Entry
from spotcheck.docket.problems import ActNotPermitted, Reason
from spotcheck.docket.sessions import hold, session, today
from spotcheck.docket.sweep import catch_up
from spotcheck.parties.actors import Actor
from spotcheck.rules.acts import OWN_ACTS
from spotcheck.rules.guards import Guard

ACT: Final = OWN_ACTS["docket.counter_entry"].name


def take_back(entry: Entry, *, by: Actor, reason: str) -> Entry:
    """Take the newest act of a matter back, by the office that did it. Raises :class:`ActNotPermitted`."""
    with session():
        dossier = hold(entry.dossier_id)
        catch_up([dossier])
        reasons = obstacles(entry, by=by)
        if not reason.strip():
            reasons.append(_reason("taking_back_reasoned", entry))
        if reasons:
            raise ActNotPermitted(ACT, reasons, regulation=law.text_of(dossier).id)
        matter, spec = _matter(entry), act_named(entry.act)
        assert matter is not None
        assert spec is not None
        assert spec.takes_back is not None
        empty = type(matter)()
        emptied = {name: getattr(empty, name) for name in spec.takes_back}
        matter = register.put_back(matter, entry.from_state, **emptied)
        taken_back = entries.append(
            dossier,
            act=ACT,
            by=by,
            on=today(),
            chart=entry.chart,
            label=entry.label,
            party=entry.party,
            from_state=entry.to_state,
            to_state=entry.from_state,
            facts={"entry": entry.sequence, "act": entry.act, "reason": reason.strip()},
            articles=_articles("can_be_taken_back", entry),
        )
        taken_back.matter, taken_back.spec = matter, replace(spec, name=ACT, forms=(), opens=(), closes=())
        consequences.follow([taken_back])
        return taken_back


def obstacles(entry: Entry, *, by: Actor) -> list[Reason]:
    """Return everything that stands in the way of taking an entry back; the reason for it aside."""
    spec, matter = act_named(entry.act), _matter(entry)
    if spec is None or matter is None or spec.takes_back is None:
        return [_reason("can_be_taken_back", entry)]
    if by.office is None or by.office.pk != entry.office_id or not standing.may(matter, spec, by):
        return [_reason("by_whom", entry)]
    if not _is_newest(entry) or _is_followed(entry) or matter.is_relied_on():
        return [_reason("can_be_taken_back", entry)]
    return []


def can_be_offered(entry: Entry, by: Actor) -> bool:
    """Whether somebody may take an entry back now; asked of whole lists, so that most are answered at once."""
    return entry.act in _reversible() and not obstacles(entry, by=by)


@cache
def _reversible() -> frozenset[str]:
    """The acts that can be taken back at all."""
    return frozenset(spec.name for model in MATTERS.values() for spec in model.specs() if spec.takes_back is not None)


def _matter(entry: Entry) -> Flow | None:
    if entry.chart not in MATTERS:
        return None
    rows = MATTERS[entry.chart].objects.select_related("party__enterprise", "party__handler")
    matter: Flow | None = rows.filter(dossier=entry.dossier_id, label=entry.label).first()
    if matter is not None:
        matter.dossier = entry.dossier
    return matter


def _is_newest(entry: Entry) -> bool:
    """Whether nothing has been entered in the same matter since."""
    same = Entry.objects.filter(dossier=entry.dossier_id, chart=entry.chart, label=entry.label)
    return not same.filter(sequence__gt=entry.sequence).exists()


def _is_followed(entry: Entry) -> bool:
    return Entry.objects.filter(cause=entry).exists()


def _guard(name: str, entry: Entry) -> Guard:
    return law.text_of(entry.dossier).guards[name]


def _articles(name: str, entry: Entry) -> tuple[int, ...]:
    return tuple(sorted({*_guard(name, entry).articles, *entry.articles}))


def _reason(name: str, entry: Entry) -> Reason:
    guard = _guard(name, entry)
    return Reason(name, _articles(name, entry), guard.says, guard.cure)
