"""样品: one sample unit, the test sample T or the reserve sample R (Articles 18, 26, 27, 39)."""

from typing import ClassVar

from django.db import models

from spotcheck.docket.flow import ABSENT, Flow, Proposal, act, own_act
from spotcheck.parties.models import Post
from spotcheck.sampling import facts
from spotcheck.sampling.custody_requirements import (
    CUSTODY_ORDER,
    GAP_IS_OPEN,
    LINK_COMPLETE,
    REFUSAL_DOCUMENTED,
    REFUSED_BY_RECEIVER,
    SEAL_INTACT,
)
from spotcheck.sampling.requirements import (
    COMPROMISE_SHOWN,
    KEEPER_ON_RECORD,
    NO_DISPOSAL,
    NOT_THE_SAMPLER,
    RESERVE_ON_SITE,
    RESERVE_ONLY,
    TEST_UNIT_ONLY,
    TESTING_BEGUN,
    before_testing,
    inspector_of,
    name_of_inspector,
)
from spotcheck.sampling.states import SampleState as State


class SampleUnit(Flow):
    """样品: one sample unit, the test sample T or the reserve sample R (Articles 18, 26, 27, 39)."""

    chart = "sample"
    code = models.CharField(
        max_length=64, blank=True, default="", db_default="", help_text="as it is printed and scanned"
    )
    seal_number = models.CharField(max_length=60, blank=True, default="", db_default="")
    quantity = models.CharField(max_length=60, blank=True, default="", db_default="")
    kept_at = models.CharField(max_length=200, blank=True, default="", db_default="")
    kept_until = models.DateField(null=True)
    inspector = models.CharField(max_length=60, blank=True)
    inspector_post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    cause_of_loss = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code"], condition=~models.Q(code=""), name="a_unit_is_scanned_by_its_code")
        ]

    @act(
        "SU0",
        source=ABSENT,
        target=State.SEALED,
        articles=(18, 25),
    )
    def create(self, proposal: Proposal) -> None:
        """A unit comes into being with its seal (Articles 18, 25)."""

    @act(
        "SU1",
        source=State.SEALED,
        target=State.IN_TRANSIT,
        articles=(26, 27),
        by=("sampler", "sampling_body"),
        facts=facts.Dispatch,
    )
    def dispatch(self, proposal: Proposal) -> None:
        """The unit is carried or sent to the laboratory (Articles 26, 27)."""

    @act(
        "SU2",
        source=State.SEALED,
        target=State.HELD_BY_ENTERPRISE,
        articles=(18, 26, 39),
        by=("sampler",),
        needs=(RESERVE_ONLY, RESERVE_ON_SITE),
        facts=facts.Undertaking,
    )
    def leave_with_enterprise(self, proposal: Proposal) -> None:
        """The reserve unit of a visit stays with the enterprise against an undertaking (Articles 18, 26, 39)."""

    @act(
        "SU3",
        source=State.IN_TRANSIT,
        target=State.IN_CUSTODY,
        articles=(27,),
        by=("lab",),
        needs=(SEAL_INTACT,),
        facts=facts.Arrival,
    )
    def receive(self, proposal: Proposal) -> None:
        """The laboratory receives the unit with its seal intact (Article 27)."""
        proposal.facts.setdefault("seal_intact", True)  # what the guard has found where the record is full

    @act(
        "SU4",
        source=State.IN_CUSTODY,
        target=State.ISSUED,
        articles=(10, 18, 27),
        by=("lab",),
        needs=(TEST_UNIT_ONLY, NOT_THE_SAMPLER),
        facts=facts.Issue,
        takes_back=("inspector", "inspector_post"),
    )
    def issue(self, proposal: Proposal) -> None:
        """The test unit is issued to an inspector who did not sample; the reserve waits (Articles 10, 18, 27)."""
        self.inspector, self.inspector_post = name_of_inspector(self)[:60], inspector_of(self)

    @act(
        "SU5",
        source=State.ISSUED,
        target=State.TESTED,
        articles=(29,),
        by=("lab",),
        needs=(TESTING_BEGUN,),
    )
    def record_tested(self, proposal: Proposal) -> None:
        """The original record of the test is written (Article 29)."""

    @act(
        "SU6",
        source=State.TESTED,
        target=State.RETAINED,
        articles=(27,),
        by=("lab",),
        facts=facts.Keeping,
    )
    def retain(self, proposal: Proposal) -> None:
        """The tested unit is kept (Article 27)."""
        self.kept_at = proposal["kept_at"] or ""
        self.kept_until = proposal["kept_until"]

    @act(
        "SU7",
        source=(State.IN_CUSTODY, State.HELD_BY_ENTERPRISE, State.RELEASED_FOR_RETEST),
        target=State.RELEASED_FOR_RETEST,
        articles=(39,),
    )
    def release_for_retest(self, proposal: Proposal) -> None:
        """The unit is released for the retest with the filmed hand-over, to each body in turn (Article 39)."""

    @act(
        "SU8",
        source=State.RELEASED_FOR_RETEST,
        target=State.RETESTED,
        articles=(41,),
    )
    def record_retested(self, proposal: Proposal) -> None:
        """The retest has used the unit (Article 41)."""

    @act(
        "SU9",
        source=(
            State.SEALED,
            State.IN_TRANSIT,
            State.IN_CUSTODY,
            State.HELD_BY_ENTERPRISE,
            State.ISSUED,
            State.RELEASED_FOR_RETEST,
        ),
        target=State.COMPROMISED,
        articles=(27, 38, 39),
        by=("lab", "retest_lab", "sampler", "sampling_body", "province"),
        needs=(KEEPER_ON_RECORD, COMPROMISE_SHOWN),
        facts=facts.Compromise,
    )
    def compromise(self, proposal: Proposal) -> None:
        """The unit is lost or spoilt, with cause and evidence on record (Articles 27, 38, 39)."""
        self.cause_of_loss = proposal["cause"] or ""

    @act(
        "SU10",
        source=(
            State.RETAINED,
            State.IN_CUSTODY,
            State.HELD_BY_ENTERPRISE,
            State.ISSUED,
            State.RELEASED_FOR_RETEST,
            State.RETESTED,
            State.COMPROMISED,
        ),
        target=State.DISPOSED,
        articles=(27, 35, 39),
        by=("lab",),
        needs=(NO_DISPOSAL,),
    )
    def dispose(self, proposal: Proposal) -> None:
        """The unit is disposed of once nobody can need it any more (Articles 27, 35, 39)."""

    @own_act(
        "CU1",
        "custody.link",
        source=(
            State.SEALED,
            State.IN_TRANSIT,
            State.IN_CUSTODY,
            State.HELD_BY_ENTERPRISE,
            State.ISSUED,
            State.TESTED,
            State.RETAINED,
            State.RELEASED_FOR_RETEST,
        ),
        articles=(18, 26, 27),
        by=("lab", "retest_lab", "sampler", "sampling_body"),
        needs=(CUSTODY_ORDER, LINK_COMPLETE),
        facts=facts.Link,
    )
    def link_custody(self, proposal: Proposal) -> None:
        """The unit changes hands, place or seal without an act of its chart (Articles 18, 26, 27)."""

    @own_act(
        "CU2",
        "custody.refuse_unit",
        source=(State.IN_TRANSIT, State.RELEASED_FOR_RETEST),
        articles=(18, 27, 39),
        by=("lab", "retest_lab"),
        needs=(REFUSED_BY_RECEIVER, REFUSAL_DOCUMENTED),
        facts=facts.UnitRefusal,
    )
    def refuse_unit(self, proposal: Proposal) -> None:
        """Whoever should take the unit over does not, and says why with photographs (Articles 18, 27, 39)."""

    @own_act(
        "CU3",
        "custody.accept_gap",
        source=tuple(state for state in State if state != State.DISPOSED),
        articles=(18, 27),
        by=("province",),
        needs=(GAP_IS_OPEN,),
        facts=facts.GapAcceptance,
    )
    def accept_gap(self, proposal: Proposal) -> None:
        """The province accepts one fault of the custody, with the reason; it stays visible (Articles 18, 27)."""

    def is_relied_on(self) -> bool:
        """Once the testing has begun with it, the unit is its inspector's (Articles 27, 29)."""
        return self.state == State.ISSUED and not before_testing(self.dossier)
