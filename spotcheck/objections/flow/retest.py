"""复检: the retest of the reserve sample (Articles 39 to 41)."""

from django.db import models

from spotcheck.docket import deadlines, register
from spotcheck.docket.flow import ABSENT, ActSpec, Flow, Proposal, act, own_act
from spotcheck.inspection import recording
from spotcheck.inspection.facts import LaterResults
from spotcheck.inspection.models import Item, ItemResult
from spotcheck.inspection.own_requirements import LATER_ITEMS_MISSING, LATER_ITEMS_OF_RECORD, OF_LATER_RESULTS
from spotcheck.inspection.results import TestedAgain, newest_of
from spotcheck.objections import facts, retests
from spotcheck.objections.requirements import (
    FILMED,
    FORM9_CONTENTS,
    OTHER_LAB,
    PROOF_IN_TIME,
    RECOMMISSION_REASON,
    RESULTS_GIVEN,
    RETEST_LAB_QUALIFIED,
    RETEST_POSSIBLE,
    RETEST_RESULT,
    WAIVER_GROUND,
)
from spotcheck.objections.states import RetestState as State
from spotcheck.rules.sd_2021_1.period_codes import COMMISSION_RETEST, RETEST_FORMALITIES
from spotcheck.sampling.custody_requirements import CUSTODY_UNBROKEN
from spotcheck.sampling.states import SampleState


