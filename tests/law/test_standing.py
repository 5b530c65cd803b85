"""Exact rights: for each actor word, among all offices of the province, those that are meant and no others.

The sample is sold by S in Lixia (370102), names N in Zichuan (370302) as its producer, and was taken at P in Shinan
(370202), a producer in a city of its own.
"""

from datetime import date

import pytest

from spotcheck.casework.worklist import worklist_of
from spotcheck.docket import register, standing
from spotcheck.docket.acts import perform, permitted
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Dossier, Party
from spotcheck.docket.problems import ActNotPermitted
from spotcheck.parties.actors import Actor, in_capacity, of_office, of_post
from spotcheck.parties.models import Enterprise, Office, Post, User
from spotcheck.remediation.models import Lead, Rectification
from spotcheck.sampling.models import SampleUnit, Sampling
from tests.story import Story, reported
from tests.worlds import played

pytestmark = pytest.mark.django_db

DAY = date(2025, 3, 3)
PARTIES = {
    "P": {"role": "sampled_producer", "region": 370202},
    "N": {"role": "nominal_producer", "region": 370302},
    "S": {"role": "seller", "region": 370102},
}
LAB, SAMPLERS, RETEST_LAB, TECHNICAL = "JY01", "CY01", "FJ01", "JS01"


@played
def story():
    told = Story(reported(DAY), PARTIES)
    Office.objects.create(code="JY99", kind=Office.Kind.LABORATORY, name="另一检验所")
    Office.objects.create(code="CY99", kind=Office.Kind.SAMPLING_BODY, name="另一抽样机构")
    with told.day(DAY):
        pass
    return told


@played
def handed_over():
    told = Story({"stage": "handed_over", "day": DAY, "origin": "other_province"}, PARTIES)
    told.do("conclusion.import_external", DAY)
    return told


def meant(matter, method):
    """All offices that may do this act in this matter."""
    spec = matter.spec_of(method)
    return {office.code for office in Office.objects.all() if standing.may(matter, spec, of_office(office))}


def party(label):
    return Party.objects.get(label=label)


def test_art6_the_province_is_one_office(story):
    objection = MATTERS["objection"].new(story.dossier(), party("P"))
    assert meant(objection, "start_verification") == {"370000"}


def test_art7_every_city_and_county_may_suggest_and_nobody_else(story):
    plan = MATTERS["plan"].objects.get()
    bureaus = Office.objects.filter(kind__in=(Office.Kind.CITY, Office.Kind.COUNTY)).values_list("code", flat=True)
    assert meant(plan, "submit_suggestion") == set(bureaus)
    assert meant(plan, "adopt") == {"370000"}


@pytest.mark.parametrize(("label", "handler"), [("P", "370202"), ("N", "370302"), ("S", "370102")])
def test_art42_the_handler_is_the_bureau_of_the_place_where_the_party_works(story, label, handler):
    case = Rectification.new(story.dossier(), party(label))
    assert meant(case, "issue_order") == {handler}


def test_art42_the_report_may_be_received_by_the_registered_place_too():
    story = Story(reported(DAY), {"P": PARTIES["P"] | {"registered": 370203}})
    with story.day(DAY):
        pass
    case = Rectification.new(story.dossier(), party("P"))
    assert meant(case, "receive_report") == {"370202", "370203"}
    assert meant(case, "issue_order") == {"370202"}


def test_art42_a_city_bureau_handles_when_it_is_named():
    story = Story(reported(DAY), {"P": PARTIES["P"] | {"handler": 370200}})
    with story.day(DAY):
        pass
    assert meant(Rectification.new(story.dossier(), party("P")), "issue_order") == {"370200"}


def test_art42_a_party_outside_the_province_has_no_handler():
    story = Story(reported(DAY), PARTIES | {"N": {"role": "nominal_producer", "region": 330106}})
    with story.day(DAY):
        pass
    case = Rectification.new(story.dossier(), party("N"))
    assert meant(case, "issue_order") == set()


def test_art42_after_a_transfer_the_new_bureau_handles_and_the_old_one_does_not(story):
    story.do("rectification.receive_report", DAY, party="P")
    story.do("rectification.issue_order", DAY, party="P")
    story.do("rectification.record_order_receipt", DAY, party="P")
    story.do("rectification.transfer_jurisdiction", date(2025, 3, 5), party="P", with_={"to": "370702"})
    old, new = Rectification.objects.order_by("pk")
    assert meant(new, "start_recheck") == {"370702"}
    assert meant(old, "transfer_jurisdiction") == {"370202", "370000"}  # the province only to another province
    assert meant(Rectification.new(story.dossier(), party("S")), "issue_order") == {"370102"}


