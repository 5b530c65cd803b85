"""Whose a line of the register is: which word of the regulation means an actor there, asked of many lines at once.

The conditions say of lists what ``docket.standing`` says of one matter; a test holds them equal.
"""

from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from spotcheck.docket.models import Entry, Involvement, Party
from spotcheck.docket.standing import COMMISSIONED
from spotcheck.parties.actors import Actor
from spotcheck.parties.models import PROVINCE_CODE, Office, is_city
from spotcheck.remediation.states import AnnouncementState

COMMISSIONING: Final = {
    "retest_lab": ("objection.order_retest", "retest.recommission"),
    "technical_body": ("recheck.commission_test", "recheck.recommission"),
}
"""The acts that name a body in its turn; one that was replaced has nothing to do any more."""
_ABOVE: Final = (AnnouncementState.AT_CITY, AnnouncementState.AT_PROVINCE)
"""The states of a denial in which it has left the bureau that investigated."""


def meant(word: str, chart: str, actor: Actor) -> Q:
    """The condition under which a word means this actor, in the terms of the register."""
    if word in COMMISSIONED:
        return _commissioned(word, actor.office)
    match word:
        case "province":
            return _province(chart)
        case "enterprise":
            return Q(party__enterprise=actor.enterprise)
        case "handler":
            return Q(party__handler=actor.office)
        case _:
            assert actor.office is not None
            return _local(word, chart, actor.office)


def works_at(office: Office, prefix: str = "") -> Q:
    """A party has its place in the district of this bureau."""
    if is_city(office.code):
        return Q(**{f"{prefix}place__startswith": office.code[:4]})
    return Q(**{f"{prefix}place": office.code})


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
            has_it = Q(Exists(_parties(Party.Role.NOMINAL_PRODUCER).filter(handler=office)))
            above = Q(Exists(_parties(Party.Role.NOMINAL_PRODUCER).filter(works_at(office))))
            below = ~Q(state__in=_ABOVE) & has_it
            return below | (Q(state=AnnouncementState.AT_CITY) & above) if word == "city" else below
        case "objection":
            roles = (Party.Role.NOMINAL_PRODUCER, Party.Role.SELLER)
            return Q(Exists(_parties(*roles).filter(works_at(office))))
        case "announcement" if word == "county":
            return Q(party__handler=office)
        case "lead":
            nobody_named = Q(party__isnull=True) & Q(Exists(_parties().filter(works_at(office))))
            return works_at(office, "party__") | nobody_named
        case _:
            return works_at(office, "party__")


def _parties(*roles: str) -> "QuerySet[Party]":
    """The parties of the same dossier."""
    parties = Party.objects.filter(dossier=OuterRef("dossier"))
    return parties.filter(role__in=roles) if roles else parties


def _commissioned(word: str, office: Office | None) -> Q:
    """A body that was commissioned for the dossier, or for this party; of several in turn the last one (38, 47)."""
    assert office is not None
    here = Q(party__isnull=True) | Q(party=OuterRef("party"))
    parts = Involvement.objects.filter(here, dossier=OuterRef("dossier"), role__in=COMMISSIONED[word])
    part = Q(Exists(parts.filter(office=office)))
    if word not in COMMISSIONING:
        return part
    own, same = (
        Value(office.code, output_field=TextField()),
        {"dossier": OuterRef("dossier"), "label": OuterRef("label")},
    )
    named = Entry.objects.filter(act__in=COMMISSIONING[word], **same).annotate(body=KeyTextTransform(word, "facts"))
    newest = named.exclude(body="").order_by("-sequence").values("body")[:1]
    return part & Q(Exact(Coalesce(Subquery(newest), own, output_field=TextField()), own))
