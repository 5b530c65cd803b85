"""Posts: granting and ending them.

A post is never changed: another role, other entitlements, another office are another post. It begins today or later and
ends yesterday (at once) or later, so that what somebody might do on a day that is over never changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from spotcheck.docket import book, sessions
from spotcheck.docket.sessions import session
from spotcheck.parties.models import Office, Post, User
from spotcheck.registers import absences, changed_rights, ending, proposals, standing
from spotcheck.registers.doer import Doer
from spotcheck.registers.models import Proposal
from spotcheck.registers.refusals import NotDone, refuse_if
from spotcheck.rules.entitlements import DUTIES, FOUR_EYES, OF_BODIES, OF_BUREAUS, duties_of

_Kind, _Role = Office.Kind, Post.Role

ROLES: Final[dict[str, tuple[str, ...]]] = {
    _Kind.PROVINCE: (_Role.OFFICER, _Role.SAMPLER, _Role.ADMINISTRATOR),
    _Kind.CITY: (_Role.OFFICER, _Role.SAMPLER, _Role.ADMINISTRATOR),
    _Kind.COUNTY: (_Role.OFFICER, _Role.SAMPLER, _Role.ADMINISTRATOR),
    _Kind.SAMPLING_BODY: (_Role.OFFICER, _Role.SAMPLER, _Role.ADMINISTRATOR),
    _Kind.LABORATORY: (_Role.ANALYST, _Role.SAMPLER, _Role.ADMINISTRATOR),
}
"""The posts that there are in an office, by its kind."""

OF_ADMINISTRATORS: Final[dict[str, frozenset[str]]] = {
    _Kind.PROVINCE: frozenset(DUTIES),
    _Kind.CITY: frozenset({"manages", "registers", "audits"}),
    _Kind.COUNTY: frozenset({"manages", "registers", "audits"}),
    _Kind.SAMPLING_BODY: frozenset({"manages", "audits"}),
    _Kind.LABORATORY: frozenset({"manages", "audits"}),
}
"""The entitlements of the administration that an office may have, by its kind."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A post that somebody is to have; both days are included."""

    user: User
    office: Office
    role: str
    since: date
    until: date | None = None
    entitlements: tuple[str, ...] = ()
    certificate: str = ""
    certificate_until: date | None = None

    def as_details(self) -> dict[str, Any]:
        """What a proposal keeps of it."""
        return {
            "office": self.office.code,
            "role": self.role,
            "since": self.since.isoformat(),
            "until": self.until.isoformat() if self.until else None,
            "entitlements": sorted(self.entitlements),
            "certificate": self.certificate,
            "certificate_until": self.certificate_until.isoformat() if self.certificate_until else None,
        }

    @classmethod
    def of(cls, proposal: Proposal, *, not_before: date) -> "Wanted":
        """What a proposal is about; one that was confirmed later begins later."""
        said = proposal.details
        return cls(
            user=proposal.person,
            office=proposal.office,
            role=said["role"],
            since=max(date.fromisoformat(said["since"]), not_before),
            until=_day(said["until"]),
            entitlements=tuple(said["entitlements"]),
            certificate=said["certificate"],
            certificate_until=_day(said["certificate_until"]),
        )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def needs_two(wanted: Wanted) -> bool:
    """Whether a second person has to confirm the post: any at the province, and what is worth four eyes."""
    return wanted.office.kind == Office.Kind.PROVINCE or bool(FOUR_EYES.intersection(wanted.entitlements))


def grant(wanted: Wanted, *, by: Doer, reason: str = "") -> Post | Proposal:
    """Grant a post, or propose it where four eyes are needed; raises :class:`NotDone`."""
    with session():
        _hold(wanted.user)
        if by.is_same_person(wanted.user):
            raise NotDone("not_oneself")
        reach = standing.oversees if wanted.role == Post.Role.ADMINISTRATOR else standing.manages
        refuse_if(manages=not reach(by, wanted.office))
        judge(wanted)
        if needs_two(wanted):
            return proposals.propose(
                "grant", by=by, office=wanted.office, subject=wanted.user, details=wanted.as_details(), reason=reason
            )
        post = _make(wanted, granted_by=by.user)
        after = {"post": post.pk, **wanted.as_details()}
        book.write(
            "people.grant", by=by.post, user=by.user, subject=wanted.user, after=after, reason=reason, address=by.place
        )
    return post


