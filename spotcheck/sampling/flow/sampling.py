"""现场抽样: sampling on site, one for each drawn target (Articles 12 to 22)."""

from django.db import models

from spotcheck.docket.flow import ABSENT, ActSpec, Flow, Proposal, act
from spotcheck.docket.models import Party
from spotcheck.docket.sessions import parties_of
from spotcheck.planning import samplers
from spotcheck.planning.queries import task_cancelled
from spotcheck.rules.sd_2021_1.period_codes import KEEP_EVIDENCE, RULES_VALIDITY, SIX_MONTH_EXEMPTION
from spotcheck.sampling import facts
from spotcheck.sampling.requirements import (
    CONTRACT_SHOWN,
    CORRECTION_CONFIRMED,
    FIVE_MEDIA,
    FORM4_SIGNED,
    INABILITY_VERIFIED,
    MANDATE_COPY,
    NO_FEE,
    NO_PENDING_REFUSAL,
    NO_SUSPICION,
    NOMINAL_RECORDED,
    NOTICE_MATCHES,
    OBSTRUCTION_SHOWN,
    REFUSAL_ANSWERED,
    REFUSAL_ESTABLISHED,
    REFUSAL_NOT_ESTABLISHED,
    RULE_SET_VALID,
    SAMPLER_FROM_DRAW,
    SAMPLERS_AS_DRAWN,
    SEALED_SEPARATELY,
    SUSPICION_SHOWN,
    TEST_SAMPLE_PAID,
    TWO_SAMPLERS,
    VALID_IDS,
    known_to_register,
)
from spotcheck.sampling.states import SamplingState as State


