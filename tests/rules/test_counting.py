"""Counting periods (Article 59): worked dates, and a second opinion on all the others."""

import csv
import time
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spotcheck.rules import computation
from spotcheck.rules.calendar import (
    Calendar,
    CalendarNotPublished,
    announced,
    with_notice,
    with_provisional,
)
from spotcheck.rules.computation import (
    LAST_DAY_READINGS,
    Counted,
    contested,
    in_time,
    lapses_on,
    overdue,
    recompute,
    target_day,
)
from spotcheck.rules.notice_files import Listed, Notice, NoticeDay
from spotcheck.rules.periods import Unit
from spotcheck.rules.sd_2021_1.periods import PERIODS
from spotcheck.rules.sd_2021_1.rule_sets import SD_2021_1
from spotcheck.rules.sd_2021_1.service_targets import SERVICE_TARGETS
from tests.rules.second_count import RULES, Almanac, Unknown, from_files, from_rows, second_count

HERE = Path(__file__).parent
CALENDARS = HERE.parents[1] / "spotcheck" / "rules" / "calendars"
CALENDAR = with_provisional(announced())
count = partial(computation.count, rule_set=SD_2021_1)
count_until = partial(computation.count_until, rule_set=SD_2021_1)
last_days = partial(computation.last_days, rule_set=SD_2021_1)
ROLLING = [code for code, period in PERIODS.items() if period.rolls]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


WORKED = table(HERE.parent / "acceptance" / "deadlines.csv")
BOUNDARIES = table(HERE / "boundary_cases.csv")


def counted(rule: str, start: str) -> Counted:
    return count(PERIODS[rule], date.fromisoformat(start), CALENDAR)


@pytest.mark.parametrize("row", WORKED, ids=lambda row: row["id"])
def test_the_worked_dates_come_out(row):
    result = counted(row["rule"], row["start_date"])
    assert (result.due_on.isoformat(), result.latest.isoformat()) == (
        row["expected_due_on"],
        row["expected_latest"],
    ), row["why"]


@pytest.mark.parametrize("row", BOUNDARIES, ids=lambda row: f"{row['rule']}-{row['start_date']}")
def test_the_boundaries_come_out(row):
    result = counted(row["rule"], row["start_date"])
    assert (result.due_on.isoformat(), result.latest.isoformat()) == (
        row["expected_due_on"],
        row["expected_latest"],
    ), row["why"]


def test_the_boundary_table_is_wide_enough():
    assert len(BOUNDARIES) >= 200
    assert {row["rule"] for row in BOUNDARIES} == set(PERIODS)
    assert len({(row["rule"], row["start_date"]) for row in BOUNDARIES}) == len(BOUNDARIES)


def test_later_dates_of_the_boundary_table_are_working_days_elsewhere_too():
    """Another package, which knows nothing of blocks, agrees that the later date is worked."""
    china = holidays.country_holidays("CN", years=range(2019, 2027))
    moving = [row for row in BOUNDARIES if PERIODS[row["rule"]].rolls or row["rule"] == "D43"]
    assert [row for row in moving if not china.is_working_day(row["expected_latest"])] == []


