"""Cases, rechecks, announcement and publication: readings of the second edition (R30 onwards).

Decided by the project when it read the sixty articles a second time against the program. What follows from the text
itself is no reading and does not stand here.
"""

from typing import Final

from spotcheck.rules.readings import FILES_ROUND, SECOND_EDITION, Reading
from spotcheck.rules.words import Words

CASES: Final = (
    Reading(
        "R30",
        (30, 43, 44, 50),
        Words(
            "案件已合格或者终止后，完整检验报告又有不合格项目的，怎么办？",
            "The full report finds more after the case was passed or withdrawn: what then?",
        ),
        Words(
            "尚未责令改正的项目另立案件：另计责令期限（D43），责令改正通知书只写这些项目，另计整改期限，禁令重新生效。",
            "An item which no order has named gets a case of its own: its own D43, its own order naming it only, its "
            "own rectification period, and the ban active again.",
        ),
        Words(
            "已经结束的案件没有处理过这些项目，企业对它们应有完整的整改期限。",
            "The ended case never dealt with these items, and the party has a full period for them.",
        ),
        decided_on=SECOND_EDITION,
    ),
    Reading(
        "R31",
        (30, 43, 44, 46),
        Words(
            "案件办理中，完整检验报告又有不合格项目的，怎么办？",
            "The full report finds more while the case is running: what then?",
        ),
        Words(
            "已责令而企业尚未提交任何材料的，补充责令改正；全案只有一个期限，取较晚的。已申请、已提交无法整改证明或者"
            "已逾期的，先作复查，新项目待案件结束后另行责令，合格时禁令解除，责令后重新生效。等待的项目不使案件的任何"
            "期限重新起算；对补充责令，责令期限（D43）自收到完整报告起算，作为不计数的职责列入待办。",
            "Ordered but nothing filed yet: a further order, and the case has one clock, the later one, for all its "
            "items. Once the party has applied, claimed inability or let the time lapse, the recheck comes first and "
            "the further items wait for the end of the case; a pass lifts its ban, which is active again with the "
            "order "
            "for them. No clock of the case starts again for what waits; for the further order D43 counts from the "
            "receipt of the full report and stands on the list as a duty without a number.",
        ),
        Words(
            "企业不因此失去时间，也只接受一次复查；同一案件的日期不能逐项分开。",
            "Nobody loses time and there is one visit; item by item the dates of a case cannot be kept apart.",
        ),
        decided_on=SECOND_EDITION,
    ),
    Reading(
        "R35",
        (42, 43),
        Words(
            "市局能否把案件交本市县局，县局能否交本市市局？",
            "May a city pass a case to its own county, and a county to its city?",
        ),
        Words(
            "市局交本市县局可以，直到企业收到责令改正通知书为止；这是分工而不是迁址，责令期限（D43）仍按原起算日，"
            "移送函不提其他经营地。县局交本市市局不可以；送达后只有企业实际迁移才移交。",
            "City to own county: yes, until the order is received. It is a division of work and no move, so D43 keeps "
            "its first date and the letter does not speak of another place. County to its own city: no. After service "
            "only a real move. This replaces R27 as far as the clocks go.",
        ),
        Words(
            "同一责令期限不应享用两次，也不应把本县的企业推给市局。",
            "The period for the order is not to be had twice, and a county does not push its own enterprises up.",
        ),
        decided_on=SECOND_EDITION,
    ),
    Reading(
        "R36",
        (42,),
        Words(
            "企业申请复查以后，案件还能移交管辖吗？",
            "May a case be transferred after the application?",
        ),
        Words(
            "可以，办理中的任何状态都可以；新的部门按原状态接续，期限、次数、未结的复查和公告照旧。",
            "From every running state; the new bureau takes it in the same state with the same clocks, round, visit "
            "and "
            "announcement.",
        ),
        Words(
            "迁址本身就是无法整改的情形之一，以后也会发生；企业的处境不因移交改变。",
            "Relocation is itself a ground of inability and may happen later; a transfer does not change where the "
            "party stands.",
        ),
        decided_on=SECOND_EDITION,
    ),
    Reading(
        "R37",
        (32, 42, 50),
        Words(
            "企业迁往外省，案件和禁令怎么办？",
            "The party moves to another province: what of the case and its ban?",
        ),
        Words(
            "由省局致函该省；案件在本省终结，禁令随案移交，不予解除。",
            "The province writes to that province; the case ends here, its ban goes with it and is not lifted.",
        ),
        Words(
            "迁出本省不等于复查合格。",
            "Leaving the province is not passing a recheck.",
        ),
        decided_on=SECOND_EDITION,
    ),
    Reading(
        "R41",
        (51,),
        Words(
            "再次复查最早什么时候可以进行？",
            "From when may the second recheck be held?",
        ),
        Words(
            "国家办法规定的间隔（N48）届满之后、本规范的期限（D51）届满之前；企业书面要求提前的可以提前，并加标记。"
            "期限的最后一日不变。",
            "After the time which the national Measures set between announcement and second recheck (N48) and inside "
            "D51; earlier only when the party has asked for it in writing, and that is marked. The last day stays.",
        ),
        Words(
            "国家办法是上位依据，早于它的复查可能使其后的停业整顿无效；这段时间是给企业的，企业可以放弃。",
            "The Measures stand above, and a closure resting on an earlier recheck could be void; the days protect the "
            "party, so it may give them up.",
        ),
        decided_on=SECOND_EDITION,
    ),
    Reading(
        "R42",
        (51,),
        Words(
            "营业执照吊销后结论失去效力，怎么办？",
            "The business licence is revoked, then the conclusion falls: what then?",
        ),
        Words(
            "案件状态不变，禁令解除，由结果处理部门请登记机关撤回吊销决定；"
            "责令改正或者最后一次不合格复查被撤销的也一样；此后又有失去效力的，每次都告知登记机关。"
            "已责令停业整顿的，案件终止或者重新复查，由结果处理部门请主管机关终止停业整顿。",
            "The case stays as it is, the ban is lifted, and the handling bureau asks the registration authority to "
            "take its decision back; so it is when the order or the last failed recheck is annulled, and that "
            "authority is told of every ground that falls later. With a closure ordered the case is withdrawn, or "
            "waits for its recheck again, and the handling bureau asks the authority to end the closure.",
        ),
        Words(
            "吊销和停业是其他机关的决定，本系统不能替它们撤回，但企业不应继续承受没有依据的禁令。",
            "Revocation and closure are decisions of other authorities, which nothing here can take back; but the "
            "party "
            "must not bear a ban without a basis.",
        ),
        decided_on=SECOND_EDITION,
    ),
    Reading(
        "R44",
        (57,),
        Words(
            "审批后、公开前结论变化的，怎么办？",
            "Between approval and publication a conclusion changes: what then?",
        ),
        Words(
            "不得公开；就现有结论重新审批后可以公开。",
            "Nothing goes out; approved anew, it may.",
        ),
        Words(
            "审批的是具体内容，内容变了，审批就不再对应。",
            "What was approved is a content, and it is not the same any more.",
        ),
        decided_on=SECOND_EDITION,
    ),
    Reading(
        "R45",
        (45, 46),
        Words(
            "已确认无法整改的企业暗中恢复产销，或者条件恢复后一直不申请的，怎么办？",
            "An inability was confirmed, and the party works again in secret or never comes back: what then?",
        ),
        Words(
            "经书面催告并定明日期，或者查见其违反禁令恢复产销后，由结果处理部门凭证据认定条件已恢复，送达企业，"
            "自认定之日起在期限（D46A）内组织复查，计入次数。",
            "After calling on the party in writing with a date, or on finding it at work in breach of the ban, the "
            "handling bureau finds on evidence that conditions have returned, serves the finding, and organises the "
            "recheck within D46A of it; it is a round.",
        ),
        Words(
            "条文要求条件恢复后及时整改，不能由企业决定何时算恢复。",
            "The article wants the rectification without delay once conditions return; that is not in the party's "
            "hands.",
        ),
        decided_on=SECOND_EDITION,
    ),
    Reading(
        "R46",
        (45,),
        Words(
            "企业已注销或者经营者死亡，无人承接经营的，案件怎么办？",
            "The party is deregistered or dead and nobody has taken over its business: what of the case?",
        ),
        Words(
            "凭证明终结。已公告的内容不变；样品和其他企业的通知继续，该企业自己的通知在公告送达之前仍使结论不能终局。",
            "It ends with the proof. What was announced stays announced; notices about the sample and the other "
            "parties "
            "go on, and those of the dissolved party itself hold finality until they are served by announcement.",
        ),
        Words(
            "没有可以整改的人，案件不应一直走到吊销已不存在的执照。",
            "Nobody is left to rectify, and the case must not run on to the revocation of a licence that is gone.",
        ),
        decided_on=SECOND_EDITION,
    ),
    Reading(
        "R47",
        (38, 43, 50, 57),
        Words(
            "法院或者复议机关撤销结论、责令改正或者复查结论的，怎么办？",
            "A court or the reconsideration body annuls: what then?",
        ),
        Words(
            "撤销结论的，各方案件终止，但抽样不作废。撤销责令改正的，案件终止；决定要求重新责令的，原案不再覆盖其项目。"
            "只撤销最近一次不合格复查的，重新复查，该次不计次数。营业执照已吊销的，案件状态不变（R42）。均凭决定文书。",
            "The conclusion: every case ends, without voiding the sampling. The order: the case is withdrawn, and it "
            "covers nothing any more when the decision directs a new order. Only the last failed recheck: it is held "
            "again and the round does not count. After the business licence was revoked the case stays (R42). Always "
            "with the document.",
        ),
        Words(
            "文本没有规定，但生效的判决、决定必须能够落实。",
            "The text is silent, but a judgment or decision in force has to be carried out.",
        ),
        decided_on=SECOND_EDITION,
    ),
    Reading(
        "R48",
        (4, 32),
        Words(
            "移交案件的组织机关改变了结论，怎么办？",
            "The organiser of a handed-over check reverses its conclusion: what then?",
        ),
        Words(
            "由省局凭该机关的文件登记，本省各方案件终止。",
            "The province records it with the organiser's document, and every case here is withdrawn.",
        ),
        Words(
            "异议由组织机关处理，其结果自然及于本省的处理。",
            "Objections belong to the organiser, and what it decides reaches what is done here.",
        ),
        decided_on=SECOND_EDITION,
    ),
    Reading(
        "R51",
        (47, 50),
        Words(
            "复查检验做不成，怎么办？",
            "The recheck test cannot be done: what then?",
        ),
        Words(
            "技术机构不能检验的，另行委托。企业不提供样品的，书面写明要求、日期和未提供的事实，作出不合格结论。",
            "If the body cannot: another one. If the party gives no sample: failed, on a written finding of the "
            "demand, "
            "its date and that none was provided.",
        ),
        Words(
            "样品由企业提供，不提供就不能证明已经整改。",
            "The party is to provide the sample; without it nothing shows that it has rectified.",
        ),
        decided_on=SECOND_EDITION,
    ),
    Reading(
        "R52",
        (14, 21, 28, 36, 47, 50, 51, 52, 56),
        Words(
            "对企业不利的行为要有多少依据？",
            "How much must an act against a party rest on?",
        ),
        Words(
            "要有书面的依据：写明的涉嫌情形及其事实和证据、报告编号、决定及其机关、送达凭证、企业自己的书面材料。"
            "记录中能够算出的，不再要求填写。",
            "On something written: the named suspicion with finding and evidence, the number of the report, the "
            "decision "
            "with its authority, the slip, the party's own paper. What can be computed from the record is not asked.",
        ),
        Words(
            "只打一个勾，事后谁也无法核对。",
            "A mere tick is something that nobody can check afterwards.",
        ),
        decided_on=SECOND_EDITION,
    ),
    Reading(
        "R54",
        (51,),
        Words(
            "什么时候更正公告？",
            "When is an announcement corrected?",
        ),
        Words(
            "公告后案件终止、复查合格或者结论失去效力的；或者依法院、复议机关的决定以及笔误，写明文书和更正文本的。"
            "更正之后还可以再更正。",
            "When the case was withdrawn or has passed, or the conclusion has fallen, since; or on a decision of a "
            "court "
            "or of the reconsideration body or a clerical mistake named with document and text. A correction may be "
            "corrected again.",
        ),
        Words(
            "公告内容没有变化又没有依据的更正，只会使人误解。",
            "A correction without a change and without a basis would only mislead.",
        ),
        decided_on=SECOND_EDITION,
    ),
    Reading(
        "R57",
        (48, 50),
        Words(
            "销售者恢复销售，须有谁的复查合格？",
            "Whose pass does a seller need?",
        ),
        Words(
            "该样品的生产者至少一家合格，且除案件已终止、因注销终结或者移往外省的以外，全部合格；"
            "生产者在省外的，凭其所在地部门的文书。",
            "At least one producer of the sample has passed, and so has every one whose case was not withdrawn, "
            "ended as "
            "dissolved or left Shandong; of a producer outside Shandong the paper of its bureau.",
        ),
        Words(
            "被抽样的和标称的生产者都可能尚未整改，一家合格不能替另一家证明。",
            "The sampled and the nominal producer may both have to rectify, and the pass of the one proves nothing of "
            "the other.",
        ),
        decided_on=SECOND_EDITION,
    ),
    Reading(
        "R58",
        (28, 32, 52, 56),
        Words(
            "企业移往外省时，已经立案的线索、正在核查的否认由谁办结？",
            "A party moves to another province while a case on a lead is filed, or a denial is being investigated: "
            "who brings it to its end?",
        ),
        Words(
            "由原来办理的部门办结：立案的案件由立案地部门结案，否认由原所在地部门核查、通报。尚未立案的线索仍由省局移送（R50）。",
            "The bureaus that had it: a filed case is concluded where it was filed, a denial is investigated and "
            "passed on where the producer worked. A lead on which no case was filed yet is still referred by the "
            "province (R50).",
        ),
        Words(
            "立案后管辖不因企业迁移而改变；是否由其生产，要在生产当时的所在地查。移送只在立案前可能，否则线索、否认都没有出路。",
            "Jurisdiction over a filed case does not move with the party, and who made a product is found where it "
            "worked then. A referral is only possible before the filing; otherwise lead and denial would have no end.",
        ),
        decided_on=SECOND_EDITION,
    ),
    Reading(
        "R60",
        (16, 31, 34, 35, 41, 44, 45, 47, 53),
        Words(
            "条文要求的报告、申请、证明、决定，登记时必须提交文件本身吗？",
            "The articles ask for reports, applications, proofs and decisions: has the file itself to be handed in "
            "when the act is recorded?",
        ),
        Words(
            "条文要文书本身的（检验报告、分析报告、复检和复查检验报告、异议和复查申请、无法整改证明、工作总结、抽样影像），提交文件；"
            "确实没有的写明原因，原因入卷。要写明依据的（送达凭证、决定、函件、查见的证据），提交文件或者写明其名称编号，任选其一。",
            "Where the document itself is asked for (test, retest and recheck reports, analysis, objection, "
            "application, proof of inability, summary, pictures of the sampling) the file is handed in, or the reason "
            "is written down why it cannot be, and stays on file. Where a ground is asked for (proof of service, "
            "decision, letter, evidence found) the file or its name and number will do.",
        ),
        Words(
            "第五十三条要求案卷收齐材料，第十六条要求保存影像；但期限不因附件一时拿不到而停止，拒绝登记只会使记录不真实。",
            "Article 53 wants everything in the file and Article 16 the pictures kept; but no period waits for an "
            "attachment, and an act that could not be recorded would only make the record untrue.",
        ),
        decided_on=FILES_ROUND,
    ),
    Reading(
        "R61",
        (16, 24, 26, 53),
        Words(
            "第十六条的保存期过后，哪些文件可以销毁，由谁决定？",
            "After the period of Article 16, which files may be destroyed, and who decides?",
        ),
        Words(
            "只有抽样时的照片、录像和截图。自抽样之日和提交之日中较晚的一天起算，案卷已办结的，次日起列入清单，由人确认后销毁；"
            "文件的名称、摘要和登记留存。文书、报告、决定和送达凭证随案卷保存。",
            "Only photographs, films and screen shots of the sampling. The period runs from the sampling or from the "
            "day on which the file was handed in, whichever is later; from the next day, with the dossier closed, they "
            "are listed and destroyed once a person confirms. Name, hash and entry stay. Papers, reports, decisions "
            "and proofs of service stay with the file.",
        ),
        Words(
            "条文写的是保存至少多久，没有要求到期销毁；第五十三条要求收齐的案卷材料不受这一期限限制。",
            "The article says for how long at least, and asks for no destruction; what Article 53 wants in the file is "
            "not bound by that period.",
        ),
        decided_on=FILES_ROUND,
    ),
)
