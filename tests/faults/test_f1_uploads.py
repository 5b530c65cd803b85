"""F1 over the door for programs: the server's processes die by -9 while files come in and are looked at.

At no moment is half a file kept: pieces that are counted are there, byte for byte, and a file that is kept is whole and
has the hash it is kept under. Its sender goes on where the server says it is.
"""

import base64
import hashlib
import http.client
import io
import json
import os
import random
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from spotcheck.docket import clock
from spotcheck.files import receiving, storage
from spotcheck.files.models import StoredFile, Upload
from spotcheck.network import counting
from spotcheck.wiring.machine.devservices import free_port
from spotcheck.wiring.machine.launcher import answers, web_server
from spotcheck.wiring.machine.processes import Child, wait_until
from tests.api.conftest import Program, media, peopled, program_of
from tests.faults.crew import children_of
from tests.faults.figures import report

__all__ = ["media"]

SHORT, FULL = 16, 200
PIECES = 4
LATEST_DEATH = 1.0
FILES = 3
"""So many get through at least."""
PATIENCE = 120.0


class Sender:
    """A program of a laboratory that sends files to a server whose processes die."""

    def __init__(self, port: int, server: Child, program: Program) -> None:
        self.port, self.server, self.program = port, server, program
        self.kills = 0

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, dict[str, str], bytes]:
        """One request on a line of its own; raises OSError or HTTPException where nobody answers."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            line.request(method, path, body, self.program.headers({"Tus-Resumable": "1.0.0"} | headers))
            answer = line.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            line.close()

    def until_answered(self, method: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """The same of something that may be asked as often as one likes."""
        end = time.monotonic() + PATIENCE
        while True:
            with suppress(OSError, http.client.HTTPException):
                status, told, body = self.ask(method, path, **headers)
                if status < 500:
                    return status, told, body
            assert time.monotonic() < end, self.server.failure()
            time.sleep(0.05)

    def kill_soon(self) -> threading.Timer:
        """Let a process of the server die at a moment to come."""

        def kill() -> None:
            assert self.server.process is not None
            for victim in children_of(self.server.process.pid):
                with suppress(ProcessLookupError):
                    os.kill(victim, signal.SIGKILL)
                    self.kills += 1

        timer = threading.Timer(random.uniform(0, LATEST_DEATH), kill)
        timer.start()
        return timer

    def send(self, content: bytes, seen: Callable[[], None]) -> str:
        """Send a file in pieces, each under threat; return its key."""
        name = base64.b64encode(b"report.pdf").decode()
        headers = {"Upload-Length": str(len(content)), "Upload-Metadata": f"filename {name}"}
        status, told, body = self.ask("POST", "/api/v1/uploads", b"", **headers)
        assert status == 201, body
        place, piece = told["Location"], len(content) // PIECES + 1
        while (offset := self.offset(place)) < len(content):
            death = self.kill_soon()
            with suppress(OSError, http.client.HTTPException):
                self.ask(
                    "PATCH",
                    place,
                    content[offset : offset + piece],
                    **{"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"},
                )
            death.join()
            seen()
        return str(json.loads(body)["id"])

    def offset(self, place: str) -> int:
        """How much of a file the server has."""
        status, told, _ = self.until_answered("HEAD", place)
        assert status == 200
        return int(told["Upload-Offset"])


@pytest.fixture
def sender(committed_db: str, process_environment: dict[str, str], media: Any, tmp_path: Path) -> Iterator[Sender]:
    """A server as `./run` starts it, and a program with a token."""
    program = program_of(peopled(), "lab")
    port = free_port()
    environment = process_environment | {"SPOTCHECK_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "spotcheck.wiring.site.settings"}  # fmt: skip
    command = [sys.executable, "-m", *web_server(port, "--workers=2", "--preload")]
    server = Child("web server", command, tmp_path / "web.log", environment=environment)
    server.start()
    try:
        wait_until(lambda: answers(port), server)
        yield Sender(port, server, program)
    finally:
        server.stop()


def _pdf(number: int) -> bytes:
    made = io.BytesIO()
    page = Canvas(made)
    page.drawString(72, 720, f"report {number}")
    page.save()
    return made.getvalue()


def _nothing_is_half_kept(sent: dict[str, bytes]) -> None:
    """Pieces that are counted are there, and what is kept is whole."""
    for upload in Upload.objects.filter(stored=None):
        here = b"".join(storage.store().get(f"{upload.place}/{offset}") for offset in upload.offsets)
        assert len(here) == upload.received
        assert any(content.startswith(here) for content in sent.values())
    for kept in StoredFile.objects.all():
        with storage.store().open(kept.file) as file:
            assert hashlib.sha256(file.read()).hexdigest() == kept.pk


@pytest.mark.parametrize("kills", [SHORT, pytest.param(FULL, marks=pytest.mark.long)])
def test_nothing_is_half_kept_whenever_the_server_dies(sender: Sender, kills: int) -> None:
    sent: dict[str, bytes] = {}
    keys: dict[str, str] = {}
    while sender.kills < kills or len(sent) < FILES:
        for counter in counting.client().scan_iter("api-*"):
            counting.client().delete(counter)
        content = _pdf(len(sent))
        digest = hashlib.sha256(content).hexdigest()
        sent[digest] = content
        keys[sender.send(content, lambda: _nothing_is_half_kept(sent))] = digest
    left = 0
    for key, digest in keys.items():
        upload = Upload.objects.get(pk=key)
        if upload.stored_id is None:  # who looked at it is dead: somebody else may once it had long enough
            left += 1
            receiving.check(upload.pk, now=clock.now() + timedelta(seconds=receiving.LEASE_SECONDS + 1))
            upload.refresh_from_db()
        assert upload.stored_id == digest
    _nothing_is_half_kept(sent)
    assert StoredFile.objects.count() == len(sent)
    report("F1 uploads", kills=sender.kills, files=len(sent), died_while_checking=left, half=0)
