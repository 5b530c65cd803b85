"""From the store of a tablet to the records of the real server, over a line that loses answers: exactly once.

A Chromium with the application's own store and sender, a line between, gunicorn behind it. The visits are whole: from
the arrival to the signed sheet, with eight pictures each. What stands at the server in the end is what stood on the
tablet, act by act and byte by byte, and each act was done once.
"""

import hashlib
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from spotcheck.casework import intake
from spotcheck.docket import clock
from spotcheck.docket.models import Dossier, Entry, Evidence
from spotcheck.files.models import StoredFile
from spotcheck.sampling.models import FieldAct, SampleUnit
from spotcheck.wiring.machine.devservices import free_port
from spotcheck.wiring.machine.launcher import answers, web_server
from spotcheck.wiring.machine.processes import Child, wait_until
from tests.desk import world as cast
from tests.faults.crew import children_of
from tests.faults.figures import report
from tests.field.serving import Answer, Asked, Server, serving
from tests.field.test_sending import is_empty, program, until
from tests.files.good import photograph
from tests.tablet.conftest import Tablet, tablet_of
from tests.tablet.writing import Log, marked

__all__ = ["program"]

ON_ITS_WAY = (
    "content-digest",
    "upload-length",
    "file-name",
    "content-type",
    "accept",
    "accept-language",
    "authorization",
    "device",
    "device-proof",
)
BIG = ("place", "marking", "process")
"""The slots of the large pictures of a visit, as many as are wanted."""
SHEET = "sampling.complete_sampling"
DONE = {"sampling.present_notice", "sampling.pass_precheck", SHEET}


class Line:
    """Carries what is asked to the site, and loses answers after the site has given them; breaks some requests midway."""

    def __init__(self, site: str, *, lost: float, seed: int) -> None:
        self.client = httpx.Client(base_url=site, timeout=60)
        self.lost, self.broken = lost, lost / 20
        self.cuts = self.breaks = self.asked = 0
        self.sent = 0
        self._chance, self._lock = random.Random(seed), Lock()

    def breaking(self, method: str, path: str) -> bool:
        """Whether this request is lost in the middle of its body."""
        with self._lock:
            breaks = method == "PUT" and path.startswith("/api/") and self._chance.random() < self.broken
            self.breaks += breaks
        return breaks

    def __call__(self, asked: Asked) -> Answer | None:
        """Carry it there, and sometimes its answer back."""
        if not asked.path.startswith("/api/"):
            return None
        headers = {name: asked.headers[name] for name in ON_ITS_WAY if name in asked.headers}
        try:
            answer = self.client.request(asked.method, asked.path, content=asked.body, headers=headers)
        except httpx.TransportError:  # who was to answer has died
            return Answer(502, cut=True)
        with self._lock:
            self.asked += 1
            self.sent += len(asked.body)
            cut = answer.status_code < 300 and self._chance.random() < self.lost
            self.cuts += cut
        kept = tuple(
            (name, value) for name, value in answer.headers.items() if name in {"content-type", "retry-after", "etag"}
        )
        return Answer(answer.status_code, answer.content, kept, cut=cut)


@pytest.fixture(scope="module")
def looks(program: Path) -> dict[str, bytes]:
    """A small picture, and one of three megabytes, where the page finds them."""
    noise = Image.frombytes("RGB", (1_280, 960), random.Random(7).randbytes(3 * 1_280 * 960))
    large = BytesIO()
    noise.save(large, "JPEG", quality=95, subsampling=0)
    made = {"small": photograph(), "large": large.getvalue()}
    for name, content in made.items():
        (program / f"{name}.jpg").write_bytes(content)
    return made


