"""Form and Letter: a numbered form of a text, and a paper that its articles presuppose but do not number.

``title`` is that of the annex and is what is printed; ``aliases`` are the titles under which the
articles speak of the same paper.
"""

from dataclasses import dataclass

from spotcheck.rules.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One numbered form.

    ``issuer`` is an actor word (a form of the samplers is the laboratory's when the laboratory
    finds the violation), ``recipients`` are actor words, ``party``, or circles of the regulation.
    ``issued_by`` are the acts, ``starts`` the periods counted from the paper's date or receipt.
    """

    number: int
    title: Words
    short: Words
    aliases: tuple[str, ...]
    articles: tuple[int, ...]
    issuer: str
    recipients: tuple[str, ...]
    copies: Words
    issued_by: tuple[str, ...]
    starts: tuple[str, ...]
    heading: str
    """Whose name heads the paper: a capacity (the province's, as in the title, or the handling bureau's)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One unnumbered paper.

    ``recipients`` are actor words or circles of the regulation. ``filed_with`` is the actor word for the office that
    keeps what a party writes itself; without it that of the samplers.
    """

    name: str
    title: Words
    purpose: Words
    articles: tuple[int, ...]
    issuer: str
    recipients: tuple[str, ...]
    issued_by: tuple[str, ...]
    filed_with: str = ""
