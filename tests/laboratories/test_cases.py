"""Samples as their first laboratory reads them: those that are on their way to it, blind, with what comes next."""

from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from django.db import models
from django.db.models import Model

from spotcheck.casework.blind import TOLD, Phase
from spotcheck.docket.models import Dossier, Entry, Party
from spotcheck.laboratories.projection import TELLING
from spotcheck.notices.models import Paper
from spotcheck.parties.models import Enterprise, Office
from tests.api.conftest import Program, program_of
from tests.desk.world import World

SAMPLED, REPORTED = date(2024, 5, 6), date(2024, 5, 27)
CODE = "SD2024-001"


def test_a_sample_is_there_once_it_is_on_its_way(world: World, lims: Program) -> None:
    dossier = world.sampled(CODE, SAMPLED)
    assert lims.get(f"/cases/{CODE}").status_code == 404
    assert lims.get("/cases").json() == {"cases": [], "next": None}
    world.act(world.matter(dossier, "sample", "T").dispatch, by="sampler", on=SAMPLED)
    said = lims.get(f"/cases/{CODE}").json()
    assert (said["code"], said["phase"]) == (CODE, "testing")
    assert [(unit["unit"], unit["state"]) for unit in said["units"]] == [("T", "in_transit"), ("R", "sealed")]
    (line,) = lims.get("/cases").json()["cases"]
    assert (line["code"], line["state"]) == (CODE, "awaiting")


def test_a_code_is_known_however_it_is_typed(world: World, lims: Program) -> None:
    dossier = world.sampled(CODE, SAMPLED)
    world.act(world.matter(dossier, "sample", "T").dispatch, by="sampler", on=SAMPLED)
    for typed in ("sd2024-001", " SD2024-001 ", "ＳＤ２０２４－００１"):
        assert lims.get(f"/cases/{typed}").json()["code"] == CODE


def test_a_code_is_that_of_the_sample_of_a_unit_or_of_its_sheet(world: World, lims: Program) -> None:
    """Whatever a bench scans or reads off the sheet; answers say the number of the sample."""
    dossier = world.sampled(CODE, SAMPLED)
    world.act(world.matter(dossier, "sample", "T").dispatch, by="sampler", on=SAMPLED)
    paper = Paper.objects.get(dossier=dossier, form=4)
    printed = [paper.snapshot["data"]["sampling"][f"{unit}_code"] for unit in ("test", "reserve")]
    assert printed == [f"{CODE}-T", f"{CODE}-R"]
    sheet = paper.number
    assert sheet != CODE
    for typed in (
        f"{CODE}-T",
        f"{CODE}-R",
        f" {CODE.lower()} - t ",
        sheet,
        sheet.replace("〔", "（").replace("〕", "）"),
    ):
        answer = lims.get(f"/cases/{quote(typed)}")
        assert (answer.status_code, answer.json().get("code")) == (200, CODE), typed
    assert lims.get(f"/cases/{CODE}-X").status_code == 404


def test_what_is_due_is_said_with_the_day_of_its_target(world: World, lims: Program) -> None:
    """A service target, which is no deadline: the report within three working days of the end of the test."""
    dossier = world.sampled(CODE, SAMPLED)
    world.tested(dossier, SAMPLED, REPORTED)
    (line,) = lims.get("/cases").json()["cases"]
    (due,) = line["due"]
    assert (due["what"], due["on"]) == ("submit-report", "2024-05-30")
    assert lims.get(f"/cases/{CODE}").json()["due"] == [due]


def test_what_is_of_others_is_not_there_and_looks_like_nothing(world: World, lims: Program) -> None:
    world.reported(CODE, SAMPLED, REPORTED)
    other = program_of(world, "retest_lab")
    same = {"X-Request-Id": "the-same-request"}
    foreign, unknown = (other.get(f"/cases/{code}", **same) for code in (CODE, "SD2024-999"))
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.content == unknown.content
    assert other.get("/cases").json()["cases"] == []


