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
from spotcheck.rules.forms import FORMS, Form
from spotcheck.rules.letters import LETTERS, Letter

_NO_TEMPLATES = frozenset({"fields.yaml", "particulars.yaml", "citations.yaml", expected.FILE})
_TYPED_PERIOD = re.compile(r"\d+\s*(?:个工作日|个月|日内|天内|日以内)")


def own_folder() -> Path | None:
    """The folder in which a bureau keeps its own layouts, if there is one."""
    given = os.environ.get("SPOTCHECK_FORMS")
    return Path(given) if given else None


@cache
def templates() -> dict[int | str, Template]:
    """Every template: forms by number, letters by name. Raises :class:`BadTemplate`."""
    found: dict[int | str, Template] = {}
    for path in _files():
        template = parse(path.read_text(encoding="utf-8"), path.name)
        key = template.form if template.form is not None else str(template.letter)
        if key in found:
            raise BadTemplate(f"{path.name}: there is another template for {key}")
        found[key] = template
    return found


def template(key: int | str) -> Template:
    """The template of a form (by number) or letter (by name) that is in force."""
    return templates()[key]


@cache
def served() -> frozenset[int | str]:
    """The papers whose receipt by a party has to be proved: those with an acknowledgement at their end."""
    return frozenset(key for key, item in templates().items() if item.is_served)


def check() -> Iterator[str]:
    """Yield everything in which the templates differ from the registry of forms and letters."""
    found = templates()
    yield from (f"form {number}: no template" for number in FORMS if number not in found)
    yield from (f"letter {name}: no template" for name in LETTERS if name not in found)
    yield from _series_of_two(found.values())
    for key, item in found.items():
        if isinstance(key, int) and key not in FORMS:
            yield f"{item.name}: the regulation knows no form {key}"
        elif (registered := FORMS.get(key) if isinstance(key, int) else LETTERS.get(key)) is not None:
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


def _files() -> Iterator[Path]:
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