class Site:
    """A web server whose processes may die; its address stays."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.port = free_port()
        self.child = Child("web server", [sys.executable, "-m", *web_server(self.port)], log, environment=environment)
        self.deaths = 0

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def die(self) -> None:
        """Every process that answers is killed at once; the one above makes new ones."""
        assert self.child.process is not None
        for victim in children_of(self.child.process.pid):
            with suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
                self.deaths += 1


@pytest.fixture
def site(process_environment: dict[str, str], tmp_path: Path, _collected_static: None) -> Iterator[Site]:
    made = Site(process_environment, tmp_path / "web.log")
    made.child.start()
    wait_until(lambda: answers(made.port), made.child)
    yield made
    made.child.stop()


@pytest.fixture
def tablet(browser: Browser, program: Path, site: Site) -> Iterator[tuple[Page, Server]]:
    """A tablet with an empty store, and the line between it and the site."""
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
    with serving(program) as server:
        page = context.new_page()
        page.goto(f"{server.address}/field/")
        page.evaluate("tablet.begin()")
        yield page, server
        context.close()


def visits_of(number: int) -> tuple[Tablet, list[str], list[int]]:
    """A tablet, the numbers of so many visits that were drawn yesterday, and the posts of both samplers."""
    world = cast.build()
    cast.continued()
    yesterday = date.fromordinal(clock.today().toordinal() - 1)
    numbers = [f"SD-{place:04d}" for place in range(1, number + 1)]
    targets = [world.target(name, ("P", "sampled_producer", "cable"), product_model=name) for name in numbers]
    world.task(yesterday, *targets)
    return tablet_of(world), numbers, [world.posts[who].pk for who in ("sampler", "lina")]


def record(
    page: Page, device: Tablet, visits: list[str], by: list[int], looks: dict[str, bytes], large: int, every: int
) -> list[float]:
    """Each ``every``-th visit whole and the others up to the check, kept on the tablet; the milliseconds of each."""
    taken: list[float] = []
    papers = {
        visit["visit"]: {name: visit[name]["number"] if visit[name] else None for name in ("form1", "form2")}
        for visit in device.visits()
    }
    count = 0
    for place, visit in enumerate(visits):
        log = Log(device, visit, by, known=papers[visit])
        log.notice()
        log.precheck()
        if place % every == 0:
            log.sheet()
        written = []
        for act in log.acts:
            for evidence in act["evidence"]:
                look = "large" if evidence["slot"] in BIG[:large] else "small"
                count += 1
                content = marked(looks[look], count)
                evidence |= {
                    "name": f"{count}-{look}.jpg",
                    "size": len(content),
                    "sha256": hashlib.sha256(content).hexdigest(),
                }
            written.append({name: act[name] for name in ("act", "on", "at", "facts", "particulars", "evidence", "by")})
        taken.append(
            page.evaluate(
                "async ([visit, log, said]) => { const at = performance.now(); await tablet.keep(visit, log, said); return performance.now() - at; }",
                [visit, log.package, written],
            )
        )
    return taken


@pytest.mark.slow
@pytest.mark.parametrize(
    ("visits", "every", "large", "lost", "cuts", "deaths"),
    [(20, 5, 0, 0.4, 50, 1), pytest.param(200, 1, 3, 0.33, 1_000, 20, marks=pytest.mark.long)],
)
def test_every_visit_is_at_the_server_once(
    request: pytest.FixtureRequest,
    tablet: tuple[Page, Server],
    site: Site,
    looks: dict[str, bytes],
    visits: int,
    every: int,
    large: int,
    lost: float,
    cuts: int,
    deaths: int,
) -> None:
    page, server = tablet
    device, numbers, samplers = visits_of(visits)
    kept = record(page, device, numbers, samplers, looks, large, every)
    page.evaluate("([name, jwk]) => tablet.become(name, jwk)", [device.device, device.key.private])
    line = Line(site.address, lost=lost, seed=visits)
    request.addfinalizer(line.client.close)
    server.answering, server.breaking = line, line.breaking
    began = time.monotonic()
    page.evaluate("(token) => tablet.start(token)", device.tokens[device.lead])
    due = [*range(0, visits, max(1, visits // (deaths + 1)))][-deaths:]  # so many are unsent when everybody dies

    def is_there(left: dict[str, Any]) -> bool:
        if due and left["unsent"] <= due[-1]:
            due.pop()
            site.die()
        return is_empty(left)

    until(page, is_there, seconds=60 + 10 * visits)
    seconds = time.monotonic() - began
    page.evaluate("tablet.stop()")
    assert page.evaluate("tablet.left()")["stopped"] == [None] * visits
    assert line.cuts >= cuts
    assert line.breaks > 0
    assert site.deaths >= deaths
    intake.finish_left(clock.later(clock.now(), 3600))
    logs = {visit: page.evaluate("(visit) => tablet.acts(visit)", visit) for visit in numbers}
    written = {act["id"]: act for log in logs.values() for act in log}
    assert {str(act.pk): act.body for act in FieldAct.objects.all()} == written
    assert not FieldAct.objects.exclude(outcome__in=("done", "noted")).values("act", "outcome", "reasons")
    dossiers = Dossier.objects.filter(number__in=numbers)
    done = Counter(Entry.objects.filter(dossier__in=dossiers, act__in=DONE).values_list("dossier__number", "act"))
    whole = numbers[::every]
    assert done == Counter({(visit, act): 1 for visit in numbers for act in DONE if act != SHEET or visit in whole})
    assert SampleUnit.objects.filter(dossier__in=dossiers).count() == 2 * len(whole)
    pictures = {one["sha256"] for act in written.values() for one in act["evidence"]}
    assert len(pictures) == 2 * visits + 6 * len(whole) >= 60
    assert set(StoredFile.objects.filter(pk__in=pictures).values_list("pk", flat=True)) == pictures
    assert set(Evidence.objects.filter(dossier__in=dossiers).values_list("stored", flat=True)) == pictures
    sizes = sum(one["size"] for act in written.values() for one in act["evidence"])
    report(
        "T6", visits=visits, pictures=len(pictures), megabytes=round(sizes / 1e6), cuts=line.cuts, breaks=line.breaks, deaths=site.deaths,
        requests=line.asked, seconds=round(seconds), kept_ms=round(sorted(kept)[len(kept) // 2]),
        sent_again_per_cut=round((line.sent - sizes) / line.cuts),
    )  # fmt: skip
