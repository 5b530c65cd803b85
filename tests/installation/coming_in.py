"""Administrators and those below them in a real browser, on a machine that was installed: everybody by the pages alone.

Every page that is come to is looked at: nothing in the console, no fault of accessibility, nothing that runs out of the window,
and a picture, in both languages where a page can be asked for again (``SPOTCHECK_PICTURES`` names a folder for them).
"""

import os
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from allauth.mfa.totp.internal import auth as totp
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserType, Page, expect

from tests.browsing import settled
from tests.installation.machine import Machine

PATIENCE: Final = 120_000
"""Milliseconds for whatever a machine with much to do is to show."""
OTHER: Final = {"zh-hans": "en", "en": "zh-hans"}
WIDE, TABLET = {"width": 1440, "height": 900}, {"width": 820, "height": 1180}
_COOKIE: Final = "__Host-language"


def window(chromium: BrowserType, machine: Machine, site: str, folder: Path) -> Browser:
    """A browser that runs on the machine itself, and finds the site there."""
    wrapper = folder / "chromium"
    wrapper.write_text(f'#!/bin/sh\nexec {" ".join(machine.inside())} chromium "$@"\n')
    wrapper.chmod(0o755)
    options = ["--no-sandbox", "--disable-gpu", f"--host-resolver-rules=MAP {site} 127.0.0.1"]
    return chromium.launch(executable_path=str(wrapper), args=options)


