"""Facts of the docket's own acts: they are written by the program, nobody is asked for them but the proof."""

from typing import Final

from spotcheck.rules.facts_words.fact import FactWords
from spotcheck.rules.words import Words

_PERIODS: Final = FactWords(Words("期限的原日期和新日期", "Periods, before and after"))

DOCKET: Final = {
    ("docket.redate", "notice"): FactWords(Words("放假通知", "Notice on the holidays")),
    ("docket.redate", "periods"): _PERIODS,
    ("docket.correct_date", "entry"): FactWords(Words("更正的流水号", "Number of the entry corrected")),
    ("docket.correct_date", "act"): FactWords(Words("更正的事项", "Act corrected")),
    ("docket.correct_date", "date_before"): FactWords(Words("原登记日期", "Date as recorded")),
    ("docket.correct_date", "date_after"): FactWords(Words("更正后的日期", "Date as corrected")),
    ("docket.correct_date", "proof"): FactWords(
        Words("证明正确日期的凭证", "Proof of the right date"),
        help=Words("签收记录、邮寄回执等", "The signed receipt, the postal slip or the like"),
    ),
    ("docket.correct_date", "periods"): _PERIODS,
    ("docket.counter_entry", "entry"): FactWords(Words("撤回的流水号", "Number of the entry taken back")),
    ("docket.counter_entry", "act"): FactWords(Words("撤回的事项", "Act taken back")),
    ("docket.counter_entry", "reason"): FactWords(
        Words("撤回的理由", "Why it is taken back"),
        help=Words(
            "例如检验人员因病不能检验，样品已退回样品库", "The inspector is ill, say, and the unit is back in store"
        ),
    ),
}
