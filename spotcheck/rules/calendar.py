"""The calendar: which days are working days, days off and statutory days, and who said so.

A calendar is a value. It is made of the notices of the announced years, which are shipped as data
or imported, and of at most one provisional year after them, filled from the ``holidays`` package
(reading R3). Before the first year and after the last one it answers nothing.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache, cached_property
from importlib import resources
from typing import Final, NamedTuple

from spotcheck.rules.notice_files import (
    SATURDAY,
    Listed,
    Notice,
    NoticeDay,
    NoticeRefused,
    parse_notice,
)
from spotcheck.rules.refused import Refused
from spotcheck.rules.words import Words

__all__ = [
    "Calendar",
    "CalendarNotPublished",
    "DayKind",
    "Notice",
    "NoticeRefused",
    "announced",
    "parse_notice",
    "with_notice",
    "with_provisional",
]

_WEEKDAYS: Final = (
    Words("星期一", "Monday"),
    Words("星期二", "Tuesday"),
    Words("星期三", "Wednesday"),
    Words("星期四", "Thursday"),
    Words("星期五", "Friday"),
    Words("星期六", "Saturday"),
    Words("星期日", "Sunday"),
)
_HOLIDAYS: Final = {
    "元旦": "New Year's Day",
    "农历除夕": "Spring Festival Eve",
    "春节": "Spring Festival",
    "清明节": "Qingming Festival",
    "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-Autumn Festival",
    "国庆节": "National Day",
}


_AWAITED_FROM: Final = (11, 1)
"""From this day on the notice of the year after is missed (reading R3)."""


class DayKind(StrEnum):
    """What a day is."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    OFF = "off"
    MAKEUP = "makeup_workday"


class CalendarNotPublished(Refused, LookupError):
    """A day was asked for which neither a notice nor a provisional year exists."""

    kind = "calendar-not-published"
    retry = "after"

    def __init__(self, year: int, first: int, last: int) -> None:
        self.year = year
        self.words = Words(
            f"{year}年的节假日安排不在日历内（现有{first}年至{last}年），不能计算",
            f"the calendar has no holidays for {year} (it has {first} to {last}): not counted",
        )
        super().__init__(self.words.en)

    def text(self, language: str) -> str:
        """Say for which year there is no calendar."""
        return self.words.in_(language)


