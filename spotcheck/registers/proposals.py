"""Four eyes: what one person proposes is carried out when another one confirms it, within seven days.

    @carries_out("grant")            # something about a person: who manages people
    @carries_out("rules", SITE)      # something about the site: who keeps the master data of the province
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
from spotcheck.registers import naming, standing
from spotcheck.registers.doer import Doer
from spotcheck.registers.models import Proposal
from spotcheck.registers.refusals import NotDone, refuse_if

DAYS: Final = 7
"""So many days after its own a proposal may still be confirmed."""

Carried: TypeAlias = Callable[[Proposal, Doer], Mapping[str, Any]]

PEOPLE, SITE = "people", "settings"
"""The families of proposals, as the book calls them: who manages people decides the first, who registers the second."""

CARRIED: dict[str, Carried] = {}
_FAMILY: dict[str, str] = {}


def carries_out(kind: str, family: str = PEOPLE) -> Callable[[Carried], Carried]:
    """Register what is done when a proposal of this kind is confirmed."""

    def registered(carried: Carried) -> Carried:
        assert kind not in CARRIED, kind
        CARRIED[kind], _FAMILY[kind] = carried, family
        return carried

    return registered


def propose(
    kind: str,
    *,
    by: Doer,
    office: Office,
    subject: User | None,
    details: Mapping[str, Any],
    reason: str = "",
    said: Mapping[str, Any] | None = None,
) -> Proposal:
    """Propose something about a person, or about the site; the caller has judged that it would be possible.

    What somebody has proposed and waits already is not proposed by him a second time, however often it is sent
    (``once_proposed``).
    ``said`` is what the book says of it, where ``details`` are too long.
    """
    assert kind in CARRIED, kind
    today = sessions.today()
    with session():
        if subject is not None:
            User.objects.select_for_update().get(pk=subject.pk)
        else:
            naming.one_at_a_time()
        same = waiting().filter(kind=kind, office=office, subject=subject, details=dict(details))
        refuse_if(once_proposed=same.filter(proposed_by=by.user, account=by.account).exists())
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
        _write("propose", proposal, by, details if said is None else said)
    return proposal


def confirm(proposal: Proposal, *, by: Doer) -> Proposal:
    """Confirm and carry out, by another person of the same or a higher office; else :class:`NotDone`."""
    with session():
        held = _held(proposal)
        refuse_if(
            another_person=by.user is None if held.proposed_by is None else by.is_same_person(held.proposed_by),
            not_oneself=held.subject is not None and by.is_same_person(held.subject),
            **_not_yours(held, by),
            level=not _stands_high_enough(held, by),
        )
        done = CARRIED[held.kind](held, by)
        _decide(held, Proposal.Outcome.CONFIRMED, by)
        _write("confirm", held, by, done)
    return held


def decline(proposal: Proposal, *, by: Doer, reason: str) -> Proposal:
    """Say no, for a reason: whoever might confirm it, and whoever proposed it."""
    with session():
        held = _held(proposal)
        proposed_it = held.proposed_by is not None and by.is_same_person(held.proposed_by)
        refuse_if(**({} if proposed_it else _not_yours(held, by)), missing=not reason.strip())
        _decide(held, Proposal.Outcome.DECLINED, by)
        _write("decline", held, by, {"reason": reason}, reason=reason)
    return held


def open_for(by: Doer) -> "QuerySet[Proposal]":
    """The proposals that wait for somebody, and that this one may decide, the oldest first."""
    related = ("office__parent__parent", "subject", "proposed_by", "proposed_post__office__parent")
    found = waiting().select_related(*related).order_by("pk")
    mine = [proposal.pk for proposal in found if not any(_not_yours(proposal, by).values())]
    return found.filter(pk__in=mine)


def waiting() -> "QuerySet[Proposal]":
    """The proposals that nobody has decided and that have not fallen."""
    return Proposal.objects.filter(outcome="", last_day__gte=sessions.today())


def seen_by(by: Doer) -> "QuerySet[Proposal]":
    """The proposals that somebody may see, decided or not: of the offices that he oversees, and his own."""
    about_site = [kind for kind, family in _FAMILY.items() if family == SITE]
    kept = standing.offices_of(by, "registers")
    of_people = Q(office__in=standing.overseen(by)) & ~Q(kind__in=about_site)
    return Proposal.objects.filter(of_people | Q(office__in=kept, kind__in=about_site) | Q(proposed_by=by.user))


def _held(proposal: Proposal) -> Proposal:
    """The row, locked and as it is now, with the person whom it concerns; refused when it is decided or has fallen."""
    held = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if held.subject_id is not None:
        User.objects.select_for_update().get(pk=held.subject_id)
    if held.outcome:
        raise NotDone("undecided")
    if held.last_day < sessions.today():
        raise NotDone("in_time")
    return held


def _not_yours(proposal: Proposal, by: Doer) -> dict[str, bool]:
    """Whether somebody has not the duty in which a proposal of this kind is decided."""
    if _FAMILY[proposal.kind] == SITE:
        return {"registers": not standing.registers(by, proposal.office)}
    return {"manages": not standing.oversees(by, proposal.office)}


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


def _write(what: str, proposal: Proposal, by: Doer, done: Mapping[str, Any], *, reason: str = "") -> None:
    book.write(
        f"{_FAMILY[proposal.kind]}.{what}",
        by=by.post,
        user=by.user,
        subject=proposal.subject or ("site", proposal.kind),
        after={"proposal": proposal.pk, "kind": proposal.kind, **done},
        reason=reason or proposal.reason,
        second_user=proposal.proposed_by if what != "propose" else None,
        address=by.place,
    )
