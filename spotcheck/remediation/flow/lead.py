"""违法线索: a suspected violation and what became of it (Articles 14, 21, 22, 28, 56)."""

from operator import attrgetter
from typing import Any, Self

from django.db import models

from spotcheck.docket.flow import ABSENT, ActSpec, Flow, Proposal, act, numbered
from spotcheck.docket.models import Dossier, Party
from spotcheck.remediation import facts
from spotcheck.remediation.coverage import last_place
from spotcheck.remediation.requirements import LEAD_FINDING, LEAD_OUTSIDE, LEAD_REASONED
from spotcheck.remediation.states import LeadState as State


class Lead(Flow):
    """违法线索: a suspected violation and what became of it (Articles 14, 21, 22, 28, 56)."""

    chart = "lead"
    opened_by_hand = "dossier"

    source_act = models.CharField(max_length=60, help_text="the act that gave rise to it, or officer")

    @act(
        "LD0",
        source=ABSENT,
        target=State.REPORTED,
        articles=(14, 21, 28, 50, 52, 56),
        by=("system", "handler", "county", "city", "province", "sampler", "sampling_body", "lab"),
        needs=(LEAD_FINDING,),
        facts=facts.Suspicion,
    )
    def create(self, proposal: Proposal) -> None:
        """A suspected violation is reported to province and county (Articles 14, 21, 28, 50, 52, 56)."""
        self.source_act = self.source_act or "officer"

    @act(
        "LD1",
        source=State.REPORTED,
        target=State.ACKNOWLEDGED,
        articles=(22, 56),
        by=("county",),
    )
    def acknowledge(self, proposal: Proposal) -> None:
        """The county has taken the lead over (Articles 22, 56)."""

    @act(
        "LD2",
        source=State.ACKNOWLEDGED,
        target=State.VERIFYING,
        articles=(22, 56),
        by=("county",),
    )
    def verify(self, proposal: Proposal) -> None:
        """The lead is being verified (Articles 22, 56)."""

    @act(
        "LD3",
        source=State.VERIFYING,
        target=State.CASE_FILED,
        articles=(56,),
        by=("county", "city"),
        needs=(LEAD_REASONED,),
        facts=facts.Reason,
    )
    def file_case(self, proposal: Proposal) -> None:
        """A case is filed, for a reason; rectification goes on meanwhile (Article 56)."""

    @act(
        "LD4",
        source=State.VERIFYING,
        target=State.NOT_FILED,
        articles=(56,),
        by=("county", "city"),
        needs=(LEAD_REASONED,),
        facts=facts.Reason,
    )
    def decline(self, proposal: Proposal) -> None:
        """No case is filed, with reasons (Article 56)."""

    @act(
        "LD5",
        source=State.CASE_FILED,
        target=State.CONCLUDED,
        articles=(56,),
        by=("county", "city"),
        needs=(LEAD_REASONED,),
        facts=facts.Reason,
    )
    def conclude(self, proposal: Proposal) -> None:
        """The case is concluded, with reasons (Article 56)."""

    @act(
        "LD6",
        source=(State.REPORTED, State.ACKNOWLEDGED, State.VERIFYING),
        target=State.REFERRED,
        articles=(28, 32),
        by=("province",),
        needs=(LEAD_OUTSIDE,),
        facts=facts.Referral,
    )
    def refer_outside(self, proposal: Proposal) -> None:
        """The party works in another province: the province refers the lead there, and it ends here (28, 32, R50)."""

    def is_meant_by(self, spec: ActSpec) -> bool:
        """Only what concerns a party outside Shandong is referred there (Article 32)."""
        return spec.method != "refer_outside" or (self.party is not None and not self.party.in_shandong)

    def places(self, word: str) -> list[str]:
        """A case that was filed is concluded where it was filed, also when its party has left the province (R58)."""
        place = last_place if self.state == State.CASE_FILED else attrgetter("place")
        return [place(party) for party in self.about(word)]

    @classmethod
    def next_label(cls, dossier: Dossier, party: Party | None) -> str:
        """Leads are numbered in the order in which they come into being."""
        return numbered(cls, dossier)

    @classmethod
    def new(cls, dossier: Dossier, party: Party | None = None, **fields: Any) -> Self:
        """A lead is about the sampled entity, unless what gave rise to it says otherwise."""
        if party is None and "source_act" not in fields:
            sampled = dossier.parties.filter(role__in=Party.SAMPLED).order_by("pk")
            party = sampled.first() or dossier.parties.order_by("pk").first()
        return super().new(dossier, party, **fields)
