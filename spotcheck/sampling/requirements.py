"""What can forbid an act of chapter three."""

from datetime import date
from typing import Any, Final

from django.db.models import QuerySet

from spotcheck.docket import register
from spotcheck.docket.facts import is_written
from spotcheck.docket.models import Deadline, Dossier, Entry, Track
from spotcheck.docket.requirements import Requirement
from spotcheck.docket.rule_sets import RULE_SET_VALID
from spotcheck.docket.sessions import Question, ask, foresee
from spotcheck.parties.models import Post
from spotcheck.parties.staff import Staff
from spotcheck.planning import earlier, samplers
from spotcheck.rules import folding, names
from spotcheck.rules.days import day_of
from spotcheck.rules.sd_2021_1.period_codes import COMMISSION_RETEST, LODGE_OBJECTION, RETEST_FORMALITIES
from spotcheck.sampling import films
from spotcheck.sampling.earlier import last_sampled, product_of
from spotcheck.sampling.facts import MEANS, MEDIA
from spotcheck.sampling.states import SampleState, SamplingState

__all__ = ["RULE_SET_VALID"]

OF_A_RETEST: Final = (LODGE_OBJECTION, RETEST_FORMALITIES, COMMISSION_RETEST)
"""The periods after which a retest may still come of it, or does."""
SIX_MONTHS: Final = "19(4)"
"""The ground of a refusal because of an earlier check."""


def _says(*names: str) -> Any:
    """All these facts were shown."""
    return lambda m: all(m.proposal[name] for name in names)


def samplers_of(dossier: Dossier) -> set[str]:
    """Return the names of those who have shown Form 1, came in addition, or bought (Articles 10, 13, 24).

    Of a sampling of old that has no Form 1 on record those count whom the draw names.
    """
    shown = {name for entry in ask(_question_of_visits(dossier)) for name in entry.facts.get("samplers", ())}
    added = {sampler.name for sampler in samplers.of(dossier) if sampler.state == samplers.State.ADDED}
    return (shown or set(samplers.present(dossier))) | added


def _question_of_visits(dossier: Dossier) -> Question:
    return Question(("visits", dossier.pk), _visits, (dossier.pk,))


def _visits(dossier_id: int) -> "QuerySet[Entry]":
    acts = ("sampling.present_notice", "purchase.place_order")
    return Entry.objects.filter(dossier=dossier_id, act__in=acts).order_by("sequence")


def _came(m: Any) -> set[str]:
    """The names of those who came, as the draw or the kept list writes them; whatever else was typed stays."""
    known = samplers.present(m.dossier) or samplers.may_come(m.dossier, m.proposal.on)
    return {names.known_as(name, known) for name in names.split(m.proposal["samplers"] or ())}


def inspector_of(m: Any) -> Post | None:
    """The post of the inspector that an act names, by staff number or name; None when the office has nobody such."""
    known = m.proposal.known
    if "inspector" not in known:
        named = m.proposal["inspector"] or ""
        office = m.proposal.by.office or register.body(m.dossier, "lab")
        known["inspector"] = Staff(office, m.proposal.on).meant(named) if named.strip() else None
    found: Post | None = known["inspector"]
    return found


def name_of_inspector(m: Any) -> str:
    """The inspector by name, also where the staff number was stated."""
    post = inspector_of(m)
    return post.user.full_name if post is not None else m.proposal["inspector"] or ""


def _did_not_sample(m: Any) -> bool:
    """Somebody is named, and did not sample (Article 10).

    Persons are compared where both are known; where a side has only a name, names, however they are written.
    """
    named = {folding.key(name) for name in names.split(name_of_inspector(m))}
    if not named:
        return False
    post = inspector_of(m)
    foresee(samplers.question(m.dossier), _question_of_visits(m.dossier))
    people = {folding.key(one.name): one.post.user_id for one in samplers.of(m.dossier) if one.post is not None}
    return not any(_is_same_person(folding.key(name), people, named, post) for name in samplers_of(m.dossier))


