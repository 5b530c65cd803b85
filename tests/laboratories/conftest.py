"""Fixtures of the laboratories' door: a program of a laboratory, and a sample that is on its way to it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from spotcheck.docket import clock
from spotcheck.docket.models import Dossier
from spotcheck.planning import detail_rules
from spotcheck.planning.models import Task
from tests.api.conftest import (
    NUMBER,
    TODAY,
    Program,
    _chinese,
    _messages,
    _nobody_has_asked_yet,
    lims,
    media,
    today,
    world,
)
from tests.desk.world import World
from tests.files.good import pdf_of_reportlab, photograph
from tests.inspection.conftest import HEAD, ITEMS
from tests.worlds import played

__all__ = ["_chinese", "_messages", "_nobody_has_asked_yet", "lims", "media", "today", "world"]

CODE = "SD2024-001"
BY = {"by": NUMBER, "on": TODAY.isoformat()}
"""Who does everything, and when."""


@dataclass
class Bench:
    """A sample on the way to a laboratory whose program calls."""

    world: World
    dossier: Dossier
    lims: Program

    def path(self, last: str = "") -> str:
        return f"/cases/{CODE}" + (f"/{last}" if last else "")

    def post(self, last: str, body: dict[str, Any] | None = None, **headers: str) -> Any:
        """Do something, by the one who does everything."""
        return self.lims.post(self.path(last), BY | (body or {}), **headers)

    def put(self, last: str, body: dict[str, Any], **headers: str) -> Any:
        """Replace what stands there now."""
        tag = self.lims.get(self.path(last)).headers["ETag"]
        return self.lims.put(self.path(last), BY | body, **({"If-Match": tag} | headers))

    def state(self, chart: str, label: str = "") -> str:
        return str(self.world.matter(self.dossier, chart, label).state)

    def upload(self, content: bytes, name: str) -> str:
        """A file, whole; its id."""
        answer = self.lims.client.post(
            "/api/v1/files", {"file": SimpleUploadedFile(name, content)}, headers=self.lims.headers()
        )
        assert answer.status_code == 201, answer.content
        return str(answer.json()["id"])

    def photo(self) -> str:
        return self.upload(photograph(), "封样.jpg")

    def pdf(self, name: str = "报告.pdf") -> str:
        return self.upload(pdf_of_reportlab(), name)

    def received(self) -> "Bench":
        units = [{"unit": unit, "seal_state": "intact"} for unit in ("T", "R")]
        assert self.post("receipts", {"units": units}).status_code == 201
        return self

    def testing(self) -> "Bench":
        """Received, verified, issued, begun."""
        self.received()
        assert self.post("qualification", {"licence": "valid"}).status_code == 201
        answer = self.post("issue", {"inspector": NUMBER})
        assert answer.status_code == 201, answer.content
        return self

    def completed(self) -> "Bench":
        """Tested, with every result."""
        self.testing()
        assert self.put("results", {"results": GOOD}).status_code == 200
        assert self.post("completion", {"retain": True}).status_code == 201
        return self


GOOD = [
    {"number": "1", "value": "7.40", "unit": "Ω/km"},
    {"number": "2", "value": "0.9", "unit": "mm"},
    {"number": "3", "present": False, "lod": "0.01", "unit": "mg/kg"},
    {"number": "4", "text": "标志完整清晰", "verdict": "pass"},
    {"number": "5", "value": "12.3", "unit": "mm"},
]
"""A result of each item of the rule, all of them good."""


def underway(world: World, lims: Program) -> Bench:
    """A sample on its way to the laboratory, whose program calls."""
    return Bench(world, sent(world), lims)


def sent(world: World) -> Dossier:
    """A sample on its way to the laboratory: sampled by a rule of detail, both units dispatched."""
    added = detail_rules.add(HEAD | {"valid_from": date(2024, 1, 1)}, ITEMS)
    rule = detail_rules.publish(added, by=world.posts["province"])
    dossier = world.sampled(CODE, TODAY)
    task = Task.objects.get(dossier=dossier.parent)
    world.act(task.choose_rule, by="province", on=TODAY, rule=rule.pk)
    for label in ("T", "R"):
        world.act(world.matter(dossier, "sample", label).dispatch, by="sampler", on=TODAY)
    return dossier


@played
def on_its_way(world: World) -> Dossier:
    """Such a sample, for all tests of a module."""
    with clock.simulated(TODAY):
        return sent(world)


@pytest.fixture
def bench(world: World, on_its_way: Dossier, lims: Program, media: Any) -> Bench:
    """The same, for the program of the laboratory."""
    return Bench(world, on_its_way, lims)
