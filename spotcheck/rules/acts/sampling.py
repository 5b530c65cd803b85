"""The acts of sampling on site and online (Articles 12 to 26)."""

from typing import Final

from spotcheck.rules.acts.act import ActWords
from spotcheck.rules.words import Words

SAMPLING: Final = (
    ActWords(
        "SM0",
        "sampling.create",
        Words("生成现场抽样任务", "Open the on-site sampling"),
        Words("已生成现场抽样任务", "on-site sampling opened"),
        Words(
            "每抽中一家企业的一种产品，生成一次现场抽样。",
            "Each entity and product drawn becomes one sampling on site.",
        ),
    ),
    ActWords(
        "SM1",
        "sampling.present_notice",
        Words("出示监督抽查通知书和证件", "Present the spot-check notice and identity documents"),
        Words("已出示监督抽查通知书和证件", "spot-check notice and identity documents presented"),
        Words(
            "抽中的两名以上抽样人员到场亮证、出示载有其姓名的通知书并说明抽查情况；受委托的，另出示委托书复印件。",
            "The samplers drawn, at least two, identify themselves, present the notice that names them and "
            "explain the check; a commissioned body also shows its mandate.",
        ),
    ),
    ActWords(
        "SM2",
        "sampling.claim_refusal",
        Words("主张拒绝抽样", "Claim a lawful refusal"),
        Words("企业已主张拒绝抽样", "lawful refusal claimed"),
        Words(
            "符合规定情形之一的，企业可以拒绝抽样，并应当提供依据。",
            "An enterprise may refuse on one of the listed grounds and has to support it.",
        ),
    ),
    ActWords(
        "SM3",
        "sampling.accept_refusal",
        Words("认可拒绝理由", "Accept the refusal"),
        Words("已认可拒绝理由", "refusal accepted"),
        Words(
            "理由成立的，省局认可，本次抽样终结，企业不承担不利后果。",
            "Where the ground holds, the province accepts it, the sampling ends, and nothing is "
            "held against the enterprise.",
        ),
    ),
    ActWords(
        "SM4",
        "sampling.reject_refusal",
        Words("驳回拒绝理由", "Reject the refusal"),
        Words("已驳回拒绝理由", "refusal rejected"),
        Words(
            "理由不成立的，省局写明驳回的理由，抽样回到主张之前的一步；尚未出示、查验的，仍须出示、查验。",
            "Where the ground fails, the province rejects it with its own reason and the sampling goes back to "
            "where it was before the claim; what was not shown or checked yet still has to be.",
        ),
    ),
    ActWords(
        "SM5",
        "sampling.pass_precheck",
        Words("确认抽样前查验通过", "Pass the pre-check"),
        Words("抽样前查验已通过", "pre-check passed"),
        Words(
            "抽样前查验登记、资质和标识；委托加工的，另看合同、确认产品检验合格并待销售，同时登记标称生产者。",
            "Registration, qualifications and marking are checked before sampling; for commissioned production "
            "also contract and state of the goods, and the nominal producer goes on record.",
        ),
    ),
    ActWords(
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
    ),
    ActWords(
        "SM7",
        "sampling.complete_sampling",
        Words("完成抽样并封样", "Complete the sampling and seal the units"),
        Words("已完成抽样并封样", "sampling completed, units sealed"),
        Words(
            "按细则抽样，填写抽样单并双方确认，五类影像留证，检验样品付款，两份样品分别封样。",
            "Sampling follows the implementing rules: sheet confirmed by both sides, five kinds "
            "of pictures, test sample bought, two units sealed apart.",
        ),
    ),
    ActWords(
        "SM8",
        "sampling.record_not_sampled",
        Words("记录未抽样", "Record that no sample was taken"),
        Words("已记录未抽样", "no sample taken, recorded"),
        Words(
            "确实无法抽样的，核实原因后填写情况说明表，报送省局。",
            "Where sampling is impossible, the cause is verified, the statement filled in and sent to the province.",
        ),
    ),
    ActWords(
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
    ),
    ActWords(
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
    ActWords(
        "SM11",
        "sampling.correct_sheet",
        Words("更正抽样单", "Correct the sampling sheet"),
        Words("抽样单已更正", "sampling sheet corrected"),
        Words(
            "抽样单不得随意涂改；更正、补充之处由抽样人员和企业双方确认，原来的文字一并保留。",
            "The sheet is not altered at will: samplers and enterprise both confirm a correction, and the first "
            "text is kept.",
        ),
    ),
    ActWords(
        "SM12",
        "sampling.replace_sampler",
        Words("更换抽样人员", "Replace a sampler"),
        Words("已更换抽样人员", "sampler replaced"),
        Words(
            "通知书出示之前，抽中的人员不能到场的，写明原因，由抽取次序中的下一名接替，并换发监督抽查通知书。",
            "Before the notice is shown, the next sampler of the drawn order takes the place of one who cannot come; "
            "the reason is kept and the notice made out anew.",
        ),
    ),
    ActWords(
        "SM13",
        "sampling.add_sampler",
        Words("增派抽样人员", "Add a sampler"),
        Words("已增派抽样人员", "sampler added"),
        Words(
            "通知书出示之后不再换人；确有需要的，由抽取次序中的下一名加入，并出示列明全部人员的新通知书。",
            "Once the notice was shown nobody is exchanged; the next sampler of the drawn order may join, with a "
            "new notice that names everybody.",
        ),
    ),
    ActWords(
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
    ActWords(
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
    ),
    ActWords(
        "ON2",
        "purchase.receive_parcel",
        Words("登记收货", "Record receipt of the parcel"),
        Words("已收货", "parcel received"),
        Words(
            "登记收到样品的日期和寄递信息，拆封前保持原状。",
            "Date and courier data are recorded; the parcel stays closed until it is opened on film.",
        ),
    ),
    ActWords(
        "ON3",
        "purchase.unseal_and_check",
        Words("拆封查验", "Open and check the parcel"),
        Words("已拆封查验", "parcel opened and checked"),
        Words(
            "全程拍摄拆封，查验寄递包装、样品包装、标识和寄递情形。",
            "Opening is filmed; parcel, packaging, marking and shipping state are checked.",
        ),
    ),
    ActWords(
        "ON4",
        "purchase.seal_and_notify",
        Words("封样并寄送文书", "Seal the units and mail the papers"),
        Words("已封样并寄送文书", "units sealed and papers mailed"),
        Words(
            "两份样品分别封样送检；抽样单连同监督抽查通知书寄给被抽样销售者。",
            "The units are sealed apart and sent for testing; sampling sheet and spot-check notice go to the seller.",
        ),
    ),
    ActWords(
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
    ),
    ActWords(
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
