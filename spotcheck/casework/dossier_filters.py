"""What a list of dossiers is narrowed by: each filter one condition, asked only as far as the reader may ask.

Whoever tests or is a party learns nothing from what a filter leaves out: what tells of others is for bureaus alone.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy

from spotcheck.casework import duty_filters, owning
from spotcheck.casework.paging import FIRST, Turn
from spotcheck.casework.privacy import Sight
from spotcheck.casework.texts import all_stages
from spotcheck.casework.worklist import soon_until
from spotcheck.docket import calendars, clock, law
from spotcheck.docket.lateness import done_late
from spotcheck.docket.models import Deadline, Dossier, Involvement, Party, Track
from spotcheck.inspection.states import ConclusionState
from spotcheck.parties.models import Office
from spotcheck.parties.regions import is_city
from spotcheck.planning.models import Task
from spotcheck.remediation.states import BanState
from spotcheck.rules.folding import sought
from spotcheck.sampling.models import SampleFile

NEWEST, OLDEST, BY_DUE = "", "oldest", "due"
ORDERS: Final = {
    NEWEST: gettext_lazy("新建在前"),
    OLDEST: gettext_lazy("早建在前"),
    BY_DUE: gettext_lazy("先到期在前（只列有期限的）"),
}
DUE: Final = {
    "late": gettext_lazy("已逾期"),
    "today": gettext_lazy("今天到期"),
    "soon": gettext_lazy("即将到期"),
    "none": gettext_lazy("没有期限"),
    "was_late": gettext_lazy("曾逾期"),
}
"""How a file stands to its periods."""
MINE, POOL = "mine", "pool"
OWNERS: Final = {MINE: gettext_lazy("我承办的"), POOL: gettext_lazy("待分")}
CONCLUSIONS: Final = {
    "nonconforming": gettext_lazy("不合格"),
    "conforming": gettext_lazy("合格"),
    "contested": gettext_lazy("异议或者复检中"),
    "revoked": gettext_lazy("结论已撤销"),
    "banned": gettext_lazy("禁令有效"),
}
"""What a test has come to, and what follows from it."""
_STATES: Final = {
    "nonconforming": (ConclusionState.PROVISIONAL_NONCONFORMING, ConclusionState.FINAL_NONCONFORMING),
    "conforming": (ConclusionState.PROVISIONAL_CONFORMING, ConclusionState.FINAL_CONFORMING),
    "contested": (ConclusionState.UNDER_OBJECTION, ConclusionState.UNDER_RETEST),
    "revoked": (ConclusionState.REVOKED,),
}
BANNED: Final = (BanState.ACTIVE, BanState.PERMANENT)
"""States of a ban under which a firm still stands (Article 50)."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is searched for; what is empty does not narrow it.

    ``office`` is the code of the bureau that handles a party, ``body`` that of a sampling body or laboratory, ``owner``
    one of :data:`OWNERS` or the key of a post of the reader's office, ``firm`` a credit code. ``duty``, ``step`` and
    ``charged`` ask for one and the same duty; see :mod:`spotcheck.casework.duty_filters`.
    """

    words: str = ""
    kind: str = ""
    stage: str = ""
    due: str = ""
    owner: str = ""
    product: str = ""
    place: str = ""
    office: str = ""
    body: str = ""
    conclusion: str = ""
    firm: str = ""
    progress: str = ""
    duty: str = ""
    step: str = ""
    charged: str = ""
    recheck: str = ""
    opened_from: date | None = None
    opened_until: date | None = None
    due_until: date | None = None
    order: str = NEWEST
    columns: tuple[str, ...] = ()
    turn: Turn = FIRST

    @property
    def is_empty(self) -> bool:
        """Whether nothing narrows the search."""
        return not any(getattr(self, name) for name in (*_CONDITIONS, *_OF_DUTIES)) and not self.words

    @property
    def asked(self) -> dict[str, str]:
        """What narrows and orders it, by name: what the line of an export says."""
        named = [one.name for one in fields(self) if one.name not in {"turn", "columns"}]
        return {name: str(value) for name in named if (value := getattr(self, name))}


def narrowed(found: "QuerySet[Dossier]", sight: Sight, wanted: Wanted) -> "QuerySet[Dossier]":
    """Those of these dossiers that match, as far as this reader may ask."""
    for word in sought(wanted.words):
        found = found.filter(_contains(word, sight))
    for name, condition in _CONDITIONS.items():
        if value := getattr(wanted, name):
            found = found.filter(condition(value, sight))
    if wanted.duty or wanted.step or wanted.charged:
        found = found.filter(duty_filters.of_duties(wanted.duty, wanted.step, wanted.charged, sight))
    return found


def running_of(sight: Sight) -> "QuerySet[Deadline]":
    """The running periods of a dossier (the outer row) that this reader's lists tell of."""
    return sight.own(Deadline.objects.running().filter(dossier=OuterRef("pk")))


def _contains(word: str, sight: Sight) -> Q:
    """A word of the search box; who tests finds nothing by the names of parties."""
    return Q(found_by_open__holds=word) if sight.is_blind or sight.is_party else Q(found_by__holds=word)


