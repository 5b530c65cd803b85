"""Roots kept elsewhere: written as lines of text, and compared with those of the database.

Whoever has yesterday's file finds what an owner of the tables has done to everything, roots and all.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from spotcheck.docket.audit import seal_of
from spotcheck.docket.entries import Break
from spotcheck.docket.models import AuditRoot

FIELDS: Final = ("day", "dossiers", "root", "records", "book", "kept", "previous", "seal")


def lines() -> Iterator[str]:
    """Yield every root as one line of JSON, in the order of writing."""
    for root in AuditRoot.objects.order_by("pk").iterator():
        yield json.dumps(_said(root), ensure_ascii=False, separators=(",", ":"))


def compare(kept: Iterable[str]) -> Iterator[Break]:
    """Compare lines that were kept elsewhere with the roots there are; yield what is missing, other, or out of order.

    Raises :class:`ValueError` for a line that is no root.
    """
    present = {root.day.isoformat(): (number, root) for number, root in enumerate(AuditRoot.objects.order_by("pk"))}
    last = -1
    for number, line in enumerate(kept, start=1):
        if not line.strip():
            continue
        said = _read(line, number)
        place, root = present.get(said["day"], (last, None))
        if root is None:
            yield Break(said["day"], 0, "the root that was kept elsewhere is missing here")
            continue
        if _said(root) != said:
            yield Break(said["day"], 0, "the root differs from the one that was kept elsewhere")
        elif said["seal"] and seal_of(root) != said["seal"]:
            yield Break(said["day"], 0, "the root was changed")
        if place <= last:
            yield Break(said["day"], 0, "the root stands in another order than the one that was kept elsewhere")
        last = max(last, place)


def _said(root: AuditRoot) -> dict[str, Any]:
    return {name: getattr(root, name) for name in FIELDS} | {"day": root.day.isoformat()}


def _read(line: str, number: int) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except ValueError:
        said = None
    if not isinstance(said, dict) or set(said) != set(FIELDS):
        raise ValueError(number)
    return said
