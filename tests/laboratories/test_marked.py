"""Which columns reach an answer at all: every text and number of every table is a mark, and each answer is searched.

What a laboratory may be told stands here column by column; whatever else turns up is a leak (29, 40, 47).
"""

import re
import secrets
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, Final

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Cast, Concat

from spotcheck.api.credentials import Issued
from spotcheck.docket import clock
from spotcheck.docket.models import Dossier, Entry
from spotcheck.inspection.models import ItemResult
from spotcheck.planning import detail_rules
from spotcheck.planning.models import Task
from spotcheck.sampling.tables import CustodyLink
from spotcheck.wiring.machine import addresses
from spotcheck.wiring.operating import databases
from tests.api.conftest import NUMBER, TODAY, Program, peopled, program_of
from tests.desk.world import World
from tests.inspection.conftest import HEAD, ITEMS
from tests.laboratories import later
from tests.laboratories.conftest import CODE
from tests.laboratories.later import RECHECK_KEY, RETEST_KEY
from tests.reliability.conftest import without_triggers

APPS: Final = (
    "docket",
    "parties",
    "planning",
    "sampling",
    "inspection",
    "objections",
    "remediation",
    "notices",
    "casework",
)
STRUCTURE: Final = frozenset(
    {
        *(
            "state",
            "chart",
            "label",
            "role",
            "kind",
            "status",
            "form",
            "letter",
            "regulation",
            "rule_set",
            "phase",
            "act",
        ),
        *("from_state", "to_state", "is_open", "matter_id", "sequence", "revision", "writer", "position", "grounds"),
        *("check_kind", "channel", "origin", "standing", "rule", "entitlements", "seal_state", "decision", "fault"),
    }
)
"""Columns that the program itself goes by: what they say are words of charts and of the regulation."""
KEYS: Final = frozenset(
    {
        *("docket.dossier.number", "sampling.sampleunit.code", "parties.office.code", "parties.staffnumber.number"),
        *("inspection.itemresult.number", "inspection.itemlimit.number", "inspection.inspection.rule_snapshot"),
        *("inspection.itemlimit.limit", "objections.retest.commissioned_items", "remediation.rectification.items"),
        *("docket.entry.actor", "parties.user.password", "planning.ruleitem.number"),
    }
)
"""Columns by which something is asked for or found; what they say is looked for by its own words."""
BODIES: Final = frozenset({"retest_lab", "lab", "technical_body", "sampling_body"})
"""Facts that name a body by its code, by which a commission is found."""
PRODUCT: Final = {
    *(f"sampling.samplefile.product_{name}" for name in ("kind", "name", "model")),
    *(f"sampling.samplefile.{name}" for name in ("brand", "standard", "batch")),
}
SEALS: Final = {f"sampling.custodylink.{name}" for name in ("hash", "seal_number", "new_seal")}
COMMISSION: Final = (
    PRODUCT
    | {"sampling.custodylink.seal_number", "sampling.custodylink.new_seal"}
    | {"notices.paper.number", "notices.paper.snapshot"}
)
"""Of a commission besides: its paper, with the time that it names."""


class Marks:
    """What stands in which column, and which columns a text shows."""

    def __init__(self) -> None:
        self.columns: list[str] = []
        self.left: set[str] = set()
        """Columns that cannot say the same in every row."""

    def text(self, column: str) -> str:
        """The mark of a column of texts: four signs, so that it fits anywhere."""
        self.columns.append(column)
        number = len(self.columns) - 1
        return f"Q9{_DIGITS[number // 36]}{_DIGITS[number % 36]}"

    def number(self, column: str) -> int:
        """That of a column of numbers."""
        self.columns.append(column)
        return 31000 + len(self.columns) - 1

    def found_in(self, text: str) -> set[str]:
        """The columns whose marks stand in a text."""
        places = [int(found, 36) for found in re.findall(r"Q9([0-9A-Z]{2})", text)]
        places += [int(found) - 31000 for found in re.findall(r"(?<![\w.])31\d{3}(?![\w.])", text)]
        return {self.columns[place] for place in places if place < len(self.columns)}


_DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def mark(marks: Marks) -> None:
    """Put a mark into every text and number of every table, but for what the program goes by."""
    for model in apps.get_models():
        if model._meta.app_label not in APPS or not model._meta.managed:
            continue
        rows: Any = model._default_manager.all()
        if model is ItemResult:
            rows = rows.filter(phase=ItemResult.Phase.FIRST)
        if model is CustodyLink:
            rows = rows.exclude(entry__office__code="LAB01")  # what it wrote itself it may read
        for field in model._meta.concrete_fields:
            column = f"{model._meta.label_lower}.{field.name}"
            is_of_the_program = field.name in STRUCTURE or column in KEYS or field.primary_key or field.is_relation
            if not is_of_the_program and not isinstance(field, models.GeneratedField):
                try:
                    with transaction.atomic():
                        _mark_column(marks, rows, field, column)
                except IntegrityError:
                    marks.left.add(column)


def _mark_column(marks: Marks, rows: Any, field: Any, column: str) -> None:
    if isinstance(field, models.JSONField):
        _mark_json(rows, field.name, marks.text(column))
    elif isinstance(field, models.CharField | models.TextField):
        _mark_text(rows, field, marks.text(column))
    elif isinstance(field, models.IntegerField | models.DecimalField | models.FloatField):
        rows.update(**{field.name: marks.number(column)})


def _mark_text(rows: Any, field: Any, sign: str) -> None:
    value: Any = Value(sign)
    if field.max_length is None or field.max_length >= 14:
        value = Concat(value, Value("-"), Cast(F("pk"), models.CharField()))  # what has to be unique stays so
    elif field.unique:
        return
    if field.null:
        rows = rows.filter(**{f"{field.name}__isnull": False})
    if field.max_length is None or field.max_length >= len(sign):
        rows.update(**{field.name: value})


def _mark_json(rows: Any, name: str, sign: str) -> None:
    for row in rows:
        type(row)._default_manager.filter(pk=row.pk).update(**{name: _marked(getattr(row, name), sign)})


def _marked(value: Any, sign: str) -> Any:
    if isinstance(value, dict):
        return {key: inner if key in BODIES else _marked(inner, sign) for key, inner in value.items()}
    if isinstance(value, list):
        return [_marked(inner, sign) for inner in value]
    return sign if isinstance(value, str | int | float) and not isinstance(value, bool) else value


@pytest.fixture(scope="module")
def marked(django_db_blocker: Any) -> Iterator[tuple[Marks, dict[str, Issued]]]:
    """Three samples (being tested, under retest, under recheck) in a database of their own, all of it marked."""
    name = f"{addresses.name_of(databases.application_url())}_{secrets.token_hex(4)}"
    with django_db_blocker.unblock(), ExitStack() as stack:
        stack.callback(databases.drop, name)
        with databases.using(databases.clone(name)), clock.simulated(TODAY):
            world = peopled()
            _play(world)
            issued = {who: program_of(world, who).issued for who in ("lab", "retest_lab")}
        with databases.using(addresses.with_name(databases.owner_url(), name)), clock.simulated(TODAY):
            marks = Marks()
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(without_triggers())
                mark(marks)
            yield marks, {who: one for who, one in issued.items() if one is not None}


def _play(world: World) -> None:
    added = detail_rules.add(HEAD | {"valid_from": TODAY.replace(month=1)}, ITEMS)
    rule = detail_rules.publish(added, by=world.posts["province"])
    for number in (CODE, "SD2024-002", "SD2024-003"):
        dossier = world.sampled(number, TODAY)
        task = Task.objects.get(dossier=dossier.parent)
        world.act(task.choose_rule, by="province", on=TODAY, rule=rule.pk)
        for label in ("T", "R"):
            world.act(world.matter(dossier, "sample", label).dispatch, by="sampler", on=TODAY)
        later.taken_over(world, dossier, TODAY)
        if number != "SD2024-003":
            later.reported(world, dossier, TODAY)
    later.commissioned(world, Dossier.objects.get(number=CODE), TODAY)
    second = Dossier.objects.get(number="SD2024-002")
    world.told(second, "P", TODAY, TODAY)
    later.rechecked(world, second, TODAY)
    assert Entry.objects.filter(act="recheck.commission_test").exists()


