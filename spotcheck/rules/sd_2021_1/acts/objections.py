"""The acts of objection and retest (Articles 35 to 41)."""

from typing import Final

from spotcheck.rules.acts import ActRecord, Demand, FactWords
from spotcheck.rules.sd_2021_1.acts.custody import FILM, RECEIVER, SEAL_NUMBER, SEAL_STATE
from spotcheck.rules.sd_2021_1.acts.fact import CONCLUDING, DECIDED_UPON, RECEIPT_PROOF, RETEST_LAB, SLIP_NUMBER
from spotcheck.rules.sd_2021_1.grounds import MAINTAIN, REVOKE, choices
from spotcheck.rules.sd_2021_1.period_codes import LODGE_OBJECTION
from spotcheck.rules.words import Words

WRITTEN_CONCLUSIONS: Final = FactWords(
    Words("已出具书面核查结论的机构", "Bodies that have given a written conclusion"),
    choices=CONCLUDING,
)
"""Every decision on an objection rests on them (Article 36)."""

WHICH_LAB: Final = FactWords(Words("复检机构", "Retest laboratory"), choices=RETEST_LAB)
TIME_NAMED: Final = FactWords(Words("已写明复检时间", "The time of the retest is named"))

WHY_ONE_CITY: Final = FactWords(
    Words("采信其中一地核查结论的理由", "Why the province follows the one city"),
    help=Words(
        "只在两地结论不一时填写，例如：标称生产者一方的出货记录和模具比对均否定由其生产",
        "Only where the two cities differ, for example: shipping records and moulds both speak against its having "
        "made the product",
    ),
)
"""A denial is decided as the cities found; where they differ, with reasons (Article 37)."""

