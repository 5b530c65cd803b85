"""Situations that no file tells: a wrong order, a last day, a move in the middle, two objectors, an end by somebody else.

Each is played as the articles want it, and nobody is left without a way on afterwards.
"""

from datetime import date

import pytest

from spotcheck.docket import register
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.invariants import checking
from spotcheck.docket.models import Deadline, Dossier, Entry
from spotcheck.docket.problems import ActNotPermitted
from spotcheck.notices.models import Paper
from spotcheck.planning import earlier
from spotcheck.rules.sd_2021_1.rule_sets import SD_2021_1
from tests.law.test_ways_out import ONE, TWO, dead_ends, faults_of_lists, sampled, told, until_the_test
from tests.story import Story, reported

pytestmark = pytest.mark.django_db

DAY = date(2025, 3, 3)
P = {"role": "sampled_producer", "region": 370202}
N = {"role": "nominal_producer", "region": 370302}
S = {"role": "seller", "region": 370102}
A = ONE[0]["name"]


def ordered(story, party="P", *, received=True):
    story.do("rectification.receive_report", DAY, party=party)
    story.do("rectification.issue_order", DAY, party=party)
    if received:
        story.do("rectification.record_order_receipt", DAY, party=party)


def moves(story, to, party="P"):
    story.do("rectification.transfer_jurisdiction", DAY, party=party, with_={"to": to})


def state(story, chart, label=""):
    return register.state(story.dossier(), chart, label)


def is_sound(story):
    """Nobody is stuck, every list is right, and what must never be is not."""
    assert dead_ends(story) == []
    assert faults_of_lists(story) == []
    with story.day(DAY):
        assert list(checking.check()) == []


def test_art42_an_order_made_anew_after_a_move_names_all_that_failed():
    """The order did not arrive before the party moved: the new bureau's own order is for the same items."""
    story = Story(reported(DAY), {"P": P})
    ordered(story, received=False)
    moves(story, "370303")
    ordered(story)
    first, second = Entry.objects.filter(act="rectification.issue_order").order_by("pk")
    assert first.facts["items"] == second.facts["items"] == [A]
    assert list(Paper.objects.filter(form=11).order_by("pk").values_list("status", flat=True)) == [
        "superseded",
        "issued",
    ]
    is_sound(story)


def test_art30_a_full_report_after_a_move_leaves_out_no_item_of_the_danger_report():
    """Danger report, order on its way, move, full report: the one order of the new bureau names both items."""
    story = sampled({"P": P})
    story.do("inspection.start_testing", DAY)
    story.do("inspection.report_serious", DAY, with_={"items": ONE})
    ordered(story, received=False)
    moves(story, "370303")
    until_the_test(story, TWO)
    ordered(story)
    newest = Entry.objects.filter(act="rectification.issue_order").latest("pk")
    assert newest.facts["items"] == [item["name"] for item in TWO]
    is_sound(story)


def test_art43_an_order_annulled_after_a_move_may_be_made_anew_where_the_party_is():
    """R47: the decision directs a new order; that the case had come from another bureau changes nothing."""
    story = Story(reported(DAY), {"P": P})
    ordered(story)
    moves(story, "370303")
    story.do("rectification.annul", DAY, party="P", with_={"what": "order", "anew": True})
    assert state(story, "ban", "P") == "lifted"
    assert dead_ends(story) == []
    ordered(story)
    assert (state(story, "rectification", "P#3"), state(story, "ban", "P")) == ("rectifying", "active")
    is_sound(story)


def test_art43_an_order_annulled_after_a_move_without_a_new_one_ends_it():
    story = Story(reported(DAY), {"P": P})
    ordered(story)
    moves(story, "370303")
    story.do("rectification.annul", DAY, party="P", with_={"what": "order", "anew": False})
    with pytest.raises(ActNotPermitted):
        story.do("rectification.receive_report", DAY, party="P")
    is_sound(story)


