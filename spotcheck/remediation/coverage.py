"""Which failed items the cases of a party cover, and whose pass a seller needs (Articles 30, 43, 47, 48).

The tables are asked for by their charts, because the charts themselves ask here.
"""

from typing import Any, Final

from django.db.models import QuerySet

from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Dossier, Entry, Party
from spotcheck.inspection.models import Conclusion, Item
from spotcheck.inspection.states import ConclusionState
from spotcheck.parties.models import Office
from spotcheck.remediation.states import RectificationState

ENDED: Final = (
    RectificationState.PASSED,
    RectificationState.LICENCE_REVOKED,
    RectificationState.WITHDRAWN,
    RectificationState.TRANSFERRED,
    RectificationState.CLOSED_DISSOLVED,
)
REPLACED: Final = (RectificationState.PASSED, RectificationState.WITHDRAWN, RectificationState.TRANSFERRED)
"""The ends after which a party may have another case (R30, R36)."""
NO_LONGER: Final = (RectificationState.WITHDRAWN, RectificationState.CLOSED_DISSOLVED)
"""The ends of a producer's case that ask nothing of a seller any more (R57)."""
ATTRIBUTION_FELL: Final = ("objection.uphold_denial", "denial.find_not_produced", "denial.find_nonexistent")


def cases(party: Party) -> "QuerySet[Any]":
    """The cases of a party in its dossier, oldest first."""
    return MATTERS["rectification"].objects.filter(party=party).order_by("pk")


def failed(dossier: Dossier) -> list[str]:
    """The failed items that stand, after every retest."""
    items = Item.objects.filter(dossier=dossier, result=Item.Verdict.FAIL).order_by("pk")
    return list(items.values_list("name", flat=True))


def nonconforming_stands(dossier: Dossier) -> bool:
    """Whether a nonconforming conclusion stands, of the report or of a retest, with an item that still fails."""
    fallen = (ConclusionState.REVOKED, ConclusionState.FINAL_CONFORMING, ConclusionState.PROVISIONAL_CONFORMING)
    stands = Conclusion.objects.filter(dossier=dossier).exclude(state__in=fallen)
    return stands.exists() and bool(failed(dossier))


def covered(party: Party) -> set[str]:
    """The items that an order of this party has named; an order annulled with the direction to order anew has none.

    A case that was transferred covers nothing any more: what its order named goes on with the case that took it over,
    and an order that nobody had received is not served (Article 42).
    """
    standing = [case for case in cases(party) if case.covers and case.state != RectificationState.TRANSFERRED]
    return {name for case in standing for name in case.items}


def further(party: Party) -> list[str]:
    """The failed items that no order of this party names yet."""
    known = covered(party)
    return [name for name in failed(party.dossier) if name not in known]


def to_be_tested(party: Party) -> list[str]:
    """The failed items that no passed case of this party covers."""
    passed = {name for case in cases(party).filter(state=RectificationState.PASSED) for name in case.items}
    return [name for name in failed(party.dossier) if name not in passed]


def may_have_a_case(party: Party) -> bool:
    """Whether a party has no running case, and after one that passed or was withdrawn something it did not cover.

    Who was found not to have made the product is not responsible for it at all (Articles 37, 52).
    """
    states = set(cases(party).values_list("state", flat=True))
    if not states <= set(REPLACED) or not is_responsible(party):
        return False
    return states <= {RectificationState.TRANSFERRED} or bool(further(party))


def is_responsible(party: Party) -> bool:
    """Whether nobody has found that this party did not make the product."""
    found = Entry.objects.filter(dossier=party.dossier_id, act__in=ATTRIBUTION_FELL)
    if party.role != Party.Role.NOMINAL_PRODUCER:
        return True
    return not any(entry.party_id in {None, party.pk} for entry in found)


def producers_have_passed(dossier: Dossier) -> bool:
    """Whether at least one producer has passed, and none whose case stands has not (R57)."""
    newest = [cases(party).last() for party in _producers(dossier) if party.in_shandong]
    states = [case.state for case in newest if case is not None and case.state not in NO_LONGER]
    return bool(states) and set(states) == {RectificationState.PASSED}


def outside_producer_may_be_proved(dossier: Dossier) -> bool:
    """Whether a producer works in another province, and no case of one in Shandong stands unpassed (R57)."""
    parties = _producers(dossier)
    newest = [cases(party).last() for party in parties if party.in_shandong]
    states = {case.state for case in newest if case is not None and case.state not in NO_LONGER}
    return any(not party.in_shandong for party in parties) and states <= {RectificationState.PASSED}


def last_bureau(party: Party) -> Office | None:
    """The bureau that handles a party, or, once it has left Shandong, the one that had its case last (R58)."""
    if party.in_shandong:
        return party.handler
    case = cases(party).filter(state=RectificationState.TRANSFERRED).select_related("bureau").last()
    return case.bureau if case is not None else None


def last_place(party: Party) -> str:
    """Where a party works in Shandong, or the district of the bureau that had its case before it left (R58)."""
    bureau = last_bureau(party)
    return party.place if party.in_shandong or bureau is None else bureau.code


def _producers(dossier: Dossier) -> list[Party]:
    return list(dossier.parties.filter(role__in=Party.PRODUCERS))
