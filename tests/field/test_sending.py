"""Sending in a real Chromium, against a server that loses answers: nothing lost, nothing twice, nothing asked again."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page

from spotcheck.wiring.machine import fieldapp
from tests.field.conftest import Engine
from tests.field.serving import Answer, Server, serving
from tests.field.stand_in import NOW, StandIn, refused, told

SOURCE = fieldapp.HOME / "tests" / "sending.ts"
WORKER = fieldapp.HOME / "src" / "workers" / "sync.ts"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sender as it is built, and a page that records visits."""
    folder: Path = tmp_path_factory.mktemp("sending") / "built"
    worker = fieldapp.bundle([WORKER], folder, fieldapp.tools())[WORKER.name]
    name = fieldapp.bundle([SOURCE], folder, fieldapp.tools(), SYNC_WORKER=f"/field/{worker}")[SOURCE.name]
    (folder / "index.html").write_text(f'<!doctype html><title>t</title><script type="module" src="{name}"></script>')
    return folder


@pytest.fixture
def stand_in() -> StandIn:
    """The server, with nothing in it."""
    return StandIn()


@pytest.fixture
def server(program: Path, stand_in: StandIn) -> Iterator[Server]:
    """Where it listens."""
    with serving(program, stand_in) as running:
        yield running


@pytest.fixture
def tablet(any_browser: Browser, server: Server) -> Iterator[Page]:
    """A tablet with an empty store."""
    context = any_browser.new_context()
    page = context.new_page()
    page.goto(f"{server.address}/field/")
    page.evaluate("tablet.begin()")
    yield page
    context.close()


def until(page: Page, holds: Callable[[dict[str, Any]], bool], seconds: float = 180) -> dict[str, Any]:
    """Wait for a state of the tablet."""
    ends = time.monotonic() + seconds
    while not holds(found := page.evaluate("tablet.left()")):
        assert time.monotonic() < ends, found
        page.wait_for_timeout(50)
    return found


def is_empty(left: dict[str, Any]) -> bool:
    """Whether the server has everything."""
    return left["unsent"] == 0


def test_a_visit_arrives_whole_and_in_order(tablet: Page, stand_in: StandIn) -> None:
    tablet.evaluate("tablet.record('SD2026-001/甲', [300_000, 1_200_000, 20])")
    tablet.evaluate("tablet.start()")
    until(tablet, is_empty)
    (acts,) = stand_in.acts.values()
    assert list(stand_in.acts) == ["SD2026-001/甲"]
    assert [act["seq"] for act in acts] == [1, 2]
    assert sorted(len(content) for content in stand_in.files.values()) == [20, 300_000, 1_200_000]
    assert {one["sha256"] for one in acts[1]["evidence"]} == set(stand_in.files)
    assert stand_in.wrong == []
    assert tablet.evaluate("tablet.left()")["states"] == ["sent"]
    assert any(line["what"] == "receipt" and line["to"] == 2 for line in tablet.evaluate("tablet.journal()"))
    # receipts of seven days ago let bytes go, not those of today
    assert all(owed and size for _, owed, size in tablet.evaluate("tablet.pieces('SD2026-001/甲')"))


def test_what_is_there_is_not_asked_again(tablet: Page, stand_in: StandIn, server: Server) -> None:
    tablet.evaluate("tablet.record('v1', [300_000])")
    tablet.evaluate("tablet.start()")
    until(tablet, is_empty)
    tablet.wait_for_timeout(200)
    server.seen.clear()
    tablet.evaluate("tablet.wake()")
    tablet.wait_for_timeout(500)
    asked = {path.removeprefix("/api/v1/field").split("?")[0] for _, path in server.seen}
    assert asked <= {"/time", "/feed"}


