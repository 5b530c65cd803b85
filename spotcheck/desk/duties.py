"""What waits for somebody without a number of days (reading R12), read off the charts.

A state is a duty of a word of the regulation when an act of that word leads out of it and closes no period
(what a period counts is on the worklist by its period). Acts that nothing waits for, corrections,
exceptions and changes of mind, make no duty of the states they start from.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Final

from django.db.models import Exists, OuterRef, Q

from spotcheck.desk.readiness import lab_may_mail, not_ready
from spotcheck.docket.flow import MATTERS, ActSpec
from spotcheck.docket.models import Involvement, Party, Track
from spotcheck.parties.actors import Actor
from spotcheck.parties.models import Office, Post
from spotcheck.rules.charts import CHARTS
from spotcheck.rules.service_targets import SERVICE_TARGETS, ServiceTarget

EXCEPTIONS: Final = frozenset(
    {
        "task.cancel",
        "plan.adjust",
        "plan.close",
        "plan.open_suggestions",
        "sampling.claim_refusal",
        "sampling.terminate_illegal",
        "sampling.record_not_sampled",
        "sampling.record_obstruction",
        "purchase.fail",
        "sample.leave_with_enterprise",
        "sample.compromise",
        "sample.dispose",
        "inspection.terminate_illegal",
        "inspection.report_serious",
        "result_notice.service_failed",
        "result_notice.correct_lapse",
        "objection.ask_experts",
        "objection.withdraw",
        "retest.waive",
        "retest.reinstate",
        "rectification.late_submission",
        "rectification.transfer_jurisdiction",
        "rectification.correct_lapse",
        "rectification.withdraw_application",
        "announcement.correct",
        "publication.correct",
        "ban.record_breach",
        "ban.record_producer_proof",
        "lead.create",
        "denial.open",
    }
)
"""Acts that are possible but that nothing waits for, and that screens therefore keep in the background."""

TARGETS: Final = {
    ("inspection", "completed"): "submit-report",
    ("result_notice", "due"): "serve-result",
    ("result_notice", "sent"): "serve-result",
    ("objection", "filed"): "decide-objection",
    ("objection", "verifying"): "decide-objection",
    ("retest", "sample_handed_over"): "carry-out-retest",
    ("retest", "testing"): "carry-out-retest",
    ("rectification", "order_issued"): "serve-order",
    ("rectification", "failed"): "report-up",
    ("recheck", "test_commissioned"): "carry-out-recheck-test",
    ("announcement", "reporting"): "report-up",
    ("announcement", "at_city"): "report-up",
    ("announcement", "at_province"): "announce",
    ("denial", "found_not_produced"): "notify-peer",
    ("denial", "found_nonexistent"): "notify-peer",
}
"""The service target of a duty, where the office has one. It is never called a deadline."""

ENDED_BY: Final = {"D35": "objection.file"}
"""Acts whose consequence ends a period in another chart."""
_OFFICE_WORDS: Final = {
    Office.Kind.PROVINCE: ("province",),
    Office.Kind.CITY: ("city", "handler", "producer_bureau"),
    Office.Kind.COUNTY: ("county", "handler", "producer_bureau"),
}
_ROLE_WORDS: Final = {
    Post.Role.SAMPLER: ("sampler", "sampling_body"),
    Post.Role.OFFICER: ("sampling_body",),
    Post.Role.ANALYST: ("lab", "retest_lab", "technical_body"),
}
_ARRIVED: Final = ("provisional_nonconforming", "under_objection", "under_retest", "final_nonconforming")


@dataclass(frozen=True, slots=True)
class Duty:
    """What is to be done about a matter: the acts, in the order of the law, and the target of the office."""

    acts: tuple[ActSpec, ...]
    target: ServiceTarget | None

    def choosing(self, method: str | None) -> "Duty":
        """The same duty with only one of its acts, when it is known which one is called for."""
        if method is None:
            return self
        return Duty(tuple(act for act in self.acts if act.method == method), self.target)


def words_of(actor: Actor) -> tuple[str, ...]:
    """The words of the regulation that this actor can be at all; which of them it is depends on the matter."""
    if actor.enterprise is not None:
        return ("enterprise",)
    office = actor.office
    if office is None:
        return ()
    if office.is_bureau:
        return _OFFICE_WORDS[Office.Kind(office.kind)] if actor.role in {None, Post.Role.OFFICER} else ()
    return _ROLE_WORDS.get(Post.Role(actor.role), ()) if actor.role else ()


@cache
def duties_of(word: str) -> dict[tuple[str, str], Duty]:
    """The states that are a duty of this word, with what is to be done in them."""
    found: dict[tuple[str, str], list[ActSpec]] = defaultdict(list)
    for chart in CHARTS:
        for spec in MATTERS[chart].specs():
            if word not in spec.actors or spec.closes or spec.name in EXCEPTIONS or spec.creates:
                continue
            for state in spec.source:
                if spec.target != (state,):
                    found[chart, state].append(spec)
    return {
        place: Duty(tuple(acts), SERVICE_TARGETS[TARGETS[place]] if place in TARGETS else None)
        for place, acts in found.items()
    }


def duty_at(actor: Actor, chart: str, state: str) -> Duty:
    """What this actor has to do about a matter in this state, whichever of its words means it."""
    acts: list[ActSpec] = []
    target = None
    for word in words_of(actor):
        duty = duties_of(word).get((chart, state))
        if duty is not None:
            acts += [act for act in duty.acts if act not in acts]
            target = target or duty.target
    return Duty(tuple(acts), target)


def next_acts(actor: Actor, rule: str) -> tuple[ActSpec, ...]:
    """The acts of this actor that end a period of this rule, or whose consequence does."""
    return _ending(rule, words_of(actor))


@cache
def _ending(rule: str, words: tuple[str, ...]) -> tuple[ActSpec, ...]:
    return tuple(
        spec
        for chart in CHARTS
        for spec in MATTERS[chart].specs()
        if (rule in spec.closes or ENDED_BY.get(rule) == spec.name)
        and set(words) & set(spec.actors)
        and spec.name not in EXCEPTIONS
    )


def waiting_for(actor: Actor) -> Q:
    """The lines of the register that wait for this actor, as a condition on ``Track``."""
    condition = Q(pk__in=())
    for word in words_of(actor):
        states: dict[str, list[str]] = defaultdict(list)
        for chart, state in duties_of(word):
            states[chart].append(state)
        for chart, named in states.items():
            condition |= Q(chart=chart, state__in=named) & _meant(word, chart, actor)
    return condition & ~not_ready()


def _meant(word: str, chart: str, actor: Actor) -> Q:
    """The condition under which a word means this actor, in the terms of the register."""
    if word == "province":
        return Q()
    if word == "enterprise":
        return Q(party__enterprise=actor.enterprise)
    if word == "handler":
        return Q(party__handler=actor.office)
    if word in {"city", "county"} and chart == "plan":
        return Q()
    part = Involvement.objects.filter(dossier=OuterRef("dossier"), office=actor.office)
    if word in {"city", "county"}:
        part = part.filter(Q(party=OuterRef("party")) | Q(party__role=Party.Role.NOMINAL_PRODUCER), role=word)
    elif word == "producer_bureau":
        part = part.filter(party__role=Party.Role.NOMINAL_PRODUCER)
    else:
        part = part.filter(role="sampling_body" if word == "sampler" else word)
    return Q(Exists(part)) & lab_may_mail() if word == "lab" else Q(Exists(part))


def reports_to_receive(office: Office) -> Q:
    """Parties whose nonconforming report this bureau has to take over (Articles 42, 43), as a condition."""
    conclusion = Track.objects.filter(dossier=OuterRef("dossier"), chart="conclusion", state__in=_ARRIVED)
    case = Track.objects.filter(chart="rectification", party=OuterRef("pk"))
    return Q(handler=office) & Q(Exists(conclusion)) & ~Q(Exists(case))
