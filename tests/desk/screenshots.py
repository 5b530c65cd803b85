"""Take the pictures of the desk anew, from a system with the demonstration loaded (``./run``, then this).

.venv/bin/python tests/desk/screenshots.py [http://127.0.0.1:8000]
"""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path(__file__).parents[2] / "docs" / "images"
SITE = "http://127.0.0.1:8000"


@contextmanager
def page_of(browser: Browser, site: str, account: str, **options: object) -> Iterator[Page]:
    """A window of one of the demonstration's people; an empty name is a stranger."""
    context = browser.new_context(base_url=site, timezone_id="Asia/Shanghai", **({"locale": "zh-CN"} | options))
    page = context.new_page()
    page.goto("/login/")
    if account:
        page.click(f"button[value='{account}']")
        page.wait_for_load_state("networkidle")
    yield page
    context.close()


def take(page: Page, name: str) -> None:
    """Keep what is on the screen now."""
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / f"{name}.png")
    sys.stdout.write(f"docs/images/{name}.png\n")


def first(page: Page, address: str) -> str:
    """The address of the first dossier of a list."""
    page.goto(address)
    return str(page.locator(".line-number").first.get_attribute("href"))


def main(site: str) -> None:
    """Take all of them."""
    IMAGES.mkdir(exist_ok=True)
    wide = {"width": 1280, "height": 900}
    tall = {"width": 1280, "height": 1120}
    tablet = {"width": 820, "height": 1180}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        with page_of(browser, site, "", viewport=wide) as page:
            take(page, "sign-in")
        with page_of(browser, site, "demo.lanshan", viewport=wide) as page:
            page.goto("/")
            take(page, "today")
        with page_of(browser, site, "demo.province", viewport=wide) as page:
            page.goto("/dossiers/?kind=sample&stage=rectifying")
            take(page, "search")
        with page_of(browser, site, "demo.linyi", viewport=tall) as page:
            page.goto("/figures/")
            take(page, "figures")
        with page_of(browser, site, "demo.province", viewport=tablet, has_touch=True, color_scheme="dark") as page:
            page.goto("/figures/")
            take(page, "figures-tablet")
        with page_of(browser, site, "demo.linyi", viewport=tall, locale="en-GB") as page:
            page.goto("/figures/")
            take(page, "figures-en")
        with page_of(browser, site, "demo.lanshan", viewport=tall) as page:
            page.goto(first(page, "/dossiers/?stage=failed"))
            take(page, "dossier")
        with page_of(browser, site, "demo.lanshan", viewport=wide) as page:
            page.goto(first(page, "/dossiers/?stage=rectifying"))
            page.locator(".clock .why").first.click()
            page.wait_for_selector("#sheet[open]")
            take(page, "why-this-day")
        with page_of(browser, site, "demo.lanshan", viewport=tablet, has_touch=True, color_scheme="dark") as page:
            page.goto(first(page, "/dossiers/?stage=recheck"))
            take(page, "dossier-tablet")
        with page_of(browser, site, "demo.lanshan", viewport=tall, locale="en-GB") as page:
            page.goto(first(page, "/dossiers/?stage=rectifying"))
            take(page, "dossier-en")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else SITE)
