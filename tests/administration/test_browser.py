"""The administration in a real browser: nothing that axe knows, nothing sideways, nothing in the console, two languages."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from spotcheck.api import credentials
from spotcheck.docket import clock
from spotcheck.docket.rule_sets import Document
from spotcheck.parties.models import Post, User
from spotcheck.registers import absences, links, site_rules
from spotcheck.registers.posts import Wanted, grant
from spotcheck.signin import resetting
from tests.browsing import settled
from tests.docket.test_calendar_notices import NOTICE
from tests.registers import conftest as cast
from tests.registers.conftest import People

VIEWS = (("zh-CN", 1280, "light"), ("zh-CN", 390, "dark"), ("en-GB", 1280, "dark"), ("en-GB", 820, "light"))
PAGES = {
    "ji": (
        "",
        "people/",
        "people/wang/",
        "people/wang/particulars/",
        "people/wang/number/",
        "people/wang/factor/",
        "people/wang/leave/",
        "posts/{post}/cases/",
        "posts/{post}/deputy/",
        "new-person/",
        "posts/new/?person=wang",
        "posts/{post}/end/",
        "posts/{post}/absence/",
        "proposals/",
        "absences/",
        "rights/",
        "review/",
        "book/mine/",
    ),
    "jia": (
        "offices/new/",
        "offices/370102/short-name/",
        "offices/",
        "rules/",
        "rules/notice/",
        "rules/document/",
        "proposals/",
        "programs/",
        "programs/new/",
        "first/",
        "/account/",
        "/account/sessions/",
    ),
    "yi": (),
    "yun": ("/operating/doctor/",),
    "shen": ("book/", "rights/"),
    "wang": ("absences/", "book/mine/"),
}
CUT_OFF = "[...document.querySelectorAll('.scroll')].some((part) => part.scrollWidth > part.clientWidth)"
KEPT = os.environ.get("SPOTCHECK_PICTURES", "")
"""A folder in which whoever looks at the pages finds them."""


class Office:
    """A site with the cast, some of whom may sign in."""

    def __init__(self, site: str, people: People) -> None:
        self.site, self.people = site, people
        self.cookies = {name: self._cookie(name) for name in PAGES}

    def _cookie(self, name: str) -> str:
        client = Client()
        client.force_login(self.people.user(name))
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    def context(self, browser: Browser, name: str, **options: object) -> BrowserContext:
        """A window of somebody."""
        context = browser.new_context(base_url=self.site, timezone_id="Asia/Shanghai", **options)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": self.cookies[name], "url": self.site}
        context.add_cookies([cookie])
        return context

    def address(self, tail: str) -> str:
        whole = tail.format(post=self.people.posts["wang"].pk)
        return whole if tail.startswith("/") else f"/administration/{whole}"


@pytest.fixture
def office(site: str) -> Office:
    """What waits: a proposal, an absence, rights of years ago, some lines in the book."""
    today = datetime.now(UTC).astimezone(clock.SHANDONG).date()
    with clock.simulated(today):
        people = cast.build()
        people.posts["jian"] = Post.objects.create(
            user=User.objects.create_user("jian", full_name="简 某"),
            office=people.office("370102"),
            role="administrator",
            since=date(2024, 1, 1),
            entitlements=["manages"],
        )
        county = people.office("370102")
        wanted = Wanted(people.user("xin"), county, "administrator", today, entitlements=("manages",))
        grant(wanted, by=people.by("jin"), reason="县局需要一位人员管理员")
        grant(Wanted(people.user("xin"), county, "officer", today, entitlements=("coordinates",)), by=people.by("li"))
        absences.record(
            people.posts["wang"],
            first_day=today,
            last_day=today,
            deputy=people.posts["zhao"],
            reason="参加培训",
            by=people.by("wang"),
        )
        absences.name_deputy(people.posts["sun"], people.posts["zhao"], by=people.by("li"))
        links.issue(people.user("wang"), by=people.by("li"))
        Authenticator.objects.create(user=people.user("wang"), type="totp", data={})
        Authenticator.objects.create(user=people.user("zhao"), type="totp", data={})
        resetting.reset_factor(people.user("zhao"), by=people.by("jin"), reason="手机丢失，本人到场核实")
        credentials.issue(
            people.office("YS-JY"), by=people.by("jia"), label="样品管理系统", scopes=["cases:read"], expires_on=today
        )
        document = Document(
            number="鲁市监质监字〔2026〕9号", issued_on=today, valid_from=date(2026, 5, 3), valid_until=date(2028, 5, 2)
        )
        site_rules.propose_document("continue", "SD-2021-1", document, by=people.by("yi"), reason="省局会议决定")
    return Office(site, people)


def _wrong(page: Page, where: str) -> list[str]:
    found = [
        f"{where}: {violation['id']} {[node['target'] for node in violation['nodes']][:3]}"
        for violation in Axe().run(page).response["violations"]
    ]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append(f"{where}: wider than the window")
    return found


def test_pages_are_accessible_and_fit(office: Office, browser: Browser) -> None:
    """No violation, no scrolling sideways, no word from the console, in every look."""
    found: list[str] = []
    for language, width, scheme in VIEWS:
        for name, tails in PAGES.items():
            view = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, "locale": language}
            context = office.context(browser, name, **view)
            page = context.new_page()
            page.on("console", partial(_hear, found))
            for tail in tails:
                answer = page.goto(office.address(tail))
                assert answer is not None
                assert answer.status == 200, tail
                settled(page)
                found += _wrong(page, f"{language} {width} {name} {tail}")
                if tail == "book/" and width == 820 and page.evaluate(CUT_OFF):
                    found.append(f"{language} {width} {name} {tail}: a table is cut off")
                _keep(page, f"{language}-{width}-{name}-{tail.replace('/', '_')}")
            context.close()
    assert not found, "\n".join(dict.fromkeys(found))


def _hear(found: list[str], said: ConsoleMessage) -> None:
    if said.type in {"error", "warning"}:
        found.append(said.text)


def _keep(page: Page, name: str) -> None:
    if KEPT:
        page.screenshot(path=Path(KEPT) / f"{name.partition('?')[0]}.png", full_page=True)


def test_a_link_is_issued_by_the_keyboard_alone_and_shown_once(office: Office, browser: Browser) -> None:
    page = office.context(browser, "ji", locale="zh-CN").new_page()
    page.goto(office.address("people/zhao/"))
    page.get_by_role("button", name="签发设置密码的链接").focus()
    page.keyboard.press("Enter")
    address = page.get_by_label("链接", exact=True).input_value()
    assert address.startswith(settings.SITE_URL)
    page.get_by_role("link", name="已交给本人").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("zhao")
    assert address not in page.content()


def test_a_holiday_notice_takes_two_people_and_says_what_follows(
    office: Office, browser: Browser, tmp_path: Path
) -> None:
    """One sends the file, another reads it and confirms; whoever proposed it has no button for that."""
    file = tmp_path / "2027.csv"
    file.write_text(NOTICE, encoding="utf-8")
    first = office.context(browser, "jia", locale="zh-CN").new_page()
    first.goto(office.address("rules/"))
    first.get_by_role("link", name="提请放假通知").click()
    first.get_by_label("放假通知（CSV）").set_input_files(file)
    first.get_by_label("理由").fill("国务院办公厅通知")
    first.get_by_role("button", name="提请").click()
    mine = first.locator("article", has=first.get_by_role("heading", name="放假通知 · 2027"))
    expect(mine).to_contain_text("0 项正在计算的期限改变日期")
    expect(mine.get_by_role("button", name="确认")).to_have_count(0)
    found: list[str] = []
    second = office.context(browser, "yi", locale="zh-CN", viewport={"width": 390, "height": 900}).new_page()
    second.on("console", partial(_hear, found))
    second.goto(office.address("proposals/"))
    found += _wrong(second, "a notice to be confirmed")
    waits = second.locator("article", has=second.get_by_role("heading", name="放假通知 · 2027"))
    expect(waits).to_contain_text("2027-01-01")
    waits.get_by_role("button", name="确认").click()
    expect(second.get_by_text("已确认并办理。")).to_be_visible()
    second.goto(office.address("rules/"))
    expect(second.locator("main")).to_contain_text("2027")
    assert found == []


def test_what_is_refused_says_what_would_make_it_possible(
    office: Office, browser: Browser, browser_said: Callable[[Page], str]
) -> None:
    page = office.context(browser, "ji", locale="zh-CN").new_page()
    page.goto(office.address("posts/new/?person=li&office=370100"))
    page.get_by_label("岗位", exact=True).select_option("administrator")
    page.get_by_label("审计").check()
    page.get_by_label("理由").fill("工作需要")
    page.get_by_role("button", name="授予或者提请").click()
    said = browser_said(page)
    assert "系统管理、安全管理、审计管理不得由同一人承担" in said
    assert "先终止另一项管理岗位，或者授予另一个人" in said
    assert page.get_by_label("理由").input_value() == "工作需要"


@pytest.fixture
def browser_said() -> Callable[[Page], str]:
    """What an alert on a page says."""
    return lambda page: page.locator("[role=alert]:visible").first.inner_text()
