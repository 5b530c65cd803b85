"""What a sampler does on the screens, card by card, for the tests that play a visit."""

from collections.abc import Mapping

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect


def looks_well(page: Page) -> None:
    """Accessible, and inside its width, upright and across."""
    for size in ({"width": 1280, "height": 800}, {"width": 390, "height": 844}, {"width": 800, "height": 1280}):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), size
    violations = Axe().run(page).response["violations"]
    assert violations == [], [(one["id"], [node["html"] for node in one["nodes"]]) for one in violations]


def photograph(page: Page, question: str) -> None:
    """Take a picture for a question."""
    group = page.get_by_role("group", name=question)
    group.get_by_role("button", name="拍照").click()
    page.get_by_role("button", name="按下快门").click()
    expect(group.get_by_role("status")).to_contain_text("已拍 1 张")


def sign(page: Page, question: str) -> None:
    """Draw a signature."""
    group = page.get_by_role("group", name=question)
    canvas = group.locator("canvas")
    expect(canvas).to_have_attribute("aria-busy", "false")  # who draws before there is ink draws nothing
    canvas.hover(position={"x": 20, "y": 40})  # scrolled to, and nothing moves any more
    box = canvas.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 40)
    page.mouse.down()
    for step in range(8):
        page.mouse.move(box["x"] + 30 + 20 * step, box["y"] + 40 + 30 * (step % 2))
    page.mouse.up()
    group.get_by_role("button", name="保存签名").click()
    expect(group.get_by_text("签名已存")).to_be_visible()


def confirm(page: Page, pins: Mapping[str, str]) -> None:
    """Everybody confirms by the own PIN."""
    for name, pin in pins.items():
        page.get_by_label(f"{name}的 PIN").fill(pin)


def arrive_and_show(page: Page, number: str, notice: str, pins: Mapping[str, str]) -> None:
    """The first two cards of a visit of the list, or of the one that is open."""
    if number:
        page.get_by_role("link", name=number).click()
    expect(page.get_by_role("heading", name="到达")).to_be_visible()
    page.get_by_label("与任务所列一致").select_option("as_listed")
    photograph(page, "单位外观照片")
    page.get_by_role("button", name="已到达").click()
    expect(page.get_by_role("heading", name="出示")).to_be_visible()
    expect(page.get_by_text(notice).first).to_be_visible()
    page.get_by_label("已告知抽查").check()
    page.get_by_label("两名抽样人员均已出示证件").check()
    page.get_by_label("企业接收人").fill("陈明")
    sign(page, "接收人签名")
    confirm(page, pins)
    page.get_by_role("button", name="已出示").click()
    expect(page.get_by_role("heading", name="查验")).to_be_visible()


def check_through(page: Page) -> None:
    """The third card."""
    photograph(page, "营业执照照片")
    page.get_by_label("已查验登记").check()
    expect(page.get_by_text("索引中没有六个月内的抽查")).to_be_visible()
    page.get_by_label("是否委托加工").select_option("no")
    page.get_by_role("button", name="查验通过").click()
    expect(page.get_by_role("heading", name="抽样", exact=True)).to_be_visible()


def take_samples(page: Page) -> None:
    """The fourth card, with what it says while a picture is missing."""
    page.get_by_label("抽样基数").fill("1200 m")
    page.get_by_label("检验样品数量").fill("100 m")
    page.get_by_label("备用样品数量").fill("100 m")
    page.get_by_label("单价").fill("3.20")
    photograph(page, "付款凭证照片")
    for slot in ("抽样地点照片", "贮存环境照片", "标识照片", "库存照片"):
        photograph(page, slot)
    expect(page.get_by_role("button", name="继续")).to_be_disabled()
    expect(page.locator(".missing")).to_contain_text("抽样过程照片（第十六条）")
    looks_well(page)
    photograph(page, "抽样过程照片")
    page.get_by_role("button", name="继续").click()
    expect(page.get_by_role("heading", name="封样")).to_be_visible()


def seal_apart(page: Page) -> None:
    """The fifth card: one number cannot be on two seals."""
    for question, number in (("检验样品封条编号", "F-001"), ("备用样品封条编号", "F-001")):
        page.get_by_label(question, exact=False).first.fill(number)
        page.get_by_label(f"再输入一次：{question}").fill(number)
    expect(page.get_by_text("两份样品的封条编号不能相同").first).to_be_visible()
    page.get_by_label("备用样品封条编号", exact=False).first.fill("F-002")
    page.get_by_label("再输入一次：备用样品封条编号").fill("F-002")
    photograph(page, "检验样品封条照片")
    photograph(page, "备用样品封条照片")
    page.get_by_label("备用样品（第十八条）").select_option("take")
    page.get_by_role("button", name="继续").click()
    expect(page.get_by_role("heading", name="抽样单核对")).to_be_visible()
