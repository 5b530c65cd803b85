"""Who brings a case on: owners, the pool of an office, hand-overs, and colleagues who stand in.

Whoever works in an office takes a case from its pool; whoever coordinates its cases names owners. Nothing is inherited
by standing in: the deputy acts in his own name, and the entry says for whom.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from spotcheck.casework.models import HandedOver, Handover, Note, Ownership
from spotcheck.docket import book, calendars, sessions
from spotcheck.docket.models import Dossier, Track
from spotcheck.docket.sessions import session
from spotcheck.parties.actors import of_post
from spotcheck.parties.models import Absence, Office, Post, User
from spotcheck.registers import absences, standing
from spotcheck.registers.doer import Doer
from spotcheck.registers.ending import before_ending
from spotcheck.registers.refusals import NotDone, refuse_if
from spotcheck.rules.calendar import CalendarNotPublished

COORDINATES: Final = "coordinates"
ANSWER_WORKING_DAYS: Final = 3
"""So many working days a hand-over may be given back."""
LONGEST_NOTE: Final = 2000
"""Characters of a note."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A case that is handed over: to a post, or into the pool of the office; with a note."""

    dossier: Dossier
    to: Post | None
    note: str = ""


# Questions


def open_cases(post: Post) -> "QuerySet[Dossier]":
    """The dossiers of samples in sight of a post in which something is still open."""
    still = Track.objects.filter(dossier=OuterRef("pk"), is_open=True)
    return Dossier.objects.visible_to(of_post(post)).samples().filter(Exists(still))


def owned_by(post: Post) -> "QuerySet[Dossier]":
    """The open dossiers that a post owns."""
    own = Ownership.objects.filter(dossier=OuterRef("pk"), post=post)
    still = Track.objects.filter(dossier=OuterRef("pk"), is_open=True)
    return Dossier.objects.filter(Exists(own), Exists(still))


def pool_of(post: Post) -> "QuerySet[Dossier]":
    """The open dossiers in sight of a post that nobody of its office owns."""
    owned = ownerships().filter(dossier=OuterRef("pk"), office=post.office_id)
    return open_cases(post).exclude(Exists(owned))


def owner_of(dossier: Dossier, post: Post) -> Post | None:
    """Who owns a dossier in the office of this post."""
    found = ownerships().filter(dossier=dossier, office=post.office_id).select_related("post__user").first()
    return found.post if found is not None else None


def ownerships() -> "QuerySet[Ownership]":
    """The ownerships of posts that are held today; with the last day of a post its cases fall into the pool."""
    today = sessions.today()
    return Ownership.objects.filter(Q(post__until__isnull=True) | Q(post__until__gte=today))


def stood_in_for(post: Post, day: date) -> dict[User, "QuerySet[Dossier]"]:
    """For whom this post stands in on a day, and the open cases that these own."""
    return {absence.post.user: owned_by(absence.post) for absence in absences.stood_in_for(post, day)}


def deputy_for(post: Post, dossier_id: int, day: date) -> User | None:
    """For whom somebody acts in a dossier as deputy on a day: its owner, who is away."""
    for absence in absences.stood_in_for(post, day):
        if Ownership.objects.filter(dossier=dossier_id, post=absence.post).exists():
            return absence.post.user
    return None


def deputy_of(owner: Post) -> Post | None:
    """Who stands in for an owner today."""
    day = sessions.today()
    rows = Absence.objects.filter(post=owner, first_day__lte=day, last_day__gte=day).select_related("deputy__user")
    found = rows.first()
    return found.deputy if found is not None else None


def open_cases_by_post(post: Post) -> dict[int, int]:
    """How many open cases the posts of an office own, by their keys."""
    still = Track.objects.filter(dossier=OuterRef("dossier"), is_open=True)
    rows = Ownership.objects.filter(Exists(still), office=post.office_id).order_by()
    return dict(rows.values_list("post").annotate(Count("pk")))


def colleagues(post: Post) -> list[Post]:
    """Who might own a case in the office of this post."""
    rows = Post.objects.valid_on(sessions.today()).filter(office=post.office_id, user__is_active=True)
    return list(rows.exclude(role=Post.Role.ADMINISTRATOR).select_related("user").order_by("user__full_name", "pk"))


def coordinates(post: Post) -> bool:
    """Whether somebody coordinates the cases of the office."""
    return COORDINATES in post.entitlements


