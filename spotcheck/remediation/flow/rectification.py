"""结果处理案卷: the rectification case of one responsible party (Articles 42 to 51)."""

from datetime import date

from django.db import models

from spotcheck.docket import deadlines, register
from spotcheck.docket.flow import ABSENT, ActSpec, Flow, Proposal, act, numbered_for
from spotcheck.docket.models import Deadline, Dossier, Party
from spotcheck.inspection.states import ResultNoticeState
from spotcheck.parties.models import Office
from spotcheck.remediation import coverage, facts
from spotcheck.remediation.requirements import (
    ACTUAL_PLACE,
    AUTHORITY_DECISION,
    CLOSURE_AHEAD,
    CLOSURE_OVER,
    CONCLUSION_FINAL,
    CONCLUSION_STANDS,
    CONDITIONS_RESTORED,
    COURT_DOCUMENT,
    DEREGISTRATION_SHOWN,
    FURTHER_ITEMS,
    HARDSHIP_PROOF,
    IN_SHANDONG,
    LADDER_ROUND,
    MEASURES_DONE,
    ONE_CASE,
    PARTY_PAPER,
    PROOF_IN_TIME,
    PROOF_OF_SERVICE,
    PROVINCE_LETTER,
    REPORT_EXISTS,
    RESTORATION_SHOWN,
    RULE_SET_VALID,
    SECOND_RECHECK_NOT_TOO_EARLY,
    STILL_IN_WINDOW,
    second_recheck_is_early,
)
from spotcheck.remediation.states import RectificationState as State
from spotcheck.rules.sd_2021_1.period_codes import (
    APPLY_FOR_RECHECK,
    CLOSURE_PERIOD,
    FORCED_RECHECK,
    ORGANISE_RECHECK,
    PROVE_HARDSHIP,
    RECHECK_CONCLUSION,
    RECTIFICATION_ORDER,
    RULES_VALIDITY,
    SECOND_RECHECK,
)

RUNNING = (
    State.REPORT_RECEIVED,
    State.ORDER_ISSUED,
    State.RECTIFYING,
    State.APPLIED,
    State.HARDSHIP_CLAIMED,
    State.HARDSHIP_SUSPENDED,
    State.WINDOW_LAPSED,
    State.RECHECKING,
    State.FAILED,
    State.REPORTED_UP,
    State.ANNOUNCED,
    State.CLOSURE_ORDERED,
)
"""The states of a case that has not come to its end."""
ALL_PERIODS = (
    RECTIFICATION_ORDER,
    APPLY_FOR_RECHECK,
    ORGANISE_RECHECK,
    FORCED_RECHECK,
    RECHECK_CONCLUSION,
    SECOND_RECHECK,
    CLOSURE_PERIOD,
)
"""The periods that a case owns."""


