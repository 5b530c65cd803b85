"""What words of the text mean (R1 to R14)."""

from typing import Final

from spotcheck.rules.readings import Reading
from spotcheck.rules.words import Words

OF_WORDS: Final = (
    Reading(
        "R1",
        (35, 39, 40, 43, 44, 45, 46, 50, 51),
        Words("期间的第一天算不算？", "Does the first day count?"),
        Words(
            "不算。事件发生的当天是起点，从次日数起。",
            "No. The day of the event is day zero; counting starts with the next.",
        ),
        Words(
            "文本没有规定，按民法典期间的一般规则类推。",
            "The text is silent; the general rule of the Civil Code is applied by analogy.",
        ),
    ),
    Reading(
        "R2",
        (59,),
        Words("期间最后一天遇哪些日子才顺延？", "Which last days move?"),
        Words(
            "三种读法并列：国务院办公厅当年通知列明的放假日顺延（holiday_block，默认，得出 "
            "due_on）；普通周末也顺延（rest_day，得出 latest）；仅法定节日本身顺延（"
            "statutory_only，只供对照）。较晚日期过后才对企业产生不利；机关自己的职责按较早日期"
            "安排；落在两者之间的材料加标记，默认受理。",
            "Three readings stand side by side: days off announced by the State Council for the "
            "year (holiday_block, the default, gives due_on); plain weekends too (rest_day, "
            "gives latest); only the statutory days themselves (statutory_only, for "
            "comparison). Nothing happens to an enterprise before the later date; a bureau "
            "plans its duty by the earlier; a filing between them is marked and by default "
            "accepted.",
        ),
        Words(
            "文本只说“法定节假日”，没有提周末；两种读法都有依据，疑点的利益归企业。",
            "The text says statutory holidays and does not mention weekends; both readings have "
            "support, and doubt favours the enterprise.",
        ),
    ),
    Reading(
        "R3",
        (59,),
        Words("放假安排尚未公布的年份怎么算？", "What of a year whose holidays are not announced?"),
        Words(
            "已公布年份的下一年按推定日历暂算，结果注明“暂定”，通知导入后以留痕操作重算；对企业"
            "只告知确定的日期；再往后的年份不予计算。",
            "The year after the last announced one is computed on a provisional calendar, "
            "marked as such, and computed again, on record, when the notice comes in; no party "
            "is told a date that is not confirmed; later years are refused.",
        ),
        Words(
            "长期限会跨入次年，不算则无法安排工作，算错又会误导企业。",
            "Long periods reach into the next year; without a date no work can be planned, and a wrong one misleads.",
        ),
    ),
    Reading(
        "R4",
        (44, 46),
        Words(
            "整改期限与强制复查期限从何时起算？",
            "From when do the rectification period and the period of the forced recheck run?",
        ),
        Words(
            "整改期限自企业收到责令改正通知书起算，强制复查期限自通知书日期起算。送达过晚以致后"
            "者先届满的，加标记，整改期限届满前不强制复查，逾期如实上报。",
            "The first from receipt of the rectification order, the second from its date. Where "
            "late service makes the second end first, the case is marked, no recheck is forced "
            "before the first is over, and the missed date is reported.",
        ),
        Words(
            "两条用语不同：一条从收到之日，一条从责令之日；企业应得的整改时间不因送达迟延而缩短。",
            "The two articles use different words, receipt and order; late service must not "
            "shorten the time of the enterprise.",
        ),
    ),
    Reading(
        "R5",
        (32, 43),
        Words(
            "下达责令改正的期限从谁收到报告起算？",
            "Whose receipt of the report starts the period for the order?",
        ),
        Words(
            "从具体负责处理的部门自己收到报告起算；市局的收到和转交另作记录。",
            "That of the bureau which handles the party; receipt and forwarding by the city are logged.",
        ),
        Words(
            "义务落在结果处理部门，没有收到报告无从履行。",
            "The duty is the handling bureau's, and it cannot act before it has the report.",
        ),
    ),
    Reading(
        "R6",
        (19,),
        Words("近期已抽查的拒绝理由怎样认定？", "How is the ground of a recent check established?"),
        Words(
            "自前一次抽样日期向后数足回溯月数，至对应日（没有对应日的为月末），当日计入且不顺延；"
            "认同一产品，不认地点；只认省局或者市场监管总局组织的抽查；跟踪抽查、应急抽查、已作"
            "废的抽样和撤销后的重抽不在其内。由谁证明，见 R40。",
            "Counted forward from the earlier sampling by the months of the look-back to the "
            "corresponding day, or the last of the month, that day included and without moving; "
            "by product, not place; only checks of the province or SAMR; tracking and emergency "
            "checks, voided samplings and a new sampling after revocation are outside it. What proves it, R40 says.",
        ),
        Words(
            "向前倒数会在月末得出不同结果；条文以产品界定，并自列例外。",
            "Counting backwards differs at the end of a month; the article defines by product "
            "and names its exceptions.",
        ),
    ),
    Reading(
        "R7",
        (35, 43, 44, 46),
        Words(
            "提出异议是否停止责令改正和整改？",
            "Does an objection stop the order or the rectification?",
        ),
        Words(
            "不停止。结论被撤销、整体改为合格或者否认成立的，无论案件到了哪一步，包括已经复查合格，责令一并撤回。",
            "No. If the conclusion is revoked or becomes conforming as a whole, or a denial is "
            "upheld, the order is withdrawn at any stage, also after a pass.",
        ),
        Words(
            "文本没有规定停止，而下达责令的期限短于异议期限。",
            "The text knows no suspension, and the period for the order is shorter than that for objections.",
        ),
    ),
    Reading(
        "R8",
        (51, 57),
        Words(
            "结论未定时可否公告、停业、吊销或者公开？",
            "May one announce, close, revoke or publish while the conclusion is open?",
        ),
        Words(
            "不可以，须待结论终局且没有异议、复检待决。",
            "No. The conclusion must be final, with nothing in dispute.",
        ),
        Words(
            "这些措施难以挽回，应当建立在确定的结论上。",
            "These steps can hardly be undone and need a settled conclusion.",
        ),
    ),
    Reading(
        "R9",
        (60,),
        Words("案卷适用哪一套规则？", "Which rule set governs a dossier?"),
        Words(
            "以第一个对外行为（出示通知书、网上下单或者收到移交报告）时有效的规则为准，办到底不"
            "变。本规范有效期至 2026-05-02，此后未登记后继或者延续文件的，不再开始新案卷；系统不"
            "表示旧规则仍然有效。",
            "The one in force at the first outside act (notice shown, order placed online, "
            "handed-over report received), to the end. The rules ended on 2026-05-02; after "
            "that nothing new begins until a successor or a continuing document is recorded, "
            "and the system never claims that they are in force.",
        ),
        Words(
            "文本没有过渡条款；企业应能预见整个程序适用同一规则。",
            "The text has no transition rule; an enterprise must be able to foresee that one "
            "set governs its whole case.",
        ),
    ),
    Reading(
        "R10",
        (13, 14, 33, 39, 40, 47),
        Words("正文与附件的文书名称不一致怎么办？", "What if titles in body and annex differ?"),
        Words(
            "印附件名称，正文名称作为别名供检索。附件版式未随文印发，现用版式为自行拟定，可以替换。",
            "The annex title is printed and the other kept as an alias for search. The annex "
            "layouts were not printed; ours are reconstructions and can be replaced.",
        ),
        Words("附件是文书的正式清单。", "The annex is the official list of the papers."),
    ),
    Reading(
        "R11",
        (39, 40),
        Words("复检的几个期限各约束谁？", "Whom do the periods of a retest bind?"),
        Words(
            "办理手续的期限约束申请人，下达委托的期限约束省局，复检本身没有期限。",
            "The one for formalities binds the applicant, the one for the commission binds the "
            "province; the retest itself has none.",
        ),
        Words(
            "三句话的主语不同，不能合并成一个“复检期限”。",
            "The sentences have different subjects and do not make one period of retesting.",
        ),
    ),
    Reading(
        "R12",
        (14, 21, 27, 28, 30, 32, 33, 41, 45, 47, 51, 52, 54),
        Words("“立即”“及时”怎么落实？", 'What do "at once" and "without delay" mean in practice?'),
        Words(
            "事项当天进入待办，另设可调的办理目标；目标不是法定期限，也不这样称呼。",
            "The duty appears in the worklist the same day, beside a target which each office "
            "may set and which is never shown as a statutory period.",
        ),
        Words(
            "文本没有给出数字，系统不替它规定。",
            "The text gives no number, and the system does not invent one.",
        ),
    ),
    Reading(
        "R13",
        (42,),
        Words("市局还是县局处理？", "City or county bureau?"),
        Words(
            "按各地分工表；没有约定的，由企业实际经营地的县局处理。",
            "By a routing table of each place; without one, the county bureau of the actual place of business.",
        ),
        Words("文本并称市县局而未作划分。", "The text names both without dividing the work."),
    ),
    Reading(
        "R14",
        (44, 46, 51),
        Words(
            "国家总局暂行办法与本规范不一致的地方怎么办？",
            "What where the national Measures differ?",
        ),
        Words(
            "只作提示：收到不合格结论即应停止、强制复查期限一律适用、再次复查另有最早日期；不改变本规范的计算。"
            "再次复查的最早日期，后由 R41 另作解释。",
            "They only warn: stop at the conclusion, the period of the forced recheck in every case, an earliest day "
            "for the second recheck. Nothing computed here changes. For that earliest day R41 now decides otherwise.",
        ),
        Words(
            "案卷依本规范办理，上位规定的差异应让办理人看见。",
            "Dossiers follow these rules; those who handle them should see where superior law is stricter.",
        ),
    ),
)
