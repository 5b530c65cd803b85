"""Guards of what is done with a nonconforming result (Articles 42 to 57)."""

from typing import Final

from spotcheck.rules.guards.guard import Guard
from spotcheck.rules.words import Words

REMEDIATION: Final = (
    Guard(
        "report_exists",
        (43,),
        Words(
            "没有结论为不合格且仍然有效的检验报告",
            "there is no nonconforming report whose conclusion stands",
        ),
        Words(
            "由检验机构先出具不合格报告；结论已撤销或者改为合格的，不再处理",
            "the laboratory first reports; if the conclusion was revoked or is now conforming, "
            "there is nothing to handle",
        ),
    ),
    Guard(
        "in_shandong",
        (42,),
        Words(
            "该企业不在山东省内，本省不作结果处理",
            "the party is outside Shandong and is not handled here",
        ),
        Words(
            "由省局通报企业所在地的省级市场监管部门",
            "the province informs the provincial authority of the party's place",
        ),
    ),
    Guard(
        "one_case",
        (42, 43),
        Words(
            "该企业在本案卷中已有正在办理的结果处理案件",
            "the party already has a running case in this dossier",
        ),
        Words(
            "由现有案件的结果处理部门继续办理；管辖不当的，办理移交",
            "the bureau that has the case goes on with it, or transfers it",
        ),
    ),
    Guard(
        "conclusion_stands",
        (43,),
        Words(
            "检验结论已被撤销或者最终改为合格",
            "the conclusion was revoked or is finally conforming",
        ),
        Words(
            "不再责令改正；已收报告的案件随之终止",
            "no order is issued any more; the case ends with the conclusion",
        ),
    ),
    Guard(
        "measures_done",
        (44,),
        Words(
            "复查申请没有写明已查明原因、查清责任并采取措施完成整改",
            "the application does not show cause found, liability clear and measures carried out",
        ),
        Words(
            "由企业完成整改后提交书面复查申请",
            "the enterprise completes its rectification and applies in writing",
        ),
    ),
    Guard(
        "hardship_proof",
        (45,),
        Words("没有附无法完成整改的证明材料", "no proof of inability is attached"),
        Words(
            "由企业补交能证明无法整改的材料，例如停业、迁址、受灾或者破产的证明",
            "the enterprise attaches proof of closure, conversion, relocation, disaster, bankruptcy or the like",
        ),
    ),
    Guard(
        "still_in_window",
        (44,),
        Words(
            "整改期限已经届满，不能撤回复查申请",
            "the rectification period is over, so the application can no longer be withdrawn",
        ),
        Words(
            "由结果处理部门按申请组织复查",
            "the handling bureau holds the recheck on the application",
        ),
    ),
    Guard(
        "proof_in_time",
        (35, 39, 44),
        Words(
            "没有证据证明材料曾按期送达；因破坏样品视为放弃的，也不属于期满更正",
            "nothing proves that the filing had arrived in time; a waiver for tampering is not a lapse to be corrected",
        ),
        Words(
            "由企业提供按期送达的凭证，经办部门核实实际收到日期后更正",
            "the enterprise proves timely arrival; the office checks the true date of receipt and corrects the lapse",
        ),
    ),
    Guard(
        "conditions_restored",
        (45,),
        Words(
            "尚未恢复整改条件，或者整改没有完成",
            "the conditions for rectification are not restored, or it is not done",
        ),
        Words(
            "由企业在恢复条件、完成整改后申请复查",
            "the enterprise rectifies once conditions return and then applies",
        ),
    ),
    Guard(
        "closure_over",
        (51,),
        Words("停业整顿期没有届满", "the closure period is not over yet"),
        Words(
            "由结果处理部门待整顿期满后组织复查",
            "the handling bureau rechecks after the closure period has ended",
        ),
    ),
    Guard(
        "ladder_round",
        (51,),
        Words(
            "与复查不合格的次数不符：首次不合格应当上报，再次责令停业整顿，三次吊销执照",
            "this does not fit the number of failures: the first is reported up, the second "
            "brings closure, the third the licence",
        ),
        Words(
            "由结果处理部门按本案复查不合格的次数办理",
            "the handling bureau takes the step that belongs to the number of failed rechecks",
        ),
    ),
    Guard(
        "conclusion_final",
        (51, 57),
        Words(
            "检验结论尚未终局，或者仍有异议、复检没有办结；公告、停业、吊销还须结论为不合格",
            "the conclusion is not final, or an objection or retest is open; announcement, "
            "closure and licence also need it nonconforming",
        ),
        Words(
            "由省局办结异议和复检，并待各方异议期限届满",
            "the province concludes the open objections and retests, and every objection window runs out",
        ),
    ),
    Guard(
        "actual_place",
        (42,),
        Words(
            "没有查明企业实际经营地在其他辖区",
            "it is not established that the party actually works in another district",
        ),
        Words(
            "由结果处理部门核实并登记企业实际经营地",
            "the handling bureau verifies and records the actual place of business",
        ),
    ),
    Guard(
        "producers_only",
        (48,),
        Words(
            "复查检验只针对生产者，本案企业是销售者",
            "a recheck test exists for producers only, and this party is a seller",
        ),
        Words(
            "由结果处理部门对销售者作现场检查并据此作出结论",
            "the handling bureau concludes from its on-site check of the seller",
        ),
    ),
    Guard(
        "rectified",
        (47,),
        Words(
            "现场核查没有确认原因查明、整改完成",
            "the visit did not find the cause established and the rectification done",
        ),
        Words(
            "由企业完成整改；未整改的，由结果处理部门作出不合格结论",
            "the enterprise completes its rectification; otherwise the handling bureau finds that it failed",
        ),
    ),
    Guard(
        "not_rectified",
        (47, 50),
        Words(
            "现场核查认为已经整改，不能不经检验判为不合格",
            "the visit found the rectification done, so a failure needs a test",
        ),
        Words(
            "由结果处理部门委托复查检验，或者依规定作出合格结论",
            "the handling bureau commissions a recheck test or finds that the party passed",
        ),
    ),
    Guard(
        "label_only",
        (47,),
        Words(
            "不合格项目不限于标签、标志或者说明书，不能免除复查检验",
            "not only labels, marks or instructions failed, so the recheck test cannot be left out",
        ),
        Words(
            "由结果处理部门委托技术机构复查检验",
            "the handling bureau commissions a technical body with the test",
        ),
    ),
    Guard(
        "producer_pass_shown",
        (48,),
        Words(
            "没有出示生产者复查合格的证明，销售者不能恢复销售同一产品",
            "the producer's pass has not been shown, so the seller cannot go back to selling the product",
        ),
        Words(
            "待生产者复查合格后，由销售者出示其复查结果通知书；不再销售同一产品的，不必提供",
            "once the producer has passed, the seller shows the producer's recheck notice; it "
            "need not if it gives the product up",
        ),
    ),
    Guard(
        "recheck_result",
        (47, 50),
        Words(
            "拟作结论与复查检验结果不一致",
            "the conclusion to be drawn does not follow the result of the recheck test",
        ),
        Words(
            "由结果处理部门按复查检验报告作出结论",
            "the handling bureau concludes as the test report says",
        ),
    ),
    Guard(
        "hardship_claimed",
        (45,),
        Words(
            "本次复查不是因企业提交无法整改证明而启动",
            "this recheck was not started on a proof of inability",
        ),
        Words(
            "由结果处理部门按整改情况作出合格或者不合格结论",
            "the handling bureau finds pass or failure on the merits",
        ),
    ),
    Guard(
        "level_by_level",
        (51,),
        Words(
            "须由县局报市局、市局报省局，不能越级",
            "reports go from county to city and from city to province; no level may be skipped",
        ),
        Words(
            "由目前持有材料的部门报送其上一级",
            "the bureau that holds the file sends it one level up",
        ),
    ),
    Guard(
        "changed_after_publication",
        (57,),
        Words(
            "已公开的结论没有变化，也没有法院或者复议机关的决定",
            "no published conclusion has changed, nor has a court or review body decided",
        ),
        Words(
            "结论变化或者收到上述决定后，由省局更正",
            "the province corrects once a conclusion changes or such a decision is received",
        ),
    ),
    Guard(
        "handed_over_only",
        (4, 52),
        Words(
            "只适用于国家或者外省移交的案件",
            "this exists only for cases handed over by the state or another province",
        ),
        Words(
            "省级监督抽查中否认生产的，由企业向省局提出异议",
            "in a provincial check, the enterprise objects to the province instead",
        ),
    ),
    Guard(
        "seller_in_shandong",
        (52,),
        Words(
            "被抽样销售者不在山东省内，不能直接通报同级部门",
            "the seller is outside Shandong, so no peer bureau can be notified directly",
        ),
        Words(
            "由标称生产者所在地部门逐级上报省局",
            "the producer's bureau reports level by level to the province",
        ),
    ),
    Guard(
        "seller_outside",
        (52,),
        Words(
            "被抽样销售者在山东省内，应当直接通报其所在地同级部门",
            "the seller is in Shandong, so its peer bureau is to be notified directly",
        ),
        Words(
            "由标称生产者所在地部门通报销售者所在地同级部门",
            "the producer's bureau notifies the bureau of the same level at the seller's place",
        ),
    ),
    Guard(
        "peer_province_informed",
        (52,),
        Words("尚未通报外省省级市场监管部门", "the other province has not been informed"),
        Words(
            "由省局通报销售者所在省的省级部门后办结",
            "the province informs the authority of the seller's province and then closes",
        ),
    ),
    Guard(
        "no_disposal",
        (35, 39),
        Words(
            "样品仍须保存：结论未终局，或者仍有期限、异议、复检未了；终止检验的，其线索尚未办结",
            "the units must be kept: the conclusion is not final, or a window, objection or "
            "retest is open, or the lead of a terminated test is pending",
        ),
        Words(
            "待上述事项全部办结后，由检验机构处置",
            "the laboratory disposes of them once all of this has ended",
        ),
    ),
)
