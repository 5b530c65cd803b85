"""When the letters are needed (Articles 32, 38, 41 to 43, 50, 52)."""

from typing import Final

from spotcheck.docket import register
from spotcheck.docket.models import Entry
from spotcheck.docket.sessions import parties_of
from spotcheck.inspection import papers as results
from spotcheck.inspection.states import ConclusionState
from spotcheck.notices import circles, issued
from spotcheck.notices.contributions import needed_if
from spotcheck.notices.history import read
from spotcheck.notices.models import Paper
from spotcheck.parties.models import PROVINCE_CODE, in_shandong
from spotcheck.remediation.papers.transferring import TOLD_OUTSIDE
from spotcheck.remediation.states import DenialState

OF_OTHERS: Final = ("conclusion.annul", "conclusion.withdraw_external")
"""The conclusion falls by the decision of others: no paper of ours has said so to anybody yet."""

RETESTED: Final = ("conclusion.retest_conforming", "conclusion.retest_nonconforming", "conclusion.maintain")
"""The acts after which a retest may have changed the result, or may have found the same."""


@needed_if("order_withdrawal")
def _order_withdrawal(entry: Entry) -> bool:
    """An order that holds is taken back; one that was never issued needs no withdrawal."""
    only_recheck = entry.act == "rectification.annul" and entry.facts.get("what") == "recheck"
    return not only_recheck and issued.standing(11, entry).exists()


@needed_if("other_province")
def _other_province(entry: Entry) -> bool:
    """Another province is told of a nonconforming result (Article 32) and of a denial (52), by the province alone.

    Of a result that does not stand nobody is told (R55): the conclusion may have been revoked while the rest was
    tested, and the dangerous item may have passed its retest.
    """
    if entry.chart == "denial":
        return entry.from_state == DenialState.AT_PROVINCE and _by_province(entry)
    if not any(not party.in_shandong for party in parties_of(entry.dossier)):
        return False
    if register.state(entry.dossier, "conclusion") == ConclusionState.REVOKED:
        return False
    if entry.act == "inspection.issue_report" and entry.facts.get("conclusion") == "conforming":
        return False
    if entry.act == "conclusion.retest_nonconforming":
        return _has_changed(entry, "other_province")
    return bool(results.still_failed(read(entry.dossier, None)))


def _has_changed(entry: Entry, letter: str) -> bool:
    """Whether what others were told is no longer so (Articles 30, 38, 41)."""
    if entry.act not in RETESTED:
        return True
    history = read(entry.dossier, None)
    if entry.act == "conclusion.maintain":
        said = Paper.objects.filter(dossier=entry.dossier_id, letter=letter, entry__act=entry.act).exists()
        retested = history.last(*results.CLOSED) is not None
        return retested and not said and not results.still_failed(history)
    failed_first = any(item["result"] == "fail" for item in results.first_items(history))
    return failed_first == (entry.act == "conclusion.retest_conforming")


@needed_if("denial_transfer")
def _asks_cities_of_ours(entry: Entry) -> bool:
    """Of the two cities that are asked about a denial those in Shandong get the material from the province (37)."""
    return any(party.in_shandong for party in entry.matter.about("city"))


@needed_if("denial_request")
def _asks_a_city_outside(entry: Entry) -> bool:
    """A city of another province is asked through the authority of that province (Article 37, R65)."""
    return any(not party.in_shandong for party in entry.matter.about("city"))


@needed_if("conclusion_change")
def _conclusion_change(entry: Entry) -> bool:
    told = entry.act in OF_OTHERS or any(circles.parties("told_parties", entry))
    return told and _has_changed(entry, "conclusion_change")


@needed_if("result_withdrawn")
def _result_withdrawn(entry: Entry) -> bool:
    """Whoever outside was told of the result, or was given a case, is told when it falls."""
    told = Paper.objects.filter(dossier=entry.dossier_id, letter__in=TOLD_OUTSIDE).exists()
    return told and _has_changed(entry, "result_withdrawn")


def _moves_outside(entry: Entry) -> bool:
    return not in_shandong(entry.facts.get("to") or PROVINCE_CODE)


def _by_province(entry: Entry) -> bool:
    """Whether the province itself acts: nobody else writes to another province (Articles 32, 52)."""
    return entry.office is not None and entry.office.code == PROVINCE_CODE


@needed_if("jurisdiction_transfer")
def _stays_in_shandong(entry: Entry) -> bool:
    """A case that moves inside the province is handed from bureau to bureau."""
    return not _moves_outside(entry)


@needed_if("case_handover")
def _leaves_shandong(entry: Entry) -> bool:
    """A case that leaves the province is handed over by the province itself."""
    return _moves_outside(entry) and _by_province(entry)
