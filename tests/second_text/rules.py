"""The made-up text as data."""

from datetime import date
from pathlib import Path
from types import MappingProxyType

from spotcheck.rules.actors import ENTERPRISE, SYSTEM, Capacity
from spotcheck.rules.acts import ActRecord, FactWords
from spotcheck.rules.articles import Article
from spotcheck.rules.charts import Chart
from spotcheck.rules.forms import Form
from spotcheck.rules.guards import Guard
from spotcheck.rules.periods import Period, Unit
from spotcheck.rules.regulations import FIRST, FileKind, Regulation, named
from spotcheck.rules.rule_sets import RuleSet, Settings
from spotcheck.rules.words import Words

ID = "XX-2026-9"
FROM, UNTIL = date(2026, 1, 1), date(2030, 12, 31)

ANSWER = Period(
    code="D35",
    slug="answer-the-watch",
    articles=(3,),
    name=Words("答复提示", "answer to the advice"),
    actors=(ENTERPRISE,),
    unit=Unit.CALENDAR_DAYS,
    length=6,
    lapses=True,
    starts_with=Words("发出提示", "the advice"),
    stops_with=Words("企业答复", "the answer"),
    on_lapse=Words("视为没有意见", "taken as having nothing to say"),
    form=1,
    in_force_from=FROM,
    in_force_until=UNTIL,
)


def _words(zh: str, en: str) -> tuple[Words, Words, Words]:
    return Words(zh, en), Words(f"已{zh}", f"{en}: done"), Words(f"{zh}。", f"{en}.")


ACTS = (
    ActRecord("W1", "watch.advise", *_words("发出风险提示", "advise"), told=("handler",), opens_to="party"),
    ActRecord("W2", "watch.answer", *_words("答复风险提示", "answer")),
    ActRecord("W3", "watch.run_out", *_words("按期满处理", "let it run out"), told=("handler",)),
    ActRecord(
        "N1",
        "warning.raise_it",
        *_words("提出预警", "raise a warning"),
        facts={"finding": FactWords(Words("发现的风险", "What was found"))},
    ),
)


def _own_guards() -> dict[str, Guard]:
    """What the docket itself asks, by articles of this text."""
    asked = ("after_what_went_before", "before_the_lapse", "date_can_be_corrected", "period_still_runs")
    asked += ("still_in_time", "correction_proved", "can_be_taken_back", "taking_back_reasoned", "dates_in_order")
    return {name: Guard(name, (5,), *_said(name)) for name in asked}


def _said(name: str) -> tuple[Words, Words]:
    first = named(FIRST).guards[name]
    return first.says, first.cure


TEXT = Regulation(
    id=ID,
    chapters={1: Words("第一章", "Chapter 1")},
    articles={
        number: Article(
            number=number,
            chapter=1,
            title=Words(f"杜撰的第{number}条", f"Made-up article {number}"),
            summary=Words(f"杜撰的内容{number}。", f"Made-up content {number}."),
        )
        for number in range(1, 6)
    },
    files={"watch": FileKind(Words("监测案卷", "monitoring file"))},
    charts=(
        Chart(
            code="WA",
            name="watch",
            label=Words("风险提示", "advice on a risk"),
            articles=(1, 2, 3),
            package="second_text",
            states={
                "advised": Words("已提示", "advised"),
                "answered": Words("已答复", "answered"),
                "silent": Words("逾期未答复", "not answered"),
            },
            initial="advised",
            terminal=("answered", "silent"),
            files=("watch",),
        ),
        Chart(
            code="WN",
            name="warning",
            label=Words("风险预警", "warning"),
            articles=(4,),
            package="second_text",
            states={"raised": Words("已预警", "raised")},
            initial="raised",
            terminal=("raised",),
            files=("watch",),
        ),
    ),
    acts=ACTS,
    guards={
        "by_whom": Guard("by_whom", (2,), Words("不是监测员", "no watcher"), Words("由监测员办理", "by the watcher")),
        "rule_set_valid": Guard("rule_set_valid", (5,), Words("办法未施行", "not in force"), Words("等待", "wait")),
        "is_grave": Guard("is_grave", (4,), Words("没有写明风险", "no risk is named"), Words("写明", "name it")),
        **_own_guards(),
    },
    capacities={
        capacity.name: capacity
        for capacity in (
            Capacity("watcher", Words("监测员", "watcher"), Words("", ""), parts=("watch_body",), posts=("sampler",)),
            # In the rules of 2021 a handler is a city or county bureau.
            Capacity("handler", Words("牵头部门", "lead bureau"), Words("", ""), "organiser", held_by=("province",)),
            Capacity(ENTERPRISE, Words("企业", "enterprise"), Words("", "")),
            Capacity(SYSTEM, Words("系统", "system"), Words("", "")),
        )
    },
    rule_sets=(
        RuleSet(
            id=f"{ID}-A",
            regulation=ID,
            title=Words("杜撰的监测办法", "Made-up rules of monitoring"),
            document="杜撰〔2025〕1号",
            issued_on=date(2025, 12, 1),
            valid_from=FROM,
            valid_until=UNTIL,
            repeals="",
            pinned_by=("watch.advise",),
            periods=MappingProxyType({"D35": ANSWER}),
            settings=Settings(),
        ),
    ),
    forms={
        1: Form(
            number=1,
            title=Words("产品质量风险提示书", "Advice on a Risk"),
            short=Words("风险提示书", "advice"),
            aliases=(),
            articles=(2,),
            issuer="handler",
            recipients=("party",),
            copies=Words("一份", "one"),
            issued_by=("watch.advise",),
            starts=("D35",),
            heading="handler",
        )
    },
    templates=Path(__file__).with_name("papers"),
    counting=(5,),
)