def test_what_the_firm_has_refused_goes_before_all_pictures(tablet: Page, stand_in: StandIn, server: Server) -> None:
    tablet.evaluate("tablet.record('v1', [2_000_000])")
    tablet.evaluate("tablet.record('v2', [], ['arrive', 'sampling.claim_refusal'])")
    tablet.evaluate("tablet.start()")
    until(tablet, is_empty)
    sent = [path for method, path in server.seen if method == "PUT"]
    refusal = next(at for at, path in enumerate(sent) if "/visits/v2/" in path)
    first_piece = next(at for at, path in enumerate(sent) if "/pieces/" in path)
    assert refusal < first_piece
    # and the first act of the other visit, which has no picture, does not wait for the second
    assert next(at for at, path in enumerate(sent) if "/visits/v1/" in path) < first_piece


@pytest.mark.parametrize(("visits", "cuts"), [(30, 100), pytest.param(380, 1000, marks=pytest.mark.long)])
def test_swallowed_answers_lose_nothing_and_double_nothing(
    tablet: Page, stand_in: StandIn, visits: int, cuts: int
) -> None:
    """A third of all answers vanishes after everything was done."""
    stand_in.cuts = 0.33
    for number in range(visits):
        tablet.evaluate(f"tablet.record('v{number}', [700_000, 30_000, 40])")
    tablet.evaluate("tablet.start()")
    until(tablet, is_empty, seconds=10 * visits)
    assert stand_in.swallowed >= cuts
    assert stand_in.repeats > 0
    assert len(stand_in.files) == 3 * visits
    assert {visit: [act["seq"] for act in log] for visit, log in stand_in.acts.items()} == {
        f"v{number}": [1, 2] for number in range(visits)
    }
    names = [act["id"] for log in stand_in.acts.values() for act in log]
    assert len(names) == len(set(names)) == 2 * visits
    assert tablet.evaluate("tablet.left()")["stopped"] == [None] * visits
    assert stand_in.wrong == []


def test_silence_ends_nothing_and_the_next_start_goes_on(tablet: Page, stand_in: StandIn) -> None:
    stand_in.silent = True
    tablet.evaluate("tablet.record('v1', [600_000])")
    tablet.evaluate("tablet.start()")
    tablet.wait_for_timeout(1_000)
    assert tablet.evaluate("tablet.left()") == {"unsent": 1, "states": ["ready"], "stopped": [None], "parked": [False]}
    stand_in.silent = False
    tablet.reload()
    tablet.evaluate("tablet.begin()")
    tablet.evaluate("tablet.start()")
    until(tablet, is_empty)
    assert len(stand_in.acts["v1"]) == 2


def test_what_is_told_of_a_visit_before_it_is_here_is_not_lost(tablet: Page, stand_in: StandIn) -> None:
    """The feed may be faster than the day's package."""
    stand_in.changes = [
        {
            "id": "r1",
            "type": "returned",
            "visit": "v9",
            "at": NOW,
            "reason": "封条不清",
            "slots": ["marking"],
            "fields": [],
        }
    ]
    tablet.evaluate("tablet.record('v1', [])")
    tablet.evaluate("tablet.start()")
    until(tablet, is_empty)
    until(tablet, lambda _: ("GET", "/api/v1/field/feed?after=c1") in seen_after_a_wake(tablet, stand_in))
    assert not [line for line in tablet.evaluate("tablet.journal()") if line["what"] == "returned"]
    tablet.evaluate("tablet.assign('v9')")
    tablet.evaluate("tablet.wake()")
    until(tablet, lambda left: "returned" in left["states"])
    seen_after_a_wake(tablet, stand_in)
    assert [line["reason"] for line in tablet.evaluate("tablet.journal()") if line["what"] == "returned"] == [
        "封条不清"
    ]


def seen_after_a_wake(tablet: Page, stand_in: StandIn) -> list[tuple[str, str]]:
    """What has been asked so far, after the sender was woken once more."""
    tablet.evaluate("tablet.wake()")
    tablet.wait_for_timeout(100)
    return stand_in.paths


