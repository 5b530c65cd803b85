"""Questions about the retests of a sample: there is one reserve unit (Articles 38 to 41, reading R32).

The tables are asked for by their charts, because the charts themselves ask here.
"""

from typing import Any, Final

from django.db.models import QuerySet

from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Dossier
from spotcheck.inspection.models import Item
from spotcheck.objections.states import ObjectionState, RetestState

BEFORE_REPORT: Final = (
    RetestState.AWAITING_FORMALITIES,
    RetestState.FORMALITIES_DONE,
    RetestState.COMMISSIONED,
    RetestState.SAMPLE_HANDED_OVER,
    RetestState.TESTING,
)
"""The states of a retest that can still turn out to be impossible."""


def of(dossier: Dossier) -> "QuerySet[Any]":
    """The retests of a sample."""
    return MATTERS["retest"].objects.filter(dossier=dossier)


def counting(dossier: Dossier) -> "QuerySet[Any]":
    """The objections of a sample that were filed in time."""
    return MATTERS["objection"].objects.filter(dossier=dossier, standing="in_time")


def are_open(dossier: Dossier) -> bool:
    """Whether a retest of the sample is open, or decided and not yet begun."""
    retests = list(of(dossier))
    if any(retest.is_open for retest in retests):
        return True
    begun = {retest.label for retest in retests}
    return any(
        objection.label not in begun for objection in counting(dossier).filter(state=ObjectionState.CONCLUDED_RETEST)
    )


def disputed_beside(dossier: Dossier, label: str) -> set[str]:
    """The items that other open objections of the sample dispute and that no retest has settled."""
    others = [objection for objection in counting(dossier).exclude(label=label) if not objection.is_ended]
    settled = Item.objects.filter(dossier=dossier, settled=True).values_list("name", flat=True)
    return {name for objection in others for name in objection.items} - set(settled)
