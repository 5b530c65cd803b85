"""What becomes of papers that have been issued: replaced by another, or taken back. The paper says so itself."""

from collections.abc import Iterable

from spotcheck.docket.consequences import follows
from spotcheck.docket.models import Entry
from spotcheck.notices import circles, issued
from spotcheck.notices.models import Paper, Recipient
from spotcheck.notices.service import end_attempts

REPLACES = {
    "sampling.add_sampler": 1,
    "objection.decide_anew": 8,
    "retest.recommission": 9,
    "recheck.recommission": 12,
}
"""The acts that issue a form in the place of an earlier one of the same matter."""


@follows(*REPLACES)
def replace_earlier(batch: list[Entry]) -> None:
    """The new paper stands in the place of the earlier one (Articles 13, 38, 40, 47)."""
    for entry in batch:
        earlier = issued.standing(REPLACES[entry.act], entry).exclude(entry=entry)
        _become(earlier, Paper.Status.SUPERSEDED)


@follows("objection.decide_anew")
def take_commission_back(batch: list[Entry]) -> None:
    """A retest that cannot be held is not commissioned any more (Articles 38, 40)."""
    for entry in batch:
        of_retest = Paper.objects.filter(dossier=entry.dossier_id, form=9, chart="retest", label=entry.label)
        _become(of_retest.filter(status=Paper.Status.ISSUED), Paper.Status.WITHDRAWN)


@follows("rectification.withdraw", "rectification.annul")
def withdraw_orders(batch: list[Entry]) -> None:
    """An order whose case is withdrawn no longer holds, nor does the result of a recheck that was annulled."""
    for entry in batch:
        if entry.act == "rectification.annul" and entry.facts.get("what") == "recheck":
            given = Paper.objects.filter(dossier=entry.dossier_id, form=13, letter="", party=entry.party_id)
            _become(given.order_by("-pk")[:1], Paper.Status.WITHDRAWN)
        else:
            _become(issued.standing(11, entry), Paper.Status.WITHDRAWN)


@follows("rectification.transfer_jurisdiction")
def supersede_unserved(batch: list[Entry]) -> None:
    """An order that was not received before the case moved is not served any more (Article 42).

    A city that passes a case on to its own county divides the work: the county goes on serving the order.
    """
    for entry in batch:
        orders = issued.standing(11, entry)
        served = Recipient.objects.filter(paper__in=orders, party__isnull=False, received_on__isnull=False)
        if not circles.divides_work(entry) and not served.exists():
            _become(orders, Paper.Status.SUPERSEDED)


@follows("result_notice.end")
def withdraw_notices(batch: list[Entry]) -> None:
    """A result that has fallen is not told any more (Articles 33, 38)."""
    for entry in batch:
        _become(issued.standing(7, entry), Paper.Status.WITHDRAWN)


@follows("conclusion.revoke", "conclusion.annul")
def withdraw_all_notices(batch: list[Entry]) -> None:
    """What was told of a result that has fallen no longer holds, whoever was told (Article 38)."""
    for entry in batch:
        told = Paper.objects.filter(dossier=entry.dossier_id, form=7, letter="", status=Paper.Status.ISSUED)
        _become(told, Paper.Status.WITHDRAWN)


@follows("result_notice.service_failed")
def replace_notice(batch: list[Entry]) -> None:
    """A notice that could not be served is sent anew; the first no longer holds, and its service has ended."""
    for entry in batch:
        paper = issued.newest(7, entry)
        if paper is None:
            continue
        _become([paper], Paper.Status.SUPERSEDED)
        end_attempts(paper, entry)


def _become(papers: Iterable[Paper], status: str) -> None:
    Paper.objects.filter(pk__in=[paper.pk for paper in papers]).update(status=status)
