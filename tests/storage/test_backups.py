"""Backups are signed, encrypted if so wished, and verified before a restore touches anything."""

import json
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pyrage
import pytest
from django.db import connections

from spotcheck.cli.main import main
from spotcheck.docket.models import Beat, Dossier, Record
from spotcheck.docket.sweep import sweep
from spotcheck.files import storage
from spotcheck.files.models import StoredFile
from spotcheck.files.promises import promises
from spotcheck.notices.models import Paper
from spotcheck.wiring.machine.places import ROOT
from spotcheck.wiring.machine.problems import Problem
from spotcheck.wiring.operating import databases, dumps
from spotcheck.wiring.operating.backups import keys, making, restoring, sealing
from spotcheck.wiring.operating.backups.manifests import FORMAT, LIST, MANIFEST, SIGNATURE, Line, lines
from spotcheck.wiring.operating.backups.sealing import ENDING
from tests.small_disk import small_disk

DRAWN = 2
SECRET = b"%PDF a paper that nobody else reads "


@pytest.fixture
def kept(own_servers, folder) -> Path:
    """A province with a few papers in a folder."""
    own_servers(dossiers=2)
    for paper in Paper.objects.order_by("pk")[:DRAWN]:
        drawn = storage.keep(f"papers/{paper.pk}.pdf", SECRET + str(paper.pk).encode())
        Paper.objects.filter(pk=paper.pk).update(file=drawn.name, sha256=drawn.sha256, size=drawn.size, drawing="drawn")
    return folder


def _backup(place: Path) -> Path:
    assert main(["backup", str(place)]) == 0
    return place


def _refused(capsys, place: Path, *more: str) -> str:
    """A restore that is refused: nothing was touched, and it says why."""
    before = set(_databases())
    capsys.readouterr()
    assert main(["restore", str(place), "--replace", *more]) == 2
    assert set(_databases()) == before
    return capsys.readouterr().err


def _databases() -> list[str]:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT datname || oid FROM pg_database WHERE datname NOT LIKE '%\\_scratch\\_%'")
        return [name for (name,) in cursor.fetchall()]


@pytest.mark.slow
def test_a_signed_backup_is_restored_and_one_that_was_touched_is_not(kept, tmp_path, capsys) -> None:
    whole = _backup(tmp_path / "whole")
    assert "Into the safe with it" in capsys.readouterr().out
    assert {path.stat().st_mode & 0o777 for path in whole.rglob("*") if path.is_file()} == {0o600}
    (line, _other) = _lines(whole)
    changed = {
        "manifest": (MANIFEST, lambda said: said.replace(b'"made_at": "20', b'"made_at": "19')),
        "list": (LIST, lambda said: said.replace(line.sha256.encode(), b"0" * 64)),
        "dump": (making.DUMP, lambda said: said[:-1] + b"x"),
        "file": (f"files/{line.name}", lambda said: said[:-1] + b"x"),
    }
    said = {}
    for name, (file, touch) in changed.items():
        place = tmp_path / name
        shutil.copytree(whole, place)
        (place / file).write_bytes(touch((place / file).read_bytes()))
        said[name] = _refused(capsys, place)
    assert "changed after it was made" in said["manifest"]
    assert f"{LIST} is missing or not what was backed up" in said["list"]
    assert "is not what was backed up" in said["dump"]
    assert "1 files of" in said["file"]
    (tmp_path / "manifest" / SIGNATURE).unlink()
    assert f"{SIGNATURE} is missing" in _refused(capsys, tmp_path / "manifest", "--unsigned")

    assert main(["restore", str(whole), "--replace"]) == 0
    assert "Everything holds." in capsys.readouterr().out
    (noted,) = Record.objects.filter(kind="settings.restored")
    assert noted.after["signed_by"] == keys.known().verifying[0].short
    assert "@" in noted.address


def _lines(place: Path) -> list[Line]:
    """The files of a backup."""
    return sorted(lines(place, json.loads((place / MANIFEST).read_text())))


