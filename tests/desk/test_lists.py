"""Lists: every filter, both orders, chosen columns, the sheet that is equal row by row, lists kept under a name."""

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from io import BytesIO
from urllib.parse import parse_qs

import pytest
from django.test import Client

from spotcheck.casework import dossier_columns, owning, saved_lists
from spotcheck.casework.dossier_filters import BY_DUE, OLDEST, Wanted
from spotcheck.casework.dossier_search import matching, search
from spotcheck.casework.models import SavedList
from spotcheck.casework.paging import Turn
from spotcheck.casework.privacy import Sight
from spotcheck.desk.web import listing
from spotcheck.docket import clock
from spotcheck.docket.acts import perform
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Deadline, Dossier, Record, Track
from spotcheck.parties.models import Post, User
from tests.desk import world as cast
from tests.desk.test_worklist import multiply
from tests.desk.world import World
from tests.worlds import played

DAY = date(2024, 5, 6)
TODAY = date(2024, 6, 3)
CABLE, TOY = "SD2024-DL-001", "SD2024-WJ-001"
BOTH = [TOY, CABLE]


@played
def two(world: World) -> tuple[Dossier, Dossier]:
    """A cable of Licheng whose order waits, and a toy of Zhangqiu, drawn the day after, that waits for the visit."""
    cable = world.reported(CABLE, DAY, date(2024, 5, 27))
    world.told(cable, "P", date(2024, 5, 28), date(2024, 5, 30))
    case = MATTERS["rectification"].new(cable, cable.parties.get(label="P"))
    world.act(case.receive_report, by="county", on=date(2024, 5, 29))
    toy = world.target(TOY, ("P", "sampled_producer", "toys"), product_kind="玩具", product_name="毛绒玩具")
    world.task(date(2024, 5, 7), toy)
    return cable, Dossier.objects.get(number=TOY)


@pytest.fixture(autouse=True)
def _today():
    with clock.simulated(TODAY):
        yield


def listed(client: Client, **query: object) -> list[str]:
    """The numbers that a page lists."""
    answer = client.get("/dossiers/", {"kind": "sample", **query})
    assert answer.status_code == 200
    return [line.dossier.number for line in answer.context["found"].lines]


def sheet_of(answer) -> list[list[str]]:
    """The cells of a sheet, line by line; what is empty is an empty text."""
    from openpyxl import load_workbook

    content = answer.getvalue()
    rows = load_workbook(BytesIO(content)).active.iter_rows()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return [[cell.value or "" for cell in row] for row in rows]


# Filters


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"office": "370112"}, [CABLE]),
        ({"office": "370114"}, [TOY]),
        ({"office": "370199"}, []),
        ({"body": "LAB01"}, BOTH),
        ({"body": "LAB09"}, []),
        ({"conclusion": "nonconforming"}, [CABLE]),
        ({"conclusion": "conforming"}, []),
        ({"conclusion": "banned"}, []),
        ({"opened_from": "2024-05-07"}, [TOY]),
        ({"opened_until": "2024-05-06"}, [CABLE]),
        ({"opened_from": "2024-05-06", "opened_until": "2024-05-07"}, BOTH),
        ({"opened_from": "yesterday", "order": "sideways", "owner": "999", "c_nothing": "1"}, BOTH),
        ({"order": "oldest"}, BOTH[::-1]),
    ],
)
def test_a_bureau_narrows_by(two, client_of: Callable[[str], Client], query: dict[str, str], found: list[str]) -> None:
    """What makes no sense narrows nothing."""
    assert listed(client_of("province"), **query) == found


def test_a_firm_is_a_filter_however_its_code_is_typed(two, world: World, client_of: Callable[[str], Client]) -> None:
    code = world.enterprises["toys"].credit_code
    for typed in (code, code.lower(), f" {code} "):
        assert listed(client_of("province"), firm=typed) == [TOY]


