"""Whose turn it is, told case by case: what is offered can be done, what cannot be done waits for somebody by name."""

from datetime import date

import pytest
from django.utils import translation

from spotcheck.casework.outstanding import reports_to_receive
from spotcheck.casework.worklist import worklist_of
from spotcheck.docket import clock, register, standing
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Deadline, Party
from spotcheck.notices import service
from spotcheck.notices.models import Recipient
from spotcheck.notices.proofs import Proof
from spotcheck.parties.actors import Actor, of_office
from spotcheck.parties.models import Enterprise, Office, Post
from tests.notices.scans import scanned
from tests.story import Story, reported
from tests.worlds import played

pytestmark = pytest.mark.django_db

DAY = date(2025, 3, 3)
HANDLER, CITY, PROVINCE, OTHER = "370102", "370100", "370000", "370302"
TWO_ITEMS = [{"name": "导体电阻", "kind": "performance", "result": "fail"}]
LATER = [*TWO_ITEMS, {"name": "绝缘厚度", "kind": "safety", "result": "fail"}]


@played
def story():
    """A nonconforming report, told on the same day."""
    told = Story(reported(DAY))
    told.do("result_notice.send", DAY, party="P")
    told.do("result_notice.record_receipt", DAY, party="P")
    return told


def lists(who, day):
    """The lists of an office (by its code) or of a party (by its name)."""
    office = Office.objects.filter(code=who).first()
    roles = {Office.Kind.LABORATORY: Post.Role.ANALYST, Office.Kind.SAMPLING_BODY: Post.Role.SAMPLER}
    if office is None:
        actor = Actor(enterprise=Enterprise.objects.get(name=who))
    else:
        actor = Actor(office=office, role=roles.get(office.kind, Post.Role.OFFICER))
    with clock.simulated(day):
        return worklist_of(actor, today=day)


def due(who, day):
    """The periods on the list with the acts that end them, and for what they wait."""
    lines = [line for group in lists(who, day).due.values() for line in group]
    return [(line.clock.deadline.rule, [act.method for act in line.acts], line.waits) for line in lines]


def duties(who, day):
    """The acts of each duty without a number."""
    return [[act.name for act in line.duty.acts] for line in lists(who, day).duties if line.recipient is None]


def unserved(who, day):
    """The papers to be served, with how far their service has come."""
    return [(line.matter.zh, line.state.zh) for line in lists(who, day).duties if line.recipient is not None]


def waits(who, day):
    """What waits without a clock: matter, state, for whom."""
    return [(line.matter.zh, line.state.zh, line.whom) for line in lists(who, day).waiting]


def others(who, day):
    return [line.clock.deadline.rule for line in lists(who, day).others]


def ordered(story, day=DAY, party="P"):
    for act in ("receive_report", "issue_order", "record_order_receipt"):
        story.do(f"rectification.{act}", day, party=party)


def visited(story, day, **facts):
    story.do("rectification.apply_recheck", day, party="P")
    story.do("rectification.start_recheck", day, party="P")
    story.do("recheck.verify_on_site", day, party="P", with_=facts)


def test_an_order_is_served_then_the_party_is_waited_for(story):
    """Articles 43 to 46: the period of the forced recheck counts for the bureau once it can hold one."""
    story.do("rectification.receive_report", DAY, party="P")
    assert due(HANDLER, DAY) == [("D43", ["issue_order"], "")]
    story.do("rectification.issue_order", DAY, party="P")
    assert (due(HANDLER, DAY), duties(HANDLER, DAY)) == ([], [["rectification.record_order_receipt"]])
    story.do("rectification.record_order_receipt", DAY, party="P")
    assert (due(HANDLER, DAY), duties(HANDLER, DAY), others(HANDLER, DAY)) == ([], [], ["D35", "D44"])
    lapsed = date(2025, 5, 7)  # the last day, in a holiday, has moved to 6 May
    with story.day(lapsed):
        pass
    assert due(HANDLER, lapsed) == [("D46B", ["start_recheck"], "")]