def test_art51_county_and_city_report_up_each_for_its_own_place(story):
    announcement = MATTERS["announcement"](dossier=story.dossier(), party=party("P"), label="P")
    assert meant(announcement, "submit_to_city") == {"370202"}
    assert meant(announcement, "submit_to_province") == {"370200"}
    assert meant(announcement, "announce") == {"370000"}


def test_art37_the_cities_of_a_denial_are_those_of_the_nominal_producer_and_of_the_seller(story):
    objection = MATTERS["objection"].new(story.dossier(), party("N"))
    cities = {code for code in meant(objection, "denial_findings") if code != "370000"}
    assert cities == {"370300", "370100"}


def test_art52_the_bureaus_of_a_denial_are_those_of_the_nominal_producer(handed_over):
    denial = MATTERS["denial"].new(handed_over.dossier())
    assert meant(denial, "investigate") == {"370302", "370300"}
    assert meant(denial, "open") == {"370302", "370300", "370202", "370102"}
    assert meant(denial, "close") == {"370302", "370300", "370000"}


def test_art14_a_lead_of_the_samplers_goes_to_the_county_of_the_sampled_entity():
    story = Story({"stage": "drawn", "day": DAY}, {"S": PARTIES["S"], "N": PARTIES["N"]})
    story.do("sampling.present_notice", DAY)
    story.do("sampling.terminate_illegal", DAY)
    lead = Lead.objects.get()
    assert meant(lead, "acknowledge") == {"370102"}
    assert meant(lead, "file_case") == {"370102", "370100"}


def test_art28_a_lead_of_the_laboratory_goes_to_the_county_of_the_producer_never_of_the_seller():
    story = Story({"stage": "drawn", "day": DAY}, {"S": PARTIES["S"], "N": PARTIES["N"]})
    story.do("sampling.present_notice", DAY)
    story.do("sampling.pass_precheck", DAY)
    story.do("sampling.complete_sampling", DAY)
    for act in ("sample.dispatch", "sample.receive"):
        story.do(act, DAY, unit="T")
    story.do("inspection.receive_sample", DAY)
    story.do("inspection.terminate_illegal", DAY)
    assert meant(Lead.objects.get(), "acknowledge") == {"370302"}


def test_art56_a_lead_that_somebody_reports_is_for_the_county_of_its_party(story):
    lead = Lead.new(story.dossier(), party("N"))
    assert meant(lead, "acknowledge") == {"370302"}
    assert meant(lead, "create") == {"370000", "370300", "370302", LAB, SAMPLERS}


def test_art10_only_the_bodies_commissioned_for_the_task_sample_and_test(story):
    sampling = Sampling.objects.get()
    unit = SampleUnit.objects.get(label="T")
    assert meant(sampling, "present_notice") == {SAMPLERS}
    assert meant(unit, "receive") == {LAB}
    assert meant(MATTERS["inspection"].objects.get(), "issue_report") == {LAB}
    assert meant(unit, "dispatch") == {SAMPLERS}


def test_art10_a_body_is_nobody_in_the_task_of_another(story):
    other = Dossier.objects.create(number="X1", opened_on=DAY)
    register.involve(other, Office.objects.get(code="JY99"), "lab")
    assert meant(MATTERS["inspection"].objects.get(), "issue_report") == {LAB}


def test_art38_the_retest_laboratory_is_the_one_that_was_named(story):
    retest = MATTERS["retest"](dossier=story.dossier(), party=party("P"), label="1")
    assert meant(retest, "start") == set()
    register.involve(story.dossier(), Office.objects.get(code=RETEST_LAB), "retest_lab")
    assert meant(retest, "start") == {RETEST_LAB}
    assert meant(retest, "hand_over_sample") == {RETEST_LAB, SAMPLERS}


def test_art47_a_technical_body_is_commissioned_for_one_party(story):
    dossier = story.dossier()
    register.involve(dossier, Office.objects.get(code=TECHNICAL), "technical_body", party("P"))
    for label, bodies in (("P", {TECHNICAL, "370202"}), ("N", {"370302"})):
        visit = MATTERS["recheck"](dossier=dossier, party=party(label), label=f"{label}#1")
        assert meant(visit, "test_done") == bodies


def enterprises(matter, method):
    """All enterprises that may do this act in this matter."""
    spec = matter.spec_of(method)
    return {one.name for one in Enterprise.objects.all() if standing.may(matter, spec, Actor(enterprise=one))}


def test_art35_a_party_objects_for_itself_only(story):
    assert enterprises(MATTERS["objection"].new(story.dossier(), party("P")), "file") == {"企业P"}
    assert enterprises(Rectification.new(story.dossier(), party("S")), "apply_recheck") == {"企业S"}


def test_art19_the_sampled_entity_refuses_and_not_the_one_named_on_the_label(story):
    assert enterprises(Sampling.objects.get(), "claim_refusal") == {"企业P", "企业S"}


