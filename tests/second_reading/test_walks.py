"""The system and the second reading, which knows the README and none of the system's code, say the same of every walk."""

import argparse
import json

import pytest

from spotcheck.cli import rehearse
from tests.second_reading.properties import violations
from tests.second_reading.walks import Walk, save

SHORT, LONG = range(1, 41), range(10_000, 10_600)


@pytest.fixture
def played(django_db_blocker, tmp_path, capsys):
    """Write the walks of these seeds, let the system play them in one call; what differs, by file.

    A walk which the system plays as it was written has the properties in the system too: it names every state.
    """

    def play(seeds, steps: int) -> dict:
        paths = [tmp_path / f"W{seed}.yaml" for seed in seeds]
        broken = {}
        for seed, path in zip(seeds, paths, strict=True):
            story = Walk(seed).write(steps)
            save(story, path)
            if found := violations(story):
                broken[story["id"]] = found[:3]
        with django_db_blocker.unblock():
            rehearse.run(argparse.Namespace(files=paths, json=True))
        found = json.loads(capsys.readouterr().out)["files"]
        assert len(found) == len(paths)
        return broken | {row["id"]: row["error"] or row["differences"][:3] for row in found if not row["ok"]}

    return play


@pytest.mark.slow
def test_random_walks_are_played_as_the_second_reading_tells_them(played):
    assert played(SHORT, 7) == {}


@pytest.mark.long
@pytest.mark.parametrize("first", range(LONG.start, LONG.stop, 100))
def test_long_random_walks_are_played_as_the_second_reading_tells_them(played, first):
    assert played(range(first, first + 100), 30) == {}
