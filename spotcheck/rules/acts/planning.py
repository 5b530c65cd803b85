"""The acts of the annual plan and of the task (Articles 5 to 12, 34)."""

from typing import Final

from spotcheck.rules.acts.act import ActWords
from spotcheck.rules.words import Words

PLANNING: Final = (
    ActWords(
        "PL1",
        "plan.open_suggestions",
        Words("开始征集统筹建议", "Open the collection of suggestions"),
        Words("已开始征集统筹建议", "collection of suggestions opened"),
        Words(
            "省局依本年度监管目录编制计划，先请市县局提出建议。",
            "The province builds the plan on the year's catalogue and first asks city and "
            "county bureaus for suggestions.",
        ),
    ),
    ActWords(
        "PL2",
        "plan.submit_suggestion",
        Words("提出统筹建议", "Submit a suggestion"),
        Words("已提出统筹建议", "suggestion submitted"),
        Words(
            "市县局可以就目录内产品提出种类、批次数和时间的建议；逾期的照收，加标记。",
            "City and county bureaus may suggest kinds, batches and timing for catalogue "
            "products; a late one is accepted and marked.",
        ),
    ),
    ActWords(
        "PL3",
        "plan.adopt",
        Words("制定年度计划", "Adopt the annual plan"),
        Words("已制定年度计划", "annual plan adopted"),
        Words(
            "计划由省局制定，写明抽查哪些产品、各多少批次。",
            "The province adopts the annual plan with its product kinds and batch counts.",
        ),
    ),
    ActWords(
        "PL4",
        "plan.file_and_circulate",
        Words("备案并通报年度计划", "File and circulate the annual plan"),
        Words("已备案并通报年度计划", "annual plan filed and circulated"),
        Words(
            "计划要报市场监管总局备案，并告知每一个市局。",
            "The plan is filed with SAMR and made known to every city bureau.",
        ),
    ),
    ActWords(
        "PL5",
        "plan.adjust",
        Words("调整年度计划", "Adjust the annual plan"),
        Words("已调整年度计划", "annual plan adjusted"),
        Words(
            "日常抽查的安排可以按实际需要增减，理由记录在案。",
            "The daily checks of the plan may be changed as need arises, with the reason on record.",
        ),
    ),
    ActWords(
        "PL6",
        "plan.start",
        Words("开始执行年度计划", "Start carrying out the annual plan"),
        Words("年度计划已开始执行", "annual plan under way"),
        Words(
            "第一个日常抽查任务定下方案，计划即进入执行。",
            "The plan is under way once its first daily task has its scheme.",
        ),
    ),
    ActWords(
        "PL7",
        "plan.close",
        Words("结束年度计划", "Close the annual plan"),
        Words("已结束年度计划", "annual plan closed"),
        Words(
            "计划下的任务全部办结后，由省局结束计划。",
            "The province closes the plan when all its tasks are closed.",
        ),
    ),
    ActWords(
        "TK1",
        "task.set_scheme",
        Words("确定抽查方案和实施细则", "Set scheme and implementing rules"),
        Words("已确定抽查方案和实施细则", "scheme and implementing rules set"),
        Words(
            "每个任务都要有方案和细则；日常任务对应计划，专项任务写明来由。",
            "Every task has a scheme and implementing rules; a daily one belongs to the plan, a "
            "special one names its trigger.",
        ),
    ),
    ActWords(
        "TK2",
        "task.engage_agencies",
        Words("确定抽样机构和检验机构", "Engage sampling body and laboratory"),
        Words("已确定抽样机构和检验机构", "sampling body and laboratory engaged"),
        Words(
            "省局按采购规定选定机构并出具委托书；抽样、检验同属一家的，须有抽检分离制度。",
            "The province chooses the bodies by procurement and issues the mandate; one body "
            "for both needs its separation system.",
        ),
    ),
    ActWords(
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
    ),
    ActWords(
        "TK4",
        "task.begin_field_work",
        Words("开始抽样检验", "Begin field work"),
        Words("已开始抽样检验", "field work begun"),
        Words(
            "抽样人员对任一对象采取第一个行为，任务即进入抽样检验。",
            "Field work begins as soon as a sampler does anything at one of the targets.",
        ),
    ),
    ActWords(
        "TK5",
        "task.finish_testing",
        Words("完成全部检验", "Finish testing"),
        Words("已完成全部检验", "testing finished"),
        Words(
            "最后一个对象的抽样、检验结束后，开始汇总结果并报送工作总结。",
            "When the last target has ended, results are compiled and the work summary falls due.",
        ),
    ),
    ActWords(
        "TK6",
        "task.file_summary",
        Words("报送工作总结", "File the work summary"),
        Words("已报送工作总结", "work summary filed"),
        Words(
            "检验机构以单位文件向省局报送总结，写全六部分内容。",
            "The laboratory files its summary with the province as an official document with all six heads.",
        ),
    ),
    ActWords(
        "TK7",
        "task.cancel",
        Words("取消抽查任务", "Cancel the task"),
        Words("已取消抽查任务", "task cancelled"),
        Words(
            "抽样开始之前，省局可以取消任务；文本对此没有规定，属于行政安排。",
            "Before field work begins the province may cancel a task; the text is silent, this is administration.",
        ),
    ),
)
