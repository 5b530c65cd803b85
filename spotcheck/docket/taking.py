"""Old cases: a matter comes in from another system in the state that its papers prove (Articles 42, 53).

The one place where a matter begins in another state than its first one. It is no step of a chart but a record of its
own, for good: what the sheet said, which days are proved and which only stated, from which days periods run. Undone,
the matter ends by a second record; nothing is deleted.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from spotcheck.docket import deadlines, entries, register
from spotcheck.docket.flow import MATTERS, Flow
from spotcheck.docket.models import Deadline, Dossier, Entry
from spotcheck.docket.sessions import hold, session, today
from spotcheck.parties.actors import Actor
from spotcheck.parties.models import User
from spotcheck.rules.acts import OWN_ACTS
from spotcheck.rules.regulations import charts_of

ACT: Final = OWN_ACTS["docket.take_over"].name
BACK: Final = OWN_ACTS["docket.take_back"].name
FLAG: Final = "TAKEN_OVER"
ARTICLES: Final = (42, 53)
OVERDUE: Final = "old_cases_overdue"
"""What each office is told once of all duties that were over already when their cases came in."""


def take_over(
    matter: Flow,
    *,
    by: Actor,
    second: User | None,
    since: date,
    facts: Mapping[str, Any],
    periods: Mapping[str, date],
) -> Entry:
    """Let a matter begin as it is: in its state since a day, with periods that run from the days given by their rules.

    ``second`` is who proposed it. Raises ``ValueError`` for a state in which nothing comes in: a fault of the program.
    """
    if matter.state not in type(matter).taken_over_in:
        raise ValueError(f"no {matter.chart} is taken over as {matter.state}")
    with session():
        matter.dossier = hold(matter.dossier_id)
        matter.save()
        register.write(matter, since)
        entry = entries.append(
            matter.dossier,
            act=ACT,
            by=by,
            on=today(),
            chart=matter.chart,
            label=matter.label,
            party=matter.party,
            to_state=matter.state,
            facts={**facts, register.SINCE: since, "periods": dict(periods)},
            flags=[FLAG],
            articles=ARTICLES,
            second=second,
        )
        entry.matter = matter
        deadlines.open_from(entry, periods)
        return entry


def has_been_acted_in(dossier: Dossier) -> bool:
    """Whether somebody has done something in a file since it came in; what followed by itself does not count."""
    done = Entry.objects.filter(dossier=dossier).exclude(act=ACT)
    return done.exclude(actor__word="system").exists()


def take_back(dossier: Dossier, *, by: Actor, old_number: str) -> list[Entry]:
    """End every matter of a file that came in, and its periods; the party sees nothing of it any more."""
    with session():
        held = hold(dossier.pk)
        written = [
            _end(matter, held, by, old_number)
            for chart in charts_of(held.kind)
            for matter in MATTERS[chart].objects.filter(dossier=held).select_related("party").order_by("pk")
            if type(matter).taken_back_to
        ]
        held.parties.update(told_on=None)
        return written


def _end(matter: Flow, dossier: Dossier, by: Actor, old_number: str) -> Entry:
    goal, before = type(matter).taken_back_to, matter.state
    matter.dossier = dossier
    matter = register.put_back(matter, goal)
    entry = entries.append(
        dossier,
        act=BACK,
        by=by,
        on=today(),
        chart=matter.chart,
        label=matter.label,
        party=matter.party,
        from_state=before,
        to_state=goal,
        facts={"old_number": old_number},
        articles=ARTICLES,
    )
    running = Deadline.objects.running().filter(dossier=dossier, chart=matter.chart, matter_id=matter.pk)
    running.update(status=Deadline.Status.ENDED, ended_on=today(), ended_by=entry, wake_on=None)
    return entry