def test_two_windows_send_one_after_the_other(tablet: Page, stand_in: StandIn, server: Server) -> None:
    for number in range(4):
        tablet.evaluate(f"tablet.record('v{number}', [900_000])")
    other = tablet.context.new_page()
    other.goto(f"{server.address}/field/")
    other.evaluate("tablet.begin()")
    tablet.evaluate("tablet.start()")
    other.evaluate("tablet.start()")
    until(tablet, is_empty)
    assert {visit: len(log) for visit, log in stand_in.acts.items()} == {f"v{number}": 2 for number in range(4)}
    assert stand_in.repeats == 0


def test_what_is_parked_says_why_and_keeps_nothing_back(tablet: Page, stand_in: StandIn) -> None:
    stand_in.park.add("sampling.present_notice")
    tablet.evaluate("tablet.record('v1', [100])")
    tablet.evaluate("tablet.record('v2', [100], ['arrive'])")
    tablet.evaluate("tablet.start()")
    left = until(tablet, is_empty)
    assert left["parked"] == [True, False]
    (line,) = [
        line for line in tablet.evaluate("tablet.journal()") if any(o["outcome"] == "parked" for o in line["outcomes"])
    ]
    assert line["outcomes"][-1]["reasons"][0]["articles"] == [{"regulation": "SD-2021-1", "article": 16}]


def test_what_the_desk_decides_comes_back_once(tablet: Page, stand_in: StandIn) -> None:
    """And the server knows how much is unsent."""
    stand_in.park.add("sampling.present_notice")
    tablet.evaluate("tablet.record('v1', [100])")
    tablet.evaluate("tablet.start()")
    until(tablet, is_empty)
    about = {"visit": "v1", "at": NOW}
    stand_in.changes = [
        {"id": "d1", "type": "settled", "seq": 2, "outcome": "done", "reason": "日期已核实", **about},
        {"id": "r1", "type": "returned", "reason": "封条照片不清晰", "slots": ["seal_test"], "fields": [], **about},
    ]
    for _ in range(2):
        tablet.evaluate("tablet.wake()")
        until(tablet, lambda left: left["states"] == ["returned"])
        tablet.wait_for_timeout(300)
    assert tablet.evaluate("tablet.left()")["parked"] == [False]
    lines = [line for line in tablet.evaluate("tablet.journal()") if line["what"] in {"settled", "returned"}]
    assert [line["reason"] for line in lines] == ["封条照片不清晰", "日期已核实"]
    assert stand_in.unsent[-1] == 0


@pytest.mark.parametrize(
    ("where", "answer"),
    [
        ("PUT .*/pieces/0", refused("bytes-damaged", 400, retry="once")),
        ("POST .*/complete", refused("pieces-missing", 409, missing=[1])),
        ("POST .*/complete", refused("being-checked", 409, retry="after")._replace(headers=(("Retry-After", "1"),))),
        ("PUT .*/batches/", refused("chain-broken", 400, retry="once", seq=1)),
        ("PUT .*/batches/", refused("proof-stale", 403, retry="once", server_time="2026-03-17T10:25:00.000+08:00")),
        ("PUT .*/batches/", Answer(503, b"", (("Retry-After", "1"),))),
        ("POST .*/status", Answer(429, b"", (("Retry-After", "1"),))),
        ("PUT .*/pieces/1", Answer(507, b"")),
    ],
)
def test_what_can_be_mended_is_mended(tablet: Page, stand_in: StandIn, where: str, answer: Answer) -> None:
    stand_in.refuse_once.append((where, answer))
    tablet.evaluate("tablet.record('v1', [1_200_000])")
    tablet.evaluate("tablet.start()")
    until(tablet, is_empty)
    assert len(stand_in.acts["v1"]) == 2
    assert stand_in.refuse_once == []


