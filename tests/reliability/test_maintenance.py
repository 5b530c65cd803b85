"""Maintenance: said on every page, writing refused from its minute on with what was sent given back, reading goes on."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client

from spotcheck.cli.main import load
from spotcheck.docket import clock, sweep
from spotcheck.docket.models import Beat, Record
from spotcheck.parties.models import Office, Post, User
from spotcheck.wiring.operating import maintenance
from spotcheck.wiring.operating.preparation import compile_messages

SAYS = "升级数据库，请先保存。"
TYPED = "已填写的一段较长的内容，不能丢。"


@pytest.fixture(scope="module", autouse=True)
def _messages() -> None:
    compile_messages()


@pytest.fixture
def officer(db) -> Iterator[Client]:
    """An officer of a county; and nothing remembered of other tests."""
    maintenance.forget()
    user = User.objects.create_user("wang", password=None, full_name="王 某")
    office = Office.objects.get(code="370102")
    Post.objects.create(user=user, office=office, role="officer", since=datetime(2025, 1, 1, tzinfo=UTC).date())
    client = Client()
    client.force_login(user)
    yield client
    maintenance.forget()


def _announce(begins: float, ends: float) -> None:
    now = datetime.now(UTC)
    span = {"begins": clock.later(now, begins), "ends": clock.later(now, ends)}
    maintenance.announce(**span, says=SAYS, account="root@machine")


def _send(client: Client):
    post = Post.objects.get(user__username="wang")
    return client.post("/administration/absences/", {"as_post": post.pk, "reason": TYPED})


def test_it_is_said_at_once_and_writing_goes_on_until_its_minute(officer: Client) -> None:
    _announce(600, 3600)
    for address in ("/", "/dossiers/", "/account/", "/administration/absences/"):
        assert SAYS in officer.get(address).content.decode(), address
    for address in ("/login/", "/p/"):
        assert SAYS in Client().get(address).content.decode()
    assert _send(officer).status_code == 405  # it comes to the page, which takes nothing


def test_from_its_minute_on_writing_is_refused_and_reading_goes_on(officer: Client) -> None:
    _announce(-1, 3600)
    refused = _send(officer)
    assert (refused.status_code, 3000 < int(refused["Retry-After"]) <= 3601) == (503, True)
    page = refused.content.decode()
    assert SAYS in page
    assert TYPED in page
    assert "没有登记任何内容" in page
    assert officer.get("/").status_code == 200
    assert officer.post("/i18n/setlang/", {"language": "en"}).status_code == 302
    assert "nothing can be recorded" in officer.get("/").content.decode()
    address = {"address": "/x/", "fields": '{"remark": ["一"]}', "as_post": Post.objects.get(user__username="wang").pk}
    assert officer.post("/drafts/", address).status_code == 204
    assert officer.get("/livez").status_code == 200
    sweep.sweep()
    assert Beat.objects.filter(name=sweep.NAME).exists()


def test_it_is_over_by_itself_and_by_the_command(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    _announce(-60, -1)
    assert SAYS not in officer.get("/").content.decode()
    assert _send(officer).status_code == 405
    _announce(-1, 60)
    assert maintenance.end(account="root@machine")
    assert not maintenance.end(account="root@machine")
    assert _send(officer).status_code == 405


def test_other_processes_see_it_within_ten_seconds(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime.now(UTC)
    maintenance.forget()
    assert maintenance.present(now) is None
    detail = {"ends": clock.later(now, 60).isoformat(), "says": SAYS}
    Beat.objects.create(name=maintenance.NAME, at=now, detail=detail)  # as another machine does
    assert maintenance.present(now) is None
    monkeypatch.setattr(maintenance, "CACHED_SECONDS", -1.0)
    found = maintenance.present(now)
    assert found is not None
    assert found.says == SAYS


def test_the_command_counts_hours_on_the_clock_of_shandong_and_the_book_says_who(officer: Client, capsys) -> None:
    import argparse

    command = load("maintenance")
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)

    def said(*words: str) -> tuple[int, str]:
        code = command.run(parser.parse_args(words))
        return code, "".join(capsys.readouterr())

    ends = clock.local(clock.later(clock.now(), 2 * 3600))
    code, told = said("on", "--until", f"{ends:%H:%M}", SAYS)
    assert (code, f"{ends:%Y-%m-%d %H:%M}" in told) == (0, True)
    assert said("off")[0] == 0
    assert said("off")[0] == 1
    lines = Record.objects.filter(kind="settings.maintenance").order_by("pk")
    assert [(line.before is None, line.after is None) for line in lines] == [(True, False), (False, True)]
    assert all("@" in line.address for line in lines)


def test_a_hour_that_has_passed_is_tomorrows() -> None:
    from spotcheck.cli.maintenance import _next

    after = datetime(2025, 3, 3, 17, 30, tzinfo=clock.SHANDONG)
    assert _next(after.replace(hour=18).time(), after).day == 3
    assert _next(after.replace(hour=2).time(), after).day == 4
