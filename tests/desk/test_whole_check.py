"""A whole check from screens alone: plan, task, draw, sampling, testing, notice, order."""

import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from spotcheck.docket import clock
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Dossier, Evidence
from spotcheck.planning import samplers
from tests.desk.world import World
from tests.files import good, making

DAY = date(2024, 3, 4)


WISH = {"product_kind": "电线电缆", "source": "producer", "channel": "on_site"}
"""Who is drawn from."""
SAMPLED = {
    "media": ["place", "storage", "marking", "stock", "process"],
    "signed": "1",
    "paid": "1",
    "fee_charged": "0",
    "sealed_separately": "1",
}
"""What is stated when units are sealed."""


def picture() -> SimpleUploadedFile:
    """What Article 16 wants of the place."""
    return SimpleUploadedFile("现场.jpg", good.photograph())


def report() -> list[SimpleUploadedFile]:
    """What Article 31 wants of a nonconforming result."""
    return [SimpleUploadedFile("报告.pdf", making.plain()), SimpleUploadedFile("分析.pdf", making.plain(2))]


def choose_rule(province: Client, task: Dossier) -> None:
    """A rule of detail is read in from its own template, published, and chosen for the task."""
    book = load_workbook(io.BytesIO(province.get("/imports/detail_rules/template/").content))
    (day,) = [cell for row in book.active.iter_rows() for cell in row if cell.value == "2026-01-01"]
    day.value = "2024-01-01"
    filled = io.BytesIO()
    book.save(filled)
    sent = SimpleUploadedFile("细则.xlsx", filled.getvalue())
    looked = province.post("/imports/detail_rules/", {"file": sent})
    assert looked.status_code == 302, re.sub(r"<[^>]+>", " ", looked.content.decode())
    assert "需要改正" not in province.get(looked["Location"]).content.decode()
    rule = province.post(looked["Location"])["Location"]
    assert "草案" in province.get(rule).content.decode()
    province.post(rule, {"what": "publish"})
    here = f"/dossiers/{task.number}/"
    assert f"{here}rule/" in province.get(here).content.decode()
    chosen = province.post(f"{here}rule/", {"rule": rule.rstrip("/").rpartition("/")[2]})
    assert chosen.status_code == 302, re.sub(r"<[^>]+>", " ", chosen.content.decode())


def fill_in(lab: Client, dossier: Dossier) -> None:
    """Results are typed into the table."""
    here = f"/dossiers/{dossier.number}/"
    assert f"{here}results/" in lab.get(here).content.decode()
    typed = {"value-1": "7.92", "value-2": "0.85", "value-3": "标志完整", "verdict-3": "pass"}
    assert lab.post(f"{here}results/", typed).status_code == 302
    shown = lab.get(f"{here}?tab=items").content.decode()
    assert "7.92" in shown
    assert "不合格" in shown


def state_seals(sampler: Client, dossier: Dossier) -> None:
    """The numbers of the seals stand on the sampling sheet."""
    matter = MATTERS["sampling"].objects.get(dossier=dossier)
    address = f"/dossiers/{dossier.number}/acts/sampling/{matter.pk}/complete_sampling/particulars/"
    seals = {"sampling.test_seal": "封条完好，NO.2026031801", "sampling.reserve_seal": "封条完好，NO.2026031802"}
    assert sampler.post(address, seals).status_code == 302


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
        named = {"number": "JC2024001", "title": "电线电缆", "product_kind": "电线电缆"}
        province.post("/tasks/new/", named | {"plan": str(plan.plan_set.get().pk)})
        task = Dossier.objects.get(number="JC2024001")
        do(province, task, "task", "set_scheme", type="daily", scheme="1", detail_rules="own")
        choose_rule(province, task)
        do(province, task, "task", "engage_agencies", sampling_body="SB01", lab="LAB01")

        draw = f"/dossiers/{task.number}/draw/"
        assert "山东泰山红电缆有限公司" in province.get(draw, WISH).content.decode()
        frozen = province.post(draw, WISH | {"what": "freeze"}, follow=True)
        assert not task.children.exists()
        sent = {"what": "draw", "frame": frozen.context["frozen"].frame.sha256, "number": "1", "on": DAY.isoformat()}
        assert "JC2024001-001" in province.post(draw, sent, follow=True).content.decode()
        dossier = task.children.get()
        assert [(p.label, p.handler.code) for p in dossier.parties.all()] == [("P", "370112")]
        visit = {"ids_valid": "1", "notice_matches": "1", "mandate_copy": "1"}
        do(sampler, dossier, "sampling", "present_notice", samplers=samplers.present(dossier), **visit)
        do(sampler, dossier, "sampling", "pass_precheck", suspicion="none", commissioned="0")
        state_seals(sampler, dossier)
        do(sampler, dossier, "sampling", "complete_sampling", files=picture(), **SAMPLED)
        for label, seal in (("T", "NO.2026031801"), ("R", "NO.2026031802")):
            do(sampler, dossier, "sample", "dispatch", label)
            do(lab, dossier, "sample", "receive", label, seal_state="intact", seal_number=seal)
        do(lab, dossier, "inspection", "receive_sample")
        do(lab, dossier, "inspection", "clear_qualification", licence="valid")
        do(lab, dossier, "sample", "issue", "T", inspector="王强")
        do(lab, dossier, "inspection", "start_testing", inspector="王强")
        do(lab, dossier, "sample", "record_tested", "T")
        fill_in(lab, dossier)
        do(lab, dossier, "inspection", "complete")
        do(
            lab, dossier, "inspection", "issue_report",
            conclusion="nonconforming", analysis="1", signed="1", files=report(),
        )  # fmt: skip
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
