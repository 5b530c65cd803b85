"""The relations by which the invariants know the regulation, made from the flows and rules when they are asked.

``moment(now)`` · ``chart(name, initial)`` · ``allowed_edge(chart, act, from_state, to_state)`` ·
``opens(act, rule)`` · ``issues(act, form)`` · ``period(rule, unit, length, rolls, lapses)`` ·
``day(edition, day, off_day, rest)`` · ``counted(text, is_first)`` · ``duty(entitlement, duty)`` ·
``matter(chart, id, dossier_id, label, state)`` · ``application(role, is_owner)`` ·
``kept(name, may, promises, for_good)`` · ``refusing(name, body)``
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection

from spotcheck.docket import calendars, clock, taking
from spotcheck.docket.flow import ABSENT, MATTERS, ActSpec
from spotcheck.docket.models import Deadline
from spotcheck.rules.charts import CHARTS
from spotcheck.rules.entitlements import DUTIES
from spotcheck.rules.kept import BODIES, TABLES
from spotcheck.rules.regulations import FIRST, REGULATIONS
from spotcheck.rules.rule_sets import RULE_SETS

_Row = dict[str, Any]


def relations(names: Iterable[str] | None = None) -> tuple[str, list[Any]]:
    """Return these relations (all of them) as the beginning of a query, with its parameters."""
    wanted = set(names if names is not None else _COLUMNS)
    parts = ["moment AS (SELECT %s::timestamptz AS now)", f"matter AS ({_matters()})"]
    parameters: list[Any] = [clock.now()]
    for name, columns in _COLUMNS.items():
        if name in wanted:
            parts.append(f"{name} AS (SELECT * FROM jsonb_to_recordset(%s::jsonb) AS row({columns}))")  # noqa: S608 -- ours
            parameters.append(json.dumps(list(_ROWS[name]())))
    return ", ".join(parts), parameters


def _matters() -> str:
    """Every matter of every chart, from the tables of the charts."""
    quote = connection.ops.quote_name
    return " UNION ALL ".join(
        f"SELECT '{chart}' AS chart, id, dossier_id, label, state FROM {quote(model._meta.db_table)}"  # noqa: S608 -- ours
        for chart, model in MATTERS.items()
    )


def _specs() -> Iterator[tuple[str, ActSpec]]:
    for chart, model in MATTERS.items():
        yield from ((chart, spec) for spec in model.specs())


def _charts() -> Iterator[_Row]:
    for chart in CHARTS.values():
        yield {"name": chart.name, "initial": chart.initial}


def edges() -> Iterator[_Row]:
    """Every step that a chart allows; an act without a target leaves the state as it is."""
    for chart, spec in _specs():
        for source in spec.source:
            stored = "" if source == ABSENT else source
            for target in spec.target or (stored,):
                yield {"chart": chart, "act": spec.name, "from_state": stored, "to_state": target}
    yield from _of_old_cases()
    for chart, model in MATTERS.items():
        for spec in model.own_specs():
            yield from (
                {"chart": chart, "act": spec.name, "from_state": state, "to_state": state} for state in spec.source
            )


def _of_old_cases() -> Iterator[_Row]:
    """Matters come in from an old system in some states, and end in one when that is undone."""
    for chart, model in MATTERS.items():
        for state in model.taken_over_in:
            yield {"chart": chart, "act": taking.ACT, "from_state": "", "to_state": state}
        if model.taken_back_to:
            for state in CHARTS[chart].states:
                yield {"chart": chart, "act": taking.BACK, "from_state": state, "to_state": model.taken_back_to}


def _opens() -> Iterator[_Row]:
    for _, spec in _specs():
        yield from ({"act": spec.name, "rule": rule} for rule in spec.opens)


def _issues() -> Iterator[_Row]:
    for _, spec in _specs():
        yield from ({"act": spec.name, "form": form} for form in spec.forms)


def _periods() -> Iterator[_Row]:
    for law in RULE_SETS.values():
        for period in law.periods.values():
            yield {
                "rule_set": law.id,
                "rule": period.code,
                "unit": period.unit.value,
                "length": period.length,
                "rolls": period.rolls,
                "lapses": period.lapses,
            }


def _days() -> Iterator[_Row]:
    """Every day of every calendar edition by which a stored period was counted."""
    for edition in Deadline.objects.order_by("calendar").values_list("calendar", flat=True).distinct():
        calendar = calendars.of_edition(edition)
        if calendar is None:
            continue
        for number in range(calendar.first_day.toordinal(), calendar.last_day.toordinal() + 1):
            day = date.fromordinal(number)
            yield {
                "edition": edition,
                "day": day.isoformat(),
                "off_day": calendar.is_off(day),
                "rest": calendar.is_rest_day(day),
            }


def _counted() -> Iterator[_Row]:
    """Every text; the series of the first one have no name of their own."""
    yield from ({"text": name, "is_first": name == FIRST} for name in REGULATIONS)


def _application() -> Iterator[_Row]:
    """The role of the application; on a development server it may be the owner, which has every right."""
    role = settings.DATABASE_APPLICATION_ROLE
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableowner FROM pg_tables WHERE tablename = 'docket_entry'")
        owner = cursor.fetchone()[0]
        cursor.execute("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [role])
        if cursor.fetchone()[0]:
            yield {"role": role, "is_owner": role == owner}


def _duties() -> Iterator[_Row]:
    for entitlement, duty in DUTIES.items():
        yield {"entitlement": entitlement, "duty": duty}


def _kept() -> Iterator[_Row]:
    for name, kept in TABLES.items():
        yield {"name": name, "may": kept.may, "promises": kept.promises, "for_good": kept.for_good}


def _refusing() -> Iterator[_Row]:
    yield from ({"name": name, "body": body} for name, body in BODIES.items())


_COLUMNS = {
    "chart": "name text, initial text",
    "allowed_edge": "chart text, act text, from_state text, to_state text",
    "opens": "act text, rule text",
    "issues": "act text, form int",
    "period": "rule_set text, rule text, unit text, length int, rolls bool, lapses bool",
    "day": "edition text, day date, off_day bool, rest bool",
    "counted": "text text, is_first bool",
    "duty": "entitlement text, duty text",
    "application": "role name, is_owner bool",
    "kept": "name text, may text, promises text, for_good bool",
    "refusing": "name text, body text",
}
_ROWS = {
    "chart": _charts,
    "allowed_edge": edges,
    "opens": _opens,
    "issues": _issues,
    "period": _periods,
    "day": _days,
    "counted": _counted,
    "duty": _duties,
    "application": _application,
    "kept": _kept,
    "refusing": _refusing,
}
