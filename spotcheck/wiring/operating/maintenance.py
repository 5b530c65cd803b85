"""Maintenance: announced on every page at once, writing refused from a minute on, and over by itself when it was to be.

One row says it to all machines; each process looks at it again every ten seconds. Reading goes on, and is recorded as
ever; the sweep goes on, so that no period is late.
"""

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from spotcheck.docket import book, clock
from spotcheck.docket.models import Beat
from spotcheck.docket.sessions import session

NAME: Final = "maintenance"
CACHED_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class Maintenance:
    """From when until when nothing can be recorded, and why."""

    begins: datetime
    ends: datetime
    says: str

    def refuses(self, now: datetime) -> bool:
        """Whether nothing can be recorded at this moment."""
        return self.begins <= now < self.ends

    @property
    def span(self) -> dict[str, datetime]:
        """Both ends as the clocks of Shandong show them."""
        return {"begins": clock.local(self.begins), "ends": clock.local(self.ends)}


@dataclass(slots=True)
class _Seen:
    """What this process saw when it looked last."""

    at: float = 0.0
    found: Maintenance | None = None


_seen: Final = _Seen(at=float("-inf"))


def announce(*, begins: datetime, ends: datetime, says: str, account: str) -> Maintenance:
    """Announce it, in the place of what was announced before; the book says by which account of the machine."""
    made = Maintenance(begins, ends, says)
    with session():
        before = _read()
        detail = {"ends": ends.isoformat(), "says": says}
        Beat.objects.update_or_create(name=NAME, defaults={"at": begins, "detail": detail})
        _write(before, made, account)
    forget()
    return made


def end(*, account: str) -> bool:
    """End it now; False where there was none."""
    with session():
        before = _read()
        if before is None:
            return False
        Beat.objects.filter(name=NAME).delete()
        _write(before, None, account)
    forget()
    return True


def present(now: datetime) -> Maintenance | None:
    """What is announced and not over, as this process knows it."""
    if time.monotonic() - _seen.at > CACHED_SECONDS:
        _seen.found, _seen.at = _read(), time.monotonic()
    found = _seen.found
    return found if found is not None and now < found.ends else None


def forget() -> None:
    """Look again next time."""
    _seen.at = float("-inf")


def _read() -> Maintenance | None:
    beat = Beat.objects.filter(name=NAME).first()
    if beat is None:
        return None
    return Maintenance(beat.at, datetime.fromisoformat(beat.detail["ends"]), str(beat.detail["says"]))


def _write(before: Maintenance | None, after: Maintenance | None, account: str) -> None:
    book.write(
        "settings.maintenance",
        by=None,
        user=None,
        subject=("site", NAME),
        before=_told(before),
        after=_told(after),
        address=account,
    )


def _told(one: Maintenance | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {name: f"{moment:%Y-%m-%d %H:%M}" for name, moment in one.span.items()} | {"note": one.says}
