"""A small server beside the tests: a folder served as the site serves the application, and what a test wants to answer itself."""

import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from threading import Lock, Thread
from typing import IO, NamedTuple

from spotcheck.tablet.pages import POLICY


class Asked(NamedTuple):
    """One request, read whole."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Answer(NamedTuple):
    """What it is answered; with ``cut`` the connection ends instead, after whatever was done."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    cut: bool = False


Answering = Callable[[Asked], Answer | None]
Breaking = Callable[[str, str], bool]
"""Whether the line of a request, by its method and path, breaks in the middle of its body."""


class Uplink:
    """A line of so many bytes a second, shared by all that are sent at once."""

    def __init__(self, rate: float) -> None:
        self.rate, self.carried, self.began = rate, 0, 0.0
        self._free, self._lock = 0.0, Lock()

    @property
    def share(self) -> float:
        """How much of it was used, from the first byte to the last."""
        return self.carried / self.rate / (self._free - self.began)

    def read(self, file: IO[bytes], size: int) -> bytes:
        """Read a body as it comes over that line."""
        parts = []
        while size:
            part = file.read(min(size, 16_384))
            if not part:
                break
            with self._lock:
                self.began = self.began or time.monotonic()
                self._free = max(self._free, time.monotonic()) + len(part) / self.rate
                self.carried += len(part)
                due = self._free
            time.sleep(max(0.0, due - time.monotonic()))
            parts.append(part)
            size -= len(part)
        return b"".join(parts)


class Server(ThreadingHTTPServer):
    """Answers from a folder below ``/field/``, after ``answering`` was asked."""

    daemon_threads = True

    def __init__(self, folder: Path, answering: Answering | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.folder = folder
        self.answering = answering
        self.breaking: Breaking | None = None
        self.uplink: Uplink | None = None
        self.seen: list[tuple[str, str]] = []

    def handle_error(self, *_: object) -> None:
        """A browser that is gone is no news."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            traceback.print_exc()

    @property
    def address(self) -> str:
        """Where it is reached."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server: Server

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        if self.server.breaking and self.server.breaking(self.command, self.path):
            self.rfile.read(size // 2)
            self.close_connection = True
            return
        body = self.server.uplink.read(self.rfile, size) if self.server.uplink else self.rfile.read(size)
        self.server.seen.append((self.command, self.path))
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.command, self.path, headers, body)
        found = self.server.answering(asked) if self.server.answering else None
        answer = found or self._file()
        if answer.cut:
            self.close_connection = True
            return
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def _file(self) -> Answer:
        name = self.path.removeprefix("/field/").split("?")[0] or "index.html"
        path = self.server.folder / name
        if not self.path.startswith("/field/") or not path.is_file():
            return Answer(404)
        kind = "text/javascript" if name.endswith(".js") else guess_type(name)[0] or "application/octet-stream"
        headers = (("Content-Type", kind), ("Content-Security-Policy", POLICY), ("Cache-Control", "no-cache"))
        return Answer(200, path.read_bytes(), headers)

    def __getattr__(self, name: str) -> object:
        if name.startswith("do_"):
            return self._answer
        raise AttributeError(name)


@contextmanager
def serving(folder: Path, answering: Answering | None = None) -> Iterator[Server]:
    """Serve while the block runs."""
    server = Server(folder, answering)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
