"""复查: one recheck visit of a case (Articles 46 to 50)."""

from django.db import models

from spotcheck.docket.flow import ABSENT, ActSpec, Flow, Proposal, act, numbered_for, own_act
from spotcheck.docket.models import Dossier, Party
from spotcheck.inspection import recording
from spotcheck.inspection.facts import LaterResults
from spotcheck.inspection.models import Item, ItemResult
from spotcheck.inspection.own_requirements import LATER_ITEMS_MISSING, LATER_ITEMS_OF_RECORD, OF_LATER_RESULTS
from spotcheck.inspection.results import TestedAgain, newest_of
from spotcheck.remediation import facts
from spotcheck.remediation.flow.rectification import Rectification
from spotcheck.remediation.requirements import (
    FINDING_WRITTEN,
    HARDSHIP_CLAIMED,
    LABEL_ONLY,
    NO_FEE,
    NOT_RECTIFIED,
    PRODUCER_PASS_SHOWN,
    PRODUCERS_ONLY,
    RECHECK_RESULT,
    RECOMMISSION_REASON,
    RECTIFIED,
    SAMPLE_REFUSED,
    TECHNICAL_BODY_QUALIFIED,
    TEST_REPORT,
)
from spotcheck.remediation.states import RecheckState as State
from spotcheck.remediation.states import RectificationState
from spotcheck.rules.sd_2021_1.period_codes import RECHECK_CONCLUSION


