"""The vectors of ``web/LOG.md``, made by the server's own code: ``python -m tests.tablet.vectors`` writes them."""

import base64
import hashlib
import json
from datetime import date
from typing import Any

from spotcheck.rules import bar_index, canonical, field_log
from spotcheck.tablet import proofs
from spotcheck.wiring.machine.places import ROOT
from tests.tablet.keys import Key

HOME = ROOT / "web" / "vectors"
PIECE = 512 * 1024
PACKAGE = hashlib.sha256(b"a package of the vectors").hexdigest()
VISIT, BATCH = "SD2026-001", "0197f4aa-1111-7abc-8def-000000000001"

VALUES: list[Any] = [
    None, True, False, 0, -1, 9007199254740991, "", "a", "0.10", [], {}, [1, [2, [3]]],
    {"b": 1, "a": 2, "A": 3, "_": 4, "10": 5, "9": 6, "a.b": 7},
    "济南历下恒信五金商行", "引号“”和\"\\/", "\b\f\n\r\t\u0001\u001f\u007f", "\u2028\u2029\u00a0\ufeff",
    "𠮷野家 🧪", {"z": [{"b": None, "a": "中"}], "y": {"x": {}}}, "<script>&amp;'", "é e\u0301",
]  # fmt: skip

PARTS = [
    "", " ", "/", "Q/370112 TSH 001-2024", "ｑ／３７０１１２　ＴＳＨ　００１—２０２４", "GB/T 5023.3-2008", "gb/t 5023.3–2008", "GB/T 5023.3−2008",
    "泰山 红", "泰\u200b山红", "60227 IEC 01 (BV) 450/750V 2.5mm²", "60227 IEC 01（BV）450/750V 2.5㎜²", "RVV 3×1.5", "straße", "Ω µ é", "№5", "~a～b∼c",
]  # fmt: skip

PRODUCTS = [
    ("91370112MA3C0T1A04", "GB/T 5023.3-2008", "泰山红", "60227 IEC 01 (BV) 450/750V 2.5mm²", date(2026, 1, 12), False),
    ("91370112MA3C0T1A04", "GB/T 5023.3-2008", "泰山红", "60227 IEC 01 (BV) 450/750V 2.5mm²", date(2025, 12, 1), True),
    ("章丘童乐玩具厂", "GB 6675.1-2014", "", "TL-08", date(2026, 3, 17), True),
    ("91370102MA3C0T1B0J", "", "", "", date(2025, 9, 14), False),
    ("91370102MA3C0T1B0J", "", "", "X", date(2025, 9, 13), False),
]
ON = date(2026, 3, 17)


def canonical_vectors() -> dict[str, Any]:
    return {
        "vectors": [
            {"value": value, "text": canonical.text_of(value), "sha256": canonical.hash_of(value)} for value in VALUES
        ],
        "refused": ["1.5", "9007199254740992", "-9007199254740992", '"\\ud800"', '{"名": 1}', '{"a": [0.1]}'],
    }


def at(hour: str) -> dict[str, Any]:
    return {
        "wall": f"2026-03-17T{hour}.512+08:00",
        "best": f"2026-03-17T{hour}.000+08:00",
        "by": "server+mono",
        "jump": 0,
        "anchor": "2026-03-17T08:01:00.000+08:00",
    }


def acts() -> list[dict[str, Any]]:
    """Four acts of a log, with their hashes."""
    both = [{"post": 41, "pin": True}, {"post": 57, "pin": True}]
    photo = {
        "sha256": hashlib.sha256(b"a picture").hexdigest(), "slot": "outside", "name": "IMG_0001.jpg", "type": "image/jpeg",
        "size": 9, "at": at("09:30:05"), "source": "camera", "orientation": 0, "camera": "back",
        "position": {"lat": "36.651200", "lon": "117.120090", "accuracy": "12", "age": "8", "mock": False},
    }  # fmt: skip
    said: list[tuple[str, str, dict[str, Any], dict[str, Any], list[Any]]] = [
        ("arrive", "09:30:10", {"firm": "as_listed", "note": ""}, {}, [photo]),
        ("show", "09:34:00", {"form1": "鲁市监质抽通〔2026〕1号", "form2": None, "ids": [41, 57], "read_out": True, "receiver": "陈明"}, {}, []),
        ("sampling.present_notice", "09:35:00", {}, {"sampling": {"receiver": "陈明"}}, []),
        ("sampling.pass_precheck", "09:50:00", {"suspicion": "none", "commissioned": False}, {}, []),
    ]  # fmt: skip
    made: list[dict[str, Any]] = []
    for place, (name, hour, facts, particulars, evidence) in enumerate(said, start=1):
        act = {
            "id": f"0197f4aa-0000-7abc-8def-{place:012d}", "visit": VISIT, "seq": place, "act": name, "on": "2026-03-17",
            "at": at(hour), "facts": facts, "particulars": particulars, "evidence": evidence, "by": both,
            "prev": made[-1]["hash"] if made else PACKAGE,
        }  # fmt: skip
        made.append(act | {"hash": field_log.hash_of(act)})
    return made


