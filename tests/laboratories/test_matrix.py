"""Who may ask for what, and when: every operation of the description × who calls × how far the sample is.

An operation without a row fails. Everything that does something is rehearsed, so each cell meets the same case.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any, Final
from uuid import uuid4

import pytest
from django.test import Client

from spotcheck.api import credentials, schema
from spotcheck.api.scopes import SCOPES
from spotcheck.docket import clock
from tests.api.conftest import COMMAND, NUMBER, TODAY, Program, program_of
from tests.laboratories.conftest import BY, CODE, GOOD, Bench

PHASES: Final = ("on its way", "testing", "reported")
NONE: Final = str(uuid4())
NUMBER_OF_TASK: Final = "JC2024001"
OF_OTHERS: Final = {"{code}", "{number}", "{key}"}
"""What an address names that another laboratory must not find."""

# Operation: scope, what it is answered with on its way, while testing, and after the report (0: it has no phase).
ROWS: Final[dict[tuple[str, str], tuple[str, int, int, int]]] = {
    ("GET", "/me"): ("", 200, 200, 200),
    ("GET", "/cases"): ("cases:read", 200, 200, 200),
    ("GET", "/cases/{code}"): ("cases:read", 200, 200, 200),
    ("POST", "/cases/{code}/receipts"): ("custody:write", 200, 200, 200),  # afterwards by what was done then
    ("POST", "/cases/{code}/refusals"): ("custody:write", 400, 400, 400),  # its photograph is no upload
    ("GET", "/cases/{code}/custody"): ("cases:read", 200, 200, 200),
    ("POST", "/cases/{code}/custody"): ("custody:write", 200, 200, 200),
    ("GET", "/cases/{code}/qualification"): ("qualification:read", 200, 200, 200),
    ("POST", "/cases/{code}/qualification"): ("results:write", 409, 200, 200),
    ("POST", "/cases/{code}/termination"): ("reports:write", 400, 400, 400),
    ("POST", "/cases/{code}/issue"): ("results:write", 409, 200, 200),
    ("GET", "/cases/{code}/limits"): ("cases:read", 200, 200, 200),
    ("PUT", "/cases/{code}/limits"): ("results:write", 400, 400, 400),
    ("GET", "/cases/{code}/results"): ("cases:read", 200, 200, 200),
    ("PUT", "/cases/{code}/results"): ("results:write", 409, 200, 409),
    ("POST", "/cases/{code}/hazard"): ("results:write", 409, 200, 409),
    ("POST", "/cases/{code}/completion"): ("results:write", 409, 409, 200),
    ("POST", "/cases/{code}/report"): ("reports:write", 400, 400, 400),
    ("GET", "/cases/{code}/hazard/file"): ("cases:read", 200, 200, 200),
    ("PUT", "/cases/{code}/hazard/file"): ("results:write", 400, 400, 400),  # its file is no upload
    ("GET", "/cases/{code}/report/file"): ("cases:read", 200, 200, 200),
    ("PUT", "/cases/{code}/report/file"): ("reports:write", 400, 400, 400),
    ("POST", "/cases/{code}/leads"): ("reports:write", 200, 200, 200),
    ("POST", "/cases/{code}/storage"): ("custody:write", 409, 409, 200),
    ("POST", "/cases/{code}/disposal"): ("custody:write", 409, 409, 409),
    ("POST", "/cases/{code}/losses"): ("custody:write", 200, 200, 200),
    ("GET", "/cases/{code}/mailings"): ("notices:write", 200, 200, 200),
    ("POST", "/cases/{code}/mailings/{party}/dispatch"): ("notices:write", 404, 404, 200),
    ("POST", "/cases/{code}/mailings/{party}/receipt"): ("notices:write", 404, 404, 400),
    ("GET", "/verifications"): ("cases:read", 200, 200, 200),
    ("GET", "/verifications/{key}/conclusion"): ("cases:read", 404, 404, 404),  # nobody has objected
    ("POST", "/verifications/{key}/conclusion"): ("tasks:write", 404, 404, 404),
    ("PUT", "/verifications/{key}/conclusion"): ("tasks:write", 404, 404, 404),
    ("GET", "/retests"): ("cases:read", 200, 200, 200),
    ("GET", "/retests/{key}"): ("cases:read", 404, 404, 404),  # nobody was commissioned; what is, is in test_retests
    ("POST", "/retests/{key}/hand-over"): ("custody:write", 404, 404, 404),
    ("POST", "/retests/{key}/start"): ("reports:write", 404, 404, 404),
    ("GET", "/retests/{key}/results"): ("cases:read", 404, 404, 404),
    ("PUT", "/retests/{key}/results"): ("reports:write", 404, 404, 404),
    ("POST", "/retests/{key}/report"): ("reports:write", 404, 404, 404),
    ("GET", "/rechecks"): ("cases:read", 200, 200, 200),
    ("GET", "/rechecks/{key}"): ("cases:read", 404, 404, 404),
    ("GET", "/rechecks/{key}/results"): ("cases:read", 404, 404, 404),
    ("PUT", "/rechecks/{key}/results"): ("reports:write", 404, 404, 404),
    ("POST", "/rechecks/{key}/report"): ("reports:write", 404, 404, 404),
    ("GET", "/tasks"): ("cases:read", 200, 200, 200),
    ("GET", "/tasks/{number}/figures"): ("cases:read", 200, 200, 200),
    ("POST", "/tasks/{number}/summary"): ("tasks:write", 400, 400, 400),  # its document is no upload
    ("POST", "/files"): ("", 400, 400, 400),
    ("POST", "/uploads"): ("", 400, 400, 400),
    ("GET", "/uploads/{key}"): ("", 404, 404, 404),
    ("PATCH", "/uploads/{key}"): ("", 404, 404, 404),
    ("DELETE", "/uploads/{key}"): ("", 404, 404, 404),
}

BODIES: Final[dict[str, dict[str, Any]]] = {
    "receipts": {"units": [{"unit": unit, "seal_state": "intact"} for unit in ("T", "R")]},
    "refusals": {"unit": "T", "reason": "damaged", "explanation": "外壳碎裂", "photos": [NONE]},
    "custody": {"unit": "R", "kind": "moved", "place": "样品库"},
    "qualification": {"licence": "valid"},
    "termination": {
        "suspicion": "no_licence",
        "finding": "无生产许可证，编号查无此证",
        "evidence": [{"upload": NONE, "kind": "photo"}],
    },
    "issue": {"inspector": NUMBER},
    "limits": {"items": [{"number": "2", "limit": {"kind": "range"}}], "evidence": [NONE]},
    "results": {"results": GOOD[:1]},
    "hazard": {"items": [{"name": "铅", "kind": "safety"}], "danger": True},
    "completion": {"retain": True},
    "report": {"number": "J1", "conclusion": "conforming", "report": NONE},
    "retests/report": {"number": "FJ1", "report": NONE},
    "hazard/file": {"report": NONE},
    "report/file": {"report": NONE, "reason": "第三页名称误写，其余不变", "conclusion": "conforming"},
    "leads": {"finding": "来样包装上的生产许可证编号查无此证"},
    "conclusion": {
        "position": "upholds",
        "reasons": "复核原始记录和校准记录，原结论成立，没有发现差错",
        "document": NONE,
    },
    "hand-over": {"film": {}},
    "start": {},
    "summary": {"heads": {}, "number": "鲁质检〔2024〕12号", "document": NONE},
    "storage": {},
    "disposal": {"unit": "R"},
    "dispatch": {},
    "receipt": {"slip": NONE},
    "losses": {"unit": "R", "cause": "lab", "evidence": "冷库断电，样品受潮"},
}


def last(path: str) -> str:
    """What of an address says which body is sent there."""
    *before, above, name = path.split("/")
    if name == "file":
        return f"{above}/{name}"
    return "retests/report" if name == "report" and "retests" in before else name


def _ask(program: Program, method: str, path: str, by: str = NUMBER) -> int:
    at = path.format(code=CODE, key=NONE, party="P", number=NUMBER_OF_TASK)
    headers = program.headers(
        {"Idempotency-Key": str(uuid4()), "Dry-Run": "true", "If-Match": "*", "Purpose": "article-28"}
    )
    body = BY | BODIES.get(last(path), {}) | {"by": by}
    if method == "GET":
        return int(program.client.get(f"/api/v1{at}?by={by}", headers=headers).status_code)
    send = {"POST": program.client.post, "PUT": program.client.put, "PATCH": program.client.patch}
    if method == "DELETE":
        return int(program.client.delete(f"/api/v1{at}", headers=headers).status_code)
    return int(send[method](f"/api/v1{at}", body, content_type="application/json", headers=headers).status_code)


def operations() -> Iterator[tuple[str, str]]:
    """Everything that the description has; what tablets do has its rows in tests/tablet/test_rights.py."""
    for path, item in schema.document()["paths"].items():
        if path.startswith("/api/v1/field/"):
            continue
        for method in item:
            yield method.upper(), path.removeprefix("/api/v1")


def test_every_operation_has_its_row() -> None:
    assert set(operations()) == set(ROWS)
    assert {
        last(path) for method, path in ROWS if method in {"POST", "PUT"} and OF_OTHERS & set(path.split("/"))
    } == set(BODIES)
    said = {
        (method.upper(), path.removeprefix("/api/v1")): "".join(one["security"][0]["oauth"])
        for path, item in schema.document()["paths"].items()
        for method, one in item.items()
        if not path.startswith("/api/v1/field/")
    }
    assert said == {operation: row[0] for operation, row in ROWS.items()}


@pytest.fixture(params=range(3), ids=PHASES)
def phase(request: pytest.FixtureRequest, bench: Bench) -> int:
    """How far the sample is."""
    match request.param:
        case 1:
            bench.testing()
        case 2:
            bench.completed()
            answer = bench.post("report", {"number": "J1", "conclusion": "conforming", "report": bench.pdf()})
            assert answer.status_code == 201
    return int(request.param)


def test_everybody_reads_and_does_exactly_what_is_his(
    bench: Bench, phase: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A scope that is missing is 403, a sample of others 404, whoever is nobody 401: whatever the phase."""
    for kind in ("WRITES", "UNKNOWN"):
        monkeypatch.setattr(f"spotcheck.api.limits.{kind}", 10**9)
    callers = _callers(bench)
    found, wanted = {}, {}
    for operation, row in ROWS.items():
        needed, is_of_case = row[0], bool(OF_OTHERS & set(operation[1].split("/")))
        for name, (program, scopes, by) in callers.items():
            found[name, *operation] = _ask(program, *operation, by=by)
            if scopes is None:
                wanted[name, *operation] = 401
            elif needed and needed not in scopes:
                wanted[name, *operation] = 403
            elif name == "another laboratory" and is_of_case:
                wanted[name, *operation] = 404
            else:
                wanted[name, *operation] = row[1 + phase]
    assert {cell: status for cell, status in found.items() if status != wanted[cell]} == {}