def test_a_forced_recheck_that_is_late_before_it_can_be_held_says_whom_it_waits_for(story):
    """Articles 44 and 46: the order was served so late that the one period ends before the other."""
    story.do("rectification.receive_report", DAY, party="P")
    story.do("rectification.issue_order", DAY, party="P")
    late = date(2025, 5, 28)
    assert due(HANDLER, late) == [("D46B", ["record_order_receipt"], "")]
    assert duties(HANDLER, late) == []
    story.do("rectification.record_order_receipt", late, party="P")
    assert due(HANDLER, late) == [("D46B", [], "等待企业P")]
    assert others(HANDLER, late) == []


def test_a_recheck_whose_test_was_commissioned_waits_for_the_technical_body(story):
    ordered(story)
    visited(story, DAY)
    assert due(HANDLER, DAY) == [("D50", ["commission_test"], "")]
    story.do("recheck.commission_test", DAY, party="P")
    assert (due(HANDLER, DAY), duties(HANDLER, DAY)) == ([], [])
    assert waits(HANDLER, DAY) == [("复查", "已委托复查检验", "技术机构")]
    assert duties("JS01", DAY) == [["recheck.test_done"]]
    with translation.override("en"):
        assert lists(HANDLER, DAY).waiting[0].whom == "技术机构"  # a name, in any language


def test_a_technical_body_that_was_replaced_is_not_waited_for_any_more(story):
    """Article 47, R51."""
    ordered(story)
    visited(story, DAY)
    story.do("recheck.commission_test", DAY, party="P")
    Office.objects.create(code="JS02", kind=Office.Kind.LABORATORY, name="另一技术机构")
    story.world.offices["technical_body"] = Office.objects.get(code="JS02")
    story.do("recheck.recommission", DAY, party="P")
    assert (duties("JS01", DAY), duties("JS02", DAY)) == ([], [["recheck.test_done"]])
    visit = MATTERS["recheck"].objects.get()
    bodies = {body.code: of_office(body) for body in Office.objects.filter(code__in=("JS01", "JS02"))}
    assert not standing.may(visit, visit.test_done.spec, bodies["JS01"])
    assert standing.may(visit, visit.test_done.spec, bodies["JS02"])
    assert waits(HANDLER, DAY) == [("复查", "已委托复查检验", "另一技术机构")]


@pytest.mark.parametrize(
    ("facts", "acts"),
    [({"rectified": True}, ["commission_test"]), ({"rectified": False}, ["fail_without_test"])],
)
def test_a_visit_calls_for_what_it_found(story, facts, acts):
    ordered(story)
    visited(story, DAY, **facts)
    assert due(HANDLER, DAY) == [("D50", acts, "")]


@pytest.mark.parametrize(("conclusion", "act"), [("conforming", "pass_with_test"), ("nonconforming", "fail_with_test")])
def test_a_test_calls_for_the_conclusion_that_follows_from_it(story, conclusion, act):
    ordered(story)
    visited(story, DAY)
    story.do("recheck.commission_test", DAY, party="P")
    story.do("recheck.test_done", DAY, party="P", with_={"conclusion": conclusion})
    assert due(HANDLER, DAY) == [("D50", [act], "")]


def test_faults_of_labels_alone_need_no_test():
    """Article 47: it may be tested all the same."""
    label = [{"name": "标志", "kind": "label", "result": "fail"}]
    story = Story(reported(DAY) | {"items": label})
    ordered(story)
    visited(story, DAY)
    assert due(HANDLER, DAY) == [("D50", ["commission_test", "pass_without_test"], "")]


def test_a_visit_for_inability_may_confirm_it_and_the_case_then_waits_for_the_party(story):
    """Article 45."""
    ordered(story)
    story.do("rectification.claim_hardship", DAY, party="P")
    story.do("rectification.start_recheck", DAY, party="P")
    assert duties(HANDLER, DAY) == [["recheck.verify_on_site"]]
    story.do("recheck.verify_on_site", DAY, party="P", with_={"rectified": False})
    assert due(HANDLER, DAY) == [("D50", ["fail_without_test", "confirm_hardship"], "")]
    story.do("recheck.confirm_hardship", DAY, party="P")
    assert waits(HANDLER, DAY) == [("结果处理案卷", "暂缓(待恢复条件)", "企业P")]


