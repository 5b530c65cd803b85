"""What stands around every page: headers, the page while the demo loads, health, logs without people."""

import io
import json
import logging
import re
import sys
import time
import urllib.request
from pathlib import Path

import pytest
import structlog
from django.contrib.staticfiles.finders import find
from django.core.files.base import ContentFile

from spotcheck.docket import clock
from spotcheck.docket.models import Beat
from spotcheck.wiring.machine.places import loading_mark
from spotcheck.wiring.operating import health, logs
from spotcheck.wiring.site.assets import HashedAssets


@pytest.fixture
def loading(settings, tmp_path):
    """In a folder of its own: that of the run is everybody's, and every other process would answer with the page."""
    settings.DATA = tmp_path
    loading_mark(settings.DATA).touch()


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


def test_a_line_goes_to_what_standard_error_is_when_it_is_written(monkeypatch):
    """Also where the logging was set up under another one, which is closed by now."""
    begun, now = io.StringIO(), io.StringIO()
    monkeypatch.setattr(sys, "stderr", begun)
    handler = logs.StandardError()
    begun.close()
    monkeypatch.setattr(sys, "stderr", now)
    handler.handle(logging.makeLogRecord({"msg": "order issued"}))
    handler.flush()
    assert now.getvalue() == "order issued\n"


def test_a_browser_gets_a_page_and_no_script_is_refused(page, committed_db):
    assert page.goto("/healthz").json()["ok"] is True
    assert page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone") == "Asia/Shanghai"


def test_modules_import_one_another_by_their_hashed_names(tmp_path):
    """A browser that keeps an old module never mixes it with new ones."""
    source = Path(find("look/js/look.js")).parents[2]
    paths = [f"look/js/{module.name}" for module in (source / "look" / "js").glob("*.js")]
    storage = HashedAssets(location=tmp_path, base_url="/static/")
    for path in paths:
        storage.save(path, ContentFile((source / path).read_bytes()))
    for _name, _hashed, done in storage.post_process({path: (storage, path) for path in paths}):
        assert not isinstance(done, Exception), done
    imported = [
        name
        for path in paths
        for name in re.findall(r'(?:from|import) "([^"]+)"', (tmp_path / storage.stored_name(path)).read_text())
    ]
    assert len(imported) > len(paths)
    for name in imported:
        assert re.fullmatch(r"\./[a-z]+\.[0-9a-f]{12}\.js", name), name
        assert (tmp_path / "look" / "js" / name).is_file(), name


def test_the_settings_are_found_under_the_name_of_older_installations(settings):
    from spotcheck.wiring import settings as older  # noqa: PLC0415 -- read anew

    assert older.INSTALLED_APPS == settings.INSTALLED_APPS
    assert older.ROOT_URLCONF == settings.ROOT_URLCONF


def test_no_answer_names_the_server(site):
    with urllib.request.urlopen(f"{site}/login/") as answer:
        assert answer.headers["Server"] is None
        assert answer.headers["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "megabytes", "status"),
    [
        ("/login/", 2, 413),
        ("/i18n/setlang/", 2, 413),
        ("/drafts/", 2, 413),
        ("/uploads/", 10, 413),
    ],
)
def test_what_no_form_can_be_is_refused_before_it_is_read(client, path, megabytes, status):
    """By the length that it says it has: the body never comes."""
    answer = client.generic("POST", path, b"", CONTENT_LENGTH=str(megabytes * 1024 * 1024))
    assert answer.status_code == status
    assert "太大" in answer.content.decode()


@pytest.mark.django_db
def test_files_of_the_usual_size_come_through(client):
    assert client.post("/login/", {"username": "x", "password": "y" * 900_000}).status_code == 422
    assert client.post("/p/ABCDEFGH/check", {"file": ContentFile(b"x" * 1024 * 1024 * 2, "a.pdf")}).status_code == 404


def test_a_long_text_costs_the_logs_little():
    """A name of eight thousand letters, as somebody sends it for a host; and nothing of a person stays in it."""
    begun = time.process_time()
    for text in ("a" * 8000, "a." * 4000, "a-" * 4000 + "@", "1" * 200_000, "x@" * 50_000, "DETAIL: " * 9000):
        logs.leave_out_quoted(None, "", {"event": text})
    assert time.process_time() - begun < 1
    said = logs.leave_out_quoted(None, "", {"event": "of chen.ming+x@mail.example.cn, 13800000000"})
    assert said["event"] == "of [left out], [left out]"
