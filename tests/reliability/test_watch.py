"""What operators and machines see: readiness, metrics, the page, and logs that tell everything but people."""

import io
import json
import logging
import shutil

import pytest
import structlog
from django.db import IntegrityError, connection, transaction

from spotcheck.docket import clock, tasks
from spotcheck.docket.models import Beat, Deadline, Message
from spotcheck.docket.sweep import sweep
from spotcheck.parties.models import Enterprise, Office, Post, User
from spotcheck.rehearsal.player import play
from spotcheck.rehearsal.scenario import read
from spotcheck.wiring.operating import health, logs
from tests.reliability.conftest import LATER, rehearsal

PARTY = {"name": "鲁东电缆有限公司", "legal_representative": "赵铁柱", "contact": "钱多多", "phone": "13800138000"}


@pytest.fixture
def well(db, monkeypatch):
    """A system whose sweep has just run."""
    monkeypatch.setattr(health, "broker_answers", lambda: True)
    Beat.objects.create(name="sweep", at=clock.now())


def _values(client) -> dict[str, float]:
    lines = client.get("/metrics").content.decode().splitlines()
    return {name: float(value) for name, value in (line.split() for line in lines if not line.startswith("#"))}


def _late(seconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE docket_beat SET at = clock_timestamp() - make_interval(secs => %s)", [seconds])


def test_ready_says_of_every_part_whether_it_works(client, well, monkeypatch):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["ok"]) == (200, True)
    monkeypatch.setattr(health, "broker_answers", lambda: False)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["broker"], answer.json()["sweep"]["ok"]) == (503, {"ok": False}, True)
    assert client.get("/livez").json() == {"ok": True}
    monkeypatch.undo()
    monkeypatch.setattr(health, "files_can_be_kept", lambda: False)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["files"], answer.json()["broker"]) == (503, {"ok": False}, {"ok": True})


def test_the_store_of_files_is_asked_for_real(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "not made yet"
    assert health.files_can_be_kept() is True
    settings.BUCKET = "s3://nobody-answers"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9")
        assert health.files_can_be_kept() is False


def test_a_full_disk_is_not_green(client, well, settings, tmp_path, monkeypatch):
    """A block is written, flushed and removed; what is left is a metric."""
    settings.MEDIA_ROOT = tmp_path
    assert health.files_can_be_kept() is True
    assert list(tmp_path.iterdir()) == []
    free = _values(client)["spotcheck_files_free_bytes"]
    assert free == pytest.approx(shutil.disk_usage(tmp_path).free, rel=0.2)

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("spotcheck.files.stores.os.fsync", full)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["files"]) == (503, {"ok": False})
    assert _values(client)["spotcheck_files_up"] == 0
    assert list(tmp_path.iterdir()) == []


def test_the_broker_is_asked_for_real(settings):
    assert health.broker_answers() is True
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    assert health.broker_answers() is False


def test_metrics_are_those_of_prometheus_and_follow_what_happens(client, well):
    before = _values(client)
    assert set(before) >= {
        "spotcheck_sweep_age_seconds",
        "spotcheck_oldest_due_seconds",
        "spotcheck_outbox_messages",
        "spotcheck_parked_periods",
        "spotcheck_papers_to_draw",
    }
    assert before["spotcheck_oldest_due_seconds"] == before["spotcheck_parked_periods"] == 0
    list(play(read(rehearsal("S07"))))  # days in the past: what runs there is overdue today
    _late(120)
    after = _values(client)
    assert after["spotcheck_sweep_age_seconds"] >= 120
    assert after["spotcheck_oldest_due_seconds"] > 86400
    assert after["spotcheck_outbox_messages"] == Message.objects.count() > 0
    Deadline.objects.running().update(parked_at=clock.now())
    assert _values(client)["spotcheck_parked_periods"] > 0
    tasks.deliver_messages()
    assert _values(client)["spotcheck_outbox_messages"] == 0
    text = client.get("/metrics").content.decode()
    assert text.count("# TYPE") == text.count("# HELP") == len(after) + 1  # no value: not checked yet


def test_metrics_are_not_for_everybody(client, well, settings):
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.8").status_code == 403
    assert client.get("/metrics", HTTP_X_FORWARDED_FOR="10.0.0.8").status_code == 403
    settings.METRICS_TOKEN = "geheim"
    assert client.get("/metrics").status_code == 403
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.8", HTTP_AUTHORIZATION="Bearer geheim").status_code == 200


