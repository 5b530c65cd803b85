"""What else happened in 2023, outside the published batch: ways on which no result is published, or another one."""

from django.db.models import QuerySet

from spotcheck.demo.file import File
from spotcheck.demo.scheme import BATCH
from spotcheck.demo.stories.parts import (
    announced,
    arrival,
    failed_on_site,
    handled_here,
    lapsed,
    nonconforming,
    noticed,
    noticed_by_laboratory,
    ordered,
    passed_on_site,
    passed_on_test,
    report,
    report_conforming,
    report_danger,
    testing_begins,
    testing_ends,
    visit,
    visit_day,
    window_over,
)
from spotcheck.demo.timeline import Story, Together
from spotcheck.docket.models import Dossier, Party


def refused_within_six_months(file: File) -> Story:
    """The same product was sampled in spring: the firm may refuse, and the date is computed (Article 19(4))."""
    yield from visit_day(file)
    file.do("sampling.present_notice")
    maker = file.party("P").enterprise
    earlier = sampled_in_spring(maker.credit_code, file.dossier.sample_file.product_model).get()
    file.do("sampling.claim_refusal", ground="19(4)", earlier_check={"dossier": earlier.pk})
    yield file.working(2)
    file.do("sampling.accept_refusal")


def sampled_in_spring(credit_code: str, model: str) -> "QuerySet[Dossier]":
    """Return the batches of this product that the published check had taken."""
    return Dossier.objects.filter(
        number__contains=f"-{BATCH}-",
        sample_file__producer__credit_code=credit_code,
        sample_file__product_model=model,
        parties__role=Party.Role.SAMPLED_PRODUCER,
        tracks__chart="sampling",
        tracks__state="sampled",
    )


def refused_without_ground(file: File) -> Story:
    """A check of the city is no ground to refuse one of the province; the sampling goes on (Article 19)."""
    yield from visit_day(file)
    file.do("sampling.present_notice")
    check = {"organiser": "city", "sampled": file.today.replace(day=1).isoformat(), "same_product": True}
    file.do("sampling.claim_refusal", ground="19(4)", earlier_check=check)
    yield file.working(1)
    file.do("sampling.reject_refusal")
    yield file.working(2)
    file.do("sampling.pass_precheck")
    file.do("sampling.complete_sampling")
    file.do("sample.dispatch", label="T")
    file.do("sample.leave_with_enterprise", label="R")
    yield file.working(1)
    file.do("sample.receive", label="T")
    file.do("inspection.receive_sample")
    file.do("inspection.clear_qualification")
    yield file.working(2)
    yield Together(testing_begins, file)
    yield file.after(12)
    yield Together(testing_ends, file)
    yield Together(report_conforming, file)
    yield from noticed_by_laboratory(file)


def closed_down(file: File) -> Story:
    """The firm has closed, which is verified from records, workshop and warehouse (Article 20)."""
    yield from visit_day(file)
    file.do("sampling.record_not_sampled", cause="closed")


def obstructed(file: File) -> Story:
    """The gate stays locked: obstruction, a lead to the county, a case that is concluded (Articles 21, 22, 56)."""
    yield from visit_day(file)
    file.do("sampling.present_notice")
    file.do("sampling.record_obstruction", conduct="gate_locked")
    yield from lead_followed(file, "lead.file_case", "lead.conclude")


def unlicensed(file: File) -> Story:
    """The marking names another firm: the visit ends, Form 3 goes out at once (Article 14)."""
    yield from visit_day(file)
    file.do("sampling.present_notice")
    file.do("sampling.terminate_illegal", suspicion="forged_name")
    yield from lead_followed(file, "lead.file_case", "lead.conclude")


def lead_followed(file: File, *ends: str) -> Story:
    """The county takes the lead over, verifies it, and ends it (Articles 22, 56)."""
    yield file.working(1)
    file.do("lead.acknowledge", label="1")
    yield file.working(3)
    file.do("lead.verify", label="1")
    for end in ends:
        yield file.after(20)
        file.do(end, label="1")


def revoked(file: File) -> Story:
    """The sampling was not in order: the conclusion is revoked, the order withdrawn, the sampling void (Article 38)."""
    yield from nonconforming(file, "绝缘最薄处厚度")
    file.do("rectification.receive_report", "P")
    yield file.working(4)
    file.do("rectification.issue_order", "P")
    file.do("objection.file", "P", grounds="sampling")
    yield file.working(3)
    file.do("rectification.record_order_receipt", "P")
    file.do("objection.start_verification", label="1")
    yield file.working(5)
    file.do("objection.ask_experts", label="1")
    yield file.working(5)
    file.do("objection.expert_opinion", label="1", by="province")
    yield file.working(3)
    file.do("objection.revoke", label="1", reason="sampling_process")
    yield file.after(3)
    file.do("objection.record_decision_receipt", label="1")


