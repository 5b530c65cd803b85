"""Backup and restore: taken while everything works, restored elsewhere, and everything holds."""

import hashlib
import json
from pathlib import Path

import pytest
from django.db import connections

from spotcheck.cli.main import main
from spotcheck.docket import audit, clock
from spotcheck.docket.models import Entry
from spotcheck.docket.problems import ActNotPermitted
from spotcheck.files import storage
from spotcheck.files.keeping import keep_bytes
from spotcheck.files.promises import columns, promises
from spotcheck.notices.models import Paper
from spotcheck.wiring.operating import databases
from tests.faults import world
from tests.faults.crew import wait_for
from tests.faults.hands import Clerk, sweepers
from tests.files.good import photograph


def _draw_some(count: int) -> None:
    """Files of papers, as the drawing leaves them."""
    for paper in Paper.objects.order_by("pk")[:count]:
        kept = storage.keep(f"papers/{paper.pk}.pdf", f"%PDF paper {paper.number}".encode())
        Paper.objects.filter(pk=paper.pk).update(file=kept.name, sha256=kept.sha256, size=kept.size, drawing="drawn")


@pytest.fixture
def media(settings, tmp_path):
    """Put the files somewhere; ``media("b")`` moves to another machine's disk."""

    def move(name: str) -> Path:
        settings.MEDIA_ROOT = tmp_path / name
        return settings.MEDIA_ROOT

    return move


@pytest.mark.parametrize("dossiers", [20, pytest.param(300, marks=pytest.mark.long)])
def test_what_is_backed_up_while_everybody_works_holds_after_the_restore(
    own_servers, judge, media, tmp_path, capsys, dossiers
):
    here = own_servers(dossiers=dossiers)
    media("a")
    _draw_some(10)
    handed_in = keep_bytes(photograph(), at=clock.now())  # with its pages and its small picture
    clerk, folder = Clerk(), tmp_path / "backup"
    with sweepers(2, here.environment(), "--batch", "3"):
        wait_for(lambda: world.fired() > 0)
        clerk.send_next()
        assert main(["backup", str(folder)]) == 0
        clerk.send_next()
        wait_for(lambda: world.waiting() == 0, 120)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["files"]["count"] == 10 + 3
    connections.close_all()

    own_servers(dossiers=0)  # another machine
    files = media("b")
    assert main(["restore", str(folder)]) == 0
    assert "Everything holds." in capsys.readouterr().out
    assert len(list((files / "papers").rglob("*.pdf"))) == 10
    assert storage.read(handed_in.file, handed_in.sha256) == photograph()
    assert list(audit.verify()) == []
    before, behind = Entry.objects.filter(pk__in=clerk.accepted).count(), Clerk()
    assert before >= 1  # what was accepted before the backup began
    behind.send_next()
    assert world.waiting() == 0
    assert judge(databases.application_url()).broken == []
    with databases.using(databases.application_url()), pytest.raises(Exception, match="permission denied"):
        Entry.objects.update(act="x")  # the rights came along
    assert main(["restore", str(folder)]) == 2
    assert "--replace" in capsys.readouterr().err
    assert main(["restore", str(folder), "--replace"]) == 0


def _backup(own_servers, media, tmp_path) -> Path:
    own_servers(dossiers=2)
    media("a")
    _draw_some(2)
    folder = tmp_path / "backup"
    assert main(["backup", str(folder)]) == 0
    return folder


def test_a_backup_is_refused_when_a_file_is_damaged_and_a_restore_when_the_backup_is(
    own_servers, media, tmp_path, capsys
):
    folder = _backup(own_servers, media, tmp_path)
    (victim, other) = sorted((folder / "files" / "papers").iterdir())
    whole = victim.read_bytes()
    for content in (whole[:-1], b""):
        victim.write_bytes(content)
        assert main(["restore", str(folder), "--replace"]) == 2
        assert "missing or damaged" in capsys.readouterr().err
    victim.write_bytes(whole)
    other.unlink()
    assert main(["restore", str(folder), "--replace"]) == 2
    assert main(["backup", str(folder)]) == 2
    assert "not empty" in capsys.readouterr().err
    next(iter((tmp_path / "a" / "papers").iterdir())).write_bytes(b"x")
    assert main(["backup", str(tmp_path / "second")]) == 2
    assert "is not the file that was stored" in capsys.readouterr().err
    assert main(["restore", str(tmp_path / "second"), "--replace"]) == 2
    assert "is no backup" in capsys.readouterr().err


def test_a_dump_that_was_changed_is_refused(own_servers, media, tmp_path, capsys):
    folder = _backup(own_servers, media, tmp_path)
    dump = folder / "database.dump"
    dump.write_bytes(dump.read_bytes()[:-10])
    assert main(["restore", str(folder), "--replace"]) == 2
    assert "is not what was backed up" in capsys.readouterr().err


@pytest.mark.django_db
def test_every_file_with_a_hash_is_among_what_is_backed_up(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    found = {(model._meta.label, file) for model, file, _ in columns()}
    assert ("notices.Paper", "file") in found
    assert ("notices.Service", "proof_file") in found
    assert list(promises()) == []
    assert storage.keep("a/b", b"x").sha256 == hashlib.sha256(b"x").hexdigest()


def test_what_was_sent_twice_around_a_backup_is_refused(worlds):
    here = worlds(due=3)
    with databases.using(here.url):
        clerk = Clerk()
        clerk.send_next()
        with pytest.raises(ActNotPermitted):
            clerk.send(clerk.last)
