"""To whom papers go and who is told, beyond those whom the regulation's actors mean (``rules.letters.CIRCLES``)."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from spotcheck.docket.flow import MATTERS, Flow
from spotcheck.docket.models import Entry, Party
from spotcheck.notices import commissioned
from spotcheck.notices.models import Recipient
from spotcheck.parties.models import Office, city_of, in_shandong, is_city

BODIES: Final = {"retest": "retest_lab", "recheck": "technical_body"}
"""Whom a chart commissions."""
OPEN_OBJECTION: Final = ("verifying", "expert_review")


def places(word: str, entry: Entry, matter: Flow) -> Iterable[str] | None:
    """The codes of the bureaus that a circle means; None when the word is an actor's."""
    if word == "county" and entry.act == "inspection.terminate_illegal":
        return counties_of_producers(entry)
    return _PLACES[word](entry, matter) if word in _PLACES else None


def parties(word: str, entry: Entry) -> Iterable[Party]:
    """The parties that a circle means."""
    return _PARTIES[word](entry)


def counties_of_producers(entry: Entry) -> set[str]:
    """The counties of the producers that the laboratory means: the one it names, otherwise all (Article 28)."""
    named = entry.facts.get("producer")
    producers = [party for party in entry.dossier.parties.all() if party.is_producer]
    meant = [party for party in producers if not named or party.label == named] or producers
    return {party.place for party in meant if party.in_shandong}


def answered_objections(entry: Entry) -> Iterator[Any]:
    """The objections besides the retest's own whose every item stands on Form 9 (Articles 40, 41)."""
    yield from (matter for matter in _others_on_form9(entry) if set(matter.items) <= _named(entry))


def _others_on_form9(entry: Entry) -> Iterator[Any]:
    """The other objections to the test result that are being verified and have an item on Form 9."""
    if entry.chart != "retest":
        return
    rows = MATTERS["objection"].objects.filter(dossier=entry.dossier_id, grounds="test_result", standing="in_time")
    rows = rows.filter(state__in=OPEN_OBJECTION).exclude(label=entry.label)
    yield from (
        matter
        for matter in rows.select_related("party__enterprise").order_by("pk")
        if set(matter.items) & _named(entry)
    )


def _named(entry: Entry) -> set[str]:
    return set(getattr(entry.matter, "commissioned_items", None) or ())


def _told(entry: Entry) -> list[Party]:
    """The parties that were sent Form 7 (of the matter, when it is about one) and are not told by the cause itself."""
    sent = Recipient.objects.filter(paper__dossier=entry.dossier_id, paper__form=7, party__isnull=False)
    if entry.party_id is not None:
        sent = sent.filter(party=entry.party_id)
    told = set(sent.values_list("party", flat=True))
    if entry.cause_id is not None:
        told -= set(Recipient.objects.filter(paper__entry=entry.cause_id).values_list("party", flat=True))
    return list(Party.objects.filter(pk__in=told).select_related("enterprise").order_by("pk"))


def _sellers_bureaus(entry: Entry, _matter: Flow) -> list[str]:
    """The bureaus of the sellers' places, of the level of the bureau that informs them (Article 52)."""
    sellers = [party.place for party in entry.dossier.parties.all() if party.is_seller and party.in_shandong]
    by_city = entry.office is not None and is_city(entry.office.code)
    return [city_of(place) if by_city else place for place in sellers]


def _registered_places(entry: Entry, matter: Flow) -> list[str]:
    """The registered place, when the case moves to another place of business (Article 42)."""
    if divides_work(entry):
        return []
    registered = [party.registered_place for party in matter.about("registered_place")]
    return [place for place in registered if place != entry.facts.get("to")]


def divides_work(entry: Entry) -> bool:
    """Whether a case goes from a city to its own county: a division of work, no move (Article 42)."""
    to, bureau = entry.facts.get("to") or "", getattr(entry.matter, "bureau", None) or entry.office
    return bureau is not None and is_city(bureau.code) and to != bureau.code and city_of(to) == bureau.code


_PLACES: Final[dict[str, Callable[[Entry, Flow], Iterable[str]]]] = {
    "cities": lambda entry, _: {party.city_code for party in entry.dossier.parties.all() if party.in_shandong},
    "new_handler": lambda entry, _: [to for to in [entry.facts.get("to") or ""] if in_shandong(to)],
    "registered_place": _registered_places,
    "seller_bureau": _sellers_bureaus,
    "other_province": lambda *_: (),
    "governments": lambda *_: (),
    "public": lambda *_: (),
}
_PARTIES: Final[dict[str, Callable[[Entry], Iterable[Party]]]] = {
    "answered": lambda entry: [matter.party for matter in answered_objections(entry)],
    "joined": lambda entry: [matter.party for matter in _others_on_form9(entry)],
    "told_parties": _told,
}
OUTSIDE: Final = frozenset({"other_province", "governments", "public"})
"""Circles that are no offices of ours: the paper names them, nobody of ours gets it."""
OF_PARTIES: Final = frozenset(_PARTIES)


def replaced_body(entry: Entry) -> list[Office]:
    """The body whose commission ends with this act."""
    found = commissioned.replaced(entry, BODIES.get(entry.chart, ""))
    return [found] if found is not None else []
