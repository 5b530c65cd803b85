"""The register of papers: by number, firm or title, by form, status, issuer and service; every page costs the same."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date
from itertools import islice
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy

from spotcheck.casework import papers
from spotcheck.casework.paging import FIRST, Place, Turn, capped_count, cut, every
from spotcheck.casework.papers import PaperLine
from spotcheck.casework.privacy import Sight
from spotcheck.docket.models import Dossier
from spotcheck.notices import issued
from spotcheck.notices.models import Paper, Recipient, VoidedNumber, of_keys
from spotcheck.parties.actors import Actor
from spotcheck.parties.folded import Fold
from spotcheck.parties.models import Enterprise, Office
from spotcheck.rules import regulations
from spotcheck.rules.folding import fold, sought
from spotcheck.rules.regulations import REGULATIONS, Regulation
from spotcheck.rules.words import Words

UNSERVED: Final = "unserved"
UNDER_WAY: Final = "under_way"
SERVICE: Final = {
    UNSERVED: gettext_lazy("尚未收到"),
    UNDER_WAY: gettext_lazy("在途"),
    "returned": gettext_lazy("被退回，待再送"),
}
"""By the state of the service one can filter."""
MOST_VOIDED: Final = 50
_AT_ONCE: Final = 200
"""So many rows of a list that is taken along are read at once."""


@dataclass(frozen=True, slots=True)
class WantedPapers:
    """What is searched for; what is empty does not narrow it."""

    words: str = ""
    form: str = ""
    status: str = ""
    service: str = ""
    issuer: str = ""
    issued_from: date | None = None
    issued_until: date | None = None
    turn: Turn = FIRST

    @property
    def is_empty(self) -> bool:
        """Whether nothing narrows the search."""
        return not self.asked

    @property
    def asked(self) -> dict[str, str]:
        """What narrows it, by name: what the line of an export says."""
        named = [one.name for one in fields(self) if one.name != "turn"]
        return {name: str(value) for name in named if (value := getattr(self, name))}


@dataclass(slots=True)
class PaperPage:
    """One page of the register, with the places where its neighbours end and begin; and the voided numbers that fit."""

    lines: list[PaperLine] = field(default_factory=list)
    count: str = ""
    before: Place | None = None
    after: Place | None = None
    voided: list[VoidedNumber] = field(default_factory=list)
    more_voided: bool = False


def search(actor: Actor, wanted: WantedPapers) -> PaperPage:
    """Return one page of the papers in sight, newest first."""
    sight = Sight(actor)
    found = matching(actor, wanted)
    part = cut(papers.with_recipients(found), wanted.turn, day="issued_on")
    page = PaperPage(papers.lines(part.rows, sight), capped_count(found), part.before, part.after)
    if wanted.words or wanted.status == Paper.Status.VOIDED:
        voided = list(_voided(actor, wanted)[: MOST_VOIDED + 1])
        page.voided, page.more_voided = voided[:MOST_VOIDED], len(voided) > MOST_VOIDED
    return page


def taken_along(actor: Actor, wanted: WantedPapers, most: int) -> Iterator[PaperLine]:
    """The lines of the papers in sight that match, so many at most: those of the pages, one after the other."""
    found = papers.with_recipients(matching(actor, wanted))
    rows = every(lambda turn: cut(found, turn, day="issued_on", most=_AT_ONCE), most)
    while some := list(islice(rows, _AT_ONCE)):
        yield from papers.lines(some, Sight(actor))


def matching(actor: Actor, wanted: WantedPapers) -> "QuerySet[Paper]":
    """The papers in sight that match."""
    sight = Sight(actor)
    found = sight.own_papers(Paper.objects.filter(dossier__in=Dossier.objects.visible_to(actor)))
    for word in sought(wanted.words):
        found = found.filter(_contains(word, sight))
    if wanted.form:
        found = found.filter(_of_key(wanted.form))
    if wanted.status:
        found = found.filter(status=wanted.status)
    if wanted.issuer and not sight.is_blind:
        found = found.filter(issuer__code=wanted.issuer)
    if wanted.issued_from:
        found = found.filter(issued_on__gte=wanted.issued_from)
    if wanted.issued_until:
        found = found.filter(issued_on__lte=wanted.issued_until)
    if wanted.service:
        found = found.filter(_at_service(wanted.service, sight))
    return found


def issuers(actor: Actor) -> list[Office]:
    """The offices whose papers are in sight; for the blind none, because they would tell the place."""
    sight = Sight(actor)
    if sight.is_blind:
        return []
    rows = sight.papers(Paper.objects.filter(dossier__in=Dossier.objects.visible_to(actor)))
    return list(Office.objects.filter(pk__in=rows.values("issuer").distinct()).order_by("code"))


def keys() -> list[tuple[str, Words]]:
    """The forms by number and the letters after them, to choose from; those of a later text behind its id."""
    return [
        (key if text.id == regulations.FIRST else f"{text.id}/{key}", words)
        for text in REGULATIONS.values()
        for key, words in (
            *((str(number), form.short) for number, form in text.forms.items()),
            *((name, letter.title) for name, letter in text.letters.items()),
        )
    ]


def _contains(word: str, sight: Sight) -> Q:
    """A word of the search box: part of a number, of the product, of a title, of the name or code of who gets it.

    Each is looked for where it has an index, and what was found put together: asked of every paper one after the other,
    a word that is nowhere would cost all of them.
    """
    rows = Paper.objects.order_by()
    found = [rows.filter(dossier__in=Dossier.objects.filter(found_by_open__holds=word))]
    if not (sight.is_blind or sight.is_party):
        firms = Enterprise.objects.filter(found_by__holds=word)
        found.append(rows.filter(pk__in=Recipient.objects.filter(party__enterprise__in=firms).values("paper")))
    keys = rows.filter(found_by__holds=word).values("pk").union(*(each.values("pk") for each in found), all=True)
    return Q(pk__in=keys) | _titled(word) if _is_in_a_title(word) else Q(pk__in=keys)


def _is_in_a_title(word: str) -> bool:
    return any(_keys_titled(word, text) for text in REGULATIONS.values())


def _titled(word: str) -> Q:
    """The papers whose title says a word; titles are kept with the rules and not with each paper."""
    found = Q(pk__in=())
    for text in REGULATIONS.values():
        found |= of_keys(_keys_titled(word, text), regulation=text.id)
    return found


def _keys_titled(word: str, text: Regulation) -> list[int | str]:
    forms = [
        number
        for number, form in text.forms.items()
        if any(word in fold(title) for title in (form.title.zh, form.short.zh, form.short.en, *form.aliases))
    ]
    return [
        *forms,
        *(k for k, letter in text.letters.items() if word in fold(f"{letter.title.zh} {letter.title.en}")),
    ]


def _of_key(key: str) -> Q:
    text, _, rest = key.rpartition("/")
    return of_keys([int(rest) if rest.isdigit() else rest], regulation=text or regulations.FIRST)


def _of_series(key: str) -> Q:
    """The series of a form or letter, as ``numbering.series_of`` names it."""
    return Q(series__form=int(key)) if key.isdigit() else Q(series__letter=key)


def _at_service(state: str, sight: Sight) -> Q:
    """Whether a party that has to acknowledge the paper has not; those of which it is on its way or came back.

    A party asks of its own receipt, and who tests of none.
    """
    gets = sight.recipients(Recipient.objects.filter(paper=OuterRef("pk")))
    waiting = gets.filter(party__isnull=False, received_on__isnull=True)
    on_the_way = Q(services__outcome="under_way")
    if state == UNDER_WAY:
        waiting = waiting.filter(on_the_way)
    elif state == "returned":
        waiting = waiting.filter(services__outcome="returned").exclude(on_the_way)
    return issued.acknowledged() & Q(Exists(waiting), status=Paper.Status.ISSUED)


def _voided(actor: Actor, wanted: WantedPapers) -> "QuerySet[VoidedNumber]":
    """The numbers that never became a paper: the province sees all, another office its own."""
    office = actor.office
    rows = VoidedNumber.objects.select_related("series__office").order_by("-pk")
    if office is None:
        return rows.none()
    if office.kind != Office.Kind.PROVINCE:
        rows = rows.filter(series__office=office)
    rows = rows.annotate(folded=Fold("number"))
    for word in sought(wanted.words):
        rows = rows.filter(folded__contains=word)
    if wanted.form:
        rows = rows.filter(_of_series(wanted.form))
    return rows.filter(series__office__code=wanted.issuer) if wanted.issuer else rows
