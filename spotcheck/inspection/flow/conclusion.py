"""检验结论: the legal effect of the conclusion, one for each sample (Articles 31, 35, 38, 39, 41)."""

from django.db import models

from spotcheck.docket import register
from spotcheck.docket.flow import ABSENT, Flow, Proposal, act
from spotcheck.inspection import facts
from spotcheck.inspection.requirements import (
    HANDED_OVER_ONLY,
)


class Conclusion(Flow):
    """检验结论: the legal effect of the conclusion, one for each sample (Articles 31, 35, 38, 39, 41)."""

    chart = "conclusion"
    opened_by_hand = "dossier"

    reported = models.CharField(max_length=20, help_text="what the report said: conforming or nonconforming")
    imported = models.BooleanField(default=False)
    final_on = models.DateField(null=True)

    @act(
        "CN1",
        source=ABSENT,
        target="provisional_conforming",
        articles=(31,),
    )
    def set_conforming(self, proposal: Proposal) -> None:
        """The report says conforming (Article 31)."""
        self.reported = "conforming"

    @act(
        "CN2",
        source=ABSENT,
        target="provisional_nonconforming",
        articles=(30, 31),
    )
    def set_nonconforming(self, proposal: Proposal) -> None:
        """The report, or a partial report, says nonconforming (Articles 30, 31)."""
        self.reported = "nonconforming"
        if register.rectified_before(self.dossier):
            proposal.flag("EFFECTIVENESS_REVIEW")

    @act(
        "CN3",
        source=("provisional_conforming", "provisional_nonconforming"),
        target="under_objection",
        articles=(35,),
    )
    def raise_objection(self, proposal: Proposal) -> None:
        """A timely objection puts the conclusion in question (Article 35)."""

    @act(
        "CN4",
        source=("under_objection", "under_retest"),
        target=("provisional_nonconforming", "provisional_conforming"),
        articles=(38, 39),
    )
    def maintain(self, proposal: Proposal) -> str:
        """Nothing is open any more and no retest was completed: what the report said stands (Articles 38, 39)."""
        return "provisional_conforming" if self.reported == "conforming" else "provisional_nonconforming"

    @act(
        "CN5",
        source=("under_objection", "under_retest", "final_nonconforming", "final_conforming"),
        target="revoked",
        articles=(38,),
    )
    def revoke(self, proposal: Proposal) -> None:
        """Sampling or authenticity was defective: the conclusion falls (Article 38)."""

    @act(
        "CN6",
        source=("under_objection", "under_retest"),
        target="under_retest",
        articles=(38,),
    )
    def order_retest(self, proposal: Proposal) -> None:
        """A retest is held (Article 38)."""

    @act(
        "CN7",
        source=("under_objection", "under_retest"),
        target="final_nonconforming",
        articles=(41,),
        dates="final_on",
    )
    def retest_nonconforming(self, proposal: Proposal) -> None:
        """After a completed retest an item still fails: final (Article 41)."""

    @act(
        "CN8",
        source=("under_objection", "under_retest"),
        target="final_conforming",
        articles=(41,),
        dates="final_on",
    )
    def retest_conforming(self, proposal: Proposal) -> None:
        """After a completed retest no item fails: final (Article 41)."""

    @act(
        "CN9",
        source="provisional_nonconforming",
        target="final_nonconforming",
        articles=(35, 38, 39),
        dates="final_on",
    )
    def finalise(self, proposal: Proposal) -> None:
        """All windows are over and nothing is open: final (Articles 35, 38, 39)."""

    @act(
        "CN10",
        source="provisional_conforming",
        target="final_conforming",
        articles=(35, 38, 39),
        dates="final_on",
    )
    def finalise_conforming(self, proposal: Proposal) -> None:
        """All windows are over and nothing is open: final (Articles 35, 38, 39)."""

    @act(
        "CN11",
        source=ABSENT,
        target="final_nonconforming",
        articles=(4, 32),
        by=("province",),
        needs=(HANDED_OVER_ONLY,),
        facts=facts.Import,
        dates="final_on",
    )
    def import_external(self, proposal: Proposal) -> None:
        """The province takes over the conclusion of a national check or of another province (Articles 4, 32)."""
        self.reported = "nonconforming"
        self.imported = True
        if register.rectified_before(self.dossier):
            proposal.flag("EFFECTIVENESS_REVIEW")

    @act(
        "CN12",
        source=(
            "provisional_conforming",
            "provisional_nonconforming",
            "final_conforming",
            "final_nonconforming",
        ),
        target="under_objection",
        articles=(35, 39),
    )
    def reopen(self, proposal: Proposal) -> None:
        """A correction or a timely objection opens the conclusion again (Articles 35, 39)."""

    @act(
        "CN13",
        source="under_retest",
        target="under_objection",
        articles=(36, 38, 39, 41),
    )
    def return_to_objection(self, proposal: Proposal) -> None:
        """The retest has ended and another objection is still open (Articles 36, 38, 39, 41)."""
