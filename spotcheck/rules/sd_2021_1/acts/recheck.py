"""The acts of a recheck and of the ban on resuming (Articles 45 to 51)."""

from typing import Final

from spotcheck.rules.acts import ActRecord, Demand, FactWords
from spotcheck.rules.sd_2021_1.acts.fact import CONCLUSION, PRODUCER_PROOF
from spotcheck.rules.words import Words

_PROOF_NUMBER: Final = FactWords(
    Words("文书编号", "Number of the document"),
    help=Words("生产者在省外时填写", "Where the producer is outside Shandong"),
)

_FEE: Final = FactWords(
    Words("向企业收取了费用", "A fee was asked from the enterprise"),
    help=Words("复查经费由结果处理部门列支", "The handling bureau bears the cost of the recheck"),
)

RECHECK: Final = (
    ActRecord(
        "RR1",
        "recheck.open",
        Words("启动本次复查", "Open the recheck visit"),
        Words("本次复查已启动", "recheck visit opened"),
        Words(
            "每次复查单独立项，第一个有记录的行为即为组织复查。",
            "Every visit is a matter of its own; the first documented act counts as organising it.",
        ),
    ),
    ActRecord(
        "RR2",
        "recheck.verify_on_site",
        Words("现场核查整改情况", "Verify the rectification on site"),
        Words("已现场核查整改情况", "rectification verified on site"),
        Words(
            "对生产者核查整改，必要时请专家；对销售者作现场检查；认为没有整改的，写明查见的情况。",
            "A producer's rectification is verified, with experts where needed; a seller is checked on site; that "
            "nothing was rectified is found in writing.",
        ),
        facts={
            "rectified": FactWords(
                Words("已查明原因并完成整改", "Cause found and rectification done"),
            ),
            "experts": FactWords(
                Words("有专家参加现场检查", "Experts took part in the visit"),
            ),
            "finding": FactWords(
                Words("现场核查的情况", "What the visit found"),
                help=Words(
                    "没有整改的必须写明，例如：不合格批次仍在出售，原因未查，工艺没有调整",
                    "Needed where nothing was rectified, for example: the failed batch is still on sale, no cause "
                    "was sought",
                ),
            ),
        },
        evidence=("photo", "film", "minutes", "signed_sheet"),
    ),
    ActRecord(
        "RR3",
        "recheck.commission_test",
        Words("委托复查检验", "Commission the recheck test"),
        Words("已委托复查检验", "recheck test commissioned"),
        Words(
            "生产者已查明原因、完成整改的，委托技术机构按原细则检验，样品由企业无偿提供。",
            "For a producer that has rectified, a technical body tests by the original rules, "
            "on a sample given free of charge.",
        ),
        told=("technical_body",),
        facts={
            "fee_charged": _FEE,
            "technical_body": FactWords(
                Words("复查检验机构", "Body commissioned with the test"),
            ),
        },
    ),
    ActRecord(
        "RR4",
        "recheck.test_done",
        Words("登记复查检验完成", "Record the recheck test as done"),
        Words("复查检验已完成", "recheck test done"),
        Words(
            "技术机构及时报送检验报告，登记报告编号；作出结论的期限自检验完成起算。",
            "The technical body reports without delay, and the number of its report is recorded; the period for the "
            "conclusion runs from completion of the test.",
        ),
        told=("handler",),
        target="carry-out-recheck-test",
        facts={
            "conclusion": FactWords(
                Words("复查检验结论", "Result of the recheck test"),
                choices=CONCLUSION,
            ),
            "report_number": FactWords(
                Words("复查检验报告编号", "Number of the report on the recheck test"),
                help=Words("按报告封面填写", "As it stands on the cover of the report"),
            ),
        },
        evidence=("report",),
        obligatory=(Demand(("report",), (47,)),),
        entitled=("sign",),
    ),
    ActRecord(
        "RR5",
        "recheck.pass_without_test",
        Words("作出合格结论（不经检验）", "Pass without a test"),
        Words("复查合格（不经检验）", "passed without a test"),
        Words(
            "仅标签类问题且能判断已改正的，或者销售者现场检查合格的，可以不检验；销售者还要卖同一产品的，"
            "须有其生产者复查合格的证明。",
            "Possible where only labels failed and the correction can be judged, or for a seller whose check was "
            "satisfactory; one that resumes needs the pass of its producers.",
        ),
        told=("enterprise", "city"),
        facts={
            "resume": FactWords(
                Words("销售者还要卖同一产品", "The seller means to sell the same product again"),
                help=Words("仅对销售者填写", "For sellers only"),
            ),
            "proof": FactWords(
                Words("生产者复查合格证明", "Proof of the producers' pass"),
                help=Words(
                    "仅对还要卖同一产品的销售者填写",
                    "Only for a seller that means to sell the same product again",
                ),
                choices=PRODUCER_PROOF,
            ),
            "document": _PROOF_NUMBER,
        },
        needs_recent=True,
    ),
    ActRecord(
        "RR6",
        "recheck.pass_with_test",
        Words("依复查检验作出合格结论", "Pass on the test result"),
        Words("复查检验合格", "passed on the test result"),
        Words(
            "复查检验合格的，按期作出结论并出具复查结果通知书。",
            "With a conforming test the bureau concludes in time and issues the recheck notice.",
        ),
        told=("enterprise", "city"),
        needs_recent=True,
        in_batches=True,
    ),
    ActRecord(
        "RR7",
        "recheck.fail_without_test",
        Words("作出不合格结论（不经检验）", "Fail without a test"),
        Words("复查不合格（不经检验）", "failed without a test"),
        Words(
            "现场核查书面确认没有整改的，不必检验即可作出不合格结论。",
            "Where the visit found in writing that nothing was rectified, no test is needed to find a failure.",
        ),
        told=("enterprise", "city"),
        needs_recent=True,
        in_batches=True,
    ),
    ActRecord(
        "RR8",
        "recheck.fail_with_test",
        Words("依复查检验作出不合格结论", "Fail on the test result"),
        Words("复查检验不合格", "failed on the test result"),
        Words(
            "复查检验不合格的，按期作出结论并出具复查结果通知书。",
            "With a nonconforming test the bureau concludes in time and issues the recheck notice.",
        ),
        told=("enterprise", "city"),
        needs_recent=True,
        in_batches=True,
    ),
    ActRecord(
        "RR9",
        "recheck.confirm_hardship",
        Words("确认无法整改", "Confirm the inability"),
        Words("已确认无法整改", "inability confirmed"),
        Words(
            "因提交证明而启动的复查中，证明经核实属实的，确认暂时无法整改，不计入复查次数；不属实的按整改情况作结论。",
            "In the visit which a proof of inability has brought about, and where it holds, the inability is "
            "confirmed and no round counted; otherwise the merits decide.",
        ),
        told=("enterprise", "city"),
        needs_recent=True,
    ),
    ActRecord(
        "RR10",
        "recheck.recommission",
        Words("另行委托复查检验", "Commission another body with the test"),
        Words("已另行委托复查检验", "recheck test commissioned from another body"),
        Words(
            "受委托的技术机构不能检验的，结果处理部门写明理由，另行委托一家，不向企业收费。",
            "When the technical body cannot test, the handling bureau says why and commissions another one, at no "
            "cost to the enterprise.",
        ),
        told=("technical_body", "replaced_body", "enterprise"),
        exceptional=True,
        replaces=12,
        facts={
            "reason": FactWords(
                Words("另行委托的原因", "Why another body is commissioned"),
                help=Words(
                    "写明原机构为什么不能检验，例如：来函说明该项目资质已到期",
                    "State why the first one cannot test, for example: by its letter its qualification for the "
                    "item has ended",
                ),
            ),
            "fee_charged": _FEE,
            "technical_body": FactWords(
                Words("另行委托的复查检验机构", "Body commissioned instead"),
            ),
        },
    ),
    ActRecord(
        "RR11",
        "recheck.fail_no_sample",
        Words("作出不合格结论（不提供样品）", "Fail for want of a sample"),
        Words("复查不合格（不提供样品）", "failed, no sample provided"),
        Words(
            "复查检验的样品由企业提供；经要求仍不提供的，写明要求的内容、日期和未提供的事实，作出不合格结论。",
            "The enterprise provides the sample of the test; when it gives none, demand, date and refusal are found "
            "in writing and the recheck fails.",
        ),
        told=("enterprise", "city"),
        exceptional=True,
        facts={
            "finding": FactWords(
                Words("企业不提供样品的情况", "Finding that no sample is provided"),
                help=Words(
                    "写明要求的内容和日期以及企业没有提供的事实，例如：书面要求提供检验所需数量的样品，期满未提供",
                    "State the demand, its date and that none was provided, for example: the quantity for the test was "
                    "demanded in writing, and nothing came by the day set",
                ),
            ),
        },
        evidence=("minutes", "letter"),
        needs_recent=True,
        rests_on=("recheck.commission_test", "recheck.recommission"),
    ),
    ActRecord(
        "BN1",
        "ban.activate",
        Words("禁止恢复生产销售", "Put the ban in force"),
        Words("禁令已生效", "ban in force"),
        Words(
            "收到责令改正通知书后，同一产品在认定复查合格前不得恢复产销，为复查制样的除外。",
            "From receipt of the order the product may not be made or sold again before the "
            "recheck is passed, save for the recheck sample.",
        ),
    ),
    ActRecord(
        "BN2",
        "ban.lift_on_pass",
        Words("因复查合格解除禁令", "Lift the ban on a pass"),
        Words("禁令已因复查合格解除", "ban lifted on a pass"),
        Words(
            "生产者复查合格即解除；销售者继续销售的，须先有其生产者合格的证明。",
            "A producer's pass lifts it; a seller that resumes needs the pass of its producers as well.",
        ),
    ),
    ActRecord(
        "BN3",
        "ban.lift_on_withdrawal",
        Words("因案件终止解除禁令", "Lift the ban on withdrawal"),
        Words("禁令已因案件终止解除", "ban lifted on withdrawal"),
        Words(
            "责令改正失去依据、被撤销，或者主体已经注销的，禁令随案件一并解除。",
            "When the order has no basis left, was annulled or has nobody to address, the ban goes with the case.",
        ),
    ),
    ActRecord(
        "BN4",
        "ban.make_permanent",
        Words("禁令转为永久", "Make the ban permanent"),
        Words("禁令已转为永久", "ban made permanent"),
        Words(
            "营业执照被吊销的，不再有恢复的可能。",
            "With the business licence revoked there is nothing left to resume.",
        ),
    ),
    ActRecord(
        "BN5",
        "ban.record_breach",
        Words("登记违反禁令", "Record a breach of the ban"),
        Words("已登记违反禁令", "breach of the ban recorded"),
        Words(
            "擅自恢复生产、销售的，凭证据登记并作为线索处理，复查照常进行。",
            "Unlawful resumption is recorded on its evidence and becomes a lead; the recheck goes on.",
        ),
        told=("province",),
        alarms=True,
        exceptional=True,
        facts={
            "evidence": FactWords(
                Words("恢复生产、销售的证据", "Evidence of the resumption"),
                help=Words(
                    "写明何时何地查见以及证据的名称，例如：门店购物小票、在售产品照片",
                    "Say when and where, and name the evidence, for example: till receipt, photographs of the "
                    "goods on sale",
                ),
            ),
        },
        evidence=("photo", "film"),
        obligatory=(Demand(("photo", "film", "minutes", "screenshot", "other"), (50, 56), instead=("evidence",)),),
    ),
    ActRecord(
        "BN6",
        "ban.reactivate",
        Words("禁令重新生效", "Put the ban in force again"),
        Words("禁令已重新生效", "ban in force again"),
        Words(
            "企业收到后一案件的责令改正通知书，已解除的禁令重新生效。",
            "The receipt of the order of a later case puts a lifted ban in force again.",
        ),
    ),
    ActRecord(
        "BN7",
        "ban.hand_over",
        Words("禁令随案移交外省", "Hand the ban over with the case"),
        Words("禁令已随案移交外省", "ban handed over with the case"),
        Words(
            "案件移交外省的，禁令不因此解除，随案告知该省。",
            "When the case goes to another province the ban is not lifted: it goes along and that province is told.",
        ),
        told=("province", "enterprise"),
    ),
    ActRecord(
        "BN8",
        "ban.lift_permanent",
        Words("解除永久禁令", "Lift the permanent ban"),
        Words("永久禁令已解除", "permanent ban lifted"),
        Words(
            "吊销营业执照后，结论、责令改正或者最后一次不合格复查失去效力的，禁令解除，"
            "由结果处理部门请登记机关撤回吊销决定。",
            "When the conclusion, the order or the last failed recheck falls after the business licence was revoked, "
            "the ban is lifted and the handling bureau asks the registration authority to take its decision back.",
        ),
        told=("enterprise",),
    ),
    ActRecord(
        "BNX",
        "ban.record_producer_proof",
        Words("登记生产者复查合格证明", "Record the producer's pass"),
        Words("已登记生产者复查合格证明", "producer's pass recorded"),
        Words(
            "复查合格的销售者出示生产者的复查结果通知书，生产者在省外的出示其所在地部门的文书后，可以恢复销售。",
            "A seller that passed may sell again once it shows the producer's recheck notice, or the paper of the "
            "bureau of a producer outside Shandong.",
        ),
        exceptional=True,
        facts={
            "proof": FactWords(
                Words("生产者复查合格证明", "Proof of the producers' pass"),
                choices={
                    **PRODUCER_PROOF,
                    "document": Words("生产者所在地出具的文书", "a document from the producer's place"),
                },
                earlier=("document",),
            ),
            "document": _PROOF_NUMBER,
        },
        evidence=("report", "letter"),
    ),
)
