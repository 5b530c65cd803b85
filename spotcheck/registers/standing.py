"""What an administrator may administer: his office and those below it; a body administers itself.

Above a body stands the province for three things only: it creates the body, makes its administrators, and confirms what
they propose where the body has nobody else. It gives no posts in the work of a body.
"""

from collections.abc import Iterator
from datetime import date

from django.db import connection
from django.db.models import Count, Q, QuerySet

from spotcheck.docket import sessions
from spotcheck.parties.models import PROVINCE_CODE, Office, Post, User
from spotcheck.registers.doer import Doer
from spotcheck.registers.refusals import NotDone

MOST_LEVELS = 8
"""So many levels of offices there are at most; what is longer is a circle."""


_BELOW = """
WITH RECURSIVE reached(id, level) AS (
    SELECT %s::bigint, 0
    UNION
    SELECT office.id, reached.level + 1
    FROM parties_office office JOIN reached ON office.parent_id = reached.id WHERE reached.level < %s
)
SELECT DISTINCT id FROM reached
"""


def upward(office: Office) -> Iterator[Office]:
    """An office and those above it, the nearest first."""
    here: Office | None = office
    for _ in range(MOST_LEVELS):
        if here is None:
            return
        yield here
        here = here.parent


def below(office: Office) -> set[int]:
    """The keys of an office and of all offices below it."""
    with connection.cursor() as cursor:
        cursor.execute(_BELOW, [office.pk, MOST_LEVELS])
        return {key for (key,) in cursor.fetchall()}


def overseer_of(office: Office) -> Office | None:
    """The office above: for a body, which administers itself, the province."""
    if office.parent is not None or office.is_bureau:
        return office.parent
    return Office.objects.get(code=PROVINCE_CODE)


def entitles(post: Post, entitlement: str) -> bool:
    """Whether this is a post of the administration with an entitlement, and valid today."""
    today = sessions.today()
    valid = post.since <= today and (post.until is None or post.until >= today)
    return valid and post.role == Post.Role.ADMINISTRATOR and entitlement in post.entitlements


def manages(by: Doer, office: Office) -> bool:
    """Whether somebody manages the people of an office: it is his own, or his own stands above it."""
    if by.post is None:
        return True
    return entitles(by.post, "manages") and by.post.office_id in {each.pk for each in upward(office)}


def oversees(by: Doer, office: Office) -> bool:
    """Whether somebody manages the people of an office, or those of the one above a body."""
    above = overseer_of(office)
    return manages(by, office) or (above is not None and manages(by, above))


def registers(by: Doer, office: Office) -> bool:
    """Whether somebody keeps the master data of an office; of a body that is the province."""
    if by.post is None:
        return True
    above = overseer_of(office)
    known = {each.pk for each in upward(office)} | ({above.pk} if above is not None else set())
    return entitles(by.post, "registers") and by.post.office_id in known


def offices_of(by: Doer, entitlement: str = "manages") -> "QuerySet[Office]":
    """The offices over which somebody has an entitlement: his own and those below."""
    if by.post is None:
        return Office.objects.all()
    if by.post.office is None or not entitles(by.post, entitlement):
        return Office.objects.none()
    found = Office.objects.filter(pk__in=below(by.post.office))
    if by.post.office.kind == Office.Kind.PROVINCE and entitlement in {"audits", "registers"}:
        return found | Office.objects.exclude(kind__in=Office.BUREAUS)
    return found


def overseen(by: Doer) -> "QuerySet[Office]":
    """The offices whose administrators somebody can make: those that he manages, and for the province all bodies."""
    found = offices_of(by)
    is_province = by.post is not None and by.post.office is not None and by.post.office.code == PROVINCE_CODE
    return found | Office.objects.exclude(kind__in=Office.BUREAUS) if is_province and found.exists() else found


def people_in(offices: "QuerySet[Office]", day: date) -> "QuerySet[Office]":
    """These offices, each with ``people``: how many persons have a post in it on a day."""
    held = Q(posts__since__lte=day) & (Q(posts__until__isnull=True) | Q(posts__until__gte=day))
    return offices.annotate(people=Count("posts__user", filter=held, distinct=True))


def homes_of(user: User) -> list[Office]:
    """The offices in which somebody has a post today or later; without any, those that have given him a number."""
    posts = Post.objects.filter(user=user, office__isnull=False).select_related("office__parent__parent")
    today = sessions.today()
    held = {post.office_id: post.office for post in posts if post.until is None or post.until >= today}
    if not held:
        held = {number.office_id: number.office for number in user.staff_numbers.select_related("office__parent")}
    return [office for office in held.values() if office is not None]


def is_administrator(user: User) -> bool:
    """Whether somebody has a post of the administration today."""
    return Post.objects.valid_on(sessions.today()).filter(user=user, role=Post.Role.ADMINISTRATOR).exists()


def manages_person(by: Doer, user: User) -> bool:
    """Whether somebody manages a person: all offices where the person is at home, and at least one.

    So nobody reaches a higher office by way of a person who works there as well. A person who only administers a body
    is managed by the province, too, which has made this administrator; and so is one who was registered for it and has
    had no post yet.
    """
    homes = homes_of(user)
    if by.post is None:
        return True
    held = Post.objects.filter(user=user)
    works = held.valid_on(sessions.today()).exclude(role=Post.Role.ADMINISTRATOR).exists()
    is_of_the_administration = not works and (is_administrator(user) or not held.exists())
    reaches = oversees if is_of_the_administration else manages
    return bool(homes) and all(reaches(by, home) for home in homes)


def let_manage(by: Doer, user: User) -> None:
    """Raise :class:`NotDone` unless somebody manages a person and it is not himself."""
    if by.is_same_person(user):
        raise NotDone("not_oneself")
    if not manages_person(by, user):
        raise NotDone("manages")


def administrators_for(user: User) -> list[Post]:
    """Whom somebody without a post may ask: who manages people in his last office, or in the nearest one above it."""
    last = (
        Post.objects.filter(user=user, office__isnull=False).select_related("office").order_by("-since", "-pk").first()
    )
    valid = Post.objects.valid_on(sessions.today()).filter(entitlements__contains=["manages"], user__is_active=True)
    offices = [*upward(last.office)] if last is not None and last.office is not None else []
    for office in [*offices, Office.objects.get(code=PROVINCE_CODE)]:
        if found := list(valid.filter(office=office).select_related("user", "office").order_by("user__full_name")):
            return found
    return []