@pytest.mark.parametrize("rule", RULES)
def test_starts_all_over_the_calendar_give_what_a_second_count_gives(rule):
    """Starts of all years, so that weekdays and blocks are met in every constellation."""
    almanac = with_2027(from_files(CALENDARS))
    for day in almanac.known[:: 10 if rule != "D43" else 13]:
        assert answer(rule, day, CALENDAR) == second(rule, day, almanac), (rule, day)


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(RULES), st.dates(date(2018, 6, 1), date(2028, 6, 30)))
def test_a_second_count_agrees_on_any_day(rule, start):
    assert answer(rule, start, CALENDAR) == second(rule, start, with_2027(from_files(CALENDARS)))


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_a_second_count_agrees_under_made_up_calendars(data):
    calendar, almanac = data.draw(made_up_calendars())
    for _ in range(5):
        rule = data.draw(st.sampled_from(RULES))
        start = data.draw(st.dates(date(2030, 1, 1), date(2032, 12, 31)))
        assert answer(rule, start, calendar) == second(rule, start, almanac)


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_a_trace_is_complete_and_leads_to_its_date(data):
    calendar, _ = data.draw(made_up_calendars())
    rule = data.draw(st.sampled_from(RULES))
    start = data.draw(st.dates(date(2030, 1, 1), date(2032, 8, 1)))
    result = count(PERIODS[rule], start, calendar)
    told = {name for name, day in result.readings.items() if day is not None}
    assert set(result.traces) == told
    for name, trace in result.traces.items():
        assert recompute(trace) == result.readings[name]
        assert trace[0].day == start
        assert all(after.day - before.day == timedelta(days=1) for before, after in pairwise(trace))
        assert all(step.reason.zh and step.reason.en for step in trace)
        if PERIODS[rule].unit in (Unit.CALENDAR_DAYS, Unit.WORKING_DAYS):
            assert sum(step.step == "count" for step in trace) == PERIODS[rule].length


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_the_fast_way_is_the_long_way(data):
    calendar, _ = data.draw(made_up_calendars())
    rule = data.draw(st.sampled_from(RULES))
    start = data.draw(st.dates(date(2030, 1, 1), date(2032, 8, 1)))
    result = count(PERIODS[rule], start, calendar)
    assert last_days(PERIODS[rule], start, calendar) == (
        result.due_on,
        result.latest,
        result.readings["statutory_only"],
        result.provisional,
    )


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_a_last_day_is_open_and_never_goes_back(data):
    calendar, _ = data.draw(made_up_calendars())
    rule = data.draw(st.sampled_from([*ROLLING, "D43"]))
    start = data.draw(st.dates(date(2030, 1, 1), date(2032, 6, 1)))
    due_on, latest, statutory, _ = last_days(PERIODS[rule], start, calendar)
    assert not calendar.is_off(due_on)
    assert calendar.is_working_day(latest)
    assert due_on <= latest
    assert statutory is None or (statutory <= due_on and not calendar.is_statutory(statutory))
    following = last_days(PERIODS[rule], start + timedelta(days=1), calendar)
    assert due_on <= following[0]
    assert latest <= following[1]


def test_counting_one_date_is_fast_enough_for_a_docket():
    starts = [date(2021, 5, 3) + timedelta(days=n) for n in range(1500)]
    begun = time.process_time()
    for start in starts:
        last_days(PERIODS["D46B"], start, CALENDAR)
    assert (time.process_time() - begun) / len(starts) < 100e-6


def test_the_three_readings_differ_inside_a_block():
    """2 October 2021 is statutory, 4 October only named in the notice."""
    result = counted("D35", "2021-09-17")
    assert result.readings == {
        "holiday_block": date(2021, 10, 8),
        "rest_day": date(2021, 10, 8),
        "statutory_only": date(2021, 10, 4),
    }
    assert list(result.readings) == list(LAST_DAY_READINGS)


def test_a_plain_weekend_separates_the_two_dates():
    result = counted("D35", "2021-06-05")
    assert result.contested
    assert [step.step for step in result.traces["rest_day"]][-2:] == ["count", "roll"]
    assert result.traces["holiday_block"][-1].reason.zh.endswith("按此读法不顺延")
    assert result.traces["rest_day"][-2].reason.zh.endswith("向后顺延")


def test_a_rule_set_may_choose_the_later_reading_and_never_the_third():
    settings = replace(SD_2021_1.settings, due_on_reading="rest_day")
    stricter = replace(SD_2021_1, id="made-up", settings=settings)
    result = count(PERIODS["D35"], date(2021, 6, 5), CALENDAR, rule_set=stricter)
    assert result.due_on == result.latest == date(2021, 6, 21)
    assert result.rule_set == "made-up"


def test_a_trace_names_the_notice_behind_a_day():
    trace = counted("D43", "2021-09-27").traces["holiday_block"]
    assert [step.step for step in trace].count("skip") == 7
    assert trace[-1].day == date(2021, 10, 9)
    assert "5564127" in trace[-1].notice
    assert "调休上班" in trace[-1].reason.zh
    assert trace[1].notice is None


