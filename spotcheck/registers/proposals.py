"""Four eyes: what one person proposes is carried out when another one confirms it, within seven days.

    @carries_out("grant")
    def _grant(proposal: Proposal, by: Doer) -> Mapping[str, Any]: ...

What is carried out judges everything once more, as it is then, and returns what the book says of it.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, TypeAlias

from django.db.models import Q, QuerySet

from spotcheck.docket import book, sessions
from spotcheck.docket.sessions import session
from spotcheck.parties.models import PROVINCE_CODE, Office, User
from spotcheck.registers import standing
from spotcheck.registers.doer import Doer
from spotcheck.registers.models import Proposal
from spotcheck.registers.refusals import NotDone, refuse_if

DAYS: Final = 7
"""So many days after its own a proposal may still be confirmed."""

Carried: TypeAlias = Callable[[Proposal, Doer], Mapping[str, Any]]

_CARRIED: dict[str, Carried] = {}


def carries_out(kind: str) -> Callable[[Carried], Carried]:
    """Register what is done when a proposal of this kind is confirmed."""

    def registered(carried: Carried) -> Carried:
        assert kind not in _CARRIED, kind
        _CARRIED[kind] = carried
        return carried

    return registered


def propose(
    kind: str, *, by: Doer, office: Office, subject: User, details: Mapping[str, Any], reason: str = ""
) -> Proposal:
    """Propose something about a person; the caller has judged that it would be possible."""
    assert kind in _CARRIED, kind
    today = sessions.today()
    with session():
        proposal = Proposal.objects.create(
            kind=kind,
            office=office,
            subject=subject,
            details=dict(details),
            reason=reason,
            proposed_by=by.user,
            proposed_post=by.post,
            account=by.account,
            proposed_on=today,
            last_day=date.fromordinal(today.toordinal() + DAYS),
        )
        _write("people.propose", proposal, by, details)
    return proposal


def confirm(proposal: Proposal, *, by: Doer) -> Proposal:
    """Confirm and carry out, by another person of the same or a higher office; else :class:`NotDone`."""
    with session():
        held = _held(proposal)
        refuse_if(
            another_person=by.user is None if held.proposed_by is None else by.is_same_person(held.proposed_by),
            not_oneself=by.is_same_person(held.subject),
            manages=not standing.oversees(by, held.office),
            level=not _stands_high_enough(held, by),
        )
        done = _CARRIED[held.kind](held, by)
        _decide(held, Proposal.Outcome.CONFIRMED, by)
        _write("people.confirm", held, by, done)
    return held


def decline(proposal: Proposal, *, by: Doer, reason: str) -> Proposal:
    """Say no, for a reason: whoever might confirm it, and whoever proposed it."""
    with session():
        held = _held(proposal)
        proposed_it = held.proposed_by is not None and by.is_same_person(held.proposed_by)
        refuse_if(manages=not proposed_it and not standing.oversees(by, held.office), missing=not reason.strip())
        _decide(held, Proposal.Outcome.DECLINED, by)
        _write("people.decline", held, by, {"reason": reason}, reason=reason)
    return held


def open_for(by: Doer) -> "QuerySet[Proposal]":
    """The proposals that wait for somebody, and that this one may decide, the oldest first."""
    waiting = Proposal.objects.filter(outcome="", last_day__gte=sessions.today())
    related = ("office__parent__parent", "subject", "proposed_by", "proposed_post__office__parent")
    found = waiting.select_related(*related).order_by("pk")
    mine = [proposal.pk for proposal in found if standing.oversees(by, proposal.office)]
    return found.filter(pk__in=mine)


def seen_by(by: Doer) -> "QuerySet[Proposal]":
    """The proposals that somebody may see, decided or not: of the offices that he oversees, and his own."""
    return Proposal.objects.filter(Q(office__in=standing.overseen(by)) | Q(proposed_by=by.user))


def _held(proposal: Proposal) -> Proposal:
    """The row, locked and as it is now, with the person whom it concerns; refused when it is decided or has fallen."""
    held = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    User.objects.select_for_update().get(pk=held.subject_id)
    if held.outcome:
        raise NotDone("undecided")
    if held.last_day < sessions.today():
        raise NotDone("in_time")
    return held


def _stands_high_enough(proposal: Proposal, by: Doer) -> bool:
    if by.post is None or by.post.office is None:
        return by.post is None
    if proposal.proposed_post is None or proposal.proposed_post.office is None:
        return by.post.office.code == PROVINCE_CODE
    proposed_in = proposal.proposed_post.office
    above = standing.overseer_of(proposed_in)
    return by.post.office_id in {office.pk for office in (*standing.upward(proposed_in), above) if office is not None}


def _decide(proposal: Proposal, outcome: Proposal.Outcome, by: Doer) -> None:
    proposal.outcome, proposal.decided_by, proposal.decided_on = outcome, by.user, sessions.today()
    proposal.save(update_fields=["outcome", "decided_by", "decided_on"])


def _write(kind: str, proposal: Proposal, by: Doer, done: Mapping[str, Any], *, reason: str = "") -> None:
    book.write(
        kind,
        by=by.post,
        user=by.user,
        subject=proposal.subject,
        after={"proposal": proposal.pk, "kind": proposal.kind, **done},
        reason=reason or proposal.reason,
        second_user=proposal.proposed_by if kind != "people.propose" else None,
        address=by.place,
    )
