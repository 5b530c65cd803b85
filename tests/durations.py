"""How long each file of tests takes, in seconds: the longest begin first, so that no process works alone at the end.

``./test --renew-durations`` writes ``durations.json`` anew from what it has just run; files that did not run keep theirs.
"""

import json
from collections import defaultdict
from pathlib import Path

import pytest

_KEPT = Path(__file__).with_name("durations.json")
_OF_A_NEW_FILE = 10.0
"""In front of the many short ones: it may be long."""


def longest_first(items: list[pytest.Item]) -> None:
    """Put the files in the order of their durations; within a file nothing moves."""
    known: dict[str, float] = json.loads(_KEPT.read_text())
    items.sort(key=lambda item: -known.get(_file_of(item.nodeid), _OF_A_NEW_FILE))


def _file_of(nodeid: str) -> str:
    return nodeid.partition("::")[0]


class Renewal:
    """A plugin that adds up what is reported and writes it down."""

    def __init__(self) -> None:
        self._found: dict[str, float] = defaultdict(float)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count setup, call and teardown of a test, in whichever process it ran."""
        self._found[_file_of(report.nodeid)] += report.duration

    def pytest_sessionfinish(self) -> None:
        """Keep the durations of files that are still there."""
        known = json.loads(_KEPT.read_text()) | {file: round(seconds, 1) for file, seconds in self._found.items()}
        there = {file: seconds for file, seconds in known.items() if (_KEPT.parents[1] / file).exists()}
        _KEPT.write_text(json.dumps(dict(sorted(there.items())), indent=1) + "\n")