def _is_same_person(sampler: str, people: dict[str, int], named: set[str], post: Post | None) -> bool:
    user = people.get(sampler)
    if post is not None and user is not None:
        return user == post.user_id
    return sampler in named


def _as_drawn(m: Any) -> bool:
    """Exactly those come whom the draw, or a replacement since, has assigned."""
    assigned = set(samplers.present(m.dossier))
    if assigned:
        return _came(m) == assigned
    return _came(m) <= samplers.may_come(m.dossier, m.proposal.on)


def _from_the_draw(m: Any) -> bool:
    """Who comes in is the next of the drawn order, who goes out was assigned, and the reason is given."""
    proposal = m.proposal
    if proposal.spec.method == "add_sampler":
        out, reasoned = "", is_written(proposal["reason"])
    else:
        out, reasoned = samplers.out_of(m.dossier, proposal["out"]), bool(proposal["reason"])
        if out not in {one.name for one in samplers.of(m.dossier) if one.state == samplers.State.COMING}:
            return False
    chosen = samplers.next_in(m.dossier, seed=proposal.seed, on=proposal.on, out=out)
    stated = proposal["in"] or ""
    return reasoned and chosen is not None and (not stated.strip() or folding.same(stated, chosen.name))


TWO_SAMPLERS = Requirement(
    "two_samplers", lambda m: len(_came(m)) >= samplers.per_target(m.dossier), asks=("samplers",)
)
SAMPLERS_AS_DRAWN = Requirement("samplers_as_drawn", _as_drawn, asks=("samplers",))
SAMPLER_FROM_DRAW = Requirement("sampler_from_draw", _from_the_draw, asks=("out", "in", "reason"))
VALID_IDS = Requirement("valid_ids", _says("ids_valid"), asks=("ids_valid",))
NOTICE_MATCHES = Requirement("notice_matches", _says("notice_matches"), asks=("notice_matches",))


def _mandate_is_shown(m: Any) -> bool:
    """Who samples on commission shows the copy of Form 2; a bureau that samples itself has no mandate (Article 10)."""
    body = register.body(m.dossier, "sampling_body")
    return bool(m.proposal["mandate_copy"]) or (body is not None and body.is_bureau)


MANDATE_COPY = Requirement("mandate_copy", _mandate_is_shown, asks=("mandate_copy",))


def refusal_is_good(m: Any) -> bool:
    """Whether the claimed ground of Article 19 is established.

    19(4) is computed from the papers or from the register, the others are proved.
    """
    if m.ground != SIX_MONTHS:
        return bool(m.proven)
    if m.dossier.check_kind in earlier.settings(m.dossier).lookback_exempt_checks:
        return False
    return _exempt_by_papers(m) or known_to_register(m.dossier, m.presented_on or m.claimed_on)


def known_to_register(dossier: Dossier, visit: date) -> bool:
    """Whether the province's own register proves the ground of Article 19(4) for this target (reading R40)."""
    return earlier.barred_by_register(dossier, product_of(dossier), dossier.check_kind, visit)


def _exempt_by_papers(m: Any) -> bool:
    """Whether the papers of the claim show the same product checked within the six months (Article 19(4), R6)."""
    stated = m.earlier_check or {}
    if "dossier" in stated:
        sampled_on = last_sampled(product_of(m.dossier), but=m.dossier_id, only=stated["dossier"])
    elif stated.get("organiser") in earlier.settings(m.dossier).lookback_organisers and stated.get("same_product"):
        sampled_on = day_of(str(stated.get("sampled", "")))
    else:
        return False
    return earlier.bars_another(m.dossier, sampled_on, m.presented_on or m.claimed_on)


