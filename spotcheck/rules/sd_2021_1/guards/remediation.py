"""Guards of a rectification case: its order, its periods, its way up and its ends (Articles 42 to 46, 51)."""

from typing import Final

from spotcheck.rules.guards import Guard
from spotcheck.rules.words import Words

REMEDIATION: Final = (
    Guard(
        "report_exists",
        (43,),
        Words(
            "没有仍然有效的不合格结论，或者没有不合格项目仍然成立",
            "no nonconforming conclusion stands, or no failed item stands",
        ),
        Words(
            "由检验机构先出具不合格报告；结论已撤销或者改为合格的，不再处理；"
            "复检合格而完整检验报告尚未出具的，待其出具后再定",
            "the laboratory first reports; if the conclusion was revoked or is now conforming, there is nothing to "
            "handle; after a passed retest the full report is waited for",
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
            "该企业已有正在办理的结果处理案件，或者已经结束的案件已覆盖现有的不合格项目",
            "the party already has a running case, or an ended one has covered the failed items that stand",
        ),
        Words(
            "由现有案件的结果处理部门继续办理，管辖不当的办理移交；另有新的不合格项目的，案件结束后另行登记",
            "the bureau that has the case goes on with it, or transfers it; further failed items get a case of their "
            "own once it has ended",
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
        "further_items",
        (30, 43),
        Words(
            "没有对该企业尚未责令改正的不合格项目",
            "there is no failed item that no order of this party names",
        ),
        Words(
            "完整检验报告另有不合格项目的，由结果处理部门补充责令改正",
            "once the full report adds failed items, the handling bureau orders them too",
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
            "案件不是因企业自己的申请待复查，或者整改期限已经届满，没有可以撤回的申请",
            "the case does not wait on an application of the party, or the rectification period is over, so there is "
            "no application to withdraw",
        ),
        Words(
            "由结果处理部门组织复查",
            "the handling bureau holds the recheck",
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
        "restoration_shown",
        (45,),
        Words(
            "没有写明条件已恢复的认定和证据，或者企业既没有经书面催告逾期，也没有被查见违反禁令恢复产销",
            "the finding that conditions have returned, or its evidence, is missing, or the party was neither called "
            "on in writing with a date that has passed nor found at work in breach of the ban",
        ),
        Words(
            "由结果处理部门书面催告企业并定明日期，逾期后写明查见的情况和证据；企业自己申请的，按其申请办理",
            "the handling bureau calls on the party in writing with a date, and after it states what was found and on "
            "what evidence; if the party applies itself, that is what counts",
        ),
    ),
    Guard(
        "deregistration_shown",
        (45,),
        Words(
            "没有证明企业已注销或者经营者死亡，或者其经营已有人承接",
            "nothing proves that the party is deregistered or dead, or somebody has taken over its business",
        ),
        Words(
            "由结果处理部门取得注销登记或者死亡证明，并查明无人承接；有人承接的，案件对其继续",
            "the handling bureau obtains the proof of deregistration or death and makes sure that nobody has taken "
            "over; with a successor the case goes on",
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
        "second_recheck_not_too_early",
        (51,),
        Words(
            "再次复查的最早日期未到，企业也没有书面要求提前",
            "the earliest day of the second recheck has not come, and the party has not asked in writing for an "
            "earlier one",
        ),
        Words(
            "由结果处理部门待最早日期后、期限届满前组织；企业书面要求提前的，写明其请求",
            "the handling bureau holds it from that day on and inside its period; if the party asks for an earlier "
            "one in writing, its request is stated",
        ),
    ),
    Guard(
        "ladder_round",
        (51,),
        Words(
            "与复查不合格的次数不符：首次上报，再次责令停业整顿，三次吊销营业执照；没有不合格复查的，"
            "也没有可以撤销的复查结论",
            "this does not fit the number of failures: the first is reported up, the second brings closure, the third "
            "the business licence; and without a failed recheck there is none to annul",
        ),
        Words(
            "由结果处理部门按本案复查不合格的次数办理",
            "the handling bureau takes the step that belongs to the number of failed rechecks",
        ),
    ),
    Guard(
        "authority_decision",
        (51,),
        Words(
            "没有写明决定的文号，或者没有写明作出决定的机关：停业整顿为主管机关，吊销营业执照为登记机关",
            "the number of the decision or the authority that took it is not stated: the competent authority for a "
            "closure, the registration authority for the business licence",
        ),
        Words(
            "由结果处理部门取得该机关的决定书，登记机关和文号",
            "the handling bureau obtains that authority's decision and records authority and number",
        ),
    ),
    Guard(
        "closure_ahead",
        (51,),
        Words(
            "没有写明整顿期的最后一日，或者它不在责令之日以后",
            "the last day of the closure is not stated, or it does not lie after the day of the order",
        ),
        Words(
            "由结果处理部门按决定书写明整顿期的最后一日",
            "the handling bureau states the last day as the decision has it",
        ),
    ),
    Guard(
        "actual_place",
        (42,),
        Words(
            "没有写明企业实际经营地在其他辖区的核实情况；企业仍在本县的，县局不能移交本市市局，"
            "市局交本市县局只能在企业收到责令改正通知书之前",
            "it is not found in writing that the party actually works in another district; a county never passes a "
            "case to its own city, and a city to its own county only until the party has received the order",
        ),
        Words(
            "由结果处理部门核实并写明企业实际经营地；仍在本辖区的，继续办理",
            "the handling bureau verifies and states the actual place of business; if it is here, the bureau goes on",
        ),
    ),
    Guard(
        "province_letter",
        (32,),
        Words(
            "案件移往外省，但没有写明省局致该省的函",
            "the case is to leave Shandong, but the letter of the province to that province is not stated",
        ),
        Words(
            "由省局致函该省省级部门，登记函号或者内容",
            "the province writes to the authority of that province and records number or contents of the letter",
        ),
    ),
)
