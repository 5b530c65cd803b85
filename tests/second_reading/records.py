"""What is on record about one file: parties, samples, notices, objections, retests, cases, visits, leads."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tests.second_reading.counting import Period

PRODUCERS = ("sampled_producer", "nominal_producer")
DEFAULT_ITEMS = [{"name": "导体电阻", "kind": "performance", "result": "fail"}]
DRAWN = ["张伟", "李娜", "刘洋", "陈静"]  # README section 6: the samplers drawn for every target, in this order
PROVINCE = "370000"


def in_shandong(code: str) -> bool:
    """A code which does not begin with 37 lies outside Shandong (section 4)."""
    return code.startswith("37")


@dataclass
class Party:
    """A party as the file gives it; a transfer of jurisdiction changes region and handler (section 5.1)."""

    name: str
    role: str
    region: str
    handler: str
    registered: str
    dossier: int = 1
    same_as: str | None = None

    @property
    def is_producer(self) -> bool:
        return self.role in PRODUCERS

    @property
    def inside(self) -> bool:
        """It works in Shandong."""
        return in_shandong(self.region)

    @property
    def city(self) -> str:
        """The city bureau of the place: its first four digits and 00."""
        return self.region[:4] + "00"

    @property
    def handled_by_city(self) -> bool:
        return self.handler.endswith("00")


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
    # The samplers (10.1, 17): the drawn order, how many of it were called up, who is assigned now, who came.
    drawn: list[str] = field(default_factory=lambda: list(DRAWN))
    called: int = 2
    assigned: list[str] = field(default_factory=lambda: DRAWN[:2])
    came: set[str] = field(default_factory=set)
    visit_on: date | None = None
    sampled_on: date | None = None
    refusal: dict | None = None
    claimed_on: date | None = None
    claimed_from: str = ""
    # The laboratory: to whom the test unit was issued, what it reported, whether its testing was stopped.
    issued_to: str = ""
    partial: bool = False
    full_report: bool = False
    further: bool = False  # the full report failed items which the partial report had not named
    stopped: bool = False
    termination_leads: list[int] = field(default_factory=list)
    report_says: str = ""
    items: dict[str, tuple[str, str]] = field(default_factory=dict)
    reported: dict[str, tuple[str, str]] = field(default_factory=dict)  # the laboratory's own results
    reported_failed: set[str] = field(default_factory=set)
    settled: set[str] = field(default_factory=set)
    retest_completed: bool = False
    spoiled_by: str = ""  # the cause on record for the reserve unit

    @property
    def handed_over(self) -> bool:
        return self.origin != "provincial"

    @property
    def failed(self) -> set[str]:
        """The items which are failed now, after the retests so far."""
        return {name for name, (_, result) in self.items.items() if result == "fail"}

    @property
    def reporting_ended(self) -> bool:
        """The full report is out, or the testing was stopped after a partial report (10.1, 3 and 5)."""
        return self.full_report or (self.partial and self.stopped)

    @property
    def next_sampler(self) -> str:
        """The next name of the drawn order; empty when the order is used up."""
        return self.drawn[self.called] if self.called < len(self.drawn) else ""


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
    produced: bool | str | None = None  # what the two cities found about a denial: true, false or differ
    received: bool = False

    @property
    def label(self) -> str:
        return f"objection.{self.number}"

    @property
    def retest(self) -> str:
        return f"retest.{self.number}"


@dataclass
class Retest:
    """What a retest remembers: its D39, why it was waived, what Form 9 names, what it found."""

    window: Period
    waived: str = ""
    named: set[str] = field(default_factory=set)
    items: dict[str, str] = field(default_factory=dict)


@dataclass
class Case:
    """One rectification case; the suffix is `P` or `P#2`."""

    suffix: str
    party: str
    bureau: str  # who has the case: the bureau that received the report, until the order that of the place
    failures: int = 0
    named: set[str] = field(default_factory=set)  # the items which its orders name
    served: bool = False  # a Form 11 of it was received
    by_party: bool = False  # it is `applied` by an application of the party
    d44: Period | None = None
    d46b: Period | None = None
    announced_on: date | None = None
    closed_until: date | None = None

    @property
    def label(self) -> str:
        return f"rectification.{self.suffix}"


@dataclass
class Announcement:
    """It keeps the name of the case for which it was made; a transfer hands it to the heir (section 2)."""

    label: str
    case: Case
    told: tuple[str, str] = ("", "")  # where case and conclusion stood when a correction told of a change


@dataclass
class Visit:
    """One recheck visit."""

    label: str
    case: Case
    by_proof: bool = False  # a proof of inability brought it about
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
