"""检验: the inspection of the test sample (Articles 27 to 32)."""

from django.db import models

from spotcheck.docket.flow import ABSENT, Flow, Proposal, act
from spotcheck.docket.models import Party
from spotcheck.inspection import facts
from spotcheck.inspection.requirements import (
    ALL_ITEMS,
    ANALYSIS_REPORT,
    CONCLUSION_AGREES,
    DANGER_SHOWN,
    NOT_THE_SAMPLER,
    QUALIFICATION_VERIFIED,
    REPORT_SIGNED,
    SAMPLE_RECEIVED,
    SUSPICION_SHOWN,
    TEST_UNIT_LOST,
    UNIT_ISSUED,
    UNIT_TESTED,
)
from spotcheck.inspection.states import InspectionState as State


class Inspection(Flow):
    """检验: the inspection of the test sample (Articles 27 to 32)."""

    chart = "inspection"
    locks_parent = True
    inspector = models.CharField(max_length=60, blank=True)
    verdict = models.CharField(max_length=20, blank=True)
    partial_on = models.DateField(null=True)
    reported_on = models.DateField(null=True)

    @act(
        "IN0",
        source=ABSENT,
        target=State.AWAITING,
        articles=(27,),
    )
    def create(self, proposal: Proposal) -> None:
        """An inspection awaits the sealed samples (Article 27)."""

    @act(
        "IN1",
        source=State.AWAITING,
        target=State.RECEIVED,
        articles=(27,),
        by=("lab",),
        needs=(SAMPLE_RECEIVED,),
    )
    def receive_sample(self, proposal: Proposal) -> None:
        """The laboratory has taken over the test unit (Article 27)."""

    @act(
        "IN2",
        source=State.RECEIVED,
        target=State.CLEARED,
        articles=(28,),
        by=("lab",),
        needs=(QUALIFICATION_VERIFIED,),
        facts=facts.Licence,
    )
    def clear_qualification(self, proposal: Proposal) -> None:
        """The licence or certificate of the producer was verified before testing (Article 28)."""

    @act(
        "IN3",
        source=(State.RECEIVED, State.CLEARED, State.TESTING),
        target=State.TERMINATED_ILLEGAL,
        articles=(28,),
        by=("lab",),
        needs=(SUSPICION_SHOWN,),
        forms=(3,),
        facts=facts.Suspicion,
    )
    def terminate_illegal(self, proposal: Proposal) -> None:
        """A violation of a producer that needs no test stops the inspection; a partial report stands (Article 28)."""

    @act(
        "IN4",
        source=State.CLEARED,
        target=State.TESTING,
        articles=(10, 27, 28, 29),
        by=("lab",),
        needs=(UNIT_ISSUED, NOT_THE_SAMPLER),
        facts=facts.Testing,
    )
    def start_testing(self, proposal: Proposal) -> None:
        """Testing starts, with the inspector who has the unit and did not sample (Articles 10, 27 to 29)."""
        self.inspector = proposal["inspector"] or ""

    @act(
        "IN5",
        source=State.TESTING,
        target=State.TESTING,
        articles=(30,),
        by=("lab",),
        needs=(DANGER_SHOWN,),
        facts=facts.PartialReport,
        dates="partial_on",
    )
    def report_serious(self, proposal: Proposal) -> None:
        """Failed items alone show a danger: a partial report goes out at once (Article 30)."""
        self.verdict = "nonconforming"

    @act(
        "IN6",
        source=State.TESTING,
        target=State.COMPLETED,
        articles=(29,),
        by=("lab",),
        needs=(UNIT_TESTED, ALL_ITEMS),
        facts=facts.Completion,
    )
    def complete(self, proposal: Proposal) -> None:
        """The unit is tested and every item has its result (Article 29)."""

    @act(
        "IN7",
        source=State.COMPLETED,
        target=State.REPORTED,
        articles=(31, 32),
        by=("lab",),
        needs=(REPORT_SIGNED, CONCLUSION_AGREES, ANALYSIS_REPORT),
        facts=facts.Report,
        dates="reported_on",
    )
    def issue_report(self, proposal: Proposal) -> None:
        """The report is issued and sent in; a nonconforming one with its analysis (Articles 31, 32)."""
        self.verdict = proposal["conclusion"] or ""

    @act(
        "IN8",
        source=(State.AWAITING, State.RECEIVED, State.CLEARED, State.TESTING),
        target=State.STOPPED_UNIT_LOST,
        articles=(27,),
        by=("lab", "province"),
        needs=(TEST_UNIT_LOST,),
    )
    def stop_unit_lost(self, proposal: Proposal) -> None:
        """The test unit was lost before the report: no result will come, a partial report stands (Article 27)."""

    def about(self, word: str) -> list[Party]:
        """The producer is concerned when the inspection is stopped (Article 28), all parties otherwise."""
        parties = self.dossier.parties.select_related("enterprise", "handler")
        if word == "county":
            return list(parties.filter(role__in=Party.PRODUCERS))
        return list(parties)
