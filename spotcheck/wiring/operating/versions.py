"""Which version each part runs: the worker notes its own with every sweep, and that of the beat which woke it."""

import socket
from datetime import datetime
from functools import cache
from importlib import metadata
from typing import Any, Final

from spotcheck.docket import clock
from spotcheck.docket.models import Beat
from spotcheck.wiring.operating import databases

HEADER: Final = "spotcheck_beat"
"""Under this name the beat says its version with every message."""
RECENT: Final = 10 * 60
"""So many seconds after its last sign a part counts as running."""
PARTS: Final = "part "


@cache
def own() -> str:
    """The version of this program and of the tables it wants."""
    try:
        number = metadata.version("spotcheck")
    except metadata.PackageNotFoundError:
        number = "?"
    return f"{number} {databases.fingerprint().split()[-1][:12]}"


def note(sent_by: str) -> None:
    """Note the version of this worker, and that of the beat that sent it."""
    now, worker = clock.now(), f"{PARTS}worker {socket.gethostname()}"[:40]
    detail: dict[str, Any] = {"version": own(), "beat": sent_by}
    Beat.objects.update_or_create(name=worker, defaults={"at": now, "detail": detail})


def others(now: datetime) -> list[str]:
    """The parts that ran lately and are of another version than this process."""
    since = clock.later(now, -RECENT)
    found = []
    for beat in Beat.objects.filter(name__startswith=PARTS, at__gt=since).order_by("name"):
        host = beat.name.removeprefix(f"{PARTS}worker ")
        if beat.detail.get("version") != own():
            found.append(f"worker ({host})")
        if beat.detail.get("beat") not in {own(), ""}:
            found.append("beat")
    return found