def _officer(code: str) -> User:
    user = User.objects.create_user(username=f"o{code}", password="x", full_name="孙二娘")
    Post.objects.create(user=user, office=Office.objects.get(code=code), role="officer", since="2020-01-01")
    return user


def test_the_page_is_for_the_province_and_says_what_to_do(client, well):
    client.force_login(_officer("370102"))
    assert client.get("/operating/").status_code == 403
    client.force_login(_officer("370000"))
    page = client.get("/operating/").content.decode()
    assert "一切正常" in page
    _late(400)
    page = client.get("/operating/").content.decode()
    assert "有需要处理的情况" in page
    assert "检查 beat 与 worker 是否在运行" in page


def test_a_request_has_an_id_that_it_keeps(client, well):
    given = client.get("/livez", HTTP_X_REQUEST_ID="abcdef12-3456")
    assert given["X-Request-Id"] == "abcdef12-3456"
    for unlawful in ("", "x y", "a" * 65, "ü" * 9):
        answer = client.get("/livez", HTTP_X_REQUEST_ID=unlawful)
        assert len(answer["X-Request-Id"]) == 32


@pytest.fixture
def log():
    """Everything that is logged meanwhile, as it would be written."""
    structlog.reset_defaults()
    logs.configure()
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    options = dict(logs.CONFIGURATION["formatters"]["json"])
    handler.setFormatter(options.pop("()")(**options))
    root = logging.getLogger()
    root.addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)


def test_lines_carry_request_account_dossier_and_task(client, well, log):
    officer = _officer("370000")
    client.force_login(officer)
    list(play(read(rehearsal("S07"))))
    client.get("/dossiers/D1/?q=赵铁柱", HTTP_X_REQUEST_ID="abcdef12-3456")
    (line,) = [line for line in log() if line["event"] == "request"]
    assert (line["request_id"], line["dossier"], line["status"]) == ("abcdef12-3456", "D1", 200)
    assert line["timestamp"].endswith("Z")
    assert (line["route"], line["account"]) == ("dossiers/<str:number>/", officer.pk)
    client.get("/dossiers/D999/")
    client.get("/administration/book/")
    client.logout()
    client.get("/login/")
    told = [(line["status"], line.get("account")) for line in log() if line["event"] == "request"][1:]
    assert told == [(404, officer.pk), (403, officer.pk), (200, None)]  # who was refused what; nobody is nobody
    tasks.deliver_messages.apply(headers={"request_id": "abcdef12-3456"}, task_id="t-1")
    (line,) = [line for line in log() if line["event"] == "task"]
    assert (line["task"], line["task_id"]) == ("spotcheck.docket.tasks.deliver_messages", "t-1")


def test_logs_know_no_people(client, well, log):
    client.force_login(_officer("370000"))
    list(play(read(rehearsal("S07"))))
    enterprise = Enterprise.objects.order_by("pk").first()
    Enterprise.objects.filter(pk=enterprise.pk).update(**PARTY)
    with connection.cursor() as cursor:  # what fails is told at length
        cursor.execute("UPDATE remediation_rectification SET state = 'order_issued'")
    with clock.simulated(LATER):
        sweep(LATER)
    with pytest.raises(IntegrityError), transaction.atomic():  # noqa: PT012 -- logged where it is caught
        try:
            Enterprise.objects.create(credit_code=enterprise.credit_code, **PARTY)
        except IntegrityError:
            logging.getLogger("spotcheck.x").exception("an enterprise was not saved: %s", enterprise.credit_code)
            raise
    client.get("/dossiers/?q=赵铁柱")
    client.get("/dossiers/D1/")
    client.post("/login/", {"username": "孙二娘", "password": "geheim"})
    logging.getLogger("spotcheck.x").warning("called %s and 0531-88886666, mail a.b@example.cn", PARTY["phone"])
    written = json.dumps(log(), ensure_ascii=False)
    assert len(log()) > 4
    people = (*PARTY.values(), enterprise.credit_code, "孙二娘", "geheim", "88886666", "example.cn")
    assert [word for word in people if word in written] == []


def test_a_task_takes_the_id_of_its_request_along(monkeypatch):
    from celery import Task  # noqa: PLC0415

    sent = []
    monkeypatch.setattr(Task, "apply_async", lambda _self, *_args, **options: sent.append(options))
    tasks.deliver_messages.apply_async()
    with structlog.contextvars.bound_contextvars(request_id="abcdef12-3456"):
        tasks.deliver_messages.apply_async()
    assert sent == [{}, {"headers": {"request_id": "abcdef12-3456"}}]
