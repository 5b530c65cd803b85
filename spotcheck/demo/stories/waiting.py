"""Sampling, testing and objections that wait for somebody today. ``ago(file, n)`` is n days before today."""

from spotcheck.demo.accounts import SELLER
from spotcheck.demo.cast import appoint
from spotcheck.demo.days import begun, contested
from spotcheck.demo.file import File
from spotcheck.demo.stories.parts import (
    arrival,
    province_has_slips,
    province_sends,
    report,
    report_danger,
    testing_begins,
    testing_ends,
    visit,
)
from spotcheck.demo.timeline import Story, Together
from spotcheck.rules.sd_2021_1.period_codes import COMMISSION_RETEST, LODGE_OBJECTION, RETEST_FORMALITIES


def assigned(file: File) -> Story:
    """A visit that nobody has begun (Article 12)."""
    yield from ()


def sampler_replaced(file: File) -> Story:
    """One of those drawn is ill: the next of the drawn order comes, and Form 1 will name that one (Articles 12, 13)."""
    yield file.ago(1)
    file.do("sampling.replace_sampler", reason="illness")


def refusal_pending(file: File) -> Story:
    """The firm says that the same product was checked within six months; the province decides (Article 19(4))."""
    yield file.ago(1)
    file.do("sampling.present_notice")
    check = {"organiser": "province", "sampled": file.ago(100).isoformat(), "same_product": True}
    file.do("sampling.claim_refusal", ground="19(4)", earlier_check=check)


def ordered_online(file: File) -> Story:
    """Bought, not yet delivered (Articles 24, 25)."""
    yield file.ago(2)
    file.do("purchase.place_order")


def parcel_here(file: File) -> Story:
    """The parcel is here, and still closed (Article 26)."""
    yield file.ago(5)
    file.do("purchase.place_order")
    yield file.ago(1)
    file.do("purchase.receive_parcel")


def on_the_way(file: File) -> Story:
    """Sampled, and on the way to the laboratory (Article 27)."""
    yield file.ago(1)
    yield Together(visit, file)


def in_test(file: File) -> Story:
    """In the laboratory's hands (Article 29)."""
    yield file.ago(16)
    yield Together(visit, file)
    yield file.ago(14)
    yield Together(arrival, file)
    yield file.ago(12)
    yield Together(testing_begins, file)


def tests_complete(file: File) -> Story:
    """Every item has its result; the report is still to be issued (Article 31)."""
    yield from in_test(file)
    yield file.ago(1)
    yield Together(testing_ends, file)


def danger_reported(file: File) -> Story:
    """Failed items alone show a danger: the partial report is out, the test goes on (Article 30)."""
    yield from in_test(file)
    yield file.ago(1)
    report_danger(file, "气密性")


def suspicion_on_site(file: File) -> Story:
    """The samplers met a forged name; the county has not yet taken the lead over (Articles 14, 22)."""
    yield file.ago(2)
    file.do("sampling.present_notice")
    file.do("sampling.terminate_illegal", suspicion="forged_name")


def suspicion_in_laboratory(file: File) -> Story:
    """The licence is missing; the county is verifying the lead (Articles 28, 56)."""
    yield file.ago(9)
    yield Together(visit, file)
    yield file.ago(7)
    for unit in ("T", "R"):
        file.do("sample.receive", label=unit)
    file.do("inspection.receive_sample")
    file.do("inspection.terminate_illegal", suspicion="no_licence")
    yield file.ago(5)
    file.do("lead.acknowledge", label="1")
    yield file.ago(3)
    file.do("lead.verify", label="1")


def suspicion_outside(file: File) -> Story:
    """The licence is missing, and the producer is in another province: only the province can refer it (28, 32)."""
    yield file.ago(9)
    yield Together(visit, file)
    yield file.ago(7)
    for unit in ("T", "R"):
        file.do("sample.receive", label=unit)
    file.do("inspection.receive_sample")
    yield file.ago(4)
    file.do("inspection.terminate_illegal", suspicion="no_licence")


def reported(file: File, back: int, *failed: str) -> Story:
    """Sampled, tested and reported as not conforming so many days ago."""
    yield file.ago(back + 18)
    yield Together(visit, file)
    yield file.ago(back + 16)
    yield Together(arrival, file)
    yield file.ago(back + 13)
    yield Together(testing_begins, file)
    yield file.ago(back)
    yield Together(testing_ends, file)
    report(file, *failed)


def served(file: File, back: int, slip: int, *failed: str) -> Story:
    """As :func:`reported`, and Form 7 received by every party ``slip`` days ago."""
    yield from reported(file, back, *failed)
    yield file.ago(back - 2)
    yield Together(province_sends, file)
    yield file.ago(slip)
    yield Together(province_has_slips, file)