class Recheck(TestedAgain, Flow):
    """复查: one recheck visit of a case (Articles 46 to 50)."""

    chart = "recheck"
    results_phase = ItemResult.Phase.RECHECK
    case = models.ForeignKey(Rectification, models.CASCADE, related_name="visits")
    is_round = models.BooleanField(default=True)
    rectified = models.BooleanField(null=True)
    test_conclusion = models.CharField(max_length=20, blank=True)
    verified_on = models.DateField(null=True)

    @act(
        "RR1",
        source=ABSENT,
        target=State.OPENED,
        articles=(46,),
    )
    def open(self, proposal: Proposal) -> None:
        """A visit begins with the first act of the bureau (Article 46)."""

    @act(
        "RR2",
        source=State.OPENED,
        target=State.VERIFIED,
        articles=(47, 48),
        by=("handler",),
        needs=(FINDING_WRITTEN,),
        opens=(RECHECK_CONCLUSION,),
        facts=facts.SiteCheck,
        dates="verified_on",
    )
    def verify_on_site(self, proposal: Proposal) -> None:
        """The rectification was verified on site (Articles 47, 48)."""
        self.rectified = proposal["rectified"]

    @act(
        "RR3",
        source=State.VERIFIED,
        target=State.TEST_COMMISSIONED,
        articles=(47,),
        by=("handler",),
        needs=(PRODUCERS_ONLY, RECTIFIED, NO_FEE),
        own=(TECHNICAL_BODY_QUALIFIED,),
        closes=(RECHECK_CONCLUSION,),
        forms=(12,),
        facts=facts.TestCommission,
    )
    def commission_test(self, proposal: Proposal) -> None:
        """A recheck test is commissioned with Form 12; for producers, free of charge (Article 47)."""

    @act(
        "RR4",
        source=State.TEST_COMMISSIONED,
        target=State.TESTED,
        articles=(47,),
        by=("technical_body",),
        recorded_by=("handler",),
        needs=(TEST_REPORT,),
        own=(LATER_ITEMS_MISSING, LATER_ITEMS_OF_RECORD),
        opens=(RECHECK_CONCLUSION,),
        facts=facts.TestResult,
    )
    def test_done(self, proposal: Proposal) -> None:
        """The technical body has completed the test (Article 47)."""
        self.test_conclusion = proposal["conclusion"] or ""

    @act(
        "RR5",
        source=State.VERIFIED,
        target=State.PASSED,
        articles=(47, 48, 50),
        by=("handler",),
        needs=(RECTIFIED, PRODUCER_PASS_SHOWN, LABEL_ONLY),
        closes=(RECHECK_CONCLUSION,),
        forms=(13,),
        facts=facts.PassWithoutTest,
    )
    def pass_without_test(self, proposal: Proposal) -> None:
        """Passed without test: labels only, or a seller (Articles 47, 48, 50)."""

    @act(
        "RR6",
        source=State.TESTED,
        target=State.PASSED,
        articles=(47, 50),
        by=("handler",),
        needs=(RECHECK_RESULT,),
        closes=(RECHECK_CONCLUSION,),
        forms=(13,),
    )
    def pass_with_test(self, proposal: Proposal) -> None:
        """Passed on the test (Articles 47, 50)."""

    @act(
        "RR7",
        source=State.VERIFIED,
        target=State.FAILED,
        articles=(50, 51),
        by=("handler",),
        needs=(NOT_RECTIFIED,),
        closes=(RECHECK_CONCLUSION,),
        forms=(13,),
    )
    def fail_without_test(self, proposal: Proposal) -> None:
        """Failed without test: nothing was rectified (Articles 50, 51)."""

    @act(
        "RR8",
        source=State.TESTED,
        target=State.FAILED,
        articles=(50, 51),
        by=("handler",),
        needs=(RECHECK_RESULT,),
        closes=(RECHECK_CONCLUSION,),
        forms=(13,),
    )
    def fail_with_test(self, proposal: Proposal) -> None:
        """Failed on the test (Articles 50, 51)."""

    @act(
        "RR9",
        source=State.VERIFIED,
        target=State.HARDSHIP_CONFIRMED,
        articles=(45, 50),
        by=("handler",),
        needs=(HARDSHIP_CLAIMED,),
        closes=(RECHECK_CONCLUSION,),
        forms=(13,),
    )
    def confirm_hardship(self, proposal: Proposal) -> None:
        """The inability to rectify is confirmed (Articles 45, 50)."""

    @act(
        "RR10",
        source=State.TEST_COMMISSIONED,
        target=State.TEST_COMMISSIONED,
        articles=(47,),
        by=("handler",),
        needs=(RECOMMISSION_REASON, NO_FEE),
        own=(TECHNICAL_BODY_QUALIFIED,),
        forms=(12,),
        facts=facts.Recommission,
    )
    def recommission(self, proposal: Proposal) -> None:
        """The technical body cannot test: another one gets Form 12, for a reason (Article 47, R51)."""

    @act(
        "RR11",
        source=State.TEST_COMMISSIONED,
        target=State.FAILED,
        articles=(47, 50),
        by=("handler",),
        needs=(SAMPLE_REFUSED,),
        forms=(13,),
        facts=facts.NoSample,
    )
    def fail_no_sample(self, proposal: Proposal) -> None:
        """The party provides no sample for the test, on a written finding (Articles 47, 50, R51)."""

    @own_act(
        "RS2",
        "results.record",
        source=State.TEST_COMMISSIONED,
        articles=(47,),
        by=("technical_body",),
        needs=OF_LATER_RESULTS,
        facts=LaterResults,
    )
    def record_results(self, proposal: Proposal) -> None:
        """Results of the items of Form 12 are recorded by the limits of the frozen rule (Article 47)."""
        recording.note(self)

    def items_given(self) -> list[str]:
        """The failed items that the orders of the case name; all that still stand as failed, where they name none."""
        failed = Item.objects.filter(dossier=self.dossier_id, result=Item.Verdict.FAIL).order_by("pk")
        return list(self.case.items or failed.values_list("name", flat=True))

    def results_since(self) -> int:
        """Since the body that tests now was commissioned."""
        return newest_of(self, "recheck.commission_test", "recheck.recommission")

    @classmethod
    def next_label(cls, dossier: Dossier, party: Party | None) -> str:
        """Visits to a party are counted through, over all its cases."""
        return numbered_for(cls, dossier, party, always=True)

    def barred(self, spec: ActSpec) -> bool:
        """A visit has ended with its case when the case was withdrawn."""
        return self.case.state != RectificationState.RECHECKING

    def owner(self) -> Flow:
        """Periods belong to the case, not to the visit."""
        return self.case
