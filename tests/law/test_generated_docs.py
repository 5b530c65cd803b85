"""The generated pages: current, and saying what the program does."""

from pathlib import Path

import pytest

from spotcheck.handbook import statements
from spotcheck.handbook.citing import citations, in_text
from spotcheck.handbook.matrix import permitted
from spotcheck.handbook.pages import pages, stale, write
from spotcheck.rules.charts import CHARTS
from spotcheck.rules.sd_2021_1.actors import CAPACITIES
from spotcheck.rules.sd_2021_1.articles import ARTICLES
from spotcheck.wiring.machine.places import ROOT
from tests.law.machines import CHART_NAMES, rows, transitions

TESTS = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def written():
    return pages(TESTS)


def test_the_pages_on_disk_are_current(written):
    """Run ``spotcheck regulation`` after a change."""
    assert stale(ROOT / "docs", written) == []


def test_the_checklist_of_the_papers_is_that_of_the_table(tmp_path):
    """Every statement of every paper stands in the page of the templates, beside what its articles say."""
    papers = ROOT / "forms_templates"
    assert not statements.is_stale(papers)
    for name in ("README.md", "citations.yaml"):
        (tmp_path / name).write_text((papers / name).read_text("utf-8").replace("was: kept", "was: changed"), "utf-8")
    assert statements.is_stale(tmp_path)
    assert [statements.write(tmp_path), statements.write(tmp_path)] == [True, False]
    (tmp_path / "README.md").write_text("nothing", "utf-8")
    with pytest.raises(ValueError, match="marks"):
        statements.current(tmp_path)


def test_every_article_and_every_chart_has_its_place(written):
    assert set(written) == {
        "regulation.md",
        "permitted-acts.md",
        "charts/README.md",
        "openapi.yaml",
        *(f"charts/{name}.md" for name in CHARTS),
    }
    assert [n for n in ARTICLES if f"Article {n}: " not in written["regulation.md"]] == []


@pytest.mark.parametrize("chart", CHART_NAMES)
def test_a_chart_shows_every_transition_with_its_articles(written, chart):
    page = written[f"charts/{chart}.md"]
    for name, transition in transitions(chart).items():
        label = f"{name.split('.')[1]} ({', '.join(map(str, transition.articles))})"
        assert label in page
        assert f"| {transition.code} |" in page


def test_the_matrix_on_the_page_is_the_reviewed_one():
    reviewed = {(row["actor"], row["chart"], row["state"]): row["acts"].split() for row in rows("permitted_acts.csv")}
    shown = {
        (actor, chart, state): acts
        for actor in CAPACITIES
        for chart, data in CHARTS.items()
        for state in ("absent", *data.states)
        if (acts := permitted(chart, state, actor))
    }
    assert shown == reviewed


def test_pages_are_written_once_and_left_over_ones_removed(tmp_path, written):
    (tmp_path / "charts").mkdir()
    (tmp_path / "charts" / "gone.md").write_text("x")
    (tmp_path / "decisions.md").write_text("ours")
    assert "charts/gone.md" in write(tmp_path, written)
    assert stale(tmp_path, written) == []
    assert write(tmp_path, written) == []
    assert not (tmp_path / "charts" / "gone.md").exists()
    assert (tmp_path / "decisions.md").exists()
    (tmp_path / "permitted-acts.md").write_text("other")
    assert stale(tmp_path, written) == ["permitted-acts.md"]


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("def test_art35_the_window(): ...", {35}),
        ("(Article 39)", {39}),
        ("Articles 14, 19(4) and 21", {14, 19, 21}),
        ("Articles 36 to 38", {36, 37, 38}),
        ("Art. 5", {5}),
        ("依照第十九条、第三十五条", {19, 35}),
        ("第二十条", {20}),
        ("start 12, part30, heart7", set()),
    ],
)
def test_a_citation_is_recognised(text, cited):
    assert set(in_text(text)) == cited


def test_a_story_cites_the_articles_it_is_about():
    assert "acceptance/S06.yaml" in citations(TESTS)[35]
