"""旧案 in a real browser: brought in by one, confirmed by another, nothing that axe knows, two languages."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from spotcheck.docket import clock
from spotcheck.parties.models import Enterprise
from spotcheck.takeover.columns import EXAMPLES
from tests.registers import conftest as registers
from tests.registers.test_firm_sheets import code
from tests.registers.test_sheets_of_registers import sheet
from tests.takeover.conftest import HEAD, line

KEPT = os.environ.get("SPOTCHECK_PICTURES", "")
"""A folder in which whoever looks at the pages finds them."""


@pytest.fixture
def cookies(site: str) -> dict[str, str]:
    """The cast of a province in which a county has a firm; who is signed in."""
    found = {}
    with clock.simulated(datetime.now(UTC).astimezone(clock.SHANDONG).date()):
        people = registers.build()
        Enterprise.objects.create(
            name="松烟岭电缆厂", credit_code=code(1), registered_place="370102", actual_place="370102"
        )
        for name in ("wang", "zhou"):
            client = Client()
            client.force_login(people.user(name))
            found[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return found


def window(browser: Browser, site: str, cookie: str, language: str, width: int) -> BrowserContext:
    view = {"viewport": {"width": width, "height": 900}, "locale": language, "timezone_id": "Asia/Shanghai"}
    context = browser.new_context(base_url=site, **view)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
    return context


def wrong(page: Page, where: str) -> list[str]:
    page.wait_for_load_state("networkidle")
    if KEPT:
        page.screenshot(path=Path(KEPT) / f"{where}.png", full_page=True)
    found = [f"{where}: {one['id']}" for one in Axe().run(page).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return [*found, f"{where}: wider than the window"] if wide else found


def test_one_brings_a_sheet_in_and_another_confirms_it(site: str, browser: Browser, cookies: dict[str, str]) -> None:
    content = sheet(HEAD, *[line(place) for place in range(1, len(EXAMPLES) + 1)])
    found: list[str] = []
    with window(browser, site, cookies["wang"], "zh-CN", 1440) as context:
        page = context.new_page()
        page.goto("/old-cases/")
        found += wrong(page, "zh-1440-empty")
        page.get_by_role("link", name="移入旧案").click()
        page.set_input_files("#f-file", {"name": "旧案.csv", "mimeType": "text/csv", "buffer": content})
        page.get_by_role("button", name="检查").click()
        expect(page.get_by_text("由省局另一位监管人员在“旧案”页确认后写入")).to_be_visible()
        expect(page.get_by_role("button", name="导入", exact=True)).to_have_count(0)
        found += wrong(page, "zh-1440-look")
    with window(browser, site, cookies["zhou"], "zh-CN", 820) as context:
        page = context.new_page()
        page.goto("/old-cases/")
        page.get_by_role("link", name="旧案.csv").click()
        page.get_by_role("button", name="导入", exact=True).click()
        expect(page.get_by_text("已导入。")).to_be_visible()
        page.get_by_role("link", name="旧案.csv").click()
        found += wrong(page, "zh-820-done")
        expect(page.get_by_role("button", name="撤销这次导入")).to_be_visible()
    for language, width in (("zh-CN", 1440), ("en-GB", 820)):
        with window(browser, site, cookies["wang"], language, width) as context:
            page = context.new_page()
            for name, address in (("list", "/old-cases/"), ("file", "/dossiers/旧CC2025-0009/?tab=entries")):
                answer = page.goto(address)
                assert answer is not None
                assert answer.status == 200, address
                found += wrong(page, f"{language}-{width}-{name}")
    with window(browser, site, cookies["wang"], "zh-CN", 820) as context:
        page = context.new_page()
        page.goto("/old-cases/")
        page.get_by_role("link", name="登记收到").first.click()
        expect(page).to_have_url(re.compile("record_order_receipt"))
    assert found == []
