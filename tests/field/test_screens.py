"""The screens of the sampler's application in a real Chromium: a visit from enrolment to receipt, and the other outcomes."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from spotcheck.rules import bar_index
from spotcheck.tablet import pages
from tests.faults.figures import report
from tests.field.playing import (
    arrive_and_show,
    check_through,
    confirm,
    looks_well,
    photograph,
    seal_apart,
    sign,
    take_samples,
)
from tests.field.serving import Answer, Asked, Server, serving
from tests.field.stand_in import StandIn

pytestmark = pytest.mark.usefixtures("built")

SHANDONG = timezone(timedelta(hours=8))
LI, WANG = (1, 41, "李强"), (2, 57, "王敏")
PINS = {"李强": "284617", "王敏": "905173"}
NOTICE = "鲁市监质抽通〔2026〕1号"
PAPER = {"number": NOTICE, "code": "K7Q2", "url": "https://example.org/p/K7Q2", "data": {}}


def _now() -> str:
    return datetime.now(UTC).astimezone(SHANDONG).isoformat(timespec="milliseconds")


def _visit(number: str, *, bar: str | None = None, state: str = "assigned") -> dict[str, object]:
    return {
        "visit": number, "chart": "sampling", "state": state, "log": None, "head": None, "seq": 0,
        "task": {"number": "2026-玩具", "title": "儿童玩具", "check_kind": "routine"},
        "product": {"kind": "玩具", "name": "毛绒玩具", "model": "TL-01", "brand": "童乐", "standard": "GB 6675.1-2014"},
        "parties": [{"label": "P", "role": "sampled_producer", "name": f"章丘童乐玩具厂 {number}", "credit_code": "91370181MA3C0T1A04",
                     "place": "370181", "place_name": "章丘区", "address": "明水街道 1 号", "contact": "陈明", "phone": "0531"}],
        "county": "370181",
        "samplers": [{"post": 41, "name": "李强", "is_me": True}, {"post": 57, "name": "王敏", "is_me": False}],
        "commissioned": False, "form1": PAPER, "form2": None, "code": "V1", "url": "https://example.org/p/V1",
        "bar": bar, "lookback_exempt": False, "rule": None,
    }  # fmt: skip


@pytest.fixture
def stand_in() -> StandIn:
    """A server with three visits; one of them of a product that was checked in this half year."""
    made = StandIn(now=_now, signing_in=[LI, WANG])
    today = datetime.now(SHANDONG).date()
    key = bar_index.key("91370181MA3C0T1A04", "GB 6675.1-2014", "童乐", "TL-01")
    other = bar_index.key("", "GB 6675.1-2014", "童乐", "TL-99")
    visits = [_visit("V-1", bar=other), _visit("V-2", bar=key), _visit("V-3", bar=other, state="notice_presented")]
    made.give("visits", json.dumps({"visits": visits}).encode())
    made.give("bar/0", bar_index.built([(key, today - timedelta(days=40), False)], on=today))
    return made


@pytest.fixture
def server(stand_in: StandIn) -> Iterator[Server]:
    """The application and its server; the entrance of the site lets everybody in."""

    def answer(asked: Asked) -> Answer | None:
        if asked.path.startswith("/login/"):
            return Answer(302, headers=(("Location", "/field/"),))
        return stand_in(asked)

    with serving(pages.BUILT, answer) as running:
        yield running


@pytest.fixture
def tablet(with_camera: Browser, server: Server) -> Iterator[Page]:
    """A tablet, upright, in a hand; what its scripts or its policy refuse is told."""
    broken: list[str] = []
    context = with_camera.new_context(
        base_url=server.address, viewport={"width": 800, "height": 1280}, locale="zh-CN", timezone_id="Asia/Shanghai",
        permissions=["camera", "geolocation"], geolocation={"latitude": 36.6512, "longitude": 117.12009},
    )  # fmt: skip
    context.on("weberror", lambda error: broken.append(str(error.error)))
    context.on("console", lambda message: broken.append(message.text) if "Security Policy" in message.text else None)
    yield context.new_page()
    context.close()
    assert broken == []


def enrol(page: Page) -> None:
    """The tablet is enrolled, and both samplers have signed in on it."""
    page.goto("/field/")
    page.get_by_label("登记码").fill("K7")
    looks_well(page)
    page.get_by_label("本机已由单位的设备管理加密").check()
    page.get_by_role("button", name="登记", exact=True).click()
    for name, pin in PINS.items():
        page.get_by_role("link", name="联网登录").click()
        page.get_by_label("PIN", exact=True).fill(pin)
        page.get_by_label("再输入一次 PIN").fill(pin)
        page.get_by_role("button", name="继续").click()
        expect(page.get_by_role("heading", name="今日")).to_be_visible()
        if name == "李强":
            page.get_by_role("button", name="锁定").click()
    page.get_by_role("button", name="锁定").click()
    enter(page, "李强")


def enter(page: Page, name: str) -> None:
    """Somebody opens the tablet by the PIN."""
    page.get_by_label(name).check()
    page.get_by_label("PIN", exact=True).fill(PINS[name])
    page.get_by_role("button", name="打开").click()
    expect(page.get_by_role("heading", name="今日")).to_be_visible()


def refuse_a_wrong_pin(page: Page) -> None:
    """Nobody signs for another."""
    page.get_by_label("李强的 PIN").fill("000000")
    page.get_by_label("王敏的 PIN").fill(PINS["王敏"])
    page.get_by_role("button", name="双方已签字").click()
    expect(page.get_by_role("alert").get_by_text("PIN 不对")).to_be_visible()


def acts_of(stand_in: StandIn, number: str) -> list[str]:
    """What has arrived of a visit."""
    return [act["act"] for act in stand_in.acts.get(number, [])]


def arrived(page: Page, stand_in: StandIn, number: str, last: str) -> list[dict[str, object]]:
    """Wait until the last act is the server's."""
    for _ in range(200):
        if last in acts_of(stand_in, number):
            return stand_in.acts[number]
        page.wait_for_timeout(100)
    raise AssertionError(acts_of(stand_in, number))


