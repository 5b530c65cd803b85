"""A visit on the tablet and what becomes of it at the real server: done as if its people had stood at the desk."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from spotcheck.docket import clock
from spotcheck.docket.models import Dossier, Entry, Evidence
from spotcheck.sampling.models import FieldAct
from spotcheck.tablet import devices, rescue
from spotcheck.tablet.models import Device
from tests.desk import world as cast
from tests.desk.world import World
from tests.field.playing import arrive_and_show, confirm, photograph, seal_apart, sign, take_samples
from tests.field.real import PINS, enrol
from tests.tablet.writing import command

pytestmark = pytest.mark.usefixtures("built")

NUMBER = "SD-0001"


@pytest.fixture
def world(site: str) -> World:
    """A target that was drawn yesterday."""
    made = cast.build()
    cast.continued()
    yesterday = date.fromordinal(clock.today().toordinal() - 1)
    made.task(yesterday, made.target(NUMBER, ("P", "sampled_producer", "cable")))
    return made


def test_a_tablet_that_cannot_send_is_rescued(site_tablet: Page, site: str, world: World, tmp_path: Path) -> None:
    """It was revoked before it had sent anything: what its people did is on record all the same, by two others."""
    words, key, file = tmp_path / "words", tmp_path / "escrow.pem", tmp_path / "x.screscue"
    words.write_text("江北水城 2026 梧桐树下", encoding="utf-8")
    assert command("escrow", str(key), "--passphrase-file", str(words)) == 0
    page = site_tablet
    enrol(page, site, world)
    device = Device.objects.get()
    devices.revoke(device.pk, by=world.posts["province"], reason="丢失")
    arrive_and_show(page, "聚氯乙烯", "鲁市监质抽通〔", PINS)
    page.get_by_role("button", name="锁定").click()
    page.get_by_label("张伟").check()
    page.get_by_text("救援文件", exact=True).click()
    with page.expect_download() as found:
        page.get_by_role("button", name="导出张伟的救援文件").click()
    assert found.value.suggested_filename == f"spotcheck-ZC-0001-{clock.today().isoformat()}.screscue"
    found.value.save_as(file)
    assert "陈明".encode() not in file.read_bytes()
    assert not FieldAct.objects.exists()
    code = rescue.consent(device, by=world.posts["province"], reason="找回后导入").text
    more = ["--key", str(key), "--passphrase-file", str(words), "--code", code]
    assert command("import", str(file), *more) == 0
    assert command("import", str(file), *more) == 0
    outcomes = [(act.act, act.outcome) for act in FieldAct.objects.order_by("seq")]
    assert outcomes == [("arrive", "noted"), ("show", "noted"), ("sampling.present_notice", "done")]
    assert Entry.objects.filter(dossier__number=NUMBER, act="sampling.present_notice").count() == 1


def test_a_visit_is_done_at_the_server(site_tablet: Page, site: str, world: World) -> None:
    page = site_tablet
    enrol(page, site, world)
    arrive_and_show(page, "聚氯乙烯", "鲁市监质抽通〔", PINS)
    photograph(page, "营业执照照片")
    page.get_by_label("已查验登记").check()
    page.get_by_label("是否委托加工").select_option("no")
    page.get_by_role("button", name="查验通过").click()
    take_samples(page)
    seal_apart(page)
    page.get_by_label("企业签字人").fill("陈明")
    sign(page, "企业签名")
    page.get_by_label("不能盖章的原因").fill("公章在外地")
    confirm(page, PINS)
    page.get_by_role("button", name="双方已签字").click()
    page.get_by_role("button", name="提交，有信号时上传").click()
    expect(page.locator(".badge")).to_contain_text("未上传 0", timeout=60_000)
    outcomes = {act.act: (act.outcome, act.reasons) for act in FieldAct.objects.order_by("seq")}
    assert {act: outcome for act, (outcome, _) in outcomes.items() if "." in act} == {
        "sampling.present_notice": "done",
        "sampling.pass_precheck": "done",
        "sampling.complete_sampling": "done",
        "sample.dispatch": "done",
    }, outcomes
    dossier = Dossier.objects.get(number=NUMBER)
    visit = Entry.objects.get(dossier=dossier, act="sampling.present_notice")
    assert sorted(visit.facts["samplers"]) == ["张伟", "李娜"]
    assert visit.effective_on == clock.today()
    taken = [file for act in FieldAct.objects.all() for file in act.body["evidence"]]
    assert len({file["slot"] for file in taken}) >= 9
    kept = set(Evidence.objects.filter(dossier=dossier).values_list("stored", flat=True))
    assert kept == {file["sha256"] for file in taken}  # a slow camera of a test gives one picture to several slots
