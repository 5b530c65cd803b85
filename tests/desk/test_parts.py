"""The parts of the pages, each by itself: clocks and their reasons, lanes, forms, the basis of the rules."""

from collections.abc import Callable
from datetime import date
from itertools import product
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import translation

from spotcheck.casework import fields, lanes, texts
from spotcheck.casework.clocks import clock_of
from spotcheck.casework.explanation import explain
from spotcheck.casework.explanation_lines import lines_of
from spotcheck.casework.lanes import Axis
from spotcheck.casework.privacy import Sight
from spotcheck.casework.sd_2021_1.sight import PARTY_FACTS, PERSONAL_FACTS
from spotcheck.casework.validity import validity_of
from spotcheck.docket import clock
from spotcheck.docket.flow import MATTERS, ActSpec
from spotcheck.docket.models import Deadline, Dossier
from spotcheck.parties.actors import SYSTEM
from spotcheck.rules.acts import ACTS, FACTS, OWN_FACTS
from spotcheck.rules.charts import CHARTS
from spotcheck.rules.regulations import FIRST
from spotcheck.rules.sd_2021_1.service_targets import SERVICE_TARGETS
from tests.desk import world as cast
from tests.desk.world import World

SPECS: list[ActSpec] = [spec for chart in CHARTS for spec in MATTERS[chart].specs() if spec.is_act]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_every_fact_has_an_input_and_a_label(spec: ActSpec) -> None:
    """No form shows a name of the program; in English neither."""
    if spec.name == "task.draw_targets":
        return  # it has a page of its own
    for language in ("zh-hans", "en"):
        with translation.override(language):
            for made in fields.fields_of(spec):
                assert made.label
                assert made.label != made.name, made.name
                for choice in made.choices:
                    assert language == "en" or choice.label != choice.value, choice.value


def test_names_of_acts_and_facts_exist() -> None:
    """What the desk says of acts, states and facts by name is there."""
    assert {act.target for act in ACTS.values()} - {""} <= set(SERVICE_TARGETS)
    known = {name for _act, name in (*FACTS, *OWN_FACTS)} | {name for spec in SPECS for name in spec.facts().fields}
    assert known >= PERSONAL_FACTS | PARTY_FACTS


def period(**given: object) -> Deadline:
    """A period that is not stored."""
    return Deadline(
        **{
            "rule": "D44",
            "rule_set": "SD-2021-1",
            "started_on": date(2024, 6, 3),
            "due_on": date(2024, 8, 2),
            "latest": date(2024, 8, 5),
            "status": "running",
        }
        | given
    )


@pytest.mark.parametrize(
    ("rule", "today", "tone", "zh", "en"),
    [
        ("D44", date(2024, 7, 1), "later", "剩 35 天", "35 days left"),
        ("D44", date(2024, 8, 4), "soon", "剩 1 天", "1 day left"),
        ("D44", date(2024, 8, 5), "today", "今天到期", "Due today"),
        ("D44", date(2024, 8, 6), "late", "已期满", "Over"),
        ("D43", date(2024, 8, 2), "today", "今天到期", "Due today"),
        ("D43", date(2024, 8, 3), "late", "逾期 1 天", "1 day overdue"),
        ("D51C", date(2024, 8, 1), "waiting", "剩 4 天", "4 days left"),
    ],
)
def test_a_clock_takes_its_colour_from_the_day_that_counts(rule: str, today: date, tone: str, zh: str, en: str) -> None:
    """A duty from the earlier day, a right from the later one (reading R2)."""
    with translation.override("zh-hans"):
        shown = clock_of(period(rule=rule), today=today, sight=Sight(SYSTEM))
        assert (shown.tone, shown.remaining) == (tone, zh)
    with translation.override("en"):
        assert clock_of(period(rule=rule), today=today, sight=Sight(SYSTEM)).remaining == en


