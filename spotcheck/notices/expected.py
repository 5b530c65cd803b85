"""What each form has to carry (``forms_templates/expected.yaml``): whether a template does, or says why not."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Final

from spotcheck.notices.catalogue import HOME
from spotcheck.notices.template import Template
from spotcheck.rules.regulations import FIRST
from spotcheck.rules.texts import of_yaml

FILE: Final = "expected.yaml"


@cache
def expected(form: int) -> Mapping[str, tuple[str, ...]]:
    """The fields of a form by name, each with the places where it has to stand; nothing for a form not listed."""
    loaded = _loaded()
    given = dict(loaded["forms"].get(form, {}))
    found: dict[str, tuple[str, ...]] = {}
    for name, group in given.pop("blocks", {}).items():
        for field, place in loaded["blocks"][name.split()[0]].items():
            found[field.replace("{party}", str(group))] = _places(place.replace("{party}", str(group)))
    return found | {field: _places(place) for field, place in given.items()}


def differences(template: Template) -> Iterator[str]:
    """Yield every field that a form neither carries nor argues away, or carries although it says it does not."""
    if template.form is None or template.regulation != FIRST:
        return
    wanted, argued = expected(template.form), absent(template)
    for name, places in wanted.items():
        there = all(_stands(template, place) for place in places)
        if not there and name not in argued:
            yield f"{template.name}: {name} is missing ({' + '.join(places)}), and absent does not say why"
        if there and name in argued:
            yield f"{template.name}: {name} is there, but absent says it is not"
    yield from (f"{template.name}: absent argues about {name}, which nobody expects" for name in argued - set(wanted))


def absent(template: Template) -> set[str]:
    """The fields whose absence a template argues; one reason may be that of several names."""
    return {name.strip() for names in template.absent for name in names.split(",")}


def _stands(template: Template, place: str) -> bool:
    """Whether a place is there."""
    kind, _, words = place.partition(" ")
    return _PLACES[kind](template, words) if kind in _PLACES else place in template.fields_used()


def _has_block(kind: str) -> Callable[[Template, str], bool]:
    return lambda template, _: any(block.kind == kind for block in template.blocks)


def _has_box(template: Template, words: str) -> bool:
    signed = (block for block in template.blocks if block.kind == "sign")
    return any(words in cell.label for block in signed for row in block.rows for cell in row)


_PLACES: Final[Mapping[str, Callable[[Template, str], bool]]] = {
    "@head": lambda *_: True,
    "@sets": lambda template, _: template.sets and len(template.copies) > 1,
    "@seal": _has_block("seal"),
    "@service": _has_block("service"),
    "@attachments": _has_block("attachments"),
    "@sign": _has_box,
    "@say": lambda template, words: any(words in text for text in template.texts()),
    "@period": lambda template, name: any(f"{{period:{name}}}" in text for text in template.texts()),
}


def _places(place: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in place.split("+"))


@cache
def _loaded() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = of_yaml((HOME / FILE).read_text(encoding="utf-8"))
    return loaded
