"""The fields that a paper may name, and how their values are written (``forms_templates/fields.yaml``)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from spotcheck.rules.characters import complaint
from spotcheck.rules.days import day_of
from spotcheck.rules.texts import of_yaml

HOME: Final = Path(__file__).resolve().parents[2] / "forms_templates"
TICKED, UNTICKED = "■", "□"
GLUE: Final = "\u2060"
"""Keeps the characters around it on one line; it is never drawn."""

_DAY: Final = "2026-01-01"
_HOUR: Final = re.compile(
    r"[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?", re.ASCII
)
"""What stands behind the day of a moment."""


class BadCatalogue(ValueError):
    """The catalogue or a value does not fit."""


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """One field: what it is called on paper, and what it holds."""

    name: str
    label: str
    kind: str = "text"
    options: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    retired: bool = False
    """Only papers issued with an earlier layout still name it; they are drawn as they were."""

    def check(self, value: Any) -> str | None:
        """Say what is wrong with a value, or nothing."""
        return _CHECKS[self.kind](self, value) or _odd(value)

    def say(self, value: Any) -> str:
        """Write a value as it stands in a sentence or a cell; nothing for one that is not known."""
        if value is None or value == "" or value == []:
            return ""
        return _SAID[self.kind](self, value) if self.kind in _SAID else str(value)

    def boxes(self, value: Any) -> str:
        """Write all answers with a box before each, those that apply ticked."""
        if self.kind == "whether":
            options: Mapping[Any, str] = {True: "是", False: "否"}
            chosen = [] if value is None else [value]
        else:
            options = self.options
            chosen = value if isinstance(value, list) else [value]
        return "  ".join(GLUE.join((TICKED if key in chosen else UNTICKED) + words) for key, words in options.items())

    @property
    def has_boxes(self) -> bool:
        """Whether a table shows all its answers with boxes."""
        return self.kind in {"whether", "choice", "choices"}


@cache
def fields() -> dict[str, Field]:
    """Every field by its full name, ``group.field``. Raises :class:`BadCatalogue`."""
    loaded = of_yaml((HOME / "fields.yaml").read_text(encoding="utf-8"))
    found = {}
    for group, members in loaded.items():
        if group.startswith("."):
            continue
        for name, given in members.items():
            full = f"{group}.{name}"
            found[full] = _field(full, given)
    return found


def value_of(data: Mapping[str, Any], name: str) -> Any:
    """The value of a field in the data of a paper, or None."""
    group, _, rest = name.partition(".")
    return data.get(group, {}).get(rest)


def complaints(data: Mapping[str, Any]) -> dict[str, str]:
    """Everything that is wrong with the data of a paper, by field."""
    known, found = fields(), {}
    for group, members in data.items():
        if not isinstance(members, Mapping):
            found[group] = "要一组栏目"
            continue
        for name, value in members.items():
            full = f"{group}.{name}"
            if full not in known:
                found[full] = "没有这个栏目"
            elif value is not None and (wrong := known[full].check(value)):
                found[full] = wrong
    return found


def day(value: str) -> str:
    """Write a day as GB/T 9704 wants it: no leading zeros."""
    on = date.fromisoformat(value[:10])
    return f"{on.year}年{on.month}月{on.day}日"


def moment(value: str) -> str:
    """Write a moment: the day, and the hour when it is known."""
    if len(value) <= len(_DAY):
        return day(value)
    at = datetime.fromisoformat(value)
    return f"{day(value)}{at.hour}时{at.minute:02d}分"


def _odd(value: Any) -> str | None:
    """A character that looks like none or like another one: on paper nobody could tell."""
    match value:
        case str():
            wrong = complaint(value)
            return wrong.zh if wrong is not None else None
        case list():
            return next(filter(None, map(_odd, value)), None)
        case Mapping():
            return next(filter(None, map(_odd, value.values())), None)
        case _:
            return None


def _check_text(field_: Field, value: Any) -> str | None:
    return None if isinstance(value, str | int | float) else "要一段文字"


def _check_day(field_: Field, value: Any) -> str | None:
    said = str(value)
    on, hour = day_of(said[: len(_DAY)]), said[len(_DAY) :]
    fits = on is not None and (not hour or (field_.kind == "moment" and _HOUR.fullmatch(hour)))
    return None if fits else "要一个日期"


def _check_whether(field_: Field, value: Any) -> str | None:
    return None if isinstance(value, bool) else "要是或者否"


def _check_names(field_: Field, value: Any) -> str | None:
    fits = isinstance(value, list) and all(isinstance(item, str) for item in value)
    return None if fits else "要若干段文字"


def _check_choice(field_: Field, value: Any) -> str | None:
    return None if value in field_.options else f"只能是{'、'.join(field_.options)}"


def _check_choices(field_: Field, value: Any) -> str | None:
    fits = isinstance(value, list) and set(value) <= set(field_.options)
    return None if fits else f"只能从{'、'.join(field_.options)}中选"


def _check_rows(field_: Field, value: Any) -> str | None:
    fits = isinstance(value, list) and all(isinstance(row, dict) and set(row) <= set(field_.columns) for row in value)
    return None if fits else f"要若干行，栏目只能是{'、'.join(field_.columns)}"


_CHECKS: Final[dict[str, Callable[[Field, Any], str | None]]] = {
    "text": _check_text,
    "long": _check_text,
    "date": _check_day,
    "moment": _check_day,
    "whether": _check_whether,
    "names": _check_names,
    "choice": _check_choice,
    "choices": _check_choices,
    "rows": _check_rows,
}
_SAID: Final[dict[str, Callable[[Field, Any], str]]] = {
    "date": lambda _, value: day(value),
    "moment": lambda _, value: moment(value),
    "whether": lambda _, value: "是" if value else "否",
    "choice": lambda field_, value: field_.options[value],
    "choices": lambda field_, value: "、".join(field_.options[item] for item in field_.options if item in value),
    "names": lambda _, value: "、".join(value),
}


def _field(name: str, given: Any) -> Field:
    if isinstance(given, str):
        return Field(name, given)
    unknown = set(given) - {"label", "kind", "options", "columns", "retired"}
    kind = given.get("kind", "text")
    if unknown or kind not in _CHECKS or "label" not in given:
        raise BadCatalogue(f"fields.yaml: {name}: {sorted(unknown) or kind}")
    for part, wanted in (("options", kind in {"choice", "choices"}), ("columns", kind == "rows")):
        members = given.get(part, {})
        if bool(members) != wanted or not all(isinstance(key, str) for key in members):
            raise BadCatalogue(f"fields.yaml: {name}: {part}")
    return Field(
        name, given["label"], kind, given.get("options", {}), given.get("columns", {}), given.get("retired", False)
    )
