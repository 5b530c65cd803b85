"""Act: the only door through which a state changes.

:func:`perform` is for somebody who acts: it locks, checks, and either refuses by article or carries out.
:func:`proceed` is for consequences: the system does what follows. Both write the register, the periods and
the entry in one transaction, and then whatever follows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from spotcheck.docket import answers, clock, consequences, register, standing
from spotcheck.docket.deadlines import LAPSES, day_after, in_time, of
from spotcheck.docket.evidence import Attached, refuse_kinds
from spotcheck.docket.execution import carry_out
from spotcheck.docket.flow import ABSENT, MATTERS, ActSpec, Flow, Proposal, odd_characters
from spotcheck.docket.models import Deadline, Dossier, Entry
from spotcheck.docket.problems import ActNotPermitted, BadFacts, Reason
from spotcheck.docket.sessions import Question, current, foreseen, hold, hold_all, session
from spotcheck.docket.sweep import catch_up
from spotcheck.docket.together import Rows
from spotcheck.parties.actors import SYSTEM, Actor
from spotcheck.rules.charts import CHARTS
from spotcheck.rules.regulations import charts_of
from spotcheck.rules.words import Words

if TYPE_CHECKING:
    from django.db.models import QuerySet

FOR_LAPSES = "proof_in_time"
"""The guard of the acts that correct a lapse: they carry a proof of their own and are not corrected in turn."""


def perform(
    act: Any,
    *,
    by: Actor,
    on: date,
    facts: dict[str, Any] | None = None,
    late_reason: str = "",
    happened_at: datetime | None = None,
    evidence: Sequence[Attached] = (),
    needs_files: bool = False,
) -> Entry:
    """Do one act of a matter, or say which articles stand in the way.

    ``act`` is a bound transition, ``on`` its legal date, ``happened_at`` its hour where that is known, ``late_reason``
    why it comes after the day it was due, ``evidence`` the files that come with it, ``needs_files`` whether it is
    refused without those that the articles want: so at the doors, while rehearsals hand in none. The matter is read
    again under the lock and holds its new state afterwards. Raises :class:`ActNotPermitted` (nothing changed) and
    :class:`BadFacts`.
    """
    return perform_all(
        [act],
        by=by,
        on=on,
        facts=[facts or {}],
        late_reason=late_reason,
        happened_at=happened_at,
        evidence=evidence,
        needs_files=needs_files,
    )[0]


def perform_all(
    acts: Sequence[Any],
    *,
    by: Actor,
    on: date,
    facts: Sequence[dict[str, Any]],
    late_reason: str = "",
    happened_at: datetime | None = None,
    evidence: Sequence[Attached] = (),
    needs_files: bool = False,
) -> list[Entry]:
    """Do the same act in several matters, in all or in none: the first refusal stops them all.

    ``facts`` are those of each act, in the same order; the files come with every one of them.
    """
    spec: ActSpec = acts[0].spec
    if odd := odd_characters(late_reason):
        raise BadFacts(spec.name, {"late_reason": [odd]})
    matters: list[Flow] = [act.__self__ for act in acts]
    refuse_kinds(spec, evidence)
    stated = [_checked(spec, given) for given in facts]
    with session():
        hold_all([matter.dossier_id for matter in matters], with_parents=matters[0].locks_parent and not spec.is_own)
        catch_up([hold(matter.dossier_id) for matter in matters])
        _reread(matters)
        today = clock.today_of(current().now)
        if on > today:
            raise BadFacts(spec.name, {"on": [f"{on} is in the future"]})
        proposals = [
            Proposal(
                spec=spec,
                by=by,
                on=on,
                today=today,
                facts=given,
                late_reason=late_reason,
                happened_at=happened_at,
                evidence=evidence,
                needs_files=needs_files,
            )
            for given in stated
        ]
        for matter, proposal in zip(matters, proposals, strict=True):
            reasons = refusals(matter, proposal)
            if reasons:
                raise ActNotPermitted(spec.name, reasons)
            proposal.is_checked = True
        written = carry_out(matters, proposals)
        consequences.follow(written)
    return written


def proceed(
    matters: Sequence[Flow],
    method: str,
    *,
    on: date | Sequence[date],
    cause: Entry | Sequence[Entry] | None = None,
    facts: dict[str, Any] | None = None,
) -> list[Entry]:
    """Let the same consequence happen to several matters, and then what follows from all of them together.

    ``on`` and ``cause`` are the same for all, or one for each.
    The dossiers must be held by the session. A matter whose state does not allow it is a fault of the
    program, not a refusal, and raises django-fsm's ``TransitionNotAllowed``.
    """
    days = on if isinstance(on, Sequence) else [on] * len(matters)
    causes = cause if isinstance(cause, Sequence) else [cause] * len(matters)
    today = clock.today_of(current().now)
    proposals = [
        Proposal(spec=matter.spec_of(method), by=SYSTEM, on=day, today=today, facts=dict(facts or {}), cause=reason)
        for matter, day, reason in zip(matters, days, causes, strict=True)
    ]
    written = carry_out(matters, proposals)
    consequences.follow(written)
    return written


def let_lapse(batch: Sequence[Deadline], method: str) -> list[Entry]:
    """Let the periods of one rule run out: their owners go on by this transition, on the day after the last one."""
    owners: dict[int, Flow] = MATTERS[batch[0].chart].objects.in_bulk([deadline.matter_id for deadline in batch])
    for deadline in batch:
        owners[deadline.matter_id].party = deadline.party
    return proceed(
        [owners[deadline.matter_id] for deadline in batch],
        method,
        on=[day_after(deadline.latest) for deadline in batch],
    )


def refusals(matter: Flow, proposal: Proposal, *, only_standing: bool = False) -> list[Reason]:
    """Return every reason for which this act is refused now; an empty list means that it can be done.

    ``only_standing`` leaves out what depends on facts or on the legal date, for a screen on which nothing has
    been filled in yet.
    """
    spec = proposal.spec
    matter.proposal = proposal
    existing = register.state(matter.dossier, matter.chart, matter.label) if spec.creates else None
    if matter.state not in spec.source or existing is not None or matter.barred(spec):
        return [_wrong_state(matter, spec, existing or matter.state)]
    reasons = _out_of_order(matter, proposal)
    if not only_standing:
        reasons += _after_its_period(matter, proposal)
    if not has_permission(matter, proposal):
        reasons.append(_own(matter, "by_whom"))
    for need in spec.requirements:
        if only_standing and spec.states_any(need.asks):
            holds = need.stands is None or need.stands(matter)
        else:
            holds = need(matter)
        if not holds:
            guard = need.guard_in(matter.text())
            reasons.append(Reason(need.name, guard.articles, need.says(matter), guard.cure, need.asks))
    if only_standing:
        return reasons
    return reasons + answers.passed_over(matter, proposal, reasons) + answers.not_handed_in(proposal)


def _out_of_order(matter: Flow, proposal: Proposal) -> list[Reason]:
    """The reason why the legal date cannot be right: it lies before what has led to it."""
    spec = proposal.spec
    if proposal.on >= proposal.today or proposal.on >= earliest_day(matter, spec):
        return []
    return [_own(matter, "after_what_went_before")]


def earliest_day(matter: Flow, spec: ActSpec) -> date:
    """Return the first day that the legal date of an act can be.

    The correction of a lapse is proved by a day before the lapse; what leaves the state as it is may come late.
    """
    opened: date = matter.dossier.opened_on
    corrects = any(need.name == FOR_LAPSES for need in spec.needs)
    if spec.creates and matter.rests_on:
        return register.began(matter.dossier, matter.rests_on) or opened
    if matter.pk is None or corrects or set(spec.target) <= set(spec.source):
        return opened
    return max(opened, register.since(matter) or opened)


def _after_its_period(matter: Flow, proposal: Proposal) -> list[Reason]:
    """The reason why a filing is none that was in time: its period was over before, and only has not lapsed yet.

    So it is on the day on which a receipt long ago is recorded: the period lapses with the next day's sweep.
    """
    spec = proposal.spec
    if "enterprise" not in spec.actors or all(in_time(of(matter, rule), proposal.on) for rule in _rights(matter, spec)):
        return []
    return [_own(matter, "before_the_lapse")]


def _own(matter: Flow, name: str) -> Reason:
    """What the docket itself asks of every act, in the words of the matter's text, with the articles of the act."""
    guard = matter.text().guards[name]
    return Reason(name, (*guard.articles, *matter.proposal.spec.articles), guard.says, guard.cure)


