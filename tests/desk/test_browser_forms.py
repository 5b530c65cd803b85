"""Forms of the second edition in a real Chromium: the draw in two steps, places by name, people by the drawn order."""

from datetime import date

import pytest
from playwright.sync_api import Browser, expect

from spotcheck.docket import clock
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Dossier, Entry
from spotcheck.parties.models import Offering
from spotcheck.planning import samplers
from spotcheck.planning.operations import open_task
from tests.desk import world as cast
from tests.desk.test_acts_on_screen import address_of
from tests.desk.test_browser import VIEWS, Desk, _wrong, heard


@pytest.fixture
def desk(site: str) -> Desk:
    """A case in rectification, a retest whose unit was lost, a target that waits for its visit, a task to be drawn."""
    world = cast.build()
    cast.continued()
    today = clock.today().toordinal()

    def day(before: int) -> date:
        return date.fromordinal(today - before)

    dossier = world.reported("SD-0001", day(60), day(40))
    world.told(dossier, "P", day(39), day(37))
    world.ordered(dossier, "P", "county", day(38), day(35))
    world.act(world.matter(dossier, "rectification").record_order_receipt, by="county", on=day(34))
    objection = MATTERS["objection"].new(dossier, dossier.parties.get(label="P"))
    world.act(objection.file, by="enterprise", on=day(30))
    for act in ("start_verification", "order_retest", "record_decision_receipt"):
        world.act(getattr(world.matter(dossier, "objection"), act), by="province", on=day(28))
    unit = world.matter(dossier, "sample", "R")
    world.act(unit.compromise, by="lab", on=day(20), cause="lab", evidence="冷柜断电记录及温度曲线")
    world.task(day(3), world.target("SD-0002", ("P", "sampled_producer", "cable")))
    for number in range(30):
        Offering.objects.create(
            enterprise=world.enterprises["toys" if number % 2 else "cable"],
            kind="producer",
            product_kind="电线电缆",
            product_name="聚氯乙烯绝缘软电缆",
            model=f"RVV {number}×1.5",
            brand="泰山红",
        )
    task = open_task("RW-1", "电线电缆专项抽查", on=day(2), product_kind="电线电缆")
    world.act(task.set_scheme, by="province", on=day(2), type="special", trigger="public_opinion")
    world.act(task.engage_agencies, by="province", on=day(2))
    world.sampled_until_precheck("SD-0003", day(3))
    notice = world.task(day(1), world.target("SD-0004", ("P", "sampled_producer", "cable"))).dossier.children.get()
    world.act(world.matter(notice, "sampling").present_notice, by="sampler", on=day(1))
    return Desk(site, world, dossier, names=("county", "province", "sampler"))


def of(number: str) -> Dossier:
    return Dossier.objects.get(number=number)


def test_the_draw_goes_from_candidates_over_the_frozen_list_to_the_record(desk: Desk, browser: Browser) -> None:
    """Three pages, no seed on the first two; the record of the draw stands on the page of the task."""
    page = desk.context(browser, "province", locale="zh-CN").new_page()
    with heard(page) as said:
        page.goto(f"{desk.site}/dossiers/RW-1/")
        page.get_by_role("link", name="随机抽取企业和抽样人员").click()
        expect(page.locator("[aria-current=step]")).to_have_text("选定候选名单")
        page.get_by_label("抽样环节").select_option("producer")
        page.get_by_role("button", name="查看候选名单").click()
        expect(page.locator("[aria-current=step]")).to_have_text("冻结名单")
        page.get_by_role("button", name="冻结这份 31 行的名单").click()
        expect(page.locator("#told")).to_contain_text("名单已冻结")
        expect(page.locator("[aria-current=step]")).to_have_text("从冻结的名单中抽取")
        assert "种子" not in (page.locator("form").last.inner_text() + page.locator("section").first.inner_text())
        page.get_by_label("抽取企业数").fill("3")
        page.get_by_role("button", name="随机抽取").click()
        expect(page.get_by_label("抽取企业数")).to_have_accessible_description(
            "⚠ 请填写 1 至 2 的整数：名单上有 2 家企业。"
        )
        page.get_by_label("抽取企业数").fill("2")
        page.get_by_label("抽取批次数").fill("6")
        page.get_by_role("button", name="随机抽取").click()
        expect(page.locator("#told")).to_contain_text("已抽取 6 个对象")
        log = of("RW-1").task_set.get().draw_log
        expect(page.get_by_role("region", name="抽取记录").first).to_contain_text(log.seed)
    assert [text for text in said if "422" not in text] == []


