"""The parts of a day's package besides the visits: forms, fields, acts, articles, rules, and what was checked lately.

Each is one text, so that what has not changed since yesterday has yesterday's hash and is not fetched again.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from spotcheck.docket.flow import act_named
from spotcheck.docket.models import Dossier, Track
from spotcheck.notices.catalogue import Field
from spotcheck.notices.particulars import Stated, catalogue
from spotcheck.notices.template import Block, Template
from spotcheck.notices.templates import templates
from spotcheck.parties.models import Region
from spotcheck.planning.detail_rules import snapshot
from spotcheck.planning.models import Task
from spotcheck.rules import bar_index, canonical
from spotcheck.rules.regulations import FIRST, named
from spotcheck.rules.words import Words
from spotcheck.sampling.earlier import CHARTS, TAKEN
from spotcheck.sampling.field_acts import DONE
from spotcheck.sampling.tables import SampleFile

JSON, OCTETS = "application/json", "application/octet-stream"
FORMS: Final = (1, 2, 3, 4, 5, 6, "refusal_record", "custody_undertaking")
ARTICLES: Final = range(12, 27)
Part = tuple[str, str, bytes]
"""Name, type, bytes."""


def as_part(name: str, content: Mapping[str, Any]) -> Part:
    """A part that is JSON."""
    return name, JSON, canonical.text_of(dict(content)).encode()


def of_the_text() -> list[Part]:
    """What is the same for everybody as long as the program is."""
    text = named(FIRST)
    forms = [templates()[key] for key in FORMS if key in templates()]
    return [
        as_part("forms", {"forms": [_form(one) for one in forms]}),
        as_part("fields", {"fields": {name: _field(one) for name, one in catalogue().items()}}),
        as_part("acts", {"acts": [_act(name) for name in DONE]}),
        as_part(
            "law",
            {"articles": [{"article": number, "text": _both(text.articles[number].summary)} for number in ARTICLES]},
        ),
        as_part("regions", {"regions": dict(Region.objects.here().order_by("code").values_list("code", "name"))}),
    ]


def rules_of(dossiers: Iterable[Dossier]) -> dict[int, Part]:
    """The rule of detail of each task, by the key of its dossier."""
    tasks = Task.objects.filter(dossier__in={dossier.parent_id for dossier in dossiers}, detail_rule__isnull=False)
    found = {}
    for task in tasks.select_related("detail_rule"):
        said = snapshot(task.detail_rule)
        found[task.dossier_id] = as_part(f"rule/{said['sha256'][:16]}", _without_floats(said))
    return found


def bar_of(kinds: Iterable[str], today: date) -> Part:
    """What was sampled of these kinds of product within six months, until yesterday: one index a day."""
    files = SampleFile.objects.filter(product_kind__in=set(kinds), dossier__origin=Dossier.Origin.PROVINCIAL)
    taken = Track.objects.filter(
        dossier__in=files.values("dossier"), chart__in=CHARTS, state__in=TAKEN, since__lt=today
    )
    since: dict[int, date] = {}
    for dossier, day in taken.filter(since__lt=today).values_list("dossier", "since"):
        since[dossier] = max(day, since.get(dossier, day))
    rows = files.filter(dossier__in=since).select_related("producer")
    return "bar/0", OCTETS, bar_index.built(((key_of(one), since[one.dossier_id], False) for one in rows), on=today)


def key_of(file: SampleFile) -> str:
    """The key of the product of a sample (reading R6)."""
    maker = file.producer
    named_ = (maker.credit_code or maker.name) if maker is not None else ""
    return bar_index.key(named_, file.standard, file.brand, file.product_model)


def newest_of(key: str) -> date | None:
    """The newest sampling of a product in provincial checks, by its key."""
    maker = key.partition("|")[0]
    files = SampleFile.objects.filter(dossier__origin=Dossier.Origin.PROVINCIAL, producer__credit_code=maker)
    same = [file.dossier_id for file in files.select_related("producer") if key_of(file) == key]
    taken = Track.objects.filter(dossier__in=same, chart__in=CHARTS, state__in=TAKEN)
    return taken.order_by("-since").values_list("since", flat=True).first()


def _both(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


def _form(template: Template) -> dict[str, Any]:
    return {
        "name": template.name,
        "form": template.form,
        "letter": template.letter,
        "title": template.title,
        "title_lines": list(template.title_lines),
        "version": template.version.isoformat(),
        "blocks": [_block(block) for block in template.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    return {
        "kind": block.kind,
        "text": block.text,
        "title": block.title,
        "rows": [
            [
                {
                    "label": cell.label,
                    "field": cell.field.name if cell.field is not None else None,
                    "text": cell.text,
                    "lines": cell.lines,
                    "required": cell.required,
                    "span": cell.span,
                }
                for cell in row
            ]
            for row in block.rows
        ],
        "columns": block.columns,
        "of": block.of.name if block.of is not None else None,
        "empty": block.empty,
        "items": [{"text": text, "cites": list(cites)} for text, cites in block.items],
        "cites": list(block.cites),
        "when": {name: list(wanted) for name, wanted in block.when.items()},
    }


def _field(stated: Stated) -> dict[str, Any]:
    known: Field = stated.known
    return {
        "kind": known.kind,
        "label": _both(stated.label),
        "stated": stated.may_be_stated,
        "options": {name: _both(words) for name, words in stated.options.items()},
        "columns": {name: _both(words) for name, words in stated.columns.items()},
    }


def _act(name: str) -> dict[str, Any]:
    spec = act_named(name)
    assert spec is not None, name
    words = spec.words
    inputs = spec.facts().fields
    return {
        "act": name,
        "label": _both(words.label),
        "articles": list(spec.articles),
        "sources": list(spec.source),
        "facts": [
            {
                "name": fact,
                "kind": type(inputs[fact]).__name__.lower(),
                "label": _both(said.label),
                "choices": {value: _both(choice) for value, choice in said.choices.items()},
            }
            for fact, said in words.facts.items()
            if fact in inputs
        ],
        "obligatory": [list(demand.kinds) for demand in words.obligatory],
    }


def _without_floats(value: Any) -> Any:
    """Limits are numbers of any kind; here each is a text."""
    match value:
        case dict():
            return {str(name): _without_floats(inner) for name, inner in value.items()}
        case list() | tuple():
            return [_without_floats(inner) for inner in value]
        case float():
            return str(value)
        case _:
            return value
