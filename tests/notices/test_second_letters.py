"""The letters of the second edition: who writes to whom, when a letter is needed, and what it says."""

from datetime import date

import pytest

from spotcheck.docket.acts import proceed
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Entry
from spotcheck.docket.sessions import hold, session
from spotcheck.notices import fate, service
from spotcheck.notices import issued as that_hold
from spotcheck.notices.issuing import letters_of
from spotcheck.notices.models import Paper, Recipient
from spotcheck.objections.papers import retests
from spotcheck.parties import actors
from spotcheck.remediation.papers import fate as orders
from tests.notices.second import data_of, done, issued, matter, moved, who, words_of

LATER = date(2024, 6, 3)


def letters(entry) -> set[str]:
    """The letters that an act makes necessary."""
    with session():
        return set(letters_of(entry))


# Transfer (Article 42)


def transferred(of, to, *, by, **facts) -> Entry:
    return done(of, "rectification.transfer_jurisdiction", on=LATER, by=by, to=to, **facts)


@pytest.fixture
def case(story):
    """A case of the city of Jinan, its order issued and not received."""
    return matter(story("city"), "rectification", "P")


def test_art42_an_order_that_was_not_received_is_not_served_any_more(case):
    case.party.enterprise.actual_address = "旧址路1号"
    case.party.enterprise.save()
    facts = {"finding": "原址已腾退，设备迁至张店区柳泉路9号", "address": "淄博市张店区柳泉路9号"}
    entry = transferred(case, "370303", by="370100", **facts)
    order = Paper.objects.get(dossier=case.dossier, form=11)
    paper = issued("jurisdiction_transfer", entry)
    said = words_of(paper)
    assert f"责令改正通知书（{order.number}）尚未送达，不再送达" in said
    assert facts["finding"] in said
    assert "淄博市张店区柳泉路9号" in said
    assert "旧址路1号" not in said
    assert data_of(paper)["transfer"]["materials"] == ["检验报告", f"责令改正通知书（{order.number}）"]
    assert "继续计算" not in said
    orders.supersede_unserved([entry])
    order.refresh_from_db()
    assert order.status == "superseded"
    with pytest.raises(service.ServiceRefused, match="不再有效"):
        service.begin(order.recipients.get(), "mail", on=LATER, by=actors.of_office(order.issuer), tracking_no="1")


def test_art42_a_city_that_passes_a_case_to_its_county_speaks_of_no_other_place(case):
    entry = transferred(case, "370114", by="370100", finding="市县分工")
    order = Paper.objects.get(dossier=case.dossier, form=11)
    paper = issued("jurisdiction_transfer", entry)
    said = words_of(paper)
    assert "按照市县分工" in said
    assert "实际经营地" not in said
    assert f"责令改正通知书（{order.number}）已经下达，尚未送达，请你局继续送达" in said
    assert who(paper) == {"370114", "P"}
    orders.supersede_unserved([entry])
    order.refresh_from_db()
    assert order.status == "issued"


def test_art42_after_its_receipt_the_periods_of_an_order_run_on(served_case):
    entry = transferred(served_case, "370902", by="370303", finding="迁址", address="泰安市泰山区1号")
    said = words_of(issued("jurisdiction_transfer", entry))
    assert "各项期限按原起算日继续计算" in said
    assert "不再送达" not in said
    assert "及送达凭证" in said
    orders.supersede_unserved([entry])
    assert Paper.objects.get(dossier=served_case.dossier, form=11, party=served_case.party).status == "issued"


def test_art42_a_further_order_on_its_way_goes_along_with_a_served_case(served_case):
    """The register has an heir with the date of the further order (10.1, 10); the letter says no other thing."""
    first = Paper.objects.get(dossier=served_case.dossier, form=11, party=served_case.party)
    further = issued(11, done(served_case, "rectification.supplement_order", on=LATER, by="370702", items=["标志"]))
    entry = transferred(served_case, "370902", by="370702", finding="迁址", address="泰安市泰山区1号")
    paper = issued("jurisdiction_transfer", entry)
    said = words_of(paper)
    assert f"责令改正通知书（{first.number}）已于" in said
    assert f"补充的责令改正通知书（{further.number}）已经下达，尚未送达，请你局继续送达" in said
    assert "不再送达" not in said
    assert "因移送终止" not in said
    proved, to_serve = [name for name in data_of(paper)["transfer"]["materials"] if "责令改正通知书" in name]
    assert (first.number in proved, "及送达凭证" in proved) == (True, True)
    assert (further.number in to_serve, "及送达凭证" in to_serve) == (True, False)


