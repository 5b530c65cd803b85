"""Who comes to a target: drawn from the kept list of its body, replaced or joined only by the next drawn (12, 13).

Before Form 1 is shown the next of the drawn order takes the place of one who cannot come; afterwards one may come in
addition and nobody is exchanged (reading R38). When the order is used up one is drawn anew from the kept list.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from spotcheck.docket import law, register, sessions
from spotcheck.docket.models import Dossier, Entry
from spotcheck.parties.models import Office, Post
from spotcheck.planning.draw import fingerprint
from spotcheck.planning.drawing import ranked
from spotcheck.planning.tables import Target, TargetSampler
from spotcheck.rules.names import known_as

State = TargetSampler.State
PRESENT = (State.COMING, State.ADDED)


def per_target(dossier: Dossier) -> int:
    """So many of the drawn order are assigned to a target at first (R38)."""
    return law.of(dossier).settings.samplers_per_target


@dataclass(frozen=True, slots=True)
class Chosen:
    """The sampler who comes in: the next of the drawn order, or one drawn anew with the list that was drawn from."""

    name: str
    post: int | None
    listed: tuple[str, ...] = ()


def kept(body: Office | None, on: date) -> dict[str, Post]:
    """The kept list: whom the body may send to sample on this day (Article 12), by the name that Form 1 prints."""
    if body is None:
        return {}
    posts = Post.objects.sampling_on(on).filter(office=body, user__is_active=True)
    posts = posts.select_related("user").order_by("pk")
    people = list({post.user_id: post for post in posts}.values())
    names = Counter(str(post.user) for post in people)
    return {
        str(post.user) if names[str(post.user)] == 1 else f"{post.user}（{post.user.username}）": post
        for post in people
    }


def draw_for(targets: Sequence[Target], body: Office | None, *, seed: str, entry: Entry) -> dict[str, Post]:
    """Draw the samplers of every target from the kept list; return that list, which is logged with the draw."""
    listed = kept(body, entry.effective_on)
    first = per_target(entry.dossier)
    rows = []
    for target in targets:
        order = ranked(list(listed), seed=f"{seed} {target.dossier.number}")
        rows += [
            TargetSampler(
                target=target,
                post=listed[name],
                name=name,
                order=place,
                state=State.COMING if place <= first else State.DRAWN,
                entry=entry,
            )
            for place, name in enumerate(order, start=1)
        ]
    TargetSampler.objects.bulk_create(rows)
    return listed


def list_hash(listed: dict[str, Post]) -> str:
    """The fingerprint of a kept list."""
    return fingerprint(list(listed))


def of(dossier: Dossier) -> list[TargetSampler]:
    """The samplers of a target in the order drawn; none for a target drawn before samplers were."""
    found: list[TargetSampler] = sessions.ask(question(dossier))
    return found


def question(dossier: Dossier) -> sessions.Question:
    """The question for the samplers of a target, with their posts."""
    return sessions.Question(("samplers", dossier.pk), _of, (dossier.pk,))


def _of(dossier_id: int) -> "QuerySet[TargetSampler]":
    return TargetSampler.objects.filter(target__dossier=dossier_id).select_related("post")


def present(dossier: Dossier) -> list[str]:
    """Who comes, by the names on Form 1."""
    drawn = of(dossier)
    if drawn:
        return [sampler.name for sampler in drawn if sampler.state in PRESENT]
    return list(Target.objects.filter(dossier=dossier).values_list("samplers", flat=True).first() or ())


def was_drawn(dossier: Dossier) -> bool:
    """Whether samplers were drawn for this target."""
    return TargetSampler.objects.filter(target__dossier=dossier).exists()


def may_come(dossier: Dossier, on: date) -> set[str]:
    """Of a target for which nobody was drawn: whoever stands on the kept list of its body."""
    return set(kept(register.body(dossier, "sampling_body"), on))


def out_of(dossier: Dossier, stated: str | None) -> str:
    """Who goes out: the one stated, or else the second of those assigned."""
    coming = [sampler.name for sampler in of(dossier) if sampler.state == State.COMING]
    if named := (stated or "").strip():
        return known_as(named, coming)
    return coming[1] if len(coming) > 1 else ""


def next_in(dossier: Dossier, *, seed: str, on: date, out: str = "") -> Chosen | None:
    """Who comes in; None when nobody is left. ``out`` is who goes at the same time."""
    drawn = of(dossier)
    waiting = next((sampler for sampler in drawn if sampler.state == State.DRAWN), None)
    if waiting is not None:
        return Chosen(waiting.name, waiting.post_id)
    listed = kept(register.body(dossier, "sampling_body"), on)
    there = {sampler.name for sampler in drawn if sampler.state in PRESENT} | {out}
    gone = {sampler.name for sampler in drawn if sampler.state == State.REPLACED}
    left = [name for name in listed if name not in there]
    order = ranked([name for name in left if name not in gone] or left, seed=f"{seed} {dossier.number}")
    return Chosen(order[0], listed[order[0]].pk, tuple(listed)) if order else None


def come_in(entry: Entry, *, state: str, reason: str) -> None:
    """Put on record who came in with this act, and who went."""
    target = Target.objects.get(dossier=entry.dossier)
    facts = entry.facts
    changed = [(one, State.REPLACED) for one in target.drawn_samplers.filter(name=facts.get("out"), state=State.COMING)]
    waiting = target.drawn_samplers.filter(name=facts["in"], state=State.DRAWN).first()
    if waiting is None:
        last = target.drawn_samplers.order_by("-order").values_list("order", flat=True).first() or 0
        waiting = TargetSampler(target=target, post_id=facts.get("post"), name=facts["in"], order=last + 1)
    for sampler, what in (*changed, (waiting, state)):
        sampler.state, sampler.reason, sampler.entry = what, reason[:200], entry
        sampler.save()
