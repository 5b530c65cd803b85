"""The docket's own acts: they change no chart, only the dates of running periods (Article 59)."""

from typing import Final

from spotcheck.rules.acts.act import ActWords
from spotcheck.rules.words import Words

DOCKET: Final = (
    ActWords(
        "DK1",
        "docket.redate",
        Words("按公布的放假安排重新计算", "Count again by the announced holidays"),
        Words("已按公布的放假安排重新计算", "counted again by the announced holidays"),
        Words(
            "国务院放假通知公布后，期限日期有变化的重新计算，前后日期都保留。",
            "Once the notice of the State Council is out, the periods whose dates move are counted "
            "again; both versions are kept.",
        ),
    ),
    ActWords(
        "DK2",
        "docket.correct_date",
        Words("更正登记日期", "Correct a recorded date"),
        Words("已更正登记日期", "recorded date corrected"),
        Words(
            "凭证证明原登记日期有误的，更正日期并重新计算仍在进行的期限，前后日期都保留。",
            "When proof shows that a recorded date is wrong, it is corrected and the periods still "
            "running are counted again; both versions are kept.",
        ),
    ),
)
