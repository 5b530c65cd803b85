"""A laboratory that tests a cable by a rule of detail; everything is done by the real acts on simulated days."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from spotcheck.docket import clock
from spotcheck.docket.models import Dossier
from spotcheck.inspection.models import Inspection
from spotcheck.parties.models import Post, StaffNumber
from spotcheck.planning import detail_rules
from spotcheck.planning.models import DetailRule, Task
from spotcheck.rules.limit_texts import limit
from tests.desk import world as desk
from tests.desk.world import World
from tests.worlds import played

DAY = date(2025, 3, 3)
TESTED = date(2025, 3, 10)
HEAD = {
    "name": "电线电缆产品质量监督抽查实施细则",
    "version": "2025年第1版",
    "product_kind": "电线电缆",
    "valid_from": date(2025, 1, 1),
}


def item(number: str, name: str, text: str, **more: Any) -> dict[str, Any]:
    """An item of a rule, as the sheet says it."""
    cells = {key: more.pop(key) for key in ("kind_of_limit", "comparison", "interval") if key in more}
    unit, lod = more.get("unit", ""), more.get("required_lod", "")
    said = limit(
        text,
        kind=cells.get("kind_of_limit", ""),
        unit=unit,
        comparison=cells.get("comparison", ""),
        interval=cells.get("interval", ""),
        required_lod=lod,
    )
    plain = {"code": "", "kind": "safety", "importance": "A", "method": "GB/T 3048.4-2007", "judged_by": "GB/T 5023.3"}
    return {"number": number, "name": name, "limit": said, "mandatory": True, "reproducible": True, "unit": ""} | plain | {
        "required_lod": "",
        "remark": "",
    } | more  # fmt: skip


ITEMS = [
    item("1", "20℃导体电阻", "≤7.41", unit="Ω/km"),
    item("2", "绝缘平均厚度", "≥0.8", unit="mm", mandatory=False, importance="B"),
    item("3", "铅", "不得检出", required_lod="0.01", unit="mg/kg"),
    item("4", "标志", "完整清晰", kind="label", importance=""),
    item("5", "外径", "", kind_of_limit="不判定", unit="mm"),
]


@dataclass
class Bench:
    """The case that is tested."""

    world: World
    dossier: Dossier
    rule: DetailRule

    @property
    def lab(self) -> Post:
        return self.world.posts["lab"]

    @property
    def inspection(self) -> Inspection:
        return Inspection.objects.get(dossier=self.dossier)


def published(world: World, items: list[dict[str, Any]] | None = None, **head: Any) -> DetailRule:
    """A rule that the province has published."""
    with clock.simulated(DAY):
        rule = detail_rules.add(HEAD | head, items or ITEMS)
        return detail_rules.publish(rule, by=world.posts["province"])


@played
def bench() -> Bench:
    world = desk.build()
    StaffNumber.objects.create(office=world.offices["lab"], user=world.posts["lab"].user, number="0701")
    signer = desk._post("signer", "赵一鸣", "analyst", office=world.offices["lab"])
    world.posts["signer"] = signer
    desk.entitle(world, "signer", "sign")
    desk.entitle(world, "lab", "receive", "test", "review")
    StaffNumber.objects.create(office=world.offices["lab"], user=signer.user, number="0001")
    rule = published(world)
    world.full_record = True
    dossier = world.sampled("JC2025001-01", DAY)
    task = Task.objects.get(dossier=dossier.parent)
    world.act(task.choose_rule, by="province", on=DAY, rule=rule.pk)
    world.testing(dossier, DAY)
    world.full_record = False
    return Bench(world, dossier, rule)


@pytest.fixture
def today():
    with clock.simulated(TESTED):
        yield TESTED
