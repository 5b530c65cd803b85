"""Rectification, rechecks and announcements that wait for somebody today."""

from spotcheck.demo import days, written
from spotcheck.demo.accounts import PRODUCER
from spotcheck.demo.cast import appoint
from spotcheck.demo.days import begun
from spotcheck.demo.file import File
from spotcheck.demo.scheme import LANSHAN
from spotcheck.demo.stories.handed_over import imported
from spotcheck.demo.stories.parts import (
    arrival,
    handled_here,
    lapsed,
    not_rectified,
    province_has_slips,
    province_sends,
    report,
    report_danger,
    testing_begins,
    testing_ends,
    visit,
    window_over,
)
from spotcheck.demo.stories.waiting import reported, served
from spotcheck.demo.timeline import Story, Together
from spotcheck.rules.sd_2021_1.period_codes import (
    APPLY_FOR_RECHECK,
    FORCED_RECHECK,
    ORGANISE_RECHECK,
    RECHECK_CONCLUSION,
    RECTIFICATION_ORDER,
    SECOND_RECHECK,
)

_CABLES = ("20℃导体电阻",)
_TOYS = ("增塑剂（DBP+BBP+DEHP）",)
_BIKES = ("整车质量",)
_FERTILISER = ("总养分",)


def _final(file: File, back: int, *failed: str) -> Story:
    """Reported so many days ago, Form 7 received two days later, and nobody objected (Article 35)."""
    yield from served(file, back, back - 4, *failed)
    yield from window_over(file)


def _order(file: File, back: int, *who: str) -> Story:
    """Form 11 issued so many days ago to these parties and received two days later (Articles 43, 44)."""
    yield file.ago(back + 4)
    for party in who:
        file.do("rectification.receive_report", party)
    yield file.ago(back)
    for party in who:
        file.do("rectification.issue_order", party)
    yield file.ago(back - 2)
    for party in who:
        file.do("rectification.record_order_receipt", party)


def order_due_today(file: File) -> Story:
    """The bureau has the report, and the order is due today (Article 43)."""
    yield from _order_due(file, 0)


def order_overdue(file: File) -> Story:
    """The order should have gone out two working days ago (Article 43)."""
    yield from _order_due(file, -2)


def order_due_soon(file: File) -> Story:
    """The order is due in three working days (Article 43)."""
    yield from _order_due(file, 3)


def _order_due(file: File, working_days: int) -> Story:
    yield from _final(file, 33, *_CABLES)
    last = file.world.last
    due = days.working(last, working_days) if working_days > 0 else days.working_before(last, -working_days)
    yield begun(RECTIFICATION_ORDER, due, late=working_days < 0)
    file.do("rectification.receive_report", "P")


def moved_before_receipt(file: File) -> Story:
    """The order did not reach the firm, which works in Lanshan: the bureau there begins anew (Article 42)."""
    yield from _final(file, 33, "跌落试验")
    yield file.ago(9)
    file.do("rectification.receive_report", "P")
    yield file.ago(6)
    file.do("rectification.issue_order", "P")
    yield file.ago(1)
    here = "临沂市兰山区荻花路219号"
    finding = (
        f"{written.day(file.today)}送达时发现，注册地址只挂厂牌，大门上锁；邻近企业证实吹膜、制袋设备已全部迁走。经电话联系法定"
        f"代表人并现场核对，企业现在{here}租赁厂房生产，租赁合同和用电户名与该地址一致。责令改正通知书尚未送达。"
    )
    file.do("rectification.transfer_jurisdiction", "P", to=LANSHAN, address=here, finding=finding)


def into_next_year(file: File) -> Story:
    """The sixty days have just begun; they may end in a year whose calendar is not announced (Article 44, R3)."""
    yield from _final(file, 33, *_CABLES)
    appoint(PRODUCER, file.party("P").enterprise, since=file.today)
    yield from _order(file, 5, "P")


def _rectifying(file: File) -> Story:
    """A producer of toys whose sixty days are nearly over (Article 44)."""
    yield from served(file, 72, 68, *_TOYS)
    yield file.ago(66)
    file.do("rectification.receive_report", "P")
    yield file.ago(62)
    file.do("rectification.issue_order", "P")
    yield begun(APPLY_FOR_RECHECK, file.after_today(3))
    file.do("rectification.record_order_receipt", "P")


def rectification_ends_soon(file: File) -> Story:
    """Nothing has been submitted, and three days are left (Article 44)."""
    yield from _rectifying(file)


def recheck_due_today(file: File) -> Story:
    """The producer has applied; the recheck has to begin today (Article 46)."""
    yield from _rectifying(file)
    yield begun(ORGANISE_RECHECK, file.world.last)
    file.do("rectification.apply_recheck", "P")


