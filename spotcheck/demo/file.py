"""A file in the hands of those who act in it: one line of a story is one act, by the body whose act it is."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Max

from spotcheck.demo import days
from spotcheck.demo.accounts import LAB, RETEST_LAB, SAMPLING_BODY, TECHNICAL_BODY
from spotcheck.demo.cast import Cast
from spotcheck.demo.timeline import Timeline
from spotcheck.demo.usual import facts as usual_facts
from spotcheck.docket import clock, register
from spotcheck.docket.acts import perform, perform_all
from spotcheck.docket.evidence import Attached
from spotcheck.docket.flow import MATTERS, ActSpec, Flow
from spotcheck.docket.models import Deadline, Dossier, Entry, Party
from spotcheck.docket.standing import bureaus_meant
from spotcheck.laboratories.doing import asked
from spotcheck.parties.actors import Actor
from spotcheck.planning import samplers

_BODIES = {
    "sampling_body": SAMPLING_BODY,
    "lab": LAB,
    "retest_lab": RETEST_LAB,
    "technical_body": TECHNICAL_BODY,
}
_CHANGE_SAMPLERS = ("sampling.replace_sampler", "sampling.add_sampler")


@dataclass(slots=True)
class World:
    """What every story needs: who acts, and the clock they share."""

    cast: Cast
    timeline: Timeline

    @property
    def today(self) -> date:
        """The day of the stories."""
        return clock.today()

    @property
    def last(self) -> date:
        """The day on which the stories have to leave their files as they are."""
        return self.timeline.until


@dataclass(slots=True)
class File:
    """One dossier of the demo. ``coming``: the names of the samplers drawn for it, as far as they have been read."""

    world: World
    dossier: Dossier
    coming: list[str] = field(default_factory=list)
    _labels: list[str] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day of the story."""
        return clock.today()

    def after(self, calendar_days: int) -> date:
        """The working day so many days from now, or the first one after it."""
        return days.open_day(days.after(self.today, calendar_days))

    def working(self, working_days: int) -> date:
        """The n-th working day from now."""
        return days.working(self.today, working_days)

    def ago(self, calendar_days: int) -> date:
        """The working day so many days before the end of the demo's time, or the last one before it."""
        return days.open_before(self.after_today(-calendar_days))

    def after_today(self, calendar_days: int) -> date:
        """The day so many days after the end of the demo's time."""
        return days.after(self.world.last, calendar_days)

    def state(self, chart: str, label: str = "") -> str | None:
        """The state of one matter, as the register has it."""
        return register.state(self.dossier, chart, label)

    def lapse_of(self, rule: str, label: str = "") -> date | None:
        """The day on which the last running period of a rule lapses; of all matters, or of one."""
        running = Deadline.objects.running().filter(dossier=self.dossier, rule=rule)
        if label:
            running = running.filter(label=label)
        found: date | None = running.aggregate(day=Max("wake_on"))["day"]
        return found

    @property
    def labels(self) -> list[str]:
        """The labels of the parties, the sampled one first."""
        if not self._labels:
            found = self.dossier.parties.values_list("label", "role")
            self._labels = [label for label, _ in sorted(found, key=lambda row: row[1] not in Party.SAMPLED)]
        return self._labels

    @property
    def samplers(self) -> list[str]:
        """The names of those who come: drawn for this target, replaced or added since (Articles 12, 13)."""
        if not self.coming:
            self.coming = samplers.present(self.dossier)
        return self.coming

    def party(self, label: str) -> Party:
        """A party of the file as it is now."""
        return self.dossier.parties.select_related("enterprise", "handler").get(label=label)

    def do(
        self,
        act: str,
        party: str = "",
        *,
        label: str = "",
        by: Actor | str | None = None,
        late_reason: str = "",
        evidence: Sequence[Attached] = (),
        **facts: Any,
    ) -> Entry:
        """Perform an act today, with the usual facts except those given; by its first actor, unless named.

        ``evidence`` are the files that come with it.
        """
        chart, _, method = act.partition(".")
        matter = self.matter(chart, method, party, label)
        actor = by if isinstance(by, Actor) else self.actor(by, matter, method)
        stated = _asked(matter, method, usual_facts(act, self, matter.party)) | facts
        if act in _CHANGE_SAMPLERS:
            self.coming = []
        called, on = getattr(matter, method), self.today
        return perform(called, by=actor, on=on, facts=stated, late_reason=late_reason, evidence=evidence)

    def matter(self, chart: str, method: str, party: str, label: str) -> Flow:
        """The matter meant: the newest of the party, or the one with this label; or one that now begins."""
        model = MATTERS[chart]
        if model.spec_of(method).creates:
            return model.new(self.dossier, self.party(party) if party else None)
        matters = model.objects.filter(dossier=self.dossier).select_related("party__enterprise", "party__handler")
        if party:
            matters = matters.filter(party__label=party)
        if label:
            matters = matters.filter(label=label)
        return matters.order_by("-pk")[:1].get()

    def actor(self, word: str | None, matter: Flow, method: str) -> Actor:
        """Who one word of the regulation means here; without a word, the first who does the act."""
        cast, spec = self.world.cast, matter.spec_of(method)
        word = word or _first(spec)
        if word == "sampler":
            return cast.sampler(self.samplers[0])
        if word in _BODIES:
            return cast.of(_BODIES[word])
        if word == "enterprise":
            return Actor(enterprise=matter.about(word)[0].enterprise)
        matter.dossier = self.dossier
        return cast.of(min(bureaus_meant(word, matter, spec)))


def do_together(
    files: Sequence[File], act: str, *, label: str = "", by: str | None = None, each_party: bool = False
) -> None:
    """Perform the same act in many files in one go, each with its usual facts; where wanted, in the newest
    matter of every party."""
    chart, _, method = act.partition(".")
    by_pk = {file.dossier.pk: file for file in files}
    found = MATTERS[chart].objects.filter(dossier__in=by_pk).select_related("party__enterprise", "party__handler")
    if not each_party:
        found = found.filter(label=label)
    matters = list(found.order_by("dossier", "party", "-pk").distinct("dossier", "party"))
    for actor, group in _by_hand(matters, by_pk, by or _first(matters[0].spec_of(method)), method):
        perform_all(
            [getattr(matter, method) for matter in group],
            by=actor,
            on=files[0].today,
            facts=[
                _asked(matter, method, usual_facts(act, by_pk[matter.dossier_id], matter.party)) for matter in group
            ],
        )


def _asked(matter: Flow, method: str, usual: dict[str, Any]) -> dict[str, Any]:
    """Of the usual facts those that the act asks for in this file: what a full record answers nobody claims."""
    return asked(matter, matter.spec_of(method), usual, clock.today())


def _by_hand(
    matters: Sequence[Flow], files: dict[int, File], word: str, method: str
) -> Iterator[tuple[Actor, list[Flow]]]:
    """Who does an act in which matters: a sampler where he or she has come, everybody else in all of them."""
    if word != "sampler":
        yield files[matters[0].dossier_id].actor(word, matters[0], method), list(matters)
        return
    left = list(matters)
    while left:
        came = Counter(name for matter in left for name in files[matter.dossier_id].samplers)
        name = min(came, key=lambda name: (-came[name], name))
        own = [matter for matter in left if name in files[matter.dossier_id].samplers]
        yield files[own[0].dossier_id].world.cast.sampler(name), own
        left = [matter for matter in left if matter not in own]


def _first(spec: ActSpec) -> str:
    """The first who does the act; an expert has no desk here, so the province records the opinion."""
    return next(word for word in (*spec.actors, *spec.recorded_by) if word not in {"system", "expert"})
