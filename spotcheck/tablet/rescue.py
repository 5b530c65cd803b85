"""Rescue files: what lies sealed on a tablet that cannot send it, taken in by two people (``web/LOG.md``, section 11).

Whoever operates the machine has the escrow key, an officer lets this tablet's file be taken in and says why. Everything
goes through the same intake as what comes by line, so a file may be taken in as often as anybody likes, and what was
sent meanwhile is not there twice. Nothing of it is shown.
"""

import base64
import binascii
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO, Final
from uuid import UUID, uuid5

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from spotcheck.api import secret
from spotcheck.api.problems import Problem
from spotcheck.casework import evidence, intake
from spotcheck.casework.field_shape import MOST_ACTS, moment_of
from spotcheck.casework.intake import NotTaken, Sent
from spotcheck.docket import book, clock, sessions
from spotcheck.docket.sessions import session
from spotcheck.files import by_hash, receiving
from spotcheck.files.reasons import FileRefused
from spotcheck.parties.actors import of_post
from spotcheck.parties.models import Post
from spotcheck.rules import canonical
from spotcheck.tablet import devices, escrow, holders
from spotcheck.tablet.models import Device, DeviceToken, RescueConsent

MAGIC: Final = b"SCRESCUE1\n"
CONSENT_SECONDS: Final = 24 * 60 * 60
MOST_HEAD: Final = 1 << 16
MOST_DATA: Final = 4 << 20
BATCH_BYTES: Final = 900_000
_SIZE: Final = 4
_CODE_BYTES: Final = 16
_NAMES: Final = UUID("5f1d5c0e-7a0b-5b57-9d2a-6f4f3f0d7c11")
"""Batches of rescue files are named by what is in them, so that the same file is the same batches."""


class NotARescueFile(ValueError):
    """A file is none, or ends in the middle, or is not of a tablet of ours."""


@dataclass
class Taken:
    """What has become of a rescue file."""

    person: str
    visits: list[str] = field(default_factory=list)
    acts: int = 0
    files: int = 0
    refused: list[str] = field(default_factory=list)
    """Visits and files that were not taken, each with the name of the reason."""


@dataclass(frozen=True, slots=True)
class Consent:
    """A consent that was just given; nobody sees its code again."""

    row: RescueConsent
    text: str


def consent(device: Device, *, by: Post, reason: str) -> Consent:
    """Let the rescue file of a tablet be taken in within a day. Raises ``not-yours``."""
    with session():
        if not devices.of_offices(by).filter(pk=device.pk).exists():
            raise Problem("not-yours")
        now, text = sessions.now(), secrets.token_hex(_CODE_BYTES)  # typed behind an option: no dash at its beginning
        made = RescueConsent.objects.create(
            device=device,
            code_sha256=secret.digest(text),
            reason=reason.strip()[:200],
            made_at=now,
            made_by=by.user,
            post=by,
            expires_at=clock.later(now, CONSENT_SECONDS),
        )
        after = {"label": device.name, "code": device.inventory}
        book.write("device.consent", by=by, user=by.user, subject=device, after=after, reason=made.reason)
    return Consent(made, text)


def take_in(file: BinaryIO, private: RSAPrivateKey, code: str, *, account: str) -> Taken:
    """Take a rescue file in, on the word of the officer who made ``code``.

    Raises :class:`NotARescueFile`, :class:`~spotcheck.tablet.escrow.NotThisKey`, and ``code-used`` where nobody has
    made this code for this tablet within the last day. What a single visit or file is refused for stands in the answer.
    """
    records = _records(file)
    head, _ = next(records, ({}, b""))
    token = _token(head)
    agreed = _agreed(code, token.device)
    key = AESGCM(escrow.unwrap(private, _bytes(head, "escrow")))
    opened = _Opened(head, token, agreed, key, Taken(str(token.user)))
    opened.read(records)
    for visit in sorted(opened.acts):
        opened.hand_in(visit)
    after = {"label": token.device.name, "rows": opened.taken.acts, "code": token.device.inventory}
    with session():
        book.write(
            "device.rescue",
            by=agreed.post,
            user=agreed.made_by,
            subject=token.device,
            after=after,
            reason=agreed.reason,
            address=account,
        )
    return opened.taken