def _callers(bench: Bench) -> dict[str, tuple[Program, frozenset[str] | None, str]]:
    """Who calls: the scopes of the token, None where there is no good one, and the staff number that is sent."""
    every = frozenset(SCOPES)
    found: dict[str, tuple[Program, frozenset[str] | None, str]] = {"everything": (bench.lims, every, NUMBER)}
    for scope in (
        "cases:read",
        "custody:write",
        "qualification:read",
        "results:write",
        "reports:write",
        "tasks:write",
        "hooks:manage",
    ):
        narrowed = Program(bench.lims.issued)
        assert narrowed.fetch_token(scope=scope).status_code == 200
        found[f"only {scope}"] = (narrowed, frozenset({scope}), NUMBER)
    found["another laboratory"] = (program_of(bench.world, "retest_lab"), every, "R2001")
    found["nobody"] = (Program(None), None, NUMBER)
    found["a made-up token"] = (Program(None, token="sct_made-up"), None, NUMBER)
    revoked = program_of(bench.world, "lab", label="revoked")
    credentials.revoke(revoked.issued.credential, by=COMMAND, reason="换密钥")
    found["revoked"] = (revoked, None, NUMBER)
    found["from elsewhere"] = (_from_elsewhere(bench), None, NUMBER)
    for name in ("province", "county", "sampler", "enterprise", "lab"):
        client = Client()
        client.force_login(bench.world.posts[name].user)
        found[f"signed in: {name}"] = (Program(None, client=client), None, NUMBER)
    return found