def test_a_visit_from_enrolment_to_receipt(tablet: Page, stand_in: StandIn) -> None:
    """Most of it without a network."""
    page = tablet
    enrol(page)
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    looks_well(page)
    stand_in.silent = True
    arrive_and_show(page, "V-1", NOTICE, PINS)
    looks_well(page)
    check_through(page)
    take_samples(page)
    seal_apart(page)
    page.reload()  # a tablet that falls asleep and starts again offline is where it was
    enter_after_reload(page)
    page.get_by_role("link", name="V-1").click()
    page.get_by_role("link", name="6 签字").click()
    expect(page.get_by_text("SC26370181CY010000I")).to_be_visible()
    expect(page.get_by_text("1200 m")).to_be_visible()
    page.get_by_label("企业签字人").fill("陈明")
    sign(page, "企业签名")
    page.get_by_label("不能盖章的原因").fill("公章在外地")
    refuse_a_wrong_pin(page)
    looks_well(page)
    confirm(page, PINS)
    page.get_by_role("button", name="双方已签字").click()
    expect(page.get_by_role("heading", name="提交", exact=True)).to_be_visible()
    expect(page.locator(".badge")).to_contain_text("未上传 1")
    page.get_by_role("button", name="提交，有信号时上传").click()
    expect(page.get_by_text("本次现场抽样已结束")).to_be_visible()
    assert stand_in.acts == {}
    stand_in.silent = False
    page.get_by_role("link", name="发件箱").click()
    page.get_by_role("button", name="现在上传").click()
    log = arrived(page, stand_in, "V-1", "sample.dispatch")
    expect(page.locator(".visits").get_by_text("已由服务器签收")).to_be_visible()
    expect(page.locator(".badge")).to_contain_text("未上传 0")
    looks_well(page)
    assert [act["act"] for act in log] == [
        "arrive", "show", "sampling.present_notice", "sampling.pass_precheck", "read_back", "sign", "sign", "sign",
        "sampling.complete_sampling", "sample.dispatch", "sample.dispatch",
    ]  # fmt: skip
    sheet = log[8]
    assert sheet["facts"] == {
        "fee_charged": False,
        "sheet_number": "SC26370181CY010000I",
        "no_seal_reason": "公章在外地",
    }
    assert sheet["particulars"]["sampling"]["test_seal"] == "F-001"
    assert sheet["particulars"]["sampling"]["reserve_seal"] == "F-002"
    slots = {file["slot"] for file in sheet["evidence"]}
    assert {"place", "storage", "marking", "stock", "process", "voucher", "seal_test", "seal_reserve"} <= slots
    assert [one["post"] for one in sheet["by"]] == [41, 57]
    assert all(file["source"] == "camera" for file in sheet["evidence"])
    assert all("lat" in file["position"] for file in sheet["evidence"])
    assert stand_in.wrong == []


