"""Persons, their particulars and staff numbers; locks. Nobody is deleted, and no username is given again."""

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast

from spotcheck.docket import book, sessions
from spotcheck.docket.models import Record
from spotcheck.docket.sessions import session
from spotcheck.parties.folded import Fold
from spotcheck.parties.models import PROVINCE_CODE, Office, Post, StaffNumber, User
from spotcheck.registers import changed_rights, naming, proposals, standing
from spotcheck.registers.doer import Doer
from spotcheck.registers.models import Proposal
from spotcheck.registers.refusals import NotDone, refuse_if
from spotcheck.rules import folding

PARTICULARS: Final = ("full_name", "mobile", "email", "sso_only")
"""What may be changed of a person."""


def add(
    office: Office, *, username: str, full_name: str, number: str, by: Doer, mobile: str = "", email: str = ""
) -> User:
    """Add a person to an office under a staff number, without a password: that comes by a one-time link."""
    username, number = naming.as_kept(username), naming.as_kept(number)
    with session():
        naming.one_at_a_time()
        refuse_if(
            manages=not standing.oversees(by, office),
            missing=not (username and full_name.strip() and number),
            username_form=bool(username) and not naming.is_username(username),
            number_form=bool(number) and not naming.is_for_the_entrance(number),
        )
        refuse_if(username=naming.person(username) is not None, number=_is_given(office, number))
        user = User(username=username, full_name=full_name, mobile=mobile, email=email, must_change_password=True)
        user.set_unusable_password()
        user.save()
        StaffNumber.objects.create(office=office, user=user, number=number)
        after = {"username": username, "full_name": full_name, "mobile": mobile, "email": email}
        _write("people.add", user, by, after=after | {"office": office.code, "number": number})
    return user


def change(user: User, *, by: Doer, **particulars: Any) -> User:
    """Change particulars of a person; what stays the same is no change and is not written down."""
    assert set(particulars) <= set(PARTICULARS), particulars
    with session():
        held = _held(user)
        standing.let_manage(by, held)
        before = {name: getattr(held, name) for name in particulars if getattr(held, name) != particulars[name]}
        refuse_if(missing="full_name" in before and not str(particulars["full_name"]).strip())
        if before:
            after = {name: particulars[name] for name in before}
            for name, value in after.items():
                setattr(held, name, value)
            if after.get("sso_only"):
                held.set_unusable_password()  # who comes through the single sign-on only has none
            held.save(update_fields=[*after, "password"])
            if after.get("sso_only"):
                changed_rights.tell(held)
            _write("people.change", held, by, before=before, after=after)
    return held


def give_number(user: User, office: Office, number: str, *, by: Doer) -> StaffNumber:
    """Give a person a number in an office, once; nobody else ever gets it there."""
    number = naming.as_kept(number)
    with session():
        naming.one_at_a_time()
        _held(user)
        refuse_if(
            manages=not standing.oversees(by, office),
            missing=not number,
            number_form=bool(number) and not naming.is_for_the_entrance(number),
            number=_is_given(office, number),
            once=StaffNumber.objects.filter(office=office, user=user).exists(),
        )
        given = StaffNumber.objects.create(office=office, user=user, number=number)
        _write("people.number", user, by, after={"office": office.code, "number": number})
    return given


def lock(user: User, *, by: Doer, reason: str) -> User:
    """Lock an account, by one person and at once: whoever is signed in is signed out with the next request."""
    with session():
        held = _held(user)
        standing.let_manage(by, held)
        refuse_if(locked=not held.is_active, missing=not reason.strip(), last_administrator=_is_last(held, by))
        held.is_active = False
        held.save(update_fields=["is_active"])
        changed_rights.tell(held)
        _write("people.lock", held, by, before={"active": True}, after={"active": False}, reason=reason)
    return held


