"""Papers in a real Chromium: served with their proof, looked at before they are issued, accessible in every look."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from spotcheck.docket import clock
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Deadline, Entry, Party
from spotcheck.notices.models import Paper, Recipient
from tests.browsing import settled
from tests.desk import world as cast
from tests.desk.test_browser import VIEWS, Desk, _wrong, heard
from tests.notices.scans import scanned

BOTH = (("S", Party.Role.SELLER, "shop"), ("N", Party.Role.NOMINAL_PRODUCER, "cable"))


@pytest.fixture
def desk(site: str) -> Desk:
    """Form 7 is on its way to seller and producer; Licheng has the report and owes its order."""
    world = cast.build()
    cast.continued()
    today = clock.today().toordinal()

    def day(before: int) -> date:
        return date.fromordinal(today - before)

    dossier = world.reported("SD-0001", day(30), day(12), *BOTH)
    for label in ("S", "N"):
        world.act(world.matter(dossier, "result_notice", label).send, by="province", on=day(11))
    case = MATTERS["rectification"].new(dossier, dossier.parties.get(label="N"))
    world.act(case.receive_report, by="county", on=day(2))
    world.sampled_until_precheck("SD-0002", day(2))
    return Desk(site, world, dossier, names=("county", "province", "lab", "sampler"))


@pytest.fixture
def slip(tmp_path: Path) -> Path:
    """A scanned postal slip."""
    found = tmp_path / "回执.pdf"
    found.write_bytes(scanned())
    return found


def service_of(label: str) -> str:
    """Where the service of Form 7 on a party is recorded."""
    recipient = Recipient.objects.get(paper__form=7, party__label=label)
    return f"/dossiers/SD-0001/papers/{recipient.paper_id}/service/{recipient.pk}/"


def test_serving_form_7_from_the_desk_starts_the_clock_of_that_party_only(
    desk: Desk, browser: Browser, slip: Path
) -> None:
    """From the list of papers to the running clock; a refusal keeps the file; the other party's window stays shut."""
    page = desk.context(browser, "province", locale="zh-CN").new_page()
    with heard(page) as said:
        page.goto(f"{desk.site}/dossiers/SD-0001/?tab=papers")
        page.locator(".recipients li", has_text="济南历下恒信五金商行").filter(has_text="未送达").get_by_role(
            "link"
        ).click()
        page.get_by_label("邮寄送达").check()
        page.get_by_label("已经送到，同时登记收到").check()
        expect(page.get_by_label("送达人（两名）")).to_be_hidden()
        yesterday = date.fromordinal(clock.today().toordinal() - 1).isoformat()
        page.get_by_label("交寄（交付）日期").fill(yesterday)
        page.get_by_label("收到日期").fill(yesterday)
        page.get_by_label("收到日期").blur()
        expect(page.locator("#ahead")).to_contain_text(yesterday)
        expect(page.locator("#ahead")).to_contain_text("提出书面异议")
        page.get_by_label("送达凭证").set_input_files(slip)
        page.get_by_role("button", name="登记送达").click()
        expect(page.locator("#service")).to_contain_text("邮寄送达须填写邮件号码")
        expect(page.get_by_label("邮件号码")).to_be_focused()
        assert page.evaluate("document.querySelector('#f-proof').files.length") == 1
        page.get_by_label("邮件号码").fill("EMS 1123 4456 7CN")
        page.get_by_role("button", name="登记送达").click()
        expect(page.locator("#told")).to_contain_text("已登记收到")
        expect(page.locator(".started")).to_contain_text("提出书面异议")
        assert _wrong(page, "served") == []
    assert [text for text in said if "422" not in text] == []
    assert [(d.label, d.started_on.isoformat()) for d in Deadline.objects.filter(rule="D35")] == [("S", yesterday)]


