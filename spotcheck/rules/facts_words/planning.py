"""Facts of the acts of planning (Articles 7 to 12, 34)."""

from typing import Final

from spotcheck.rules.facts_words.fact import NOTHING, FactWords
from spotcheck.rules.words import Words

PLANNING: Final = {
    ("plan.submit_suggestion", "in_catalogue"): FactWords(
        Words("产品在监管目录内", "The product is in the catalogue"),
    ),
    ("plan.submit_suggestion", "contents"): FactWords(
        Words("建议包括", "The suggestion covers"),
        help=Words("三项写全才能提交", "All three are needed"),
        choices={
            "kinds": Words("产品种类", "product kinds"),
            "batches": Words("批次数", "batch counts"),
            "timing": Words("抽查时间", "timing"),
        },
    ),
    ("plan.submit_suggestion", "suggestion"): FactWords(
        Words("建议内容", "The suggestion"),
    ),
    ("plan.file_and_circulate", "filed"): FactWords(
        Words("已报市场监管总局备案", "Filed with SAMR"),
    ),
    ("plan.file_and_circulate", "circulated"): FactWords(
        Words("已通报每个市局", "Circulated to every city bureau"),
    ),
    ("plan.adjust", "reason"): FactWords(
        Words("调整理由", "Reason for the change"),
        help=Words(
            "写明理由，例如：上级已安排同类产品的国家监督抽查",
            "State it, for example: the state has planned a check of the same kind of product",
        ),
    ),
    ("task.set_scheme", "type"): FactWords(
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
    ("task.set_scheme", "trigger"): FactWords(
        Words("专项抽查来由", "What prompted the special check"),
        choices={
            "superior_order": Words("上级部署", "order of a superior"),
            "public_opinion": Words("舆情信息", "public opinion"),
            "emergency": Words("突发事件", "emergency"),
            "none": NOTHING,
        },
    ),
    ("task.set_scheme", "scheme"): FactWords(
        Words("已附监督抽查方案", "The scheme is attached"),
    ),
    ("task.set_scheme", "detail_rules"): FactWords(
        Words("实施细则", "Implementing rules"),
        choices={
            "own": Words("本级制定", "our own"),
            "superior": Words("采用上级已公布的细则", "those published by a superior"),
            "none": Words("没有", "none"),
        },
    ),
    ("task.engage_agencies", "same_body"): FactWords(
        Words("抽样和检验由同一机构承担", "One body both samples and tests"),
    ),
    ("task.engage_agencies", "separation_system"): FactWords(
        Words("抽检分离制度在案", "Its separation system is on file"),
        help=Words("同一机构既抽样又检验时必须具备", "Needed when one body does both"),
    ),
    ("task.engage_agencies", "sampling_body"): FactWords(
        Words("抽样机构", "Sampling body"),
    ),
    ("task.engage_agencies", "lab"): FactWords(
        Words("检验机构", "Laboratory"),
    ),
    ("task.draw_targets", "frame"): FactWords(
        Words("已冻结候选名单的指纹", "Fingerprint of the frozen list of candidates"),
        help=Words(
            "冻结名单时由系统给出；名单改动后须重新冻结",
            "Given by the system when the list is frozen; a list that was changed is frozen again",
        ),
    ),
    ("task.draw_targets", "number"): FactWords(
        Words("抽取企业数", "How many enterprises to draw"),
    ),
    ("task.draw_targets", "batches"): FactWords(
        Words("抽取批次数", "How many batches to draw"),
        help=Words("不填即为每家企业一批次", "One for each enterprise unless stated"),
    ),
    ("task.draw_targets", "seed"): FactWords(
        Words("随机种子", "Random seed"),
        help=Words(
            "抽取时由系统生成，与候选名单一并保存，任何人都能重做抽取",
            "Made by the system at the draw and kept, so that anybody can repeat it",
        ),
    ),
    ("task.draw_targets", "candidates"): FactWords(
        Words("候选名单", "List of candidates"),
    ),
    ("task.draw_targets", "count"): FactWords(
        Words("候选名单的行数", "Lines of the list of candidates"),
    ),
    ("task.draw_targets", "targets"): FactWords(
        Words("抽中的企业和产品", "Entities and products drawn"),
    ),
    ("task.draw_targets", "known"): FactWords(
        Words("近期已抽查的对象", "Targets checked recently"),
        help=Words(
            "按省局抽查记录，可以同一产品近期已被抽查为由拒绝",
            "By the province's own record they may refuse for a recent check of the same product",
        ),
    ),
    ("task.draw_targets", "samplers"): FactWords(
        Words("选派的抽样人员", "Samplers drawn"),
        help=Words("按抽取次序列出，排在前面的先行选派", "In the drawn order; the first ones are assigned"),
    ),
    ("task.draw_targets", "sampler_list"): FactWords(
        Words("合格抽样人员名单", "List of qualified samplers"),
        help=Words(
            "抽取之日抽样机构在册的全部合格人员",
            "All the qualified people of the sampling body on the day of the draw",
        ),
    ),
    ("task.file_summary", "heads"): FactWords(
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
    ("task.file_summary", "document"): FactWords(
        Words("工作总结文号", "Number of the summary"),
    ),
    ("task.cancel", "reason"): FactWords(
        Words("取消理由", "Reason for the cancellation"),
        help=Words(
            "写明理由，例如：受委托机构资质到期，任务并入下一批次",
            "State it, for example: the body's qualification has ended, the task joins the next batch",
        ),
    ),
}
