"""What the forms of chapter three say, fill in and offer beforehand."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from spotcheck.docket import clock
from spotcheck.docket.answers import askings
from spotcheck.docket.flow import Proposal
from spotcheck.docket.offers import Note, Offer, advises, answers, checks, fills_in, offers, with_articles
from spotcheck.docket.wording import say
from spotcheck.parties.actors import Actor
from spotcheck.parties.models import Enterprise
from spotcheck.planning import samplers
from spotcheck.planning.queries import has_full_record
from spotcheck.rules import folding
from spotcheck.rules.guards import FLAGS
from spotcheck.sampling import custody
from spotcheck.sampling.models import Sampling
from spotcheck.sampling.requirements import KEEPER_ON_RECORD, SIX_MONTHS, known_to_register

# What there is to know


@advises("sampling.present_notice")
def checked_recently(matter: Any, _actor: Actor) -> Iterator[Note]:
    """The register itself proves the ground of Article 19(4) (reading R40)."""
    if known_to_register(matter.dossier, matter.presented_on or matter.claimed_on or clock.today()):
        found = FLAGS["SIX_MONTHS_KNOWN"]
        yield Note(with_articles(found.meaning, found.articles), is_warning=True)


@advises("sampling.accept_refusal", "sampling.reject_refusal")
def ground_on_record(matter: Any, actor: Actor) -> Iterator[Note]:
    """The same for a refusal on that ground."""
    if matter.ground == SIX_MONTHS:
        yield from checked_recently(matter, actor)


# The producer on the label


@fills_in("sampling.pass_precheck")
def mostly_inside(_matter: Any, _actor: Actor) -> dict[str, Any]:
    """The producer on the label is most often one of Shandong."""
    return {"nominal_place": "inside"}


@answers("sampling.pass_precheck")
def nominal_on_record(matter: Any, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The nominal producer of a commissioned production is a party already."""
    asked = askings(Sampling.spec_of("pass_precheck").facts)["nominal_producer"]
    is_asked = asked.only_of is None or asked.only_of(matter, clock.today())
    return {"nominal_recorded": True} if facts.get("commissioned") and not is_asked else {}


@checks("sampling.pass_precheck")
def nominal_producer(matter: Any, facts: Mapping[str, Any]) -> dict[str, list[str]]:
    """What is wrong with the nominal producer that is to be put on record."""
    code = folding.code(facts.get("nominal_producer") or "")
    if not code:
        return {}
    if matter.dossier.parties.filter(enterprise__credit_code=code).exists():
        return {"nominal_producer": [_("这是被抽样企业自己的代码；标称生产者是另一家企业，才属于委托加工。")]}
    if Enterprise.objects.filter(credit_code=code).exists():
        return {}
    missing = [name for name in ("nominal_name", "nominal_place") if not facts.get(name)]
    return {name: [_("系统里还没有该企业，请填写。")] for name in missing}


# Who comes


@fills_in("purchase.place_order")
def who_buys(matter: Any, _actor: Actor) -> dict[str, Any]:
    """Those whom the draw has assigned buy (Article 24)."""
    return {"samplers": samplers.present(matter.dossier)}


@fills_in("sample.issue")
def who_signs_for_it(_matter: Any, actor: Actor) -> dict[str, Any]:
    """A unit is issued to whoever signs for it (Article 29)."""
    return {"inspector": actor.user_name}


@offers("sampling.present_notice", "samplers")
def who_came(matter: Any, _actor: Actor) -> Offer:
    """Those assigned, each with a box: only they can come (Articles 12, 13)."""
    dossier = matter.dossier
    names = samplers.present(dossier) or sorted(samplers.may_come(dossier, clock.today()))
    said = _("逐一核对到场的人员；确需更换的，由省局或者抽样机构先办理更换。")
    return Offer("several", [(name, name) for name in names], help=said)


@offers("sampling.replace_sampler", "out")
def who_goes(matter: Any, _actor: Actor) -> Offer:
    """One of those who are to come."""
    coming = [one.name for one in samplers.of(matter.dossier) if one.state == samplers.State.COMING]
    return Offer("one", [(name, name) for name in coming], help="")


@offers("sampling.replace_sampler", "in")
@offers("sampling.add_sampler", "in")
def who_comes_in(matter: Any, _actor: Actor) -> Offer:
    """The next of the drawn order is shown and goes with the form; nobody can name another one (Articles 12, 13)."""
    chosen = samplers.next_in(matter.dossier, seed="", on=clock.today())
    if chosen is None:
        return Offer("value", help=_("抽样机构在册名单中没有其他人员，请抽样机构先补足名单。"))
    if chosen.listed:
        return Offer("value", help=_("抽取次序已经用完，由系统在办理时从抽样机构的在册名单中另行抽取一名。"))
    return Offer("value", value=chosen.name, help=_("抽取次序中的下一名。"))


@advises("sample.receive")
def seal_on_record(matter: Any, _actor: Actor) -> Iterator[Note]:
    """Whether the seal is the one of the sampling is compared; what is not taken over is refused (Articles 18, 27)."""
    if has_full_record(matter.dossier):
        yield Note(_("系统会将封条编号与封样登记核对；封条破损或者编号不符的，不能接收，请办理“拒收样品”并附照片。"))


@offers("custody.accept_gap", "fault")
def which_gap(matter: Any, _actor: Actor) -> Offer:
    """The gaps that are still open (R62)."""
    gaps = custody.open_faults(custody.links_of(matter.dossier, matter.label))
    return Offer("one", [(gap.key, say(gap.words)) for gap in gaps])


@offers("sample.compromise", "cause")
def whose_doing(matter: Any, actor: Actor) -> Offer:
    """The applicant is offered as the cause only where it keeps the unit (Articles 27, 39)."""
    today = clock.today()
    matter.proposal = Proposal(matter.spec_of("compromise"), actor, today, today, {"cause": "applicant"})
    return Offer() if KEEPER_ON_RECORD.holds(matter) else Offer(without=("applicant",))