@pytest.mark.slow
def test_a_foreign_backup_is_believed_when_its_key_is(kept, tmp_path, capsys, monkeypatch) -> None:
    """And one that was signed before the key was renewed is verified as ever."""
    old = _backup(tmp_path / "old")
    first = keys.known().verifying[0]
    assert main(["backup-keys", "renew"]) == 0
    new = _backup(tmp_path / "new")
    second = next(one for one in keys.known().verifying if not one.until)
    assert [restoring.verified(place).signed_by for place in (old, new)] == [first.short, second.short]
    said = [(line.before, line.after) for line in Record.objects.filter(kind="settings.backup_keys").order_by("pk")]
    assert said[0] == (None, {"signed_by": first.short, "recipients": []})
    assert said[1][1] == {"signed_by": second.short, "recipients": []}

    monkeypatch.setenv("SPOTCHECK_BACKUP_KEYS", str(tmp_path / "elsewhere"))
    refused = _refused(capsys, old)
    assert f"spotcheck backup-keys trust {first.key}" in refused
    assert main(["backup-keys", "trust", first.key]) == 0
    assert restoring.verified(old).signed_by == first.short
    assert second.short in _refused(capsys, new)
    assert main(["backup-keys", "distrust", first.short]) == 0
    assert "not known here" in _refused(capsys, old)


@pytest.mark.slow
def test_an_encrypted_backup_is_opened_by_its_recipients_alone(kept, tmp_path, capsys) -> None:
    safe, other = tmp_path / "safe.key", tmp_path / "other.key"
    for path in (safe, other):
        assert main(["backup-keys", "identity", str(path)]) == 0
        assert path.stat().st_mode & 0o777 == 0o600
    recipient = str(keys.identities(safe)[0].to_public())
    assert main(["backup-keys", "encrypt-to", recipient]) == 0
    place = _backup(tmp_path / "sealed")
    assert "encrypted for 1" in capsys.readouterr().out
    assert not (place / making.DUMP).exists()
    for path in place.rglob(f"*{ENDING}"):
        assert path.read_bytes().startswith(b"age-encryption.org/v1")
    assert all(SECRET not in path.read_bytes() for path in place.rglob("*") if path.is_file())

    assert f"is encrypted for {recipient}" in _refused(capsys, place)
    assert "None of these keys opens" in _refused(capsys, place, "--identity", str(other))
    assert "holds no key of age" in _refused(capsys, place, "--identity", str(place / LIST))
    shutil.rmtree(kept)
    assert main(["restore", str(place), "--replace", "--identity", str(safe)]) == 0
    assert "Everything holds." in capsys.readouterr().out
    paper = Paper.objects.exclude(file="").first()
    assert storage.read(paper.file, paper.sha256).startswith(SECRET)

    assert main(["backup-keys", "encrypt-to", str(keys.identities(other)[0].to_public())]) == 0
    again = _backup(tmp_path / "again")
    assert "None of these keys opens" in _refused(capsys, again, "--identity", str(safe))
    assert restoring.verified(again, identity=other).manifest["recipients"] != [recipient]
    assert restoring.verified(place, identity=safe).manifest["recipients"] == [recipient]  # renewing opens no old one


@pytest.mark.slow
def test_a_backup_of_before_signatures_is_restored_when_somebody_says_so(kept, tmp_path, capsys) -> None:
    """Its manifest is that of the version before: it names the files itself, and nobody signed it."""
    place = tmp_path / "before"
    place.mkdir()
    dumps.dump(databases.owner_url(), place / making.DUMP, databases.major_version())
    shutil.copytree(kept, place / making.FILES)
    files = [{"name": paper.file, "sha256": paper.sha256} for paper in Paper.objects.exclude(file="")]
    manifest = {
        "format": 1,
        "made_at": "2026-11-22T16:30:00+00:00",
        "schema": databases.fingerprint(),
        "roles": {"application": databases.application_role(), "owner": "spotcheck_owner"},
        "database": sha256((place / making.DUMP).read_bytes()).hexdigest(),
        "files": files,
    }
    (place / MANIFEST).write_text(json.dumps(manifest, indent=1))
    assert "--unsigned" in _refused(capsys, place)
    dossiers = Dossier.objects.count()
    shutil.rmtree(kept)
    assert main(["restore", str(place), "--replace", "--unsigned"]) == 0
    told = capsys.readouterr()
    assert "NOT SIGNED" in told.err
    assert "Everything holds." in told.out
    assert (Dossier.objects.count(), len(list(kept.rglob("*.pdf")))) == (dossiers, DRAWN)
    (noted,) = Record.objects.filter(kind="settings.restored")
    assert (noted.after["signed_by"], noted.after["backup"]) == (restoring.UNSIGNED, manifest["made_at"])


