"""The first administrators come in, in a real browser: link, password, second factor, recovery codes, passkey."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal import auth as totp
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from spotcheck.parties.models import Office, User
from spotcheck.registers.doer import Doer
from spotcheck.registers.first import Person, first_administrators

PASSWORD = "Yz7#quiet-Lantern"
PATIENCE = 90_000
"""Milliseconds for whatever a machine with much to do is to show."""
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
WORDS = {
    "zh-CN": {"set": "设置密码", "in": "登录", "on": "启用", "add": "添加", "key": "用通行密钥登录"},
    "en-US": {
        "set": "Set a password",
        "in": "Sign in",
        "on": "Activate",
        "add": "Add",
        "key": "Sign in with a passkey",
    },
}


@pytest.fixture
def pages(browser, site):
    """A page in a language; every page it comes to is looked at."""
    made = []

    def make(language: str) -> Page:
        context = browser.new_context(
            base_url=site.replace("127.0.0.1", "localhost"),  # a passkey belongs to a name
            locale=language,
            timezone_id="Asia/Shanghai",
        )
        made.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.troubles = []
        page.on("pageerror", lambda error: page.troubles.append(str(error)))
        page.on(
            "console",
            lambda said: page.troubles.append(said.text) if "Content Security Policy" in said.text else None,
        )
        return page

    expect.set_options(timeout=PATIENCE)
    yield make
    expect.set_options(timeout=5_000)
    for context in made:
        context.close()


def look(page: Page, name: str, folder: Path) -> None:
    """No fault of accessibility, nothing that runs out of a narrow screen, no word of the other language; a picture."""
    page.set_viewport_size(NARROW)
    page.screenshot(path=folder / f"{name}-narrow.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], name
    faults = Axe().run(page).response["violations"]
    assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in faults] == [], name
    text = page.inner_text("main")
    if page.evaluate("document.documentElement.lang") == "en":
        # names of people, offices and of the other language stay as they are
        text = re.sub(r"[甲乙丙]|[一-鿿]+市场监督管理局|山东省[一-鿿]*|中文|产品质量监督抽查", "", text)
        assert not re.search(r"[一-鿿]", text), (name, text)
    else:
        assert not re.search(r"\b(the|your|code|key|password|sign)\b", text, re.IGNORECASE), (name, text)
    page.set_viewport_size(WIDE)
    page.screenshot(path=folder / f"{name}-wide.png", full_page=True)
    assert page.troubles == []


def code_of(secret: str) -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_the_first_administrator_comes_in(pages, committed_db, language, tmp_path):
    said = WORDS[language]
    assert Office.objects.filter(code="370000").exists()
    made = first_administrators(Person("jia", "甲"), Person("yi", "乙"), by=Doer(account="root"))
    page = pages(language)
    page.goto(f"/account/link/{made[0][1]}/")
    look(page, "link", tmp_path)
    page.fill("[name=password1]", PASSWORD)
    page.fill("[name=password2]", PASSWORD)
    page.get_by_role("button", name=said["set"]).click()
    look(page, "password-set", tmp_path)
    page.get_by_role("link", name=said["in"]).first.click()
    look(page, "entrance", tmp_path)
    page.fill("[name=login]", "jia")
    page.fill("[name=password]", "wrong")
    page.get_by_role("button", name=said["in"], exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    look(page, "wrong", tmp_path)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name=said["in"], exact=True).click()
    assert urlsplit(page.url).path == "/account/factors/"
    look(page, "factors", tmp_path)
    page.goto("/account/factors/authenticator/")
    look(page, "authenticator", tmp_path)
    secret = page.input_value("#authenticator_secret")
    page.fill("[name=code]", code_of(secret))
    page.locator("form.stack button.main").click()
    page.wait_for_url("**/codes/")
    look(page, "codes", tmp_path)
    for address, name in (
        ("/account/", "account"),
        ("/account/sessions/", "sessions"),
        ("/account/password/", "change"),
    ):
        page.goto(address)
        look(page, name, tmp_path)
    with_key(page)
    page.goto("/account/factors/keys/new/")
    look(page, "new-key", tmp_path)
    page.check("[name=passwordless]")
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/account/factors/")
    look(page, "keys", tmp_path)
    page.locator("nav.account-ways form button").click()
    page.wait_for_url("**/login/")
    page.locator("#passkey_login").click()
    page.wait_for_url(lambda url: "/login/" not in url)
    page.goto("/account/")
    assert "甲" in page.inner_text("main")
    assert User.objects.get(username="jia").has_usable_password()


def with_key(page: Page) -> None:
    """Put a key into the browser that says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
