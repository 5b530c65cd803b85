"""Guards of sampling on site and online (Articles 13 to 26, 39)."""

from typing import Final

from spotcheck.rules.guards import Guard
from spotcheck.rules.words import Words

SAMPLING: Final = (
    Guard(
        "two_samplers",
        (13,),
        Words(
            "到场的抽样人员不足两名",
            "fewer than two different samplers are present",
        ),
        Words(
            "由抽样机构派足抽中的抽样人员到场，至少两名",
            "the sampling body sends the samplers drawn for this target, at least two",
        ),
    ),
    Guard(
        "samplers_as_drawn",
        (12, 13, 19),
        Words(
            "到场的抽样人员与随机选派并列入监督抽查通知书的人员不一致",
            "those who come are not the samplers drawn for this target and named on the spot-check notice",
        ),
        Words(
            "由抽中的人员全部到场；确需更换的，由省局或者抽样机构按抽取次序更换，并换发通知书",
            "all the samplers drawn come; if one cannot, the province or the sampling body puts the next of the drawn "
            "order in the place and has the notice made out anew",
        ),
    ),
    Guard(
        "sampler_from_draw",
        (12, 13),
        Words(
            "接替或者增派的不是抽取次序中的下一名，被换的人员本来没有选派，或者没有写明理由",
            "the one to come in is not the next of the drawn order, the one to go out was not assigned, or no reason "
            "is given",
        ),
        Words(
            "由省局或者抽样机构按抽取次序安排下一名并写明理由；次序用完的，从在册名单中另行抽取",
            "province or sampling body takes the next of the drawn order and gives the reason; when the order is used "
            "up, one is drawn anew from the kept list",
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
            "企业主张的拒绝理由不成立：材料不能证明，省局的抽查记录也不能证明",
            "the ground of refusal claimed is not established, neither by the papers nor by the province's own record",
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
            "企业的拒绝理由成立，不能驳回；只由省局自己的抽查记录证明的，也一样",
            "the ground of refusal is established and cannot be rejected, be it by the province's own record alone",
        ),
        Words(
            "由省局认可该拒绝理由，终结本次抽样",
            "the province accepts the refusal and ends this sampling",
        ),
    ),
    Guard(
        "refusal_answered",
        (19,),
        Words(
            "省局没有写明驳回拒绝理由的理由",
            "the province does not say why the ground of refusal fails",
        ),
        Words(
            "由省局写明企业的拒绝理由为什么不成立",
            "the province states in its own words why the ground fails",
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
        "suspicion_shown",
        (14, 28),
        Words(
            "没有写明涉嫌哪种违法情形、查见什么、有什么证据",
            "the suspicion is not named, or its finding or its evidence is missing",
        ),
        Words(
            "由抽样人员或者检验机构写明涉嫌情形、查见的事实和证据；说不清的，继续抽样或者检验",
            "sampler or laboratory names the suspicion, what was found and the evidence; without them sampling or "
            "testing goes on",
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
        "nominal_recorded",
        (15, 28, 42),
        Words(
            "属于委托加工，但没有把标称生产者登记为当事人",
            "production is commissioned, but the nominal producer is not on record as a party",
        ),
        Words(
            "由抽样人员按产品标识和合同登记标称生产者",
            "the samplers put the nominal producer on record, as product marking and contract name it",
        ),
    ),
    Guard(
        "obstruction_shown",
        (21,),
        Words(
            "没有写明拒检的行为、经过，或者既没有照片、录像，也没有写明缺少的原因",
            "the conduct or what was done is not stated, or there is neither a picture nor the reason why there is "
            "none",
        ),
        Words(
            "由抽样人员写明企业的行为和经过，附照片或者录像；没有的，写明原因",
            "the samplers state conduct and course of events and add photo or video, or say why there is none",
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
        "correction_confirmed",
        (17,),
        Words(
            "抽样单的更正没有经抽样人员和企业双方确认",
            "the correction of the sampling sheet is not confirmed by both the samplers and the party",
        ),
        Words(
            "由抽样人员和企业在更正处双方确认后再登记",
            "samplers and party both confirm it at the place of correction, then it is recorded",
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
        "within_article_23",
        (23,),
        Words(
            "销售者和生产者都不在山东省内，不在网络买样的范围之内",
            "neither the seller nor a producer works in Shandong, so the product may not be bought online",
        ),
        Words(
            "由省局改抽省内销售者或者省内生产者的产品；已经抽中的，由抽样人员登记买样失败",
            "the province draws a product of a seller or producer in Shandong instead; if it was drawn already, the "
            "sampler records that the purchase failed",
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
    Guard(
        "reserve_on_site",
        (18, 25, 26),
        Words(
            "只有现场抽取的备用样品可以留给企业，网上买来的不可以",
            "only a reserve unit sampled on site may stay with the enterprise, not one that was bought online",
        ),
        Words(
            "由抽样人员把两份样品一并送检验机构",
            "the sampler brings both units to the laboratory",
        ),
    ),
    Guard(
        "keeper_on_record",
        (27, 38, 39),
        Words(
            "登记的保管人不是申请人，样品失效不能归责于申请人",
            "the record names another keeper, so the loss of the unit is not the applicant's doing",
        ),
        Words(
            "按登记的保管人如实登记原因；申请人只对留其保管或者现场封样后尚未送出的样品负责",
            "the cause is recorded as the keeper on record has it; the applicant answers only for a unit left with it, "
            "or sampled on site, sealed and not dispatched yet",
        ),
    ),
    Guard(
        "compromise_shown",
        (38, 39),
        Words(
            "没有写明样品失效或者灭失的证据",
            "the evidence of the loss of the unit is not stated",
        ),
        Words(
            "由登记的一方写明证据，例如照片、封条状况、交接记录或者事故报告",
            "whoever records it states the evidence: photographs, state of the seal, hand-over record, incident report",
        ),
    ),
)
