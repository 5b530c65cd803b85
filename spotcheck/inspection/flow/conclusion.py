"""检验结论: the legal effect of the conclusion, one for each sample (Articles 31, 35, 38, 39, 41)."""

from django.db import models

from spotcheck.docket.flow import ABSENT, Flow, Proposal, act
from spotcheck.inspection import facts
from spotcheck.inspection.requirements import (
    COURT_DOCUMENT,
    EXTERNAL_DOCUMENT,
    HANDED_OVER_ONLY,
    PROVINCIAL_CHECK_ONLY,
    rectified_before,
)
from spotcheck.inspection.states import ConclusionState as State


class Conclusion(Flow):
    """检验结论: the legal effect of the conclusion, one for each sample (Articles 31, 35, 38, 39, 41)."""

    chart = "conclusion"
    opened_by_hand = "dossier"
    taken_over_in = (State.PROVISIONAL_NONCONFORMING, State.UNDER_OBJECTION)
    taken_back_to = State.REVOKED

    reported = models.CharField(max_length=20, help_text="what the report said: conforming or nonconforming")
    imported = models.BooleanField(default=False)
    final_on = models.DateField(null=True)

    @act(
        "CN1",
        source=ABSENT,
        target=State.PROVISIONAL_CONFORMING,
        articles=(31,),
    )
    def set_conforming(self, proposal: Proposal) -> None:
        """The report says conforming (Article 31)."""
        self.reported = "conforming"

    @act(
        "CN2",
        source=ABSENT,
        target=State.PROVISIONAL_NONCONFORMING,
        articles=(30, 31),
    )
    def set_nonconforming(self, proposal: Proposal) -> None:
        """The report, or a partial report, says nonconforming (Articles 30, 31)."""
        self.reported = "nonconforming"
        if rectified_before(self.dossier):
            proposal.flag("EFFECTIVENESS_REVIEW")

    @act(
        "CN3",
        source=(State.PROVISIONAL_CONFORMING, State.PROVISIONAL_NONCONFORMING),
        target=State.UNDER_OBJECTION,
        articles=(35,),
    )
    def raise_objection(self, proposal: Proposal) -> None:
        """A timely objection puts the conclusion in question (Article 35)."""

    @act(
        "CN4",
        source=(State.UNDER_OBJECTION, State.UNDER_RETEST),
        target=(State.PROVISIONAL_NONCONFORMING, State.PROVISIONAL_CONFORMING),
        articles=(38, 39, 41),
    )
    def maintain(self, proposal: Proposal) -> str:
        """Nothing is open any more: what the report said stands (Articles 38, 39).

        Also after a completed retest while the full report is still out: it is final for its items only (41, R28).
        """
        return State.PROVISIONAL_CONFORMING if self.reported == "conforming" else State.PROVISIONAL_NONCONFORMING

    @act(
        "CN5",
        source=(State.UNDER_OBJECTION, State.UNDER_RETEST, State.FINAL_NONCONFORMING, State.FINAL_CONFORMING),
        target=State.REVOKED,
        articles=(38,),
    )
    def revoke(self, proposal: Proposal) -> None:
        """Sampling or authenticity was defective: the conclusion falls (Article 38)."""

    @act(
        "CN6",
        source=(State.UNDER_OBJECTION, State.UNDER_RETEST),
        target=State.UNDER_RETEST,
        articles=(38,),
    )
    def order_retest(self, proposal: Proposal) -> None:
        """A retest is held (Article 38)."""

    @act(
        "CN7",
        source=(State.UNDER_OBJECTION, State.UNDER_RETEST, State.PROVISIONAL_NONCONFORMING),
        target=State.FINAL_NONCONFORMING,
        articles=(31, 41),
        dates="final_on",
    )
    def retest_nonconforming(self, proposal: Proposal) -> None:
        """After a completed retest an item still fails: final (Articles 31, 41)."""

    @act(
        "CN8",
        source=(State.UNDER_OBJECTION, State.UNDER_RETEST, State.PROVISIONAL_NONCONFORMING),
        target=State.FINAL_CONFORMING,
        articles=(31, 41),
        dates="final_on",
    )
    def retest_conforming(self, proposal: Proposal) -> None:
        """After a completed retest no item fails: final; of a stopped test it says no more than that (31, 41)."""

    @act(
        "CN9",
        source=State.PROVISIONAL_NONCONFORMING,
        target=State.FINAL_NONCONFORMING,
        articles=(30, 35, 38, 39),
        dates="final_on",
    )
    def finalise(self, proposal: Proposal) -> None:
        """All windows are over, nothing is open and an item has failed: final (Articles 30, 35, 38, 39)."""

    @act(
        "CN10",
        source=State.PROVISIONAL_CONFORMING,
        target=State.FINAL_CONFORMING,
        articles=(35, 38, 39),
        dates="final_on",
    )
    def finalise_conforming(self, proposal: Proposal) -> None:
        """All windows are over and nothing is open: final (Articles 35, 38, 39)."""

    @act(
        "CN11",
        source=ABSENT,
        target=State.FINAL_NONCONFORMING,
        articles=(4, 32),
        by=("province",),
        needs=(HANDED_OVER_ONLY, EXTERNAL_DOCUMENT),
        facts=facts.Import,
        dates="final_on",
    )
    def import_external(self, proposal: Proposal) -> None:
        """The province takes over the conclusion of a national check or of another province (Articles 4, 32)."""
        self.reported = "nonconforming"
        self.imported = True
        if rectified_before(self.dossier):
            proposal.flag("EFFECTIVENESS_REVIEW")

    @act(
        "CN14",
        source=State.FINAL_NONCONFORMING,
        target=State.REVOKED,
        articles=(4, 32),
        by=("province",),
        needs=(HANDED_OVER_ONLY, EXTERNAL_DOCUMENT),
        facts=facts.Decision,
    )
    def withdraw_external(self, proposal: Proposal) -> None:
        """The organiser of a handed-over check has reversed its conclusion (Articles 4, 32, R48)."""

    @act(
        "CN15",
        source=(
            State.PROVISIONAL_CONFORMING,
            State.PROVISIONAL_NONCONFORMING,
            State.UNDER_OBJECTION,
            State.UNDER_RETEST,
            State.FINAL_CONFORMING,
            State.FINAL_NONCONFORMING,
        ),
        target=State.REVOKED,
        articles=(38, 57),
        by=("province",),
        needs=(PROVINCIAL_CHECK_ONLY, COURT_DOCUMENT),
        facts=facts.Decision,
    )
    def annul(self, proposal: Proposal) -> None:
        """A court or the reconsideration body annuls the conclusion; not in the text (Articles 38, 57, R47)."""

    @act(
        "CN12",
        source=(
            State.PROVISIONAL_CONFORMING,
            State.PROVISIONAL_NONCONFORMING,
            State.FINAL_CONFORMING,
            State.FINAL_NONCONFORMING,
        ),
        target=State.UNDER_OBJECTION,
        articles=(35, 39),
    )
    def reopen(self, proposal: Proposal) -> None:
        """A correction or a timely objection opens the conclusion again (Articles 35, 39)."""

    @act(
        "CN13",
        source=State.UNDER_RETEST,
        target=State.UNDER_OBJECTION,
        articles=(36, 38, 39, 41),
    )
    def return_to_objection(self, proposal: Proposal) -> None:
        """The retest has ended and another objection is still open (Articles 36, 38, 39, 41)."""