@dataclass
class _Opened:
    """A rescue file while it is read: the acts of its visits; files go into the store at once."""

    head: dict[str, Any]
    token: DeviceToken
    agreed: RescueConsent
    key: AESGCM
    taken: Taken
    acts: dict[str, dict[int, dict[str, Any]]] = field(default_factory=dict)

    @property
    def owner(self) -> str:
        return holders.owner_of(self.token.device)

    def read(self, records: Iterator[tuple[dict[str, Any], bytes]]) -> None:
        """Everything up to the end, which has to be there."""
        sizes: dict[str, dict[str, Any]] = {}
        for head, data in records:
            match head.get("kind"):
                case "act":
                    act = json.loads(self._open(head, f"act/{head['id']}", data))
                    self.acts.setdefault(str(act["visit"]), {})[int(act["seq"])] = act
                case "file":
                    sizes[str(head["sha256"])] = head
                case "piece":
                    self._piece(sizes, head, self._open(head, f"piece/{head['sha256']}/{head['n']}", data))
                case "end":
                    return
                case _:
                    continue  # a later version may say more
        raise NotARescueFile

    def hand_in(self, visit: str) -> None:
        """The log of a visit, as batches of consecutive acts, through the intake."""
        acts = [self.acts[visit][seq] for seq in sorted(self.acts[visit])]
        log = acts[0]["prev"] if acts[0]["seq"] == 1 else str(self.head.get("logs", {}).get(visit, ""))
        for some in _batches(acts):
            try:
                batch, _is_new = intake.take_in(self._sent(visit, log, some))
                intake.finish(batch)
            except NotTaken as refused:
                self.taken.refused.append(f"{visit}: {refused.kind}")
                return
            self.taken.acts += len(some)
        self.taken.visits.append(visit)

    def _sent(self, visit: str, log: str, acts: list[dict[str, Any]]) -> Sent:
        name = uuid5(_NAMES, f"{self.head['made_at']}/{visit}/{log}/{acts[0]['seq']}/{acts[-1]['hash']}")
        said = {
            "visit": visit,
            "batch": str(name),
            "app": str(self.head["app"])[:30],
            "schema": 1,
            "device_now": self.head["made_at"],
            "log": log,
            "acts": acts,
        }
        return Sent(
            visit=visit,
            batch=name,
            content=canonical.text_of(said).encode(),
            said=said,
            device=str(self.token.device.pk),
            post=self.token.post,
            posts=devices.signed_in_on(self.token.device),
            files=lambda hashes: by_hash.kept(self.owner, hashes),
            reason=self.agreed.reason,
        )

    def _piece(self, sizes: dict[str, dict[str, Any]], head: dict[str, Any], content: bytes) -> None:
        about = sizes.get(str(head["sha256"]))
        if about is None:
            raise NotARescueFile
        now, digest = clock.now(), str(head["sha256"])
        try:
            by_hash.take_piece(
                self.owner,
                digest,
                office=evidence.office_of(of_post(self.token.post)),
                number=int(head["n"]),
                content=content,
                size=int(about["size"]),
                now=now,
            )
            if int(head["n"]) == int(about["pieces"]) - 1:
                made = by_hash.complete(self.owner, digest, name=str(about["name"]), now=now)
                if made.stored_id is None:
                    receiving.finish(made, now=now)
                self.taken.files += 1
        except (FileRefused, by_hash.OtherBytes, by_hash.Missing) as refused:
            self.taken.refused.append(f"{about['name']}: {type(refused).__name__}")

    def _open(self, head: dict[str, Any], name: str, data: bytes) -> bytes:
        try:
            return self.key.decrypt(_bytes(head, "iv"), data, name.encode())
        except InvalidTag:
            raise NotARescueFile from None


def _batches(acts: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    some: list[dict[str, Any]] = []
    size = 0
    for act in acts:
        length = len(canonical.text_of(act).encode())
        if some and (len(some) == MOST_ACTS or size + length > BATCH_BYTES):
            yield some
            some, size = [], 0
        some.append(act)
        size += length
    if some:
        yield some


def _token(head: dict[str, Any]) -> DeviceToken:
    """Who was signed in on which tablet, as the head of a file says. Raises :class:`NotARescueFile`."""
    try:
        made: datetime = moment_of(str(head["made_at"]))
        rows = DeviceToken.objects.filter(device_id=UUID(str(head["device"])), user_id=int(head["user"]))
    except (KeyError, ValueError):
        raise NotARescueFile from None
    found = rows.select_related("device", "post__office", "post__user", "user").order_by("-issued_at").first()
    if found is None or head.get("kind") != "person" or made > clock.later(clock.now(), CONSENT_SECONDS):
        raise NotARescueFile
    return found


def _agreed(code: str, device: Device) -> RescueConsent:
    rows = RescueConsent.objects.select_related("post__office", "post__user", "made_by")
    found = rows.filter(code_sha256=secret.digest(code.strip()), device=device, expires_at__gt=clock.now()).first()
    if found is None:
        raise Problem("code-used")
    return found


def _records(file: BinaryIO) -> Iterator[tuple[dict[str, Any], bytes]]:
    """The records of a file: each the length of its head, the head, and as many bytes as it says."""
    if file.read(len(MAGIC)) != MAGIC:
        raise NotARescueFile
    while length := file.read(_SIZE):
        head = _head(file, int.from_bytes(length, "little"))
        size = head.get("length", 0)
        if not isinstance(size, int) or not 0 <= size <= MOST_DATA:
            raise NotARescueFile
        data = file.read(size)
        if len(data) != size:
            raise NotARescueFile
        yield head, data


def _head(file: BinaryIO, length: int) -> dict[str, Any]:
    if length > MOST_HEAD:
        raise NotARescueFile
    try:
        found = json.loads(file.read(length))
    except ValueError:
        raise NotARescueFile from None
    if not isinstance(found, dict):
        raise NotARescueFile
    return found


def _bytes(head: dict[str, Any], name: str) -> bytes:
    try:
        return base64.b64decode(str(head[name]), validate=True)
    except (KeyError, binascii.Error):
        raise NotARescueFile from None
