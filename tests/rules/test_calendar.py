"""The calendar: its days, its years, its editions, and files that are refused."""

from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest

from spotcheck.rules.calendar import (
    CalendarNotPublished,
    DayKind,
    announced,
    with_notice,
    with_provisional,
)
from spotcheck.rules.notice_files import Listed, NoticeDay, NoticeRefused, parse_notice

FOLDER = Path(__file__).parents[2] / "spotcheck" / "rules" / "calendars"
NOTICE_2027 = """\
# State Council notice: https://www.gov.cn/2027
date,kind,statutory,name
2026-12-31,off,no,元旦
2027-01-01,off,yes,元旦
2027-01-02,off,no,元旦
2027-01-03,makeup_workday,no,元旦
2027-05-01,off,yes,劳动节
2027-10-01,off,yes,国庆节
"""


@pytest.mark.parametrize("year", announced().announced_years)
def test_working_days_are_those_of_another_package(year):
    china = holidays.country_holidays("CN", years=range(year - 1, year + 2))
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    assert [
        day for day in days if day.year == year and announced().is_working_day(day) != china.is_working_day(day)
    ] == []


def test_working_days_of_the_provisional_year_are_those_of_the_package():
    calendar = with_provisional(announced())
    china = holidays.country_holidays("CN", years=2027)
    days = [date(2027, 1, 1) + timedelta(days=n) for n in range(365)]
    assert [day for day in days if calendar.is_working_day(day) != china.is_working_day(day)] == []
    assert all(calendar.is_provisional(day) for day in days)
    assert calendar.notice(date(2027, 1, 1)) is None
    assert calendar.kind(date(2027, 2, 9)) is DayKind.OFF
    assert calendar.is_statutory(date(2027, 2, 9)) is False
    assert calendar.is_statutory(date(2027, 2, 8)) is True


@pytest.mark.parametrize(
    ("day", "kind", "statutory"),
    [
        ("2024-02-09", DayKind.WORKDAY, False),
        ("2025-01-28", DayKind.OFF, True),
        ("2023-12-30", DayKind.WEEKEND, False),
        ("2023-12-31", DayKind.WEEKEND, False),
        ("2024-01-01", DayKind.OFF, True),
        ("2024-06-08", DayKind.WEEKEND, False),
        ("2022-12-31", DayKind.OFF, False),
        ("2021-10-09", DayKind.MAKEUP, False),
        ("2021-10-04", DayKind.OFF, False),
        ("2024-05-02", DayKind.OFF, False),
        ("2025-05-02", DayKind.OFF, True),
        ("2020-02-03", DayKind.WORKDAY, None),
        ("2020-10-01", DayKind.OFF, None),
    ],
)
def test_days_known_for_being_taken_wrongly(day, kind, statutory):
    calendar = announced()
    assert calendar.kind(date.fromisoformat(day)) is kind
    assert calendar.is_statutory(date.fromisoformat(day)) is statutory


def test_there_are_eleven_statutory_days_until_2024_and_thirteen_from_2025():
    days = [date(2021, 1, 1) + timedelta(days=n) for n in range(2191)]
    counts = dict.fromkeys(range(2021, 2027), 0)
    for day in days:
        counts[day.year] += announced().is_statutory(day)
    assert counts == {2021: 11, 2022: 11, 2023: 11, 2024: 11, 2025: 13, 2026: 13}


def test_the_first_day_after_every_block_from_2021_on_is_a_working_day():
    calendar = announced()
    days = [date(2021, 1, 1) + timedelta(days=n) for n in range(2190)]
    after = [day + timedelta(days=1) for day in days if calendar.is_off(day)]
    assert all(calendar.is_off(day) or calendar.is_working_day(day) for day in after)


def test_a_day_is_described_in_both_languages():
    describe = announced().describe
    assert describe(date(2021, 10, 9)) == (
        "星期六，国庆节调休上班",
        "Saturday, working day in exchange for National Day",
    )
    assert describe(date(2020, 10, 1)) == (
        "星期四，国庆节、中秋节放假",
        "Thursday, off for National Day and Mid-Autumn Festival",
    )
    assert describe(date(2020, 2, 3)) == (
        "星期一，春节后上班",
        "Monday, back to work after Spring Festival",
    )
    assert describe(date(2030, 1, 1)) == ("星期二", "Tuesday")


def test_outside_its_years_the_calendar_answers_nothing():
    calendar = announced()
    for day in (date(2018, 12, 31), date(2027, 1, 1)):
        assert not calendar.covers(day)
        with pytest.raises(CalendarNotPublished, match=str(day.year)):
            calendar.kind(day)
        with pytest.raises(CalendarNotPublished):
            calendar.is_statutory(day)
        with pytest.raises(CalendarNotPublished):
            calendar.after_block(day)
    with pytest.raises(CalendarNotPublished):
        calendar.working_day_after(date(2026, 12, 30), 2)
    assert calendar.working_day_after(date(2026, 12, 30), 1) == date(2026, 12, 31)


def test_a_block_that_reaches_the_end_of_the_calendar_leads_nowhere():
    calendar = with_provisional(announced(), days=[NoticeDay(date(2027, 12, 31), Listed.OFF, True, "节")])
    with pytest.raises(CalendarNotPublished, match="2028"):
        calendar.after_block(date(2027, 12, 31))