class Rectification(Flow):
    """结果处理案卷: the rectification case of one responsible party (Articles 42 to 51)."""

    chart = "rectification"
    opened_by_hand = "party"
    rests_on = "conclusion"
    taken_over_in = (State.REPORT_RECEIVED, State.ORDER_ISSUED, State.RECTIFYING, State.APPLIED)
    taken_back_to = State.WITHDRAWN

    bureau = models.ForeignKey(Office, models.PROTECT, related_name="+", help_text="who has the case")
    previous = models.OneToOneField("self", models.PROTECT, null=True, related_name="next")
    report_received_on = models.DateField(null=True)
    ordered_on = models.DateField(null=True)
    order_received_on = models.DateField(null=True)
    was_received = models.BooleanField(
        default=False, db_default=False, help_text="whether the party has received an order of this case"
    )
    items = models.JSONField(default=list, db_default=[], help_text="the failed items that its orders name")
    covers = models.BooleanField(
        default=True, db_default=True, help_text="false once the order is to be issued anew for its items"
    )
    applied_by_party = models.BooleanField(default=False, db_default=False)
    hardship_claimed_on = models.DateField(null=True)
    round = models.PositiveSmallIntegerField(default=0, help_text="rounds of the ladder of Article 51")
    failures = models.PositiveSmallIntegerField(default=0)
    visits_for_hardship = models.PositiveSmallIntegerField(default=0)
    announced_on = models.DateField(null=True)
    closure_until = models.DateField(null=True)
    moved_to = models.CharField(max_length=6, blank=True)
    moved_in = models.CharField(
        max_length=20, blank=True, default="", db_default="", help_text="the state in which the case was transferred"
    )

    @act(
        "RC1",
        source=ABSENT,
        target=State.REPORT_RECEIVED,
        articles=(42, 43),
        by=("handler",),
        needs=(IN_SHANDONG, RULE_SET_VALID, REPORT_EXISTS, ONE_CASE),
        opens=(RECTIFICATION_ORDER,),
        counts=(RULES_VALIDITY,),
        dates="report_received_on",
    )
    def receive_report(self, proposal: Proposal) -> None:
        """The handling bureau has received the report (Articles 42, 43)."""
        self.bureau = proposal.by.office or self.competent()

    @act(
        "RC2",
        source=State.REPORT_RECEIVED,
        target=State.ORDER_ISSUED,
        articles=(43,),
        by=("handler",),
        needs=(CONCLUSION_STANDS,),
        opens=(FORCED_RECHECK,),
        closes=(RECTIFICATION_ORDER,),
        forms=(11,),
        dates="ordered_on",
    )
    def issue_order(self, proposal: Proposal) -> None:
        """The order to rectify is issued with Form 11, for what no earlier order of the party names (Article 43)."""
        self.bureau = self.competent()
        self._order(proposal)

    @act(
        "RC3",
        source=State.ORDER_ISSUED,
        target=State.RECTIFYING,
        articles=(43, 44),
        by=("handler",),
        needs=(PROOF_OF_SERVICE,),
        opens=(APPLY_FOR_RECHECK,),
        facts=facts.Receipt,
        dates="order_received_on",
    )
    def record_order_receipt(self, proposal: Proposal) -> None:
        """The party has received Form 11; its time to rectify begins, and the ban (Articles 43, 44)."""
        self.was_received = True
        order = deadlines.of(self, FORCED_RECHECK)
        if order is not None and order.due_on < deadlines.due_on(self.dossier, APPLY_FOR_RECHECK, proposal.on):
            proposal.flag("SERVICE_LATE")

    @act(
        "RC4",
        source=State.RECTIFYING,
        target=State.APPLIED,
        articles=(44,),
        by=("enterprise",),
        recorded_by=("handler",),
        needs=(MEASURES_DONE,),
        opens=(ORGANISE_RECHECK,),
        closes=(APPLY_FOR_RECHECK, FORCED_RECHECK),
        facts=facts.Application,
    )
    def apply_recheck(self, proposal: Proposal) -> None:
        """The party applies for the recheck: cause, liability and measures are settled (Article 44)."""
        self.applied_by_party = True
        deadlines.note_contested(proposal, deadlines.of(self, APPLY_FOR_RECHECK))

    @act(
        "RC5",
        source=State.RECTIFYING,
        target=State.HARDSHIP_CLAIMED,
        articles=(45,),
        by=("enterprise",),
        recorded_by=("handler",),
        needs=(HARDSHIP_PROOF,),
        opens=(ORGANISE_RECHECK,),
        closes=(APPLY_FOR_RECHECK, FORCED_RECHECK),
        counts=(PROVE_HARDSHIP,),
        facts=facts.Hardship,
        dates="hardship_claimed_on",
    )
    def claim_hardship(self, proposal: Proposal) -> None:
        """The party proves that it cannot rectify (Article 45)."""
        deadlines.note_contested(proposal, deadlines.of(self, APPLY_FOR_RECHECK))

    @act(
        "RC6",
        source=State.RECTIFYING,
        target=State.WINDOW_LAPSED,
        articles=(44, 46),
        closes=(APPLY_FOR_RECHECK,),
    )
    def lapse(self, proposal: Proposal) -> None:
        """Nothing was submitted in time; the forced recheck comes (Articles 44, 46)."""

    @act(
        "RC7",
        source=State.WINDOW_LAPSED,
        target=State.WINDOW_LAPSED,
        articles=(46,),
        by=("enterprise",),
        recorded_by=("handler",),
    )
    def late_submission(self, proposal: Proposal) -> None:
        """Something is submitted late: recorded, it opens no new period (Article 46)."""
        proposal.flag("LATE_SUBMISSION")

    @act(
        "RC8",
        source=(State.APPLIED, State.HARDSHIP_CLAIMED, State.WINDOW_LAPSED, State.ANNOUNCED, State.CLOSURE_ORDERED),
        target=State.RECHECKING,
        articles=(46, 51),
        by=("handler",),
        needs=(CLOSURE_OVER, SECOND_RECHECK_NOT_TOO_EARLY),
        closes=(ORGANISE_RECHECK, FORCED_RECHECK, SECOND_RECHECK, CLOSURE_PERIOD),
        facts=facts.Start,
    )
    def start_recheck(self, proposal: Proposal) -> None:
        """The bureau organises the recheck; the second one early only when the party asks for it (Articles 46, 51)."""
        if self.comes_early(proposal.on):
            proposal.flag("EARLY_SECOND_RECHECK")
        if self.state == State.HARDSHIP_CLAIMED:
            self.visits_for_hardship += 1
        else:
            self.round += 1

    @act(
        "RC9",
        source=State.RECHECKING,
        target=State.HARDSHIP_SUSPENDED,
        articles=(45, 50),
        closes=(RECHECK_CONCLUSION,),
    )
    def confirm_hardship(self, proposal: Proposal) -> None:
        """The visit has confirmed the inability; the case waits (Articles 45, 50)."""

    @act(
        "RC10",
        source=State.HARDSHIP_SUSPENDED,
        target=State.APPLIED,
        articles=(45,),
        by=("enterprise",),
        recorded_by=("handler",),
        needs=(CONDITIONS_RESTORED,),
        opens=(ORGANISE_RECHECK,),
        facts=facts.Restored,
    )
    def resume_and_apply(self, proposal: Proposal) -> None:
        """Conditions are restored, the party has rectified and applies (Article 45)."""
        self.applied_by_party = True

    @act(
        "RC11",
        source=State.RECHECKING,
        target=State.PASSED,
        articles=(50,),
        closes=(RECHECK_CONCLUSION,),
    )
    def pass_(self, proposal: Proposal) -> None:
        """The recheck is passed (Article 50)."""

    @act(
        "RC12",
        source=State.RECHECKING,
        target=State.FAILED,
        articles=(50, 51),
        closes=(RECHECK_CONCLUSION,),
    )
    def fail(self, proposal: Proposal) -> None:
        """The recheck is failed; a visit for inability that fails on the merits is a round too (50, 51, R19)."""
        self.failures += 1
        self.round = max(self.round, self.failures)

    @act(
        "RC13",
        source=State.FAILED,
        target=State.REPORTED_UP,
        articles=(51,),
        by=("handler",),
        needs=(LADDER_ROUND,),
    )
    def report_up(self, proposal: Proposal) -> None:
        """The first failure is reported up level by level (Article 51)."""

    @act(
        "RC14",
        source=State.REPORTED_UP,
        target=State.ANNOUNCED,
        articles=(51,),
        opens=(SECOND_RECHECK,),
        dates="announced_on",
    )
    def announce(self, proposal: Proposal) -> None:
        """The province has announced the failure (Article 51)."""

    @act(
        "RC15",
        source=State.FAILED,
        target=State.CLOSURE_ORDERED,
        articles=(51,),
        by=("handler",),
        needs=(LADDER_ROUND, CONCLUSION_FINAL, AUTHORITY_DECISION, CLOSURE_AHEAD),
        opens=(CLOSURE_PERIOD,),
        facts=facts.Closure,
    )
    def order_closure(self, proposal: Proposal) -> None:
        """After the second failure the competent authority orders closure and rectification by a date (Article 51)."""
        self.closure_until = proposal["until"]

    @act(
        "RC16",
        source=State.FAILED,
        target=State.LICENCE_REVOKED,
        articles=(51,),
        by=("handler",),
        needs=(LADDER_ROUND, CONCLUSION_FINAL, AUTHORITY_DECISION),
        facts=facts.Revocation,
    )
    def revoke_licence(self, proposal: Proposal) -> None:
        """After the third failure the registration authority revokes the business licence (Article 51)."""

    @act(
        "RC18",
        source=(*RUNNING, State.PASSED),
        target=State.WITHDRAWN,
        articles=(4, 37, 38, 41, 52),
        closes=ALL_PERIODS,
        abandons=True,
    )
    def withdraw(self, proposal: Proposal) -> None:
        """The conclusion or the attribution has fallen: the order is withdrawn (Articles 4, 37, 38, 41, 52)."""
        self._note_lost_closure(proposal)

    @act(
        "RC19",
        source=RUNNING,
        target=State.TRANSFERRED,
        articles=(32, 42),
        by=("handler", "province"),
        needs=(ACTUAL_PLACE, PROVINCE_LETTER),
        closes=ALL_PERIODS,
        facts=facts.Transfer,
        abandons=True,
    )
    def transfer_jurisdiction(self, proposal: Proposal) -> None:
        """The actual place of business is elsewhere: its bureau takes the case, in whatever state (Articles 32, 42)."""
        self.moved_to = proposal["to"] or ""
        self.moved_in = self.state

    @act(
        "RC20",
        source=State.APPLIED,
        target=State.RECTIFYING,
        articles=(44,),
        by=("enterprise",),
        recorded_by=("handler",),
        needs=(STILL_IN_WINDOW, PARTY_PAPER),
        opens=(APPLY_FOR_RECHECK, FORCED_RECHECK),
        closes=(ORGANISE_RECHECK,),
        facts=facts.Withdrawal,
    )
    def withdraw_application(self, proposal: Proposal) -> None:
        """The party takes its application back while the time still runs; not in the text (Article 44)."""

    @act(
        "RC21",
        source=State.WINDOW_LAPSED,
        target=State.APPLIED,
        articles=(44, 46),
        by=("handler",),
        needs=(PROOF_IN_TIME,),
        opens=(ORGANISE_RECHECK,),
        closes=(FORCED_RECHECK,),
        facts=facts.ProofOfLapse,
    )
    def correct_lapse(self, proposal: Proposal) -> None:
        """Proof shows that the application or the proof had arrived in time (Articles 44, 46)."""
        self.applied_by_party = True

    @act(
        "RC22",
        source=ABSENT,
        target=(State.RECTIFYING, *(state for state in RUNNING if state != State.RECTIFYING)),
        articles=(42,),
        opens=ALL_PERIODS,
    )
    def take_over_running(self, proposal: Proposal) -> str:
        """The new bureau takes the case over in the state in which it was; its clocks run on (Article 42, R35, R36)."""
        assert self.previous is not None
        self.bureau = self.competent()
        return self.previous.moved_in

    @act(
        "RC23",
        source=(State.ORDER_ISSUED, State.RECTIFYING),
        target=State.ORDER_ISSUED,
        articles=(30, 43),
        by=("handler",),
        needs=(FURTHER_ITEMS, CONCLUSION_STANDS),
        opens=(FORCED_RECHECK,),
        closes=(APPLY_FOR_RECHECK, FORCED_RECHECK),
        forms=(11,),
        dates="ordered_on",
        abandons=True,
    )
    def supplement_order(self, proposal: Proposal) -> None:
        """What the full report found further gets a further Form 11; the case has one clock (Articles 30, 43, R31)."""
        self.order_received_on = None
        self._order(proposal)

    @act(
        "RC24",
        source=State.HARDSHIP_SUSPENDED,
        target=State.APPLIED,
        articles=(45,),
        by=("handler",),
        needs=(RESTORATION_SHOWN,),
        opens=(ORGANISE_RECHECK,),
        facts=facts.FoundRestored,
    )
    def conditions_restored(self, proposal: Proposal) -> None:
        """The conditions are found restored, and the recheck comes without an application (Article 45, R45)."""
        self.applied_by_party = False

    @act(
        "RC25",
        source=RUNNING,
        target=State.CLOSED_DISSOLVED,
        articles=(45,),
        by=("handler",),
        needs=(DEREGISTRATION_SHOWN,),
        closes=ALL_PERIODS,
        facts=facts.Dissolution,
        abandons=True,
    )
    def close_dissolved(self, proposal: Proposal) -> None:
        """The party is deregistered or dead and nobody goes on with its business (Article 45, R46)."""

    @act(
        "RC26",
        source=(*(state for state in RUNNING if state != State.REPORT_RECEIVED), State.PASSED, State.LICENCE_REVOKED),
        target=(State.WITHDRAWN, State.APPLIED, State.LICENCE_REVOKED),
        articles=(43, 50),
        by=("handler",),
        needs=(COURT_DOCUMENT, LADDER_ROUND),
        opens=(ORGANISE_RECHECK,),
        closes=ALL_PERIODS,
        facts=facts.Annulment,
        abandons=True,
    )
    def annul(self, proposal: Proposal) -> str:
        """A court or the reconsideration body annuls the order, or the last failed recheck (Articles 43, 50, R47)."""
        if self.state == State.LICENCE_REVOKED:
            return State.LICENCE_REVOKED
        self._note_lost_closure(proposal)
        if proposal["what"] == "order":
            self.covers = not proposal["anew"]
            return State.WITHDRAWN
        self.failures -= 1
        self.round -= 1
        self.applied_by_party = False
        return State.APPLIED

    def comes_early(self, on: date) -> bool:
        """Whether a recheck on this day would be the second one before its time (Article 51)."""
        return second_recheck_is_early(self, on)

    def _order(self, proposal: Proposal) -> None:
        """Name the items of the order; a party that was not told the result yet is marked."""
        assert self.party is not None
        named = coverage.further(self.party)
        self.items = [*self.items, *named]
        proposal.facts["items"] = named
        if self.dossier.origin == Dossier.Origin.PROVINCIAL and not self.form7_received():
            proposal.flag("FORM7_NOT_SERVED")

    def _note_lost_closure(self, proposal: Proposal) -> None:
        """A closure is the decision of another authority, which is asked to end it (R42)."""
        if self.state == State.CLOSURE_ORDERED:
            proposal.flag("CLOSURE_LOST_BASIS")

    @classmethod
    def next_label(cls, dossier: Dossier, party: Party | None) -> str:
        """The first case of a party carries its label, one after a transfer a number too."""
        return numbered_for(cls, dossier, party)

    def heir(self) -> "Flow | None":
        """After a transfer the case of the new bureau, to which the clocks have gone (Article 42)."""
        return Rectification.objects.filter(previous=self).select_related("party__enterprise", "party__handler").first()

    def before(self) -> "Flow | None":
        """After a transfer the case of the bureau that had it before."""
        return self.previous

    def opens_now(self, rule: str) -> bool:
        """A case taken over opens what ran before; an annulled recheck brings the time for holding it again."""
        match self.proposal.spec.method:
            case "take_over_running":
                return rule in self._inherited()
            case "annul":
                return self.state == State.APPLIED
            case _:
                return True

    def _inherited(self) -> dict[str, date]:
        """The periods that the transfer of the case before has stopped, with their first days."""
        assert self.proposal.cause is not None
        assert self.previous_id is not None
        stopped = Deadline.objects.filter(
            dossier=self.dossier, ended_by=self.proposal.cause, matter_id=self.previous_id
        )
        return dict(stopped.filter(chart=self.chart).values_list("rule", "started_on"))

    def starts_on(self, rule: str) -> date:
        """Both long periods always run from their own days, also when they are revived; what is taken over runs on."""
        if self.proposal.spec.method == "take_over_running":
            return self._inherited()[rule]
        if rule == APPLY_FOR_RECHECK and self.order_received_on is not None:
            return self.order_received_on
        if rule == FORCED_RECHECK and self.ordered_on is not None:
            return self.ordered_on
        return self.proposal.on

    def ends_as_ordered(self, rule: str) -> date | None:
        """The closure period ends on the day that the order names (Article 51)."""
        return self.closure_until if rule == CLOSURE_PERIOD else None

    def handling_bureaus(self, spec: ActSpec) -> set[str]:
        """The bureau of the actual place; the one that has the case may register and transfer it (Article 42)."""
        assert self.party is not None
        handlers = {self.party.handler.code} if self.party.handler else set()
        if spec.method == "receive_report":
            earlier = register.states(self.dossier, "rectification", self.party)
            passed_on = bool(earlier) and earlier[-1] == State.TRANSFERRED
            return handlers if passed_on else handlers | {self.party.registered_place}
        if spec.method == "transfer_jurisdiction" and self.bureau_id is not None:
            before_order = {*handlers, self.party.registered_place} if self.state == State.REPORT_RECEIVED else set()
            return {self.bureau.code, *before_order}
        return handlers

    def issues_as(self, spec: ActSpec) -> Office | None:
        """A case is handed on by the bureau that has it (Article 42)."""
        return self.bureau if spec.method == "transfer_jurisdiction" else None

    def competent(self) -> Office:
        """The bureau of the actual place of business (Article 42)."""
        assert self.party is not None
        assert self.party.handler is not None
        return self.party.handler

    def form7_received(self) -> bool:
        """Whether the party has received every notice of the result that there is for it."""
        return not {ResultNoticeState.DUE, ResultNoticeState.SENT} & set(
            register.states(self.dossier, "result_notice", self.party)
        )
