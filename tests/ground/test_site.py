"""What stands around every page: headers, the page while the demo loads, health, logs without people."""

import json
import logging

import pytest
import structlog

from spotcheck.docket import clock
from spotcheck.docket.models import Beat
from spotcheck.wiring.machine.places import loading_mark
from spotcheck.wiring.operating import health, logs


@pytest.fixture
def loading(settings):
    mark = loading_mark(settings.DATA)
    mark.touch()
    yield
    mark.unlink()


@pytest.mark.django_db
def test_while_the_demo_loads_every_page_says_so_and_comes_back(client, loading):
    page = client.get("/anything/")
    assert (page.status_code, page["Retry-After"]) == (503, "2")
    assert "演示数据正在载入" in page.content.decode()
    assert "default-src 'self'" in page["Content-Security-Policy"]
    programs = client.get("/api/v1/anything")
    assert (programs.status_code, programs["Content-Type"]) == (503, "application/problem+json")
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_health_turns_red_when_the_sweep_is_silent(client, monkeypatch):
    Beat.objects.create(name="sweep", at=clock.now(), detail={})
    assert client.get("/healthz").json()["ok"] is True
    monkeypatch.setattr(health, "SILENT_AFTER_SECONDS", -1)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["ok"], answer.json()["database"]) == (503, False, True)


def test_logs_are_one_json_object_a_line_without_people(capsys):
    handler = logging.StreamHandler()
    formatter = dict(logs.CONFIGURATION["formatters"]["json"])
    handler.setFormatter(formatter.pop("()")(**formatter))
    root = logging.getLogger("spotcheck.trial")
    root.addHandler(handler)
    root.propagate = False  # whoever else listens may write to a stream that an earlier test has closed
    try:
        structlog.get_logger("spotcheck.trial").warning(
            "order issued", dossier=7, phone="138", party={"person": "张伟"}
        )
        root.warning("plain %s", "words")
    finally:
        root.removeHandler(handler)
        root.propagate = True
    said = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert said[0]["dossier"] == 7
    assert (said[0]["phone"], said[0]["party"]) == ("[left out]", {"person": "[left out]"})
    assert said[1]["event"] == "plain words"


def test_a_browser_gets_a_page_and_no_script_is_refused(page, committed_db):
    assert page.goto("/healthz").json()["ok"] is True
    assert page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone") == "Asia/Shanghai"