def test_each_failure_calls_for_its_own_step_and_each_level_reports_in_turn(story):
    """Article 51: report up; closure after the second failure, once the conclusion is final."""
    ordered(story)
    visited(story, date(2025, 4, 1), rectified=False)
    failed, told = date(2025, 4, 1), date(2025, 4, 2)
    story.do("recheck.fail_without_test", failed, party="P")
    assert duties(HANDLER, failed) == [["rectification.report_up"]]
    story.do("rectification.report_up", told, party="P")
    assert (duties(HANDLER, told), waits(HANDLER, told)) == ([["announcement.submit_to_city"]], [])
    assert [(state, whom) for _, state, whom in waits(CITY, told)] == [("处理部门上报", "济南市历下区市场监督管理局")]
    story.do("announcement.submit_to_city", told, party="P")
    assert duties(HANDLER, told) == []
    assert waits(HANDLER, told) == [("结果处理案卷", "逐级上报", "济南市市场监督管理局、省局")]
    assert duties(CITY, told) == [["announcement.submit_to_province"]]
    story.do("announcement.submit_to_province", told, party="P")
    assert (duties(CITY, told), waits(CITY, told)) == ([], [])
    assert ["announcement.announce"] in duties(PROVINCE, told)
    story.do("announcement.announce", told, party="P")
    assert due(HANDLER, told) == [("D51", [], "最早 2025-06-02 周一 起可以再次复查")]
    again = date(2025, 6, 2)
    assert due(HANDLER, again) == [("D51", ["start_recheck"], "")]
    story.do("rectification.start_recheck", again, party="P")
    story.do("recheck.verify_on_site", again, party="P", with_={"rectified": False})
    story.do("recheck.fail_without_test", again, party="P")
    assert duties(HANDLER, again) == [["rectification.order_closure"]]


def test_form_13_stays_a_duty_of_its_issuer_until_it_is_served(story, media):
    ordered(story)
    visited(story, DAY, rectified=False)
    story.do("recheck.fail_without_test", DAY, party="P")
    assert unserved(HANDLER, DAY) == [("复查结果通知书", "待送达")]
    assert (unserved(CITY, DAY), unserved(PROVINCE, DAY)) == ([], [])
    recipient = Recipient.objects.get(paper__form=13)
    by = Actor(office=Office.objects.get(code=HANDLER))
    with clock.simulated(DAY):
        first = service.begin(recipient, "mail", on=DAY, by=by, tracking_no="EMS 1")
        assert unserved(HANDLER, DAY) == [("复查结果通知书", "在途，待登记收到")]
        service.returned(first, by=by, on=DAY, reason="原址查无此人")
        assert unserved(HANDLER, DAY) == [("复查结果通知书", "被退回，须再次送达")]
        again = service.begin(recipient, "mail", on=DAY, by=by, tracking_no="EMS 2")
        service.acknowledge(again, by=by, on=DAY, proof=Proof("回证.pdf", scanned()), received_by="王芳")
    assert unserved(HANDLER, DAY) == []


def test_the_line_of_a_paper_leads_to_its_service(story, client):
    ordered(story)
    visited(story, DAY, rectified=False)
    story.do("recheck.fail_without_test", DAY, party="P")
    office = Office.objects.get(code=HANDLER)
    user = Post._meta.get_field("user").related_model.objects.create_user("w", full_name="王芳")
    Post.objects.create(user=user, office=office, role=Post.Role.OFFICER, since=DAY)
    client.force_login(user)
    recipient = Recipient.objects.get(paper__form=13)
    with clock.simulated(DAY):
        page = client.get("/").content.decode()
        assert f"/papers/{recipient.paper_id}/recipients/{recipient.pk}/" in page or f"{recipient.pk}/" in page
        assert "登记送达" in page
        english = client.get("/", headers={"Accept-Language": "en"}).content.decode()
        assert "Record the service" in english


@pytest.mark.parametrize("grounds", ["test_result", "sampling"])
def test_form_8_stays_a_duty_until_it_is_received(story, grounds):
    story.do("objection.file", DAY, party="P", with_={"grounds": grounds})
    story.do("objection.start_verification", DAY)
    story.do("objection.maintain", DAY)
    assert ["objection.record_decision_receipt"] in duties(PROVINCE, DAY)
    story.do("objection.record_decision_receipt", DAY)
    assert ["objection.record_decision_receipt"] not in duties(PROVINCE, DAY)


