"""The acts of the annual plan and of the task (Articles 5 to 12, 34)."""

from typing import Final

from spotcheck.rules.acts import ActRecord, Demand, FactWords
from spotcheck.rules.sd_2021_1.acts.fact import NOTHING
from spotcheck.rules.words import Words

PLANNING: Final = (
    ActRecord(
        "PL1",
        "plan.open_suggestions",
        Words("开始征集统筹建议", "Open the collection of suggestions"),
        Words("已开始征集统筹建议", "collection of suggestions opened"),
        Words(
            "省局依本年度监管目录编制计划，先请市县局提出建议。",
            "The province builds the plan on the year's catalogue and first asks city and "
            "county bureaus for suggestions.",
        ),
        told=("every_bureau",),
        exceptional=True,
    ),
    ActRecord(
        "PL2",
        "plan.submit_suggestion",
        Words("提出统筹建议", "Submit a suggestion"),
        Words("已提出统筹建议", "suggestion submitted"),
        Words(
            "市县局可以就目录内产品提出种类、批次数和时间的建议；逾期的照收，加标记。",
            "City and county bureaus may suggest kinds, batches and timing for catalogue "
            "products; a late one is accepted and marked.",
        ),
        facts={
            "in_catalogue": FactWords(
                Words("产品在监管目录内", "The product is in the catalogue"),
            ),
            "contents": FactWords(
                Words("建议包括", "The suggestion covers"),
                help=Words("三项写全才能提交", "All three are needed"),
                choices={
                    "kinds": Words("产品种类", "product kinds"),
                    "batches": Words("批次数", "batch counts"),
                    "timing": Words("抽查时间", "timing"),
                },
            ),
            "suggestion": FactWords(
                Words("建议内容", "The suggestion"),
            ),
        },
    ),
    ActRecord(
        "PL3",
        "plan.adopt",
        Words("制定年度计划", "Adopt the annual plan"),
        Words("已制定年度计划", "annual plan adopted"),
        Words(
            "计划由省局制定，写明抽查哪些产品、各多少批次。",
            "The province adopts the annual plan with its product kinds and batch counts.",
        ),
    ),
    ActRecord(
        "PL4",
        "plan.file_and_circulate",
        Words("备案并通报年度计划", "File and circulate the annual plan"),
        Words("已备案并通报年度计划", "annual plan filed and circulated"),
        Words(
            "计划要报市场监管总局备案，并告知每一个市局。",
            "The plan is filed with SAMR and made known to every city bureau.",
        ),
        told=("every_city",),
        facts={
            "filed": FactWords(
                Words("已报市场监管总局备案", "Filed with SAMR"),
            ),
            "circulated": FactWords(
                Words("已通报每个市局", "Circulated to every city bureau"),
            ),
        },
        evidence=("letter",),
    ),
    ActRecord(
        "PL5",
        "plan.adjust",
        Words("调整年度计划", "Adjust the annual plan"),
        Words("已调整年度计划", "annual plan adjusted"),
        Words(
            "日常抽查的安排可以按实际需要增减，理由记录在案。",
            "The daily checks of the plan may be changed as need arises, with the reason on record.",
        ),
        told=("every_city",),
        exceptional=True,
        facts={
            "reason": FactWords(
                Words("调整理由", "Reason for the change"),
                help=Words(
                    "写明理由，例如：上级已安排同类产品的国家监督抽查",
                    "State it, for example: the state has planned a check of the same kind of product",
                ),
            ),
        },
        evidence=("letter", "minutes"),
    ),
    ActRecord(
        "PL6",
        "plan.start",
        Words("开始执行年度计划", "Start carrying out the annual plan"),
        Words("年度计划已开始执行", "annual plan under way"),
        Words(
            "第一个日常抽查任务定下方案，计划即进入执行。",
            "The plan is under way once its first daily task has its scheme.",
        ),
    ),
    ActRecord(
        "PL7",
        "plan.close",
        Words("结束年度计划", "Close the annual plan"),
        Words("已结束年度计划", "annual plan closed"),
        Words(
            "计划下的任务全部办结后，由省局结束计划。",
            "The province closes the plan when all its tasks are closed.",
        ),
    ),
    ActRecord(
        "TK1",
        "task.set_scheme",
        Words("确定抽查方案和实施细则", "Set scheme and implementing rules"),
        Words("已确定抽查方案和实施细则", "scheme and implementing rules set"),
        Words(
            "每个任务都要有方案和细则；日常任务对应计划，专项任务写明来由。",
            "Every task has a scheme and implementing rules; a daily one belongs to the plan, a "
            "special one names its trigger.",
        ),
        facts={
            "type": FactWords(
                Words("抽查类型", "Kind of check"),
                help=Words(
                    "日常按年度计划，专项按实际需要",
                    "A daily check follows the annual plan, a special one a particular need",
                ),
                choices={
                    "daily": Words("日常监督抽查", "daily check"),
                    "special": Words("专项监督抽查", "special check"),
                },
            ),
            "trigger": FactWords(
                Words("专项抽查来由", "What prompted the special check"),
                choices={
                    "superior_order": Words("上级部署", "order of a superior"),
                    "public_opinion": Words("舆情信息", "public opinion"),
                    "emergency": Words("突发事件", "emergency"),
                    "none": NOTHING,
                },
            ),
            "scheme": FactWords(
                Words("已附监督抽查方案", "The scheme is attached"),
            ),
            "detail_rules": FactWords(
                Words("实施细则", "Implementing rules"),
                choices={
                    "own": Words("本级制定", "our own"),
                    "superior": Words("采用上级已公布的细则", "those published by a superior"),
                    "none": Words("没有", "none"),
                },
            ),
        },
    ),
    ActRecord(
        "TK2",
        "task.engage_agencies",
        Words("确定抽样机构和检验机构", "Engage sampling body and laboratory"),
        Words("已确定抽样机构和检验机构", "sampling body and laboratory engaged"),
        Words(
            "省局按采购规定选定机构并出具委托书；抽样、检验同属一家的，须有抽检分离制度。",
            "The province chooses the bodies by procurement and issues the mandate; one body "
            "for both needs its separation system.",
        ),
        told=("sampling_body", "lab"),
        facts={
            "same_body": FactWords(
                Words("抽样和检验由同一机构承担", "One body both samples and tests"),
            ),
            "separation_system": FactWords(
                Words("抽检分离制度在案", "Its separation system is on file"),
                help=Words("同一机构既抽样又检验时必须具备", "Needed when one body does both"),
            ),
            "sampling_body": FactWords(
                Words("抽样机构", "Sampling body"),
            ),
            "lab": FactWords(
                Words("检验机构", "Laboratory"),
            ),
        },
        evidence=("contract",),
    ),
    ActRecord(
        "TK3",
        "task.draw_targets",
        Words("随机抽取企业和抽样人员", "Draw entities and samplers at random"),
        Words("已随机抽取企业和抽样人员", "entities and samplers drawn"),
        Words(
            "被抽企业随机抽取，每个对象的抽样人员从机构合格人员名单中随机选派两名以上；名单、"
            "随机种子和抽取次序留存备查。",
            "Entities are drawn at random, and for each target at least two samplers from the list of the body's "
            "qualified people; lists, seed and order are kept.",
        ),
        told=("sampling_body",),
        facts={
            "frame": FactWords(
                Words("已冻结候选名单的指纹", "Fingerprint of the frozen list of candidates"),
                help=Words(
                    "冻结名单时由系统给出；名单改动后须重新冻结",
                    "Given by the system when the list is frozen; a list that was changed is frozen again",
                ),
            ),
            "number": FactWords(
                Words("抽取企业数", "How many enterprises to draw"),
            ),
            "batches": FactWords(
                Words("抽取批次数", "How many batches to draw"),
                help=Words("不填即为每家企业一批次", "One for each enterprise unless stated"),
            ),
            "seed": FactWords(
                Words("随机种子", "Random seed"),
                help=Words(
                    "抽取时由系统生成，与候选名单一并保存，任何人都能重做抽取",
                    "Made by the system at the draw and kept, so that anybody can repeat it",
                ),
                recorded=True,
            ),
            "candidates": FactWords(Words("候选名单", "List of candidates"), recorded=True),
            "count": FactWords(Words("候选名单的行数", "Lines of the list of candidates"), recorded=True),
            "targets": FactWords(Words("抽中的企业和产品", "Entities and products drawn"), recorded=True),
            "known": FactWords(
                Words("近期已抽查的对象", "Targets checked recently"),
                help=Words(
                    "按省局抽查记录，可以同一产品近期已被抽查为由拒绝",
                    "By the province's own record they may refuse for a recent check of the same product",
                ),
                recorded=True,
            ),
            "samplers": FactWords(
                Words("选派的抽样人员", "Samplers drawn"),
                help=Words("按抽取次序列出，排在前面的先行选派", "In the drawn order; the first ones are assigned"),
                recorded=True,
            ),
            "sampler_list": FactWords(
                Words("合格抽样人员名单", "List of qualified samplers"),
                help=Words(
                    "抽取之日抽样机构在册的全部合格人员",
                    "All the qualified people of the sampling body on the day of the draw",
                ),
                recorded=True,
            ),
        },
        draws=True,
    ),
    ActRecord(
        "TK4",
        "task.begin_field_work",
        Words("开始抽样检验", "Begin field work"),
        Words("已开始抽样检验", "field work begun"),
        Words(
            "抽样人员对任一对象采取第一个行为，任务即进入抽样检验。",
            "Field work begins as soon as a sampler does anything at one of the targets.",
        ),
    ),
    ActRecord(
        "TK5",
        "task.finish_testing",
        Words("完成全部检验", "Finish testing"),
        Words("已完成全部检验", "testing finished"),
        Words(
            "最后一个对象的抽样、检验结束后，开始汇总结果并报送工作总结。",
            "When the last target has ended, results are compiled and the work summary falls due.",
        ),
    ),
    ActRecord(
        "TK6",
        "task.file_summary",
        Words("报送工作总结", "File the work summary"),
        Words("已报送工作总结", "work summary filed"),
        Words(
            "检验机构以单位文件向省局报送总结，写全六部分内容。",
            "The laboratory files its summary with the province as an official document with all six heads.",
        ),
        facts={
            "heads": FactWords(
                Words("已写明的部分", "Heads covered"),
                help=Words("按规定的内容逐部分核对", "Check each of the prescribed heads"),
                choices={
                    "overview": Words("监督抽查概况", "overview of the check"),
                    "industry": Words("产品和行业概况", "products and industry"),
                    "testing": Words("检验工作概况", "the testing"),
                    "quality": Words("质量分析", "analysis of quality"),
                    "guidance": Words("整改和提高的建议", "advice to the enterprises"),
                    "other": Words("其他材料", "other material"),
                },
            ),
            "document": FactWords(
                Words("工作总结文号", "Number of the summary"),
            ),
        },
        evidence=("letter", "analysis"),
        obligatory=(Demand(("letter", "analysis"), (34,)),),
    ),
    ActRecord(
        "TK7",
        "task.cancel",
        Words("取消抽查任务", "Cancel the task"),
        Words("已取消抽查任务", "task cancelled"),
        Words(
            "抽样开始之前，省局可以取消任务；文本对此没有规定，属于行政安排。",
            "Before field work begins the province may cancel a task; the text is silent, this is administration.",
        ),
        exceptional=True,
        facts={
            "reason": FactWords(
                Words("取消理由", "Reason for the cancellation"),
                help=Words(
                    "写明理由，例如：受委托机构资质到期，任务并入下一批次",
                    "State it, for example: the body's qualification has ended, the task joins the next batch",
                ),
            ),
        },
    ),
)