def test_whoever_guesses_codes_has_to_wait(lims: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spotcheck.api.limits.UNKNOWN", 3)
    assert [lims.get(f"/cases/GUESS{each}").status_code for each in range(5)] == [404, 404, 404, 429, 429]


def test_the_list_goes_on_where_it_ended(world: World, lims: Program) -> None:
    for number in ("SD2024-001", "SD2024-002", "SD2024-003"):
        dossier = world.sampled(number, SAMPLED)
        world.act(world.matter(dossier, "sample", "T").dispatch, by="sampler", on=SAMPLED)
    first = lims.get("/cases?limit=2").json()
    assert [line["code"] for line in first["cases"]] == ["SD2024-001", "SD2024-002"]
    second = lims.get(f"/cases?limit=2&after={first['next']}").json()
    assert [line["code"] for line in second["cases"]] == ["SD2024-003"]
    assert second["next"] is None
    assert lims.get("/cases?after=x").json()["type"] == "/problems/cursor-unknown"
    assert lims.get("/cases?state=testing").json()["cases"] == []
    for wrong in ("state=nothing", "since=yesterday", "limit=0", "limit=201", "limit=x"):
        assert lims.get(f"/cases?{wrong}").status_code == 400, wrong


def test_everything_that_may_be_told_has_its_telling() -> None:
    assert set(TOLD) == set(Phase)


@pytest.fixture
def marked(world: World) -> Dossier:
    """A sample of which every text that names a party, a place or a person is a marker."""
    dossier = world.sampled(
        CODE, SAMPLED, ("P", Party.Role.SELLER, "shop"), ("N", Party.Role.NOMINAL_PRODUCER, "cable")
    )
    world.testing(dossier, SAMPLED)
    _mark(Enterprise.objects.all(), but={"credit_code", "registered_place", "actual_place"})
    for office in Office.objects.filter(kind__in=Office.BUREAUS):
        Office.objects.filter(pk=office.pk).update(name=f"MARKED bureau {office.code}")
    return Dossier.objects.get(pk=dossier.pk)


def _mark(rows: Any, *, but: set[str]) -> None:
    table: type[Model] = rows.model
    for field in table._meta.concrete_fields:
        if field.name in but or not isinstance(field, models.CharField) or getattr(field, "generated", False):
            continue
        rows.update(**{field.name: f"MARKED {field.name}"[: field.max_length]})


def _forbidden(dossier: Dossier) -> set[str]:
    """What no answer may say before the report: parties, places, bureaus, who sampled."""
    parties = list(Party.objects.filter(dossier=dossier).select_related("enterprise"))
    people = {name for entry in Entry.objects.filter(dossier=dossier) for name in entry.facts.get("samplers", [])}
    codes = {party.enterprise.credit_code for party in parties} | {party.place for party in parties}
    return {"MARKED", *codes, *people, "entry_count", "county", "handler", "price"}


def test_nothing_of_a_party_is_told_while_the_result_can_depend_on_it(lims: Program, marked: Dossier) -> None:
    for path in (f"/cases/{CODE}", "/cases"):
        for language in ("zh-CN", "en"):
            answer = lims.get(path, **{"Accept-Language": language})
            assert answer.status_code == 200
            text = answer.content.decode()
            assert [word for word in _forbidden(marked) if word in text] == []


def test_after_the_report_it_reads_its_own_report(world: World, lims: Program) -> None:
    world.reported(CODE, SAMPLED, REPORTED)
    said = lims.get(f"/cases/{CODE}").json()
    assert said["phase"] == "reported"
    assert [(item["name"], item["verdict"]) for item in said["report"]["items"]] == [
        ("标志", "pass"),
        ("20℃导体电阻", "fail"),
    ]


def test_an_objection_leaves_no_trace_in_the_tag(world: World, lims: Program) -> None:
    """What others do in the case changes nothing of what the laboratory reads."""
    dossier = world.reported(CODE, SAMPLED, REPORTED)
    before = lims.get(f"/cases/{CODE}").headers["ETag"]
    world.told(dossier, "P", date(2024, 5, 28), date(2024, 5, 30))
    assert lims.get(f"/cases/{CODE}").headers["ETag"] == before


def test_reading_a_sample_takes_few_statements(world: World, lims: Program, django_assert_max_num_queries: Any) -> None:
    dossier = world.sampled(CODE, SAMPLED)
    world.testing(dossier, SAMPLED)
    with django_assert_max_num_queries(6):
        assert lims.get(f"/cases/{CODE}").status_code == 200
    with django_assert_max_num_queries(4):
        assert lims.get("/cases").status_code == 200


def test_names_that_are_told_are_known() -> None:
    assert set(TELLING) <= set().union(*TOLD.values())
