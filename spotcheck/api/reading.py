"""Reading a body: once, whole, strictly; and what it says of days and moments."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.http.request import UnreadablePostError

from spotcheck.api import quick
from spotcheck.api.problems import Problem, Wrong
from spotcheck.api.shapes import Shape
from spotcheck.casework.doing import MOST_AHEAD_SECONDS
from spotcheck.docket import clock
from spotcheck.rules import strict_json
from spotcheck.rules.words import Words

LARGEST: Final = 1024 * 1024
"""Bytes of a body that is no file."""
JSON: Final = "application/json"
_OTHER_DAY: Final = Words(
    "at 不在 on 所说的日期之内（山东时间）", "at does not lie in the day of on (time of Shandong)"
)


def body_of(request: HttpRequest) -> bytes:
    """The bytes of a body; raises ``not-json`` and ``too-large``."""
    if request.content_type != JSON:
        raise Problem("not-json")
    try:
        sent = request.body
    except RequestDataTooBig:
        raise Problem("too-large") from None
    except UnreadablePostError:
        raise Problem("malformed") from None
    if len(sent) > LARGEST:
        raise Problem("too-large")
    return sent


def read(sent: bytes, shape: type[Shape]) -> dict[str, Any]:
    """What a body says, in its types; raises ``malformed`` and ``invalid``, with every place that is wrong."""
    try:
        said = strict_json.loads(sent.decode("utf-8"))
    except UnicodeDecodeError:
        raise Problem("malformed", detail=Words("不是 UTF-8", "this is not UTF-8")) from None
    except strict_json.IllFormed as wrong:
        raise Problem("malformed", wrong=[Wrong(wrong.pointer, "json", wrong.words)]) from None
    if not isinstance(said, dict):
        raise Problem("malformed", wrong=[Wrong("", "type", Words("须是一个对象", "this has to be an object"))])
    if (found := quick.read(said, shape)) is not None:
        return found
    form = shape(data=said)
    if not form.is_valid():
        raise Problem("invalid", wrong=list(_wrong(form.errors, "")))
    return dict(form.validated_data)


def check_when(body: Mapping[str, Any], now: datetime) -> None:
    """Raise where the day or the moment of an act cannot be right: by our clock, the day in Shandong."""
    on: date | None = body.get("on")
    at: datetime | None = body.get("at")
    if on is not None and on > clock.today_of(now):
        raise Problem("in-the-future", wrong=[Wrong("/on", "future", Words("日期在今天之后", "it lies after today"))])
    if at is None:
        return
    if (at - now).total_seconds() > MOST_AHEAD_SECONDS:
        raise Problem("clock-ahead", server_time=clock.local(now).isoformat())
    if on is not None and clock.today_of(at) != on:
        raise Problem("invalid", wrong=[Wrong("/at", "day", _OTHER_DAY)])


def _wrong(errors: Any, pointer: str) -> Iterator[Wrong]:
    """Every place that is wrong, by its pointer (RFC 6901)."""
    if isinstance(errors, Mapping):
        for name, inner in errors.items():
            here = pointer if name == "non_field_errors" else f"{pointer}/{_escaped(name)}"
            yield from _wrong(inner, here)
        return
    for place, inner in enumerate(errors):
        if isinstance(inner, Mapping):
            yield from _wrong(inner, f"{pointer}/{place}")
        else:
            yield Wrong(pointer, str(getattr(inner, "code", "invalid")), str(inner))


def _escaped(name: Any) -> str:
    return str(name).replace("~", "~0").replace("/", "~1")