def recheck_overdue(file: File) -> Story:
    """The recheck should have begun (Article 46)."""
    yield from _rectifying(file)
    yield begun(ORGANISE_RECHECK, file.after_today(-2), late=True)
    file.do("rectification.apply_recheck", "P")


def hardship_claimed(file: File) -> Story:
    """A proof of inability has to be looked at within three days (Articles 45, 46)."""
    yield from _rectifying(file)
    yield begun(ORGANISE_RECHECK, file.after_today(3))
    file.do("rectification.claim_hardship", "P", proof="relocation")


def conclusion_due_today(file: File) -> Story:
    """The bureau has been there; Form 13 is due today (Article 50)."""
    yield from _rectifying(file)
    yield file.ago(16)
    file.do("rectification.apply_recheck", "P")
    yield begun(RECHECK_CONCLUSION, file.world.last)
    file.do("rectification.start_recheck", "P")
    not_rectified(file, "P")


def recheck_tested(file: File) -> Story:
    """The recheck test is done; Form 13 is due tomorrow (Article 50)."""
    yield from _rectifying(file)
    yield file.ago(30)
    file.do("rectification.apply_recheck", "P")
    yield file.ago(24)
    file.do("rectification.start_recheck", "P")
    yield file.ago(22)
    file.do("recheck.verify_on_site", "P")
    yield file.ago(19)
    file.do("recheck.commission_test", "P")
    yield begun(RECHECK_CONCLUSION, file.after_today(1))
    file.do("recheck.test_done", "P")


def seller_waits_for_maker(file: File) -> Story:
    """The seller has passed and may not sell before the producer has; the technical body is testing (47, 48)."""
    yield from _final(file, 175, *_BIKES)
    yield from _order(file, 78, *file.labels)
    yield file.ago(48)
    file.do("rectification.apply_recheck", "S")
    yield file.ago(42)
    file.do("rectification.start_recheck", "S")
    file.do("recheck.verify_on_site", "S")
    yield file.ago(38)
    file.do("recheck.pass_without_test", "S")
    yield file.ago(30)
    file.do("rectification.apply_recheck", "N")
    yield file.ago(20)
    file.do("rectification.start_recheck", "N")
    yield file.ago(18)
    file.do("recheck.verify_on_site", "N")
    yield file.ago(15)
    file.do("recheck.commission_test", "N")


def _danger(file: File, back: int) -> Story:
    """A leak was reported so many days ago, before the other tests were done, and the firm was told (30, 33)."""
    yield file.ago(back + 9)
    yield Together(visit, file)
    yield file.ago(back + 7)
    yield Together(arrival, file)
    yield file.ago(back + 5)
    yield Together(testing_begins, file)
    yield file.ago(back)
    report_danger(file, "气密性")
    yield file.ago(back - 2)
    yield Together(province_sends, file)
    yield file.ago(back - 4)
    yield Together(province_has_slips, file)


def further_items(file: File) -> Story:
    """The firm rectifies what the danger report named; the full report adds an item nobody has ordered yet (30, 43)."""
    yield from _danger(file, 40)
    yield from _order(file, 32, "P")
    yield file.ago(3)
    yield Together(testing_ends, file)
    report(file, "气密性", "热效率")


def retested_before_the_report(file: File) -> Story:
    """The retest of the reported item passes and the order falls; what becomes of the sample is open (30, 41)."""
    yield from _danger(file, 52)
    yield file.ago(45)
    file.do("objection.file", "P")
    yield from _order(file, 39, "P")
    yield file.ago(36)
    file.do("objection.start_verification", label="1")
    yield file.ago(30)
    file.do("objection.order_retest", label="1")
    yield file.ago(27)
    file.do("objection.record_decision_receipt", label="1")
    yield file.working(2)
    file.do("retest.complete_formalities", label="1")
    yield file.working(4)
    file.do("retest.commission", label="1")
    yield file.working(2)
    file.do("retest.hand_over_sample", label="1")
    yield file.working(1)
    file.do("retest.start", label="1")
    yield file.ago(4)
    file.do("retest.report", label="1", items=[{"name": "气密性", "result": "pass", "value": "0.05"}])
    yield file.ago(1)
    file.do("retest.close_conforming", label="1")


def forced_recheck_soon(file: File) -> Story:
    """Nothing was submitted; the bureau has three days left to recheck by itself (Article 46)."""
    yield from _final(file, 175, *_BIKES)
    start = begun(FORCED_RECHECK, file.after_today(3))
    yield days.working_before(start, 3)
    for party in handled_here(file):
        file.do("rectification.receive_report", party)
    yield start
    for party in handled_here(file):
        file.do("rectification.issue_order", party)
    yield days.after(start, 3)
    for party in handled_here(file):
        file.do("rectification.record_order_receipt", party)


