"""Every open matter of an office stands on exactly one of its lists: late, due, to be done, or waiting for somebody.

Played over all acceptance and journey files, looked at wherever they stop (``steps``).
"""

from pathlib import Path

import pytest

from tests.journeys.conftest import FILES, scratch  # noqa: F401 -- a fixture
from tests.law.one_list import Checker
from tests.law.steps import OFTEN, play

CHECKER = Checker()


@pytest.mark.parametrize(
    "name", [name if name in OFTEN else pytest.param(name, marks=pytest.mark.long) for name in FILES]
)
def test_every_open_matter_stands_on_exactly_one_list(name: str, scratch: None) -> None:  # noqa: F811
    before = len(CHECKER.faults)
    path: Path = FILES[name]
    play(path, CHECKER.look, CHECKER.states)
    assert CHECKER.faults[before:] == []
