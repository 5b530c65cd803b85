"""Doing acts through the pages: done, refused by article, sent twice, filled in wrongly."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from spotcheck.docket import clock
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Dossier, Entry
from tests.desk.world import World
from tests.worlds import played

TODAY = date(2024, 6, 5)


@played
def dossier(world: World) -> Dossier:
    """The report has been issued, Form 7 was received, and Licheng has the report."""
    found = world.reported("SD2024-001", date(2024, 5, 6), date(2024, 5, 27))
    world.told(found, "P", date(2024, 5, 28), date(2024, 5, 30))
    case = MATTERS["rectification"].new(found, found.parties.get(label="P"))
    world.act(case.receive_report, by="county", on=date(2024, 5, 28))
    return found


@pytest.fixture
def officer(client_of: Callable[[str], Client]) -> Client:
    """The officer of Licheng."""
    return client_of("county")


def address_of(dossier: Dossier, chart: str, method: str, label: str = "P") -> str:
    """Where an act of a matter is done."""
    matter = MATTERS[chart].objects.filter(dossier=dossier, label=label).latest("pk")
    return f"/dossiers/{dossier.number}/acts/{chart}/{matter.pk}/{method}/"


def text_of(answer: Any) -> str:
    """The words of a page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_order_is_issued_from_the_page_of_the_dossier(dossier: Dossier, officer: Client) -> None:
    """The button is on the page, the form says what the articles want, the act is entered, the page says so."""
    address = address_of(dossier, "rectification", "issue_order")
    with clock.simulated(TODAY):
        assert address in officer.get(f"/dossiers/{dossier.number}/").content.decode()
        form = officer.get(address)
        assert "按期下达通知书" in text_of(form)
        seen = re.search(r'name="seen" value="(\d+)"', form.content.decode())[1]
        done = officer.post(address, {"on": "2024-06-04", "seen": seen, "remark": "当面送交"}, follow=True)
        assert "已下达责令改正通知书。" in text_of(done)
        entry = Entry.objects.get(dossier=dossier, act="rectification.issue_order")
        assert (entry.effective_on, entry.facts["remark"], entry.user.username) == (
            date(2024, 6, 4),
            "当面送交",
            "county",
        )
        assert "当面送交" in officer.get(f"/dossiers/{dossier.number}/?tab=entries").content.decode()


def test_htmx_is_sent_back_to_the_dossier(dossier: Dossier, officer: Client) -> None:
    """In the sheet the answer is a redirect of the whole page."""
    with clock.simulated(TODAY):
        answer = officer.post(
            address_of(dossier, "rectification", "issue_order"), {"on": "2024-06-04"}, headers={"HX-Request": "true"}
        )
    assert answer.headers["HX-Redirect"] == f"/dossiers/{dossier.number}/"


def test_a_refusal_names_the_articles_and_loses_nothing(dossier: Dossier, officer: Client, world: World) -> None:
    """Article 44: without measures there is no application; what was typed is still there."""
    world.act(world.matter(dossier, "rectification").issue_order, by="county", on=date(2024, 6, 3))
    world.act(world.matter(dossier, "rectification").record_order_receipt, by="county", on=date(2024, 6, 4))
    with clock.simulated(TODAY):
        answer = officer.post(
            address_of(dossier, "rectification", "apply_recheck"), {"on": "2024-06-05", "remark": "来函收讫"}
        )
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "第四十四条" in text
    assert "还需要：" in text
    assert "来函收讫</textarea>" in text
    assert not Entry.objects.filter(dossier=dossier, act="rectification.apply_recheck").exists()


@pytest.mark.parametrize(
    ("today", "why", "status", "papers"),
    [
        (TODAY, "", 302, 1),
        (date(2024, 6, 12), "", 422, 0),
        (date(2024, 6, 12), "企业搬迁，查找实际经营地", 302, 1),
    ],
)
def test_an_order_that_is_sent_five_times_is_one_paper(
    dossier: Dossier, officer: Client, today: date, why: str, status: int, papers: int
) -> None:
    """In time, and late with the reason that is then asked for; without it every click is told so and nothing is done."""
    address, on = address_of(dossier, "rectification", "issue_order"), date(2024, 6, 4) if today == TODAY else today
    with clock.simulated(today):
        seen = re.search(r'name="seen" value="(\d+)"', officer.get(address).content.decode())[1]
        sent = {"on": on.isoformat(), "seen": seen, "late_reason": why}
        assert {officer.post(address, sent).status_code for _click in range(5)} == {status}
    assert dossier.papers.filter(form=11).count() == papers


