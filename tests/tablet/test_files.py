"""Files come by their hashes, in any order and as often as a browser likes, and leave with a receipt."""

import hashlib
from typing import Any

import pytest

from spotcheck.files import by_hash, receiving, storage
from spotcheck.files.models import StoredFile, Upload
from spotcheck.tablet import files
from tests.desk.world import World
from tests.files.good import photograph
from tests.small_disk import files_of, fill, small_disk
from tests.tablet.conftest import Tablet, tablet_of

PIECE = by_hash.PIECE


def _kind(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].rpartition("/")[2]


def _long() -> bytes:
    """A picture of three pieces: what follows the end of a JPEG belongs to no picture, so its metadata are long."""
    picture = photograph()
    filler = b"\xff\xfe\xff\xff" + bytes(65533)
    return picture[:2] + filler * 20 + picture[2:]


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_a_file_comes_in_pieces_in_any_order_and_twice(tablet: Tablet) -> None:
    content = _long()
    pieces = [content[start : start + PIECE] for start in range(0, len(content), PIECE)]
    assert len(pieces) == 3
    for number in (2, 0, 2, 0):
        assert tablet.piece(content, number, pieces[number]).status_code == 204
    said = tablet.status(_hash(content), "0" * 64).json()["files"]
    assert said == {_hash(content): {"receipt": None, "pieces": [0, 2]}, "0" * 64: {"receipt": None, "pieces": []}}
    missing = tablet.call("POST", f"/files/{_hash(content)}/complete", {"name": "a.jpg"})
    assert (_kind(missing), missing.json()["missing"]) == ((409, "pieces-missing"), [1])
    assert tablet.piece(content, 1, pieces[1]).status_code == 204
    first = tablet.call("POST", f"/files/{_hash(content)}/complete", {"name": "a.jpg"})
    again = tablet.call("POST", f"/files/{_hash(content)}/complete", {"name": "a.jpg"})
    assert first.json() == again.json()
    assert first.json()["size"] == len(content)
    assert tablet.status(_hash(content)).json()["files"][_hash(content)]["receipt"] == first.json()
    assert tablet.piece(content, 1, pieces[1]).status_code == 204  # a browser sends it once more
    assert StoredFile.objects.get().pk == _hash(content)


def test_pieces_are_forgotten_in_the_store_once_the_file_is_kept(tablet: Tablet) -> None:
    content = _long()
    tablet.send(content)
    upload = Upload.objects.get()
    with pytest.raises(FileNotFoundError):
        storage.store().get(f"{upload.place}/0")


def test_a_file_of_one_piece_comes_whole(tablet: Tablet) -> None:
    content = photograph()
    headers = {"Upload-Length": str(len(content)), "File-Name": "%E5%B0%81%E6%9D%A1.jpg"}
    digest = tablet_digest(content)
    answer = tablet.call("PUT", f"/files/{_hash(content)}", content, **headers, **{"Content-Digest": digest})
    assert answer.json()["sha256"] == _hash(content)
    assert Upload.objects.get().name == "封条.jpg"


def tablet_digest(content: bytes) -> str:
    import base64

    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


def test_damaged_bytes_are_sent_again_once(tablet: Tablet) -> None:
    content = photograph()
    answer = tablet.piece(content, 0, content, digest=tablet_digest(b"other"))
    assert (_kind(answer), answer.json()["retry"]) == ((400, "bytes-damaged"), "once")
    assert _kind(tablet.piece(content, 0, content[:-1])) == (400, "bytes-damaged")
    assert not Upload.objects.filter(received__gt=0).exists()


def test_other_bytes_never_take_the_place_of_a_piece(tablet: Tablet) -> None:
    content = photograph()
    assert tablet.piece(content, 0, content).status_code == 204
    changed = bytes([content[0] ^ 1]) + content[1:]
    headers = {"Content-Digest": tablet_digest(changed), "Upload-Length": str(len(content))}
    answer = tablet.call("PUT", f"/files/{_hash(content)}/pieces/0", changed, **headers)
    assert (_kind(answer), answer.json()["retry"]) == ((409, "other-bytes"), "never")
    headers |= {"Upload-Length": str(len(content) + 1)}
    assert _kind(tablet.call("PUT", f"/files/{_hash(content)}/pieces/0", changed, **headers)) == (409, "other-bytes")


