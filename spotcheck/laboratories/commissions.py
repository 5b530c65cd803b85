"""Retests and tests of rechecks: what a laboratory was commissioned with after the first test, and by which paper.

It is told the product, the items of its commission with limits and methods, and its own results; never a result, a
value or a report of the first test (40, 47). A retest names no party, Form 12 the one whose product is tested.
"""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django.db.models import Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Concat, Replace
from rest_framework import serializers

from spotcheck.api import limits
from spotcheck.api.doors import Call, Door, told
from spotcheck.api.kept import Answer
from spotcheck.api.problems import Problem
from spotcheck.api.shapes import Answered
from spotcheck.casework import results as recorded
from spotcheck.docket import standing
from spotcheck.docket.flow import MATTERS, Flow
from spotcheck.docket.models import Dossier, Entry, Involvement, Track
from spotcheck.laboratories import answers, places, projection
from spotcheck.laboratories.cases import READ, next_acts
from spotcheck.laboratories.paging import LIST, page
from spotcheck.laboratories.projection import Sample
from spotcheck.laboratories.results import ItemAnswer, item
from spotcheck.notices.models import Paper
from spotcheck.rules.folding import key
from spotcheck.sampling import custody
from spotcheck.sampling.models import SampleUnit

_DOT, _NUMBER_SIGN, _DASH = ".", "#", "-"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of commission: its chart, whom it means, which acts give it, by which form, and where it is found."""

    chart: str
    word: str
    given_by: tuple[str, ...]
    form: int
    group: str
    root: str
    places: Mapping[str, str]

    @property
    def list(self) -> str:
        """The name of the list."""
        return self.root.rpartition("/")[2]


RETEST: Final = Kind(
    "retest", "retest_lab", ("retest.commission", "retest.recommission"), 9, "retest", places.RETESTS, places.OF_RETESTS
)
RECHECK: Final = Kind(
    "recheck",
    "technical_body",
    ("recheck.commission_test", "recheck.recommission"),
    12,
    "recheck",
    places.RECHECKS,
    places.OF_RECHECKS,
)


class PaperAnswer(Answered):
    """The paper by which it was commissioned, and what it says of the time."""

    form = serializers.IntegerField()
    number = serializers.CharField()
    on = serializers.DateField()
    due = serializers.CharField(allow_blank=True)


class ReserveAnswer(Answered):
    """The unit that is retested, with the seal that it bears by the record."""

    unit = serializers.CharField()
    code = serializers.CharField(allow_blank=True)
    state = serializers.CharField()
    since = serializers.DateField()
    seal_number = serializers.CharField(allow_blank=True)


class PartyAnswer(Answered):
    """The firm whose product is tested, as Form 12 names it."""

    name = serializers.CharField()
    credit_code = serializers.CharField()
    address = serializers.CharField(allow_blank=True)


class CommissionLine(Answered):
    """A commission in a list."""

    id = serializers.CharField()
    href = serializers.CharField()
    code = serializers.CharField()
    product = serializers.CharField()
    state = serializers.CharField()
    since = serializers.DateField()


class CommissionAnswer(Answered):
    """A commission with all that its bench needs. ``items`` has limits, methods and the laboratory's own results."""

    id = serializers.CharField()
    code = serializers.CharField()
    state = serializers.CharField()
    since = serializers.DateField()
    paper = PaperAnswer(allow_null=True)
    product = answers.Product()
    names = serializers.ListField(child=serializers.CharField())
    items = serializers.ListField(child=ItemAnswer())
    missing = serializers.ListField(child=serializers.CharField())
    next_acts = serializers.ListField(child=answers.NextAct())


class RetestAnswer(CommissionAnswer):
    """A retest (39 to 41), with the reserve unit."""

    reserve = ReserveAnswer(allow_null=True)


class RecheckAnswer(CommissionAnswer):
    """The test of a recheck (47), with the firm."""

    party = PartyAnswer()


class Commission(Sample):
    """A sample with what its laboratory was commissioned with."""

    kind: Kind
    matter: Any

    @property
    def key(self) -> str:
        """By which it is asked for."""
        return f"{self.dossier.number}{_DOT}{self.matter.label}".replace(_NUMBER_SIGN, _DASH)

    @property
    def href(self) -> str:
        """Where it is read."""
        return f"{self.kind.root}/{self.key}"

    @property
    def places(self) -> Mapping[str, str]:
        """Where its acts are done."""
        return self.kind.places

    @property
    def only_here(self) -> tuple[str, ...]:
        """Results are recorded one by one by programs; on pages they are stated with the report."""
        return ("results.record",)

    def is_own(self, matter: Track | Flow) -> bool:
        """The commission itself; how the rest of the case stands is told nowhere."""
        return (matter.chart, matter.label) == (self.matter.chart, self.matter.label)


