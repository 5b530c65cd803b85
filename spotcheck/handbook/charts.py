"""One page a chart: the diagram, the states, and the table of its transitions."""

from collections.abc import Iterator

from spotcheck.docket.flow import ABSENT, MATTERS, ActSpec
from spotcheck.handbook.markdown import code, codes, numbers, page, table
from spotcheck.rules.charts import CHARTS, Chart

_HEAD = ("code", "act", "words", "from", "to", "who", "recorded by", "guards", "articles")
_PERIODS_AND_FORMS = ("opens", "closes", "counts", "forms")
_NOTE = (
    "`absent` is the matter before it exists. A transition whose actor is only `system` follows by itself; one with "
    "others too is both. An act without a target leaves the state as it is."
)


def chart_page(name: str) -> str:
    """Return the page of one chart."""
    chart, specs = CHARTS[name], MATTERS[name].specs()
    return page(
        f"{chart.label.zh} · {chart.label.en} (`{name}`)",
        [f"Articles {numbers(chart.articles)}; carried out in `spotcheck/{chart.package}`."],
        ["```mermaid", *_diagram(chart, specs), "```"],
        ["## States", "", *_states(chart)],
        ["## Transitions", "", *table(_HEAD + _PERIODS_AND_FORMS, (_row(spec) for spec in specs))],
        [_NOTE],
    )


def charts_index() -> str:
    """Return the page that lists the charts."""
    rows = [
        (
            chart.code,
            f"[{chart.label.zh} · {chart.label.en}]({name}.md)",
            code(name),
            chart.package,
            numbers(chart.articles),
            len(chart.states),
            len(MATTERS[name].specs()),
        )
        for name, chart in CHARTS.items()
    ]
    head = ("code", "chart", "name", "package", "articles", "states", "transitions")
    return page("The seventeen charts", table(head, rows))


def _diagram(chart: Chart, specs: list[ActSpec]) -> Iterator[str]:
    yield "stateDiagram-v2"
    for state, words in chart.states.items():
        yield f'    state "{words.zh} {state}" as {state}'
    if not any(spec.creates for spec in specs):
        yield f"    [*] --> {chart.initial}"
    for spec in specs:
        label = f"{spec.name.split('.')[1]} ({numbers(spec.articles)})"
        for source in spec.source:
            for target in spec.target or (source,):
                yield f"    {'[*]' if source == ABSENT else source} --> {target}: {label}"
    for state in chart.terminal:
        yield f"    {state} --> [*]"


def _states(chart: Chart) -> list[str]:
    rows = [
        (
            code(state),
            words.zh,
            words.en,
            " ".join(
                mark for mark, here in (("begins", state == chart.initial), ("ends", state in chart.terminal)) if here
            ),
        )
        for state, words in chart.states.items()
    ]
    return table(("state", "中文", "English", ""), rows)


def _row(spec: ActSpec) -> tuple[object, ...]:
    words = spec.words
    return (
        spec.code,
        code(spec.name.split(".")[1]),
        f"{words.label.zh} · {words.label.en}",
        codes(spec.source),
        codes(spec.target),
        ", ".join(spec.actors),
        ", ".join(spec.recorded_by),
        codes(need.name for need in spec.needs),
        numbers(spec.articles),
        ", ".join(spec.opens),
        ", ".join(spec.closes),
        ", ".join(spec.counts),
        numbers(spec.forms),
    )
