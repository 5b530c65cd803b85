"""Bodies as programs send them, for the description of the addresses; a test holds each to the shape that it shows."""

from collections.abc import Mapping
from typing import Any, Final

_BY: Final = {"by": "J1001", "on": "2026-03-05"}
_FILE: Final = "6f1c2b1e-8f5d-4c1e-9a57-2f5f0f1f7a10"

RECEIVING: Final[Mapping[str, Any]] = _BY | {
    "at": "2026-03-05T09:30:00+08:00",
    "units": [
        {"unit": "T", "seal_state": "intact", "seal_number": "2026031801", "condition": "外包装干燥、无破损"},
        {"unit": "R", "seal_state": "intact", "seal_number": "2026031802"},
    ],
}
REFUSING: Final[Mapping[str, Any]] = _BY | {
    "unit": "T",
    "reason": "broken_seal",
    "seal_number": "2026031801",
    "explanation": "封条左侧撕开约三厘米，封条编号可辨",
    "photos": [_FILE],
}
VERIFIED: Final[Mapping[str, Any]] = _BY | {"licence": "valid"}
ISSUING: Final[Mapping[str, Any]] = _BY | {"inspector": "J1002"}
RECORDING: Final[Mapping[str, Any]] = _BY | {
    "results": [
        {"number": "1", "value": "7.40", "unit": "Ω/km", "uncertainty": {"value": "0.03", "k": "2"}},
        {"number": "2", "value": "0.01", "qualifier": "<", "unit": "mg/kg", "lod": "0.01"},
        {"number": "3", "present": False, "lod": "0.01"},
        {"number": "4", "text": "标志完整清晰", "verdict": "pass"},
        {"number": "5", "specimens": [{"value": "12.4"}, {"value": "12.6"}, {"value": "12.50", "mark": "+"}]},
        {"number": "6", "grade": "B2"},
    ],
}
DECLARING: Final[Mapping[str, Any]] = _BY | {
    "items": [{"number": "1", "limit": {"kind": "range", "high": "7.20", "unit": "Ω/km", "shown": "≤7.20"}}],
    "evidence": [_FILE],
}
DANGER: Final[Mapping[str, Any]] = _BY | {
    "danger": True,
    "items": [{"name": "气密性", "kind": "safety", "limit": "≤0.14", "value": "0.92", "unit": "L/h"}],
    "report": _FILE,
}
ENDED: Final[Mapping[str, Any]] = _BY | {"retain": True, "kept_at": "样品库 3 号架", "kept_until": "2026-09-30"}
REPORTING: Final[Mapping[str, Any]] = _BY | {
    "number": "J2026-0001",
    "conclusion": "nonconforming",
    "report": _FILE,
    "analysis": "0f0e5a52-58a5-4f3f-8d55-5c2f0a6f7b11",
    "reviewed_by": "J1003",
}
HANDING_OVER: Final[Mapping[str, Any]] = _BY | {
    "seal_state": "intact",
    "seal_number": "2026031802",
    "film": {"sha256": "0f" * 32, "size": 734003200, "kept_by": "检测中心 档案室"},
}
RETEST_REPORTING: Final[Mapping[str, Any]] = _BY | {"number": "R2026-0001", "report": _FILE}
CONCLUDING: Final[Mapping[str, Any]] = _BY | {
    "position": "upholds",
    "reasons": "复核原始记录和仪器校准记录，测量不确定度远小于超差，原结论成立",
    "document": _FILE,
}

LIMIT: Final = (
    "`kind` says which fields it has. `range`: `low`, `high` (one may be absent), `low_inclusive`, `high_inclusive` "
    "(true where they are absent), `comparison` (`full`, or `rounded` with its `interval`). `absence`: nothing may be "
    "found, by a method that reaches `required_lod`. `text`: `text`, judged by a person. `grade`: `grades` from the "
    "lowest to the highest, `lowest` the lowest that passes. `each`: `n` specimens, `each` a range for every one and "
    "`mean` one for their mean (one of the two may be absent). `information`: reported and not judged. "
    "`not_applicable`: its `reason`, and no result. All have `unit`, and `shown`, the limit as it is printed. Numbers "
    "are texts."
)
"""What a limit says, in one breath; ``rules/limits.py`` has it in a table."""
