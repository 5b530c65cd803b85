"""The other ways in, in a real browser: recovery codes, locks and their end, forgotten passwords, the single sign-on.

One site for all of them, with a mail server and a provider of the single sign-on in processes of their own; in both languages,
and every page that is come to is looked at (``test_browser.look``).
"""

import os
import re
import secrets
from datetime import date
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
import redis
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import override_settings
from playwright.sync_api import Page, expect

from spotcheck.docket import deliveries
from spotcheck.docket.models import Record
from spotcheck.network import mail
from spotcheck.parties.models import Office, Post, StaffNumber, User
from spotcheck.signin import letters, locks
from spotcheck.wiring.machine.devservices import free_port
from tests import sites
from tests.signin import test_browser
from tests.signin.conftest import CLAIMS
from tests.signin.test_browser import code_of, pages
from tests.smtp import MailServer

__all__ = ["pages"]
PASSWORD, NEW = "Yz7#quiet-Lantern", "Blue.Kettle-9-harbour"
LANGUAGES = ("zh-CN", "en-US")
KEPT = os.environ.get("SPOTCHECK_PICTURES", "")
"""A folder in which whoever looks at the pages finds them."""


class Somebody(NamedTuple):
    """A person and the secret of his authenticator."""

    user: User
    secret: str


@pytest.fixture(scope="module")
def letters_of():
    """The mail server that the site and its worker send to."""
    running = MailServer()
    with running, override_settings(MAIL=mail.server_of(running.address, password_file="", sender="site@example.org")):
        yield running
        running.shutdown()


@pytest.fixture(scope="module")
def site(django_db_blocker, tmp_path_factory, provider, letters_of, _collected_static):
    """An installation with mail and single sign-on."""
    folder, port = tmp_path_factory.mktemp("site"), free_port()
    (folder / "secret").write_text("the-secret\n")
    address = f"http://localhost:{port}"
    with django_db_blocker.unblock(), sites.fresh_database() as url, override_settings(SITE_URL=address):
        environment = sites.environment_on(url) | {
            "SPOTCHECK_DEMO": "0",
            "SPOTCHECK_URL": address,
            "SPOTCHECK_MAIL": letters_of.address,
            "SPOTCHECK_MAIL_FROM": "site@example.org",
            "SPOTCHECK_SSO": f"province={provider}",
            "SPOTCHECK_SSO_CLIENT": "spotcheck",
            "SPOTCHECK_SSO_SECRET_FILE": str(folder / "secret"),
        }
        with sites.served(environment, folder / "web.log", port) as served:
            yield served


@pytest.fixture
def somebody(site):
    """Make a person of the county with an authenticator, a password that the site knows, and an address of his own."""

    def make(role: str = Post.Role.OFFICER, *entitlements: str) -> Somebody:
        name = f"p{secrets.token_hex(4)}"
        user = User.objects.create(username=name, full_name="丙", email=f"{name}@example.org")
        user.password = PBKDF2PasswordHasher().encode(PASSWORD, "salt-of-the-earth")
        user.save()
        office = Office.objects.get(code="370102")
        Post.objects.create(
            user=user, office=office, role=role, since=date(2020, 1, 1), entitlements=list(entitlements)
        )
        letters.confirm(user, user.email)
        secret = totp.generate_totp_secret()
        totp.TOTP.activate(user, secret)
        return Somebody(user, secret)

    return make


@pytest.fixture
def look(tmp_path, request):
    """Look at a page, and keep a picture of it."""
    language = request.node.callspec.params["language"]

    def at(page: Page, name: str) -> None:
        test_browser.look(page, f"{language}-{name}", Path(KEPT) if KEPT else tmp_path)

    return at


def submit(page: Page) -> None:
    page.locator("form.stack button.main").click()


def try_(page: Page, who: User, password: str) -> None:
    """Type a name and a password at the entrance."""
    page.goto("/login/")
    page.fill("[name=login]", who.username)
    page.fill("[name=password]", password)
    submit(page)