class _Tables(NamedTuple):
    """What questions need, for every day from the ordinal ``base`` on, ready to look up."""

    base: int
    after_block: list[int]
    after_rest: list[int]
    after_statutory: list[int | None]
    working: list[int]
    working_until: list[int]


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """Announced years and at most one provisional year; the functions below make one."""

    notices: tuple[Notice, ...]
    provisional: Notice | None = None

    @property
    def announced_years(self) -> tuple[int, ...]:
        """The years whose notices are known, in order and without a gap."""
        return tuple(notice.year for notice in self.notices)

    @property
    def provisional_year(self) -> int | None:
        """The year that is only estimated, if there is one."""
        return self.provisional.year if self.provisional else None

    @cached_property
    def first_day(self) -> date:
        """The first day of which the calendar knows what it is."""
        return date(self.notices[0].year, 1, 1)

    @cached_property
    def last_day(self) -> date:
        """The last day of which the calendar knows or estimates what it is."""
        return date(self._years()[-1], 12, 31)

    @cached_property
    def provisional_from(self) -> date | None:
        """The first provisional day, if there is one."""
        return date(self.provisional.year, 1, 1) if self.provisional else None

    @cached_property
    def edition(self) -> str:
        """A name that changes whenever the data change."""
        lines = [
            f"{notice.year} {notice.source} {entry.day} {entry.kind} {entry.statutory} {entry.name}"
            for notice in self._layers()
            for entry in notice.days
        ]
        digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:8]
        estimate = f"+{self.provisional_year}p" if self.provisional else ""
        return f"CN-{self.notices[0].year}..{self.notices[-1].year}{estimate}:{digest}"

    def covers(self, day: date) -> bool:
        """Whether the calendar knows or estimates what this day is."""
        return self.first_day <= day <= self.last_day

    def kind(self, day: date) -> DayKind:
        """What this day is."""
        self._require(day.toordinal())
        entry = self._listed.get(day)
        weekend = day.weekday() >= SATURDAY
        if entry is None:
            return DayKind.WEEKEND if weekend else DayKind.WORKDAY
        if entry[1].kind is Listed.OFF:
            return DayKind.OFF
        return DayKind.MAKEUP if weekend else DayKind.WORKDAY

    def is_off(self, day: date) -> bool:
        """Whether a notice names this day as a day off, as one of a block."""
        return self.kind(day) is DayKind.OFF

    def is_rest_day(self, day: date) -> bool:
        """Whether nobody works: a day off, or a weekend that was not made a working day."""
        return self.kind(day) in (DayKind.OFF, DayKind.WEEKEND)

    def is_working_day(self, day: date) -> bool:
        """Whether this is a working day, by the week or by exchange."""
        return not self.is_rest_day(day)

    def is_statutory(self, day: date) -> bool | None:
        """Whether this is a day of the holiday regulation; None in years without marks."""
        self._require(day.toordinal())
        if day.year not in self._marked_years:
            return None
        entry = self._listed.get(day)
        return entry is not None and entry[1].statutory is True

    def is_provisional(self, day: date) -> bool:
        """Whether what this day is has only been estimated."""
        return self.provisional_from is not None and day >= self.provisional_from

    def notice(self, day: date) -> str | None:
        """The address of the notice that made this day what it is, or None."""
        entry = self._listed.get(day)
        return entry[0].source if entry else None

    def describe(self, day: date) -> Words:
        """The day in words: weekday, holiday, exchange; outside the calendar the weekday only."""
        words = self._described.get(day)
        if words is None:
            words = self._described[day] = self._describe(day)
        return words

    def after_block(self, day: date) -> date:
        """This day, or the first day after the announced days off in which it lies."""
        return self._lands(self._tables.after_block[self._index(day)])

    def after_rest(self, day: date) -> date:
        """This day, or the first working day after it."""
        return self._lands(self._tables.after_rest[self._index(day)])

    def after_statutory(self, day: date) -> date | None:
        """This day, or the first one after it that is not statutory; None without marks."""
        landing = self._tables.after_statutory[self._index(day)]
        return None if landing is None else self._lands(landing)

    def working_day_after(self, day: date, n: int) -> date:
        """The n-th working day after this day; the day itself is not counted."""
        tables = self._tables
        place = tables.working_until[self._index(day)] + n - 1
        if place >= len(tables.working):
            self._require(self.last_day.toordinal() + 1)
        return date.fromordinal(tables.working[place])

    def missing_year(self, today: date) -> int | None:
        """The year whose notice should be there by today and is not, or None."""
        year = self.notices[-1].year + 1
        return year if today >= date(year - 1, *_AWAITED_FROM) else None

    def require(self, day: date) -> None:
        """Raise :class:`CalendarNotPublished` unless the calendar covers this day."""
        self._require(day.toordinal())

    def _years(self) -> tuple[int, ...]:
        return tuple(notice.year for notice in self._layers())

    def _layers(self) -> tuple[Notice, ...]:
        return (*self.notices, self.provisional) if self.provisional else self.notices

    def _index(self, day: date) -> int:
        ordinal = day.toordinal()
        self._require(ordinal)
        return ordinal - self._tables.base

    def _lands(self, ordinal: int) -> date:
        self._require(ordinal)
        return date.fromordinal(ordinal)

    def _require(self, ordinal: int) -> None:
        tables = self._tables
        if not 0 <= ordinal - tables.base < len(tables.working_until):
            raise CalendarNotPublished(date.fromordinal(ordinal).year, self.first_day.year, self.last_day.year)

    @cached_property
    def _listed(self) -> dict[date, tuple[Notice, NoticeDay]]:
        """What the notices say of which day; of two notices on one day the later one holds."""
        return {
            entry.day: (notice, entry)
            for notice in self._layers()
            for entry in notice.days
            if entry.day >= self.first_day
        }

    @cached_property
    def _marked_years(self) -> frozenset[int]:
        return frozenset(notice.year for notice in self._layers() if any(entry.statutory for entry in notice.days))

    @cached_property
    def _described(self) -> dict[date, Words]:
        return {}

    def _describe(self, day: date) -> Words:
        weekday = _WEEKDAYS[day.weekday()]
        zh, en = weekday
        entry = self._listed.get(day)
        if entry is not None:
            name = _holiday(entry[1].name)
            if entry[1].kind is Listed.OFF:
                zh, en = f"{zh}，{name.zh}放假", f"{en}, off for {name.en}"
            elif day.weekday() >= SATURDAY:
                zh, en = f"{zh}，{name.zh}调休上班", f"{en}, working day in exchange for {name.en}"
            else:
                zh, en = f"{zh}，{name.zh}后上班", f"{en}, back to work after {name.en}"
        if self.covers(day) and self.is_provisional(day):
            zh, en = f"{zh}，暂定", f"{en}, provisional"
        return Words(zh, en)

    @cached_property
    def _tables(self) -> _Tables:
        """Walk back from the last day: every day knows where a period ending on it lands."""
        base, last = self.first_day.toordinal(), self.last_day.toordinal()
        beyond = last + 1
        size = beyond - base
        blocks, rests = [beyond] * (size + 1), [beyond] * (size + 1)
        statutory: list[int | None] = [beyond] * (size + 1)
        for place in range(size - 1, -1, -1):
            day = date.fromordinal(base + place)
            entry = self._listed.get(day)
            off = entry is not None and entry[1].kind is Listed.OFF
            rest = off or (entry is None and day.weekday() >= SATURDAY)
            blocks[place] = blocks[place + 1] if off else base + place
            rests[place] = rests[place + 1] if rest else base + place
            if day.year not in self._marked_years:
                statutory[place] = None
            else:
                marked = entry is not None and entry[1].statutory is True
                statutory[place] = statutory[place + 1] if marked else base + place
        working = [base + place for place in range(size) if rests[place] == base + place]
        until = _counted_until(working, base, size)
        return _Tables(base, blocks[:size], rests[:size], statutory[:size], working, until)