def test_statutory_days_are_not_marked_before_2021():
    assert counted("D35", "2020-06-10").readings["statutory_only"] is None
    assert "statutory_only" not in counted("D35", "2020-06-10").traces
    assert counted("D35", "2020-12-20").readings["statutory_only"] == date(2021, 1, 4)
    assert counted("D43", "2020-06-10").readings["statutory_only"] == date(2020, 6, 17)
    assert counted("D19", "2020-01-10").readings["statutory_only"] == date(2020, 7, 10)


def test_a_period_that_reaches_the_unannounced_year_is_provisional():
    assert not counted("D44", "2026-11-01").provisional
    assert counted("D44", "2026-11-02").provisional
    assert counted("D43", "2026-12-28").provisional
    assert counted("D07", "2027-01-15").provisional
    assert "暂定" in counted("D44", "2026-11-02").traces["rest_day"][-1].reason.zh


def test_what_needs_no_calendar_is_neither_provisional_nor_refused():
    """Keeping for two years ends where no notice reaches, and yet on a certain day."""
    assert counted("D16", "2026-08-31").due_on == date(2028, 8, 31)
    assert not counted("D16", "2026-08-31").provisional
    assert not counted("D19", "2026-10-01").provisional
    assert counted("D19", "2018-10-01").due_on == date(2019, 4, 1)


@pytest.mark.parametrize(
    ("rule", "start", "year"),
    [
        ("D35", "2027-12-20", 2028),
        ("D43", "2027-12-28", 2028),
        ("D07", "2028-01-15", 2028),
        ("D35", "2018-12-31", 2018),
        ("D43", "2018-12-29", 2018),
    ],
)
def test_years_outside_the_calendar_are_refused(rule, start, year):
    with pytest.raises(CalendarNotPublished) as refusal:
        counted(rule, start)
    assert refusal.value.year == year


def test_an_ordered_day_stays_where_it_is():
    result = count_until(PERIODS["D51C"], date(2024, 9, 2), date(2024, 10, 1), CALENDAR)
    assert (result.due_on, result.latest, result.provisional) == (date(2024, 10, 1),) * 2 + (False,)
    assert recompute(result.traces["rest_day"]) == date(2024, 10, 1)
    with pytest.raises(ValueError, match="lies before"):
        count_until(PERIODS["D51C"], date(2024, 9, 2), date(2024, 9, 1), CALENDAR)


def test_a_counted_period_without_a_length_has_no_end():
    """Not the first day: nobody would see that nothing was counted."""
    for unit in (Unit.CALENDAR_DAYS, Unit.WORKING_DAYS, Unit.MONTHS):
        with pytest.raises(ValueError, match="has no length"):
            last_days(replace(PERIODS["D44"], unit=unit, length=None), date(2024, 9, 2), CALENDAR)


def test_the_clocks_of_articles_44_and_46_may_cross():
    """One runs from receipt, the other from the order: late service turns their ends round."""
    order = date(2022, 3, 1)
    forced = last_days(PERIODS["D46B"], order, CALENDAR)[0]
    assert last_days(PERIODS["D44"], order + timedelta(days=13), CALENDAR)[0] < forced
    assert last_days(PERIODS["D44"], order + timedelta(days=20), CALENDAR)[0] > forced


def test_what_a_filing_on_a_day_means():
    due_on, latest = date(2021, 6, 20), date(2021, 6, 21)
    assert in_time(latest, latest)
    assert not in_time(latest, date(2021, 6, 22))
    assert [contested(due_on, latest, date(2021, 6, day)) for day in (20, 21, 22)] == [
        False,
        True,
        False,
    ]
    assert lapses_on(latest) == date(2021, 6, 22)
    assert not overdue(due_on, due_on)
    assert overdue(due_on, latest)


