"""公告: the public announcement after a failed re-check (Article 51)."""

from typing import Any, Self

from django.db import models

from spotcheck.docket.flow import ABSENT, ActSpec, Flow, Proposal, act
from spotcheck.docket.models import Dossier, Party
from spotcheck.remediation.flow.rectification import Rectification
from spotcheck.remediation.requirements import (
    CONCLUSION_FINAL,
    LEVEL_BY_LEVEL,
)


class Announcement(Flow):
    """公告: the public announcement after a failed re-check (Article 51)."""

    chart = "announcement"
    case = models.ForeignKey(Rectification, models.CASCADE, related_name="announcements")

    @act(
        "PN0",
        source=ABSENT,
        target="reporting",
        articles=(51,),
    )
    def create(self, proposal: Proposal) -> None:
        """The report on a failed re-check starts on its way up (Article 51)."""

    @act(
        "PN1",
        source="reporting",
        target="at_city",
        articles=(51,),
        by=("county",),
        needs=(LEVEL_BY_LEVEL,),
    )
    def submit_to_city(self, proposal: Proposal) -> None:
        """The county has reported to the city (Article 51)."""

    @act(
        "PN2",
        source=("reporting", "at_city"),
        target="at_province",
        articles=(51,),
        by=("city",),
        needs=(LEVEL_BY_LEVEL,),
    )
    def submit_to_province(self, proposal: Proposal) -> None:
        """The city has reported to the province (Article 51)."""

    @act(
        "PN3",
        source="at_province",
        target="announced",
        articles=(51,),
        by=("province",),
        needs=(LEVEL_BY_LEVEL, CONCLUSION_FINAL),
    )
    def announce(self, proposal: Proposal) -> None:
        """The province announces to the public (Article 51)."""

    @act(
        "PN4",
        source="announced",
        target="corrected",
        articles=(51,),
        by=("province",),
        needs=(LEVEL_BY_LEVEL,),
    )
    def correct(self, proposal: Proposal) -> None:
        """The province corrects the announcement (Article 51)."""

    @classmethod
    def new(cls, dossier: Dossier, party: Party | None = None, **fields: Any) -> Self:
        """A report has the label of the case it is about."""
        return cls(dossier=dossier, party=party, label=fields["case"].label, **fields)

    def barred(self, spec: ActSpec) -> bool:
        """A report whose case was withdrawn goes no further and is not announced."""
        return spec.method != "correct" and self.case.state != "reported_up"
