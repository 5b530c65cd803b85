"""A small server beside the tests: a folder served as the site serves the application, and what a test wants to answer itself."""

import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from threading import Thread
from typing import NamedTuple

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


class Server(ThreadingHTTPServer):
    """Answers from a folder below ``/field/``, after ``answering`` was asked."""

    daemon_threads = True

    def __init__(self, folder: Path, answering: Answering | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.folder = folder
        self.answering = answering
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
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
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
