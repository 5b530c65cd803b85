"""The post: what has to reach a party and starts no period is mailed by the bureau, and acknowledged days later.

The papers whose receipt starts a period are received in the stories, by the acts that record it.
"""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from django.db.models import Q, QuerySet

from spotcheck.demo import chance, days
from spotcheck.demo.cast import Cast
from spotcheck.docket import clock
from spotcheck.notices import service
from spotcheck.notices.models import Paper, Recipient, Service, of_keys
from spotcheck.notices.proofs import Proof
from spotcheck.notices.templates import served
from spotcheck.rules.regulations import FIRST, named

_POSTED_AFTER: Final = 1
_ARRIVES_AFTER: Final = 3
"""Working days after the day of the paper."""


def carry(cast: Cast, *, until: date) -> None:
    """Post what was issued, and acknowledge what has been long enough on its way.

    On the last day of the demo's time the papers that are still to be received by an act are in the post too.
    """
    awaited = _awaited(_starting_nothing(), _POSTED_AFTER)
    if clock.today() == until:
        awaited |= _awaited(of_keys(named(FIRST).receipts, path="paper__"), _POSTED_AFTER)
    for recipient in awaited.filter(services=None).order_by("pk"):
        issuer = cast.of(recipient.paper.issuer.code)
        if not service.may_serve(recipient.paper, issuer):  # the case has gone to another bureau (Article 42)
            continue
        service.begin(
            recipient,
            Service.Method.MAIL,
            on=_day(recipient.paper, _POSTED_AFTER),
            by=issuer,
            tracking_no=f"演示{chance.number(10**10, 'post', recipient.paper.number):010d}",
        )
    arrived = _awaited(_starting_nothing(), _ARRIVES_AFTER)
    under_way = Service.objects.filter(recipient__in=arrived, outcome=Service.Outcome.UNDER_WAY)
    for attempt in under_way.select_related("recipient__paper__issuer").order_by("pk"):
        paper = attempt.recipient.paper
        service.acknowledge(attempt, by=cast.of(paper.issuer.code), on=_day(paper, _ARRIVES_AFTER), proof=_slip())


def _day(paper: Paper, working_days: int) -> date:
    """The day of the post: the same whether somebody looks on that day or later."""
    return days.working(paper.issued_on, working_days)


def _starting_nothing() -> Q:
    """Of the papers that have to be acknowledged, those whose receipt is recorded by no act."""
    return of_keys((key for key in served() if key not in named(FIRST).receipts), path="paper__")


def _awaited(papers: Q, working_days: int) -> "QuerySet[Recipient]":
    """Parties that still wait for one of these papers, issued so many working days ago."""
    return Recipient.objects.filter(
        papers,
        party__isnull=False,
        received_on=None,
        paper__status=Paper.Status.ISSUED,
        paper__issued_on__lte=days.working_before(days.open_before(clock.today()), working_days),
    ).select_related("paper__issuer", "party")


@cache
def _slip() -> Proof:
    """A slip that says of itself that it is made up."""
    path = Path(__file__).with_name("slip.png")
    return Proof("演示回执.png", path.read_bytes())