def test_what_is_late_due_today_and_soon_goes_by_the_day_that_decides(two, client_of: Callable[[str], Client]) -> None:
    """Each running period of a duty by its day; the list says of each day what the periods say."""
    running = Deadline.objects.running().filter(dossier=two[0])
    day = min(row.due_on for row in running)
    client = client_of("province")
    for shift, name in ((-1, "soon"), (0, "today"), (1, "late")):
        with clock.simulated(date.fromordinal(day.toordinal() + shift)):
            assert CABLE in listed(client, due=name), name
            assert CABLE not in listed(client, due="none"), name
    with clock.simulated(date.fromordinal(day.toordinal() - 1)):
        assert CABLE not in listed(client, due="late") + listed(client, due="today")


def test_what_was_done_late_stays_a_filter(two, world: World, client_of: Callable[[str], Client]) -> None:
    client, order, late = client_of("province"), world.matter(two[0], "rectification", "P"), date(2024, 6, 20)
    assert listed(client, due="was_late") == []
    with clock.simulated(late):
        facts = cast.FACTS.get(order.issue_order.spec.name, {})
        perform(order.issue_order, by=world.actor("county"), on=late, facts=facts, late_reason="系统停电")
        assert listed(client, due="was_late") == [CABLE]


def test_owners_are_a_filter_of_their_office_only(two, world: World, client_of: Callable[[str], Client]) -> None:
    county = world.posts["county"]
    client = client_of("county")
    assert (listed(client, owner="mine"), listed(client, owner="pool")) == ([], [CABLE])
    owning.name_owner(two[0], county, by=county)
    assert (listed(client, owner="mine"), listed(client, owner="pool")) == ([CABLE], [])
    assert listed(client_of("city"), owner="pool") == BOTH
    # a colleague's only for who coordinates; for others the filter is none
    assert listed(client, owner=str(county.pk + 999)) == [CABLE]
    cast.entitle(world, "county", "coordinates")
    county, client = world.posts["county"], client_of("county")
    owning.name_owner(two[0], county, by=county)
    assert listed(client, owner=str(county.pk + 999)) == []
    assert listed(client, owner=str(county.pk)) == [CABLE]


@pytest.mark.parametrize("who", ["lab", "sampler", "enterprise"])
def test_nobody_else_is_answered_by_what_tells_of_others(two, client_of: Callable[[str], Client], who: str) -> None:
    """Neither the list nor what can be chosen depends on it, and no column tells it."""
    client = client_of(who)
    page = client.get("/dossiers/", {"kind": "sample"})
    usual = [line.dossier.number for line in page.context["found"].lines]
    for name in ("conclusion", "office", "body", "firm"):
        assert f'name="{name}"' not in page.content.decode(), name
    for query in ({"conclusion": "conforming"}, {"office": "370299"}, {"body": "X1"}, {"firm": "91370112MA3C0TTT1X"}):
        assert listed(client, **query) == usual, query
    heads = {column.name for column in dossier_columns.offered_to(Sight(page.context["actor"]))}
    assert not heads & {"conclusion", "handler", "origin"}
    assert ("parties" in heads) == (who != "lab")


# Orders


@pytest.mark.parametrize("order", [OLDEST, BY_DUE])
def test_pages_of_every_order_follow_one_another_both_ways(two, world: World, order: str) -> None:
    multiply(two[0], 65)
    actor, pages, turn = world.actor("province"), [], Turn()
    while True:
        page = search(actor, Wanted(kind="sample", order=order, turn=turn))
        pages.append(page)
        if page.after is None:
            break
        turn = Turn(after=page.after)
    lines = [line for page in pages for line in page.lines]
    wanted = Wanted(kind="sample")
    if order == BY_DUE:
        with_day = matching(actor, wanted).filter(deadlines__status="running").distinct()
        days = [(line.next_clock.deadline.due_on, line.dossier.pk) for line in lines]
    else:
        with_day = matching(actor, wanted)
        days = [(line.dossier.opened_on, line.dossier.pk) for line in lines]
    assert days == sorted(days)
    assert sorted(line.dossier.pk for line in lines) == sorted(with_day.values_list("pk", flat=True))
    back = search(actor, Wanted(kind="sample", order=order, turn=Turn(before=pages[-1].before)))
    assert [one.dossier.pk for one in back.lines] == [one.dossier.pk for one in pages[-2].lines]