def test_art42_who_writes_gets_no_copy(served_case):
    """A case often leaves the bureau of the registered place, which goes on cooperating."""
    party = served_case.party
    entry = transferred(served_case, "370902", by=party.handler.code, finding="迁址", address="泰安市泰山区1号")
    paper = issued("jurisdiction_transfer", entry)
    assert party.registered_place == paper.issuer.code
    assert paper.issuer.name not in (data_of(paper)["paper"].get("cc") or "")


@pytest.fixture
def served_case(story):
    """A case whose order was received."""
    return matter(story("denial"), "rectification", "N")


@pytest.mark.parametrize(("by", "wanted"), [("370000", {"case_handover"}), ("370702", set())])
def test_art32_only_the_province_hands_a_case_to_another_province(served_case, by, wanted):
    facts = {"to": "320812", "finding": "已迁往淮安", "address": "淮安市清江浦区1号", "letter": "请接收"}
    entry = done(served_case, "rectification.transfer_jurisdiction", on=LATER, by=by, **facts)
    assert letters(entry) == wanted
    if wanted:
        paper = issued("case_handover", entry)
        said = words_of(paper)
        assert data_of(paper)["paper"]["to"] == "江苏省市场监督管理局"
        assert "此项限制没有解除，随案移送" in said
        assert "因移送终止" in said or "没有正在计算的期限" in said
        assert "淮安市清江浦区1号" in said


# Withdrawal (Articles 37 to 43)


@pytest.mark.parametrize(
    ("cause", "says"),
    [
        ("conclusion.annul", "原检验结论已被复议决定或者裁判撤销"),
        ("conclusion.withdraw_external", "组织抽查的部门已经撤销检验结论"),
        ("conclusion.maintain", "不合格项目经复检合格，完整检验报告尚未出具"),
        ("conclusion.retest_conforming", "复检后没有不合格项目"),
        ("denial.find_nonexistent", "核查认定标称生产者不存在"),
    ],
)
def test_a_withdrawn_order_says_why(served_case, cause, says):
    document = {"document": "（2024）鲁01行终1号"} if cause.startswith("conclusion.annul") else {}
    of = matter(served_case.dossier, "conclusion")
    because = done(of, cause, on=LATER, **document)
    entry = done(served_case, "rectification.withdraw", on=LATER, cause=because)
    said = words_of(issued("order_withdrawal", entry))
    assert says in said
    assert ("（2024）鲁01行终1号" in said) == bool(document)


def test_an_annulled_order_is_annulled_and_not_withdrawn_by_the_bureau(served_case):
    facts = {"what": "order", "document": "淄政复决〔2024〕3号", "anew": True}
    entry = done(served_case, "rectification.annul", on=LATER, by="370702", **facts)
    said = words_of(issued("order_withdrawal", entry))
    assert "已被复议决定或者裁判撤销，不再执行" in said
    assert "现予撤回" not in said
    assert "淄政复决〔2024〕3号" in said
    assert "另行下达责令改正通知书" in said
    orders.withdraw_orders([entry])
    assert not that_hold.standing(11, served_case).exists()


def test_only_an_annulled_order_is_written_about(served_case):
    facts = {"what": "recheck", "document": "淄政复决〔2024〕3号"}
    entry = done(served_case, "rectification.annul", on=LATER, by="370702", **facts)
    assert letters(entry) == set()
    orders.withdraw_orders([entry])
    assert that_hold.standing(11, served_case).exists()


# Another province (Articles 32, 42, 52)


@pytest.fixture
def denial(story):
    """The denial of a handed-over case, whose seller is in Jiangsu."""
    of = matter(story("handed_over"), "denial")
    done(of, "denial.find_nonexistent", on=LATER, by="370683", finding="登记机关查无此企业")
    return of


def test_art52_a_county_that_reports_up_writes_to_no_other_province(denial):
    assert letters(done(denial, "denial.escalate", on=LATER, by="370600")) == set()
    assert letters(done(denial, "denial.close", on=LATER, by="370683", before="peer_notified")) == set()
    assert letters(done(denial, "denial.close", on=LATER, before="found_produced")) == set()