class Retest(TestedAgain, Flow):
    """复检: the retest of the reserve sample (Articles 39 to 41)."""

    chart = "retest"
    results_phase = ItemResult.Phase.RETEST
    items = models.JSONField(default=list, help_text="what is disputed")
    commissioned_items = models.JSONField(default=list)
    results = models.JSONField(default=list)
    completed = models.BooleanField(default=False)
    waived_for = models.CharField(max_length=20, blank=True)
    started_on = models.DateField(null=True, help_text="the day on which a body opened the unit")

    @act(
        "RT1",
        source=ABSENT,
        target=State.AWAITING_FORMALITIES,
        articles=(39,),
        opens=(RETEST_FORMALITIES,),
    )
    def create(self, proposal: Proposal) -> None:
        """The retest comes into being with the receipt of Form 8 (Article 39)."""

    @act(
        "RT2",
        source=State.AWAITING_FORMALITIES,
        target=State.FORMALITIES_DONE,
        articles=(39,),
        by=("enterprise",),
        recorded_by=("province",),
        opens=(COMMISSION_RETEST,),
        closes=(RETEST_FORMALITIES,),
    )
    def complete_formalities(self, proposal: Proposal) -> None:
        """The applicant has completed the formalities (Article 39)."""
        deadlines.note_contested(proposal, deadlines.of(self, RETEST_FORMALITIES))

    @act(
        "RT3",
        source=(State.AWAITING_FORMALITIES, State.FORMALITIES_DONE, State.COMMISSIONED),
        target=State.WAIVED,
        articles=(39,),
        by=("system", "province"),
        needs=(WAIVER_GROUND,),
        closes=(RETEST_FORMALITIES, COMMISSION_RETEST),
        facts=facts.Waiver,
        abandons=True,
    )
    def waive(self, proposal: Proposal) -> None:
        """The retest counts as waived: nothing was arranged in time, or the sample was tampered with (Article 39)."""
        self.waived_for = proposal["ground"] or "lapse"

    @act(
        "RT4",
        source=State.FORMALITIES_DONE,
        target=State.COMMISSIONED,
        articles=(40,),
        by=("province",),
        needs=(FORM9_CONTENTS,),
        own=(RETEST_LAB_QUALIFIED,),
        closes=(COMMISSION_RETEST,),
        forms=(9,),
        facts=facts.Commission,
    )
    def commission(self, proposal: Proposal) -> None:
        """The province commissions the retest with Form 9: time and items (Article 40).

        Items of another open objection may be added; one that is left out is marked, for there is one unit (R32).
        """
        self.commissioned_items = proposal["items"] or self.to_be_retested()
        proposal.facts["items"] = list(self.commissioned_items)
        if retests.disputed_beside(self.dossier, self.label) - set(self.commissioned_items):
            proposal.flag("OTHER_ITEMS_OPEN")

    @act(
        "RT5",
        source=State.COMMISSIONED,
        target=State.SAMPLE_HANDED_OVER,
        articles=(39, 40),
        by=("sampler", "sampling_body", "retest_lab"),
        needs=(FILMED,),
        facts=facts.HandOver,
    )
    def hand_over_sample(self, proposal: Proposal) -> None:
        """The sample is confirmed and handed over on film (Articles 39, 40)."""
        proposal.facts.setdefault("filmed", True)  # what the guard has found where the record is full

    @act(
        "RT6",
        source=State.SAMPLE_HANDED_OVER,
        target=State.TESTING,
        articles=(38, 40),
        by=("retest_lab",),
        needs=(OTHER_LAB, RETEST_POSSIBLE),
        facts=facts.Start,
        dates="started_on",
    )
    def start(self, proposal: Proposal) -> None:
        """The retest starts in another laboratory than the first (Articles 38, 40)."""

    @act(
        "RT7",
        source=State.TESTING,
        target=State.REPORTED,
        articles=(41,),
        by=("retest_lab",),
        needs=(RETEST_POSSIBLE, RESULTS_GIVEN),
        own=(LATER_ITEMS_MISSING, LATER_ITEMS_OF_RECORD, CUSTODY_UNBROKEN),
        facts=facts.RetestReport,
    )
    def report(self, proposal: Proposal) -> None:
        """The retest laboratory reports a result for every item of Form 9 (Article 41)."""
        self.results = proposal["items"] or []

    @act(
        "RT8",
        source=State.REPORTED,
        target=State.CLOSED_CONFORMING,
        articles=(41,),
        by=("province",),
        needs=(RETEST_RESULT,),
        forms=(10,),
    )
    def close_conforming(self, proposal: Proposal) -> None:
        """Form 10: the retested items conform (Article 41)."""
        self.completed = True
        self.results = self.settled_results("pass")

    @act(
        "RT9",
        source=State.REPORTED,
        target=State.CLOSED_NONCONFORMING,
        articles=(41,),
        by=("province",),
        needs=(RETEST_RESULT,),
        forms=(10,),
    )
    def close_nonconforming(self, proposal: Proposal) -> None:
        """Form 10: a retested item fails (Article 41)."""
        self.completed = True
        self.results = self.settled_results("fail")

    @act(
        "RT10",
        source=State.WAIVED,
        target=State.FORMALITIES_DONE,
        articles=(39,),
        by=("province",),
        needs=(PROOF_IN_TIME,),
        opens=(COMMISSION_RETEST,),
        facts=facts.ProofOfLapse,
    )
    def reinstate(self, proposal: Proposal) -> None:
        """Proof shows that the formalities had been completed in time (Article 39)."""
        self.waived_for = ""

    @act(
        "RT11",
        source=(
            State.AWAITING_FORMALITIES,
            State.FORMALITIES_DONE,
            State.COMMISSIONED,
            State.SAMPLE_HANDED_OVER,
            State.TESTING,
        ),
        target=State.CANCELLED,
        articles=(38, 39),
        closes=(RETEST_FORMALITIES, COMMISSION_RETEST),
        abandons=True,
    )
    def cancel(self, proposal: Proposal) -> None:
        """The retest cannot be held and the objection was decided anew (Articles 38, 39, R33)."""

    @act(
        "RT12",
        source=(State.COMMISSIONED, State.SAMPLE_HANDED_OVER, State.TESTING),
        target=State.COMMISSIONED,
        articles=(38, 40),
        by=("province",),
        needs=(RECOMMISSION_REASON, FORM9_CONTENTS, RETEST_POSSIBLE, OTHER_LAB),
        own=(RETEST_LAB_QUALIFIED,),
        forms=(9,),
        facts=facts.Recommission,
    )
    def recommission(self, proposal: Proposal) -> None:
        """The body cannot test: another one gets Form 9, and the unit is handed over again (Articles 38, 40)."""

    @own_act(
        "RS2",
        "results.record",
        source=State.TESTING,
        articles=(40, 41),
        by=("retest_lab",),
        needs=OF_LATER_RESULTS,
        facts=LaterResults,
    )
    def record_results(self, proposal: Proposal) -> None:
        """Results of the items of Form 9 are recorded by the limits of the frozen rule (Articles 40, 41)."""
        recording.note(self)

    def items_given(self) -> list[str]:
        """The items of Form 9."""
        return list(self.commissioned_items or self.to_be_retested())

    def results_since(self) -> int:
        """Since the body that tests now was commissioned."""
        return newest_of(self, "retest.commission", "retest.recommission")

    def barred(self, spec: ActSpec) -> bool:
        """Without a reserve unit in somebody's keeping there is nothing to hand over (Article 39)."""
        kept = (SampleState.IN_CUSTODY, SampleState.HELD_BY_ENTERPRISE, SampleState.RELEASED_FOR_RETEST)
        return spec.method == "hand_over_sample" and register.state(self.dossier, "sample", "R") not in kept

    def to_be_retested(self) -> list[str]:
        """The disputed items; when the objection named none, those that failed (Article 40)."""
        failed = Item.objects.filter(dossier=self.dossier, first_result="fail")
        return list(self.items or failed.values_list("name", flat=True))

    def of_others(self, *, completed: bool) -> bool:
        """Whether another retest of the sample has been completed."""
        return retests.of(self.dossier).filter(completed=completed).exclude(label=self.label).exists()

    def settled_results(self, verdict: str) -> list[dict[str, str]]:
        """The results Form 10 rests on: as reported, or the verdict for every commissioned item."""
        return self.results or [{"name": name, "result": verdict} for name in self.commissioned_items]

    @property
    def is_open(self) -> bool:
        """Whether the retest has neither been waived nor closed."""
        return not self.is_ended
