"""The form of an act, drawn from its facts: one kind of input for each kind of fact, and back again.

Nothing typed is lost: a field keeps what was sent, also when it was refused. What is asked, when, and what an act
cannot do without stands in ``questions``; what a form offers to choose from, in ``suggestions``.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from spotcheck.casework import questions
from spotcheck.casework.places import Place
from spotcheck.casework.reading import day_of
from spotcheck.docket.answers import NO, YES, Answer, asking_of, is_to_be_written
from spotcheck.docket.facts import Claim, Results, is_written
from spotcheck.docket.flow import ActSpec
from spotcheck.docket.wording import headed
from spotcheck.rules.acts import NO_FILE, OF_EVERY_ACT, fact_words
from spotcheck.rules.sd_2021_1.acts.fact import ITEM_KINDS, ITEM_RESULTS

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
HELP: Final = {
    "sheet_number": gettext_lazy("现场使用本机构领取的号段内的编号；留空则自动编号。"),
    "to": gettext_lazy("省内填写市、县（市、区）的名称；省外选择省份。"),
    "nominal_place": gettext_lazy("系统里还没有该企业时填写。"),
}
"""What to write there, where the regulation's words do not say it or speak of codes."""
PLACES: Final = frozenset({"to", "nominal_place"})
_NAMED: Final = {
    **dict.fromkeys(("sampling_body", "lab", "retest_lab", "technical_body"), "body"),
    **dict.fromkeys(PLACES, "place"),
}
"""Facts that are the code of an office or of a place, which nobody has to know by heart."""


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
    suggestions: list[str] = field(default_factory=list)
    """Names that can be chosen instead of typed."""
    shown_when: str = ""
    """``other=value``: only shown while another field has this value; ``|`` between values, ``&`` between fields."""
    columns: list[tuple[str, str]] = field(default_factory=list)
    """Of a table: the names and the headings of its columns."""
    required: bool = False
    """Whether a paper cannot do without it, so that it is left to be filled in by hand."""
    needed: bool = False
    """Whether the act cannot do without it, as far as it is asked for."""

    @property
    def described_by(self) -> str:
        """The identities of the texts that belong to the input: what is wrong with it, and what to write."""
        return " ".join([*[f"e-{self.name}"] * bool(self.errors), *[f"h-{self.name}"] * bool(self.help)])

    @property
    def is_open(self) -> bool:
        """Whether the paper needs it and nobody has stated it."""
        given = self.value or any(choice.chosen for choice in self.choices) or any(self.rows)
        return self.required and not given


def fields_of(
    spec: ActSpec,
    sent: QueryDict | None = None,
    initial: Mapping[str, Any] | None = None,
    *,
    but: Collection[str] = (),
) -> list[Field]:
    """Return the inputs of an act: empty, with initial values, or with what was sent; the remark comes last.

    ``but`` names the facts that are not asked for in this matter. Why a file is missing is asked where one has to come.
    """
    inputs = spec.facts().fields
    names = [str(name) for name in inputs if name not in {*OF_EVERY_ACT, *but}]
    names += [NO_FILE] if any(not demand.instead for demand in spec.words.obligatory) else []
    names.append("remark")
    return [_field(spec, name, inputs[name], sent, initial or {}) for name in names]


