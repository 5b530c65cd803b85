"""The numbered forms of the second edition: what they say, and what they never say (acceptance text, 10.4)."""

from datetime import date

import pytest

from spotcheck.docket.models import Entry
from spotcheck.notices.models import Paper
from tests.notices.second import data_of, done, issued, matter, moved, who, words_of

APRIL = date(2024, 4, 5)
MAY = date(2024, 5, 20)
REVOKED = "撤销原检验结论，适时组织重新抽样"


# Form 8


@pytest.fixture
def denial(story):
    """The objection of a nominal producer that denies, before the cities have answered."""
    return matter(story("denial"), "objection", "1")


def cities_found(denial, produced, **facts):
    both = ["nominal_producer_city", "seller_city"]
    done(denial, "objection.denial_findings", on=date(2023, 4, 3), from_=both, produced=produced, **facts)


def upheld(denial, **facts) -> Paper:
    writers = ["sampling_body", "lab"]
    return issued(8, done(denial, "objection.uphold_denial", on=date(2023, 4, 4), written_conclusions=writers, **facts))


@pytest.mark.parametrize("produced", [False, "no"])
def test_art37_an_upheld_denial_is_a_decision_of_its_own(denial, produced):
    cities_found(denial, produced, documents=["潍市监函〔2023〕7号", "烟市监函〔2023〕4号"])
    paper = upheld(denial)
    said = words_of(paper)
    assert data_of(paper)["objection"]["decision"] == "denial_upheld"
    assert "不认定为你单位生产" in said
    assert "原检验结论对其他当事人不变" in said
    assert REVOKED not in said
    assert "因原检验结论已经下达的责令改正通知书" not in said
    assert "标称生产者所在地市局、被抽样销售者所在地市局均核查认定产品不是标称生产者生产" in said
    assert "潍市监函〔2023〕7号、烟市监函〔2023〕4号" in said
    assert "抽样机构、检验机构已出具" not in said


def test_art37_only_the_applicants_own_order_is_withdrawn_with_the_denial(denial):
    cities_found(denial, produced=False)
    own = Paper.objects.get(form=11, party=denial.party)
    other = Paper.objects.get(form=11, party__role="seller")
    said = words_of(upheld(denial))
    assert f"向你单位下达的责令改正通知书（{own.number}）由结果处理部门撤回" in said
    assert other.number not in said
    Paper.objects.filter(pk=own.pk).update(status="withdrawn")
    assert "撤回" not in words_of(upheld(denial))


def test_art37_where_the_cities_differ_the_decision_says_why_it_follows_the_one(denial):
    cities_found(denial, "differ")
    paper = upheld(denial, reason="烟台市局的结论以生产台账和模具编号为据，潍坊市局未取得相反证据")
    said = words_of(paper)
    assert "核查结论不一致" in said
    assert "烟台市局的结论以生产台账和模具编号为据" in said
    assert "objection.follows" in upheld(denial).gaps
    assert "objection.follows" not in paper.gaps


def test_art38_copies_go_to_the_city_of_every_party(denial):
    cities_found(denial, produced=False)
    assert who(upheld(denial)) == {"N", "370600", "370700"}


def test_art38_every_city_that_got_the_report_gets_the_decision_on_a_retest(story):
    objection = matter(story("two_objections"), "objection", "1")
    paper = Paper.objects.get(dossier=objection.dossier, form=8)
    assert who(paper) == {"N", "371300", "371400"}


def test_a_denial_maintained_says_what_the_cities_found(denial):
    cities_found(denial, "yes")
    facts = {"written_conclusions": ["sampling_body", "lab"], "reason": "unfounded", "verdicts": "support"}
    said = words_of(issued(8, done(denial, "objection.maintain", on=date(2023, 4, 4), **facts)))
    assert "均核查认定产品系标称生产者生产" in said
    assert "维持原检验结论（规范第三十八条）。" in said


def decided_anew(story, *, compromised="natural", **facts):
    objection = matter(story("two_objections"), "objection", "1")
    if compromised:
        done(objection, "sample.compromise", on=date(2024, 5, 12), label="R", cause_=compromised, evidence="照片")
    facts = {"finding": "备用样品的密封袋已经失效，无法检验", "cause_": "unit"} | facts
    return objection, done(objection, "objection.decide_anew", on=MAY, **facts)


