"""Files are kept whole or not at all, with their hash, and never changed: in a folder and in a bucket alike."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from django.core.exceptions import ImproperlyConfigured

from spotcheck.files import storage
from spotcheck.files.stores import Away, Taken, hash_of
from spotcheck.wiring.machine.places import ROOT
from spotcheck.wiring.site.settings import _files
from tests.storage.server import BUCKET, client

pytestmark = pytest.mark.slow

CONTENT = "%PDF-1.7 检验结果通知书".encode() * 1000


def test_what_is_kept_can_be_read_with_its_hash_and_no_other(place):
    kept = storage.keep("papers/2026/ABCD.pdf", CONTENT)
    assert kept.name == f"papers/2026/ABCD-{kept.sha256[:16]}.pdf"
    assert kept.size == len(CONTENT)
    assert storage.read(kept.name, kept.sha256) == CONTENT
    with pytest.raises(storage.Damaged):
        storage.read(kept.name, "0" * 64)


def test_the_same_again_is_no_second_file_and_something_else_lies_beside_it(place):
    first, again, other = (storage.keep("papers/1.pdf", content) for content in (CONTENT, CONTENT, CONTENT + b"!"))
    assert first == again
    assert other.name != first.name
    assert storage.read(first.name, first.sha256) == CONTENT
    assert storage.read(other.name, other.sha256) == CONTENT + b"!"


def test_nothing_takes_the_place_of_another(place):
    place.put("proofs/a.png", b"first")
    place.put("proofs/a.png", b"first")
    with pytest.raises(Taken):
        place.put("proofs/a.png", b"second")
    assert place.get("proofs/a.png") == b"first"


def test_of_many_at_once_one_is_kept_whole_and_the_others_are_told(place):
    contents = [bytes([number]) * 200_000 for number in range(8)]

    def put(content: bytes) -> bool:
        try:
            place.put("proofs/race.bin", content)
        except Taken:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(put, contents))
    assert kept.count(True) == 1
    assert place.get("proofs/race.bin") == contents[kept.index(True)]


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a/../../x", "a//b", "", "a/.b", ".b", "a/b/", "a\\b", "a\0b"])
def test_no_name_leads_outside(place, name):
    for work in (lambda: place.put(name, b"x"), lambda: place.get(name), lambda: place.set_aside(name)):
        with pytest.raises(ValueError, match="leads outside"):
            work()


def test_what_is_not_there_is_said_to_be_missing(place):
    with pytest.raises(FileNotFoundError):
        place.get("papers/none.pdf")
    assert not storage.is_there(place, "papers/none.pdf", "0" * 64)


def test_what_is_damaged_gives_way_to_the_file_of_a_backup_and_is_not_thrown_away(place):
    place.put("papers/x.pdf", b"damaged")
    storage.put_back(place, "papers/x.pdf", BytesIO(CONTENT))
    assert place.get("papers/x.pdf") == CONTENT
    storage.put_back(place, "papers/x.pdf", BytesIO(CONTENT))
    assert [content for name, content in everything(place) if "~damaged~" in name] == [b"damaged"]


def test_a_store_that_works_is_found_to_work(place):
    place.look()
    place.put("a", b"x")
    place.look()


def everything(place: storage.Store) -> list[tuple[str, bytes]]:
    """What lies in a store, past its own functions."""
    if isinstance(place, storage.Folder):
        return [(path.name, path.read_bytes()) for path in place.root.rglob("*") if path.is_file()]
    from spotcheck.files.bucket import _client

    found = _client().list_objects_v2(Bucket=place.bucket, Prefix=place.prefix).get("Contents", ())
    return [(row["Key"], _client().get_object(Bucket=place.bucket, Key=row["Key"])["Body"].read()) for row in found]


def test_a_folder_leaves_no_half_file(folder):
    storage.keep("a/b.pdf", CONTENT)
    with pytest.raises(Taken):
        storage.store().put(next(iter(folder.rglob("*.pdf"))).relative_to(folder).as_posix(), b"x")
    assert [path.name for path in folder.rglob("*") if path.is_file() and path.name.startswith(".")] == []


def test_a_folder_that_cannot_be_written_to_is_said_to_be_away(settings):
    settings.BUCKET, settings.MEDIA_ROOT = "", "/proc/spotcheck"
    with pytest.raises(OSError, match="proc"):
        storage.keep("a", b"x")


def test_a_changed_object_is_noticed(bucket, s3):
    kept = storage.keep("papers/1.pdf", CONTENT)
    client(s3).put_object(Bucket=BUCKET, Key=f"{bucket}/{kept.name}", Body=CONTENT[:-1])
    with pytest.raises(storage.Damaged):
        storage.read(kept.name, kept.sha256)


def test_a_bucket_that_is_not_there_is_said_to_be_so(bucket, settings):
    settings.BUCKET = "s3://no-such-bucket"
    with pytest.raises(Away, match="NoSuchBucket"):
        storage.read("a", "0" * 64)
    with pytest.raises(OSError, match="404"):
        storage.store().look()
    storage.store().provide()
    storage.store().look()
    storage.store().provide()


@pytest.mark.parametrize("given", ["s3://", "s3:/bucket/x", "media", "http://x/y", "s3://bucket/a b"])
def test_a_setting_that_names_no_place_is_refused(given):
    with pytest.raises(ImproperlyConfigured, match="SPOTCHECK_FILES"):
        _files(given)


def test_a_setting_names_a_folder_or_a_bucket():
    assert str(_files("/srv/files")[0]) == "/srv/files"
    assert _files("/srv/files")[1] == _files("")[1] == ""
    assert _files("s3://bucket/a/b")[1] == "s3://bucket/a/b"


def test_a_file_goes_in_and_out_piece_by_piece_and_nothing_takes_its_place(place, tmp_path):
    here = tmp_path / "x.pdf"
    here.write_bytes(CONTENT)
    kept = storage.keep_file("files/x.pdf", here)
    assert storage.keep_file("files/x.pdf", here) == kept
    with storage.opened(kept.name, kept.sha256) as file:
        assert file.read() == CONTENT
    with pytest.raises(storage.Damaged):
        storage.opened(kept.name, "0" * 64)
    here.write_bytes(CONTENT + b"!")
    with pytest.raises(Taken):
        storage.keep_file("files/x.pdf", here)


def test_only_what_arrives_in_pieces_is_ever_forgotten(place):
    for name in ("incoming/one/0", "incoming/one/5", "incoming/two/0", "files/x"):
        place.put(name, b"x")
    place.forget("incoming/one")
    place.forget("incoming/one")
    left = ("files/x", "incoming/two/0")
    assert len(everything(place)) == len(left)
    assert all(place.get(name) == b"x" for name in left)
    for name in ("files", "files/x", "incoming", "incoming/", "incoming/../files", "", "incoming/one/../two"):
        with pytest.raises(ValueError, match=r"for good|outside"):
            place.forget(name)


MEASURED = """
import sys
from hashlib import sha256
from pathlib import Path
from spotcheck.files.stores import Folder, hash_of
place, path = Folder(Path(sys.argv[1])), Path(sys.argv[2])
def peak():
    return int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) * 1024
before = peak()
with path.open("rb") as file:
    place.put_file("films/x.mp4", file)
with place.open("films/x.mp4") as file:
    print(hash_of(file), peak() - before)
"""


def test_200_mb_go_in_and_out_in_less_than_64_mib_of_memory(tmp_path):
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.seek(200 * 1000 * 1000)
        file.write(b"end")
    command = [sys.executable, "-c", MEASURED, str(tmp_path / "store"), str(large)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    digest, used = done.stdout.split()
    with large.open("rb") as file:
        assert digest == hash_of(file)
    assert int(used) < 64 * 1024 * 1024


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_files_and_folders_are_for_us_alone_whatever_the_umask(folder, umask):
    before = os.umask(umask)
    try:
        storage.keep("papers/2026/x.pdf", CONTENT)
    finally:
        os.umask(before)
    made = [folder, *folder.rglob("*")]
    assert {path.stat().st_mode & 0o777 for path in made if path.is_dir()} == {0o700}
    assert {path.stat().st_mode & 0o777 for path in made if path.is_file()} == {0o600}
