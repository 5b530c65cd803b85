"""公告: the public announcement after a failed recheck (Article 51)."""

from typing import Any, Self

from django.db import models

from spotcheck.docket import register
from spotcheck.docket.flow import ABSENT, Flow, Proposal, act
from spotcheck.docket.models import Dossier, Party
from spotcheck.inspection.states import ConclusionState
from spotcheck.remediation import facts
from spotcheck.remediation.flow.rectification import Rectification
from spotcheck.remediation.requirements import (
    CASE_REPORTED_UP,
    CONCLUSION_FINAL,
    CORRECTION_BASIS,
    LEVEL_BY_LEVEL,
)
from spotcheck.remediation.states import AnnouncementState as State
from spotcheck.remediation.states import RectificationState

FALLEN = (ConclusionState.REVOKED, ConclusionState.FINAL_CONFORMING)
ENDED_WELL = (RectificationState.WITHDRAWN, RectificationState.PASSED)


class Announcement(Flow):
    """公告: the public announcement after a failed recheck (Article 51)."""

    chart = "announcement"
    case = models.ForeignKey(Rectification, models.CASCADE, related_name="announcements")
    told = models.JSONField(default=dict, db_default={}, help_text="case and conclusion as last told")

    @act(
        "PN0",
        source=ABSENT,
        target=State.REPORTING,
        articles=(51,),
    )
    def create(self, proposal: Proposal) -> None:
        """The report on a failed recheck starts on its way up (Article 51)."""

    @act(
        "PN1",
        source=State.REPORTING,
        target=State.AT_CITY,
        articles=(51,),
        by=("county",),
        needs=(LEVEL_BY_LEVEL, CASE_REPORTED_UP),
    )
    def submit_to_city(self, proposal: Proposal) -> None:
        """The county has reported to the city (Article 51)."""

    @act(
        "PN2",
        source=(State.REPORTING, State.AT_CITY),
        target=State.AT_PROVINCE,
        articles=(51,),
        by=("city",),
        needs=(LEVEL_BY_LEVEL, CASE_REPORTED_UP),
    )
    def submit_to_province(self, proposal: Proposal) -> None:
        """The city has reported to the province (Article 51)."""

    @act(
        "PN3",
        source=State.AT_PROVINCE,
        target=State.ANNOUNCED,
        articles=(51,),
        by=("province",),
        needs=(LEVEL_BY_LEVEL, CASE_REPORTED_UP, CONCLUSION_FINAL),
    )
    def announce(self, proposal: Proposal) -> None:
        """The province announces to the public (Article 51)."""
        self.told = {}

    @act(
        "PN4",
        source=(State.ANNOUNCED, State.CORRECTED),
        target=State.CORRECTED,
        articles=(51,),
        by=("province",),
        needs=(CORRECTION_BASIS,),
        facts=facts.AnnouncementCorrection,
    )
    def correct(self, proposal: Proposal) -> None:
        """The province corrects the announcement on a change or a decision; it can be corrected again (Article 51).

        A change is told once. A judgment or a clerical mistake tells none: what has changed is still to be told.
        """
        if proposal["basis"] == "changed":
            self.told = self.now()

    @act(
        "PN6",
        source=(State.REPORTING, State.AT_CITY, State.AT_PROVINCE, State.ANNOUNCED, State.CORRECTED),
        target=State.REPORTING,
        articles=(51,),
    )
    def report_again(self, proposal: Proposal) -> None:
        """The recheck that failed was annulled and has failed again: the report starts anew (Article 51)."""

    @classmethod
    def new(cls, dossier: Dossier, party: Party | None = None, **fields: Any) -> Self:
        """A report has the label of the case it is about."""
        return cls(dossier=dossier, party=party, label=fields["case"].label, **fields)

    def now(self) -> dict[str, str | None]:
        """Where case and conclusion stand, as far as what was announced depends on it."""
        return {"case": self.case.state, "conclusion": register.state(self.dossier, "conclusion")}

    def has_changed(self) -> bool:
        """Whether the case ended well, or the conclusion fell, since the announcement, and was not told yet (R54)."""
        now = self.now()
        fell = now["conclusion"] in FALLEN and now["conclusion"] != self.told.get("conclusion")
        ended = now["case"] in ENDED_WELL and now["case"] != self.told.get("case")
        return fell or ended