def test_art38_a_retest_that_cannot_be_held_is_decided_anew_on_a_finding(story):
    objection, entry = decided_anew(story, decision="maintain")
    first = Paper.objects.get(dossier=objection.dossier, form=8)
    paper = issued(8, entry)
    said = words_of(paper)
    assert f"《异议处理通知书》（{first.number}）决定组织的复检，因备用样品不再适于复检不能进行" in said
    assert "备用样品的密封袋已经失效，无法检验" in said
    for answer in ("维持原检验结论", "样品自然失效", "备用样品不再适于复检"):
        assert f"■{answer}" in said
    assert "复检须知" not in said
    assert not [gap for gap in paper.gaps if gap.startswith(("retest", "objection.anew", "objection.maintain"))]


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"compromised": "lab", "decision": "revoke"}, ("revoke_reason", "unit_lost")),
        ({"compromised": "", "cause_": "no_body", "decision": "maintain"}, ("maintain_reason", "no_body")),
        ({"compromised": "natural", "decision": "maintain"}, ("maintain_reason", "expired")),
    ],
)
def test_art38_what_follows_from_a_new_decision_has_its_reason(story, facts, reason):
    _objection, entry = decided_anew(story, **facts)
    paper = issued(8, entry)
    assert data_of(paper)["objection"][reason[0]] == reason[1]
    assert (REVOKED in words_of(paper)) == (facts["decision"] == "revoke")


def test_expired_says_what_the_record_of_the_reserve_unit_says(story):
    """A unit that another retest has used has not expired by itself (Article 38)."""
    objection = matter(story("two_objections"), "objection", "2")
    moved(matter(objection.dossier, "sample", "R"), "retested")
    paper = issued(8, done(objection, "objection.maintain", on=MAY, reason="expired"))
    assert data_of(paper)["objection"]["maintain_reason"] == "used"


# Forms 9 and 12


def test_art40_who_tests_again_is_told_nothing_of_the_first_test(story):
    dossier = story("two_objections")
    Entry.objects.filter(dossier=dossier, act="inspection.issue_report").get()
    retest = matter(dossier, "retest", "1")
    done(retest, "inspection.issue_report", on=APRIL, report_number="JY-77", conclusion="nonconforming",
         items=[{"name": name, "result": "fail", "limit": "≤7", "value": "8.02"} for name in "AB"])  # fmt: skip
    paper = issued(9, done(retest, "retest.commission", on=MAY, items=["A", "B"]))
    said = words_of(paper)
    assert "JY-77" not in said
    assert "8.02" not in said
    assert "不合格" not in said
    assert retest.party.enterprise.name in said
    assert "一般仅对与异议相关的检验项目进行复检" in said
    assert "必要时，初检技术机构、异议申请人等相关方可以现场见证复检过程" in said


def test_art40_another_body_gets_a_commission_that_replaces_the_first(story):
    retest = matter(story("two_objections"), "retest", "1")
    first = Paper.objects.get(dossier=retest.dossier, form=9)
    facts = {"retest_lab": "JS01", "reason": "设备故障"}
    paper = issued(9, done(retest, "retest.recommission", on=MAY, **facts))
    assert data_of(paper)["retest"]["lab"] == "技术机构"
    assert who(paper) == {"JS01"}
    assert f"本委托书取代复检委托书{first.number}" in words_of(paper)
    assert data_of(paper)["retest"]["items"] == ["A", "B"]


# Form 10


@pytest.fixture
def retest(story):
    """A retest of the items A and B before the full report."""
    return matter(story("partial"), "retest", "1")


def result(retest, **verdicts) -> Paper:
    items = [{"name": name, "result": verdict} for name, verdict in verdicts.items()]
    done(retest, "retest.report", on=APRIL, items=items)
    method = "close_nonconforming" if "fail" in verdicts.values() else "close_conforming"
    return issued(10, done(retest, f"retest.{method}", on=APRIL))


def test_art30_before_the_full_report_no_sample_is_called_conforming(retest):
    paper = result(retest, A="pass", B="pass")
    said = words_of(paper)
    assert "本次复检项目合格；完整检验报告尚未出具" in said
    assert "■复检项目合格" in said
    assert "■待完整检验报告出具后确定" in said
    for never in ("样品的检验结论改为合格", "■合格", "■不合格", "■原检验结论改为合格"):
        assert never not in said
    assert "已经下达的责令改正通知书由结果处理部门撤回" in said


def test_art43_where_no_order_stands_form_10_promises_no_withdrawal(retest):
    moved(matter(retest.dossier, "rectification", "P"), "withdrawn")
    assert "责令改正通知书" not in words_of(result(retest, A="pass", B="pass"))


