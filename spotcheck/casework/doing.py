"""Doing an act: one door for people and programs. What is refused is answered, not raised.

``perform`` decides what the regulation allows. Here stands what holds for whoever comes through a door: an act is done
in the post it was meant for, what comes after its day gives the reason, and what is sent twice is done once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, Required, TypedDict, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from spotcheck.casework import owning
from spotcheck.casework.entitling import Entitled
from spotcheck.docket import clock
from spotcheck.docket.acts import perform
from spotcheck.docket.entries import plain
from spotcheck.docket.evidence import Attached, named
from spotcheck.docket.facts import is_written
from spotcheck.docket.flow import ActSpec, Flow
from spotcheck.docket.lateness import late_by
from spotcheck.docket.models import Entry
from spotcheck.docket.problems import ActNotPermitted, BadFacts, Reason
from spotcheck.docket.sessions import Question, ask, current, hold, session
from spotcheck.docket.wording import headed
from spotcheck.notices import particulars as papers
from spotcheck.parties.actors import Actor, of_post
from spotcheck.parties.models import Post
from spotcheck.rules.entitlements import ENTITLEMENTS
from spotcheck.rules.refused import Refused
from spotcheck.rules.words import Words

BY_THE_ACT: Final = frozenset({"in", "seal_intact", "filmed", "written_conclusions", "verdicts"})
"""Facts that an act puts on record itself when they are not stated."""
ANEW: Final = 0
"""Of who has seen nothing: whatever this person has done of the kind on that day with the same facts is this very act.
Of an act that may be done again and again only the last one is: to and fro and to again are three."""
MOST_AHEAD_SECONDS: Final = 120
"""So far the clock of a device may be ahead of ours."""

_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class Done:
    """An act that is done, with its entry; ``again`` when it was done before and this was the same once more."""

    entry: Entry
    again: bool = False


class NotEntitled(ActNotPermitted):
    """The person's post in the laboratory does not entitle to this act, and others' posts there do."""

    status = 403
    kind = "person-not-entitled"


class NotProved(Refused):
    """The act cannot be undone and wants somebody who has just proved himself, which this door has not seen."""

    status = 403
    kind = "not-proved"


class OtherPost(Refused):
    """The act was meant for a post that is not that of the actor, or is held no more."""

    kind = "other-post"


class How(TypedDict, total=False):
    """How an act is done, for functions that hand it on to :func:`do`, which says what each of these is."""

    on: Required[date]
    post: Required[Post | None]
    happened_at: datetime | None
    seen: int | None
    late_reason: str
    evidence: Sequence[Attached]


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
    proved: bool = False,
) -> Done | Refused:
    """Do one act of a matter, as the actor in this post; everything or nothing is recorded.

    ``on`` is the legal date, ``happened_at`` the hour where it is known, ``particulars`` what the papers of the act say
    beyond its facts (by the full names of the fields), ``post`` the one for which the act was prepared (None for an
    actor without a person), ``seen`` the number of entries that the dossier had then: the same act of the same person
    with the same facts since is not done again, the first entry answers. An act that meets a duty of its own after
    the day on which it was due needs ``late_reason``. ``evidence`` are kept files that come with it; the claims for
    which they stand name them. A file that the articles want with the act (``ActRecord.obligatory``) has to come with
    it, or what the record names in its place. ``proved`` says that the person has proved himself within the last
    minutes: without it no act is done whose record asks for that (``ActRecord.needs_recent``), so that a door which
    cannot take a proof, a program's or a tablet's, never does one. The answer is a :class:`Refused` when nothing was
    done.
    """
    act = getattr(matter, method)
    spec: ActSpec = act.spec

    def done() -> Done:
        stated = named(spec, dict(facts), evidence)
        with session():
            hold(matter.dossier_id, with_parent=matter.locks_parent and not spec.is_own)
            _check_post(actor, post)
            _check_proved(spec, proved=proved)
            _check_entitled(post, matter, spec)
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


def _check_proved(spec: ActSpec, *, proved: bool) -> None:
    """What cannot be undone is done by somebody who has just proved himself, whichever door he comes through."""
    if spec.words.needs_recent and not proved:
        named = {"act": headed(spec.words.label)}
        raise NotProved(_("“%(act)s”一经办理不能撤回，须由本人在网页上确认身份后办理；什么也没有登记。") % named)


def _check_entitled(post: Post | None, matter: Flow, spec: ActSpec) -> None:
    """Inside a laboratory the one who receives, tests, reviews or signs is the one entitled to it (27, 29, 31)."""
    if Entitled(post, clock.today_of(current().now)).may(spec):
        return
    guard = matter.text().guards["person_entitled"]
    names = [ENTITLEMENTS[name] for name in spec.words.entitled]
    zh, en = "、".join(name.zh for name in names), ", ".join(name.en for name in names)
    says = Words(f"{guard.says.zh}（{zh}）", f"{guard.says.en} ({en})")
    raise NotEntitled(spec.name, [Reason(guard.name, guard.articles, says, guard.cure)])


def with_files_before(
    seen: int | None, actor: Actor, matter: Flow, spec: ActSpec, on: date | None, facts: Mapping[str, Any]
) -> Entry | None:
    """The entry of a form that is sent again and whose files the first one has taken along.

    What the files stood for cannot be stated once more; everything else that is stated has to be what is on record.
    """
    if seen is None or on is None:
        return None
    said = plain({name: value for name, value in facts.items() if value not in (None, "", [])})
    made = [entry for entry in _since(seen, actor, matter, spec, on) if entry.evidence]
    return next((entry for entry in made if _same(entry.facts, said, set())), None)


def _done_since(
    seen: int, actor: Actor, matter: Flow, spec: ActSpec, on: date, facts: Mapping[str, Any]
) -> Entry | None:
    """The entry of this very act, if the same person has done it since.

    Asked while the dossier is locked, so that of two clicks at once the second finds the entry of the first.
    """
    since = _since(seen, actor, matter, spec, on)
    if seen == ANEW and set(spec.target) <= set(spec.source):
        since = since[-1:]
    if not since:
        return None
    form = spec.facts(data=dict(facts))  # names and numbers stand on record in their usual form
    stated = plain(dict(form.validated_data if form.is_valid() else facts))
    asked = {name for name, field in form.fields.items() if _is_asked(field, matter, on)}
    return next((entry for entry in since if _same(entry.facts, stated, asked)), None)


def _is_asked(field: Any, matter: Flow, on: date) -> bool:
    """Whether a fact is asked for in this matter; what the record answers the act puts down by itself."""
    only_of = getattr(getattr(field, "asking", None), "only_of", None)
    return only_of is None or bool(only_of(matter, on))


def question_of_acts(dossier_id: int, act: str, on: date) -> Question:
    """The question for the entries of an act of a day in a dossier, oldest first."""
    return Question(("acts", dossier_id, act, on), _acts, (dossier_id, act, on))


def _acts(dossier_id: int, act: str, on: date) -> "QuerySet[Entry]":
    return Entry.objects.filter(dossier=dossier_id, act=act, effective_on=on).order_by("sequence")


def _since(seen: int, actor: Actor, matter: Flow, spec: ActSpec, on: date) -> list[Entry]:
    """The entries of an act in a matter that the same person has made since."""
    who = (actor.user.pk if actor.user else None, actor.office.pk if actor.office else None)
    made = [
        entry
        for entry in ask(question_of_acts(matter.dossier_id, spec.name, on))
        if entry.sequence > seen and (entry.user_id, entry.office_id) == who
    ]
    if matter.pk is not None:
        return [entry for entry in made if entry.label == matter.label]
    if matter.party is not None:
        return [entry for entry in made if entry.party_id == matter.party.pk]
    return made


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
