"""Reading: one answer to a question which the text leaves open."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from spotcheck.rules.words import Words

PROJECT: Final = Words("项目组", "project")
FIRST_ROUND: Final = date(2026, 11, 22)
SECOND_ROUND: Final = date(2026, 11, 27)
SECOND_EDITION: Final = date(2026, 11, 29)
FILES_ROUND: Final = date(2026, 11, 30)


@dataclass(frozen=True, slots=True)
class Reading:
    """One question of reading, how it is answered and why, who decided so and when."""

    id: str
    articles: tuple[int, ...]
    question: Words
    answer: Words
    reason: Words
    decided_by: Words = PROJECT
    decided_on: date = FIRST_ROUND
