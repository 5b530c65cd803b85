"""The ground of the door: what is refused before anything is looked at, how it is told, and the description of it all."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from spotcheck.api import cursors, problems, schema
from spotcheck.api.problems import SORTS, Problem
from spotcheck.rules.refused import Refused
from spotcheck.wiring.machine.places import ROOT
from tests.api.conftest import Program, program_of
from tests.desk.world import World

AT_PAGES = {"not-read", "version-refused", "document-not-recorded", "notice-not-taken", "batch-not-taken"}
"""Sorts that no act of a laboratory meets."""


def test_a_program_is_told_who_it_is(lims: Program) -> None:
    answer = lims.get("/me")
    said = answer.json()
    assert said["office"] == {"code": "LAB01", "name": "山东省产品质量检验研究院"}
    assert said["people"] == [
        {
            "number": "J1001",
            "name": "王强",
            "role": "analyst",
            "entitlements": ["receive", "test", "review", "sign", "qualify", "mail"],
        }
    ]
    assert said["server_time"] == "2024-06-05T09:30:00+08:00"
    assert said["time_zone"] == "Asia/Shanghai"


def test_nobody_comes_in_without_a_token_whatever_cookie_he_has(world: World, today: date) -> None:
    client = Client()
    client.force_login(world.posts["lab"].user)
    answer = client.get("/api/v1/me")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="spotcheck"'
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_what_has_not_changed_is_not_sent_again(lims: Program) -> None:
    first = lims.get("/me")
    again = lims.get("/me", **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert lims.get("/me", **{"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/", "/api/v2/me", "/api/v1/me/"])
def test_what_is_not_there_is_told_to_programs(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.json()["type"] == "/problems/not-found"
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_another_method_and_another_form_are_refused(lims: Program) -> None:
    refused = lims.post("/me", {})
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET")
    assert lims.get("/me", Accept="text/html").status_code == 406
    assert lims.get("/me", Accept="text/html, */*").status_code == 200


def test_refusals_are_told_in_the_language_that_is_asked_for(lims: Program) -> None:
    english = lims.get("/cases/NOTHING", **{"Accept-Language": "en"})
    assert english.json()["title"] == "It is not there, or is not yours"
    assert english.headers["Content-Language"] == "en"
    chinese = lims.get("/cases/NOTHING")
    assert chinese.json()["title"] == "没有，或者不属于本机构"
    assert chinese.json()["instance"] == chinese.headers["X-Request-Id"]


def test_every_sort_of_refusal_has_its_page(client: Client) -> None:
    """Also those from below: each is told by its name, in both languages."""

    def below(sort: type[Refused]) -> set[str]:
        own = {sort.kind} if "kind" in vars(sort) and sort is not Refused else set()
        return own.union(*(below(other) for other in sort.__subclasses__()))

    assert below(Refused) - AT_PAGES <= SORTS.keys()
    for name, sort in SORTS.items():
        for language, words in (("zh-hans", sort.title.zh), ("en", sort.title.en)):
            page = client.get(f"/problems/{name}", headers={"Accept-Language": language})
            assert page.status_code == 200
            assert words in page.content.decode()
    assert client.get("/problems/nothing").status_code == 404


def test_what_is_ours_is_told_as_a_problem_too(lims: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken and silent: never a page, never a success."""
    from django.db import OperationalError

    from spotcheck.api.me import Me

    lims.client.raise_request_exception = False

    def raises(error: Exception) -> Any:
        def get(self: Any, call: Any) -> Any:
            raise error

        return get

    monkeypatch.setattr(Me, "get", raises(RuntimeError("x")))
    broken = lims.get("/me")
    assert (broken.status_code, broken.json()["retry"]) == (500, "once")
    monkeypatch.setattr(Me, "get", raises(OperationalError("x")))
    silent = lims.get("/me")
    assert (silent.status_code, silent.json()["type"]) == (503, "/problems/silent")
    assert int(silent.headers["Retry-After"]) > 0


def test_a_large_body_is_not_read(client: Client) -> None:
    answer = client.generic("POST", "/api/v1/me", b"x", CONTENT_LENGTH=str(2 * 1024 * 1024))
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")


def test_a_program_without_tls_is_refused_and_not_led_on(client: Client, settings: Any) -> None:
    settings.HTTPS = settings.SECURE_SSL_REDIRECT = True
    answer = client.get("/api/v1/me")
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/not-secure")
    assert client.get("/api/v1/me", secure=True).status_code == 401


def test_too_many_requests_are_told_to_wait(lims: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spotcheck.api.limits.READS", 3)
    answers = [lims.get("/me") for _each in range(9)]
    assert answers[-1].status_code == 429
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60


def test_a_cursor_is_signed_and_good_for_one_list() -> None:
    cursor = cursors.written([7], of="cases:1")
    assert cursors.read(cursor, of="cases:1") == [7]
    for other, of in ((cursor, "cases:2"), (cursor[:-2], "cases:1"), ("x", "cases:1")):
        with pytest.raises(Problem) as refused:
            cursors.read(other, of=of)
        assert refused.value.kind == "cursor-unknown"


def test_the_description_is_the_committed_one() -> None:
    """Whoever changes an address changes ``docs/openapi.yaml`` (``spotcheck regulation`` writes it)."""
    assert (ROOT / "docs" / "openapi.yaml").read_text(encoding="utf-8") == schema.text()


def test_the_description_is_one(client: Client) -> None:
    from drf_spectacular.validation import validate_schema

    validate_schema(json.loads(json.dumps(schema.document())))
    assert client.get("/api/v1/schema").json() == json.loads(json.dumps(schema.document()))
    assert client.get("/api/v1/schema?format=yaml").content.decode() == schema.text()


def test_the_page_for_people_loads_only_what_is_ours(client: Client) -> None:
    page = client.get("/api/v1/docs")
    assert "'unsafe-inline'" in page.headers["Content-Security-Policy"].split("style-src")[1].split(";")[0]
    assert "script-src 'self';" in page.headers["Content-Security-Policy"]
    assert "http://" not in page.content.decode()
    assert "https://" not in page.content.decode()


def test_three_policies_besides_that_of_the_site_and_no_more() -> None:
    """Whoever sets a policy of its own is one of those that are named."""
    own = {
        str(path.relative_to(ROOT / "spotcheck"))
        for path in Path(ROOT / "spotcheck").rglob("*.py")
        if '"Content-Security-Policy"' in path.read_text(encoding="utf-8")
    }
    assert own - {"wiring/site/middleware.py"} <= {
        "api/documents.py",
        "signin/single.py",
        "signin/views.py",
        "tablet/pages.py",
        "wiring/operating/doctor/outside.py",
    }


def test_a_problem_says_what_wrong_parts_there_are() -> None:
    made = problems.answer(Problem("invalid", wrong=[problems.Wrong("/units/0/at", "day", "x")]))
    assert json.loads(made.content)["errors"] == [{"pointer": "/units/0/at", "code": "day", "says": "x"}]


def test_two_offices_have_each_their_own(world: World, today: date) -> None:
    assert program_of(world, "retest_lab").get("/me").json()["office"]["code"] == "LAB02"
