"""What "on exactly one of its lists" means: the lists of everybody beside what docket and standing say."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from spotcheck.casework.worklist import Worklist, worklist_of
from spotcheck.docket.acts import permitted
from spotcheck.docket.flow import MATTERS, ActSpec, Flow
from spotcheck.docket.models import Deadline, Dossier, Involvement, Party
from spotcheck.notices.models import Recipient
from spotcheck.notices.templates import served
from spotcheck.parties.actors import Actor
from spotcheck.parties.models import Office, Post
from spotcheck.rules.regulations import FIRST, named
from tests.law.steps import States
from tests.law.turns import NOT_IN_FORCE, Expected, Key, expected, of_row
from tests.law.views import Moment

TODO = ("late", "due", "duty")
REPORT = "a report to receive"
Lines = dict[Key, list[tuple[str, str]]]
"""By item the lists on which it stands, each with what stands there."""


class Checker:
    """Looks at the lists of every actor wherever a file stands, and notes what is wrong."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.states: States = set()
        self.seen: set[Any] = set()

    def look(self, day: date, where: str) -> None:
        """Compare the lists of everybody with what the docket says; what an actor sees alike is compared once."""
        moment = Moment(day)
        for actor in actors():
            views = set(moment.seen_by(actor))
            if views <= self.seen:
                continue
            self.seen |= views
            who = f"{actor.office or actor.enterprise} {actor.role or ''}".strip()
            self.faults += [f"{where}, {day}: {who}: {fault}" for fault in compare(actor, moment.matters, day)]


def actors() -> Iterator[Actor]:
    """Every office with a part in a sample, in every role that its people can have, and every party."""
    roles = {
        Office.Kind.SAMPLING_BODY: (Post.Role.SAMPLER, Post.Role.OFFICER),
        Office.Kind.LABORATORY: (Post.Role.ANALYST, Post.Role.SAMPLER),
    }
    involved = Involvement.objects.filter(dossier__kind=Dossier.Kind.SAMPLE).values("office")
    for office in Office.objects.filter(pk__in=involved).order_by("pk"):
        for role in roles.get(Office.Kind(office.kind), (Post.Role.OFFICER,)):
            yield Actor(office=office, role=role)
    for party in Party.objects.distinct("enterprise").select_related("enterprise").order_by("enterprise"):
        yield Actor(enterprise=party.enterprise)


def compare(actor: Actor, matters: list[Flow], day: date) -> Iterator[str]:
    """Everything in which the lists of one actor are not what they should be."""
    in_sight = set(Dossier.objects.visible_to(actor).values_list("pk", flat=True))
    mine = [matter for matter in matters if matter.dossier_id in in_sight]
    found: Lines = defaultdict(list)
    for name, key, acts, place in lines_of(worklist_of(actor, today=day)):
        found[key].append((name, place))
        yield from _offered(actor, mine, key, acts, day)
    want = expected(actor, mine, day)
    yield from _on_one(found)
    yield from _missing(found, want)
    yield from _too_much(found, want)
    if actor.office is not None and actor.office.is_bureau:
        yield from _own_periods(actor.office, found)
        yield from _papers(actor.office, found)
        yield from _reports(actor, found, day)


def lines_of(found: Worklist) -> Iterator[tuple[str, Key, tuple[ActSpec, ...], str]]:
    """Every line with its list, its item, the acts that it offers, and what stands there."""
    for group, lines in found.due.items():
        for line in lines:
            period = line.clock.deadline
            yield "late" if group == "late" else "due", of_row(period), line.acts, period.rule
    for todo in found.duties:
        if todo.recipient is not None:
            yield "duty", ("paper", todo.recipient.pk), (), str(todo.recipient.paper)
        elif todo.track is None:
            party = Party.objects.get(dossier=todo.dossier, enterprise__name=todo.party)
            yield "duty", (todo.dossier.pk, "case", party.pk), todo.duty.acts, REPORT
        else:
            yield "duty", of_row(todo.track), todo.duty.acts, str(todo.track)
    for other in found.others:
        yield "waiting", of_row(other.clock.deadline), (), other.clock.deadline.rule
    for waiting in found.waiting:
        assert waiting.whom, waiting.track
        yield "waiting", of_row(waiting.track), (), str(waiting.track)


def _on_one(found: Lines) -> Iterator[str]:
    """Items that stand on several lists, or several times on one (a test with its unit may have two lines)."""
    for key, lines in found.items():
        if len({name for name, _ in lines}) > 1 or (len(lines) > 1 and key[1] != "test"):
            yield f"{key} stands on {lines}"


def _missing(found: Lines, want: Expected) -> Iterator[str]:
    """Matters that stand nowhere, or wait although there is something to be done."""
    for key, why in want.ahead.items():
        if key not in found:
            yield f"{key} stands nowhere ({why})"
    for key, why in want.now.items():
        if key not in found or found[key][0][0] not in TODO:
            yield f"{key} is to be done and stands on {found.get(key)} ({why})"


def _too_much(found: Lines, want: Expected) -> Iterator[str]:
    """Duties on a list that are none."""
    for key, lines in found.items():
        is_duty = any(name == "duty" and place != REPORT for name, place in lines)
        if is_duty and key[0] != "paper" and key not in want.now:
            yield f"{key} is called a duty and is none: {lines}"


def _offered(actor: Actor, matters: list[Flow], key: Key, acts: tuple[ActSpec, ...], day: date) -> Iterator[str]:
    """Acts that are offered and cannot be done."""
    for spec in acts:
        own = [m for m in matters if m.chart == spec.name.partition(".")[0] and m.dossier_id == key[0]]
        can = [possible for m in own for possible in permitted(m, actor, on=day) if possible.spec is spec]
        reasons = [{reason.guard for reason in possible.reasons} for possible in can]
        if not spec.creates and not any(guards <= NOT_IN_FORCE for guards in reasons):
            yield f"{key} offers {spec.name}, refused by {reasons or 'standing'}"


def _own_periods(office: Office, found: Lines) -> Iterator[str]:
    """Duties with a number that stand nowhere."""
    for period in Deadline.objects.running().filter(office=office):
        if of_row(period) not in found:
            yield f"{period.name} runs and stands nowhere"


def _papers(office: Office, found: Lines) -> Iterator[str]:
    """Papers to be served that stand nowhere, and others that stand somewhere; a receipt that is an act is a duty."""
    rows = Recipient.objects.filter(paper__issuer=office, party__isnull=False).select_related("paper")
    for row in rows:
        paper = row.paper
        awaited = paper.key in served() and paper.form not in named(FIRST).receipts and row.received_on is None
        stands = ("paper", row.pk) in found
        if stands != (awaited and paper.status == "issued"):
            yield f"{paper} for {row}: {'stands there and is not awaited' if stands else 'stands nowhere'}"


def _reports(actor: Actor, found: Lines, day: date) -> Iterator[str]:
    """Reports to be received, exactly where the law lets the handling bureau receive them."""
    for party in Party.objects.filter(handler=actor.office).select_related("dossier", "handler", "enterprise"):
        case = MATTERS["rectification"].new(party.dossier, party)
        possible = [p for p in permitted(case, actor, on=day) if p.spec.method == "receive_report"]
        may = bool(possible) and {reason.guard for reason in possible[0].reasons} <= NOT_IN_FORCE
        stands = ("duty", REPORT) in found.get((party.dossier_id, "case", party.pk), ())
        if may != stands:
            yield f"receive_report for {party.label}: the law says {may}, the list {stands}"
