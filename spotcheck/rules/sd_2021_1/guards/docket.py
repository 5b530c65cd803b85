"""What stands in the way of a legal date: that of an act, or the right one of an earlier entry.

The articles are those of the act, besides.
"""

from typing import Final

from spotcheck.rules.guards import Guard
from spotcheck.rules.words import Words

OF_DATES: Final = (
    Guard(
        "after_what_went_before",
        (59,),
        Words(
            "办理日期早于本事项进入现在状态的日期，或者早于所依据的检验结论、早于建档日期",
            "the legal date lies before the day on which the matter reached its present state, "
            "or before the conclusion that it is about, or before the file was opened",
        ),
        Words(
            "核对日期；前一项登记的日期有误的，先更正前一项",
            "check the date; if the date of the entry before is wrong, correct that one first",
        ),
    ),
    Guard(
        "before_the_lapse",
        (59,),
        Words(
            "期限已经届满，只是尚未作届满处理（收到日期是事后登记的）",
            "the period was over before; it only has not lapsed yet, because its start was recorded late",
        ),
        Words(
            "次日按期满处理后，作为逾期提交登记；确系按期提交的，填写实际提交的日期",
            "it lapses on the next day, then record the filing as a late one; "
            "if it did come in time, state the day on which it came",
        ),
    ),
    Guard(
        "date_can_be_corrected",
        (59,),
        Words(
            "这项登记的日期不能更正：它写在已发出的文书上，或者由系统根据其他事项生成",
            "the date of this entry cannot be corrected: it stands on an issued paper, or it follows "
            "from something else",
        ),
        Words(
            "更正引起它的那项登记，或者依照相应条款办理更正",
            "correct the entry that it follows from, or take the correcting act of the article",
        ),
    ),
    Guard(
        "period_still_runs",
        (59,),
        Words(
            "由这项登记起算的期限已经不再进行",
            "no period counted from this entry runs any more",
        ),
        Words(
            "期限已届满的，凭按期提交的证据办理更正届满",
            "after a lapse, a filing that was in time is proved with the act that corrects the lapse",
        ),
    ),
    Guard(
        "still_in_time",
        (59,),
        Words(
            "按更正后的日期，这项行为已经超过它的期限",
            "on the corrected date the act would have come after the end of its period",
        ),
        Words(
            "由省局或者结果处理部门按逾期依法处理",
            "the province or the handling bureau deals with it as an act that came too late",
        ),
    ),
    Guard(
        "correction_proved",
        (59,),
        Words("没有写明证明正确日期的凭证", "the proof of the right date is not named"),
        Words("填写签收记录、邮寄回执等凭证", "name the signed receipt or the postal slip"),
    ),
    Guard(
        "can_be_taken_back",
        (27, 54),
        Words(
            "这项登记不能撤回：它已经引起其他后果，或者其后又有登记",
            "this entry cannot be taken back: something has followed from it, or has been entered since",
        ),
        Words(
            "依照相应条款办理更正或者后续事项",
            "take the correcting act of the article, or go on from here",
        ),
    ),
    Guard(
        "taking_back_reasoned",
        (27, 54),
        Words("没有写明撤回登记的理由", "the reason for taking the entry back is not given"),
        Words(
            "写明理由，例如检验人员因病不能检验、样品已退回样品库", "say why: the inspector is ill and the unit is back"
        ),
    ),
    Guard(
        "dates_in_order",
        (59,),
        Words(
            "更正后的日期与前后登记的先后次序矛盾",
            "the corrected date contradicts the order of the entries before and after it",
        ),
        Words(
            "核对凭证，或者先更正前后的登记",
            "check the proof, or correct the other entry first",
        ),
    ),
)
