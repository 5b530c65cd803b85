"""A tablet of the world of the desk, at the real server: enrolled, with both samplers signed in."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from spotcheck.tablet import devices
from tests.desk.world import World

PINS = {"张伟": "284617", "李娜": "905173"}


def comes_in(page: Page, site: str, world: World, who: str) -> None:
    """Somebody is signed in at the site, as by its entrance."""
    client = Client()
    client.force_login(world.posts[who].user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site}])


def enrol(page: Page, site: str, world: World) -> None:
    """A tablet of the body, on which both samplers have signed in."""
    office = world.offices["sampling_body"]
    code = devices.make_code(office, by=world.posts["province"], name="外勤一号", inventory="ZC-0001")
    page.goto("/field/")
    page.get_by_label("登记码").fill(code.text)
    page.get_by_label("本机已由单位的设备管理加密").check()
    page.get_by_role("button", name="登记", exact=True).click()
    for who, name in (("lina", "李娜"), ("sampler", "张伟")):
        expect(page.get_by_role("link", name="联网登录")).to_be_visible()
        comes_in(page, site, world, who)
        page.get_by_role("link", name="联网登录").click()
        page.get_by_label("PIN", exact=True).fill(PINS[name])
        page.get_by_label("再输入一次 PIN").fill(PINS[name])
        page.get_by_role("button", name="继续").click()
        expect(page.get_by_role("heading", name="今日")).to_be_visible()
        if who == "lina":
            page.get_by_role("button", name="锁定").click()
    expect(page.get_by_role("link", name="聚氯乙烯").first).to_be_visible()
