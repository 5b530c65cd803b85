"""A sample of a task whose record is full, sampled and sealed by two samplers of the cast."""

from datetime import date, datetime
from typing import Any

import pytest
from django.utils import translation

from spotcheck.casework.doing import do
from spotcheck.docket import clock
from spotcheck.docket.evidence import Attached
from spotcheck.docket.models import Dossier
from spotcheck.files.checks.content import PNG
from spotcheck.files.models import StoredFile
from spotcheck.planning.models import Task
from tests.desk import world as cast
from tests.desk.world import SEALS, World
from tests.inspection.conftest import published
from tests.worlds import played

DAY = date(2025, 3, 3)
SEEN = {"seal_state": "intact", "seal_number": "2026031801", "condition": "外包装干燥、无破损"}


class Bench:
    """One sample, and acts on it as they come through a door."""

    def __init__(self, world: World, dossier: Dossier) -> None:
        self.world, self.dossier = world, dossier

    def unit(self, label: str = "T") -> Any:
        """A unit of the sample, read again."""
        return self.world.matter(self.dossier, "sample", label)

    def do(
        self,
        matter: Any,
        method: str,
        by: str,
        on: date = DAY,
        at: datetime | None = None,
        evidence: list[Attached] | None = None,
        **facts: Any,
    ) -> Any:
        """What a door answers to an act of a post of the cast."""
        with clock.simulated(max(on, DAY)):
            post = self.world.posts[by]
            actor = self.world.actor(by)
            sides: dict[str, Any] = {"happened_at": at, "evidence": evidence or [], "proved": True}
            return do(actor, matter, method, on=on, facts=facts, post=post, **sides)

    def send(self, label: str = "T", on: date = DAY, at: datetime | None = None, **facts: Any) -> Any:
        """The samplers send a unit by a carrier."""
        stated = {"carrier": "顺丰速运", "waybill": "SF1234567890"} | facts
        return self.do(self.unit(label), "dispatch", "sampler", on, at, **stated)

    def receive(self, label: str = "T", on: date = DAY, at: datetime | None = None, **facts: Any) -> Any:
        """The laboratory takes a unit over."""
        return self.do(self.unit(label), "receive", "lab", on, at, **(SEEN | {"seal_number": SEALS[label]} | facts))


def picture(name: str = "封条.png", kind: str = "photo") -> Attached:
    """A photograph that was kept."""
    stored, _ = StoredFile.objects.get_or_create(
        sha256="ab" * 32,
        defaults={"file": "files/ab.png", "size": 3, "media_type": PNG, "checked_at": clock.now()},
    )
    return Attached(kind, stored, name)


@pytest.fixture(autouse=True)
def _chinese():
    with translation.override("zh-hans"):
        yield


@played
def bench() -> Bench:
    """Sampled and sealed, the numbers of the seals on the sheet."""
    world = cast.build()
    world.full_record = True
    rule = published(world)
    dossier = world.sampled("SD2025-101", DAY)
    world.act(Task.objects.get(dossier=dossier.parent).choose_rule, by="province", on=DAY, rule=rule.pk)
    return Bench(world, dossier)
