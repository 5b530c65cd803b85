"""What becomes of orders and of results of rechecks (Articles 42 to 44, 50)."""

from spotcheck.docket.consequences import follows
from spotcheck.docket.models import Entry
from spotcheck.notices import fate, issued
from spotcheck.notices.models import Paper, Recipient
from spotcheck.parties.models import in_shandong
from spotcheck.remediation.papers.transferring import divides_work


@follows("rectification.withdraw", "rectification.annul")
def withdraw_orders(batch: list[Entry]) -> None:
    """An order whose case is withdrawn no longer holds, nor does the result of a recheck that was annulled."""
    for entry in batch:
        if entry.act == "rectification.annul" and entry.facts.get("what") == "recheck":
            given = Paper.objects.filter(dossier=entry.dossier_id, form=13, letter="", party=entry.party_id)
            fate.withdraw(given.order_by("-pk")[:1])
        else:
            fate.withdraw(issued.standing(11, entry))


@follows("rectification.transfer_jurisdiction")
def supersede_unserved(batch: list[Entry]) -> None:
    """An order that was not received before the case moved is not served any more (Article 42).

    A city that passes a case on to its own county divides the work: the county goes on serving the order. So does the
    new bureau of a served case with a further order on its way; of one that leaves Shandong nobody serves that.
    """
    for entry in batch:
        orders = issued.standing(11, entry)
        served = Recipient.objects.filter(paper__in=orders, party__isnull=False, received_on__isnull=False)
        if not divides_work(entry) and not served.exists():
            fate.supersede(orders)
        elif not in_shandong(entry.facts.get("to") or ""):
            fate.supersede(orders.exclude(pk__in=served.values("paper")))
