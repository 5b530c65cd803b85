"""Facts of the acts of sampling and on the units (Articles 13 to 27)."""

from typing import Final

from spotcheck.rules.facts_words.fact import NOTHING, SHEET_NUMBER, FactWords
from spotcheck.rules.grounds import INABILITY, OBSTRUCTION, REFUSAL, SUSPICION, choices
from spotcheck.rules.words import Words

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
    ("sampling.terminate_illegal", "suspicion"): FactWords(
        Words("涉嫌违法情形", "Suspected violation"),
        choices=choices(SUSPICION),
    ),
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
        Words("责任方", "Who is responsible"),
        choices={
            "lab": Words("检验机构", "laboratory"),
            "sampling_body": Words("抽样机构", "sampling body"),
            "applicant": Words("异议申请人", "applicant"),
        },
    ),
}
