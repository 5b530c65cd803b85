"""The page of the articles: what each says in our words, and what in the program rests on it, down to the tests."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from spotcheck.docket.flow import MATTERS, ActSpec
from spotcheck.handbook.citing import citations
from spotcheck.handbook.following import following
from spotcheck.handbook.markdown import code, codes, page, table
from spotcheck.rules.articles import Article, cite
from spotcheck.rules.guards import FLAGS
from spotcheck.rules.periods import Period
from spotcheck.rules.sd_2021_1.articles import ARTICLES, CHAPTERS
from spotcheck.rules.sd_2021_1.forms import FORMS
from spotcheck.rules.sd_2021_1.grounds import GROUNDS
from spotcheck.rules.sd_2021_1.guards import GUARDS
from spotcheck.rules.sd_2021_1.letters import LETTERS
from spotcheck.rules.sd_2021_1.readings import READINGS
from spotcheck.rules.sd_2021_1.rule_sets import SD_2021_1
from spotcheck.rules.sd_2021_1.service_targets import SERVICE_TARGETS
from spotcheck.rules.sd_2021_1.unmodelled import UNMODELLED

_ABOUT = (
    "鲁市监质监规字〔2021〕1号 has sixty articles. This page says of each, in our own words, what it wants, and what "
    "in the program rests on it: periods, forms, listed grounds, readings of unclear sentences, acts, guards, and the "
    "tests that cite it. The official text is the source; it is not copied here."
)


def articles_page(tests: Path) -> str:
    """Return the page; ``tests`` is the folder in which citing tests are looked for."""
    specs = [spec for model in MATTERS.values() for spec in model.specs()]
    cited = citations(tests)
    blocks: list[list[str]] = []
    for number, title in CHAPTERS.items():
        blocks.append([f"## {title.zh} · {title.en}"])
        blocks += [
            _article(article, specs, cited.get(article.number, []))
            for article in ARTICLES.values()
            if article.chapter == number
        ]
    return page(
        "The regulation, article by article",
        [_ABOUT],
        *blocks,
        following(),
    )


def _article(article: Article, specs: list[ActSpec], tests: list[str]) -> list[str]:
    number = article.number
    rows = [(kind, "<br>".join(lines)) for kind, lines in _records(number, specs) if lines]
    if tests:
        rows.append(("tests", codes(tests)))
    return [
        f"### {cite(number).zh} {article.title.zh} · {cite(number).en}: {article.title.en}",
        "",
        article.summary.zh,
        "",
        article.summary.en,
        "",
        *table(("", ""), rows),
    ]


def _records(number: int, specs: list[ActSpec]) -> Iterator[tuple[str, list[str]]]:
    yield "periods", [_period(period) for period in _on(number, SD_2021_1.periods.values())]
    yield (
        "service targets",
        [f"{target.name.zh}: {target.length} {target.unit.value}" for target in _on(number, SERVICE_TARGETS.values())],
    )
    yield "forms", [f"Form {form.number} {form.title.zh}" for form in _on(number, FORMS.values())]
    yield "letters", [letter.title.zh for letter in _on(number, LETTERS.values())]
    yield "grounds", [f"{ground.number} {ground.label.zh}" for ground in _on(number, GROUNDS.values())]
    yield "readings", [f"{one.id} {one.question.zh} {one.answer.zh}" for one in _on(number, READINGS.values())]
    acts = _on(number, specs)
    yield "acts", [_act(spec) for spec in acts if spec.is_act]
    yield "consequences", [_act(spec) for spec in acts if not spec.is_act]
    yield "guards", [f"{code(guard.name)} {guard.says.zh}" for guard in _on(number, GUARDS.values())]
    yield "flags", [f"{code(flag.name)} {flag.label.zh}" for flag in _on(number, FLAGS.values())]
    yield "not modelled", [f"{one.matter.zh}：{one.why.zh}" for one in UNMODELLED if number in one.articles]


def _on(number: int, records: Iterable[Any]) -> list[Any]:
    """Return the records that rest on this article."""
    return [record for record in records if number in record.articles]


def _period(period: Period) -> str:
    length = f"{period.length} {period.unit.value}" if period.length else period.unit.value
    return f"{period.code} {period.name.zh}: {length}, from {period.starts_with.zh}; {period.on_lapse.zh}"


def _act(spec: ActSpec) -> str:
    chart = spec.name.split(".")[0]
    return f"[{spec.code}](charts/{chart}.md) {code(spec.name)} {spec.words.label.zh}"