def enter_after_reload(page: Page) -> None:
    """The screens were closed; the PIN opens them."""
    expect(page.get_by_role("heading", name="谁在使用")).to_be_visible()
    page.get_by_label("李强").check()
    page.get_by_label("PIN", exact=True).fill(PINS["李强"])
    page.get_by_role("button", name="打开").click()
    expect(page.locator(".rail")).to_be_visible()
    page.get_by_role("link", name="今日").click()


def test_a_number_is_given_once_however_often_the_tablet_starts_anew(
    tablet: Page, stand_in: StandIn, server: Server
) -> None:
    """With a server that answers late, by both samplers, and a start anew at every step."""
    visits = [_visit(f"V-{number}", state="prechecked") for number in range(4, 7)]
    stand_in.give("visits", json.dumps({"visits": visits}).encode())
    stand_in.delays = {"/blocks$": 1.0, "/(day|parts)": 0.3}
    page = tablet
    enrol(page)  # locked at once, both times
    page.reload()
    enter(page, "王敏")
    page.reload()
    enter(page, "李强")
    page.get_by_role("button", name="下载任务").click()
    for at, number in enumerate(("V-4", "V-5", "V-6")):
        expect(page.get_by_role("link", name=number)).to_be_visible()
        page.goto(f"/field/#/visit/{number}/sign")
        for _ in range(2):
            page.reload()
            enter_the_visit(page)
            expect(page.get_by_text(f"SC26370181CY01000{at}I")).to_be_visible()
        page.get_by_role("link", name="5 封样").click()
        page.get_by_role("link", name="6 签字").click()
        expect(page.get_by_text(f"SC26370181CY01000{at}I")).to_be_visible()
        page.get_by_role("link", name="今日").click()
    asked = [path for method, path in server.seen if method == "POST" and path.endswith("/blocks")]
    assert len(stand_in.blocks) == 1, asked
    page.get_by_role("button", name="锁定").click()
    enter(page, "王敏")
    page.get_by_role("button", name="下载任务").click()
    page.get_by_role("link", name="V-5").click()
    page.get_by_role("link", name="6 签字").click()
    expect(page.get_by_text("SC26370181CY010001I")).to_be_visible()
    assert len(stand_in.blocks) == 1


def enter_the_visit(page: Page) -> None:
    """The PIN opens the card that was open."""
    page.get_by_label("PIN", exact=True).fill(PINS["李强"])
    page.get_by_role("button", name="打开").click()
    expect(page.get_by_role("heading", name="抽样单核对")).to_be_visible()


def test_what_was_typed_last_goes_along(tablet: Page, stand_in: StandIn) -> None:
    """From one card to the next and to the list, at once; a record takes out what it says."""
    stand_in.give("visits", json.dumps({"visits": [_visit("V-4", state="prechecked")]}).encode())
    page = tablet
    enrol(page)
    page.get_by_role("link", name="V-4").click()
    page.get_by_label("抽样基数").fill("1200 m")
    page.get_by_role("link", name="今日").click()
    page.get_by_role("link", name="V-4").click()
    expect(page.get_by_label("抽样基数")).to_have_value("1200 m")
    page.get_by_label("批号").fill("B-7")
    page.get_by_role("link", name="6 签字").click()
    expect(page.get_by_text("B-7")).to_be_visible()
    expect(page.locator(".saving")).to_have_count(0)  # it is on the disk
    page.reload()
    enter_the_visit(page)
    expect(page.get_by_text("1200 m")).to_be_visible()
    expect(page.get_by_text("B-7")).to_be_visible()