def sign_in(page: Page, who: Somebody, password: str = PASSWORD) -> None:
    """Come in with both factors; a code is good for half a minute, which a busy machine may miss."""
    try_(page, who.user, password)
    page.wait_for_url("**/login/factor/**")
    for _ in range(3):
        page.fill("[name=code]", code_of(who.secret))
        submit(page)
        page.wait_for_load_state()
        if "/login/" not in urlsplit(page.url).path:
            return
    raise AssertionError(page.inner_text("main"))


def sign_out(page: Page) -> None:
    page.goto("/account/")
    page.locator("nav.account-ways form button").click()
    page.wait_for_url("**/login/")


def is_in(page: Page, who: User) -> None:
    page.goto("/account/")
    expect(page.locator("main")).to_contain_text(who.username)


def link_in(letter_server: MailServer, to: str) -> str:
    """The address in the last letter to somebody, as the worker sends it."""
    deliveries.deliver()
    letter = [one for one in letter_server.letters if one["To"] == to][-1]
    return re.search(r"http://localhost:\d+(/account/\S+)", letter.get_content())[1]


def minutes_pass() -> None:
    """What is counted by the minute, and which codes were used, is over; nobody waits for it."""
    with redis.from_url(os.environ["REDIS_URL"]) as shared:
        shared.flushdb()


