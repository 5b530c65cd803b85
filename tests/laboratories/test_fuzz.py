"""Requests that nobody would write by hand, made from the description: none breaks anything, each is answered as said."""

from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.core.handlers.wsgi import WSGIHandler
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.laboratories.conftest import CODE, Bench

ASKING_NOTHING = {"/api/v1/me", "/api/v1/field/day", "/api/v1/field/time", "/api/v1/field/sessions/current"}
"""Addresses to which nothing can be sent that is not meant."""


@pytest.mark.slow
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["meant", "not meant"])
def test_every_answer_is_one_that_is_described(
    bench: Bench, mode: GenerationMode, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a token that may do everything, on a sample that is tested; only files go by another way (test_files).

    What is meant may be refused all the same: no description knows which days are over, and which numbers people have.
    """
    for kind in ("READS", "WRITES", "UNKNOWN"):
        monkeypatch.setattr(f"spotcheck.api.limits.{kind}", 10**9)
    bench.testing()
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(
            close_old_connections
        )  # as Django's own client of tests, which connects them after each request
    described = schemathesis.openapi.from_wsgi("/api/v1/schema", WSGIHandler())
    asked = 0
    for found in described.get_all_operations():
        operation = found.ok()
        asks_nothing = operation.path in ASKING_NOTHING and mode is GenerationMode.NEGATIVE
        if asks_nothing or operation.path.startswith(("/api/v1/uploads", "/api/v1/files")):
            continue

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(
            max_examples=8,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        def ask(case: Any) -> None:
            if "code" in case.path_parameters and mode is GenerationMode.POSITIVE:
                case.path_parameters["code"] = CODE
            token = {"Authorization": f"Bearer {bench.lims.token}"}
            case.call_and_validate(headers=token, excluded_checks=[positive_data_acceptance])

        ask()
        asked += 1
    for signal in (signals.request_started, signals.request_finished):
        signal.connect(close_old_connections)
    assert asked > 15
