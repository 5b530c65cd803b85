"""How much one person asks for in a short time, and takes along."""

import secrets

import pytest

from spotcheck.signin import limits, recent


@pytest.fixture
def counted_alone(monkeypatch):
    """Counters of this test's own: the numbers of rows come again in every test."""
    mark = secrets.token_hex(4)
    beyond = limits.counting.is_beyond
    monkeypatch.setattr(limits.counting, "is_beyond", lambda key, **more: beyond(f"{mark}:{key}", **more))


def test_whoever_asks_for_more_pages_than_people_do_waits_and_nobody_else(person, counted_alone, monkeypatch):
    monkeypatch.setattr(limits, "PAGES", 4)
    one, other = person(), person()
    for somebody in (one, other):
        somebody.sign_in()
    answers = [one.client.get("/account/") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 4 + [429] * 2
    assert answers[-1].headers["Retry-After"] == "60"
    assert "从您的账号发出的请求太多" in answers[-1].content.decode()
    assert other.client.get("/account/").status_code == 200


def test_files_that_hold_persons_are_counted_by_the_hour(person, counted_alone, monkeypatch):
    monkeypatch.setattr(limits, "FILES", 1)
    monkeypatch.setattr("spotcheck.signin.factors.is_needed", lambda *_: False)
    monkeypatch.setattr(recent, "has_proved_lately", lambda _request: True)
    somebody = person("administrator", entitlements=["manages"])
    somebody.sign_in()
    address = "/administration/rights/rights.xlsx"
    assert somebody.client.get(address).status_code == 200
    answer = somebody.client.get(address)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "3600")
    assert "含个人信息的文件太多" in answer.content.decode()


def test_where_nobody_counts_nobody_is_refused(person, monkeypatch, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(limits, "PAGES", 0)
    somebody = person()
    somebody.sign_in()
    assert somebody.client.get("/account/").status_code == 200
