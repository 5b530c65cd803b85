"""Parameters that come twice: a page answers as if only the last had come, whatever the first one says."""

import re
from typing import Final
from urllib.parse import urlencode

from django.test import Client

from spotcheck.wiring.machine.places import ROOT

_READ: Final = re.compile(r'request\.GET\.get\("(\w+)"|^    (\w+) = (?:_text|_day|forms\.\w+Field)\(', re.MULTILINE)
NAMES: Final = sorted(
    {
        one or other
        for path in (ROOT / "spotcheck").rglob("*.py")
        for one, other in _READ.findall(path.read_text(encoding="utf-8"))
    }
)
"""What any view reads of an address, and what any form reads."""
_CARRIED_ON: Final = re.compile(r'(?:\?|%3F)[^"\s<>]*')
_OF_ITS_OWN: Final = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


def complaint(client: Client, address: str) -> str:
    """What an address answers otherwise when every parameter comes twice; nothing when it is the same."""
    given = [pair.partition("=")[0] for pair in address.partition("?")[2].split("&") if pair]
    last = [(name, "2") for name in NAMES if name not in given]
    twice = [(name, "1") for name, _ in last] + last
    once, doubled = (_seen(client, address, urlencode(query)) for query in (last, twice))
    return "" if once == doubled else f"{once[0]} and {doubled[0]}"


def _seen(client: Client, address: str, query: str) -> tuple[int, str]:
    """Status and text, without what only carries the address on."""
    answer = client.get(f"{address}{'&' if '?' in address else '?'}{query}")
    content = (answer.getvalue() if answer.streaming else answer.content).decode("utf-8", "replace")
    is_text = answer.headers.get("Content-Type", "").startswith("text/")
    return answer.status_code, _CARRIED_ON.sub("", _OF_ITS_OWN.sub("", content)) if is_text else ""