def _rights(matter: Flow, spec: ActSpec) -> list[str]:
    """The periods of an enterprise that this act ends in time."""
    return [rule for rule in spec.closes if (matter.text().id, rule) in LAPSES]


def has_permission(matter: Flow, proposal: Proposal) -> bool:
    """Whether the actor is one of those who do or record this act."""
    return standing.may(matter, proposal.spec, proposal.by)


@dataclass(frozen=True, slots=True)
class Possible:
    """An act of somebody's role in a matter, with the reasons why it is refused now (none: it can be done)."""

    matter: Flow
    spec: ActSpec
    reasons: tuple[Reason, ...]

    @property
    def is_permitted(self) -> bool:
        """Whether nothing but the facts stands between the actor and the act."""
        return not self.reasons


def permitted(matter: Flow, by: Actor, *, on: date) -> list[Possible]:
    """List the acts of this actor's role in a matter, in the order of the chart, with what stands in the way."""
    found = []
    for spec in matter.all_specs():
        if spec.is_own and not _is_offered(matter, spec):
            continue
        if not spec.is_act or (matter.pk is None) != spec.creates:
            continue
        proposal = Proposal(spec=spec, by=by, on=on, today=on, facts={})
        matter.proposal = proposal
        if not has_permission(matter, proposal):
            continue
        found.append(Possible(matter, spec, tuple(refusals(matter, proposal, only_standing=True))))
    return found


