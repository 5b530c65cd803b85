"""Readings: where the text is unclear, how it is read, why, and who decided so.

A reading is changed by a new dated record, never by editing an old one; the old one only gets the number of the
reading that narrows or extends it.

    of_words.py  what words of the text mean: days, receipts, titles, validity
    between.py   what the text leaves open between its articles
    disputes.py  second edition: samplers, samples, reports, objections and retests
    cases.py     second edition: cases, rechecks, announcement and publication
"""

from typing import Final

from spotcheck.rules.readings import Reading
from spotcheck.rules.sd_2021_1.readings.between import BETWEEN
from spotcheck.rules.sd_2021_1.readings.cases import CASES
from spotcheck.rules.sd_2021_1.readings.disputes import DISPUTES
from spotcheck.rules.sd_2021_1.readings.of_words import OF_WORDS

_ALL: Final = sorted((*OF_WORDS, *BETWEEN, *DISPUTES, *CASES), key=lambda reading: int(reading.id.removeprefix("R")))

READINGS: Final[dict[str, Reading]] = {reading.id: reading for reading in _ALL}
"""Every reading by its id, in the order of their numbers."""
