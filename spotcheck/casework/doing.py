"""Doing an act: one door for people and programs. What is refused is answered, not raised.

``perform`` decides what the regulation allows. Here stands what holds for whoever comes through a door: an act is done
in the post it was meant for, what comes after its day gives the reason, and what is sent twice is done once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from spotcheck.casework import owning
from spotcheck.docket import clock
from spotcheck.docket.acts import perform
from spotcheck.docket.entries import plain
from spotcheck.docket.evidence import Attached, named
from spotcheck.docket.facts import is_written
from spotcheck.docket.flow import ActSpec, Flow
from spotcheck.docket.lateness import late_by
from spotcheck.docket.models import Entry
from spotcheck.docket.problems import BadFacts
from spotcheck.docket.sessions import current, hold, session
from spotcheck.notices import particulars as papers
from spotcheck.parties.actors import Actor, of_post
from spotcheck.parties.models import Post
from spotcheck.rules.refused import Refused

BY_THE_ACT: Final = frozenset({"in"})
"""Facts that an act puts on record itself when they are not stated."""
MOST_AHEAD_SECONDS: Final = 120
"""So far the clock of a device may be ahead of ours."""

_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class Done:
    """An act that is done, with its entry; ``again`` when it was done before and this was the same once more."""

    entry: Entry
    again: bool = False


class OtherPost(Refused):
    """The act was meant for a post that is not that of the actor, or is held no more."""

    kind = "other-post"


def do(
    actor: Actor,
    matter: Flow,
    method: str,
    *,
    on: date,
    facts: Mapping[str, Any],
    post: Post | None,
    happened_at: datetime | None = None,
    particulars: Mapping[str, Any] | None = None,
    seen: int | None = None,
    late_reason: str = "",
    evidence: Sequence[Attached] = (),
) -> Done | Refused:
    """Do one act of a matter, as the actor in this post; everything or nothing is recorded.

    ``on`` is the legal date, ``happened_at`` the hour where it is known, ``particulars`` what the papers of the act say
    beyond its facts (by the full names of the fields), ``post`` the one for which the act was prepared (None for an
    actor without a person), ``seen`` the number of entries that the dossier had then: the same act of the same person
    with the same facts since is not done again, the first entry answers. An act that meets a duty of its own after
    the day on which it was due needs ``late_reason``. ``evidence`` are kept files that come with it; the claims for
    which they stand name them. A file that the articles want with the act (``ActRecord.obligatory``) has to come with
    it, or what the record names in its place. The answer is a :class:`Refused` when nothing was done.
    """
    act = getattr(matter, method)
    spec: ActSpec = act.spec

    def done() -> Done:
        stated = named(spec, dict(facts), evidence)
        with session():
            hold(matter.dossier_id, with_parent=matter.locks_parent)
            _check_post(actor, post)
            before = _done_since(seen, actor, matter, spec, on, stated) if seen is not None else None
            if before is not None:
                return Done(before, again=True)
            _check_hour(spec, on, happened_at)
            _check_delay(spec, matter, on, late_reason)
            if particulars:
                papers.state(matter, spec, particulars, by=actor)
            sides: dict[str, Any] = {"late_reason": late_reason, "happened_at": happened_at, "evidence": evidence}
            named_actor = _named(actor, matter, post)
            return Done(perform(act, by=named_actor, on=on, facts=stated, needs_files=True, **sides))

    return attempt(done)


def attempt(what: Callable[[], _Answer]) -> _Answer | Refused:
    """What becomes of something that can be refused: its answer, or the refusal."""
    try:
        return what()
    except Refused as refused:
        return refused


def _named(actor: Actor, matter: Flow, post: Post | None) -> Actor:
    """The actor, who may stand in for the owner of the case: in his own name, and the entry says for whom."""
    if post is None or post.office_id is None:
        return actor
    owner = owning.deputy_for(post, matter.dossier_id, clock.today_of(current().now))
    return replace(actor, deputy_for=owner) if owner is not None else actor


def _check_post(actor: Actor, post: Post | None) -> None:
    """The post has to be the actor's own, and held today."""
    if post is None and actor.user is None:
        return
    today = clock.today_of(current().now)
    is_held = post is not None and post.since <= today and (post.until is None or today <= post.until)
    if post is None or not is_held or of_post(post) != actor:
        raise OtherPost(_("这一步是为另一个岗位准备的，或者该岗位已经期满；什么也没有登记。"))


def with_files_before(
    seen: int | None, actor: Actor, matter: Flow, spec: ActSpec, on: date | None, facts: Mapping[str, Any]
) -> Entry | None:
    """The entry of a form that is sent again and whose files the first one has taken along.

    What the files stood for cannot be stated once more; everything else that is stated has to be what is on record.
    """
    if seen is None or on is None:
        return None
    said = plain({name: value for name, value in facts.items() if value not in (None, "", [])})
    rows = _since(seen, actor, matter, spec, on).exclude(evidence=[])
    return next((entry for entry in rows if _same(entry.facts, said, set())), None)


def _done_since(
    seen: int, actor: Actor, matter: Flow, spec: ActSpec, on: date, facts: Mapping[str, Any]
) -> Entry | None:
    """The entry of this very act, if the same person has done it since.

    Asked while the dossier is locked, so that of two clicks at once the second finds the entry of the first.
    """
    form = spec.facts(data=dict(facts))  # names and numbers stand on record in their usual form
    stated, asked = plain(dict(form.validated_data if form.is_valid() else facts)), set(form.fields)
    since = _since(seen, actor, matter, spec, on)
    return next((entry for entry in since if _same(entry.facts, stated, asked)), None)


def _since(seen: int, actor: Actor, matter: Flow, spec: ActSpec, on: date) -> QuerySet[Entry]:
    """The entries of an act in a matter that the same person has made since."""
    rows = Entry.objects.filter(dossier=matter.dossier_id, sequence__gt=seen, act=spec.name, effective_on=on)
    since = rows.filter(user=actor.user, office=actor.office).order_by("sequence")
    if matter.pk is not None:
        since = since.filter(label=matter.label)
    elif matter.party is not None:
        since = since.filter(party=matter.party)
    return since


def _same(recorded: Mapping[str, Any], stated: Mapping[str, Any], asked: set[str]) -> bool:
    """Whether what is on record says what is stated, the order of answers aside.

    What the act itself put on record (who came in, the seed) counts only as far as it is stated.
    """

    def ordered(value: Any) -> Any:
        return sorted(value, key=str) if isinstance(value, list) else value

    said = {name: value for name, value in recorded.items() if name in stated or name in asked - BY_THE_ACT}
    return {k: ordered(v) for k, v in said.items()} == {k: ordered(v) for k, v in stated.items()}


def _check_hour(spec: ActSpec, on: date, happened_at: datetime | None) -> None:
    """The hour of an act is one of its legal date, and not one to come."""
    if happened_at is None:
        return
    if clock.today_of(happened_at) != on:
        raise BadFacts(spec.name, {"happened_at": [_("办理的时刻不在所填的日期之内。")]})
    if (happened_at - current().now).total_seconds() > MOST_AHEAD_SECONDS:
        raise BadFacts(spec.name, {"happened_at": [_("办理的时刻还没有到。")]})


def _check_delay(spec: ActSpec, matter: Flow, on: date, late_reason: str) -> None:
    """What is done after its day says why."""
    if late_by(matter, spec, on) and not is_written(late_reason):
        raise BadFacts(spec.name, {"late_reason": [_("请写明逾期的原因。")]})
