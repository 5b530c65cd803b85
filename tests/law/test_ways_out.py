"""Ways out that no file needs: what becomes of a matter when somebody moves, falls ill, or is not the one to blame."""

from datetime import date

import pytest

from spotcheck.docket.counter_entries import take_back
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Entry
from spotcheck.docket.problems import ActNotPermitted
from spotcheck.docket.sessions import session
from spotcheck.parties.actors import of_office
from tests.law.dead_ends import Ways
from tests.law.one_list import Checker
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


def leaves_the_province(story, party):
    """The province hands the case of a party over to Zhejiang (Articles 32, 42)."""
    story.do("rectification.transfer_jurisdiction", DAY, party=party, by="province", with_={"to": "330106"})


def lead_of_one_that_left(acts):
    story = Story(reported(DAY), {"P": P})
    story.do("rectification.receive_report", DAY, party="P")
    story.do("lead.create", DAY)
    for act in acts:
        story.do(f"lead.{act}", DAY)
    leaves_the_province(story, "P")
    return story


def faults_of_lists(story):
    """What is wrong on the lists of everybody."""
    checker = Checker()
    with story.day(DAY), session():
        checker.look(DAY, "here")
    return checker.faults


@pytest.mark.parametrize(
    "acts", [(), ("acknowledge",), ("acknowledge", "verify"), ("acknowledge", "verify", "file_case")]
)
def test_art32_a_lead_leaves_the_province_with_its_party(acts):
    story = lead_of_one_that_left(acts)
    assert dead_ends(story) == []
    assert faults_of_lists(story) == []


def test_art56_a_filed_case_is_concluded_where_it_was_filed():
    """R58: the party has left the province, the case stays; before it is filed only the province refers the lead."""
    story = lead_of_one_that_left(("acknowledge", "verify", "file_case"))
    for stranger in ("370102", "330106", "province"):
        with pytest.raises(ActNotPermitted):
            story.do("lead.conclude", DAY, by=stranger)
    story.do("lead.conclude", DAY, by="370202")
    assert MATTERS["lead"].objects.get().state == "concluded"


def test_art32_before_it_is_filed_a_lead_of_one_that_left_is_the_province_s_alone():
    story = lead_of_one_that_left(("acknowledge", "verify"))
    for act in ("file_case", "decline"):
        with pytest.raises(ActNotPermitted):
            story.do(f"lead.{act}", DAY, by="370202")
    story.do("lead.refer_outside", DAY)


@pytest.mark.parametrize("seller", [S, {"role": "seller", "region": 330106}], ids=["inside", "outside"])
@pytest.mark.parametrize("acts", [("open",), ("open", "investigate")])
def test_art52_a_denial_goes_on_when_the_nominal_producer_moves_to_another_province(acts, seller):
    """R58: who made the product is found where the producer worked when its case was taken over."""
    story = Story({"stage": "handed_over", "day": DAY, "origin": "other_province"}, {"N": N, "S": seller})
    story.do("conclusion.import_external", DAY)
    story.do("rectification.receive_report", DAY, party="N")
    for act in acts:
        story.do(f"denial.{act}", DAY)
    leaves_the_province(story, "N")
    assert dead_ends(story) == []
    assert faults_of_lists(story) == []
    on = [("notify_peer", None), ("close", None)]
    if seller is not S:
        on = [("submit_to_city", "370302"), ("escalate", "370300"), ("close", "province")]
    left = [act for act in ("investigate", "find_not_produced") if act not in acts]
    for act, by in [*((act, "370302") for act in left), *on]:
        story.do(f"denial.{act}", DAY, **({"by": by} if by else {}))
        assert faults_of_lists(story) == []
    assert MATTERS["denial"].objects.get().state == "closed"


def test_art27_a_unit_is_issued_to_another_inspector_when_the_first_falls_ill():
    """R59: the unit goes back to the store by a counter-entry, and from there to somebody else."""
    story = sampled({"P": P})
    issued = Entry.objects.get(act="sample.issue")
    with story.day(DAY):
        take_back(issued, by=of_office(issued.office), reason="王强因病住院，样品完好退回样品库")
    assert dead_ends(story) == []
    story.do("sample.issue", DAY, unit="T", with_={"inspector": "赵敏"})
    story.do("inspection.start_testing", DAY, with_={"inspector": "赵敏"})


def test_art33_nobody_is_told_a_result_that_was_revoked_before_the_full_report():
    """R55: the danger report was revoked, the testing went on."""
    story = sampled({"P": P})
    story.do("inspection.start_testing", DAY)
    story.do("inspection.report_serious", DAY, with_={"items": ONE})
    told(story, "P")
    story.do("objection.file", DAY, party="P", with_={"grounds": "sampling"})
    story.do("objection.start_verification", DAY)
    story.do("objection.revoke", DAY)
    until_the_test(story, TWO)
    assert not MATTERS["result_notice"].objects.filter(label="P#2").exists()


def test_art39_a_retest_is_not_waived_for_what_another_party_did():
    """The sampled producer keeps the reserve unit and spoils it; the nominal producer has objected."""
    story = sampled({"P": P, "N": N}, reserve_stays=True)
    story.do("inspection.start_testing", DAY)
    until_the_test(story, ONE)
    told(story, "N")
    story.do("objection.file", DAY, party="N")
    for act in ("start_verification", "order_retest", "record_decision_receipt"):
        story.do(f"objection.{act}", DAY)
    story.do("sample.compromise", DAY, unit="R", with_={"cause": "applicant"})
    with pytest.raises(ActNotPermitted):
        story.do("retest.waive", DAY)
