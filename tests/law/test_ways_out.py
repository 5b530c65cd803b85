"""Ways out that no file needs: what becomes of a matter when somebody moves, falls ill, or is not the one to blame."""

from datetime import date

import pytest

from spotcheck.docket.flow import MATTERS
from spotcheck.docket.problems import ActNotPermitted
from spotcheck.docket.sessions import session
from tests.law.dead_ends import Ways
from tests.law.views import Moment
from tests.story import Story, reported

pytestmark = pytest.mark.django_db

DAY = date(2025, 3, 3)
P = {"role": "sampled_producer", "region": 370202}
N = {"role": "nominal_producer", "region": 370302}
S = {"role": "seller", "region": 370102}
ONE = [{"name": "导体电阻", "kind": "performance", "result": "fail"}]
TWO = [*ONE, {"name": "绝缘厚度", "kind": "safety", "result": "fail"}]


def dead_ends(story, day=DAY):
    """The open matters from which nothing lawful leads on."""
    with story.day(day), session():
        moment = Moment(day)
        ways = Ways(moment)
        return [end for dossier in moment.dossiers for end in ways.dead_ends(dossier)]


def sampled(parties, *, reserve_stays=False):
    """A sample that the laboratory has received; on demand the reserve unit stays where it was taken."""
    story = Story({"stage": "drawn", "day": DAY}, parties)
    for act in ("present_notice", "pass_precheck", "complete_sampling"):
        story.do(f"sampling.{act}", DAY)
    if reserve_stays:
        story.do("sample.leave_with_enterprise", DAY, unit="R")
    for unit in "T" if reserve_stays else "TR":
        story.do("sample.dispatch", DAY, unit=unit)
        story.do("sample.receive", DAY, unit=unit)
    for act in ("receive_sample", "clear_qualification"):
        story.do(f"inspection.{act}", DAY)
    story.do("sample.issue", DAY, unit="T")
    return story


def until_the_test(story, items):
    story.do("sample.record_tested", DAY, unit="T")
    story.do("inspection.complete", DAY)
    story.do("inspection.issue_report", DAY, with_={"conclusion": "nonconforming", "items": items})


def told(story, party):
    story.do("result_notice.send", DAY, party=party)
    story.do("result_notice.record_receipt", DAY, party=party)


def test_art35_a_proved_arrival_without_an_objection_on_file_waits_for_its_filing():
    story = Story(reported(DAY), {"P": P})
    told(story, "P")
    after = date(2025, 3, 25)
    story.do("result_notice.correct_lapse", after, party="P", effective_on=date(2025, 3, 10))
    assert dead_ends(story, after) == []


@pytest.mark.parametrize("to", ["370300", "370303", "370600"])
@pytest.mark.parametrize(
    "acts", [(), ("acknowledge",), ("acknowledge", "verify"), ("acknowledge", "verify", "file_case")]
)
def test_art56_a_lead_goes_on_with_the_bureau_to_which_its_party_has_moved(to, acts):
    story = Story(reported(DAY), {"P": P})
    story.do("rectification.receive_report", DAY, party="P")
    story.do("lead.create", DAY)
    for act in acts:
        story.do(f"lead.{act}", DAY)
    story.do("rectification.transfer_jurisdiction", DAY, party="P", with_={"to": to})
    assert dead_ends(story) == []


@pytest.mark.parametrize(
    "acts",
    [
        (),
        ("acknowledge",),
        ("acknowledge", "verify"),
        pytest.param(
            ("acknowledge", "verify", "file_case"),
            marks=pytest.mark.xfail(strict=True, reason="a case that was filed cannot be referred to another province"),
        ),
    ],
)
def test_art32_a_lead_leaves_the_province_with_its_party(acts):
    story = Story(reported(DAY), {"P": P})
    story.do("rectification.receive_report", DAY, party="P")
    story.do("lead.create", DAY)
    for act in acts:
        story.do(f"lead.{act}", DAY)
    story.do("rectification.transfer_jurisdiction", DAY, party="P", by="province", with_={"to": "330106"})
    assert dead_ends(story) == []


@pytest.mark.xfail(strict=True, reason="a denial whose nominal producer has moved away is nobody's")
@pytest.mark.parametrize("acts", [("open",), ("open", "investigate")])
def test_art52_a_denial_goes_on_when_the_nominal_producer_moves_to_another_province(acts):
    story = Story({"stage": "handed_over", "day": DAY, "origin": "other_province"}, {"N": N, "S": S})
    story.do("conclusion.import_external", DAY)
    story.do("rectification.receive_report", DAY, party="N")
    for act in acts:
        story.do(f"denial.{act}", DAY)
    story.do("rectification.transfer_jurisdiction", DAY, party="N", by="province", with_={"to": "330106"})
    assert dead_ends(story) == []


@pytest.mark.xfail(
    strict=True, reason="a unit that was issued to an inspector cannot be issued to another one", raises=ActNotPermitted
)
def test_art27_a_unit_is_issued_to_another_inspector_when_the_first_falls_ill(tmp_path):
    story = sampled(tmp_path, {"P": P})
    story.do("sample.issue", DAY, unit="T", with_={"inspector": "赵敏"})
    story.do("inspection.start_testing", DAY, with_={"inspector": "赵敏"})


def test_art33_nobody_is_told_a_result_that_was_revoked_before_the_full_report(tmp_path):
    """R55: the danger report was revoked, the testing went on."""
    story = sampled(tmp_path, {"P": P})
    story.do("inspection.start_testing", DAY)
    story.do("inspection.report_serious", DAY, with_={"items": ONE})
    told(story, "P")
    story.do("objection.file", DAY, party="P", with_={"grounds": "sampling"})
    story.do("objection.start_verification", DAY)
    story.do("objection.revoke", DAY)
    until_the_test(story, TWO)
    assert not MATTERS["result_notice"].objects.filter(label="P#2").exists()


def test_art39_a_retest_is_not_waived_for_what_another_party_did(tmp_path):
    """The sampled producer keeps the reserve unit and spoils it; the nominal producer has objected."""
    story = sampled(tmp_path, {"P": P, "N": N}, reserve_stays=True)
    story.do("inspection.start_testing", DAY)
    until_the_test(story, ONE)
    told(story, "N")
    story.do("objection.file", DAY, party="N")
    for act in ("start_verification", "order_retest", "record_decision_receipt"):
        story.do(f"objection.{act}", DAY)
    story.do("sample.compromise", DAY, unit="R", with_={"cause": "applicant"})
    with pytest.raises(ActNotPermitted):
        story.do("retest.waive", DAY)
