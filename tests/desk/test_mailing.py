"""邮寄: what waits to be posted, numbers scanned one after another, labels, and what the mail service says of letters."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

from spotcheck.casework import mail_sheets
from spotcheck.docket import clock
from spotcheck.docket.models import Deadline, Dossier, Party, Record
from spotcheck.notices import production
from spotcheck.notices.labels import ON_A_SHEET, Label, sheet
from spotcheck.notices.models import Paper, Recipient, Service
from spotcheck.registers.imports import running
from spotcheck.registers.models import Import
from tests.desk.test_acts_on_screen import text_of
from tests.desk.world import World
from tests.worlds import played

TODAY = date(2024, 6, 14)
NUMBERS = ("1123445670712", "1123445670812")


@played(beside="media")
def dossier(world: World) -> Dossier:
    """Form 7 of the province waits for seller and producer, Form 11 of Licheng for the producer."""
    parties = (("S", Party.Role.SELLER, "shop"), ("N", Party.Role.NOMINAL_PRODUCER, "cable"))
    found = world.reported("SD2024-001", date(2024, 5, 6), date(2024, 5, 27), *parties)
    for label in ("S", "N"):
        world.act(world.matter(found, "result_notice", label).send, by="province", on=date(2024, 5, 28))
    world.ordered(found, "N", "county", date(2024, 5, 28), date(2024, 6, 3))
    return found


@pytest.fixture(autouse=True)
def _day() -> Any:
    with clock.simulated(TODAY):
        yield


def gets(dossier: Dossier, label: str, form: int = 7) -> Recipient:
    """Who gets a paper."""
    return Recipient.objects.get(paper__dossier=dossier, paper__form=form, party__label=label)


def posted(client: Client, numbers: dict[Recipient, str], on: str = "2024-06-05") -> Any:
    """What the page answers to these numbers."""
    page = client.get("/mailing/")
    sent = {f"number-{one.pk}": number for one, number in numbers.items()}
    return client.post("/mailing/", sent | {"on": on, "as_post": str(page.wsgi_request.desk_post.pk)})


def test_only_own_papers_that_are_not_on_their_way_wait(dossier: Dossier, client_of: Callable[[str], Client]) -> None:
    province, county = client_of("province"), client_of("county")
    text = text_of(province.get("/mailing/"))
    assert "待寄 2 件" in text
    assert "济南历下恒信五金商行" in text
    order = Paper.objects.get(dossier=dossier, form=11)
    assert order.number not in text
    assert order.number in text_of(county.get("/mailing/"))
    assert posted(province, {gets(dossier, "S"): NUMBERS[0]}).status_code == 302
    assert "待寄 1 件" in text_of(province.get("/mailing/"))
    assert client_of("enterprise").get("/mailing/").status_code == 403


def test_what_is_refused_keeps_its_number_and_the_others_are_recorded(
    dossier: Dossier, client_of: Callable[[str], Client]
) -> None:
    """The same number cannot lie on the envelopes of two firms; nothing typed is lost, and a second click does nothing."""
    client, both = client_of("province"), (gets(dossier, "S"), gets(dossier, "N"))
    answer = posted(client, dict.fromkeys(both, NUMBERS[0]))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "已登记交寄 1 件" in text
    assert "已用于寄给另一受送达人的邮件" in text
    assert f'value="{NUMBERS[0]}"' in text
    assert Service.objects.get().tracking_no == NUMBERS[0]
    rest = next(one for one in both if not one.services.exists())
    assert posted(client, {rest: NUMBERS[1]}).status_code == 302
    assert posted(client, {rest: NUMBERS[1]}).status_code == 302, "said twice, done once"
    assert Service.objects.count() == 2


def test_an_impossible_day_or_nothing_is_said(dossier: Dossier, client_of: Callable[[str], Client]) -> None:
    client = client_of("province")
    assert "请至少扫描" in posted(client, {}).content.decode()
    for on in ("2024-05-01", "2024-06-20", "gestern"):
        answer = posted(client, {gets(dossier, "S"): NUMBERS[0]}, on)
        assert answer.status_code == 422, on
        assert f'value="{NUMBERS[0]}"' in answer.content.decode(), on
    assert not Service.objects.exists()


def test_an_office_posts_its_own_papers_only(dossier: Dossier, client_of: Callable[[str], Client]) -> None:
    county, own = client_of("county"), gets(dossier, "N", 11)
    assert posted(county, {gets(dossier, "S"): NUMBERS[0], own: NUMBERS[1]}).status_code == 302
    assert Service.objects.get().recipient == own


def test_papers_and_labels_come_as_one_file(dossier: Dossier, client_of: Callable[[str], Client]) -> None:
    client = client_of("province")
    keys = "&".join(f"r={gets(dossier, label).pk}" for label in ("S", "N"))
    assert client.get(f"/mailing/print.pdf?what=all&{keys}").status_code == 302, "their files are not drawn yet"
    for paper in Paper.objects.filter(dossier=dossier):
        production.draw_paper(paper.pk)
    content = client.get(f"/mailing/print.pdf?what=all&{keys}").content
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    assert "济南历下恒信五金商行" in pages[-1].replace("\n", "")
    assert len(pages) > len(PdfReader(io.BytesIO(client.get(f"/mailing/print.pdf?what=labels&{keys}").content)).pages)
    assert Record.objects.filter(kind="export.papers").count() == 1
    assert Record.objects.filter(kind="export.list").count() == 1
    order = gets(dossier, "N", 11)
    assert client.get(f"/mailing/print.pdf?r={order.pk}").status_code == 404, "another bureau's"


def test_labels_hold_what_is_long_on_as_many_sheets_as_are_needed() -> None:
    label = Label("很长的企业名称" * 9, "山东省济南市历城区" * 12, "张三 0531-88888888 收", "寄件人：省局", "内件：1号")
    read = PdfReader(io.BytesIO(sheet([label] * (ON_A_SHEET + 1))))
    assert len(read.pages) == 2
    assert read.pages[1].extract_text().count("内件") == 1


def sent(client: Client, rows: list[dict[str, str]]) -> Import:
    """A sheet of the mail service, looked at."""
    out = io.StringIO()
    writer = csv.DictWriter(out, ["运单号", "最新状态", "签收时间", "签收人", "原因"], restval="")
    writer.writeheader()
    writer.writerows(rows)
    file = SimpleUploadedFile("投递.csv", out.getvalue().encode("gb18030"), "text/csv")
    page = client.get("/imports/mail_receipts/")
    answer = client.post("/imports/mail_receipts/", {"file": file, "as_post": str(page.wsgi_request.desk_post.pk)})
    assert answer.status_code == 302, answer.content.decode()
    return Import.objects.get(pk=answer["Location"].split("/")[3])


def taken(client: Client, found: Import, **more: str) -> Any:
    """The sheet, taken."""
    page = client.get(f"/imports/of/{found.pk}/")
    return client.post(f"/imports/of/{found.pk}/", {"as_post": str(page.wsgi_request.desk_post.pk)} | more)


def test_receipts_from_the_sheet_of_the_mail_service_start_the_clocks(
    dossier: Dossier, client_of: Callable[[str], Client]
) -> None:
    """Article 35, with a page of the sheet as proof in the file of the case; other mail in the sheet is left aside."""
    client = client_of("province")
    posted(client, {gets(dossier, "S"): NUMBERS[0], gets(dossier, "N"): NUMBERS[1]})
    rows = [
        {"运单号": NUMBERS[0], "最新状态": "已妥投（本人签收）", "签收时间": "2024/6/7 10:22", "签收人": "陈明"},
        {"运单号": NUMBERS[1], "最新状态": "退回妥投", "签收时间": "2024-06-08 09:00:00", "原因": "原址查无此单位"},
        {"运单号": "9999999999999", "最新状态": "妥投", "签收时间": "2024-06-08"},
    ]
    found = sent(client, rows)
    text = text_of(client.get(f"/imports/of/{found.pk}/"))
    assert "2024-06-22" in text, "the period that begins is told beforehand"
    assert "与本单位寄出的文书无关" in text
    assert not Deadline.objects.filter(rule="D35").exists()
    assert taken(client, found).status_code == 302
    window = Deadline.objects.get(dossier=dossier, rule="D35")
    assert (window.label, window.started_on, window.due_on) == ("S", date(2024, 6, 7), date(2024, 6, 22))
    served, back = (one.services.get() for one in (gets(dossier, "S"), gets(dossier, "N")))
    assert (served.outcome, served.received_by, served.receipt.files.get().name) == (
        "served", "陈明", f"邮件投递记录{NUMBERS[0]}.pdf"
    )  # fmt: skip
    assert (back.outcome, back.returned_reason, back.returned_on) == ("returned", "原址查无此单位", date(2024, 6, 8))
    again = sent(client, rows)
    assert "已经登记" in text_of(client.get(f"/imports/of/{again.pk}/"))
    taken(client, again)
    assert dossier.entries.filter(act="result_notice.record_receipt").count() == 1


def test_a_wrong_line_says_why_and_the_good_ones_can_be_taken(
    dossier: Dossier, client_of: Callable[[str], Client]
) -> None:
    client = client_of("province")
    posted(client, {gets(dossier, "S"): NUMBERS[0], gets(dossier, "N"): NUMBERS[1]})
    found = sent(
        client,
        [
            {"运单号": NUMBERS[0], "最新状态": "签收", "签收时间": "2024-06-07"},
            {"运单号": NUMBERS[1], "最新状态": "签收", "签收时间": "2024-06-01"},
        ],
    )
    text = text_of(client.get(f"/imports/of/{found.pk}/"))
    assert "早于交寄日期" in text
    assert taken(client, found).status_code == 422
    assert not Service.objects.filter(outcome="served").exists()
    assert taken(client, found, only_good="1").status_code == 302
    assert Service.objects.get(outcome="served").tracking_no == NUMBERS[0]
    later = sent(client, [{"运单号": NUMBERS[0], "最新状态": "签收", "签收时间": "2024-06-08"}])
    assert "已按另一日期登记" in text_of(client.get(f"/imports/of/{later.pk}/"))


@pytest.mark.parametrize("state", ["退回", "拒收退件", "未妥投"])
def test_what_came_back_needs_its_reason(dossier: Dossier, client_of: Callable[[str], Client], state: str) -> None:
    client = client_of("province")
    posted(client, {gets(dossier, "S"): NUMBERS[0]})
    found = sent(client, [{"运单号": NUMBERS[0], "最新状态": state, "签收时间": "2024-06-07"}])
    assert "没有写退回原因" in text_of(client.get(f"/imports/of/{found.pk}/"))


def test_letters_are_the_bureaus_own(dossier: Dossier, client_of: Callable[[str], Client]) -> None:
    """Another bureau's numbers are none of its mail; who tests imports no receipts."""
    posted(client_of("province"), {gets(dossier, "S"): NUMBERS[0]})
    county = client_of("county")
    found = sent(county, [{"运单号": NUMBERS[0], "最新状态": "签收", "签收时间": "2024-06-07"}])
    assert "与本单位寄出的文书无关" in text_of(county.get(f"/imports/of/{found.pk}/"))
    for name in ("lab", "enterprise"):
        assert client_of(name).get("/imports/mail_receipts/").status_code == 403, name


def test_a_long_sheet_is_for_a_worker(dossier: Dossier, client_of: Callable[[str], Client]) -> None:
    """Every receipt is really tried, so that a page does few of them by itself."""
    client = client_of("province")
    lines = [
        {"运单号": str(10**12 + n), "最新状态": "签收", "签收时间": "2024-06-07"} for n in range(mail_sheets.SHORT + 1)
    ]
    short, long = sent(client, lines[1:]), sent(client, lines)
    assert not running.is_long(short)
    assert running.is_long(long)
    assert "正在逐行检查" in text_of(client.get(f"/imports/of/{long.pk}/"))
