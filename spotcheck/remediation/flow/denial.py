"""移交案件否认生产: a nominal producer of a handed-over case denies or does not exist (Article 52)."""

from spotcheck.docket.flow import ABSENT, Flow, Proposal, act
from spotcheck.docket.models import Party
from spotcheck.remediation import facts
from spotcheck.remediation.coverage import last_place
from spotcheck.remediation.requirements import (
    DENIAL_FINDING,
    DENIAL_LEVEL_BY_LEVEL,
    HANDED_OVER_ONLY,
    NOMINAL_NAMED,
    PEER_PROVINCE_INFORMED,
    PROVINCE_CLOSES,
    SELLER_IN_SHANDONG,
    SELLER_OUTSIDE,
)
from spotcheck.remediation.states import DenialState as State


class Denial(Flow):
    """移交案件否认生产: a nominal producer of a handed-over case denies or does not exist (Article 52)."""

    chart = "denial"
    opened_by_hand = "dossier"
    rests_on = "conclusion"

    @act(
        "DN0",
        source=ABSENT,
        target=State.CLAIMED,
        articles=(52,),
        by=("producer_bureau", "handler"),
        needs=(HANDED_OVER_ONLY, NOMINAL_NAMED),
    )
    def open(self, proposal: Proposal) -> None:
        """The nominal producer of a handed-over case denies, or cannot be found (Article 52)."""

    @act(
        "DN1",
        source=State.CLAIMED,
        target=State.INVESTIGATING,
        articles=(52,),
        by=("producer_bureau",),
    )
    def investigate(self, proposal: Proposal) -> None:
        """The bureau of the nominal producer investigates (Article 52)."""

    @act(
        "DN2",
        source=State.INVESTIGATING,
        target=State.FOUND_NOT_PRODUCED,
        articles=(52,),
        by=("producer_bureau",),
        needs=(DENIAL_FINDING,),
        facts=facts.DenialFinding,
    )
    def find_not_produced(self, proposal: Proposal) -> None:
        """It did not make the product (Article 52)."""

    @act(
        "DN3",
        source=State.INVESTIGATING,
        target=State.FOUND_NONEXISTENT,
        articles=(52,),
        by=("producer_bureau",),
        needs=(DENIAL_FINDING,),
        facts=facts.DenialFinding,
    )
    def find_nonexistent(self, proposal: Proposal) -> None:
        """It does not exist (Article 52)."""

    @act(
        "DN4",
        source=State.INVESTIGATING,
        target=State.FOUND_PRODUCED,
        articles=(52,),
        by=("producer_bureau",),
        needs=(DENIAL_FINDING,),
        facts=facts.DenialFinding,
    )
    def find_produced(self, proposal: Proposal) -> None:
        """It did make the product (Article 52)."""

    @act(
        "DN5",
        source=(State.FOUND_NOT_PRODUCED, State.FOUND_NONEXISTENT),
        target=State.PEER_NOTIFIED,
        articles=(52,),
        by=("producer_bureau",),
        needs=(SELLER_IN_SHANDONG,),
    )
    def notify_peer(self, proposal: Proposal) -> None:
        """The bureau of the same level at the place of the seller is informed (Article 52)."""

    @act(
        "DN6",
        source=(State.FOUND_NOT_PRODUCED, State.FOUND_NONEXISTENT, State.AT_CITY),
        target=State.AT_PROVINCE,
        articles=(52,),
        by=("city",),
        needs=(SELLER_OUTSIDE, DENIAL_LEVEL_BY_LEVEL),
    )
    def escalate(self, proposal: Proposal) -> None:
        """The seller is outside the province: the city reports to the province (Article 52)."""

    @act(
        "DN7",
        source=(State.PEER_NOTIFIED, State.AT_PROVINCE, State.FOUND_PRODUCED),
        target=State.CLOSED,
        articles=(52,),
        by=("producer_bureau", "province"),
        needs=(PROVINCE_CLOSES, PEER_PROVINCE_INFORMED),
        facts=facts.Closing,
    )
    def close(self, proposal: Proposal) -> None:
        """The matter is closed; what has come to the province only by the province (Article 52)."""

    @act(
        "DN8",
        source=(State.FOUND_NOT_PRODUCED, State.FOUND_NONEXISTENT),
        target=State.AT_CITY,
        articles=(52,),
        by=("county",),
        needs=(SELLER_OUTSIDE, DENIAL_LEVEL_BY_LEVEL),
    )
    def submit_to_city(self, proposal: Proposal) -> None:
        """The seller is outside the province: the county reports to its city first (Article 52)."""

    def about(self, word: str) -> list[Party]:
        """The nominal producer is concerned (Article 52); any party's handler may open the matter."""
        if word == "handler":
            return list(self.dossier.parties.select_related("handler"))
        return list(self.dossier.parties.filter(role=Party.Role.NOMINAL_PRODUCER))

    def places(self, word: str) -> list[str]:
        """Who made the product is found where the producer worked, also when it has left the province (R58)."""
        return [last_place(party) for party in self.about(word)]
