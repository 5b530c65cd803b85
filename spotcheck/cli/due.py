"""``spotcheck due``: the last day of a period, with the reason for every day.

It counts with the calendar that ships with the program, and needs neither database nor
configuration.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Final
from unicodedata import east_asian_width

from spotcheck.cli import add_language
from spotcheck.rules import folding
from spotcheck.rules.articles import cite
from spotcheck.rules.calendar import Calendar, CalendarNotPublished, announced, with_provisional
from spotcheck.rules.computation import LAST_DAY_READINGS, Counted, count
from spotcheck.rules.days import day_of
from spotcheck.rules.periods import Period, Unit
from spotcheck.rules.regulations import FIRST
from spotcheck.rules.rule_sets import RULE_SETS, RuleSet
from spotcheck.rules.traces import Step
from spotcheck.rules.words import Words

HELP: Final = "the last day of a period, counted day by day"
NEEDS_DATABASE: Final = False

_SEPARATOR: Final = re.compile(r"\s*,\s*|\s+")
_LABEL_WIDTH: Final = 14


class _Refused(ValueError):
    """A request that cannot be counted; ``words`` says why."""

    def __init__(self, words: Words) -> None:
        self.words = words
        super().__init__(words.en)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("rule", nargs="?", metavar="RULE", help="code or name of the period: D35, lodge-objection")
    parser.add_argument("date", nargs="?", metavar="DATE", help="day of the start event, YYYY-MM-DD")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--batch",
        metavar="FILE",
        help="read lines RULE,DATE from a file, or from - for standard input",
    )
    parser.add_argument(
        "--rules", metavar="ID", default=FIRST, choices=sorted(RULE_SETS), help="count by this rule set"
    )
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Answer one request, or a batch of them; 2 when one of them was wrong."""
    calendar, rules = with_provisional(announced()), RULE_SETS[options.rules]
    if options.batch is not None:
        if options.rule is not None:
            return _complain(
                Words("--batch 不能与 RULE DATE 同时使用", "--batch goes without RULE and DATE"),
                options.lang,
            )
        return _batch(options.batch, calendar, rules, options.lang)
    if options.rule is None or options.date is None:
        return _complain(
            Words("需要 RULE 和 DATE，或者 --batch FILE", "RULE and DATE are needed, or --batch FILE"),
            options.lang,
        )
    try:
        counted = _count(options.rule, options.date, calendar, rules)
    except _Refused as refused:
        return _complain(refused.words, options.lang)
    print(_json(counted, options.lang) if options.json else "\n".join(_explained(counted, options.lang)))
    return 0


def _complain(words: Words, language: str) -> int:
    print(f"spotcheck due: {words.in_(language)}", file=sys.stderr)
    return 2


def _batch(source: str, calendar: Calendar, rules: RuleSet, language: str) -> int:
    """Answer line by line; a bad line is answered in its place and the run goes on."""
    try:
        lines: Iterable[bytes] = sys.stdin.buffer if source == "-" else Path(source).read_bytes().split(b"\n")
    except OSError as error:
        return _complain(
            Words(f"无法读取 {source}：{error.strerror}", f"cannot read {source}: {error.strerror}"),
            language,
        )
    exit_code = 0
    for number, line in enumerate(lines, start=1):
        text = line.decode("utf-8-sig", errors="replace").strip()
        if not text:
            continue
        try:
            print(_json(_count_line(text, calendar, rules), language))
        except _Refused as refused:
            print(json.dumps({"line": number, "error": refused.words.in_(language)}, ensure_ascii=False))
            exit_code = 2
    return exit_code


def _count_line(text: str, calendar: Calendar, rules: RuleSet) -> Counted:
    cells = _SEPARATOR.split(text)
    if len(cells) != 2:
        raise _Refused(Words("每行应当是 RULE,DATE", "a line must be RULE,DATE"))
    return _count(cells[0], cells[1], calendar, rules)


def _count(rule: str, day: str, calendar: Calendar, rules: RuleSet) -> Counted:
    try:
        start = _day(day)
        if start > calendar.last_day:  # also for a rule that asks no calendar: that year is not there yet
            calendar.require(start)
        return count(_rule(rule, rules), start, calendar, rule_set=rules)
    except CalendarNotPublished as missing:
        raise _Refused(missing.words) from missing


def _rule(name: str, rules: RuleSet) -> Period:
    try:
        return rules.named(folding.number(name))
    except KeyError:
        known = " ".join(rules.periods)
        raise _Refused(Words(f"没有期间“{name}”；现有：{known}", f"no period '{name}'; there are: {known}")) from None


def _day(text: str) -> date:
    on = day_of(text)
    if on is not None:
        return on
    raise _Refused(Words(f"“{text}”不是日期（YYYY-MM-DD）", f"'{text}' is no date (YYYY-MM-DD)"))