def retest_conforming(file: File) -> Story:
    """The retest finds the disputed item conforming: the whole result changes, the case ends (Article 41)."""
    yield from nonconforming(file, "老化前绝缘抗张强度")
    yield from ordered(file, "P")
    file.do("objection.file", "P")
    yield file.working(3)
    file.do("objection.start_verification", label="1")
    yield file.working(8)
    file.do("objection.order_retest", label="1")
    yield file.after(2)
    file.do("objection.record_decision_receipt", label="1")
    yield file.after(5)
    file.do("retest.complete_formalities", label="1")
    yield file.working(6)
    file.do("retest.commission", label="1")
    yield file.working(3)
    file.do("retest.hand_over_sample", label="1")
    yield file.working(1)
    file.do("retest.start", label="1")
    yield file.after(10)
    found = [{"name": "老化前绝缘抗张强度", "result": "pass", "value": "12.90"}]
    file.do("retest.report", label="1", items=found)
    yield file.working(2)
    file.do("retest.close_conforming", label="1")


def stopped_in_the_laboratory(file: File) -> Story:
    """The licence is missing: no test, a lead about the producer; later the samples go (Articles 27, 28)."""
    yield from visit_day(file)
    yield Together(visit, file)
    yield file.working(2)
    for unit in ("T", "R"):
        file.do("sample.receive", label=unit)
    file.do("inspection.receive_sample")
    yield file.working(1)
    file.do("inspection.terminate_illegal", suspicion="no_licence")
    yield from lead_followed(file, "lead.decline")
    yield file.after(10)
    for unit in ("T", "R"):
        file.do("sample.dispose", label=unit)


def dangerous(file: File) -> Story:
    """A danger is reported before the test is complete; the full report adds an item and a second notice (30, 33)."""
    yield from visit_day(file)
    yield Together(visit, file)
    yield file.working(1)
    yield Together(arrival, file)
    yield file.working(1)
    yield Together(testing_begins, file)
    yield file.working(4)
    report_danger(file, "气密性")
    file.do("result_notice.send", "P")
    yield file.after(2)
    file.do("result_notice.record_receipt", "P")
    yield file.after(12)
    yield Together(testing_ends, file)
    report(file, "气密性", "热效率")
    yield from noticed(file)
    yield from window_over(file)
    yield from ordered(file, "P")
    yield file.after(30)
    file.do("rectification.apply_recheck", "P")
    yield file.after(8)
    yield from passed_on_test(file, "P")


def whole_ladder(file: File) -> Story:
    """Three rechecks fail: announcement, closure, and at last the licence; the ban stays (Article 51)."""
    yield from nonconforming(file, "干烟气中一氧化碳浓度", "熄火保护装置")
    yield from window_over(file)
    yield from ordered(file, "P")
    yield from lapsed(file, "P")
    yield file.after(5)
    yield from failed_on_site(file, "P")
    yield file.working(3)
    yield from announced(file, "P")
    yield file.after(80)
    yield from passed_on_test(file, "P", conclusion="nonconforming")
    yield file.working(4)
    file.do("rectification.order_closure", "P", until=file.after(60))
    yield file.after(66)
    yield from passed_on_test(file, "P", conclusion="nonconforming")
    yield file.working(6)
    file.do("rectification.revoke_licence", "P")


def bought_online(file: File) -> Story:
    """A purchase online as a consumer; the sample fails, seller and producer rectify (Articles 23 to 26, 42)."""
    yield from bought(file)
    yield file.working(2)
    yield Together(arrival, file)
    yield file.working(1)
    yield Together(testing_begins, file)
    yield file.after(9)
    yield Together(testing_ends, file)
    report(file, "过滤效率")
    yield from noticed(file)
    yield from window_over(file)
    yield from ordered(file, *handled_here(file))
    yield file.after(24)
    for label in handled_here(file):
        file.do("rectification.apply_recheck", label)
    yield file.after(5)
    for maker in set(handled_here(file)) & {"N"}:
        yield from passed_on_test(file, maker)
    yield from passed_on_site(file, "S")


def bought(file: File) -> Story:
    """From the order to the sealed units (Articles 24 to 26)."""
    yield from visit_day(file)
    file.do("purchase.place_order")
    yield file.after(4)
    file.do("purchase.receive_parcel")
    file.do("purchase.unseal_and_check")
    file.do("purchase.seal_and_notify")
    for unit in ("T", "R"):
        file.do("sample.dispatch", label=unit)


def wrong_goods(file: File) -> Story:
    """The parcel holds something else: the purchase has failed (Article 26)."""
    yield from visit_day(file)
    file.do("purchase.place_order")
    yield file.after(5)
    file.do("purchase.receive_parcel")
    file.do("purchase.fail", cause="wrong_goods")


def conforming_online(file: File) -> Story:
    """A purchase online that conforms."""
    yield from bought(file)
    yield file.working(2)
    yield Together(arrival, file)
    yield file.working(1)
    yield Together(testing_begins, file)
    yield file.after(11)
    yield Together(testing_ends, file)
    yield Together(report_conforming, file)
    yield from noticed_by_laboratory(file)
