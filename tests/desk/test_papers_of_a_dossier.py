"""Papers on the screen: of a dossier, in the register, before they are issued, and bound into the case file."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from spotcheck.casework import paging
from spotcheck.docket import clock
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Dossier, Entry
from spotcheck.files import storage
from spotcheck.notices import numbering, production, waking
from spotcheck.notices.models import Paper, Particulars, Series
from tests.desk.test_acts_on_screen import address_of, text_of
from tests.desk.world import World
from tests.notices.reading import text_of as pdf_text
from tests.worlds import played

TODAY = date(2024, 6, 5)


@played(beside="media")
def dossier(world: World) -> Dossier:
    """Form 7 was received; Licheng has the report and owes its order."""
    found = world.reported("SD2024-001", date(2024, 5, 6), date(2024, 5, 27))
    world.told(found, "P", date(2024, 5, 28), date(2024, 5, 30))
    case = MATTERS["rectification"].new(found, found.parties.get(label="P"))
    world.act(case.receive_report, by="county", on=date(2024, 5, 28))
    return found


@played
def ordered(dossier: Dossier, world: World) -> Dossier:
    """The order has been issued and not been served."""
    world.act(world.matter(dossier, "rectification").issue_order, by="county", on=date(2024, 6, 3))
    return dossier


@pytest.fixture
def see(client_of: Callable[[str], Client]) -> Callable[..., str]:
    """The words of a page as somebody sees it today."""

    def seen(name: str, address: str, **headers: str) -> str:
        with clock.simulated(TODAY):
            return text_of(client_of(name).get(address, headers=headers))

    return seen


# Of a dossier


def test_every_paper_says_what_it_is_and_how_its_service_stands(ordered: Dossier, see: Callable[..., str]) -> None:
    """Number, title, day, issuer, recipient, state of service, what is to be written by hand."""
    text = see("county", f"/dossiers/{ordered.number}/?tab=papers")
    order = ordered.papers.get(form=11)
    for words in (order.number, "产品质量监督抽查责令改正通知书", "2024-06-03 周一", "济南市历城区市场监督管理局"):
        assert words in text
    assert "山东泰山红电缆有限公司 未送达 登记送达" in text
    assert "2024-05-30 周四 收到 邮寄送达" in text
    assert "栏须手写填写" in text


def test_only_who_serves_a_paper_is_asked_to(ordered: Dossier, see: Callable[..., str]) -> None:
    """The city and the province see how it stands; the button is the county's."""
    for name in ("province", "city"):
        text = see(name, f"/dossiers/{ordered.number}/?tab=papers")
        assert "未送达" in text
        assert "登记送达 鲁" not in text
        assert "登记送达 济" not in text


def test_a_paper_that_is_being_drawn_says_so_and_asks_again(
    ordered: Dossier, client_of: Callable[[str], Client]
) -> None:
    """As long as nobody has drawn it there is nothing to swap; then come the links, and trouble is told."""
    paper = ordered.papers.get(form=11)
    Paper.objects.filter(pk=paper.pk).update(drawing="wanted")
    client, state = client_of("county"), f"/dossiers/{ordered.number}/papers/{paper.pk}/state/"
    with clock.simulated(TODAY):
        page = client.get(f"/dossiers/{ordered.number}/?tab=papers").content.decode()
        assert f'hx-get="{state}" hx-trigger="every 3s"' in page
        assert "正在生成文件" in page
        assert client.get(state).status_code == 204
        Paper.objects.filter(pk=paper.pk).update(trouble="OSError: full")
        assert "稍后自动再试" in client.get(state).content.decode()
        Paper.objects.filter(pk=paper.pk).update(drawing="drawn", trouble="")
        drawn = client.get(state).content.decode()
    assert "下载" in drawn
    assert "hx-trigger" not in drawn


