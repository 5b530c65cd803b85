"""What the desk shows of laboratories: what came, what was refused and why, what is waited for, and alarms in time."""

import time
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from spotcheck.api import credentials, expiring
from spotcheck.api.models import Credential
from spotcheck.casework.inbox import ALARMS
from spotcheck.docket import clock
from spotcheck.docket.alarms import CREDENTIAL_EXPIRING
from spotcheck.docket.models import Message
from tests.api.conftest import COMMAND, TODAY, program_of
from tests.desk import world as desk
from tests.laboratories.conftest import Bench
from tests.pace import stretched

AT_MOST_SECONDS = 5


def _desk_of(bench: Bench, name: str) -> Client:
    client = Client()
    client.force_login(bench.world.posts[name].user)
    return client


def _shown(bench: Bench, name: str, address: str = "/laboratories/", language: str = "zh-hans") -> str:
    answer = _desk_of(bench, name).get(address, headers={"Accept-Language": language})
    assert answer.status_code == 200, answer.content
    return str(answer.content.decode())


def test_what_came_what_was_refused_and_what_is_waited_for(bench: Bench) -> None:
    bench.received()
    assert bench.post("completion").status_code == 409
    for name in ("province", "lab"):
        shown = _shown(bench, name)
        assert "样品已送达" in shown.partition('id="arrived"')[2] or "接收" in shown.partition('id="arrived"')[2]
        assert bench.dossier.number in shown
        refused = shown.partition('id="refused"')[2].partition('id="arrived"')[0]
        assert "完成检验" in refused
        assert f'href="/dossiers/{bench.dossier.number}/"' in refused
        assert "str:code" not in refused
        assert "第29条" in shown or "第31条" in shown
        assert bench.world.offices["lab"].name in shown
    waiting = _shown(bench, "province").partition('id="waiting"')[2].partition('id="refused"')[0]
    assert bench.world.offices["lab"].name in waiting
    assert '<td class="figure">1</td>' in waiting


def test_a_laboratory_sees_nothing_of_another_and_the_province_one_at_a_time(bench: Bench) -> None:
    bench.received()
    other = program_of(bench.world, "retest_lab")
    assert other.post("/cases/SD2024-001/completion", {"by": "R2001", "on": TODAY.isoformat()}).status_code == 404
    shown = _shown(bench, "lab")
    assert bench.world.offices["retest_lab"].name not in shown
    assert "没有被拒的请求" in shown
    theirs = _shown(bench, "retest_lab")
    assert bench.dossier.number not in theirs
    assert "没有被拒的请求" not in theirs
    only = _shown(bench, "province", f"/laboratories/?laboratory={bench.world.offices['retest_lab'].code}")
    assert bench.dossier.number not in only.partition('id="arrived"')[2]
    assert "没有被拒的请求" not in only
    assert "Nothing has come yet." in _shown(bench, "retest_lab", language="en")


def test_refusals_go_on_page_by_page(bench: Bench) -> None:
    for _ in range(31):
        assert bench.post("completion").status_code == 409
    first = _shown(bench, "province")
    assert "更早的" in first
    older = first.partition("?before=")[2].partition('"')[0]
    second = _shown(bench, "province", f"/laboratories/?before={older}")
    refused = second.partition('id="refused"')[2].partition('id="arrived"')[0]
    assert refused.count("依规定现在不能办理") == 1
    assert "更早的" not in second


def test_a_danger_is_on_the_bureaus_desks_within_seconds(bench: Bench) -> None:
    """From the request of the program to the page of province and city (30)."""
    bench.testing()
    failed = [{"name": "20℃导体电阻", "kind": "safety", "limit": "≤7.41", "value": "7.92", "unit": "Ω/km"}]
    for name in ("province", "city"):  # as on any day, somebody has opened the page before
        assert "严重质量问题" not in _shown(bench, name, "/")
    begun = time.monotonic()
    assert bench.post("hazard", {"items": failed, "danger": True}).status_code == 201
    for name in ("province", "city"):
        assert "已提前报告严重质量问题" in _shown(bench, name, "/")
    assert time.monotonic() - begun <= stretched(AT_MOST_SECONDS)


@pytest.mark.parametrize(
    "kind", ["inspection.report_serious", "lead.create", "custody.refuse_unit", "verdict_differs", CREDENTIAL_EXPIRING]
)
def test_what_cannot_wait_alarms(kind: str) -> None:
    """Danger, suspicion (with a termination comes a lead), a refused seal, a verdict that differs, an end that is near."""
    assert kind in ALARMS


def test_an_office_is_told_before_its_credential_ends(bench: Bench, monkeypatch: Any) -> None:
    """Thirty days before, seven, one; a missed day is made up, and nobody is told twice."""
    credential = Credential.objects.get(office=bench.world.offices["lab"])
    last: date = credential.expires_on
    told = []
    for left in (31, 30, 29, 28, 8, 6, 5, 1, 0):
        with clock.simulated(last - timedelta(days=left)):
            told.append(expiring.warn())
    assert told == [0, 1, 0, 0, 0, 1, 0, 1, 0]
    codes = Message.objects.filter(kind=CREDENTIAL_EXPIRING).values_list("office__code", flat=True)
    assert sorted(codes) == ["370000"] * 3 + ["LAB01"] * 3
    with clock.simulated(last):
        assert "程序凭据三十天内到期" in _shown(bench, "lab", "/")
        assert "程序凭据三十天内到期" in _shown(bench, "province", "/")
    with clock.simulated(last + timedelta(days=1)):
        assert expiring.warn() == 0


def test_nobody_is_told_of_a_credential_that_was_revoked(bench: Bench) -> None:
    credential = Credential.objects.get(office=bench.world.offices["lab"])
    credentials.revoke(credential, by=COMMAND, reason="程序停用")
    with clock.simulated(credential.expires_on):
        assert expiring.warn() == 0


def test_the_list_of_work_says_whose_an_act_is(bench: Bench) -> None:
    """Who is not entitled to the next step reads who is; who is reads nothing of it (27, 31)."""
    world = bench.world
    world.posts["signer"] = desk._post("signer", "赵一鸣", "analyst", office=world.offices["lab"])
    desk.entitle(world, "signer", "sign")
    desk.entitle(world, "lab", "receive")
    shown = _shown(bench, "signer", "/").partition(f">{bench.dossier.number}<")[2].partition("</li>")[0]
    assert "由王强办理" in shown
    assert "办理" not in _shown(bench, "lab", "/").partition(f">{bench.dossier.number}<")[2].partition("</li>")[0]
    assert "for 王强" in _shown(bench, "signer", "/", language="en")
    desk.entitle(world, "lab", "test")
    assert "本机构还没有人有这项权限" in _shown(bench, "signer", "/")