def test_art45_a_firm_that_dies_during_the_recheck_test_leaves_nothing_behind():
    """The visit ends with the case; the other party's case and notice go on."""
    story = Story(reported(DAY), {"N": N, "S": S})
    ordered(story, "N")
    ordered(story, "S")
    story.do("rectification.apply_recheck", DAY, party="N")
    story.do("rectification.start_recheck", DAY, party="N")
    story.do("recheck.verify_on_site", DAY, party="N")
    story.do("recheck.commission_test", DAY, party="N")
    story.do("rectification.close_dissolved", DAY, party="N")
    assert not Deadline.objects.running().filter(party__label="N", chart="rectification").exists()
    for act in ("test_done", "recommission", "fail_no_sample"):
        with pytest.raises(ActNotPermitted):
            story.do(f"recheck.{act}", DAY, party="N")
    assert (state(story, "ban", "N"), state(story, "ban", "S")) == ("lifted", "active")
    assert state(story, "rectification", "S") == "rectifying"
    is_sound(story)


def two_objectors():
    """The seller disputes the result and gets a retest; the nominal producer denies."""
    story = Story(reported(DAY), {"N": N, "S": S})
    told(story, "N")
    told(story, "S")
    ordered(story, "N")
    ordered(story, "S")
    story.do("objection.file", DAY, party="S")
    story.do("objection.file", DAY, party="N", with_={"grounds": "denial"})
    story.do("objection.start_verification", DAY, objection=1)
    story.do("objection.order_retest", DAY, objection=1)
    story.do("objection.transfer_denial", DAY, objection=2)
    story.do("objection.denial_findings", DAY, objection=2)
    return story


def test_art37_a_denial_upheld_while_a_retest_is_ordered_ends_only_its_own_case():
    story = two_objectors()
    story.do("objection.uphold_denial", DAY, objection=2)
    assert (state(story, "conclusion"), state(story, "rectification", "N")) == ("under_retest", "withdrawn")
    assert (state(story, "rectification", "S"), state(story, "lead", "1")) == ("rectifying", "reported")
    with pytest.raises(ActNotPermitted):
        story.do("rectification.receive_report", DAY, party="N")
    is_sound(story)


def result_and_authenticity():
    """The seller disputes the result, the nominal producer the authenticity of the sample; both are looked into."""
    story = Story(reported(DAY), {"N": N, "S": S})
    told(story, "N")
    told(story, "S")
    story.do("objection.file", DAY, party="S")
    story.do("objection.file", DAY, party="N", with_={"grounds": "authenticity"})
    for number in (1, 2):
        story.do("objection.start_verification", DAY, objection=number)
    return story


def revoked_beside_a_retest():
    """One party's retest is under way when the other one's objection brings the conclusion down (38(2))."""
    story = result_and_authenticity()
    story.do("objection.order_retest", DAY, objection=1)
    story.do("objection.record_decision_receipt", DAY, objection=1)
    story.do("retest.complete_formalities", DAY, objection=1)
    story.do("objection.revoke", DAY, objection=2)
    return story


def test_art41_form_10_after_a_revocation_changes_no_conclusion():
    """The retest goes on without effect; its paper says that the conclusion was revoked before."""
    story = revoked_beside_a_retest()
    for act in ("commission", "hand_over_sample", "start"):
        story.do(f"retest.{act}", DAY, objection=1)
    story.do("retest.report", DAY, objection=1, with_={"items": [{"name": A, "result": "pass"}]})
    story.do("retest.close_conforming", DAY, objection=1)
    assert state(story, "conclusion") == "revoked"
    said = Paper.objects.get(form=10).snapshot["data"]["retest"]
    assert (said["final"], said["effect"], said.get("orders_end")) == ("revoked", "items", False)
    is_sound(story)


def test_art38_an_objection_that_is_open_when_the_conclusion_falls_is_not_told_that_it_stands():
    """Decided without effect: Form 8 maintains nothing that is gone."""
    story = result_and_authenticity()
    story.do("objection.revoke", DAY, objection=2)
    story.do("objection.maintain", DAY, objection=1)
    assert state(story, "conclusion") == "revoked"
    said = Paper.objects.filter(form=8).latest("pk").snapshot["data"]["objection"]
    assert said["decision"] == "no_object"
    is_sound(story)


def test_art35_what_lies_on_file_for_a_lapsed_window_may_be_withdrawn():
    """The party thinks better of it before the lapse is corrected: everything is final again, and nothing waits."""
    story = Story(reported(DAY), {"P": P})
    told(story, "P")
    later = date(2025, 4, 1)
    story.do("objection.file", later, party="P", effective_on=date(2025, 3, 10))
    assert state(story, "conclusion") == "final_nonconforming"
    with pytest.raises(ActNotPermitted):
        story.do("publication.approve", later)
    story.do("objection.withdraw", later)
    story.do("publication.approve", later)
    assert dead_ends(story, later) == []


