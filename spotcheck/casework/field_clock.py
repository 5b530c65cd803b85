"""The day on which something in a log happened: what a tablet's clock says is believed only where it can be (R9, R13).

Nothing runs from the time of a device alone. A day lies between that on which the tablet got its package and that on
which the log came here, so that nobody dates back behind what he went out with; where the clock is in doubt a person
fixes the day, with a reason.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from spotcheck.docket import clock
from spotcheck.rules.field_log import moment_of
from spotcheck.rules.words import Words

DOUBT: Final = "CLOCK_DOUBT"
JUMP_MS: Final = 60_000
ANCHOR_SECONDS: Final = 72 * 60 * 60
BEFORE: Final = Words("日期早于平板领取任务包之日", "The day lies before the tablet got its package")
BACK: Final = Words("日期早于前一条现场记录", "The day lies before that of the act before")
AHEAD: Final = Words("日期晚于服务器收到之日", "The day lies after that on which it was received")
OTHER: Final = Words("日期与平板的时刻不符", "The day is not that of the tablet's clock")
JUMPED: Final = Words("平板的时钟跳变过", "The clock of the tablet has jumped")
STEPPED: Final = Words("时刻早于前一条现场记录", "The moment lies before that of the act before")
OLD: Final = Words("平板超过72小时没有与服务器对时", "The tablet was without the server's time for more than 72 hours")
CURE: Final = Words("核定日期并写明理由。", "Fix the day, with the reason.")


def doubts(
    act: Mapping[str, Any], before: Mapping[str, Any] | None, *, issued: datetime, received: datetime, offset: int
) -> list[Words]:
    """What stands against the day that an act states: nothing, or what a person has to look at.

    ``offset`` are the milliseconds by which the device's clock was behind when it came here.
    """
    on, at = date.fromisoformat(act["on"]), act["at"]
    best = best_moment(at, offset)
    checks = (
        (on < clock.today_of(issued), BEFORE),
        (on > clock.today_of(received), AHEAD),
        (before is not None and on < date.fromisoformat(before["on"]), BACK),
        (clock.today_of(best) != on, OTHER),
        (abs(at["jump"]) > JUMP_MS, JUMPED),
        (before is not None and best < best_moment(before["at"], offset), STEPPED),
        ((best - moment_of(at["anchor"])).total_seconds() > ANCHOR_SECONDS, OLD),
    )
    return [says for is_so, says in checks if is_so]


def best_moment(at: Mapping[str, Any], offset: int) -> datetime:
    """When it was, by the best of what is known: the clock of the device alone is moved by what it was behind."""
    best = moment_of(at["best"])
    return clock.later(best, offset / 1000) if at["by"] == "wall" else best


def hour_of(act: Mapping[str, Any], on: date, *, offset: int, received: datetime) -> datetime | None:
    """The hour for the record, where it lies in the legal day and not ahead."""
    best = best_moment(act["at"], offset)
    return best if clock.today_of(best) == on and best <= received else None