def test_the_bar_is_solid_to_the_due_day_and_hatched_to_the_latest() -> None:
    """Percentages of the whole way."""
    shown = clock_of(period(), today=date(2024, 7, 5), sight=Sight(SYSTEM))
    assert (shown.solid, shown.hatched, shown.now) == (95.24, 4.76, 50.79)


def test_an_explanation_tells_start_count_holiday_and_both_readings(world: World) -> None:
    """Article 35 over National Day 2024: day 15 is 1 October, the holiday moves it to 8 October."""
    dossier = world.reported("SD2024-001", date(2024, 8, 5), date(2024, 9, 2))
    world.told(dossier, "P", date(2024, 9, 3), date(2024, 9, 16))
    deadline = Deadline.objects.select_related("started_by").get(dossier=dossier, rule="D35")
    told = lines_of(explain(deadline), Sight(SYSTEM))
    sequence = deadline.started_by.sequence
    assert told.lines == [
        f"起算：2024-09-16 周一，收到《检验结果通知书》（办理记录第 {sequence} 号）。",
        "起算当日不计入，自 2024-09-17 周二 起算。",
        "第 15 日为 2024-10-01 周二。",
        "10-01（星期二，国庆节放假）不工作，顺延至 2024-10-08 周二。",
    ]
    assert [(reading.name, reading.decides) for reading in told.readings] == [
        ("期限日", True),
        ("最晚日", True),
        ("对照", False),
    ]
    assert told.notices
    assert [step.day for step in told.steps][-1] == date(2024, 10, 8)
    with translation.override("en"):
        assert "entry" in lines_of(explain(deadline), Sight(SYSTEM)).lines[0]


def test_a_changed_calendar_is_said_and_the_record_holds(world: World) -> None:
    """What a party was told stands until it is corrected by an act."""
    dossier = world.reported("SD2024-001", date(2024, 8, 5), date(2024, 9, 2))
    world.told(dossier, "P", date(2024, 9, 3), date(2024, 9, 5))
    deadline = Deadline.objects.select_related("started_by").get(dossier=dossier, rule="D35")
    deadline.due_on = deadline.latest = date(2024, 9, 19)
    assert any("以记录为准" in remark for remark in lines_of(explain(deadline), Sight(SYSTEM)).remarks)


def test_the_axis_spreads_its_days_inside_the_margins() -> None:
    """First and last day lie inside the drawing; a single day makes no division by nothing."""
    axis = Axis(date(2024, 5, 1), date(2024, 6, 30))
    assert (axis.at(date(2024, 5, 1)), axis.at(date(2024, 6, 30))) == (2.0, 98.0)
    assert axis.at(date(2023, 1, 1)) == 2.0
    assert len(axis.ticks()) <= 7
    assert Axis(date(2024, 5, 1), date(2024, 5, 1)).at(date(2024, 5, 1)) == 2.0
    with_years = Axis(date(2023, 12, 1), date(2024, 2, 1)).ticks()
    assert with_years[0][1] == "2023-12-01"
    assert len(with_years) <= 5


def test_a_story_that_is_long_over_fills_the_drawing_and_today_is_left_out():
    def today_at(today: date, *ends: date) -> float | None:
        begun = date(2023, 5, 5)
        periods = [SimpleNamespace(started_on=begun, latest=end) for end in ends]
        running = [SimpleNamespace(is_running=True, deadline=period) for period in periods]
        entries = [SimpleNamespace(effective_on=day) for day in (date(2023, 3, 20), date(2023, 5, 5))]
        parts = {"tracks": [], "entries": entries, "clocks": running, "parties": [], "sight": None}
        return lanes.draw(told=texts.TELLINGS[FIRST], today=today, **parts).today_at

    assert today_at(date(2023, 6, 20)) == 98.0  # rests for as long as it ran
    assert today_at(date(2023, 6, 21)) is None
    assert today_at(date(2026, 11, 27), date(2026, 12, 1)) < 98.0  # a period runs: it is not over


