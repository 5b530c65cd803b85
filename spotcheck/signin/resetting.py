"""Four eyes over how somebody comes in: second factor taken away, single sign-on linked or unlinked by hand.

One administrator proposes it, another confirms it (``registers/proposals.py``); a command is one of the two. Then all
sessions of the person end, a letter tells him, and the book says who both were. Passwords are never touched by it.
"""

from collections.abc import Mapping
from typing import Any, Final

from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings

from spotcheck.docket import book
from spotcheck.docket.sessions import session
from spotcheck.parties.models import User
from spotcheck.registers import people, proposals, standing
from spotcheck.registers.doer import Doer
from spotcheck.registers.models import Proposal
from spotcheck.registers.refusals import refuse_if
from spotcheck.signin import factors, letters, noting

LONGEST: Final = 191
"""So long a subject of the provider may be."""


def reset_factor(user: User, *, by: Doer, reason: str) -> User | Proposal:
    """Propose that a person's second factor is taken away, recovery codes and passkeys with it.

    A command does it at once where nobody is left who could confirm it.
    """
    standing.let_manage(by, user)
    alone = by.is_command and not people.can_another_decide(user)
    waits = _waits("factor", user) and not alone
    refuse_if(no_factor=not factors.has_one(user), missing=not reason.strip(), proposed=waits)
    if not alone:
        return _propose("factor", user, by, {}, reason)
    with session():
        Authenticator.objects.filter(user=user).delete()
        noting.end_others(user, None)
        line = book.write("people.factor", by=None, user=None, subject=user, reason=reason, address=by.place)
        assert line is not None, "only readings are passed over"
        letters.tell_of_reset(line)
    return user


def link_single(user: User, subject: str, *, by: Doer, reason: str) -> Proposal:
    """Propose that the subject of the provider is this person."""
    standing.let_manage(by, user)
    refuse_if(
        missing=not (reason.strip() and subject.strip()),
        proposed=_waits("link", user),
        too_long=len(subject) > LONGEST,
        **_in_the_way_of_link(user, subject.strip()),
    )
    return _propose("link", user, by, {"subject": subject.strip()}, reason)


def unlink_single(user: User, *, by: Doer, reason: str) -> Proposal:
    """Propose that the link to the single sign-on ends."""
    standing.let_manage(by, user)
    refuse_if(not_linked=not is_linked(user), missing=not reason.strip(), proposed=_waits("unlink", user))
    return _propose("unlink", user, by, {}, reason)


def is_linked(user: User) -> bool:
    """Whether a person comes in by the single sign-on."""
    return bool(SocialAccount.objects.filter(user=user).exists())


@proposals.carries_out("factor")
def _reset(proposal: Proposal, _by: Doer) -> Mapping[str, Any]:
    refuse_if(no_factor=not factors.has_one(proposal.person))
    Authenticator.objects.filter(user=proposal.subject).delete()
    _let_know(proposal)
    return {}


@proposals.carries_out("link")
def _linked(proposal: Proposal, _by: Doer) -> Mapping[str, Any]:
    user, subject = proposal.person, proposal.details["subject"]
    refuse_if(**_in_the_way_of_link(user, subject))
    assert settings.SSO is not None, "else it is in the way"
    SocialAccount.objects.create(user=user, provider=settings.SSO.name, uid=subject, extra_data={"sub": subject})
    _let_know(proposal)
    return {"subject": subject}


@proposals.carries_out("unlink")
def _unlinked(proposal: Proposal, _by: Doer) -> Mapping[str, Any]:
    refuse_if(not_linked=not is_linked(proposal.person))
    rows = SocialAccount.objects.filter(user=proposal.subject)
    rows._raw_delete(rows.db)  # noqa: SLF001 -- tokens hang on it, which we never keep and may not delete
    _let_know(proposal)
    return {}


def _in_the_way_of_link(user: User, subject: str) -> dict[str, bool]:
    taken = settings.SSO is not None and SocialAccount.objects.filter(provider=settings.SSO.name, uid=subject).exists()
    return {"no_single": settings.SSO is None, "linked": is_linked(user), "subject_taken": taken}


def _waits(kind: str, user: User) -> bool:
    return proposals.waiting().filter(kind=kind, subject=user).exists()


def _propose(kind: str, user: User, by: Doer, details: Mapping[str, Any], reason: str) -> Proposal:
    office = next(iter(standing.homes_of(user)))
    return proposals.propose(kind, by=by, office=office, subject=user, details=details, reason=reason)


def _let_know(proposal: Proposal) -> None:
    """End all sessions of the person, and tell him by a letter."""
    noting.end_others(proposal.person, getattr(context, "request", None))
    letters.tell_of_ways(proposal)