# Columns and sheets


def test_the_columns_that_are_chosen_are_shown(two, client_of: Callable[[str], Client]) -> None:
    shown = client_of("province").get("/dossiers/", {"kind": "sample", "c_handler": "1", "c_opened": "1"})
    assert [column.name for column in shown.context["columns"]] == ["number", "handler", "opened"]
    cells = [[line.dossier.number, *told] for line, told in shown.context["rows"]]
    assert cells == [
        [TOY, "济南市章丘区市场监督管理局", "2024-05-07"],
        [CABLE, "济南市历城区市场监督管理局", "2024-05-06"],
    ]
    assert "found-table" in shown.content.decode()
    assert "found-table" not in client_of("province").get("/dossiers/").content.decode()


@pytest.mark.parametrize("who", ["province", "county", "lab", "enterprise"])
@pytest.mark.parametrize(
    "query",
    [
        {"kind": "sample"},
        {"order": "due", "c_owner": "1", "c_due": "1", "c_parties": "1", "c_conclusion": "1", "c_late": "1"},
    ],
)
def test_a_sheet_is_equal_to_its_list_row_by_row(
    two, world: World, client_of: Callable[[str], Client], who: str, query: dict[str, str]
) -> None:
    """All pages of it, with the columns that are chosen; and it is a line of the book."""
    multiply(two[0], 31)
    client = client_of(who)
    rows, asked = [], dict(query)
    while True:
        page = client.get("/dossiers/", asked)
        found, sight = page.context["found"], Sight(page.context["actor"])
        columns = dossier_columns.chosen(page.context["wanted"].columns, sight)
        rows += [dossier_columns.cells(line, columns) for line in found.lines]
        if found.after is None:
            break
        asked["after"] = str(found.after)
    answer = client.get("/dossiers.xlsx", query)
    sheet = sheet_of(answer)
    assert len(rows) > 30 or who == "lab"
    assert sheet[1] == [str(column.head) for column in columns]
    assert sheet[2:] == rows
    line = Record.objects.get(kind="export.list")
    assert (line.subject_type, line.after["rows"], line.user) == ("list", len(rows), world.posts[who].user)
    assert line.after["filter"].get("kind", "") == query.get("kind", "")


def test_the_hash_in_the_book_is_that_of_the_sheet(two, client_of: Callable[[str], Client]) -> None:
    content = client_of("province").get("/dossiers.xlsx").getvalue()
    assert Record.objects.get(kind="export.list").after["sha256"] == sha256(content).hexdigest()


