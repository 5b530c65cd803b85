"""Files that a program hands in: whole or in pieces, checked, waiting for an act, and nobody else's."""

import base64
import hashlib
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from spotcheck.files.models import Upload
from tests.api.conftest import program_of
from tests.files.good import photograph
from tests.laboratories.conftest import Bench
from tests.small_disk import files_of, fill, small_disk

PIECE = "application/offset+octet-stream"


def _begin(bench: Bench, size: int, name: str = "照片.jpg") -> Any:
    metadata = f"filename {base64.b64encode(name.encode()).decode()}"
    headers = bench.lims.headers({"Upload-Length": str(size), "Upload-Metadata": metadata, "Tus-Resumable": "1.0.0"})
    return bench.lims.client.post("/api/v1/uploads", headers=headers)


def _send(bench: Bench, place: str, offset: int, content: bytes, **more: str) -> Any:
    headers = bench.lims.headers({"Upload-Offset": str(offset), **more})
    return bench.lims.client.patch(place, content, content_type=PIECE, headers=headers)


def test_a_file_comes_in_pieces_and_goes_on_where_it_broke_off(bench: Bench) -> None:
    content = photograph()
    begun = _begin(bench, len(content))
    assert begun.status_code == 201
    place, half = begun.headers["Location"], len(content) // 2
    assert _send(bench, place, 0, content[:half]).headers["Upload-Offset"] == str(half)
    lost = _send(bench, place, 0, content[:half])
    assert (lost.status_code, lost.headers["Upload-Offset"]) == (409, str(half))
    head = bench.lims.client.head(place, headers=bench.lims.headers())
    assert (head.status_code, head.headers["Upload-Offset"]) == (200, str(half))
    checksum = base64.b64encode(hashlib.sha256(content[half:]).digest()).decode()
    wrong = _send(bench, place, half, content[half:], **{"Upload-Checksum": f"sha256 {checksum[:-4]}AAA="})
    assert wrong.status_code == 460
    assert _send(bench, place, half, content[half:], **{"Upload-Checksum": f"sha256 {checksum}"}).status_code == 204
    said = bench.lims.get(place.removeprefix("/api/v1")).json()
    assert (said["state"], said["name"], said["sha256"]) == ("kept", "照片.jpg", hashlib.sha256(content).hexdigest())


def test_a_file_of_others_is_not_there(bench: Bench) -> None:
    place = _begin(bench, 10).headers["Location"]
    other = program_of(bench.world, "retest_lab")
    assert other.get(place.removeprefix("/api/v1")).status_code == 404
    assert other.client.delete(place, headers=other.headers()).status_code == 404
    assert bench.lims.client.delete(place, headers=bench.lims.headers()).status_code == 204
    assert not Upload.objects.exists()


def test_what_is_no_good_file_is_refused_with_its_reason(bench: Bench) -> None:
    answer = bench.lims.client.post(
        "/api/v1/files", {"file": SimpleUploadedFile("报告.pdf", b"not a pdf")}, headers=bench.lims.headers()
    )
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/file-refused")
    assert not Upload.objects.exists()


def test_lengths_that_cannot_be_are_refused(bench: Bench) -> None:
    for size in ("", "x", "-1", "1.5"):
        headers = bench.lims.headers({"Upload-Length": size})
        assert bench.lims.client.post("/api/v1/uploads", headers=headers).status_code == 400
    assert _begin(bench, 0).status_code == 400
    assert _begin(bench, 10**13).status_code == 413


def test_what_was_used_or_never_was_names_no_file(bench: Bench) -> None:
    photo = bench.photo()
    units = [{"unit": "T", "seal_state": "intact", "photos": [photo]}]
    assert bench.post("receipts", {"units": units}).status_code == 201
    for key in (photo, str(uuid4())):
        body = {"units": [{"unit": "R", "seal_state": "intact", "photos": [key]}]}
        answer = bench.post("receipts", body)
        assert answer.json()["errors"][0]["pointer"] == "/units/0/photos/0"


def test_a_disk_that_is_full_is_a_problem_and_what_was_sent_goes_on(bench: Bench, settings: Any, tmp_path: Any) -> None:
    content = photograph()
    with small_disk(tmp_path / "disk") as disk:
        settings.MEDIA_ROOT = disk
        place = _begin(bench, len(content)).headers["Location"]
        ballast = fill(disk)
        full = _send(bench, place, 0, content)
        assert (full.status_code, full.json()["type"]) == (507, "/problems/no-room")
        whole = bench.lims.client.post(
            "/api/v1/files", {"file": SimpleUploadedFile("a.jpg", content)}, headers=bench.lims.headers()
        )
        assert whole.status_code == 507
        assert files_of(disk) == set()
        ballast.unlink()
        assert _send(bench, place, 0, content).headers["Upload-Offset"] == str(len(content))
        assert bench.lims.get(place.removeprefix("/api/v1")).json()["state"] == "kept"
