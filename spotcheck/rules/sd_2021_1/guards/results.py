"""Guards of the rules of detail and of results item by item (Articles 9, 29, 31): ours, only where a rule is chosen."""

from typing import Final

from spotcheck.rules.guards import Guard
from spotcheck.rules.words import Words

RESULTS: Final = (
    Guard(
        "rule_published",
        (9,),
        Words(
            "没有这个实施细则，或者它尚未发布、已被撤下、在这一天尚未实施",
            "there is no such rule of detail, or it is not published, was withdrawn, or not in force on that day",
        ),
        Words("选择已经发布并实施的版本", "choose a version that is published and in force"),
    ),
    Guard(
        "rule_not_in_use",
        (9, 29),
        Words(
            "任务中已有样品按原来的实施细则开始检验",
            "a sample of this task is being tested by the rule of detail chosen before",
        ),
        Words("同一任务按同一版本检验；需要新版本的，另立任务", "one task is tested by one version; open another task"),
    ),
    Guard(
        "detail_rule_chosen",
        (9, 29),
        Words("这项任务没有选定实施细则的版本", "no version of the rules of detail is chosen for this task"),
        Words("由省局在任务页面选定已发布的版本", "the province chooses a published version on the page of the task"),
    ),
    Guard(
        "results_of_rule",
        (9, 29),
        Words(
            "这份样品不是按选定的实施细则开始检验的，没有可逐项登记的项目",
            "this sample is not tested by a chosen rule of detail, so there are no items to record results of",
        ),
        Words(
            "按纸质原始记录检验，在检验报告中写明各项结果",
            "test by the original record, and state the items with the report",
        ),
    ),
    Guard(
        "limits_fixed",
        (29,),
        Words("已有项目登记了结果，限值不再更改", "a result is on record, and the limits are fixed"),
        Words(
            "明示要求在登记第一个结果之前登记；限值有误的，由检验机构在结果中写明理由并由授权签字人批准判定",
            "what the label declares is recorded before the first result; where a limit is wrong, the verdict is given "
            "with its reason and approved by a signatory",
        ),
    ),
    Guard(
        "declared_not_weaker",
        (29,),
        Words("明示要求低于强制性标准，不能代替它", "what is declared is weaker than the mandatory standard"),
        Words("按强制性标准的限值判定", "the limit of the mandatory standard governs"),
    ),
    Guard(
        "declared_shown",
        (29, 31),
        Words("没有附上标明明示要求的标签或者说明书照片", "no photograph shows where this is declared"),
        Words("附上照片，或者写明不能提交的原因", "attach the photograph, or say why there is none"),
    ),
    Guard(
        "method_cannot_decide",
        (29, 31),
        Words("所用方法的检出限不足以判定", "the detection limit of the method cannot decide it"),
        Words(
            "改用更灵敏的方法，或者由授权签字人说明理由后判定",
            "use a more sensitive method, or state the verdict with its reason and the signatory who approved it",
        ),
    ),
    Guard(
        "verdict_differs",
        (29, 31),
        Words("判定与按限值计算的结果不一致", "the verdict is not what the limit and the value give"),
        Words(
            "核对实测值和判定；确应如此判定的，写明理由（至少十个字）和批准的授权签字人",
            "check value and verdict; where it is meant so, give the reason (ten characters at least) and the "
            "signatory who approved it",
        ),
    ),
    Guard(
        "correction_reasoned",
        (29,),
        Words("更改已登记的结果，没有写明理由", "a result on record is changed without a reason"),
        Words("写明更改的理由；原结果保留", "give the reason; the earlier result is kept"),
    ),
    Guard(
        "items_missing",
        (29, 31),
        Words("实施细则的项目还没有全部结果", "items of the rule of detail have no result yet"),
        Words("由检验机构登记全部项目的结果", "the laboratory records the result of every item"),
    ),
    Guard(
        "items_of_record",
        (29, 31),
        Words("报告的项目与已登记的结果不一致", "the items of the report are not the results on record"),
        Words(
            "报告的项目取自登记的结果；需要更改的，先登记更改后的结果",
            "the items of the report are those on record; change the results there first",
        ),
    ),
    Guard(
        "item_not_commissioned",
        (40, 47),
        Words("委托书没有委托这些项目", "these items are not those of the commission"),
        Words(
            "只检验委托书所列的项目；需要增加的，由委托机关另行委托",
            "test the items of the commission only; further ones are for whoever has commissioned them",
        ),
    ),
    Guard(
        "report_attached",
        (30, 31),
        Words("没有附上报告文件", "the file of the report is not there"),
        Words("附上报告（PDF）", "attach the report (PDF)"),
    ),
    Guard(
        "partial_report_owed",
        (30,),
        Words(
            "没有尚未附报告的严重质量问题",
            "no danger was reported, or its report is on file already",
        ),
        Words("先报告严重质量问题", "report the danger first"),
    ),
    Guard(
        "results_would_change",
        (29, 31, 36, 38),
        Words(
            "更正后的文件与已报送的结论或者各项结果不一致",
            "the new file has another conclusion or other results than the report that was sent in",
        ),
        Words(
            "更换文件只改笔误；结论或者结果有误的，向省局说明，按异议处理和撤销结论的规定办理",
            "a file is replaced for a slip of the pen only; where conclusion or results are wrong tell the province, "
            "which decides by the articles on objections and revocation",
        ),
    ),
)
