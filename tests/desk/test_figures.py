"""Figures: each number is as long as the list behind it, kept up with, compared, and looked up instead of counted."""

import json
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from spotcheck.casework import figure_facts, figure_keeping, figures, late_duties
from spotcheck.casework.dossier_search import matching
from spotcheck.casework.figure_cells import (
    BY_OFFICE,
    BY_PRODUCT,
    COUNTED,
    DONE,
    OVERDUE,
    Bureau,
    Duty,
    Facts,
    Key,
    cells,
)
from spotcheck.casework.models import Figure, Tally
from spotcheck.casework.paging import FIRST
from spotcheck.casework.privacy import Sight
from spotcheck.demo import rows
from spotcheck.demo.models import DemoState
from spotcheck.desk.list_forms import SearchForm
from spotcheck.docket import clock
from spotcheck.docket.acts import perform
from spotcheck.docket.lateness import done_late
from spotcheck.docket.models import Beat, Deadline, Dossier, Message
from spotcheck.parties.actors import of_post
from spotcheck.parties.models import Office, Post, User
from tests.desk import world as cast
from tests.desk.test_lists import sheet_of
from tests.desk.world import World
from tests.worlds import played

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 4)
READERS = {"province": "demo.province", "city": "demo.linyi", "county": "demo.lanshan"}


@played
def year() -> None:
    """The firms and the year 2023 of the demonstration, counted."""
    for stage in (DemoState.Stage.FRAME, DemoState.Stage.BATCH):
        rows.load(stage)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the database does by itself where rows stay
    with clock.simulated(DAY):
        assert figure_keeping.keep() == Dossier.objects.samples().count() > 300


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.simulated(DAY):
        yield


def post_of(who: str) -> Post:
    return Post.objects.select_related("user", "office").get(user__username=READERS[who])


def shown(who: str, address: str = "/figures/"):
    client = Client()
    client.force_login(User.objects.get(username=READERS[who]))
    answer = client.get(address)
    assert answer.status_code == 200
    return answer


def listed(who: str, query: dict[str, str]) -> int:
    """How many dossiers the list of an address has: what is asked goes through the form of the page."""
    actor = of_post(post_of(who))
    form = SearchForm(query, sight=Sight(actor))
    assert form.is_valid()
    asked = {name for name, value in form.cleaned_data.items() if value}
    assert asked == set(query), query
    return matching(actor, form.wanted()).count()


# Each number and its list


@pytest.mark.parametrize(("who", "which"), [("province", ""), ("city", ""), ("county", ""), ("county", "?year=2023")])
def test_every_number_of_a_page_is_as_long_as_its_list(year: None, who: str, which: str) -> None:
    found = shown(who, f"/figures/{which}").context["figures"]
    lines = [found.whole, *(line for table in found.tables for line in table.lines)]
    numbers = {frozenset(n.query.items()): n for line in lines for n in (*line.numbers, *line.delays)}
    assert {table.by for table in found.tables if table.lines} == {"office", "step", "product", "body", "month"}
    wrong = {n.column: (n.query, n.count) for n in numbers.values() if n.count != listed(who, n.query)}
    assert wrong == {}
    assert sum(n.count > 0 for n in numbers.values()) > 30


def test_the_year_has_what_the_tables_tell(year: None) -> None:
    """The tables would agree with empty lists too: this year has late duties, rechecks and open files."""
    whole = figures.of_office(post_of("province").office).whole
    assert all(whole.of_column(column) for column in ("cases", "done", "in_time", "late", "rechecked", "passed"))
    assert whole.of_column("in_time") + whole.of_column("late") == whole.of_column("done")
    assert whole.of_column("said") + whole.of_column("unsaid") == whole.of_column("late")
    bins = [whole.of_column(name) for name in ("late_3", "late_10", "late_30", "late_more")]
    assert sum(bins) == whole.of_column("late")


def test_a_link_of_the_page_opens_the_list(year: None) -> None:
    """The address as it stands in the page, for a few numbers of every kind."""
    page = shown("city").content.decode()
    for number in shown("city").context["figures"].whole.numbers:
        address = "/dossiers/?" + "&amp;".join(f"{name}={value}" for name, value in number.query.items())
        assert address in page, number.column
        count = shown("city", address.replace("&amp;", "&")).context["found"].count
        assert count == f"{number.count:,}"


# Kept, compared