def test_a_paper_is_looked_at_before_it_is_issued(desk: Desk, browser: Browser) -> None:
    """In the sheet: what would be issued and what it lacks, the file in a window of its own; then it is issued."""
    page = desk.context(browser, "county", locale="zh-CN").new_page()
    with heard(page) as said:
        page.goto(f"{desk.site}/dossiers/SD-0001/")
        page.get_by_role("link", name="下达责令改正通知书").click()
        sheet = page.locator("#sheet")
        sheet.get_by_label("备注").fill("当面送交")
        sheet.get_by_role("button", name="预览文书").click()
        expect(sheet.locator("#previewed")).to_contain_text("产品质量监督抽查责令改正通知书")
        expect(sheet.locator("#previewed")).to_contain_text("还缺")
        assert _wrong(page, "preview") == []
        with page.context.expect_page() as opened:
            sheet.get_by_role("button", name="打开预览").click()
        opened.value.close()
        assert not Paper.objects.filter(form=11).exists()
        expect(sheet.get_by_label("备注")).to_have_value("当面送交")
        sheet.get_by_role("button", name="下达责令改正通知书", exact=True).click()
        expect(page.locator("#told")).to_contain_text("已下达责令改正通知书")
    assert said == []
    assert Paper.objects.filter(form=11).count() == 1
    assert Entry.objects.get(act="rectification.issue_order").facts["remark"] == "当面送交"


def test_pages_of_papers_are_accessible_and_fit(desk: Desk, browser: Browser) -> None:
    """No serious violation, no scrolling sideways, no word from the console, in every look."""
    sampling = MATTERS["sampling"].objects.get(dossier__number="SD-0002").pk
    pages = [
        ("province", "/papers/"),
        ("province", "/papers/?q=nothing"),
        ("county", "/mailing/"),
        ("province", "/mailing/"),
        ("province", "/imports/mail_receipts/"),
        ("province", "/dossiers/"),
        ("province", "/firms/"),
        ("province", f"/firms/{Party.objects.filter(dossier__number='SD-0001')[0].enterprise.credit_code}/"),
        ("province", "/dossiers/SD-0001/?tab=papers"),
        ("province", service_of("N")),
        ("province", "/dossiers/SD-0001/case-file/"),
        ("county", service_of("N")),
        ("", f"/p/{Paper.objects.filter(form=7)[0].code}"),
        ("sampler", f"/dossiers/SD-0002/acts/sampling/{sampling}/complete_sampling/particulars/"),
    ]
    found = []
    for language, width, scheme in VIEWS:
        for name in {name for name, _address in pages}:
            context = desk.context(
                browser, name, locale=language, viewport={"width": width, "height": 900}, color_scheme=scheme
            )
            page = context.new_page()
            with heard(page) as said:
                for address in [address for who, address in pages if who == name]:
                    page.goto(desk.site + address)
                    settled(page)
                    _open_all(page)
                    found += _wrong(page, f"{language} {width} {address}")
            found += said
            context.close()
    assert not found, "\n".join(dict.fromkeys(found))


def _open_all(page: Page) -> None:
    """Unfold what is folded, and choose what brings further fields."""
    page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true; })")
    for box in page.locator("input[name=at_once], input[value=left]").all():
        box.check()


def test_the_register_is_used_by_keyboard_and_tablet(desk: Desk, browser: Browser) -> None:
    """/ searches, j chooses, Enter opens the paper in its dossier; on a tablet everything is large enough."""
    page = desk.context(browser, "province", locale="zh-CN").new_page()
    page.goto(f"{desk.site}/papers/")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("检验结果")
    expect(page.locator("[data-line]")).to_have_count(2)
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/dossiers/SD-0001/?tab=papers#paper-*")
    small = """() => [...document.querySelectorAll('button, .button, select, .actions a, .small-link, .filters input')]
        .filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML.slice(0, 90))"""
    tablet = desk.context(
        browser, "province", viewport={"width": 820, "height": 1180}, has_touch=True, locale="zh-CN"
    ).new_page()
    for address in ("/papers/", "/dossiers/SD-0001/?tab=papers", service_of("N")):
        tablet.goto(desk.site + address)
        assert tablet.evaluate(small) == [], address
