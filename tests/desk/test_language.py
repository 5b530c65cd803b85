"""Chinese first, English complete: all translated, no English on Chinese pages, no state names."""

import json
import re
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.test import Client

from spotcheck.docket import clock
from spotcheck.docket.flow import MATTERS
from spotcheck.parties.provinces import NAMES
from spotcheck.rules.charts import CHARTS
from tests.desk.msgids import COMMON, ROOT, messages
from tests.desk.test_parts import thorough
from tests.desk.world import SLIP, World

CATALOGUES = sorted({COMMON, *(ROOT / "spotcheck").glob("*/locale/en/LC_MESSAGES/django.po")})
CJK = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
PAGES = ("/", "/messages/", "/papers/", "/dossiers/", "/dossiers/{number}/", "/post/", "/plans/new/", "/tasks/new/")


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def test_english_has_every_message_and_no_other(path: Path) -> None:
    """Nothing untranslated, nothing fuzzy, nothing left over; the plurals too.

    Words of a library that Chinese says anew may be said anew in English as well.
    """
    chinese = path.parents[2] / "zh_Hans" / "LC_MESSAGES" / "django.po"
    anew = {(entry.msgid, entry.msgid_plural) for entry in polib.pofile(str(chinese))} if chinese.exists() else set()
    wanted = {(message.msgid, message.plural) for message in messages() if message.catalogue == path}
    catalogue = polib.pofile(str(path))
    found = {(entry.msgid, entry.msgid_plural) for entry in catalogue if not entry.obsolete}
    assert found - (anew - wanted) == wanted
    assert [entry.msgid for entry in catalogue.untranslated_entries() + catalogue.fuzzy_entries()] == []
    for entry in catalogue:
        for text in entry.msgstr_plural.values() or [entry.msgstr]:
            assert not CJK.search(text), entry.msgid


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def test_english_fills_in_what_chinese_does(path: Path) -> None:
    """The same placeholders on both sides."""

    def names(text: str) -> set[str]:
        return set(re.findall(r"%\((\w+)\)", text))

    for entry in polib.pofile(str(path)):
        if entry.msgid_plural:
            assert names(entry.msgstr_plural[1]) == names(entry.msgid) >= names(entry.msgstr_plural[0]), entry.msgid
        else:
            assert names(entry.msgstr) == names(entry.msgid), entry.msgid


def test_templates_hold_no_words_outside_of_messages() -> None:
    """A word that is not marked is a word that stays Chinese on an English page."""
    marked = re.compile(r"{%\s*blocktranslate.*?endblocktranslate\s*%}|{%.*?%}|{{.*?}}", re.DOTALL)
    for path in (ROOT / "spotcheck" / "desk" / "templates").rglob("*.html"):
        plain = marked.sub("", path.read_text(encoding="utf-8")).replace("中文", "").replace("\u3000", "")
        assert not CJK.search(plain), path.name


