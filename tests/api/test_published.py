"""What has been published of the addresses for programs stays: a breaking difference is named before anybody meets it.

``docs/openapi.published.yaml`` is the description as it was published last; with a release it becomes the present one.
"""

from collections.abc import Callable
from copy import deepcopy
from functools import cache
from typing import Any

import pytest

from spotcheck.api import schema
from spotcheck.rules.texts import of_yaml
from spotcheck.wiring.machine.places import ROOT
from tests.api.breaking import breaks

CASE, RESULTS = "/api/v1/cases/{code}", "/api/v1/cases/{code}/results"
Change = Callable[[dict[str, Any]], Any]


@cache
def _published() -> dict[str, Any]:
    return dict(of_yaml((ROOT / "docs" / "openapi.published.yaml").read_text(encoding="utf-8")))


def _changed(change: Change) -> list[str]:
    now = deepcopy(_published())
    change(now)
    return breaks(_published(), now)


def _part(document: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = document["components"]["schemas"][name]
    return found


def test_nothing_that_was_published_is_broken() -> None:
    assert breaks(_published(), of_yaml(schema.text())) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda api: api["paths"].pop(CASE), f"GET {CASE}: gone"),
        (lambda api: api["paths"][RESULTS].pop("put"), f"PUT {RESULTS}: gone"),
        (lambda api: api["paths"][RESULTS]["put"]["responses"].pop("412"), f"PUT {RESULTS}: status 412 gone"),
        (lambda api: api["paths"][CASE]["get"]["responses"]["200"]["headers"].pop("ETag"), f"GET {CASE} 200: header ETag gone"),
        (lambda api: api["paths"][CASE]["get"]["security"][0]["oauth"].append("results:write"), f"GET {CASE}: scope results:write is needed now"),
        (lambda api: _part(api, "Case")["properties"].pop("product"), f"GET {CASE} 200/product: gone"),
        (lambda api: _part(api, "Case")["required"].remove("product"), f"GET {CASE} 200/product: may be missing now"),
        (lambda api: _part(api, "Case")["properties"].update(code={"type": "integer"}), f"GET {CASE} 200/code: was ['string'], is ['integer']"),
        (lambda api: _part(api, "Recording")["required"].append("environment"), f"PUT {RESULTS} body/environment: is needed now"),
        (lambda api: _part(api, "Result")["properties"].pop("uncertainty"), f"PUT {RESULTS} body/results/*/uncertainty: gone"),
        (lambda api: _part(api, "Result")["properties"]["value"].update(maxLength=2), f"PUT {RESULTS} body/results/*/value: maxLength was"),
        (lambda api: _part(api, "Recording")["properties"]["results"].update(maxItems=3), f"PUT {RESULTS} body/results: maxItems was 300, is 3"),
        (lambda api: api["paths"]["/api/v1/cases"]["get"]["parameters"].pop(0), "GET /api/v1/cases: parameter query"),
        (lambda api: api["paths"]["/api/v1/cases"]["get"]["parameters"][0].update(required=True), "is needed now"),
    ],
)  # fmt: skip
def test_what_breaks_a_program_is_named(change: Change, told: str) -> None:
    assert any(found.startswith(told) or told in found for found in _changed(change))


def test_a_value_that_is_gone_is_named() -> None:
    gone = [name for name, part in _published()["components"]["schemas"].items() if "enum" in part]
    inline = [
        (name, field)
        for name, part in _published()["components"]["schemas"].items()
        for field, shape in part.get("properties", {}).items()
        if "enum" in shape
    ]
    assert gone or inline

    def change(api: dict[str, Any]) -> None:
        for name in gone:
            _part(api, name)["enum"].pop()
        for name, field in inline:
            _part(api, name)["properties"][field]["enum"].pop()

    assert any(": value " in found for found in _changed(change))


@pytest.mark.parametrize(
    "change",
    [
        lambda api: api["paths"].update({"/api/v1/more": {"get": {"responses": {"200": {"description": ""}}}}}),
        lambda api: _part(api, "Case")["properties"].update(more={"type": "string"}),
        lambda api: _part(api, "Result")["properties"].update(more={"type": "string"}),
        lambda api: api["paths"][CASE]["get"]["responses"].update({"410": {"description": "gone"}}),
        lambda api: api["paths"][CASE]["get"]["security"][0]["oauth"].clear(),
        lambda api: _part(api, "Recording")["properties"]["results"].update(maxItems=500),
        lambda api: api["paths"][CASE]["get"].update(summary="other words"),
    ],
)
def test_what_is_added_is_free(change: Change) -> None:
    assert _changed(change) == []
