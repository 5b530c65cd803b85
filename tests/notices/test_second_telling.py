"""Who is told of the acts of the second edition (acceptance text, 10.4): each once, and nobody of what does not stand."""

from datetime import date

import pytest

from spotcheck.rules.acts import ACTS
from spotcheck.rules.sd_2021_1.letters import CIRCLES, TOLD_CIRCLES
from tests.notices.second import done, hears, issued, matter

LATER = date(2024, 6, 3)
SAMPLED, DENIED, RETESTED, OUT, CITY = "field", "denial", "two_objections", "outside", "city"


@pytest.mark.parametrize(
    ("name", "chart", "label", "act", "facts", "told"),
    [
        (SAMPLED, "sampling", "", "sampling.accept_refusal", {}, {"S", "CY01"}),
        (SAMPLED, "sampling", "", "sampling.reject_refusal", {"reason": "不成立"}, {"S", "CY01"}),
        (SAMPLED, "sampling", "", "sampling.replace_sampler", {"out": "李娜", "in_": "刘洋"}, {"370000", "CY01"}),
        (DENIED, "rectification", "N", "rectification.conditions_restored", {}, {"N"}),
        (DENIED, "rectification", "N", "rectification.supplement_order", {}, {"N"}),
        (DENIED, "rectification", "N", "rectification.close_dissolved", {}, {"370000", "370700"}),
        (DENIED, "rectification", "N", "rectification.annul", {"what": "order"}, {"N", "370000", "370700"}),
        (DENIED, "ban", "N", "ban.hand_over", {}, {"N", "370000"}),
        (RETESTED, "objection", "2", "objection.answer_by_retest", {}, {"S", "371300", "371400", "371326"}),
        (RETESTED, "objection", "1", "objection.decide_anew", {}, {"N", "371300", "371400", "371402"}),
        (RETESTED, "retest", "1", "retest.cancel", {}, {"FJ01", "JY01"}),
        (RETESTED, "retest", "1", "retest.commission", {"items": ["A", "B"]}, {"N", "S", "FJ01"}),
        (RETESTED, "retest", "1", "retest.recommission", {"retest_lab": "JS01"}, {"N", "S", "JS01", "FJ01"}),
        (CITY, "rectification", "P", "rectification.transfer_jurisdiction", {"to": "370303"}, {"P", "370100", "370303", "370114"}),
    ],
)  # fmt: skip
def test_who_is_told(story, name, chart, label, act, facts, told):
    of = matter(story(name), chart, label)
    assert hears(done(of, act, on=LATER, by="370000", **facts)) == told


@pytest.mark.parametrize("act", ["conclusion.revoke", "conclusion.annul", "conclusion.withdraw_external"])
def test_of_a_result_that_falls_those_are_told_who_were_told_of_it(story, act):
    """A party whose notice had not been sent has nothing to hear of a result that does not stand (Article 33)."""
    dossier = story(OUT)
    entry = done(matter(dossier, "conclusion"), act, on=LATER)
    assert hears(entry) == {"S", "N", "370102", "370100"}
    dossier.papers.filter(form=7, party__label="N").update(form=0)
    assert hears(entry) == {"S", "370102", "370100"}


def test_a_notice_that_ends_before_it_was_sent_is_told_to_nobody(story):
    dossier = story(OUT)
    notice = matter(dossier, "result_notice", "N")
    ended = done(notice, "result_notice.end", on=LATER)
    assert hears(ended) == {"N"}
    dossier.papers.filter(form=7, party__label="N").update(form=0)
    assert hears(ended) == set()


def test_whom_a_paper_of_the_cause_has_told_is_not_told_again(story):
    dossier = story(RETESTED)
    closed = done(matter(dossier, "retest", "1"), "retest.close_conforming", on=LATER)
    issued(10, closed)
    fallen = done(matter(dossier, "conclusion"), "conclusion.retest_conforming", on=LATER, cause=closed)
    assert not {"N", "S"} & hears(fallen)
    assert {"371300", "371400"} <= hears(fallen)


@pytest.mark.parametrize(("by", "peer"), [("370683", "370202"), ("370600", "370200")])
def test_art52_the_peer_is_told_of_the_findings(story, by, peer):
    dossier = story("handed_over")
    dossier.parties.filter(role="seller").update(place="370202")
    assert hears(done(matter(dossier, "denial"), "denial.notify_peer", on=LATER, by=by)) == {peer}


def test_art52_a_county_reports_to_its_city(story):
    of = matter(story("handed_over"), "denial")
    assert hears(done(of, "denial.submit_to_city", on=LATER, by="370683")) == {"370600"}


@pytest.mark.parametrize(
    "act",
    ["inspection.stop_unit_lost", "announcement.correct", "recheck.recommission", "lead.refer_outside", "ban.lift_permanent"],
)  # fmt: skip
def test_of_these_somebody_is_told(act):
    assert ACTS[act].told


def test_every_circle_has_its_words():
    assert not set(CIRCLES) & set(TOLD_CIRCLES)
    for words in (*CIRCLES.values(), *TOLD_CIRCLES.values()):
        assert words.zh
        assert words.en
