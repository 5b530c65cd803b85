"""The core of the sampler's application, in a real Chromium: each test stands in ``web/tests`` and is run by its name."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from spotcheck.wiring.machine import fieldapp
from tests.field.serving import serving

SOURCE = fieldapp.HOME / "tests" / "core.ts"
NAMES = re.findall(r'^check\("([^"]+)"', SOURCE.read_text(encoding="utf-8"), re.MULTILINE)


@contextmanager
def with_tests(folder: Path) -> Iterator[str]:
    """Where a page is that knows the tests; its policy is the application's."""
    name = fieldapp.bundle([SOURCE], folder, fieldapp.tools())[SOURCE.name]
    (folder / "index.html").write_text(
        f'<!doctype html><title>core</title><script type="module" src="{name}"></script>'
    )
    shutil.copytree(fieldapp.HOME / "vectors", folder / "vectors")
    with serving(folder) as server:
        yield f"{server.address}/field/"


@pytest.fixture(scope="module")
def core(any_browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Such a page."""
    with with_tests(tmp_path_factory.mktemp("core") / "built") as address:
        context = any_browser.new_context(timezone_id="America/New_York")  # the day is Shandong's all the same
        page = context.new_page()
        page.goto(address)
        yield page
        context.close()


@pytest.mark.parametrize("name", NAMES)
def test_of_the_core(core: Page, name: str) -> None:
    core.evaluate("(name) => run(name)", name)
