"""Which articles the vocabulary rests on, for the test that no article has been forgotten."""

from collections.abc import Iterable
from itertools import chain
from typing import Protocol

from spotcheck.rules.guards import FLAGS
from spotcheck.rules.sd_2021_1.forms import FORMS
from spotcheck.rules.sd_2021_1.grounds import GROUNDS
from spotcheck.rules.sd_2021_1.guards import GUARDS
from spotcheck.rules.sd_2021_1.letters import LETTERS
from spotcheck.rules.sd_2021_1.readings import READINGS
from spotcheck.rules.sd_2021_1.unmodelled import UNMODELLED


class Citing(Protocol):
    """A record which rests on articles."""

    @property
    def articles(self) -> tuple[int, ...]:
        """The numbers of the articles."""


def cited_articles(*more: Iterable[int]) -> set[int]:
    """Return every article cited by a record here, or named as having nothing to compute.

    ``more`` are the citations of others: periods, transitions, articles of a chapter.
    """
    records: Iterable[Citing] = (
        *FORMS.values(),
        *LETTERS.values(),
        *GROUNDS.values(),
        *GUARDS.values(),
        *FLAGS.values(),
        *READINGS.values(),
        *UNMODELLED,
    )
    return {*chain.from_iterable(record.articles for record in records), *chain(*more)}
