"""How a province begins: its first two administrators, without a password, each with a link, once; and what they say.

What no machine can see, that the province's data are right, that papers are sealed by hand, that no mail is sent, is
confirmed by a person and stands in the book.
"""

from dataclasses import dataclass, replace
from typing import Final

from spotcheck.docket import book, sessions
from spotcheck.docket.models import Record
from spotcheck.docket.sessions import session
from spotcheck.parties.models import PROVINCE_CODE, Office, Post, User
from spotcheck.registers import links, naming, standing
from spotcheck.registers.doer import Doer
from spotcheck.registers.refusals import refuse_if

ENTITLEMENTS = ("manages", "registers")
CONFIRMED: Final = ("province", "old_cases", "seal", "mail")
"""What a person says of a new installation."""
_SAID: Final = "settings.first_run"


@dataclass(frozen=True, slots=True)
class Person:
    """One of the first two."""

    username: str
    full_name: str
    email: str = ""


def confirm_step(name: str, *, by: Doer) -> None:
    """Confirm one of :data:`CONFIRMED`, by who keeps the master data of the province; once is enough."""
    with session():
        province = Office.objects.select_for_update().get(code=PROVINCE_CODE)
        refuse_if(registers=not standing.registers(by, province), missing=name not in CONFIRMED)
        if not is_confirmed(name):
            book.write(_SAID, by=by.post, user=by.user, subject=("site", f"first_run.{name}"), address=by.place)


def is_confirmed(name: str) -> bool:
    """Whether somebody has said it."""
    return Record.objects.filter(kind=_SAID, subject_type="site", subject_id=f"first_run.{name}").exists()


def first_administrators(first: Person, second: Person, *, by: Doer) -> list[tuple[User, str]]:
    """Make the two administrators of the province, and return them with the secrets of their links.

    Possible as long as no administrator has a password, so also again when the links have run out.
    """
    assert by.is_command, "the first administrators are made on the machine"
    people = tuple(replace(person, username=naming.as_kept(person.username)) for person in (first, second))
    with session():
        province = Office.objects.select_for_update().get(code=PROVINCE_CODE)
        refuse_if(
            has_administrators=_somebody_can_sign_in(),
            two_people=len({person.username.casefold() for person in people}) == 1,
            missing=not all(person.username and person.full_name.strip() for person in people),
            username_form=not all(naming.is_username(person.username) for person in people if person.username),
        )
        refuse_if(username=any(_is_taken(person, province) for person in people))
        made = []
        for person in people:
            user = _provide(person, province)
            secret, link = links.make(user)
            after = {"username": user.username, "full_name": user.full_name, "email": user.email}
            book.write(
                "people.first_admin",
                by=None,
                user=None,
                subject=user,
                after=after | {"office": province.code, "expires": link.expires_at},
                address=by.place,
            )
            made.append((user, secret))
    return made


def _administrators() -> list[User]:
    posts = Post.objects.filter(role=Post.Role.ADMINISTRATOR).select_related("user")
    return [post.user for post in posts]


def _somebody_can_sign_in() -> bool:
    return any(user.has_usable_password() for user in _administrators())


def _is_taken(person: Person, province: Office) -> bool:
    """Whether the username is somebody's who is not one of these administrators already."""
    found = naming.person(person.username)
    return found is not None and not found.posts.filter(role=Post.Role.ADMINISTRATOR, office=province).exists()


def _provide(person: Person, province: Office) -> User:
    user = naming.person(person.username)
    if user is not None:
        return user
    user = User(username=person.username, full_name=person.full_name, email=person.email, must_change_password=True)
    user.set_unusable_password()
    user.save()
    Post.objects.create(
        user=user,
        office=province,
        role=Post.Role.ADMINISTRATOR,
        since=sessions.today(),
        entitlements=list(ENTITLEMENTS),
    )
    return user
