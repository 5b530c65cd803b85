"""What is known about one file at one moment: the states by label, the running periods, and the facts behind them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tests.second_reading.counting import Period
from tests.second_reading.records import Announcement, Case, Dossier, Lead, Notice, Objection, Party, Retest, Visit

FINAL = ("final_conforming", "final_nonconforming")
PROVISIONAL = ("provisional_conforming", "provisional_nonconforming")
DECIDED = (*FINAL, "revoked")
CASE_PERIODS = ("D43", "D44", "D46A", "D46B", "D50", "D51", "D51C")
UNTOLD = ("due", "sent", "served")  # notices which hold what cannot be undone (10.1, 5)
GONE = ("withdrawn", "transferred", "closed_dissolved")  # cases which stand no longer
PENDING = ("filed", "verifying", "expert_review", "transferred")
RETEST_ENDED = ("waived", "closed_conforming", "closed_nonconforming", "cancelled")


@dataclass
class World:
    """One file while it is played."""

    parties: dict[str, Party]
    dossiers: dict[int, Dossier]
    planned: bool = False
    year: int = 0
    today: date = date.min
    states: dict[str, str] = field(default_factory=dict)
    periods: dict[str, Period] = field(default_factory=dict)
    notices: dict[str, list[Notice]] = field(default_factory=dict)
    objections: list[Objection] = field(default_factory=list)
    retests: dict[int, Retest] = field(default_factory=dict)
    cases: dict[str, list[Case]] = field(default_factory=dict)
    visits: dict[str, list[Visit]] = field(default_factory=dict)
    announcements: dict[str, list[Announcement]] = field(default_factory=dict)
    leads: list[Lead] = field(default_factory=list)
    approved: dict[str, dict[str, str]] = field(default_factory=dict)
    published: dict[str, dict[str, str]] = field(default_factory=dict)
    last_effect: date = date.min
    task_type: str = "daily"
    trigger: str = "none"
    forms: list[int] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)

    # Labels (section 2).

    def label(self, machine: str, dossier: int) -> str:
        """The label of a chart of which a dossier has one."""
        return f"{machine}.{dossier}" if len(self.dossiers) > 1 else machine

    def task(self, dossier: int) -> str:
        """The task of a dossier: its own, unless the file starts with the plan."""
        return "task" if self.planned else self.label("task", dossier)

    def publication(self, dossier: int) -> str:
        return "publication" if self.planned else self.label("publication", dossier)

    def unit(self, dossier: int, unit: str) -> str:
        return f"{self.label('sample', dossier)}.{unit}"

    def field_chart(self, dossier: int) -> str:
        """The chart of the sampling: on site or online."""
        machine = "purchase" if self.dossiers[dossier].channel == "online" else "sampling"
        return self.label(machine, dossier)

    # Questions about a dossier.

    def of(self, dossier: int) -> list[Party]:
        """The parties of a dossier, in file order."""
        return [party for party in self.parties.values() if party.dossier == dossier]

    def under(self, task: str) -> list[int]:
        """The dossiers of a task or publication label."""
        return [n for n in self.dossiers if task in (self.task(n), self.publication(n))]

    def state(self, label: str) -> str:
        return self.states.get(label, "absent")

    def conclusion(self, dossier: int) -> str:
        return self.state(self.label("conclusion", dossier))

    def producers(self, dossier: int) -> list[Party]:
        return [party for party in self.of(dossier) if party.is_producer]

    def sampled_entity(self, dossier: int) -> Party:
        """Where the sample was taken: the sampled producer, else the seller."""
        parties = self.of(dossier)
        order = {"sampled_producer": 0, "seller": 1, "nominal_producer": 2}
        return min(parties, key=lambda party: order[party.role])

    def seller_or_nominal(self, dossier: int) -> Party:
        """Whom the lead of a denial is about: the seller in Shandong, else the nominal producer (section 5.1).

        Of several sellers in Shandong: the first of the file; the text speaks of one.
        """
        parties = self.of(dossier)
        sellers = [party for party in parties if party.role == "seller" and party.inside]
        return (sellers or [party for party in parties if party.role == "nominal_producer"])[0]

    def samplers_of_task(self, dossier: int) -> set[str]:
        """Who showed Form 1, was added or bought for any target of this task (10.1, 17)."""
        return {name for number in self.under(self.task(dossier)) for name in self.dossiers[number].came}

    def notices_of(self, dossier: int) -> list[Notice]:
        return [notice for party in self.of(dossier) for notice in self.notices.get(party.name, [])]

    def untold(self, notices: list[Notice]) -> bool:
        """A notice is still due, sent or served."""
        return any(self.state(notice.label) in UNTOLD for notice in notices)

    def same_product(self, one: Dossier, other: Dossier) -> bool:
        """同一产品: the same product and model, of the same producer (section 3)."""
        if (one.product, one.model) != (other.product, other.model):
            return False
        makers = {self.enterprise(party.name) for party in self.producers(one.number)}
        return bool(makers & {self.enterprise(party.name) for party in self.producers(other.number)})

    # Questions about a party.

    def enterprise(self, party: str) -> str:
        """Parties which are the same enterprise share this name (same_as)."""
        seen = party
        while (other := self.parties[seen].same_as) is not None:
            seen = other
        return seen

    def case(self, party: str) -> Case | None:
        """The newest case of a party."""
        return self.cases[party][-1] if self.cases.get(party) else None

    def visit(self, party: str) -> Visit | None:
        return self.visits[party][-1] if self.visits.get(party) else None

    def announcement(self, party: str) -> Announcement | None:
        """The newest announcement of a party.

        Acts are named by the party alone: when a later case has none of its own yet, the one of the earlier case is
        meant, so that it can still be corrected (section 2; the text does not say which).
        """
        return self.announcements[party][-1] if self.announcements.get(party) else None

    def has_passed(self, party: str) -> bool:
        """A case of the party has passed its recheck and was not withdrawn afterwards."""
        return any(self.state(case.label) == "passed" for case in self.cases.get(party, []))

    def named_by_orders(self, party: str) -> set[str]:
        """The items which an order of this party names (10.1, 6; R30).

        An order which was superseded by a transfer names nothing any more; one which was served went to the heir.
        """
        cases = [case for case in self.cases.get(party, []) if self.state(case.label) != "transferred"]
        return {name for case in cases for name in case.named}

    def window_notice(self, party: str) -> Notice | None:
        """Whose window an objection is measured by: the newest served, else the newest received notice (10.1, 2)."""
        received = [notice for notice in self.notices.get(party, []) if notice.window is not None]
        served = [notice for notice in received if self.state(notice.label) == "served"]
        return (served or received or [None])[-1]

    # What is open (10.1, 3).

    def pending(self, o: Objection) -> bool:
        """Neither decided nor withdrawn."""
        return self.state(o.label) in PENDING

    def open_objections(self, dossier: int) -> list[Objection]:
        """Filed in time and not yet decided or withdrawn."""
        return [o for o in self.objections if o.dossier == dossier and o.counts and self.pending(o)]

    def open_retests(self, dossier: int) -> list[Objection]:
        """From the decision, also before Form 8 is received, until waived, closed or cancelled."""
        return [
            o
            for o in self.objections
            if o.dossier == dossier
            and self.state(o.label) == "concluded_retest"
            and self.state(o.retest) not in RETEST_ENDED
        ]

    def disputed(self, dossier: int) -> bool:
        return bool(self.open_objections(dossier) or self.open_retests(dossier))

    def unsettled(self, dossier: int) -> bool:
        """Disputed, or an objection on file waits for the correction of its lapse.

        That one counts for the finality of 10.1, 5 (CN9, CN10) and for every irrevocable act. It does not count for
        CN4, CN7, CN8 and CN13: R43 lets a retest make the conclusion final beside it, and what cannot be undone waits.
        """
        waiting = [o for o in self.objections if o.dossier == dossier and not o.late and not o.counts]
        return self.disputed(dossier) or any(self.pending(o) for o in waiting)

    # What several acts bring about.

    def new_lead(self, party: str) -> int:
        """Leads are numbered in the order in which they come into being."""
        lead = Lead(len(self.leads) + 1, party)
        self.leads.append(lead)
        self.states[lead.label] = "reported"
        return lead.number

    def lift_ban(self, party: str, held: str = "active") -> None:
        if self.state(f"ban.{party}") == held:
            self.states[f"ban.{party}"] = "lifted"

    def end_periods(self, case: Case) -> None:
        """All periods of a case end."""
        for code in CASE_PERIODS:
            self.periods.pop(f"{code}.{case.suffix}", None)

    def lost_basis(self, case: Case, state: str) -> None:
        """A closure or a revoked licence is the decision of another authority, which is told (10.1, 7 and 11; R42).

        The flag is raised by every fall, also by a second one after the ban has been lifted already.
        """
        if state == "licence_revoked":
            self.lift_ban(case.party, "permanent")
            self.flags.append("REVOCATION_LOST_BASIS")
        elif state == "closure_ordered":
            self.flags.append("CLOSURE_LOST_BASIS")

    def withdraw(self, party: str) -> None:
        """RC18: from every state but licence_revoked and those which have ended; the ban falls (10.1, 7)."""
        for case in self.cases.get(party, []):
            self.lost_basis(case, self.state(case.label))
            if self.state(case.label) not in ("licence_revoked", *GONE):
                self.states[case.label] = "withdrawn"
                self.end_periods(case)
                self.lift_ban(party)

    def withdraw_all(self, dossier: int) -> None:
        """Every case of the dossier, also of parties which did not object."""
        for party in self.of(dossier):
            self.withdraw(party.name)
