"""Who may ask what of the tablet's door: every address of it, for everybody it could be."""

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from spotcheck.tablet import devices
from tests.desk.world import World
from tests.files.good import photograph
from tests.matrices import Matrix
from tests.tablet.conftest import TODAY, Tablet, tablet_of
from tests.tablet.writing import Log

NUMBER = "SD2024-001"
CALLERS = ("sampler of the visit", "sampler of no visit", "without a token", "without a device", "of a revoked tablet")
# What each of these is answered: 2xx it is done; 401 nobody is known; 403 the tablet is revoked; 404 it is not his.
MATRIX = {
    "devices": (400, 400, 400, 400, 400),  # whoever has a code: it is the code that is asked for
    "sessions": (401, 401, 401, 401, 403),  # whoever has come in by the entrance: see test_devices.py
    "current_session": (204, 204, 401, 401, 403),
    "files_status": (200, 200, 401, 401, 403),
    "piece": (204, 204, 401, 401, 403),
    "completion": (200, 200, 401, 401, 403),
    "whole_file": (200, 200, 401, 401, 403),
    "batch": (201, 201, 401, 401, 403),  # of a visit that is not his: stored, and parked
    "lease": (200, 404, 401, 401, 403),
    "day": (200, 200, 401, 401, 403),
    "part": (200, 404, 401, 401, 403),
    "blocks": (200, 200, 401, 401, 403),
    "bar": (200, 200, 401, 401, 403),
    "feed": (200, 200, 401, 401, 403),
    "reports": (204, 204, 401, 401, 403),
    "time": (200, 200, 200, 200, 200),
}
PAGES = {
    "list": (200, 200, 200, 403, 403, 403, 403),
    "new": (200, 200, 200, 403, 403, 403, 403),
    "revoke": (200, 404, 404, 403, 403, 403, 403),
    "rescue": (200, 404, 404, 403, 403, 403, 403),
}
PEOPLE = ("province", "city", "county", "sampler", "lab", "enterprise", "administrator")
DOOR = Matrix("field", CALLERS, MATRIX)
DEVICES = Matrix("devices", PEOPLE, PAGES)


@pytest.fixture
def callers(world: World, tablet: Tablet) -> list[Tablet]:
    world.task(TODAY, world.target(NUMBER, ("P", "sampled_producer", "cable")))
    stranger, revoked = tablet_of(world, "hetao", secret=12), tablet_of(world, "sampler", secret=13)
    devices.revoke(revoked.device, by=world.posts["province"], reason="丢失")  # type: ignore[arg-type]
    nobody = Tablet(tablet.key, tablet.device)
    nowhere = Tablet(tablet.key, "", dict(tablet.tokens), tablet.lead)
    return [tablet, stranger, nobody, nowhere, revoked]


def _asked(name: str, caller: Tablet, place: int, part: str) -> Any:
    """One request of each kind."""
    content = photograph()
    digest, hashed = _digest(content), _hash(content)
    headers = {"Content-Digest": digest, "Upload-Length": str(len(content))}
    key = quote("A|B|C|D", safe="")
    block = {"id": f"0197f4aa-1111-7abc-8def-00000000000{place}", "county": "370112", "count": 1}
    if name == "batch":
        log = Log(caller, NUMBER, [caller.lead] if caller.lead else [])
        log.write("sampling.pass_precheck", {"suspicion": "none"})
        return log.put(log.batch())
    if name in {"piece", "whole_file"}:
        path = f"/files/{hashed}" + ("/pieces/0" if name == "piece" else "")
        return caller.call("PUT", path, content, **headers)
    sent = {
        "completion": ("POST", f"/files/{hashed}/complete", {}),
        "part": ("GET", f"/parts/{part}", None),
        "day": ("GET", "/day", None),
        "devices": ("POST", "/devices", {}),
        "sessions": ("POST", "/sessions", {}),
        "current_session": ("DELETE", "/sessions/current", None),
        "files_status": ("POST", "/files/status", {"files": []}),
        "lease": ("POST", f"/visits/{NUMBER}/lease", {"do": "take"}),
        "blocks": ("POST", "/blocks", block),
        "bar": ("GET", f"/bar?key={key}", None),
        "feed": ("GET", "/feed", None),
        "reports": ("POST", "/reports", {"kind": "contact", "unsent": 1, "app": "1.0.0", "detail": ""}),
        "time": ("GET", "/time", None),
    }
    method, path, body = sent[name]
    answer = caller.call(method, path, body, proven=method == "POST")
    return answer if answer.status_code != 409 else caller.call(method, path, body)


def _hash(content: bytes) -> str:
    import hashlib

    return hashlib.sha256(content).hexdigest()


def _digest(content: bytes) -> str:
    import base64
    import hashlib

    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


def test_everybody_is_answered_exactly_what_concerns_him(callers: list[Tablet]) -> None:
    part = next(one["sha256"] for one in callers[0].day()["parts"] if one["name"] == "visits")
    names = sorted(MATRIX, key=lambda name: name == "current_session")  # which ends the token, last of all
    found = {
        name: tuple(_asked(name, caller, place, part).status_code for place, caller in enumerate(callers))
        for name in names
    }
    assert found == MATRIX


def test_everybody_opens_the_pages_of_his_tablets(world: World, tablet: Tablet) -> None:
    def client_of(name: str) -> Client:
        client = Client()
        client.force_login(world.posts[name].user)
        return client

    own = {name: f"/devices/{tablet.device}/{name}/" for name in ("revoke", "rescue")}
    addresses = {"list": "/devices/", "new": "/devices/new/"} | own
    assert DEVICES.asked(addresses, client_of) == PAGES


def test_a_tablet_is_enrolled_and_revoked_at_the_desk(world: World, today: Any) -> None:
    post = world.posts["province"]
    client = Client()
    client.force_login(post.user)
    sent = {"office": world.offices["sampling_body"].pk, "name": "外勤二号", "inventory": "ZC-0002", "as_post": post.pk}
    page = client.post("/devices/new/", sent)
    code = page.context["code"].text
    assert code in page.content.decode()
    from tests.tablet.keys import Key

    tablet = Tablet(Key(21))
    assert tablet.enrol(code).status_code == 201
    assert "外勤二号" in client.get("/devices/").content.decode()
    answer = client.post(f"/devices/{tablet.device}/revoke/", {"reason": "丢失", "as_post": post.pk})
    assert answer.status_code == 302
    assert tablet.status().status_code == 403
    assert "已注销" in client.get("/devices/").content.decode()
