"""What is known about one file at one moment: the states by label, the running periods, and the facts behind them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tests.second_reading.counting import Period

PRODUCERS = ("sampled_producer", "nominal_producer")
DEFAULT_ITEMS = [{"name": "导体电阻", "kind": "performance", "result": "fail"}]
SAMPLERS = ("张伟", "李娜")
PROVINCE = "370000"
FINAL = ("final_conforming", "final_nonconforming")
PROVISIONAL = ("provisional_conforming", "provisional_nonconforming")
CASE_PERIODS = ("D43", "D44", "D46A", "D46B", "D50", "D51", "D51C")
DECIDED = (*FINAL, "revoked")


@dataclass
class Party:
    """A party as the file gives it; a transfer of jurisdiction changes region and handler (section 5.1)."""

    name: str
    role: str
    region: str
    handler: str
    dossier: int = 1
    same_as: str | None = None

    @property
    def is_producer(self) -> bool:
        return self.role in PRODUCERS

    @property
    def city(self) -> str:
        """The city bureau of the place: its first four digits and 00."""
        return self.region[:4] + "00"


@dataclass
class Dossier:
    """One sample."""

    number: int
    origin: str = "provincial"
    channel: str = "on_site"
    check: str = "daily"
    product: str = "电线电缆"
    model: str = "A"
    exists: bool = False  # set up completely: acts may be tried
    pinned: bool = False
    visit_on: date | None = None
    sampled_on: date | None = None
    refusal: dict | None = None
    claimed_on: date | None = None
    full_report: bool = False
    report_says: str = ""
    items: dict[str, tuple[str, str]] = field(default_factory=dict)
    reported_failed: set[str] = field(default_factory=set)
    settled: set[str] = field(default_factory=set)
    retest_completed: bool = False
    termination_lead: int | None = None
    spoiled_by: str = ""

    @property
    def handed_over(self) -> bool:
        return self.origin != "provincial"

    @property
    def failed(self) -> set[str]:
        """The items which are failed now, after the retests so far."""
        return {name for name, (_, result) in self.items.items() if result == "fail"}


@dataclass
class Notice:
    """One Form 7 to one party; it has a window from its receipt on."""

    label: str
    party: str
    window: Period | None = None


@dataclass
class Objection:
    """One objection. It counts when filed in time and its notice had not lapsed (10.1, 2)."""

    number: int
    party: str
    dossier: int
    grounds: str
    items: set[str]
    filed_on: date
    late: bool = False
    counts: bool = True
    findings: bool = False
    received: bool = False

    @property
    def label(self) -> str:
        return f"objection.{self.number}"

    @property
    def retest(self) -> str:
        return f"retest.{self.number}"


@dataclass
class Retest:
    """What a retest remembers: its D39, why it was waived, what it found."""

    window: Period
    waived: str = ""
    items: dict[str, str] = field(default_factory=dict)


@dataclass
class Case:
    """One rectification case; the suffix is `P` or `P#2`."""

    suffix: str
    party: str
    hardship: bool = False
    failures: int = 0
    d44: Period | None = None
    d46b: Period | None = None
    closed_until: date | None = None

    @property
    def label(self) -> str:
        return f"rectification.{self.suffix}"

    @property
    def announcement(self) -> str:
        return f"announcement.{self.suffix}"


@dataclass
class Visit:
    """One re-check visit."""

    label: str
    case: Case
    rectified: bool = False
    conclusion: str = ""


@dataclass
class Lead:
    """One lead and the party it is about."""

    number: int
    party: str

    @property
    def label(self) -> str:
        return f"lead.{self.number}"


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
    leads: list[Lead] = field(default_factory=list)
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

    # Questions.

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

    def case(self, party: str) -> Case | None:
        """The newest case of a party."""
        return self.cases[party][-1] if self.cases.get(party) else None

    def visit(self, party: str) -> Visit | None:
        return self.visits[party][-1] if self.visits.get(party) else None

    def enterprise(self, party: str) -> str:
        """Parties which are the same enterprise share this name (same_as)."""
        seen = party
        while (other := self.parties[seen].same_as) is not None:
            seen = other
        return seen

    def producers(self, dossier: int) -> list[Party]:
        return [party for party in self.of(dossier) if party.is_producer]

    def sampled_entity(self, dossier: int) -> Party:
        """Where the sample was taken: the sampled producer, else the seller."""
        parties = self.of(dossier)
        order = {"sampled_producer": 0, "seller": 1, "nominal_producer": 2}
        return min(parties, key=lambda party: order[party.role])

    def still_passed(self) -> list[str]:
        """Parties which passed a re-check in a case which was not withdrawn afterwards."""
        return [name for name in self.cases if self.state(self.cases[name][-1].label) == "passed"]

    def producer_passed(self, dossier: int) -> bool:
        """The producer of the sample has passed its re-check (art. 48)."""
        return any(
            (case := self.case(party.name)) is not None and self.state(case.label) == "passed"
            for party in self.producers(dossier)
        )

    def window_notice(self, party: str) -> Notice | None:
        """Whose window an objection is measured by: the newest served, else the newest received notice."""
        received = [notice for notice in self.notices.get(party, []) if notice.window is not None]
        served = [notice for notice in received if self.state(notice.label) == "served"]
        return (served or received or [None])[-1]

    def open_objections(self, dossier: int) -> list[Objection]:
        """Filed in time and not yet decided or withdrawn (10.1, 3)."""
        return [o for o in self.objections if o.dossier == dossier and o.counts and self.pending(o)]

    def pending(self, o: Objection) -> bool:
        """Neither decided nor withdrawn."""
        return self.state(o.label) in ("filed", "verifying", "expert_review", "transferred")

    def open_retests(self, dossier: int) -> list[Objection]:
        """From the decision, also before Form 8 is received, until waived or closed (10.1, 3)."""
        ended = ("waived", "closed_conforming", "closed_nonconforming")
        return [
            o
            for o in self.objections
            if o.dossier == dossier and self.state(o.label) == "concluded_retest" and self.state(o.retest) not in ended
        ]

    def disputed(self, dossier: int) -> bool:
        return bool(self.open_objections(dossier) or self.open_retests(dossier))

    def same_product(self, one: Dossier, other: Dossier) -> bool:
        """同一产品: the same product and model, of the same producer (section 3)."""
        if (one.product, one.model) != (other.product, other.model):
            return False
        makers = {self.enterprise(party.name) for party in self.producers(one.number)}
        return bool(makers & {self.enterprise(party.name) for party in self.producers(other.number)})

    # What several acts bring about.

    def new_lead(self, party: str) -> int:
        """Leads are numbered in the order in which they come into being."""
        lead = Lead(len(self.leads) + 1, party)
        self.leads.append(lead)
        self.states[lead.label] = "reported"
        return lead.number

    def lift_ban(self, party: str) -> None:
        if self.state(f"ban.{party}") == "active":
            self.states[f"ban.{party}"] = "lifted"

    def end_periods(self, case: Case) -> None:
        """All periods of a case end."""
        for code in CASE_PERIODS:
            self.periods.pop(f"{code}.{case.suffix}", None)

    def withdraw(self, party: str) -> None:
        """RC18: from every state but licence_revoked, withdrawn and transferred; an active ban is lifted (10.1, 7)."""
        for case in self.cases.get(party, []):
            if self.state(case.label) not in ("licence_revoked", "withdrawn", "transferred"):
                self.states[case.label] = "withdrawn"
                self.end_periods(case)
                self.lift_ban(party)

    def withdraw_all(self, dossier: int) -> None:
        """Every case of the dossier, also of parties which did not object."""
        for party in self.of(dossier):
            self.withdraw(party.name)
