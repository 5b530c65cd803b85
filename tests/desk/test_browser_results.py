"""Results typed in a real Chromium: judged while they are typed, recorded by the keyboard, readable on a phone."""

from datetime import date

import pytest
from playwright.sync_api import Browser, expect

from spotcheck.docket import clock
from spotcheck.inspection.models import ItemResult
from spotcheck.planning import detail_rules
from tests.desk import world as cast
from tests.desk.test_browser import Desk, _wrong, heard
from tests.inspection.conftest import HEAD, ITEMS


@pytest.fixture
def bench(site: str) -> Desk:
    """A laboratory that is testing a cable by a rule."""
    world = cast.build()
    cast.continued()
    day = date.fromordinal(clock.today().toordinal() - 3)
    rule = detail_rules.publish(detail_rules.add(HEAD, ITEMS), by=world.posts["province"])
    dossier = world.sampled("SD-0009", day)
    world.act(dossier.parent.task_set.get().choose_rule, by="province", on=day, rule=rule.pk)
    world.testing(dossier, day)
    return Desk(site, world, dossier, ("lab", "province"))


def test_results_are_judged_while_they_are_typed_and_recorded(bench: Desk, browser: Browser) -> None:
    page = bench.context(browser, "lab", locale="zh-CN", viewport={"width": 390, "height": 800}).new_page()
    with heard(page) as said:
        page.goto(f"{bench.site}/dossiers/{bench.number}/")
        page.get_by_role("link", name="登记检验结果").first.click()
        value = page.get_by_label("20℃导体电阻 实测值")
        value.fill("7.92")
        value.press("Tab")
        expect(page.locator("#judged-1")).to_contain_text("高于上限")
        value.fill("7.40")
        value.press("Tab")
        expect(page.locator("#judged-1")).to_contain_text("符合")
        assert ItemResult.objects.count() == 0
        assert _wrong(page, "results") == []
        value.press("Enter")
        expect(page.locator("#told")).to_contain_text("已登记检验结果")
        expect(page.locator("#tab")).to_contain_text("7.40")
        assert _wrong(page, "items") == []
    assert said == []
    assert ItemResult.objects.get().verdict == "pass"


def test_the_pages_of_rules_are_accessible_and_fit(bench: Desk, browser: Browser) -> None:
    rule = detail_rules.DetailRule.objects.get()
    context = bench.context(browser, "province", locale="zh-CN", viewport={"width": 390, "height": 800})
    page, found = context.new_page(), []
    with heard(page) as said:
        for address in ("/rules/", f"/rules/{rule.pk}/", "/imports/detail_rules/"):
            page.goto(f"{bench.site}{address}")
            found += _wrong(page, address)
    assert found == []
    assert said == []
