"""The checklist of the papers: every statement beside what the article that it cites says (``citations.yaml``).

It stands in the page of the templates, between two marks; what is around them is written by hand.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from spotcheck.handbook import markdown
from spotcheck.rules.sd_2021_1.forms import FORMS
from spotcheck.rules.sd_2021_1.letters import LETTERS
from spotcheck.rules.texts import of_yaml

BEGIN: Final = "<!-- Written by `spotcheck regulation` from citations.yaml. Change the table there. -->"
END: Final = "<!-- Here ends what is written by itself. -->"
GONE: Final = "gone"
_HEAD: Final = ("paper", "statement", "articles", "what they say, or on what it rests", "beside the text")


def checklist(folder: Path) -> str:
    """The table of all statements of all papers, and of those that went, as it stands in the page."""
    said: dict[Any, list[dict[str, Any]]] = of_yaml((folder / "citations.yaml").read_text(encoding="utf-8"))
    rows = [_row(key, one) for key, ones in said.items() if key != GONE for one in ones]
    gone = [(_paper(one["paper"]), one["said"], one["cited"] or "", one["because"]) for one in said[GONE]]
    without = [
        f"{len(rows)} statements. Those that went, with the reason:",
        "",
        *markdown.table(("paper", "statement", "cited", "why it went"), gone),
    ]
    return "\n".join([*markdown.table(_HEAD, rows), "", *without])


def current(folder: Path) -> str:
    """The page of the templates as it should be; raises ``ValueError`` when the marks are not in it."""
    page = (folder / "README.md").read_text(encoding="utf-8")
    before, begin, rest = page.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{folder / 'README.md'}: the marks of the checklist are missing")
    return f"{before}{BEGIN}\n\n{checklist(folder)}\n\n{END}{after}"


def is_stale(folder: Path) -> bool:
    """Whether the page on disk says another thing than the table."""
    return (folder / "README.md").read_text(encoding="utf-8") != current(folder)


def write(folder: Path) -> bool:
    """Bring the page up to date; whether it was not."""
    was_stale = is_stale(folder)
    if was_stale:
        (folder / "README.md").write_text(current(folder), encoding="utf-8")
    return was_stale


def _row(key: int | str, one: dict[str, Any]) -> tuple[object, ...]:
    cites: dict[int, str] = one.get("cites", {})
    return _paper(key), one["says"].removeprefix("^"), markdown.numbers(sorted(cites)), "; ".join(_why(one)), one["was"]


def _why(one: dict[str, Any]) -> Iterator[str]:
    cites: dict[int, str] = one.get("cites", {})
    yield from (f"{number}: {words}" for number, words in sorted(cites.items()))
    if "rests" in one:
        yield f"rests on {one['rests']}"


def _paper(key: int | str) -> str:
    """The paper as a reader finds it: number and title."""
    return f"{key} {FORMS[key].title.zh}" if isinstance(key, int) else LETTERS[key].title.zh
