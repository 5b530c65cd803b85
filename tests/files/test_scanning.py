"""The virus scanner: asked where there is one, believed only when it says something, and never passed by."""

import socket
import time
from contextlib import nullcontext
from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured

from spotcheck.docket import clock
from spotcheck.docket.tasks import check_waiting_uploads
from spotcheck.files import receiving, scanning
from spotcheck.files.checking import Checked
from spotcheck.files.keeping import keep_bytes
from spotcheck.files.models import StoredFile, Upload
from spotcheck.files.reasons import FileRefused
from spotcheck.files.scanning import Silent
from spotcheck.wiring.site.settings import _scanner
from tests.files import clamd, good, making
from tests.files.clamd import EICAR
from tests.pace import stretched

DAY = date(2024, 6, 5)
SICK = ("silent", "half", "closed", "limited")


@pytest.fixture
def scanner(settings, monkeypatch):
    """A scanner that listens, and a patience that a test has."""
    monkeypatch.setattr(scanning, "SILENCE_SECONDS", 0.5)
    monkeypatch.setattr(scanning, "CONNECT_SECONDS", 0.5)
    with clamd.listening() as server:
        settings.SCANNER = server.server_address
        yield server


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def written(tmp_path):
    def write(content):
        path = tmp_path / "file"
        path.write_bytes(content)
        return path

    return write


def test_without_a_scanner_nothing_is_asked(settings, written):
    assert settings.SCANNER is None
    assert scanning.scan(written(EICAR)) is False
    scanning.look()


def test_a_file_travels_whole_and_piece_by_piece(scanner, written, monkeypatch):
    monkeypatch.setattr(scanning, "PIECE", 1000)
    content = bytes(range(256)) * 50
    scanning.look()
    assert scanning.scan(written(content)) is True
    assert scanner.streams == [content]


def test_what_is_found_is_refused_by_its_name(scanner, written):
    with pytest.raises(FileRefused) as refused:
        scanning.scan(written(EICAR))
    assert (refused.value.code, refused.value.what) == ("infected", "Eicar-Test-Signature")


@pytest.mark.parametrize("how", SICK)
def test_anything_but_a_verdict_is_silence(how, scanner, written):
    scanner.how = how
    began = time.monotonic()
    with pytest.raises(Silent):
        scanning.scan(written(good.photograph() * 20))
    assert time.monotonic() - began < stretched(5)


def test_a_scanner_that_is_not_there_is_silent(settings, written):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.SCANNER = taken.getsockname()
        with pytest.raises(Silent):
            scanning.scan(written(b"x"))
        with pytest.raises(Silent):
            scanning.look()


def test_a_scanner_that_takes_for_ever_is_given_up(scanner, written, monkeypatch):
    monkeypatch.setattr(scanning, "LONGEST_SECONDS", -1)
    with pytest.raises(Silent, match="too long"):
        scanning.scan(written(b"x" * 100))


@pytest.mark.parametrize("how", SICK)
def test_nothing_is_kept_unscanned(how, scanner, db, media):
    scanner.how = how
    with pytest.raises(Silent):
        keep_bytes(good.photograph(), at=clock.now())
    assert not StoredFile.objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_what_was_scanned_says_so(scanner, db, media):
    assert keep_bytes(good.photograph(), at=clock.now()).findings["scanned"] is True


def arrived(content, name="a.pdf"):
    upload = receiving.begin("post:1", office="x", name=name, size=len(content), now=clock.now())
    return receiving.take_piece(upload.pk, "post:1", offset=0, content=content, now=clock.now())


def test_an_upload_waits_for_a_silent_scanner_and_is_tried_again(scanner, db, media):
    scanner.how = "silent"
    with clock.simulated(DAY):
        upload = receiving.finish(arrived(making.plain()), now=clock.now())
        assert (upload.stored, upload.waits_for, upload.checking_since) == (None, receiving.SCANNER, None)
        assert receiving.of("post:1", [str(upload.pk)]) == []
        assert receiving.to_check(clock.now()) == [upload.pk]
        assert not StoredFile.objects.exists()
        scanner.how = "honest"
        receiving.check(upload.pk, now=clock.now())
    upload.refresh_from_db()
    assert (upload.waits_for, upload.stored.size) == ("", len(making.plain()))
    assert not (media / upload.place).exists()


def test_a_file_that_came_with_a_form_waits_too(scanner, db, media, tmp_path):
    scanner.how = "half"
    path = tmp_path / "a.pdf"
    path.write_bytes(making.plain())
    with clock.simulated(DAY), path.open("rb") as file:
        size = len(making.plain())
        upload = receiving.receive(file, "post:1", office="x", name="a.pdf", size=size, now=clock.now())
        assert (upload.stored, upload.waits_for, upload.is_whole) == (None, receiving.SCANNER, True)
        scanner.how = "honest"
        receiving.check(upload.pk, now=clock.now())
    assert Upload.objects.get().stored.media_type == "application/pdf"


def test_a_sick_file_leaves_nothing_but_its_reason(scanner, db, media, monkeypatch):
    monkeypatch.setattr("spotcheck.files.keeping.checked", passed)
    with clock.simulated(DAY):
        upload = arrived(EICAR)
        with pytest.raises(FileRefused, match="Eicar-Test-Signature"):
            receiving.finish(upload, now=clock.now())
    assert not Upload.objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]


def passed(path):
    """A look that finds nothing: what the scanner finds is another question."""
    return nullcontext(Checked(path, "application/pdf", {}, None, None, 0, 0))


def test_the_job_asks_for_each_that_waits(scanner, db, media, monkeypatch):
    scanner.how = "closed"
    asked = []
    monkeypatch.setattr("spotcheck.docket.tasks.check_upload.apply_async", lambda keys, **_more: asked.append(keys))
    with clock.simulated(DAY):
        upload = receiving.finish(arrived(making.plain()), now=clock.now())
        check_waiting_uploads()
    assert asked == [(str(upload.pk),)]


@pytest.mark.parametrize(
    ("given", "place"),
    [("", None), ("tcp://scanner.example:3310", ("scanner.example", 3310)), ("tcp://[::1]:3310", ("::1", 3310))],
)
def test_where_the_scanner_is(given, place):
    assert _scanner(given) == place


@pytest.mark.parametrize("given", ["scanner:3310", "tcp://scanner", "unix:/run/clamd", "tcp://a b:1"])
def test_a_scanner_that_cannot_be_meant_stops_the_start(given):
    with pytest.raises(ImproperlyConfigured):
        _scanner(given)
