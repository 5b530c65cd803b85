"""One act as a file writes it, resolved against the world: its chart, its dossier, its party, its day, its facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests.second_reading.charts import Transition, transitions
from tests.second_reading.facts import DEFAULTS
from tests.second_reading.records import Announcement, Case, Dossier, Lead, Notice, Objection, Party, Retest, Visit
from tests.second_reading.world import World

PARTY_CHARTS = ("result_notice", "rectification", "recheck", "announcement", "ban")


@dataclass
class Act:
    """An act which somebody wants to do now."""

    world: World
    row: dict
    transition: Transition
    before: str = ""

    @property
    def name(self) -> str:
        return self.transition.name

    @property
    def machine(self) -> str:
        return self.transition.machine

    @property
    def day(self) -> date:
        """The legal date: the day of the step, unless it is entered later (section 5)."""
        return self.row.get("effective_on") or self.world.today

    def fact(self, key: str):
        """A fact of the act: as the file says, else the valid default (section 6)."""
        given = self.row.get("with") or {}
        return given[key] if key in given else DEFAULTS.get(self.name, {}).get(key)

    def given(self, key: str) -> bool:
        return key in (self.row.get("with") or {})

    @property
    def party(self) -> Party | None:
        name = self.row.get("party")
        return self.world.parties[name] if name else None

    @property
    def objection(self) -> Objection | None:
        number = self.row.get("objection", 1)
        return self.world.objections[number - 1] if number <= len(self.world.objections) else None

    @property
    def retest(self) -> Retest:
        return self.world.retests[self.row.get("objection", 1)]

    @property
    def lead(self) -> Lead | None:
        number = self.row.get("lead", 1)
        return self.world.leads[number - 1] if number <= len(self.world.leads) else None

    @property
    def number(self) -> int:
        """The number of the dossier concerned."""
        if self.party is not None:
            return self.party.dossier
        if self.machine in ("objection", "retest") and self.objection is not None:
            return self.objection.dossier
        if self.machine == "lead" and self.lead is not None and self.name != "lead.create":
            return self.world.parties[self.lead.party].dossier
        return self.row.get("dossier", 1)

    @property
    def dossier(self) -> Dossier:
        return self.world.dossiers[self.number]

    @property
    def notice(self) -> Notice | None:
        notices = self.world.notices.get(self.row["party"], [])
        number = self.row.get("notice", 1)
        return notices[number - 1] if number <= len(notices) else None

    @property
    def case(self) -> Case | None:
        return self.world.case(self.row["party"])

    @property
    def visit(self) -> Visit | None:
        return self.world.visit(self.row["party"])

    @property
    def announcement(self) -> Announcement | None:
        return self.world.announcement(self.row["party"])

    @property
    def reserve(self) -> str:
        """The label of the reserve unit of the dossier."""
        return self.world.unit(self.number, "R")

    @property
    def label(self) -> str:
        """The label of the chart on which the act works; empty when there is none yet."""
        return getattr(self, f"_label_{self.machine}", self._label_dossier)()

    def _label_dossier(self) -> str:
        return self.world.label(self.machine, self.number)

    def _label_plan(self) -> str:
        return "plan"

    def _label_task(self) -> str:
        return self.world.task(self.number)

    def _label_publication(self) -> str:
        return self.world.publication(self.number)

    def _label_sample(self) -> str:
        return self.world.unit(self.number, self.row["unit"])

    def _label_result_notice(self) -> str:
        return self.notice.label if self.notice else ""

    def _label_objection(self) -> str:
        return self.objection.label if self.objection and self.name != "objection.file" else ""

    def _label_retest(self) -> str:
        return f"retest.{self.row.get('objection', 1)}"

    def _label_rectification(self) -> str:
        return self.case.label if self.case else ""

    def _label_announcement(self) -> str:
        return self.announcement.label if self.announcement else ""

    def _label_recheck(self) -> str:
        return self.visit.label if self.visit else ""

    def _label_ban(self) -> str:
        return f"ban.{self.row['party']}"

    def _label_lead(self) -> str:
        return f"lead.{self.row.get('lead', 1)}" if self.name != "lead.create" else ""


def resolve(world: World, row: dict) -> Act:
    """The act of one line of a file."""
    return Act(world, row, transitions()[row["act"]])
