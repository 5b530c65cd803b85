"""Files are kept whole or not at all, with their hash, and never changed: in a folder and in a bucket alike."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured

from spotcheck.files import storage
from spotcheck.files.stores import Away, Taken
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
    storage.put_back(place, "papers/x.pdf", CONTENT)
    assert place.get("papers/x.pdf") == CONTENT
    storage.put_back(place, "papers/x.pdf", CONTENT)
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
