"""Leaving for good, and coming back. Who has left gets no post; whatever he had ends with his last day."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Q

from spotcheck.docket import book, sessions
from spotcheck.docket.sessions import session
from spotcheck.parties.models import Post, User
from spotcheck.registers import posts, standing
from spotcheck.registers.doer import Doer
from spotcheck.registers.refusals import refuse_if


def leave(user: User, *, last_day: date, by: Doer, reason: str) -> User:
    """Record that somebody leaves: all posts end with the last day, yesterday or later; then the account is locked.

    Everything or nothing: a post that owns open cases is handed over first. Raises :class:`NotDone`.
    """
    with session():
        held = User.objects.select_for_update().get(pk=user.pk)
        standing.let_manage(by, held)
        refuse_if(
            missing=not reason.strip(),
            has_left=held.left_on is not None,
            not_backdated=last_day.toordinal() < sessions.today().toordinal() - 1,
        )
        later = Post.objects.filter(Q(until=None) | Q(until__gt=last_day), user=held, office__isnull=False)
        ended = [posts.end_post(post, by=by, reason=reason, last_day=last_day).pk for post in later.order_by("pk")]
        held.left_on = last_day
        held.is_active = held.is_active and last_day >= sessions.today()
        held.save(update_fields=["left_on", "is_active"])
        after = {"left_on": last_day, "posts": ended, "active": held.is_active}
        _write("people.leave", held, by, after=after, reason=reason)
    return held


def come_back(user: User, *, by: Doer, reason: str) -> User:
    """Record that somebody is back. Posts are granted anew, and a lock is lifted as any other."""
    with session():
        held = User.objects.select_for_update().get(pk=user.pk)
        standing.let_manage(by, held)
        refuse_if(missing=not reason.strip(), has_not_left=held.left_on is None)
        before: dict[str, object] = {"left_on": held.left_on}
        held.left_on = None
        held.save(update_fields=["left_on"])
        _write("people.back", held, by, before=before, after={"left_on": None}, reason=reason)
    return held


def _write(
    kind: str,
    user: User,
    by: Doer,
    *,
    after: Mapping[str, object],
    reason: str,
    before: Mapping[str, object] | None = None,
) -> None:
    book.write(
        kind, by=by.post, user=by.user, subject=user, before=before, after=after, reason=reason, address=by.place
    )
