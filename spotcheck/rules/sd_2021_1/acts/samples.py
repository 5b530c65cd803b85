"""The acts on the sealed units, from sealing to disposal (Articles 18, 26, 27, 39)."""

from typing import Final

from spotcheck.rules.acts import ActRecord, Demand, FactWords
from spotcheck.rules.sd_2021_1.acts.custody import (
    CARRIER,
    CONDITION,
    EXPLANATION,
    GIVER,
    SEAL_NUMBER,
    SEAL_STATE,
    WAYBILL,
)
from spotcheck.rules.words import Words

SAMPLES: Final = (
    ActRecord(
        "SU0",
        "sample.create",
        Words("登记封存的样品", "Register the sealed units"),
        Words("已登记封存的样品", "sealed units registered"),
        Words(
            "一次抽样形成检验样品和备用样品各一份，各有封条。",
            "One sampling makes a test unit and a reserve unit, each under its own seal.",
        ),
    ),
    ActRecord(
        "SU1",
        "sample.dispatch",
        Words("送出样品", "Dispatch the unit"),
        Words("样品已送出", "unit dispatched"),
        Words(
            "抽样一方将样品携带或者寄送到检验机构。",
            "The samplers carry or send the unit to the laboratory.",
        ),
        told=("lab",),
        facts={"carrier": CARRIER, "waybill": WAYBILL},
        evidence=("slip", "photo"),
    ),
    ActRecord(
        "SU2",
        "sample.leave_with_enterprise",
        Words("备用样品留企业保管", "Leave the reserve unit with the enterprise"),
        Words("备用样品已留企业保管", "reserve unit left with the enterprise"),
        Words(
            "现场抽取的备用样品可以封存后由企业保管，企业承诺不隐匿、转移、变卖或者损毁；网上买来的送检验机构。",
            "A reserve unit sampled on site may stay sealed with the enterprise once it has undertaken not to hide, "
            "move, sell or damage it; what was bought online goes to the laboratory.",
        ),
        exceptional=True,
        facts={
            "undertaking": FactWords(
                Words("企业已签保管承诺书", "The custody undertaking is signed"),
            ),
        },
    ),
    ActRecord(
        "SU3",
        "sample.receive",
        Words("接收样品", "Receive the unit"),
        Words("检验机构已接收样品", "unit received"),
        Words(
            "检验机构查看封条后入库，并及时录入系统。",
            "The laboratory checks the seal, stores the unit and enters the receipt without delay.",
        ),
        facts={
            "seal_intact": FactWords(
                Words("封条完整", "The seal is intact"),
            ),
            "seal_state": SEAL_STATE,
            "seal_number": SEAL_NUMBER,
            "condition": CONDITION,
            "giver": GIVER,
            "explanation": EXPLANATION,
        },
        evidence=("photo", "film", "slip"),
        entitled=("receive",),
    ),
    ActRecord(
        "SU4",
        "sample.issue",
        Words("领用样品", "Issue the unit for testing"),
        Words("样品已领用", "unit issued for testing"),
        Words(
            "只领用检验样品，交给没有参加本任务抽样的检验人员；备用样品留待复检。",
            "Only the test unit is issued, to somebody who had no part in the sampling; the reserve waits for a "
            "retest.",
        ),
        facts={
            "inspector": FactWords(
                Words("领用人", "Inspector"),
                help=Words("不得是本任务的抽样人员", "Not a sampler of this task"),
            ),
        },
        entitled=("receive",),
    ),
    ActRecord(
        "SU5",
        "sample.record_tested",
        Words("登记样品已检", "Record the unit as tested"),
        Words("样品已检", "unit tested"),
        Words(
            "检验开始后才有原始记录；检验完成后登记样品，并保存原始记录。",
            "There is no original record before the testing; when it is done the unit is recorded as tested.",
        ),
        entitled=("test",),
    ),
    ActRecord(
        "SU6",
        "sample.retain",
        Words("留存已检样品", "Retain the tested unit"),
        Words("已留存样品", "tested unit retained"),
        Words(
            "已检样品按制度留存，以备核查。",
            "The tested unit is retained in case questions arise.",
        ),
        facts={
            "kept_at": FactWords(Words("存放地点", "Where it is kept")),
            "kept_until": FactWords(Words("留存至", "Kept until")),
        },
        entitled=("receive",),
    ),
    ActRecord(
        "SU7",
        "sample.release_for_retest",
        Words("调出备用样品复检", "Release the reserve unit for the retest"),
        Words("备用样品已调出复检", "reserve unit released for the retest"),
        Words(
            "备用样品经全程录像确认、交接后交复检机构；另行委托的，重新交接。",
            "The reserve unit passes to the retest laboratory, confirmed and handed over on film, and again when "
            "another one is commissioned.",
        ),
    ),
    ActRecord(
        "SU8",
        "sample.record_retested",
        Words("登记备用样品已复检", "Record the reserve unit as retested"),
        Words("备用样品已复检", "reserve unit retested"),
        Words(
            "复检报告作出后，备用样品登记为已复检。",
            "With the retest report the reserve unit counts as retested.",
        ),
    ),
    ActRecord(
        "SU9",
        "sample.compromise",
        Words("登记样品失效或者被破坏", "Record the unit as spoiled or tampered with"),
        Words("样品失效或者被破坏", "unit spoiled or tampered with"),
        Words(
            "写明原因并附证据；申请人只对自己保管的样品负责，其所为可以视为放弃复检，"
            "自然失效和机构所为的不能归责于申请人。",
            "Cause and evidence are recorded; the applicant answers only for what it keeps, and only its own doing "
            "may waive the retest, never a natural expiry or what a body did.",
        ),
        exceptional=True,
        facts={
            "cause": FactWords(
                Words("原因", "Cause"),
                help=Words(
                    "只有样品由申请人保管时，才可能是申请人所为",
                    "The applicant can be the cause only of a unit which it keeps",
                ),
                choices={
                    "lab": Words("检验机构", "laboratory"),
                    "sampling_body": Words("抽样机构", "sampling body"),
                    "retest_lab": Words("复检机构", "retest laboratory"),
                    "carrier": Words("承运人", "carrier"),
                    "natural": Words("自然失效", "expired by itself"),
                    "applicant": Words("异议申请人", "applicant"),
                },
            ),
            "evidence": FactWords(
                Words("失效或者灭失的证据", "Evidence of the loss"),
                help=Words(
                    "写明证据的名称或者编号，例如：封条破损照片、运输公司出具的丢失证明",
                    "Name it or give its number, for example: photographs of the broken seal, the carrier's "
                    "statement of loss",
                ),
            ),
        },
        evidence=("photo", "film"),
        obligatory=(Demand(("photo", "film", "minutes", "other"), (27, 38, 39), instead=("evidence",)),),
        entitled=("receive", "test", "review", "sign"),
    ),
    ActRecord(
        "SU10",
        "sample.dispose",
        Words("处置样品", "Dispose of the unit"),
        Words("样品已处置", "unit disposed of"),
        Words(
            "结论终局或者撤销、通知均已送达、期限与争议全部了结后，检验机构按制度处置样品。",
            "Once the conclusion is final or revoked, everybody has been told and nothing is open, the laboratory "
            "disposes of the unit.",
        ),
        exceptional=True,
        entitled=("receive",),
    ),
)