def shown(marks: Marks, issued: Issued, *paths: str, **headers: str) -> set[str]:
    """The columns that these answers show, in both languages."""
    program = Program(issued)
    assert program.fetch_token().status_code == 200
    found: set[str] = set()
    for path in paths:
        for tongue in ("zh-CN", "en"):
            answer = program.get(path, **({"Accept-Language": tongue} | headers))
            assert answer.status_code == 200, (path, answer.content)
            found |= marks.found_in(answer.content.decode())
    return found


def test_a_first_laboratory_reads_the_product_and_its_own_custody(marked: tuple[Marks, dict[str, Issued]]) -> None:
    marks, issued = marked
    path = "/cases/SD2024-003"
    parts = ("", "/custody", "/results", "/limits", "/mailings", "/hazard/file", "/report/file")
    found = shown(marks, issued["lab"], "/cases", *(path + part for part in parts))
    assert found == PRODUCT | SEALS


def test_after_its_report_it_reads_its_report(marked: tuple[Marks, dict[str, Issued]]) -> None:
    """As its own, and nothing of what became of it: neither the objection nor the retest."""
    marks, issued = marked
    path = f"/cases/{CODE}"
    parts = ("", "/custody", "/results", "/mailings", "/report/file")
    found = shown(marks, issued["lab"], *(path + part for part in parts), "/verifications", "/retests", "/rechecks")
    own = {f"inspection.item.{name}" for name in ("name", "limit", "value", "unit", "first_result")}
    results = {f"inspection.itemresult.{name}" for name in ("shown", "verdict", "computed", "compared")}
    assert found == PRODUCT | own | results | SEALS | {"docket.entry.facts"}


def test_a_retest_laboratory_reads_its_commission_and_no_result_of_the_first_test(
    marked: tuple[Marks, dict[str, Issued]],
) -> None:
    marks, issued = marked
    path = f"/retests/{RETEST_KEY}"
    assert shown(marks, issued["retest_lab"], "/retests", path, f"{path}/results") <= COMMISSION
    assert shown(marks, issued["retest_lab"], path) >= PRODUCT


def test_a_technical_body_reads_its_commission_with_its_firm(marked: tuple[Marks, dict[str, Issued]]) -> None:
    marks, issued = marked
    path = f"/rechecks/{RECHECK_KEY.replace(CODE, 'SD2024-002')}"
    firm = {f"parties.enterprise.{name}" for name in ("name", "credit_code", "actual_address")}
    found = shown(marks, issued["retest_lab"], "/rechecks", path, f"{path}/results")
    assert found <= COMMISSION | firm
    assert found >= PRODUCT | firm


def test_the_producer_is_told_for_its_qualification_only(marked: tuple[Marks, dict[str, Issued]]) -> None:
    marks, issued = marked
    path = f"/cases/SD2024-003/qualification?by={NUMBER}"
    found = shown(marks, issued["lab"], path, Purpose="article-28")
    assert found == {"parties.enterprise.name", "parties.enterprise.credit_code"}


def test_nearly_every_column_is_marked(marked: tuple[Marks, dict[str, Issued]]) -> None:
    marks, _issued = marked
    assert marks.left == {"planning.targetsampler.order"}
    assert len(marks.columns) > 200


def test_figures_of_a_task_are_counts(marked: tuple[Marks, dict[str, Issued]]) -> None:
    marks, issued = marked
    program = Program(issued["lab"])
    program.fetch_token()
    (first, *_rest) = program.get("/tasks").json()["tasks"]
    found = shown(marks, issued["lab"], "/tasks", f"/tasks/{first['number']}/figures")
    assert found <= {"docket.dossier.title", "docket.dossier.product_kind", "inspection.item.name"}
