"""What the doctor says: one line for each check, with a colour, a sentence, a cure and where to read on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.http import HttpRequest

from spotcheck.rules.words import Words

GREEN, YELLOW, RED = "green", "yellow", "red"
NOTHING: Final = Words("", "")


class Said(NamedTuple):
    """What a check has found; ``cure`` is empty where all is well."""

    level: str
    says: Words
    cure: Words = NOTHING


@dataclass(frozen=True, slots=True)
class Looking:
    """From where the doctor looks: the request of the page, if there is one; an address to look at from outside."""

    request: HttpRequest | None = None
    outside: str = ""


class Check(NamedTuple):
    """One thing to look at: its name, whom it asks, the section of docs/operations.md, and the question itself."""

    name: str
    asks: str
    section: str
    ask: Callable[[Looking], Said | None]


class Line(NamedTuple):
    """One line of the answer."""

    name: str
    level: str
    says: Words
    cure: Words
    section: str

    def as_json(self, language: str) -> dict[str, Any]:
        """The line as a program reads it."""
        return {
            "name": self.name,
            "level": self.level,
            "says": self.says.in_(language),
            "cure": self.cure.in_(language),
            "section": self.section,
        }


def well(zh: str, en: str) -> Said:
    """All is well."""
    return Said(GREEN, Words(zh, en))


def beware(says: tuple[str, str], cure: tuple[str, str]) -> Said:
    """It works, and somebody should look."""
    return Said(YELLOW, Words(*says), Words(*cure))


def wrong(says: tuple[str, str], cure: tuple[str, str]) -> Said:
    """It does not work, or is not safe."""
    return Said(RED, Words(*says), Words(*cure))
