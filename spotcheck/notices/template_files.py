"""Templates read strictly from YAML.

An unknown key, an unknown field, period or article is an error when the program starts, not a blank on a
paper. Periods come from the regulation by name (``{period:lodge-objection}``), never as a typed number.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

import yaml

from spotcheck.notices.catalogue import Field, fields
from spotcheck.notices.template import PLACEHOLDER, BadTemplate, Block, Cell, Template
from spotcheck.rules.regulations import FIRST, Regulation, named
from spotcheck.rules.rule_sets import RULE_SETS
from spotcheck.rules.texts import of_yaml

_KEYS: Final = {
    "to": {"to", "when"},
    "say": {"say", "cites", "when", "indent", "leads"},
    "heading": {"heading", "when"},
    "grid": {"grid", "columns", "when", "title"},
    "list": {"list", "columns", "title", "empty", "when"},
    "rights": {"rights", "title", "when"},
    "attachments": {"attachments", "when"},
    "sign": {"sign", "when"},
    "seal": {"seal", "when"},
    "service": {"service", "when"},
    "cc": {"cc", "when"},
    "note": {"note", "when"},
}
"""The blocks, each with the keys it may have."""
_CELL: Final = {"label", "field", "text", "lines", "required", "span"}
_TOP: Final = {
    "form", "letter", "version", "title", "title_lines", "aliases", "articles", "layout",
    "issuer", "recipients", "copies", "sets", "series", "seal", "blocks", "absent",
}  # fmt: skip


def parse(source: str, name: str, regulation: str = FIRST) -> Template:
    """Read one template of a text; raises :class:`BadTemplate`."""
    text = named(regulation)
    try:
        given = of_yaml(source)
    except yaml.YAMLError as error:
        raise BadTemplate(f"{name}: {error}") from error
    _only(given, _TOP, name)
    if ("form" in given) == ("letter" in given):
        raise BadTemplate(f"{name}: give either form or letter")
    for key in ("version", "title", "articles", "issuer", "recipients", "blocks"):
        if key not in given:
            raise BadTemplate(f"{name}: {key} is missing")
    layout = given.get("layout", "notice")
    if layout not in {"notice", "sheet", "plain"} or not isinstance(given["version"], date):
        raise BadTemplate(f"{name}: layout or version")
    articles = tuple(given["articles"])
    blocks = tuple(_block(block, f"{name}, block {n}") for n, block in enumerate(given["blocks"], 1))
    cited = set(articles) | {a for b in blocks for a in b.cites} | {a for b in blocks for _, c in b.items for a in c}
    if unknown := cited - set(text.articles):
        raise BadTemplate(f"{name}: no article {sorted(unknown)}")
    template = Template(
        name=name, form=given.get("form"), letter=given.get("letter"), version=given["version"],
        title=given["title"], title_lines=tuple(given.get("title_lines", (given["title"],))),
        aliases=tuple(given.get("aliases", ())), articles=articles, layout=layout, issuer=given["issuer"],
        recipients=tuple(given["recipients"]), copies=tuple(given.get("copies", ())), sets=given.get("sets", False),
        series=given.get("series", ""), seal=given.get("seal", True), blocks=blocks,
        absent=given.get("absent", {}), source=source, regulation=regulation,
    )  # fmt: skip
    _check_places(template, text)
    return template


def _block(given: Any, where: str) -> Block:
    kind = next((key for key in _KEYS if isinstance(given, dict) and key in given), None)
    if kind is None:
        raise BadTemplate(f"{where}: none of the blocks {', '.join(_KEYS)}")
    _only(given, _KEYS[kind], where)
    when = {
        _field(name, where).name: tuple(wanted if isinstance(wanted, list) else [wanted])
        for name, wanted in given.get("when", {}).items()
    }
    read = _READERS.get(kind)
    more = read(given[kind], given, where) if read else {}
    return Block(kind=kind, when=when, title=given.get("title", ""), **more)


def _sentence(body: Any, given: Any, where: str) -> dict[str, Any]:
    said = {name: given[name] for name in ("indent", "leads") if name in given}
    return {"text": _text(body, where), "cites": _cited(given.get("cites", ())), **said}


def _words(body: Any, given: Any, where: str) -> dict[str, Any]:
    return {"text": _text(body, where)}


def _grid(body: Any, given: Any, where: str) -> dict[str, Any]:
    columns = given.get("columns", 2)
    rows = [[_cell(cell, columns // len(row), where) for cell in row] for row in body]
    if any(sum(cell.span for cell in row) != columns for row in rows):
        raise BadTemplate(f"{where}: a row does not have {columns} columns")
    return {"rows": rows, "columns": columns}


def _list(body: Any, given: Any, where: str) -> dict[str, Any]:
    of = _field(body, where)
    widths = given.get("columns", dict.fromkeys(of.columns, 1))
    if set(widths) - set(of.columns) or of.kind != "rows":
        raise BadTemplate(f"{where}: columns of {body}")
    return {"of": of, "widths": widths, "empty": given.get("empty", "无")}


def _rights(body: Any, given: Any, where: str) -> dict[str, Any]:
    for item in body:
        _only(item, {"text", "cites"}, where)
    return {"items": [(_text(item["text"], where), _cited(item.get("cites", ()))) for item in body]}


def _attachments(body: Any, given: Any, where: str) -> dict[str, Any]:
    return {"of": _field(body, where)}


def _sign(body: Any, given: Any, where: str) -> dict[str, Any]:
    return {"rows": [[_cell(cell, 1, where) for cell in row] for row in body]}


_READERS: Final[dict[str, Callable[[Any, Any, str], dict[str, Any]]]] = {
    "to": _words,
    "say": _sentence,
    "heading": _words,
    "note": _words,
    "cc": _words,
    "grid": _grid,
    "list": _list,
    "rights": _rights,
    "attachments": _attachments,
    "sign": _sign,
}
"""How the body of each block is read; ``seal`` and ``service`` have none."""


def _cell(given: Any, span: int, where: str) -> Cell:
    _only(given, _CELL, where)
    field_ = _field(given["field"], where) if "field" in given else None
    label = given.get("label", field_.label if field_ else "")
    if not label and "text" not in given:
        raise BadTemplate(f"{where}: a cell has no label")
    return Cell(
        label=label,
        field=field_,
        text=_text(given.get("text", ""), where),
        lines=given.get("lines", 0),
        required=given.get("required", False),
        span=given.get("span", span),
    )


def _cited(given: Any) -> tuple[int, ...]:
    return (given,) if isinstance(given, int) else tuple(given)


def _field(name: str, where: str) -> Field:
    try:
        return fields()[name]
    except KeyError:
        raise BadTemplate(f"{where}: there is no field {name!r}") from None


def _text(text: Any, where: str) -> str:
    """Check the placeholders of a text."""
    text = str(text).strip()
    for key in PLACEHOLDER.findall(text):
        kind, _, name = key.partition(":")
        if not name:
            _field(kind, where)
        elif kind not in {"period", "article"}:
            raise BadTemplate(f"{where}: {{{key}}}")
    return text


def _check_places(template: Template, text: Regulation) -> None:
    """Refuse a sentence that names a period or an article which its text does not have."""
    laws = [rules for rules in RULE_SETS.values() if rules.regulation == text.id]
    for place in (place for said in template.texts() for place in PLACEHOLDER.findall(said)):
        kind, _, name = place.partition(":")
        if kind == "period" and name:
            if any(name not in {period.slug for period in law.periods.values()} for law in laws):
                raise BadTemplate(f"{template.name}: there is no period {name!r}")
        elif kind == "article" and name and (not name.isdigit() or int(name) not in text.articles):
            raise BadTemplate(f"{template.name}: {{{place}}}")


def _only(given: Any, known: set[str], where: str) -> None:
    if not isinstance(given, dict):
        raise BadTemplate(f"{where}: expected keys {', '.join(sorted(known))}")
    if unknown := set(given) - known:
        raise BadTemplate(f"{where}: unknown key {', '.join(map(repr, sorted(unknown)))}")