def test_art52_the_province_that_closes_a_denial_writes_to_the_other_province(denial):
    entry = done(denial, "denial.close", on=LATER, before="at_province", peer_informed=True)
    assert letters(entry) == {"other_province"}
    paper = issued("other_province", entry)
    said = words_of(paper)
    assert (paper.issuer.code, who(paper)) == ("370000", {"other_province"})
    assert data_of(paper)["paper"]["to"] == "江苏省市场监督管理局"
    assert "标称生产者不存在" in said
    assert "登记机关查无此企业" in said
    assert "检验发现下列产品不合格" not in said


@pytest.mark.parametrize(("by", "reached"), [("370683", "370202"), ("370600", "370200")])
def test_art52_findings_go_to_the_bureau_of_the_same_level(denial, by, reached):
    denial.dossier.parties.filter(role="seller").update(place="370202")
    paper = issued("peer_notice", done(denial, "denial.notify_peer", on=LATER, by=by))
    assert who(paper) == {reached}
    assert "标称生产者不存在" in words_of(paper)


def test_art28_a_lead_about_a_producer_elsewhere_is_referred_by_the_province(story):
    dossier = story("outside")
    producer = dossier.parties.get(label="N")
    of = matter(dossier, "conclusion")
    facts = {"suspicion": "no_licence", "finding": "认证证书已撤销", "evidence": "查询单"}
    done(of, "inspection.terminate_illegal", on=LATER, by="JY01", **facts)
    of.party, of.source_act = producer, "inspection.terminate_illegal"
    entry = done(of, "lead.refer_outside", on=LATER, letter="请依法核查处理")
    assert letters(entry) == {"lead_referral"}
    paper = issued("lead_referral", entry)
    said = words_of(paper)
    assert data_of(paper)["paper"]["to"] == "江苏省市场监督管理局"
    for words in (producer.enterprise.name, "认证证书已撤销", "查询单", "请依法核查处理"):
        assert words in said


# What was told and no longer stands (Articles 38, 41)


@pytest.mark.parametrize(
    ("act", "now"),
    [
        ("conclusion.revoke", "原检验结论撤销"),
        ("conclusion.annul", "原检验结论撤销"),
        ("conclusion.retest_conforming", "合格"),
    ],
)
def test_whoever_was_told_of_a_result_is_told_when_it_falls(story, act, now):
    dossier = story("outside")
    told = Paper.objects.get(dossier=dossier, letter="other_province")
    entry = done(matter(dossier, "conclusion"), act, on=LATER, document="（2024）鲁行终2号")
    assert letters(entry) == {"conclusion_change", "result_withdrawn"}
    paper = issued("conclusion_change", entry)
    assert who(paper) == {"S", "N", "370100"}
    assert f"检验结论的变更告知如下：{now}。" in words_of(paper)
    outside = issued("result_withdrawn", entry)
    assert data_of(outside)["paper"]["to"] == "江苏省市场监督管理局"
    assert told.number in words_of(outside)


def test_nobody_is_told_twice_of_what_form_8_or_10_has_told(story):
    dossier = story("two_objections")
    retest = matter(dossier, "retest", "1")
    closed = done(retest, "retest.close_conforming", on=LATER)
    issued(10, closed)
    entry = done(matter(dossier, "conclusion"), "conclusion.retest_conforming", on=LATER, cause=closed)
    assert "conclusion_change" not in letters(entry)


ORDERS_END = "已经下达的责令改正通知书，由结果处理部门撤回"


def revoked(dossier) -> tuple[Paper, Paper]:
    """What a revocation tells the parties, and Form 8 that says it to the applicant."""
    objection = matter(dossier, "objection", "1")
    facts = {"written_conclusions": ["sampling_body", "lab"], "reason": "sampling"}
    form8 = issued(8, done(objection, "objection.revoke", on=LATER, **facts))
    return form8, issued("conclusion_change", done(matter(dossier, "conclusion"), "conclusion.revoke", on=LATER))


def test_art38_a_withdrawal_is_promised_where_an_order_stands(story):
    assert all(ORDERS_END in words_of(paper) for paper in revoked(story("two_objections")))