def test_a_sheet_says_its_scope_its_moment_and_what_is_left_out(
    two, client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, asked = client_of("province"), {"kind": "sample", "office": "370112", "q": "电缆"}
    title = sheet_of(client.get("/dossiers.xlsx", asked))[0][0]
    for said in ("案卷清单", "2024-06-03", "类别：样品", "后处理机关：济南市历城区市场监督管理局", "关键词：电缆"):
        assert said in title
    assert "只列前" not in title
    monkeypatch.setattr(listing, "MOST_ROWS", 1)
    sheet = sheet_of(client.get("/dossiers.xlsx", {"kind": "sample"}))
    assert ("只列前 1 行" in sheet[0][0], [row[0] for row in sheet[2:]]) == (True, [TOY])


def test_no_cell_is_a_formula(two, client_of: Callable[[str], Client]) -> None:
    Dossier.objects.filter(pk=two[1].pk).update(title="=1+1", product_kind="@SUM(1)")
    sheet = client_of("province").get("/dossiers.xlsx", {"kind": "sample", "c_kind": "1"})
    from openpyxl import load_workbook

    cells = [cell for row in load_workbook(BytesIO(sheet.getvalue())).active.iter_rows() for cell in row]
    assert "@SUM(1)" in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert [cell.value for cell in cells if cell.data_type == "n" and cell.value is not None] == []


def test_the_register_of_papers_is_taken_along_row_by_row(
    two, world: World, client_of: Callable[[str], Client]
) -> None:
    client = client_of("province")
    lines = client.get("/papers/").context["found"].lines
    sheet = sheet_of(client.get("/papers.xlsx"))
    assert [row[0] for row in sheet[2:]] == [line.paper.number for line in lines]
    (sent,) = [row for row in sheet[2:] if "2024-05-30 收到" in row[6]]
    assert sent[5] == two[0].parties.get(label="P").enterprise.name
    assert [row[0] for row in sheet_of(client.get("/papers.xlsx", {"issued_from": "2024-05-28"}))[2:]] == [sent[0]]
    assert len(sheet_of(client.get("/papers.xlsx", {"issued_until": "2024-05-27"}))) == len(lines) + 1
    assert {line.subject_id for line in Record.objects.filter(kind="export.list")} == {"papers"}


# Lists that are kept


def kept(client: Client, name: str, query: str, *, status: int = 302, **more: str) -> str:
    answer = client.post("/lists/", {"list": "dossiers", "name": name, "query": query, **more})
    assert answer.status_code == status
    return answer.headers.get("Location", "")


def test_a_list_is_kept_under_a_name_and_opens_as_it_was(two, client_of: Callable[[str], Client]) -> None:
    """What makes no sense in it is left out, and the place of a page."""
    client = client_of("county")
    there = kept(client, " 我的  逾期 ", "due=late&owner=mine&c_due=on&after=2024-05-06.1&evil=1&stage=nonsense")
    assert parse_qs(there.partition("?")[2]) == {"due": ["late"], "owner": ["mine"], "c_due": ["on"]}
    shown = client.get(there)
    assert [one.name for one in shown.context["kept"]] == ["我的 逾期"]
    assert 'aria-current="true">我的 逾期' in " ".join(shown.content.decode().split())
    kept(client, "我的 逾期", "due=today")
    assert SavedList.objects.get().query == "due=today"


def test_a_list_is_seen_by_colleagues_once_it_is_shared_and_forgotten_by_its_owner(
    two, world: World, client_of: Callable[[str], Client]
) -> None:
    user = User.objects.create_user("qian", password=None, full_name="钱宁")
    world.posts["qian"] = Post.objects.create(
        user=user, office=world.offices["county"], role="officer", since=date(2021, 1, 1)
    )
    county, qian, city = (client_of(name) for name in ("county", "qian", "city"))
    kept(county, "自己的", "due=late")
    kept(county, "大家的", "due=today", shared="1")
    assert [one.name for one in qian.get("/dossiers/").context["kept"]] == ["大家的"]
    assert [one.name for one in city.get("/dossiers/").context["kept"]] == []
    key = SavedList.objects.get(name="大家的").pk
    for other in (qian, city):
        assert other.post(f"/lists/{key}/forget/").status_code == 404
    assert county.post(f"/lists/{key}/forget/").status_code == 302
    assert [one.name for one in qian.get("/dossiers/").context["kept"]] == []
    assert list(SavedList.objects.values_list("name", flat=True)) == ["自己的"]


def test_a_list_needs_a_name_and_there_are_not_too_many(
    two, client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of("county")
    kept(client, " ", "", status=409)
    kept(client, "长" * (saved_lists.LONGEST_NAME + 1), "", status=409)
    assert client.post("/lists/", {"list": "nonsense", "name": "x"}).status_code == 404
    monkeypatch.setattr(saved_lists, "MOST", 1)
    kept(client, "一", "due=late")
    kept(client, "一", "due=today")
    kept(client, "二", "due=late", status=409)


def test_an_enterprise_shares_with_nobody(two, world: World, client_of: Callable[[str], Client]) -> None:
    kept(client_of("enterprise"), "我的", "order=due", shared="1")
    assert not SavedList.objects.get().shared
    assert [one.name for one in client_of("province").get("/dossiers/").context["kept"]] == []


def test_what_a_ban_holds_is_a_filter(two, client_of: Callable[[str], Client]) -> None:
    line = Track.objects.filter(dossier=two[0]).first()
    line.pk, line.chart, line.label, line.state = None, "ban", "P", "active"
    line.save()
    assert listed(client_of("province"), conclusion="banned") == [CABLE]
