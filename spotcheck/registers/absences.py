"""Absences, and colleagues who stand in: in their own names and with their own rights; nothing is inherited."""

from datetime import date
from typing import Any, Final

from django.db.models import Q, QuerySet

from spotcheck.docket import book, sessions
from spotcheck.docket.sessions import session
from spotcheck.parties.models import Absence, Deputyship, Office, Post, User
from spotcheck.registers import standing
from spotcheck.registers.doer import Doer
from spotcheck.registers.refusals import NotDone, refuse_if

LONGEST_REASON: Final = 200


def record(post: Post, *, first_day: date, last_day: date, deputy: Post, reason: str, by: Doer) -> Absence:
    """Record that somebody is away from a post from today or later on, and who stands in; else :class:`NotDone`."""
    with session():
        _hold(post, deputy)
        refuse_if(
            manages=not _may(by, post),
            missing=not reason.strip(),
            not_backdated=first_day < sessions.today(),
            span=last_day < first_day,
            has_ended=not _holds(post, first_day, last_day),
            absent_once=_away(post, first_day, last_day).exists(),
            stands_in=_standing_in(post, first_day, last_day).exists(),
            deputy_fits=not fits(post, deputy),
            deputy_present=not _holds(deputy, first_day, last_day) or _away(deputy, first_day, last_day).exists(),
        )
        absence = Absence.objects.create(
            post=post, first_day=first_day, last_day=last_day, deputy=deputy, reason=reason[:LONGEST_REASON]
        )
        _write("people.absence", absence, by, after=_told(absence), reason=reason)
    return absence


def end_early(absence: Absence, *, last_day: date, by: Doer) -> Absence | None:
    """End an absence before its time, yesterday or later. One that has not begun by then is forgotten: None."""
    with session():
        _hold(absence.post, absence.deputy)
        held = Absence.objects.select_related("post__office", "deputy").filter(pk=absence.pk).first()
        if held is None:
            raise NotDone("has_ended")
        refuse_if(
            manages=not _may(by, held.post),
            not_backdated=last_day.toordinal() < sessions.today().toordinal() - 1,
            has_ended=held.last_day <= last_day,
        )
        before = _told(held)
        kept = _end(held, last_day)
        _write("people.absence_end", held, by, before=before, after={"last_day": last_day})
    return held if kept else None


def cut(post: Post, last_day: date) -> list[dict[str, Any]]:
    """End what reaches beyond the last day of a post: its absences, and those in which it stands in; says which."""
    told = []
    rows = Absence.objects.filter(Q(post=post) | Q(deputy=post), last_day__gt=last_day)
    for absence in rows.select_related("post__user", "deputy__user").order_by("pk"):
        told.append({"absence": absence.pk, **_told(absence)})
        _end(absence, last_day)
    standing_ones = Deputyship.objects.filter(Q(post=post) | Q(other=post), until__isnull=True)
    standing_ones.update(until=last_day)
    return told


def name_deputy(post: Post, other: Post, *, by: Doer) -> Deputyship:
    """Name two posts of one office and role as standing in for each other (AB角)."""
    first, second = sorted((post, other), key=lambda each: each.pk)
    today = sessions.today()
    with session():
        _hold(first, second)
        refuse_if(
            manages=post.office is None or not standing.manages(by, post.office),
            deputy_fits=not fits(post, other),
            has_ended=not (_holds(first, today, today) and _holds(second, today, today)),
            once=Deputyship.objects.filter(post=first, other=second, until=None).exists(),
        )
        named = Deputyship.objects.create(post=first, other=second, since=today)
        after = {"posts": [first.pk, second.pk], "since": today}
        book.write("people.deputy", by=by.post, user=by.user, subject=post.user, after=after, address=by.place)
    return named


def end_deputyship(deputyship: Deputyship, *, by: Doer) -> None:
    """End it from today on."""
    with session():
        held = Deputyship.objects.select_for_update(of=("self",)).select_related("post__office", "post__user")
        row = held.get(pk=deputyship.pk)
        refuse_if(
            manages=row.post.office is None or not standing.manages(by, row.post.office),
            has_ended=row.until is not None,
        )
        row.until = sessions.today()
        row.save(update_fields=["until"])
        after = {"posts": [row.post_id, row.other_id], "until": row.until}
        book.write("people.deputy_end", by=by.post, user=by.user, subject=row.post.user, after=after, address=by.place)