@pytest.mark.parametrize("state", ["report_received", "withdrawn", "licence_revoked", "closed_dissolved"])
def test_art38_no_withdrawal_is_promised_where_nothing_is_left_to_withdraw(story, state):
    dossier = story("two_objections")
    moved(matter(dossier, "rectification", "N"), state)
    Paper.objects.filter(dossier=dossier, form=11).update(
        status="superseded" if state == "report_received" else "issued"
    )
    assert not any("责令改正通知书" in words_of(paper) for paper in revoked(dossier))


# A denial across a border (Article 37, R65)


@pytest.mark.parametrize(("role", "city"), [("nominal_producer", "370600"), ("seller", "370700")])
def test_art37_the_city_of_another_province_is_asked_through_its_province(story, role, city):
    dossier = story("denial")
    outside = dossier.parties.get(role=role)
    outside.place, outside.handler = "330106", None
    outside.save()
    entry = done(matter(dossier, "objection", "1"), "objection.transfer_denial", on=LATER)
    assert letters(entry) == {"denial_transfer", "denial_request"}
    here, there = issued("denial_transfer", entry), issued("denial_request", entry)
    assert data_of(there)["paper"]["to"] == "浙江省市场监督管理局"
    assert who(here) == {city}
    assert "函复我局" in words_of(there)


def test_art37_two_cities_of_ours_are_asked_by_the_province_alone(story):
    entry = done(matter(story("denial"), "objection", "1"), "objection.transfer_denial", on=LATER)
    assert letters(entry) == {"denial_transfer"}


def test_a_conclusion_that_is_maintained_has_not_changed(story):
    dossier = story("denial")
    assert letters(done(matter(dossier, "conclusion"), "conclusion.maintain", on=LATER)) == set()


def test_art30_with_no_failed_item_left_before_the_full_report_whoever_was_told_is_told(story):
    dossier = story("partial")
    retest = matter(dossier, "retest", "1")
    done(retest, "retest.close_conforming", on=LATER)
    entry = done(matter(dossier, "conclusion"), "conclusion.maintain", on=LATER)
    assert letters(entry) == {"conclusion_change"}
    assert "待完整检验报告出具后确定" in words_of(issued("conclusion_change", entry))
    assert letters(done(matter(dossier, "conclusion"), "conclusion.maintain", on=LATER)) == set()


@pytest.mark.parametrize(
    ("conclusion", "items", "wanted"),
    [
        ("provisional_nonconforming", {"导体电阻": "fail"}, {"other_province"}),
        ("revoked", {"导体电阻": "fail"}, set()),
        ("provisional_nonconforming", {"导体电阻": "pass"}, set()),
    ],
)
def test_art32_another_province_hears_only_of_a_result_that_stands(story, conclusion, items, wanted):
    """Revoked while the rest was tested after a danger report, or passed in the retest before it (30, 33, R55)."""
    dossier = story("outside")
    moved(matter(dossier, "conclusion"), conclusion)
    named = [{"name": name, "kind": "performance", "result": result} for name, result in items.items()]
    report = {"conclusion": "nonconforming", "items": named}
    entry = done(matter(dossier, "inspection"), "inspection.issue_report", on=LATER, by="JY01", **report)
    assert letters(entry) == wanted


def test_art27_the_parties_are_told_that_no_result_will_come(story):
    dossier = story("field")
    of = matter(dossier, "sampling")
    entry = done(of, "inspection.stop_unit_lost", on=LATER, by="JY01")
    entry.matter = _of_all_parties(of)
    paper = issued("no_result", entry)
    said = words_of(paper)
    assert (paper.issuer.code, who(paper)) == ("370000", {"S", "N"})
    assert "不再出具检验报告" in said
    assert "抽样作废" in said


def _of_all_parties(of):
    of.about = lambda _word: list(of.dossier.parties.select_related("enterprise").order_by("label"))
    return of


# The handler and the public (Articles 45, 51, 57)


def test_art45_a_finding_that_the_conditions_are_restored_is_served(served_case):
    facts = {"basis": "breach", "finding": "现场正在生产", "evidence": "笔录"}
    entry = done(served_case, "rectification.conditions_restored", on=LATER, by="370702", **facts)
    paper = issued("restoration_notice", entry)
    said = words_of(paper)
    assert (paper.issuer.code, who(paper)) == ("370702", {"N"})
    for words in ("现场正在生产", "笔录", "■违反规定恢复生产、销售", "15日内组织复查", "送达回证"):
        assert words in said