def test_art41_a_retest_that_fails_in_part_is_told_item_by_item(retest):
    paper = result(retest, A="pass", B="fail")
    data = data_of(paper)["retest"]
    assert [(row["name"], row["first_verdict"], row["verdict"], row["agrees"]) for row in data["results"]] == [
        ("A", "不合格", "合格", "不一致"),
        ("B", "不合格", "不合格", "一致"),
    ]
    assert (data["agreement"], data["conclusion"], data["still_failed"]) == ("partly", "partly", ["B"])
    assert "部分合格、部分不合格，见各项目；完整检验报告尚未出具" in words_of(paper)
    assert "由结果处理部门撤回" not in words_of(paper)


@pytest.mark.parametrize("stop", ["inspection.terminate_illegal", "inspection.stop_unit_lost"])
def test_art28_after_a_stopped_test_no_sample_is_called_conforming(retest, stop):
    done(retest, stop, on=APRIL)
    said = words_of(result(retest, A="pass", B="pass"))
    assert "不表明样品合格" in said
    assert "■检验已经终止，不作合格结论" in said
    assert "■合格" not in said


def reported(retest, **verdicts):
    items = [{"name": name, "result": verdict} for name, verdict in verdicts.items()]
    done(retest, "inspection.issue_report", on=APRIL, conclusion="nonconforming", items=items)


def test_art41_after_the_full_report_the_effect_follows_from_all_items(retest):
    reported(retest, A="fail", B="fail", C="fail")
    paper = result(retest, A="pass", B="pass")
    data = data_of(paper)["retest"]
    assert (data["final"], data["effect"], data["still_failed"]) == ("nonconforming", "items", ["C"])
    assert "样品仍有不合格项目，检验结论仍为不合格" in words_of(paper)


def test_art41_what_an_earlier_retest_found_counts(retest):
    """A passed item of an earlier retest is not failed any more."""
    reported(retest, A="fail", B="fail", C="fail")
    done(retest, "objection.file", on=APRIL, label="9", items=["C"])
    done(retest, "retest.report", on=APRIL, label="9", items=[{"name": "C", "result": "pass"}])
    done(retest, "retest.close_conforming", on=APRIL, label="9")
    data = data_of(result(retest, A="pass", B="pass"))["retest"]
    assert (data["final"], data["effect"]) == ("conforming", "changed")


def test_art38_a_retest_answers_every_objection_whose_items_stood_on_form_9(story):
    retest = matter(story("two_objections"), "retest", "1")
    paper = result(retest, A="pass", B="pass")
    seller = matter(retest.dossier, "objection", "2").party.enterprise
    said = words_of(paper)
    assert who(paper) == {"N", "S", "371300", "371400"}
    assert data_of(paper)["paper"]["to"].split("、") == [retest.party.enterprise.name, seller.name]
    assert data_of(paper)["applicant"]["credit_code"] == retest.party.enterprise.credit_code
    (other,) = data_of(paper)["retest"]["others"]
    assert (other["name"], other["credit_code"], other["role"]) == (seller.name, seller.credit_code, "被抽样销售者")
    assert "已并入本次复检（第三十八条第三项）：复检项目合格" in said
    assert data_of(paper)["retest"]["final"] == "conforming"


def test_art41_an_objection_that_stood_only_in_part_on_form_9_stays_open(story):
    retest = matter(story("two_objections"), "retest", "1")
    other = matter(retest.dossier, "objection", "2")
    type(other).objects.filter(pk=other.pk).update(items=["B", "C"])
    paper = result(retest, A="pass", B="pass")
    assert who(paper) == {"N", "371300", "371400"}
    assert data_of(paper)["retest"]["final"] == "objection_open"
    assert "样品的检验结论改为合格" not in words_of(paper)


def test_the_fee_of_a_retest_stands_on_no_paper(retest):
    said = words_of(result(retest, A="fail", B="fail"))
    assert "费用" not in said
    assert "不再受理对同一检验结论的异议" not in said
    assert "对已经复检的项目的检验结果，不再受理异议" in said


# Form 11


def test_art43_an_order_names_the_items_it_is_for(retest):
    case = matter(retest.dossier, "rectification", "P")
    reported(retest, A="fail", B="fail", C="fail")
    first = Paper.objects.get(dossier=retest.dossier, form=11)
    order = done(case, "rectification.supplement_order", on=APRIL, items=["C"], by="370700")
    paper = issued(11, order)
    data = data_of(paper)
    assert [row["name"] for row in data["report"]["failed"]] == ["C"]
    assert f"是对责令改正通知书{first.number}的补充" in words_of(paper)


def test_art43_a_second_case_orders_the_further_items_only(retest):
    case = matter(retest.dossier, "rectification", "P")
    reported(retest, A="fail", B="fail", C="fail")
    paper = issued(11, done(case, "rectification.issue_order", on=APRIL, items=["C"], by="370700"))
    assert [row["name"] for row in data_of(paper)["report"]["failed"]] == ["C"]
    assert "本通知书只涉及下列不合格项目" in words_of(paper)


