"""The desk in a real Chromium: accessible, inside its width, without a word from the console; and by keyboard alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from spotcheck.docket import clock
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Dossier
from tests.browsing import settled
from tests.desk import world as cast
from tests.desk.world import World

VIEWS = (("zh-CN", 1280, "light"), ("zh-CN", 390, "dark"), ("en-GB", 1280, "dark"), ("en-GB", 820, "light"))


class Desk:
    """A site with a few dossiers, and who may sign in."""

    def __init__(
        self, site: str, world: World, dossier: Dossier, names: tuple[str, ...] = ("county", "province", "lab")
    ) -> None:
        self.site = site
        self.number = dossier.number
        inspection = MATTERS["inspection"].objects.get(dossier=dossier).pk
        self.report = f"/dossiers/{dossier.number}/acts/inspection/{inspection}/issue_report/"
        self.cookies = {name: self._cookie(world, name) for name in names}

    @staticmethod
    def _cookie(world: World, name: str) -> str:
        client = Client()
        client.force_login(world.posts[name].user)
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    def context(self, browser: Browser, name: str, **options: object) -> BrowserContext:
        """A browser window of somebody; an empty name is a stranger."""
        context = browser.new_context(**options)
        if name:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": self.cookies[name], "url": self.site}
            context.add_cookies([cookie])
        return context


@pytest.fixture
def desk(site: str) -> Desk:
    """A county with a case in rectification, another with its order due, and a lead."""
    world = cast.build()
    cast.continued()
    today = clock.today().toordinal()

    def day(before: int) -> date:
        return date.fromordinal(today - before)

    dossier = world.reported("SD-0001", day(60), day(40))
    world.told(dossier, "P", day(39), day(37))
    world.ordered(dossier, "P", "county", day(38), day(35))
    world.act(world.matter(dossier, "rectification").record_order_receipt, by="county", on=day(34))
    objection = MATTERS["objection"].new(dossier, dossier.parties.get(label="P"))
    world.act(objection.file, by="enterprise", on=day(30))
    second = world.reported("SD-0002", day(30), day(14))
    case = MATTERS["rectification"].new(second, second.parties.get(label="P"))
    world.act(case.receive_report, by="county", on=day(12))
    third = world.sampled_until_precheck("SD-0003", day(3))
    world.act(world.matter(third, "sampling").terminate_illegal, by="sampler", on=day(3), suspicion="other")
    return Desk(site, world, dossier)


@contextmanager
def heard(page: Page) -> Iterator[list[str]]:
    """What the console says: a blocked style or script would be said here."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield said


def test_pages_are_accessible_and_fit(desk: Desk, browser: Browser) -> None:
    """No serious violation, no scrolling sideways, no word from the console, in every look."""
    pages = [("", "/login/"), ("county", "/"), ("county", "/dossiers/?q=SD"), ("county", f"/dossiers/{desk.number}/")]
    pages += [
        ("province", f"/dossiers/{desk.number}/?tab=papers"),
        ("province", "/tasks/new/"),
        ("county", "/nowhere/"),
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
                    found += _wrong(page, f"{language} {width} {address}")
            found += [text for text in said if "404" not in text]
            context.close()
    assert not found, "\n".join(dict.fromkeys(found))


def _wrong(page: Page, where: str) -> list[str]:
    """What is wrong with a page as it is now."""
    found = [
        f"{where}: {violation['id']} {[node['target'] for node in violation['nodes']][:3]}"
        for violation in Axe().run(page).response["violations"]
        if violation["impact"] in {"serious", "critical"}
    ]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append(f"{where}: wider than the window")
    return found


def test_targets_are_large_enough_for_fingers(desk: Desk, browser: Browser) -> None:
    """On a touch screen buttons, links of lists and boxes are 44 pixels high."""
    boxes = "input:not([type=hidden]):not([type=checkbox]):not([type=radio])"
    small = f"""() => [...document.querySelectorAll('button, .button, select, {boxes}, .nav a, .tabs a, .chips a')]
        .filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML.slice(0, 90))"""
    context = desk.context(browser, "county", viewport={"width": 820, "height": 1180}, has_touch=True, locale="zh-CN")
    page = context.new_page()
    for address in ("/", "/dossiers/", f"/dossiers/{desk.number}/"):
        page.goto(desk.site + address)
        assert page.evaluate(small) == [], address


def test_the_desk_works_by_keyboard_alone(desk: Desk, browser: Browser) -> None:
    """/ searches, j and k move, Enter opens, ? helps, Escape closes."""
    page = desk.context(browser, "county", locale="zh-CN").new_page()
    page.goto(f"{desk.site}/dossiers/")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("SD-000")
    expect(page.locator("[data-line]")).to_have_count(3)
    page.keyboard.press("Tab")
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator(".line.chosen .line-number")).to_have_text("SD-0002")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()
    page.keyboard.press("k")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/dossiers/SD-0002/")


