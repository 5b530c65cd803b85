"""What "something lawful leads on" means: of every open matter, who can do what, which period lapses, which other matter
brings it on. Asked of docket and standing, with everybody who is there.
"""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any, Final

from spotcheck.docket import standing
from spotcheck.docket.acts import refusals
from spotcheck.docket.deadlines import lapse_of
from spotcheck.docket.flow import MATTERS, ActSpec, Flow, Proposal
from spotcheck.docket.models import Dossier, Party
from spotcheck.objections import retests
from spotcheck.objections.requirements import GONE, reserve, spoilt_by_applicant
from spotcheck.parties.actors import Actor
from spotcheck.parties.models import Office, Post
from spotcheck.rules.charts import CHARTS
from tests.law.views import Moment

NEEDS_AN_EVENT: Final = {
    "plan.adjust": "a wish to change the plan",
    "plan.open_suggestions": "only before the plan is adopted, and never needed",
    "plan.submit_suggestion": "changes nothing",
    "task.cancel": "the task is given up",
    "sampling.claim_refusal": "the entity refuses",
    "sampling.terminate_illegal": "a suspicion",
    "sampling.record_not_sampled": "sampling is impossible",
    "sampling.record_obstruction": "an obstruction",
    "sampling.replace_sampler": "a sampler cannot come",
    "sampling.add_sampler": "one more is wanted",
    "sampling.correct_sheet": "a mistake",
    "sample.leave_with_enterprise": "a choice",
    "sample.compromise": "a loss",
    "inspection.terminate_illegal": "a suspicion",
    "inspection.report_serious": "a danger",
    "result_notice.service_failed": "mail that comes back",
    "conclusion.withdraw_external": "a decision of the organiser",
    "conclusion.annul": "a decision of a court",
    "objection.ask_experts": "a choice",
    "objection.withdraw": "a change of mind",
    "retest.recommission": "a body that cannot test",
    "retest.reinstate": "a proof",
    "rectification.late_submission": "a late filing",
    "rectification.transfer_jurisdiction": "a move",
    "rectification.correct_lapse": "a proof",
    "rectification.withdraw_application": "a change of mind",
    "rectification.close_dissolved": "a dissolution",
    "rectification.annul": "a decision of a court",
    "recheck.recommission": "a body that cannot test",
    "recheck.fail_no_sample": "a party that gives no sample",
    "announcement.correct": "a change",
    "publication.correct": "a change",
    "ban.record_breach": "a breach",
    "lead.create": "a suspicion",
    "denial.open": "a denial",
}
"""Acts that rest on something that nobody brings about who wants to go on lawfully; none of them is a way out."""


def _is_lost(objection: Any) -> bool:
    """The reserve unit is gone or unfit, and not by the applicant."""
    unit = reserve(objection.dossier)
    return unit is not None and unit.state in (*GONE, "compromised") and not spoilt_by_applicant(unit, objection.party)


def _is_spoilt(retest: Any) -> bool:
    """The applicant, who kept it, has spoilt it."""
    return spoilt_by_applicant(reserve(retest.dossier), retest.party)


def _is_out_of_reach(purchase: Any) -> bool:
    """Neither the shop nor the producer can be sampled under these rules, so there is nothing to order (Article 23)."""
    return purchase.state == "assigned" and not any(party.in_shandong for party in purchase.dossier.parties.all())


def _is_on_file(notice: Any) -> bool:
    """An objection dated inside the window that has lapsed by mistake waits for the correction."""
    objections = notice.dossier.objection_set.filter(window=notice, standing="under_correction")
    return any(not objection.is_ended for objection in objections)


WHEN: Final = {
    "objection.decide_anew": _is_lost,
    "purchase.fail": _is_out_of_reach,
    "retest.waive": _is_spoilt,
    "result_notice.correct_lapse": _is_on_file,
    "ban.record_producer_proof": lambda _: False,
}
"""Acts that are a way out only when this has happened; their guards ask it of the facts."""

OUTSIDE_THE_FILE: Final = {
    "rule_set_valid": "the rules are continued, or a successor is adopted, by a document of the province (Article 60)",
    "samplers_drawn": "the body puts its samplers on its kept list (Article 12)",
}
"""What forbids an act for the time being and is set right outside the dossier, each with how."""
RESTS: Final = {
    ("announcement", "announced"): "what was announced is told; corrected only when it changes (R54)",
    ("publication", "published"): "what was published is told; corrected only when it changes (Article 57)",
    ("ban", "active"): "a seller that passed must not resume before it shows its producers' pass (Article 48)",
    ("plan", "filed"): "the first daily task, which the province opens, starts the plan (Article 5)",
}
"""States that are not terminal and in which nothing has to lead on, each with its reason."""
OPEN: Final = ("objection", "retest", "result_notice", "conclusion", "inspection")
BELOW: Final = {"plan": ("task",), "task": ("sampling", "purchase", "inspection"), "publication": OPEN}
"""By the charts of which matters in the files below a chart is brought on."""
BESIDE: Final[dict[Any, tuple[str, ...]]] = {
    "sample": (*OPEN, "lead"),
    "inspection": ("sample",),
    "retest": ("sample",),
    "conclusion": OPEN,
    "announcement": OPEN,
    "objection": OPEN,
    "rectification": ("recheck", "announcement"),
    ("rectification", "failed"): OPEN,
    "ban": ("rectification",),
}
"""By the charts of which matters in the same file a chart (in a state) is brought on."""
SAME_PARTY: Final = ("recheck", "announcement", "rectification")
"""Of these only those of the same party."""


