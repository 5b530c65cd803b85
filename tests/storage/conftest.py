"""Both stores, each empty: a folder, and a bucket on a real server."""

from pathlib import Path

import pytest

from spotcheck.files import storage
from tests.faults.conftest import own_servers  # noqa: F401 -- a fixture
from tests.notices.conftest import _played, thirteen  # noqa: F401 -- fixtures
from tests.storage.server import BUCKET, KEY, SECRET, Line, s3_server


@pytest.fixture(scope="session")
def s3(tmp_path_factory) -> str:
    """The address of an S3 server with a bucket."""
    with s3_server(tmp_path_factory.mktemp("s3")) as address:
        yield address


@pytest.fixture
def bucket(s3, settings, monkeypatch, request) -> str:
    """Files lie in the bucket, below a prefix of this test's own; its name."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", s3)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    prefix = f"{request.node.name.partition('[')[0]}-{id(request)}"
    settings.BUCKET = f"s3://{BUCKET}/{prefix}"
    return prefix


@pytest.fixture
def line(bucket, s3, monkeypatch) -> Line:
    """The bucket behind a line that can be cut."""
    with Line(s3) as line:
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", line.address)
        yield line


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    """Files lie in a folder."""
    settings.BUCKET = ""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture(params=["folder", "bucket"])
def place(request) -> storage.Store:
    """Each store in turn."""
    request.getfixturevalue(request.param)
    return storage.store()