def test_wrong_bytes_under_a_known_hash_are_no_file(tablet: Tablet) -> None:
    """Each piece has come as it was sent, but the whole is another file: all its pieces go, and it is sent anew."""
    wanted = "ab" * 32
    content = photograph()
    headers = {"Content-Digest": tablet_digest(content), "Upload-Length": str(len(content))}
    assert tablet.call("PUT", f"/files/{wanted}/pieces/0", content, **headers).status_code == 204
    assert _kind(tablet.call("POST", f"/files/{wanted}/complete", {})) == (400, "bytes-damaged")
    assert tablet.status(wanted).json()["files"][wanted] == {"receipt": None, "pieces": []}
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("content", [b"<html>", photograph()[:-2], b"%PDF-1.4 nothing"])
def test_what_is_no_picture_is_refused_with_its_reason(tablet: Tablet, content: bytes) -> None:
    assert tablet.piece(content, 0, content).status_code == 204
    answer = tablet.call("POST", f"/files/{_hash(content)}/complete", {})
    assert _kind(answer) == (400, "file-refused")
    assert answer.json()["reason"]


def test_what_another_tablet_has_sent_is_not_there(world: World, tablet: Tablet) -> None:
    """Also when it is the same file: nobody learns from a hash what others have."""
    hashed = tablet.send(photograph())
    other = tablet_of(world, "hetao", secret=12)
    assert other.status(hashed).json()["files"][hashed] == {"receipt": None, "pieces": []}
    answer = other.call("POST", f"/files/{hashed}/complete", {})
    assert (_kind(answer), answer.json()["missing"]) == ((409, "pieces-missing"), [0])
    other.send(photograph())
    assert StoredFile.objects.count() == 1


def test_a_file_that_is_too_large_is_not_begun(tablet: Tablet) -> None:
    headers = {"Content-Digest": tablet_digest(bytes(PIECE)), "Upload-Length": str(200_000_001)}
    assert _kind(tablet.call("PUT", f"/files/{'1' * 64}/pieces/0", bytes(PIECE), **headers)) == (413, "too-large")


def test_a_long_film_is_checked_by_a_worker_and_asked_for_again(
    tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "AT_ONCE", 10)
    content = photograph()
    assert tablet.piece(content, 0, content).status_code == 204
    answer = tablet.call("POST", f"/files/{_hash(content)}/complete", {})
    assert (_kind(answer), answer.headers["Retry-After"]) == ((409, "being-checked"), "5")
    receiving.check(Upload.objects.get().pk, now=Upload.objects.get().expires_at)
    assert tablet.call("POST", f"/files/{_hash(content)}/complete", {}).status_code == 200


def test_pieces_that_nothing_follows_are_forgotten_after_fourteen_days(tablet: Tablet) -> None:
    content = _long()
    tablet.piece(content, 0, content[:PIECE])
    begun = Upload.objects.get().expires_at
    assert receiving.forget_silent(receiving.seconds_after(begun, -60)) == 0
    assert receiving.forget_silent(begun) == 1


def test_without_a_token_nothing_is_told(tablet: Tablet) -> None:
    tablet.tokens.clear()
    assert _kind(tablet.status("0" * 64)) == (401, "unauthenticated")
    assert _kind(tablet.piece(b"x", 0, b"x")) == (401, "unauthenticated")


@pytest.mark.parametrize("hashed", ["x", "A" * 64, "0" * 63])
def test_a_hash_is_one(tablet: Tablet, hashed: str) -> None:
    assert _kind(tablet.status(hashed)) == (400, "invalid")


def test_two_gigabytes_an_hour(tablet: Tablet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "PIECES_AN_HOUR", 1)
    content = photograph()
    answers = [tablet.piece(content, 0, content) for _each in range(2)]
    assert _kind(answers[1]) == (429, "too-often")


def test_a_disk_that_is_full_is_told_to_the_tablet_which_sends_the_piece_again(
    tablet: Tablet, settings: Any, tmp_path: Any
) -> None:
    content = photograph()
    with small_disk(tmp_path / "disk") as disk:
        settings.MEDIA_ROOT = disk
        ballast = fill(disk)
        assert _kind(tablet.piece(content, 0, content)) == (507, "no-room")
        assert files_of(disk) == set()
        assert tablet.status(_hash(content)).json()["files"][_hash(content)] == {"receipt": None, "pieces": []}
        ballast.unlink()
        assert tablet.piece(content, 0, content).status_code == 204
        done = tablet.call("POST", f"/files/{_hash(content)}/complete", {"name": "a.jpg"})
        assert (done.status_code, done.json()["size"]) == (200, len(content))