def test_the_mandate_alone_has_a_copy(ordered: Dossier, client_of: Callable[[str], Client]) -> None:
    """A photocopy is shown to the entity (Article 13); other papers have none."""
    with clock.simulated(TODAY):
        task = client_of("province").get(f"/dossiers/{ordered.parent.number}/?tab=papers").content.decode()
        sample = client_of("province").get(f"/dossiers/{ordered.number}/?tab=papers").content.decode()
    assert "copy=1" in task
    assert "copy=1" not in sample


# The register


@pytest.mark.parametrize(
    "words", ["历城市监质责改", "泰山红", "sdtsh", "责令改正", "rectification order", "SD2024-001 责令", "责改 2024"]
)
def test_a_paper_is_found_by_number_firm_and_title(ordered: Dossier, see: Callable[..., str], words: str) -> None:
    """By a part of each, in any order."""
    assert ordered.papers.get(form=11).number in see("county", f"/papers/?q={words}")


def test_the_register_is_filtered(ordered: Dossier, see: Callable[..., str]) -> None:
    """By form, by issuer, by what has not been received; what was not handed over with proof counts only there."""
    numbers = {paper.form: paper.number for paper in ordered.papers.all()}

    def found(query: str) -> set[int]:
        text = see("county", f"/papers/?{query}")
        return {form for form, number in numbers.items() if number in text}

    assert found("") == {1, 4, 7, 11}
    assert found("form=7") == {7}
    assert found("service=unserved") == {11}
    assert found("issuer=370112") == {11}
    assert found("status=withdrawn") == set()


def test_nobody_finds_papers_out_of_sight(ordered: Dossier, see: Callable[..., str]) -> None:
    """Another county none; an enterprise its own; a laboratory finds nothing by the name of a party."""
    number = ordered.papers.get(form=11).number
    assert "没有找到文书" in see("other", "/papers/")
    assert number in see("enterprise", "/papers/?q=责改")
    assert number not in see("lab", "/papers/")
    assert "没有找到文书" in see("lab", "/papers/?q=泰山红")
    assert "历城区" not in see("lab", "/papers/")


def test_voided_numbers_stay_visible_with_their_reason(world: World, media: Any, see: Callable[..., str]) -> None:
    """To the province and to the office whose series it is; to nobody else."""
    with clock.simulated(date(2024, 6, 3)):
        body = world.offices["sampling_body"]
        number = numbering.reserve(body, 4, 2024, 1, "平板 1")[0]
        series = Series.objects.get(office=body, form=4)
        numbering.void(series, series.last, number, "平板损坏，号码未使用")
    for name, sees in (("province", True), ("sampler", True), ("county", False)):
        for query in ("status=voided", f"q={number[:12]}"):
            assert ("平板损坏" in see(name, f"/papers/?{query}")) is sees, (name, query)