def unlock(user: User, *, by: Doer, reason: str) -> User | Proposal:
    """Lift a lock; that of an administrator is proposed, and another person confirms it.

    A command does it at once where nobody is left who could confirm it.
    """
    with session():
        held = _held(user)
        standing.let_manage(by, held)
        refuse_if(not_locked=held.is_active, missing=not reason.strip())
        if standing.is_administrator(held) and not (by.is_command and not can_another_decide(held)):
            office = next(iter(standing.homes_of(held)))
            return proposals.propose("unlock", by=by, office=office, subject=held, details={}, reason=reason)
        _open(held)
        _write("people.unlock", held, by, before={"active": False}, after={"active": True}, reason=reason)
    return held


@proposals.carries_out("unlock")
def _unlocked(proposal: Proposal, _by: Doer) -> Mapping[str, Any]:
    refuse_if(not_locked=proposal.person.is_active)
    _open(proposal.person)
    return {"active": True}


def _open(user: User) -> None:
    user.is_active = True
    user.save(update_fields=["is_active"])


def _is_last(user: User, by: Doer) -> bool:
    """Whether nobody would be left to manage the people of the province; a command may lock him all the same."""
    here = _managing_the_province().filter(user=user).exists()
    return not by.is_command and here and not can_another_decide(user)


def can_another_decide(user: User) -> bool:
    """Whether another person who is not locked manages the people of the province, and so could confirm."""
    return _managing_the_province().filter(user__is_active=True).exclude(user=user).exists()


def _managing_the_province() -> Any:
    posts = Post.objects.valid_on(sessions.today()).filter(office__code=PROVINCE_CODE, role=Post.Role.ADMINISTRATOR)
    return posts.filter(entitlements__contains=["manages"])


def in_sight(by: Doer) -> "QuerySet[User]":
    """The people whom somebody sees: those with a post or a number in the offices that he manages.

    For the province also who administers a body, and who has no post there yet: it makes their first administrators.
    """
    offices = standing.offices_of(by)
    seen = Q(pk__in=Post.objects.filter(office__in=offices).values("user"))
    seen |= Q(pk__in=StaffNumber.objects.filter(office__in=offices).values("user"))
    bodies = standing.overseen(by).exclude(pk__in=offices.values("pk"))
    seen |= Q(pk__in=Post.objects.filter(office__in=bodies, role=Post.Role.ADMINISTRATOR).values("user"))
    seen |= Q(pk__in=StaffNumber.objects.filter(office__in=bodies).values("user"), posts__isnull=True)
    return User.objects.filter(seen)


def called(rows: "QuerySet[User]", typed: str, within: "QuerySet[StaffNumber]") -> "QuerySet[User]":
    """Those of these people in whose name or username each word lies, or whose number within these it is."""
    numbered = naming.alike(within, "number", typed).values("user")
    words = Q()
    for word in folding.words_of(typed):
        words &= Q(name_folded__contains=word) | Q(username_folded__contains=word)
    folded = rows.annotate(name_folded=Fold("full_name"), username_folded=Fold("username"))
    return folded.filter(words | Q(pk__in=numbered))


def locked_by_tries(by: Doer) -> "QuerySet[User]":
    """Those in somebody's sight whose account wrong passwords have locked, and nobody else since: he may open them."""
    lines = Record.objects.filter(subject_type="user", kind__in=("sign_in.locked", "people.lock"))
    last = lines.filter(subject_id=Cast(OuterRef("pk"), CharField())).order_by("-pk").values("kind")[:1]
    locked = in_sight(by).filter(is_active=False, left_on=None).annotate(last_lock=Subquery(last))
    return locked.filter(last_lock="sign_in.locked").order_by("pk")


def find(username: str) -> User:
    """The person with this username, however it is typed; raises :class:`NotDone`."""
    found = naming.person(username)
    if found is None:
        raise NotDone("missing")
    return found


def _is_given(office: Office, number: str) -> bool:
    return naming.alike(StaffNumber.objects.filter(office=office), "number", number).exists()


def _held(user: User) -> User:
    return User.objects.select_for_update().get(pk=user.pk)


def _write(
    kind: str,
    user: User,
    by: Doer,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    book.write(
        kind, by=by.post, user=by.user, subject=user, before=before, after=after, reason=reason, address=by.place
    )