def _first_failure(file: File, ordered: int, failed: int) -> Story:
    """The seller does nothing, and the forced recheck fails (Articles 46, 50)."""
    yield from _final(file, 175, *_BIKES)
    yield from _order(file, ordered, "S")
    yield from lapsed(file, "S")
    yield file.ago(failed + 3)
    file.do("rectification.start_recheck", "S")
    not_rectified(file, "S")
    yield file.ago(failed)
    file.do("recheck.fail_without_test", "S")
    yield file.ago(failed - 3)
    file.do("rectification.report_up", "S")


def at_the_city(file: File) -> Story:
    """The failure has been reported to the city, which has to report to the province (Article 51)."""
    yield from _first_failure(file, 82, 14)
    yield file.ago(6)
    file.do("announcement.submit_to_city", "S")


def at_the_province(file: File) -> Story:
    """The failure has been reported to the province, which has to announce it (Article 51)."""
    yield from _first_failure(file, 86, 18)
    yield file.ago(12)
    file.do("announcement.submit_to_city", "S")
    yield file.ago(4)
    file.do("announcement.submit_to_province", "S")


def second_recheck_soon(file: File) -> Story:
    """Announced; the second recheck has to begin within ten days (Article 51)."""
    yield from _first_failure(file, 160, 90)
    announced = begun(SECOND_RECHECK, file.after_today(10))
    yield days.working_before(announced, 2)
    file.do("announcement.submit_to_city", "S")
    yield days.working_before(announced, 1)
    file.do("announcement.submit_to_province", "S")
    yield announced
    file.do("announcement.announce", "S")


def closure_running(file: File) -> Story:
    """Twice failed: closed until a day that is still to come (Article 51)."""
    yield from _final(file, 315, *_FERTILISER)
    yield from _order(file, 290, "P")
    yield from lapsed(file, "P")
    yield file.ago(222)
    file.do("rectification.start_recheck", "P")
    not_rectified(file, "P")
    yield file.ago(219)
    file.do("recheck.fail_without_test", "P")
    yield file.ago(217)
    file.do("rectification.report_up", "P")
    yield file.ago(214)
    file.do("announcement.submit_to_city", "P")
    yield file.ago(210)
    file.do("announcement.submit_to_province", "P")
    yield file.ago(205)
    file.do("announcement.announce", "P")
    yield file.ago(125)
    file.do("rectification.start_recheck", "P")
    not_rectified(file, "P")
    yield file.ago(122)
    file.do("recheck.fail_without_test", "P")
    yield file.ago(115)
    file.do("rectification.order_closure", "P", until=file.after_today(20))


def suspended(file: File) -> Story:
    """The inability was confirmed; the case waits until conditions are restored (Article 45)."""
    yield from _final(file, 315, *_FERTILISER)
    yield from _order(file, 290, "P")
    yield file.ago(250)
    file.do("rectification.claim_hardship", "P", proof="disaster")
    yield file.ago(242)
    file.do("rectification.start_recheck", "P")
    not_rectified(
        file,
        "P",
        f"{written.day(file.today)}现场核查：厂区受暴雨内涝影响，配电室、造粒机和包装线被淹损毁，生产全部停止，"
        "恢复时间不能确定，现阶段无法完成整改。",
    )
    yield file.ago(239)
    file.do("recheck.confirm_hardship", "P")


def passed_in_spring(file: File) -> Story:
    """Rectified in time; the same product will fail again (Articles 50, 55)."""
    yield from _final(file, 315, *_FERTILISER)
    yield from _order(file, 290, "P")
    yield file.ago(255)
    file.do("rectification.apply_recheck", "P")
    yield file.ago(248)
    file.do("rectification.start_recheck", "P")
    file.do("recheck.verify_on_site", "P")
    yield file.ago(245)
    file.do("recheck.commission_test", "P")
    yield file.ago(230)
    file.do("recheck.test_done", "P")
    yield file.ago(227)
    file.do("recheck.pass_with_test", "P")


def failed_again(file: File) -> Story:
    """The tracking check: the product of the firm that had passed fails again (Article 55)."""
    yield from reported(file, 6, *_FERTILISER)


def handed_over(file: File) -> Story:
    """A national check: the order of the seller is due tomorrow (Articles 32, 43)."""
    imported(file, "过滤效率")
    yield begun(RECTIFICATION_ORDER, days.working(file.world.last, 1))
    file.do("rectification.receive_report", "S")


def denial_investigated(file: File) -> Story:
    """Another province: the bureau of the producer named is investigating a denial (Article 52)."""
    imported(file, "可分解致癌芳香胺染料")
    yield file.ago(6)
    file.do("denial.open", by="producer_bureau")
    yield file.ago(4)
    file.do("denial.investigate")
