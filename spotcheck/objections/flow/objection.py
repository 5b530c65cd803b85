"""异议: one objection of one party (Articles 35 to 38)."""

from typing import Final

from django.db import models

from spotcheck.docket import deadlines
from spotcheck.docket.flow import ABSENT, ActSpec, Flow, Proposal, act, numbered, own_act
from spotcheck.docket.models import Dossier, Party
from spotcheck.inspection.models import Item, ResultNotice
from spotcheck.inspection.states import ResultNoticeState
from spotcheck.objections import facts, retests
from spotcheck.objections.requirements import (
    BOTH_CITY_FINDINGS,
    DECISION_REASONED,
    DENIAL_BY_NOMINAL,
    FINAL_AFTER_RETEST,
    FINDINGS_DECIDE,
    IN_TIME_OBJECTION,
    LATE_OBJECTION,
    NOT_A_DENIAL,
    OTHER_LAB,
    PARTY_PAPER,
    PROOF_OF_SERVICE,
    PROVINCIAL_CHECK_ONLY,
    RETEST_IMPOSSIBLE,
    RETEST_POSSIBLE,
    VERIFICATION_REASONED,
    WRITTEN_CONCLUSIONS,
    WRITTEN_EVIDENCE,
)
from spotcheck.objections.states import ObjectionState as State
from spotcheck.rules.sd_2021_1.period_codes import LODGE_OBJECTION

WRITTEN: Final = {"written_conclusions": list(facts.WRITERS)}
"""What a decision rests on, claimed or on record: both writers have concluded in writing (Article 36)."""


