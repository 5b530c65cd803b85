"""Fixtures of the programs' door: a laboratory with people and a credential, and programs that call."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import translation

from spotcheck.api import credentials
from spotcheck.api.credentials import Issued
from spotcheck.api.scopes import SCOPES
from spotcheck.docket import clock
from spotcheck.network import counting
from spotcheck.parties.models import StaffNumber
from spotcheck.registers.doer import Doer
from spotcheck.wiring.operating.preparation import compile_messages
from tests.desk import world as cast
from tests.desk.world import World, entitle
from tests.worlds import played

TODAY = date(2024, 6, 5)
NUMBER = "J1001"
"""The staff number of whoever does everything in the laboratory."""
OF_LABORATORIES = ("receive", "test", "review", "sign", "qualify", "mail")
COMMAND = Doer(account="tests")


@pytest.fixture(scope="session", autouse=True)
def _messages() -> None:
    compile_messages()


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet() -> None:
    """What earlier tests asked for is not counted in this one."""
    server = counting.client()
    for kind in ("api-*", "secrets:*"):
        for key in server.scan_iter(kind):
            server.delete(key)


@played
def world() -> World:
    return peopled()


def peopled() -> World:
    """The cast, whose laboratories have people with numbers and entitlements."""
    made = cast.build()
    for name, number in (("lab", NUMBER), ("retest_lab", "R2001")):
        entitle(made, name, *OF_LABORATORIES)
        StaffNumber.objects.create(office=made.offices[name], user=made.posts[name].user, number=number)
    return made


@dataclass
class Program:
    """A program of an office: it holds a credential and a token, and calls."""

    issued: Issued | None
    token: str = ""
    client: Client = field(default_factory=Client)

    def fetch_token(self, **more: str) -> Any:
        """Ask for a token."""
        assert self.issued is not None
        body = {
            "grant_type": "client_credentials",
            "client_id": self.issued.credential.client_id,
            "client_secret": self.issued.secret,
        } | more
        answer = self.client.post(
            "/api/v1/oauth/token", body_of(body), content_type="application/x-www-form-urlencoded"
        )
        if answer.status_code == 200:
            self.token = answer.json()["access_token"]
        return answer

    def headers(self, more: dict[str, str] | None = None) -> dict[str, str]:
        """What every request carries."""
        return ({"Authorization": f"Bearer {self.token}"} if self.token else {}) | (more or {})

    def get(self, path: str, **more: str) -> Any:
        """Read."""
        return self.client.get(f"/api/v1{path}", headers=self.headers(more))

    def post(self, path: str, body: Any, **more: str) -> Any:
        """Do something, under a key of its own unless one is given."""
        headers = {"Idempotency-Key": str(uuid4())} | more
        return self.client.post(f"/api/v1{path}", body, content_type="application/json", headers=self.headers(headers))

    def put(self, path: str, body: Any, **more: str) -> Any:
        """Replace something."""
        return self.client.put(f"/api/v1{path}", body, content_type="application/json", headers=self.headers(more))


def body_of(fields: dict[str, str]) -> str:
    from urllib.parse import urlencode

    return urlencode(fields)


def program_of(world: World, name: str, *scopes: str, label: str = "LIMS") -> Program:
    """A program of an office of the cast, with a token."""
    issued = credentials.issue(
        world.offices[name],
        by=COMMAND,
        label=label,
        scopes=list(scopes or SCOPES),
        expires_on=clock.today().replace(year=clock.today().year + 1),
    )
    made = Program(issued)
    assert made.fetch_token().status_code == 200
    return made


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    """An empty folder for files."""
    settings.MEDIA_ROOT, settings.DATA = tmp_path / "media", tmp_path
    return tmp_path / "media"


@pytest.fixture
def today() -> Iterator[date]:
    """It is this day."""
    with clock.simulated(TODAY):
        yield TODAY


@played(beside="today")
def lims(world: World) -> Program:
    """The program of the first laboratory, which may do everything."""
    with clock.simulated(TODAY):
        return program_of(world, "lab")
