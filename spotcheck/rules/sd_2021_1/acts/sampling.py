"""The acts of sampling on site and online (Articles 12 to 26)."""

from typing import Final

from spotcheck.rules.acts import ActRecord, Demand, FactWords
from spotcheck.rules.sd_2021_1.acts.custody import FILM
from spotcheck.rules.sd_2021_1.acts.fact import (
    NOTHING,
    SAMPLE_BATCH,
    SEALED_SEPARATELY,
    SHEET_NUMBER,
    SUSPICION_EVIDENCE,
    SUSPICION_FINDING,
)
from spotcheck.rules.sd_2021_1.grounds import INABILITY, OBSTRUCTION, REFUSAL, SUSPICION, choices
from spotcheck.rules.words import Words

_POST: Final = FactWords(Words("其任职编号", "Number of the post held"), recorded=True)

_SEED: Final = FactWords(Words("另行抽取的随机种子", "Random seed of drawing anew"), recorded=True)

_LISTED: Final = FactWords(Words("另行抽取所依据的名单", "List from which one was drawn anew"), recorded=True)

SAMPLING: Final = (
    ActRecord(
        "SM0",
        "sampling.create",
        Words("生成现场抽样任务", "Open the on-site sampling"),
        Words("已生成现场抽样任务", "on-site sampling opened"),
        Words(
            "每抽中一家企业的一种产品，生成一次现场抽样。",
            "Each entity and product drawn becomes one sampling on site.",
        ),
    ),
    ActRecord(
        "SM1",
        "sampling.present_notice",
        Words("出示监督抽查通知书和证件", "Present the spot-check notice and identity documents"),
        Words("已出示监督抽查通知书和证件", "spot-check notice and identity documents presented"),
        Words(
            "抽中的两名以上抽样人员到场亮证、出示载有其姓名的通知书并说明抽查情况；受委托的，另出示委托书复印件。",
            "The samplers drawn, at least two, identify themselves, present the notice that names them and "
            "explain the check; a commissioned body also shows its mandate.",
        ),
        opens_to="party",
        facts={
            "samplers": FactWords(
                Words("到场抽样人员", "Samplers present"),
                help=Words("填写每名到场人员", "Name everybody who came"),
            ),
            "ids_valid": FactWords(
                Words("身份证明有效", "Identity documents are valid"),
            ),
            "notice_matches": FactWords(
                Words(
                    "人员、单位、企业、产品与通知书一致",
                    "Samplers, unit, entity and product match the notice",
                ),
            ),
            "mandate_copy": FactWords(
                Words("已出示委托书复印件", "A copy of the mandate was shown"),
                help=Words("受委托抽样时必须出示", "Needed when sampling was commissioned"),
            ),
        },
        evidence=("photo", "signed_sheet", "signature"),
    ),
    ActRecord(
        "SM2",
        "sampling.claim_refusal",
        Words("主张拒绝抽样", "Claim a lawful refusal"),
        Words("企业已主张拒绝抽样", "lawful refusal claimed"),
        Words(
            "符合规定情形之一的，企业可以拒绝抽样，并应当提供依据。",
            "An enterprise may refuse on one of the listed grounds and has to support it.",
        ),
        told=("province",),
        exceptional=True,
        facts={
            "ground": FactWords(
                Words("拒绝理由", "Ground of the refusal"),
                choices=choices(REFUSAL),
            ),
            "proven": FactWords(
                Words("企业已提供依据", "The enterprise has supported its ground"),
                help=Words(
                    "近期已抽查的理由由系统核算",
                    "The ground of a recent check is computed by the system",
                ),
            ),
            "earlier_check": FactWords(
                Words("前一次抽查", "Earlier check"),
                help=Words(
                    "填写前一次抽查的组织部门、抽样日期和产品",
                    "Give organiser, sampling date and product of the earlier check",
                ),
                choices={
                    "province": Words("省局组织", "organised by the province"),
                    "samr": Words("市场监管总局组织", "organised by SAMR"),
                    "city": Words("市局组织", "organised by a city bureau"),
                    "other_province": Words("外省组织", "organised by another province"),
                },
            ),
        },
        evidence=("licence", "letter", "photo"),
    ),
    ActRecord(
        "SM3",
        "sampling.accept_refusal",
        Words("认可拒绝理由", "Accept the refusal"),
        Words("已认可拒绝理由", "refusal accepted"),
        Words(
            "理由成立的，省局认可，本次抽样终结，企业不承担不利后果。",
            "Where the ground holds, the province accepts it, the sampling ends, and nothing is "
            "held against the enterprise.",
        ),
        told=("enterprise", "sampling_body"),
    ),
    ActRecord(
        "SM4",
        "sampling.reject_refusal",
        Words("驳回拒绝理由", "Reject the refusal"),
        Words("已驳回拒绝理由", "refusal rejected"),
        Words(
            "理由不成立的，省局写明驳回的理由，抽样回到主张之前的一步；尚未出示、查验的，仍须出示、查验。",
            "Where the ground fails, the province rejects it with its own reason and the sampling goes back to "
            "where it was before the claim; what was not shown or checked yet still has to be.",
        ),
        told=("enterprise", "sampling_body"),
        facts={
            "reason": FactWords(
                Words("驳回的理由", "Why the ground fails"),
                help=Words(
                    "由省局写明拒绝理由为什么不成立，例如：所称的前一次抽查由市局组织，不在规定情形之内",
                    "In the words of the province, for example: the earlier check was a city bureau's own, which "
                    "is no ground",
                ),
            ),
        },
    ),
    ActRecord(
        "SM5",
        "sampling.pass_precheck",
        Words("确认抽样前查验通过", "Pass the pre-check"),
        Words("抽样前查验已通过", "pre-check passed"),
        Words(
            "抽样前查验登记、资质和标识；委托加工的，另看合同、确认产品检验合格并待销售，同时登记标称生产者。",
            "Registration, qualifications and marking are checked before sampling; for commissioned production "
            "also contract and state of the goods, and the nominal producer goes on record.",
        ),
        facts={
            "suspicion": FactWords(
                Words("涉嫌违法情形", "Suspected violation"),
                choices={"none": NOTHING, **choices(SUSPICION)},
            ),
            "commissioned": FactWords(
                Words("属于委托加工", "Production is commissioned"),
            ),
            "contract": FactWords(
                Words("已核对合同，产品检验合格且待销售", "Contract seen; product inspected and for sale"),
                help=Words("属于委托加工时必须核对", "Needed for commissioned production"),
            ),
            "nominal_recorded": FactWords(
                Words("已登记标称生产者", "The nominal producer is on record"),
                help=Words(
                    "属于委托加工时必须登记为当事人",
                    "Needed for commissioned production: it becomes a party",
                ),
            ),
            "nominal_producer": FactWords(
                Words("标称生产者的统一社会信用代码", "Unified social credit code of the nominal producer"),
                help=Words(
                    "按产品标识和委托加工合同填写",
                    "As product marking and contract name it",
                ),
            ),
            "nominal_name": FactWords(
                Words("标称生产者名称", "Name of the nominal producer"),
                help=Words("系统里还没有该企业时填写", "Where the enterprise is not known yet"),
            ),
            "nominal_place": FactWords(
                Words("标称生产者所在地", "Place of the nominal producer"),
                help=Words(
                    "系统里还没有该企业时，填写行政区划代码",
                    "Code of the place, where the enterprise is not known yet",
                ),
            ),
        },
        evidence=("photo", "licence", "contract"),
    ),
    ActRecord(
        "SM6",
        "sampling.terminate_illegal",
        Words("终止抽样（涉嫌违法）", "Terminate the sampling (suspected violation)"),
        Words("已因涉嫌违法终止抽样", "sampling terminated on a suspected violation"),
        Words(
            "不经检验就能看出涉嫌违法的，写明涉嫌情形、查见事实和证据，停止抽样，填写线索报告单，"
            "立即报省局和企业所在地县局。",
            "Where a violation is evident without a test, sampling stops on a named suspicion with its finding and "
            "evidence, and is reported at once to the province and the county bureau.",
        ),
        told=("province", "county"),
        exceptional=True,
        facts={
            "suspicion": FactWords(
                Words("涉嫌违法情形", "Suspected violation"),
                choices=choices(SUSPICION),
            ),
            "finding": SUSPICION_FINDING,
            "evidence": SUSPICION_EVIDENCE,
        },
        evidence=("photo", "film", "licence"),
        obligatory=(Demand(("photo", "film", "licence", "screenshot", "other"), (14,), instead=("evidence",)),),
    ),
    ActRecord(
        "SM7",
        "sampling.complete_sampling",
        Words("完成抽样并封样", "Complete the sampling and seal the units"),
        Words("已完成抽样并封样", "sampling completed, units sealed"),
        Words(
            "按细则抽样，填写抽样单并双方确认，五类影像留证，检验样品付款，两份样品分别封样。",
            "Sampling follows the implementing rules: sheet confirmed by both sides, five kinds "
            "of pictures, test sample bought, two units sealed apart.",
        ),
        facts={
            "media": FactWords(
                Words("现场影像", "Pictures taken"),
                help=Words("五类都要有照片或者录像", "A photograph or video of each of the five"),
                choices={
                    "place": Words("抽样场所", "place of sampling"),
                    "storage": Words("贮存环境", "storage environment"),
                    "marking": Words("产品标识", "product marking"),
                    "stock": Words("库存数量", "stock quantity"),
                    "process": Words("抽样过程", "sampling process"),
                },
            ),
            "signed": FactWords(
                Words(
                    "抽样单已双方签字并盖章，或者已注明原因",
                    "Both sides have signed, the enterprise has sealed, or why not is noted",
                ),
            ),
            "paid": FactWords(
                Words("检验样品已付款", "The test sample is paid for"),
            ),
            "fee_charged": FactWords(
                Words("向企业收取了费用", "A fee was asked from the enterprise"),
                help=Words("不得收取检验费或者其他费用", "No test fee or other fee may be asked"),
            ),
            "sealed_separately": SEALED_SEPARATELY,
            "sheet_number": SHEET_NUMBER,
            "batch": SAMPLE_BATCH,
        },
        evidence=("photo", "film", "signed_sheet", "voucher", "signature"),
        obligatory=(Demand(("photo", "film"), (16,)),),
    ),
    ActRecord(
        "SM8",
        "sampling.record_not_sampled",
        Words("记录未抽样", "Record that no sample was taken"),
        Words("已记录未抽样", "no sample taken, recorded"),
        Words(
            "确实无法抽样的，核实原因后填写情况说明表，报送省局。",
            "Where sampling is impossible, the cause is verified, the statement filled in and sent to the province.",
        ),
        told=("province",),
        exceptional=True,
        facts={
            "cause": FactWords(
                Words("未抽样原因", "Cause"),
                choices=choices(INABILITY),
            ),
            "verified": FactWords(
                Words("核实方式", "How it was verified"),
                help=Words("三项都要核实", "All three are needed"),
                choices={
                    "records": Words("查验生产、销售记录", "production and sales records checked"),
                    "workshop": Words("查看生产车间", "workshop seen"),
                    "warehouse": Words("查看库房", "warehouse seen"),
                },
            ),
        },
        evidence=("photo", "film", "signed_sheet"),
    ),
    ActRecord(
        "SM9",
        "sampling.record_obstruction",
        Words("记录拒检", "Record obstruction"),
        Words("已记录拒检", "obstruction recorded"),
        Words(
            "企业无正当理由阻碍、拒绝或者不配合的，如实记录行为和经过，附影像或者写明没有影像的原因，"
            "立即报省局和企业所在地县局。",
            "Obstruction or refusal without a lawful ground is recorded with what was done and with pictures, or "
            "why there are none, and reported at once to the province and the county bureau.",
        ),
        told=("province", "county"),
        exceptional=True,
        facts={
            "conduct": FactWords(
                Words("拒检情形", "Conduct"),
                choices=choices(OBSTRUCTION),
            ),
            "finding": FactWords(
                Words("拒检的经过", "What was done"),
                help=Words(
                    "写明谁在何时做了什么，例如：出示通知书后，门卫按负责人电话要求锁门，抽样人员等候后离开",
                    "State who did what and when, for example: after the notice was shown the gate was locked on the "
                    "manager's order by telephone, and the samplers waited in vain",
                ),
            ),
            "media": FactWords(
                Words("照片或者录像", "Photographs or film"),
                help=Words(
                    "写明是哪些影像，例如：执法记录仪录像、厂门照片",
                    "Say which ones, for example: film of the body camera, photographs of the gate",
                ),
            ),
            "no_media_reason": FactWords(
                Words("没有影像的原因", "Why there is no picture"),
                help=Words(
                    "只在没有照片、录像时填写，例如：拍摄设备被企业人员夺走",
                    "Only where there is neither photograph nor film, for example: the camera was taken away",
                ),
            ),
        },
        evidence=("film", "photo", "signed_sheet"),
        obligatory=(Demand(("film", "photo"), (21,), instead=("media", "no_media_reason")),),
    ),
    ActRecord(
        "SM10",
        "sampling.void",
        Words("抽样作废", "Void the sampling"),
        Words("抽样已作废", "sampling voided"),
        Words(
            "异议处理中撤销检验结论，或者检验样品在任何报告之前灭失的，该次抽样作废；因撤销而作废的，由省局适时重抽。",
            "When an objection brings the conclusion down, or the test unit is lost before any report, the sampling "
            "is void; after a revocation the province samples again in due course.",
        ),
    ),
    ActRecord(
        "SM11",
        "sampling.correct_sheet",
        Words("更正抽样单", "Correct the sampling sheet"),
        Words("抽样单已更正", "sampling sheet corrected"),
        Words(
            "抽样单不得随意涂改；更正、补充之处由抽样人员和企业双方确认，原来的文字一并保留。",
            "The sheet is not altered at will: samplers and enterprise both confirm a correction, and the first "
            "text is kept.",
        ),
        exceptional=True,
        facts={
            "confirmed_by": FactWords(
                Words("确认更正的人", "Who confirmed the correction"),
                help=Words("双方都要在更正处确认", "Both sides confirm it at the place of correction"),
                choices={
                    "samplers": Words("抽样人员", "the samplers"),
                    "party": Words("被抽样企业", "the party"),
                },
            ),
            "text": FactWords(
                Words("更正的内容", "What is corrected"),
                help=Words(
                    "写明原来的文字和正确的文字，例如：规格型号由“甲型”更正为“乙型”",
                    "Give the first text and the right one, for example: model, first type A, rightly type B",
                ),
            ),
        },
        evidence=("signed_sheet", "photo"),
    ),
    ActRecord(
        "SM12",
        "sampling.replace_sampler",
        Words("更换抽样人员", "Replace a sampler"),
        Words("已更换抽样人员", "sampler replaced"),
        Words(
            "通知书出示之前，抽中的人员不能到场的，写明原因，由抽取次序中的下一名接替，并换发监督抽查通知书。",
            "Before the notice is shown, the next sampler of the drawn order takes the place of one who cannot come; "
            "the reason is kept and the notice made out anew.",
        ),
        told=("province", "sampling_body"),
        exceptional=True,
        facts={
            "out": FactWords(
                Words("被更换的抽样人员", "Sampler who cannot come"),
                help=Words("须是已选派的人员", "One of those assigned"),
            ),
            "in": FactWords(
                Words("接替的抽样人员", "Sampler who takes the place"),
                help=Words(
                    "不填即为抽取次序中的下一名；次序用完的，由系统从在册名单中另行抽取",
                    "The next of the drawn order unless named; when it is used up the system draws one anew from "
                    "the list",
                ),
            ),
            "reason": FactWords(
                Words("不能到场的原因", "Why the sampler cannot come"),
                choices={
                    "illness": Words("患病", "illness"),
                    "leave": Words("请假或者另有公务", "leave or other duty"),
                    "conflict": Words("应当回避", "conflict of interest"),
                },
            ),
            "post": _POST,
            "seed": _SEED,
            "listed": _LISTED,
        },
    ),
    ActRecord(
        "SM13",
        "sampling.add_sampler",
        Words("增派抽样人员", "Add a sampler"),
        Words("已增派抽样人员", "sampler added"),
        Words(
            "通知书出示之后不再换人；确有需要的，由抽取次序中的下一名加入，并出示列明全部人员的新通知书。",
            "Once the notice was shown nobody is exchanged; the next sampler of the drawn order may join, with a "
            "new notice that names everybody.",
        ),
        told=("province", "sampling_body", "enterprise"),
        exceptional=True,
        replaces=1,
        facts={
            "in": FactWords(
                Words("增派的抽样人员", "Sampler who joins"),
                help=Words(
                    "不填即为抽取次序中的下一名；次序用完的，由系统从在册名单中另行抽取",
                    "The next of the drawn order unless named; when it is used up the system draws one anew from "
                    "the list",
                ),
            ),
            "reason": FactWords(
                Words("增派的原因", "Why somebody joins"),
                help=Words(
                    "写明原因，例如：一名抽样人员途中突发疾病",
                    "State it, for example: one of the samplers fell ill on the way",
                ),
            ),
            "post": _POST,
            "seed": _SEED,
            "listed": _LISTED,
        },
    ),
    ActRecord(
        "ON0",
        "purchase.create",
        Words("生成网络买样任务", "Open the online purchase"),
        Words("已生成网络买样任务", "online purchase opened"),
        Words(
            "省内生产者的产品，以及省内电子商务经营者销售的产品，可以以消费者名义买样。",
            "Goods of Shandong producers, and goods sold by e-commerce operators of Shandong, "
            "may be bought as a consumer would.",
        ),
    ),
    ActRecord(
        "ON1",
        "purchase.place_order",
        Words("下单买样", "Place the order"),
        Words("已下单买样", "order placed"),
        Words(
            "销售者或者生产者在省内的方可下单；记录买样人员、账户和收货地址，截取店铺、商品、订单和支付页面，"
            "两份样品一并购买。",
            "Seller or producer must work in Shandong; buyers, accounts and address are recorded, pages and payment "
            "captured, and both units are bought.",
        ),
        facts={
            "records": FactWords(
                Words("买样信息和截图齐全", "Buyer data and screenshots are complete"),
                help=Words(
                    "包括人员、账户、收货地址、店铺、商品、订单和支付",
                    "Buyers, accounts, address, shop, product, order and payment",
                ),
            ),
            "reserve_bought": FactWords(
                Words("已同时购买备用样品", "The reserve sample is bought as well"),
            ),
            "samplers": FactWords(
                Words("买样人员", "Buyers"),
                help=Words("他们不得参与本样品的检验", "They take no part in testing this sample"),
            ),
        },
        evidence=("screenshot", "voucher"),
    ),
    ActRecord(
        "ON2",
        "purchase.receive_parcel",
        Words("登记收货", "Record receipt of the parcel"),
        Words("已收货", "parcel received"),
        Words(
            "登记收到样品的日期和寄递信息，拆封前保持原状。",
            "Date and courier data are recorded; the parcel stays closed until it is opened on film.",
        ),
    ),
    ActRecord(
        "ON3",
        "purchase.unseal_and_check",
        Words("拆封查验", "Open and check the parcel"),
        Words("已拆封查验", "parcel opened and checked"),
        Words(
            "全程拍摄拆封，查验寄递包装、样品包装、标识和寄递情形。",
            "Opening is filmed; parcel, packaging, marking and shipping state are checked.",
        ),
        facts={
            "filmed": FactWords(
                Words("拆封过程已拍照或者录像", "The opening was photographed or filmed"),
            ),
            **FILM,
        },
        evidence=("film", "photo"),
    ),
    ActRecord(
        "ON4",
        "purchase.seal_and_notify",
        Words("封样并寄送文书", "Seal the units and mail the papers"),
        Words("已封样并寄送文书", "units sealed and papers mailed"),
        Words(
            "两份样品分别封样送检；抽样单连同监督抽查通知书寄给被抽样销售者。",
            "The units are sealed apart and sent for testing; sampling sheet and spot-check notice go to the seller.",
        ),
        opens_to="party",
        facts={
            "sealed_separately": SEALED_SEPARATELY,
            "papers_mailed": FactWords(
                Words("抽样单和监督抽查通知书已寄出", "Sampling sheet and spot-check notice are mailed"),
            ),
            "sheet_number": SHEET_NUMBER,
            "batch": SAMPLE_BATCH,
        },
        evidence=("photo", "signed_sheet", "slip"),
    ),
    ActRecord(
        "ON5",
        "purchase.fail",
        Words("登记买样失败", "Record that the purchase failed"),
        Words("买样失败", "purchase failed"),
        Words(
            "下单前店铺已关闭或者不在可以买样的范围，下单后没有收到、货不对版或者样品损坏的，本次买样结束；"
            "文本对此没有规定。",
            "Shop closed or outside the scope before the order, or not delivered, wrong goods or damaged after it: "
            "the purchase ends; the text is silent on it.",
        ),
        exceptional=True,
        facts={
            "cause": FactWords(
                Words("失败原因", "Cause"),
                choices={
                    "not_delivered": Words("没有收到", "not delivered"),
                    "wrong_goods": Words("货不对版", "wrong goods"),
                    "damaged": Words("样品损坏", "damaged"),
                    "shop_closed": Words("店铺关闭或者下架", "shop closed or goods taken off"),
                    "outside_article_23": Words(
                        "销售者和生产者都不在省内",
                        "neither seller nor producer in Shandong",
                    ),
                },
            ),
        },
    ),
    ActRecord(
        "ON6",
        "purchase.void",
        Words("买样作废", "Void the purchase"),
        Words("买样已作废", "purchase voided"),
        Words(
            "异议处理中撤销检验结论，或者检验样品在任何报告之前灭失的，该次买样作废。",
            "When an objection brings the conclusion down, or the test unit is lost before any report, the "
            "purchase is void.",
        ),
    ),
)
