"""What the form of an act asks, says and offers in one matter: what need not be asked, what stands there beforehand,
and what there is to choose from, so that nobody types a name, a code or an item that the system knows.

What belongs to single acts the chapters say (``docket.offers``); here it becomes inputs.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from spotcheck.casework import places
from spotcheck.casework.fields import PLACES, Choice, Field
from spotcheck.casework.places import Place
from spotcheck.casework.privacy import Sight
from spotcheck.docket import clock, law
from spotcheck.docket.answers import askings
from spotcheck.docket.facts import is_written
from spotcheck.docket.flow import ActSpec
from spotcheck.docket.lateness import late_by
from spotcheck.docket.models import Deadline, Dossier, Involvement, Party
from spotcheck.docket.offers import Note, Offer, form_of
from spotcheck.docket.wording import dated, headed
from spotcheck.parties.actors import Actor
from spotcheck.parties.models import Office, Post
from spotcheck.parties.qualified import LISTED
from spotcheck.rules.sd_2021_1.national_measures import SHADOWS

BODY_KINDS: Final = {
    "sampling_body": (Office.Kind.SAMPLING_BODY, Office.Kind.LABORATORY),
    "lab": (Office.Kind.LABORATORY,),
    "retest_lab": (Office.Kind.LABORATORY,),
    "technical_body": (Office.Kind.LABORATORY,),
}
"""Which offices are offered where a body is to be named; for sampling those bureaus too that have samplers."""


# What is asked


def unasked(spec: ActSpec, matter: Any, on: date) -> frozenset[str]:
    """The facts of which this matter raises no question on this day."""
    asked = askings(spec.facts).items()
    return frozenset(name for name, one in asked if one.only_of is not None and not one.only_of(matter, on))


def filled_in(spec: ActSpec, matter: Any, facts: Mapping[str, Any]) -> dict[str, Any]:
    """What the record itself answers, given what was stated."""
    answer = form_of(spec.name).answer
    return answer(matter, facts) if answer is not None else {}


def wrong(spec: ActSpec, matter: Any, facts: Mapping[str, Any]) -> dict[str, list[str]]:
    """What is wrong with what was stated, beyond its shape."""
    check = form_of(spec.name).check
    return check(matter, facts) if check is not None else {}


def reason_for_delay(spec: ActSpec, matter: Any, on: date, typed: str | None) -> Field | None:
    """The question why an act comes after its day, where it meets a duty late on this day; it is no fact of the act."""
    late = late_by(matter, spec, on)
    if not late:
        return None
    deadline, days = late[0]
    words = {"period": headed(law.period_of(deadline).name), "day": dated(deadline.due_on), "days": days}
    help_ = _("%(period)s：最后一日为 %(day)s，已逾期 %(days)d 天。原因记入案卷和统计。") % words
    made = Field("late_reason", "long", _("逾期原因"), help_, value=typed or "", needed=True)
    if typed is not None and not is_written(typed):
        made.errors = [_("请写明逾期的原因。")]
    return made


# What is said and stands there beforehand


def notes(spec: ActSpec, matter: Any, actor: Actor) -> list[Note]:
    """What there is to know before this act in this matter, and what the national provisions add (``SHADOWS``)."""
    advise = form_of(spec.name).advise
    own = list(advise(matter, actor)) if advise is not None else []
    return own + [Note(headed(shadow.says)) for shadow in SHADOWS.values() if spec.name in shadow.acts]


def initial_of(spec: ActSpec, matter: Any, actor: Actor) -> dict[str, Any]:
    """What can be filled in beforehand: names of items, who buys, who signs in, whether the place is in Shandong."""
    fill_in = form_of(spec.name).fill_in
    filled = fill_in(matter, actor) if fill_in is not None else {}
    return {name: Place(where=value) if name in PLACES else value for name, value in filled.items()}


# What there is to choose from


def suggest(shown: list[Field], spec: ActSpec, dossier: Dossier, matter: Any, actor: Actor) -> None:
    """Offer what can only be one of a few: people, offices, places, parties, items."""
    ways = form_of(spec.name).offers
    for made in shown:
        if made.name in ways:
            _put(ways[made.name](matter, actor), made, Sight(actor))
        elif made.kind == "body":
            offices = _bodies(made.name, spec, dossier, matter)
            made.choices = [Choice(o.code, o.name, o.code == made.value) for o in offices]
        elif made.kind == "place":
            _choose_place(made, list(places.in_province().values()))
        elif made.kind == "lines" and made.name == "items":
            _choose_items(made, _items(dossier))


def over_since(spec: ActSpec, dossier: Dossier, matter: Any) -> date | None:
    """The last day of the window in which this could have been filed, when it is over for the party; else None."""
    if not spec.words.ends or matter.party is None:
        return None
    lapsed = dossier.deadlines.filter(rule__in=spec.words.ends, party=matter.party, status=Deadline.Status.LAPSED)
    found: date | None = lapsed.order_by("-pk").values_list("latest", flat=True).first()
    return found


def _put(offer: Offer, made: Field, sight: Sight) -> None:
    """Turn an input into what a chapter offers."""
    if offer.help is not None:
        made.help = offer.help
    options = [(value, sight.party(said) if isinstance(said, Party) else said) for value, said in offer.options]
    match offer.show:
        case "one":
            made.kind, made.choices = "radio", [Choice(value, said, value == made.value) for value, said in options]
        case "several":
            ticked = str(made.value).splitlines()
            made.kind = "checkboxes"
            made.choices = [Choice(value, said, value in ticked) for value, said in options]
        case "items":
            _choose_items(made, dict(options))
        case "places":
            assert offer.places is not None
            _choose_place(made, [name for code, name in places.in_province().items() if offer.places(code)])
        case "value":
            made.kind, made.value = "shown", offer.value
    if offer.without:
        made.choices = [choice for choice in made.choices if choice.value not in offer.without]


def _bodies(name: str, spec: ActSpec, dossier: Dossier, matter: Any) -> "QuerySet[Office]":
    """The offices that can be named: bodies first, then the bureaus that have samplers of their own."""
    condition = Q(kind__in=BODY_KINDS[name])
    if name == "sampling_body":
        today = clock.today()
        on_list = Post.objects.sampling_on(today)
        condition |= Q(kind__in=Office.BUREAUS, pk__in=on_list.values("office"))
    ended = Office.objects.filter(qualifications__isnull=False).exclude(
        qualifications__valid_until__gte=date.fromordinal(clock.today().toordinal() - LISTED)
    )
    offices = Office.objects.filter(condition).exclude(pk__in=ended).order_by(F("region").asc(nulls_first=True), "name")
    gone = Involvement.objects.none()
    if name == "retest_lab":  # the one that tested first is chosen by its own answer
        roles = ("lab", "retest_lab") if spec.method == "recommission" else ("lab",)
        gone = Involvement.objects.filter(dossier=dossier, role__in=roles)
    elif spec.method == "recommission":  # a body that has had it is not named again
        gone = Involvement.objects.filter(dossier=dossier, role=name, party=matter.party)
    return offices.exclude(pk__in=gone.values("office"))


def _choose_place(made: Field, names: list[str]) -> None:
    typed: Place = made.value
    made.suggestions = names
    made.choices = [Choice(code, name, code == typed.province) for code, name in places.provinces()]


def _items(dossier: Dossier) -> dict[str, str]:
    """The items that can be disputed: those that failed and that no retest has settled."""
    failed = dossier.items.filter(first_result="fail").order_by("pk")
    left = failed.filter(settled=False)
    return {name: name for name in (left if left.exists() else failed).values_list("name", flat=True)}


def _choose_items(made: Field, named: Mapping[str, str]) -> None:
    """Boxes instead of lines to type: a name that is spelt otherwise would be another item."""
    chosen = [line for line in str(made.value).splitlines() if line]
    if named:
        made.kind = "checkboxes"
        made.choices = [
            Choice(name, named.get(name, name), name in chosen) for name in dict.fromkeys([*named, *chosen])
        ]
