"""The sample data of every form and letter, and how they are drawn in these tests."""

import json
from functools import cache
from typing import Any

from spotcheck.notices.catalogue import HOME
from spotcheck.notices.render import Drawn, Marks, draw
from spotcheck.notices.templates import templates

KEYS = list(templates())
MARKS = Marks(url="http://127.0.0.1:8000/p/7KQ2M9XWPD4H6TBN?n=1", code="7KQ2-M9XW-PD4H-6TBN")


def name_of(key: int | str) -> str:
    return f"{key:02d}" if isinstance(key, int) else key


def sample(key: int | str) -> dict[str, Any]:
    """The committed sample data of a form or letter; a copy that may be changed."""
    data: dict[str, Any] = json.loads((HOME / "samples" / f"{name_of(key)}.json").read_text(encoding="utf-8"))
    return data


@cache
def drawn(key: int | str) -> Drawn:
    return draw(templates()[key], sample(key), MARKS)