def coordinators(office: Office | None) -> list[Post]:
    """Who coordinates the cases of an office today."""
    rows = Post.objects.valid_on(sessions.today()).filter(office=office, user__is_active=True)
    return list(rows.filter(entitlements__contains=[COORDINATES]).select_related("user").order_by("pk"))


def handed_to(post: Post, dossier: Dossier) -> HandedOver | None:
    """How a case came to a post: the last hand-over, with what its owner should know."""
    rows = HandedOver.objects.filter(dossier=dossier, handover__to_post=post, handover__returned_on=None)
    return rows.select_related("handover__from_post__user").order_by("-pk").first()


def to_answer(post: Post) -> "QuerySet[Handover]":
    """The hand-overs that somebody may still give back."""
    waiting = Handover.objects.filter(to_post=post, accepted_on=None, returned_on=None)
    return waiting.filter(answer_until__gte=sessions.today()).select_related("from_post__user").order_by("pk")


# Operations


def name_owner(dossier: Dossier, owner: Post, *, by: Post, address: str = "") -> Ownership:
    """Name who owns a case: somebody takes it from the pool himself, or who coordinates names a colleague."""
    with session():
        _hold(dossier)
        before = owner_of(dossier, by)
        takes_it = owner == by and before is None
        refuse_if(
            coordinates=not takes_it and not coordinates(by),
            sees_it=not _sees(by, dossier),
            colleague=not _works_with(by, owner),
            owned=before == owner,
        )
        return _set(dossier, owner, before=before, by=by, address=address)


def release(dossier: Dossier, *, by: Post, address: str = "") -> None:
    """Put a case back into the pool: its owner, or who coordinates."""
    with session():
        _hold(dossier)
        before = owner_of(dossier, by)
        refuse_if(coordinates=before != by and not coordinates(by), in_pool=before is None)
        _set(dossier, None, before=before, by=by, address=address)


def hand_over(handed: Sequence[Handed], *, of: Post, by: Post, address: str = "") -> list[Handover]:
    """Hand cases of a post over, all in one: a hand-over for each of those who get some, and for the pool."""
    groups: dict[Post | None, list[Handed]] = defaultdict(list)
    for one in handed:
        groups[one.to].append(one)
    with session():
        for dossier in sorted({one.dossier.pk: one.dossier for one in handed}.values(), key=lambda each: each.pk):
            _hold(dossier)
        owned = set(Ownership.objects.filter(post=of).values_list("dossier", flat=True))
        refuse_if(
            coordinates=of != by and not (coordinates(by) and by.office_id == of.office_id),
            missing=not handed,
            not_owned=any(one.dossier.pk not in owned for one in handed),
            colleague=any(one.to is not None and not _works_with(of, one.to) for one in handed),
            owned=any(one.to == of for one in handed),
        )
        doer = Doer(post=by, address=address)
        return [_hand(group, to, of=of, by=doer) for to, group in groups.items()]


def accept(handover: Handover, *, by: Post, address: str = "") -> Handover:
    """Accept a hand-over."""
    with session():
        held = _open(handover, by)
        held.accepted_on = sessions.today()
        held.save(update_fields=["accepted_on"])
        _write("people.accept", held, Doer(post=by, address=address))
    return held


def empty(post: Post, *, by: Doer, reason: str) -> Handover | None:
    """Put all open cases of a post into the pool of its office; who manages its people may do it and sees none of them.

    None where there was nothing. So nobody's cases are stuck when he is gone and nobody coordinates.
    """
    with session():
        refuse_if(manages=post.office is None or not standing.manages(by, post.office), missing=not reason.strip())
        group = [Handed(dossier, None) for dossier in owned_by(post).order_by("pk")]
        for one in group:
            _hold(one.dossier)
        return _hand(group, None, of=post, by=by, reason=reason) if group else None


def give_back(handover: Handover, *, by: Post, reason: str, address: str = "") -> Handover:
    """Give a hand-over back, for a reason: to whoever had the cases if he still works there, else into the pool."""
    with session():
        held = _open(handover, by)
        refuse_if(missing=not reason.strip())
        held.returned_on = sessions.today()
        held.save(update_fields=["returned_on"])
        still_there = _works_with(by, held.from_post)
        mine = Ownership.objects.filter(post=by, dossier__in=held.cases.values("dossier"))
        if still_there:
            mine.update(post=held.from_post, since=sessions.today())
        else:
            mine.delete()
        _write("people.return", held, Doer(post=by, address=address), reason=reason)
    return held


