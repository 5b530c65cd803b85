"""Every statement of every paper stands beside what its article says (``forms_templates/citations.yaml``)."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from spotcheck.notices.catalogue import HOME
from spotcheck.notices.template import Template
from spotcheck.notices.templates import templates
from spotcheck.rules.sd_2021_1.articles import ARTICLES
from spotcheck.rules.sd_2021_1.forms import FORMS
from spotcheck.rules.sd_2021_1.letters import LETTERS
from spotcheck.rules.texts import of_yaml
from tests.notices.papers import KEYS, name_of

NAMED = re.compile(r"\{article:(\d+)\}")
OTHER_LAW = "（《中华人民共和国产品质量法》第十六条）"


@cache
def table() -> dict[int | str, list[dict[str, Any]]]:
    """The rows by paper."""
    found: dict[int | str, list[dict[str, Any]]] = of_yaml((HOME / "citations.yaml").read_text(encoding="utf-8"))
    return found


def statements(template: Template) -> Iterator[tuple[str, frozenset[int]]]:
    """Every sentence, right and note, with the articles it cites."""
    for block in template.blocks:
        said = list(block.items) if block.kind == "rights" else []
        if block.kind in {"say", "note"}:
            said.append((block.text, block.cites))
        for text, cites in said:
            yield text, frozenset(cites) | {int(number) for number in NAMED.findall(text)}


def _fits(piece: str, text: str) -> bool:
    return text.startswith(piece[1:]) if piece.startswith("^") else piece in text


@pytest.mark.parametrize("key", KEYS, ids=name_of)
def test_a_statement_cites_what_its_row_says(key):
    rows = table()[key]
    used = set()
    for text, cites in statements(templates()[key]):
        fitting = [n for n, row in enumerate(rows) if _fits(row["says"], text)]
        assert len(fitting) == 1, f"{text}: {[rows[n]['says'] for n in fitting]}"
        row = rows[fitting[0]]
        used.add(fitting[0])
        assert cites == set(row.get("cites", {})), text
    assert [row["says"] for n, row in enumerate(rows) if n not in used] == []


@pytest.mark.parametrize("key", KEYS, ids=name_of)
def test_a_row_says_what_its_articles_say_or_on_what_it_rests(key):
    for row in table()[key]:
        assert set(row) <= {"says", "cites", "rests", "was"}
        assert row["was"] in {"kept", "changed", "new"}
        assert row.get("cites") or row.get("rests")
        assert set(row.get("cites", {})) <= set(ARTICLES)
        assert all(len(words) > 10 for words in row.get("cites", {}).values())


@pytest.mark.parametrize("key", KEYS, ids=name_of)
def test_a_paper_rests_on_what_it_cites_and_no_more(key):
    """The articles in its head are those of its statements and those on which the rules put it."""
    cited = {number for _text, cites in statements(templates()[key]) for number in cites}
    registered = FORMS[key] if isinstance(key, int) else LETTERS[key]
    assert set(templates()[key].articles) == cited | set(registered.articles)


@pytest.mark.parametrize("key", KEYS, ids=name_of)
def test_an_article_is_not_typed_by_hand(key):
    """Articles are cited by number, so that they are found; another law is named with its title."""
    for text, _cites in statements(templates()[key]):
        assert not re.search(r"第[一二三四五六七八九十]+条", text.replace(OTHER_LAW, ""))


def test_what_went_is_named_with_its_reason_and_stands_nowhere():
    for row in table()["gone"]:
        assert set(row) == {"paper", "said", "cited", "because"}
        assert row["paper"] in templates()
        assert len(row["because"]) > 15
    standing = "".join(text for template in templates().values() for text, _cites in statements(template))
    for words in ("视为承认", "立即停止生产", "不停止改正", "先行支付", "不再受理对同一检验结论", "照常计算"):
        assert words not in standing
