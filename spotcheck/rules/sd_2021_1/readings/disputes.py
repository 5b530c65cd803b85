"""Samplers, samples, reports, objections and retests: readings of the second edition (R28 onwards).

Decided by the project when it read the sixty articles a second time against the program. What follows from the text
itself is no reading and does not stand here.
"""

from datetime import date
from typing import Final

from spotcheck.rules.readings import SECOND_EDITION, Reading
from spotcheck.rules.words import Words

CUSTODY_READ: Final = date(2026, 11, 30)
AUDITED: Final = date(2026, 11, 30)

DISPUTES: Final = (
    Reading(
        "R28",
        (30, 31, 41, 43),
        Words(
            "已先行报告严重问题而完整检验报告未出，复检使不合格项目全部改为合格的，样品是什么结论？",
            "A danger report is out, the full report is not, and a retest passes what failed: what is the sample?",
        ),
        Words(
            "还不是合格。复检只对所检项目最终，结论回到异议期内；其间没有不合格项目成立，不得登记收到报告，"
            "已下达的责令改正随即撤回、禁令解除。完整报告没有新的不合格项目的，终局合格；有的，"
            "另行通知并另计异议期限。",
            "Not yet conforming: the retest is final for its items only, and the conclusion is provisional again. No "
            "failed item stands meanwhile, so no report is received, and an order already issued is withdrawn at once "
            "with its ban. If the full report adds nothing the sample is finally conforming; otherwise it gets a "
            "second notice with a window of its own.",
        ),
        Words(
            "先行报告说的是不合格项目，样品的结论由完整报告作出；没有依据的责令不能让企业承受。",
            "The early report is about failed items, the conclusion of the sample is that of the full report; and "
            "nobody has to bear an order without a basis.",
        ),
        decided_on=SECOND_EDITION,
    ),
    Reading(
        "R29",
        (28, 30, 35),
        Words(
            "先行报告严重问题后检验终止的，报告还有效吗？",
            "Testing is stopped after a danger report: does the report lapse?",
        ),
        Words(
            "有效。报告独立成立，各方异议期限了结、没有争议待决后终局；此前不作不可挽回的处理。",
            "No. It stands on its own and is final once every window is over and nothing is open; before that nothing "
            "irrevocable is done.",
        ),
        Words(
            "已查明的危险不因其余项目不再检验而消失，否则结论永远不能终局。",
            "A danger that was found does not vanish because the rest is not tested, and the conclusion would never "
            "become final.",
        ),
        decided_on=SECOND_EDITION,
    ),
    Reading(
        "R32",
        (38, 40, 41),
        Words(
            "两方企业争议的项目不同，备用样品只有一份，怎么办？",
            "Two parties dispute different items, and there is one reserve unit: what then?",
        ),
        Words(
            "一次只作一个复检，样品用尽后不再复检，属于不具备复检条件。后一异议等待，不作决定；复检委托书下达前可以"
            "列入其项目，复检结果即一并答复，并在样品交接前告知该申请人。已交接而未开封的样品仍算完好；前一复检视为"
            "放弃的，样品留给后一异议。",
            "One retest at a time, and none after the unit is used up: that is no longer fit for a retest. The second "
            "objection waits, undecided. Before the commission its items may be added; then the result answers both, "
            "and its applicant is told before the hand-over. A unit handed over and not opened is intact, and a waived "
            "retest leaves it for the other.",
        ),
        Words(
            "条文写的是“一般”只复检有异议的项目，可以一并列入；一方不应使另一方失去唯一的样品。",
            "The article says that normally the disputed items only are retested, so others may be added; one party "
            "must not use up the only unit of the other.",
        ),
        decided_on=SECOND_EDITION,
    ),
    Reading(
        "R33",
        (38, 39),
        Words(
            "已决定复检，却因申请人以外的原因不能进行，怎么办？",
            "A retest was ordered and cannot be held, through no fault of the applicant: what then?",
        ),
        Words(
            "由省局书面查明后重新作出异议处理决定。检验机构、抽样机构、复检机构或者承运人为省局保管时使样品灭失、"
            "损坏的，"
            "撤销原结论；只有样品自然失效、已用、已处置，或者查明没有机构能够检验的，才可以维持。都不作放弃处理；"
            "机构不能检验的，先另行委托。",
            "The province finds so in writing and decides the objection anew. Revoked when the unit was lost or spoilt "
            "while laboratory, sampling body, retest body or carrier kept it for the province. Maintained only when it "
            "expired by itself, was used or disposed of, or no body can test it. Never a waiver; and a body which "
            "cannot test is replaced first.",
        ),
        Words(
            "申请人没有过错，不能因机关一方的失误失去复检；条文的维持情形只有自然失效等不具备条件的情况。",
            "The applicant is not at fault and must not lose its retest by a slip on the side of the authority; the "
            "article maintains only where the sample expired by itself or the like.",
        ),
        decided_on=SECOND_EDITION,
    ),
    Reading(
        "R34",
        (27, 35, 39),
        Words(
            "复检期满视为放弃后，备用样品还要保存多久？",
            "How long is the reserve unit kept after a lapsed retest?",
        ),
        Words(
            "再保存一段设定的时间（reserve_kept_after_lapse），之后方可处置。",
            "For a set time more (reserve_kept_after_lapse); only then it may be disposed of.",
        ),
        Words(
            "期满记录可能更正，复检随之恢复，那时不能没有样品。",
            "The lapse may be corrected and the retest reinstated, and there must be a unit then.",
        ),
        decided_on=SECOND_EDITION,
    ),
    Reading(
        "R38",
        (12, 13, 19),
        Words(
            "抽中的抽样人员不能到场，怎么办？",
            "A sampler who was drawn cannot come: what then?",
        ),
        Words(
            "通知书出示前，按抽取次序由下一名接替，写明原因并换发通知书；出示后不再换人，"
            "可以增派下一名并出示新的通知书。"
            "次序用完的，另行抽取。",
            "Before the notice is shown the next of the drawn order takes the place, with the reason on record and the "
            "notice made out anew. After that nobody is exchanged; one may be added with a new notice. When the order "
            "is used up one is drawn anew.",
        ),
        Words(
            "人员要随机选派，并与通知书一致；没有这条出路，抽样人员患病就只能作不实的记录。",
            "The persons are to be drawn and to be those of the notice; without this way a sampler's illness could "
            "only end in an untrue record.",
        ),
        decided_on=SECOND_EDITION,
    ),
    Reading(
        "R39",
        (28, 42),
        Words(
            "样品有两个生产者的，检验中发现的线索涉及谁？",
            "The sample has two producers: whom does the lead from the testing concern?",
        ),
        Words(
            "每个生产者各一条线索，检验机构指明其一的除外。",
            "Every producer, one lead each, unless the laboratory names the one it means.",
        ),
        Words(
            "生产者包括被抽样的和标称的；由谁违法，检验机构未必知道。",
            "Producers are the sampled and the nominal one, and the laboratory need not know which of them it is.",
        ),
        decided_on=SECOND_EDITION,
    ),
    Reading(
        "R40",
        (11, 19),
        Words(
            "企业主张近期已被抽查而没有材料，但省局自己有记录的，理由成立吗？",
            "The claim of a recent check comes without papers, but the province's own register proves it: is it good?",
        ),
        Words(
            "成立，省局不得驳回。抽取和出示通知书时给出提示，但不因此受阻；没有记录的，仍看材料。",
            "Yes, and the province cannot reject it. The draw and the showing of the notice warn and refuse nothing; "
            "without an entry in the register the papers decide as before.",
        ),
        Words(
            "省局不能否认自己登记过的抽查；是否拒绝由企业决定，不替它主张。",
            "The province cannot deny a check which it has registered itself; whether to refuse is for the enterprise "
            "to say.",
        ),
        decided_on=SECOND_EDITION,
    ),
    Reading(
        "R43",
        (35, 39, 51, 57),
        Words(
            "一方的复检已使结论终局，另一方还没有收到通知或者异议期限未满，怎么办？",
            "A retest of one party has made the conclusion final while another has no notice yet, or its window runs: "
            "what then?",
        ),
        Words(
            "结论仍为终局，但不可挽回的事项要等：公告、停业、吊销等该企业的通知，公开和处置样品等样品的全部通知。"
            "日期在期限之内、期满却被误记的异议在案时，也是如此。",
            "The state stays final, and what cannot be undone waits: announcement, closure and licence for the notices "
            "of that party, publication and disposal for all notices of the sample. So it is also while an objection "
            "is on file whose date lies inside a window that has wrongly lapsed.",
        ),
        Words(
            "另一方仍可以在自己的期限内争议其他项目或者抽样。",
            "The other party may still dispute other items or the sampling inside its own window.",
        ),
        decided_on=SECOND_EDITION,
    ),
    Reading(
        "R49",
        (27, 30),
        Words(
            "检验样品在出具报告前灭失，怎么办？",
            "The test unit is lost before the report: what then?",
        ),
        Words(
            "没有报告，也没有结论；抽样作废，可以重新抽样，备用样品不代替检验样品。已先行报告严重问题的，按 R29 办理。",
            "No report and no conclusion: the sampling is void and the target may be sampled again; the reserve unit "
            "does not take its place. After a danger report R29 holds.",
        ),
        Words(
            "备用样品是留给企业复检的，用掉它就剥夺了复检。",
            "The reserve unit is kept for a retest; to use it would take the retest away.",
        ),
        decided_on=SECOND_EDITION,
    ),
    Reading(
        "R50",
        (28, 32),
        Words(
            "线索涉及省外企业的，由谁办理？",
            "A lead concerns a party outside Shandong: who deals with it?",
        ),
        Words(
            "由省局移送该省，本省的线索随之终结。",
            "The province refers it to that province, which ends it here.",
        ),
        Words(
            "本省没有有权办理的县局，线索不能无人负责。",
            "No county here is competent, and a lead must not be left without anybody.",
        ),
        decided_on=SECOND_EDITION,
    ),
    Reading(
        "R53",
        (35, 36),
        Words(
            "专家一直不答复，或者其间企业想撤回异议的，怎么办？",
            "The experts never answer, or the applicant thinks better of it meanwhile: what then?",
        ),
        Words(
            "省局写明理由后可以不待专家意见继续核查；决定作出前，企业随时可以书面撤回，包括市局或者专家核查期间。",
            "The province may go on without them, with a reason. The applicant may withdraw in writing at any time "
            "before the decision, also while cities or experts are at work.",
        ),
        Words(
            "条文只在“必要时”请专家；等待不应使异议没有出路。",
            "The article asks experts only where needed; waiting must not leave the objection without an end.",
        ),
        decided_on=SECOND_EDITION,
    ),
    Reading(
        "R55",
        (33, 35, 38),
        Words(
            "结论撤销时有的企业还没有收到通知，还要通知吗？",
            "The conclusion is revoked while some parties have no notice: are they still told?",
        ),
        Words(
            "不再通知，未了结的通知终止；不成立的结果不告知任何人，也不产生异议期限。",
            "No, their notices end; nobody is told a result which does not stand, and no window opens.",
        ),
        Words(
            "对不存在的结论没有什么可以异议。",
            "Against a conclusion that is no more there is nothing to object to.",
        ),
        decided_on=SECOND_EDITION,
    ),
    Reading(
        "R56",
        (37, 38),
        Words(
            "标称生产者的否认，除维持和否认成立外还能有别的结果吗？",
            "May a nominal producer's denial end in anything but maintained or upheld?",
        ),
        Words(
            "维持还是否认成立，由两地市局的核查结论决定；两地不一的，省局写明理由采信其一。"
            "抽样或者样品有问题的仍可以撤销；"
            "从不以复检答复。",
            "The findings of the cities decide between these two; where they differ the province, with reasons, "
            "follows "
            "the one or the other. A revocation because the sampling or the sample was not in order stays possible; a "
            "retest never.",
        ),
        Words(
            "由谁生产不是检验能回答的问题；条文把它交给两地市局。",
            "Who made a product is no question which a test can answer; the article gives it to the two cities.",
        ),
        decided_on=SECOND_EDITION,
    ),
    Reading(
        "R59",
        (10, 27),
        Words(
            "检验样品已经领用，检验人员在检验开始前不能检验的，怎么办？",
            "The test unit was issued, and its inspector cannot test before the testing has begun: what then?",
        ),
        Words(
            "检验机构写明理由撤回领用登记，样品退回样品库，再由另一检验人员领用；参加过抽样的仍不得领用。检验开始后不换登记。",
            "The laboratory takes the issue back with the reason, the unit returns to the store and is issued to "
            "another inspector, never to one who sampled. Once the testing has begun nothing is taken back.",
        ),
        Words(
            "条文要求领用制度和数据真实，没有要求由某一个人检验；否则只能编造样品失效。",
            "The article wants a system of issue and true data, not one certain person; otherwise only an untrue loss "
            "of the unit would lead on.",
        ),
        decided_on=SECOND_EDITION,
    ),
    Reading(
        "R62",
        (18, 26, 27, 39),
        Words(
            "样品流转记录有缺口，还能据以出具检验报告吗？",
            "The record of a unit's custody has a gap: can a report still rest on it?",
        ),
        Words(
            "记录完整的任务，检验报告、复检报告以流转连贯为前提；缺口由补登消除，不能补登的由省局查明、写明理由后逐处认可，长期可见。"
            "运输超过七十二小时的，须有说明。报告危险、因违法终止检验不受此限。",
            "In tasks whose record is full a report, of the test or the retest, wants an unbroken custody. A gap is "
            "closed by the missing link or accepted by the province, one by one, with a reason that stays visible. A "
            "transit of more than seventy-two hours wants an explanation. A danger is reported and a test terminated "
            "all the same.",
        ),
        Words(
            "条文要求分别封样、查封条、防止样品被调换，没有规定缺口的后果；不认可缺口就没有人能证明所检的就是所抽的。",
            "The articles want separate seals, a look at them and no exchange of units, and say nothing of a gap; "
            "without somebody who answers for it nobody could prove that what was tested is what was taken.",
        ),
        decided_on=CUSTODY_READ,
    ),
    Reading(
        "R63",
        (37,),
        Words(
            "标称生产者否认生产，而样品在被抽样生产者处抽取、案卷里没有销售者的，由哪两地市局核查？",
            "A nominal producer denies the product, and the sample was taken at a producer: with no seller in the "
            "file, which two cities investigate?",
        ),
        Words(
            "标称生产者所在地市局和被抽样生产者所在地市局，各出具一份书面核查结论；同样两份到齐才登记。",
            "That of the nominal producer and that of the sampled producer, each in writing; as always both are needed "
            "before the findings are recorded.",
        ),
        Words(
            "条文要的是被否认的一方和货物所在的一方两处的核查；只听否认者本地市局一面，另一方没有机会说明货物从哪里来。",
            "The article wants both ends seen: who denies, and where the goods were. With the denier's own city alone "
            "nobody would ask at the other end where they came from.",
        ),
        decided_on=AUDITED,
    ),
    Reading(
        "R64",
        (38, 39, 40),
        Words(
            "一次复检已经开始，因没有机构能够检验而重新决定；备用样品还能用于另一异议的复检吗？",
            "A retest has begun and is decided anew because no body can test: does the unit still serve another "
            "objection?",
        ),
        Words(
            "能，除非登记了样品失效。开始检验不等于样品已经不完好；拆封后不能再检的，登记失效及其原因，由此决定另一异议的结果。"
            "省局决定另一复检前会得到提示。",
            "Yes, unless its loss is on record. That a test has begun does not say that the unit is no longer fit; one "
            "that was opened and is not is recorded as lost, with the cause, which then decides the other objection. "
            "Before it orders the other retest the province is told.",
        ),
        Words(
            "同一样品在更换复检机构时也算完好（第四十条）；没有失效的登记，另一申请人就没有理由失去复检，也说不出维持的真实理由。",
            "Another body is commissioned with the same unit too (Article 40); without a loss on record the other "
            "applicant would lose its retest for nothing, and no true reason could be given for maintaining.",
        ),
        decided_on=AUDITED,
    ),
    Reading(
        "R65",
        (37,),
        Words(
            "标称生产者否认生产，而标称生产者或者被抽样者在省外的，由谁核查？",
            "A nominal producer denies the product, and it or the one that was sampled works in another province: who "
            "investigates?",
        ),
        Words(
            "仍由两地市级部门核查。在省外的，由省局函请该省的省级部门转其所在地市级部门，书面答复由省局登记；两份结论到齐才登记。",
            "Both cities as always. The one outside is asked by the province through the authority of that province, "
            "and the province records its written answer; both are needed before the findings are recorded.",
        ),
        Words(
            "条文要两地市局核查，没有把在省外的除外；省局不能直接向外省市局移送，涉及外省的由省局通报该省（第三十二条、第五十二条）。",
            "The article wants both cities and makes no exception; the province cannot hand material to a city of "
            "another one, and what concerns another province is told to it by the province (Articles 32, 52).",
        ),
        decided_on=AUDITED,
    ),
)
