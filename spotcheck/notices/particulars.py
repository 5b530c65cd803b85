"""Particulars: what a paper says beyond the facts of acts, stated before it is issued by those who issue it.

Which fields may be stated, and their English names, stand in ``forms_templates/particulars.yaml``; kinds, labels and
options in ``fields.yaml``. What an act or the register says is never overwritten (``paper_data.is_open``).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from spotcheck.docket import clock, standing
from spotcheck.docket.flow import ActSpec, Flow, odd_characters
from spotcheck.docket.models import Entry
from spotcheck.docket.problems import ActNotPermitted, Reason
from spotcheck.docket.sessions import hold, session
from spotcheck.notices import issuing, paper_data
from spotcheck.notices.blocks import CONTACT
from spotcheck.notices.catalogue import HOME, BadCatalogue, Field, fields, value_of
from spotcheck.notices.history import read
from spotcheck.notices.models import Particulars
from spotcheck.notices.template import Block, Template
from spotcheck.notices.templates import template
from spotcheck.parties.actors import Actor
from spotcheck.rules import folding, numbers
from spotcheck.rules.refused import Refused
from spotcheck.rules.regulations import of_act
from spotcheck.rules.texts import of_yaml
from spotcheck.rules.words import Words

MONEY: Final = re.compile(r"（(?:万)?元）$")
"""A label that ends in a unit of money belongs to a number."""
LONGEST: Final = {"text": 200, "long": 2000, "names": 2000}
"""Characters that one field takes: what a cell of a paper can hold."""
MOST_ROWS: Final = 60


class BadParticulars(Refused):
    """What was stated does not fit; ``errors`` says why, by the full name of the field."""

    status = 400
    kind = "bad-particulars"

    def __str__(self) -> str:
        return "; ".join(f"{name}: {text}" for name, text in self.errors.items())


@dataclass(frozen=True, slots=True, eq=False)
class Stated:
    """A field with its words in both languages, and whether people may state it."""

    known: Field
    label: Words
    may_be_stated: bool
    options: Mapping[str, Words] = field(default_factory=dict)
    columns: Mapping[str, Words] = field(default_factory=dict)

    @property
    def is_money(self) -> bool:
        """Whether the value is an amount."""
        return self.known.kind == "text" and MONEY.search(self.known.label) is not None


@dataclass(slots=True)
class Asked:
    """One field of the form: what was stated so far, and what stands there by custom when nobody states it."""

    stated: Stated
    value: Any
    custom: str
    required: bool


@dataclass(slots=True)
class Form:
    """The open fields of one paper, in the order of the paper."""

    template: Template
    title: Words
    asked: list[Asked]


@cache
def catalogue() -> dict[str, Stated]:
    """Every field by its full name, with its English words. Raises :class:`BadCatalogue`.

    A field without an entry in particulars.yaml is one that acts decide, and is called as on paper.
    """
    loaded = of_yaml((HOME / "particulars.yaml").read_text(encoding="utf-8"))
    whose = {group: Words(words["zh"], words["en"]) for group, words in loaded[".whose"].items()}
    given = {f"{group}.{name}": words for group, of in loaded.items() if group[0] != "." for name, words in of.items()}
    if wrong := set(given) - set(fields()):
        raise BadCatalogue(f"particulars.yaml: {sorted(wrong)}: there are no such fields")
    unnamed = {name: {"label": known.label, "stated": False} for name, known in fields().items() if name not in given}
    return {
        name: _stated(fields()[name], words, whose.get(name.partition(".")[0]))
        for name, words in (given | unnamed).items()
    }


def forms_for(matter: Flow, spec: ActSpec, by: Actor) -> list[Form]:
    """The papers that this act issues, each with the fields that are open; a field is asked for once."""
    entry = occasion(matter, spec, by)
    history = read(matter.dossier, matter.party)
    seen: set[str] = set()
    found = []
    for key in keys_of(spec):
        paper = template(key, matter.text().id)
        data = paper_data.recorded(entry, issuing.issuer_of(paper, entry), history, to="", cc=[])
        asked = [one for one in _asked(paper, data, history.particulars) if one.stated.known.name not in seen]
        seen |= {one.stated.known.name for one in asked}
        found.append(Form(paper, issuing.title_of(key, matter.text().id), asked))
    return found


def keys_of(spec: ActSpec) -> list[int | str]:
    """The papers that an act issues: forms by number, letters by name."""
    return [*spec.forms, *(name for name, letter in of_act(spec.name).letters.items() if spec.name in letter.issued_by)]


def state(matter: Flow, spec: ActSpec, data: Mapping[str, Any], *, by: Actor) -> Particulars | None:
    """Record what is stated for the papers of an act: values by the full names of their fields, empty ones cleared.

    Returns None when it says nothing new. Raises :class:`ActNotPermitted` for who does not do the act,
    :class:`BadParticulars` for what does not fit.
    """
    if not standing.may(matter, spec, by):
        guard = matter.text().guards["by_whom"]
        articles = (*guard.articles, *spec.articles)
        raise ActNotPermitted(spec.name, [Reason(guard.name, articles, guard.says, guard.cure)])
    with session():
        hold(matter.dossier_id)
        data = {name: _usual(name, value) for name, value in data.items()}
        before = {one.stated.known.name: one.value for form in forms_for(matter, spec, by) for one in form.asked}
        _check(data, set(before))
        changed = {name: value for name, value in data.items() if _plain(value) != _plain(before[name])}
        if not changed:
            return None
        grouped: dict[str, dict[str, Any]] = {}
        for name, value in changed.items():
            group, _dot, rest = name.partition(".")
            grouped.setdefault(group, {})[rest] = value
        return Particulars.objects.create(
            dossier=matter.dossier, party=matter.party, data=grouped, recorded_by=by.user, recorded_at=clock.now()
        )


def occasion(matter: Flow, spec: ActSpec, by: Actor) -> Entry:
    """The entry that the act would write, as far as gathering asks for it; it is never stored."""
    entry = Entry(
        pk=0,
        dossier=matter.dossier,
        act=spec.name,
        chart=matter.chart,
        label=matter.label,
        party=matter.party,
        effective_on=clock.today(),
        actor=by.as_record(),
        office=by.office,
    )
    entry.matter, entry.spec = matter, spec
    return entry


def _stated(known: Field, words: Any, whose: Words | None) -> Stated:
    given = words if isinstance(words, dict) else {"label": words}
    may = given.get("stated", True)
    if set(given) - {"label", "stated", "options", "columns"}:
        raise BadCatalogue(f"particulars.yaml: {known.name}: {sorted(given)}")
    pairs = {part: given.get(part, {}) for part in ("options", "columns")}
    for part, english in pairs.items():
        if may and set(english) != set(getattr(known, part)):
            raise BadCatalogue(f"particulars.yaml: {known.name}: {part}")
    both = {
        part: {key: Words(getattr(known, part)[key], text) for key, text in english.items()}
        for part, english in pairs.items()
    }
    label = Words(known.label, given["label"])
    if whose is not None:
        label = Words(f"{whose.zh}{label.zh}", f"{whose.en}: {label.en[0].lower()}{label.en[1:]}")
    return Stated(known, label, may, both["options"], both["columns"])


def _asked(paper: Template, data: Mapping[str, Any], stated: Mapping[str, Any]) -> Iterator[Asked]:
    """The open fields of a paper, in its order."""
    blocks = [block for block in paper.blocks if _could_stand(block, data)]
    required = {one.name for block in blocks for one in block.required}
    names = [name for block in blocks for name in block.fields_used]
    if any(block.kind == "seal" for block in blocks):
        names += [name for _label, name in CONTACT]
    for name in dict.fromkeys(names):
        one = catalogue()[name]
        if one.may_be_stated and paper_data.is_open(data, name):
            custom = one.known.say(value_of(data, name))
            yield Asked(one, value_of(stated, name), custom, name in required and not custom)


def _could_stand(block: Block, data: Mapping[str, Any]) -> bool:
    """Whether a block stands on the paper, or would as soon as somebody states the field that it waits for."""
    waits_for = {
        name
        for name, wanted in block.when.items()
        if "known" in wanted and catalogue()[name].may_be_stated and paper_data.is_open(data, name)
    }
    return replace(block, when={name: w for name, w in block.when.items() if name not in waits_for}).applies(data)


def _check(data: Mapping[str, Any], open_: set[str]) -> None:
    errors = {}
    for name, value in data.items():
        if name not in open_:
            errors[name] = _("这一栏由登记的事项决定，不能另行填写。")
        elif value not in paper_data.EMPTY and (wrong := _complaint(catalogue()[name], value)):
            errors[name] = wrong
    if errors:
        raise BadParticulars(errors)


def _usual(name: str, value: Any) -> Any:
    """A value as it is written: numbers and codes in half width, those of documents in six-cornered brackets."""
    known = catalogue().get(name)
    if known is None or known.known.kind not in {"text", "long"} or not isinstance(value, str):
        return value
    as_kept = numbers.kind_of(known.known.label)
    return as_kept[1](value) if as_kept is not None else folding.document_number(value)


def _complaint(stated: Stated, value: Any) -> str | None:
    """What is wrong with a value, in the language of the screen."""
    return odd_characters(value) or _misfit(stated, value) or _no_number(stated, value)


def _no_number(stated: Stated, value: Any) -> str | None:
    """Why a telephone number, a postcode or a code addresses nothing."""
    checked = numbers.kind_of(stated.known.label) if isinstance(value, str) else None
    wrong = checked[0](value) if checked is not None else None
    return wrong.in_(get_language() or "zh-hans") if wrong is not None else None


def _misfit(stated: Stated, value: Any) -> str | None:
    """Why a value is not of the kind or of the length of its field."""
    if stated.known.check(value):
        return _MISFITS.get(stated.known.kind, lambda: _("内容不符合这一栏的要求。"))()
    if stated.is_money:
        return _amount(value)
    most = LONGEST.get(stated.known.kind)
    length = len("".join(value)) if isinstance(value, list) and stated.known.kind == "names" else len(str(value))
    if most is not None and length > most:
        return _("最多 %(most)d 个字。") % {"most": most}
    if stated.known.kind == "rows" and len(value) > MOST_ROWS:
        return _("最多 %(most)d 行。") % {"most": MOST_ROWS}
    return None


def _amount(value: Any) -> str | None:
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return _("请填写数字，例如 1250.00。")
    return None if amount.is_finite() and amount >= 0 else _("金额不能是负数。")


_MISFITS: Final = {
    "date": lambda: _("请填写日期（年-月-日）。"),
    "moment": lambda: _("请填写日期和时间。"),
    "whether": lambda: _("请选择是或者否。"),
    "choice": lambda: _("请从列出的选项中选择。"),
    "choices": lambda: _("请从列出的选项中选择。"),
}


def _plain(value: Any) -> Any:
    """Two ways to say nothing are the same."""
    return None if value in paper_data.EMPTY else value