def write_note(dossier: Dossier, text: str, *, by: Post) -> Note:
    """Write something down for one's colleagues; it is never changed and no part of the case file (Article 53)."""
    refuse_if(sees_it=not _sees(by, dossier), missing=not text.strip(), too_long=len(text) > LONGEST_NOTE)
    assert by.office is not None, "an enterprise has no colleagues here"
    return Note.objects.create(dossier=dossier, office=by.office, user=by.user, at=sessions.now(), text=text)


def notes_of(dossier: Dossier, post: Post) -> "QuerySet[Note]":
    """What people of one's office have written down, the newest first."""
    return Note.objects.filter(dossier=dossier, office=post.office_id).select_related("user").order_by("-at", "-pk")


@before_ending
def owns_open_cases(post: Post, _last_day: date) -> None:
    """A post that owns open cases does not end before they are handed over."""
    if owned_by(post).exists():
        raise NotDone("open_cases")


def _sees(post: Post, dossier: Dossier) -> bool:
    return Dossier.objects.visible_to(of_post(post)).filter(pk=dossier.pk).exists()


def _works_with(post: Post, other: Post) -> bool:
    """Whether a post is one of the same office today, in which cases are brought on."""
    now = Post.objects.valid_on(sessions.today()).filter(pk=other.pk, office=post.office_id, user__is_active=True)
    return now.exclude(role=Post.Role.ADMINISTRATOR).exists()


def _hold(dossier: Dossier) -> None:
    sessions.hold(dossier.pk)


def _set(dossier: Dossier, owner: Post | None, *, before: Post | None, by: Post, address: str) -> Any:
    made = None
    if owner is None:
        Ownership.objects.filter(dossier=dossier, office=by.office_id).delete()
    else:
        made, _is_new = Ownership.objects.update_or_create(
            dossier=dossier, office=by.office, defaults={"post": owner, "since": sessions.today()}
        )
    book.write(
        "people.own",
        by=by,
        user=by.user,
        subject=dossier,
        dossier=dossier,
        before={"owner": before.user.username if before else None},
        after={"owner": owner.user.username if owner else None},
        address=address,
    )
    return made


def _hand(group: Sequence[Handed], to: Post | None, *, of: Post, by: Doer, reason: str = "") -> Handover:
    assert of.office is not None, "an enterprise owns no cases"
    assert by.user is not None, "cases are handed over by a person"
    today = sessions.today()
    handover = Handover.objects.create(
        office=of.office,
        from_post=of,
        to_post=to,
        by=by.user,
        on=today,
        answer_until=_answer_until(today),
        accepted_on=today if to is None else None,
    )
    HandedOver.objects.bulk_create([HandedOver(handover=handover, dossier=one.dossier, note=one.note) for one in group])
    mine = Ownership.objects.filter(post=of, dossier__in=[one.dossier.pk for one in group])
    if to is None:
        mine.delete()
    else:
        mine.update(post=to, since=today)
    _write("people.hand_over", handover, by, reason=reason)
    return handover


def _answer_until(today: date) -> date:
    try:
        return calendars.current().working_day_after(today, ANSWER_WORKING_DAYS)
    except CalendarNotPublished:  # the calendar ends: so many days of any kind are better than none
        return date.fromordinal(today.toordinal() + ANSWER_WORKING_DAYS)


def _open(handover: Handover, by: Post) -> Handover:
    held = Handover.objects.select_for_update(of=("self",)).select_related("from_post__user").get(pk=handover.pk)
    answered = held.accepted_on is not None or held.returned_on is not None
    refuse_if(answered=answered or held.to_post_id != by.pk or held.answer_until < sessions.today())
    return held


def _write(kind: str, handover: Handover, by: Doer, *, reason: str = "") -> None:
    after: Mapping[str, Any] = {
        "cases": handover.cases.count(),
        "owner": handover.from_post.user.username,
        "to": handover.to_post.user.username if handover.to_post else None,
    }
    subject = handover.to_post.user if handover.to_post else handover.from_post.user
    book.write(kind, by=by.post, user=by.user, subject=subject, after=after, reason=reason, address=by.place)
