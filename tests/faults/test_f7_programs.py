"""F7 over the door for programs: the line is cut after COMMIT, and what the program sends again has one effect.

An intent is an act under its key, a result under the tag that was read, or a piece of a file at its place. After a cut
nobody knows whether it was done; whoever does as the description says (send the same again, read the tag anew, go on
where the server says it is) has done it once.
"""

import base64
import hashlib
import secrets
from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections

from spotcheck.api import limits
from spotcheck.api.models import KeptAnswer
from spotcheck.docket import clock
from spotcheck.docket.models import Entry
from spotcheck.files import storage
from spotcheck.files.models import Upload
from spotcheck.inspection.models import ItemResult
from spotcheck.sampling.models import CustodyLink
from spotcheck.wiring.operating import databases
from tests.api.conftest import TODAY, media, peopled, program_of
from tests.faults.figures import report
from tests.faults.proxy import COMMIT, Proxy
from tests.laboratories.conftest import BY, GOOD, Bench, underway

__all__ = ["media"]

SHORT, FULL = 100, 1000
PIECE = 4096
TUS = {"Tus-Resumable": "1.0.0"}
_TOKEN_LASTS = 50
"""So many intents later a program fetches another token: one lasts a quarter of an hour, and a loaded machine is slow."""


@pytest.fixture
def line(committed_db: str, media: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Proxy, Bench]]:
    """A laboratory whose program works on a sample, behind a line that can be cut."""
    for name in ("READS", "WRITES", "TOKENS"):
        monkeypatch.setattr(limits, name, 10**9)
    with clock.simulated(TODAY):
        world = peopled()
        bench = underway(world, program_of(world, "lab"))
        bench.testing()
        bench.put("results", {"results": GOOD})
        bench.lims.client.raise_request_exception = False
        with Proxy(committed_db) as proxy, databases.using(proxy.url):
            yield proxy, bench


def _cut(proxy: Proxy, send: Any) -> None:
    """Send something of whose fate nobody hears."""
    before = proxy.cuts
    proxy.cut_next()
    answer = send()
    assert proxy.cuts == before + 1
    assert COMMIT in proxy.answers[-1], proxy.answers[-1]
    assert answer.status_code >= 500
    connections.close_all()


def _act(proxy: Proxy, bench: Bench, number: int) -> None:
    """A unit is moved."""
    key = str(uuid4())
    body = BY | {"unit": "T", "kind": "moved", "place": f"架 {number}"}

    def send() -> Any:
        return bench.lims.post(bench.path("custody"), body, **{"Idempotency-Key": key})

    _cut(proxy, send)
    again = send()
    assert (again.status_code, again.headers.get("Idempotent-Replayed")) == (201, "true")


def _result(proxy: Proxy, bench: Bench, number: int) -> None:
    """A result is corrected."""
    body = BY | {"results": [GOOD[0] | {"value": f"7.{number % 40:02d}", "reason": "复测后更正"}]}

    tag = bench.lims.get(bench.path("results")).headers["ETag"]
    _cut(proxy, lambda: bench.lims.put(bench.path("results"), body, **{"If-Match": tag}))
    stale = bench.lims.put(bench.path("results"), body, **{"If-Match": tag})
    assert stale.status_code == 412
    tag = bench.lims.get(bench.path("results")).headers["ETag"]
    assert bench.lims.put(bench.path("results"), body, **{"If-Match": tag}).status_code == 200


class _Sending:
    """A file that comes in pieces; each intent is its next piece."""

    def __init__(self, bench: Bench, content: bytes) -> None:
        self.bench, self.content = bench, content
        metadata = f"filename {base64.b64encode(b'long.pdf').decode()}"
        headers = bench.lims.headers({"Upload-Length": str(len(content)), "Upload-Metadata": metadata} | TUS)
        begun = bench.lims.client.post("/api/v1/uploads", headers=headers)
        self.place, self.key = begun.headers["Location"], begun.json()["id"]

    def piece(self, offset: int) -> Any:
        headers = self.bench.lims.headers({"Upload-Offset": str(offset)} | TUS)
        content = self.content[offset : offset + PIECE]
        return self.bench.lims.client.patch(
            self.place, content, content_type="application/offset+octet-stream", headers=headers
        )

    def next(self, proxy: Proxy, _bench: Bench, _number: int) -> None:
        head = self.bench.lims.client.head(self.place, headers=self.bench.lims.headers(TUS))
        offset = int(head.headers["Upload-Offset"])
        _cut(proxy, lambda: self.piece(offset))
        again = self.piece(offset)
        assert (again.status_code, again.headers["Upload-Offset"]) == (409, str(offset + PIECE))


@pytest.mark.parametrize("cuts", [SHORT, pytest.param(FULL, marks=pytest.mark.long)])
def test_whatever_a_program_sends_again_has_one_effect(line: tuple[Proxy, Bench], judge: Any, cuts: int) -> None:
    proxy, bench = line
    pieces = cuts - cuts // 3 * 2
    content = secrets.token_bytes((pieces + 1) * PIECE)
    sending = _Sending(bench, content)
    links, revisions = CustodyLink.objects.count(), ItemResult.objects.filter(number="1").count()
    kept, entries = KeptAnswer.objects.count(), Entry.objects.count()
    for number, intent in enumerate(islice(cycle((_act, _result, sending.next)), cuts)):
        if number % _TOKEN_LASTS == 0:
            bench.lims.fetch_token()
        intent(proxy, bench, number)
    third = cuts // 3
    acts, results = (cuts + 2) // 3, (cuts + 1) // 3
    assert proxy.cuts == cuts
    assert CustodyLink.objects.count() - links == acts
    assert ItemResult.objects.filter(number="1").count() - revisions == results
    assert KeptAnswer.objects.count() - kept == acts
    assert Entry.objects.count() - entries == acts + results
    upload = Upload.objects.get(pk=sending.key)
    assert (upload.received, upload.offsets) == (third * PIECE, [place * PIECE for place in range(third)])
    here = b"".join(storage.store().get(f"{upload.place}/{offset}") for offset in upload.offsets)
    assert hashlib.sha256(here).digest() == hashlib.sha256(content[: third * PIECE]).digest()
    assert judge(proxy.url).broken == []
    report("F7 programs", cuts=cuts, acts=acts, results=results, pieces=third, lost=0, doubled=0)
