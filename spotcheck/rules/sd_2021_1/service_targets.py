"""Service targets for the duties of the text without a number: at once, without delay, or silence (R12)."""

from typing import Final

from spotcheck.rules.periods import Unit
from spotcheck.rules.service_targets import ServiceTarget
from spotcheck.rules.words import Words

_AT_ONCE: Final = Words("立即", "at once")
_WITHOUT_DELAY: Final = Words("及时", "without delay")


def _at_once(slug: str, article: int, zh: str, en: str) -> ServiceTarget:
    return ServiceTarget(
        slug=slug,
        articles=(article,),
        name=Words(zh, en),
        word=_AT_ONCE,
        length=0,
        unit=Unit.CALENDAR_DAYS,
    )


def _without_delay(slug: str, article: int, zh: str, en: str) -> ServiceTarget:
    return ServiceTarget(
        slug=slug,
        articles=(article,),
        name=Words(zh, en),
        word=_WITHOUT_DELAY,
        length=3,
        unit=Unit.WORKING_DAYS,
    )


def _silent(slug: str, article: int, zh: str, en: str, length: int, unit: Unit) -> ServiceTarget:
    return ServiceTarget(slug=slug, articles=(article,), name=Words(zh, en), word=None, length=length, unit=unit)


SERVICE_TARGETS: Final[dict[str, ServiceTarget]] = {
    target.slug: target
    for target in (
        _at_once(
            "report-suspicion",
            14,
            "报告现场发现的违法线索",
            "report of a suspected violation on site",
        ),
        _at_once("report-obstruction", 21, "报告拒检", "report of an obstruction"),
        _without_delay("enter-results", 27, "录入样品接收和检验结果", "entry of sample receipt and results"),
        _at_once("report-unlicensed-producer", 28, "报告生产者涉嫌违法", "report of a suspected producer"),
        _at_once("report-danger", 30, "报告严重质量问题", "report of a serious danger"),
        _without_delay("submit-report", 32, "报送检验报告", "submission of the report"),
        _without_delay("serve-result", 33, "送达检验结果通知书", "service of Form 7"),
        _silent(
            "decide-objection",
            38,
            "作出异议处理结论",
            "decision on the objection",
            30,
            Unit.CALENDAR_DAYS,
        ),
        _silent("serve-decision", 38, "送达异议处理通知书", "service of Form 8", 3, Unit.WORKING_DAYS),
        _silent("carry-out-retest", 41, "完成复检", "the retest itself", 30, Unit.CALENDAR_DAYS),
        _without_delay("submit-retest", 41, "报送复检结论", "submission of the retest result"),
        _silent("serve-retest-result", 41, "送达复检结果通知书", "service of Form 10", 3, Unit.WORKING_DAYS),
        _silent(
            "forward-report",
            43,
            "向结果处理部门转送报告",
            "forwarding of the report to the handling bureau",
            2,
            Unit.WORKING_DAYS,
        ),
        _silent(
            "order-further-items",
            43,
            "就后续不合格项目再次责令改正",
            "further order for items found later",
            5,
            Unit.WORKING_DAYS,
        ),
        _silent("serve-order", 43, "送达责令改正通知书", "service of Form 11", 3, Unit.WORKING_DAYS),
        _silent(
            "carry-out-recheck-test",
            47,
            "完成复查检验",
            "the recheck test",
            30,
            Unit.CALENDAR_DAYS,
        ),
        _without_delay("submit-recheck-report", 47, "报送复查检验报告", "submission of the recheck report"),
        _silent("serve-recheck-result", 50, "送达复查结果通知书", "service of Form 13", 3, Unit.WORKING_DAYS),
        _silent(
            "report-up",
            51,
            "逐级上报复查不合格",
            "report of a failed recheck, each level",
            5,
            Unit.WORKING_DAYS,
        ),
        _without_delay("announce", 51, "向社会公告", "announcement to the public"),
        _silent(
            "third-recheck",
            51,
            "整顿期满后组织复查",
            "recheck after the closure",
            15,
            Unit.CALENDAR_DAYS,
        ),
        _without_delay("notify-peer", 52, "通报销售者所在地部门", "notice to the bureau of the seller"),
        _without_delay("enter-handling", 54, "录入结果处理情况", "entry of the handling of results"),
    )
}
