"""Backup and restore with files in a bucket, and from a bucket into a folder: the same drill on a small scale."""

import json

import pytest
from django.db import connections

from spotcheck.cli.main import main
from spotcheck.files import storage
from spotcheck.notices.models import Paper
from tests.storage.server import BUCKET, client

pytestmark = pytest.mark.slow

DRAWN = 5


@pytest.fixture
def kept(own_servers, bucket) -> list[str]:
    """A province with some papers in the bucket; their names there."""
    own_servers(dossiers=8)
    names = []
    for paper in Paper.objects.order_by("pk")[:DRAWN]:
        kept = storage.keep(f"papers/{paper.pk}.pdf", f"%PDF paper {paper.number}".encode())
        Paper.objects.filter(pk=paper.pk).update(file=kept.name, sha256=kept.sha256, size=kept.size, drawing="drawn")
        names.append(f"{bucket}/{kept.name}")
    assert len(names) == DRAWN
    return names


def test_a_system_with_a_bucket_is_restored_into_another_bucket_and_into_a_folder(
    kept,
    own_servers,
    s3,
    settings,
    tmp_path,
    capsys,
):
    backup = tmp_path / "backup"
    assert main(["backup", str(backup)]) == 0
    assert json.loads((backup / "manifest.json").read_text())["files"]["count"] == DRAWN
    connections.close_all()
    own_servers(dossiers=0)  # another machine
    settings.BUCKET = f"{settings.BUCKET}-restored/deeper"
    assert main(["restore", str(backup)]) == 0
    assert "Everything holds." in capsys.readouterr().out
    paper = Paper.objects.exclude(file="").first()
    assert storage.read(paper.file, paper.sha256) == f"%PDF paper {paper.number}".encode()

    settings.BUCKET, settings.MEDIA_ROOT = "", tmp_path / "media"
    assert main(["restore", str(backup), "--replace"]) == 0
    assert len(list(settings.MEDIA_ROOT.rglob("*.pdf"))) == DRAWN


def test_a_damaged_object_stops_the_backup_and_is_mended_by_a_restore(kept, s3, tmp_path, capsys):
    whole = tmp_path / "whole"
    assert main(["backup", str(whole)]) == 0
    client(s3).put_object(Bucket=BUCKET, Key=kept[0], Body=b"%PDF something else")
    client(s3).delete_object(Bucket=BUCKET, Key=kept[1])
    assert main(["backup", str(tmp_path / "second")]) == 2
    said = capsys.readouterr().err
    assert any(name.partition("/")[2] in said for name in kept[:2])
    assert not (tmp_path / "second" / "manifest.json").exists()
    assert main(["restore", str(whole), "--replace"]) == 0
    assert "Everything holds." in capsys.readouterr().out
    aside = client(s3).list_objects_v2(Bucket=BUCKET, Prefix=f"{kept[0]}~damaged~")["Contents"]
    assert len(aside) == 1


def test_a_store_that_is_away_stops_backup_and_restore_with_a_clear_word(kept, tmp_path, monkeypatch, capsys):
    whole = tmp_path / "whole"
    assert main(["backup", str(whole)]) == 0
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9")
    assert main(["backup", str(tmp_path / "second")]) == 2
    assert "does not answer" in capsys.readouterr().err
    assert main(["restore", str(whole), "--replace"]) == 2
    assert "does not answer" in capsys.readouterr().err
