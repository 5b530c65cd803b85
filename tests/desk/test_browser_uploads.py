"""Files with an act in a real Chromium: chosen, dropped, pasted, removed, refused, recorded; for keys and fingers."""

from base64 import b64encode
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from spotcheck.docket import clock
from spotcheck.docket.models import Evidence
from spotcheck.files import receiving
from spotcheck.files.models import Upload
from spotcheck.wiring.machine.processes import Child
from tests.desk import world as cast
from tests.desk.test_acts_on_screen import address_of
from tests.desk.test_browser import VIEWS, Desk, _wrong, heard
from tests.files import good, hostile, making

PUT = """([part, kind, name, type, content]) => {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], name, { type }));
  const event = kind === "drop"
    ? new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true })
    : new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  part.dispatchEvent(event);
}"""


@pytest.fixture
def desk(site: str) -> Desk:
    """A case whose order is to be issued."""
    world = cast.build()
    cast.continued()
    today = clock.today().toordinal()

    def day(before: int) -> date:
        return date.fromordinal(today - before)

    dossier = world.reported("SD-0001", day(60), day(40))
    world.told(dossier, "P", day(39), day(37))
    world.ordered(dossier, "P", "county", day(38), day(35))
    made = Desk(site, world, dossier, names=("county",))
    made.act = site + address_of(dossier, "rectification", "transfer_jurisdiction")
    return made


def put(page: Page, kind: str, name: str, media_type: str, content: bytes) -> None:
    """Drop or paste a file."""
    part = page.locator("[data-uploads]").element_handle()
    page.evaluate(PUT, [part, kind, name, media_type, b64encode(content).decode()])


def test_files_are_chosen_dropped_pasted_and_removed_and_go_with_the_act(
    desk: Desk, browser: Browser, tmp_path: Path
) -> None:
    """Each way ends in a line with its kind; a bad file is told by its reason; nothing is lost by a refusal."""
    chosen = tmp_path / "询问笔录.pdf"
    chosen.write_bytes(making.plain())
    page = desk.context(browser, "county", locale="zh-CN").new_page()
    with heard(page) as said:
        page.goto(desk.act)
        page.get_by_label("选择文件").set_input_files(chosen)
        lines = page.locator("[data-file]")
        expect(lines).to_have_count(1)
        put(page, "drop", "现场.jpg", "image/jpeg", good.photograph())
        expect(lines).to_have_count(2)
        expect(lines.last.get_by_label("材料种类")).to_have_value("photo")
        put(page, "paste", "截图.png", "image/png", good.picture_of_a_screen())
        expect(lines).to_have_count(3)
        put(page, "drop", "坏的.pdf", "application/pdf", hostile.pdf_with_a_named_script())
        expect(page.get_by_role("status").filter(has_text="没有收下")).to_contain_text("自动执行")
        expect(lines).to_have_count(3)
        lines.first.get_by_label("材料种类").select_option("minutes")
        lines.nth(1).get_by_role("button", name="移除").press("Enter")
        expect(lines).to_have_count(2)
        page.get_by_role("button", name="移交管辖").click()  # nothing is filled in
        expect(page.locator("[data-file]")).to_have_count(2)
        expect(page.locator("[data-file]").first.get_by_label("材料种类")).to_have_value("minutes")
        page.get_by_label("省内").check()
        page.get_by_role("combobox", name="市、县（市、区）").fill("市北区")
        page.get_by_label("实际经营地的地址").fill("辽宁路 80 号")
        page.get_by_label("对实际经营地的核实情况").fill("注册地已无经营，租赁合同显示已迁至新址")
        page.get_by_role("button", name="移交管辖").click()
        expect(page.locator("#told")).to_contain_text("已移交管辖")
    assert [text for text in said if "422" not in text and "400" not in text] == []
    assert set(Evidence.objects.values_list("name", "kind")) == {
        ("询问笔录.pdf", "minutes"),
        ("截图.png", "application"),
    }
    assert not Upload.objects.exists()


def test_a_film_is_checked_by_a_worker_while_the_form_waits(
    desk: Desk, browser: Browser, celery_worker_process: Callable[..., Child], tmp_path: Path
) -> None:
    """Its last piece is answered at once; the line says that it is being checked, and becomes the file when it is."""
    film = tmp_path / "拆封.mp4"
    film.write_bytes(making.film(data=b"\0" * (receiving.AT_ONCE + 1)))
    page = desk.context(browser, "county", locale="zh-CN").new_page()
    with heard(page) as said:
        page.goto(desk.act)
        page.get_by_label("选择文件").set_input_files(film)
        expect(page.get_by_role("status").filter(has_text="正在检查")).to_contain_text("拆封.mp4", timeout=20_000)
        page.get_by_role("button", name="移交管辖").click()
        expect(page.locator("#e-files")).to_have_count(0)  # a file that is on its way is not yet one of the form
        celery_worker_process()
        page.goto(desk.act)
        page.get_by_label("选择文件").set_input_files(film)
        expect(page.locator("[data-file]").get_by_label("材料种类")).to_have_value("film", timeout=40_000)
    assert [text for text in said if "422" not in text] == []


def test_the_component_is_accessible_and_fits_with_a_file_in_it(desk: Desk, browser: Browser) -> None:
    """No serious violation and no scrolling sideways, in both languages, light and dark, on a telephone too."""
    for locale, wide, scheme in VIEWS:
        options = {"locale": locale, "viewport": {"width": wide, "height": 900}, "color_scheme": scheme}
        page = desk.context(browser, "county", **options).new_page()
        page.goto(desk.act)
        put(page, "drop", "a-photograph-with-a-rather-long-name-of-a-site-check.jpg", "image/jpeg", good.photograph())
        expect(page.locator("[data-file]")).to_have_count(1)
        assert _wrong(page, f"{locale} {wide} {scheme}") == []
