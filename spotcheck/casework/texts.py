"""How the files of each text are told: the one place where the rooms of the texts are joined."""

from typing import Final

from spotcheck.casework.sd_2021_1 import lanes, sight, stages
from spotcheck.casework.telling import Register, Stage, Telling
from spotcheck.docket.models import Dossier, Entry
from spotcheck.rules.charts import CHARTS
from spotcheck.rules.regulations import FIRST, of_act, of_chart, of_kind
from spotcheck.rules.words import Words

TELLINGS: Final[dict[str, Telling]] = {
    FIRST: Telling(
        tell=stages.tell,
        stages=stages.STAGES,
        first=lanes.FIRST,
        of_a_party=lanes.OF_A_PARTY,
        last=lanes.LAST,
        of_people=sight.PERSONAL_FACTS,
        of_parties=sight.PARTY_FACTS,
        of_tests=sight.TEST_FACTS,
    )
}


def of_file(dossier: Dossier) -> Telling:
    """How a file is told."""
    text = of_kind(dossier.kind)
    return TELLINGS.get(text.id) or _plain([(chart.label, (chart.name,)) for chart in text.charts])


def of_entry(entry: Entry) -> Telling:
    """How an entry is told; the docket's own acts as those of the first text."""
    return TELLINGS.get(of_act(entry.act).id) or _plain([])


def of_charts(register: Register) -> Telling:
    """How lines of a register are told."""
    text = of_chart(next(iter(register))) if register else None
    return TELLINGS[FIRST] if text is None else TELLINGS.get(text.id) or _plain([])


def all_stages() -> dict[str, Stage]:
    """Every stage of every text by its name."""
    return {name: stage for told in TELLINGS.values() for name, stage in told.stages.items()}


def _plain(lanes_of: list[tuple[Words, tuple[str, ...]]]) -> Telling:
    """A text of which nothing is known but its charts."""
    return Telling(tell=_states, last=tuple(lanes_of))


def _states(register: Register) -> list[Words]:
    return [CHARTS[chart].states[line.state] for chart, lines in register.items() for line in lines]
