"""Drafts in a real browser: another language, a session that ended, another sign-in, a page left by mistake."""

from datetime import date

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect

from spotcheck.casework import drafts
from spotcheck.casework.models import Draft
from spotcheck.docket import clock
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Entry
from tests.desk import world as cast
from tests.desk.test_browser import Desk, _wrong, heard

TEXT = "已打字三页，尚未提交"
OTHER = "另一句话"


@pytest.fixture
def desk(site: str) -> Desk:
    """A case of Licheng whose order waits to be issued."""
    world = cast.build()
    cast.continued()
    today = clock.today().toordinal()
    dossier = world.reported("SD-0001", date.fromordinal(today - 30), date.fromordinal(today - 14))
    case = MATTERS["rectification"].new(dossier, dossier.parties.get(label="P"))
    world.act(case.receive_report, by="county", on=date.fromordinal(today))
    made = Desk(site, world, dossier, names=("county",))
    made.post = world.posts["county"]
    made.form = f"{site}/dossiers/SD-0001/acts/rectification/{case.pk}/issue_order/"
    return made


@pytest.fixture
def window(desk: Desk, browser: Browser):
    context = desk.context(browser, "county", locale="zh-CN")
    page = context.new_page()
    with heard(page) as said:
        yield page
    context.close()
    assert [text for text in said if "403" not in text and "422" not in text] == []


def box(page: Page):
    return page.locator("main textarea[name=remark]")


def sign_in(context: BrowserContext, desk: Desk) -> None:
    """As somebody does who has given name and password."""
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": desk.cookies["county"], "url": desk.site}
    context.add_cookies([cookie])


def sign_out(context: BrowserContext) -> None:
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)


def send(page: Page) -> None:
    page.locator("form.act-form button.main[type=submit]").click()


def test_another_language_and_a_page_left_lose_nothing(desk: Desk, window: Page) -> None:
    """The switch is a form of its own; so is leaving and coming back. Who does not want it drops it."""
    window.goto(desk.form)
    box(window).fill(TEXT)
    window.get_by_role("button", name="English").click()
    expect(box(window)).to_have_value(TEXT)
    expect(window.locator("[data-draft]")).to_contain_text("is back")
    assert _wrong(window, "restored") == []
    window.goto(f"{desk.site}/")
    window.goto(desk.form)
    expect(box(window)).to_have_value(TEXT)
    window.locator("[data-draft-drop]").click()
    expect(box(window)).to_have_value("")
    window.reload()
    window.wait_for_load_state("networkidle")
    expect(box(window)).to_have_value("")


def test_a_session_that_ended_loses_nothing(desk: Desk, window: Page) -> None:
    """Sent without a session, the form is there again after signing in, with what was typed at the very end."""
    window.goto(desk.form)
    box(window).fill(TEXT)
    sign_out(window.context)
    box(window).fill(OTHER)
    send(window)
    window.wait_for_url("**/login/**")
    sign_in(window.context, desk)
    window.goto(f"{desk.site}/login/?next={desk.form.removeprefix(desk.site)}")
    expect(box(window)).to_have_value(OTHER)
    send(window)
    window.wait_for_url("**/dossiers/SD-0001/")
    assert Entry.objects.get(act="rectification.issue_order").facts["remark"] == OTHER
    assert not Draft.objects.exists()
    window.wait_for_load_state("networkidle")
    assert not window.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('draft '))")


def test_a_form_that_is_too_old_comes_back_filled_in(desk: Desk, window: Page) -> None:
    """Signed in again in another tab: the token is another, the page comes back by itself."""
    window.goto(desk.form)
    box(window).fill(TEXT)
    window.evaluate("document.querySelector('main [name=csrfmiddlewaretoken]').value = 'x'.repeat(64)")
    send(window)
    expect(box(window)).to_have_value(TEXT)
    assert not Entry.objects.filter(act="rectification.issue_order").exists()


def test_another_window_gets_what_was_typed(desk: Desk, window: Page, browser: Browser) -> None:
    """The window was closed, the machine is another one: the server has it."""
    window.goto(desk.form)
    with window.expect_response("**/drafts/") as kept:
        box(window).fill(TEXT)
    assert kept.value.status == 204
    context = desk.context(browser, "county", locale="zh-CN")
    other = context.new_page()
    other.goto(desk.form)
    expect(box(other)).to_have_value(TEXT)
    send(other)
    other.wait_for_url("**/dossiers/SD-0001/")
    context.close()
    assert not Draft.objects.exists()


def test_the_day_of_typing_is_not_the_day_of_the_act(desk: Desk, window: Page) -> None:
    """A day that nobody chose is today's when the form is opened again; what was typed is there."""
    before = date.fromordinal(clock.today().toordinal() - 2)
    with clock.simulated(before):
        drafts.keep(desk.post, desk.form.removeprefix(desk.site), {"remark": [TEXT], "on": [before.isoformat()]})
    window.goto(desk.form)
    expect(box(window)).to_have_value(TEXT)
    expect(window.locator("main input[name=on]")).to_have_value(clock.today().isoformat())


def test_a_double_click_is_one_act(desk: Desk, window: Page) -> None:
    window.goto(desk.form)
    box(window).fill(TEXT)
    window.locator("form.act-form button.main[type=submit]").dblclick()
    window.wait_for_url("**/dossiers/SD-0001/")
    assert Entry.objects.filter(act="rectification.issue_order").count() == 1
    window.goto(f"{desk.site}/")
    assert not Draft.objects.exists()
