"""Writes the log of a visit as a tablet does: acts with their hashes, batches, files."""

import argparse
import hashlib
import json
import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from spotcheck.casework import field_packages
from spotcheck.cli import field as field_command
from spotcheck.docket import clock
from spotcheck.rules import field_log
from tests.files.good import photograph
from tests.tablet.conftest import Tablet

SEEDS = count(1)
MEDIA = ("place", "storage", "marking", "stock", "process")


def command(*given: str) -> int:
    """``spotcheck field`` in the database of the test."""
    parser = argparse.ArgumentParser()
    field_command.add_arguments(parser)
    return field_command.run(parser.parse_args(given))


def uuid7(chance: random.Random) -> str:
    """An id as a tablet makes one."""
    value = chance.getrandbits(128)
    value = value & ~(0xF << 76) | 7 << 76
    return str(UUID(int=value & ~(0x3 << 62) | 2 << 62))


def picture(number: int) -> bytes:
    """A picture of its own for each number."""
    return marked(photograph(), number)


def marked(whole: bytes, number: int) -> bytes:
    """A picture with a comment in it that says which."""
    return whole[:2] + b"\xff\xfe\x00\x08" + number.to_bytes(6, "big") + whole[2:]


@dataclass
class Log:
    """The log of a visit on a tablet."""

    tablet: Tablet
    visit: str
    by: list[int]
    """The posts of those who stand behind its acts."""
    package: str = ""
    acts: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    sent: int = 0
    chance: random.Random = field(default_factory=lambda: random.Random(next(SEEDS)))
    day: date | None = None
    pictures: int = 0
    known: dict[str, Any] = field(default_factory=dict)
    """The papers of this visit, where they are known already."""

    def __post_init__(self) -> None:
        self.package = self.package or field_packages.issue(self.tablet.device, clock.now())

    def at(self, hour: time | None = None, **said: Any) -> dict[str, Any]:
        now = clock.local(clock.now())
        moment = datetime.combine(self.day or now.date(), hour, now.tzinfo) if hour else now
        moment += timedelta(milliseconds=len(self.acts))
        text = moment.isoformat(timespec="milliseconds")
        return {"wall": text, "best": text, "by": "server+mono", "jump": 0, "anchor": text} | said

    def photo(self, slot: str, *, content: bytes | None = None, **said: Any) -> dict[str, Any]:
        """A picture in a slot, kept on the tablet."""
        self.pictures += 1
        content = content or picture(self.pictures)
        hashed = hashlib.sha256(content).hexdigest()
        self.files[hashed] = content
        about = {"sha256": hashed, "slot": slot, "name": f"{slot}.jpg", "type": "image/jpeg", "size": len(content)}
        return about | {"at": self.at(), "source": "camera"} | said

    def write(
        self,
        act: str,
        facts: dict[str, Any] | None = None,
        *,
        particulars: dict[str, Any] | None = None,
        evidence: list[dict[str, Any]] | None = None,
        **said: Any,
    ) -> dict[str, Any]:
        """One act, at the end of the log."""
        on = (self.day or clock.today()).isoformat()
        made = {
            "id": uuid7(self.chance), "visit": self.visit, "seq": len(self.acts) + 1, "act": act, "on": on, "at": self.at(),
            "facts": facts or {}, "particulars": particulars or {}, "evidence": evidence or [],
            "by": [{"post": post, "pin": True} for post in self.by], "prev": self.acts[-1]["hash"] if self.acts else self.package,
        } | said  # fmt: skip
        made["hash"] = field_log.hash_of(made)
        self.acts.append(made)
        return made

    def batch(self, *, first: int | None = None, last: int | None = None, **said: Any) -> dict[str, Any]:
        """A batch of what was not sent yet."""
        begin, end = first or self.sent + 1, last or len(self.acts)
        return {
            "visit": self.visit, "batch": uuid7(self.chance), "app": "1.0.0", "schema": 1, "device_now": self.at()["wall"],
            "log": self.package, "acts": self.acts[begin - 1 : end],
        } | said  # fmt: skip

    def put(self, batch: dict[str, Any], *, proven: bool = True, path: str = "", tablet: Tablet | None = None) -> Any:
        """Send a batch."""
        body = json.dumps(batch, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
        where = path or f"/visits/{batch['visit']}/batches/{batch['batch']}"
        return (tablet or self.tablet).call("PUT", where, body, proven=proven, kind="application/json")

    def send(self) -> Any:
        """All files, then what was not sent yet."""
        for hashed, content in self.files.items():
            if self.tablet.status(hashed).json()["files"][hashed]["receipt"] is None:
                self.tablet.send(content)
        answer = self.put(self.batch())
        if answer.status_code in {200, 201}:
            self.sent = len(self.acts)
        return answer

    # What happens at a firm, in the order of the cards

    def notice(self, **said: Any) -> dict[str, Any]:
        self.write("arrive", {"firm": "as_listed", "note": ""}, evidence=[self.photo("outside")])
        shown = {**self.papers(), "ids": list(self.by), "read_out": True, "receiver": "陈明"} | said
        self.write("show", shown)
        return self.write("sampling.present_notice")

    def papers(self) -> dict[str, Any]:
        """What the package has for this visit."""
        if self.known:
            return self.known
        visit = next((one for one in self.tablet.visits() if one["visit"] == self.visit), None)
        if visit is None:
            return {"form1": "", "form2": None}
        return {name: visit[name]["number"] if visit[name] else None for name in ("form1", "form2")}

    def precheck(self, **facts: Any) -> dict[str, Any]:
        known = {"suspicion": "none", "commissioned": False} | facts
        return self.write("sampling.pass_precheck", known, evidence=[self.photo("licence")])

    def sheet(self, **said: Any) -> dict[str, Any]:
        """Pictures, seals, signatures, Form 4."""
        media = said.pop("media", MEDIA)
        pictures = [self.photo(slot) for slot in media]
        if said.pop("paid", True):
            pictures.append(self.photo("voucher"))
        self.write("note", {"text": ""}, evidence=pictures)
        for post in self.by:
            self.write("sign", {"who": "sampler", "name": "", "capacity": "", "post": post})
        if said.pop("firm", True):
            self.write("sign", {"who": "firm", "name": "陈明", "capacity": "法定代表人"})
        seals = said.pop("seals", ("2026031801", "2026031802"))
        particulars = {"sampling": dict(zip(("test_seal", "reserve_seal"), seals, strict=True))}
        facts = {"fee_charged": False, "no_seal_reason": "印章不在现场"} | said
        return self.write("sampling.complete_sampling", facts, particulars=particulars)

    def whole(self) -> "Log":
        self.notice()
        self.precheck()
        self.sheet()
        return self