def kinds_of(user: User) -> list[str]:
    rows = Record.objects.filter(subject_type="user", subject_id=str(user.pk)).order_by("pk")
    return list(rows.values_list("kind", flat=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_recovery_code_lets_in_once(pages, somebody, look, language):
    who, page = somebody(), pages(language)
    sign_in(page, who)
    page.goto("/account/factors/codes/new/")
    look(page, "new-codes")
    submit(page)
    page.wait_for_url("**/account/factors/codes/")
    look(page, "codes")
    first, second, *rest = page.locator("textarea").input_value().split()
    assert len(rest) == 8
    sign_out(page)
    for before in ((), (first,)):
        try_(page, who.user, PASSWORD)
        page.wait_for_url("**/login/factor/**")
        look(page, "factor")
        for used in before:
            page.fill("[name=code]", used)
            submit(page)
            expect(page.get_by_role("alert")).to_be_visible()
            look(page, "used-code")
        page.fill("[name=code]", second if before else first)
        submit(page)
        page.wait_for_url(lambda url: "/login/" not in url)
        is_in(page, who.user)
        sign_out(page)
    assert "sign_in.code_failed" in kinds_of(who.user)


@pytest.mark.parametrize("language", LANGUAGES)
def test_wrong_tries_pause_then_lock_until_an_administrator_opens(pages, somebody, look, language):
    said = {"zh-CN": ("几分钟", "账号或者密码不对"), "en-US": ("few minutes", "name or the password")}[language]
    who, chief = somebody(), somebody(Post.Role.ADMINISTRATOR, "manages")
    page, office = pages(language), pages(language)
    for _ in range(5):
        try_(page, who.user, "wrong-one")
        expect(page.get_by_role("alert")).to_contain_text(said[1])
    look(page, "wrong")
    try_(page, who.user, PASSWORD)
    expect(page.get_by_role("alert")).to_contain_text(said[0])  # the right one, too, for five minutes
    look(page, "pause")
    minutes_pass()  # the counts are gone, the lines in the book stay
    for _ in range(locks.MOST - 5):
        try_(page, who.user, "wrong-one")
        expect(page.get_by_role("alert")).to_contain_text(said[1])
    minutes_pass()
    try_(page, who.user, PASSWORD)
    expect(page.get_by_role("alert")).to_contain_text(said[1])  # and nobody is told that it was right
    assert "sign_in.locked" in kinds_of(who.user)
    sign_in(office, chief)
    office.goto("/administration/")
    look(office, "locked-one")
    office.locator(f"main a[href='/administration/people/{who.user.username}/']").click()
    look(office, "locked-person")
    office.locator("a[href$='/unlock/']").click()
    office.fill("[name=reason]", "本人到场核实")
    office.locator("form.act-form button.main").click()
    office.wait_for_url(f"**/people/{who.user.username}/")
    sign_in(page, who)
    is_in(page, who.user)
    look(page, "last-times")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lock_ends_by_a_letter_to_its_owner(pages, somebody, look, letters_of, language):
    who, page = somebody(), pages(language)
    for _ in range(locks.MOST - 1):
        locks.note_failure(None, who.user.username)
    try_(page, who.user, "wrong-one")
    expect(page.get_by_role("alert")).to_be_visible()
    address = link_in(letters_of, who.user.email)
    page.goto(address)
    look(page, "unlock")
    submit(page)
    expect(page.get_by_role("status")).to_be_visible()
    look(page, "unlocked")
    page.goto(address)
    look(page, "unlock-over")
    sign_in(page, who)
    is_in(page, who.user)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_forgotten_password_is_set_by_a_letter_and_the_second_factor_stays(
    pages, somebody, look, letters_of, language
):
    who, page = somebody(), pages(language)
    page.goto("/login/")
    page.locator("a[href='/account/forgotten/']").click()
    look(page, "forgotten")
    page.fill("[name=login]", who.user.username)
    submit(page)
    expect(page.get_by_role("status")).to_be_visible()
    look(page, "asked")
    address = link_in(letters_of, who.user.email)
    page.goto(address)
    look(page, "new-password")
    page.fill("[name=password1]", "short")
    page.fill("[name=password2]", "short")
    submit(page)
    expect(page.get_by_role("alert").first).to_be_visible()
    look(page, "too-short")
    page.fill("[name=password1]", NEW)
    page.fill("[name=password2]", NEW)
    submit(page)
    look(page, "set")
    page.goto(address)
    look(page, "link-over")
    try_(page, who.user, PASSWORD)
    expect(page.get_by_role("alert")).to_be_visible()
    sign_in(page, who, NEW)
    is_in(page, who.user)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_single_sign_on_is_proved_once_and_leads_in_from_then_on(pages, somebody, look, provider, language):
    who, page = somebody(), pages(language)
    page.context.route("https://**", lambda route: route.abort())  # looks of the provider that come from far away
    subject = f"s-{language}"
    StaffNumber.objects.create(
        office=Office.objects.get(code="370102"), user=who.user, number=CLAIMS[subject]["staff_number"]
    )

    def come_by(sub: str) -> None:
        page.goto("/login/")
        page.locator("form[action*='/login/single/'] button").click()
        page.wait_for_url(f"{provider}/**")
        page.locator(f"button[name=sub][value='{sub}']").click()
        page.wait_for_url(re.compile("//localhost:"))

    page.goto("/login/")
    look(page, "entrance")
    come_by("s-number")
    look(page, "unknown")
    page.goto("/login/")
    page.locator("form[action*='/login/single/'] button").click()
    page.wait_for_url(f"{provider}/**")
    page.locator("button[value=deny]").click()
    page.wait_for_url(re.compile("//localhost:"))
    look(page, "denied")
    come_by(subject)
    page.wait_for_url("**/login/single/prove/")
    look(page, "prove")
    page.fill("[name=password]", "wrong-one")
    submit(page)
    expect(page.get_by_role("alert")).to_be_visible()
    look(page, "not-proved")
    page.fill("[name=password]", PASSWORD)
    submit(page)
    for _ in range(2):  # the second time without the password
        page.wait_for_url("**/login/factor/**")
        for _ in range(3):
            page.fill("[name=code]", code_of(who.secret))
            submit(page)
            page.wait_for_load_state()
            if "/login/" not in urlsplit(page.url).path:
                break
        is_in(page, who.user)
        sign_out(page)
        minutes_pass()  # a code opens once
        come_by(subject)
    assert kinds_of(who.user).count("sign_in.linked") == 1
