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
from spotcheck.parties.models import Office
from spotcheck.rules.facts_words import FACTS, ITEM_KINDS, ITEM_RESULTS

MOST_RADIOS: Final = 6
LONG: Final = 500
BLANK_ROWS: Final = 3
ROW: Final = re.compile(r"^(?P<name>\w+)-(?P<row>\d+)-(?P<part>name|kind|limit|value|unit|result)$")
COLUMNS: Final = {
    "name": gettext_lazy("项目"),
    "kind": gettext_lazy("类别"),
    "limit": gettext_lazy("限值"),
    "value": gettext_lazy("实测值"),
    "unit": gettext_lazy("单位"),
    "result": gettext_lazy("结果"),
}
"""The columns of a table of results, by the names of their inputs."""
PARTS: Final = tuple(COLUMNS)

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
HELP: Final = {
    "sheet_number": gettext_lazy("现场使用本机构领取的号段内的编号；留空则自动编号。"),
}
"""What to write there, where the regulation's words do not say it."""
DECISIVE: Final = frozenset(
    {
        ("sampling.claim_refusal", "proven"),
        ("sampling.pass_precheck", "commissioned"),
        ("sampling.complete_sampling", "fee_charged"),
        ("recheck.commission_test", "fee_charged"),
        ("ban.record_breach", "evidence"),
    }
)
"""Yes or no with a consequence either way, so that the answer is asked for; besides those that no act does without.

Everywhere else an empty box only means that something is missing, and the act is refused by article."""
NEEDED: Final = frozenset(
    {
        ("task.cancel", "reason"),
        ("purchase.place_order", "samplers"),
        ("inspection.issue_report", "items"),
        ("conclusion.import_external", "items"),
        ("retest.report", "items"),
        ("rectification.order_closure", "until"),
        ("lead.create", "finding"),
    }
)
"""What is to be written because later steps and readers rest on it, although no requirement of an article asks."""
ONLY_WHEN: Final = {
    ("task.set_scheme", "trigger"): "type=special",
    ("sampling.claim_refusal", "proven"): "ground=19(1)|19(2)|19(3)|19(5)",
    ("sampling.claim_refusal", "earlier_check"): "ground=19(4)",
    ("sampling.pass_precheck", "contract"): "commissioned=1",
    ("inspection.issue_report", "analysis"): "conclusion=nonconforming",
    ("objection.file", "items"): "grounds=test_result",
    ("objection.order_retest", "retest_lab"): "lab=retest_lab",
    ("ban.record_producer_proof", "document"): "proof=document",
}
"""Questions that another answer raises: ``other=value``, with ``|`` between values."""
YES, NO = "1", "0"
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
    def described_by(self) -> str:
        """The identities of the texts that belong to the input: what is wrong with it, and what to write."""
        return " ".join([*[f"e-{self.name}"] * bool(self.errors), *[f"h-{self.name}"] * bool(self.help)])

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
    kind = _kind(spec, name, source)
    made = Field(
        name=name,
        kind=kind,
        label=headed(words.label) if words else str(LABELS.get(name, name)),
        help=headed(words.help) if words and words.help else str(HELP.get(name, "")),
        shown_when=ONLY_WHEN.get((spec.name, name), ""),
    )
    value = _sent_value(name, kind, sent) if sent is not None else initial.get(name, "")
    if kind in {"radio", "select", "checkboxes"}:
        chosen = set(value if isinstance(value, list) else [value])
        labels = words.choices if words else {}
        made.choices = [
            Choice(str(key), headed(labels[key]) if key in labels else str(key), str(key) in chosen)
            for key in source.choices  # type: ignore[attr-defined]
        ]
    elif kind == "whether":
        made.choices = [Choice(YES, _("是"), value == YES), Choice(NO, _("否"), value == NO)]
    elif kind == "results":
        made.rows = value or []
    elif kind == "earlier_check":
        made.value = value or {}
        labels = words.choices if words else {}
        chosen_organiser = made.value.get("organiser", "") if isinstance(made.value, dict) else ""
        made.choices = [Choice(key, headed(label), key == chosen_organiser) for key, label in labels.items()]
    else:
        made.value = "\n".join(value) if isinstance(value, list) else value
    return made


def _kind(spec: ActSpec, name: str, source: serializers.Field) -> str:
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
            is_asked = kind == "yes" and (source.required or (spec.name, name) in DECISIVE)
            return "whether" if is_asked else kind
    raise TypeError(f"no input for {source!r}")


_CHOSEN: Final = frozenset({"radio", "select", "whether", "body"})
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
        kind = _kind(spec, name, source)
        stated = _stated(kind, _sent_value(name, kind, sent)) if _is_asked(spec, name, sent) else None
        if stated is not None:
            facts[name] = stated
    return facts


def _stated(kind: str, value: Any) -> Any:
    """What an input says; None for nothing."""
    match kind:
        case "yes":
            return bool(value)
        case "whether":
            return {YES: True, NO: False}.get(value)
        case "results":
            return [{part: text for part, text in row.items() if text} for row in value]
        case "earlier_check":
            return value if value.get("organiser") or value.get("sampled") else None
        case _:
            return None if value in ("", []) else value


def _is_asked(spec: ActSpec, name: str, sent: QueryDict) -> bool:
    """Whether the other answers raise this question; what was ticked before they were changed does not count."""
    other, _equals, values = ONLY_WHEN.get((spec.name, name), "").partition("=")
    return not other or sent.get(other, "") in values.split("|")


def unanswered(spec: ActSpec, sent: QueryDict) -> dict[str, list[str]]:
    """The questions that were passed over: silence is no answer that could be acted on."""
    found = {}
    for name, source in spec.facts().fields.items():
        kind = _kind(spec, name, source)
        is_needed = kind in _CHOSEN or (spec.name, name) in NEEDED
        if is_needed and _is_asked(spec, name, sent) and _stated(kind, _sent_value(name, kind, sent)) in (None, []):
            found[name] = [_("请选择一项。") if kind in _CHOSEN else _("请填写。")]
    return found


def _sent_value(name: str, kind: str, sent: QueryDict) -> Any:
    """What was sent for one field, in the shape its input shows."""
    match kind:
        case "yes":
            return bool(sent.get(name))
        case "checkboxes":
            return sent.getlist(name)
        case "lines":
            return [line.strip() for text in sent.getlist(name) for line in text.splitlines() if line.strip()]
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
    return [row for row in written if any(row.values())]


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
        return [text for key, inner in told.items() for text in _flat(inner, _within(where, key))]
    if isinstance(told, list | tuple):
        found = []
        for number, inner in enumerate(told, start=1):
            nested = isinstance(inner, Mapping | list)
            found += _flat(inner, _("第 %(row)d 行") % {"row": number} if nested else where)
        return found
    return [_("%(where)s：%(what)s") % {"where": where, "what": told} if where else str(told)]


def _within(where: str, key: Any) -> str:
    """The row, and the column of it."""
    place = _("第 %(row)d 行") % {"row": int(key) + 1} if str(key).isdigit() else str(COLUMNS.get(key, ""))
    return " ".join(part for part in (where, place) if part)


def item_kinds() -> list[tuple[str, str]]:
    """The kinds of items, for the table of results."""
    return [(key, headed(words)) for key, words in ITEM_KINDS.items()]


def item_results() -> list[tuple[str, str]]:
    """What may be found of an item."""
    return [(key, headed(words)) for key, words in ITEM_RESULTS.items()]


def blank_rows(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows that are filled in, and some to fill in."""
    return [*rows, *({} for _row in range(BLANK_ROWS if not rows else 1))]
