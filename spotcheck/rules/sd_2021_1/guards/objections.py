"""Guards of objections and retests (Articles 35 to 41)."""

from typing import Final

from spotcheck.rules.guards import Guard
from spotcheck.rules.words import Words

OBJECTIONS: Final = (
    Guard(
        "provincial_check_only",
        (4, 35),
        Words(
            "异议和复检只适用于省级监督抽查，本案由其他机关组织",
            "objection and retest exist in provincial checks only, and this check was organised elsewhere",
        ),
        Words(
            "由企业向组织该次抽查的机关提出",
            "the enterprise turns to the authority that organised the check",
        ),
    ),
    Guard(
        "final_after_retest",
        (41,),
        Words(
            "所争议的项目已有复检结论，复检结论是最终结论",
            "a disputed item has been settled by a retest, and a retest is final",
        ),
        Words(
            "企业在自己的异议期限内，可以就其他项目或者抽样、样品真实性提出异议",
            "inside its own window the enterprise may dispute other items, the sampling or the "
            "authenticity of the sample",
        ),
    ),
    Guard(
        "written_evidence",
        (35,),
        Words(
            "异议不是书面提出，或者没有附证明材料",
            "the objection is not in writing or comes without evidence",
        ),
        Words(
            "由企业提交书面申请并附证明材料",
            "the enterprise files a written application with evidence",
        ),
    ),
    Guard(
        "in_time_objection",
        (38,),
        Words(
            "异议已经逾期，只作答复，不再核查",
            "the objection came too late: it is answered, not verified",
        ),
        Words(
            "由省局以逾期为由维持；确曾按期提出的，先更正期满记录",
            "the province maintains the conclusion as the objection was late; if it had arrived "
            "in time, the lapse is corrected first",
        ),
    ),
    Guard(
        "not_a_denial",
        (37,),
        Words(
            "标称生产者不承认产品由其生产，须先移送两地市局核查",
            "the nominal producer denies having made the product, which the two city bureaus must look into first",
        ),
        Words(
            "由省局将材料移送两地市局：标称生产者一方和销售者一方",
            "the province transfers the material to the city bureaus of nominal producer and seller",
        ),
    ),
    Guard(
        "late_objection",
        (38,),
        Words(
            "异议没有逾期，不能以逾期为由维持",
            "the objection is not late and cannot be answered as late",
        ),
        Words("由省局对异议组织调查核实", "the province has the objection verified"),
    ),
    Guard(
        "denial_by_nominal",
        (37,),
        Words(
            "提出否认的不是标称生产者，或者异议内容不是否认生产",
            "the applicant is not a nominal producer who denies having made the product",
        ),
        Words(
            "由省局按一般异议组织调查核实",
            "the province has it verified as an ordinary objection",
        ),
    ),
    Guard(
        "both_city_findings",
        (37,),
        Words(
            "两地市局的书面核查结论没有到齐，或者没有登记各自的文号",
            "the written findings of the two city bureaus are not both on file, each with its document",
        ),
        Words(
            "由尚未答复的市局提交书面核查结论，省局到齐后登记两份文号",
            "the city bureau that still owes its findings sends them in writing, and the province records both papers",
        ),
    ),
    Guard(
        "findings_decide",
        (37, 38),
        Words(
            "与两地市局对否认生产的核查结论不符：查明为其生产才能维持，查明不是才能认定否认成立，"
            "两地不一的须写明采信其一的理由；否认生产不以复检答复",
            "this is not what the two cities found on the denial: maintained only if it made the product, upheld only "
            "if not, with reasons where they differ; and a denial is never answered with a retest",
        ),
        Words(
            "由省局按核查结论决定，两地不一的写明理由采信其一；抽样或者样品有问题的，可以撤销原结论",
            "the province decides as the cities found, and where they differ says why it follows the one; it may "
            "revoke the conclusion if the sampling or the sample was not in order",
        ),
    ),
    Guard(
        "written_conclusions",
        (36,),
        Words(
            "抽样机构和检验机构的书面核查结论没有到齐",
            "the written conclusions of sampling body and laboratory are not both on file",
        ),
        Words(
            "由尚未答复的机构提交说明理由的书面核查结论",
            "the body still owing it gives its written conclusion with reasons",
        ),
    ),
    Guard(
        "decision_reasoned",
        (36, 38),
        Words(
            "没有写明理由，或者与抽样机构、检验机构的核查结论相反；"
            "以样品失效为由的，备用样品没有自然失效、已用、已处置或者被申请人破坏的登记",
            "no reason is given, or what sampling body and laboratory found is contrary to it; or the sample is said "
            "to have expired while the reserve unit is not on record as expired by itself, used, disposed of or "
            "spoilt by the applicant",
        ),
        Words(
            "由省局写明与书面核查结论相符的理由；备用样品完好的，不能以失效为由",
            "the province gives a reason that the written conclusions bear; while the reserve unit is intact, expiry "
            "is none",
        ),
    ),
    Guard(
        "party_paper",
        (35, 44),
        Words(
            "没有登记企业自己撤回的书面材料",
            "the party's own paper, by which it withdraws, is not on file",
        ),
        Words(
            "由企业提交书面撤回，受理一方登记日期和签署人",
            "the party withdraws in writing, and the office that receives it records its date and who signed",
        ),
    ),
    Guard(
        "retest_possible",
        (38,),
        Words(
            "不具备复检条件：项目没有重现性，备用样品尚未交付保管、不完好或者已经用尽，或者已定于另一异议的复检",
            "a retest is not possible: the item is not reproducible, or the reserve unit is in nobody's keeping yet, "
            "spoiled, used up or spoken for by the retest of another objection",
        ),
        Words(
            "已定于另一复检的，由省局待其办结后决定，所争议项目可以列入该次复检委托书；"
            "样品尚未送达的，由检验机构登记收到后再决定；"
            "样品失效的，由省局作出其他决定，已决定复检的重新决定",
            "where another retest is to take the unit, the province waits for it, and may add the items in dispute to "
            "its commission; where the unit is on its way, once the laboratory has received it; where the unit is "
            "lost, it decides otherwise, and anew if a retest was ordered",
        ),
    ),
    Guard(
        "retest_impossible",
        (38, 39),
        Words(
            "没有书面查明已决定的复检不能进行：样品非因申请人失效、灭失、已用或者已处置，"
            "或者各受询机构均答复不能检验；样品由机构为省局保管时灭失的，不能维持原结论",
            "it is not found in writing that the ordered retest cannot be held: the unit lost, expired, used or gone, "
            "not by the applicant, or all bodies asked unable to test it; and where a body lost the unit which it kept "
            "for the province, the conclusion is never maintained",
        ),
        Words(
            "样品完好的，由省局继续复检或者另行委托；申请人破坏样品的，按放弃复检处理；机构使样品灭失的，撤销原结论",
            "while the unit is intact the province goes on or commissions another body; what the applicant spoilt is a "
            "waiver; where a body lost the unit, the conclusion is revoked",
        ),
    ),
    Guard(
        "other_lab",
        (38,),
        Words("复检机构就是初检机构", "the retest laboratory is the one that did the first test"),
        Words("由省局另选符合条件的复检机构", "the province names another qualified laboratory"),
    ),
    Guard(
        "waiver_ground",
        (39,),
        Words(
            "复检手续期限没有届满，样品也没有因申请人隐匿、转移、变卖或者损毁而失效的登记",
            "the period for the formalities has not lapsed, and the reserve unit is not on record as hidden, moved, "
            "sold or damaged by the applicant",
        ),
        Words(
            "待期限届满由系统处理；申请人破坏由其保管的样品的，先凭证据登记样品失效",
            "wait for the period to lapse; if the applicant spoilt the unit which it kept, that is first recorded on "
            "evidence",
        ),
    ),
    Guard(
        "form9_contents",
        (40,),
        Words(
            "复检委托书没有写明复检时间或者复检项目",
            "the retest commission does not name both time and items",
        ),
        Words("由省局补写复检时间和复检项目", "the province fills in the time and the items"),
    ),
    Guard(
        "recommission_reason",
        (40, 47),
        Words(
            "没有写明为什么改由另一机构检验",
            "it is not stated why another body is to test",
        ),
        Words(
            "由委托一方写明原机构不能检验的原因",
            "whoever commissions states why the first body cannot test",
        ),
    ),
    Guard(
        "filmed",
        (39,),
        Words(
            "样品确认和交接没有全程录像",
            "the confirmation and hand-over of the sample were not filmed from beginning to end",
        ),
        Words(
            "由原抽样机构和复检机构全程录像，重新确认并交接",
            "sampling body and retest laboratory confirm and hand over again, on film throughout",
        ),
    ),
    Guard(
        "results_given",
        (41,),
        Words(
            "复检委托书上还有项目没有结果",
            "an item of the retest commission has no result",
        ),
        Words(
            "由复检机构对委托的每个项目报送结果",
            "the retest laboratory gives a result for every item commissioned",
        ),
    ),
    Guard(
        "retest_result",
        (41,),
        Words(
            "拟出具的复检结果通知书与复检报告的结论不一致",
            "the retest notice to be issued does not say what the retest found",
        ),
        Words(
            "由省局按复检报告的结论办结",
            "the province closes the retest as the report concludes",
        ),
    ),
)
