"""Fixtures of the tablet's browser side."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from spotcheck.wiring.machine import fieldapp


@pytest.fixture(scope="session")
def built() -> None:
    """The application as it is in the tree now."""
    fieldapp.provide()


@pytest.fixture
def window(browser: Browser) -> Iterator[BrowserContext]:
    """A browser in Shandong with nothing in it; whoever opens a page is told when a script fails or is refused."""
    broken: list[str] = []
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
    context.on("weberror", lambda error: broken.append(str(error.error)))
    context.on(
        "console",
        lambda message: broken.append(message.text) if "Content Security Policy" in message.text else None,
    )
    yield context
    context.close()
    assert broken == []


@pytest.fixture(scope="module")
def with_camera(browser: Browser) -> Iterator[Browser]:
    """A Chromium that has a camera."""
    options = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
    options += ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    if os.geteuid() == 0:
        options.append("--no-sandbox")
    chromium = browser.browser_type.launch(executable_path=shutil.which("chromium"), args=options)
    yield chromium
    chromium.close()


@pytest.fixture
def site_tablet(with_camera: Browser, site: str) -> Iterator[Page]:
    """A tablet with a camera."""
    context = with_camera.new_context(
        base_url=site, viewport={"width": 800, "height": 1280}, locale="zh-CN", timezone_id="Asia/Shanghai",
        permissions=["camera", "geolocation"], geolocation={"latitude": 36.6512, "longitude": 117.12009},
    )  # fmt: skip
    yield context.new_page()
    context.close()