def test_art35_two_windows_of_one_party_and_one_objection():
    """The objection to what the full report added leaves the first window to lapse by itself; then all is final."""
    story = sampled({"P": P})
    story.do("inspection.start_testing", DAY)
    story.do("inspection.report_serious", DAY, with_={"items": ONE})
    told(story, "P")
    until_the_test(story, TWO)
    day = date(2025, 3, 14)
    story.do("result_notice.send", day, party="P", notice=2)
    story.do("result_notice.record_receipt", day, party="P", notice=2)
    story.do("objection.file", day, party="P", with_={"items": [TWO[1]["name"]]})
    story.do("objection.start_verification", day)
    story.do("objection.maintain", day)
    assert state(story, "conclusion") == "provisional_nonconforming"
    with story.day(date(2025, 3, 19)):
        assert state(story, "result_notice", "P") == "window_closed"
        assert state(story, "conclusion") == "final_nonconforming"


@pytest.mark.parametrize(
    ("sampled_on", "last"),
    [
        (date(2021, 8, 31), date(2022, 2, 28)),
        (date(2023, 8, 31), date(2024, 2, 29)),
        (date(2022, 12, 31), date(2023, 6, 30)),
        (date(2022, 2, 28), date(2022, 8, 28)),
    ],
)
def test_art19_six_months_end_with_the_month_and_include_their_last_day(sampled_on, last):
    target = Dossier(rule_set=SD_2021_1.id, opened_on=last)
    assert earlier.bars_another(target, sampled_on, last)
    assert not earlier.bars_another(target, sampled_on, date.fromordinal(last.toordinal() + 1))


def test_art51_a_move_between_two_failures_keeps_the_ladder_and_its_announcement():
    """Failed, reported up, moved before the announcement: the new bureau's case is announced, and climbs on."""
    story = Story(reported(DAY), {"P": P})
    told(story, "P")
    ordered(story)
    story.do("rectification.apply_recheck", DAY, party="P")
    story.do("rectification.start_recheck", DAY, party="P")
    story.do("recheck.verify_on_site", DAY, party="P", with_={"rectified": False})
    story.do("recheck.fail_without_test", DAY, party="P")
    story.do("rectification.report_up", DAY, party="P")
    moves(story, "370303")
    is_sound(story)
    story.do("announcement.submit_to_city", DAY, party="P", by="370303")
    story.do("announcement.submit_to_province", DAY, party="P", by="370300")
    after = date(2025, 3, 25)
    story.do("announcement.announce", after, party="P")
    case = MATTERS["rectification"].objects.get(label="P#2")
    assert (case.state, case.failures, story.running("D51.P#2").started_on) == ("announced", 1, after)


def test_art45_a_visit_for_inability_that_failed_on_the_merits_can_be_annulled():
    """R19, R47: it counted as a round; annulled, it is held again, and the ladder begins anew."""
    story = Story(reported(DAY), {"P": P})
    ordered(story)
    story.do("rectification.claim_hardship", DAY, party="P")
    story.do("rectification.start_recheck", DAY, party="P")
    story.do("recheck.verify_on_site", DAY, party="P", with_={"rectified": False})
    story.do("recheck.fail_without_test", DAY, party="P")
    assert MATTERS["rectification"].objects.get().round == 1
    story.do("rectification.annul", DAY, party="P", with_={"what": "recheck"})
    case = MATTERS["rectification"].objects.get()
    assert (case.state, case.failures, case.round) == ("applied", 0, 0)
    is_sound(story)


def test_art30_a_further_danger_report_after_a_revocation_is_told_to_nobody():
    """R55: the laboratory goes on testing and finds another danger; the result does not stand any more."""
    story = sampled({"P": P})
    story.do("inspection.start_testing", DAY)
    story.do("inspection.report_serious", DAY, with_={"items": ONE})
    told(story, "P")
    story.do("objection.file", DAY, party="P", with_={"grounds": "sampling"})
    story.do("objection.start_verification", DAY)
    story.do("objection.revoke", DAY)
    story.do("inspection.report_serious", DAY, with_={"items": TWO})
    assert list(MATTERS["result_notice"].objects.values_list("label", "state")) == [("P", "objected")]
    with pytest.raises(ActNotPermitted):
        story.do("rectification.receive_report", DAY, party="P")
    is_sound(story)