def test_the_figures_follow_what_is_recorded(world: World) -> None:
    dossier = _waiting(world)
    county = world.posts["county"].office
    order = world.matter(dossier, "rectification", "P")
    with clock.simulated(date(2024, 6, 20)):
        figure_keeping.keep()
        before = figures.of_office(county).whole
        assert (before.of_column("overdue"), before.of_column("late")) == (1, 0)
        facts = cast.FACTS.get(order.issue_order.spec.name, {})
        perform(order.issue_order, by=world.actor("county"), on=clock.today(), facts=facts, late_reason="系统停电")
        assert figure_keeping.keep() == 1
        found = figures.of_office(county)
        assert (found.whole.of_column("overdue"), found.whole.of_column("said")) == (0, 1)
        assert found.whole.mean_delay == _days_late(dossier)
        assert figure_keeping.keep() == 0
        assert figure_keeping.compare() == []


def test_a_day_alone_makes_a_duty_overdue(world: World) -> None:
    dossier, county = _waiting(world), world.posts["county"].office
    due = min(row.due_on for row in Deadline.objects.running().filter(dossier=dossier, office=county))
    with clock.simulated(due):
        figure_keeping.keep()
        assert figures.of_office(county).whole.of_column("overdue") == 0
        assert figure_keeping.keep() == 0
    with clock.simulated(date.fromordinal(due.toordinal() + 1)):
        assert figure_keeping.keep() == 1
        assert figures.of_office(county).whole.of_column("overdue") == 1
        assert figure_keeping.compare() == []


def test_the_nightly_count_finds_says_and_mends_what_differs(year: None) -> None:
    row = Figure.objects.filter(by=BY_OFFICE, late__gt=0).first()
    Figure.objects.filter(pk=row.pk).update(late=row.late + 1)
    gone = Figure.objects.filter(by="month").first()
    Figure.objects.filter(pk=gone.pk).delete()
    tally = Tally.objects.first()
    Tally.objects.filter(pk=tally.pk).update(facts=[*tally.facts[:1], "不在目录", *tally.facts[2:]])
    told = figure_keeping.compare()
    assert f"dossier {tally.pk}" in told
    assert f"line {row}" in told
    assert f"line {gone}" in told
    assert Message.objects.filter(kind=figure_keeping.ALARM, office__code="370000").count() == 1
    assert Figure.objects.get(pk=row.pk).late == row.late
    assert not Figure.objects.filter(value="不在目录").exists()
    assert figure_keeping.compare() == []
    assert Beat.objects.get(name=figure_keeping.COMPARED).detail == {"differences": 0}


def test_the_nightly_count_asks_the_lists_themselves(year: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What tallies and lines agree on is still wrong when the list has another number."""
    read = figure_facts.read
    seen_open = {
        key: (facts._replace(is_open=not facts.is_open), *rest)
        for key, (facts, *rest) in read([Dossier.objects.samples().first().pk], DAY).items()
    }
    monkeypatch.setattr(
        figure_facts, "read", lambda keys, day: read(keys, day) | {k: v for k, v in seen_open.items() if k in keys}
    )
    figure_keeping.compare()
    assert "list 370000 open" in figure_keeping.compare()


def test_the_command_answers_with_its_exit_code(year: None, capsys: pytest.CaptureFixture[str]) -> None:
    from argparse import Namespace

    from spotcheck.cli import figures as command

    Figure.objects.filter(by="").update(cases=7)
    assert command.run(Namespace(compare=True)) == 1
    assert "✗ line" in capsys.readouterr().out
    assert command.run(Namespace(compare=True)) == 0


def test_looking_up_reads_a_hundredth_of_what_counting_reads(year: None) -> None:
    """All numbers of the province looked up, against one line and one table of them counted: by the blocks that each
    reads, which no load of the machine moves."""
    office = post_of("province").office
    actor = of_post(post_of("province"))
    found = figures.of_office(office)
    lines = [found.whole, *found.table(BY_PRODUCT).lines]
    lists = [matching(actor, figures.wanted(line.key, n.column)) for line in lines for n in line.numbers]
    with CaptureQueriesContext(connection) as looked_up:
        figures.of_office(office)
    looked = sum(blocks(query["sql"]) for query in looked_up.captured_queries)
    with CaptureQueriesContext(connection) as counting:
        assert [rows.count() for rows in lists] == [n.count for line in lines for n in line.numbers]
    assert sum(blocks(query["sql"]) for query in counting.captured_queries) >= 100 * looked


def blocks(sql: str) -> int:
    """How many blocks of the database a statement reads."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}")
        told = cursor.fetchone()[0]
    plan = (told if isinstance(told, list) else json.loads(told))[0]["Plan"]
    return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]


# What one dossier adds


KNOWN = {
    1: Bureau("370000", None, is_province=True),
    2: Bureau("370100", 1),
    3: Bureau("370112", 2),
    4: Bureau("370200", 1),
}


