"""A whole check from screens alone: plan, task, draw, sampling, testing, notice, order."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from spotcheck.docket import clock
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Dossier, Evidence
from spotcheck.planning import samplers
from tests.desk.world import World
from tests.files import good, making

DAY = date(2024, 3, 4)


def picture() -> SimpleUploadedFile:
    """What Article 16 wants of the place."""
    return SimpleUploadedFile("现场.jpg", good.photograph())


def report() -> list[SimpleUploadedFile]:
    """What Article 31 wants of a nonconforming result."""
    return [SimpleUploadedFile("报告.pdf", making.plain()), SimpleUploadedFile("分析.pdf", making.plain(2))]


@pytest.mark.usefixtures("media")
def test_a_check_is_done_from_screens_alone(world: World, client_of: Callable[[str], Client]) -> None:
    """Nobody needs a shell between the annual plan and the order to rectify."""
    province, sampler, lab, county = (client_of(name) for name in ("province", "sampler", "lab", "county"))

    def do(client: Client, dossier: Dossier, chart: str, method: str, label: str = "", **sent: Any) -> None:
        matter = MATTERS[chart].objects.filter(dossier=dossier, label=label).latest("pk")
        address = f"/dossiers/{dossier.number}/acts/{chart}/{matter.pk}/{method}/"
        assert address in client.get(f"/dossiers/{dossier.number}/").content.decode(), f"no button for {method}"
        answer = client.post(address, {"on": DAY.isoformat()} | sent)
        assert answer.status_code == 302, re.sub(r"<[^>]+>", " ", answer.content.decode())

    with clock.simulated(DAY):
        province.post("/plans/new/", {"year": "2024"})
        plan = Dossier.objects.get(number="JH2024")
        do(province, plan, "plan", "adopt")
        do(province, plan, "plan", "file_and_circulate", filed="1", circulated="1")
        typed = {
            "plan": str(plan.plan_set.get().pk),
            "number": "JC2024001",
            "title": "电线电缆",
            "product_kind": "电线电缆",
        }
        province.post("/tasks/new/", typed)
        task = Dossier.objects.get(number="JC2024001")
        do(province, task, "task", "set_scheme", type="daily", scheme="1", detail_rules="own")
        do(province, task, "task", "engage_agencies", sampling_body="SB01", lab="LAB01")

        wish = {"product_kind": "电线电缆", "source": "producer", "channel": "on_site"}
        draw = f"/dossiers/{task.number}/draw/"
        assert "山东泰山红电缆有限公司" in province.get(draw, wish).content.decode()
        frozen = province.post(draw, wish | {"what": "freeze"}, follow=True)
        assert not task.children.exists()
        sent = {"what": "draw", "frame": frozen.context["frozen"].frame.sha256, "number": "1", "on": DAY.isoformat()}
        assert "JC2024001-001" in province.post(draw, sent, follow=True).content.decode()
        dossier = task.children.get()
        assert [(p.label, p.role, p.handler.code) for p in dossier.parties.all()] == [
            ("P", "sampled_producer", "370112")
        ]
        visit = {"samplers": samplers.present(dossier), "ids_valid": "1", "notice_matches": "1", "mandate_copy": "1"}
        do(sampler, dossier, "sampling", "present_notice", **visit)
        do(sampler, dossier, "sampling", "pass_precheck", suspicion="none", commissioned="0")
        done = {
            "media": ["place", "storage", "marking", "stock", "process"],
            "signed": "1",
            "paid": "1",
            "fee_charged": "0",
            "sealed_separately": "1",
        }
        do(sampler, dossier, "sampling", "complete_sampling", files=picture(), **done)
        for label in ("T", "R"):
            do(sampler, dossier, "sample", "dispatch", label)
            do(lab, dossier, "sample", "receive", label, seal_intact="1")
        do(lab, dossier, "inspection", "receive_sample")
        do(lab, dossier, "inspection", "clear_qualification", licence="valid")
        do(lab, dossier, "sample", "issue", "T", inspector="王强")
        do(lab, dossier, "inspection", "start_testing", inspector="王强")
        do(lab, dossier, "sample", "record_tested", "T")
        do(lab, dossier, "inspection", "complete", all_items="1")
        item = {
            "conclusion": "nonconforming",
            "items-0-name": "导体电阻",
            "items-0-kind": "safety",
            "items-0-result": "fail",
        }
        do(lab, dossier, "inspection", "issue_report", analysis="1", signed="1", files=report(), **item)
        assert [row.kind for row in Evidence.objects.order_by("pk")] == ["photo", "report", "analysis"]
        do(province, dossier, "result_notice", "send", "P")
        party = dossier.parties.get()
        begin = f"/dossiers/{dossier.number}/acts/rectification/0/receive_report/?party={party.pk}"
        assert begin in county.get(f"/dossiers/{dossier.number}/").content.decode()
        county.post(begin, {"on": DAY.isoformat()})
        do(county, dossier, "rectification", "issue_order", "P")
    assert MATTERS["rectification"].objects.get(dossier=dossier).state == "order_issued"


def test_numbers_and_years_are_used_once(world: World, client_of: Callable[[str], Client]) -> None:
    """What is wrong is said beside its field."""
    province = client_of("province")
    with clock.simulated(DAY):
        assert province.post("/plans/new/", {"year": "2024"}).status_code == 302
        again = province.post("/plans/new/", {"year": "2024"})
        assert (again.status_code, "已经建立" in again.content.decode()) == (422, True)
        assert province.post("/plans/new/", {"year": "ab"}).status_code == 422
        for number in ("a/b", "a b", "", "JH2024"):
            wrong = province.post("/tasks/new/", {"number": number, "title": "任务"})
            assert wrong.status_code == 422, number
        assert province.post("/tasks/new/", {"number": "专项〔2024〕1号", "title": "任务"}).status_code == 302
        assert province.get("/dossiers/专项〔2024〕1号/").status_code == 200