def test_a_place_is_found_by_a_part_of_its_name_and_the_letter_comes_with_the_other_province(
    desk: Desk, browser: Browser
) -> None:
    """What hangs on the answer comes and goes with it; a name that is none has its error beside it and stays."""
    page = desk.context(browser, "county", locale="zh-CN").new_page()
    with heard(page) as said:
        page.goto(desk.site + address_of(of("SD-0001"), "rectification", "transfer_jurisdiction"))
        expect(page.get_by_label("省局致外省的函")).to_be_hidden()
        page.get_by_label("省外").check()
        expect(page.get_by_label("省局致外省的函")).to_be_visible()
        expect(page.get_by_label("省份")).to_be_visible()
        page.get_by_label("省内").check()
        expect(page.get_by_label("省局致外省的函")).to_be_hidden()
        box = page.get_by_role("combobox", name="市、县（市、区）")
        box.fill("市中区")
        page.get_by_label("实际经营地的地址").fill("辽宁路 80 号")
        page.get_by_label("对实际经营地的核实情况").fill("注册地已无经营，租赁合同显示已迁至新址")
        page.get_by_role("button", name="移交管辖").click()
        box = page.get_by_role("combobox", name="市、县（市、区）")
        expect(page.get_by_text("有几处：济南市市中区、枣庄市市中区")).to_be_visible()
        expect(box).to_have_value("市中区")
        expect(box).to_be_focused()
        expect(page.get_by_label("对实际经营地的核实情况")).to_have_value("注册地已无经营，租赁合同显示已迁至新址")
        box.fill("市北区")
        page.get_by_role("button", name="移交管辖").click()
        expect(page.locator("#told")).to_contain_text("已移交管辖")
    assert [text for text in said if "422" not in text] == []
    assert of("SD-0001").parties.get().place == "370203"


def test_who_cannot_come_is_replaced_by_the_next_one_in_the_sheet(desk: Desk, browser: Browser) -> None:
    """A choice, a reason, and the name of who comes instead: nothing is typed."""
    page = desk.context(browser, "province", locale="zh-CN").new_page()
    with heard(page) as said:
        page.goto(desk.site + address_of(of("SD-0002"), "sampling", "replace_sampler", ""))
        expect(page.locator(".given")).to_have_text("陈静")
        page.get_by_label("李娜").check()
        page.get_by_label("患病").check()
        page.get_by_role("button", name=button_of("sampling", "replace_sampler")).click()
        page.wait_for_url("**/dossiers/SD-0002/")
    assert said == []
    assert samplers.present(of("SD-0002")) == ["张伟", "陈静"]


def button_of(chart: str, method: str) -> str:
    return MATTERS[chart].spec_of(method).words.label.zh


def test_without_a_photograph_the_reason_is_asked_for(desk: Desk, browser: Browser) -> None:
    """The one goes when the other is written."""
    page = desk.context(browser, "sampler", locale="zh-CN").new_page()
    page.goto(desk.site + address_of(of("SD-0003"), "sampling", "record_obstruction", ""))
    reason = page.get_by_label("没有影像的原因")
    expect(reason).to_be_visible()
    page.get_by_label("照片或者录像").fill("厂门照片")
    page.get_by_label("照片或者录像").blur()
    expect(reason).to_be_hidden()
    page.get_by_label("照片或者录像").fill("")
    page.get_by_label("照片或者录像").blur()
    expect(reason).to_be_visible()


def test_forms_of_the_second_edition_are_accessible_and_fit(desk: Desk, browser: Browser) -> None:
    """In every look: the three pages of the draw, the place, the samplers, the decision anew, commissioned production."""
    wish = "?product_kind=电线电缆&channel=on_site"
    pages = [
        ("province", "/dossiers/RW-1/draw/"),
        ("province", f"/dossiers/RW-1/draw/{wish}"),
        ("county", address_of(of("SD-0001"), "rectification", "transfer_jurisdiction")),
        ("county", address_of(of("SD-0001"), "rectification", "close_dissolved")),
        ("province", address_of(of("SD-0001"), "objection", "decide_anew", "1")),
        ("province", address_of(of("SD-0002"), "sampling", "replace_sampler", "")),
        ("sampler", address_of(of("SD-0002"), "sampling", "present_notice", "")),
        ("sampler", address_of(of("SD-0004"), "sampling", "pass_precheck", "")),
    ]
    found: list[str] = []
    for language, width, scheme in VIEWS:
        for name in {name for name, _address in pages}:
            context = desk.context(
                browser, name, locale=language, viewport={"width": width, "height": 900}, color_scheme=scheme
            )
            page = context.new_page()
            with heard(page) as said:
                for address in [address for who, address in pages if who == name]:
                    page.goto(desk.site + address)
                    for box in page.locator("input[value=outside], input[name=commissioned][value='1']").all():
                        box.check()
                    found += _wrong(page, f"{language} {width} {address}")
                if name == "province" and Entry.objects.filter(act="task.draw_targets").count() == 3:
                    page.goto(f"{desk.site}/dossiers/RW-1/draw/{wish}")
                    page.locator("button.main").click()
                    found += _wrong(page, f"{language} {width} frozen")
                    page.locator("#f-number").fill("2")
                    page.locator("button.main").click()
                    found += _wrong(page, f"{language} {width} drawn")
            found += said
            context.close()
    assert not found, "\n".join(dict.fromkeys(found))