def test_a_transfer_before_service_is_a_duty_of_the_receiving_bureau(story):
    """Article 42: the order of the old bureau is not served any more; the new one begins with its own receipt."""
    story.do("rectification.receive_report", DAY, party="P")
    story.do("rectification.issue_order", DAY, party="P")
    moved = date(2025, 3, 5)
    story.do("rectification.transfer_jurisdiction", moved, party="P", with_={"to": OTHER})
    assert duties(OTHER, moved) == [["rectification.receive_report"]]
    assert lists(OTHER, moved).duties[0].since == moved
    assert (duties(HANDLER, moved), due(HANDLER, moved)) == ([], [])
    story.do("rectification.receive_report", moved, party="P")
    assert due(OTHER, moved) == [("D43", ["issue_order"], "")]


@played
def dangerous():
    """A danger was reported in advance; the full report is still out."""
    story = Story({"stage": "drawn", "day": DAY})
    for act in ("present_notice", "pass_precheck", "complete_sampling"):
        story.do(f"sampling.{act}", DAY)
    for unit in ("T", "R"):
        story.do("sample.dispatch", DAY, unit=unit)
        story.do("sample.receive", DAY, unit=unit)
    for act in ("receive_sample", "clear_qualification"):
        story.do(f"inspection.{act}", DAY)
    story.do("sample.issue", DAY, unit="T")
    story.do("inspection.start_testing", DAY)
    story.do("inspection.report_serious", DAY, with_={"items": TWO_ITEMS})
    return story


def completed(story, day):
    story.do("sample.record_tested", day, unit="T")
    story.do("inspection.complete", day)
    story.do("inspection.issue_report", day, with_={"conclusion": "nonconforming", "items": LATER})


@pytest.mark.parametrize("is_served", [False, True])
def test_what_the_full_report_found_further_is_ordered_without_a_number(dangerous, is_served):
    """Articles 30 and 43, R31: five working days from the full report, a target and no deadline."""
    for act in ("receive_report", "issue_order", "record_order_receipt")[: 3 if is_served else 2]:
        dangerous.do(f"rectification.{act}", DAY, party="P")
    full = date(2025, 3, 10)
    completed(dangerous, full)
    (line,) = (line for line in lists(HANDLER, full).duties if line.recipient is None)
    sent = [] if is_served else ["rectification.record_order_receipt"]
    assert [act.name for act in line.duty.acts] == ["rectification.supplement_order", *sent]
    if is_served:
        assert (line.since, line.target) == (full, date(2025, 3, 17))
    assert "D44" not in others(HANDLER, full)
    dangerous.do("rectification.supplement_order", full, party="P")
    assert duties(HANDLER, full) == [["rectification.record_order_receipt"]]


def test_what_waited_for_the_end_of_a_case_is_due_at_once(dangerous):
    """R30, R31: a passed case does not cover what was found since."""
    ordered(dangerous)
    visited(dangerous, DAY)
    completed(dangerous, DAY)
    assert duties(HANDLER, DAY) == []
    dangerous.do("recheck.commission_test", DAY, party="P")
    dangerous.do("recheck.test_done", DAY, party="P")
    dangerous.do("recheck.pass_with_test", DAY, party="P")
    assert duties(HANDLER, DAY) == [["rectification.receive_report"]]
    ordered(dangerous)
    assert duties(HANDLER, DAY) == []


def test_who_did_not_make_the_product_is_sent_no_report():
    """Articles 37 and 52."""
    parties = {"N": {"role": "nominal_producer", "region": 370302}, "S": {"role": "seller", "region": 370102}}
    story = Story(reported(DAY), parties)
    story.do("result_notice.send", DAY, party="N")
    story.do("result_notice.record_receipt", DAY, party="N")
    bureau = Office.objects.get(code="370302")
    assert Party.objects.filter(reports_to_receive(bureau)).count() == 1
    story.do("objection.file", DAY, party="N", with_={"grounds": "denial"})
    story.do("objection.transfer_denial", DAY)
    for city in ("370300", "370100"):
        assert ["objection.denial_findings"] in duties(city, DAY)
    assert ("异议", "移送核查(否认生产)", "淄博市市场监督管理局、济南市市场监督管理局") in waits(PROVINCE, DAY)
    story.do("objection.denial_findings", DAY)
    assert ["objection.revoke", "objection.uphold_denial"] in duties(PROVINCE, DAY)
    story.do("objection.uphold_denial", DAY)
    assert not Party.objects.filter(reports_to_receive(bureau)).exists()


