"""检验结果通知: the notice of the result to one party, with its own window (Articles 33, 35)."""

from django.db import models

from spotcheck.docket.flow import ABSENT, Flow, Proposal, act, numbered_for
from spotcheck.docket.models import Dossier, Party
from spotcheck.inspection import facts
from spotcheck.inspection.requirements import (
    LAB_MAILS_ONLY_CONFORMING,
    PROOF_IN_TIME,
    PROOF_OF_SERVICE,
)
from spotcheck.inspection.states import ResultNoticeState as State
from spotcheck.rules.sd_2021_1.period_codes import LODGE_OBJECTION


class ResultNotice(Flow):
    """检验结果通知: the notice of the result to one party, with its own window (Articles 33, 35)."""

    chart = "result_notice"
    taken_over_in = (State.DUE, State.SENT, State.SERVED, State.OBJECTED)
    taken_back_to = State.ENDED
    sent_on = models.DateField(null=True)
    received_on = models.DateField(null=True)
    supplement = models.BooleanField(default=False)

    @act(
        "RN0",
        source=ABSENT,
        target=State.DUE,
        articles=(33,),
    )
    def create(self, proposal: Proposal) -> None:
        """A party has to be told the result (Article 33)."""

    @act(
        "RN1",
        source=State.DUE,
        target=State.SENT,
        articles=(33,),
        by=("province", "lab"),
        needs=(LAB_MAILS_ONLY_CONFORMING,),
        forms=(7,),
        dates="sent_on",
    )
    def send(self, proposal: Proposal) -> None:
        """Form 7 is sent; the laboratory may mail only a conforming one (Article 33)."""

    @act(
        "RN2",
        source=State.SENT,
        target=State.SERVED,
        articles=(33, 35),
        by=("province", "lab"),
        needs=(PROOF_OF_SERVICE, LAB_MAILS_ONLY_CONFORMING),
        opens=(LODGE_OBJECTION,),
        facts=facts.Receipt,
        dates="received_on",
    )
    def record_receipt(self, proposal: Proposal) -> None:
        """The party has received Form 7; its window for objections opens (Articles 33, 35)."""

    @act(
        "RN3",
        source=State.SENT,
        target=State.DUE,
        articles=(33,),
        by=("province",),
    )
    def service_failed(self, proposal: Proposal) -> None:
        """Service failed; the notice is sent again (Article 33)."""

    @act(
        "RN4",
        source=State.SERVED,
        target=State.OBJECTED,
        articles=(35,),
        closes=(LODGE_OBJECTION,),
    )
    def object(self, proposal: Proposal) -> None:
        """The party has objected in time (Article 35)."""

    @act(
        "RN5",
        source=State.SERVED,
        target=State.WINDOW_CLOSED,
        articles=(35,),
        closes=(LODGE_OBJECTION,),
    )
    def lapse(self, proposal: Proposal) -> None:
        """The window is over and the party has not objected (Article 35)."""

    @act(
        "RN6",
        source=State.WINDOW_CLOSED,
        target=State.OBJECTED,
        articles=(35,),
        by=("province",),
        needs=(PROOF_IN_TIME,),
        facts=facts.ProofOfLapse,
    )
    def correct_lapse(self, proposal: Proposal) -> None:
        """Proof shows that an objection had arrived in time (Article 35)."""

    @act(
        "RN7",
        source=(State.DUE, State.SENT, State.SERVED),
        target=State.ENDED,
        articles=(33, 38),
        closes=(LODGE_OBJECTION,),
        abandons=True,
    )
    def end(self, proposal: Proposal) -> None:
        """There is no result to tell any more: nobody is told it, no window goes on (Articles 33, 38)."""

    @classmethod
    def next_label(cls, dossier: Dossier, party: Party | None) -> str:
        """The first notice of a party carries its label, a second one a number too."""
        return numbered_for(cls, dossier, party)
