"""The rules and the holidays of the whole site: proposed by one person, confirmed by another who is signed in as well.

Both keep the master data of the province (``registers``). A command on the machine counts as one person of two, under
the account of the machine. Nothing is in the docket before it is confirmed; then both names stand there for good.
"""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from django.db import transaction

from spotcheck.docket import calendar_notices, redating, rule_sets, tasks
from spotcheck.docket.models import CalendarNotice, Deadline
from spotcheck.docket.rule_sets import Document
from spotcheck.docket.sessions import session
from spotcheck.network import counting
from spotcheck.parties.models import PROVINCE_CODE, Office
from spotcheck.registers import proposals, standing
from spotcheck.registers.doer import Doer
from spotcheck.registers.models import Proposal
from spotcheck.registers.refusals import refuse_if
from spotcheck.rules.calendar import Notice, parse_notice
from spotcheck.rules.refused import Refused

NOTICE, RULES = "notice", "rules"
KINDS: Final = (NOTICE, RULES)
SHOWN: Final = 20
_LONGEST: Final = 28
"""Letters of a name; two of them stand in one column of a document."""


class Moving(NamedTuple):
    """Running periods that would move alike: how many, their dates, and one of them by its public name."""

    rows: int
    due_on: tuple[date, date]
    latest: tuple[date, date]
    example: str


class Follows(NamedTuple):
    """What follows if a notice is confirmed: remarks on it, the running periods that move, and those shown of them."""

    notice: Notice
    rows: int
    shown: list[Moving]


def propose_notice(text: str, *, by: Doer, reason: str = "") -> Proposal:
    """Propose a notice of the State Council; it has no effect before another person has confirmed it."""
    office = let_register(by)
    with session():
        notice = calendar_notices.judged(text)
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        waiting = proposals.waiting().filter(kind=NOTICE, details__sha256=sha256)
        refuse_if(once_proposed=waiting.exists())
        said = {"year": notice.year, "sha256": sha256}
        details = {**said, "text": text}
        return proposals.propose(NOTICE, by=by, office=office, subject=None, details=details, reason=reason, said=said)


def propose_document(how: str, rule_set: str, document: Document, *, by: Doer, reason: str = "") -> Proposal:
    """Propose a document that continues a rule set or adopts a successor (Article 60)."""
    office = let_register(by)
    with session():
        known = rule_sets.judged(how, rule_set, document)
        details = {
            "how": how,
            "rule_set": known.id,
            "document": document.number,
            "issued_on": document.issued_on.isoformat(),
            "valid_from": document.valid_from.isoformat(),
            "valid_until": document.valid_until.isoformat(),
            "demonstration": document.demonstration,
        }
        refuse_if(once_proposed=proposals.waiting().filter(kind=RULES, details__document=document.number).exists())
        return proposals.propose(RULES, by=by, office=office, subject=None, details=details, reason=reason)


@proposals.carries_out(NOTICE, proposals.SITE)
def _confirm_notice(proposal: Proposal, by: Doer) -> Mapping[str, Any]:
    """Put the notice into force; a worker counts the periods again that it moves."""
    row = calendar_notices.propose(proposal.details["text"], by=_proposer(proposal), again=True)
    calendar_notices.confirm(row.pk, by=_name(by))
    transaction.on_commit(lambda: counting.wake(tasks.watch_calendar))
    return {"number": row.pk, "year": row.year, "sha256": proposal.details["sha256"]}


@proposals.carries_out(RULES, proposals.SITE)
def _confirm_document(proposal: Proposal, by: Doer) -> Mapping[str, Any]:
    """Record the document, under both names."""
    record = rule_sets.continue_ if proposal.details["how"] == rule_sets.CONTINUE else rule_sets.adopt
    row = record(proposal.details["rule_set"], document_of(proposal), by=f"{_proposer(proposal)}、{_name(by)}")
    return {"number": row.pk, "rule_set": row.rule_set, "document": row.document}


def document_of(proposal: Proposal) -> Document:
    """The document that is proposed."""
    said = proposal.details
    return Document(
        number=said["document"],
        issued_on=date.fromisoformat(said["issued_on"]),
        valid_from=date.fromisoformat(said["valid_from"]),
        valid_until=date.fromisoformat(said["valid_until"]),
        demonstration=said["demonstration"],
    )


def follows(proposal: Proposal) -> Follows | None:
    """What follows if this notice is confirmed; None for what is no notice, or can no longer be one."""
    if proposal.kind != NOTICE:
        return None
    try:
        notice = calendar_notices.judged(proposal.details["text"])
    except Refused:
        return None
    moving = redating.trial(notice)
    shown = [
        Moving(rows, (pair[3], due_on), (pair[4], latest), _example(pair))
        for pair, due_on, latest, rows in moving[:SHOWN]
    ]
    return Follows(notice, sum(rows for *_, rows in moving), shown)


def notice_in_force(proposal: Proposal) -> CalendarNotice:
    """The notice that a confirmed proposal has put into force."""
    year = parse_notice(proposal.details["text"]).year
    return CalendarNotice.objects.filter(year=year, confirmed_at__isnull=False).latest("pk")


def _example(pair: tuple[str, str, date, date, date]) -> str:
    named = Deadline.objects.running().filter(**dict(zip(redating.PAIR, pair, strict=True)))
    found = named.order_by("pk").first()
    return found.name if found is not None else ""


def let_register(by: Doer) -> Office:
    """The province, whose master data somebody keeps; raises :class:`NotDone` for anybody else."""
    province = Office.objects.get(code=PROVINCE_CODE)
    refuse_if(registers=not standing.registers(by, province))
    return province


def _name(by: Doer) -> str:
    """Who it is, told apart from others of the same name; of a command the account of the machine."""
    if by.user is None:
        return by.account[:_LONGEST]
    return f"{by.user.full_name[: _LONGEST - 2 - len(by.user.username[:12])]} ({by.user.username[:12]})"


def _proposer(proposal: Proposal) -> str:
    return _name(Doer(post=proposal.proposed_post, account=proposal.account))
