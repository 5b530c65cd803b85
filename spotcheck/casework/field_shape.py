"""What a batch and its acts look like (``web/LOG.md``): exactly these names, each of its kind."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from spotcheck.rules.days import day_of
from spotcheck.rules.field_log import moment_of

MOST_ACTS: Final = 300
MOST_FILES: Final = 100
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)")
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_ESTIMATES: Final = ("server+mono", "server+wall", "wall")
SOURCES: Final = ("camera", "file", "drawn")
SLOTS: Final = (
    "place", "storage", "marking", "stock", "process", "outside", "seal_test", "seal_reserve", "seal_of_firm",
    "licence", "contract", "voucher", "signed_sheet", "signature", "records", "workshop", "warehouse",
    "film", "screenshot", "other",
)  # fmt: skip
"""Where a file belongs, by what it shows."""
Check = Callable[[Any], bool]


class Misshapen(ValueError):
    """Something has not the form; ``where`` says what, ``seq`` in which act (0: in the batch itself)."""

    def __init__(self, where: str, seq: int = 0) -> None:
        self.where, self.seq = where, seq
        super().__init__(f"{seq}: {where}")


def check_batch(said: Mapping[str, Any]) -> None:
    """Raise :class:`Misshapen`."""
    _hold(said, _BATCH, 0, "")
    for act in said["acts"]:
        seq = act.get("seq") if isinstance(act, dict) else 0
        number = seq if isinstance(seq, int) and not isinstance(seq, bool) else 0
        if not isinstance(act, dict):
            raise Misshapen("acts")
        _hold(act, _ACT, number, "")
        for file in act["evidence"]:
            _hold(file, _FILE, number, "evidence.", _FILE_MAY)
        if act["visit"] != said["visit"]:
            raise Misshapen("visit", number)


def _hold(value: Any, names: Mapping[str, Check], seq: int, where: str, may: Mapping[str, Check] | None = None) -> None:
    """Hold an object to its names."""
    if not isinstance(value, dict):
        raise Misshapen(where.rstrip("."), seq)
    known = {**names, **(may or {})}
    wrong = [name for name in value if name not in known] + [name for name in names if name not in value]
    wrong += [name for name in value if name in known and not known[name](value[name])]
    if wrong:
        raise Misshapen(f"{where}{wrong[0]}", seq)


def _is_uuid(value: Any) -> bool:
    try:
        return isinstance(value, str) and str(UUID(value)) == value
    except ValueError:
        return False


def _text(most: int, least: int = 0) -> Check:
    return lambda value: isinstance(value, str) and least <= len(value) <= most


def _whole(least: int = 0) -> Check:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= least


def _list(most: int, of: Check, least: int = 0) -> Check:
    return lambda value: isinstance(value, list) and least <= len(value) <= most and all(map(of, value))


def _is_moment(value: Any) -> bool:
    try:
        return isinstance(value, str) and _MOMENT.fullmatch(value) is not None and bool(moment_of(value))
    except ValueError:
        return False


def _is_hash(value: Any) -> bool:
    return isinstance(value, str) and _HASH.fullmatch(value) is not None


def _is_at(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == {"wall", "best", "by", "jump", "anchor"}
        and all(_is_moment(value[name]) for name in ("wall", "best", "anchor"))
        and value["by"] in _ESTIMATES
        and _whole(least=-(2**53))(value["jump"])
    )


def _is_behind(value: Any) -> bool:
    if not isinstance(value, dict) or value.keys() != {"post", "pin"}:
        return False
    return _whole(1)(value["post"]) and isinstance(value["pin"], bool)


def _groups(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(inner, dict) for inner in value.values())


_BATCH: Final[Mapping[str, Check]] = {
    "visit": _text(60, 1),
    "batch": _is_uuid,
    "app": _text(30),
    "schema": _whole(1),
    "device_now": _is_moment,
    "log": _is_hash,
    "acts": _list(MOST_ACTS, lambda act: isinstance(act, dict), 1),
}
_ACT: Final[Mapping[str, Check]] = {
    "id": _is_uuid,
    "visit": _text(60, 1),
    "seq": _whole(1),
    "act": _text(60, 1),
    "on": lambda value: isinstance(value, str) and day_of(value) is not None,
    "at": _is_at,
    "facts": lambda value: isinstance(value, dict),
    "particulars": _groups,
    "evidence": _list(MOST_FILES, lambda file: isinstance(file, dict)),
    "by": _list(10, _is_behind),
    "prev": _is_hash,
    "hash": _is_hash,
}
_FILE: Final[Mapping[str, Check]] = {
    "sha256": _is_hash,
    "slot": lambda value: value in SLOTS,
    "name": _text(200, 1),
    "type": _text(100),
    "size": _whole(1),
    "at": _is_at,
    "source": lambda value: value in SOURCES,
}
_FILE_MAY: Final[Mapping[str, Check]] = {
    "position": lambda value: isinstance(value, dict),
    "orientation": lambda value: value in (0, 90, 180, 270),
    "camera": _text(100),
    "answers": _list(10, _text(60)),
    "truncated": lambda value: isinstance(value, bool),
    "reason": _text(200),
    "supplement": lambda value: isinstance(value, bool),
}