def _is_offered(matter: Flow, spec: ActSpec) -> bool:
    """Whether an act of our own is offered beside those of the text: it has its form or page, and means the matter."""
    return (spec.words.by_form or spec.words.in_a_table) and matter.is_meant_by(spec)


def matters_of(dossier: Dossier) -> Iterator[Flow]:
    """Yield every matter of a dossier, chart by chart in the order of the regulation."""
    for chart in charts_of(dossier.kind):
        yield from (
            MATTERS[chart]
            .objects.filter(dossier=dossier)
            .select_related("party__enterprise", "party__handler")
            .order_by("id")
        )


def openings(dossier: Dossier) -> Iterator[Flow]:
    """Yield the matters that somebody could begin in a dossier, not yet existing: for each party, or once."""
    parties = list(dossier.parties.select_related("enterprise", "handler").order_by("pk"))
    for chart in charts_of(dossier.kind):
        model = MATTERS[chart]
        if model.opened_by_hand == "party":
            for party in parties:
                yield model.new(dossier, party)
        elif model.opened_by_hand:
            yield model.new(dossier)


def _checked(spec: ActSpec, facts: dict[str, Any]) -> dict[str, Any]:
    """Return the facts in their types, or say what is wrong with their form."""
    form = spec.facts(data=facts)
    if not form.is_valid():
        raise BadFacts(spec.name, dict(form.errors))
    return dict(form.validated_data)


def question_of_matters(chart: str, dossier_id: int) -> Question:
    """The question for the matters of a chart in a dossier, oldest first."""
    return Question(("matters", chart, dossier_id), _matters_of(MATTERS[chart]), (dossier_id,))


@cache
def _matters_of(model: type[Flow]) -> Rows:
    """What gives the matters of one chart in a dossier."""

    def rows(dossier_id: int) -> "QuerySet[Flow]":
        found = model.objects.filter(dossier=dossier_id).select_related("party__enterprise", "party__handler")
        return found.order_by("pk")

    return rows


def _reread(matters: Sequence[Flow]) -> None:
    """Read the matters again under the lock, and let them share the locked dossiers."""
    existing = [matter for matter in matters if matter.pk is not None]
    if existing:
        fresh = _read_under_the_lock(existing)
        for matter in existing:
            # in the place of the old values, so that whoever holds the matter sees the row of now; the state field is
            # protected and lets nobody assign it
            matter.__dict__.update(fresh[matter.pk].__dict__)
    for matter in matters:
        matter.dossier = hold(matter.dossier_id)


def _read_under_the_lock(matters: Sequence[Flow]) -> dict[int, Flow]:
    """The same matters as they are now, by their keys."""
    if len(matters) == 1:
        known = foreseen(("matters", matters[0].chart, matters[0].dossier_id)) or ()
        if found := {matter.pk: matter for matter in known if matter.pk == matters[0].pk}:
            return found
    rows = type(matters[0]).objects.all()
    if any(matter.party_id for matter in matters):
        rows = rows.select_related("party__enterprise", "party__handler")
    return dict(rows.in_bulk([matter.pk for matter in matters]))


def _wrong_state(matter: Flow, spec: ActSpec, state: str) -> Reason:
    """The reason why an act is impossible in the present state."""
    chart = CHARTS[matter.chart]
    now = chart.states[state] if state != ABSENT else Words("尚未开始", "not begun")
    wanted = [chart.states[name] for name in spec.source if name != ABSENT]
    says = Words(f"{chart.label.zh}现为“{now.zh}”", f"the {chart.label.en} is “{now.en}” now")
    cure = (
        Words(
            f"须处于“{'”或“'.join(w.zh for w in wanted)}”",
            f"it has to be “{'” or “'.join(w.en for w in wanted)}”",
        )
        if wanted
        else None
    )
    return Reason("state", spec.articles, says, cure)
