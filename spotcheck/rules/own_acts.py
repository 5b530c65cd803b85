"""The docket's own acts: dates of running periods are set right (Article 59), entries are taken back (27, 54), records
of visits are joined to what the desk has recorded (16, 17)."""

from typing import Final

from spotcheck.rules.acts import ActRecord, FactWords
from spotcheck.rules.words import Words

_PERIODS: Final = FactWords(Words("期限的原日期和新日期", "Periods, before and after"))

DOCKET: Final = (
    ActRecord(
        "DK1",
        "docket.redate",
        Words("按公布的放假安排重新计算", "Count again by the announced holidays"),
        Words("已按公布的放假安排重新计算", "counted again by the announced holidays"),
        Words(
            "国务院放假通知公布后，期限日期有变化的重新计算，前后日期都保留。",
            "Once the notice of the State Council is out, the periods whose dates move are counted "
            "again; both versions are kept.",
        ),
        facts={
            "notice": FactWords(Words("放假通知", "Notice on the holidays")),
            "periods": _PERIODS,
        },
    ),
    ActRecord(
        "DK2",
        "docket.correct_date",
        Words("更正登记日期", "Correct a recorded date"),
        Words("已更正登记日期", "recorded date corrected"),
        Words(
            "凭证证明原登记日期有误的，更正日期并重新计算仍在进行的期限，前后日期都保留。",
            "When proof shows that a recorded date is wrong, it is corrected and the periods still "
            "running are counted again; both versions are kept.",
        ),
        told=("enterprise", "handler", "province"),
        facts={
            "entry": FactWords(Words("更正的办理记录序号", "Number of the entry corrected")),
            "act": FactWords(Words("更正的事项", "Act corrected")),
            "date_before": FactWords(Words("原登记日期", "Date as recorded")),
            "date_after": FactWords(Words("更正后的日期", "Date as corrected")),
            "proof": FactWords(
                Words("证明正确日期的凭证", "Proof of the right date"),
                help=Words("签收记录、邮寄回执等", "The signed receipt, the postal slip or the like"),
            ),
            "periods": _PERIODS,
        },
    ),
    ActRecord(
        "DK3",
        "docket.counter_entry",
        Words("撤回登记", "Take an entry back"),
        Words("登记已撤回", "entry taken back"),
        Words(
            "只改变事项自身、没有引起其他后果的登记，由原登记单位写明理由撤回，事项恢复原状；原登记和撤回都保留。",
            "An entry that has changed nothing but its own matter is taken back by the office that made it, with the "
            "reason; the matter stands where it stood before, and both entries are kept.",
        ),
        facts={
            "entry": FactWords(Words("撤回的办理记录序号", "Number of the entry taken back")),
            "act": FactWords(Words("撤回的事项", "Act taken back")),
            "reason": FactWords(
                Words("撤回的理由", "Why it is taken back"),
                help=Words(
                    "例如检验人员因病不能检验，样品已退回样品库",
                    "The inspector is ill, say, and the unit is back in store",
                ),
            ),
        },
    ),
    ActRecord(
        "DK4",
        "docket.join_record",
        Words("并入现场记录", "Join a record of a visit"),
        Words("现场记录已并入", "record of a visit joined"),
        Words(
            "桌面端已经登记的事项，平板又上传了同一事项的现场记录：内容一致的并入，照片和签名随本条入卷；原登记不变。",
            "What the desk has recorded is sent by a tablet as well: where both say the same they are joined, pictures "
            "and signatures come into the file with this entry, and the earlier one stays as it is.",
        ),
        facts={
            "entry": FactWords(Words("原登记的办理记录序号", "Number of the entry")),
            "act": FactWords(Words("事项", "Act")),
            "reason": FactWords(
                Words("并入的理由", "Why they are joined"),
                help=Words("例如当天已电话报告并由桌面端登记", "Reported by telephone, say, and recorded at the desk"),
            ),
        },
    ),
    ActRecord(
        "DK5",
        "docket.take_over",
        Words("移入旧案", "Take an old case over"),
        Words("自原系统移入", "taken over from the old system"),
        Words(
            "原系统里正在办理的案件按表格移入：有凭证的日期起算期限，没有凭证的只作记载，不起算期限，也不产生对当事人不利的后果。",
            "A case that runs in the old system comes in from a sheet: a day that is proved starts its period; what is "
            "only stated is kept as a fact, starts nothing and works against nobody.",
        ),
        facts={
            "old_number": FactWords(Words("原系统编号", "Number in the old system")),
            "sheet": FactWords(Words("表格（SHA-256）", "Sheet (SHA-256)")),
            "line": FactWords(Words("表格行号", "Line of the sheet")),
            "since": FactWords(Words("处于该状态的起始日期", "In this state since")),
            "proved": FactWords(Words("有凭证的日期", "Days that are proved")),
            "stated": FactWords(Words("未证实的日期", "Days that are only stated")),
            "periods": FactWords(Words("起算期限的日期", "Days from which periods run")),
            "row": FactWords(Words("表格原行", "The line as it was")),
        },
    ),
    ActRecord(
        "DK6",
        "docket.take_back",
        Words("撤销移入", "Undo a take-over"),
        Words("移入已撤销", "take-over undone"),
        Words(
            "七天内、移入后还没有办理任何事项的，整批撤销移入：期限不再计算，案卷终止，移入和撤销的记录都保留。",
            "Within seven days, while nothing has been done in them, the cases of a sheet are taken back together: no "
            "period runs on, the files end, and both records are kept.",
        ),
        facts={
            "old_number": FactWords(Words("原系统编号", "Number in the old system")),
        },
    ),
)
