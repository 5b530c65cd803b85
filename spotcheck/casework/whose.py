"""Whose a line of the register is: which word of the regulation means an actor there, asked of many lines at once.

The conditions say of lists what ``docket.standing`` says of one matter; a test holds them equal.
"""

from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from spotcheck.docket.models import Entry, Involvement, Party
from spotcheck.parties.actors import Actor
from spotcheck.parties.models import PROVINCE_CODE, Office
from spotcheck.parties.regions import is_city
from spotcheck.remediation.models import Rectification
from spotcheck.remediation.states import AnnouncementState, DenialState, LeadState, RectificationState
from spotcheck.rules.actors import ENTERPRISE, Capacity
from spotcheck.rules.regulations import of_chart

_ABOVE: Final = (DenialState.AT_CITY, DenialState.AT_PROVINCE)
"""The states of a denial in which it has left the bureau that investigated."""


def meant(word: str, chart: str, actor: Actor) -> Q:
    """The condition under which a word means this actor, in the terms of the register."""
    if word == ENTERPRISE:
        return Q(party__enterprise=actor.enterprise)
    capacity = of_chart(chart).capacities[word]
    assert actor.office is not None
    if capacity.parts:
        return _commissioned(capacity, actor.office)
    match capacity.bureau:
        case "organiser":
            return _province(chart)
        case "handler":
            return Q(party__handler=actor.office)
        case _:
            return _local(word, chart, actor.office)


def works_at(office: Office, prefix: str = "") -> Q:
    """A party has its place in the district of this bureau."""
    return _in_district(office, f"{prefix}place")


def _in_district(office: Office, code: str) -> Q:
    if is_city(office.code):
        return Q(**{f"{code}__startswith": office.code[:4]})
    return Q(**{code: office.code})


def _left(bureau: Q) -> Q:
    """A party has left the province, and its last case here was with such a bureau (R58)."""
    cases = Rectification.objects.filter(bureau, party=OuterRef("pk"), state=RectificationState.TRANSFERRED)
    return Q(Exists(cases.exclude(moved_to__startswith=PROVINCE_CODE[:2])))


def _province(chart: str) -> Q:
    """The province has to do with every matter; with a lead or a denial only when it has come to it (28, 52)."""
    match chart:
        case "lead":
            return Q(party__isnull=False) & ~Q(party__place__startswith=PROVINCE_CODE[:2])
        case "denial":
            return Q(state=AnnouncementState.AT_PROVINCE)
        case _:
            return Q()


def _local(word: str, chart: str, office: Office) -> Q:
    """A bureau by the place of those whom the matter is about (Articles 37, 42, 51, 52, 56)."""
    match chart:
        case "denial":
            makers = _parties(Party.Role.NOMINAL_PRODUCER)
            has_it = Q(Exists(makers.filter(Q(handler=office) | _left(Q(bureau=office)))))
            above = Q(Exists(makers.filter(works_at(office) | _left(_in_district(office, "bureau__code")))))
            below = ~Q(state__in=_ABOVE) & has_it
            return below | (Q(state=DenialState.AT_CITY) & above) if word == "city" else below
        case "objection":
            roles = (Party.Role.NOMINAL_PRODUCER, Party.Role.SELLER)
            return Q(Exists(_parties(*roles).filter(works_at(office))))
        case "announcement" if word == "county":
            return Q(party__handler=office)
        case "lead":
            nobody_named = Q(party__isnull=True) & Q(Exists(_parties().filter(works_at(office))))
            left = Party.objects.filter(_left(_in_district(office, "bureau__code")), pk=OuterRef("party"))
            return works_at(office, "party__") | nobody_named | (Q(state=LeadState.CASE_FILED) & Q(Exists(left)))
        case _:
            return works_at(office, "party__")


def _parties(*roles: str) -> "QuerySet[Party]":
    """The parties of the same dossier."""
    parties = Party.objects.filter(dossier=OuterRef("dossier"))
    return parties.filter(role__in=roles) if roles else parties


def _commissioned(capacity: Capacity, office: Office) -> Q:
    """A body that was commissioned for the dossier, or for this party; of several in turn the last one (38, 47)."""
    here = Q(party__isnull=True) | Q(party=OuterRef("party"))
    parts = Involvement.objects.filter(here, dossier=OuterRef("dossier"), role__in=capacity.parts)
    part = Q(Exists(parts.filter(office=office)))
    if not capacity.in_turn:
        return part
    own, same = (
        Value(office.code, output_field=TextField()),
        {"dossier": OuterRef("dossier"), "label": OuterRef("label")},
    )
    named = Entry.objects.filter(facts__has_key=capacity.name, **same).annotate(
        body=KeyTextTransform(capacity.name, "facts")
    )
    newest = named.exclude(body="").order_by("-sequence").values("body")[:1]
    return part & Q(Exact(Coalesce(Subquery(newest), own, output_field=TextField()), own))
