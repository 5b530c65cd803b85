"""The docket's own acts: they change no chart, only the dates of running periods (Article 59)."""

from typing import Final

from spotcheck.rules.acts.act import ActRecord
from spotcheck.rules.acts.fact import FactWords
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
            "entry": FactWords(Words("更正的流水号", "Number of the entry corrected")),
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
)
