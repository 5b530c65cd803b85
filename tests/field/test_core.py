"""The core of the sampler's application, in a real Chromium: each test stands in ``web/tests`` and is run by its name."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from spotcheck.wiring.machine import fieldapp
from tests.field.serving import serving

SOURCE = fieldapp.HOME / "tests" / "core.ts"
NAMES = re.findall(r'^check\("([^"]+)"', SOURCE.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.fixture(scope="module")
def core(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page that knows the tests; its policy is the application's."""
    folder: Path = tmp_path_factory.mktemp("core") / "built"
    name = fieldapp.bundle([SOURCE], folder, fieldapp.tools())[SOURCE.name]
    (folder / "index.html").write_text(
        f'<!doctype html><title>core</title><script type="module" src="{name}"></script>'
    )
    shutil.copytree(fieldapp.HOME / "vectors", folder / "vectors")
    with serving(folder) as server:
        context = browser.new_context(timezone_id="America/New_York")  # the day is Shandong's all the same
        page = context.new_page()
        page.goto(f"{server.address}/field/")
        yield page
        context.close()


@pytest.mark.parametrize("name", NAMES)
def test_of_the_core(core: Page, name: str) -> None:
    core.evaluate("(name) => run(name)", name)