class Somebody:
    """A person with a name, a password that he will choose, a language, and a browser of his own."""

    def __init__(self, browser: Browser, site: str, folder: Path, *, name: str, language: str) -> None:
        self.name, self.language, self.site = name, language, site
        self.password = f"Yz7#quiet-Lantern-of-{name[::-1]}"
        self.secret = self.used = ""
        self.folder = Path(os.environ.get("SPOTCHECK_PICTURES", "")) if os.environ.get("SPOTCHECK_PICTURES") else folder
        locale = {"zh-hans": "zh-CN", "en": "en-GB"}[language]
        context = browser.new_context(
            base_url=f"https://{site}",
            locale=locale,
            ignore_https_errors=True,
            viewport=WIDE,
            timezone_id="Asia/Shanghai",
        )
        context.set_default_timeout(PATIENCE)
        self.page: Page = context.new_page()
        self.troubles: list[str] = []
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on(
            "console",
            lambda said: self.troubles.append(said.text) if "Content Security Policy" in said.text else None,
        )

    def look(self, name: str, *, again: bool = True) -> None:
        """Look at the page that is shown; in the other language too, unless it cannot be asked for ``again``."""
        self._seen(name, self.language)
        if again:
            self._speak(OTHER[self.language])
            self._seen(name, OTHER[self.language])
            self._speak(self.language)

    def _seen(self, name: str, language: str) -> None:
        page = self.page
        settled(page)
        assert page.evaluate("document.documentElement.lang").lower() == language, (name, page.url)
        for shape, size in (("tablet", TABLET), ("wide", WIDE)):
            page.set_viewport_size(size)
            page.screenshot(path=self.folder / f"{self.name}-{name}-{language}-{shape}.png", full_page=True)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], (name, shape)
        faults = Axe().run(page).response["violations"]
        assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in faults] == [], name
        assert self.troubles == [], name

    def _speak(self, language: str) -> None:
        self.page.context.add_cookies([{"name": _COOKIE, "value": language, "url": f"https://{self.site}"}])
        self.page.reload()

    def send(self) -> None:
        """Send the form of the page."""
        self.page.locator("form.act-form button.main, form.stack button.main").first.click()
        self.page.wait_for_load_state()

    def comes_in(self, link: str) -> None:
        """Link, password, authenticator: the account is one's own, and nothing else could be reached before."""
        page = self.page
        page.goto(link)
        self.look("link")
        page.fill("[name=password1]", self.password)
        page.fill("[name=password2]", self.password)
        self.send()
        expect(page.get_by_role("status")).to_be_visible()
        self.look("password-set", again=False)
        page.locator("main a[href='/login/']").first.click()
        self._names_himself()
        page.wait_for_url("**/account/factors/")
        page.goto("/account/")
        page.wait_for_url("**/account/factors/")  # there is no way round it
        self.look("factors")
        page.locator("a[href='/account/factors/authenticator/']").first.click()
        page.wait_for_url("**/authenticator/")
        self.look("authenticator", again=False)
        self._types_codes(lambda: page.input_value("#authenticator_secret"), until="/codes/")
        self.look("codes")

    def comes_back(self) -> None:
        """Leave, and come in again with both factors."""
        page = self.page
        page.goto("/account/")
        page.locator("nav.account-ways form button").click()
        page.wait_for_url("**/login/")
        self._names_himself()
        page.wait_for_url("**/login/factor/**")
        self._types_codes(lambda: self.secret, until="")
        page.goto("/account/")
        expect(page.locator("main")).to_contain_text(self.name)

    def _names_himself(self) -> None:
        self.page.fill("[name=login]", self.name)
        self.page.fill("[name=password]", self.password)
        self.send()

    def _types_codes(self, secret_of, *, until: str) -> None:  # type: ignore[no-untyped-def]
        """A code is good for half a minute, which a busy machine may miss, and opens once."""
        before = urlsplit(self.page.url).path
        for _ in range(4):
            self.secret = secret_of()
            while (code := _code_of(self.secret)) == self.used:
                self.page.wait_for_timeout(500)
            self.used = code
            self.page.fill("[name=code]", code)
            self.send()
            here = urlsplit(self.page.url).path
            if here.endswith(until) if until else here != before:
                return
        raise AssertionError(self.page.inner_text("main"))

    def makes(self, name: str, called: str, office: str) -> None:
        """Register somebody new in an office."""
        page = self.page
        page.goto("/administration/")
        page.locator("a[href='/administration/new-person/']").first.click()
        page.wait_for_url("**/new-person/")
        page.select_option("[name=office]", label=office)
        for field, value in {"full_name": called, "username": name, "number": f"n-{name}"}.items():
            page.fill(f"[name={field}]", value)
        self.look("new-person", again=False)
        self.send()
        page.wait_for_url(f"**/people/{name}/")
        self.look("registered")

    def grants(self, name: str, office: str, role: str, *entitlements: str, **more: str) -> None:
        """Give somebody a post, or propose it."""
        page = self.page
        page.goto(f"/administration/people/{name}/")
        page.locator(f"a[href='/administration/posts/new/?person={name}']").click()
        page.wait_for_url("**/posts/new/**")
        page.select_option("[name=office]", label=office)
        page.select_option("[name=role]", role)
        for entitlement in entitlements:
            page.check(f"[name=entitlements][value={entitlement}]")
        for field, value in {"reason": "工作需要", **more}.items():
            page.fill(f"[name={field}]", value)
        self.look("grant", again=False)
        self.send()

    def confirms(self, name: str) -> None:
        """Confirm what another one has proposed for somebody; who was here long ago proves himself first."""
        page = self.page
        page.goto("/administration/proposals/")
        one = page.locator("article", has=page.get_by_text(name, exact=True)).locator("button[value=confirm]")
        for _ in range(2):
            self.look("proposal")
            one.click()
            page.wait_for_load_state()
            if "/again/" not in page.url:
                break
            page.fill("[name=password]", self.password)
            self.send()
        expect(page.get_by_role("status").first).to_be_visible()
        expect(one).to_have_count(0)

    def hands_link(self, name: str) -> str:
        """Issue a link, which is shown this once; the path of it."""
        page = self.page
        page.goto(f"/administration/people/{name}/")
        self.look("person")
        page.locator(f"form[action='/administration/people/{name}/link/'] button").click()
        self.look("handed", again=False)
        return urlsplit(page.input_value("#link")).path


def _code_of(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