def test_a_refusal_goes_out_at_once_and_no_sampling_goes_on(tablet: Page, stand_in: StandIn) -> None:
    page = tablet
    enrol(page)
    arrive_and_show(page, "V-2", NOTICE, PINS)
    expect(page.get_by_text("六个月内可能已抽查")).to_be_visible()
    page.get_by_role("link", name="依法拒绝").click()
    page.get_by_label("拒绝的理由").select_option("19(4)")
    page.get_by_label("前一次抽查的组织部门").select_option("province")
    page.get_by_label("前一次抽样的日期").fill("2026-10-21")
    page.get_by_label("是否同一产品").select_option("yes")
    page.get_by_label("企业的陈述").fill("今年十月抽过")
    looks_well(page)
    page.get_by_role("button", name="记录", exact=True).click()
    expect(page.get_by_text("由省局裁定；请勿继续抽样")).to_be_visible()
    assert page.get_by_role("button", name="查验通过").count() == 0
    log = arrived(page, stand_in, "V-2", "sampling.claim_refusal")
    check = {"organiser": "province", "sampled": "2026-10-21", "same_product": True}
    assert log[-1]["facts"] == {"ground": "19(4)", "earlier_check": check}


def test_what_the_desk_has_to_decide_is_told_with_its_article(tablet: Page, stand_in: StandIn) -> None:
    stand_in.park.add("sampling.terminate_illegal")
    page = tablet
    enrol(page)
    page.get_by_role("button", name="English").click()
    page.get_by_role("link", name="V-3").click()
    page.get_by_role("link", name="Suspected violation").click()
    page.get_by_label("Kind").select_option("no_licence")
    page.get_by_label("What happened").fill("no licence on the wall")
    page.get_by_label("Evidence seen").fill("the officer's own eyes")
    group = page.get_by_role("group", name="Pictures")
    group.get_by_role("button", name="Take a picture").click()
    page.get_by_role("button", name="Release the shutter").click()
    expect(group.get_by_role("status")).to_contain_text("1 taken")
    for name, pin in PINS.items():
        page.get_by_label(f"PIN of {name}").fill(pin)
    looks_well(page)
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_text("This visit has ended")).to_be_visible()
    arrived(page, stand_in, "V-3", "sampling.terminate_illegal")
    page.get_by_role("link", name="Needs attention").click()
    expect(page.get_by_text("(Article 16)")).to_be_visible()
    expect(page.get_by_text("须处于“已查验”")).to_be_visible()
    looks_well(page)
    page.get_by_role("link", name="Settings").click()
    expect(page.get_by_text("ZC-0317")).to_be_visible()
    page.get_by_label("High contrast").check()
    looks_well(page)


def test_a_returned_visit_is_supplemented_and_replaces_nothing(tablet: Page, stand_in: StandIn) -> None:
    page = tablet
    enrol(page)
    stand_in.changes = [
        {"id": "r1", "type": "returned", "visit": "V-3", "at": _now(), "reason": "封条照片不清晰", "slots": ["seal_test"],
         "fields": ["sampling.base_quantity"]},
    ]  # fmt: skip
    page.get_by_role("link", name="发件箱").click()
    page.get_by_role("button", name="现在上传").click()
    page.get_by_role("link", name="待处理").click()
    expect(page.get_by_text("退回补正：封条照片不清晰")).to_be_visible()
    page.get_by_role("link", name="今日").click()
    page.get_by_role("link", name="V-3").click()
    photograph(page, "检验样品封条照片")
    page.get_by_label("抽样基数").fill("1300 m")
    sign(page, "企业签名")
    confirm(page, PINS)
    looks_well(page)
    page.get_by_role("button", name="记录", exact=True).click()
    (act,) = arrived(page, stand_in, "V-3", "correct")
    assert act["facts"] == {"changes": [{"field": "sampling.base_quantity", "old": "", "new": "1300 m"}]}
    assert {(file["slot"], file["supplement"]) for file in act["evidence"]} == {
        ("seal_test", True),
        ("signature", True),
    }
    assert [one["post"] for one in act["by"]] == [41, 57]


