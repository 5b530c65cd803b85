"""The ways of the fourteen nonconforming batches of the published bulletin. Whatever happens, the result stands."""

from spotcheck.demo import written
from spotcheck.demo.file import File
from spotcheck.demo.stories.parts import (
    announced,
    failed_on_site,
    handled_here,
    lapsed,
    nonconforming,
    not_rectified,
    ordered,
    passed_on_site,
    passed_on_test,
    window_over,
)
from spotcheck.demo.timeline import Story


def rectified_in_time(file: File) -> Story:
    """Nobody objects; the producer applies on time, is tested again and passes (Articles 43 to 50)."""
    yield from nonconforming(file, "20℃导体电阻")
    yield from window_over(file)
    yield from ordered(file, "P")
    yield file.after(40)
    file.do("rectification.apply_recheck", "P")
    yield file.after(6)
    yield from passed_on_test(file, "P")


def label_only(file: File) -> Story:
    """Only the marking failed, so that the recheck needs no test (Article 47)."""
    yield from nonconforming(file, "标识")
    yield from window_over(file)
    yield from ordered(file, "P")
    yield file.after(21)
    file.do("rectification.apply_recheck", "P")
    yield file.after(8)
    yield from passed_on_site(file, "P")


def forced_recheck(file: File) -> Story:
    """Nothing is submitted; the bureau rechecks by itself before the seventy-five days are over (Article 46)."""
    yield from nonconforming(file, "增塑剂（DBP+BBP+DEHP）")
    yield from window_over(file)
    yield from ordered(file, "P")
    yield from lapsed(file, "P")
    yield file.after(3)
    file.do("rectification.late_submission", "P")
    yield file.after(4)
    yield from passed_on_test(file, "P")


def announced_then_passed(file: File) -> Story:
    """The first recheck fails and is announced to the public; the second one passes (Article 51)."""
    yield from nonconforming(file, "吸收碰撞能量性能", "佩戴装置强度")
    yield from window_over(file)
    yield from ordered(file, "P")
    yield file.after(50)
    file.do("rectification.apply_recheck", "P")
    yield file.after(9)
    yield from passed_on_test(file, "P", conclusion="nonconforming")
    yield file.working(3)
    yield from announced(file, "P")
    yield file.after(70)
    yield from passed_on_test(file, "P")


def hardship(file: File) -> Story:
    """The producer proves that it cannot rectify; months later it can, applies and passes (Article 45)."""
    yield from nonconforming(file, "烧失量")
    yield from window_over(file)
    yield from ordered(file, "P")
    yield file.after(30)
    file.do("rectification.claim_hardship", "P", proof="conversion")
    yield file.after(7)
    file.do("rectification.start_recheck", "P")
    yield file.working(1)
    not_rectified(
        file,
        "P",
        f"{written.day(file.today)}现场核查：企业正在由水泥粉磨转产预拌砂浆，原磨机、包装机已停用并断电，库存水泥已清空，"
        "现阶段不具备生产同类产品的条件，无法完成整改。",
    )
    yield file.working(2)
    file.do("recheck.confirm_hardship", "P")
    yield file.after(110)
    file.do("rectification.resume_and_apply", "P")
    yield file.after(6)
    yield from passed_on_test(file, "P")


def transferred(file: File) -> Story:
    """The firm works elsewhere than registered: the case moves there with its clocks (Article 42)."""
    yield from nonconforming(file, "pH值")
    yield from window_over(file)
    yield from ordered(file, "P")
    yield file.after(12)
    file.do("rectification.transfer_jurisdiction", "P")
    yield file.after(20)
    file.do("rectification.apply_recheck", "P")
    yield file.after(8)
    yield from passed_on_test(file, "P")


def late_objection(file: File) -> Story:
    """The objection comes after the window has lapsed and changes nothing (Article 38)."""
    yield from nonconforming(file, "总养分")
    yield from window_over(file)
    yield file.after(5)
    file.do("objection.file", "P")
    yield file.working(5)
    file.do("objection.maintain_late", label="1")
    yield file.after(3)
    file.do("objection.record_decision_receipt", label="1")
    yield from ordered(file, "P")
    yield file.after(33)
    file.do("rectification.apply_recheck", "P")
    yield file.after(9)
    yield from passed_on_test(file, "P")


def objection_maintained(file: File) -> Story:
    """The objection is verified in writing by both bodies and found groundless (Articles 36, 38)."""
    yield from nonconforming(file, "碎片状态")
    yield file.after(8)
    file.do("objection.file", "P", grounds="sampling")
    yield file.working(3)
    file.do("objection.start_verification", label="1")
    yield file.working(12)
    file.do("objection.maintain", label="1")
    yield file.after(3)
    file.do("objection.record_decision_receipt", label="1")
    yield from ordered(file, "P")
    yield file.after(45)
    file.do("rectification.apply_recheck", "P")
    yield file.after(8)
    yield from passed_on_test(file, "P")


