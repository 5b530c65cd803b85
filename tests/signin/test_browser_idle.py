"""A session that comes to its end in a real browser: told in time, signed in again without leaving, the form goes on."""

import os
import time
from importlib import import_module
from pathlib import Path

import pytest
from allauth.mfa.totp.internal import auth as totp
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client
from playwright.sync_api import Page, Route, expect

from spotcheck.docket.models import Entry
from spotcheck.signin import sessions
from tests.desk.test_browser import Desk
from tests.desk.test_browser_drafts import TEXT, box, desk, send, window
from tests.desk.world import PASSWORD

__all__ = ["desk", "window"]
KEPT = os.environ.get("SPOTCHECK_PICTURES", "")
"""A folder in which whoever looks at the pages finds them."""


@pytest.fixture
def password(desk: Desk) -> str:
    """The officer's, hashed as the site's own process does it; the session of before stays one of his."""
    user = desk.post.user
    user.password = PBKDF2PasswordHasher().encode(PASSWORD, "salt-of-the-earth")
    user.save(update_fields=["password"])
    client = Client()
    client.force_login(user)
    desk.cookies["county"] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return PASSWORD


def let_rest(desk: Desk, page: Page, left: int) -> None:
    """The session has rested so long that so many seconds are left."""
    (cookie,) = [one for one in page.context.cookies() if one["name"] == settings.SESSION_COOKIE_NAME]
    store = import_module(settings.SESSION_ENGINE).SessionStore(cookie["value"])
    store[sessions.SEEN] = time.time() - sessions.OFFICER + left
    store.save()


def looked_at(page: Page, name: str) -> None:
    faults = Axe().run(page).response["violations"]
    assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in faults] == [], name
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth"), name
    if KEPT:
        page.screenshot(path=Path(KEPT) / f"idle-{name}-{page.viewport_size['width']}.png")


def over_in(page: Page, minutes: int) -> None:
    page.clock.fast_forward(minutes * 60 * 1000)


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_is_lost_when_nobody_was_there(desk: Desk, password: str, window: Page, width: int) -> None:
    secret = totp.generate_totp_secret()
    window.set_viewport_size({"width": width, "height": 820})
    window.clock.install()
    window.goto(desk.form)
    dialog = window.locator("#idle")
    with window.expect_response("**/drafts/"):
        box(window).fill(TEXT)
    # two minutes before: Esc says that somebody is there
    let_rest(desk, window, 100)
    over_in(window, 13)
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("button", name="继续工作")).to_be_focused()
    looked_at(window, "warning")
    window.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert box(window).input_value() == TEXT
    # over: password and second factor inside the dialog
    totp.TOTP.activate(desk.post.user, secret)
    let_rest(desk, window, -1)
    over_in(window, 31)
    expect(dialog.get_by_role("heading", name="请重新登录")).to_be_visible()
    expect(dialog.locator("[name=password]")).to_be_focused()
    window.keyboard.press("Escape")
    expect(dialog).to_be_visible()  # what is behind it does not work any more
    window.keyboard.type("wrong")
    window.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("账号或者密码不对")
    expect(dialog.locator("[name=password]")).to_be_focused()
    looked_at(window, "over")
    dialog.locator("[name=password]").fill(password)
    window.keyboard.press("Enter")
    expect(dialog.locator("[name=code]")).to_be_focused()
    looked_at(window, "code")
    code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    dialog.locator("[name=code]").fill(code)
    window.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    assert box(window).input_value() == TEXT
    # and the form, with the token that it had before, is taken
    send(window)
    window.wait_for_url("**/dossiers/SD-0001/")
    assert Entry.objects.get(act="rectification.issue_order").facts["remark"] == TEXT


def test_a_form_that_was_sent_too_late_goes_on_afterwards(desk: Desk, password: str, window: Page) -> None:
    window.clock.install()
    window.goto(desk.form)
    with window.expect_response("**/drafts/"):
        box(window).fill(TEXT)
    let_rest(desk, window, -1)
    window.clock.set_system_time(time.time() + 7200)  # the lid was closed: no timer has run
    asked: list[str] = []

    def late(route: Route) -> None:
        """On a slow line nobody asks twice: a second step would be drawn over what is being typed into the first."""
        asked.append(route.request.url)
        time.sleep(1)
        route.continue_()

    window.route(lambda url: "afresh=1" in url, late)
    send(window)
    dialog = window.locator("#idle")
    expect(dialog.locator("[name=password]")).to_be_focused()
    assert len(asked) == 1
    assert Entry.objects.filter(act="rectification.issue_order").count() == 0
    window.keyboard.type(password)
    window.keyboard.press("Enter")
    window.wait_for_url("**/dossiers/SD-0001/")
    assert Entry.objects.get(act="rectification.issue_order").facts["remark"] == TEXT
