"""Facts of the acts of sampling and on the units (Articles 13 to 27)."""

from typing import Final

from spotcheck.rules.facts_words.fact import (
    NOTHING,
    SHEET_NUMBER,
    SUSPICION_EVIDENCE,
    SUSPICION_FINDING,
    FactWords,
)
from spotcheck.rules.grounds import INABILITY, OBSTRUCTION, REFUSAL, SUSPICION, choices
from spotcheck.rules.words import Words

_POST: Final = FactWords(Words("其任职编号", "Number of the post held"))
_SEED: Final = FactWords(Words("另行抽取的随机种子", "Random seed of drawing anew"))
_LISTED: Final = FactWords(Words("另行抽取所依据的名单", "List from which one was drawn anew"))

SAMPLING: Final = {
    ("sampling.present_notice", "samplers"): FactWords(
        Words("到场抽样人员", "Samplers present"),
        help=Words("填写每名到场人员", "Name everybody who came"),
    ),
    ("sampling.present_notice", "ids_valid"): FactWords(
        Words("身份证明有效", "Identity documents are valid"),
    ),
    ("sampling.present_notice", "notice_matches"): FactWords(
        Words(
            "人员、单位、企业、产品与通知书一致",
            "Samplers, unit, entity and product match the notice",
        ),
    ),
    ("sampling.present_notice", "mandate_copy"): FactWords(
        Words("已出示委托书复印件", "A copy of the mandate was shown"),
        help=Words("受委托抽样时必须出示", "Needed when sampling was commissioned"),
    ),
    ("sampling.claim_refusal", "ground"): FactWords(
        Words("拒绝理由", "Ground of the refusal"),
        choices=choices(REFUSAL),
    ),
    ("sampling.claim_refusal", "proven"): FactWords(
        Words("企业已提供依据", "The enterprise has supported its ground"),
        help=Words(
            "近期已抽查的理由由系统核算",
            "The ground of a recent check is computed by the system",
        ),
    ),
    ("sampling.claim_refusal", "earlier_check"): FactWords(
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
    ("sampling.reject_refusal", "reason"): FactWords(
        Words("驳回的理由", "Why the ground fails"),
        help=Words(
            "由省局写明拒绝理由为什么不成立，例如：所称的前一次抽查由市局组织，不在规定情形之内",
            "In the words of the province, for example: the earlier check was a city bureau's own, which is no ground",
        ),
    ),
    ("sampling.pass_precheck", "suspicion"): FactWords(
        Words("涉嫌违法情形", "Suspected violation"),
        choices={"none": NOTHING, **choices(SUSPICION)},
    ),
    ("sampling.pass_precheck", "commissioned"): FactWords(
        Words("属于委托加工", "Production is commissioned"),
    ),
    ("sampling.pass_precheck", "contract"): FactWords(
        Words("已核对合同，产品检验合格且待销售", "Contract seen; product inspected and for sale"),
        help=Words("属于委托加工时必须核对", "Needed for commissioned production"),
    ),
    ("sampling.pass_precheck", "nominal_recorded"): FactWords(
        Words("已登记标称生产者", "The nominal producer is on record"),
        help=Words(
            "属于委托加工时必须登记为当事人",
            "Needed for commissioned production: it becomes a party",
        ),
    ),
    ("sampling.pass_precheck", "nominal_producer"): FactWords(
        Words("标称生产者的统一社会信用代码", "Unified social credit code of the nominal producer"),
        help=Words(
            "按产品标识和委托加工合同填写",
            "As product marking and contract name it",
        ),
    ),
    ("sampling.pass_precheck", "nominal_name"): FactWords(
        Words("标称生产者名称", "Name of the nominal producer"),
        help=Words("系统里还没有该企业时填写", "Where the enterprise is not known yet"),
    ),
    ("sampling.pass_precheck", "nominal_place"): FactWords(
        Words("标称生产者所在地", "Place of the nominal producer"),
        help=Words(
            "系统里还没有该企业时，填写行政区划代码",
            "Code of the place, where the enterprise is not known yet",
        ),
    ),
    ("sampling.terminate_illegal", "suspicion"): FactWords(
        Words("涉嫌违法情形", "Suspected violation"),
        choices=choices(SUSPICION),
    ),
    ("sampling.terminate_illegal", "finding"): SUSPICION_FINDING,
    ("sampling.terminate_illegal", "evidence"): SUSPICION_EVIDENCE,
    ("sampling.complete_sampling", "media"): FactWords(
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
    ("sampling.complete_sampling", "signed"): FactWords(
        Words(
            "抽样单已双方签字并盖章，或者已注明原因",
            "Both sides have signed, the enterprise has sealed, or why not is noted",
        ),
    ),
    ("sampling.complete_sampling", "paid"): FactWords(
        Words("检验样品已付款", "The test sample is paid for"),
    ),
    ("sampling.complete_sampling", "fee_charged"): FactWords(
        Words("向企业收取了费用", "A fee was asked from the enterprise"),
        help=Words("不得收取检验费或者其他费用", "No test fee or other fee may be asked"),
    ),
    ("sampling.complete_sampling", "sealed_separately"): FactWords(
        Words("检验样品、备用样品已分别封样", "Test and reserve sample are sealed separately"),
    ),
    ("sampling.complete_sampling", "sheet_number"): SHEET_NUMBER,
    ("sampling.complete_sampling", "batch"): FactWords(
        Words("生产日期或者批号", "Batch or date of production"),
    ),
    ("sampling.record_not_sampled", "cause"): FactWords(
        Words("未抽样原因", "Cause"),
        choices=choices(INABILITY),
    ),
    ("sampling.record_not_sampled", "verified"): FactWords(
        Words("核实方式", "How it was verified"),
        help=Words("三项都要核实", "All three are needed"),
        choices={
            "records": Words("查验生产、销售记录", "production and sales records checked"),
            "workshop": Words("查看生产车间", "workshop seen"),
            "warehouse": Words("查看库房", "warehouse seen"),
        },
    ),
    ("sampling.record_obstruction", "conduct"): FactWords(
        Words("拒检情形", "Conduct"),
        choices=choices(OBSTRUCTION),
    ),
    ("sampling.record_obstruction", "finding"): FactWords(
        Words("拒检的经过", "What was done"),
        help=Words(
            "写明谁在何时做了什么，例如：出示通知书后，门卫按负责人电话要求锁门，抽样人员等候后离开",
            "State who did what and when, for example: after the notice was shown the gate was locked on the "
            "manager's order by telephone, and the samplers waited in vain",
        ),
    ),
    ("sampling.record_obstruction", "media"): FactWords(
        Words("照片或者录像", "Photographs or film"),
        help=Words(
            "写明是哪些影像，例如：执法记录仪录像、厂门照片",
            "Say which ones, for example: film of the body camera, photographs of the gate",
        ),
    ),
    ("sampling.record_obstruction", "no_media_reason"): FactWords(
        Words("没有影像的原因", "Why there is no picture"),
        help=Words(
            "只在没有照片、录像时填写，例如：拍摄设备被企业人员夺走",
            "Only where there is neither photograph nor film, for example: the camera was taken away",
        ),
    ),
    ("sampling.correct_sheet", "confirmed_by"): FactWords(
        Words("确认更正的人", "Who confirmed the correction"),
        help=Words("双方都要在更正处确认", "Both sides confirm it at the place of correction"),
        choices={
            "samplers": Words("抽样人员", "the samplers"),
            "party": Words("被抽样企业", "the party"),
        },
    ),
    ("sampling.correct_sheet", "text"): FactWords(
        Words("更正的内容", "What is corrected"),
        help=Words(
            "写明原来的文字和正确的文字，例如：规格型号由“甲型”更正为“乙型”",
            "Give the first text and the right one, for example: model, first type A, rightly type B",
        ),
    ),
    ("sampling.replace_sampler", "out"): FactWords(
        Words("被更换的抽样人员", "Sampler who cannot come"),
        help=Words("须是已选派的人员", "One of those assigned"),
    ),
    ("sampling.replace_sampler", "in"): FactWords(
        Words("接替的抽样人员", "Sampler who takes the place"),
        help=Words(
            "不填即为抽取次序中的下一名；次序用完的，由系统从在册名单中另行抽取",
            "The next of the drawn order unless named; when it is used up the system draws one anew from the list",
        ),
    ),
    ("sampling.replace_sampler", "reason"): FactWords(
        Words("不能到场的原因", "Why the sampler cannot come"),
        choices={
            "illness": Words("患病", "illness"),
            "leave": Words("请假或者另有公务", "leave or other duty"),
            "conflict": Words("应当回避", "conflict of interest"),
        },
    ),
    ("sampling.replace_sampler", "post"): _POST,
    ("sampling.replace_sampler", "seed"): _SEED,
    ("sampling.replace_sampler", "listed"): _LISTED,
    ("sampling.add_sampler", "in"): FactWords(
        Words("增派的抽样人员", "Sampler who joins"),
        help=Words(
            "不填即为抽取次序中的下一名；次序用完的，由系统从在册名单中另行抽取",
            "The next of the drawn order unless named; when it is used up the system draws one anew from the list",
        ),
    ),
    ("sampling.add_sampler", "reason"): FactWords(
        Words("增派的原因", "Why somebody joins"),
        help=Words(
            "写明原因，例如：一名抽样人员途中突发疾病",
            "State it, for example: one of the samplers fell ill on the way",
        ),
    ),
    ("sampling.add_sampler", "post"): _POST,
    ("sampling.add_sampler", "seed"): _SEED,
    ("sampling.add_sampler", "listed"): _LISTED,
    ("purchase.place_order", "records"): FactWords(
        Words("买样信息和截图齐全", "Buyer data and screenshots are complete"),
        help=Words(
            "包括人员、账户、收货地址、店铺、商品、订单和支付",
            "Buyers, accounts, address, shop, product, order and payment",
        ),
    ),
    ("purchase.place_order", "reserve_bought"): FactWords(
        Words("已同时购买备用样品", "The reserve sample is bought as well"),
    ),
    ("purchase.place_order", "samplers"): FactWords(
        Words("买样人员", "Buyers"),
        help=Words("他们不得参与本样品的检验", "They take no part in testing this sample"),
    ),
    ("purchase.unseal_and_check", "filmed"): FactWords(
        Words("拆封过程已拍照或者录像", "The opening was photographed or filmed"),
    ),
    ("purchase.seal_and_notify", "sealed_separately"): FactWords(
        Words("检验样品、备用样品已分别封样", "Test and reserve sample are sealed separately"),
    ),
    ("purchase.seal_and_notify", "papers_mailed"): FactWords(
        Words("抽样单和监督抽查通知书已寄出", "Sampling sheet and spot-check notice are mailed"),
    ),
    ("purchase.seal_and_notify", "sheet_number"): SHEET_NUMBER,
    ("purchase.fail", "cause"): FactWords(
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
    ("sample.leave_with_enterprise", "undertaking"): FactWords(
        Words("企业已签保管承诺书", "The custody undertaking is signed"),
    ),
    ("sample.receive", "seal_intact"): FactWords(
        Words("封条完整", "The seal is intact"),
    ),
    ("sample.issue", "inspector"): FactWords(
        Words("领用人", "Inspector"),
        help=Words("不得是本任务的抽样人员", "Not a sampler of this task"),
    ),
    ("sample.compromise", "cause"): FactWords(
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
    ("sample.compromise", "evidence"): FactWords(
        Words("失效或者灭失的证据", "Evidence of the loss"),
        help=Words(
            "写明证据的名称或者编号，例如：封条破损照片、运输公司出具的丢失证明",
            "Name it or give its number, for example: photographs of the broken seal, the carrier's statement of loss",
        ),
    ),
}