REFUSAL_ESTABLISHED = Requirement("refusal_established", refusal_is_good)
REFUSAL_NOT_ESTABLISHED = Requirement("refusal_not_established", lambda m: not refusal_is_good(m))
REFUSAL_ANSWERED = Requirement("refusal_answered", lambda m: is_written(m.proposal["reason"]), asks=("reason",))
NO_PENDING_REFUSAL = Requirement("no_pending_refusal", lambda m: m.state != SamplingState.REFUSAL_CLAIMED)
NO_SUSPICION = Requirement("no_suspicion", lambda m: m.proposal["suspicion"] in {None, "none"}, asks=("suspicion",))
CONTRACT_SHOWN = Requirement(
    "contract_shown",
    lambda m: not m.proposal["commissioned"] or bool(m.proposal["contract"]),
    asks=("commissioned", "contract"),
)


NOMINAL_RECORDED = Requirement(
    "nominal_recorded",
    lambda m: not m.proposal["commissioned"] or bool(m.proposal["nominal_recorded"] or m.proposal["nominal_producer"]),
    asks=("commissioned", "nominal_recorded", "nominal_producer"),
)
"""Of a commissioned production the producer on the label is a party, or becomes one with this act."""
SUSPICION_SHOWN = Requirement(
    "suspicion_shown",
    lambda m: (
        bool(m.proposal["suspicion"]) and is_written(m.proposal["finding"]) and is_written(m.proposal["evidence"])
    ),
    asks=("suspicion", "finding", "evidence"),
)
OBSTRUCTION_SHOWN = Requirement(
    "obstruction_shown",
    lambda m: (
        bool(m.proposal["conduct"])
        and is_written(m.proposal["finding"])
        and (is_written(m.proposal["media"]) or is_written(m.proposal["no_media_reason"]))
    ),
    asks=("conduct", "finding", "media", "no_media_reason"),
)
CORRECTION_CONFIRMED = Requirement(
    "correction_confirmed",
    lambda m: {"samplers", "party"} <= set(m.proposal["confirmed_by"] or ()) and is_written(m.proposal["text"]),
    asks=("confirmed_by", "text"),
)


def _sold_within_reach(m: Any) -> bool:
    """Bought online is only what a seller or a producer in Shandong offers."""
    return any(party.in_shandong for party in m.dossier.parties.all())


WITHIN_ARTICLE_23 = Requirement("within_article_23", _sold_within_reach)
FIVE_MEDIA = Requirement("five_media", lambda m: set(MEDIA) <= set(m.proposal["media"] or ()), asks=("media",))
FORM4_SIGNED = Requirement("form4_signed", _says("signed"), asks=("signed",))
TEST_SAMPLE_PAID = Requirement("test_sample_paid", _says("paid"), asks=("paid",))
NO_FEE = Requirement("no_fee", lambda m: not m.proposal["fee_charged"], asks=("fee_charged",))
SEALED_SEPARATELY = Requirement("sealed_separately", _says("sealed_separately"), asks=("sealed_separately",))
INABILITY_VERIFIED = Requirement(
    "inability_verified",
    lambda m: bool(m.proposal["cause"]) and set(MEANS) <= set(m.proposal["verified"] or ()),
    asks=("cause", "verified"),
)
PURCHASE_RECORDS = Requirement("purchase_records", _says("records"), asks=("records",))
RESERVE_BOUGHT = Requirement("reserve_bought", _says("reserve_bought"), asks=("reserve_bought",))
OPENING_FILMED = Requirement(
    "opening_filmed",
    lambda m: films.is_shown(m, "film", "photo"),
    asks=("filmed", "film_sha256", "film_kept_by"),
)
PAPERS_MAILED = Requirement("papers_mailed", _says("papers_mailed"), asks=("papers_mailed",))
RESERVE_ONLY = Requirement(
    "reserve_only",
    lambda m: m.label == "R" and bool(m.proposal["undertaking"]),
    asks=("undertaking",),
)
RESERVE_ON_SITE = Requirement("reserve_on_site", lambda m: m.dossier.channel == Dossier.Channel.ON_SITE)
TEST_UNIT_ONLY = Requirement("test_unit_only", lambda m: m.label == "T")
NOT_THE_SAMPLER = Requirement("not_the_sampler", _did_not_sample, asks=("inspector",))
TESTING_BEGUN = Requirement("testing_begun", lambda m: register.state(m.dossier, "inspection") == "testing")


