"""What else happens on a tablet, at the real server: a purchase online, and the short ways a visit ends."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from spotcheck.docket import clock
from spotcheck.docket.models import Dossier, Entry, Evidence
from spotcheck.sampling.models import FieldAct
from tests.desk import world as cast
from tests.desk.world import World
from tests.field.playing import arrive_and_show, confirm, photograph
from tests.field.real import PINS, enrol
from tests.files.good import film_of_a_phone
from tests.tablet.writing import picture

pytestmark = pytest.mark.usefixtures("built")

ONLINE, CLOSED, BARRED, HELD = "SD-0002", "SD-0003", "SD-0004", "SD-0005"


@pytest.fixture
def world(site: str) -> World:
    """Four targets that were drawn yesterday: one to be bought online."""
    made = cast.build()
    cast.continued()
    yesterday = date.fromordinal(clock.today().toordinal() - 1)
    made.task(
        yesterday,
        made.target(ONLINE, ("S", "seller", "shop"), channel="online"),
        *(made.target(number, ("P", "sampled_producer", "cable")) for number in (CLOSED, BARRED, HELD)),
    )
    return made


def hand_in_file(page: Page, question: str, path: Path, button: str = "选择文件") -> None:
    """Choose a file for a question."""
    group = page.get_by_role("group", name=question)
    group.get_by_text(button, exact=True).locator("input").set_input_files(path)
    expect(group.get_by_role("status")).to_contain_text("已拍 1 张")


def arrived(page: Page) -> None:
    """Nothing is left to be sent."""
    page.get_by_role("link", name="发件箱").click()
    page.get_by_role("button", name="现在上传").click()
    expect(page.locator(".badge")).to_contain_text("未上传 0", timeout=60_000)


def outcomes(number: str) -> dict[str, str]:
    """What became of the acts of a visit."""
    rows = FieldAct.objects.filter(visit=number, act__contains=".")
    return {act.act: act.outcome if not act.reasons else str(act.reasons) for act in rows}


def order(page: Page, folder: Path) -> None:
    """The card of the order, and the screenshots of it."""
    page.get_by_label("订单号").fill("DD-7781")
    page.get_by_label("买样账号").fill("buyer-01")
    page.get_by_label("付款账户").fill("尾号 6621，明水街道 1 号")
    for number, question in enumerate(("网店信息截图", "产品页面截图", "订单截图", "支付记录截图")):
        shot = folder / f"{number % 3}.jpg"  # one of them shows two things
        shot.write_bytes(picture(number % 3))
        hand_in_file(page, question, shot)
    page.get_by_label("备用样品同时购买").check()
    confirm(page, PINS)
    page.get_by_role("button", name="已下单").click()


def test_a_purchase_online_is_done_at_the_server(site_tablet: Page, site: str, world: World, tmp_path: Path) -> None:
    """Articles 23 to 26."""
    page = site_tablet
    opening = tmp_path / "opening.mp4"
    opening.write_bytes(film_of_a_phone())
    enrol(page, site, world)
    page.goto(f"{site}/field/#/visit/{ONLINE}")
    order(page, tmp_path)
    page.get_by_label("运单号").fill("SF1001")
    photograph(page, "包裹外观照片")
    page.get_by_role("button", name="已收货").click()
    hand_in_file(page, "拆封录像", opening, "录像")
    photograph(page, "标识照片")
    page.get_by_label("包裹、包装、标识和内容与订单").select_option("as_listed")
    page.get_by_role("button", name="已拆封查验").click()
    for question, typed in (("检验样品数量", "100 m"), ("备用样品数量", "100 m"), ("单价", "3.20")):
        page.get_by_label(question).fill(typed)
    for question, number in (("检验样品封条编号", "F-011"), ("备用样品封条编号", "F-012")):
        page.get_by_label(question, exact=False).first.fill(number)
        page.get_by_label(f"再输入一次：{question}").fill(number)
    photograph(page, "检验样品封条照片")
    photograph(page, "备用样品封条照片")
    page.get_by_label("文书寄送运单号").fill("EMS-2")
    page.get_by_label("抽样单、通知书已寄给卖家").check()
    confirm(page, PINS)
    page.get_by_role("button", name="已封样并寄出文书").click()
    page.get_by_role("button", name="提交，有信号时上传").click()
    expect(page.get_by_text("本次现场抽样已结束")).to_be_visible()
    arrived(page)
    assert outcomes(ONLINE) == dict.fromkeys(
        (
            "purchase.place_order",
            "purchase.receive_parcel",
            "purchase.unseal_and_check",
            "purchase.seal_and_notify",
            "sample.dispatch",
        ),
        "done",
    )
    dossier = Dossier.objects.get(number=ONLINE)
    ordered = Entry.objects.get(dossier=dossier, act="purchase.place_order")
    assert (ordered.facts["records"], sorted(ordered.facts["samplers"])) == (True, ["张伟", "李娜"])
    assert Evidence.objects.filter(dossier=dossier, kind="film").count() == 1
    assert Evidence.objects.filter(dossier=dossier, kind="screenshot").exists()


def test_the_short_ways_are_done_at_the_server(site_tablet: Page, site: str, world: World) -> None:
    """Nothing to be taken (20), a refusal on a ground (19), an obstruction (21)."""
    page = site_tablet
    enrol(page, site, world)
    page.goto(f"{site}/field/#/visit/{CLOSED}/not_sampled")
    page.get_by_label("未抽样的原因").select_option("closed")
    for question in ("查阅记录照片", "生产现场照片", "仓库照片"):
        photograph(page, question)
    page.get_by_label("核实情况").fill("厂门紧闭，邻居称已停产三月")
    confirm(page, PINS)
    page.get_by_role("button", name="记录", exact=True).click()
    expect(page.get_by_text("本次现场抽样已结束")).to_be_visible()
    for number, path in ((BARRED, "依法拒绝"), (HELD, "拒检")):
        page.get_by_role("link", name="今日").click()
        page.goto(f"{site}/field/#/visit/{number}")
        arrive_and_show(page, "", "鲁市监质抽通〔", PINS)
        page.get_by_role("link", name=path).click()
        if path == "依法拒绝":
            page.get_by_label("拒绝的理由").select_option("19(1)")
            page.get_by_label("企业是否提供了依据").select_option("yes")
            page.get_by_label("企业的陈述").fill("通知书上的产品不是本厂的")
        else:
            page.get_by_label("拒检的行为").select_option("gate_locked")
            page.get_by_label("经过").fill("锁门，拒不让入")
            photograph(page, "照片")
            confirm(page, PINS)
        page.get_by_role("button", name="记录", exact=True).click()
        expect(page.get_by_role("status").filter(has_text="本次" if path == "拒检" else "由省局裁定")).to_be_visible()
    arrived(page)
    assert outcomes(CLOSED) == {"sampling.record_not_sampled": "done"}
    assert outcomes(BARRED) == {"sampling.present_notice": "done", "sampling.claim_refusal": "done"}
    assert outcomes(HELD) == {"sampling.present_notice": "done", "sampling.record_obstruction": "done"}
    told = Entry.objects.get(dossier__number=CLOSED, act="sampling.record_not_sampled")
    assert (told.facts["cause"], set(told.facts["verified"])) == ("closed", {"records", "workshop", "warehouse"})
    refused = Entry.objects.get(dossier__number=BARRED, act="sampling.claim_refusal")
    assert (refused.facts["ground"], refused.facts["proven"]) == ("19(1)", True)
