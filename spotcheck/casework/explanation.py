"""Explanation: everything behind the dates of one period, so that they can be checked without the program.

The rule and its articles, the start event with its entry and evidence, both dates, each day that was skipped or by
which the end moved with the notice behind it, the readings, the edition of the calendar, the rule set, and the
versions that this one has replaced. ``explanation_lines`` tells it on a screen, ``spotcheck explain`` in a terminal.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from spotcheck.docket import calendars, law, versions
from spotcheck.docket.corrections import legal_date
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.lateness import days_late
from spotcheck.docket.models import Deadline, Dossier, Entry, known_as
from spotcheck.rules import computation, folding
from spotcheck.rules.acts import fact_words, words_of
from spotcheck.rules.articles import cite
from spotcheck.rules.calendar import CalendarNotPublished
from spotcheck.rules.charts import CHARTS
from spotcheck.rules.computation import LAST_DAY_READINGS, Counted
from spotcheck.rules.periods import Period
from spotcheck.rules.regulations import of_chart
from spotcheck.rules.rule_sets import RULE_SETS
from spotcheck.rules.traces import Step, StepKind
from spotcheck.rules.words import Words


class NotFound(Exception):
    """No period has this number or name; ``words`` says what was looked for."""

    def __init__(self, words: Words) -> None:
        self.words = words
        super().__init__(words.en)


@dataclass(frozen=True, slots=True)
class Explanation:
    """One period with what is behind it. ``counted`` is None when its calendar is not known any more."""

    deadline: Deadline
    period: Period
    counted: Counted | None
    calendar_is_its_own: bool
    replaced: tuple[Deadline, ...]

    @property
    def agrees(self) -> bool:
        """Whether counting again gives the dates that are stored."""
        counted, row = self.counted, self.deadline
        return counted is not None and (counted.due_on, counted.latest) == (row.due_on, row.latest)

    def turns(self, reading: str) -> list[Step]:
        """The days that made a difference: those skipped, and from the last counted one on those of the move."""
        if self.counted is None:
            return []
        steps = self.counted.traces.get(reading, ())
        moving = {StepKind.SKIP, StepKind.ROLL}
        found = [step for step, after in pairwise(steps) if step.step in moving or after.step is StepKind.ROLL]
        return found + [step for step in steps[-1:] if step.step in moving]

    def notices(self) -> list[str]:
        """The notices of the State Council behind these days."""
        if self.counted is None:
            return []
        steps = [step for trace in self.counted.traces.values() for step in trace if step.notice]
        return list(dict.fromkeys(step.notice for step in steps if step.notice))

    def as_json(self, language: str = "zh-hans") -> dict[str, Any]:
        """Return the explanation as plain data."""
        row, period, text = self.deadline, self.period, of_chart(self.deadline.chart)
        return {
            "id": row.pk,
            "dossier": row.dossier.number,
            "name": row.name,
            "chart": row.chart,
            "matter": CHARTS[row.chart].label.in_(language),
            "party": row.party.enterprise.name if row.party else None,
            "status": row.status,
            "rule": {
                "code": period.code,
                "name": period.name.in_(language),
                "length": period.length,
                "unit": period.unit.value,
                "articles": [
                    {
                        "regulation": text.id,
                        "number": number,
                        "cited": cite(number).in_(language),
                        "says": text.articles[number].summary.in_(language),
                    }
                    for number in (*period.articles, *text.counting)
                ],
                "starts_with": period.starts_with.in_(language),
                "stops_with": period.stops_with.in_(language),
                "on_lapse": period.on_lapse.in_(language),
            },
            "start": {"date": row.started_on.isoformat(), "entries": [told(entry, language) for entry in started(row)]},
            "due_on": row.due_on.isoformat(),
            "latest": row.latest.isoformat(),
            "provisional": row.provisional,
            "ended_on": row.ended_on.isoformat() if row.ended_on else None,
            "days_late": days_late(row),
            "late_reason": row.ended_by.late_reason if row.ended_by is not None else "",
            "counted": self.counted.as_json(language) if self.counted else None,
            "agrees": self.agrees,
            "turns": {
                name: [
                    {
                        "day": s.day.isoformat(),
                        "step": s.step.value,
                        "reason": s.reason.in_(language),
                        "notice": s.notice,
                    }
                    for s in self.turns(name)
                ]
                for name in LAST_DAY_READINGS
            },
            "readings": [
                {
                    "id": name,
                    "question": text.readings[name].question.in_(language),
                    "answer": text.readings[name].answer.in_(language),
                }
                for name in period.readings
            ],
            "calendar": {
                "edition": row.calendar,
                "counted_with_it": self.calendar_is_its_own,
                "notices": self.notices(),
            },
            "rule_set": {"id": row.rule_set, "title": RULE_SETS[row.rule_set].title.in_(language)},
            "corrections": [_version(old, language) for old in self.replaced],
        }


def find(reference: str) -> Deadline:
    """Return the period with this id, or with this name in a dossier (``NUMBER:D35.P``); the running one first."""
    rows = Deadline.objects.select_related(
        "dossier", "party__enterprise", "started_by__cause", "office", "replaces", "ended_by"
    )
    number, _, name = folding.number(reference).replace("：", ":").rpartition(":")
    if not number:
        found = rows.filter(pk=int(name)).first() if name.isascii() and name.isdigit() else None
    else:
        rule, _, label = name.partition(".")
        dossier = Dossier.objects.filter(number=number).first() or known_as(number)
        same = rows.filter(dossier=dossier, rule=rule.upper(), label=label).order_by("-pk")
        found = same.running().first() or same.first()
    if found is None:
        raise NotFound(
            Words(
                f"没有期限“{reference}”；请写编号，或者写“案卷号:D35.P”",
                f"there is no period '{reference}'; give its id, or DOSSIER:D35.P",
            )
        )
    return found


def explain(row: Deadline) -> Explanation:
    """Count a stored period again, with the calendar it was counted with if that can still be built."""
    period = law.period_of(row)
    own = calendars.of_edition(row.calendar)
    calendar = own or calendars.current()
    rule_set = RULE_SETS[row.rule_set]
    counted: Counted | None
    try:
        if period.length is None:
            counted = computation.count_until(period, row.started_on, row.due_on, calendar, rule_set=rule_set)
        else:
            counted = computation.count(period, row.started_on, calendar, rule_set=rule_set)
    except CalendarNotPublished:
        counted = None
    return Explanation(row, period, counted, own is not None, tuple(versions.before(row)))


def started(row: Deadline) -> list[Entry]:
    """Return the entry that started a period, and before it what that followed from on the same day.

    A period that was revived or taken over still runs from an earlier event: that one comes first.
    """
    entry = row.started_by
    found = [entry]
    while entry.cause is not None and entry.cause.effective_on == entry.effective_on:
        entry = entry.cause
        found.insert(0, entry)
    if legal_date(row.started_by) != row.started_on:
        opening = [spec.name for spec in MATTERS[row.chart].specs() if row.rule in spec.opens]
        earlier = Entry.objects.filter(dossier=row.dossier_id, party=row.party_id, act__in=opening)
        first = [entry for entry in earlier.order_by("sequence") if legal_date(entry) == row.started_on]
        found = first[:1] + found
    return found


def told(entry: Entry, language: str) -> dict[str, Any]:
    """Return what an entry says: act, days, by whom, and the facts that came with it as evidence."""
    by = entry.actor
    names = [by.get("office_name"), by.get("enterprise"), by.get("person")]
    return {
        "sequence": entry.sequence,
        "act": entry.act,
        "done": words_of(entry.act).done.in_(language),
        "effective_on": entry.effective_on.isoformat(),
        "stands_for": legal_date(entry).isoformat(),
        "recorded_at": entry.recorded_at.isoformat(),
        "by": " ".join(name for name in names if name) or by.get("word"),
        "evidence": {_asked(entry.act, name, language): value for name, value in entry.facts.items()},
    }


def _asked(act: str, fact: str, language: str) -> str:
    words = fact_words(act, fact)
    return words.label.in_(language) if words else fact


def _version(old: Deadline, language: str) -> dict[str, Any]:
    """Return a version that was replaced, and the entry that replaced it."""
    entry = old.ended_by
    return {
        "id": old.pk,
        "started_on": old.started_on.isoformat(),
        "due_on": old.due_on.isoformat(),
        "latest": old.latest.isoformat(),
        "provisional": old.provisional,
        "calendar": old.calendar,
        "by": {
            "sequence": entry.sequence,
            "act": entry.act,
            "done": words_of(entry.act).done.in_(language),
            "on": entry.effective_on.isoformat(),
            "proof": entry.facts.get("proof") or entry.facts.get("notice"),
        }
        if entry
        else None,
    }
