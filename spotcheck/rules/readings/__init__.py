"""Readings: where the text is unclear, how it is read, why, and who decided so.

A reading is changed by a new dated record, never by editing an old one.

    reading.py   the record
    of_words.py  what words of the text mean: days, receipts, titles, validity
    between.py   what the text leaves open between its articles
"""

from typing import Final

from spotcheck.rules.readings.between import BETWEEN
from spotcheck.rules.readings.of_words import OF_WORDS
from spotcheck.rules.readings.reading import Reading

__all__ = ["READINGS", "Reading"]

READINGS: Final[dict[str, Reading]] = {reading.id: reading for reading in (*OF_WORDS, *BETWEEN)}
"""Every reading by its id."""