def test_the_edition_changes_with_the_data():
    calendar = announced()
    provisional = with_provisional(calendar)
    confirmed = with_notice(provisional, parse_notice(NOTICE_2027))
    other = with_notice(provisional, parse_notice(NOTICE_2027.replace("10-01,off,yes", "10-01,off,no")))
    editions = [each.edition for each in (calendar, provisional, confirmed, other)]
    assert len(set(editions)) == 4
    assert editions[0].startswith("CN-2019..2026:")
    assert editions[1].startswith("CN-2019..2026+2027p:")
    assert editions[2].startswith("CN-2019..2027:")
    assert with_provisional(announced()).edition == editions[1]


def test_a_notice_takes_the_place_of_the_estimate_and_reaches_back():
    calendar = with_notice(with_provisional(announced()), parse_notice(NOTICE_2027))
    assert calendar.provisional_year is None
    assert calendar.announced_years[-1] == 2027
    assert calendar.kind(date(2026, 12, 31)) is DayKind.OFF
    assert calendar.kind(date(2027, 1, 3)) is DayKind.MAKEUP
    assert calendar.kind(date(2027, 2, 8)) is DayKind.WORKDAY
    assert calendar.notice(date(2026, 12, 31)) == "https://www.gov.cn/2027"
    assert with_provisional(calendar).provisional_year == 2028


def test_a_corrected_notice_replaces_that_of_its_year():
    text = (FOLDER / "2026.csv").read_text(encoding="utf-8").replace("2026-10-10,makeup_workday,no,国庆节\n", "")
    calendar = with_notice(with_provisional(announced()), parse_notice(text))
    assert calendar.kind(date(2026, 10, 10)) is DayKind.WEEKEND
    assert calendar.provisional_year == 2027


def test_years_without_a_neighbour_are_refused():
    with pytest.raises(ValueError, match="2019 to 2026"):
        with_notice(
            announced(),
            parse_notice(NOTICE_2027.replace("2027-", "2028-").replace("2026-", "2027-")),
        )
    with pytest.raises(ValueError, match="2027"):
        with_provisional(announced(), 2028)
    assert with_provisional(announced(), 2027).provisional_year == 2027


def test_shipped_files_are_complete_notices():
    for notice in announced().notices:
        assert notice.sources
        assert not [remark for remark in notice.remarks if "不完整" in remark.zh]


def test_an_incomplete_notice_is_read_and_remarked_on():
    text = "# https://www.gov.cn/x\ndate,kind,statutory,name\n2027-01-01,off,,元旦\n2027-02-01,makeup_workday,no,春节\n"
    notice = parse_notice(text)
    assert notice.year == 2027
    assert [remark.en.split()[0] for remark in notice.remarks] == [
        "2027-05-01",
        "2027-10-01",
        "2027-02-01",
        "no",
    ]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "address"),
        ("date,kind,statutory,name\n2027-01-01,off,yes,元旦\n", 1, "address"),
        ("# https://www.gov.cn/x\nday,kind\n", 2, "header"),
        (NOTICE_2027 + "2027-13-01,off,yes,国庆节\n", 9, "no date"),
        (NOTICE_2027 + "2027/10/02,off,yes,国庆节\n", 9, "no date"),
        (NOTICE_2027 + "2027-10-02,free,yes,国庆节\n", 9, "makeup_workday"),
        (NOTICE_2027 + "2027-10-02,off,maybe,国庆节\n", 9, "yes, no or empty"),
        (NOTICE_2027 + "2027-10-02,off,yes,\n", 9, "name"),
        (NOTICE_2027 + "2027-10-02,off,yes\n", 9, "columns"),
        (NOTICE_2027 + "2027-10-09,makeup_workday,yes,国庆节\n", 9, "statutory"),
        (NOTICE_2027 + "2027-10-02,off,,国庆节\n", 9, "mark"),
        (NOTICE_2027 + "2027-10-01,off,yes,国庆节\n", 9, "doubled"),
        (NOTICE_2027 + "2027-09-30,off,yes,国庆节\n", 9, "order"),
        (NOTICE_2027.replace("2026-12-31", "2026-12-01"), 3, "belong"),
        ("# https://www.gov.cn/x\ndate,kind,statutory,name\n", 0, "no days"),
    ],
)
def test_a_file_that_is_no_notice_is_refused_by_line(text, line, says):
    with pytest.raises(NoticeRefused) as refusal:
        parse_notice(text)
    problems = {problem.line: problem.says.en for problem in refusal.value.problems}
    assert says in problems[line]
    assert f"第{line}行" in str(refusal.value) or line == 0
    assert says in refusal.value.in_("en")


def test_a_notice_of_another_year_than_expected_is_refused():
    with pytest.raises(NoticeRefused, match="2028"):
        parse_notice(NOTICE_2027, year=2028)


def test_all_problems_are_told_at_once():
    with pytest.raises(NoticeRefused) as refusal:
        parse_notice("date,kind,statutory,name\nx,off,yes,a\n2027-01-01,off,yes\n")
    assert [problem.line for problem in refusal.value.problems] == [1, 2, 3]
