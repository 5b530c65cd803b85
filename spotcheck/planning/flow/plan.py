"""年度计划: the annual plan of provincial checks (Articles 7, 8)."""

from django.db import models

from spotcheck.docket import deadlines, law
from spotcheck.docket.flow import Flow, Proposal, act
from spotcheck.planning import facts
from spotcheck.planning.requirements import (
    FILING_PROOF,
    IN_CATALOGUE,
    REASON,
    TASKS_CLOSED,
)
from spotcheck.planning.states import PlanState as State
from spotcheck.rules.sd_2021_1.period_codes import PLAN_SUGGESTIONS


class Plan(Flow):
    """年度计划: the annual plan of provincial checks (Articles 7, 8)."""

    chart = "plan"
    is_for_all = True  # a suggestion may come from any city or county of the province (Article 7)
    year = models.PositiveSmallIntegerField(unique=True)
    version = models.PositiveSmallIntegerField(default=1)

    @act(
        "PL1",
        source=State.DRAFTING,
        target=State.COLLECTING,
        articles=(7,),
        by=("province",),
        counts=(PLAN_SUGGESTIONS,),
    )
    def open_suggestions(self, proposal: Proposal) -> None:
        """The province opens the annual suggestions (Article 7)."""

    @act(
        "PL2",
        source=State.COLLECTING,
        target=State.COLLECTING,
        articles=(7,),
        by=("county", "city"),
        needs=(IN_CATALOGUE,),
        counts=(PLAN_SUGGESTIONS,),
        facts=facts.Suggestion,
    )
    def submit_suggestion(self, proposal: Proposal) -> None:
        """A city or county suggests products of the catalogue; a late one is marked, not refused (Article 7)."""
        january = law.period(self.dossier, PLAN_SUGGESTIONS).fixed_day(self.year)
        if proposal.on > deadlines.latest(self.dossier, PLAN_SUGGESTIONS, january):
            proposal.flag("LATE_SUGGESTION")

    @act(
        "PL3",
        source=(State.DRAFTING, State.COLLECTING),
        target=State.ADOPTED,
        articles=(7, 8),
        by=("province",),
    )
    def adopt(self, proposal: Proposal) -> None:
        """The province adopts the plan with kinds and numbers of batches (Articles 7, 8)."""

    @act(
        "PL4",
        source=State.ADOPTED,
        target=State.FILED,
        articles=(8,),
        by=("province",),
        needs=(FILING_PROOF,),
        facts=facts.Filing,
    )
    def file_and_circulate(self, proposal: Proposal) -> None:
        """The plan is filed with the national administration and circulated to every city (Article 8)."""

    @act(
        "PL5",
        source=(State.FILED, State.EXECUTING),
        target=State.EXECUTING,
        articles=(8,),
        by=("province",),
        needs=(REASON,),
        facts=facts.Adjustment,
    )
    def adjust(self, proposal: Proposal) -> None:
        """Daily checks are adjusted for a reason; every adjustment is a new version (Article 8)."""
        self.version += 1

    @act(
        "PL6",
        source=(State.ADOPTED, State.FILED),
        target=State.EXECUTING,
        articles=(5, 8),
    )
    def start(self, proposal: Proposal) -> None:
        """The first daily task puts the plan into execution (Articles 5, 8)."""

    @act(
        "PL7",
        source=State.EXECUTING,
        target=State.CLOSED,
        articles=(8,),
        by=("province",),
        needs=(TASKS_CLOSED,),
    )
    def close(self, proposal: Proposal) -> None:
        """The plan is closed when all its tasks are (Article 8)."""
