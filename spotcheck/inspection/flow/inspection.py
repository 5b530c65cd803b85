"""检验: the inspection of the test sample (Articles 27 to 32)."""

from django.db import models

from spotcheck.docket.flow import ABSENT, ActSpec, Flow, Proposal, act, own_act
from spotcheck.docket.models import Party
from spotcheck.docket.sessions import parties_of
from spotcheck.inspection import facts, recording, results
from spotcheck.inspection.own_requirements import (
    DETAIL_RULE_CHOSEN,
    ITEMS_MISSING,
    ITEMS_OF_RECORD,
    OF_RESULTS,
    PARTIAL_REPORT_ATTACHED,
    PARTIAL_REPORT_OWED,
    REPORT_ATTACHED,
    RESULTS_WOULD_CHANGE,
    task_of,
)
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
from spotcheck.parties.models import Post
from spotcheck.planning.bodies import reports_beyond
from spotcheck.planning.detail_rules import snapshot
from spotcheck.sampling.custody_requirements import CUSTODY_UNBROKEN
from spotcheck.sampling.requirements import inspector_of, name_of_inspector


class Inspection(Flow, results.Tested):
    """检验: the inspection of the test sample (Articles 27 to 32)."""

    chart = "inspection"
    locks_parent = True
    taken_over_in = (State.REPORTED,)
    inspector = models.CharField(max_length=60, blank=True)
    inspector_post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    verdict = models.CharField(max_length=20, blank=True)
    partial_on = models.DateField(null=True)
    reported_on = models.DateField(null=True)
    detail_rule = models.ForeignKey("planning.DetailRule", models.PROTECT, null=True, related_name="+")
    rule_snapshot = models.JSONField(default=dict, db_default={}, help_text="the rule as it was when testing began")

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
        own=(DETAIL_RULE_CHOSEN,),
        facts=facts.Testing,
    )
    def start_testing(self, proposal: Proposal) -> None:
        """Testing starts, with the inspector who has the unit and did not sample (Articles 10, 27 to 29)."""
        self.inspector, self.inspector_post = name_of_inspector(self)[:60], inspector_of(self)
        task = task_of(self)
        if task is not None and task.detail_rule is not None:
            self.detail_rule, self.rule_snapshot = task.detail_rule, snapshot(task.detail_rule)
            proposal.facts["detail_rule"] = f"{task.detail_rule}（SHA-256 {task.detail_rule.fingerprint}）"

    @own_act(
        "RS2",
        "results.record",
        source=(State.TESTING, State.COMPLETED),
        articles=(29, 31),
        by=("lab",),
        needs=OF_RESULTS,
        facts=facts.ItemResults,
    )
    def record_results(self, proposal: Proposal) -> None:
        """Results are recorded item by item, by the limits of the frozen rule and of the label (Articles 29, 31)."""
        recording.note(self)

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
        if self.rule_snapshot:
            proposal.facts["all_items"] = True

    @act(
        "IN7",
        source=State.COMPLETED,
        target=State.REPORTED,
        articles=(31, 32),
        by=("lab",),
        needs=(REPORT_SIGNED, CONCLUSION_AGREES, ANALYSIS_REPORT),
        own=(ITEMS_MISSING, ITEMS_OF_RECORD, CUSTODY_UNBROKEN),
        facts=facts.Report,
        dates="reported_on",
    )
    def issue_report(self, proposal: Proposal) -> None:
        """The report is issued and sent in; a nonconforming one with its analysis (Articles 31, 32)."""
        self.verdict = proposal["conclusion"] or ""
        if self.rule_snapshot:
            proposal.facts["items"] = results.reported(results.of(self))
        if reports_beyond(self.dossier, proposal.on):
            proposal.flag("CMA_NOT_COVERED")

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

    @own_act(
        "RP1",
        "report.file_partial",
        source=(State.TESTING, State.COMPLETED, State.REPORTED),
        articles=(30,),
        by=("lab",),
        needs=(PARTIAL_REPORT_OWED, PARTIAL_REPORT_ATTACHED),
    )
    def file_partial_report(self, proposal: Proposal) -> None:
        """The report on a danger that was told at once is handed in (Article 30)."""

    @own_act(
        "RP2",
        "report.replace_file",
        source=State.REPORTED,
        articles=(29, 31),
        by=("lab",),
        needs=(REPORT_ATTACHED, RESULTS_WOULD_CHANGE),
        facts=facts.ReplacedReport,
    )
    def replace_report_file(self, proposal: Proposal) -> None:
        """The file of the report is replaced for a slip of the pen; its results stay (Articles 29, 31)."""

    def is_meant_by(self, spec: ActSpec) -> bool:
        """Results are recorded item by item only where the case has its rule (29), a danger's report once (30)."""
        match spec.method:
            case "record_results":
                return bool(self.rule_snapshot)
            case "file_partial_report":
                return self.partial_on is not None and PARTIAL_REPORT_OWED.holds(self)
            case _:
                return True

    def about(self, word: str) -> list[Party]:
        """The producer is concerned when the inspection is stopped (Article 28), all parties otherwise."""
        parties = parties_of(self.dossier)
        return [party for party in parties if party.is_producer] if word == "county" else parties
