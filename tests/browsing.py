"""What the tests with a browser have in common."""

from playwright.sync_api import Page

_SETTLED = """new Promise((done) => {
  const look = () => document.fonts.status === "loaded" && !document.querySelector(".htmx-request")
    ? done(true) : setTimeout(look, 10);
  look();
})"""


def settled(page: Page) -> None:
    """Wait until a page is whole: loaded with its scripts, its typefaces there, no part of it on its way.

    ``networkidle`` would wait half a second more for every page, on the quickest machine too.
    """
    page.wait_for_load_state("load")
    page.evaluate(_SETTLED)