def test_an_act_stands_on_its_line(desk: Desk, browser: Browser) -> None:
    """By ``a`` or a click its form opens over the start page, and offers to go on to the next line."""
    page = desk.context(browser, "county", locale="zh-CN").new_page()
    page.goto(desk.site)
    act, sheet = page.locator(".line-act").first, page.locator("#sheet")
    expect(act).to_be_visible()
    page.keyboard.press("a")
    expect(sheet.locator("#sheet-title")).to_have_text(act.inner_text())
    expect(sheet.get_by_role("button", name="办完，下一件")).to_be_visible()
    assert _wrong(page, "act of a line") == []


def test_a_key_that_meets_the_answer_of_a_search_goes_on_from_the_line_chosen(desk: Desk, browser: Browser) -> None:
    """The lines have come back and the chosen one is not marked yet: j goes to the next, not to the first."""
    page = desk.context(browser, "county", locale="zh-CN").new_page()
    page.goto(f"{desk.site}/dossiers/")
    lines = page.locator("[data-line]")
    third = lines.nth(2).locator(".line-number").inner_text()
    page.evaluate("htmx.config.defaultSettleDelay = 60000")  # the moment between, as long as we need it
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.evaluate("htmx.trigger('form[data-filters]', 'submit')")
    expect(page.locator(".line.chosen")).to_have_count(0)
    page.keyboard.press("j")
    expect(page.locator(".line.chosen .line-number")).to_have_text(third)


def test_an_act_is_refused_and_then_done_in_the_sheet(desk: Desk, browser: Browser) -> None:
    """The refusal stands in the sheet with its article and has the focus; what was typed stays; then it is done."""
    page = desk.context(browser, "county", locale="zh-CN").new_page()
    with heard(page) as said:
        page.goto(f"{desk.site}/dossiers/{desk.number}/")
        page.get_by_role("link", name="申请复查").click()
        sheet = page.locator("#sheet")
        expect(sheet).to_be_visible()
        assert _wrong(page, "sheet") == []
        sheet.get_by_label("备注").fill("来函收讫")
        sheet.get_by_role("button", name="申请复查").click()
        expect(sheet.get_by_role("alert")).to_contain_text("第四十四条")
        expect(sheet.get_by_role("alert")).to_be_focused()
        expect(sheet.get_by_label("备注")).to_have_value("来函收讫")
        sheet.get_by_role("checkbox").check()
        sheet.get_by_label("不能提交文件的原因").fill("原件由镇街留存")
        sheet.get_by_role("button", name="申请复查").click()
        expect(page.locator("#told")).to_contain_text("已申请复查")
    assert [text for text in said if "409" not in text] == []


def test_why_this_day_opens_over_the_page(desk: Desk, browser: Browser) -> None:
    """The explanation comes into the sheet, accessible, and Escape closes it."""
    page = desk.context(browser, "county", locale="zh-CN").new_page()
    page.goto(f"{desk.site}/dossiers/{desk.number}/")
    page.get_by_role("link", name="为什么是这天？").first.click()
    expect(page.locator("#sheet")).to_contain_text("起算当日不计入")
    page.locator("#sheet .days summary").click()
    assert _wrong(page, "why") == []
    page.keyboard.press("Escape")
    expect(page.locator("#sheet")).to_be_hidden()


def test_a_row_can_be_added_to_the_results(desk: Desk, browser: Browser) -> None:
    """The table of a report grows by a row with names of its own, empty and ready to be written in."""
    page = desk.context(browser, "lab", locale="zh-CN").new_page()
    page.goto(f"{desk.site}{desk.report}")
    page.locator("[name='items-0-name']").fill("导体电阻")
    rows = page.locator(".results tbody tr").count()
    page.locator("[data-add-row]").click()
    added = page.locator(f"[name='items-{rows}-name']")
    expect(added).to_be_focused()
    expect(added).to_have_value("")
