"""现场抽样: sampling on site, one for each drawn target (Articles 12 to 22)."""

from django.db import models

from spotcheck.docket.flow import ABSENT, ActSpec, Flow, Proposal, act
from spotcheck.docket.models import Party
from spotcheck.planning.queries import task_cancelled
from spotcheck.sampling import facts
from spotcheck.sampling.requirements import (
    CONTRACT_SHOWN,
    FIVE_MEDIA,
    FORM4_SIGNED,
    INABILITY_VERIFIED,
    MANDATE_COPY,
    NO_FEE,
    NO_PENDING_REFUSAL,
    NO_SUSPICION,
    NOTICE_MATCHES,
    REFUSAL_ESTABLISHED,
    REFUSAL_NOT_ESTABLISHED,
    RULE_SET_VALID,
    SEALED_SEPARATELY,
    TEST_SAMPLE_PAID,
    TWO_SAMPLERS,
    VALID_IDS,
)


class Sampling(Flow):
    """现场抽样: sampling on site, one for each drawn target (Articles 12 to 22)."""

    chart = "sampling"
    locks_parent = True
    samplers = models.JSONField(default=list)
    ground = models.CharField(max_length=10, blank=True)
    proven = models.BooleanField(null=True)
    earlier_check = models.JSONField(null=True)
    presented_on = models.DateField(null=True)
    claimed_on = models.DateField(null=True)
    sampled_on = models.DateField(null=True)

    @act(
        "SM0",
        source=ABSENT,
        target="assigned",
        articles=(12,),
    )
    def create(self, proposal: Proposal) -> None:
        """A drawn target is assigned (Article 12)."""

    @act(
        "SM1",
        source="assigned",
        target="notice_presented",
        articles=(13, 60),
        by=("sampler",),
        needs=(RULE_SET_VALID, TWO_SAMPLERS, VALID_IDS, NOTICE_MATCHES, MANDATE_COPY),
        counts=("D60",),
        forms=(1,),
        facts=facts.Visit,
        dates="presented_on",
    )
    def present_notice(self, proposal: Proposal) -> None:
        """Two samplers show Form 1 and their documents; this pins the rule set (Articles 13, 60)."""
        self.samplers = proposal["samplers"]

    @act(
        "SM2",
        source=("assigned", "notice_presented", "prechecked"),
        target="refusal_claimed",
        articles=(19,),
        by=("enterprise",),
        recorded_by=("sampler",),
        needs=(RULE_SET_VALID,),
        counts=("D60",),
        facts=facts.RefusalClaim,
        dates="claimed_on",
    )
    def claim_refusal(self, proposal: Proposal) -> None:
        """The sampled entity claims a ground on which it may refuse (Article 19)."""
        self.ground = proposal["ground"] or ""
        self.proven = proposal["proven"]
        self.earlier_check = proposal["earlier_check"]

    @act(
        "SM3",
        source="refusal_claimed",
        target="lawfully_refused",
        articles=(19,),
        by=("province",),
        needs=(REFUSAL_ESTABLISHED,),
        counts=("D19",),
    )
    def accept_refusal(self, proposal: Proposal) -> None:
        """The province finds the ground established; no sanction follows (Article 19)."""

    @act(
        "SM4",
        source="refusal_claimed",
        target="notice_presented",
        articles=(19,),
        by=("province",),
        needs=(REFUSAL_NOT_ESTABLISHED,),
        counts=("D19",),
    )
    def reject_refusal(self, proposal: Proposal) -> None:
        """The province finds the ground not established; sampling goes on (Article 19)."""

    @act(
        "SM5",
        source="notice_presented",
        target="prechecked",
        articles=(14, 15),
        by=("sampler",),
        needs=(NO_SUSPICION, CONTRACT_SHOWN),
        facts=facts.Precheck,
    )
    def pass_precheck(self, proposal: Proposal) -> None:
        """Registration, qualifications and marking were checked before sampling (Articles 14, 15)."""

    @act(
        "SM6",
        source=("notice_presented", "prechecked"),
        target="terminated_illegal",
        articles=(14,),
        by=("sampler",),
        forms=(3,),
        facts=facts.Suspicion,
    )
    def terminate_illegal(self, proposal: Proposal) -> None:
        """A violation that needs no test stops the sampling; Form 3 goes out at once (Article 14)."""

    @act(
        "SM7",
        source="prechecked",
        target="sampled",
        articles=(16, 17, 18),
        by=("sampler",),
        needs=(FIVE_MEDIA, FORM4_SIGNED, TEST_SAMPLE_PAID, NO_FEE, SEALED_SEPARATELY),
        counts=("D16",),
        forms=(4,),
        facts=facts.SamplingSheet,
        dates="sampled_on",
    )
    def complete_sampling(self, proposal: Proposal) -> None:
        """Samples are taken, documented, paid and sealed apart; Form 4 is signed by both (Articles 16 to 18)."""

    @act(
        "SM8",
        source=("assigned", "notice_presented", "prechecked"),
        target="not_sampled",
        articles=(20,),
        by=("sampler",),
        needs=(RULE_SET_VALID, INABILITY_VERIFIED),
        counts=("D60",),
        forms=(5,),
        facts=facts.NotSampled,
    )
    def record_not_sampled(self, proposal: Proposal) -> None:
        """Sampling is impossible, and the cause was verified; Form 5 goes to the province (Article 20)."""

    @act(
        "SM9",
        source=("notice_presented", "prechecked", "refusal_claimed"),
        target="obstructed",
        articles=(21, 22),
        by=("sampler",),
        needs=(NO_PENDING_REFUSAL,),
        forms=(6,),
        facts=facts.Obstruction,
    )
    def record_obstruction(self, proposal: Proposal) -> None:
        """Sampling is obstructed or refused without ground; Form 6 goes to province and county (Articles 21, 22)."""

    @act(
        "SM10",
        source="sampled",
        target="voided",
        articles=(38,),
    )
    def void(self, proposal: Proposal) -> None:
        """A revoked conclusion voids its sampling (Article 38)."""

    def barred(self, spec: ActSpec) -> bool:
        """A target of a cancelled task is cancelled with it."""
        return task_cancelled(self.dossier)

    def about(self, word: str) -> list[Party]:
        """The sampled entity is concerned (Articles 14, 19, 21)."""
        return list(self.dossier.parties.filter(role__in=Party.SAMPLED))