def chain_vectors() -> dict[str, Any]:
    made = acts()
    unhashed = [{name: value for name, value in act.items() if name != "hash"} for act in made]
    return {"package": PACKAGE, "acts": made, "texts": [canonical.text_of(act) for act in unhashed]}


def batch_vectors() -> dict[str, Any]:
    body = {
        "visit": VISIT, "batch": BATCH, "app": "1.0.0", "schema": field_log.SCHEMA, "device_now": "2026-03-17T10:25:00.000+08:00",
        "log": PACKAGE, "acts": acts(),
    }  # fmt: skip
    text = canonical.text_of(body)
    path = f"/api/v1/field/visits/{VISIT}/batches/{BATCH}"
    return {"path": path, "text": text, "sha256": hashlib.sha256(text.encode()).hexdigest()}


def proof_vectors() -> dict[str, Any]:
    """A key, requests, what is signed, and one signature of each (a browser makes another one each time)."""
    key = Key(0x0C0FFEE0C0FFEE0C0FFEE0C0FFEE0C0FFEE0C0FFEE0C0FFEE0C0FFEE0C0FFEE0)
    batch = batch_vectors()
    sent = [("POST", "/api/v1/field/sessions", "{}"), ("PUT", batch["path"], batch["text"])]
    moment = "2026-03-17T02:25:00.000Z"
    return {
        "public_key": key.public,
        "private_key": key.private,
        "requests": [
            {
                "method": method,
                "path": path,
                "body": body,
                "at": moment,
                "signed": proofs.signed_text(method, path, body.encode(), moment).decode(),
                "header": key.proof(method, path, body.encode(), moment),
            }
            for method, path, body in sent
        ],
    }


def pieces_vectors() -> dict[str, Any]:
    """Files of known bytes: byte ``i`` is ``i * 31 % 251``."""
    found = []
    for size in (1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE + 7):
        content = bytes(i * 31 % 251 for i in range(size))
        pieces = [content[start : start + PIECE] for start in range(0, size, PIECE)]
        digests = [base64.b64encode(hashlib.sha256(piece).digest()).decode() for piece in pieces]
        found.append(
            {
                "size": size,
                "sha256": hashlib.sha256(content).hexdigest(),
                "pieces": [{"size": len(piece), "content_digest": f"sha-256=:{digest}:"} for piece, digest in zip(pieces, digests, strict=True)],
            }
        )  # fmt: skip
    return {"piece": PIECE, "byte": "i * 31 % 251", "files": found}


def bar_vectors() -> dict[str, Any]:
    checks = [(bar_index.key(*names), day, samr) for *names, day, samr in PRODUCTS]
    index = bar_index.built(checks, on=ON)
    asked = [checks[0][0], checks[2][0], checks[3][0], checks[4][0], bar_index.key("A", "B", "C", "D")]
    answers = []
    for key in asked:
        hit = bar_index.look_up(index, key)
        answers.append({"key": key, "hit": None if hit is None else {"day": hit.day.isoformat(), "samr": hit.samr}})
    starts = 4 * (bar_index.BUCKETS + 1)
    return {
        "parts": [{"text": text, "part": bar_index.part(text)} for text in PARTS],
        "keys": [{"of": names, "key": bar_index.key(*names)} for *names, _day, _samr in PRODUCTS],
        "index": {
            "on": ON.isoformat(),
            "checks": [{"key": key, "day": day.isoformat(), "samr": samr} for key, day, samr in checks],
            "sha256": hashlib.sha256(index).hexdigest(),
            "size": len(index),
            "head_base64": base64.b64encode(index[:16]).decode(),
            "tail_base64": base64.b64encode(index[16 + starts :]).decode(),
        },
        "look_ups": answers,
    }


MADE = {
    "canonical": canonical_vectors,
    "chain": chain_vectors,
    "batch": batch_vectors,
    "proof": proof_vectors,
    "pieces": pieces_vectors,
    "bar": bar_vectors,
}
"""Every file of vectors, by its name."""


def written(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for name, make in MADE.items():
        (HOME / f"{name}.json").write_text(written(make()), encoding="utf-8")
