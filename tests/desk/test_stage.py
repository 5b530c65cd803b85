"""The derived stage: what a list says of a dossier that is many charts side by side."""

from typing import NamedTuple

import pytest

from spotcheck.casework.sd_2021_1.stages import CASE_OPEN, STAGES, UNDER_WAY
from spotcheck.casework.stage import derive
from spotcheck.rules.charts import CHARTS


class Line(NamedTuple):
    """A line of the register."""

    chart: str
    state: str
    label: str = ""


@pytest.mark.parametrize(
    ("lines", "zh", "en"),
    [
        ([], "尚未开始", "not begun"),
        ([("plan", "filed")], "已备案并通报", "filed and circulated"),
        ([("task", "field_work"), ("publication", "compiling")], "抽样检验中", "sampling and testing"),
        ([("sampling", "assigned")], "待抽样", "awaiting the visit"),
        ([("sampling", "obstructed"), ("lead", "reported")], "拒检 · 线索待处理", "obstructed · lead open"),
        ([("sampling", "sampled"), ("sample", "sealed"), ("inspection", "testing")], "检验中", "being tested"),
        (
            [("inspection", "reported"), ("conclusion", "provisional_conforming")],
            "合格(异议期内)",
            "conforming (objection window open)",
        ),
        (
            [("conclusion", "under_objection"), ("objection", "verifying"), ("rectification", "rectifying")],
            "整改中 · 异议处理中",
            "rectifying · under objection",
        ),
        ([("conclusion", "under_retest"), ("retest", "testing")], "复检中", "under retest"),
        ([("conclusion", "under_objection"), ("objection", "concluded_retest")], "异议处理中", "under objection"),
        (
            [("conclusion", "final_nonconforming"), ("rectification", "passed"), ("rectification", "order_issued")],
            "已下达责令改正",
            "order issued",
        ),
        ([("conclusion", "final_nonconforming"), ("rectification", "passed")], "复查合格", "recheck passed"),
        (
            [("conclusion", "final_nonconforming"), ("rectification", "transferred")],
            "不合格(终局)",
            "nonconforming (final)",
        ),
        (
            [("conclusion", "final_nonconforming"), ("rectification", "reported_up"), ("announcement", "at_city")],
            "逐级上报 · 公告上报中",
            "reported up · announcement being reported",
        ),
    ],
)
def test_a_dossier_stands_where_its_charts_stand(lines: list[tuple[str, str]], zh: str, en: str) -> None:
    """The furthest chart first, then what goes on beside it; each said once."""
    assert derive([Line(*line) for line in lines]) == (zh, en)


def test_stages_name_states_that_exist() -> None:
    """Filters and derivation speak of the states of the charts and of no others."""
    for stage in STAGES.values():
        for chart, states in stage.states.items():
            assert set(states) <= set(CHARTS[chart].states)
    for chart, states in {**UNDER_WAY, "rectification": CASE_OPEN}.items():
        assert set(states) == set(CHARTS[chart].states) - set(CHARTS[chart].terminal) - {
            "announced" if chart == "announcement" else ""
        }
