"""A passkey in a real browser: it proves inside the form of an act, and in the dialog of a session that is over."""

import os
import time
from importlib import import_module
from pathlib import Path

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from playwright.sync_api import Browser, Page, expect

from spotcheck.docket.models import Entry
from spotcheck.signin import sessions
from tests.desk.test_browser import Desk
from tests.desk.test_browser_drafts import TEXT, box, desk
from tests.desk.world import PASSWORD
from tests.signin.test_browser import with_key

__all__ = ["desk"]
KEPT = os.environ.get("SPOTCHECK_PICTURES", "")
"""A folder in which whoever looks at the pages finds them."""


def kept_session(page: Page):
    """What the site keeps of the session of this window."""
    (cookie,) = [one for one in page.context.cookies() if one["name"] == settings.SESSION_COOKIE_NAME]
    return import_module(settings.SESSION_ENGINE).SessionStore(cookie["value"])


def looked_at(page: Page, name: str) -> None:
    for width in (1280, 820, 390):
        page.set_viewport_size({"width": width, "height": 900})
        faults = Axe().run(page).response["violations"]
        assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in faults] == [], (name, width)
        assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth"), (name, width)
        if KEPT:
            page.screenshot(path=Path(KEPT) / f"{name}-{width}.png", full_page=True)


@pytest.fixture
def window(desk: Desk, browser: Browser):
    """A window in which the officer has come in, has added a passkey, and has proved himself long ago."""
    user, made = desk.post.user, []
    user.password = PBKDF2PasswordHasher().encode(PASSWORD, "salt-of-the-earth")
    user.save(update_fields=["password"])

    def make(language: str) -> Page:
        site = desk.site.replace("127.0.0.1", "localhost")  # a passkey belongs to a name
        context = browser.new_context(base_url=site, locale=language, timezone_id="Asia/Shanghai")
        made.append(context)
        page = context.new_page()
        page.clock.install()
        page.said = []
        page.on("console", lambda one: page.said.append(one.text) if "Content Security Policy" in one.text else None)
        with_key(page)
        page.goto("/login/?next=/account/factors/keys/new/")
        page.fill("[name=login]", user.username)
        page.fill("[name=password]", PASSWORD)
        page.locator("form button.main").first.click()
        page.wait_for_url("**/keys/new/")
        page.locator("#mfa_webauthn_add").click()
        page.wait_for_url(lambda address: not address.endswith("/keys/new/"))
        assert Authenticator.objects.filter(user=user, type="webauthn").count() == 1
        session = kept_session(page)
        proofs = session[AUTHENTICATION_METHODS_SESSION_KEY]
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [one | {"at": time.time() - 3600} for one in proofs]
        session.save()
        page.goto(desk.form.replace(desk.site, site))
        assert box(page).count(), (page.url, page.inner_text("body"))
        return page

    yield make
    for context in made:
        context.close()


def issued() -> str:
    return Entry.objects.get(act="rectification.issue_order").facts["remark"]


def test_a_passkey_proves_inside_the_form_of_an_act(desk: Desk, window) -> None:
    page = window("zh-CN")
    box(page).fill(TEXT)
    page.locator("[data-proof] [data-key]").click()
    page.wait_for_url("**/dossiers/SD-0001/")
    assert (issued(), page.said) == (TEXT, [])


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_a_session_that_is_over_goes_on_by_password_and_passkey(desk: Desk, window, language: str) -> None:
    """What was typed stays, and the form is sent on; whoever has just come in has proved himself."""
    page = window(language)
    with page.expect_response("**/drafts/"):
        box(page).fill(TEXT)
    expect(page.locator("[data-proof] [data-key]")).to_be_visible()
    looked_at(page, f"proof-{language}")
    session = kept_session(page)
    session[sessions.SEEN] = time.time() - sessions.OFFICER - 1
    session.save()
    page.clock.set_system_time(time.time() + 7200)  # the lid was closed: no timer has run
    page.locator("form.act-form button.main[type=submit]").click()
    dialog = page.locator("#idle")
    dialog.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(dialog.locator("[data-step-key]")).to_be_visible()
    looked_at(page, f"idle-key-{language}")
    dialog.locator("[data-step-key]").click()
    page.wait_for_url("**/dossiers/SD-0001/")
    assert (issued(), page.said) == (TEXT, [])
