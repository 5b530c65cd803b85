"""Which tests cite which article.

In Python a test cites with ``art35`` in its name, or with "Article 35", "Art. 35", "Articles 35, 38 to 41" or
第三十五条 in a text; a story with its ``articles``.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from spotcheck.rules.articles import cite
from spotcheck.rules.sd_2021_1.articles import ARTICLES
from spotcheck.rules.texts import of_yaml

_NAMED = re.compile(r"(?<![a-z])art(\d{1,2})(?=_|\b)")
_LISTED = re.compile(r"\bArt(?:icle)?s?\.?\s+(\d{1,2}(?:\(\d\))?(?:\s*(?:,|and|or|to|-)\s*\d{1,2}(?:\(\d\))?)*)")
_SPAN = re.compile(r"(\d{1,2})(?:\(\d\))?\s*(?:to|-)\s*(\d{1,2})")
_CHINESE = {cite(number).zh: number for number in ARTICLES}
_IN_CHINESE = re.compile("|".join(sorted(_CHINESE, key=len, reverse=True)))


def citations(tests: Path) -> dict[int, list[str]]:
    """Return the test files that cite each article, by their paths below the folder of the tests."""
    found: dict[int, list[str]] = defaultdict(list)
    for path in sorted((*tests.rglob("*.py"), *tests.rglob("*.yaml"))):
        cited = set(_in_story(path) if path.suffix == ".yaml" else in_text(path.read_text(encoding="utf-8")))
        for number in sorted(cited & set(ARTICLES)):
            found[number].append(path.relative_to(tests).as_posix())
    return found


def in_text(text: str) -> Iterator[int]:
    """Yield the articles that a text cites, with repetition."""
    for match in _NAMED.finditer(text):
        yield int(match[1])
    for match in _LISTED.finditer(text):
        for first, last in _SPAN.findall(match[1]):
            yield from range(int(first), int(last) + 1)
        yield from (int(number) for number in re.findall(r"(?<!\()\b\d{1,2}\b(?!\))", match[1]))
    for name in _IN_CHINESE.findall(text):
        yield _CHINESE[name]


def _in_story(path: Path) -> list[int]:
    story = of_yaml(path.read_text(encoding="utf-8"))
    return list(story.get("articles") or ()) if isinstance(story, dict) else []
