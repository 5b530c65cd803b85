"""``spotcheck explain``: what is behind the dates of one period of one dossier."""

import argparse
import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final
from unicodedata import east_asian_width

from spotcheck.cli import add_language
from spotcheck.rules.computation import LAST_DAY_READINGS
from spotcheck.rules.words import Words

if TYPE_CHECKING:
    from spotcheck.casework.explanation import Explanation

HELP: Final = "why a period of a dossier ends on its day"
NEEDS_DATABASE: Final = True

_WIDTH: Final = 14
_STATUS: Final = {
    "running": Words("进行中", "running"),
    "met": Words("已履行", "met"),
    "lapsed": Words("已届满", "lapsed"),
    "ended": Words("已终止", "ended"),
    "corrected": Words("已更正", "replaced by a correction"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("deadline", metavar="DEADLINE", help="its id, or DOSSIER:D35.P (number and public name)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Explain; 2 when there is no such period."""
    from spotcheck.casework.explanation import NotFound, explain, find  # noqa: PLC0415 -- app ready

    try:
        explanation = explain(find(options.deadline))
    except NotFound as missing:
        print(f"spotcheck explain: {missing.words.in_(options.lang)}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(explanation.as_json(options.lang), ensure_ascii=False))
    else:
        print("\n".join(_told(explanation, options.lang)))
    return 0


def _told(explanation: "Explanation", language: str) -> Iterator[str]:
    """Tell it to a person."""
    data = explanation.as_json(language)
    rule = data["rule"]
    cited = [article["cited"] for article in rule["articles"]]
    yield f"{data['dossier']}  {data['name']}  {rule['name']}"
    yield ""
    for label, text in _facts(explanation, data, language):
        yield _labelled(label.in_(language), text)
    yield ""
    yield from _start(data, language)
    yield from _days(explanation, language)
    yield from _corrections(data, language)
    yield _labelled(Words("依据", "articles").in_(language), ("、" if language.startswith("zh") else ", ").join(cited))
    for reading in data["readings"]:
        yield _labelled(reading["id"], f"{reading['question']} {reading['answer']}")
    yield _labelled(Words("期满", "when over").in_(language), rule["on_lapse"])
    yield from _remarks(explanation, language)


def _facts(explanation: "Explanation", data: dict[str, Any], language: str) -> Iterator[tuple[Words, str]]:
    row, counted = explanation.deadline, explanation.counted
    owner = f"{data['matter']}{'  ' + data['party'] if data['party'] else ''}"
    yield Words("事项", "matter"), owner
    status = _STATUS[row.status].in_(language)
    yield Words("状态", "status"), f"{status}  {row.ended_on}" if row.ended_on else status
    unit = explanation.period.unit.label.in_(language)
    length = explanation.period.length
    yield Words("期间", "length"), unit if length is None else f"{length} {unit}"
    provisional = Words("（暂定）", " (provisional)").in_(language) if row.provisional else ""
    yield Words("最后一日", "last day"), f"{row.due_on}{provisional}"
    yield Words("最晚一日", "latest"), f"{row.latest}{provisional}"
    if counted is not None and explanation.period.rolls:
        for name, meaning in LAST_DAY_READINGS.items():
            day = counted.readings[name]
            shown = str(day) if day else Words("该年未标注", "not marked in that year").in_(language)
            yield Words("读法", "reading"), f"{shown}  {meaning.in_(language)}"
    yield Words("规则集", "rule set"), f"{row.rule_set}  {data['rule_set']['title']}"
    yield Words("日历", "calendar"), row.calendar
    for notice in explanation.notices():
        yield Words("放假通知", "notice"), notice


def _start(data: dict[str, Any], language: str) -> Iterator[str]:
    """The start event, with the entries behind it and their evidence."""
    yield _labelled(Words("起算", "start").in_(language), f"{data['start']['date']}  {data['rule']['starts_with']}")
    for entry in data["start"]["entries"]:
        number = Words(f"办理记录第{entry['sequence']}号", f"entry {entry['sequence']}").in_(language)
        yield _labelled("", f"{number}  {entry['done']}  {entry['stands_for']}  {entry['by']}")
        for name, value in entry["evidence"].items():
            yield _labelled("", f"  {name}: {_plain(value, language)}")


def _plain(value: Any, language: str) -> str:
    if isinstance(value, bool):
        return (Words("是", "yes") if value else Words("否", "no")).in_(language)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _days(explanation: "Explanation", language: str) -> Iterator[str]:
    """Each day that was skipped, and those by which the last day moves."""
    told: set[tuple[Any, str]] = set()
    for name in ("holiday_block", "rest_day"):
        for step in explanation.turns(name):
            if (step.day, step.step) not in told:
                told.add((step.day, step.step))
                yield _labelled(str(step.day), step.reason.in_(language))
    if told:
        yield ""


def _corrections(data: dict[str, Any], language: str) -> Iterator[str]:
    for old in data["corrections"]:
        label = Words("更正前", "before").in_(language)
        yield _labelled(label, f"{old['due_on']} / {old['latest']}  ({old['started_on']}, {old['calendar']})")
        if by := old["by"]:
            number = Words(f"办理记录第{by['sequence']}号", f"entry {by['sequence']}").in_(language)
            yield _labelled("", f"{number}  {by['done']}  {by['on']}")


def _remarks(explanation: "Explanation", language: str) -> Iterator[str]:
    row, counted = explanation.deadline, explanation.counted
    remarks = []
    if row.provisional:
        remarks.append(
            Words(
                "暂定：所涉年份的放假通知尚未公布，公布后重新计算；确定之前不告知当事人。",
                "Provisional: no notice has been published for that year; the date is counted again when it is, "
                "and parties are told confirmed dates only.",
            )
        )
    if counted is None or not explanation.agrees:
        remarks.append(
            Words(
                "按现在的日历不能得出所记录的日期；以记录为准。",
                "The present calendar does not lead to the stored dates; the stored ones hold.",
            )
        )
    if remarks:
        yield ""
        yield from (words.in_(language) for words in remarks)


def _labelled(label: str, text: str) -> str:
    width = sum(2 if east_asian_width(character) in "WF" else 1 for character in label)
    return f"  {label}{' ' * max(_WIDTH - width, 2)}{text}".rstrip()