@pytest.mark.slow
def test_a_restore_is_practised_beside_the_present_system(kept, tmp_path, capsys) -> None:
    """Nothing of it is touched but the note; and what does not hold is told, and not noted."""
    sweep(thorough=True)
    place, before = _backup(tmp_path / "backup"), set(_databases())
    count = Record.objects.count()
    assert main(["restore", str(place), "--practise"]) == 0
    assert "Practised; nothing here was changed." in capsys.readouterr().out
    assert set(_databases()) == before
    assert Record.objects.count() == count
    noted = Beat.objects.get(name="restore")
    assert noted.detail["signed_by"] == keys.known().verifying[0].short

    Beat.objects.filter(name="restore").delete()
    with databases.using(databases.owner_url()), connections["default"].cursor() as cursor:
        cursor.execute("ALTER TABLE docket_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE docket_entry SET act = 'x' WHERE id = (SELECT min(id) FROM docket_entry)")
        cursor.execute("ALTER TABLE docket_entry ENABLE TRIGGER USER")
    bad = _backup(tmp_path / "bad")
    assert main(["restore", str(bad), "--practise"]) == 1
    assert "things do not hold" in capsys.readouterr().out
    assert not Beat.objects.filter(name="restore").exists()
    assert set(_databases()) == before


@pytest.fixture
def own_keys(tmp_path, monkeypatch) -> Path:
    """A folder for keys, with nothing in it."""
    monkeypatch.setenv("SPOTCHECK_BACKUP_KEYS", str(tmp_path / "keys"))
    return tmp_path / "keys"


def test_keys_are_for_their_owner_and_never_made_anew_by_themselves(own_keys, capsys) -> None:
    assert main(["backup-keys", "show"]) == 0
    assert "No key yet" in capsys.readouterr().out
    assert main(["backup-keys", "renew"]) == 0
    assert {path.stat().st_mode & 0o777 for path in (own_keys, *own_keys.iterdir())} == {0o600, 0o700}
    first = keys.known().verifying[0]
    content = b"{}"
    signature = keys.sign(content)
    assert keys.verified(content, signature) == first
    with pytest.raises(keys.BadKey, match="changed after it was made"):
        keys.verified(b"{ }", signature)
    for nonsense in (None, [], {"key": first.key}, {"key": first.key, "signature": 1}):
        with pytest.raises(keys.BadKey, match="signature is none"):
            keys.verified(content, nonsense)
    for nonsense in ("", "%", "eA=="):
        with pytest.raises(keys.BadKey, match="changed after"):
            keys.verified(content, signature | {"signature": nonsense})

    assert main(["backup-keys", "distrust", first.short]) == 2
    assert "renew first" in capsys.readouterr().err
    (own_keys / keys.SIGNING).chmod(0o640)
    with pytest.raises(keys.BadKey, match="others can read"):
        keys.sign(content)
    (own_keys / keys.SIGNING).unlink()
    with pytest.raises(keys.BadKey, match="bring it from the safe"):
        keys.signing(at=_now(), by="root@here")
    assert main(["backup-keys", "renew"]) == 0
    assert keys.signing(at=_now(), by="root@here") != first
    assert keys.verified(content, signature) == keys.known().by_name(first.key)
    assert main(["backup-keys", "show"]) == 0
    said = capsys.readouterr().out
    assert said.count("signs") == 2  # the new one, when it was made and here
    (own_keys / keys.KNOWN).write_text("{")
    assert main(["backup-keys", "show"]) == 2
    assert "bring it back from the safe" in capsys.readouterr().err


def _now():
    from datetime import UTC, datetime

    return datetime.now(UTC)