class Ways:
    """The ways on from every matter at one moment."""

    def __init__(self, moment: Moment) -> None:
        self.moment = moment
        self.lapsing = {(p.chart, p.matter_id) for p in moment.periods if lapse_of(p) is not None}
        self.running = {(p.chart, p.matter_id) for p in moment.periods}

    @cached_property
    def people(self) -> list[Actor]:
        """Everybody who could do something."""
        involved = {part.office_id for dossier in self.moment.dossiers for part in dossier.involvements.all()}
        found = []
        for office in Office.objects.filter(pk__in=involved).order_by("pk"):
            roles = (Post.Role.OFFICER,) if office.is_bureau else (Post.Role.SAMPLER, Post.Role.ANALYST)
            found += [Actor(office=office, role=role) for role in roles]
        parties = {party.enterprise_id: party.enterprise for party in self.moment.parties}
        return found + [Actor(enterprise=enterprise) for enterprise in parties.values()]

    def dead_ends(self, dossier: Dossier) -> Iterator[str]:
        """Open matters of a dossier from which nothing leads on."""
        for matter in self.moment.of[dossier.pk]:
            if is_open(matter) and not self.leads_on(matter, frozenset()):
                yield f"{matter} is {matter.state}: nothing lawful leads on"

    def can_be_filed(self, matter: Flow) -> bool:
        """Whether an objection whose arrival in time was proved has yet to be put on file (Article 35)."""
        if (matter.chart, matter.state) != ("conclusion", "under_objection"):
            return False
        parties = [
            m.party for m in self.moment.of[matter.dossier_id] if (m.chart, m.state) == ("result_notice", "objected")
        ]
        objections = [MATTERS["objection"].new(matter.dossier, party) for party in parties]
        return any(self._by_somebody(objection, objection.spec_of("file")) for objection in objections)

    def leads_on(self, matter: Flow, asked: frozenset[Flow]) -> bool:
        """Whether somebody can act, now or later, a period lapses, or another open matter leads on."""
        by_itself = (matter.chart, matter.pk) in self.lapsing or self.rests(matter)
        if by_itself or self.can_be_done(matter) or self.can_be_filed(matter):
            return True
        beside = asked | {matter}
        return any(self.leads_on(other, beside) for other in self.others(matter) if other not in beside)

    def can_be_done(self, matter: Flow) -> bool:
        """Whether some act of somebody is lawful, on this day or on a later one."""
        return any(self._by_somebody(matter, spec) for spec in matter.specs() if is_way_out(matter, spec))

    def _by_somebody(self, matter: Flow, spec: ActSpec) -> bool:
        later = date(self.moment.day.year + 2, 12, 1)
        for actor in self.people:
            if not standing.may(matter, spec, actor):
                continue
            for on in (self.moment.day, later):
                proposal = Proposal(spec=spec, by=actor, on=on, today=on, facts={})
                reasons = refusals(matter, proposal, only_standing=True)
                if {reason.guard for reason in reasons} <= set(OUTSIDE_THE_FILE):
                    return True
        return False

    def rests(self, matter: Any) -> bool:
        """Whether the matter has to wait for nothing, or has ended with another one."""
        match matter.chart:
            case "sampling" | "purchase":
                return bool(matter.barred(matter.specs()[0]))
            case "recheck":
                return bool(matter.case.state != "rechecking")
            case "announcement" if matter.state != "announced":
                return bool(matter.case.state != "reported_up")
            case "ban":
                return not self._open("rectification", matter.party)
            case _:
                return (matter.chart, matter.state) in RESTS

    def _open(self, chart: str, party: Party | None = None) -> list[Flow]:
        same = [m for m in self.moment.matters if m.chart == chart and (party is None or m.party_id == party.pk)]
        return [matter for matter in same if is_open(matter)]

    def others(self, matter: Flow) -> list[Flow]:
        """The other matters that are open and bring this one on."""
        if matter.chart in BELOW:
            files = [dossier.pk for dossier in self.moment.dossiers if dossier.parent_id == matter.dossier_id]
            near = [other for pk in files for other in self.moment.of[pk] if other.chart in BELOW[matter.chart]]
        else:
            charts = (*BESIDE.get(matter.chart, ()), *BESIDE.get((matter.chart, matter.state), ()))
            near = [other for other in self.moment.of[matter.dossier_id] if other.chart in charts]
            near = [other for other in near if other.chart not in SAME_PARTY or other.party_id == matter.party_id]
        return [other for other in near if is_open(other) and other is not matter]


def _retest_is_open(objection: Any) -> bool:
    """Whether the retest that an objection led to has neither been waived nor closed."""
    return any(retest.is_open for retest in retests.of(objection.dossier).filter(label=objection.label))


def is_open(matter: Any) -> bool:
    """Whether a matter has not come to its end: its chart goes on, or its paper is not received yet."""
    if matter.chart == "objection" and matter.is_ended:
        undelivered = matter.state.startswith("concluded_") and matter.decision_received_on is None
        # Until its retest has come to an end, the decision may yet have to be made anew (Articles 38, 39).
        return undelivered or (matter.state == "concluded_retest" and _retest_is_open(matter))
    if matter.chart == "result_notice" and matter.state == "window_closed":
        return _is_on_file(matter)
    return matter.state not in CHARTS[matter.chart].terminal


def is_way_out(matter: Flow, spec: ActSpec) -> bool:
    """Whether an act is one by which somebody who wants to go on lawfully goes on from this state."""
    if not spec.is_act or matter.state not in spec.source or spec.target == (matter.state,):
        return False
    if spec.name in WHEN:
        return bool(WHEN[spec.name](matter))
    return spec.name not in NEEDS_AN_EVENT
