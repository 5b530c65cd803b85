"""The form of particulars, drawn from the fields of the papers: one kind of input for each kind of field, and back."""

import re
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from spotcheck.casework.fields import Choice, Field, blank_rows
from spotcheck.docket.wording import headed
from spotcheck.notices.particulars import Asked, Form

_INPUTS: Final = {
    "text": "text",
    "long": "long",
    "date": "date",
    "moment": "moment",
    "whether": "select",
    "choice": "select",
    "choices": "checkboxes",
    "names": "lines",
    "rows": "table",
}
_WHETHER: Final = {"yes": True, "no": False}
_ROW: Final = re.compile(r"^(?P<row>\d+)-(?P<column>\w+)$")


def inputs(form: Form, sent: QueryDict | None = None) -> list[Field]:
    """The inputs of one paper, with what was stated so far or with what was sent."""
    return [_input(one, sent) for one in form.asked]


def data_from(forms: list[Form], sent: QueryDict) -> dict[str, Any]:
    """What a form states, by the full names of the fields, in the shapes of the catalogue; empty is None."""
    return {one.stated.known.name: _sent(one, sent) for form in forms for one in form.asked}


def _input(one: Asked, sent: QueryDict | None) -> Field:
    known = one.stated.known
    value = _sent(one, sent) if sent is not None else one.value
    made = Field(
        name=known.name,
        kind=_INPUTS[known.kind],
        label=headed(one.stated.label),
        help=_help(one),
        required=one.required,
    )
    match known.kind:
        case "whether":
            made.choices = [Choice(key, label, value is answer) for key, label, answer in _yes_no()]
        case "choice" | "choices":
            chosen = value if isinstance(value, list) else [value]
            made.choices = [Choice(key, headed(words), key in chosen) for key, words in one.stated.options.items()]
        case "rows":
            made.columns = [(key, headed(words)) for key, words in one.stated.columns.items()]
            made.rows = blank_rows(value or [])
        case "names":
            made.value = "\n".join(value or [])
        case _:
            made.value = "" if value is None else value
    return made


def _help(one: Asked) -> str:
    if one.custom:
        return _("不填则写：%(words)s") % {"words": one.custom}
    return _("数字，单位已在栏目名称中") if one.stated.is_money else ""


def _yes_no() -> list[tuple[str, str, bool]]:
    return [("yes", _("是"), True), ("no", _("否"), False)]


def _sent(one: Asked, sent: QueryDict) -> Any:
    """What was sent for one field; None for nothing."""
    name, kind = one.stated.known.name, one.stated.known.kind
    match kind:
        case "whether":
            return _WHETHER.get(sent.get(name, ""))
        case "choices":
            return sent.getlist(name) or None
        case "names":
            return [line.strip() for line in sent.get(name, "").splitlines() if line.strip()] or None
        case "rows":
            return _rows(one, sent) or None
        case "long":
            return sent.get(name, "").replace("\r\n", "\n").strip() or None
        case _:
            return sent.get(name, "").strip() or None


def _rows(one: Asked, sent: QueryDict) -> list[dict[str, str]]:
    """The rows of a table in which something was written."""
    rows: dict[int, dict[str, str]] = {}
    start = f"{one.stated.known.name}-"
    for key, value in sent.items():
        found = _ROW.match(key.removeprefix(start)) if key.startswith(start) else None
        if found and found["column"] in one.stated.columns and str(value).strip():
            rows.setdefault(int(found["row"]), {})[found["column"]] = str(value).strip()
    return [rows[number] for number in sorted(rows)]
