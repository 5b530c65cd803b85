"""Stories of the second edition, played to a point, and acts put behind them as the register will write them."""

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.db import transaction

from spotcheck.docket import entries, register
from spotcheck.docket.flow import MATTERS, Flow
from spotcheck.docket.models import Dossier, Entry
from spotcheck.docket.sessions import hold, session
from spotcheck.notices import production
from spotcheck.notices.issuing import issue, meant
from spotcheck.notices.models import Paper
from spotcheck.parties import actors
from spotcheck.parties.models import Office
from spotcheck.rehearsal.player import play
from spotcheck.rehearsal.scenario import read
from spotcheck.rules.acts import ACTS, OWN_ACTS
from tests.notices.reading import text_of

STORIES = Path(__file__).parent / "stories"


class Stage:
    """The story that is being told: it is played once for all tests of it that stand one after the other."""

    def __init__(self) -> None:
        self.name = ""
        self.played = ExitStack()

    def tell(self, name: str) -> Dossier:
        """The sample of a story."""
        if self.name != name:
            self.played.close()
            self.played.enter_context(taken_back())
            differences = [found for found in play(read(STORIES / f"{name}.yaml")) if found.label != "forms"]
            assert differences == []
            self.name = name
        return Dossier.objects.get(kind=Dossier.Kind.SAMPLE)


@contextmanager
def taken_back() -> Iterator[None]:
    """What happens in the block is taken back at its end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def matter(dossier: Dossier, chart: str, label: str = "") -> Flow:
    """One matter of a dossier."""
    found: Flow = (
        MATTERS[chart]
        .objects.select_related("dossier", "party__enterprise", "party__handler")
        .get(dossier=dossier, label=label)
    )
    return found


def done(
    of: Flow,
    act: str,
    *,
    on: date,
    by: str = "370000",
    before: str = "",
    cause: Entry | None = None,
    flags: list[str] | None = None,
    label: str | None = None,
    **facts: Any,
) -> Entry:
    """The entry of an act, written as the register writes it; nothing else follows."""
    office = Office.objects.get(code=by)
    with session():
        dossier = hold(of.dossier_id)
        entry = entries.append(
            dossier,
            act=act,
            by=actors.of_office(office),
            on=on,
            chart=act.partition(".")[0],
            label=of.label if label is None else label,
            party=of.party,
            from_state=before or of.state,
            facts={name.removesuffix("_"): value for name, value in facts.items()},
            flags=flags,
            cause=cause,
        )
    entry.matter = of
    entry.spec = SimpleNamespace(name=act, method=act.partition(".")[2], forms=())
    of.dossier = entry.dossier
    return entry


def issued(key: int | str, entry: Entry) -> Paper:
    """The paper that an act issues."""
    with session():
        return issue(key, entry)


def data_of(paper: Paper) -> Mapping[str, Any]:
    """What it rests on."""
    data: Mapping[str, Any] = paper.snapshot["data"]
    return data


def words_of(paper: Paper) -> str:
    """What it says, without the breaks of its lines."""
    return re.sub(r"\s", "", text_of(production.content(paper).pdf))


def who(paper: Paper) -> set[str]:
    """The codes of the offices, the labels of the parties and the bare words that a paper goes to."""
    rows = paper.recipients.select_related("office", "party")
    return {(r.office and r.office.code) or (r.party and r.party.label) or r.word for r in rows}


def hears(entry: Entry) -> set[str]:
    """Who is told of an act: codes of offices and labels of parties."""
    found: set[str] = set()
    with session():
        for word in (ACTS | OWN_ACTS)[entry.act].told:
            offices, parties = meant(word, entry.matter, entry)
            found |= {office.code for office in offices} | {party.label for party in parties}
    return found


def moved(of: Flow, state: str) -> None:
    """Put a matter and its line of the register into a state that no act of today leads to."""
    type(of).objects.filter(pk=of.pk).update(state=state)
    fresh = matter(of.dossier, of.chart, of.label)
    of.__dict__.update(fresh.__dict__)
    with session():
        hold(of.dossier_id)
        register.write(of, date(2024, 1, 1))
