"""Whether a letter is needed: an act that may make one necessary does not always do so."""

from collections.abc import Callable
from typing import Final

from spotcheck.docket.models import Entry
from spotcheck.notices import circles, issued, results
from spotcheck.notices.history import read
from spotcheck.notices.models import Paper
from spotcheck.notices.transferring import TOLD_OUTSIDE
from spotcheck.parties.models import PROVINCE_CODE, in_shandong

OF_OTHERS: Final = ("conclusion.annul", "conclusion.withdraw_external")
"""The conclusion falls by the decision of others: no paper of ours has said so to anybody yet."""

RETESTED: Final = ("conclusion.retest_conforming", "conclusion.retest_nonconforming", "conclusion.maintain")
"""The acts after which a retest may have changed the result, or may have found the same."""


def is_needed(letter: str, entry: Entry) -> bool:
    """Whether this act makes this letter necessary in this dossier."""
    return _NEEDED[letter](entry) if letter in _NEEDED else True


def _order_withdrawal(entry: Entry) -> bool:
    """An order that holds is taken back; one that was never issued needs no withdrawal."""
    only_recheck = entry.act == "rectification.annul" and entry.facts.get("what") == "recheck"
    return not only_recheck and issued.standing(11, entry).exists()


def _other_province(entry: Entry) -> bool:
    """Another province is told of a nonconforming result (Article 32) and of a denial (52), by the province alone."""
    if entry.chart == "denial":
        return entry.from_state == "at_province" and _by_province(entry)
    if not any(not party.in_shandong for party in entry.dossier.parties.all()):
        return False
    if entry.act == "inspection.issue_report":
        return entry.facts.get("conclusion") != "conforming"
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


def _conclusion_change(entry: Entry) -> bool:
    told = entry.act in OF_OTHERS or any(circles.parties("told_parties", entry))
    return told and _has_changed(entry, "conclusion_change")


def _result_withdrawn(entry: Entry) -> bool:
    """Whoever outside was told of the result, or was given a case, is told when it falls."""
    told = Paper.objects.filter(dossier=entry.dossier_id, letter__in=TOLD_OUTSIDE).exists()
    return told and _has_changed(entry, "result_withdrawn")


def _moves_outside(entry: Entry) -> bool:
    return not in_shandong(entry.facts.get("to") or PROVINCE_CODE)


def _by_province(entry: Entry) -> bool:
    """Whether the province itself acts: nobody else writes to another province (Articles 32, 52)."""
    return entry.office is not None and entry.office.code == PROVINCE_CODE


_NEEDED: Final[dict[str, Callable[[Entry], bool]]] = {
    "order_withdrawal": _order_withdrawal,
    "other_province": _other_province,
    "conclusion_change": _conclusion_change,
    "result_withdrawn": _result_withdrawn,
    "jurisdiction_transfer": lambda entry: not _moves_outside(entry),
    "case_handover": lambda entry: _moves_outside(entry) and _by_province(entry),
}