def commission_of(call: Call, kind: Kind) -> Commission:
    """The commission that an address names, however it is typed; raises ``not-found``, the same for one of others."""
    wanted = key(str(call.names["key"])).upper()
    named = Replace(Concat("dossier__number", Value(_DOT), "label"), Value(_NUMBER_SIGN), Value(_DASH))
    rows = _given(call, kind).annotate(named=named).filter(named__iexact=wanted)
    found = [matter for matter in rows if _is_meant(call, kind, matter)]
    if not found:
        limits.unknown(call.caller.office)
        raise Problem("not-found")
    return _known(found[0], kind)


def lines_of(commission: Commission) -> dict[str, Any]:
    """Its items with limits, methods and the laboratory's own results, and what is missing still."""
    lines = recorded.sheet_of(commission.matter)
    return {
        "items": [item(line) for line in lines],
        "missing": recorded.missing({line.number: line for line in lines}),
    }


class List(Door):
    """The base of the lists."""

    kind: ClassVar[Kind]
    scopes = {"GET": READ}
    asks = {"GET": LIST}

    def get(self, call: Call) -> Answer:
        """What the laboratory was commissioned with, the oldest first, page by page; a page may hold fewer."""
        found, following = page(call, self.kind.list, _given(call, self.kind))
        known = [_known(matter, self.kind) for matter in found if _is_meant(call, self.kind, matter)]
        return told({self.kind.list: [_line(one) for one in known], "next": following})


class One(Door):
    """The base of one commission."""

    kind: ClassVar[Kind]
    scopes = {"GET": READ}

    def get(self, call: Call) -> Answer:
        """One commission with everything its bench needs, and what can be done next or why not yet."""
        commission = commission_of(call, self.kind)
        own = self.more(commission)
        return told(_as_answer(commission) | own | {"next_acts": next_acts(commission, call.caller)})

    @abstractmethod
    def more(self, commission: Commission) -> dict[str, Any]:
        """What is told of this kind besides."""


def reserve_of(commission: Commission) -> dict[str, Any] | None:
    """The reserve unit, with the number of its seal, by which it is known at the handing over (39)."""
    track = commission.track("sample", "R")
    unit = SampleUnit.objects.filter(dossier=commission.dossier, label="R").first()
    if track is None or unit is None:
        return None
    return {
        "unit": "R",
        "code": unit.code,
        "state": track.state,
        "since": track.since.isoformat(),
        "seal_number": custody.seal_of(custody.links_of(commission.dossier, "R")),
    }


def party_of(commission: Commission) -> dict[str, str]:
    """The firm, as Form 12 names it (47)."""
    firm = commission.matter.party.enterprise
    return {"name": firm.name, "credit_code": firm.credit_code, "address": firm.actual_address}


def _given(call: Call, kind: Kind) -> "QuerySet[Any]":
    """The matters of the kind in cases of the office's, once a paper has commissioned somebody with them."""
    actor = call.caller.actor
    part = Involvement.objects.filter(dossier=OuterRef("dossier"), office=actor.office, role=kind.word)
    given = Entry.objects.filter(dossier=OuterRef("dossier"), label=OuterRef("label"), act__in=kind.given_by)
    seen = Dossier.objects.visible_to(actor)
    rows = MATTERS[kind.chart].objects.filter(Exists(part), Exists(given), dossier__in=seen)
    return rows.select_related("dossier__sample_file", "party__enterprise", "party__handler").order_by("pk")


def _is_meant(call: Call, kind: Kind, matter: Any) -> bool:
    """Whether the office is the body commissioned last with this very matter, and not one that was replaced."""
    return standing.is_meant(kind.word, matter, matter.spec_of("record_results"), call.caller.actor)


def _known(matter: Any, kind: Kind) -> Commission:
    made = projection.known(matter.dossier, Commission)
    made.kind, made.matter = kind, matter
    return made


def _track(commission: Commission) -> Track:
    found = commission.track(commission.kind.chart, commission.matter.label)
    assert found is not None
    return found


def _line(commission: Commission) -> dict[str, Any]:
    track = _track(commission)
    return {
        "id": commission.key,
        "href": commission.href,
        "code": commission.code,
        "product": commission.dossier.sample_file.product_name,
        "state": track.state,
        "since": track.since.isoformat(),
    }


def _as_answer(commission: Commission) -> dict[str, Any]:
    track = _track(commission)
    return {
        "id": commission.key,
        "code": commission.code,
        "state": track.state,
        "since": track.since.isoformat(),
        "paper": _paper(commission),
        "product": projection.product(commission),
        "names": list(commission.matter.items_given()),
        **lines_of(commission),
    }


def _paper(commission: Commission) -> dict[str, Any] | None:
    """The paper that counts: the newest of its form for this matter."""
    rows = Paper.objects.filter(dossier=commission.dossier, form=commission.kind.form, label=commission.matter.label)
    paper = rows.order_by(F("pk").desc()).first()
    if paper is None:
        return None
    said = paper.snapshot["data"].get(commission.kind.group, {})
    return {
        "form": paper.form,
        "number": paper.number,
        "on": paper.issued_on.isoformat(),
        "due": str(said.get("due") or ""),
    }