OBJECTIONS: Final = (
    ActRecord(
        "OB1",
        "objection.file",
        Words("提出异议申请", "File an objection"),
        Words("已提出异议申请", "objection filed"),
        Words(
            "企业在异议期限内向省局书面提出，并附证明材料。",
            "The party objects to the province in writing, with evidence, inside its window.",
        ),
        told=("province", "handler"),
        facts={
            "grounds": FactWords(
                Words("异议类型", "Kind of objection"),
                choices={
                    "test_result": Words("对检验结果", "test result"),
                    "sampling": Words("对抽样过程", "sampling process"),
                    "authenticity": Words("对样品真实性", "authenticity of the sample"),
                    "denial": Words("否认产品为其生产", "denial of having made the product"),
                },
            ),
            "items": FactWords(
                Words("有异议的项目", "Disputed items"),
                help=Words("不填即为全部不合格项目", "All failed items unless named"),
            ),
            "evidence": FactWords(
                Words("已附证明材料", "Evidence is attached"),
            ),
        },
        evidence=("application", "grounds", "licence", "contract"),
        obligatory=(Demand(("application", "grounds"), (35,)),),
        ends=(LODGE_OBJECTION,),
    ),
    ActRecord(
        "OB2",
        "objection.start_verification",
        Words("开始调查核实", "Start the verification"),
        Words("已开始调查核实", "verification started"),
        Words(
            "省局组织核查，抽样机构和检验机构各自出具说明理由的书面结论。",
            "The province has the objection verified; sampling body and laboratory each give a "
            "written conclusion with reasons.",
        ),
        told=("sampling_body", "lab"),
        target="decide-objection",
    ),
    ActRecord(
        "OB3",
        "objection.maintain_late",
        Words("以逾期为由维持原结论", "Maintain the conclusion: objection late"),
        Words("已以逾期为由维持原结论", "conclusion maintained, objection late"),
        Words(
            "异议逾期的也要书面答复，原结论维持。",
            "A late objection, too, is answered in writing: the conclusion stands.",
        ),
        told=("enterprise", "cities"),
        target="decide-objection",
        needs_recent=True,
    ),
    ActRecord(
        "OB4",
        "objection.ask_experts",
        Words("邀请专家研判", "Ask experts"),
        Words("已邀请专家研判", "experts asked"),
        Words(
            "必要时，省局可以请第三方专家分析。",
            "Where needed the province may ask third-party experts.",
        ),
        exceptional=True,
    ),
    ActRecord(
        "OB5",
        "objection.expert_opinion",
        Words("提交专家评估意见", "File the expert opinion"),
        Words("专家评估意见已提交", "expert opinion filed"),
        Words(
            "专家形成评估意见，供省局处理异议参考。",
            "The experts give their opinion for the province to weigh.",
        ),
        evidence=("verification", "minutes"),
    ),
    ActRecord(
        "OB6",
        "objection.transfer_denial",
        Words("移送两地市局核查", "Transfer the denial to both city bureaus"),
        Words("已移送两地市局核查", "denial transferred to both city bureaus"),
        Words(
            "标称生产者不承认产品由其生产的，材料移送其本地和销售者所在地市局；没有销售者的，送被抽样生产者所在地市局；"
            "在省外的，函请该省的部门转其所在地市级部门核查。",
            "A nominal producer's denial goes to the city bureaus of its own place and of the seller's; without a "
            "seller, of the place where the sample was taken. A city of another province is asked through the "
            "authority of that province.",
        ),
        told=("city",),
        target="decide-objection",
    ),
    ActRecord(
        "OB7",
        "objection.denial_findings",
        Words("登记市局核查结论", "Record the findings of both city bureaus"),
        Words("两地市局核查结论已到齐", "findings of both city bureaus recorded"),
        Words(
            "两地市局依法核查，各出具书面结论；到齐后由省局按文号登记，两地结论不一的如实登记。",
            "Both city bureaus investigate and report in writing; the province records both papers when the second "
            "has come, also when they differ.",
        ),
        told=("province",),
        facts={
            "from": FactWords(
                Words("已提交核查结论的市局", "City bureaus that have reported"),
                help=Words(
                    "两地都到齐才能登记；案卷里没有销售者的，第二地是被抽样生产者所在地",
                    "Both are needed; in a file without a seller the second city is that of the sampled producer",
                ),
                choices={
                    "nominal_producer_city": Words("标称生产者所在地市局", "city of the nominal producer"),
                    "seller_city": Words("被抽样者所在地市局", "city of who was sampled"),
                },
            ),
            "produced": FactWords(
                Words("产品是否由标称生产者生产", "Whether the nominal producer made the product"),
                help=Words("按两地市局的书面核查结论填写", "As the written findings of the two cities say"),
                choices={
                    "yes": Words("是", "yes"),
                    "no": Words("不是", "no"),
                    "differ": Words("两地结论不一", "the two cities do not agree"),
                },
            ),
            "documents": FactWords(
                Words("核查结论的文号", "Numbers of the written findings"),
                help=Words(
                    "两地市局各一份，每行一个",
                    "One of each city, one a line",
                ),
            ),
        },
        evidence=("verification", "letter"),
    ),
    ActRecord(
        "OB8",
        "objection.maintain",
        Words("维持原检验结论", "Maintain the conclusion"),
        Words("已决定维持原检验结论", "conclusion maintained by decision"),
        Words(
            "理由不成立或者不具备复检条件的，写明理由，维持原结论；否认生产的，以两地市局查明为其生产为限。",
            "Where the grounds fail or no retest is possible, the conclusion stands, for a reason that is given; on a "
            "denial only where the cities found that the producer made the product.",
        ),
        told=("enterprise", "cities", "handler"),
        target="decide-objection",
        facts={
            "written_conclusions": WRITTEN_CONCLUSIONS,
            "reason": FactWords(
                Words("维持理由", "Reason for maintaining"),
                help=Words(
                    "备用样品完好的，不能以自然失效为由",
                    "While the reserve unit is intact, expiry is no reason",
                ),
                choices=choices(MAINTAIN),
            ),
            "verdicts": FactWords(
                Words("书面核查结论的意见", "What the written conclusions say"),
                choices={
                    "support": Words("支持维持", "they support maintaining"),
                    "contradict": Words("与维持相反", "they say the contrary"),
                },
            ),
            "follows": WHY_ONE_CITY,
        },
        evidence=("verification",),
        needs_recent=True,
        rests_on=DECIDED_UPON,
        stands_on=(("sample", "R"),),
    ),
    ActRecord(
        "OB9",
        "objection.revoke",
        Words("撤销原检验结论", "Revoke the conclusion"),
        Words("已决定撤销原检验结论", "conclusion revoked by decision"),
        Words(
            "抽样过程有缺陷或者样品不真实的，原结论不能保留，由省局择时另抽。",
            "Where sampling or authenticity was defective, the conclusion is revoked and a new "
            "sample taken in due course.",
        ),
        told=("enterprise", "cities", "handler"),
        target="decide-objection",
        facts={
            "written_conclusions": WRITTEN_CONCLUSIONS,
            "reason": FactWords(
                Words("撤销理由", "Reason for revoking"),
                choices=choices(REVOKE),
            ),
        },
        evidence=("verification",),
        needs_recent=True,
        rests_on=DECIDED_UPON,
    ),
    ActRecord(
        "OB10",
        "objection.order_retest",
        Words("决定组织复检", "Order a retest"),
        Words("已决定组织复检", "retest ordered"),
        Words(
            "需要并且能够复检、备用样品未定于另一复检的，省局指定符合条件的复检机构；否认生产不以复检答复。",
            "Where a retest is needed and possible, and the reserve unit not spoken for by another, the province "
            "names a qualified laboratory; a denial is never answered with a retest.",
        ),
        told=("enterprise", "cities", "handler"),
        target="decide-objection",
        facts={
            "written_conclusions": WRITTEN_CONCLUSIONS,
            "reproducible": FactWords(
                Words("有异议的项目具有重现性", "The disputed item is reproducible"),
            ),
            "lab": WHICH_LAB,
            "retest_lab": FactWords(
                Words("指定的复检机构", "Laboratory named for the retest"),
                help=Words("不得是初检机构", "Not the first laboratory"),
            ),
        },
        evidence=("verification",),
        needs_recent=True,
        rests_on=DECIDED_UPON,
        stands_on=(("sample", "R"),),
    ),
    ActRecord(
        "OB11",
        "objection.uphold_denial",
        Words("认定否认成立", "Uphold the denial"),
        Words("已认定否认成立", "denial upheld"),
        Words(
            "两地市局查明产品不是标称生产者生产的，其案件终止，原检验结论对其他当事人不变；两地结论不一的，"
            "省局写明理由采信其一。",
            "Where the cities found that the nominal producer did not make the product, its case ends and the "
            "conclusion stands for the others; where they differ, the province says why it follows the one.",
        ),
        told=("enterprise", "cities", "handler"),
        target="decide-objection",
        facts={
            "written_conclusions": WRITTEN_CONCLUSIONS,
            "reason": WHY_ONE_CITY,
        },
        evidence=("verification", "letter"),
        needs_recent=True,
        rests_on=DECIDED_UPON,
    ),
    ActRecord(
        "OB12",
        "objection.withdraw",
        Words("撤回异议", "Withdraw the objection"),
        Words("企业已撤回异议", "objection withdrawn"),
        Words(
            "决定作出前，包括专家研判、市局核查期间，企业可以书面撤回异议；文本对此没有规定，予以准许。",
            "Before the decision, also while experts or cities are at work, the party may withdraw its objection in "
            "writing; the text is silent, it is allowed.",
        ),
        exceptional=True,
        facts={
            "document": FactWords(
                Words("企业的书面撤回", "The party's paper"),
                help=Words(
                    "写明日期和签署人，例如：撤回异议申请书，法定代表人签字并盖章",
                    "Give date and signature, for example: letter of withdrawal, signed by its legal "
                    "representative and sealed",
                ),
            ),
        },
        evidence=("application", "letter"),
        obligatory=(Demand(("application", "letter"), (35,), instead=("document",)),),
    ),
    ActRecord(
        "OB13",
        "objection.answer_by_retest",
        Words("由复检结果答复异议", "Answer the objection by the retest"),
        Words("异议已由复检结果答复", "objection answered by the retest"),
        Words(
            "所争议的项目全部列入另一异议的复检委托书的，由该次复检结果一并答复。",
            "When the commission of another party's retest named every item in dispute, its result answers this "
            "objection too.",
        ),
        told=("enterprise", "cities", "handler"),
    ),
    ActRecord(
        "OB14",
        "objection.decide_anew",
        Words("重新作出异议处理决定", "Decide the objection anew"),
        Words("已重新作出异议处理决定", "objection decided anew"),
        Words(
            "已决定的复检不能进行且非申请人所致的，书面查明后重新决定；样品由机构为省局保管时灭失的，不得维持原结论。",
            "When the ordered retest cannot be held, and not through the applicant, this is found in writing and the "
            "objection decided anew; never maintained when a body lost the unit which it kept for the province.",
        ),
        told=("enterprise", "cities", "handler"),
        exceptional=True,
        replaces=8,
        facts={
            "decision": FactWords(
                Words("重新作出的决定", "Decision"),
                choices={
                    "maintain": Words("维持原检验结论", "maintain the conclusion"),
                    "revoke": Words("撤销原检验结论", "revoke the conclusion"),
                },
            ),
            "cause": FactWords(
                Words("不能复检的原因", "Why the retest cannot be held"),
                choices={
                    "unit": Words(
                        "备用样品失效、灭失、已用或者已处置",
                        "the reserve unit expired, is lost, gone or used",
                    ),
                    "no_body": Words("没有机构能够检验", "no body can test it"),
                },
            ),
            "finding": FactWords(
                Words("不能复检的查明情况", "Finding that the retest cannot be held"),
                help=Words(
                    "写明查明的事实和依据，例如：样品丢失的登记；没有机构能够检验的，逐一写明各受询机构的答复",
                    "State the facts and on what they rest, for example: the record of the loss; where no body can "
                    "test, the answer of each body asked",
                ),
            ),
            "written_conclusions": WRITTEN_CONCLUSIONS,
        },
        needs_recent=True,
        rests_on=(
            *DECIDED_UPON,
            "objection.order_retest",
            "retest.commission",
            "retest.recommission",
            "sample.compromise",
        ),
        stands_on=(("sample", "R"), ("retest", "")),
    ),
    ActRecord(
        "OB15",
        "objection.proceed_without_experts",
        Words("不待专家意见继续核查", "Go on without the experts"),
        Words("已不待专家意见继续核查", "verification goes on without the experts"),
        Words(
            "专家研判只在必要时进行；专家不答复的，省局写明理由后继续核查。",
            "Experts are asked only where needed; when they do not answer, the province goes on and says why.",
        ),
        exceptional=True,
        facts={
            "reason": FactWords(
                Words("不待专家意见的理由", "Why the experts are not waited for"),
                help=Words(
                    "写明理由，例如：经书面催告，专家仍未答复，现有材料已足以核查",
                    "State it, for example: reminded in writing the experts have not answered, and what is on file "
                    "suffices",
                ),
            ),
        },
    ),
    ActRecord(
        "OBX",
        "objection.record_decision_receipt",
        Words("登记异议处理通知书送达", "Record receipt of the objection decision"),
        Words("异议处理通知书已送达", "objection decision received"),
        Words(
            "登记申请人收到通知书的日期和凭证；决定复检的，办理手续的期限由此起算。",
            "The proved date of receipt is recorded; after a decision to retest the period for "
            "the formalities runs from it.",
        ),
        receipt_of=8,
        target="serve-decision",
        facts={
            "proof": RECEIPT_PROOF,
            "slip_number": SLIP_NUMBER,
        },
        evidence=("slip",),
        obligatory=(Demand(("slip",), (39,), instead=("proof",)),),
    ),
    ActRecord(
        "RT1",
        "retest.create",
        Words("生成复检事项", "Open the retest"),
        Words("已生成复检事项", "retest opened"),
        Words(
            "申请人收到复检决定，即应在期限内办理复检手续。",
            "With the decision in hand, the applicant has to complete the formalities in time.",
        ),
    ),
    ActRecord(
        "RT2",
        "retest.complete_formalities",
        Words("办理复检手续", "Complete the retest formalities"),
        Words("已办理复检手续", "retest formalities completed"),
        Words(
            "申请人按期办结手续，省局的委托期限由此起算。",
            "The applicant completes the formalities in time; the province's period to commission runs from then.",
        ),
    ),
    ActRecord(
        "RT3",
        "retest.waive",
        Words("认定视为放弃复检", "Treat the retest as waived"),
        Words("已视为放弃复检", "retest deemed waived"),
        Words(
            "逾期未办手续的，视为放弃；备用样品已登记为因申请人隐匿、转移、变卖或者损毁而失效的，同样处理，"
            "原结论不变。",
            "Formalities missed, or the reserve unit on record as hidden, moved, sold or damaged by the applicant: "
            "the retest is waived and the conclusion stands.",
        ),
        told=("enterprise", "cities", "handler"),
        exceptional=True,
        facts={
            "ground": FactWords(
                Words("放弃情形", "Ground of the waiver"),
                help=Words(
                    "期限届满由系统处理；破坏样品的，须先登记样品因申请人失效",
                    "A lapse is dealt with by the system; tampering is first recorded as the cause of the loss of "
                    "the unit",
                ),
                choices={
                    "tampering": Words("隐匿、转移、变卖或者损毁样品", "sample hidden, moved, sold or damaged"),
                    "lapse": Words("逾期未办手续", "formalities not done in time"),
                },
            ),
        },
        rests_on=("objection.order_retest", "sample.compromise"),
        stands_on=(("sample", "R"),),
    ),
    ActRecord(
        "RT4",
        "retest.commission",
        Words("下达复检委托书", "Issue the retest commission"),
        Words("已下达复检委托书", "retest commissioned"),
        Words(
            "省局按期委托复检机构，写明时间和项目，一般只复检有异议的项目；另一异议所争议的项目可以列入。",
            "The province commissions the retest in time and names date and items, normally the disputed ones only; "
            "those of another open objection may be added.",
        ),
        told=("retest_lab", "enterprise", "joined"),
        facts={
            "time": TIME_NAMED,
            "items": FactWords(
                Words("复检项目", "Items to be retested"),
                help=Words(
                    "不填即为本异议所争议的项目；另一项未决异议所争议的项目可以列入",
                    "The disputed items unless named; those of another open objection may be added",
                ),
            ),
        },
    ),
    ActRecord(
        "RT5",
        "retest.hand_over_sample",
        Words("确认并交接样品", "Confirm and hand over the sample"),
        Words("样品已确认并交接", "sample confirmed and handed over"),
        Words(
            "原抽样机构和复检机构对确认、交接全程录像，有关方面可以到场见证。",
            "Sampling body and retest laboratory film the confirmation and hand-over "
            "throughout; those concerned may watch.",
        ),
        facts={
            "filmed": FactWords(
                Words("确认和交接已全程录像", "Confirmation and hand-over were filmed throughout"),
            ),
            **FILM,
            "seal_state": SEAL_STATE,
            "seal_number": SEAL_NUMBER,
            "giver": FactWords(Words("交出人", "Handed over by")),
            "receiver": RECEIVER,
            "witnesses": FactWords(
                Words("见证人", "Witnesses"),
                help=Words(
                    "到场见证的各方人员，没有的不填", "Those of any side who watched; left empty when nobody did"
                ),
            ),
        },
        evidence=("film", "photo", "signed_sheet"),
        entitled=("receive",),
    ),
    ActRecord(
        "RT6",
        "retest.start",
        Words("开始复检", "Start the retest"),
        Words("已开始复检", "retest started"),
        Words(
            "由初检机构以外的复检机构，对完好的备用样品按委托项目检验。",
            "A laboratory other than the first tests the commissioned items on an intact reserve unit.",
        ),
        target="carry-out-retest",
        facts={
            "lab": WHICH_LAB,
        },
        entitled=("test",),
    ),
    ActRecord(
        "RT7",
        "retest.report",
        Words("报送复检结论", "Report the retest"),
        Words("复检结论已报送", "retest reported"),
        Words(
            "复检机构及时将结论报送省局，委托书上的每个项目都有结果。",
            "The retest laboratory reports to the province without delay, with a result for every item commissioned.",
        ),
        target="carry-out-retest",
        facts={
            "items": FactWords(
                Words("复检项目及结果", "Items and results"),
                help=Words(
                    "复检委托书上的每个项目都要填写名称和结果",
                    "Give name and result of every item of the commission",
                ),
            ),
        },
        evidence=("report",),
        obligatory=(Demand(("report",), (41,)),),
        entitled=("sign",),
    ),
    ActRecord(
        "RT10",
        "retest.reinstate",
        Words("恢复复检", "Reinstate the retest"),
        Words("已恢复复检", "retest reinstated"),
        Words(
            "有证据表明手续曾按期办结的，更正期满记录；因破坏样品放弃的不恢复。",
            "On proof that the formalities were done in time the lapse is corrected; a waiver for tampering is not.",
        ),
        told=("enterprise", "cities", "handler"),
        exceptional=True,
        facts={
            "proof": FactWords(
                Words("证明手续按期办结的凭证", "Proof that the formalities were done in time"),
                help=Words(
                    "写明凭证及其日期，例如：收件登记簿的页码、快递签收记录",
                    "Name it with its date, for example: page of the register of incoming mail, courier's record "
                    "of delivery",
                ),
            ),
        },
        evidence=("slip", "letter"),
        obligatory=(Demand(("slip", "letter", "other"), (39,), instead=("proof",)),),
        needs_recent=True,
    ),
    ActRecord(
        "RT8",
        "retest.close_conforming",
        Words("办结复检：合格", "Close the retest: conforming"),
        Words("复检已办结：合格", "retest closed: conforming"),
        Words(
            "省局出具复检结果通知书，送达申请人和有关市局；对复检项目为最终结论，完整检验报告未出的，"
            "样品结论待其出具后确定。",
            "The province issues the retest result to applicant and city bureaus; it is final for the retested "
            "items, and while the full report is out the sample waits for it.",
        ),
        told=("enterprise", "cities", "handler"),
    ),
    ActRecord(
        "RT9",
        "retest.close_nonconforming",
        Words("办结复检：不合格", "Close the retest: nonconforming"),
        Words("复检已办结：不合格", "retest closed: nonconforming"),
        Words(
            "省局出具复检结果通知书，送达申请人和有关市局；已复检的项目不得再争议。",
            "The province issues the retest result to applicant and city bureaus; the retested "
            "items can no longer be disputed.",
        ),
        told=("enterprise", "cities", "handler"),
    ),
    ActRecord(
        "RT11",
        "retest.cancel",
        Words("终止不能进行的复检", "Cancel the retest"),
        Words("复检不能进行，已终止", "retest cancelled"),
        Words(
            "异议重新作出决定的，原定复检连同期限一并终止，不作放弃处理。",
            "When the objection is decided anew, the retest ends with its periods and is not held to be waived.",
        ),
        told=("retest_lab", "lab"),
    ),
    ActRecord(
        "RT12",
        "retest.recommission",
        Words("另行委托复检机构", "Commission another retest laboratory"),
        Words("已另行委托复检机构", "retest commissioned from another laboratory"),
        Words(
            "原复检机构不能检验而备用样品完好的，省局写明理由，向另一机构下达复检委托书，样品重新交接。",
            "When the body cannot test and the unit is intact, the province says why and commissions another one; "
            "the unit is handed over again.",
        ),
        told=("retest_lab", "replaced_body", "enterprise", "joined"),
        exceptional=True,
        replaces=9,
        facts={
            "reason": FactWords(
                Words("另行委托的原因", "Why another body is commissioned"),
                help=Words(
                    "写明原机构为什么不能检验，例如：设备故障，来函说明不能按委托时间完成",
                    "State why the first one cannot test, for example: by its letter its equipment has failed",
                ),
            ),
            "time": TIME_NAMED,
            "lab": WHICH_LAB,
            "retest_lab": FactWords(
                Words("另行指定的复检机构", "Laboratory named instead"),
                help=Words("不得是初检机构", "Not the first laboratory"),
            ),
        },
        rests_on=("retest.commission", "retest.recommission"),
        stands_on=(("sample", "R"),),
    ),
)
