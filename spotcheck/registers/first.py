"""The first two administrators of a province: without a password, each with a link, once."""

from dataclasses import dataclass

from spotcheck.docket import book, sessions
from spotcheck.docket.sessions import session
from spotcheck.parties.models import PROVINCE_CODE, Office, Post, User
from spotcheck.registers import links
from spotcheck.registers.doer import Doer
from spotcheck.registers.refusals import refuse_if

ENTITLEMENTS = ("manages", "registers")


@dataclass(frozen=True, slots=True)
class Person:
    """One of the first two."""

    username: str
    full_name: str
    email: str = ""


def first_administrators(first: Person, second: Person, *, by: Doer) -> list[tuple[User, str]]:
    """Make the two administrators of the province, and return them with the secrets of their links.

    Possible as long as no administrator has a password, so also again when the links have run out.
    """
    assert by.is_command, "the first administrators are made on the machine"
    people = (first, second)
    with session():
        province = Office.objects.select_for_update().get(code=PROVINCE_CODE)
        refuse_if(
            has_administrators=_somebody_can_sign_in(),
            two_people=first.username.casefold() == second.username.casefold(),
            missing=not all(person.username.strip() and person.full_name.strip() for person in people),
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
    found = User.objects.filter(username__iexact=person.username).first()
    return found is not None and not found.posts.filter(role=Post.Role.ADMINISTRATOR, office=province).exists()


def _provide(person: Person, province: Office) -> User:
    user = User.objects.filter(username__iexact=person.username).first()
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
