"""Article 60: which rules govern a new dossier, and the documents that the province records."""

from dataclasses import replace
from datetime import date

import pytest

from spotcheck.docket import clock, rule_sets
from spotcheck.docket.problems import ActNotPermitted
from spotcheck.docket.rule_sets import Document, NotRecorded, governing
from spotcheck.rules.rule_sets import RULE_SETS
from spotcheck.rules.sd_2021_1.rule_sets import SD_2021_1
from tests.story import reported

pytestmark = pytest.mark.django_db

SUCCESSOR = "SD-2026-1"


def document(number="鲁市监质监字〔2026〕9号", **sides):
    given = {
        "issued_on": date(2026, 4, 30),
        "valid_from": date(2026, 5, 3),
        "valid_until": date(2027, 5, 2),
    }
    return Document(number=number, **(given | sides))


@pytest.fixture
def successor(monkeypatch):
    known = replace(SD_2021_1, id=SUCCESSOR, valid_from=date(2026, 9, 1), valid_until=date(2031, 8, 31))
    monkeypatch.setitem(RULE_SETS, SUCCESSOR, known)
    return known


@pytest.mark.parametrize(
    ("on", "rule_set"),
    [
        (date(2021, 5, 2), None),
        (date(2021, 5, 3), "SD-2021-1"),
        (date(2026, 5, 2), "SD-2021-1"),
        (date(2026, 5, 3), None),
    ],
)
def test_art60_the_rules_govern_from_their_first_to_their_last_day(on, rule_set):
    assert governing(on) == rule_set


def test_art60_after_the_last_day_no_new_check_begins(tell):
    story = tell({"stage": "drawn", "day": date(2026, 5, 3)})
    with pytest.raises(ActNotPermitted) as refusal:
        story.do("sampling.present_notice", date(2026, 5, 3))
    assert [reason.guard for reason in refusal.value.reasons] == ["rule_set_valid"]
    assert 60 in refusal.value.articles


def test_art60_a_running_dossier_keeps_its_rules(tell):
    story = tell(reported(date(2026, 4, 30)))
    story.do("rectification.receive_report", date(2026, 5, 6), party="P")
    assert story.dossier().rule_set == "SD-2021-1"
    assert story.running("D43.P").rule_set == "SD-2021-1"


def test_art60_a_continuing_document_lets_new_checks_begin(tell):
    with clock.simulated(date(2026, 5, 1)):
        record = rule_sets.continue_("SD-2021-1", document(), by="省局质监处")
    assert governing(date(2026, 5, 3)) == "SD-2021-1"
    assert governing(date(2027, 5, 3)) is None
    assert not record.demonstration
    story = tell({"stage": "drawn", "day": date(2026, 5, 3)})
    story.do("sampling.present_notice", date(2026, 5, 3))
    assert (story.dossier().rule_set, story.dossier().pinned_on) == ("SD-2021-1", date(2026, 5, 3))


def test_a_demonstration_is_marked_as_one():
    record = rule_sets.continue_("SD-2021-1", document("示范文件1", demonstration=True), by="示范")
    assert record.demonstration


def test_a_successor_governs_only_once_it_is_adopted(successor):
    assert governing(date(2026, 9, 1)) is None
    rule_sets.adopt(SUCCESSOR, document(valid_from=date(2026, 9, 1)), by="省局质监处")
    assert governing(date(2026, 9, 1)) == SUCCESSOR
    assert governing(date(2026, 8, 31)) is None


def test_a_successor_governs_from_its_own_first_day_at_the_earliest(successor):
    with pytest.raises(NotRecorded):
        rule_sets.adopt(SUCCESSOR, document(valid_from=date(2026, 8, 31)), by="省局质监处")


@pytest.mark.parametrize("rule_set", ["SD-2021-1", "SD-1999-1"])
def test_only_a_successor_that_ships_is_adopted(rule_set):
    with pytest.raises(NotRecorded):
        rule_sets.adopt(rule_set, document(), by="省局质监处")


@pytest.mark.parametrize(
    "wrong",
    [
        {"valid_until": date(2026, 5, 2)},
        {"issued_on": date(2026, 6, 1)},
        {"number": "  "},
        {"valid_from": date(2021, 5, 3)},
    ],
)
def test_a_document_that_cannot_be_right_is_not_recorded(wrong):
    with clock.simulated(date(2026, 5, 1)), pytest.raises(NotRecorded):
        rule_sets.continue_("SD-2021-1", document(**wrong), by="省局质监处")


def test_a_document_is_recorded_once_and_by_somebody():
    rule_sets.continue_("SD-2021-1", document(), by="省局质监处")
    with pytest.raises(NotRecorded):
        rule_sets.continue_("SD-2021-1", document(), by="省局质监处")
    with pytest.raises(NotRecorded):
        rule_sets.continue_("SD-2021-1", document("另一文件"), by=" ")