def _field(
    spec: ActSpec, name: str, source: serializers.Field, sent: QueryDict | None, initial: Mapping[str, Any]
) -> Field:
    words = fact_words(spec.name, name)
    kind = _kind(spec, name, source)
    made = Field(
        name=name,
        kind=kind,
        label=headed(words.label) if words else name,
        help=str(HELP.get(name, "")) or (headed(words.help) if words and words.help else ""),
        shown_when=questions.shown_when(spec, name),
        needed=kind in _CHOSEN or questions.is_always_needed(spec, name),
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
    elif kind == "place":
        made.value = value or Place()
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
    if isinstance(source, serializers.CharField):
        return _NAMED.get(name) or ("long" if (source.max_length or 0) > LONG else "text")
    if isinstance(source, serializers.MultipleChoiceField):
        return "checkboxes"
    if isinstance(source, serializers.ChoiceField):
        return "radio" if len(source.choices) <= MOST_RADIOS else "select"
    if isinstance(source, Results):
        return "results"
    for known, kind in _PLAIN.items():
        if isinstance(source, known):
            is_asked = kind == "yes" and asking_of(spec, name).decisive
            return "whether" if is_asked else kind
    raise TypeError(f"no input for {source!r}")


_CHOSEN: Final = frozenset({"radio", "select", "whether", "body"})
_PLAIN: Final[dict[type[serializers.Field], str]] = {
    serializers.BooleanField: "yes",
    serializers.ListField: "lines",
    serializers.DateTimeField: "moment",
    serializers.DateField: "date",
    serializers.IntegerField: "whole",
    serializers.JSONField: "earlier_check",
}


def facts_from(spec: ActSpec, sent: QueryDict, *, but: Collection[str] = ()) -> dict[str, Any]:
    """Return the facts that a form states; what was left empty, or was not asked for, is left out."""
    facts: dict[str, Any] = {}
    for name, source in _asked(spec, sent, but):
        kind = _kind(spec, name, source)
        stated = _stated(kind, _sent_value(name, kind, sent))
        if stated is not None:
            facts[name] = stated
    return facts


def _asked(spec: ActSpec, sent: QueryDict, but: Collection[str]) -> Iterable[tuple[str, serializers.Field]]:
    """The facts that the form asks for, as it was answered."""
    for name, source in spec.facts().fields.items():
        if name not in but and questions.is_raised(spec, str(name), _answers(sent)):
            yield str(name), source


def _answers(sent: QueryDict) -> Answer:
    return lambda name: sent.get(name, "").strip()


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
        case "place":
            return None if value.is_empty else value.code or None
        case _:
            return None if value in ("", []) else value


def unanswered(spec: ActSpec, sent: QueryDict, *, but: Collection[str] = ()) -> dict[str, list[str]]:
    """The questions that were passed over: silence is no answer that could be acted on."""
    found = {}
    for name, source in _asked(spec, sent, but):
        kind = _kind(spec, name, source)
        if kind not in _CHOSEN and not questions.is_needed(spec, name, _answers(sent)):
            continue
        value = _sent_value(name, kind, sent)
        if value.is_empty if kind == "place" else _stated(kind, value) in (None, []):
            found[name] = [_silent(spec, name, kind)]
    return found


def _silent(spec: ActSpec, name: str, kind: str) -> str:
    if asking_of(spec, asking_of(spec, name).instead).in_writing:
        return _("请填写；没有的，在下一栏写明原因。")
    return _("请选择一项。") if kind in _CHOSEN else _("请填写。")


def _sent_value(name: str, kind: str, sent: QueryDict) -> Any:
    """What was sent for one field, in the shape its input shows."""
    read = _READ.get(kind)
    return read(name, sent) if read is not None else sent.get(name, "").strip()


def _earlier_check(name: str, sent: QueryDict) -> dict[str, Any]:
    return {
        "organiser": sent.get(f"{name}-organiser", ""),
        "sampled": sent.get(f"{name}-sampled", ""),
        "same_product": bool(sent.get(f"{name}-same_product")),
    }


def _lines(name: str, sent: QueryDict) -> list[str]:
    return [line.strip() for text in sent.getlist(name) for line in text.splitlines() if line.strip()]


def _rows(name: str, sent: QueryDict) -> list[dict[str, str]]:
    """The rows of an item table in which something was written."""
    rows: dict[int, dict[str, str]] = {}
    for key, value in sent.items():
        found = ROW.match(key)
        if found and found["name"] == name:
            rows.setdefault(int(found["row"]), {})[found["part"]] = str(value).strip()
    written = [rows[number] for number in sorted(rows)]
    return [row for row in written if any(row.values())]


_READ: Final[dict[str, Callable[[str, QueryDict], Any]]] = {
    "yes": lambda name, sent: bool(sent.get(name)),
    "checkboxes": lambda name, sent: sent.getlist(name),
    "lines": _lines,
    "results": _rows,
    "place": Place.read,
    "earlier_check": _earlier_check,
}
"""How the inputs are read that are more than one text."""


def ill_formed(spec: ActSpec, sent: QueryDict, *, but: Collection[str] = ()) -> dict[str, list[str]]:
    """What was typed and cannot be meant: a place that is none, a claim that says nothing, half an earlier check."""
    found: dict[str, list[str]] = {}
    for name, source in _asked(spec, sent, but):
        kind = _kind(spec, name, source)
        value = _sent_value(name, kind, sent)
        if kind == "place" and not value.is_empty and value.wrong:
            found[name] = [value.wrong]
        elif kind == "earlier_check" and (errors := _half_said(value)):
            found[name] = errors
        elif value and isinstance(source, Claim) and not is_written(value) and is_to_be_written(spec, name):
            found[name] = [_("请写明具体内容，或者写明所依据的文书名称和编号。")]
    return found


def _half_said(earlier: Mapping[str, Any]) -> list[str]:
    """An earlier check needs its organiser and its day."""
    if not (earlier["organiser"] or earlier["sampled"]):
        return []
    errors = [] if earlier["organiser"] else [_("请选择前一次抽查由谁组织。")]
    if day_of(earlier["sampled"]) is None:
        errors.append(_("请填写前一次抽样的日期（年-月-日）。"))
    return errors


def legal_date(sent: QueryDict, today: date) -> tuple[date | None, str]:
    """Return the legal date that a form states, or None and what is wrong with it."""
    on = day_of(sent.get("on", ""))
    if on is None:
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
