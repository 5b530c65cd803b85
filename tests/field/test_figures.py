"""What the tablet costs, as ratios and counts of one run (``SPOTCHECK_FIGURES=FILE ./test --long tests/field``).

Milliseconds are those of the machine that ran; they are noted and held to nothing but what a slow machine keeps too.
The other figures are noted where they are tested: T2 and T12 in ``test_building.py``, T6 and T7 in ``test_whole_way.py``, T1 in ``test_screens.py``.
"""

import http.client
import random
import time
from base64 import b64encode
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Page

from spotcheck.rules import bar_index
from tests.faults.figures import report
from tests.field.conftest import Engine, todays
from tests.field.serving import Server, Uplink
from tests.field.stand_in import PIECE, StandIn
from tests.field.test_sending import is_empty, program, server, stand_in, tablet, until

__all__ = ["program", "server", "stand_in", "tablet"]
pytestmark = pytest.mark.long

PICTURE = 3_000_000


@pytest.fixture(scope="module")
def engine() -> Engine:
    """Figures are of the browser of today."""
    return todays()


def test_t3_a_visit_with_three_pictures_is_soon_kept(tablet: Page) -> None:
    taken = sorted(
        tablet.evaluate(
            "async (n) => { const at = performance.now(); await tablet.record(n, [3e6, 3e6, 3e6]); return performance.now() - at; }",
            f"v{n}",
        )
        for n in range(20)
    )
    report("T3", median_ms=round(taken[10]), slowest_ms=round(taken[-1]))
    assert tablet.evaluate("tablet.left()")["unsent"] == 20


def test_t4_a_thin_line_is_used_to_its_end(tablet: Page, server: Server, stand_in: StandIn) -> None:
    """Ten megabits a second, and a visit with six pictures."""
    tablet.evaluate(f"tablet.record('v', {[PICTURE + n for n in range(6)]})")
    server.uplink = line = Uplink(1_250_000)
    tablet.evaluate("tablet.start()")
    until(tablet, is_empty)
    report("T4", share=round(line.share, 3), sent_twice=stand_in.repeats)
    assert line.share >= 0.9  # the goal is 0.95 on a machine that does nothing else


def test_t5_loopback_beside_a_bare_client(tablet: Page, server: Server, stand_in: StandIn) -> None:
    for number in range(10):
        tablet.evaluate(f"tablet.record('v{number}', [{PICTURE}])")
    began = time.monotonic()
    tablet.evaluate("tablet.start()")
    until(tablet, is_empty)
    ours = time.monotonic() - began
    content = [random.Random(n).randbytes(PICTURE) for n in range(10)]
    line = http.client.HTTPConnection(*server.server_address)
    began = time.monotonic()
    for whole in content:
        name = sha256(whole).hexdigest()
        for n in range(0, len(whole), PIECE):
            piece = whole[n : n + PIECE]
            digest = f"sha-256=:{b64encode(sha256(piece).digest()).decode()}:"
            headers = {"Content-Digest": digest, "Authorization": "Bearer sft_test", "Device": "x"}
            line.request("PUT", f"/api/v1/field/files/{name}/pieces/{n // PIECE}", piece, headers)
            line.getresponse().read()
    bare = time.monotonic() - began
    line.close()
    report(
        "T5",
        megabytes_a_second=round(10 * PICTURE / 1e6 / ours, 1),
        bare=round(10 * PICTURE / 1e6 / bare, 1),
        times_a_bare_client=round(ours / bare, 1),
    )
    assert stand_in.wrong == []


def test_t8_what_is_there_costs_one_question(tablet: Page, server: Server, stand_in: StandIn) -> None:
    """The server has every picture, and the tablet does not know it: a lost answer of a day ago."""
    for number in range(60):
        tablet.evaluate(f"tablet.record('v{number}', [40, 41, 42])")
    tablet.evaluate("tablet.start()")
    until(tablet, is_empty)
    tablet.evaluate("tablet.forgetReceipts([40, 41, 42])")
    stand_in.asked.clear()
    server.seen.clear()
    tablet.evaluate("tablet.start()")
    until(tablet, is_empty, seconds=20)
    files = [path for method, path in server.seen if method == "PUT" and "/files/" in path]
    report("T8", pictures=180, sent_again=len(files), questions=stand_in.asked["status"])
    assert files == []
    assert stand_in.asked["status"] == 1


def test_t10_a_million_checks_are_looked_up_at_once(tablet: Page, program: Path) -> None:
    today = date(2026, 3, 17)
    names = [bar_index.key("", "GB/T 5023.3-2008", "泰山红", f"BV-{n}") for n in range(1_000_000)]
    index = bar_index.built(
        [(name, today - timedelta(days=n % 180), n % 5 == 0) for n, name in enumerate(names)], on=today
    )
    (program / "index.bin").write_bytes(index)
    found = tablet.evaluate("(known) => tablet.lookUps(known)", names[::500])
    report(
        "T10",
        megabytes=round(len(index) / 1e6, 2),
        microseconds=round(found["microseconds"], 1),
        opened_ms=round(found["openedMs"], 1),
        found=found["found"],
        wrong=found["wrong"],
    )
    assert len(index) <= 6_000_000
    assert (found["found"], found["wrong"]) == (2_000, 0)