def added(*duties: Duty, seen_by: tuple[int, ...] = (1, 2, 3)) -> dict[Key, dict[str, int]]:
    facts = Facts("2024-05", "玩具", True, "passed", seen_by, ("LAB01",), duties)
    return {key: dict(zip(COUNTED, map(int, counts), strict=True)) for key, counts in cells(facts, KNOWN)}


def test_a_dossier_counts_once_by_the_worst_of_its_duties() -> None:
    line = added(Duty("D43", 3, DONE), Duty("D43", 3, DONE, 2, True), Duty("D46", 3, DONE, 12), Duty("D50", 3, OVERDUE))
    whole = line[Key(3, "", "", "")]
    counted = {name for name, number in whole.items() if number}
    assert counted == {"cases", "open", "done", "late", "unsaid", "late_30", "overdue", "rechecked", "passed", "days"}
    assert whole["days"] == 12
    assert line[Key(3, "2024", "step", "D43")]["late_3"] == 1
    assert line[Key(3, "", "step", "D43")]["unsaid"] == 0


def test_a_bureau_answers_for_itself_and_those_below_it() -> None:
    line = added(Duty("D43", 3, DONE, 1), Duty("D40", 1, DONE), seen_by=(1, 2, 3, 4))
    late = {office: line[Key(office, "", "", "")]["late"] for office in KNOWN}
    assert late == {1: 1, 2: 1, 3: 1, 4: 0}
    assert {key.value for key in line if key.office == 2 and key.by == "office"} == {"370112"}
    assert {key.value for key in line if key.office == 1 and key.by == "office"} == {"370000", "370112"}


# The pages


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("who", ["province", "county"])
def test_without_dossiers_the_page_says_what_will_come(
    world: World, client_of: Callable[[str], Client], who: str, language: str
) -> None:
    client = client_of(who)
    client.cookies["django_language"] = language
    page = client.get("/figures/").content.decode()
    assert ("还没有统计数" if language == "zh-hans" else "No figures yet") in page
    assert "<table" not in page
    assert "<table" not in client.get("/figures/late/").content.decode()


def test_every_county_is_a_tile_with_its_words(year: None) -> None:
    answer = shown("province")
    tiles = [tile for row in answer.context["tiles"].rows for tile in row.tiles]
    assert len(tiles) == Office.objects.filter(kind=Office.Kind.COUNTY).count() > 100
    assert len({(tile.x, tile.y) for tile in tiles}) == len(tiles)
    page = answer.content.decode()
    assert all(f'aria-label="{tile.name}：' in page for tile in tiles)
    assert {tile.tone for tile in tiles} > {"none"}
    own = [tile for row in shown("city").context["tiles"].rows for tile in row.tiles]
    assert 0 < len(own) < len(tiles)
    assert shown("county").context["tiles"] is None


def test_what_was_late_is_told_with_its_reason(world: World, client_of: Callable[[str], Client]) -> None:
    dossier = _waiting(world)
    order = world.matter(dossier, "rectification", "P")
    with clock.simulated(date(2024, 6, 20)):
        facts = cast.FACTS.get(order.issue_order.spec.name, {})
        perform(order.issue_order, by=world.actor("county"), on=clock.today(), facts=facts, late_reason="系统停电")
        for who in ("province", "city", "county"):
            page = client_of(who).get("/figures/late/")
            assert [line.reason for line in page.context["found"].lines] == ["系统停电"]
            assert "系统停电" in page.content.decode()
        assert late_duties.page(world.actor("other"), FIRST).lines == []


def test_the_sheet_has_every_line_of_the_page(year: None) -> None:
    sheet = sheet_of(shown("city", "/figures.xlsx?year=2023"))
    found = figures.of_office(post_of("city").office, "2023")
    lines = [found.whole, *(line for table in found.tables for line in table.lines)]
    assert "2023" in sheet[0][0]
    assert len(sheet) == 2 + len(lines)
    for row, line in zip(sheet[2:], lines, strict=True):
        assert row[1] == line.name
        assert row[2:12] == [str(number.count) for number in line.numbers]


def _waiting(world: World) -> Dossier:
    """A dossier of Licheng whose order waits."""
    dossier = world.reported("SD2024-DL-001", date(2024, 5, 6), date(2024, 5, 27))
    world.told(dossier, "P", date(2024, 5, 28), date(2024, 5, 30))
    case = cast.MATTERS["rectification"].new(dossier, dossier.parties.get(label="P"))
    world.act(case.receive_report, by="county", on=date(2024, 5, 29))
    return dossier


def _days_late(dossier: Dossier) -> float:
    return float(max((row.ended_on - row.due_on).days for row in done_late().filter(dossier=dossier)))
