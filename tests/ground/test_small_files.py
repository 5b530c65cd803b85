"""Small files of ours after a power cut: empty is missing, what cannot be made anew is said, nothing is half written."""

import json
import os
import stat

import pytest

from spotcheck.cli.main import main
from spotcheck.wiring.machine import devservices, places, sharing
from spotcheck.wiring.machine.binaries import NoServer
from spotcheck.wiring.operating.backups import manifests
from spotcheck.wiring.operating.backups.making import BadBackup
from spotcheck.wiring.operating.backups.manifests import MANIFEST
from spotcheck.wiring.operating.backups.restoring import verified

GOOD = {
    "format": 1,
    "made_at": "2026-11-30T01:00:00+00:00",
    "schema": "x",
    "roles": {"application": "a", "owner": "b"},
    "database": "0" * 64,
    "files": [{"name": "papers/2026/1.pdf", "sha256": "0" * 64}],
}


def test_a_file_is_there_whole_and_for_its_owner_or_not_at_all(tmp_path, monkeypatch):
    """Content and name are flushed before anybody relies on them; what fails leaves the old file."""
    flushed = []
    flush = os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda handle: flushed.append(stat.S_ISDIR(os.fstat(handle).st_mode)) or flush(handle)
    )
    path = tmp_path / "secret"
    places.private_text(path, "一")
    assert (path.read_text(), path.stat().st_mode & 0o777, flushed) == ("一", 0o600, [False, True])

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        places.private_text(path, "二")
    assert path.read_text() == "一"


@pytest.mark.parametrize("content", [b"", b"\0\0\0", b"\n", None])
def test_empty_is_missing(tmp_path, content):
    path = tmp_path / "x"
    if content is not None:
        path.write_bytes(content)
    assert places.kept_text(path) == ""


def servers(tmp_path):
    made = devservices.EmbeddedServers(tmp_path)
    made.home = tmp_path / "servers"
    return made


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"valkey": ""}', "\0\0"])
def test_passwords_are_made_only_while_there_is_no_database(tmp_path, content):
    """With one the file is missed and said, and never invented anew: the database would know no such passwords."""
    kept = tmp_path / "passwords.json"
    kept.write_text(content)
    first = servers(tmp_path)._passwords()
    assert set(first) >= {"valkey"}
    assert servers(tmp_path)._passwords() == first
    (tmp_path / "servers" / "postgres").mkdir(parents=True)
    (tmp_path / "servers" / "postgres" / "PG_VERSION").write_text("18")
    assert servers(tmp_path)._passwords() == first
    kept.write_text(content)
    with pytest.raises(NoServer, match=r"passwords.json is missing or damaged"):
        servers(tmp_path)._passwords()
    assert kept.read_text() == content


@pytest.mark.parametrize("content", ["", "[]", "{}", "null", "{", '{"DATABASE_URL": "x"}'])
def test_a_record_of_servers_that_was_cut_off_is_none(tmp_path, content):
    (tmp_path / "servers.json").write_text(content)
    assert sharing._recorded(tmp_path) is None


@pytest.mark.parametrize(
    ("manifest", "says"),
    [
        ([], "no table"),
        ("x", "no table"),
        (None, "no table"),
        ({}, "format"),
        ({"format": 1}, "made_at"),
        (GOOD | {"files": "x"}, "files"),
        (GOOD | {"files": ["x"]}, "no file"),
        (GOOD | {"files": [{"name": "a"}]}, "no file"),
        (GOOD | {"files": [{"name": 1, "sha256": "0" * 64}]}, "no file"),
        (GOOD | {"files": [{"name": "a", "sha256": "x"}]}, "no hash"),
        (GOOD | {"files": [{"name": "../evil.txt", "sha256": "0" * 64}]}, "outside"),
        (GOOD | {"files": [{"name": "/etc/passwd", "sha256": "0" * 64}]}, "outside"),
        (GOOD | {"roles": []}, "roles"),
        (GOOD | {"roles": {}}, "role application"),
        (GOOD | {"database": 7}, "database"),
        (GOOD | {"database": "x"}, "no hash of the database"),
        (GOOD | {"format": []}, "another version"),
        (GOOD | {"format": {"a": 1}}, "another version"),
        (GOOD | {"format": True}, "format"),
        (GOOD | {"made_at": "yesterday"}, "no moment"),
        (GOOD | {"made_at": "2026-11-22"}, "no moment"),
        (GOOD | {"format": 2, "files": {"sha256": "0" * 64, "count": True}, "recipients": []}, "count of files"),
        (GOOD | {"format": 2, "files": {"sha256": "0" * 64, "count": 1}, "recipients": [1]}, "a recipient"),
    ],
)
def test_a_manifest_that_cannot_be_followed_is_a_sentence(tmp_path, manifest, says):
    (tmp_path / MANIFEST).write_text(json.dumps(manifest))
    with pytest.raises(BadBackup, match=says):
        verified(tmp_path, unsigned=True)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\xff", b"\0" * 100])
def test_a_manifest_that_was_cut_off_is_a_sentence(tmp_path, content):
    (tmp_path / MANIFEST).write_bytes(content)
    with pytest.raises(BadBackup, match="is no backup"):
        verified(tmp_path, unsigned=True)


def test_a_whole_manifest_is_followed(tmp_path):
    assert manifests.complaint(GOOD) == ""
    (tmp_path / MANIFEST).write_text(json.dumps(GOOD))
    with pytest.raises(BadBackup, match=r"database.dump is missing"):
        verified(tmp_path, unsigned=True)


@pytest.mark.parametrize("number", [28, 30, 13])
def test_a_full_or_closed_disk_is_one_line(monkeypatch, capsys, number):
    def fails(*_):
        raise OSError(number, os.strerror(number), "/data/x")

    monkeypatch.setattr("spotcheck.cli.main._run", fails)
    assert main(["setup"]) == 2
    assert capsys.readouterr().err == f"spotcheck setup: {os.strerror(number)}: /data/x\n"