def before_testing(dossier: Dossier) -> bool:
    """Whether the laboratory has not begun to test (Article 29)."""
    return register.state(dossier, "inspection") in {"awaiting", "received", "cleared"}


def _applicant_kept_it(m: Any) -> bool:
    """The applicant spoils only what it keeps: a unit left with it, or sealed at its place and not yet dispatched."""
    if m.proposal["cause"] != "applicant":
        return True
    on_site = m.dossier.channel == Dossier.Channel.ON_SITE
    return on_site and m.state in {SampleState.HELD_BY_ENTERPRISE, SampleState.SEALED}


KEEPER_ON_RECORD = Requirement("keeper_on_record", _applicant_kept_it, asks=("cause",))
COMPROMISE_SHOWN = Requirement(
    "compromise_shown",
    lambda m: bool(m.proposal["cause"]) and is_written(m.proposal["evidence"]),
    asks=("cause", "evidence"),
)


def _nobody_needs_it(m: Any) -> bool:
    """Whether nobody can need the unit any more: for a notice, a retest, an objection, or the lead of a stop."""
    dossier = m.dossier
    runs = any(window.status == Deadline.Status.RUNNING for window in ask(question_of_windows(dossier.pk)))
    untold = register.any_in(dossier, "result_notice", ("due", "sent", "served"))
    if untold or runs or register.any_open(dossier, ("objection", "retest")) or _may_be_revived(m):
        return False
    if register.state(dossier, "conclusion") is not None:
        return register.any_in(dossier, "conclusion", ("final_conforming", "final_nonconforming", "revoked"))
    match register.state(dossier, "inspection"):
        case "terminated_illegal":
            return _leads_of_termination_ended(dossier)
        case stopped:
            return stopped == "stopped_unit_lost"


def _may_be_revived(m: Any) -> bool:
    """Whether a retest has lapsed so lately that the lapse may still be corrected: its unit is kept (R34).

    A lapse that was corrected is none: its retest goes on, or has been held.
    """
    if m.label != "R":
        return False
    days = earlier.settings(m.dossier).reserve_kept_after_lapse
    lapsed = [
        window
        for window in ask(question_of_windows(m.dossier_id))
        if (window.rule, window.status) == (RETEST_FORMALITIES, Deadline.Status.LAPSED)
    ]
    fresh = [window for window in lapsed if window.ended_on and (m.proposal.on - window.ended_on).days <= days]
    return any(register.state(m.dossier, "retest", window.label) == "waived" for window in fresh)


def question_of_windows(dossier_id: int) -> Question:
    """The question for the periods of a dossier for which the reserve unit is kept: those before a retest."""
    return Question(("windows", dossier_id), _windows, (dossier_id,))


def _windows(dossier_id: int) -> "QuerySet[Deadline]":
    return Deadline.objects.filter(dossier=dossier_id, rule__in=OF_A_RETEST)


def _leads_of_termination_ended(dossier: Dossier) -> bool:
    """Whether every lead that followed the stop of the inspection was declined, concluded or referred (Article 28)."""
    labels = Entry.objects.filter(
        dossier=dossier, act="lead.create", cause__act="inspection.terminate_illegal"
    ).values_list("label", flat=True)
    leads = Track.objects.filter(dossier=dossier, chart="lead", label__in=list(labels))
    return leads.exists() and not leads.exclude(state__in=("not_filed", "concluded", "referred")).exists()


NO_DISPOSAL = Requirement("no_disposal", _nobody_needs_it)