def _json(counted: Counted, language: str) -> str:
    return json.dumps(counted.as_json(language), ensure_ascii=False)


def _explained(counted: Counted, language: str) -> Iterator[str]:
    """Tell a count to a person."""
    rule = counted.period
    articles = "、".join(cite(number).in_(language) for number in rule.articles)
    yield f"{rule.code}  {rule.name.in_(language)}  {articles}"
    yield ""
    for label, text in _lines(counted):
        yield _labelled(label.in_(language), text.in_(language))
    yield ""
    for step in _telling_steps(counted):
        yield f"  {step.day}  {step.reason.in_(language)}"
    yield ""
    for remark in _remarks(counted):
        yield remark.in_(language)


def _lines(counted: Counted) -> Iterator[tuple[Words, Words]]:
    rule = counted.period
    rule_set = RULE_SETS[counted.rule_set]
    yield (
        Words("规则集", "rule set"),
        Words(
            f"{rule_set.id}（{rule_set.valid_from} 至 {rule_set.valid_until}）",
            f"{rule_set.id} ({rule_set.valid_from} to {rule_set.valid_until})",
        ),
    )
    if rule.length is None:
        yield Words("日期", "date"), _same(f"{counted.start}")
    else:
        yield (
            Words("起算", "start"),
            Words(f"{counted.start}，{rule.starts_with.zh}", f"{counted.start}, {rule.starts_with.en}"),
        )
        unit = rule.unit.label
        yield Words("期间", "length"), Words(f"{rule.length} {unit.zh}", f"{rule.length} {unit.en}")
    yield from _reading_lines(counted)
    yield Words("日历", "calendar"), _same(counted.calendar)
    for notice in dict.fromkeys(step.notice for step in _telling_steps(counted) if step.notice):
        yield Words("放假通知", "notice"), _same(notice)


def _reading_lines(counted: Counted) -> Iterator[tuple[Words, Words]]:
    if not counted.period.rolls:
        yield (
            _READING_LABELS[0],
            Words(f"{counted.due_on}  各种读法相同", f"{counted.due_on}  under every reading"),
        )
        return
    for (name, meaning), label in zip(LAST_DAY_READINGS.items(), _READING_LABELS, strict=True):
        day = counted.readings[name]
        shown = _same(f"{day}") if day else Words("该年未标注", "not marked in that year")
        yield label, Words(f"{shown.zh}  {meaning.zh}", f"{shown.en}  {meaning.en}")


_READING_LABELS: Final = (
    Words("最后一日", "last day"),
    Words("最晚一日", "latest"),
    Words("对照", "comparison"),
)


def _same(text: str) -> Words:
    return Words(text, text)


def _telling_steps(counted: Counted) -> tuple[Step, ...]:
    """All steps of a working-day period; else the last counted day and how far it moves."""
    trace = counted.traces["rest_day"]
    if counted.period.unit is Unit.WORKING_DAYS:
        return trace
    last = max(place for place, step in enumerate(trace) if step.step != "roll")
    return trace[last:]


def _remarks(counted: Counted) -> Iterator[Words]:
    rule = counted.period
    if not RULE_SETS[counted.rule_set].governs(counted.start):
        yield Words(
            "起算日不在规则有效期内：只适用于有效期内已经确定适用本规则的案卷。",
            "The start lies outside the validity of the rules: "
            "this holds only for a dossier that fell under them before.",
        )
    if counted.contested and rule.lapses:
        yield Words(
            f"{counted.due_on} 之后至 {counted.latest}（含当日）提交的，由办案人员说明理由后决定；"
            f"{counted.latest} 过后才发生逾期后果。",
            f"A filing after {counted.due_on} and up to {counted.latest} is decided by an officer "
            f"with a reason; nothing lapses before {counted.latest} is over.",
        )
    if counted.contested and rule.duty:
        yield Words(
            f"这是机关的职责，按 {counted.due_on} 安排和提醒。",
            f"This is a duty of a bureau: it is planned and reminded by {counted.due_on}.",
        )
    if counted.provisional:
        yield Words(
            "暂定：所涉年份的放假通知尚未公布，公布后重新计算；确定之前不告知当事人。",
            "Provisional: no notice has been published for that year; the date is counted again "
            "when it is, and parties are told confirmed dates only.",
        )
    yield Words(f"期满：{rule.on_lapse.zh}。", f"When it is over: {rule.on_lapse.en}.")


def _labelled(label: str, text: str) -> str:
    width = sum(2 if east_asian_width(character) in "WF" else 1 for character in label)
    return f"  {label}{' ' * (_LABEL_WIDTH - width)}{text}"
