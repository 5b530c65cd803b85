"""Every form and letter: what it says to the letter, how its pages look, and that the file is sound.

``UPDATE_GOLDEN=1 pytest tests/notices/test_golden.py`` writes what is expected anew; look at every page then.
"""

import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from spotcheck.notices.catalogue import complaints
from spotcheck.notices.render import draw
from spotcheck.notices.templates import templates
from tests.notices.papers import KEYS, MARKS, drawn, name_of, sample
from tests.notices.reading import complaints_of_qpdf, fonts_of, pictures_of, text_of

GOLDEN = Path(__file__).parent / "golden"
DOTS = 24
FAR = 2.0
"""How far the mean grey of a page may be from the expected one (of 255): another renderer, not another page."""
UPDATE = bool(os.environ.get("UPDATE_GOLDEN"))


@pytest.mark.parametrize("key", KEYS, ids=name_of)
def test_the_text_of_a_paper_is_as_expected(key):
    said = text_of(drawn(key).pdf)
    expected = GOLDEN / f"{name_of(key)}.txt"
    if UPDATE:
        expected.write_text(said, encoding="utf-8")
    assert said == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("key", KEYS, ids=name_of)
def test_the_pages_of_a_paper_look_as_expected(key, tmp_path):
    seen = [Image.open(path) for path in pictures_of(drawn(key).pdf, tmp_path, dots=DOTS)]
    strip = Image.new("L", (sum(page.width for page in seen), seen[0].height), 255)
    left = 0
    for page in seen:
        strip.paste(page, (left, 0))
        left += page.width
    expected = GOLDEN / f"{name_of(key)}.png"
    if UPDATE:
        strip.quantize(16).save(expected, optimize=True)
    with Image.open(expected) as wanted:
        assert strip.size == wanted.size
        assert ImageStat.Stat(ImageChops.difference(strip, wanted.convert("L"))).mean[0] < FAR


@pytest.mark.parametrize("key", KEYS, ids=name_of)
def test_a_paper_is_a_sound_file_with_every_font_inside(key, tmp_path):
    pdf = drawn(key).pdf
    assert complaints_of_qpdf(pdf, tmp_path) == ""
    fonts = fonts_of(pdf)
    assert fonts
    for line in fonts:
        assert line.split()[-5:-2] == ["yes", "yes", "yes"], line  # embedded, a subset, with its map to Unicode
    assert "Helvetica" not in "".join(fonts)


@pytest.mark.parametrize("key", KEYS, ids=name_of)
def test_the_same_input_gives_the_same_bytes(key):
    assert draw(templates()[key], sample(key), MARKS).pdf == drawn(key).pdf


@pytest.mark.parametrize("key", KEYS, ids=name_of)
def test_the_sample_of_a_paper_fits_and_leaves_nothing_required_open(key):
    assert complaints(sample(key)) == {}
    assert [field.name for field in templates()[key].missing(sample(key))] == []


def test_a_page_of_the_samples_weighs_little():
    sizes = [len(drawn(key).pdf) / drawn(key).pages for key in KEYS if isinstance(key, int)]
    assert sum(sizes) / len(sizes) < 60 * 1024
