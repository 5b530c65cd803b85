"""Fixtures of the tablet's browser side."""

import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from spotcheck.wiring.machine import fieldapp
from tests.field import oldest

_QUIET = ("--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")
_CAMERA = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")


@dataclass(frozen=True)
class Engine:
    """A Chromium, and how it is started."""

    program: str
    options: Sequence[str]
    instead_of: Sequence[str] = ()
    """What the test's tool would say by itself, and this one does not know."""

    @property
    def how(self) -> dict[str, Any]:
        """What a start is told."""
        return {"executable_path": self.program, "ignore_default_args": [*self.instead_of]}


@pytest.fixture(scope="module", params=["chromium", pytest.param("oldest", marks=pytest.mark.long)])
def engine(request: pytest.FixtureRequest) -> Engine:
    """The machine's own Chromium, and in long runs the oldest that the application is for."""
    if request.param == "oldest":
        return oldest_engine()
    return todays()


def oldest_engine() -> Engine:
    """The oldest Chromium."""
    return Engine(str(oldest.chromium()), oldest.OPTIONS, ("--headless",))


def todays() -> Engine:
    """The machine's own Chromium."""
    alone = ("--no-sandbox",) if os.geteuid() == 0 else ()
    return Engine(str(shutil.which("chromium")), (*_QUIET, *alone))


@pytest.fixture(scope="module")
def any_browser(browser: Browser, engine: Engine) -> Iterator[Browser]:
    """A browser of that engine. What the test's own tool asks of a page to press a button, an engine of 2022 has not: the
    oldest is told everything by scripts.
    """
    chromium = browser.browser_type.launch(args=[*engine.options], **engine.how)
    yield chromium
    chromium.close()


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
    engine = todays()
    chromium = browser.browser_type.launch(args=[*engine.options, *_CAMERA], **engine.how)
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
