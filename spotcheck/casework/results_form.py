"""Results as people type them: ``7.40``, ``<0.01``, ``16.50+``, ``3.1 3.2``, ``未检出``, a grade, words (29)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from spotcheck.inspection.results import Line, shown
from spotcheck.rules.limit_texts import folded
from spotcheck.rules.limits import said_of_absence
from spotcheck.rules.strict_json import IllFormed
from spotcheck.rules.verdicts import Judged, judge

PARTS: Final = ("value", "lod", "verdict", "reason", "approved_by")
"""What is typed of one item."""
_BELOW: Final = re.compile(r"[<＜](.+)")
_BETWEEN: Final = re.compile(r"[\s、,，;；/]+")
_ABSENT: Final = frozenset({"未检出", "不得检出", "未检测出", "无", "nd", "未击穿", "未见"})
_PRESENT: Final = frozenset({"检出", "有", "击穿", "见"})


@dataclass(slots=True)
class Row:
    """An item of the form: what is on record, what was typed, and what it comes to."""

    line: Line
    typed: dict[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    judged: Judged | None = None
    fault: IllFormed | None = None

    @property
    def number(self) -> str:
        """The number of its item."""
        return self.line.number

    @property
    def is_changed(self) -> bool:
        """Whether anything was typed that is not on record in the same words."""
        return any(self.typed[name] != was for name, was in before(self.line).items()) and any(self.typed.values())

    @property
    def kind(self) -> str:
        """The kind of its limit."""
        return str(self.line.limit["kind"])

    @property
    def needs_verdict(self) -> bool:
        """Whether a person has to judge it."""
        return self.kind == "text"

    @property
    def has_lod(self) -> bool:
        """Whether a detection limit belongs to it."""
        return self.kind in ("absence", "range")


def before(line: Line) -> dict[str, str]:
    """What the form shows of an item before anything is typed: the newest result."""
    newest = line.newest
    found = dict.fromkeys(PARTS, "")
    if newest is not None:
        found |= {"value": shown(newest.reported, line.limit), "lod": str(newest.reported.get("lod") or "")}
        if line.limit["kind"] == "text" or newest.differs or newest.computed == "undetermined":
            found["verdict"] = newest.verdict
    return found


def read(line: Line, sent: Mapping[str, str] | None) -> Row:
    """An item with what was sent for it (``value-<number>`` …); without a form what is on record."""
    was = before(line)
    typed = was if sent is None else {name: sent.get(f"{name}-{line.number}", was[name]).strip() for name in PARTS}
    row = Row(line, typed)
    if typed["value"]:
        said = said_of(row)
        try:
            row.judged = judge(line.limit, {k: v for k, v in said.items() if k not in ("approved_by", "reason")})
        except IllFormed as fault:
            row.fault = fault
    return row


def said_of(row: Row) -> dict[str, Any]:
    """What was typed as the fields of a result (``rules/verdicts.FIELDS``)."""
    typed = row.typed
    said: dict[str, Any] = {"number": row.number} | _value(row.line.limit, typed["value"])
    lod = folded(typed["lod"])
    more = {name: typed[name] for name in ("verdict", "reason", "approved_by")} | {"lod": lod if row.has_lod else ""}
    return said | {name: value for name, value in more.items() if value}


def _value(limit: Mapping[str, Any], text: str) -> dict[str, Any]:
    absent, present = said_of_absence(str(limit.get("shown") or ""))
    match limit["kind"]:
        case "text":
            return {"text": text}
        case "grade":
            return {"grade": text}
        case "each":
            return {"specimens": [_number(part) for part in _BETWEEN.split(text) if part]}
        case "absence" if folded(text).lower() in _ABSENT | {absent}:
            return {"present": False}
        case "absence" if folded(text).lower() in _PRESENT | {present}:
            return {"present": True}
    return _number(text)


def _number(text: str) -> dict[str, Any]:
    if found := _BELOW.fullmatch(text):
        return {"value": folded(found[1]), "qualifier": "<"}
    plain = folded(text)
    if plain[-1:] in ("+", "-") and len(plain) > 1:
        return {"value": plain[:-1], "mark": plain[-1]}
    return {"value": plain}
