"""Forms in a real Chromium: what is wrong has the focus, a question appears when asked, nothing is sent twice."""

from django.conf import settings
from playwright.sync_api import Browser, expect

from spotcheck.docket.models import Dossier
from spotcheck.planning.models import Task
from tests.desk.test_browser import Desk, _wrong, desk, heard

__all__ = ["desk"]


def test_the_first_question_passed_over_has_the_focus(desk: Desk, browser: Browser) -> None:
    """It is named with its error for a screen reader, and what hangs on its answer comes and goes with it."""
    page = desk.context(browser, "province", locale="zh-CN").new_page()
    with heard(page) as said:
        page.goto(f"{desk.site}/dossiers/{desk.number}/")
        page.get_by_role("link", name="开始调查核实").click()
        sheet = page.locator("#sheet")
        expect(sheet).to_contain_text("异议类型")  # what is decided upon
        sheet.get_by_role("button", name="开始调查核实").click()
        page.get_by_role("link", name="决定组织复检").click()
        expect(sheet.get_by_label("指定的复检机构")).to_be_hidden()
        sheet.get_by_role("button", name="决定组织复检").click()
        expect(sheet.get_by_text("请选择一项。")).to_have_count(1)
        expect(sheet.get_by_role("radio").first).to_be_focused()
        expect(sheet.get_by_role("group", name="复检机构")).to_have_accessible_description("⚠ 请选择一项。")
        assert _wrong(page, "sheet") == []
        sheet.get_by_label("另选的复检机构").check()
        expect(sheet.get_by_label("指定的复检机构")).to_be_visible()
    assert [text for text in said if "422" not in text] == []


def test_a_double_click_on_a_page_opens_one_task(desk: Desk, browser: Browser) -> None:
    """The second click sends nothing, so that the page does not say that the number is taken."""
    page = desk.context(browser, "province", locale="zh-CN").new_page()
    page.goto(f"{desk.site}/tasks/new/")
    page.locator("#number").fill("RW-1")
    page.locator("#title").fill("玩具专项抽查")
    page.get_by_role("button", name="建立").dblclick()
    expect(page.locator("#told")).to_contain_text("已建立抽查任务 RW-1")
    assert Task.objects.filter(dossier__number="RW-1").count() == 1


def test_a_page_of_somebody_else_says_so(desk: Desk, browser: Browser) -> None:
    """Signed in as somebody else in another window: not the network, but the page is out of date, and so is its form."""
    number = Dossier.objects.get(number="SD-0002").number
    context = desk.context(browser, "county", locale="zh-CN")
    page = context.new_page()
    page.goto(f"{desk.site}/dossiers/{number}/")
    page.get_by_role("link", name="下达责令改正通知书").click()
    expect(page.locator("#sheet")).to_be_visible()
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": desk.cookies["lab"], "url": desk.site}])
    page.locator("#sheet .main").click()
    expect(page.locator("#sheet")).to_contain_text("没有登记任何内容")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="下达责令改正通知书").click()
    expect(page.locator("#stale")).to_be_visible()
    expect(page.locator("#broken")).to_be_hidden()
