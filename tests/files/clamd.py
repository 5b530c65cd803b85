"""A clamd of the tests: it takes a stream as the real one does, and answers, is silent, or breaks off, as it is told."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-" + rb"TEST-FILE!$H+H*"
"""The file by which scanners are tried; it does nothing."""
CLEAN, FOUND = b"stream: OK\0", b"stream: Eicar-Test-Signature FOUND\0"
LIMIT = b"INSTREAM size limit exceeded. ERROR\0"


class Scanner(socketserver.ThreadingTCPServer):
    """``how`` is ``honest``, ``silent``, ``half``, ``closed`` or ``limited``; ``streams`` are the files it was sent."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        self.how = "honest"
        self.streams: list[bytes] = []
        self.over = threading.Event()
        super().__init__(("127.0.0.1", 0), _Line)


class _Line(socketserver.StreamRequestHandler):
    server: Scanner

    def handle(self) -> None:
        command = self._until_nul()
        if self.server.how == "silent":
            self.server.over.wait(30)
            return
        if command == b"zPING":
            self.wfile.write(b"PONG\0")
            return
        assert command == b"zINSTREAM"
        if self.server.how == "closed":
            return
        if self.server.how == "limited":
            self.rfile.read(4096)
            self.wfile.write(LIMIT)
            return
        content = b"".join(self._pieces())
        self.server.streams.append(content)
        answer = FOUND if EICAR in content else CLEAN
        self.wfile.write(answer[:8] if self.server.how == "half" else answer)

    def _until_nul(self) -> bytes:
        heard = b""
        while (byte := self.rfile.read(1)) not in (b"", b"\0"):
            heard += byte
        return heard

    def _pieces(self) -> Iterator[bytes]:
        while size := struct.unpack(">I", self.rfile.read(4))[0]:
            yield self.rfile.read(size)


@contextmanager
def listening() -> Iterator[Scanner]:
    """A scanner that listens."""
    with Scanner() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join()
