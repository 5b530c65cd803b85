"""A file of 200 MB goes the whole way, in pieces, checked, kept and read again, and is nowhere in memory as a whole."""

import tracemalloc
from hashlib import sha256
from zipfile import ZipFile

import pytest

from spotcheck.docket import clock
from spotcheck.files import receiving, storage
from spotcheck.files.models import Upload
from spotcheck.remediation.case_file import CaseFile, Original
from tests.files.making import film

SIZE = 200 * 1000 * 1000
PIECE = 4 * 1000 * 1000
MOST = 64 * 1024 * 1024

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.mark.usefixtures("_media")
def test_200_mb_come_in_pieces_and_go_out_again_in_less_than_64_mib(tmp_path):
    now = clock.now()
    head = film(data=b"")
    # the last box reaches to the end of the file: its length of 0 says so
    head = head[: -len(b"\0\0\0\x08mdat")] + b"\0\0\0\0mdat"
    block = bytes(PIECE)
    tracemalloc.start()
    upload = receiving.begin("post:1", office="x", name="film.mp4", size=SIZE, now=now)
    whole, sent = sha256(), 0
    while sent < SIZE:
        piece = (head + block)[:PIECE] if not sent else block[: SIZE - sent]
        whole.update(piece)
        receiving.take_piece(upload.pk, "post:1", offset=sent, content=piece, now=now)
        sent += len(piece)
    receiving.check(upload.pk, now=now)
    found = Upload.objects.get(pk=upload.pk)
    assert (found.refused, found.refused_what) == ("", "")
    assert found.stored is not None
    assert found.stored.pk == whole.hexdigest()
    with storage.opened(found.stored.file, found.stored.pk) as file:
        again = sha256()
        for part in iter(lambda: file.read(PIECE), b""):
            again.update(part)
    bound = CaseFile("case", b"%PDF-1.7", {"film.mp4": Original(found.stored.file, found.stored.pk)}, [])
    with (tmp_path / "case.zip").open("wb") as made:
        bound.write_zip(made)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert again.hexdigest() == found.stored.pk
    assert peak < MOST
    with ZipFile(tmp_path / "case.zip") as box:
        assert box.getinfo("film.mp4").file_size == SIZE