@pytest.fixture
def announcement(served_case):
    """An announcement about the case."""
    with session():
        served_case.dossier = hold(served_case.dossier_id)
        cause = Entry.objects.filter(dossier=served_case.dossier).last()
        report = MATTERS["announcement"].new(served_case.dossier, served_case.party, case=served_case)
        proceed([report], "create", on=LATER, cause=cause)
    return report


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        (
            {"basis": "court", "document": "（2024）鲁01行终9号", "text": "删去第1项。"},
            ("人民法院裁判或者行政复议决定", "（2024）鲁01行终9号", "删去第1项。"),
        ),
        ({"basis": "clerical", "document": "更正审批表3号", "text": "型号改为B。"}, ("文字差错", "型号改为B。")),
        ({"basis": "changed"}, ("有关事实已经变化", "责令改正通知书已经撤回")),
    ],
)
def test_art51_a_correction_names_its_basis(announcement, facts, says):
    moved(matter(announcement.dossier, "rectification", announcement.label), "withdrawn")
    number = issued("announcement", done(announcement, "announcement.announce", on=LATER)).number
    said = words_of(issued("correction_notice", done(announcement, "announcement.correct", on=LATER, **facts)))
    for words in (f"《产品质量监督抽查复查不合格公告》（{number}）", *says):
        assert words in said


def test_art57_with_the_publication_governments_are_told_in_numbers(story):
    dossier = story("outside")
    task = dossier.parent
    of = matter(task, "task")
    paper = issued("publication_report", done(of, "publication.publish", on=LATER))
    assert who(paper) == {"governments"}
    assert data_of(paper)["publication"]["targets"] == 1
    assert "同级有关部门：" in words_of(paper)


@pytest.mark.parametrize(
    ("stopped", "says"), [(False, "原公开为“合格”"), (True, "原公开为“检验终止，复检项目合格，不对样品作出合格结论”")]
)
def test_art57_a_correction_says_what_was_published_and_what_holds(story, stopped, says):
    """A sample whose testing was stopped was never published as conforming (reading R29)."""
    dossier = story("outside")
    moved(matter(dossier, "conclusion"), "revoked")
    if stopped:
        moved(matter(dossier, "inspection"), "terminated_illegal")
    of = matter(dossier.parent, "task")
    of.published = {dossier.number: "final_conforming"}
    paper = issued("correction_notice", done(of, "publication.correct", on=LATER, reason="changed"))
    assert f"{dossier.number}：{says}，更正为“检验结论已经撤销”。" in words_of(paper)
    court = issued(
        "correction_notice", done(matter(dossier.parent, "task"), "publication.correct", on=LATER, reason="court")
    )
    assert court.gaps == ["announcement.corrected"]


# Receipts


def test_a_receipt_is_noted_on_the_newest_paper_that_holds(story):
    objection = matter(story("two_objections"), "objection", "1")
    first = Paper.objects.get(dossier=objection.dossier, form=8)
    entry = done(objection, "objection.decide_anew", on=LATER, decision="maintain", cause_="unit", finding="失效")
    second = issued(8, entry)
    fate.replace_earlier([entry])
    retests.take_commission_back([entry])
    first.refresh_from_db()
    commission = Paper.objects.get(dossier=objection.dossier, form=9)
    assert (first.status, commission.status) == ("superseded", "withdrawn")
    assert that_hold.newest(8, objection) == second


def test_an_older_order_is_received_without_starting_a_period(story):
    """Both orders of a case may be on their way: the sixty days start with the further one (reading R31)."""
    case = matter(story("city"), "rectification", "P")
    first = Paper.objects.get(dossier=case.dossier, form=11)
    issued(11, done(case, "rectification.supplement_order", on=date(2024, 3, 25), by="370100", items=["导体电阻"]))
    act, _facts = service._receipt(first.recipients.get(), "", None)  # noqa: SLF001
    assert act is None
    newest = Recipient.objects.get(paper=that_hold.newest(11, case), party__isnull=False)
    act, _facts = service._receipt(newest, "", None)  # noqa: SLF001
    assert act.spec.name == "rectification.record_order_receipt"
