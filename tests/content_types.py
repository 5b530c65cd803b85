"""What an answer says it is, held against what it is."""

import json
from typing import Any, Final

BEGINNINGS: Final = {
    "application/pdf": b"%PDF",
    "application/zip": b"PK",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": b"PK",
    "image/jpeg": b"\xff\xd8\xff",
}
TEXTS: Final = ("text/html", "text/plain")
_JSON: Final = ("application/json", "application/problem+json")


def complaint(answer: Any) -> str:
    """What is wrong with the type of an answer; nothing where it is right, or where there is no content."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if not content:
        return ""
    said = answer.headers.get("Content-Type", "")
    kind, _, more = said.partition(";")
    if kind in TEXTS:
        content.decode("utf-8")
        is_page = content.lstrip().startswith(b"<")
        return (
            ""
            if more.strip().endswith("charset=utf-8") and (kind != "text/html" or is_page)
            else f"{said}: {content[:40]!r}"
        )
    if kind in _JSON:
        json.loads(content)
        return ""
    return "" if kind in BEGINNINGS and content.startswith(BEGINNINGS[kind]) else f"{said}: {content[:40]!r}"