@proposals.carries_out("grant")
def _granted(proposal: Proposal, by: Doer) -> Mapping[str, Any]:
    """Make the post that was proposed, if it is still possible."""
    wanted = Wanted.of(proposal, not_before=sessions.today())
    judge(wanted)
    post = _make(wanted, granted_by=proposal.proposed_by, confirmed_by=by.user)
    return {"post": post.pk, **wanted.as_details()}


def judge(wanted: Wanted) -> None:
    """Raise :class:`NotDone` for a post that nobody could grant: all reasons together."""
    kind, chosen = wanted.office.kind, set(wanted.entitlements)
    administers = wanted.role == Post.Role.ADMINISTRATOR
    carried = set(DUTIES) if administers else set(OF_BUREAUS if wanted.office.is_bureau else OF_BODIES)
    refuse_if(
        fits_office=wanted.role not in ROLES[kind],
        fits_role=not chosen <= carried,
        office_has_it=administers and chosen <= carried and not chosen <= OF_ADMINISTRATORS[kind],
        missing=administers and not chosen,
        not_backdated=wanted.since < sessions.today(),
        span=wanted.until is not None and wanted.until < wanted.since,
        has_left=wanted.user.left_on is not None,
        office_exists=not _exists(wanted),
        three_duties=len(duties_of(chosen | _held_meanwhile(wanted))) > 1,
        once=_overlapping(wanted).filter(office=wanted.office, role=wanted.role).exists(),
    )


def _exists(wanted: Wanted) -> bool:
    since, until = wanted.office.since, wanted.office.until
    return (since is None or since <= wanted.since) and (until is None or until >= wanted.since)


def _overlapping(wanted: Wanted) -> Any:
    held = Post.objects.filter(user=wanted.user).exclude(until__lt=wanted.since)
    return held.filter(since__lte=wanted.until) if wanted.until is not None else held


def _held_meanwhile(wanted: Wanted) -> set[str]:
    """All entitlements of the person on any day of the post that is wanted."""
    return {name for each in _overlapping(wanted).values_list("entitlements", flat=True) for name in each}


def _make(wanted: Wanted, *, granted_by: User | None, confirmed_by: User | None = None) -> Post:
    made = Post.objects.create(
        user=wanted.user,
        office=wanted.office,
        role=wanted.role,
        since=wanted.since,
        until=wanted.until,
        entitlements=sorted(wanted.entitlements),
        certificate=wanted.certificate,
        certificate_until=wanted.certificate_until,
        granted_by=granted_by,
        confirmed_by=confirmed_by,
    )
    if made.since <= sessions.today():
        changed_rights.tell(wanted.user)
    return made


def end_post(post: Post, *, by: Doer, reason: str, last_day: date | None = None) -> Post:
    """End a post, by one person: at once, or after a day to come. Whoever it stands in for needs somebody else.

    Absences of the post, and those for which it stands in, end with it. Raises :class:`NotDone`, and what those refuse
    who are asked before (``ending.before_ending``).
    """
    with session():
        _hold(post.user)
        held = Post.objects.select_for_update(of=("self",)).select_related("office", "user").get(pk=post.pk)
        today = sessions.today()
        yesterday = date.fromordinal(today.toordinal() - 1)
        last = last_day or yesterday
        if held.office is None:
            raise NotDone("manages")
        reach = standing.oversees if held.role == Post.Role.ADMINISTRATOR else standing.manages
        refuse_if(
            manages=not reach(by, held.office),
            missing=not reason.strip(),
            not_backdated=last < yesterday,
            has_ended=held.until is not None and held.until <= last,
            last_administrator=_is_last(held, by),
        )
        ending.ask(held, last)
        before = {"until": held.until}
        held.until = last
        held.save(update_fields=["until"])
        cut = absences.cut(held, last)
        if last < today:
            changed_rights.tell(held.user)
        book.write(
            "people.end_post",
            by=by.post,
            user=by.user,
            subject=held.user,
            before=before,
            after={"post": held.pk, "office": held.office.code, "role": held.role, "until": last, "absences": cut},
            reason=reason,
            address=by.place,
        )
    return held


def _is_last(post: Post, by: Doer) -> bool:
    """Whether nobody would be left to manage the people of an office that has none above it."""
    if by.is_command or "manages" not in post.entitlements or post.office is None:
        return False
    if standing.overseer_of(post.office) is not None:
        return False
    others = Post.objects.valid_on(sessions.today()).filter(office=post.office, user__is_active=True)
    return not others.filter(entitlements__contains=["manages"]).exclude(user=post.user).exists()


def _hold(user: User) -> None:
    """Lock a person: two things that are done with one person come one after the other."""
    User.objects.select_for_update().get(pk=user.pk)
