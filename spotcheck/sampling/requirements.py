"""What can forbid an act of chapter three."""

from datetime import date
from typing import Any

from django.db import models

from spotcheck.docket import deadlines, register
from spotcheck.docket.models import Deadline, Dossier, Entry, Track
from spotcheck.docket.requirements import Requirement
from spotcheck.docket.rule_sets import RULE_SET_VALID
from spotcheck.planning.models import Target
from spotcheck.rules.rule_sets import CURRENT, RULE_SETS
from spotcheck.sampling.facts import MEANS, MEDIA

__all__ = ["RULE_SET_VALID"]

SETTINGS = RULE_SETS[CURRENT].settings


def _says(*names: str) -> Any:
    """All these facts were shown."""
    return lambda m: all(m.proposal[name] for name in names)


def samplers_of(dossier: Dossier) -> set[str]:
    """Return the names of those who sampled or bought (Articles 10, 13, 24).

    Where a refusal was claimed before Form 1 was shown, and rejected, nobody wrote down who came: then those count
    whom Form 1 names.
    """
    acts = ("sampling.present_notice", "purchase.place_order")
    rows = Entry.objects.filter(dossier=dossier, act__in=acts).values_list("facts", flat=True)
    return {name for facts in rows for name in facts.get("samplers", ())} or _named_on_form1(dossier)


def _named_on_form1(dossier: Dossier) -> set[str]:
    """The samplers drawn for this target (Articles 12, 13)."""
    return set(Target.objects.filter(dossier=dossier).values_list("samplers", flat=True).first() or ())


def _two_on_form1(m: Any) -> bool:
    """At least two different people came, and all of them are named on Form 1."""
    came = {name.strip() for name in m.proposal["samplers"] or ()} - {""}
    named = _named_on_form1(m.dossier)
    return len(came) >= 2 and (not named or came <= named)


TWO_SAMPLERS = Requirement("two_samplers", _two_on_form1, asks=("samplers",))
VALID_IDS = Requirement("valid_ids", _says("ids_valid"), asks=("ids_valid",))
NOTICE_MATCHES = Requirement("notice_matches", _says("notice_matches"), asks=("notice_matches",))
MANDATE_COPY = Requirement("mandate_copy", _says("mandate_copy"), asks=("mandate_copy",))


def refusal_is_good(m: Any) -> bool:
    """Whether the claimed ground of Article 19 is established; 19(4) is computed, the others are proved."""
    if m.ground != "19(4)":
        return bool(m.proven)
    return m.dossier.check_kind not in SETTINGS.lookback_exempt_checks and _exempt(m)


def _exempt(m: Any) -> bool:
    """Whether the same product was checked within the six months (Article 19(4), readings R6)."""
    earlier = m.earlier_check or {}
    if "dossier" in earlier:
        sampled_on = earlier_sampling(m.dossier, Dossier.objects.filter(pk=earlier["dossier"]))
    elif earlier.get("organiser") in SETTINGS.lookback_organisers and earlier.get("same_product"):
        sampled_on = date.fromisoformat(str(earlier["sampled"]))
    else:
        return False
    visit = m.presented_on or m.claimed_on
    return sampled_on is not None and sampled_on <= visit <= deadlines.due_on("D19", sampled_on)


def earlier_sampling(dossier: Dossier, candidates: "models.QuerySet[Dossier]") -> date | None:
    """Return the newest sampling of the same product among these provincial dossiers; voided ones do not count."""
    same = candidates.exclude(pk=dossier.pk).filter(
        kind=Dossier.Kind.SAMPLE,
        origin=Dossier.Origin.PROVINCIAL,
        producer=dossier.producer,
        product_kind=dossier.product_kind,
        product_model=dossier.product_model,
        brand=dossier.brand,
        standard=dossier.standard,
    )
    return (
        Track.objects.filter(dossier__in=same, chart__in=("sampling", "purchase"), state="sampled")
        .order_by("-since")
        .values_list("since", flat=True)
        .first()
    )


REFUSAL_ESTABLISHED = Requirement("refusal_established", refusal_is_good)
REFUSAL_NOT_ESTABLISHED = Requirement("refusal_not_established", lambda m: not refusal_is_good(m))
NO_PENDING_REFUSAL = Requirement("no_pending_refusal", lambda m: m.state != "refusal_claimed")
NO_SUSPICION = Requirement("no_suspicion", lambda m: m.proposal["suspicion"] in {None, "none"}, asks=("suspicion",))
CONTRACT_SHOWN = Requirement(
    "contract_shown",
    lambda m: not m.proposal["commissioned"] or bool(m.proposal["contract"]),
    asks=("commissioned", "contract"),
)
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
OPENING_FILMED = Requirement("opening_filmed", _says("filmed"), asks=("filmed",))
PAPERS_MAILED = Requirement("papers_mailed", _says("papers_mailed"), asks=("papers_mailed",))
RESERVE_ONLY = Requirement(
    "reserve_only",
    lambda m: m.label == "R" and bool(m.proposal["undertaking"]),
    asks=("undertaking",),
)
SEAL_INTACT = Requirement("seal_intact", _says("seal_intact"), asks=("seal_intact",))
NOT_THE_SAMPLER = Requirement(
    "not_the_sampler",
    lambda m: bool(m.proposal["inspector"]) and m.proposal["inspector"] not in samplers_of(m.dossier),
    asks=("inspector",),
)


def _nobody_needs_it(m: Any) -> bool:
    """Whether nobody can need the unit any more: for a retest, an objection, or the lead of a stopped inspection."""
    dossier = m.dossier
    windows = Deadline.objects.running().filter(dossier=dossier, rule__in=("D35", "D39", "D40"))
    if windows.exists() or register.any_open(dossier, ("objection", "retest")):
        return False
    if register.state(dossier, "inspection") == "terminated_illegal":
        return _lead_of_termination_ended(dossier)
    return register.any_in(dossier, "conclusion", ("final_conforming", "final_nonconforming", "revoked"))


def _lead_of_termination_ended(dossier: Dossier) -> bool:
    """Whether the lead that followed the stop of the inspection was declined or concluded (Article 28)."""
    labels = Entry.objects.filter(
        dossier=dossier, act="lead.create", cause__act="inspection.terminate_illegal"
    ).values_list("label", flat=True)
    leads = Track.objects.filter(dossier=dossier, chart="lead", label__in=list(labels))
    return leads.exists() and not leads.exclude(state__in=("not_filed", "concluded")).exists()


NO_DISPOSAL = Requirement("no_disposal", _nobody_needs_it)
