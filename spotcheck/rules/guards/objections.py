"""Guards of objections and retests (Articles 35 to 41)."""

from typing import Final

from spotcheck.rules.guards.guard import Guard
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
            "两地市局的书面核查结论没有到齐",
            "the written findings of the two city bureaus are not both on file",
        ),
        Words(
            "由尚未答复的市局提交书面核查结论，省局到齐后登记",
            "the city bureau that still owes its findings sends them in writing, and the province records both",
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
        "retest_possible",
        (38,),
        Words(
            "不具备复检条件：项目没有重现性、备用样品不完好，或者备用样品已用于复检",
            "a retest is not possible: the item is not reproducible, or the reserve sample is "
            "spoiled or already in a retest",
        ),
        Words(
            "由省局作出其他处理；已有复检的，依该次复检结论办理",
            "the province decides otherwise; where a retest exists, by its result",
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
            "复检手续期限没有届满，也没有申请人隐匿、转移、变卖或者损毁样品的事实",
            "the period for the formalities has not lapsed, and the applicant has not hidden, "
            "moved, sold or damaged the sample",
        ),
        Words(
            "待期限届满由系统处理，或者由省局登记申请人破坏样品的证据",
            "wait for the period to lapse, or the province records the evidence of tampering",
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
