"""Who might do what on a day, past or present; and the review of it, each half-year or year.

Posts are never changed and never end before yesterday (``posts``), so that what is said of a past day stays the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Prefetch, Q, QuerySet

from spotcheck.docket import book, sessions
from spotcheck.docket.sessions import session
from spotcheck.parties.models import Office, Post, StaffNumber, User
from spotcheck.registers import standing
from spotcheck.registers.doer import Doer
from spotcheck.registers.models import Review
from spotcheck.registers.refusals import refuse_if
from spotcheck.rules.entitlements import FOUR_EYES

UNUSED_DAYS: Final = 90
"""Accounts that nobody has used for so long are listed."""
LOCKED_DAYS: Final = 180
"""Accounts that nobody has used for so long are locked."""
_HALF: Final = 6


@dataclass(frozen=True, slots=True)
class Line:
    """What one person might do on a day in one post."""

    post: Post
    number: str

    @property
    def period_from(self) -> str:
        """How often the rights of this post are looked through."""
        return "half" if FOUR_EYES.intersection(self.post.entitlements) else "year"


def on(day: date, offices: "QuerySet[Office]", *, user: User | None = None) -> list[Line]:
    """Who might do what on a day in these offices, by office and person."""
    posts = Post.objects.valid_on(day).filter(office__in=offices)
    if user is not None:
        posts = posts.filter(user=user)
    numbers = Prefetch("user__staff_numbers", StaffNumber.objects.only("office_id", "number", "user_id"))
    related = ("user", "office", "granted_by", "confirmed_by")
    found = posts.select_related(*related).prefetch_related(numbers).order_by("office__code", "user__full_name", "pk")
    return [Line(post, _number_in(post)) for post in found]


def _number_in(post: Post) -> str:
    return next((each.number for each in post.user.staff_numbers.all() if each.office_id == post.office_id), "")


def period_of(post: Post, day: date) -> str:
    """The period of review of a day: a half-year for what is worth four eyes, a year for everything else."""
    if FOUR_EYES.intersection(post.entitlements):
        return f"{day.year}H{1 if day.month <= _HALF else 2}"
    return str(day.year)


def to_review(offices: "QuerySet[Office]", day: date) -> list[Line]:
    """The posts of these offices that nobody has looked through in their period yet.

    What was granted in the period itself has just been looked at.
    """
    lines = on(day, offices)
    seen = set(Review.objects.filter(post__in=[line.post.pk for line in lines]).values_list("post", "period"))
    return [
        line
        for line in lines
        if (line.post.pk, period_of(line.post, day)) not in seen
        and period_of(line.post, line.post.since) != period_of(line.post, day)
    ]


def keep(posts: Iterable[Post], *, by: Doer) -> list[Review]:
    """Say that these rights were looked through and are kept: one line of the book for each post."""
    day = sessions.today()
    made = []
    with session():
        for post in posts:
            refuse_if(
                manages=post.office is None or not standing.manages(by, post.office),
                not_oneself=by.is_same_person(post.user),
                has_ended=post.until is not None and post.until < day,
            )
            assert by.user is not None, "rights are looked through by a person"
            review, is_new = Review.objects.get_or_create(
                post=post, period=period_of(post, day), defaults={"by": by.user, "on": day}
            )
            if is_new:
                book.write(
                    "people.review",
                    by=by.post,
                    user=by.user,
                    subject=post.user,
                    after={"post": post.pk, "period": review.period},
                    address=by.place,
                )
            made.append(review)
    return made


def unused(day: date, days: int = UNUSED_DAYS) -> "QuerySet[User]":
    """The accounts that are open, have a post, and were not used for so many days."""
    limit = date.fromordinal(day.toordinal() - days)
    posts = Post.objects.valid_on(day).filter(office__isnull=False)
    not_since = Q(last_login__date__lt=limit) | Q(last_login=None, date_joined__date__lt=limit)
    return User.objects.filter(not_since, is_active=True, pk__in=posts.values("user")).order_by("pk")


def lock_unused(*, by: Doer) -> list[User]:
    """Lock the accounts of who has left, and those not used for half a year but by people who manage people."""
    day = sessions.today()
    managing = Post.objects.valid_on(day).filter(entitlements__contains=["manages"]).values("user")
    locked = []
    with session():
        gone = User.objects.filter(left_on__lt=day, is_active=True)
        idle = unused(day, LOCKED_DAYS).exclude(pk__in=managing)
        chosen = User.objects.filter(Q(pk__in=gone.values("pk")) | Q(pk__in=idle.values("pk"))).order_by("pk")
        for user in chosen.select_for_update(of=("self",)):
            user.is_active = False
            user.save(update_fields=["is_active"])
            book.write(
                "people.lock",
                by=None,
                user=None,
                subject=user,
                before={"active": True},
                after={"active": False},
                reason="已离职" if user.left_on is not None else f"{LOCKED_DAYS} 天未使用",
                address=by.place,
            )
            locked.append(user)
    return locked
