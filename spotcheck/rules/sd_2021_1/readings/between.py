"""What the text leaves open between its articles (R15 onwards)."""

from typing import Final

from spotcheck.rules.readings import SECOND_ROUND, Reading
from spotcheck.rules.words import Words

BETWEEN: Final = (
    Reading(
        "R15",
        (37, 38),
        Words(
            "否认生产成立时如何作出异议决定？",
            "How is an objection decided when the denial is true?",
        ),
        Words(
            "作为单独一种决定：终止标称生产者的案件，销售者的案件继续，并移作违法线索。",
            "As an outcome of its own: the nominal producer's case ends, the seller's goes on, and a lead is opened.",
        ),
        Words(
            "三种法定结论都不适合：产品不合格，只是不该由它负责。",
            "None of the three listed outcomes fits: the product failed, only this producer is not answerable.",
        ),
    ),
    Reading(
        "R16",
        (35, 38, 41),
        Words(
            "一个样品有几方企业时，异议怎样互不妨碍？",
            "How do objections of several parties stand side by side?",
        ),
        Words(
            "每一方、每一份通知书各有异议期限；最后一项异议或者复检了结、最后一个期限届满，结论才终局。",
            "Each party and each notice has its own window; the conclusion is final only when "
            "the last dispute has ended and the last window has closed.",
        ),
        Words(
            "收到通知书的日子各不相同，谁也不应因别人而失去期限。",
            "Dates of receipt differ, and nobody loses a window through another.",
        ),
    ),
    Reading(
        "R17",
        (40, 41),
        Words("复检合格是否等于样品合格？", "Does a passed retest make the sample conforming?"),
        Words(
            "不一定。复检结果只替换所复检的项目，全部项目都合格才改为合格；已复检的项目任何一方不得再争议。",
            "Not by itself. It replaces the retested items only; all items must pass. Nobody "
            "disputes a retested item again.",
        ),
        Words(
            "复检一般只做有异议的项目，其余项目的结果没有被推翻。",
            "A retest normally covers the disputed items; the results of the others stand.",
        ),
    ),
    Reading(
        "R18",
        (30, 33, 43),
        Words(
            "提前报告严重问题后，程序是否随即开始？",
            "Does an early report of a serious defect set things going?",
        ),
        Words(
            "是。通知、异议期限和责令改正随即开始；完整报告另有不合格项目的，补发通知并另计异议"
            "期限，其他期限不重新起算；完整报告出具前结论不终局。R28 至 R31 对此有进一步规定。",
            "Yes: notice, window and order follow at once. If the full report adds failed items, a second notice with "
            "its own window is sent and nothing else starts again; without the full report nothing becomes final. "
            "R28 to R31 go on from here.",
        ),
        Words(
            "危险不能等，但企业对后来的项目仍应有完整的异议期限。",
            "Danger cannot wait, yet the enterprise keeps a full window for what comes later.",
        ),
    ),
    Reading(
        "R19",
        (45, 50, 51),
        Words(
            "无法整改的复查如何作结论？",
            "What is the outcome of a recheck on a proof of inability?",
        ),
        Words(
            "属实的确认无法整改，案件暂缓，禁令不变，不计次数；不属实的按整改情况作结论。",
            "If true, the inability is confirmed, the case waits, the ban stays and no round is "
            "counted; otherwise the merits decide.",
        ),
        Words(
            "文本要求复查和结论，但没有给出这一结果的名称。",
            "The text wants a recheck and a conclusion but names no outcome for it.",
        ),
    ),
    Reading(
        "R20",
        (46, 47, 51),
        Words("怎样才算“组织复查”？", "When has a recheck been organised?"),
        Words(
            "以第一个有记录的行为为准，即启动现场核查或者委托检验；之后的进度另设办理目标。",
            "With the first documented act, the visit or the commission of a test; what follows has a service target.",
        ),
        Words(
            "文本约束的是组织，不是完成。",
            "The article binds the organising, not the finishing.",
        ),
    ),
    Reading(
        "R21",
        (48, 50),
        Words("销售者复查合格后能否恢复销售？", "May a seller that passed sell again?"),
        Words(
            "须先出示生产者复查合格的证明；不再销售同一产品的可以合格，禁令保留到出示为止。须出示哪些生产者的证明，"
            "见 R57。",
            "Only once it shows the producer's pass. A seller that gives the product up may pass, and its ban stays "
            "until the proof is shown. Whose pass it is, R57 says.",
        ),
        Words(
            "条文只对拟继续销售的销售者提出这项要求。",
            "The article asks this only of a seller that means to go on.",
        ),
    ),
    Reading(
        "R22",
        (42,),
        Words(
            "责令改正通知书送达后移交管辖，期限怎么办？",
            "What of the periods when a case is transferred after service?",
        ),
        Words(
            "通知书继续有效，期限按原起算日和届满日由新的部门接续；送达前移交的，由新的部门自收到报告起重新办理。"
            "R36 扩及以后的各个状态。",
            "The order stays valid and the new bureau goes on with the original dates; before service it begins anew "
            "from its own receipt. R36 extends this to every later state.",
        ),
        Words(
            "企业的期限不因机关之间移交而变长或者变短。",
            "A transfer between bureaus neither lengthens nor shortens the time of the enterprise.",
        ),
    ),
    Reading(
        "R23",
        (35, 39, 44),
        Words(
            "企业能否撤回异议或者复查申请？",
            "May an enterprise withdraw an objection or an application?",
        ),
        Words(
            "可以。异议在决定前撤回；复查申请在整改期限内撤回，原期限恢复。R53 扩及专家研判和市局核查期间。",
            "Yes: an objection before its decision, an application inside the rectification period, whose old dates "
            "revive. R53 extends this to the time in which experts or cities are at work.",
        ),
        Words(
            "文本没有禁止，撤回不损害他人。",
            "The text does not forbid it, and nobody else is harmed.",
        ),
    ),
    Reading(
        "R24",
        (27, 35, 38, 39),
        Words(
            "文本未写明而默认把住的几处是什么？",
            "Which guards are our default and not in the text?",
        ),
        Words(
            "复检机构不得为初检机构；样品保存到结论终局、争议了结为止，终止检验的保存到线索办结为止。R34、"
            "R43 对此有进一步规定。",
            "The retest is not done by the first laboratory; samples stay in store while the conclusion or anything "
            "about it is open, and after a terminated test while its lead is. R34 and R43 go on from here.",
        ),
        Words(
            "没有这两条，复检和取证都可能落空。",
            "Without them a retest or its evidence could come to nothing.",
        ),
    ),
    Reading(
        "R25",
        (5, 19),
        Words(
            "专项监督抽查是否不受六个月限制？",
            "Is a special check outside the six months?",
        ),
        Words(
            "因突发事件开展的作为应急抽查，不受限制；上级部署、舆情反映的专项抽查仍受限制，但跟踪抽查除外。",
            "One that an emergency has brought about is an emergency check and is outside. One ordered from above or "
            "after public concern is inside, unless it is a tracking check.",
        ),
        Words(
            "条文只排除跟踪抽查和应急抽查，没有排除专项抽查。",
            "The text excepts tracking and emergency checks, not special ones.",
        ),
        decided_on=SECOND_ROUND,
    ),
    Reading(
        "R26",
        (39, 44, 45, 59),
        Words(
            "送达日期事后才登记、登记时期限已过的，当天提交是否算按期？",
            "Receipt is recorded late, when the period is already over: is a filing of that day in time?",
        ),
        Words(
            "不算。期限次日作届满处理；当天只受理提交日期在期限内的材料。",
            "No. The period lapses on the next day; on that day only what came inside the period is taken.",
        ),
        Words(
            "期限自收到之日起算，与何时登记无关。",
            "The period runs from the receipt, whenever that is recorded.",
        ),
        decided_on=SECOND_ROUND,
    ),
    Reading(
        "R27",
        (42,),
        Words(
            "市局能否把案件移交本市实际经营地的县局？",
            "May a city bureau pass a case on to the county of its own city where the party works?",
        ),
        Words(
            "可以，按移交管辖办理。R35 对此加以限定，并就期限另作规定。",
            "Yes, as a transfer of jurisdiction. R35 narrows this, and decides otherwise on the clocks.",
        ),
        Words(
            "检验报告先到市局，结果处理可以由市局或者县局承担。",
            "Reports reach the city first, and either level may handle the results.",
        ),
        decided_on=SECOND_ROUND,
    ),
)
