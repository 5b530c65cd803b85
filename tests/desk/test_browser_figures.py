"""The figures in a real Chromium: accessible in every look, by keyboard from a number or a tile to its list."""

import re

import pytest
from playwright.sync_api import Browser, expect

from spotcheck.casework import figure_keeping
from tests.browsing import settled
from tests.desk.test_browser import VIEWS, Desk, _wrong, desk, heard

__all__ = ["desk"]


@pytest.fixture
def counted(desk: Desk) -> Desk:
    """The site with its figures counted."""
    assert figure_keeping.keep() == 3
    return desk


def test_the_pages_are_accessible_and_fit(counted: Desk, browser: Browser) -> None:
    """No serious violation, no scrolling sideways, no word from the console, in every look."""
    found = []
    for language, width, scheme in VIEWS:
        context = counted.context(
            browser, "province", locale=language, viewport={"width": width, "height": 900}, color_scheme=scheme
        )
        page = context.new_page()
        with heard(page) as said:
            for address in ("/figures/", "/figures/late/"):
                page.goto(counted.site + address)
                settled(page)
                found += _wrong(page, f"{language} {width} {address}")
        found += said
        context.close()
    assert not found, "\n".join(found)


def test_a_tile_and_a_number_open_their_lists_by_keyboard(counted: Desk, browser: Browser) -> None:
    context = counted.context(browser, "province", locale="zh-CN", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(counted.site + "/figures/")
    tile = page.get_by_role("link", name=re.compile("^历城区：已履行 1，"))
    tile.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/dossiers/?**charged=370112**")
    expect(page.locator(".found-count")).to_contain_text("1")
    page.goto(counted.site + "/figures/")
    number = page.locator(".key-figures a").first
    count = number.inner_text()
    number.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/dossiers/?kind=sample")
    expect(page.locator("a.line-number")).to_have_count(int(count))
    context.close()
