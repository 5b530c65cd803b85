"""What happens to the conclusion (Articles 30 to 32, 35 to 41)."""

from typing import Final

from spotcheck.rules.acts import ActRecord, Demand, FactWords
from spotcheck.rules.sd_2021_1.acts.fact import COURT_DOCUMENT, ORGANISER_DOCUMENT, SAMPLE_BATCH
from spotcheck.rules.words import Words

CONCLUSION: Final = (
    ActRecord(
        "CN1",
        "conclusion.set_conforming",
        Words("形成合格结论", "Set the conclusion: conforming"),
        Words("检验结论为合格", "conclusion: conforming"),
        Words(
            "报告结论为合格，异议期限届满前尚未终局。",
            "The report finds the sample conforming; the conclusion is not final before the windows close.",
        ),
    ),
    ActRecord(
        "CN2",
        "conclusion.set_nonconforming",
        Words("形成不合格结论", "Set the conclusion: nonconforming"),
        Words("检验结论为不合格", "conclusion: nonconforming"),
        Words(
            "报告结论为不合格，责令改正随即进行，不等结论终局。",
            "The report finds the sample nonconforming; handling begins at once and does not wait for finality.",
        ),
    ),
    ActRecord(
        "CN3",
        "conclusion.raise_objection",
        Words("结论进入异议处理", "Put the conclusion under objection"),
        Words("结论已进入异议处理", "conclusion under objection"),
        Words(
            "按期提出的异议使结论处于争议之中，整改不因此停止。",
            "An objection in time puts the conclusion in dispute; rectification goes on.",
        ),
    ),
    ActRecord(
        "CN4",
        "conclusion.maintain",
        Words("维持检验结论", "Maintain the conclusion"),
        Words("检验结论已维持", "conclusion maintained"),
        Words(
            "争议全部了结，没有完成过复检或者完整检验报告尚未出具的，结论回到报告所载，尚未终局。",
            "With nothing open, and no retest completed or the full report still out, the conclusion is again what "
            "the report said, and not final yet.",
        ),
    ),
    ActRecord(
        "CN5",
        "conclusion.revoke",
        Words("撤销检验结论", "Revoke the conclusion"),
        Words("检验结论已撤销", "conclusion revoked"),
        Words(
            "抽样过程有缺陷、样品不真实，或者复检因省局一方失去备用样品而不能进行的，结论撤销，各方案件随之终止。",
            "Where sampling or authenticity was defective, or the retest cannot be held because a body lost the "
            "reserve unit, the conclusion falls and every case with it.",
        ),
        told=("handler", "told_parties", "cities"),
    ),
    ActRecord(
        "CN6",
        "conclusion.order_retest",
        Words("结论进入复检", "Put the conclusion under retest"),
        Words("结论已进入复检", "conclusion under retest"),
        Words(
            "决定复检后，结论待复检结果确定。",
            "Once a retest is ordered, the conclusion waits for its result.",
        ),
    ),
    ActRecord(
        "CN7",
        "conclusion.retest_nonconforming",
        Words("复检后确定为不合格", "Settle as nonconforming after the retest"),
        Words("复检后结论为不合格（终局）", "nonconforming after the retest, final"),
        Words(
            "检验已经结束，以复检结果替换原项目后仍有不合格项目的，不合格结论终局。",
            "The testing is over, and with the retested items replaced an item still fails: finally nonconforming.",
        ),
        told=("handler", "told_parties", "cities"),
    ),
    ActRecord(
        "CN8",
        "conclusion.retest_conforming",
        Words("复检后确定为合格", "Settle as conforming after the retest"),
        Words("复检后结论为合格（终局）", "conforming after the retest, final"),
        Words(
            "检验已经结束，以复检结果替换原项目后没有不合格项目的，结论改为合格，各方案件终止。",
            "The testing is over, and with the retested items replaced nothing fails: finally conforming, and every "
            "case ends.",
        ),
        told=("handler", "told_parties", "cities"),
    ),
    ActRecord(
        "CN9",
        "conclusion.finalise",
        Words("不合格结论终局", "Make the nonconforming conclusion final"),
        Words("不合格结论已终局", "nonconforming conclusion final"),
        Words(
            "完整报告已出或者先行报告后检验终止，各方异议期限均已了结，又无争议待决的，结论终局。",
            "With the full report out, or the testing stopped after an early report, every window closed and "
            "nothing in dispute, the conclusion is final.",
        ),
        told=("handler",),
    ),
    ActRecord(
        "CN10",
        "conclusion.finalise_conforming",
        Words("合格结论终局", "Make the conforming conclusion final"),
        Words("合格结论已终局", "conforming conclusion final"),
        Words(
            "条件与不合格结论相同：期限全部了结，没有争议待决。",
            "On the same conditions as a nonconforming one: windows closed, nothing in dispute.",
        ),
    ),
    ActRecord(
        "CN12",
        "conclusion.reopen",
        Words("重新进入异议处理", "Reopen the conclusion"),
        Words("结论已重新进入异议处理", "conclusion reopened"),
        Words(
            "更正期满记录、恢复复检或者另有按期异议时，结论重新待定。",
            "A corrected lapse, a reinstated retest or a further objection in time opens the conclusion again.",
        ),
    ),
    ActRecord(
        "CN13",
        "conclusion.return_to_objection",
        Words("由复检转回异议处理", "Return from retest to objection"),
        Words("结论已转回异议处理", "conclusion back under objection"),
        Words(
            "复检了结而另有异议未决的，结论回到异议处理。",
            "A retest has ended while another objection is open, so the conclusion is under objection again.",
        ),
    ),
    ActRecord(
        "CN11",
        "conclusion.import_external",
        Words("登记移交的不合格结果", "Register a handed-over result"),
        Words("已登记移交的不合格结果", "handed-over result registered"),
        Words(
            "国家或者外省移交的不合格材料由省局凭移交文件登记并转交有关市局，异议由原组织机关处理。",
            "The province registers, on its document, what the state or another province hands over and passes it "
            "on; objections belong to the organiser there.",
        ),
        told=("city", "handler"),
        facts={
            "document": ORGANISER_DOCUMENT,
            "items": FactWords(
                Words("不合格项目", "Failed items"),
                help=Words("按移交的检验报告填写", "As the report that was handed over says"),
            ),
            "batch": SAMPLE_BATCH,
        },
        evidence=("report", "letter"),
        obligatory=(Demand(("letter", "report", "other"), (4, 32), instead=("document",)),),
    ),
    ActRecord(
        "CN14",
        "conclusion.withdraw_external",
        Words("登记组织机关撤销结论", "Record that the organiser took its conclusion back"),
        Words("移交的结论已由组织机关撤销", "handed-over conclusion taken back by its organiser"),
        Words(
            "移交案件的组织机关改变结论的，省局凭其文件登记，本省各方案件随之终止。",
            "When the organiser of a handed-over check reverses its conclusion, the province records it on the "
            "organiser's document and every case here ends.",
        ),
        told=("handler", "told_parties", "cities"),
        exceptional=True,
        facts={
            "document": ORGANISER_DOCUMENT,
        },
        evidence=("letter", "decision"),
        obligatory=(Demand(("letter", "decision"), (4, 32), instead=("document",)),),
        rests_on=("conclusion.import_external",),
        stands_on=(("conclusion", ""),),
    ),
    ActRecord(
        "CN15",
        "conclusion.annul",
        Words(
            "登记法院或者复议机关撤销结论", "Record that a court or the reconsideration body annulled the conclusion"
        ),
        Words("结论已被法院或者复议机关撤销", "conclusion annulled by a court or the reconsideration body"),
        Words(
            "法院或者复议机关撤销检验结论的，省局凭决定文书登记，各方案件终止，抽样不因此作废；文本对此没有规定。",
            "When a court or the reconsideration body annuls the conclusion, the province records the decision and "
            "every case ends, without voiding the sampling; the text is silent on it.",
        ),
        told=("handler", "told_parties", "cities"),
        exceptional=True,
        facts={
            "document": COURT_DOCUMENT,
        },
        evidence=("decision",),
        obligatory=(Demand(("decision",), (38, 57), instead=("document",)),),
        needs_recent=True,
        rests_on=("inspection.issue_report", "objection.maintain"),
        stands_on=(("conclusion", ""),),
    ),
)