def retest_nonconforming(file: File) -> Story:
    """The retest of the reserve sample finds the same (Articles 39 to 41)."""
    yield from nonconforming(file, "弯曲度")
    yield file.after(10)
    file.do("objection.file", "P")
    yield from _to_the_retest(file)
    file.do("retest.complete_formalities", label="1")
    yield file.working(5)
    file.do("retest.commission", label="1")
    yield file.working(4)
    file.do("retest.hand_over_sample", label="1")
    yield file.working(2)
    file.do("retest.start", label="1")
    yield file.after(14)
    file.do("retest.report", label="1", items=[{"name": "弯曲度", "result": "fail", "value": "0.36"}])
    yield file.working(3)
    file.do("retest.close_nonconforming", label="1")
    yield from ordered(file, "P")
    yield file.after(38)
    file.do("rectification.apply_recheck", "P")
    yield file.after(3)
    file.do("rectification.withdraw_application", "P")
    yield file.after(10)
    file.do("rectification.apply_recheck", "P")
    yield file.after(8)
    yield from passed_on_test(file, "P")


def _to_the_retest(file: File) -> Story:
    """From the objection to some days after the receipt of a decision for a retest (Articles 36, 38, 39)."""
    yield file.working(3)
    file.do("objection.start_verification", label="1")
    yield file.working(10)
    file.do("objection.order_retest", label="1")
    yield file.after(3)
    file.do("objection.record_decision_receipt", label="1")
    yield file.after(4)


def seller_and_maker(file: File) -> Story:
    """Seller and producer both rectify; the seller resumes, showing the producer's pass (Article 48)."""
    yield from nonconforming(file, "绝缘平均厚度")
    yield from window_over(file)
    yield from ordered(file, "S", "N")
    yield file.after(26)
    file.do("rectification.apply_recheck", "N")
    yield file.after(8)
    yield from passed_on_test(file, "N")
    yield file.after(2)
    file.do("rectification.apply_recheck", "S")
    yield file.after(6)
    yield from passed_on_site(file, "S", resume=True, proof="dossier")


def maker_outside(file: File) -> Story:
    """The producer is in another province; the seller passes, and later shows a document from there (Article 48)."""
    yield from nonconforming(file, "甲醛含量")
    yield from window_over(file)
    yield from ordered(file, "S")
    yield file.after(20)
    file.do("rectification.apply_recheck", "S")
    yield file.after(8)
    yield from passed_on_site(file, "S")
    yield file.after(60)
    file.do("ban.record_producer_proof", "S")


def denied(file: File) -> Story:
    """The producer named on the label denies having made it, and both city bureaus agree (Articles 36, 37)."""
    yield from nonconforming(file, "可迁移元素铅")
    yield file.after(6)
    file.do("objection.file", "N", grounds="denial")
    yield file.working(2)
    file.do("objection.transfer_denial", label="1")
    yield file.working(14)
    file.do("objection.denial_findings", label="1", by="province")
    yield file.working(5)
    file.do("objection.uphold_denial", label="1")
    yield file.after(3)
    file.do("objection.record_decision_receipt", label="1")
    yield file.working(2)
    file.do("lead.acknowledge", label="1")
    yield from window_over(file)
    yield from ordered(file, "S")
    file.do("lead.verify", label="1")
    yield file.after(35)
    file.do("rectification.apply_recheck", "S")
    file.do("lead.decline", label="1")
    yield file.after(9)
    yield from passed_on_site(file, "S")


def retest_waived(file: File) -> Story:
    """A retest is ordered, and the applicant lets the seven days go by (Article 39)."""
    yield from nonconforming(file, "制动性能（干态）")
    yield file.after(9)
    file.do("objection.file", "S")
    yield from _to_the_retest(file)
    yield from window_over(file)
    yield from ordered(file, "S")
    yield file.after(30)
    file.do("rectification.apply_recheck", "S")
    yield file.after(10)
    yield from passed_on_site(file, "S")


def ban_breached(file: File) -> Story:
    """The seller goes on selling in spite of the order; a lead is opened, the recheck goes on, late (46, 50, 56)."""
    yield from nonconforming(file, "整车质量")
    yield from window_over(file)
    yield from ordered(file, *handled_here(file))
    yield file.after(20)
    for maker in set(handled_here(file)) & {"N"}:
        file.do("rectification.apply_recheck", maker)
        yield file.after(7)
        yield from passed_on_test(file, maker)
    yield file.after(5)
    file.do("ban.record_breach", "S")
    yield file.working(2)
    file.do("lead.acknowledge", label="1")
    yield file.working(3)
    file.do("lead.verify", label="1")
    yield file.working(10)
    file.do("lead.file_case", label="1")
    yield from lapsed(file, "S")
    yield file.after(4)
    late = "复查与违法线索核查合并进场，核查组因连续强降雨道路中断推迟，较规定期限迟五日开始复查。"
    yield from failed_on_site(file, "S", late_reason=late)
    yield file.working(2)
    yield from announced(file, "S")
    yield file.after(62)
    file.do("lead.conclude", label="1")
    yield from passed_on_site(file, "S")
