"""A TCP proxy in front of PostgreSQL that cuts the line after a COMMIT has arrived, before its answer is seen."""

import select
import socket
import threading
from contextlib import suppress
from types import TracebackType
from urllib.parse import urlsplit, urlunsplit

COMMIT = b"COMMIT"
READY = b"Z\x00\x00\x00\x05I"
"""The end of an answer: idle, in no transaction."""


class Proxy:
    """Use as a context; ``cut_next()`` arms it, ``cuts`` counts."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        assert parts.hostname is not None
        self.target = (parts.hostname, parts.port or 5432)
        self.listener = socket.create_server(("127.0.0.1", 0))
        port = self.listener.getsockname()[1]
        login = parts.netloc.rpartition("@")[0]
        self.url = urlunsplit(parts._replace(netloc=f"{login}@127.0.0.1:{port}", query="sslmode=disable"))
        self.armed = threading.Event()
        self.cuts = 0
        self.answers: list[bytes] = []
        """What the server has answered to each COMMIT of which nobody heard."""

    def __enter__(self) -> "Proxy":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, _kind: type | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self.listener.close()

    def cut_next(self) -> None:
        """Cut the line at the next COMMIT."""
        self.armed.set()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        with client, socket.create_connection(self.target) as server, suppress(OSError):
            while True:
                for side in select.select([client, server], [], [])[0]:
                    data = side.recv(65536)
                    if not data:
                        return
                    if side is client and COMMIT in data and self.armed.is_set():
                        self.armed.clear()
                        self.cuts += 1
                        server.sendall(data)
                        self.answers.append(_answer_of(server))  # it is committed; nobody will hear of it
                        return
                    (server if side is client else client).sendall(data)


def _answer_of(server: socket.socket) -> bytes:
    """Everything that a server says to a COMMIT, until it is ready for what comes next."""
    said = b""
    while not said.endswith(READY):
        data = server.recv(65536)
        if not data:
            break
        said += data
    return said
