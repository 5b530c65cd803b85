"""A bucket of an S3-compatible store, for papers and proofs of a system on several machines.

Three things keep the promise of :mod:`.stores`. A file is written only if nobody has its name yet (``If-None-Match``).
Its SHA-256 goes with it, so that the store refuses what arrived otherwise; and a store that does not confirm the hash
is asked for the file again. When a connection breaks it is not known whether the file arrived: the same is sent once
more, and finding itself there is no conflict.
"""

import os
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from secrets import token_hex
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Final, cast

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from spotcheck.files.stores import INCOMING, PIECE, Away, Damaged, Taken, aside, checked, hash_of, passing, perishable
from spotcheck.network import patience

UNHURRIED: Final = (5.0, 30.0, 4)
"""Seconds to connect and for an answer, and how often to try: in a worker or a command."""
HURRIED: Final = (1.0, patience.STORE, 1)
"""The same in a request; what does not get through waits for a worker."""
LOOK: Final = (1.0, 1.0, 1)
"""The same for a look, taken while somebody waits for a page."""
AT_ONCE: Final = 32
"""Connections at most: a backup reads many files at a time."""
_OWN_ENDPOINTS: Final = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
_THERE_ALREADY: Final = {"PreconditionFailed", "412"}
_AT_THE_SAME_TIME: Final = {"ConditionalRequestConflict", "409"}
_NOT_THERE: Final = {"NoSuchKey", "404"}


@dataclass(frozen=True, slots=True)
class Bucket:
    """Files below a prefix of a bucket; address and credentials come from the environment, as boto3 reads it."""

    bucket: str
    prefix: str = ""

    def put(self, name: str, content: bytes) -> None:
        """Send a file with its hash, unless there is one of this name."""
        digest = b64encode(sha256(content).digest()).decode()
        place = self._place(name)
        try:
            with _told():
                answer = _client().put_object(**place, Body=content, IfNoneMatch="*", ChecksumSHA256=digest)
        except FileExistsError:
            if self.get(name) != content:
                raise Taken(f"{name} is there already, and is another file") from None
            return
        if answer.get("ChecksumSHA256") != digest and self.get(name) != content:
            raise Damaged(f"{name} has not arrived as it was sent")

    def put_file(self, name: str, file: BinaryIO) -> None:
        """Send a file piece by piece, with its hash, unless there is one of this name."""
        file.seek(0)
        expected = hash_of(file)
        digest = b64encode(bytes.fromhex(expected)).decode()
        file.seek(0)
        place = self._place(name)
        try:
            with _told():
                answer = _client().put_object(**place, Body=file, IfNoneMatch="*", ChecksumSHA256=digest)
        except FileExistsError:
            if self._hash(name) != expected:
                raise Taken(f"{name} is there already, and is another file") from None
            return
        if answer.get("ChecksumSHA256") != digest and self._hash(name) != expected:
            raise Damaged(f"{name} has not arrived as it was sent")

    def get(self, name: str) -> bytes:
        """Return a file."""
        with _told():
            content: bytes = _client().get_object(**self._place(name))["Body"].read()
        return content

    def open(self, name: str) -> BinaryIO:
        """Fetch a file piece by piece into one of this machine, which is gone when it is closed."""
        here = TemporaryFile(prefix="spotcheck-fetched-")  # noqa: SIM115 -- whoever asked closes it
        try:
            with _told():
                body = _client().get_object(**self._place(name))["Body"]
                for piece in body.iter_chunks(PIECE):
                    here.write(piece)
        except BaseException:
            here.close()
            raise
        here.seek(0)
        return cast("BinaryIO", here)

    def forget(self, prefix: str) -> None:
        """Delete what lies below, so many at a time as one answer lists."""
        below = f"{self.prefix}{passing(prefix)}/"
        with _told():
            while found := _client().list_objects_v2(Bucket=self.bucket, Prefix=below).get("Contents"):
                for row in found:
                    _client().delete_object(Bucket=self.bucket, Key=row["Key"])

    def destroy(self, name: str) -> None:
        """Delete a file; a bucket that keeps versions keeps this one until its own rules let go of it."""
        with _told():
            _client().delete_object(**self._place(perishable(name)))

    def _hash(self, name: str) -> str:
        with self.open(name) as file:
            return hash_of(file)

    def set_aside(self, name: str) -> None:
        """Copy it to its other name, then delete it here: a bucket cannot rename."""
        place = self._place(name)
        with _told():
            _client().copy_object(Bucket=self.bucket, Key=aside(place["Key"]), CopySource=place)
            _client().delete_object(**place)

    def look(self) -> None:
        """Ask for the bucket, and do not wait long."""
        with _told():
            _client(LOOK).head_bucket(Bucket=self.bucket)

    def examine(self) -> set[str]:
        """Write, read and remove a block where uploads lie; see whether conditions hold and versions are kept."""
        place = self._place(f"{INCOMING}look-{token_hex(8)}/0")
        lacks = set()
        with _told():
            client = _client(LOOK)
            client.put_object(**place, Body=b"look")
            try:
                if client.get_object(**place)["Body"].read() != b"look":
                    raise Damaged("what was read is not what was written")
                if self._is_overwritten(place):
                    lacks.add("If-None-Match")
                if client.get_bucket_versioning(Bucket=self.bucket).get("Status") != "Enabled":
                    lacks.add("versions")
            finally:
                client.delete_object(**place)
        return lacks

    def _is_overwritten(self, place: dict[str, str]) -> bool:
        try:
            with _told():
                _client(LOOK).put_object(**place, Body=b"other", IfNoneMatch="*")
        except FileExistsError:
            return False
        return True

    def free(self) -> int | None:
        """A bucket does not say."""
        return None

    def provide(self) -> None:
        """Make the bucket."""
        try:
            self.look()
        except FileNotFoundError:
            with _told():
                _client().create_bucket(Bucket=self.bucket)

    def _place(self, name: str) -> dict[str, str]:
        return {"Bucket": self.bucket, "Key": f"{self.prefix}{checked(name)}"}


@contextmanager
def _told() -> Iterator[None]:
    """Say in the words of the stores what went wrong."""
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        if code in _THERE_ALREADY | _AT_THE_SAME_TIME:
            raise FileExistsError(str(error)) from error
        if code in _NOT_THERE:
            raise FileNotFoundError(str(error)) from error
        raise Away(f"the store of files refuses: {error}") from error
    except BotoCoreError as error:
        raise Away(f"the store of files does not answer: {error}") from error


def _client(waits: tuple[float, float, int] | None = None) -> Any:
    """The client of this process: a forked one must not share its parent's connections."""
    endpoint = next((os.environ[name] for name in _OWN_ENDPOINTS if name in os.environ), "")
    return _made(os.getpid(), endpoint, waits or (UNHURRIED if patience.now() is None else HURRIED))


@cache
def _made(_process: int, endpoint: str, waits: tuple[float, float, int]) -> Any:
    session = boto3.session.Session()
    connect, read, tries = waits
    config = Config(
        connect_timeout=connect,
        read_timeout=read,
        retries={"mode": "standard", "total_max_attempts": tries},
        max_pool_connections=AT_ONCE,
        # A store of one's own seldom has a name for each bucket; and over plain HTTP what is sent must be signed too.
        s3={"addressing_style": "path" if endpoint else "auto", "payload_signing_enabled": True},
    )
    return session.client("s3", config=config, region_name=session.region_name or "us-east-1")
