"""Files are told by their content, must open for everybody, and cost little to look at (Articles 16, 53)."""

import io
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from spotcheck.files.checking import checked
from spotcheck.files.checks import child
from spotcheck.files.reasons import REASONS, FileRefused
from tests.files import good, making
from tests.files.good import GOOD
from tests.files.hostile import HOSTILE

MEMORY, SECONDS = 200 * 1024 * 1024, 0.1


@pytest.fixture
def put(tmp_path):
    def put(content: bytes) -> Path:
        path = tmp_path / "handed-in"
        path.write_bytes(content)
        return path

    return put


def test_there_are_enough_of_both():
    assert len(HOSTILE) >= 60
    assert len(GOOD) >= 40
    assert {code for code, _make in HOSTILE.values()} <= set(REASONS)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason_and_costs_little(name, tmp_path, monkeypatch, put):
    code, make = HOSTILE[name]
    told = _result(put(make()), tmp_path)
    assert told["refused"] == code
    assert told["seconds"] <= SECONDS
    assert told["peak"] <= MEMORY


def _result(path: Path, tmp_path: Path) -> dict:
    from spotcheck.files.checking import _asked

    folder = tmp_path / "work"
    folder.mkdir()
    return _asked(path, folder)


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_is_taken_with_pages_that_anybody_can_join(name, put):
    pages, make = GOOD[name]
    with checked(put(make())) as found:
        assert found.peak <= MEMORY
        if not pages:
            assert found.leaf is None
            return
        reader = PdfReader(io.BytesIO(found.leaf.read_bytes()))
    assert len(reader.pages) == pages
    for page in reader.pages:
        assert page.rotation == 0
        assert [float(side) for side in page.mediabox][:2] == [0, 0]
        assert "/Annots" not in page
    assert {"/OpenAction", "/AA", "/Names", "/AcroForm"}.isdisjoint(reader.trailer["/Root"])


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("pdf_turned", (200, 300)),
        ("pdf_upside_down", (300, 200)),
        ("pdf_turned_left", (200, 300)),
        ("pdf_whose_box_begins_at_50", (300, 150)),
        ("pdf_cropped", (260, 90)),
        ("pdf_in_other_units", (750, 500)),
    ],
)
def test_a_bound_page_is_as_large_as_a_reader_shows_it(name, size, put):
    with checked(put(GOOD[name][1]())) as found:
        page = PdfReader(io.BytesIO(found.leaf.read_bytes())).pages[0]
    assert (float(page.mediabox.width), float(page.mediabox.height)) == size


def test_what_an_owner_forbids_is_noted_and_an_open_file_taken(put):
    with checked(put(good.pdf_with_an_owner_password())) as found:
        assert found.findings == {"pages": 1, "owner_password": True}


@pytest.mark.parametrize("make", [good.photograph_held_upright, good.photograph_of_an_iphone, good.photograph])
def test_a_photograph_stands_upright_with_its_red_corner_where_it_was_seen(make, put):
    with checked(put(make())) as found:
        small = Image.open(io.BytesIO(found.thumbnail.read_bytes())).convert("RGB")
    turned = make is good.photograph_held_upright
    assert (small.width < small.height) is turned
    assert max(small.size) == 320
    corner = (small.width * 3 // 4, small.height // 8) if turned else (small.width // 8, small.height // 8)
    red, green, _blue = small.getpixel(corner)
    assert red > 180 > 100 > green


def test_what_is_transparent_lies_on_white_and_sixteen_bits_keep_their_shade(put):
    with checked(put(good.picture_transparent())) as found:
        assert Image.open(io.BytesIO(found.thumbnail.read_bytes())).convert("L").getpixel((300, 150)) > 240
    with checked(put(good.picture_of_sixteen_bits())) as found:
        shade = Image.open(io.BytesIO(found.thumbnail.read_bytes())).convert("L").getpixel((100, 100))
    assert abs(shade - 40_000 // 256) < 6


def test_the_length_of_a_film_is_known(put):
    with checked(put(good.film_of_a_phone())) as found:
        assert found.media_type == "video/mp4"
        assert found.findings == {"seconds": 12}


def test_a_check_that_takes_too_much_is_a_refusal(put, monkeypatch):
    monkeypatch.setattr("spotcheck.files.checking.PATIENCE", 0.01)
    with pytest.raises(FileRefused) as refused:
        checked(put(making.plain())).__enter__()
    assert refused.value.code == "too_costly"


def test_the_process_sees_nothing_of_what_its_parent_knows(put, monkeypatch):
    import subprocess

    seen = {}
    run = subprocess.run
    monkeypatch.setenv("DATABASE_URL", "postgresql://a:secret@db/x")
    monkeypatch.setattr(
        "spotcheck.files.checking.subprocess.run", lambda command, **how: seen.update(how) or run(command, **how)
    )
    with checked(put(making.plain())):
        pass
    assert set(seen["env"]) == {"PATH", "LANG", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE"}
    assert child.MEMORY == MEMORY


def test_every_reason_is_said_in_both_languages_with_what_is_meant():
    for code in REASONS:
        words = FileRefused(code, "X").words
        assert words.zh
        assert words.en
        assert "{" not in words.zh + words.en
