"""Guards of planning (Articles 5 to 12), and the two general ones: who acts, which rules."""

from typing import Final

from spotcheck.rules.guards import Guard
from spotcheck.rules.words import Words

PLANNING: Final = (
    Guard(
        "by_whom",
        (6, 42),
        Words(
            "经办人无权办理：既不是规定的责任主体，也不是代为登记的部门，或者不是该企业的管辖部门",
            "the one who acts is neither the one whose act this is nor one who may record it, "
            "or not the office of this party",
        ),
        Words(
            "由规定的责任主体办理；企业提出的，可由受理部门代为登记",
            "have it done by the body the articles name for this party; an enterprise's filing "
            "may be recorded by the office that received it",
        ),
    ),
    Guard(
        "in_catalogue",
        (7,),
        Words(
            "所提产品不在本年度监管目录内，或者建议未写全产品种类、批次数和抽查时间",
            "the product is not in the provincial catalogue, or the suggestion lacks product "
            "kinds, batch counts or timing",
        ),
        Words(
            "由市县局改提目录内的产品，并补全产品种类、批次数和抽查时间",
            "the city or county bureau names a product of the catalogue and gives product "
            "kinds, batch counts and timing",
        ),
    ),
    Guard(
        "filing_proof",
        (8,),
        Words(
            "年度计划尚无报市场监管总局备案的凭证，或者尚未通报到每个市局",
            "there is no proof that the annual plan was filed with SAMR, or it has not been "
            "circulated to every city bureau",
        ),
        Words(
            "由省局完成备案和通报，并上传两项凭证",
            "the province files and circulates the plan and attaches proof of both",
        ),
    ),
    Guard(
        "reason",
        (8,),
        Words("没有写明理由", "no reason is given"),
        Words("由省局写明调整的理由", "the province states the reason for the change"),
    ),
    Guard(
        "plan_line",
        (5, 8),
        Words(
            "日常监督抽查任务没有对应已经制定的年度计划",
            "the daily task does not belong to an annual plan that has been adopted",
        ),
        Words(
            "由省局先制定年度计划，再将任务对应到计划中的产品",
            "the province adopts the plan first and then ties the task to a line of it",
        ),
    ),
    Guard(
        "special_trigger",
        (5,),
        Words("专项监督抽查任务没有写明来由", "the special task does not say what prompted it"),
        Words(
            "由省局写明是上级部署、舆情信息还是突发事件",
            "the province states whether a superior's order, public opinion or an emergency prompted it",
        ),
    ),
    Guard(
        "scheme_and_rules",
        (9,),
        Words(
            "没有附监督抽查方案，或者没有适用的实施细则",
            "the scheme is not attached, or there are no implementing rules to go by",
        ),
        Words(
            "由省局附上方案，并附自行制定的实施细则，或者采用上级已公布的细则",
            "the province attaches the scheme and its own implementing rules, or adopts those a superior has published",
        ),
    ),
    Guard(
        "separation_system",
        (10,),
        Words(
            "同一机构既抽样又检验，但没有在案的抽检分离制度",
            "one body both samples and tests, but its system of keeping the two apart is not on file",
        ),
        Words(
            "由该机构提交抽检分离制度，或者由省局另行确定一家机构",
            "the body files its separation system, or the province engages a second body",
        ),
    ),
    Guard(
        "draw_log",
        (12,),
        Words(
            "没有保存随机抽取的记录：缺少随机种子或者候选名单",
            "the random draw is not on record: the seed or the list of candidates is missing",
        ),
        Words(
            "由组织抽取的一方保存候选名单和随机种子后重新抽取",
            "whoever holds the draw keeps the list of candidates and the seed, and draws again",
        ),
    ),
    Guard(
        "samplers_drawn",
        (12,),
        Words(
            "没有从机构在册的合格抽样人员名单中，为每个对象随机选派两名以上抽样人员",
            "not every target has at least two samplers drawn from the kept list of the body's qualified people",
        ),
        Words(
            "由抽样机构补足合格抽样人员名单，再由省局或者抽样机构重新抽取",
            "the sampling body completes its list of qualified samplers, and province or sampling body draws again",
        ),
    ),
    Guard(
        "tasks_closed",
        (8,),
        Words("本计划下还有任务没有办结", "a task of this plan is not closed yet"),
        Words(
            "由各检验机构报送工作总结、省局办结或者取消其余任务",
            "the laboratories file their summaries; the province cancels tasks that will not be carried out",
        ),
    ),
    Guard(
        "six_heads",
        (34,),
        Words("工作总结没有写全规定的六部分内容", "the work summary does not cover all six heads"),
        Words(
            "由检验机构补全工作总结的六部分内容后重新报送",
            "the laboratory completes the six heads and files the summary again",
        ),
    ),
    Guard(
        "rule_set_valid",
        (60,),
        Words(
            "对外第一个行为不在本规范的有效期内，案卷无法确定适用的规则",
            "the first outside act does not fall into the validity of the rules, so no rule set can be pinned",
        ),
        Words(
            "由省局登记后继文件或者延续有效期的文件，之后方可开始新的案卷",
            "a new dossier waits until the province has recorded a successor or a document that continues the rules",
        ),
    ),
)
