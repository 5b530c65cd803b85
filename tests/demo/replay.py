"""A second reading of the charts: plays the entries of a dossier through machines.json, knowing nothing of the flows.

What it needs of the regulation stands in the acceptance files: which transition leads where (``target``, ``also``),
which periods it opens and closes (``opens``, ``closes``), whose they are (section 2), from which day they are counted
(section 9), and what goes along with a case that moves (section 10.1, no. 10).
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from spotcheck.docket import calendars, law
from spotcheck.docket.models import Deadline, Dossier, Entry
from spotcheck.rules.acts import OWN_ACTS

MACHINES = json.loads((Path(__file__).parents[1] / "acceptance" / "machines.json").read_text(encoding="utf-8"))
TRANSITIONS = {
    f"{machine['name']}.{transition['name']}": transition
    for machine in MACHINES["machines"]
    for transition in machine["transitions"]
}
EXTRA = {extra["name"] for extra in MACHINES["extra_acts"]}
WITHOUT_CREATION = {
    machine["name"]: machine["initial"] for machine in MACHINES["machines"] if machine["name"] in ("plan", "task")
}
"""No transition creates a plan or a task (section 10.3): its file begins in the first state."""
BY_PARTY = ("result_notice", "rectification", "ban")
BY_NUMBER = ("objection", "lead")
VISIT_ENDED = next(machine["terminal"] for machine in MACHINES["machines"] if machine["name"] == "recheck")

Matter = tuple[str, str]


class Differs(AssertionError):
    """The entries do not lead where they say."""


@dataclass(slots=True)
class Period:
    """A period as the charts want it."""

    rule: str
    owner: Matter
    started_on: date
    due_on: date
    latest: date
    ended_on: date | None = None

    def as_row(self) -> tuple[Any, ...]:
        return (self.rule, *self.owner, self.started_on, self.due_on, self.latest, self.ended_on)


@dataclass(slots=True)
class Moved:
    """A case that another bureau takes over: its name, its state, and what ran."""

    label: str
    state: str
    running: list[Period]


@dataclass(slots=True)
class Replay:
    """One dossier, entry by entry."""

    dossier: Dossier
    states: dict[Matter, str] = field(default_factory=dict)
    periods: list[Period] = field(default_factory=list)
    counted: Counter[tuple[str, str]] = field(default_factory=Counter)
    orders: dict[str, dict[str, date]] = field(default_factory=dict)
    case_of_visit: dict[str, str] = field(default_factory=dict)
    moved: dict[str, Moved] = field(default_factory=dict)
    before_claim: str = ""
    reported: str = ""

    def run(self) -> "Replay":
        if self.dossier.kind in WITHOUT_CREATION:
            self.states[self.dossier.kind, ""] = WITHOUT_CREATION[self.dossier.kind]
        for place, entry in enumerate(self.dossier.entries.select_related("party").order_by("sequence"), start=1):
            if entry.sequence != place:
                raise Differs(f"{self.dossier}: entry {place} is missing")
            self._play(entry)
        return self

    def _play(self, entry: Entry) -> None:
        matter = (entry.chart, entry.label)
        now = self.states.get(matter)
        if entry.act in EXTRA or entry.act in OWN_ACTS:  # an act of our own is in no chart, and leaves the state
            self._same(entry, "state", now, entry.to_state)
            return
        transition = TRANSITIONS[entry.act]
        self._same(entry, "kind", entry.actor["word"] == "system", self._is_consequence(entry, transition))
        if transition["source"] is None:
            self._same(entry, "before", None, now)
            self._same(entry, "label", self._label(entry), entry.label)
        elif now not in transition["source"]:
            raise Differs(f"{self._name(entry)}: impossible from {now}")
        self._remember(entry, now)
        target = self._target(entry, transition, now)
        self._same(entry, "from", now or "", entry.from_state)
        self._same(entry, "to", target, entry.to_state)
        self.states[matter] = target
        owner = self._owner(entry)
        for rule in transition["closes"]:
            self._close(rule, owner, entry)
        if entry.act == "rectification.take_over_running":
            self._take_over(entry)
            return
        for rule in transition["opens"]:
            if entry.act != "rectification.annul" or target == "applied":
                self._open(rule, owner, entry)

    def _is_consequence(self, entry: Entry, transition: dict[str, Any]) -> bool:
        if transition["kind"] == "both":
            return entry.actor["word"] == "system"
        return transition["kind"] == "consequence"

    def _label(self, entry: Entry) -> str:
        """The label of a matter that begins (section 2 of the acceptance files)."""
        chart, party = entry.chart, entry.party.label if entry.party else ""
        self.counted[chart, party] += 1
        self.counted[chart, "*"] += 1
        number = self.counted[chart, party]
        if chart == "sample":
            return "TR"[number - 1]
        if chart in BY_NUMBER:
            return str(self.counted[chart, "*"])
        if chart == "recheck":
            return f"{party}#{number}"
        if chart == "retest":
            return entry.label if ("objection", entry.label) in self.states else "?"
        if chart == "announcement":
            return self._newest_case(party)
        return "" if chart not in BY_PARTY else party if number == 1 else f"{party}#{number}"

    def _newest_case(self, party: str) -> str:
        return max(
            (label for chart, label in self.states if chart == "rectification" and label.split("#")[0] == party),
            key=lambda label: (len(label), label),
        )

    def _remember(self, entry: Entry, now: str | None) -> None:
        """The days and facts on which later entries rest."""
        party = entry.party.label if entry.party else ""
        if entry.act in ("rectification.issue_order", "rectification.supplement_order"):
            self.orders.setdefault(party, {})["ordered"] = entry.effective_on
        if entry.act == "rectification.record_order_receipt":
            self.orders[party]["received"] = entry.effective_on
        if entry.act == "rectification.transfer_jurisdiction":
            owner = (entry.chart, entry.label)
            running = [period for period in self.periods if period.owner == owner and period.ended_on is None]
            self.moved[party] = Moved(entry.label, now or "", running)
        if entry.act == "recheck.open":
            self.case_of_visit[entry.label] = self._newest_case(party)
        if entry.act == "sampling.claim_refusal":
            self.before_claim = now or ""
        if entry.act in ("conclusion.set_conforming", "conclusion.set_nonconforming", "conclusion.import_external"):
            self.reported = "conforming" if entry.act.endswith("set_conforming") else "nonconforming"

    def _target(self, entry: Entry, transition: dict[str, Any], now: str | None) -> str:
        """Where the transition leads; one with several targets says in words (``when``) which of them."""
        if not transition.get("also"):
            return transition["target"]
        targets = [transition["target"], *(row["target"] for row in transition["also"])]
        target = self._one_of_several(entry, now)
        if target not in targets:
            raise Differs(f"{self._name(entry)}: leads to one of {targets}, not to {target}")
        return target

    def _one_of_several(self, entry: Entry, now: str | None) -> str | None:
        if entry.act == "rectification.take_over_running":
            return self.moved[entry.party.label].state
        annulled = {"recheck": "applied", "order": "withdrawn"}.get(entry.facts.get("what", ""))
        return {
            "sampling.reject_refusal": self.before_claim,
            "sampling.add_sampler": now,
            "conclusion.maintain": f"provisional_{self.reported}",
            "objection.decide_anew": f"concluded_{entry.facts.get('decision')}",
            "rectification.annul": now if now == "licence_revoked" else annulled,
        }.get(entry.act)

    def _take_over(self, entry: Entry) -> None:
        """What ran goes on under its first dates, and so does an open visit."""
        moved = self.moved[entry.party.label]
        for period in moved.running:
            owner = (entry.chart, entry.label)
            self.periods.append(Period(period.rule, owner, period.started_on, period.due_on, period.latest))
        for visit, case in self.case_of_visit.items():
            if case == moved.label and self.states["recheck", visit] not in VISIT_ENDED:
                self.case_of_visit[visit] = entry.label

    def _owner(self, entry: Entry) -> Matter:
        """Periods of a visit belong to the case of its party."""
        if entry.chart == "recheck":
            return ("rectification", self.case_of_visit[entry.label])
        return (entry.chart, entry.label)

    def _open(self, rule: str, owner: Matter, entry: Entry) -> None:
        if any(period.rule == rule and period.owner == owner and period.ended_on is None for period in self.periods):
            raise Differs(f"{self._name(entry)}: {rule} of {owner} runs already")
        start = self._start(rule, entry)
        if rule == "D51C":
            due_on = latest = date.fromisoformat(entry.facts["until"])
        else:
            due_on, latest, _, _ = law.last_days(law.of().id, rule, start, calendars.current())
        self.periods.append(Period(rule, owner, start, due_on, latest))

    def _start(self, rule: str, entry: Entry) -> date:
        days = self.orders.get(entry.party.label if entry.party else "", {})
        if rule == "D44":
            return days["received"]
        if rule == "D46B":
            return days["ordered"]
        return date.fromisoformat(entry.facts["until"]) if rule == "D51C" else entry.effective_on

    def _close(self, rule: str, owner: Matter, entry: Entry) -> None:
        for period in self.periods:
            if period.rule == rule and period.owner == owner and period.ended_on is None:
                period.ended_on = entry.effective_on
                if entry.act.endswith(".lapse"):
                    self._same(entry, "lapse", date.fromordinal(period.latest.toordinal() + 1), entry.effective_on)

    def compare(self) -> None:
        """Compare with the register and the periods as they are stored."""
        stored = {(track.chart, track.label): track.state for track in self.dossier.tracks.all()}
        if self.states != stored:
            raise Differs(f"{self.dossier}: {sorted(self.states.items() ^ stored.items())}")
        wanted = sorted(map(str, (period.as_row() for period in self.periods)))
        found = sorted(
            str((row.rule, row.chart, row.label, self._start_shown(row), row.due_on, row.latest, row.ended_on))
            for row in self.dossier.deadlines.all()
        )
        if wanted != found:
            raise Differs(f"{self.dossier}: periods {sorted(set(wanted) ^ set(found))}")

    @staticmethod
    def _start_shown(row: Deadline) -> date:
        return row.due_on if row.rule == "D51C" else row.started_on

    def _same(self, entry: Entry, what: str, wanted: object, found: object) -> None:
        if wanted != found:
            raise Differs(f"{self._name(entry)}: {what} {wanted} expected, {found} found")

    def _name(self, entry: Entry) -> str:
        return f"{self.dossier}/{entry.sequence} {entry.act}.{entry.label}"
