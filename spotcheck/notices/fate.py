"""What becomes of papers that have been issued: replaced by another, or taken back. The paper says so itself.

Which acts take papers back stands with the papers of their chapter.
"""

from collections.abc import Iterable

from spotcheck.docket.models import Entry
from spotcheck.notices import issued
from spotcheck.notices.models import Paper
from spotcheck.rules.acts import words_of


def replace_earlier(batch: list[Entry]) -> None:
    """The new paper stands in the place of the earlier one of the same matter (Articles 13, 38, 40, 47)."""
    form = words_of(batch[0].act).replaces
    if form is None:
        return
    for entry in batch:
        supersede(issued.standing(form, entry).exclude(entry=entry))


def supersede(papers: Iterable[Paper]) -> None:
    """Another paper stands in the place of these."""
    _become(papers, Paper.Status.SUPERSEDED)


def withdraw(papers: Iterable[Paper]) -> None:
    """Nothing stands in the place of these: what they said does not hold."""
    _become(papers, Paper.Status.WITHDRAWN)


def _become(papers: Iterable[Paper], status: str) -> None:
    Paper.objects.filter(pk__in=[paper.pk for paper in papers]).update(status=status)
