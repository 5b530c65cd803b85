"""What is in the text and not in the program, and why: nothing to compute or to forbid."""

from dataclasses import dataclass
from typing import Final

from spotcheck.rules.words import Words


@dataclass(frozen=True, slots=True)
class Unmodelled:
    """An article, or a sentence of one, that no act, guard or period carries."""

    articles: tuple[int, ...]
    matter: Words
    why: Words


UNMODELLED: Final = (
    Unmodelled(
        (1,),
        Words("制定依据", "Legal bases"),
        Words(
            "没有可以计算的内容，记在规则集的说明里。",
            "Nothing to compute; kept with the description of the rule set.",
        ),
    ),
    Unmodelled(
        (2,),
        Words("工作原则", "Principles"),
        Words(
            "指导人的判断，不产生具体的权利义务。",
            "They guide judgement and give no concrete right or duty.",
        ),
    ),
    Unmodelled(
        (3, 49),
        Words("经费列入同级财政预算", "Costs borne by the budget of the same level"),
        Words(
            "记账不在本系统；能够执行的只有“不得向企业收费”，由该项要求把住。",
            "Accounting is elsewhere; what can be enforced, that enterprises pay nothing, is a guard.",
        ),
    ),
    Unmodelled(
        (6,),
        Words("各级汇总、分析、上报", "Aggregating, analysing and reporting at every level"),
        Words(
            "职责划分体现在行为主体里；分析由人来做，系统只提供数据。",
            "The division of work is in the actors; analysis is done by people on our figures.",
        ),
    ),
    Unmodelled(
        (10,),
        Words("一项任务由几家机构分别抽样", "Several bodies sampling in one task"),
        Words(
            "一项任务只有一家抽样机构；部分抽样交给市县局或者另一家机构的，另设一项任务，通知书、委托书、抽取记录各归各的。",
            "A task has one sampling body. Where a city, a county or another body takes part of the sampling it gets a "
            "task of its own, so that notice, mandate and draw belong to who acts.",
        ),
    ),
    Unmodelled(
        (11,),
        Words("使用省级产品质量监督管理系统", "Use of the provincial supervision system"),
        Words(
            "本系统不代替该系统，只登记其编号并提供导出。",
            "This system does not replace it; it keeps its numbers and exports data.",
        ),
    ),
    Unmodelled(
        (12,),
        Words("抽样人员熟悉法律和标准", "Samplers know law and standards"),
        Words(
            "属于培训和考核，由抽样机构在合格人员名单里认定；系统只从名单中抽取。",
            "A matter of training, which the body attests by its list of qualified people; the system only draws from "
            "the list.",
        ),
    ),
    Unmodelled(
        (15,),
        Words("委托加工产品的检验合格状态", "State of commissioned goods"),
        Words(
            "由抽样人员当场判断，系统只要求记录。",
            "Judged by the samplers on the spot; the system asks for the record.",
        ),
    ),
    Unmodelled(
        (22,),
        Words("市县局配合抽查、不得推脱", "Cooperation of city and county bureaus"),
        Words(
            "属于工作纪律；系统只显示线索有无按时接收。",
            "A matter of discipline; the system shows whether leads are taken up.",
        ),
    ),
    Unmodelled(
        (27,),
        Words("检验机构的内部制度", "Internal systems of the laboratory"),
        Words(
            "由检验机构建立，系统记录其中影响程序的收、领、检、存、处置。",
            "Set up by the laboratory; the system records receipt, issue, test, storage and disposal.",
        ),
    ),
    Unmodelled(
        (42,),
        Words("注册地部门的配合", "Cooperation of the registered place"),
        Words(
            "配合的内容没有规定，移送函中提出即可。",
            "What it consists of is not said; the letter of transfer asks for it.",
        ),
    ),
    Unmodelled(
        (51,),
        Words("停业整顿、吊销营业执照的决定", "Decisions of closure and of revoking the business licence"),
        Words(
            "由主管机关和登记机关依处罚程序作出，也只能由它们撤回；系统登记机关、文号和期限。",
            "Taken by other authorities in the penalty procedure, and taken back by them only; the system records "
            "authority, number and term.",
        ),
    ),
    Unmodelled(
        (53,),
        Words("案卷应当包括的材料", "Contents of the case file"),
        Words(
            "电子案卷随行为自然形成，清单由案卷生成，不另设条件。",
            "The file grows with the acts and lists itself; nothing is conditional on it.",
        ),
    ),
    Unmodelled(
        (54,),
        Words(
            "录入省级系统、市局汇总督促",
            "Entry into the provincial system, supervision by cities",
        ),
        Words(
            "录入发生在外部系统；本系统提供导出和汇总数据。",
            "The entry is made elsewhere; exports and figures are provided.",
        ),
    ),
    Unmodelled(
        (55,),
        Words("跟踪检查", "Follow-up checks"),
        Words(
            "作为普通任务组织；同类产品再次不合格时由标记提醒评估。",
            "Organised as ordinary tasks; a flag asks for the review when the same kind fails again.",
        ),
    ),
    Unmodelled(
        (56,),
        Words("行政处罚程序及其期限", "The penalty procedure and its periods"),
        Words(
            "由另外的规章规定，系统只跟踪线索的去向，并且从不因此暂停整改复查。",
            "Governed by other rules; the system follows the lead and never pauses the recheck for it.",
        ),
    ),
    Unmodelled(
        (57,),
        Words("向政府和部门通报", "Informing governments and departments"),
        Words(
            "通报的内容和格式没有规定，由省局另行发出；系统不代为通报。",
            "Neither contents nor form are said; the province sends it itself, the system sends none.",
        ),
    ),
    Unmodelled(
        (58,),
        Words("市县局本级抽查参照执行", "Own checks of cities and counties"),
        Words(
            "是否参照由市县局决定，默认不启用。",
            "Whether they follow these rules is theirs to decide; off by default.",
        ),
    ),
    Unmodelled(
        (60,),
        Words("废止旧文件", "Repeal of the earlier document"),
        Words(
            "施行前的案卷不在本系统办理。",
            "Matters from before the rules are not handled here.",
        ),
    ),
)
"""In the order of the articles; one may stand here for a sentence and be modelled in others."""