def test_art41_an_item_that_a_retest_passed_is_not_ordered(retest):
    result(retest, A="pass", B="fail")
    case = matter(retest.dossier, "rectification", "P")
    paper = issued(11, done(case, "rectification.issue_order", on=APRIL, by="370700"))
    assert [row["name"] for row in data_of(paper)["report"]["failed"]] == ["B"]
    assert "本通知书只涉及" not in words_of(paper)


# Forms 1, 3, 5, 6, 7, 13


def test_art13_a_sampler_who_is_added_stands_on_a_new_notice_with_the_others(story):
    sampling = matter(story("field"), "sampling")
    first = Paper.objects.get(dossier=sampling.dossier, form=1)
    paper = issued(
        1, done(sampling, "sampling.add_sampler", on=date(2024, 3, 12), by="CY01", in_="刘洋", reason="取样量大")
    )
    assert data_of(paper)["sampling"]["samplers"] == ["张伟", "李娜", "刘洋"]
    assert f"取代{first.number}" in words_of(paper)


def test_art14_a_report_of_the_samplers_carries_finding_and_evidence(story):
    sampling = matter(story("field"), "sampling")
    facts = {"suspicion": "no_licence", "finding": "营业执照已被吊销", "evidence": "执照查询截图"}
    paper = issued(3, done(sampling, "sampling.terminate_illegal", on=date(2024, 3, 12), by="CY01", **facts))
    lead = data_of(paper)["lead"]
    assert (lead["description"], lead["evidence"]) == ("营业执照已被吊销", [{"name": "执照查询截图"}])
    assert lead["about"] == [sampling.about("county")[0].enterprise.name]
    assert who(paper) == {"370000", "370202"}


@pytest.mark.parametrize(
    ("named", "counties"),
    [({}, {"370202", "370702"}), ({"producer": "N"}, {"370702"}), ({"producer": "P"}, {"370202"})],
)
def test_art28_a_report_of_the_laboratory_goes_to_the_counties_of_the_producers_it_means(story, named, counties):
    sampling = matter(story("two_producers"), "sampling")
    facts = {"suspicion": "no_licence", "finding": "证书已注销", "evidence": "查询单"} | named
    paper = issued(3, done(sampling, "inspection.terminate_illegal", on=date(2024, 3, 20), by="JY01", **facts))
    assert who(paper) == {"370000", *counties}
    lead = data_of(paper)["lead"]
    assert (len(lead["about"]), lead["description"], lead["stage"]) == (len(counties), "证书已注销", "testing")


@pytest.mark.parametrize(
    ("facts", "pictures"),
    [({"media": "门口录像一段"}, "门口录像一段"), ({"no_media_reason": "设备被夺走"}, "没有影像：设备被夺走")],
)
def test_art21_a_record_of_obstruction_carries_what_was_done_and_the_pictures(story, facts, pictures):
    sampling = matter(story("field"), "sampling")
    facts |= {"conduct": "gate_locked", "finding": "三次敲门无人应答后，门内人员将卷帘门放下"}
    paper = issued(6, done(sampling, "sampling.record_obstruction", on=date(2024, 3, 12), by="CY01", **facts))
    refusal = data_of(paper)["refusal"]
    assert (refusal["facts"], refusal["evidence"]) == (facts["finding"], [pictures])


def test_art30_a_notice_of_a_danger_report_says_that_the_full_report_is_still_out(retest):
    paper = Paper.objects.get(dossier=retest.dossier, form=7)
    said = words_of(paper)
    assert "完整检验报告尚未出具" in said
    assert data_of(paper)["report"]["attachments"] == ["不合格项目检验报告"]


def test_art33_a_notice_sent_after_a_retest_says_what_has_passed_since(retest):
    """It tells the result that was reported, and never that the sample conforms."""
    result(retest, A="pass", B="pass")
    notice = matter(retest.dossier, "result_notice", "P")
    report = data_of(issued(7, done(notice, "result_notice.send", on=APRIL)))["report"]
    assert report["conclusion"] == "nonconforming"
    assert {row["verdict"] for row in report["failed"]} == {"不合格（已经复检合格）"}


def test_art32_a_party_elsewhere_is_not_told_of_an_order_from_here(story):
    dossier = story("outside")
    papers = {paper.party.label: words_of(paper) for paper in Paper.objects.filter(dossier=dossier, form=7)}
    assert "下达责令改正通知书" in papers["S"]
    assert "下达责令改正通知书" not in papers["N"]
    assert "由本局通报你单位所在地的省级市场监督管理部门" in papers["N"]