def test_service_targets_are_counted_in_their_unit():
    friday = date(2021, 9, 30)
    assert target_day(SERVICE_TARGETS["report-suspicion"], friday, CALENDAR) == friday
    assert target_day(SERVICE_TARGETS["serve-result"], friday, CALENDAR) == date(2021, 10, 11)
    assert target_day(SERVICE_TARGETS["decide-objection"], friday, CALENDAR) == date(2021, 10, 30)


@pytest.mark.parametrize(
    "damage",
    [
        lambda steps: steps[1:],
        lambda steps: [*steps[:3], *steps[4:]],
        lambda steps: [*steps[:3], steps[3]._replace(n=9), *steps[4:]],
        lambda steps: [*steps[:-1], steps[-1]._replace(step=steps[0].step)],
        lambda steps: steps[:4],
    ],
)
def test_a_damaged_trace_leads_nowhere(damage):
    steps = damage(list(counted("D43", "2021-09-29").traces["rest_day"]))
    with pytest.raises(ValueError, match=r"trace|follow"):
        recompute(steps)


def test_days_before_and_after_a_move_are_in_order():
    steps = list(counted("D35", "2021-09-16").traces["rest_day"])
    swapped = [*steps[:-1], steps[-1]._replace(step=steps[1].step, n=steps[-1].n + 1)]
    with pytest.raises(ValueError, match="follow"):
        recompute(swapped)


def answer(rule: str, start: date, calendar: Calendar) -> tuple[date, date, date | None] | None:
    try:
        return last_days(PERIODS[rule], start, calendar)[:3]
    except CalendarNotPublished:
        return None


def second(rule: str, start: date, almanac: Almanac) -> tuple[date, date, date | None] | None:
    try:
        return second_count(rule, start, almanac)
    except Unknown:
        return None


_WITH_2027: list[Almanac] = []


def with_2027(almanac: Almanac) -> Almanac:
    """Add the estimate of 2027, taken from the package directly."""
    if not _WITH_2027:
        names = holidays.country_holidays("CN", years=2027, language="zh_CN")
        year = [date(2027, 1, 1) + timedelta(days=n) for n in range(365)]
        substituted = {day for day, name in names.items() if "补假" in name}
        _WITH_2027.append(
            Almanac(
                known=almanac.known + year,
                off=almanac.off | set(names),
                worked=almanac.worked,
                statutory=almanac.statutory | (set(names) - substituted),
                marked=almanac.marked | {2027},
            )
        )
    return _WITH_2027[0]


@st.composite
def made_up_calendars(draw: st.DrawFn) -> tuple[Calendar, Almanac]:
    """Three years with blocks and exchanges anywhere, and years that are not marked."""
    rows: list[tuple[date, str, str]] = []
    notices = []
    for year in (2030, 2031, 2032):
        marked = draw(st.booleans())
        kinds: dict[date, str] = {}
        for _ in range(draw(st.integers(1, 7))):
            first = date(year, 1, 1) + timedelta(days=draw(st.integers(0, 360)))
            for n in range(draw(st.integers(1, 9))):
                if (first + timedelta(days=n)).year == year:
                    kinds[first + timedelta(days=n)] = "off"
        for _ in range(draw(st.integers(0, 6))):
            day = date(year, 1, 1) + timedelta(days=draw(st.integers(0, 364)))
            if day.weekday() >= 5 and day not in kinds:
                kinds[day] = "makeup_workday"
        statutory = draw(st.sets(st.sampled_from(sorted(kinds)), max_size=8)) if marked else set()
        year_rows = [
            (day, kind, "yes" if day in statutory and kind == "off" else "no") for day, kind in sorted(kinds.items())
        ]
        rows += year_rows
        notices.append(
            Notice(
                year=year,
                sources=("https://example.org/notice",),
                days=tuple(NoticeDay(day, Listed(kind), mark == "yes", "节") for day, kind, mark in year_rows),
            )
        )
    calendar = Calendar(notices=(notices[0],))
    for notice in notices[1:]:
        calendar = with_notice(calendar, notice)
    return calendar, from_rows(rows, range(2030, 2033))
