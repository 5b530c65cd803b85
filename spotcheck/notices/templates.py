"""The templates at hand: the thirteen forms and the letters, in the version in force.

They are read when the program starts, from ``forms_templates`` of this tree; a file of the same name in the
folder SPOTCHECK_FORMS replaces ours.
"""

import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from spotcheck.notices import expected
from spotcheck.notices.catalogue import HOME, fields
from spotcheck.notices.template import BadTemplate, Template
from spotcheck.notices.template_files import parse
from spotcheck.rules.forms import Form, Letter
from spotcheck.rules.regulations import FIRST, REGULATIONS, Regulation, derived, named

_NO_TEMPLATES = frozenset({"fields.yaml", "particulars.yaml", "citations.yaml", expected.FILE})
_TYPED_PERIOD = re.compile(r"\d+\s*(?:个工作日|个月|日内|天内|日以内)")


def own_folder() -> Path | None:
    """The folder in which a bureau keeps its own layouts, if there is one."""
    given = os.environ.get("SPOTCHECK_FORMS")
    return Path(given) if given else None


@cache
def templates(regulation: str = FIRST) -> dict[int | str, Template]:
    """Every template of a text: forms by number, letters by name. Raises :class:`BadTemplate`."""
    found: dict[int | str, Template] = {}
    for path in _files(named(regulation)):
        template = parse(path.read_text(encoding="utf-8"), path.name, regulation)
        key = template.form if template.form is not None else str(template.letter)
        if key in found:
            raise BadTemplate(f"{path.name}: there is another template for {key}")
        found[key] = template
    return found


def template(key: int | str, regulation: str = FIRST) -> Template:
    """The template of a form (by number) or letter (by name) of a text that is in force."""
    return templates(regulation)[key]


@cache
def served(regulation: str = FIRST) -> frozenset[int | str]:
    """The papers of a text whose receipt by a party has to be proved: those with an acknowledgement at their end."""
    return frozenset(key for key, item in templates(regulation).items() if item.is_served)


derived(templates.cache_clear)
derived(served.cache_clear)


def check() -> Iterator[str]:
    """Yield everything in which the templates differ from the forms and letters of their texts."""
    for text in REGULATIONS.values():
        yield from _check_of(text)


def _check_of(text: Regulation) -> Iterator[str]:
    found = templates(text.id)
    yield from (f"form {number}: no template" for number in text.forms if number not in found)
    yield from (f"letter {name}: no template" for name in text.letters if name not in found)
    yield from _series_of_two(found.values())
    for key, item in found.items():
        if isinstance(key, int) and key not in text.forms:
            yield f"{item.name}: the regulation knows no form {key}"
        elif (registered := text.forms.get(key) if isinstance(key, int) else text.letters.get(key)) is not None:
            yield from _differences(item, registered)
        if "".join(item.title_lines) != item.title:
            yield f"{item.name}: title_lines do not make up the title"
        yield from expected.differences(item)
        if old := sorted(name for name in item.fields_used() if fields()[name].retired):
            yield f"{item.name}: {', '.join(old)}: only papers of earlier layouts still name this"
        if typed := _TYPED_PERIOD.search(re.sub(r"\{[^}]*\}", "", item.source)):
            yield f"{item.name}: {typed[0]!r} is a typed period; name it as {{period:...}}"


def _series_of_two(found: Iterable[Template]) -> Iterator[str]:
    """Templates whose numbers would be the same when one office issues both: each counts for itself."""
    taken: dict[str, str] = {}
    for item in found:
        series = item.series.removeprefix("鲁")
        if series and (first := taken.setdefault(series, item.name)) != item.name:
            yield f"{item.name}: its numbers are those of {first}; it needs a series of its own, not {item.series}"


def _differences(item: Template, registered: Form | Letter) -> Iterator[str]:
    """Where a template says something else than the registry; it may name further articles."""
    aliases = set(registered.aliases) if isinstance(registered, Form) else set()
    told = {
        "title": (item.title, registered.title.zh),
        "aliases": (set(item.aliases), aliases),
        "issuer": (item.issuer, registered.issuer),
        "recipients": (set(item.recipients), set(registered.recipients)),
    }
    for name, (here, there) in told.items():
        if here != there:
            yield f"{item.name}: {name} is {here}, the registry says {there}"
    if missing := set(registered.articles) - set(item.articles):
        yield f"{item.name}: articles {sorted(missing)} are missing"


def _files(text: Regulation) -> Iterator[Path]:
    """The files of a text; those of the first one can be replaced by a bureau's own."""
    if text.templates is not None:
        yield from sorted(text.templates.glob("*.yaml"))
        return
    own = own_folder()
    for folder in (HOME, HOME / "letters"):
        for path in sorted(folder.glob("*.yaml")):
            if path.name in _NO_TEMPLATES:
                continue
            replacement = own / path.name if own else path
            yield replacement if replacement.exists() else path
    if own is not None:
        ours = {path.name for folder in (HOME, HOME / "letters") for path in folder.glob("*.yaml")}
        yield from (path for path in sorted(own.glob("*.yaml")) if path.name not in ours)