def test_every_page_of_the_register_costs_the_same(
    world: World, media: Any, client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One dossier or three, the same number of queries; the pages hang together by keys."""
    monkeypatch.setattr(paging, "PAGE", 3)
    counts, client = [], client_of("province")
    for number in ("SD2024-011", "SD2024-012", "SD2024-013"):
        dossier = world.reported(number, date(2024, 5, 6), date(2024, 5, 27))
        world.told(dossier, "P", date(2024, 5, 28), date(2024, 5, 30))
        with clock.simulated(TODAY):
            client.get("/papers/")
            with CaptureQueriesContext(
                connection,
            ) as queries:
                first = client.get("/papers/?form=7").content.decode()
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts
    seen, address = [], "/papers/"
    with clock.simulated(TODAY):
        while address:
            page = client.get(address).content.decode()
            seen += re.findall(r'class="line-number"[^>]*>([^<]+)<', page)
            following = re.search(r'rel="next" href="([^"]+)"', page)
            address = f"/papers/{following[1]}" if following else ""
        assert 'rel="prev"' in page
    assert seen == list(Paper.objects.order_by("-issued_on", "-pk").values_list("number", flat=True))
    assert "SD2024-013" in first


# Before it is issued


def test_a_preview_shows_the_paper_and_what_it_lacks(dossier: Dossier, client_of: Callable[[str], Client]) -> None:
    """The order is listed with its gaps and opens as a file; nothing has been issued and no number used."""
    address = address_of(dossier, "rectification", "issue_order") + "preview/"
    client = client_of("county")
    with clock.simulated(TODAY):
        listed = client.post(address, {"on": "2024-06-05", "remark": "当面送交"})
        opened = client.post(address, {"on": "2024-06-05", "paper": "0"})
    text = text_of(listed)
    assert "产品质量监督抽查责令改正通知书" in text
    assert "还缺：" in text
    assert 'name="remark" value="当面送交"' in listed.content.decode()
    assert "（未编号）" in pdf_text(opened.content, "-raw")
    assert not Paper.objects.filter(form=11).exists()
    assert not Series.objects.filter(form=11).exists()
    assert not Entry.objects.filter(dossier=dossier, act="rectification.issue_order").exists()


def test_a_preview_is_refused_as_the_act_would_be(ordered: Dossier, client_of: Callable[[str], Client]) -> None:
    """An order that was issued cannot be issued; a day to come is no day; an act without papers has no preview."""
    client = client_of("county")
    with clock.simulated(TODAY):
        again = client.post(address_of(ordered, "rectification", "issue_order") + "preview/", {"on": "2024-06-05"})
        future = client.post(address_of(ordered, "rectification", "issue_order") + "preview/", {"on": "2024-06-06"})
        none = client.post(
            f"/dossiers/{ordered.number}/acts/lead/0/create/preview/", {"on": "2024-06-05", "finding": "无"}
        )
    assert (again.status_code, future.status_code, none.status_code) == (409, 422, 404)
    assert "现在不能办理" in text_of(again)
    assert "日期" in text_of(future)


# What a paper says besides


@played(beside="media")
def visited(world: World) -> Dossier:
    """The samplers are there, and nothing has been taken yet."""
    return world.sampled_until_precheck("SD2024-021", date(2024, 6, 3))


def stated(dossier: Dossier) -> str:
    return address_of(dossier, "sampling", "complete_sampling", "") + "particulars/"


def test_what_is_stated_beforehand_stands_on_the_paper(
    visited: Dossier, world: World, client_of: Callable[[str], Client]
) -> None:
    """Quantities, prices, places and seals go into the sampling sheet; what stays empty is a cell to write in."""
    client = client_of("sampler")
    sent = {
        "sampling.unit_price": "185.50",
        "sampling.base_quantity": "120 卷",
        "sampling.stage": "finished_store",
        "sampling.for_export": "no",
        "sampling.test_seal": "完好，F2024-0611",
        "sampling.corrections-0-field": "批号",
        "sampling.corrections-0-old": "2405",
        "sampling.corrections-0-new": "2406",
    }
    with clock.simulated(date(2024, 6, 3)):
        assert "抽样基数" in text_of(client.get(stated(visited)))
        assert client.post(stated(visited), sent).status_code == 302
        again = client.get(stated(visited)).content.decode()
    assert 'value="185.50"' in again
    world.act(world.matter(visited, "sampling").complete_sampling, by="sampler", on=date(2024, 6, 3))
    sheet = visited.papers.get(form=4)
    kept = sheet.snapshot["data"]["sampling"]
    assert (kept["unit_price"], kept["stage"], kept["for_export"]) == ("185.50", "finished_store", False)
    assert kept["corrections"] == [{"field": "批号", "old": "2405", "new": "2406"}]
    assert "sampling.unit_price" not in sheet.gaps
    assert "sampling.invoice" in sheet.gaps


def test_what_does_not_fit_is_said_beside_its_field_and_stays(
    visited: Dossier, client_of: Callable[[str], Client]
) -> None:
    """An amount is a number; what was typed is still there and nothing was kept."""
    with clock.simulated(date(2024, 6, 3)):
        answer = client_of("sampler").post(
            stated(visited), {"sampling.unit_price": "一百八", "sampling.stock": "300 卷", "sampling.fee": "-1"}
        )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "请填写数字" in text
    assert "金额不能是负数" in text
    assert 'value="300 卷"' in text
    assert not Particulars.objects.exists()


def test_the_later_statement_wins_and_an_empty_one_takes_back(
    visited: Dossier, world: World, client_of: Callable[[str], Client]
) -> None:
    """A cleared field falls back to what custom says; the same sent twice is kept once."""
    client = client_of("sampler")
    with clock.simulated(date(2024, 6, 3)):
        for place in ("二号成品库", "二号成品库", ""):
            client.post(stated(visited), {"sampling.place": place, "sampling.stock": "300 卷"})
    assert Particulars.objects.count() == 2
    world.act(world.matter(visited, "sampling").complete_sampling, by="sampler", on=date(2024, 6, 3))
    kept = visited.papers.get(form=4).snapshot["data"]["sampling"]
    assert (kept["place"], kept["stock"]) == ("工业北路 88 号", "300 卷")


def test_what_the_register_and_the_acts_say_is_not_overwritten(
    visited: Dossier, world: World, client_of: Callable[[str], Client]
) -> None:
    """Neither the name of the party nor the number of a paper is a matter of statement."""
    with clock.simulated(date(2024, 6, 3)):
        client_of("sampler").post(stated(visited), {"sampled.name": "别家", "paper.number": "伪造〔2024〕1号"})
        Particulars.objects.create(
            dossier=visited, data={"sampled": {"name": "别家"}}, recorded_by=None, recorded_at=clock.now()
        )
    world.act(world.matter(visited, "sampling").complete_sampling, by="sampler", on=date(2024, 6, 3))
    sheet = visited.papers.get(form=4)
    assert sheet.snapshot["data"]["sampled"]["name"] == "山东泰山红电缆有限公司"
    assert Particulars.objects.count() == 1


# The case file


def test_the_case_file_says_what_is_missing_by_article(ordered: Dossier, see: Callable[..., str]) -> None:
    """Article 53: the order is there, its proof of service and the recheck are not."""
    text = see("county", f"/dossiers/{ordered.number}/case-file/")
    assert "责令改正通知书的送达凭证（第四十四条）" in text
    assert "复查结果通知书（第五十条）" in text
    assert "份文书还没有生成文件" in text


def unreadable(file: str, sha256: str) -> bytes:
    """What a store answers whose file is not the one that was promised."""
    raise storage.Damaged(file)


def test_the_case_file_is_bound_when_all_papers_have_their_files(
    ordered: Dossier, client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It tells how far it is, waits until nothing is left to draw, and then gives both files."""
    client, here = client_of("county"), f"/dossiers/{ordered.number}/case-file/"
    woken: list[int] = []
    monkeypatch.setattr(waking, "wake", woken.append)
    with clock.simulated(TODAY):
        assert client.get(f"{here}pdf/").status_code == 302
        client.post(f"{here}prepare/")
        assert sorted(woken) == sorted(ordered.papers.values_list("pk", flat=True))
        assert f"正在生成文书：0 / {len(woken)}" in text_of(client.get(f"{here}progress/"))
        for key in woken:
            production.draw_paper(key)
        assert "下载案卷 PDF" in text_of(client.get(f"{here}progress/"))
        bound, boxed = (client.get(f"{here}{kind}/").getvalue() for kind in ("pdf", "zip"))
        monkeypatch.setattr(storage, "read", unreadable)
        damaged = client.get(f"{here}pdf/", follow=True)
    assert bound.startswith(b"%PDF")
    names = ZipFile(BytesIO(boxed)).namelist()
    assert "SHA256.csv" in names
    assert any("责改" in name for name in names)
    assert "有文件暂时读不出来" in text_of(damaged)
