"""The matrix: what every actor of the regulation may do in every state of every chart, guards apart."""

from collections.abc import Iterator

from spotcheck.docket.flow import ABSENT, MATTERS
from spotcheck.handbook.markdown import code, codes, page, table
from spotcheck.rules.charts import CHARTS
from spotcheck.rules.sd_2021_1.actors import CAPACITIES

_ABOUT = (
    "For every state of every chart: the acts that each actor of the regulation may do or record there. A state and an "
    "actor that are not listed together have none. Which office a word means depends on the party concerned; what can "
    "still forbid an act stands in the [charts](charts/README.md) as its guards. Nobody does what only follows."
)


def matrix_page() -> str:
    """Return the page."""
    blocks = [
        [f"## {chart.label.zh} · {chart.label.en} (`{name}`)", "", *table(("state", "actor", "acts"), _rows(name))]
        for name, chart in CHARTS.items()
    ]
    return page(
        "Who may do what, and when",
        [_ABOUT],
        table(("actor", "中文", "meaning"), ((code(a.name), a.label.zh, a.meaning.en) for a in CAPACITIES.values())),
        *blocks,
    )


def permitted(chart: str, state: str, actor: str) -> list[str]:
    """Return the acts that an actor may do or record in a state, in the order of the chart."""
    if actor == "system":
        return []
    return [
        spec.name.split(".")[1]
        for spec in MATTERS[chart].specs()
        if state in spec.source and actor in (*spec.actors, *spec.recorded_by)
    ]


def _rows(chart: str) -> Iterator[tuple[str, str, str]]:
    for state in (ABSENT, *CHARTS[chart].states):
        listed = [(actor, permitted(chart, state, actor)) for actor in CAPACITIES]
        shown = [(actor, acts) for actor, acts in listed if acts]
        for actor, acts in shown:
            yield code(state), actor, codes(acts)
        if not shown and state != ABSENT:
            yield code(state), "—", "—"