def _at_stage(name: str, sight: Sight) -> Q:
    condition = Q()
    for chart, states in all_stages()[name].states.items():
        condition |= Q(chart=chart, state__in=states)
    return Q(Exists(sight.own(Track.objects.filter(condition, dossier=OuterRef("pk")))))


def _due(name: str, sight: Sight) -> Q:
    """By the day that decides: the earlier one of a duty, the later one of a right."""
    if name == "was_late":
        return Q(Exists(sight.own(done_late().filter(dossier=OuterRef("pk")))))
    running = running_of(sight)
    if name == "none":
        return ~Q(Exists(running))
    today = clock.today()
    days = {
        "late": {"lt": today},
        "today": {"exact": today},
        "soon": {"gt": today, "lte": soon_until(today, calendars.current())},
    }[name]
    duty = law.rows(lambda period: period.duty)
    by_duty = duty & Q(**{f"due_on__{side}": day for side, day in days.items()})
    by_right = ~duty & Q(**{f"latest__{side}": day for side, day in days.items()})
    return Q(Exists(running.filter(by_duty | by_right)))


def _of_kind(product: str, _sight: Sight) -> Q:
    """The samples of a kind of product, and the tasks about it."""
    about = {"dossier": OuterRef("pk"), "product_kind": product}
    return Q(Exists(SampleFile.objects.filter(**about))) | Q(Exists(Task.objects.filter(**about)))


def _at_place(place: str, sight: Sight) -> Q:
    """The parties of a county, or of all counties of a city, as far as one may ask of them."""
    if sight.is_blind:
        return Q()
    parties = sight.parties_of(Party.objects.filter(dossier=OuterRef("pk")))
    return Q(Exists(parties.filter(place__startswith=place[:4]) if is_city(place) else parties.filter(place=place)))


def _owned(owner: str, sight: Sight) -> Q:
    """Who brings it on in the reader's own office."""
    if not sight.is_office:
        return Q()
    own = owning.ownerships().filter(dossier=OuterRef("pk"), office=sight.actor.office)
    if owner == POOL:
        return ~Q(Exists(own))
    return Q(Exists(own.filter(post__user=sight.actor.user) if owner == MINE else own.filter(post=int(owner))))


def _asked_by_bureaus(condition: Callable[[str], Q]) -> Callable[[str, Sight], Q]:
    """A filter that tells of others: for bureaus; nobody else is answered by it at all."""
    return lambda value, sight: condition(value) if sight.asks_of_others else Q()


def _of_conclusion(name: str) -> Q:
    tracks = Track.objects.filter(dossier=OuterRef("pk"))
    if name == "banned":
        return Q(Exists(tracks.filter(chart="ban", state__in=BANNED)))
    return Q(Exists(tracks.filter(chart="conclusion", state__in=_STATES[name])))


def _handled_by(code: str) -> Q:
    return Q(Exists(Party.objects.filter(dossier=OuterRef("pk"), handler__code=code)))


def _done_by(code: str) -> Q:
    return Q(Exists(Involvement.objects.filter(dossier=OuterRef("pk"), office__code=code)))


def _about(code: str) -> Q:
    return Q(Exists(Party.objects.filter(dossier=OuterRef("pk"), enterprise__credit_code=code)))


def _due_until(day: date, sight: Sight) -> Q:
    return Q(Exists(running_of(sight).filter(due_on__lte=day)))


_CONDITIONS: Final[dict[str, Callable[[Any, Sight], Q]]] = {
    "kind": lambda kind, _sight: Q(kind=kind),
    "product": _of_kind,
    "stage": _at_stage,
    "due": _due,
    "owner": _owned,
    "place": _at_place,
    "office": _asked_by_bureaus(_handled_by),
    "body": _asked_by_bureaus(_done_by),
    "conclusion": _asked_by_bureaus(_of_conclusion),
    "firm": _asked_by_bureaus(_about),
    "progress": _asked_by_bureaus(duty_filters.of_progress),
    "recheck": _asked_by_bureaus(duty_filters.of_first_recheck),
    "opened_from": lambda day, _sight: Q(opened_on__gte=day),
    "opened_until": lambda day, _sight: Q(opened_on__lte=day),
    "due_until": _due_until,
}
"""By the name of the filter; every condition is about the row of a dossier."""
_OF_DUTIES: Final = ("duty", "step", "charged")
"""The filters that are one condition together."""


def offices(sight: Sight) -> tuple[list[Office], list[Office]]:
    """By whom a bureau filters: the bureaus that follow up, and the sampling bodies and laboratories.

    The province by all bureaus, a city by itself and its counties, a county by none.
    """
    office = sight.actor.office
    if office is None or not sight.asks_of_others:
        return [], []
    own = Q(kind__in=Office.BUREAUS)
    if office.kind == Office.Kind.CITY:
        own &= Q(pk=office.pk) | Q(parent=office)
    elif office.kind == Office.Kind.COUNTY:
        own = Q(pk__in=())
    rows = list(Office.objects.filter(own | ~Q(kind__in=Office.BUREAUS)).order_by("kind", "code"))
    bureaus = [one for one in rows if one.is_bureau and one.kind != Office.Kind.PROVINCE]
    return bureaus, [one for one in rows if not one.is_bureau]
