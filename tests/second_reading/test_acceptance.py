"""The second reading alone: it tells every file of the folder, and what must hold on any journey holds on its own."""

import csv
from datetime import date
from pathlib import Path

import pytest
import yaml

from tests.second_reading.charts import book, transitions
from tests.second_reading.counting import period
from tests.second_reading.facts import DEFAULTS
from tests.second_reading.guards import GUARDS
from tests.second_reading.play import differences
from tests.second_reading.properties import violations
from tests.second_reading.walks import Walk

ACCEPTANCE = Path(__file__).parents[1] / "acceptance"
FILES = sorted(ACCEPTANCE.glob("*.yaml"))


def _story(path: Path) -> dict:
    return yaml.safe_load(path.read_text("utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_second_reading_tells_every_file_of_the_folder(path):
    assert differences(_story(path)) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_of_the_folder_has_the_properties(path):
    assert violations(_story(path)) == []


def test_the_second_reading_counts_every_worked_date():
    with (ACCEPTANCE / "deadlines.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            counted = period(row["rule"], date.fromisoformat(row["start_date"]))
            assert (str(counted.due_on), str(counted.latest)) == (row["expected_due_on"], row["expected_latest"]), row


def test_every_guard_of_the_charts_is_read():
    assert set(GUARDS) == {row["name"] for row in book()["guards"]}


def test_facts_are_those_of_acts():
    assert set(DEFAULTS) <= {name for name, transition in transitions().items() if transition.is_act}


def test_a_walk_is_made_by_its_seed_alone():
    assert Walk(7).write(4) == Walk(7).write(4)


@pytest.mark.parametrize("seed", range(1, 31))
def test_a_walk_is_told_as_it_was_made_and_has_the_properties(seed):
    story = Walk(seed).write(10)
    assert differences(story) == []
    assert violations(story) == []


@pytest.mark.long
@pytest.mark.parametrize("first", range(20_000, 20_400, 50))
def test_long_walks_have_the_properties(first):
    broken = {seed: found[:2] for seed in range(first, first + 50) if (found := violations(Walk(seed).write(30)))}
    assert broken == {}
