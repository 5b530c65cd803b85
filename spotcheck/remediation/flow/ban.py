"""禁止恢复生产销售: the ban on resuming the same product (Articles 48, 50, 51)."""

from django.db import models

from spotcheck.docket.flow import ABSENT, Flow, Proposal, act, own_act
from spotcheck.remediation import facts
from spotcheck.remediation.requirements import BREACH_SHOWN, PRODUCER_PASS_SHOWN
from spotcheck.remediation.states import BanState as State


class Ban(Flow):
    """禁止恢复生产销售: the ban on resuming the same product (Articles 48, 50, 51)."""

    chart = "ban"
    taken_over_in = (State.ACTIVE,)
    taken_back_to = State.LIFTED
    producer_proof_shown = models.BooleanField(default=False)

    @act(
        "BN1",
        source=ABSENT,
        target=State.ACTIVE,
        articles=(50,),
    )
    def activate(self, proposal: Proposal) -> None:
        """With the receipt of Form 11 the party must not resume (Article 50)."""

    @act(
        "BN2",
        source=State.ACTIVE,
        target=State.LIFTED,
        articles=(48, 50),
    )
    def lift_on_pass(self, proposal: Proposal) -> None:
        """The party has passed and may resume (Articles 48, 50)."""

    @act(
        "BN3",
        source=State.ACTIVE,
        target=State.LIFTED,
        articles=(50,),
    )
    def lift_on_withdrawal(self, proposal: Proposal) -> None:
        """The order is withdrawn, and the ban with it (Article 50)."""

    @act(
        "BN4",
        source=State.ACTIVE,
        target=State.PERMANENT,
        articles=(51,),
    )
    def make_permanent(self, proposal: Proposal) -> None:
        """The business licence is revoked: the ban stays (Article 51)."""

    @act(
        "BN5",
        source=State.ACTIVE,
        target=State.ACTIVE,
        articles=(50, 56),
        by=("handler",),
        needs=(BREACH_SHOWN,),
        facts=facts.Breach,
    )
    def record_breach(self, proposal: Proposal) -> None:
        """Production or sale went on in spite of the ban (Articles 50, 56)."""

    @act(
        "BN6",
        source=State.LIFTED,
        target=State.ACTIVE,
        articles=(50,),
    )
    def reactivate(self, proposal: Proposal) -> None:
        """The order of a later case is received: the party must not resume again (Article 50)."""

    @act(
        "BN7",
        source=State.ACTIVE,
        target=State.HANDED_OVER,
        articles=(32, 42, 50),
    )
    def hand_over(self, proposal: Proposal) -> None:
        """The case goes to another province, and the ban with it (Articles 32, 42, 50, R37)."""

    @act(
        "BN8",
        source=State.PERMANENT,
        target=State.LIFTED,
        articles=(51,),
    )
    def lift_permanent(self, proposal: Proposal) -> None:
        """What the revocation of the licence rested on has fallen; its authority is asked to take it back (51, R42)."""
        proposal.flag("REVOCATION_LOST_BASIS")

    @own_act(
        "LR1",
        "revocation.lost_basis_again",
        source=State.LIFTED,
        articles=(51,),
        by=("system",),
    )
    def lost_basis_again(self, proposal: Proposal) -> None:
        """Something more of what the revocation rested on has fallen: its authority is told of this too (51, R42)."""
        proposal.flag("REVOCATION_LOST_BASIS")

    @act(
        "BNX",
        source=State.ACTIVE,
        target=None,
        articles=(48,),
        by=("enterprise",),
        recorded_by=("handler",),
        needs=(PRODUCER_PASS_SHOWN,),
        facts=facts.ProducerProof,
    )
    def record_producer_proof(self, proposal: Proposal) -> None:
        """A seller shows the pass of the producer and may sell again (Article 48)."""
        self.producer_proof_shown = True