def _from_elsewhere(bench: Bench) -> Program:
    issued = credentials.issue(
        bench.world.offices["retest_lab"],
        by=COMMAND,
        label="elsewhere",
        scopes=list(SCOPES),
        expires_on=TODAY + timedelta(days=30),
        networks=["127.0.0.0/8"],
    )
    made = Program(issued)
    assert made.fetch_token().status_code == 200
    made.client.defaults["REMOTE_ADDR"] = "203.0.113.7"
    return made


def test_an_expired_credential_is_nobody(bench: Bench) -> None:
    with clock.simulated(bench.lims.issued.credential.expires_on + timedelta(days=1)):
        assert {_ask(bench.lims, *operation) for operation in ROWS} == {401}


def test_a_leak_would_be_seen(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever forgets to ask whose sample it is, or for the scope, turns a cell."""
    from spotcheck.api import callers
    from spotcheck.casework import blind
    from spotcheck.docket.models import Dossier

    other, narrow = program_of(bench.world, "retest_lab"), Program(bench.lims.issued)
    narrow.fetch_token(scope="hooks:manage")
    at: Callable[[Program], int] = lambda program: _ask(program, "GET", "/cases/{code}")  # noqa: E731
    assert (at(other), at(narrow)) == (404, 403)
    monkeypatch.setattr(blind, "samples_of", lambda _actor: Dossier.objects.all())
    kept = blind.rows_known_as
    monkeypatch.setattr(blind, "rows_known_as", partial(kept))  # put together anew, not as it is kept
    monkeypatch.setattr(callers, "require", lambda _caller, _scope: None)
    assert (at(other), at(narrow)) == (200, 200)
