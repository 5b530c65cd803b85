"""The benchmark runs, in a small form: which parts, figures, units and goals there are, and what must hold at any size.

No times are judged here: they belong to an idle machine and a large run (docs/performance.md).
"""

import json
import re

import pytest

from spotcheck.bench import running
from spotcheck.cli.main import main
from spotcheck.wiring.machine.places import ROOT

pytestmark = pytest.mark.slow

SWEEPS = {"P1", "P2", "P3", "P4", "P13", "acts", "laboratories", "import"}
GOALS = {
    ("P1", "done_to_probe"): "≤ 2",
    ("P1", "done_many_to_few"): "≤ 2",
    ("P1", "look_to_probe"): "≤ 2",
    ("P1", "look_many_to_few"): "≤ 2",
    ("P2", "p99_ms"): "≤ 5",
    ("P2", "to_probe"): "≤ 2",
    ("P3", "ratio"): "≥ 20",
    ("P4", "ratio"): "≤ 1.05",
    ("P13", "ratio"): "≤ 2",
    ("laboratories", "results"): "≥ 3",
    ("laboratories", "report"): "≤ 1",
    ("laboratories", "p99_at_once"): "≤ 1",
    ("P13", "each_ratio"): "≤ 1.5",
    ("import", "csv"): "≤ 3",
    ("import", "xlsx"): "≤ 7",
    ("import", "stock_csv"): "≥ 50",
    ("import", "peak_xlsx"): "≤ 200",
    ("import", "wrote_again"): "≤ 0",
}
UNITS = {"", "ms", "s", "MiB", "a second", "times"}


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker) -> dict:
    """What ``spotcheck bench --json`` prints of a small run."""
    lines: list[str] = []
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("builtins.print", lambda *words, **_: lines.append(" ".join(map(str, words))))
        assert main(["bench", "--rows", "2000", "--only", ",".join(sorted(SWEEPS)), "--json"]) == 0
    (line,) = lines
    return json.loads(line)


def test_every_part_of_the_sweep_is_there_with_its_goals(told):
    assert set(running.PARTS) >= SWEEPS
    assert set(told["parts"]) == SWEEPS
    assert told["rows"] == 2000
    assert set(told["machine"]) >= {"cores", "memory_gib", "load"}
    for (part, name), goal in GOALS.items():
        assert told["parts"][part]["figures"][name]["goal"] == goal, (part, name)


def test_every_figure_says_what_it_is_in_a_unit_that_one_knows(told):
    for part in told["parts"].values():
        for name, figure in part["figures"].items():
            assert figure["what"], name
            assert figure["unit"] in UNITS, name
            assert figure["value"] > 0 or name == "wrote_again", name
            assert (figure["met"] is None) == (figure["goal"] == ""), name
        for name, times in part["times_ms"].items():
            assert 0 < times["median"] <= times["p99"], name
            assert times["number"] >= 3, name


def test_what_is_compared_did_the_same(told):
    parts = {key: part["figures"] for key, part in told["parts"].items()}
    # In twelve dossiers of the four kinds fifteen periods end, with one entry each, and six conclusions become final.
    assert parts["P3"]["entries"]["value"] > parts["P3"]["queries_batched"]["value"]
    assert parts["P3"]["messages"]["value"] > parts["P3"]["entries"]["value"]
    assert parts["P3"]["queries_batched"]["value"] < 2 * parts["P3"]["queries_singly"]["value"]
    assert parts["P13"]["moved"]["value"] > 0
    assert parts["import"]["wrote"]["value"] == 2000 - 2000 // 60
    assert parts["import"]["wrote_again"]["value"] == 0


def test_the_numbers_of_periods_are_those_that_were_asked_for(told):
    few, many = (int(number.replace(",", "")) for number in re.findall(r"[\d,]+", told["parts"]["P1"]["title"])[-2:])
    assert 2000 <= many < 2 * 2000
    assert few < many / 2


@pytest.mark.django_db
def test_what_is_too_small_or_unknown_is_refused(capsys):
    assert main(["bench", "--rows", "10"]) == 2
    assert "too few" in capsys.readouterr().err
    assert main(["bench", "--only", "P99"]) == 2
    assert "there is no part P99" in capsys.readouterr().err


def test_the_page_about_performance_tells_of_every_part():
    page = (ROOT / "docs/performance.md").read_text()
    for part in SWEEPS - {"acts"}:
        assert re.search(rf"\b{part}\b", page), part
    assert "spotcheck bench" in page