def test_a_filing_inside_a_window_that_lapsed_by_mistake_calls_for_its_correction(story):
    """Article 35."""
    after = date(2025, 3, 25)
    story.do("objection.file", after, party="P", effective_on=date(2025, 3, 10))
    assert ["result_notice.correct_lapse"] in duties(PROVINCE, after)


def test_an_objection_whose_arrival_was_proved_has_to_be_put_on_file(story):
    """Article 35: until then the conclusion is open and nothing else stands for it."""
    after = date(2025, 3, 25)
    story.do("result_notice.correct_lapse", after, party="P", effective_on=date(2025, 3, 10))
    assert ["objection.file"] in duties(PROVINCE, after)
    story.do("objection.file", after, party="P", effective_on=date(2025, 3, 10))
    assert ["objection.file"] not in duties(PROVINCE, after)
    assert ["objection.start_verification"] in duties(PROVINCE, after)


def retested(story, upto):
    acts = ("file", "start_verification", "order_retest", "record_decision_receipt")
    for act in acts:
        story.do(f"objection.{act}", DAY, **({"party": "P"} if act == "file" else {}))
    for act in ("complete_formalities", "commission", "hand_over_sample")[:upto]:
        story.do(f"retest.{act}", DAY)


@pytest.mark.parametrize("upto", [0, 1, 2, 3])
def test_a_retest_without_its_unit_is_decided_anew(story, upto):
    """Articles 38 and 39, R33; whoever was to test waits for the province."""
    retested(story, upto)
    story.do("sample.compromise", DAY, unit="R", with_={"cause": "lab"})
    expected = [("D40", ["decide_anew"], "")] if upto == 1 else []
    assert due(PROVINCE, DAY) == expected
    assert (["objection.decide_anew"] in duties(PROVINCE, DAY)) is (upto != 1)
    assert not {"D39", "D40"} & set(others(PROVINCE, DAY))
    if upto > 1:
        assert duties("FJ01", DAY) == []
        assert [whom for _, _, whom in waits("FJ01", DAY)] == ["省局"]


def test_a_retest_is_waited_for_by_name(story):
    retested(story, 3)
    assert ("复检", "样品已交接", "复检机构") in waits(PROVINCE, DAY)
    assert duties("FJ01", DAY) == [["retest.start"]]


def test_a_lost_test_unit_calls_for_the_end_of_the_inspection():
    """Article 27."""
    story = Story({"stage": "drawn", "day": DAY})
    for act in ("present_notice", "pass_precheck", "complete_sampling"):
        story.do(f"sampling.{act}", DAY)
    assert ("抽查任务", "抽样检验中", "抽样机构") in waits("JY01", DAY)
    assert not any(chart == "样品" for chart, _, _ in waits("JY01", DAY)), (
        "what is not on its way is not its business yet"
    )
    story.do("sample.dispatch", DAY, unit="T")
    story.do("sample.compromise", DAY, unit="T", with_={"cause": "carrier"})
    assert ["inspection.stop_unit_lost"] in duties("JY01", DAY)


def test_a_published_result_that_has_changed_calls_for_a_correction(story):
    """Article 57."""
    final = date(2025, 3, 25)
    with story.day(final):
        pass
    assert ["publication.approve"] in duties(PROVINCE, final)
    story.do("publication.approve", final)
    assert ["publication.publish"] in duties(PROVINCE, final)
    story.do("publication.publish", final)
    assert [acts for acts in duties(PROVINCE, final) if acts[0].startswith("publication")] == []
    story.do("conclusion.annul", final)
    assert ["publication.correct"] in duties(PROVINCE, final)


