"""Notices of the State Council on the days off of a year, as files.

A file begins with a comment that names the source, has the header ``date,kind,statutory,name`` and
one line for each day off and each working day in exchange. A notice may reach back into the last
days of the year before.
"""

import csv
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from spotcheck.rules.days import day_of
from spotcheck.rules.words import Words

HEADER: Final = ["date", "kind", "statutory", "name"]
_ADDRESS: Final = re.compile(r"https?://[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
_AFTER_IT: Final = ",.;:!?'\"]*"
"""What stands behind an address: the empty columns of a spreadsheet, or the end of a sentence."""
SATURDAY: Final = 5
_REACHES_BACK_TO: Final = (12, 15)
"""New Year's days off and their exchange may lie in the second half of the December before."""
_ALWAYS_OFF: Final = ((1, 1), (5, 1), (10, 1))
"""Days which every notice names; one that does not is probably incomplete."""


class Listed(StrEnum):
    """What a notice says of a day."""

    OFF = "off"
    MAKEUP = "makeup_workday"


class NoticeDay(NamedTuple):
    """One line of a notice; ``statutory`` is None in files that do not mark it."""

    day: date
    kind: Listed
    statutory: bool | None
    name: str


class LineProblem(NamedTuple):
    """What is wrong in which line, counted from 1; line 0 is the file as a whole."""

    line: int
    says: Words


class NoticeRefused(ValueError):
    """A file that is no notice; ``problems`` says why, line by line."""

    def __init__(self, problems: list[LineProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.in_("zh"))

    def in_(self, language: str) -> str:
        """Return all problems in this language, one a line."""
        return "\n".join(_at(problem.line).in_(language) + problem.says.in_(language) for problem in self.problems)


def _at(line: int) -> Words:
    return Words(f"第{line}行：", f"line {line}: ") if line else Words("文件：", "file: ")


@dataclass(frozen=True, kw_only=True)
class Notice:
    """The days off and the exchanges of one year; without sources it is an estimate."""

    year: int
    sources: tuple[str, ...]
    days: tuple[NoticeDay, ...]

    @property
    def source(self) -> str | None:
        """Where the notice is published, or None for an estimate."""
        return " ; ".join(self.sources) or None

    @property
    def first_day(self) -> date:
        """The first day about which the notice may say something."""
        return date(self.year - 1, *_REACHES_BACK_TO)

    @property
    def last_day(self) -> date:
        """The last day about which the notice says something."""
        return date(self.year, 12, 31)

    @property
    def remarks(self) -> tuple[Words, ...]:
        """What the person who confirms an import should look at: it may be incomplete."""
        off = {entry.day for entry in self.days if entry.kind is Listed.OFF}
        missing = [date(self.year, *day) for day in _ALWAYS_OFF if date(self.year, *day) not in off]
        remarks = [
            Words(
                f"{day} 未列为放假日，文件可能不完整",
                f"{day} is not a day off here; the file may be incomplete",
            )
            for day in missing
        ]
        remarks += [
            Words(f"{entry.day} 本来就是工作日", f"{entry.day} is a working day anyway")
            for entry in self.days
            if entry.kind is Listed.MAKEUP and entry.day.weekday() < SATURDAY
        ]
        if not any(entry.statutory for entry in self.days):
            remarks.append(
                Words(
                    "未标明法定节日当天，该年无法给出“仅法定节日”读法",
                    "no statutory days are marked; that reading has no date",
                )
            )
        return tuple(remarks)


def parse_notice(text: str, *, year: int | None = None) -> Notice:
    """Read a notice; raise :class:`NoticeRefused` with every problem found.

    ``year`` is the year the caller expects; without it the year of the last line counts.
    """
    problems: list[LineProblem] = []
    lines = text.removeprefix("\ufeff").splitlines()
    sources = _sources(lines, problems)
    days = _days(lines, problems)
    if days:
        year = year or days[-1][1].day.year
        problems += _order_problems(days, year)
        problems += _mark_problems(days)
    elif not problems:
        problems.append(LineProblem(0, Words("没有任何日期", "no days")))
    if problems or year is None:
        raise NoticeRefused(sorted(problems, key=lambda problem: problem.line))
    return Notice(year=year, sources=sources, days=tuple(entry for _, entry in days))


def _sources(lines: list[str], problems: list[LineProblem]) -> tuple[str, ...]:
    first = lines[0].lstrip('"') if lines else ""
    sources = tuple(map(_address, _ADDRESS.findall(first))) if first.startswith("#") else ()
    if not sources:
        says = Words("应当是注释行，写明通知的网址", "must be a comment with the address of the notice")
        problems.append(LineProblem(1, says))
    return sources


def _address(found: str) -> str:
    """An address without what a spreadsheet or a sentence has put behind it; a bracket stays that it has opened."""
    bare = found.rstrip(_AFTER_IT)
    while bare.endswith(")") and bare.count(")") > bare.count("("):
        bare = bare[:-1].rstrip(_AFTER_IT)
    return bare


def _cells(line: str) -> list[str]:
    """The cells of a line, without the empty columns that a spreadsheet adds."""
    cells = [cell.strip() for cell in next(csv.reader([line], delimiter="\t" if "\t" in line else ","))]
    while len(cells) > len(HEADER) and not cells[-1]:
        cells.pop()
    return cells


def _days(lines: list[str], problems: list[LineProblem]) -> list[tuple[int, NoticeDay]]:
    header_seen = False
    days: list[tuple[int, NoticeDay]] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip(",;\t ") or line.lstrip('"').startswith("#"):
            continue
        cells = _cells(line)
        if not header_seen:
            header_seen = True
            if [cell.lower() for cell in cells] != HEADER:
                says = Words(f"表头应当是 {','.join(HEADER)}", f"the header must be {','.join(HEADER)}")
                problems.append(LineProblem(number, says))
            continue
        entry = _entry(cells)
        if isinstance(entry, Words):
            problems.append(LineProblem(number, entry))
        else:
            days.append((number, entry))
    return days


def _entry(cells: list[str]) -> NoticeDay | Words:
    """Read the cells of one line, or say what is wrong with them."""
    if len(cells) != len(HEADER):
        wanted, found = len(HEADER), len(cells)
        return Words(f"应有 {wanted} 列，实有 {found} 列", f"{wanted} columns expected, {found} found")
    day_text, kind, statutory, name = cells
    on = day_of(day_text)
    if on is None:
        return Words(f"“{day_text}”不是日期（YYYY-MM-DD）", f"'{day_text}' is no date (YYYY-MM-DD)")
    complaint = _complaint(kind, statutory, name)
    return complaint or NoticeDay(on, Listed(kind), {"yes": True, "no": False}.get(statutory), name)


def _complaint(kind: str, statutory: str, name: str) -> Words | None:
    """Say what is wrong with what a line tells of its day."""
    if kind not in tuple(Listed):
        return Words(f"“{kind}”应当是 off 或 makeup_workday", f"'{kind}' must be off or makeup_workday")
    if statutory not in ("yes", "no", ""):
        return Words(f"“{statutory}”应当是 yes、no 或空", f"'{statutory}' must be yes, no or empty")
    if kind == Listed.MAKEUP and statutory == "yes":
        return Words("上班日不可能是法定节日", "a working day is no statutory holiday")
    return None if name else Words("缺少节日名称", "the name of the holiday is missing")


def _order_problems(days: list[tuple[int, NoticeDay]], year: int) -> list[LineProblem]:
    """Say which lines are out of order, doubled, or outside the year."""
    problems: list[LineProblem] = []
    whole = Notice(year=year, sources=(), days=())
    before, after = whole.first_day, whole.last_day
    previous = date.min
    for number, entry in days:
        if entry.day <= previous:
            problems.append(
                LineProblem(number, Words("日期重复或者未按先后排列", "the day is doubled or out of order"))
            )
        if not before <= entry.day <= after:
            says = Words(
                f"{entry.day} 不属于 {year} 年的通知",
                f"{entry.day} does not belong to the notice of {year}",
            )
            problems.append(LineProblem(number, says))
        previous = entry.day
    return problems


def _mark_problems(days: list[tuple[int, NoticeDay]]) -> list[LineProblem]:
    """All days off are marked, or none: half a marking would look like a whole one."""
    off = [(number, entry) for number, entry in days if entry.kind is Listed.OFF]
    unmarked = [number for number, entry in off if entry.statutory is None]
    if len(unmarked) in (0, len(off)):
        return []
    says = Words(
        "放假日的 statutory 一栏应当全部填写或者全部留空",
        "mark statutory on all days off or on none",
    )
    return [LineProblem(number, says) for number in unmarked]
