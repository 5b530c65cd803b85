"""The system and the second reading, which knows the README and none of the system's code, say the same of every file."""

import argparse
import csv
import json
from datetime import date
from pathlib import Path

import pytest
import yaml

from spotcheck.cli import rehearse
from tests.second_reading.counting import period
from tests.second_reading.play import differences
from tests.second_reading.walks import Walk, save

ACCEPTANCE = Path(__file__).parents[1] / "acceptance"
SHORT, LONG = range(1, 41), range(10_000, 10_600)


@pytest.mark.parametrize("path", sorted(ACCEPTANCE.glob("S*.yaml")), ids=lambda path: path.stem)
def test_the_second_reading_tells_every_file_of_the_folder(path):
    assert differences(yaml.safe_load(path.read_text("utf-8"))) == []


def test_the_second_reading_counts_every_worked_date():
    with (ACCEPTANCE / "deadlines.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            counted = period(row["rule"], date.fromisoformat(row["start_date"]))
            assert (str(counted.due_on), str(counted.latest)) == (row["expected_due_on"], row["expected_latest"]), row


def test_a_walk_is_made_by_its_seed_alone():
    assert Walk(7).write(4) == Walk(7).write(4)


@pytest.fixture
def played(django_db_blocker, tmp_path, capsys):
    """Write the walks of these seeds, let the system play them in one call; what differs, by file."""

    def play(seeds, steps: int) -> dict:
        paths = [tmp_path / f"W{seed}.yaml" for seed in seeds]
        for seed, path in zip(seeds, paths, strict=True):
            save(Walk(seed).write(steps), path)
        with django_db_blocker.unblock():
            rehearse.run(argparse.Namespace(files=paths, json=True))
        found = json.loads(capsys.readouterr().out)["files"]
        assert len(found) == len(paths)
        return {row["id"]: row["error"] or row["differences"][:3] for row in found if not row["ok"]}

    return play


@pytest.mark.slow
def test_random_walks_are_played_as_the_second_reading_tells_them(played):
    assert played(SHORT, 7) == {}


@pytest.mark.long
@pytest.mark.parametrize("first", range(LONG.start, LONG.stop, 100))
def test_long_random_walks_are_played_as_the_second_reading_tells_them(played, first):
    assert played(range(first, first + 100), 30) == {}
