"""Every period explains itself: what was stored comes out again, with event, evidence, days and corrections."""

from datetime import date

import pytest

from spotcheck.casework.explanation import NotFound, explain, find
from spotcheck.docket import clock
from spotcheck.docket.corrections import correct_date
from spotcheck.docket.models import Deadline
from spotcheck.parties.actors import of_office
from spotcheck.parties.models import Office
from tests.story import Story, reported
from tests.worlds import played

pytestmark = pytest.mark.django_db


@played
def told():
    """A case that has gone to its closure, so that nearly every rule has run."""
    story = Story(reported(date(2025, 3, 3)))
    story.do("result_notice.send", date(2025, 3, 3), party="P")
    story.do("result_notice.record_receipt", date(2025, 3, 4), party="P")
    story.do("rectification.receive_report", date(2025, 3, 4), party="P")
    story.do("rectification.issue_order", date(2025, 3, 5), party="P")
    story.do("rectification.record_order_receipt", date(2025, 3, 6), party="P", with_={"proof": True})
    for apply, start, verify in (
        (date(2025, 4, 1), date(2025, 4, 2), date(2025, 4, 3)),
        (None, date(2025, 7, 1), date(2025, 7, 2)),
    ):
        if apply:
            story.do("rectification.apply_recheck", apply, party="P")
        story.do("rectification.start_recheck", start, party="P")
        story.do("recheck.verify_on_site", verify, party="P", with_={"rectified": False})
        story.do("recheck.fail_without_test", verify, party="P")
        if apply:
            story.do("rectification.report_up", date(2025, 4, 7), party="P")
            story.do("announcement.submit_to_city", date(2025, 4, 7), party="P")
            story.do("announcement.submit_to_province", date(2025, 4, 8), party="P")
            story.do("announcement.announce", date(2025, 4, 9), party="P")
    story.do("rectification.order_closure", date(2025, 7, 3), party="P", with_={"until": date(2025, 9, 30)})
    return story


def test_counting_again_gives_the_stored_dates_of_every_period(told):
    rows = list(Deadline.objects.all())
    assert {row.rule for row in rows} == {"D35", "D43", "D44", "D46A", "D46B", "D50", "D51", "D51C"}
    for row in rows:
        explanation = explain(row)
        assert explanation.agrees, row
        assert explanation.calendar_is_its_own
        data = explanation.as_json()
        assert (data["due_on"], data["latest"]) == (data["counted"]["due_on"], data["counted"]["latest"])
        assert data["start"]["date"] == row.started_on.isoformat()


def test_the_start_is_an_entry_with_its_evidence(told):
    data = explain(find("D1:D44.P")).as_json("en")
    (entry,) = data["start"]["entries"]
    assert (entry["act"], entry["effective_on"]) == ("rectification.record_order_receipt", "2025-03-06")
    assert entry["evidence"] == {"Proof of receipt": "见卷内书面材料"}
    assert "历下区" in entry["by"]


def test_a_period_that_followed_shows_what_it_followed_from(told):
    entries = explain(find("D1:D51.P")).as_json()["start"]["entries"]
    assert [entry["act"] for entry in entries] == ["announcement.announce", "rectification.announce"]


def test_days_skipped_and_days_rolled_name_their_notice(told):
    turns = explain(find("D1:D43.P")).as_json()["turns"]["holiday_block"]
    assert [(turn["day"], turn["step"]) for turn in turns] == [("2025-03-08", "skip"), ("2025-03-09", "skip")]


def test_a_closure_ends_as_it_was_ordered(told):
    data = explain(find("D1:D51C.P")).as_json()
    assert (data["due_on"], data["latest"], data["agrees"]) == ("2025-09-30", "2025-09-30", True)
    assert data["rule"]["length"] is None


def test_the_last_day_in_a_holiday_shows_how_it_moves(tell):
    story = tell(reported(date(2025, 9, 15)))
    story.do("result_notice.send", date(2025, 9, 15), party="P")
    story.do("result_notice.record_receipt", date(2025, 9, 17), party="P")
    data = explain(story.running("D35.P")).as_json()
    assert (data["due_on"], data["latest"]) == ("2025-10-09", "2025-10-09")
    turns = [(turn["day"], turn["step"]) for turn in data["turns"]["holiday_block"]]
    assert (turns[0], turns[-1], len(turns)) == (("2025-10-02", "count"), ("2025-10-09", "roll"), 8)
    assert data["turns"]["holiday_block"][0]["notice"].startswith("https://www.gov.cn/")
    assert data["calendar"]["notices"] != []


def test_the_text_and_its_readings_are_named(told):
    data = explain(find("D1:D44.P")).as_json("en")
    assert [article["number"] for article in data["rule"]["articles"]] == [44, 59]
    assert [reading["id"] for reading in data["readings"]] == ["R1", "R2", "R4"]
    assert data["rule_set"]["id"] == "SD-2021-1"


def test_a_correction_shows_both_versions(tell):
    story = tell(reported(date(2025, 3, 3)))
    story.do("result_notice.send", date(2025, 3, 3), party="P")
    receipt = story.do("result_notice.record_receipt", date(2025, 3, 4), party="P")
    with clock.simulated(date(2025, 3, 6)):
        province = of_office(Office.objects.get(code="370000"))
        correct_date(receipt, on=date(2025, 3, 5), proof="邮寄回执", by=province)
    data = explain(find("D1:D35.P")).as_json()
    (old,) = data["corrections"]
    assert (old["due_on"], data["due_on"]) == ("2025-03-19", "2025-03-20")
    assert (old["by"]["act"], old["by"]["proof"]) == ("docket.correct_date", "邮寄回执")
    assert data["start"]["entries"][0]["stands_for"] == "2025-03-05"
    assert data["agrees"]


def test_a_revived_period_names_the_event_it_still_runs_from(tell):
    story = tell(reported(date(2025, 3, 3)))
    for act in ("receive_report", "issue_order", "record_order_receipt"):
        story.do(f"rectification.{act}", date(2025, 3, 4), party="P")
    story.do("rectification.apply_recheck", date(2025, 3, 10), party="P")
    story.do("rectification.withdraw_application", date(2025, 3, 11), party="P")
    entries = explain(story.running("D44.P")).as_json()["start"]["entries"]
    assert [entry["act"] for entry in entries] == [
        "rectification.record_order_receipt",
        "rectification.withdraw_application",
    ]


def test_a_period_is_found_by_id_and_by_name(told):
    row = Deadline.objects.get(rule="D35")
    assert find(str(row.pk)) == find("D1:D35.P") == find("D1:d35.P") == find("ｄ１：Ｄ３５．Ｐ") == row


@pytest.mark.parametrize("reference", ["0", "x", "", "D1:D35.Q", "D9:D35.P", "D1:", ":D35.P", "²"])
def test_what_is_not_there_is_said_to_be_missing(told, reference):
    with pytest.raises(NotFound):
        find(reference)