def sent(file: File) -> Story:
    """Reported, and Form 7 sent to every party."""
    yield from reported(file, 24, *_CLOTHES)
    yield file.ago(21)
    yield Together(province_sends, file)


_CLOTHES = ("甲醛含量",)
_CABLES = ("20℃导体电阻",)


def window_ends_today(file: File) -> Story:
    """The seller may object until today; the producer's slip has not come back (Article 35)."""
    yield from sent(file)
    yield begun(LODGE_OBJECTION, file.world.last)
    file.do("result_notice.record_receipt", "S")


def window_ends_soon(file: File) -> Story:
    """The seller may object for three more days (Article 35)."""
    yield from sent(file)
    appoint(SELLER, file.party("S").enterprise, since=file.today)
    yield begun(LODGE_OBJECTION, file.after_today(3))
    yield Together(province_has_slips, file)


def window_contested(file: File) -> Story:
    """The last day is a plain rest day, so that the readings differ (Article 59)."""
    yield from sent(file)
    yield contested(LODGE_OBJECTION, file.world.last)
    yield Together(province_has_slips, file)


def objection_open(file: File) -> Story:
    """An objection came yesterday and waits for the province (Articles 35, 36)."""
    yield from served(file, 24, 13, *_CLOTHES)
    yield file.ago(1)
    file.do("objection.file", "S")


def denial_with_the_cities(file: File) -> Story:
    """The producer named denies; both city bureaus have been asked (Article 37)."""
    yield from served(file, 24, 18, *_CLOTHES)
    yield file.ago(9)
    file.do("objection.file", "N", grounds="denial")
    yield file.ago(6)
    file.do("objection.transfer_denial", label="1")


def with_the_experts(file: File) -> Story:
    """The objection is being verified, experts have been called (Article 36)."""
    yield from served(file, 24, 20, *_CLOTHES)
    yield file.ago(12)
    file.do("objection.file", "S", grounds="sampling")
    yield file.ago(8)
    file.do("objection.start_verification", label="1")
    yield file.ago(3)
    file.do("objection.ask_experts", label="1")


def _to_a_decision(file: File) -> Story:
    """An objection against the result, verified, and decided for a retest (Article 38)."""
    yield from served(file, 33, 29, *_CABLES)
    yield file.ago(26)
    file.do("objection.file", "P")
    yield file.ago(24)
    file.do("objection.start_verification", label="1")
    yield file.ago(20)
    file.do("objection.order_retest", label="1")


def formalities_running(file: File) -> Story:
    """Form 8 has been received; the applicant has three more days for the formalities (Article 39)."""
    yield from _to_a_decision(file)
    yield begun(RETEST_FORMALITIES, file.after_today(3))
    file.do("objection.record_decision_receipt", label="1")


def commission_overdue(file: File) -> Story:
    """The formalities are done, and the province is late with Form 9 (Article 40)."""
    yield from _to_a_decision(file)
    yield file.ago(18)
    file.do("objection.record_decision_receipt", label="1")
    yield begun(COMMISSION_RETEST, file.after_today(-2), late=True)
    file.do("retest.complete_formalities", label="1")


def retest_running(file: File) -> Story:
    """The retest laboratory has the reserve sample and is testing (Articles 40, 41)."""
    yield from _to_a_decision(file)
    yield file.ago(18)
    file.do("objection.record_decision_receipt", label="1")
    yield file.ago(14)
    file.do("retest.complete_formalities", label="1")
    yield file.ago(10)
    file.do("retest.commission", label="1")
    yield file.ago(7)
    file.do("retest.hand_over_sample", label="1")
    yield file.ago(5)
    file.do("retest.start", label="1")


def two_objections_one_retest(file: File) -> Story:
    """There is one reserve sample: Form 9 took in what the other party disputes, Form 10 will answer both (38, 40)."""
    first, second = file.labels
    yield from served(file, 45, 41, "整车质量", "制动性能（干态）")
    yield file.working(1)
    file.do("objection.file", first, items=["整车质量"])
    yield file.working(1)
    file.do("objection.start_verification", label="1")
    file.do("objection.file", second, items=["制动性能（干态）"])
    yield file.ago(30)
    file.do("objection.start_verification", label="2")
    file.do("objection.order_retest", label="1")
    yield file.ago(26)
    file.do("objection.record_decision_receipt", label="1")
    yield file.working(2)
    file.do("retest.complete_formalities", label="1")
    yield file.working(4)
    file.do("retest.commission", label="1", items=["整车质量", "制动性能（干态）"])
    yield file.working(2)
    file.do("retest.hand_over_sample", label="1")
    yield file.working(1)
    file.do("retest.start", label="1")
    yield file.ago(2)
    found = [
        {"name": "整车质量", "result": "pass", "value": "54.6"},
        {"name": "制动性能（干态）", "result": "fail", "value": "7.9"},
    ]
    file.do("retest.report", label="1", items=found)