def _counted_until(working: list[int], base: int, size: int) -> list[int]:
    """Return for each day how many working days there are up to it, itself included."""
    days = set(working)
    count = 0
    until = []
    for ordinal in range(base, base + size):
        count += ordinal in days
        until.append(count)
    return until


def _holiday(name: str) -> Words:
    parts = name.split("、")
    return Words(name, " and ".join(_HOLIDAYS.get(part, part) for part in parts))


@cache
def announced() -> Calendar:
    """Return the calendar of the announced years that ship with the program."""
    folder = resources.files("spotcheck.rules") / "calendars"
    files = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".csv")),
        key=lambda entry: entry.name,
    )
    return _of(
        parse_notice(entry.read_text(encoding="utf-8"), year=int(entry.name.removesuffix(".csv"))) for entry in files
    )


def with_notice(calendar: Calendar, notice: Notice) -> Calendar:
    """Return the calendar with this notice; it replaces the one of its year, or an estimate of it.

    A year that would leave a gap is refused.
    """
    first, last = calendar.notices[0].year, calendar.notices[-1].year
    if not first <= notice.year <= last + 1:
        raise ValueError(f"the notice of {notice.year} does not join the years {first} to {last}")
    others = (known for known in calendar.notices if known.year != notice.year)
    announced_years = _of([*others, notice])
    if calendar.provisional and calendar.provisional.year == announced_years.notices[-1].year + 1:
        return replace(announced_years, provisional=calendar.provisional)
    return announced_years


def with_provisional(calendar: Calendar, year: int | None = None, days: Iterable[NoticeDay] | None = None) -> Calendar:
    """Return the calendar with an estimate of the year after the last announced one (reading R3).

    Without ``days`` the estimate is that of the ``holidays`` package: the days of the holiday
    regulation and the weekdays which replace those on a weekend, and no working days in exchange.
    """
    following = calendar.notices[-1].year + 1
    if year is not None and year != following:
        raise ValueError(f"only {following}, the year after the last announced one, can be estimated, not {year}")
    estimate = tuple(_estimated(following) if days is None else sorted(days))
    return replace(calendar, provisional=Notice(year=following, sources=(), days=estimate))


def _of(notices: Iterable[Notice]) -> Calendar:
    return Calendar(notices=tuple(sorted(notices, key=lambda notice: notice.year)))


@cache
def _estimated(year: int) -> tuple[NoticeDay, ...]:
    from holidays import country_holidays  # noqa: PLC0415 -- slow import

    found = country_holidays("CN", years=year, language="zh_CN")
    return tuple(
        NoticeDay(day, Listed.OFF, "补假" not in name, name.removesuffix("（补假）").replace("; ", "、"))
        for day, name in sorted(found.items())
        if day.year == year
    )