RECEIPT = {"visit": "v1", "log": "", "head": "0" * 64, "seq": 1, "received_at": NOW, "files": [], "acts": []}


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (refused("other-batch", 409), "other-batch"),
        (refused("other-log", 409, seq=1, head="0" * 64), "other-log"),
        (refused("acts-missing", 409, retry="after", wanted=9, head="0" * 64), "acts-missing"),
        (refused("bad-act", 400, seq=1), "bad-act"),
        (refused("device-revoked", 403), "device-revoked"),
        (told(RECEIPT), "receipt-differs"),
    ],
)
def test_what_cannot_be_mended_waits_for_a_person_and_loses_nothing(
    tablet: Page, stand_in: StandIn, answer: Answer, why: str
) -> None:
    """A receipt for something else is none."""
    stand_in.refuse_once.append(("PUT .*/batches/", answer))
    tablet.evaluate("tablet.record('v1', [600_000], ['arrive'])")
    tablet.evaluate("tablet.start()")
    left = until(tablet, lambda left: left["stopped"] != [None])
    assert (left["unsent"], left["stopped"]) == (1, [why])
    ((received, owed, size),) = tablet.evaluate("tablet.pieces('v1')")
    assert (bool(received), owed, size) == (True, None, 524_288)
    assert any(line.get("kind") == why for line in tablet.evaluate("tablet.journal()"))


def test_one_damaged_picture_holds_back_no_other_visit(tablet: Page, stand_in: StandIn) -> None:
    tablet.evaluate("tablet.record('v1', [600_000])")
    tablet.evaluate("tablet.record('v2', [600_000])")
    tablet.evaluate("tablet.damage('v1')")
    tablet.evaluate("tablet.start()")
    left = until(tablet, lambda left: left["unsent"] == 1 and left["stopped"][0] is not None)
    assert left["stopped"] == ["damaged", None]
    assert len(stand_in.acts["v2"]) == 2


def test_a_token_that_has_ended_says_so_and_keeps_everything(tablet: Page, stand_in: StandIn) -> None:
    tablet.evaluate("tablet.record('v1', [100])")
    tablet.evaluate("tablet.start('sft_ended')")
    ends = time.monotonic() + 120
    while not any(told["what"] == "signed out" for told in tablet.evaluate("tablet.heard()")):
        assert time.monotonic() < ends
        tablet.wait_for_timeout(50)
    assert tablet.evaluate("tablet.left()")["unsent"] == 1
    tablet.evaluate("tablet.start()")
    until(tablet, is_empty)


def _browser_of(profile: Path) -> list[int]:
    """The processes of the browser that has this profile: ours, by their command line."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                line = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if f"--user-data-dir={profile}".encode() in line and b"--type=" not in line:
                found.append(int(entry.name))
    return found


@pytest.mark.skipif(not Path("/proc").exists(), reason="finds the browser's process by /proc")
def test_a_browser_that_is_killed_goes_on_where_it_was(
    any_browser: Browser, engine: Engine, server: Server, stand_in: StandIn, tmp_path: Path
) -> None:
    """Killed at random in the middle of sending, six lives; the server loses answers besides."""
    stand_in.cuts = 0.1
    chromium = any_browser.browser_type
    profile = tmp_path / "profile"
    killed = 0
    for life in range(7):
        context = chromium.launch_persistent_context(profile, args=[*engine.options], **engine.how)
        page = context.pages[0]
        page.goto(f"{server.address}/field/")
        page.evaluate("tablet.begin()")
        if life == 0:
            for number in range(10):
                page.evaluate(f"tablet.record('v{number}', [1_300_000, 900_000])")
        page.evaluate("tablet.start()")
        if life == 6:
            stand_in.cuts = 0
            until(page, is_empty)
            assert page.evaluate("tablet.left()")["stopped"] == [None] * 10
            context.close()
            break
        page.wait_for_timeout(300 + 300 * life)
        killed += bool(_browser_of(profile))
        for process in _browser_of(profile):
            os.kill(process, signal.SIGKILL)
        ends = time.monotonic() + 60
        while _browser_of(profile) and time.monotonic() < ends:
            time.sleep(0.05)
        assert _browser_of(profile) == []
        with suppress(Error):  # it knows that its browser is gone
            context.close()
    assert killed == 6
    assert {visit: [act["seq"] for act in log] for visit, log in stand_in.acts.items()} == {
        f"v{number}": [1, 2] for number in range(10)
    }
    assert len(stand_in.files) == 20
    assert stand_in.wrong == []
