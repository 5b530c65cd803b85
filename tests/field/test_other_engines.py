"""The application on the oldest Chromium that it is for, and on WebKit, the engine of an iPad: told by scripts alone.

WebKit is Debian's own build of it, driven as the standard says (WebDriver), on a screen that nobody sees.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser

from spotcheck.tablet import pages
from spotcheck.wiring.machine.devservices import free_port
from tests.faults.crew import wait_for
from tests.field.conftest import oldest_engine
from tests.field.serving import serving
from tests.field.stand_in import StandIn
from tests.field.test_core import NAMES, with_tests
from tests.field.test_sending import program

__all__ = ["program"]
pytestmark = [pytest.mark.usefixtures("built"), pytest.mark.long]

HEADING = "return document.querySelector('h1')?.textContent ?? ''"


class WebKit:
    """A window of WebKit."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client
        self.session = self._told(client.post("/session", json={"capabilities": {"alwaysMatch": {}}}))["sessionId"]
        self._post("timeouts", {"script": 120_000})

    def goto(self, address: str) -> None:
        """Open a page."""
        self._post("url", {"url": address})

    def say(self, body: str) -> Any:
        """Run the body of an asynchronous function there."""
        script = f"const done = arguments[arguments.length - 1]; (async () => {{ {body} }})()"
        script += ".then((found) => done({ found }), (error) => done({ error: String(error) + error.stack }))"
        answer = self._post("execute/async", {"script": script, "args": []})
        assert "error" not in answer, answer["error"]
        return answer.get("found")

    def close(self) -> None:
        """Close it."""
        self.client.delete(f"/session/{self.session}")

    def _post(self, what: str, said: Any) -> Any:
        return self._told(self.client.post(f"/session/{self.session}/{what}", json=said))

    @staticmethod
    def _told(answer: httpx.Response) -> Any:
        assert answer.is_success, answer.text
        return answer.json()["value"]


@contextmanager
def running(*command: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A program for as long as the block runs."""
    with subprocess.Popen(
        command, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as child:  # noqa: S603
        try:
            yield child
        finally:
            child.terminate()


@pytest.fixture(scope="module")
def webkit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebKit]:
    """WebKit with nothing in it. ``./test --long`` has installed it where that is possible."""
    if not shutil.which("WebKitWebDriver") or not shutil.which("Xvfb"):
        pytest.skip("WebKitGTK is not here: apt-get install webkit2gtk-driver xvfb, as root")
    home = str(tmp_path_factory.mktemp("webkit"))
    told, tells = os.pipe()
    os.set_inheritable(tells, True)
    with subprocess.Popen(
        ["Xvfb", "-displayfd", str(tells), "-nolisten", "tcp"], pass_fds=[tells], stderr=subprocess.DEVNULL
    ) as screen:  # noqa: S607
        os.close(tells)
        display = os.read(told, 16).decode().strip()
        os.close(told)
        port = free_port()
        alone = {"WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"} if os.geteuid() == 0 else {}
        quiet = {
            "DISPLAY": f":{display}",
            "HOME": home,
            "XDG_DATA_HOME": home,
            "XDG_CACHE_HOME": home,
            "LIBGL_ALWAYS_SOFTWARE": "1",
        }
        with (
            running("WebKitWebDriver", f"--port={port}", **quiet, **alone),
            httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=180) as client,
        ):
            wait_for(lambda: _answers(client))
            window = WebKit(client)
            yield window
            window.close()
        screen.terminate()


def _answers(client: httpx.Client) -> bool:
    try:
        return client.get("/status").is_success
    except httpx.TransportError:
        return False


def test_the_core_on_webkit(webkit: WebKit, tmp_path: Path) -> None:
    with with_tests(tmp_path / "built") as address:
        webkit.goto(address)
        wait_for(lambda: webkit.say("return typeof globalThis.run === 'function'"))
        for name in NAMES:
            webkit.say(f"await run({name!r})")


def test_it_starts_on_webkit_without_a_server(webkit: WebKit) -> None:
    with serving(pages.BUILT) as server:
        address = f"{server.address}/field/"
        webkit.goto(address)
        wait_for(lambda: webkit.say(HEADING) in {"现场抽样", "Sampling on site"})
        webkit.say("await navigator.serviceWorker.ready")
        assert webkit.say("return document.querySelector('[role=alert]')?.textContent ?? ''") == ""
    webkit.goto(address)
    wait_for(lambda: webkit.say(HEADING) in {"现场抽样", "Sampling on site"})


def test_webkit_sends_everything_once(webkit: WebKit, program: Path) -> None:
    stand_in = StandIn(cuts=0.2)
    with serving(program, stand_in) as server:
        webkit.goto(f"{server.address}/field/")
        wait_for(lambda: webkit.say("return typeof globalThis.tablet === 'object'"))
        webkit.say("await tablet.begin()")
        for visit in range(5):
            webkit.say(f"await tablet.record('v{visit}', [700_000, 30_000, 40])")
        webkit.say("tablet.start()")
        wait_for(lambda: webkit.say("return (await tablet.left()).unsent") == 0, seconds=180)
    assert {visit: [act["seq"] for act in log] for visit, log in stand_in.acts.items()} == {
        f"v{n}": [1, 2] for n in range(5)
    }
    assert len(stand_in.files) == 15
    assert stand_in.wrong == []


def test_it_starts_on_the_oldest_chromium_without_a_server(browser: Browser) -> None:
    engine = oldest_engine()
    chromium = browser.browser_type.launch(args=[*engine.options], **engine.how)
    page = chromium.new_page(locale="zh-CN")

    def say(body: str) -> Any:
        return page.evaluate(f"async () => {{ {body} }}")

    with serving(pages.BUILT) as server:
        page.goto(f"{server.address}/field/")
        wait_for(lambda: say(HEADING) == "现场抽样")
        say("await navigator.serviceWorker.ready")
        assert say("return document.querySelector('[role=alert]')?.textContent ?? ''") == ""
    page.reload()
    wait_for(lambda: say(HEADING) == "现场抽样")
    chromium.close()