class Objection(Flow):
    """异议: one objection of one party (Articles 35 to 38)."""

    chart = "objection"
    opened_by_hand = "party"
    rests_on = "conclusion"
    taken_over_in = (State.FILED,)
    taken_back_to = State.WITHDRAWN

    class Standing(models.TextChoices):
        """Whether the objection counts (Articles 35, 38)."""

        IN_TIME = "in_time"
        LATE = "late"
        UNDER_CORRECTION = "under_correction"

    grounds = models.CharField(max_length=20)
    items = models.JSONField(default=list)
    filed_on = models.DateField(null=True)
    standing = models.CharField(max_length=20, choices=Standing.choices)
    window = models.ForeignKey(ResultNotice, models.PROTECT, null=True, related_name="+")
    findings_from = models.JSONField(default=list)
    produced = models.BooleanField(null=True, help_text="what the cities found; nothing while they differ")
    cities_differ = models.BooleanField(default=False, db_default=False)
    reason = models.CharField(max_length=30, blank=True)
    decided_on = models.DateField(null=True)
    decision_received_on = models.DateField(null=True)

    @act(
        "OB1",
        source=ABSENT,
        target=State.FILED,
        articles=(35,),
        by=("enterprise",),
        recorded_by=("province",),
        needs=(PROVINCIAL_CHECK_ONLY, WRITTEN_EVIDENCE, FINAL_AFTER_RETEST),
        facts=facts.Filing,
        dates="filed_on",
    )
    def file(self, proposal: Proposal) -> None:
        """A party objects in writing with evidence; lateness is found per party (Article 35)."""
        self.grounds = proposal["grounds"] or ""
        self.items = self.disputed(proposal)
        self.window = self.window_of(self.party)
        period = deadlines.of(self.window, LODGE_OBJECTION) if self.window else None
        deadlines.note_contested(proposal, period)
        if not deadlines.in_time(period, proposal.on):
            self.standing = self.Standing.LATE
            proposal.flag("LATE_OBJECTION")
        elif self.window is not None and self.window.state == ResultNoticeState.WINDOW_CLOSED:
            self.standing = self.Standing.UNDER_CORRECTION
        else:
            self.standing = self.Standing.IN_TIME

    @act(
        "OB2",
        source=State.FILED,
        target=State.VERIFYING,
        articles=(36,),
        by=("province",),
        needs=(IN_TIME_OBJECTION, NOT_A_DENIAL),
    )
    def start_verification(self, proposal: Proposal) -> None:
        """The province has the objection verified (Article 36)."""

    @act(
        "OB3",
        source=State.FILED,
        target=State.CONCLUDED_MAINTAIN,
        articles=(38,),
        by=("province",),
        needs=(LATE_OBJECTION,),
        forms=(8,),
        dates="decided_on",
    )
    def maintain_late(self, proposal: Proposal) -> None:
        """A late objection is answered: the conclusion stands (Article 38)."""
        self.reason = "late"

    @act(
        "OB4",
        source=State.VERIFYING,
        target=State.EXPERT_REVIEW,
        articles=(36,),
        by=("province",),
    )
    def ask_experts(self, proposal: Proposal) -> None:
        """The province calls experts where necessary (Article 36)."""

    @act(
        "OB5",
        source=State.EXPERT_REVIEW,
        target=State.VERIFYING,
        articles=(36,),
        by=("expert",),
        recorded_by=("province",),
    )
    def expert_opinion(self, proposal: Proposal) -> None:
        """The experts have given their opinion (Article 36)."""

    @act(
        "OB6",
        source=State.FILED,
        target=State.TRANSFERRED,
        articles=(37,),
        by=("province",),
        needs=(DENIAL_BY_NOMINAL, IN_TIME_OBJECTION),
    )
    def transfer_denial(self, proposal: Proposal) -> None:
        """A denial of production goes to the two city bureaus (Article 37)."""

    @act(
        "OB7",
        source=State.TRANSFERRED,
        target=State.VERIFYING,
        articles=(37,),
        by=("city",),
        recorded_by=("province",),
        needs=(BOTH_CITY_FINDINGS,),
        facts=facts.Findings,
    )
    def denial_findings(self, proposal: Proposal) -> None:
        """Both city bureaus have answered in writing; they may differ (Article 37)."""
        self.findings_from = proposal["from"]
        self.cities_differ = proposal["produced"] == "differ"
        self.produced = None if self.cities_differ else proposal["produced"] == "yes"

    @act(
        "OB8",
        source=State.VERIFYING,
        target=State.CONCLUDED_MAINTAIN,
        articles=(36, 38),
        by=("province",),
        needs=(WRITTEN_CONCLUSIONS, DECISION_REASONED, FINDINGS_DECIDE),
        forms=(8,),
        facts=facts.Maintain,
        dates="decided_on",
    )
    def maintain(self, proposal: Proposal) -> None:
        """The objection is not founded, or no retest is possible: the conclusion stands (Articles 36, 38)."""
        self.reason = proposal["reason"] or ""
        proposal.facts |= WRITTEN | {"verdicts": "support"}  # what the guards have found

    @act(
        "OB9",
        source=State.VERIFYING,
        target=State.CONCLUDED_REVOKE,
        articles=(36, 38),
        by=("province",),
        needs=(WRITTEN_CONCLUSIONS,),
        forms=(8,),
        facts=facts.Revoke,
        dates="decided_on",
    )
    def revoke(self, proposal: Proposal) -> None:
        """Sampling or authenticity was defective: the conclusion is revoked (Articles 36, 38)."""
        proposal.facts |= WRITTEN
        self.reason = proposal["reason"] or ""

    @act(
        "OB10",
        source=State.VERIFYING,
        target=State.CONCLUDED_RETEST,
        articles=(36, 38),
        by=("province",),
        needs=(WRITTEN_CONCLUSIONS, OTHER_LAB, FINDINGS_DECIDE, RETEST_POSSIBLE),
        forms=(8,),
        facts=facts.OrderRetest,
        dates="decided_on",
    )
    def order_retest(self, proposal: Proposal) -> None:
        """A retest is needed and possible: there is one reserve unit, and it is free (Articles 36, 38)."""
        proposal.facts |= WRITTEN

    @act(
        "OB11",
        source=State.VERIFYING,
        target=State.CONCLUDED_DENIAL_UPHELD,
        articles=(36, 37),
        by=("province",),
        needs=(WRITTEN_CONCLUSIONS, BOTH_CITY_FINDINGS, FINDINGS_DECIDE),
        forms=(8,),
        facts=facts.UpholdDenial,
        dates="decided_on",
    )
    def uphold_denial(self, proposal: Proposal) -> None:
        """The nominal producer did not make the product (Articles 36, 37)."""
        proposal.facts |= WRITTEN

    @act(
        "OB12",
        source=(State.FILED, State.VERIFYING, State.EXPERT_REVIEW, State.TRANSFERRED),
        target=State.WITHDRAWN,
        articles=(35,),
        by=("enterprise",),
        recorded_by=("province",),
        needs=(PARTY_PAPER,),
        facts=facts.Withdrawal,
    )
    def withdraw(self, proposal: Proposal) -> None:
        """The party takes its objection back at any time before the decision; not in the text (Article 35, R53)."""

    @act(
        "OB13",
        source=(State.VERIFYING, State.EXPERT_REVIEW),
        target=State.ANSWERED,
        articles=(40, 41),
    )
    def answer_by_retest(self, proposal: Proposal) -> None:
        """Form 10 of a retest whose Form 9 named every item of this objection answers it too (Articles 40, 41)."""

    @act(
        "OB14",
        source=State.CONCLUDED_RETEST,
        target=(State.CONCLUDED_MAINTAIN, State.CONCLUDED_REVOKE),
        articles=(38, 39),
        by=("province",),
        needs=(RETEST_IMPOSSIBLE, WRITTEN_CONCLUSIONS),
        forms=(8,),
        facts=facts.NewDecision,
        dates="decided_on",
    )
    def decide_anew(self, proposal: Proposal) -> str:
        """The ordered retest cannot be held, through no fault of the applicant: decided anew (Articles 38, 39, R33)."""
        proposal.facts |= WRITTEN
        self.decision_received_on = None
        self.reason = proposal["cause"] or ""
        return f"concluded_{proposal['decision']}"

    @act(
        "OB15",
        source=State.EXPERT_REVIEW,
        target=State.VERIFYING,
        articles=(36,),
        by=("province",),
        needs=(DECISION_REASONED,),
        facts=facts.Reason,
    )
    def proceed_without_experts(self, proposal: Proposal) -> None:
        """The experts do not answer, and are asked only when necessary: it goes on without them (Article 36, R53)."""

    @own_act(
        "VF1",
        "verification.file",
        source=(State.VERIFYING, State.EXPERT_REVIEW),
        articles=(36,),
        by=("lab", "sampling_body"),
        needs=(VERIFICATION_REASONED,),
        facts=facts.VerificationFiling,
    )
    def file_verification(self, proposal: Proposal) -> None:
        """The laboratory or the sampling body puts its conclusion on the objection in writing (Article 36)."""

    @act(
        "OBX",
        source=(
            State.CONCLUDED_MAINTAIN,
            State.CONCLUDED_REVOKE,
            State.CONCLUDED_RETEST,
            State.CONCLUDED_DENIAL_UPHELD,
        ),
        target=None,
        articles=(39,),
        by=("province",),
        needs=(PROOF_OF_SERVICE,),
        facts=facts.Receipt,
        dates="decision_received_on",
    )
    def record_decision_receipt(self, proposal: Proposal) -> None:
        """The applicant has received Form 8; after a decision for a retest its formalities begin (Article 39)."""

    def barred(self, spec: ActSpec) -> bool:
        """The decision is received once."""
        return spec.method == "record_decision_receipt" and self.decision_received_on is not None

    def about(self, word: str) -> list[Party]:
        """Cities are those of nominal producer and seller (Article 37); otherwise the applicant's place counts.

        In a file without a seller it is the city of who was sampled that can see the goods (R63).
        """
        if word != "city":
            return super().about(word)
        parties = list(self.dossier.parties.all())
        second = Party.Role.SELLER if any(party.is_seller for party in parties) else Party.Role.SAMPLED_PRODUCER
        return [party for party in parties if party.role in {Party.Role.NOMINAL_PRODUCER, second}] or parties

    @property
    def is_denial(self) -> bool:
        """Whether a nominal producer denies having made the product (Article 37)."""
        return self.grounds == "denial" and self.party is not None and self.party.role == Party.Role.NOMINAL_PRODUCER

    @property
    def is_open(self) -> bool:
        """Whether it was filed in time, or with a date in time, and is neither decided nor withdrawn.

        A decision for a retest keeps it open until Form 8 is received. One whose window has wrongly lapsed changes
        nothing before the correction, but nothing that cannot be undone is done while it lies there (R43).
        """
        undelivered = self.state == State.CONCLUDED_RETEST and self.decision_received_on is None
        return self.standing != self.Standing.LATE and (not self.is_ended or undelivered)

    def unit_is_spoken_for(self) -> bool:
        """Whether a retest of the sample is open, decided and not yet begun, or has used the reserve unit."""
        return retests.are_open(self.dossier) or retests.of(self.dossier).filter(completed=True).exists()

    def unit_was_in_a_test(self) -> bool:
        """Whether a retest has begun with the reserve unit: whoever orders another one looks at it first (R64)."""
        return retests.of(self.dossier).filter(started_on__isnull=False).exists()

    def is_meant_by(self, spec: ActSpec) -> bool:
        """Decided anew is only what can still be cancelled (Article 38, R33)."""
        return spec.method != "decide_anew" or self.retest_can_be_cancelled()

    def retest_can_be_cancelled(self) -> bool:
        """Whether the retest that was ordered has neither been reported nor come to another end."""
        own = retests.of(self.dossier).filter(label=self.label).first()
        return own is None or own.state in retests.BEFORE_REPORT

    @staticmethod
    def window_of(party: Party | None) -> ResultNotice | None:
        """The notice whose window counts for a filing of this party: the newest served, else the newest received."""
        notices = ResultNotice.objects.filter(party=party, received_on__isnull=False).order_by("-id")
        return (
            notices.filter(state=ResultNoticeState.SERVED).first()
            or notices.exclude(state__in=(ResultNoticeState.DUE, ResultNoticeState.SENT)).first()
        )

    def disputed(self, proposal: Proposal) -> list[str]:
        """The items that the objection disputes: those named, or all that failed in the report."""
        if proposal["grounds"] != "test_result":
            return []
        failed = Item.objects.filter(dossier=self.dossier, first_result="fail").order_by("pk")
        names = failed.filter(settled=False) if failed.filter(settled=False).exists() else failed
        return list(proposal["items"] or names.values_list("name", flat=True))

    @classmethod
    def next_label(cls, dossier: Dossier, party: Party | None) -> str:
        """Objections are numbered in the order of filing."""
        return numbered(cls, dossier)
