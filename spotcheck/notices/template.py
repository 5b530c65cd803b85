"""Template: what one form or letter says, and how its sentences are filled in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any, Final

from spotcheck.notices.catalogue import Field, fields, value_of
from spotcheck.rules.articles import cite
from spotcheck.rules.periods import Unit
from spotcheck.rules.regulations import FIRST, named, newest
from spotcheck.rules.rule_sets import RULE_SETS

PLACEHOLDER: Final = re.compile(r"\{([^{}]+)\}")
RULE_SET: Final = "paper.rule_set"
"""The field that names the rules of the dossier, by which a paper gives the length of a period."""
BLANK: Final = "＿＿＿＿"
"""What stands in a sentence for a value that is not known: a line to write on."""


class BadTemplate(ValueError):
    """A template breaks the format; the message names file and place."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a grid: a label, and a value, boxes, fixed words, or lines to write on."""

    label: str
    field: Field | None
    text: str
    lines: int
    required: bool
    span: int


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a paper; ``kind`` says which of the other members count."""

    kind: str
    text: str = ""
    title: str = ""
    rows: Sequence[Sequence[Cell]] = ()
    columns: int = 2
    of: Field | None = None
    widths: Mapping[str, int] = field(default_factory=dict)
    empty: str = ""
    items: Sequence[tuple[str, tuple[int, ...]]] = ()
    cites: tuple[int, ...] = ()
    when: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    indent: bool = True
    leads: bool = False
    """Whether it stays on the page on which the next block begins."""

    @property
    def required(self) -> list[Field]:
        """The fields of this block that must be filled in."""
        return [cell.field for row in self.rows for cell in row if cell.required and cell.field]

    @property
    def texts(self) -> list[str]:
        """Every sentence, statement and note of this block, with its placeholders."""
        return [self.text, *(text for text, _ in self.items), *(cell.text for row in self.rows for cell in row)]

    @property
    def fields_used(self) -> list[str]:
        """The full names of the fields that this block names, in its order."""
        found = [self.of.name] if self.of else []
        found += [cell.field.name for row in self.rows for cell in row if cell.field]
        found += [key for text in self.texts for key in PLACEHOLDER.findall(text) if ":" not in key]
        return list(dict.fromkeys(found))

    def applies(self, data: Mapping[str, Any]) -> bool:
        """Whether the block stands on a paper with this data."""
        for name, wanted in self.when.items():
            value = value_of(data, name)
            values = value if isinstance(value, list) else [value]
            known = value not in (None, "", [])
            if "known" in wanted and known:
                continue
            if "unknown" in wanted and not known:
                continue
            if not set(map(str, values)) & set(map(str, wanted)):
                return False
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One form or letter in one version."""

    name: str
    form: int | None
    letter: str | None
    version: date
    title: str
    title_lines: tuple[str, ...]
    aliases: tuple[str, ...]
    articles: tuple[int, ...]
    layout: str
    issuer: str
    recipients: tuple[str, ...]
    copies: tuple[str, ...]
    sets: bool
    series: str
    seal: bool
    blocks: tuple[Block, ...]
    absent: Mapping[str, str]
    source: str
    regulation: str = FIRST

    @property
    def digest(self) -> str:
        """The SHA-256 of the file it was read from."""
        return sha256(self.source.encode()).hexdigest()

    @property
    def required(self) -> list[Field]:
        """The fields that must be filled in."""
        return list(dict.fromkeys(field for block in self.blocks for field in block.required))

    @property
    def is_served(self) -> bool:
        """Whether the paper carries an acknowledgement (送达回证), so that its receipt has to be proved."""
        return any(block.kind == "service" for block in self.blocks)

    def fields_used(self) -> set[str]:
        """The full names of all fields the template names."""
        return {name for block in self.blocks for name in block.fields_used}

    def texts(self) -> list[str]:
        """Every sentence, statement and note, with its placeholders."""
        return [text for block in self.blocks for text in block.texts]

    def missing(self, data: Mapping[str, Any]) -> list[Field]:
        """The required fields that this data leaves open, in the order of the paper."""
        found = [
            field
            for block in self.blocks
            if block.applies(data)
            for field in block.required
            if value_of(data, field.name) in (None, "", [])
        ]
        return list(dict.fromkeys(found))


def fill(text: str, data: Mapping[str, Any]) -> str:
    """Put values, periods and articles into a sentence."""

    def value(match: re.Match[str]) -> str:
        kind, _, name = match[1].partition(":")
        if not name:
            return fields()[kind].say(value_of(data, kind)) or BLANK
        return length_of(name, value_of(data, RULE_SET)) if kind == "period" else cite(int(name)).zh

    return PLACEHOLDER.sub(value, text)


def length_of(slug: str, rule_set: str | None) -> str:
    """A period in the words of a paper: 15日, 5个工作日, 6个月; as the rules of its dossier have it."""
    rules = RULE_SETS[rule_set] if rule_set else newest(named(FIRST))
    period = rules.named(slug)
    words = {Unit.CALENDAR_DAYS: "日", Unit.WORKING_DAYS: "个工作日", Unit.MONTHS: "个月"}
    return f"{period.length}{words[period.unit]}"
