"""What an actor's lists can depend on at one moment: two moments that look the same to it need not be compared twice."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any, Final

from spotcheck.docket.flow import MATTERS, Flow
from spotcheck.docket.models import Deadline, Dossier, Party
from spotcheck.inspection.models import Item
from spotcheck.notices.models import Recipient
from spotcheck.parties.actors import Actor
from spotcheck.parties.models import Office
from spotcheck.remediation.coverage import is_responsible
from spotcheck.rules.charts import CHARTS
from spotcheck.sampling.requirements import refusal_is_good

CASE: Final = ("rectification", "recheck", "announcement")
LOCAL: Final = (*CASE, "lead", "denial", "objection", "retest", "result_notice", "conclusion")
DEPENDS_ON: Final = {
    Office.Kind.PROVINCE: (*LOCAL, "plan", "task", "publication", "sampling", "sample"),
    Office.Kind.CITY: LOCAL,
    Office.Kind.COUNTY: LOCAL,
    Office.Kind.SAMPLING_BODY: ("task", "sampling", "purchase", "sample", "retest"),
    Office.Kind.LABORATORY: ("task", "sample", "inspection", "result_notice", "retest", "recheck"),
}
"""The charts on which the lists of an office can depend."""
OF_A_PARTY: Final = (*CASE, "objection", "retest", "result_notice")
OPEN: Final = ("objection", "retest", "result_notice")


class Moment:
    """Everything that is there on a day."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.dossiers = list(Dossier.objects.select_related("parent", "producer").order_by("pk"))
        self.of = self._matters_of_all()
        self.matters = [matter for matters in self.of.values() for matter in matters]
        self.parties = list(Party.objects.select_related("handler", "enterprise", "dossier").order_by("pk"))
        self.periods = list(Deadline.objects.running().select_related("party").order_by("pk"))

    def _matters_of_all(self) -> dict[int, list[Flow]]:
        """The matters of every dossier, chart by chart in the order of the regulation."""
        found: dict[int, list[Flow]] = {dossier.pk: [] for dossier in self.dossiers}
        for chart in CHARTS:
            rows = MATTERS[chart].objects.select_related("dossier", "party__enterprise", "party__handler")
            for matter in rows.order_by("dossier", "pk"):
                found[matter.dossier_id].append(matter)
        return found

    @cached_property
    def papers(self) -> dict[tuple[int, int], list[Any]]:
        """How the papers stand that parties get, by issuer and dossier."""
        found: dict[tuple[int, int], list[Any]] = defaultdict(list)
        for row in Recipient.objects.filter(party__isnull=False).select_related("paper"):
            place = (row.paper.issuer_id, row.paper.dossier_id)
            found[place].append((row.paper.key, row.paper.status, row.received_on is None))
        return found

    def seen_by(self, actor: Actor) -> Iterator[Any]:
        """What this actor's lists can depend on in each dossier, names and days aside."""
        kind = actor.office.kind if actor.office else "enterprise"
        for dossier in self.dossiers:
            rows = [*self._matters(actor, dossier), *self._periods(actor, dossier), *self._below(dossier)]
            rows += [*self._reports(actor, dossier), *self._papers(actor, dossier)]
            yield kind, actor.role, tuple(sorted(map(repr, rows)))

    def situation(self, dossier: Dossier) -> Any:
        """Everything in which two situations of a dossier can differ, names and days aside."""
        places = {
            p.pk: (p.role, p.handler.kind if p.handler else "", p.in_shandong)
            for p in self.parties
            if p.dossier_id == dossier.pk
        }
        rows: list[Any] = [*places.values(), *self._below(dossier)]
        rows += [(m.chart, m.label, m.state, places.get(m.party_id or 0), self.more_of[m]) for m in self.of[dossier.pk]]
        rows += [
            (period.rule, period.label, period.due_on < self.day, period.latest < self.day)
            for period in self.periods
            if period.dossier_id == dossier.pk
        ]
        return tuple(sorted(map(repr, rows)))

    def _matters(self, actor: Actor, dossier: Dossier) -> Iterator[Any]:
        kind = Office.Kind(actor.office.kind) if actor.office is not None else None
        for matter in self.of[dossier.pk]:
            near = self._near(matter.party, actor)
            is_local = kind in {None, Office.Kind.CITY, Office.Kind.COUNTY}
            if matter.chart not in (DEPENDS_ON[kind] if kind is not None else OF_A_PARTY):
                continue
            if is_local and near == "far" and matter.party is not None:
                yield matter.chart in {"objection", "retest"} and matter.is_open and matter.chart
            elif kind == Office.Kind.PROVINCE and matter.chart in {"sample", "sampling"}:
                yield matter.label == "R" and matter.state, matter.state == "refusal_claimed", self.more_of[matter]
            else:
                label = matter.label if matter.chart == "sample" else "#" in matter.label
                yield matter.chart, label, matter.state, matter.is_open, near, self.more_of[matter]

    def _periods(self, actor: Actor, dossier: Dossier) -> Iterator[Any]:
        if actor.office is not None and not actor.office.is_bureau:
            return
        for period in self.periods:
            near = self._near(period.party, actor)
            is_province = actor.office is not None and actor.office.kind == Office.Kind.PROVINCE
            if period.dossier_id == dossier.pk and (near != "far" or is_province):
                yield period.rule, near, period.due_on < self.day, period.latest < self.day

    def _below(self, dossier: Dossier) -> Iterator[Any]:
        """What a file depends on above or below it: a cancelled task, what keeps a publication."""
        if dossier.parent_id is not None:
            yield [m.state == "cancelled" for m in self.of[dossier.parent_id] if m.chart == "task"]
        for child in self.dossiers:
            if child.parent_id == dossier.pk:
                yield [(m.chart, m.state) for m in self.of[child.pk] if m.chart in {"conclusion", "task"}]
                yield sorted({m.chart for m in self.of[child.pk] if m.chart in OPEN and m.is_open})

    def _reports(self, actor: Actor, dossier: Dossier) -> Iterator[Any]:
        """What there is to know of the parties themselves."""
        for party in self.parties:
            if party.dossier_id != dossier.pk:
                continue
            near = self._near(party, actor)
            cases = [m for m in self.of[dossier.pk] if m.chart == "rectification" and m.party_id == party.pk]
            known = sorted(case.state for case in cases), bool(self.failed(dossier.pk)), bool(self.further(party))
            yield party.role, near, party.in_shandong, (*known, is_responsible(party)) if near == "own" else ()

    def _papers(self, actor: Actor, dossier: Dossier) -> Iterator[Any]:
        if actor.office is not None and actor.office.is_bureau:
            yield from self.papers.get((actor.office.pk, dossier.pk), ())

    @staticmethod
    def _near(party: Party | None, actor: Actor) -> str:
        """How a party stands to an actor: handled or its own, of its district, or of none of its business."""
        if party is None:
            return ""
        if actor.enterprise is not None:
            return "own" if party.enterprise_id == actor.enterprise.pk else "far"
        assert actor.office is not None
        if party.handler_id == actor.office.pk:
            return "own"
        if actor.office.code in {party.place, party.city_code}:
            return "here"
        return "far" if party.in_shandong else "outside"

    @cached_property
    def items(self) -> list[Item]:
        """The items of all reports."""
        return list(Item.objects.order_by("pk"))

    def failed(self, dossier: int) -> list[Item]:
        """The failed items of a sample."""
        return [item for item in self.items if item.dossier_id == dossier and item.result == Item.Verdict.FAIL]

    def further(self, party: Party) -> list[str]:
        """The failed items that no order of a party names."""
        cases = [m for m in self.matters if m.chart == "rectification" and m.party_id == party.pk]
        named = {name for case in cases if case.covers and case.state != "transferred" for name in case.items}
        return [item.name for item in self.failed(party.dossier_id) if item.name not in named]

    @cached_property
    def more_of(self) -> dict[Flow, Any]:
        """Of each matter what its state does not say."""
        return {matter: self._more(matter) for matter in self.matters}

    def _more(self, matter: Any) -> Any:
        name = f"_of_{matter.chart}"
        return getattr(self, name)(matter) if hasattr(self, name) else ()

    def _of_plan(self, plan: Any) -> Any:
        return plan.year < self.day.year

    def _of_sampling(self, sampling: Any) -> Any:
        return sampling.state == "refusal_claimed" and refusal_is_good(sampling)

    def _of_inspection(self, inspection: Any) -> Any:
        return inspection.verdict

    def _of_sample(self, unit: Any) -> Any:
        return unit.cause_of_loss == "applicant"

    def _of_objection(self, one: Any) -> Any:
        told = one.decision_received_on is not None
        return one.standing, one.grounds, one.is_denial, one.produced, one.cities_differ, told

    def _of_retest(self, retest: Any) -> Any:
        return sorted({item["result"] for item in retest.results})

    def _of_rectification(self, case: Any) -> Any:
        return case.failures, bool(self.further(case.party)), case.covers

    def _of_recheck(self, visit: Any) -> Any:
        kinds = {item.kind for item in self.failed(visit.dossier_id)}
        return visit.rectified, visit.test_conclusion, visit.is_round, kinds == {"label"}

    def _of_announcement(self, announcement: Any) -> Any:
        return announcement.has_changed(), announcement.case.state

    def _of_publication(self, publication: Any) -> Any:
        now = {m.dossier.number: m.state for m in self.matters if m.chart == "conclusion"}
        then = publication.published
        changed = [n for n, state in now.items() if then.get(n) not in {None, state}]
        return publication.approved in (None, now), bool(changed)