def test_a_publication_that_was_approved_waits_while_a_conclusion_is_open_again(story):
    """Article 57, R44: afterwards it is approved anew."""
    final = date(2025, 3, 25)
    with story.day(final):
        pass
    story.do("publication.approve", final)
    story.do("objection.file", final, party="P", effective_on=date(2025, 3, 10))
    assert ("抽查结果公开", "审批", "检验结论确定") in waits(PROVINCE, final)
    story.do("result_notice.correct_lapse", final, party="P")
    story.do("objection.start_verification", final)
    story.do("objection.revoke", final)
    assert ["publication.approve"] in duties(PROVINCE, final)


@pytest.mark.parametrize(
    ("region", "duty_of", "acts"),
    [
        (370102, "370302", ["denial.notify_peer"]),
        (330106, "370302", ["denial.submit_to_city"]),
    ],
)
def test_a_denial_is_the_duty_of_the_level_that_has_it(region, duty_of, acts):
    """Article 52."""
    parties = {"N": {"role": "nominal_producer", "region": 370302}, "S": {"role": "seller", "region": region}}
    story = Story({"stage": "handed_over", "day": DAY, "origin": "other_province"}, parties)
    story.do("conclusion.import_external", DAY)
    for act in ("open", "investigate", "find_not_produced"):
        story.do(f"denial.{act}", DAY)
    of_denial = {
        code: [acts for acts in duties(code, DAY) if acts[0].startswith("denial")]
        for code in ("370302", "370300", PROVINCE)
    }
    assert of_denial == {"370302": [acts], "370300": [], PROVINCE: []}
    if region == 330106:
        story.do("denial.submit_to_city", DAY)
        assert duties("370300", DAY) == [["denial.escalate"]]
        story.do("denial.escalate", DAY)
        assert (duties("370300", DAY), duties(PROVINCE, DAY)) == ([], [["denial.close"], ["lead.refer_outside"]][:1])


def test_a_lead_about_a_party_outside_is_the_duty_of_the_province():
    """Articles 28 and 32."""
    story = Story(reported(DAY), {"P": {"role": "sampled_producer", "region": 370102}})
    story.do("lead.create", DAY)
    assert ["lead.acknowledge"] in duties(HANDLER, DAY)
    assert ["lead.refer_outside"] not in duties(PROVINCE, DAY)
    story.do("rectification.receive_report", DAY, party="P")
    story.do("rectification.transfer_jurisdiction", DAY, party="P", by="province", with_={"to": "330106"})
    assert ["lead.refer_outside"] in duties(PROVINCE, DAY)
    assert ["lead.acknowledge"] not in duties(HANDLER, DAY)


def test_what_an_enterprise_waits_for(story):
    ordered(story)
    assert due("企业P", DAY) == [
        ("D35", ["file"], ""),
        ("D44", ["apply_recheck", "claim_hardship"], ""),
    ]
    visited(story, DAY)
    story.do("recheck.commission_test", DAY, party="P")
    assert waits("企业P", DAY) == [("结果处理案卷", "复查中", "济南市历下区市场监督管理局")]


def test_a_plan_is_closed_after_its_year(story):
    """Article 8: while it lasts further tasks may come."""
    Deadline.objects.update(status="ended", wake_on=None)
    assert ("年度计划", "执行中", "本年度各抽查任务办结") in waits(PROVINCE, DAY)
    story.do("task.file_summary", DAY)
    assert ("年度计划", "执行中", "本年度各抽查任务办结") in waits(PROVINCE, DAY)
    assert ["plan.close"] in duties(PROVINCE, date(2026, 1, 5))


def test_a_bureau_that_samples_has_the_duties_of_a_sampling_body(monkeypatch):
    """Article 10: part of the sampling may be given to a city or a county; its officers send the units off."""
    involve = register.involve

    def given(dossier, office, role, party=None):
        part = Office.objects.get(code=HANDLER) if (role, dossier.kind) == ("sampling_body", "sample") else office
        involve(dossier, part, role, party)

    monkeypatch.setattr(register, "involve", given)
    story = Story({"stage": "drawn", "day": DAY})
    with story.day(DAY):
        story.dossier()
    monkeypatch.undo()
    story.world.offices["sampling_body"] = Office.objects.get(code=HANDLER)
    for act in ("present_notice", "pass_precheck", "complete_sampling"):
        story.do(f"sampling.{act}", DAY)
    assert duties(HANDLER, DAY) == [["sample.dispatch"], ["sample.dispatch"]]
    assert duties(OTHER, DAY) == []
