"""A server in the place of the real one: it keeps the protocol of ``web/LOG.md`` to the letter and remembers what it was sent.

It believes nothing: digests, pieces, chains and batches are computed anew with the program's own code. A test says when
an answer is swallowed after everything was done, or a request cut before it was read to its end.
"""

import base64
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Lock
from typing import Any
from urllib.parse import unquote

from spotcheck.rules.canonical import text_of as canonical
from tests.field.serving import Answer, Asked

PIECE = 524_288
NOW = "2026-03-17T10:25:01.000+08:00"


@dataclass
class StandIn:
    """What has arrived, and how often it was repeated."""

    cuts: float = 0.0
    seed: int = 1
    silent: bool = False
    now: Callable[[], str] = lambda: NOW
    escrow: dict[str, Any] | None = None
    signing_in: list[tuple[int, int, str]] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    reports: list[dict[str, Any]] = field(default_factory=list)
    unsent: list[int] = field(default_factory=list)
    parts: dict[str, bytes] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    blocks: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    pieces: dict[str, dict[int, bytes]] = field(default_factory=dict)
    acts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    batches: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    park: set[str] = field(default_factory=set)
    delays: dict[str, float] = field(default_factory=dict)
    paths: list[tuple[str, str]] = field(default_factory=list)
    refuse_once: list[tuple[str, Answer]] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    swallowed: int = 0
    repeats: int = 0
    bytes_of_pieces: int = 0

    def __post_init__(self) -> None:
        self._lock = Lock()
        self._chance = random.Random(self.seed)

    def __call__(self, asked: Asked) -> Answer | None:
        """Answer what stands below the door; nothing for the files of the application."""
        path = asked.path.split("?")[0]
        if not path.startswith("/api/v1/field/"):
            return None
        self.paths.append((asked.method, asked.path))
        if self.silent:
            return Answer(503, cut=True)
        answer = self._under_lock(asked, path)
        time.sleep(next((late for pattern, late in self.delays.items() if re.search(pattern, path)), 0))
        return answer

    def _under_lock(self, asked: Asked, path: str) -> Answer:
        with self._lock:
            for place, (pattern, answer) in enumerate(self.refuse_once):
                if re.search(pattern, f"{asked.method} {path}"):
                    del self.refuse_once[place]
                    return answer
            answer = self._answer(asked, path.removeprefix("/api/v1/field"))
            if self._chance.random() < self.cuts:
                self.swallowed += 1
                return answer._replace(cut=True)
        return answer

    def _answer(self, asked: Asked, path: str) -> Answer:
        open_to_all = {"/time": self._time, "/devices": self._device, "/sessions": self._session}
        if path in open_to_all:
            return open_to_all[path](asked)
        if asked.headers.get("authorization") != "Bearer sft_test" or not asked.headers.get("device"):
            return refused("unauthenticated", 401)
        for pattern, answer in self._doors.items():
            if found := re.fullmatch(pattern, path):
                return answer(asked, *found.groups())
        return refused("not-found", 404)

    @property
    def _doors(self) -> dict[str, Callable[..., Answer]]:
        return {
            r"/files/status": self._status,
            r"/files/([0-9a-f]{64})/pieces/(\d+)": self._piece,
            r"/files/([0-9a-f]{64})/complete": self._complete,
            r"/files/([0-9a-f]{64})": self._whole,
            r"/visits/([^/]+)/batches/([0-9a-f-]{36})": self._batch,
            r"/reports": self._report,
            r"/feed": self._feed,
            r"/day": self._day,
            r"/blocks": self._block,
            r"/parts/([0-9a-f]{64})": lambda _asked, name: Answer(200, self.parts[name]),
        }

    def _report(self, asked: Asked) -> Answer:
        said = json.loads(asked.body)
        self.reports.append(said)
        self.unsent.append(said["unsent"])
        return Answer(204)

    def _feed(self, asked: Asked) -> Answer:
        """Everything each time, as a server that is not sure may tell it; whoever reads drops what he has."""
        return told({"changes": self.changes, "next": f"c{len(self.changes)}"})

    def _time(self, _asked: Asked) -> Answer:
        return told({"now": self.now()})

    def _device(self, asked: Asked) -> Answer:
        said = json.loads(asked.body)
        if not said["encrypted"] or "device-proof" not in asked.headers:
            self.wrong.append("enrolled without what is needed")
        if said["code"] != "K7":
            return refused("code-over", 410)
        about = {"device": "0197f3aa-0000-7abc-8def-000000000001", "name": "平板 3", "inventory": "ZC-0317"}
        return told({**about, "office": "济南质检院", "escrow_key": self.escrow, "now": self.now()}, 201)

    def _session(self, asked: Asked) -> Answer:
        if "authorization" in asked.headers or not self.signing_in or "device-proof" not in asked.headers:
            return refused("unauthenticated", 401)
        user, post, name = self.signing_in.pop(0)
        return told({"token": "sft_test", "user": user, "post": post, "name": name, "office": "济南质检院",
                     "role": "sampler", "escrow_key": self.escrow, "until": self.now(), "now": self.now()}, 201)  # fmt: skip

    def _day(self, asked: Asked) -> Answer:
        listed = [{"name": name, "sha256": digest, "size": len(self.parts[digest]), "type": "application/json"}
                  for name, digest in self.names.items()]  # fmt: skip
        tag = '"' + sha256(json.dumps(listed).encode()).hexdigest() + '"'
        if asked.headers.get("if-none-match") == tag:
            return Answer(304)
        said = {"package": "c6" * 32, "issued_at": self.now(), "until": self.now(), "parts": listed}
        return told(said)._replace(headers=(("Content-Type", "application/json"), ("ETag", tag)))

    def _block(self, asked: Asked) -> Answer:
        said = json.loads(asked.body)
        numbers = self.blocks.setdefault(said["id"], [])
        taken = sum(len(block) for block in self.blocks.values())
        if not numbers:
            numbers.extend(f"SC26{said['county']}CY01{taken + at:04d}I" for at in range(said["count"]))
        return told({"id": said["id"], "county": said["county"], "numbers": numbers})

    def give(self, name: str, content: bytes) -> None:
        """Put a part into the package."""
        digest = sha256(content).hexdigest()
        self.parts[digest], self.names[name] = content, digest

    def _status(self, asked: Asked) -> Answer:
        hashes = json.loads(asked.body)["files"]
        self.asked["status"] += 1
        if len(hashes) > 500:
            self.wrong.append("too many hashes")
        there = {
            one: {"receipt": receipt(one, self.files[one]) if one in self.files else None,
                  "pieces": sorted(self.pieces.get(one, {}))}
            for one in hashes
        }  # fmt: skip
        return told({"files": there})

    def _is_whole(self, asked: Asked) -> bool:
        digest = base64.b64encode(sha256(asked.body).digest()).decode()
        return asked.headers.get("content-digest") == f"sha-256=:{digest}:"

    def _piece(self, asked: Asked, name: str, place: str) -> Answer:
        number = int(place)
        self.bytes_of_pieces += len(asked.body)
        if not self._is_whole(asked):
            return refused("bytes-damaged", 400, retry="once")
        kept = self.pieces.setdefault(name, {})
        if number in kept or name in self.files:
            self.repeats += 1
        if kept.setdefault(number, asked.body) != asked.body:
            return refused("other-bytes", 409)
        return Answer(204)

    def _complete(self, _asked: Asked, name: str) -> Answer:
        if name not in self.files:
            kept = self.pieces.get(name, {})
            missing = [number for number in range(max(kept, default=0) + 1) if number not in kept]
            if missing:
                return refused("pieces-missing", 409, missing=missing)
            whole = b"".join(kept[number] for number in sorted(kept))
            if sha256(whole).hexdigest() != name:
                return refused("bytes-damaged", 400, retry="once")
            self.files[name] = whole
            self.pieces.pop(name)
        return told(receipt(name, self.files[name]), 201)

    def _whole(self, asked: Asked, name: str) -> Answer:
        self.bytes_of_pieces += len(asked.body)
        if not self._is_whole(asked) or sha256(asked.body).hexdigest() != name or len(asked.body) > PIECE:
            return refused("bytes-damaged", 400, retry="once")
        self.repeats += name in self.files
        self.files[name] = asked.body
        return told(receipt(name, asked.body), 201)

    def _batch(self, asked: Asked, quoted: str, name: str) -> Answer:
        visit = unquote(quoted)
        self.asked["batch"] += 1
        digest = sha256(asked.body).hexdigest()
        if not asked.headers.get("device-proof", "").startswith("v1 at="):
            self.wrong.append("no proof")
        if name in self.batches:
            self.repeats += 1
            before, answer = self.batches[name]
            return Answer(200, answer) if before == digest else refused("other-batch", 409)
        said = json.loads(asked.body)
        if canonical(said) != asked.body.decode():
            self.wrong.append("the batch is not canonical")
        log = self.acts.setdefault(visit, [])
        head = log[-1]["hash"] if log else said["log"]
        if said["acts"][0]["seq"] != len(log) + 1:
            return refused("acts-missing", 409, wanted=len(log) + 1, head=head)
        for act in said["acts"]:
            rest = {key: value for key, value in act.items() if key != "hash"}
            if act["prev"] != head or act["hash"] != sha256(canonical(rest).encode()).hexdigest():
                return refused("chain-broken", 400, retry="once", seq=act["seq"])
            head = act["hash"]
        files = sorted({one["sha256"] for act in said["acts"] for one in act["evidence"]})
        if missing := [one for one in files if one not in self.files]:
            return refused("evidence-missing", 409, files=missing)
        log.extend(said["acts"])
        answer = {"visit": visit, "log": said["log"], "head": head, "seq": len(log), "received_at": NOW,
                  "clock_offset": "0.000", "files": files, "acts": [self._outcome(act) for act in said["acts"]]}  # fmt: skip
        self.batches[name] = (digest, json.dumps(answer).encode())
        return told(answer, 201)

    def _outcome(self, act: dict[str, Any]) -> dict[str, Any]:
        reasons = []
        if act["act"] in self.park:
            articles = [{"regulation": "SD-2021-1", "article": 16}]
            reasons = [
                {
                    "guard": "state",
                    "articles": articles,
                    "says": "现场抽样现为“已出示文书”",
                    "cure": "须处于“已查验”",
                    "who": "province",
                }
            ]
        kind = "parked" if reasons else "done" if "." in act["act"] else "noted"
        return {"id": act["id"], "seq": act["seq"], "outcome": kind, "entry": None, "marks": [], "reasons": reasons}


def receipt(name: str, content: bytes) -> dict[str, Any]:
    """What is said of a file that is here."""
    return {"sha256": name, "size": len(content), "received_at": NOW}


def told(said: Any, status: int = 200) -> Answer:
    """An answer."""
    return Answer(status, json.dumps(said).encode(), (("Content-Type", "application/json"),))


def refused(name: str, status: int, **more: Any) -> Answer:
    """A refusal."""
    said = {"type": f"/problems/{name}", "title": name, "status": status, "detail": name, "retry": "never", **more}
    return Answer(status, json.dumps(said).encode(), (("Content-Type", "application/problem+json"),))
