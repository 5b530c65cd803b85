"""Lists, the oldest first, page by page: one way for all of them."""

from typing import Any, Final

from spotcheck.api import cursors
from spotcheck.api.doors import Call

LIMIT: Final = {"type": "integer", "minimum": 1, "maximum": cursors.MOST}
LIST: Final = {"after": {"type": "string", "maxLength": 500}, "limit": LIMIT}
"""What may be asked of any list: the cursor of the page before, and how many."""


def page(call: Call, name: str, rows: Any) -> tuple[list[Any], str | None]:
    """The rows of the page that is asked for, and the cursor of the next one; ``name`` is that of the list.

    Raises ``cursor-unknown``, ``cursor-too-old`` and ``invalid``.
    """
    of = f"{name}:{call.caller.office.pk}"
    most = cursors.limit(call.request)
    if cursor := call.request.GET.get("after", ""):
        rows = rows.filter(pk__gt=cursors.read(cursor, of=of)[0])
    found: list[Any] = list(rows.order_by("pk")[: most + 1])
    more = len(found) > most
    return found[:most], cursors.written([found[most - 1].pk], of=of) if more else None
