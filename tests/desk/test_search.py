"""Search: by every word a person may have, narrowed by the query string, page by page at the same price."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from spotcheck.casework.dossier_filters import Wanted
from spotcheck.casework.dossier_search import matching, search
from spotcheck.casework.paging import Turn, capped_count
from spotcheck.docket import clock
from spotcheck.docket.models import Dossier
from tests.desk.test_worklist import multiply
from tests.desk.world import World
from tests.worlds import played

DAY = date(2024, 5, 6)


@played
def two(world: World) -> tuple[Dossier, Dossier]:
    """A cable of Licheng that waits for its order, and a toy of Zhangqiu that waits for the visit."""
    cable = world.reported("SD2024-DL-001", DAY, date(2024, 5, 27))
    toy = world.target("SD2024-WJ-001", ("P", "sampled_producer", "toys"), product_kind="玩具", product_name="毛绒玩具")
    world.task(DAY, toy)
    return cable, Dossier.objects.get(number="SD2024-WJ-001")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("SD2024-DL", ["SD2024-DL-001"]),
        ("wj-001", ["SD2024-WJ-001"]),
        ("泰山红电缆", ["SD2024-DL-001"]),
        ("毛绒", ["SD2024-WJ-001"]),
        ("91370114", ["SD2024-WJ-001"]),
        ("taishanhong", ["SD2024-DL-001"]),
        ("ZQTL", ["SD2024-WJ-001"]),
        ("玩具 zqtl", ["SD2024-WJ-001"]),
        ("玩具 taishanhong", []),
    ],
)
def test_a_dossier_is_found_by(two: tuple[Dossier, Dossier], world: World, words: str, found: list[str]) -> None:
    """Number, product, name, credit code, pinyin and its initials; all words must fit."""
    rows = matching(world.actor("province"), Wanted(words=words, kind="sample"))
    assert [dossier.number for dossier in rows] == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"stage": "sampling"}, ["SD2024-WJ-001"]),
        ({"stage": "notice"}, ["SD2024-DL-001"]),
        ({"stage": "recheck"}, []),
        ({"product": "玩具", "kind": "sample"}, ["SD2024-WJ-001"]),
        ({"place": "370112"}, ["SD2024-DL-001"]),
        ({"place": "370100"}, ["SD2024-WJ-001", "SD2024-DL-001"]),
        ({"place": "370200"}, []),
        ({"kind": "plan"}, ["JH2024"]),
        ({"stage": "nonsense", "kind": "sample"}, ["SD2024-WJ-001", "SD2024-DL-001"]),
    ],
)
def test_a_filter_stands_in_the_address(
    two: tuple[Dossier, Dossier], client_of: Callable[[str], Client], query: dict[str, str], found: list[str]
) -> None:
    """Whoever gets the address sees the same list; what makes no sense is left out."""
    page = client_of("province").get("/dossiers/", query)
    assert [line.dossier.number for line in page.context["found"].lines] == found


def test_a_county_searches_its_own_only(two: tuple[Dossier, Dossier], world: World) -> None:
    """Licheng does not find the toys of Zhangqiu."""
    rows = matching(world.actor("county"), Wanted(kind="sample"))
    assert [dossier.number for dossier in rows] == ["SD2024-DL-001"]


def test_pages_follow_one_another_in_both_directions(two: tuple[Dossier, Dossier], world: World) -> None:
    """Every line once, newest first; the way back shows the same pages."""
    multiply(two[0], 70)
    actor, seen, pages = world.actor("province"), [], []
    wanted = Wanted(kind="sample")
    with clock.simulated(date(2024, 6, 3)):
        while True:
            page = search(actor, wanted)
            numbers = [line.dossier.number for line in page.lines]
            seen += numbers
            pages.append(numbers)
            if page.after is None:
                break
            wanted = Wanted(kind="sample", turn=Turn(after=page.after))
        assert len(seen) == len(set(seen)) == 72
        assert [len(numbers) for numbers in pages] == [30, 30, 12]
        back = search(actor, Wanted(kind="sample", turn=Turn(before=page.before)))
        assert [line.dossier.number for line in back.lines] == pages[1]
        first = search(actor, Wanted(kind="sample", turn=Turn(before=back.before)))
        assert [line.dossier.number for line in first.lines] == pages[0]
        assert first.before is None


def test_what_was_opened_last_comes_first_whenever_it_was_entered(
    two: tuple[Dossier, Dossier], client_of: Callable[[str], Client]
) -> None:
    """The day of the file decides, not the order of the rows; and the address of the next page leads on from there."""
    older, newer = two
    Dossier.objects.filter(pk=older.pk).update(opened_on=date(2024, 9, 2))
    page = client_of("province").get("/dossiers/", {"kind": "sample"})
    assert [line.dossier.number for line in page.context["found"].lines] == [older.number, newer.number]
    following = client_of("province").get("/dossiers/", {"kind": "sample", "after": f"2024-09-02.{older.pk}"})
    assert [line.dossier.number for line in following.context["found"].lines] == [newer.number]
    assert f"before={following.context['found'].before}" in following.content.decode()


def test_a_count_stops_at_the_cap(two: tuple[Dossier, Dossier], monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the cap nobody counts on."""
    rows = Dossier.objects.order_by("pk")
    assert capped_count(rows.filter(kind="sample")) == "2"
    monkeypatch.setattr("spotcheck.casework.paging.MOST_COUNTED", 1)
    assert capped_count(rows) == "1+"


def test_only_the_list_is_drawn_again_while_typing(
    two: tuple[Dossier, Dossier], client_of: Callable[[str], Client]
) -> None:
    """htmx gets the lines, a browser the page."""
    client = client_of("province")
    part = client.get("/dossiers/?q=DL", headers={"HX-Request": "true", "HX-Target": "found"}).content.decode()
    assert "<html" not in part
    assert "SD2024-DL-001" in part
    assert "没有找到" in client.get("/dossiers/?q=找不到的").content.decode()


@pytest.mark.parametrize("typed", ["sd2024-dl-001", "ＳＤ２０２４－ＤＬ－００１", "Sd2024—Dl—001"])
def test_a_number_in_an_address_is_understood_however_it_is_written(
    two: tuple[Dossier, Dossier], client_of: Callable[[str], Client], typed: str
) -> None:
    """It leads to the right address, with what stands behind it; for whom the file is out of sight there is none."""
    answer = client_of("county").get(f"/dossiers/{typed}/?tab=papers")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/dossiers/SD2024-DL-001/?tab=papers")
    for name in ("other", "administrator"):
        assert client_of(name).get(f"/dossiers/{typed}/").status_code == 404
        assert client_of(name).get("/dossiers/SD2024-DL-001/").status_code == 404
    assert client_of("county").get("/dossiers/SD2024-DL/").status_code == 404