def test_the_same_form_sent_twice_is_done_once(world: World, client_of: Callable[[str], Client]) -> None:
    """Also where the state would allow it again: a second lead with the same words is the same click."""
    dossier = world.reported("SD2024-002", date(2024, 5, 6), date(2024, 5, 27))
    officer = client_of("county")
    address = f"/dossiers/{dossier.number}/acts/lead/0/create/"
    with clock.simulated(TODAY):
        seen = re.search(r'name="seen" value="(\d+)"', officer.get(address).content.decode())[1]
        sent = {"on": "2024-06-05", "seen": seen, "finding": "标签为伪造"}
        assert [officer.post(address, sent).status_code for _twice in range(2)] == [302, 302]
        assert Entry.objects.filter(dossier=dossier, act="lead.create").count() == 1
        sent["finding"] = "另一处标签也为伪造"
        officer.post(address, sent)
        assert Entry.objects.filter(dossier=dossier, act="lead.create").count() == 2


def test_what_has_been_done_says_so_kindly(dossier: Dossier, officer: Client, world: World) -> None:
    """A colleague was quicker: no error, but the entry in which it was done."""
    address = address_of(dossier, "rectification", "issue_order")
    world.act(world.matter(dossier, "rectification").issue_order, by="county", on=date(2024, 6, 4))
    with clock.simulated(TODAY):
        answer = officer.post(address, {"on": "2024-06-05"})
    assert answer.status_code == 409
    assert "这一步已经办过了" in text_of(answer)
    assert "2024-06-04 周二" in text_of(answer)


@pytest.mark.parametrize(
    ("on", "says"), [("2024-06-06", "日期不能晚于今天"), ("", "请填写日期"), ("2024-02-30", "请填写日期")]
)
def test_an_impossible_day_is_said_beside_its_field(dossier: Dossier, officer: Client, on: str, says: str) -> None:
    """The legal date is a day, and not one to come."""
    with clock.simulated(TODAY):
        answer = officer.post(address_of(dossier, "rectification", "issue_order"), {"on": on})
    assert answer.status_code == 422
    assert says in text_of(answer)


def test_results_are_entered_in_a_table(world: World, client_of: Callable[[str], Client]) -> None:
    """Rows go to the report; a row without a result is said to be wrong and stays."""
    dossier = world.sampled("SD2024-003", date(2024, 5, 6))
    world.tested(dossier, date(2024, 5, 6), date(2024, 5, 6))
    address = address_of(dossier, "inspection", "issue_report", "")
    sent = {
        "on": "2024-06-05",
        "conclusion": "nonconforming",
        "analysis": "1",
        "signed": "1",
        "no_file_reason": "报告原件随样品寄送",
        "items-0-name": "20℃导体电阻",
        "items-0-kind": "safety",
        "items-0-limit": "≤7.41",
        "items-0-value": "7.92",
        "items-0-result": "",
        "items-3-name": "标志",
        "items-3-kind": "label",
        "items-3-result": "pass",
    }
    client = client_of("lab")
    with clock.simulated(TODAY):
        wrong = client.post(address, sent)
        assert wrong.status_code == 422
        assert "第 1 行" in text_of(wrong)
        assert 'value="7.92"' in wrong.content.decode()
        client.post(address, sent | {"items-0-result": "fail"})
    assert list(dossier.items.order_by("pk").values_list("name", "value", "result")) == [
        ("20℃导体电阻", "7.92", "fail"),
        ("标志", "", "pass"),
    ]


def test_an_earlier_check_needs_its_organiser_and_its_day(world: World, client_of: Callable[[str], Client]) -> None:
    """Ground 19(4) is computed later; half a date must not get so far."""
    world.task(date(2024, 6, 3), world.target("SD2024-004", ("P", "sampled_producer", "cable")))
    dossier = Dossier.objects.get(number="SD2024-004")
    address = address_of(dossier, "sampling", "claim_refusal", "")
    client = client_of("sampler")
    sent = {"on": "2024-06-05", "ground": "19(4)", "earlier_check-sampled": "2024-13-01"}
    with clock.simulated(TODAY):
        wrong = client.post(address, sent)
        assert wrong.status_code == 422
        assert "请选择前一次抽查由谁组织" in text_of(wrong)
        good = sent | {
            "earlier_check-organiser": "province",
            "earlier_check-sampled": "2024-03-01",
            "earlier_check-same_product": "1",
        }
        assert client.post(address, good).status_code == 302
        decision = address_of(dossier, "sampling", "accept_refusal", "")
        assert "省局组织 · 2024-03-01 · 为同一产品" in text_of(client_of("province").get(decision))
        answer = client_of("province").post(address_of(dossier, "sampling", "accept_refusal", ""), {"on": "2024-06-05"})
    assert answer.status_code == 302
    assert world.matter(dossier, "sampling").state == "lawfully_refused"


def test_what_cannot_be_done_stays_visible_with_its_reason(dossier: Dossier, officer: Client, world: World) -> None:
    """Article 46: the recheck waits for the sixty days; the page says which article and which state."""
    world.act(world.matter(dossier, "rectification").issue_order, by="county", on=date(2024, 6, 3))
    with clock.simulated(TODAY):
        text = text_of(officer.get(f"/dossiers/{dossier.number}/"))
    assert "组织复查" in text
    assert "为什么不能？" in text
    assert "第四十六条" in text
