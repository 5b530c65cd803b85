"""Cases, hand-over, notes and deputies in a real Chromium: accessible, inside their width, done by keyboard and clicks."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from spotcheck.casework import drafts, owning
from spotcheck.docket import clock
from spotcheck.parties.models import Post, User
from spotcheck.registers import absences
from spotcheck.registers.doer import Doer
from tests.administration.test_browser import _hear, _keep, _wrong
from tests.browsing import settled
from tests.desk import world as cast
from tests.desk.world import World

VIEWS = (("zh-CN", 1280, "light"), ("zh-CN", 390, "dark"), ("en-GB", 1280, "dark"), ("en-GB", 820, "light"))


@pytest.fixture
def county(site: str) -> World:
    """Two cases of li, who is away; a third in the pool; one that chen has just been handed."""
    world = cast.build()
    cast.continued()
    today = clock.today()
    for key, name in (("li", "李进"), ("qian", "钱宁"), ("chen", "陈立")):
        user = User.objects.create_user(key, password=None, full_name=name)
        since = date(2021, 1, 1)
        world.posts[key] = Post.objects.create(user=user, office=world.offices["county"], role="officer", since=since)
    cast.entitle(world, "county", "coordinates")
    made = []
    for number in ("SD-0001", "SD-0002", "SD-0003", "SD-0004"):
        days = [date.fromordinal(today.toordinal() - before) for before in (30, 14, 13, 12)]
        dossier = world.reported(number, days[0], days[1])
        world.told(dossier, "P", days[2], days[3])
        made.append(dossier)
    li, chen = world.posts["li"], world.posts["chen"]
    for dossier in (made[0], made[1], made[3]):
        owning.name_owner(dossier, li, by=li)
    owning.write_note(made[0], "企业已电话答复，周五前寄来材料。\n<b>不是粗体</b>", by=li)
    party = made[3].parties.get().pk
    drafts.keep(li, f"/dossiers/SD-0004/acts/lead/0/create/?party={party}", {"finding": ["现场发现冒用厂名的包装"]})
    owning.hand_over([owning.Handed(made[3], chen, "先催回执，再看申请书")], of=li, by=li)
    absences.record(li, first_day=today, last_day=today, deputy=world.posts["qian"], reason="培训", by=Doer(post=li))
    return world


@contextmanager
def window(world: World, site: str, browser: Browser, name: str, **options: object) -> Iterator[Page]:
    client = Client()
    client.force_login(world.posts[name].user)
    context = browser.new_context(base_url=site, timezone_id="Asia/Shanghai", **options)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site}])
    yield context.new_page()
    context.close()


def test_pages_are_accessible_and_fit(county: World, site: str, browser: Browser) -> None:
    """No violation, no scrolling sideways, no word from the console, in every look."""
    desk = f"/cases/?of={county.posts['li'].pk}"
    pages = {
        "county": ("/", "/cases/?of=pool", desk, "/dossiers/SD-0001/?tab=notes"),
        "li": ("/cases/",),
        "qian": ("/", "/cases/", "/cases/?of=pool"),
        "chen": ("/", "/dossiers/SD-0004/"),
    }
    found: list[str] = []
    for language, width, scheme in VIEWS:
        view = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, "locale": language}
        for name, addresses in pages.items():
            with window(county, site, browser, name, **view) as page:
                page.on("console", partial(_hear, found))
                for address in addresses:
                    page.goto(address)
                    settled(page)
                    found += _wrong(page, f"{language} {width} {name} {address}")
                    _keep(page, f"{language}-{width}-{name}-{address.replace('/', '_').replace('?', '-')}")
                if name == "li":
                    page.locator("input[name=chosen]").first.check()
                    page.locator("#to").select_option("pool")
                    page.locator(".chosen-cases button").click()
                    found += _wrong(page, f"{language} {width} hand over")
                    _keep(page, f"{language}-{width}-hand-over")
    assert not found, "\n".join(dict.fromkeys(found))


def test_a_desk_is_handed_over_and_answered(county: World, site: str, browser: Browser) -> None:
    """Each case to somebody of its own, one confirmation; the new owner goes on with the draft."""
    with window(county, site, browser, "li", locale="zh-CN") as page:
        page.goto("/cases/")
        page.get_by_label("SD-0001 另交给").select_option(label="钱宁")
        page.get_by_label("SD-0001 交接说明").fill("先催回执")
        page.get_by_label("SD-0002 另交给").select_option(label="放回待分")
        page.get_by_role("button", name="下一步：核对移交").press("Enter")
        expect(page.get_by_role("heading", name="移交给 钱宁")).to_be_visible()
        page.get_by_role("button", name="确认移交").press("Enter")
        expect(page.locator("#told")).to_contain_text("已移交 2 件")
    with window(county, site, browser, "qian", locale="zh-CN") as page:
        page.goto("/")
        expect(page.locator(".handovers")).to_contain_text("先催回执")
        page.get_by_role("button", name="接受").click()
        expect(page.locator(".handovers")).to_have_count(0)
        page.goto("/cases/")
        expect(page.locator(".cases .line")).to_have_count(1)
    with window(county, site, browser, "chen", locale="zh-CN") as page:
        page.goto("/dossiers/SD-0004/")
        page.get_by_role("button", name="接着填写").click()
        page.wait_for_url("**/acts/lead/0/create/**")
        expect(page.locator("[name=finding]")).to_have_value("现场发现冒用厂名的包装")
