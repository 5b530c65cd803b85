"""The columns of a sheet of old cases: one line is one party of one sample.

Heads of the ledger that provinces keep (``RECEIVEDATE`` and the like) are known as well. A day counts as proved where
the column behind it names the paper that shows it.
"""

from typing import Final

from spotcheck.registers.imports.columns import Column
from spotcheck.rules.words import Words

DAY: Final = Words("写成 2025-03-05", "as 2025-03-05")
_PROOF: Final = Words("写明凭证，例如 邮寄回执 EMS1234；空为没有凭证", "name the paper; nothing means there is none")
_NOT_YET: Final = Words("有此情形的案件留在原系统办完", "such a case stays in the old system to its end")

COLUMNS: Final = (
    Column("number", Words("原系统编号", "Number in the old system"), ("抽样单编号", "编号", "SAMPLEID"), needed=True),
    Column(
        "role",
        Words("当事人", "Party"),
        ("当事人身份",),
        needed=True,
        help=Words("填 被抽样生产者、标称生产者 或者 销售者", "被抽样生产者, 标称生产者 or 销售者"),
    ),
    Column("code", Words("统一社会信用代码", "Credit code"), ("信用代码",), needed=True, code=True),
    Column("product_kind", Words("产品种类", "Kind of product"), needed=True),
    Column("product_name", Words("产品名称", "Name of the product"), needed=True),
    Column("product_model", Words("规格型号", "Model")),
    Column("batch", Words("生产日期/批号", "Batch"), ("批号",)),
    Column("sampled_on", Words("抽样日期", "Sampled on"), ("SAMPLEDATE",), needed=True, help=DAY),
    Column("reported_on", Words("检验报告日期", "Report of"), ("报告日期",), needed=True, help=DAY),
    Column("items", Words("不合格项目", "Failed items"), needed=True, help=Words("用顿号分开", "with 、 between")),
    Column("notice_sent_on", Words("结果通知发出日期", "Result sent on"), (), help=DAY),
    Column("notice_received_on", Words("结果通知收到日期", "Result received on"), (), help=DAY),
    Column("notice_proof", Words("结果通知收到凭证", "Proof of that receipt"), (), help=_PROOF),
    Column(
        "objected",
        Words("是否提出异议", "Has objected"),
        ("异议",),
        help=Words("填 是 或者 否；结果通知收到有凭证的必填", "是 or 否; needed where that receipt is proved"),
    ),
    Column("objected_on", Words("提出异议日期", "Objected on"), (), help=DAY),
    Column(
        "report_received_on", Words("部门收到报告日期", "Report received by the bureau"), ("RECEIVEDATE",), help=DAY
    ),
    Column("report_proof", Words("部门收到报告凭证", "Proof of the receipt of the report"), (), help=_PROOF),
    Column("ordered_on", Words("责令改正日期", "Order of"), ("ZGFCDATE", "整改通知发出日期"), help=DAY),
    Column("order_received_on", Words("责令改正收到日期", "Order received on"), (), help=DAY),
    Column("order_proof", Words("责令改正收到凭证", "Proof of the receipt of the order"), (), help=_PROOF),
    Column("applied_on", Words("提出复查申请日期", "Recheck applied for on"), ("ZGTJDATE", "RECHECKSQDATE"), help=DAY),
    Column("application_proof", Words("复查申请凭证", "Proof of the application"), (), help=_PROOF),
    Column("handled_until", Words("后处理截止时间", "Ledger: to be finished by"), ("AFTERDATE",), help=DAY),
    Column("rechecked_on", Words("复查日期", "Rechecked on"), ("RECHECKDATE", "CHECKOKDATE"), help=_NOT_YET),
    Column("announced_on", Words("公告日期", "Announced on"), (), help=_NOT_YET),
    Column("refused_on", Words("拒绝抽样日期", "Sampling refused on"), ("ISREFUSE",), help=_NOT_YET),
    Column("closed_on", Words("结案日期", "Closed on"), (), help=_NOT_YET),
)
NAMED: Final = {column.name: column for column in COLUMNS}
DAYS: Final = (*(name for name in NAMED if name.endswith("_on")), "handled_until")
ELSEWHERE: Final = ("rechecked_on", "announced_on", "refused_on", "closed_on")
"""Columns of what does not come in: such cases end where they are."""
PROOFS: Final = {
    "notice_received_on": "notice_proof",
    "report_received_on": "report_proof",
    "order_received_on": "order_proof",
    "applied_on": "application_proof",
}
"""The column that proves a day."""
ROLES: Final = {"被抽样生产者": "sampled_producer", "标称生产者": "nominal_producer", "销售者": "seller"}
LABELS: Final = {"sampled_producer": "P", "nominal_producer": "N", "seller": "S"}
YES, NO = "是", "否"

_SAMPLE: Final = {
    "role": "被抽样生产者", "product_kind": "（示例）电线电缆", "product_name": "聚氯乙烯绝缘电缆",
    "product_model": "60227 IEC 01",
    "sampled_on": "2025-03-03", "reported_on": "2025-04-01", "items": "绝缘厚度、导体电阻",
}  # fmt: skip
_NOTICE: Final = {"notice_sent_on": "2025-04-03", "notice_received_on": "2025-04-07"}
_TOLD: Final = _NOTICE | {"notice_proof": "邮寄回执 EMS1001", "objected": "否"}
_ORDER: Final = {
    "report_received_on": "2025-04-08", "report_proof": "收文登记 12 号", "ordered_on": "2025-04-14",
    "order_received_on": "2025-04-18",
}  # fmt: skip
_STATES: Final[tuple[dict[str, str], ...]] = (
    {},
    {"notice_sent_on": "2025-04-03"},
    _NOTICE,
    _TOLD,
    _NOTICE | {"objected": "是", "objected_on": "2025-04-15"},
    _TOLD | {"objected": "是", "objected_on": "2025-04-15"},
    _TOLD | {"report_received_on": "2025-04-08"},
    _TOLD | {"report_received_on": "2025-04-08", "report_proof": "收文登记 12 号"},
    _TOLD | _ORDER,
    _TOLD | _ORDER | {"order_proof": "签收单"},
    _TOLD | _ORDER | {"order_proof": "签收单", "applied_on": "2025-06-16"},
    _TOLD | _ORDER | {"applied_on": "2025-06-16", "application_proof": "复查申请书"},
    _TOLD | _ORDER | {"applied_on": "2025-06-16", "handled_until": "2025-07-31"},
)
EXAMPLES: Final = tuple(
    _SAMPLE | {"number": f"CC2025-{place:04}", "code": "91370100MA3C1X2Y0A"} | state
    for place, state in enumerate(_STATES, 1)
)
"""One line for everything that can come in, in the order of the procedure."""