def deputyships(offices: "QuerySet[Office]", user: User) -> "QuerySet[Deputyship]":
    """The standing deputyships of these offices and of a person."""
    mine = Q(post__user=user) | Q(other__user=user) | Q(post__office__in=offices)
    rows = Deputyship.objects.filter(mine, until=None).select_related("post__user", "post__office", "other__user")
    return rows.order_by("post__office__code", "pk")


def fits(post: Post, deputy: Post) -> bool:
    """Whether somebody else has a post of the same office and role."""
    same = (post.office_id, post.role) == (deputy.office_id, deputy.role)
    return same and post.office_id is not None and post.user_id != deputy.user_id


def colleagues(post: Post, day: date) -> list[Post]:
    """Who might stand in on a day, standing deputies first."""
    pairs = Deputyship.objects.filter(Q(post=post) | Q(other=post), until=None).values_list("post", "other")
    first = {key for pair in pairs for key in pair}
    rows = Post.objects.valid_on(day).filter(office=post.office, role=post.role, user__is_active=True)
    found = rows.exclude(user=post.user).select_related("user").order_by("pk")
    return sorted(found, key=lambda each: each.pk not in first)


def stood_in_for(post: Post, day: date) -> list[Absence]:
    """The absences of a day in which this post stands in."""
    rows = Absence.objects.filter(deputy=post, first_day__lte=day, last_day__gte=day).select_related("post__user")
    known = sessions.foreseen(question(post.office_id, day).name)
    if known is not None:
        return [absence for absence in known if absence.deputy_id == post.pk]
    return list(rows.order_by("pk"))


def question(office_id: int | None, day: date) -> sessions.Question:
    """The question for the absences of a day in an office."""
    return sessions.Question(("absences", office_id, day), _absences, (office_id, day))


def _absences(office_id: int | None, day: date) -> "QuerySet[Absence]":
    rows = Absence.objects.filter(post__office=office_id, first_day__lte=day, last_day__gte=day)
    return rows.select_related("post__user").order_by("pk")


def of_offices(offices: "QuerySet[Office]", day: date) -> "QuerySet[Absence]":
    """The absences of a day and those to come in these offices, the first ones first."""
    rows = Absence.objects.filter(post__office__in=offices, last_day__gte=day)
    return rows.select_related("post__user", "post__office", "deputy__user").order_by("first_day", "pk")


def _may(by: Doer, post: Post) -> bool:
    return by.is_same_person(post.user) or (post.office is not None and standing.manages(by, post.office))


def _holds(post: Post, first: date, last: date) -> bool:
    """Whether a post is valid on all these days, and its person may sign in."""
    return post.since <= first and (post.until is None or post.until >= last) and post.user.is_active


def _away(post: Post, first: date, last: date) -> "QuerySet[Absence]":
    return Absence.objects.filter(post=post, first_day__lte=last, last_day__gte=first)


def _standing_in(post: Post, first: date, last: date) -> "QuerySet[Absence]":
    return Absence.objects.filter(deputy=post, first_day__lte=last, last_day__gte=first)


def _end(absence: Absence, last_day: date) -> bool:
    """End an absence with a day, and say whether anything is left of it."""
    if absence.first_day > last_day:
        absence.delete()
        return False
    absence.last_day = last_day
    absence.save(update_fields=["last_day"])
    return True


def _hold(*posts: Post) -> None:
    """Lock these posts, the older first: absences of a post come one after the other. Read them anew."""
    for post in sorted(posts, key=lambda each: each.pk):
        now = Post.objects.select_for_update(of=("self",)).select_related("user", "office").get(pk=post.pk)
        post.until, post.since, post.user, post.office = now.until, now.since, now.user, now.office


def _told(absence: Absence) -> dict[str, Any]:
    return {
        "post": absence.post_id,
        "deputy": absence.deputy_id,
        "first_day": absence.first_day,
        "last_day": absence.last_day,
    }


def _write(
    kind: str,
    absence: Absence,
    by: Doer,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    book.write(
        kind,
        by=by.post,
        user=by.user,
        subject=absence.post.user,
        before=before,
        after=after,
        reason=reason,
        address=by.place,
    )
