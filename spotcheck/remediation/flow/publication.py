"""抽查结果公开: the publication of the results of a task (Article 57)."""

from django.db import models

from spotcheck.docket.flow import ABSENT, Flow, Proposal, act
from spotcheck.remediation import facts
from spotcheck.remediation.requirements import (
    AS_APPROVED,
    CHANGED_AFTER_PUBLICATION,
    CONCLUSION_FINAL,
    STOPPED_NOT_CONFORMING,
    has_stopped_samples,
)
from spotcheck.remediation.states import PublicationState as State


class Publication(Flow):
    """抽查结果公开: the publication of the results of a task (Article 57)."""

    chart = "publication"
    approved = models.JSONField(null=True, help_text="the conclusions as they were approved")
    published = models.JSONField(default=dict, help_text="the conclusions as they were published")

    def shows_stopped(self) -> bool:
        """Whether a sample of the task is among those published whose testing was stopped (Article 57)."""
        return has_stopped_samples(self.dossier)

    @act(
        "RP0",
        source=ABSENT,
        target=State.COMPILING,
        articles=(57,),
    )
    def create(self, proposal: Proposal) -> None:
        """The results of a task are compiled (Article 57)."""

    @act(
        "RP1",
        source=(State.COMPILING, State.APPROVED),
        target=State.APPROVED,
        articles=(57,),
        by=("province",),
        needs=(CONCLUSION_FINAL,),
    )
    def approve(self, proposal: Proposal) -> None:
        """The publication is approved once every conclusion is final; after a change anew (Article 57, R44)."""

    @act(
        "RP2",
        source=State.APPROVED,
        target=State.PUBLISHED,
        articles=(57,),
        by=("province",),
        needs=(CONCLUSION_FINAL, AS_APPROVED, STOPPED_NOT_CONFORMING),
        facts=facts.Publishing,
    )
    def publish(self, proposal: Proposal) -> None:
        """The results are published as they were approved (Article 57)."""

    @act(
        "RP3",
        source=(State.PUBLISHED, State.CORRECTED),
        target=State.CORRECTED,
        articles=(57,),
        by=("province",),
        needs=(CHANGED_AFTER_PUBLICATION, STOPPED_NOT_CONFORMING),
        facts=facts.Correction,
    )
    def correct(self, proposal: Proposal) -> None:
        """The publication is corrected after a change or a court decision, as often as there is one (Article 57)."""