def test_a_new_version_takes_over_with_records_unsent(
    tablet: Page, stand_in: StandIn, server: Server, tmp_path: Path
) -> None:
    """Not while a visit is open, and nothing is lost by it."""
    shutil.copytree(pages.BUILT, tmp_path, dirs_exist_ok=True)
    server.folder = tmp_path
    page = tablet
    enrol(page)
    expect(page.get_by_role("link", name="V-1")).to_be_visible()  # the day is in the store
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    page.reload()
    enter(page, "李强")
    stand_in.silent = True
    page.get_by_role("link", name="V-1").click()
    page.get_by_label("与任务所列一致").select_option("as_listed")
    page.get_by_label("不能拍照的原因").fill("门口不让拍照")
    page.get_by_role("button", name="已到达").click()
    expect(page.locator(".badge")).to_contain_text("未上传 1")
    (old,) = versions(page)
    worker = (tmp_path / "sw.js").read_text(encoding="utf-8")
    (tmp_path / "sw.js").write_text(worker.replace(old.removeprefix("field-"), "0" * 16), encoding="utf-8")
    page.evaluate("navigator.serviceWorker.getRegistration('/field/').then((r) => r.update()).then(() => 1)")
    expect(page.get_by_text("新版本已就绪")).to_be_visible()
    assert page.get_by_role("button", name="现在更新").count() == 0
    page.get_by_role("link", name="今日").click()
    page.get_by_role("button", name="现在更新").click()
    expect(page.get_by_role("heading", name="谁在使用")).to_be_visible()  # it has begun anew
    enter(page, "李强")
    assert versions(page) == ["field-" + "0" * 16]
    expect(page.locator(".badge")).to_contain_text("未上传 1")
    stand_in.silent = False
    page.get_by_role("link", name="发件箱").click()
    page.get_by_role("button", name="现在上传").click()
    log = arrived(page, stand_in, "V-1", "note")
    assert [act["act"] for act in log] == ["arrive", "note"]
    assert "门口不让拍照" in str(log[1]["facts"])


def versions(page: Page) -> list[str]:
    """The versions of the application that are kept."""
    return [name for name in page.evaluate("caches.keys()") if name.startswith("field-")]


def test_a_spoiled_number_and_a_correction_after_the_read_back(tablet: Page, stand_in: StandIn) -> None:
    stand_in.give("visits", json.dumps({"visits": [_visit("V-4", state="prechecked")]}).encode())
    page = tablet
    enrol(page)
    page.get_by_role("link", name="V-4").click()
    page.get_by_label("抽样基数").fill("1200 m")
    page.get_by_role("link", name="6 签字").click()
    expect(page.get_by_text("SC26370181CY010000I")).to_be_visible()
    page.get_by_text("此编号作废").click()
    page.get_by_label("作废的原因").fill("打印时写错")
    page.get_by_role("button", name="作废并取新编号").click()
    expect(page.get_by_text("SC26370181CY010001I")).to_be_visible()
    page.get_by_role("link", name="更正：抽样").click()
    page.get_by_label("抽样基数").fill("1300 m")
    page.get_by_role("link", name="6 签字").click()
    expect(page.get_by_text("1300 m（核对后已更正）")).to_be_visible()
    looks_well(page)
    expect(page.locator(".saving")).to_have_count(0)
    page.reload()
    enter_the_visit(page)
    expect(page.get_by_text("1300 m（核对后已更正）")).to_be_visible()
    expect(page.get_by_text("SC26370181CY010001I")).to_be_visible()
    (act,) = arrived(page, stand_in, "V-4", "void_number")
    assert act["facts"] == {"number": "SC26370181CY010000I", "reason": "打印时写错"}


