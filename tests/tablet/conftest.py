"""Fixtures of the tablet's door: an enrolled tablet, on which two samplers are signed in."""

import hashlib
import json
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from spotcheck.docket import clock
from spotcheck.docket.models import Dossier
from spotcheck.network import counting
from spotcheck.parties.models import Post
from spotcheck.tablet import devices, proofs
from tests.api.conftest import TODAY, _chinese, _messages, media, today, world
from tests.desk.world import World
from tests.tablet.keys import Key
from tests.worlds import played

__all__ = ["TODAY", "_chinese", "_messages", "media", "today", "world"]

FIELD = "/api/v1/field"
NUMBER = "SD2024-001"


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet() -> None:
    server = counting.client()
    for key in server.scan_iter("field*"):
        server.delete(key)


@dataclass
class Tablet:
    """A tablet: it holds its key and tokens, and calls."""

    key: Key
    device: str = ""
    tokens: dict[int, str] = field(default_factory=dict)
    lead: int = 0
    """The post of whoever is at it."""
    client: Client = field(default_factory=Client)

    def call(
        self, method: str, path: str, body: Any = None, *, proven: bool = False, post: int | None = None, **more: str
    ) -> Any:
        """Send a request as the tablet does, signed where that is wanted."""
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        whole = f"{FIELD}{path}"
        headers = {"Device": self.device, "Authorization": f"Bearer {self.tokens.get(post or self.lead, '')}"}
        if proven:
            moment = clock.now().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
            headers[proofs.HEADER] = self.key.proof(method, whole, content, moment)
        kind = "application/octet-stream" if isinstance(body, bytes) else "application/json"
        kind = more.pop("kind", kind)
        return self.client.generic(method, whole, content, content_type=kind, headers=headers | more)

    def enrol(self, code: str, **said: Any) -> Any:
        body = {
            "code": code,
            "public_key": self.key.public,
            "platform": "Android 14",
            "engine": "Chromium 126",
            "app": "1.0.0",
        }
        answer = self.call("POST", "/devices", body | {"encrypted": True} | said, proven=True)
        if answer.status_code == 201:
            self.device = answer.json()["device"]
        return answer

    def sign_in(self, who: Post, **said: Any) -> Any:
        """Somebody has come in by the entrance, and gives that session up."""
        self.client.force_login(who.user)
        answer = self.call("POST", "/sessions", said, proven=True)
        if answer.status_code == 201:
            self.tokens[answer.json()["post"]] = answer.json()["token"]
            self.lead = self.lead or answer.json()["post"]
        return answer

    def day(self) -> dict[str, Any]:
        """The manifest; asked for again while notices are prepared."""
        answer = self.call("GET", "/day")
        while answer.status_code == 409:
            answer = self.call("GET", "/day")
        assert answer.status_code == 200, answer.content
        return dict(answer.json())

    def part(self, name: str) -> Any:
        """A part of today's package."""
        listed = {one["name"]: one for one in self.day()["parts"]}
        answer = self.call("GET", f"/parts/{listed[name]['sha256']}")
        assert hashlib.sha256(answer.content).hexdigest() == listed[name]["sha256"]
        return json.loads(answer.content) if listed[name]["type"] == "application/json" else answer.content

    def visits(self) -> list[dict[str, Any]]:
        return list(self.part("visits")["visits"])

    def status(self, *hashes: str, **more: Any) -> Any:
        return self.call("POST", "/files/status", {"files": list(hashes)}, **more)

    def send(self, content: bytes, name: str = "IMG_0001.jpg", **more: Any) -> str:
        """A whole file in pieces; its hash."""
        hashed = hashlib.sha256(content).hexdigest()
        for number, start in enumerate(range(0, len(content), 524288)):
            answer = self.piece(content, number, content[start : start + 524288], **more)
            assert answer.status_code == 204, answer.content
        answer = self.call("POST", f"/files/{hashed}/complete", {"name": name}, **more)
        assert answer.status_code in {200, 201}, answer.content
        return hashed

    def piece(self, content: bytes, number: int, piece: bytes, *, digest: str = "", **more: Any) -> Any:
        hashed = hashlib.sha256(content).hexdigest()
        stated = digest or f"sha-256=:{b64encode(hashlib.sha256(piece).digest()).decode()}:"
        headers = {"Content-Digest": stated, "Upload-Length": str(len(content))}
        return self.call("PUT", f"/files/{hashed}/pieces/{number}", piece, **(more | headers))


def tablet_of(world: World, *names: str, secret: int = 11) -> Tablet:
    """An enrolled tablet of the sampling body, on which these people of the cast are signed in."""
    code = devices.make_code(
        world.offices["sampling_body"], by=world.posts["province"], name="外勤一号", inventory=f"ZC-{secret:04d}"
    )
    made = Tablet(Key(secret))
    assert made.enrol(code.text).status_code == 201
    for name in names or ("sampler", "lina"):
        answer = made.sign_in(world.posts[name])
        assert answer.status_code == 201, answer.content
    return made


@played
def dossier(world: World) -> Dossier:
    """A target that was drawn the day before."""
    world.task(TODAY - timedelta(days=1), world.target(NUMBER, ("P", "sampled_producer", "cable")))
    return Dossier.objects.get(number=NUMBER)


@pytest.fixture
def _of_today(today: date, media: Any) -> None:
    """The day on which a tablet is used, and an empty folder for what it sends."""


@played(beside="_of_today")
def tablet(world: World) -> Tablet:
    with clock.simulated(TODAY):
        return tablet_of(world)


@pytest.fixture
def device(tablet: Tablet) -> UUID:
    return UUID(tablet.device)
