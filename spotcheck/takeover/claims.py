"""A claim: what a line of the sheet says of one party of one sample, as days, proofs and texts."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from spotcheck.parties.models import Enterprise, Office
from spotcheck.registers.imports.lines import Line
from spotcheck.rules.days import day_of
from spotcheck.takeover.columns import DAYS, LABELS, NAMED, PROOFS, ROLES, YES

PREFIX: Final = "旧"
"""What stands before the number of the old system: a series of its own, in no other."""
_PARTS: Final = ("、", "，", ",", "；", ";")


@dataclass(slots=True)
class Claim:
    """One line. ``days`` are those it states, ``proofs`` the papers it names, by the columns of their days."""

    line: int
    number: str
    role: str
    texts: dict[str, str]
    days: dict[str, date]
    proofs: dict[str, str]
    items: list[str]
    has_objected: bool
    enterprise: Enterprise | None = None
    handler: Office | None = None
    row: dict[str, str] = field(default_factory=dict)
    """The line as it was: its columns by their heads."""

    @property
    def label(self) -> str:
        """The label of the party in the file."""
        return LABELS[self.role]

    def proved(self, name: str) -> date | None:
        """A day, if a paper shows it."""
        return self.days.get(name) if name in self.proofs else None

    @property
    def sample(self) -> tuple[object, ...]:
        """What all lines of one sample say alike."""
        said = (self.texts.get(name) for name in ("product_kind", "product_name", "product_model", "batch"))
        return (*said, self.days.get("sampled_on"), self.days.get("reported_on"), tuple(self.items))

    def told(self, name: str) -> dict[str, str]:
        """A day as the record keeps it: what of, when, and by which paper."""
        said = {"what": NAMED[name].label.zh, "day": self.days[name].isoformat()}
        return said | ({"proof": self.proofs[name]} if name in self.proofs else {})


def claim_of(line: Line) -> Claim:
    """What a line says, as far as it can be read."""
    days = {name: day for name in DAYS if (day := day_of(line[name])) is not None}
    return Claim(
        line=line.number,
        number=line["number"],
        role=ROLES.get(line["role"], ""),
        texts={name: line[name] for name in ("product_kind", "product_name", "product_model", "batch")},
        days=days,
        proofs={day: line[name] for day, name in PROOFS.items() if line[name] and day in days},
        items=split(line["items"]),
        has_objected=line["objected"] == YES or "objected_on" in days,
        row={NAMED[name].label.zh: text for name, text in line.given.items() if text},
    )


def split(text: str) -> list[str]:
    """Names with commas between, each once."""
    for mark in _PARTS[1:]:
        text = text.replace(mark, _PARTS[0])
    return list(dict.fromkeys(part.strip() for part in text.split(_PARTS[0]) if part.strip()))
