"""What the form of an act offers beforehand: values that decide nothing, offices and items to choose from."""

from datetime import date
from typing import Any

from spotcheck.desk.fields import BODY_KINDS, PARTS, Choice, Field
from spotcheck.docket.flow import ActSpec
from spotcheck.docket.models import Deadline, Dossier, Involvement
from spotcheck.parties.models import Office
from spotcheck.planning.models import Target


def initial_of(spec: ActSpec, dossier: Dossier, matter: Any, person: str) -> dict[str, Any]:
    """What can be filled in beforehand: names of items, who is named on Form 1, who signs in."""
    initial: dict[str, Any] = {}
    if spec.name == "retest.report":
        names = matter.commissioned_items or matter.items
        initial["items"] = [{"name": name, "result": ""} for name in names]
    if spec.name == "inspection.issue_report":
        initial["items"] = [{part: getattr(item, part) for part in PARTS} for item in dossier.items.order_by("pk")]
    if spec.name == "sampling.present_notice":
        initial["samplers"] = Target.objects.filter(dossier=dossier).values_list("samplers", flat=True).first() or []
    if spec.name in {"sample.issue", "inspection.start_testing"}:
        initial["inspector"] = person
    return initial


def suggest(shown: list[Field], spec: ActSpec, dossier: Dossier, matter: Any) -> None:
    """Offer what can only be one of a few: offices where a body or a place is asked for, the items that failed."""
    for made in shown:
        if made.kind == "body":
            offices = Office.objects.filter(kind__in=BODY_KINDS[made.name]).order_by("name")
            if made.name == "retest_lab":  # the one that tested first is chosen by its own answer
                offices = offices.exclude(involvements__in=Involvement.objects.filter(dossier=dossier, role="lab"))
            made.choices = [Choice(o.code, o.name, o.code == made.value) for o in offices]
        elif made.name == "to":
            bureaus = Office.objects.filter(kind__in=(Office.Kind.CITY, Office.Kind.COUNTY)).order_by("code")
            made.suggestions = list(bureaus.values_list("code", "name"))
        elif made.kind == "lines" and made.name == "items":
            _choose_items(made, _items(spec, dossier, matter))


def over_since(spec: ActSpec, dossier: Dossier, matter: Any) -> date | None:
    """The last day of the window in which this could have been filed, when it is over for the party; else None."""
    if spec.name != "objection.file" or matter.party is None:
        return None
    lapsed = dossier.deadlines.filter(rule="D35", party=matter.party, status=Deadline.Status.LAPSED)
    found: date | None = lapsed.order_by("-pk").values_list("latest", flat=True).first()
    return found


def _items(spec: ActSpec, dossier: Dossier, matter: Any) -> list[str]:
    """The items that can be disputed, or retested."""
    if spec.name == "retest.commission":
        return list(matter.to_be_retested())
    return list(dossier.items.filter(first_result="fail").order_by("pk").values_list("name", flat=True))


def _choose_items(made: Field, names: list[str]) -> None:
    """Boxes instead of lines to type: a name that is spelt otherwise would be another item."""
    chosen = [line for line in str(made.value).splitlines() if line]
    if names:
        made.kind = "checkboxes"
        made.choices = [Choice(name, name, name in chosen) for name in dict.fromkeys([*names, *chosen])]