def test_what_is_no_key_is_said(own_keys, tmp_path, capsys) -> None:
    for given in (["trust", "x"], ["trust", "eA=="], ["distrust", "x"], ["encrypt-to", "age1x"], ["encrypt-to"]):
        assert main(["backup-keys", *given]) == 2, given
        assert capsys.readouterr().err.startswith("spotcheck backup-keys: ")
    assert not own_keys.exists()
    there = tmp_path / "there"
    there.write_text("x")
    assert main(["backup-keys", "identity", str(there)]) == 2
    assert there.read_text() == "x"
    assert main(["backup-keys", "encrypt-to", "--nobody"]) == 0
    assert keys.known() == keys.Known()


def test_what_is_encrypted_and_damaged_is_never_taken_for_whole(tmp_path) -> None:
    identity = pyrage.x25519.Identity.generate()
    source, path = tmp_path / "source", tmp_path / "sealed"
    source.write_bytes(bytes(300_000))
    with source.open("rb") as file:
        digest = sealing.write(path, file, [identity.to_public()])
    assert digest == sha256(path.read_bytes()).hexdigest()
    with path.open("rb") as file, sealing.opened(file, [identity]) as plain:
        assert plain.read() == bytes(300_000)
    whole = path.read_bytes()
    for damaged in (whole[:-100], whole[:200_000] + b"x" + whole[200_001:]):
        path.write_bytes(damaged)
        with path.open("rb") as file, pytest.raises((Problem, OSError)), sealing.opened(file, [identity]):
            pass


WRITER = """
import io, resource, sys
from pathlib import Path
import pyrage
from spotcheck.wiring.operating.backups import sealing
class Endless(io.RawIOBase):
    left = int(sys.argv[1]) * 2**20
    def readable(self): return True
    def read(self, size=-1):
        size = min(self.left, 2**16 if size < 0 else size)
        self.left -= size
        return bytes(size)
identity = pyrage.x25519.Identity.generate()
for recipients in ([identity.to_public()], []):
    path = Path(sys.argv[2]) / f"{len(recipients)}"
    sealing.write(path, Endless(), recipients)
    Endless.left = int(sys.argv[1]) * 2**20
    with path.open("rb") as file, sealing.opened(file, [identity] if recipients else None) as plain:
        while plain.read(2**20): pass
    path.unlink()
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_memory_does_not_grow_with_the_size(tmp_path) -> None:
    """In KiB, of a process that writes and opens so many MiB."""
    most = [
        int(
            subprocess.run(
                [sys.executable, "-c", WRITER, size, str(tmp_path)],
                capture_output=True,
                text=True,
                check=True,
                cwd=ROOT,
            ).stdout
        )
        for size in ("1", "200")
    ]
    assert most[1] - most[0] < 8 * 1024, most


@pytest.mark.django_db
def test_every_promised_file_is_named_once_and_in_the_order_of_names(folder) -> None:
    """Whatever column promises it, and however often; a name of another script stands where its bytes do."""
    names = ("files/é.pdf", "files/a.pdf", "files/Z.pdf", "files/中.pdf")
    for number, name in enumerate(names):
        thumb = {"thumb_file": names[0], "thumb_sha256": "f" * 64}
        StoredFile.objects.create(
            sha256=f"{number:064x}", file=name, size=1, media_type="application/pdf", checked_at=_now(), **thumb
        )
    found = [promise.name for promise in promises()]
    assert found == sorted(names)
    assert next(promise for promise in promises() if promise.name == names[0]).sha256 == f"{0:064x}"


@pytest.mark.slow
def test_a_disk_that_is_full_stops_a_backup_in_one_line_and_what_is_there_is_none(kept, tmp_path, capsys) -> None:
    with small_disk(tmp_path / "disk", "400k") as disk:
        capsys.readouterr()
        assert main(["backup", str(disk / "half")]) == 2
        said = capsys.readouterr().err
        assert "No space left on device" in said
        assert "Traceback" not in said
        assert not (disk / "half" / MANIFEST).exists()
        assert "is no backup" in _refused(capsys, disk / "half")
    assert restoring.verified(_backup(tmp_path / "whole")).manifest["format"] == FORMAT
