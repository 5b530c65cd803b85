"""The part of the benchmark that draws papers: which figures and goals there are, and that the rivals set the same words."""

import re
from collections import Counter

import pytest

from spotcheck.bench import papers, rivals, running
from spotcheck.rules.sd_2021_1.forms import FORMS
from tests.notices.reading import complaints_of_qpdf, text_of

pytestmark = pytest.mark.slow


def plain(pdf: bytes) -> str:
    return re.sub(r"\s", "", text_of(pdf))


def words(part: rivals.Part) -> str:
    """All characters of a part; lines may break anywhere."""
    found = part.words if part.grid is None else "".join(cell for row in part.grid for cell, _ in row)
    return re.sub(r"\s", "", found)


def test_the_part_measures_all_three_and_names_its_goals(monkeypatch):
    monkeypatch.setattr(papers, "ROUNDS", 1)
    (result,) = running.run(0, ["forms"])
    assert set(result.times) == {"ours", "platypus", "weasyprint"}
    assert {name: figure.goal for name, figure in result.figures.items() if figure.goal} == {
        "weasyprint": "≥ 8", "platypus": "≤ 1.3", "kib_a_page": "≤ 60", "above_mib": "≤ 120",
    }  # fmt: skip
    assert all(times.number == len(FORMS) for times in result.times.values())
    assert result.figures["kib_a_page"].is_met


@pytest.mark.parametrize("engine", ["platypus", "weasyprint"])
def test_a_rival_sets_the_same_words(engine, tmp_path):
    draw = rivals.platypus if engine == "platypus" else rivals.WeasyPrint()
    for template, data in papers.samples():
        theirs, ours = draw(template, data), papers.ours(template, data)
        assert complaints_of_qpdf(theirs, tmp_path) == ""
        wanted = Counter("".join(words(part) for part in rivals.outline(template, data)))
        copies = len(template.copies) if template.sets else 1
        wanted = Counter({character: count * copies for character, count in wanted.items()})
        assert wanted <= Counter(plain(theirs)), template.name
        assert wanted <= Counter(plain(ours)), template.name
