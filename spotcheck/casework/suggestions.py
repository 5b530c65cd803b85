"""What the form of an act asks and offers in one matter: what need not be asked, what stands there beforehand, and
what there is to choose from, so that nobody types a name, a code or an item that the system knows."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from spotcheck.casework import places
from spotcheck.casework.fields import PARTS, Choice, Field
from spotcheck.casework.places import INSIDE, OUTSIDE, Place
from spotcheck.casework.privacy import Sight
from spotcheck.casework.wording import dated, headed
from spotcheck.docket import clock, law
from spotcheck.docket.answers import askings
from spotcheck.docket.facts import is_written
from spotcheck.docket.flow import ActSpec, Proposal
from spotcheck.docket.lateness import late_by
from spotcheck.docket.models import Deadline, Dossier, Involvement, Party
from spotcheck.objections import retests
from spotcheck.parties.actors import Actor
from spotcheck.parties.models import Enterprise, Office, Post, city_of, is_city
from spotcheck.planning import samplers
from spotcheck.rules import folding
from spotcheck.sampling.requirements import KEEPER_ON_RECORD

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
    """What the record itself answers: the nominal producer of a commissioned production is a party already."""
    if spec.name != "sampling.pass_precheck" or not facts.get("commissioned"):
        return {}
    is_on_record = "nominal_producer" in unasked(spec, matter, clock.today())
    return {"nominal_recorded": True} if is_on_record else {}


def wrong(spec: ActSpec, matter: Any, facts: Mapping[str, Any]) -> dict[str, list[str]]:
    """What is wrong with the nominal producer that is to be put on record."""
    code = folding.code(facts.get("nominal_producer") or "")
    if spec.name != "sampling.pass_precheck" or not code:
        return {}
    if matter.dossier.parties.filter(enterprise__credit_code=code).exists():
        return {"nominal_producer": [_("这是被抽样企业自己的代码；标称生产者是另一家企业，才属于委托加工。")]}
    if Enterprise.objects.filter(credit_code=code).exists():
        return {}
    missing = [name for name in ("nominal_name", "nominal_place") if not facts.get(name)]
    return {name: [_("系统里还没有该企业，请填写。")] for name in missing}


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


# What stands there beforehand


def initial_of(spec: ActSpec, dossier: Dossier, matter: Any, actor: Actor) -> dict[str, Any]:
    """What can be filled in beforehand: names of items, who buys, who signs in, whether the place is in Shandong."""
    fill = _INITIAL.get(spec.name)
    return fill(dossier, matter, actor) if fill is not None else {}


def _results(dossier: Dossier, _matter: Any, _actor: Actor) -> dict[str, Any]:
    rows = dossier.items.order_by("pk")
    return {"items": [{part: getattr(item, part) for part in PARTS} for item in rows]}


def _results_wanted(_dossier: Dossier, matter: Any, _actor: Actor) -> dict[str, Any]:
    names = matter.commissioned_items or matter.to_be_retested()
    return {"items": [{"name": name, "result": ""} for name in names]}


def _who_signs_in(_dossier: Dossier, _matter: Any, actor: Actor) -> dict[str, Any]:
    return {"inspector": actor.user_name}


_INITIAL: Final[dict[str, Callable[[Dossier, Any, Actor], dict[str, Any]]]] = {
    "sampling.pass_precheck": lambda *_: {"nominal_place": Place(where=INSIDE)},
    "purchase.place_order": lambda dossier, *_: {"samplers": samplers.present(dossier)},
    "sample.issue": _who_signs_in,
    "inspection.start_testing": _who_signs_in,
    "inspection.issue_report": _results,
    "retest.commission": lambda _dossier, matter, _actor: {"items": matter.to_be_retested()},
    "retest.report": _results_wanted,
    "rectification.transfer_jurisdiction": lambda _dossier, _matter, actor: {
        "to": Place(where=OUTSIDE if _is_province(actor) else INSIDE)
    },
}


# What there is to choose from


def suggest(shown: list[Field], spec: ActSpec, dossier: Dossier, matter: Any, actor: Actor) -> None:
    """Offer what can only be one of a few: people, offices, places, parties, items."""
    for made in shown:
        offer = _OFFERS.get((spec.name, made.name))
        if offer is not None:
            offer(made, matter, actor)
        elif made.kind == "body":
            offices = _bodies(made.name, spec, dossier, matter)
            made.choices = [Choice(o.code, o.name, o.code == made.value) for o in offices]
        elif made.kind == "place":
            _choose_place(made, list(places.in_province().values()))
        elif made.kind == "lines" and made.name == "items":
            _choose_items(made, _items(spec, dossier, matter))


def over_since(spec: ActSpec, dossier: Dossier, matter: Any) -> date | None:
    """The last day of the window in which this could have been filed, when it is over for the party; else None."""
    if spec.name != "objection.file" or matter.party is None:
        return None
    lapsed = dossier.deadlines.filter(rule="D35", party=matter.party, status=Deadline.Status.LAPSED)
    found: date | None = lapsed.order_by("-pk").values_list("latest", flat=True).first()
    return found


def _who_came(made: Field, matter: Any, _actor: Actor) -> None:
    """Those assigned, each with a box: only they can come (Articles 12, 13)."""
    dossier = matter.dossier
    names = samplers.present(dossier) or sorted(samplers.may_come(dossier, clock.today()))
    ticked = str(made.value).splitlines()
    made.kind, made.help = "checkboxes", _("逐一核对到场的人员；确需更换的，由省局或者抽样机构先办理更换。")
    made.choices = [Choice(name, name, name in ticked) for name in names]


def _who_goes(made: Field, matter: Any, _actor: Actor) -> None:
    coming = [one.name for one in samplers.of(matter.dossier) if one.state == samplers.State.COMING]
    made.kind, made.help = "radio", ""
    made.choices = [Choice(name, name, name == made.value) for name in coming]


def _who_comes_in(made: Field, matter: Any, _actor: Actor) -> None:
    """The next of the drawn order is shown and goes with the form; nobody can name another one (Articles 12, 13)."""
    chosen = samplers.next_in(matter.dossier, seed="", on=clock.today())
    made.kind, made.value = "shown", ""
    if chosen is None:
        made.help = _("抽样机构在册名单中没有其他人员，请抽样机构先补足名单。")
    elif chosen.listed:
        made.help = _("抽取次序已经用完，由系统在办理时从抽样机构的在册名单中另行抽取一名。")
    else:
        made.value, made.help = chosen.name, _("抽取次序中的下一名。")


def _which_producer(made: Field, matter: Any, actor: Actor) -> None:
    """The producers by name, for the laboratory that tests blind by their roles (Article 28)."""
    sight = Sight(actor)
    made.kind, made.help = "radio", _("每个生产者各报一条线索；只涉及其中一个的，选择该生产者。")
    named = [Choice(party.label, sight.party(party), party.label == made.value) for party in _producers(matter.dossier)]
    made.choices = [Choice("", _("每个生产者"), not made.value), *named]


def _whose_doing(made: Field, matter: Any, actor: Actor) -> None:
    """The applicant is offered as the cause only where it keeps the unit (Articles 27, 39)."""
    today = clock.today()
    matter.proposal = Proposal(matter.spec_of("compromise"), actor, today, today, {"cause": "applicant"})
    if not KEEPER_ON_RECORD.holds(matter):
        made.choices = [choice for choice in made.choices if choice.value != "applicant"]


def _where_to(made: Field, matter: Any, actor: Actor) -> None:
    """The bureaus that can take the case over from the one that has it (Article 42, reading R35)."""
    here = matter.bureau.code
    names = places.in_province()
    possible = [] if _is_province(actor) else [name for code, name in names.items() if _may_pass(here, code, matter)]
    _choose_place(made, possible)


def _may_pass(here: str, code: str, matter: Any) -> bool:
    is_own_county = is_city(here) and city_of(code) == here
    return code not in {here, city_of(here)} and not (is_own_county and matter.was_received)


def _items_to_retest(made: Field, matter: Any, _actor: Actor) -> None:
    """The disputed items, and those of another open objection, which the one unit can answer too (Article 40, R32)."""
    own = list(matter.to_be_retested())
    beside = sorted(retests.disputed_beside(matter.dossier, matter.label) - set(own))
    _choose_items(made, [*own, *beside])
    for choice in made.choices:
        if choice.value in beside:
            choice.label = _("%(item)s（另一项未决异议所争议）") % {"item": choice.value}


_OFFERS: Final[dict[tuple[str, str], Callable[[Field, Any, Actor], None]]] = {
    ("sampling.present_notice", "samplers"): _who_came,
    ("sampling.replace_sampler", "out"): _who_goes,
    ("sampling.replace_sampler", "in"): _who_comes_in,
    ("sampling.add_sampler", "in"): _who_comes_in,
    ("sample.compromise", "cause"): _whose_doing,
    ("inspection.terminate_illegal", "producer"): _which_producer,
    ("retest.commission", "items"): _items_to_retest,
    ("rectification.transfer_jurisdiction", "to"): _where_to,
}


def _bodies(name: str, spec: ActSpec, dossier: Dossier, matter: Any) -> "QuerySet[Office]":
    """The offices that can be named: bodies first, then the bureaus that have samplers of their own."""
    condition = Q(kind__in=BODY_KINDS[name])
    if name == "sampling_body":
        today = clock.today()
        on_list = Post.objects.sampling_on(today)
        condition |= Q(kind__in=Office.BUREAUS, pk__in=on_list.values("office"))
    offices = Office.objects.filter(condition).order_by(F("region").asc(nulls_first=True), "name")
    gone = Involvement.objects.none()
    if name == "retest_lab":  # the one that tested first is chosen by its own answer
        roles = ("lab", "retest_lab") if spec.method == "recommission" else ("lab",)
        gone = Involvement.objects.filter(dossier=dossier, role__in=roles)
    elif spec.name == "recheck.recommission":
        gone = Involvement.objects.filter(dossier=dossier, role="technical_body", party=matter.party)
    return offices.exclude(pk__in=gone.values("office"))


def _choose_place(made: Field, names: list[str]) -> None:
    typed: Place = made.value
    made.suggestions = names
    made.choices = [Choice(code, name, code == typed.province) for code, name in places.provinces()]


def _items(spec: ActSpec, dossier: Dossier, matter: Any) -> list[str]:
    """The items that can be disputed: those that failed and that no retest has settled."""
    failed = dossier.items.filter(first_result="fail").order_by("pk")
    left = failed.filter(settled=False)
    return list((left if left.exists() else failed).values_list("name", flat=True))


def _choose_items(made: Field, names: list[str]) -> None:
    """Boxes instead of lines to type: a name that is spelt otherwise would be another item."""
    chosen = [line for line in str(made.value).splitlines() if line]
    if names:
        made.kind = "checkboxes"
        made.choices = [Choice(name, name, name in chosen) for name in dict.fromkeys([*names, *chosen])]


def _producers(dossier: Dossier) -> list[Party]:
    return list(dossier.parties.filter(role__in=Party.PRODUCERS).select_related("enterprise").order_by("pk"))


def _is_province(actor: Actor) -> bool:
    return actor.office is not None and actor.office.kind == Office.Kind.PROVINCE
