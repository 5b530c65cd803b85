"""网络抽样: buying a sample online as a consumer (Articles 23 to 26)."""

from django.db import models

from spotcheck.docket.flow import ABSENT, ActSpec, Flow, Proposal, act
from spotcheck.docket.models import Party
from spotcheck.docket.sessions import parties_of
from spotcheck.planning.queries import task_cancelled
from spotcheck.rules.sd_2021_1.period_codes import KEEP_EVIDENCE, RULES_VALIDITY
from spotcheck.sampling import facts
from spotcheck.sampling.requirements import (
    OPENING_FILMED,
    PAPERS_MAILED,
    PURCHASE_RECORDS,
    RESERVE_BOUGHT,
    RULE_SET_VALID,
    SEALED_SEPARATELY,
    WITHIN_ARTICLE_23,
)
from spotcheck.sampling.states import PurchaseState as State


class Purchase(Flow):
    """网络抽样: buying a sample online as a consumer (Articles 23 to 26)."""

    chart = "purchase"
    locks_parent = True
    samplers = models.JSONField(default=list)
    sampled_on = models.DateField(null=True)

    @act(
        "ON0",
        source=ABSENT,
        target=State.ASSIGNED,
        articles=(23,),
    )
    def create(self, proposal: Proposal) -> None:
        """A drawn target is assigned for purchase online (Article 23)."""

    @act(
        "ON1",
        source=State.ASSIGNED,
        target=State.ORDERED,
        articles=(23, 24, 25, 60),
        by=("sampler",),
        needs=(RULE_SET_VALID, WITHIN_ARTICLE_23, PURCHASE_RECORDS, RESERVE_BOUGHT),
        counts=(RULES_VALIDITY,),
        facts=facts.Order,
    )
    def place_order(self, proposal: Proposal) -> None:
        """The order is placed as a consumer and recorded in full; this pins the rule set (Articles 23 to 25, 60)."""
        self.samplers = proposal["samplers"] or []

    @act(
        "ON2",
        source=State.ORDERED,
        target=State.RECEIVED,
        articles=(26,),
        by=("sampler",),
    )
    def receive_parcel(self, proposal: Proposal) -> None:
        """The parcel arrives (Article 26)."""

    @act(
        "ON3",
        source=State.RECEIVED,
        target=State.UNSEALED,
        articles=(26,),
        by=("sampler",),
        needs=(OPENING_FILMED,),
        facts=facts.Unsealing,
    )
    def unseal_and_check(self, proposal: Proposal) -> None:
        """The parcel is opened on film and checked (Article 26)."""
        proposal.facts.setdefault("filmed", True)  # what the guard has found where the record is full

    @act(
        "ON4",
        source=State.UNSEALED,
        target=State.SAMPLED,
        articles=(26,),
        by=("sampler",),
        needs=(SEALED_SEPARATELY, PAPERS_MAILED),
        counts=(KEEP_EVIDENCE,),
        forms=(1, 4),
        facts=facts.SealingOnline,
        dates="sampled_on",
    )
    def seal_and_notify(self, proposal: Proposal) -> None:
        """Both samples are sealed apart and sent; Form 4 and Form 1 are mailed to the seller (Article 26)."""

    @act(
        "ON5",
        source=(State.ASSIGNED, State.ORDERED, State.RECEIVED, State.UNSEALED),
        target=State.FAILED,
        articles=(23, 26),
        by=("sampler",),
        facts=facts.PurchaseFailure,
    )
    def fail(self, proposal: Proposal) -> None:
        """The purchase fails, before the order too when there is nothing to buy; not in the text (Articles 23, 26)."""

    @act(
        "ON6",
        source=State.SAMPLED,
        target=State.VOIDED,
        articles=(27, 38),
    )
    def void(self, proposal: Proposal) -> None:
        """A revoked conclusion, or a test unit lost before any report, voids its purchase (Articles 27, 38)."""

    def barred(self, spec: ActSpec) -> bool:
        """A target of a cancelled task is cancelled with it."""
        return task_cancelled(self.dossier)

    def about(self, word: str) -> list[Party]:
        """The sampled entity is concerned (Articles 23, 26)."""
        return [party for party in parties_of(self.dossier) if party.role in Party.SAMPLED]
