"""Guards of sampling on site and online (Articles 13 to 26, 39)."""

from typing import Final

from spotcheck.rules.guards.guard import Guard
from spotcheck.rules.words import Words

SAMPLING: Final = (
    Guard(
        "two_samplers",
        (13,),
        Words(
            "到场的抽样人员不足两名，或者其中有人没有列入监督抽查通知书",
            "fewer than two different samplers are present, or one of them is not named on the spot-check notice",
        ),
        Words(
            "由抽样机构派足两名列入通知书的抽样人员到场",
            "the sampling body sends at least two samplers who are named on the notice",
        ),
    ),
    Guard(
        "valid_ids",
        (13, 19),
        Words(
            "抽样人员没有出示有效的身份证明",
            "not every sampler has shown a valid identity document",
        ),
        Words("由每名抽样人员出示有效的身份证明", "every sampler shows a valid identity document"),
    ),
    Guard(
        "notice_matches",
        (13, 19),
        Words(
            "抽样人员、抽样单位、企业或者产品与监督抽查通知书不一致",
            "samplers, sampling unit, entity or product differ from the spot-check notice",
        ),
        Words(
            "由省局核对并出具与实际一致的监督抽查通知书",
            "the province issues a notice that matches the facts",
        ),
    ),
    Guard(
        "mandate_copy",
        (13,),
        Words(
            "受委托抽样，但没有出示委托书复印件",
            "sampling was commissioned, but no copy of the mandate is shown",
        ),
        Words(
            "由抽样机构出示省局委托书的复印件",
            "the sampling body shows a copy of the province's mandate",
        ),
    ),
    Guard(
        "refusal_established",
        (19,),
        Words(
            "企业主张的拒绝理由不成立，或者没有证据证明",
            "the ground of refusal claimed is not established or not proved",
        ),
        Words(
            "由企业补充证据；理由仍不成立的，由省局驳回",
            "the enterprise adds proof; if the ground still fails, the province rejects it",
        ),
    ),
    Guard(
        "refusal_not_established",
        (19,),
        Words(
            "企业的拒绝理由成立，不能驳回",
            "the ground of refusal is established and cannot be rejected",
        ),
        Words(
            "由省局认可该拒绝理由，终结本次抽样",
            "the province accepts the refusal and ends this sampling",
        ),
    ),
    Guard(
        "no_pending_refusal",
        (19, 21),
        Words(
            "企业主张的拒绝理由尚未裁定，不能记为拒检",
            "a ground of lawful refusal is still pending, so no obstruction can be recorded",
        ),
        Words(
            "由省局先裁定该理由；驳回后仍不配合的，再记录拒检",
            "the province decides on the ground first; obstruction may be recorded if the party "
            "persists after a rejection",
        ),
    ),
    Guard(
        "no_suspicion",
        (14,),
        Words(
            "查验中已发现涉嫌违法的情形，不能继续抽样",
            "a suspected violation was seen, so sampling may not go on",
        ),
        Words(
            "由抽样人员终止抽样，填写违法线索报告单并立即报告",
            "the sampler terminates the sampling, fills in the report of a suspected violation and reports at once",
        ),
    ),
    Guard(
        "contract_shown",
        (15,),
        Words(
            "属于委托加工，但企业没有出示合同等材料，或者未确认产品检验合格、待销售",
            "production is commissioned, but the contract was not shown, or the product is not "
            "known to be inspected and for sale",
        ),
        Words(
            "由企业出示委托加工合同，抽样人员核实产品检验合格且待销售",
            "the enterprise shows the contract, and the samplers verify that the product passed "
            "inspection and is for sale",
        ),
    ),
    Guard(
        "five_media",
        (16,),
        Words(
            "现场影像不全：场所、贮存环境、标识、库存、过程，五类缺一不可",
            "the pictures are incomplete: place, storage, marking, stock and process must each be shown",
        ),
        Words(
            "由抽样人员补拍缺少的照片或者录像",
            "the samplers take the missing photographs or videos",
        ),
    ),
    Guard(
        "form4_signed",
        (17,),
        Words(
            "抽样单没有双方签字和企业公章，也没有注明不能盖章的原因",
            "the sampling sheet lacks a signature of either side or the seal, and no reason for its absence is noted",
        ),
        Words(
            "由双方签字，企业盖章；不能盖章的，注明原因并由双方确认",
            "both sides sign and the enterprise seals; where it cannot, the reason is noted and both sides confirm it",
        ),
    ),
    Guard(
        "test_sample_paid",
        (18,),
        Words("检验样品没有付款购买", "the test sample has not been paid for"),
        Words(
            "由抽样人员按价购买检验样品并保存付款凭证",
            "the samplers buy the test sample and keep the receipt",
        ),
    ),
    Guard(
        "sealed_separately",
        (18, 26),
        Words(
            "检验样品和备用样品没有分别封样",
            "test sample and reserve sample are not sealed separately",
        ),
        Words("由抽样人员将两份样品分别封样", "the samplers seal the two units separately"),
    ),
    Guard(
        "no_fee",
        (3, 18, 19, 49),
        Words("向企业收取了费用", "a fee has been asked from the enterprise"),
        Words(
            "由收费一方撤回收费；经费由组织抽查或者复查的部门列支",
            "whoever asked for the fee withdraws it; the authority that organises the check or recheck bears the cost",
        ),
    ),
    Guard(
        "inability_verified",
        (20,),
        Words(
            "没有通过查验记录、查看车间和库房核实无法抽样的原因",
            "the cause was not verified from the records, the workshop and the warehouse",
        ),
        Words(
            "由抽样人员查验生产、销售记录并查看车间、库房",
            "the samplers check the records and look at workshop and warehouse",
        ),
    ),
    Guard(
        "purchase_records",
        (24,),
        Words(
            "网络买样的信息不全：人员、账户、收货地址或者页面、订单、支付截图有缺",
            "the purchase record is incomplete: buyers, accounts, delivery address or screenshots are missing",
        ),
        Words(
            "由抽样人员补全买样人员、账户、收货地址和各项截图",
            "the samplers complete buyers, accounts, delivery address and screenshots",
        ),
    ),
    Guard(
        "reserve_bought",
        (25,),
        Words(
            "买样没有同时包括检验样品和备用样品",
            "the purchase does not cover both test and reserve sample",
        ),
        Words("由抽样人员按两份样品的数量下单", "the samplers order enough for both units"),
    ),
    Guard(
        "opening_filmed",
        (26,),
        Words(
            "拆封过程没有拍照或者录像",
            "the opening of the parcel was not photographed or filmed",
        ),
        Words(
            "由抽样人员提供拆封过程的照片或者录像",
            "the samplers supply the pictures of the opening",
        ),
    ),
    Guard(
        "papers_mailed",
        (26,),
        Words(
            "抽样单和监督抽查通知书没有寄送被抽样销售者",
            "sampling sheet and spot-check notice have not been mailed to the seller",
        ),
        Words(
            "由抽样人员寄出两份文书并登记寄送凭证",
            "the samplers mail both papers and record the proof of posting",
        ),
    ),
    Guard(
        "reserve_only",
        (18, 39),
        Words(
            "只有备用样品可以留在企业，并且须有保管承诺书",
            "nothing but the reserve unit stays with the enterprise, and only once it has signed a custody undertaking",
        ),
        Words(
            "由企业签署保管承诺书；检验样品由抽样人员送检验机构",
            "the enterprise signs the undertaking; the samplers bring the test unit to the laboratory",
        ),
    ),
)
