"""The sampler's application in a real Chromium: it starts without a network, and waits with a new version until it is let."""

import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from spotcheck.tablet import pages
from tests.field.serving import serving

pytestmark = pytest.mark.usefixtures("built")


def _is_offline_ready(page: Page) -> None:
    page.evaluate("navigator.serviceWorker.ready.then((r) => r.active.state)")
    page.reload()
    assert page.evaluate("navigator.serviceWorker.controller !== null")


def test_it_starts_without_a_network(page: Page) -> None:
    """From the real site, with its headers."""
    page.goto("/field/")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("现场抽样")
    _is_offline_ready(page)
    page.context.set_offline(offline=True)
    page.reload()
    expect(heading).to_have_text("现场抽样")
    page.get_by_role("button", name="English").click()
    expect(heading).to_have_text("Sampling on site")
    assert page.evaluate("document.documentElement.lang") == "en"


def test_a_device_that_lacks_something_is_told_before_a_visit(window: BrowserContext) -> None:
    page = window.new_page()
    page.add_init_script("delete Navigator.prototype.locks; delete window.OffscreenCanvas;")
    with serving(pages.BUILT) as server:
        page.goto(f"{server.address}/field/")
        expect(page.get_by_role("alert")).to_contain_text("还缺：单一发送锁、图片处理")
        assert Axe().run(page).response["violations"] == []


def test_a_new_version_waits_until_it_is_let(window: BrowserContext, tmp_path: Path) -> None:
    """And files that it shares with the one before are not fetched again."""
    shutil.copytree(pages.BUILT, tmp_path, dirs_exist_ok=True)
    worker = (tmp_path / "sw.js").read_text(encoding="utf-8")
    page = window.new_page()
    with serving(tmp_path) as server:
        page.goto(f"{server.address}/field/")
        _is_offline_ready(page)
        (old,) = page.evaluate("caches.keys()")
        new = "field-0000000000000000"
        server.seen.clear()
        (tmp_path / "sw.js").write_text(worker.replace(old.removeprefix("field-"), new.removeprefix("field-")))
        page.evaluate("navigator.serviceWorker.getRegistration('/field/').then((r) => r.update()).then(() => 1)")
        waiting = page.get_by_role("status").filter(has_text="新版本已就绪")
        expect(waiting).to_be_visible()
        assert not [path for _, path in server.seen if "/main-" in path]
        page.reload()  # which is not consent
        expect(waiting).to_be_visible()
        assert set(page.evaluate("caches.keys()")) == {old, new}
        with page.expect_navigation():
            page.get_by_role("button", name="现在更新").click()
        expect(waiting).to_have_count(0)
        assert page.evaluate("caches.keys()") == [new]


def test_a_version_that_is_not_whole_is_not_taken(window: BrowserContext, tmp_path: Path) -> None:
    shutil.copytree(pages.BUILT, tmp_path, dirs_exist_ok=True)
    page = window.new_page()
    with serving(tmp_path) as server:
        page.goto(f"{server.address}/field/")
        _is_offline_ready(page)
        worker = (tmp_path / "sw.js").read_text(encoding="utf-8")
        (tmp_path / "sw.js").write_text(worker.replace("/field/licences.txt", "/field/main-MISSING0.js"))
        page.evaluate("navigator.serviceWorker.getRegistration('/field/').then((r) => r.update()).then(() => 1)")
        page.wait_for_timeout(500)
        assert page.evaluate("navigator.serviceWorker.getRegistration('/field/').then((r) => r.waiting === null)")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("现场抽样")