def test_art36_an_expert_is_no_office_the_province_records(story):
    objection = MATTERS["objection"].new(story.dossier(), party("P"))
    assert meant(objection, "expert_opinion") == {"370000"}


@pytest.mark.parametrize(
    ("role", "acts"),
    [
        (Post.Role.SAMPLER, {"present_notice", "claim_refusal", "record_not_sampled", "replace_sampler"}),
        (Post.Role.OFFICER, {"replace_sampler"}),
        (Post.Role.ANALYST, set()),
    ],
)
def test_a_person_acts_in_the_role_of_the_post(role, acts):
    story = Story({"stage": "drawn", "day": DAY}, {"P": PARTIES["P"]})
    with story.day(DAY):
        user = User.objects.create(username="a", full_name="张伟")
        post = Post.objects.create(user=user, office=Office.objects.get(code=SAMPLERS), role=role, since=DAY)
        possible = permitted(Sampling.objects.get(), of_post(post), on=DAY)
    assert {one.spec.method for one in possible if one.is_permitted} == acts


def test_an_analyst_of_a_bureau_decides_nothing(story):
    user = User.objects.create(username="a", full_name="张伟")
    bureau = Office.objects.get(code="370202")
    case = Rectification.new(story.dossier(), party("P"))
    for role, may in ((Post.Role.OFFICER, True), (Post.Role.ANALYST, False), (Post.Role.SAMPLER, False)):
        post = Post.objects.create(user=user, office=bureau, role=role, since=DAY)
        assert standing.may(case, case.spec_of("issue_order"), of_post(post)) is may


@played
def own_sampling():
    """A target that the bureau of Licheng samples itself."""
    told = Story({"stage": "drawn", "day": DAY}, {"P": PARTIES["P"]})
    with told.day(DAY):
        register.involve(told.dossier(), Office.objects.get(code="370112"), "sampling_body")
    return told


def post_in(code, role):
    user = User.objects.create(username=f"{code}-{role}", full_name="张伟")
    return of_post(Post.objects.create(user=user, office=Office.objects.get(code=code), role=role, since=DAY))


@pytest.mark.parametrize(("code", "is_commissioned"), [("370112", True), ("370114", False)])
def test_art10_a_sampler_of_a_bureau_samples_what_his_bureau_is_to_sample(own_sampling, code, is_commissioned):
    sampling, unit = Sampling.objects.get(), MATTERS["sample"](dossier=own_sampling.dossier(), label="R")
    actor = post_in(code, Post.Role.SAMPLER)
    for matter, method in ((sampling, "present_notice"), (sampling, "record_not_sampled"), (unit, "dispatch")):
        assert standing.may(matter, matter.spec_of(method), actor) is is_commissioned
    with own_sampling.day(DAY):
        found = worklist_of(actor, today=DAY).duties
    assert [line.duty.acts[0].name for line in found] == ["sampling.present_notice"] * is_commissioned


def test_art10_who_samples_for_a_bureau_decides_nothing_for_it(own_sampling):
    sampler, officer = post_in("370112", Post.Role.SAMPLER), post_in("370112", Post.Role.OFFICER)
    sampling = Sampling.objects.get()
    assert not standing.may(sampling, sampling.spec_of("present_notice"), officer)
    assert standing.may(sampling, sampling.spec_of("replace_sampler"), officer)
    case = Rectification.new(own_sampling.dossier(), party("P"))
    Party.objects.update(place="370112", handler=Office.objects.get(code="370112"))
    case.party.refresh_from_db()
    assert standing.may(case, case.spec_of("issue_order"), officer)
    assert not standing.may(case, case.spec_of("issue_order"), sampler)


@pytest.mark.parametrize("word", ["city", "county", "lab", "enterprise", "expert"])
def test_a_capacity_that_the_act_does_not_name_is_refused_with_its_articles(story, word):
    case = Rectification.new(story.dossier(), party("P"))
    with story.day(DAY), pytest.raises(ActNotPermitted) as refusal:
        perform(case.receive_report, by=in_capacity(word), on=DAY)
    assert refusal.value.reasons[0].guard == "by_whom"
    assert {6, 42, 43} <= set(refusal.value.articles)


def test_nobody_does_what_only_follows(story):
    notice = MATTERS["result_notice"].objects.filter(party=party("P")).get()
    assert meant(notice, "lapse") == meant(notice, "object") == set()
    assert enterprises(notice, "object") == set()


def test_every_bureau_has_a_name_of_its_own_and_says_its_city_once():
    names = dict(Office.objects.filter(kind__in=Office.BUREAUS).values_list("code", "name"))
    assert len(set(names.values())) == len(names)
    assert names["371302"] == "临沂市兰山区市场监督管理局"
    assert names["371371"] == "临沂高新技术产业开发区市场监督管理局"
    assert names["370502"] == "东营市东营区市场监督管理局"