def test_the_page_says_on_which_basis_the_rules_go_on(world: World, client_of: Callable[[str], Client]) -> None:
    """Article 60: pinned in their time they stay; pinned later they need a document, and a demonstration says so."""
    dossier = world.sampled("SD2024-001", date(2024, 5, 6))
    dossier.refresh_from_db()
    assert "继续适用" not in validity_of(dossier, date(2024, 6, 1)).basis
    assert "在有效期内确定适用" in validity_of(dossier, date(2026, 6, 1)).basis
    cast.continued()
    later = world.sampled("SD2026-001", date(2026, 6, 1))
    later.refresh_from_db()
    shown = validity_of(later, date(2026, 6, 1))
    assert (shown.is_over, shown.is_demonstration) == (True, True)
    with clock.simulated(date(2026, 6, 2)):
        page = client_of("province").get(f"/dossiers/{later.number}/").content.decode()
    assert "演示1号" in page
    assert '<span class="tag">演示</span>' in page


@pytest.mark.parametrize(
    ("name", "language"), list(product(("county", "province", "lab", "enterprise"), ("zh-hans", "en")))
)
def test_every_tab_opens_in_both_languages(
    world: World, client_of: Callable[[str], Client], name: str, language: str
) -> None:
    """Nothing breaks on a dossier that has been through everything up to the recheck."""
    dossier = thorough(world)
    client = client_of(name)
    with clock.simulated(date(2024, 8, 20)):
        for tab in ("entries", "papers", "items", "clocks", "parties"):
            page = client.get(f"/dossiers/{dossier.number}/?tab={tab}", headers={"Accept-Language": language})
            assert page.status_code == 200
            part = client.get(
                f"/dossiers/{dossier.number}/?tab={tab}", headers={"HX-Request": "true", "HX-Target": "tab"}
            )
            assert "<html" not in part.content.decode()


def thorough(world: World) -> Dossier:
    """A dossier with objection, retest commissioned, order, application, recheck."""
    dossier = world.reported("SD2024-777", date(2024, 5, 6), date(2024, 5, 27))
    world.told(dossier, "P", date(2024, 5, 28), date(2024, 5, 30))
    world.ordered(dossier, "P", "county", date(2024, 5, 28), date(2024, 6, 3))
    objection = MATTERS["objection"].new(dossier, dossier.parties.get(label="P"))
    world.act(objection.file, by="enterprise", on=date(2024, 6, 4))
    world.act(world.matter(dossier, "objection").start_verification, by="province", on=date(2024, 6, 5))
    world.act(world.matter(dossier, "objection").order_retest, by="province", on=date(2024, 6, 11))
    world.act(world.matter(dossier, "objection").record_decision_receipt, by="province", on=date(2024, 6, 12))
    world.act(world.matter(dossier, "retest").complete_formalities, by="enterprise", on=date(2024, 6, 13))
    world.act(world.matter(dossier, "retest").commission, by="province", on=date(2024, 6, 14))
    world.act(world.matter(dossier, "rectification").record_order_receipt, by="county", on=date(2024, 6, 5))
    world.act(world.matter(dossier, "rectification").apply_recheck, by="enterprise", on=date(2024, 7, 30))
    world.act(world.matter(dossier, "rectification").start_recheck, by="county", on=date(2024, 8, 5))
    world.act(world.matter(dossier, "recheck").verify_on_site, by="county", on=date(2024, 8, 6))
    return dossier


def test_readings_that_differ_are_told_apart(world: World) -> None:
    """Day 15 on a plain Sunday moves under one reading only (reading R2)."""
    dossier = world.reported("SD2024-002", date(2024, 5, 6), date(2024, 5, 27))
    world.told(dossier, "P", date(2024, 5, 28), date(2024, 6, 1))
    deadline = Deadline.objects.select_related("started_by").get(dossier=dossier, rule="D35")
    told = lines_of(explain(deadline), Sight(SYSTEM))
    assert told.lines[-1] == "所有休息日均顺延：06-16（星期日）不工作，顺延至 2024-06-17 周一。"
    assert any("由经办人附理由决定" in remark for remark in told.remarks)