class _Words(HTMLParser):
    """The words of a page and its readable attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in {"script", "style", "code"}
        if not self.silent:
            self.words += [
                value or "" for name, value in attrs if name in {"aria-label", "placeholder", "title", "alt"}
            ]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"script", "style", "code"}

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(data)


def words_of(html: str) -> str:
    """What a reader of the page reads or hears."""
    parser = _Words()
    parser.feed(html)
    return " ".join(parser.words)


# What is Latin on a Chinese page: keys, numbers of standards and dossiers, the other language.
LATIN = re.compile(r"English|PDF|ZIP|PNG|JPEG|Enter|Esc|EMS|GB/T|SD|IEC|BV|JH|JC|Ω/km|CN|mm|[jk?/#]|Form")


@pytest.mark.parametrize("name", ["province", "county", "lab", "enterprise"])
def test_chinese_pages_are_chinese(world: World, client_of: Callable[[str], Client], name: str) -> None:
    """No English word, no name of a state, an act or a guard."""
    dossier = thorough(world)
    client = client_of(name)
    with clock.simulated(date(2024, 8, 20)):
        addresses = [page.format(number=dossier.number) for page in PAGES]
        addresses += [f"/dossiers/{dossier.number}/?tab={tab}" for tab in ("papers", "items", "clocks", "parties")]
        for address in addresses:
            text = words_of(client.get(address).content.decode())
            stray = set(re.findall(r"[A-Za-z][A-Za-z_]{3,}", LATIN.sub("", text)))
            assert not stray, address


def test_pages_never_show_names_of_the_program(world: World, client_of: Callable[[str], Client]) -> None:
    """In English neither: a state is called by its words."""
    names = {state for chart in CHARTS.values() for state in chart.states if "_" in state}
    names |= {spec.name for chart in CHARTS for spec in MATTERS[chart].specs()}
    dossier = thorough(world)
    for person in ("province", "county"):
        client = client_of(person)
        with clock.simulated(date(2024, 8, 20)):
            for address in (
                "/",
                "/messages/",
                f"/dossiers/{dossier.number}/",
                f"/dossiers/{dossier.number}/?tab=clocks",
            ):
                text = words_of(client.get(address, headers={"Accept-Language": "en"}).content.decode())
                assert not [name for name in names if name in text], address


def test_english_pages_are_english_but_for_what_people_wrote(world: World, client_of: Callable[[str], Client]) -> None:
    """Chinese on an English page is a name, a title, a number or the text of a document; every form of an act too."""
    dossier = thorough(world)
    county, province = client_of("county"), client_of("province")
    written = "".join(
        [
            "中文鲁市监质监规字〔〕号年度省级监督抽查计划",
            *(office.name for office in world.offices.values()),
            *(enterprise.name for enterprise in world.enterprises.values()),
            *(post.user.full_name for post in world.posts.values()),
            *(getattr(dossier, name) for name in ("product_kind", "product_name", "brand", "standard")),
            dossier.parent.title,
            *(name for item in dossier.items.all() for name in (item.name, item.value, item.limit)),
            "张伟李娜王强完整清晰",
            SLIP,
            *NAMES.values(),
            *(paper.number + json.dumps(paper.snapshot, ensure_ascii=False) for paper in dossier.papers.all()),
        ]
    )
    with clock.simulated(date(2024, 8, 20)):
        addresses = [(county, "/"), (province, "/"), (province, "/plans/new/"), (county, "/nowhere/")]
        addresses += [(county, f"/dossiers/{dossier.number}/?tab={tab}") for tab in ("entries", "items", "clocks")]
        addresses += [
            (county, address)
            for address in re.findall(
                r'href="(/dossiers/[^"]+/acts/[^"]+)"', county.get(f"/dossiers/{dossier.number}/").content.decode()
            )
        ]
        pages = county.get(f"/dossiers/{dossier.number}/?tab=papers").content.decode()
        addresses += [(county, address) for address in re.findall(r'href="(/dossiers/[^"]+/service/[^"]+)"', pages)]
        addresses += [(county, address) for address in re.findall(r'href="(/dossiers/[^"]+/particulars/)"', pages)]
        assert len(addresses) > 15
        for client, address in addresses:
            text = words_of(client.get(address, headers={"Accept-Language": "en"}).content.decode())
            assert set(CJK.findall(text)) <= set(written), (address, set(CJK.findall(text)) - set(written))


def test_the_language_is_switched_without_leaving_the_page(client_of: Callable[[str], Client]) -> None:
    """The button brings one back to where one was."""
    client = client_of("county")
    answer = client.post("/i18n/setlang/", {"language": "en", "next": "/dossiers/?q=abc"})
    assert (answer.status_code, answer.url) == (302, "/dossiers/?q=abc")
    assert "Find a dossier" in client.get("/dossiers/?q=abc").content.decode()


def test_one_chinese_text_has_one_english() -> None:
    """Catalogues are merged: where two differ, one shows the words of the other, whatever stands in its own."""
    found: dict[tuple[str | None, str], set[str]] = {}
    for path in CATALOGUES:
        for entry in polib.pofile(str(path)):
            if not entry.obsolete:
                found.setdefault((entry.msgctxt, entry.msgid), set()).add(f"{entry.msgstr}{entry.msgstr_plural}")
    assert {text: english for text, english in found.items() if len(english) > 1} == {}
