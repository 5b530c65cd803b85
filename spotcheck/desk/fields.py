"""The form of an act, drawn from its facts: one kind of input for each kind of fact, and back again.

Nothing typed is lost: a field keeps what was sent, also when it was refused.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from spotcheck.desk.wording import headed
from spotcheck.docket.facts import Results
from spotcheck.docket.flow import ActSpec
from spotcheck.docket.models import Dossier
from spotcheck.parties.models import Office
from spotcheck.rules.facts_words import FACTS, ITEM_KINDS, ITEM_RESULTS

MOST_RADIOS: Final = 6
LONG: Final = 500
BLANK_ROWS: Final = 3
ROW: Final = re.compile(r"^(?P<name>\w+)-(?P<row>\d+)-(?P<part>name|kind|limit|value|unit|result)$")
PARTS: Final = ("name", "kind", "limit", "value", "unit", "result")

LABELS: Final = {
    "remark": gettext_lazy("备注"),
    "suggestion": gettext_lazy("建议内容"),
    "document": gettext_lazy("文件编号"),
    "report_number": gettext_lazy("检验报告编号"),
    "slip_number": gettext_lazy("送达凭证编号"),
    "sheet_number": gettext_lazy("抽样单编号"),
    "decision_number": gettext_lazy("决定书编号"),
    "batch": gettext_lazy("生产日期或者批号"),
    "samplers": gettext_lazy("抽样人员"),
    "sampling_body": gettext_lazy("抽样机构"),
    "lab": gettext_lazy("检验机构"),
    "retest_lab": gettext_lazy("复检机构名称"),
    "technical_body": gettext_lazy("技术机构"),
    "finding": gettext_lazy("发现的情况"),
}
"""Labels of facts that are matters of record only, so that the regulation has no words for them."""
BODY_KINDS: Final = {
    "sampling_body": (Office.Kind.SAMPLING_BODY, Office.Kind.LABORATORY),
    "lab": (Office.Kind.LABORATORY,),
    "retest_lab": (Office.Kind.LABORATORY,),
    "technical_body": (Office.Kind.LABORATORY,),
}
"""Which offices are offered where a body is to be named."""


@dataclass(slots=True)
class Choice:
    """One answer of several."""

    value: str
    label: str
    chosen: bool = False


@dataclass(slots=True)
class Field:
    """One input of the form."""

    name: str
    kind: str
    label: str
    help: str = ""
    value: Any = ""
    choices: list[Choice] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    suggestions: list[tuple[str, str]] = field(default_factory=list)
    shown_when: str = ""
    """``other=value``: only shown while another field has this value; ``|`` between values, ``&`` between fields."""
    columns: list[tuple[str, str]] = field(default_factory=list)
    """Of a table: the names and the headings of its columns."""
    required: bool = False
    """Whether a paper cannot do without it, so that it is left to be filled in by hand."""

    @property
    def is_open(self) -> bool:
        """Whether the paper needs it and nobody has stated it."""
        given = self.value or any(choice.chosen for choice in self.choices) or any(self.rows)
        return self.required and not given


def fields_of(spec: ActSpec, sent: QueryDict | None = None, initial: Mapping[str, Any] | None = None) -> list[Field]:
    """Return the inputs of an act: empty, with initial values, or with what was sent; the remark comes last."""
    inputs = spec.facts().fields
    names = [*(str(name) for name in inputs if name != "remark"), "remark"]
    return [_field(spec, name, inputs[name], sent, initial or {}) for name in names]


def _field(
    spec: ActSpec, name: str, source: serializers.Field, sent: QueryDict | None, initial: Mapping[str, Any]
) -> Field:
    words = FACTS.get((spec.name, name))
    kind = _kind(name, source)
    made = Field(
        name=name,
        kind=kind,
        label=headed(words.label) if words else str(LABELS.get(name, name)),
        help=headed(words.help) if words and words.help else "",
    )
    value = _sent_value(name, kind, sent) if sent is not None else initial.get(name, "")
    if kind in {"radio", "select", "checkboxes"}:
        chosen = set(value if isinstance(value, list) else [value])
        labels = words.choices if words else {}
        made.choices = [
            Choice(str(key), headed(labels[key]) if key in labels else str(key), str(key) in chosen)
            for key in source.choices  # type: ignore[attr-defined]
        ]
    elif kind == "results":
        made.rows = value or []
    elif kind == "earlier_check":
        made.value = value or {}
        labels = words.choices if words else {}
        chosen_organiser = made.value.get("organiser", "") if isinstance(made.value, dict) else ""
        made.choices = [Choice(key, headed(label), key == chosen_organiser) for key, label in labels.items()]
        made.shown_when = "ground=19(4)"
    else:
        made.value = "\n".join(value) if isinstance(value, list) else value
    return made


def _kind(name: str, source: serializers.Field) -> str:
    """Which input a fact gets."""
    if name in BODY_KINDS and not isinstance(source, serializers.ChoiceField):
        return "body"
    if isinstance(source, serializers.MultipleChoiceField):
        return "checkboxes"
    if isinstance(source, serializers.ChoiceField):
        return "radio" if len(source.choices) <= MOST_RADIOS else "select"
    if isinstance(source, Results):
        return "results"
    if isinstance(source, serializers.CharField):
        return "long" if (source.max_length or 0) > LONG else "text"
    for known, kind in _PLAIN.items():
        if isinstance(source, known):
            return kind
    raise TypeError(f"no input for {source!r}")


_PLAIN: Final[dict[type[serializers.Field], str]] = {
    serializers.BooleanField: "yes",
    serializers.ListField: "lines",
    serializers.DateField: "date",
    serializers.IntegerField: "whole",
    serializers.JSONField: "earlier_check",
}


def facts_from(spec: ActSpec, sent: QueryDict) -> dict[str, Any]:
    """Return the facts that a form states; what was left empty is left out."""
    facts: dict[str, Any] = {}
    for name, source in spec.facts().fields.items():
        kind = _kind(name, source)
        value = _sent_value(name, kind, sent)
        if kind == "yes":
            facts[name] = bool(value)
        elif kind == "results":
            facts[name] = [{part: text for part, text in row.items() if text} for row in value]
        elif kind == "earlier_check":
            if value.get("organiser") or value.get("sampled"):
                facts[name] = value
        elif value not in ("", []):
            facts[name] = value
    return facts


def _sent_value(name: str, kind: str, sent: QueryDict) -> Any:
    """What was sent for one field, in the shape its input shows."""
    match kind:
        case "yes":
            return bool(sent.get(name))
        case "checkboxes":
            return sent.getlist(name)
        case "lines":
            return [line.strip() for line in sent.get(name, "").splitlines() if line.strip()]
        case "results":
            return _rows(name, sent)
        case "earlier_check":
            return {
                "organiser": sent.get(f"{name}-organiser", ""),
                "sampled": sent.get(f"{name}-sampled", ""),
                "same_product": bool(sent.get(f"{name}-same_product")),
            }
        case _:
            return sent.get(name, "").strip()


def _rows(name: str, sent: QueryDict) -> list[dict[str, str]]:
    """The rows of an item table in which something was written."""
    rows: dict[int, dict[str, str]] = {}
    for key, value in sent.items():
        found = ROW.match(key)
        if found and found["name"] == name:
            rows.setdefault(int(found["row"]), {})[found["part"]] = str(value).strip()
    written = [rows[number] for number in sorted(rows)]
    return [row for row in written if any(row.get(part) for part in ("name", "limit", "value"))]


def ill_formed(facts: Mapping[str, Any]) -> dict[str, list[str]]:
    """What is wrong with facts that have a shape of their own: an earlier check needs its organiser and its day."""
    earlier = facts.get("earlier_check")
    if earlier is None:
        return {}
    errors = []
    if not earlier.get("organiser"):
        errors.append(_("请选择前一次抽查由谁组织。"))
    try:
        date.fromisoformat(earlier.get("sampled", ""))
    except ValueError:
        errors.append(_("请填写前一次抽样的日期（年-月-日）。"))
    return {"earlier_check": errors} if errors else {}


def legal_date(sent: QueryDict, today: date) -> tuple[date | None, str]:
    """Return the legal date that a form states, or None and what is wrong with it."""
    try:
        on = date.fromisoformat(sent.get("on", ""))
    except ValueError:
        return None, _("请填写日期（年-月-日）。")
    if on > today:
        return None, _("日期不能晚于今天（%(today)s）。") % {"today": today}
    return on, ""


def put_errors(fields: Iterable[Field], errors: Mapping[str, Any]) -> list[str]:
    """Put what is wrong beside the inputs; return what belongs to none of them."""
    by_name = {made.name: made for made in fields}
    homeless: list[str] = []
    for name, told in errors.items():
        if name in by_name:
            by_name[name].errors += _flat(told)
        else:
            homeless += _flat(told)
    return homeless


def _flat(told: Any, where: str = "") -> list[str]:
    """All messages of a nested error, each with its row."""
    if isinstance(told, Mapping):
        return [text for key, inner in told.items() for text in _flat(inner, where or _place(key))]
    if isinstance(told, list | tuple):
        found = []
        for number, inner in enumerate(told, start=1):
            nested = isinstance(inner, Mapping | list)
            found += _flat(inner, _("第 %(row)d 行") % {"row": number} if nested else where)
        return found
    return [_("%(where)s：%(what)s") % {"where": where, "what": told} if where else str(told)]


def _place(key: Any) -> str:
    return _("第 %(row)d 行") % {"row": int(key) + 1} if str(key).isdigit() else ""


def item_kinds() -> list[tuple[str, str]]:
    """The kinds of items, for the table of results."""
    return [(key, headed(words)) for key, words in ITEM_KINDS.items()]


def item_results() -> list[tuple[str, str]]:
    """What may be found of an item."""
    return [(key, headed(words)) for key, words in ITEM_RESULTS.items()]


def blank_rows(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows that are filled in, and some to fill in."""
    return [*rows, *({} for _row in range(BLANK_ROWS if not rows else 1))]


def initial_of(spec: ActSpec, dossier: Dossier, matter: Any, person: str) -> dict[str, Any]:
    """What can be filled in beforehand, without deciding anything: names of items, the name of who signs in."""
    initial: dict[str, Any] = {}
    if spec.name == "retest.report":
        names = matter.commissioned_items or matter.items
        initial["items"] = [{"name": name, "result": ""} for name in names]
    if spec.name == "inspection.issue_report":
        initial["items"] = [{part: getattr(item, part) for part in PARTS} for item in dossier.items.order_by("pk")]
    if spec.name in {"sample.issue", "inspection.start_testing"}:
        initial["inspector"] = person
    return initial
