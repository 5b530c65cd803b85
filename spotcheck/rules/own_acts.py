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
)