def test_a_store_that_is_gone_is_noticed_and_reported(tablet: Page, stand_in: StandIn) -> None:
    """All data bases are gone, as when the browser clears them; the visit that was not sent is named."""
    page = tablet
    enrol(page)
    expect(page.get_by_role("link", name="V-1")).to_be_visible()
    stand_in.silent = True
    page.get_by_role("link", name="V-1").click()
    page.get_by_label("与任务所列一致").select_option("as_listed")
    page.get_by_label("不能拍照的原因").fill("门口不让拍照")
    page.get_by_role("button", name="已到达").click()
    expect(page.locator(".badge")).to_contain_text("未上传 1")
    page.goto("about:blank")  # nobody has them open
    page.goto("/field/licences.txt")
    page.evaluate(
        "indexedDB.databases().then((all) => Promise.all(all.map(({name}) => new Promise((done) => {"
        " indexedDB.deleteDatabase(name).onsuccess = done; })))).then(() => 1)"
    )
    stand_in.silent = False
    page.goto("/field/")
    expect(page.get_by_role("alert")).to_contain_text("本机数据已丢失")
    expect(page.get_by_role("alert")).to_contain_text("V-1")
    looks_well(page)
    stand_in.signing_in[:] = [LI, WANG]
    enrol(page)
    expect(page.get_by_role("alert").filter(has_text="V-1")).to_be_visible()
    for _ in range(200):
        lost = {(one["unsent"], one["detail"]) for one in stand_in.reports if one["kind"] == "storage_lost"}
        if (1, "V-1") in lost:
            break
        page.wait_for_timeout(100)
    assert {(1, "V-1")} <= lost <= {(1, "V-1"), (0, "")}  # the other one had a store as well, with nothing unsent
    page.get_by_role("button", name="知道了").click()
    expect(page.get_by_text("本机数据已丢失")).to_have_count(0)


def test_ten_wrong_pins_lock_until_somebody_signs_in(tablet: Page, stand_in: StandIn) -> None:
    page = tablet
    enrol(page)
    page.get_by_role("button", name="锁定").click()
    page.get_by_label("李强").check()
    for _ in range(10):
        page.get_by_label("PIN", exact=True).fill("111222")
        page.get_by_role("button", name="打开").click()
        expect(page.get_by_role("button", name="打开")).to_be_enabled()
        expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("PIN", exact=True).fill(PINS["李强"])
    page.get_by_role("button", name="打开").click()
    expect(page.get_by_role("alert")).to_contain_text("已锁定")
    stand_in.signing_in.append(LI)
    page.get_by_role("link", name="联网登录").click()
    page.get_by_label("PIN", exact=True).fill(PINS["李强"])
    page.get_by_role("button", name="打开").click()
    expect(page.get_by_role("heading", name="今日")).to_be_visible()


def test_cards_by_keyboard(tablet: Page, stand_in: StandIn) -> None:
    page = tablet
    enrol(page)
    page.keyboard.press("/")
    page.keyboard.type("V-3")
    expect(page.locator(".visits > li")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="查验")).to_be_visible()
    page.keyboard.press("Alt+u")
    expect(page.get_by_role("heading", name="发件箱")).to_be_visible()


@pytest.mark.long
def test_t1_two_hundred_visits_are_listed_offline(tablet: Page, stand_in: StandIn) -> None:
    visits = [_visit(f"V-{n:03d}") for n in range(200)]
    stand_in.give("visits", json.dumps({"visits": visits}).encode())
    page = tablet
    enrol(page)
    expect(page.locator("ul.visits > li")).to_have_count(200)
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    page.context.set_offline(offline=True)
    taken = []
    for _ in range(5):
        page.reload()
        page.get_by_label("李强").check()
        page.get_by_label("PIN", exact=True).fill(PINS["李强"])
        page.evaluate(
            """() => { const began = performance.now(); window.listed = new Promise((done) => { const look = () =>
            document.querySelectorAll("ul.visits > li").length >= 200 ? done(performance.now() - began) : requestAnimationFrame(look); look(); }); }"""
        )
        page.get_by_role("button", name="打开").click()
        taken.append(page.evaluate("window.listed"))
    report("T1", from_the_pin_ms=[round(one) for one in taken])