class Sampling(Flow):
    """现场抽样: sampling on site, one for each drawn target (Articles 12 to 22)."""

    chart = "sampling"
    locks_parent = True
    samplers = models.JSONField(default=list)
    ground = models.CharField(max_length=10, blank=True)
    proven = models.BooleanField(null=True)
    earlier_check = models.JSONField(null=True)
    claimed_from = models.CharField(
        max_length=20, blank=True, default="", db_default="", help_text="the state before the claim"
    )
    presented_on = models.DateField(null=True)
    claimed_on = models.DateField(null=True)
    sampled_on = models.DateField(null=True)

    @act(
        "SM0",
        source=ABSENT,
        target=State.ASSIGNED,
        articles=(12,),
    )
    def create(self, proposal: Proposal) -> None:
        """A drawn target is assigned (Article 12)."""

    @act(
        "SM1",
        source=State.ASSIGNED,
        target=State.NOTICE_PRESENTED,
        articles=(13, 60),
        by=("sampler",),
        needs=(RULE_SET_VALID, TWO_SAMPLERS, SAMPLERS_AS_DRAWN, VALID_IDS, NOTICE_MATCHES, MANDATE_COPY),
        counts=(RULES_VALIDITY,),
        forms=(1,),
        facts=facts.Visit,
        dates="presented_on",
    )
    def present_notice(self, proposal: Proposal) -> None:
        """The samplers drawn show Form 1 and their documents; this pins the rule set (Articles 13, 60)."""
        self.samplers = proposal["samplers"]
        if known_to_register(self.dossier, proposal.on):
            proposal.flag("SIX_MONTHS_KNOWN")

    @act(
        "SM2",
        source=(State.ASSIGNED, State.NOTICE_PRESENTED, State.PRECHECKED),
        target=State.REFUSAL_CLAIMED,
        articles=(19,),
        by=("enterprise",),
        recorded_by=("sampler",),
        needs=(RULE_SET_VALID,),
        counts=(RULES_VALIDITY,),
        facts=facts.RefusalClaim,
        dates="claimed_on",
    )
    def claim_refusal(self, proposal: Proposal) -> None:
        """The sampled entity claims a ground on which it may refuse (Article 19)."""
        self.ground = proposal["ground"] or ""
        self.proven = proposal["proven"]
        self.earlier_check = proposal["earlier_check"]
        self.claimed_from = self.state

    @act(
        "SM3",
        source=State.REFUSAL_CLAIMED,
        target=State.LAWFULLY_REFUSED,
        articles=(19,),
        by=("province",),
        needs=(REFUSAL_ESTABLISHED,),
        counts=(SIX_MONTH_EXEMPTION,),
    )
    def accept_refusal(self, proposal: Proposal) -> None:
        """The province finds the ground established; no sanction follows (Article 19)."""

    @act(
        "SM4",
        source=State.REFUSAL_CLAIMED,
        target=(State.NOTICE_PRESENTED, State.ASSIGNED, State.PRECHECKED),
        articles=(13, 19),
        by=("province",),
        needs=(REFUSAL_NOT_ESTABLISHED, REFUSAL_ANSWERED),
        counts=(SIX_MONTH_EXEMPTION,),
        facts=facts.Answer,
    )
    def reject_refusal(self, proposal: Proposal) -> str:
        """The province finds the ground not established: back to the state before the claim (Articles 13, 19)."""
        return self.claimed_from or (State.NOTICE_PRESENTED if self.presented_on else State.ASSIGNED)

    @act(
        "SM5",
        source=State.NOTICE_PRESENTED,
        target=State.PRECHECKED,
        articles=(14, 15),
        by=("sampler",),
        needs=(NO_SUSPICION, CONTRACT_SHOWN, NOMINAL_RECORDED),
        facts=facts.Precheck,
    )
    def pass_precheck(self, proposal: Proposal) -> None:
        """Registration, qualifications and marking were checked before sampling (Articles 14, 15)."""

    @act(
        "SM6",
        source=(State.NOTICE_PRESENTED, State.PRECHECKED),
        target=State.TERMINATED_ILLEGAL,
        articles=(14,),
        by=("sampler",),
        needs=(SUSPICION_SHOWN,),
        forms=(3,),
        facts=facts.Suspicion,
    )
    def terminate_illegal(self, proposal: Proposal) -> None:
        """A violation that needs no test stops the sampling; Form 3 goes out at once (Article 14)."""

    @act(
        "SM7",
        source=State.PRECHECKED,
        target=State.SAMPLED,
        articles=(16, 17, 18),
        by=("sampler",),
        needs=(FIVE_MEDIA, FORM4_SIGNED, TEST_SAMPLE_PAID, NO_FEE, SEALED_SEPARATELY),
        counts=(KEEP_EVIDENCE,),
        forms=(4,),
        facts=facts.SamplingSheet,
        dates="sampled_on",
    )
    def complete_sampling(self, proposal: Proposal) -> None:
        """Samples are taken, documented, paid and sealed apart; Form 4 is signed by both (Articles 16 to 18)."""

    @act(
        "SM8",
        source=(State.ASSIGNED, State.NOTICE_PRESENTED, State.PRECHECKED),
        target=State.NOT_SAMPLED,
        articles=(20,),
        by=("sampler",),
        needs=(RULE_SET_VALID, INABILITY_VERIFIED),
        counts=(RULES_VALIDITY,),
        forms=(5,),
        facts=facts.NotSampled,
    )
    def record_not_sampled(self, proposal: Proposal) -> None:
        """Sampling is impossible, and the cause was verified; Form 5 goes to the province (Article 20)."""

    @act(
        "SM9",
        source=(State.NOTICE_PRESENTED, State.PRECHECKED, State.REFUSAL_CLAIMED),
        target=State.OBSTRUCTED,
        articles=(21, 22),
        by=("sampler",),
        needs=(NO_PENDING_REFUSAL, OBSTRUCTION_SHOWN),
        forms=(6,),
        facts=facts.Obstruction,
    )
    def record_obstruction(self, proposal: Proposal) -> None:
        """Sampling is obstructed or refused without ground; Form 6 goes to province and county (Articles 21, 22)."""

    @act(
        "SM10",
        source=State.SAMPLED,
        target=State.VOIDED,
        articles=(27, 38),
    )
    def void(self, proposal: Proposal) -> None:
        """A revoked conclusion, or a test unit lost before any report, voids its sampling (Articles 27, 38)."""

    @act(
        "SM11",
        source=State.SAMPLED,
        target=State.SAMPLED,
        articles=(17,),
        by=("sampler",),
        needs=(CORRECTION_CONFIRMED,),
        facts=facts.SheetCorrection,
    )
    def correct_sheet(self, proposal: Proposal) -> None:
        """Form 4 is corrected where samplers and party confirm it; the first text is kept (Article 17)."""

    @act(
        "SM12",
        source=State.ASSIGNED,
        target=State.ASSIGNED,
        articles=(12, 13),
        by=("province", "sampling_body"),
        needs=(SAMPLER_FROM_DRAW,),
        facts=facts.Replacement,
    )
    def replace_sampler(self, proposal: Proposal) -> None:
        """Before Form 1 is shown the next one drawn comes in place of one who cannot come (Articles 12, 13)."""
        proposal.facts["out"] = samplers.out_of(self.dossier, proposal["out"])
        self._take_in(proposal, out=proposal.facts["out"])

    @act(
        "SM13",
        source=(State.NOTICE_PRESENTED, State.PRECHECKED),
        target=(State.NOTICE_PRESENTED, State.PRECHECKED),
        articles=(12, 13),
        by=("province", "sampling_body"),
        needs=(SAMPLER_FROM_DRAW,),
        forms=(1,),
        facts=facts.Addition,
    )
    def add_sampler(self, proposal: Proposal) -> str:
        """Once Form 1 was shown the next one drawn may come in addition, with a new Form 1 (Articles 12, 13)."""
        self._take_in(proposal)
        self.samplers = [*self.samplers, proposal.facts["in"]]
        return str(self.state)

    def _take_in(self, proposal: Proposal, out: str = "") -> None:
        """Put on record with the act who comes in, and, when the order was used up, the list drawn from."""
        chosen = samplers.next_in(self.dossier, seed=proposal.seed, on=proposal.on, out=out)
        assert chosen is not None
        proposal.facts |= {"in": chosen.name, "post": chosen.post}
        if chosen.listed:
            proposal.facts |= {"seed": proposal.seed, "listed": list(chosen.listed)}

    def barred(self, spec: ActSpec) -> bool:
        """A target of a cancelled task is cancelled with it."""
        return task_cancelled(self.dossier)

    def about(self, word: str) -> list[Party]:
        """The sampled entity is concerned (Articles 14, 19, 21)."""
        return [party for party in parties_of(self.dossier) if party.role in Party.SAMPLED]
