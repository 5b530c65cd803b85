"""Intake: what a tablet has written where nobody else was is taken in, and done as if its people stood here.

First it is stored, and that is committed: from then on nothing of it is lost. Then its acts are done one after the
other through ``doing.do``, each in a transaction of its own that says what became of it, so that whoever finishes what
a dead server has left does nothing twice. What the rules refuse is parked with its articles for a person.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

import structlog
from django.db import Error, connection

from spotcheck.casework import field_packages, field_shape, replaying
from spotcheck.casework.field_shape import Misshapen
from spotcheck.docket import clock, sessions
from spotcheck.docket.models import Dossier
from spotcheck.docket.sessions import hold, session
from spotcheck.files.models import StoredFile
from spotcheck.notices import numbering
from spotcheck.parties.models import Post
from spotcheck.planning.tables import TargetSampler
from spotcheck.rules import field_log
from spotcheck.rules.refused import Refused
from spotcheck.sampling.field_tables import FieldAct, FieldBatch

logger = structlog.get_logger(__name__)

LEFT_SECONDS: Final = 30
"""After so long a batch that nobody has answered was left by a server that died."""
MOST_AT_A_TIME: Final = 50
VOID: Final = "void_number"
Keeper = Callable[[Iterable[str]], Mapping[str, StoredFile]]
"""Which of these files whoever sends has handed in."""


class NotTaken(Refused):
    """A batch is not taken; ``kind`` is the name of the problem, ``more`` what a tablet needs to go on."""

    def __init__(self, kind: str, **more: Any) -> None:
        self.kind, self.more = kind, more
        super().__init__()


@dataclass(frozen=True, slots=True)
class Sent:
    """A batch as it came: from which device, signed in as whom, and which files are here of it."""

    visit: str
    batch: UUID
    content: bytes
    said: Mapping[str, Any]
    device: str
    post: Post
    posts: frozenset[int]
    files: Keeper
    reason: str = ""


def take_in(sent: Sent) -> tuple[FieldBatch, bool]:
    """Store a batch, and say whether it is a new one; committed when this returns. Raises :class:`NotTaken`.

    Must be called outside of any transaction.
    """
    digest = sha256(sent.content).hexdigest()
    _check_form(sent)
    with session():
        dossier = _dossier(sent.visit)
        if dossier is not None:
            hold(dossier.pk)
        else:
            _alone(sent.visit)
        known = FieldBatch.objects.filter(pk=sent.batch).first()
        if known is not None:
            if known.sha256 != digest:
                raise NotTaken("other-batch")
            return known, False
        return _stored(sent, dossier, digest), True


def finish(batch: FieldBatch) -> dict[str, Any]:
    """Do what is left of a batch, and return its answer: the same however often it is asked."""
    replaying.replay(batch)
    fresh = FieldBatch.objects.get(pk=batch.pk)
    if fresh.answer is None:
        FieldBatch.objects.filter(pk=batch.pk, answer__isnull=True).update(answer=_answer(fresh))
        fresh = FieldBatch.objects.get(pk=batch.pk)
    return dict(fresh.answer or {})


def finish_left(now: datetime) -> int:
    """Finish what servers that died have left; return how many batches."""
    left = FieldBatch.objects.filter(answer__isnull=True, received_at__lt=clock.later(now, -LEFT_SECONDS))
    done = 0
    for batch in list(left.order_by("received_at")[:MOST_AT_A_TIME]):
        try:
            finish(batch)
            done += 1
        except (Error, OSError):
            logger.warning("a batch of a tablet is still to be replayed", batch=str(batch.pk), exc_info=True)
    return done


def _alone(visit: str) -> None:
    """Nobody else takes something in of a visit that is none, until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"field:{visit}"])


def _check_form(sent: Sent) -> None:
    try:
        field_shape.check_batch(sent.said)
    except Misshapen as wrong:
        raise NotTaken("bad-act", seq=wrong.seq, where=wrong.where) from None
    if sent.said["visit"] != sent.visit or sent.said["batch"] != str(sent.batch):
        raise NotTaken("bad-act", seq=0, where="visit")
    if sent.said["schema"] > field_log.SCHEMA:
        raise NotTaken("bad-act", seq=0, where="schema")
    try:
        field_log.check(sent.said["acts"])
    except field_log.Broken as broken:
        raise NotTaken("chain-broken", seq=broken.seq) from None
    unknown = next((act for act in sent.said["acts"] if not replaying.is_known(act["act"])), None)
    if unknown is not None:
        raise NotTaken("bad-act", seq=unknown["seq"], where="act")


def _stored(sent: Sent, dossier: Dossier | None, digest: str) -> FieldBatch:
    acts, log = sent.said["acts"], sent.said["log"]
    issued, fresh = _following(sent, acts, log)
    _check_files(sent, fresh, log)
    now = sessions.now()
    device_now = field_log.moment_of(sent.said["device_now"])
    batch = FieldBatch.objects.create(
        id=sent.batch,
        visit=sent.visit,
        dossier=dossier,
        foreign=dossier is None or not is_named(dossier, sent.post),
        log=log,
        issued_at=issued,
        device=sent.device,
        post=sent.post,
        posts=sorted(sent.posts),
        app=sent.said["app"],
        schema=sent.said["schema"],
        sha256=digest,
        first=acts[0]["seq"],
        last=acts[-1]["seq"],
        head=acts[-1]["hash"],
        device_now=device_now,
        offset=round((now - device_now).total_seconds() * 1000),
        received_at=now,
        reason=sent.reason,
    )
    FieldAct.objects.bulk_create(
        [
            FieldAct(
                id=UUID(act["id"]),
                batch=batch,
                visit=sent.visit,
                dossier=dossier,
                log=log,
                seq=act["seq"],
                act=act["act"],
                on=act["on"],
                body=act,
                hash=act["hash"],
                outcome=FieldAct.Outcome.NOTED if act["act"] in field_log.NOTED else FieldAct.Outcome.WAITING,
            )
            for act in fresh
        ]
    )
    for act in fresh:
        if act["act"] == VOID:
            _void(sent.device, act["facts"])
    return batch


def _void(device: str, said: Mapping[str, Any]) -> None:
    """A number of a sheet was spoiled at the firm: it stays in the list with the reason (Article 16)."""
    reason = str(said.get("reason") or "").strip()[:200]
    numbering.void_reserved(f"device:{device}", str(said.get("number") or ""), reason)


def _following(sent: Sent, acts: Sequence[Mapping[str, Any]], log: str) -> tuple[datetime, Sequence[Mapping[str, Any]]]:
    """When the package of the log was issued, and those of the acts that are new. Raises :class:`NotTaken`."""
    rows = FieldAct.objects.filter(log=log, visit=sent.visit)
    last = rows.order_by("-seq").first()
    known = dict(rows.filter(seq__gte=acts[0]["seq"]).values_list("seq", "hash"))
    other = next((act for act in acts if known.get(act["seq"], act["hash"]) != act["hash"]), None)
    if other is not None:
        raise NotTaken("other-log", seq=other["seq"], head=known[other["seq"]])
    expected, head = (last.seq + 1, last.hash) if last is not None else (1, log)
    fresh = [act for act in acts if act["seq"] >= expected]
    if fresh and fresh[0]["seq"] > expected:
        raise NotTaken("acts-missing", wanted=expected, head=head if last is not None else None)
    if fresh and fresh[0]["prev"] != head:
        raise NotTaken("chain-broken", seq=fresh[0]["seq"])
    if FieldAct.objects.filter(pk__in=[act["id"] for act in fresh]).exists():
        raise NotTaken("other-log", seq=fresh[0]["seq"], head=head)
    if last is not None:
        return FieldBatch.objects.get(pk=last.batch_id).issued_at, fresh
    issued = field_packages.issued_at(log, sent.device)
    if issued is None:
        raise NotTaken("chain-broken", seq=1)
    return issued, fresh


def _check_files(sent: Sent, fresh: Sequence[Mapping[str, Any]], log: str) -> None:
    """Every file that new acts name is here: from this device, or with an act of the same log before."""
    wanted = {file["sha256"] for act in fresh for file in act["evidence"]}
    missing = wanted - sent.files(wanted).keys()
    if missing:
        before = FieldAct.objects.filter(log=log, visit=sent.visit).values_list("body", flat=True)
        missing -= {file["sha256"] for body in before for file in body["evidence"]}
    if missing:
        raise NotTaken("evidence-missing", files=sorted(missing))


def is_named(dossier: Dossier, post: Post) -> bool:
    """Whether somebody was ever to come to a target, or coordinates the body that was commissioned for it."""
    drawn = TargetSampler.objects.filter(target__dossier=dossier)
    came = drawn.exclude(state=TargetSampler.State.DRAWN)
    if came.filter(post__user=post.user_id, post__office=post.office_id).exists():
        return True
    has_part = dossier.involvements.filter(office=post.office_id, role="sampling_body").exists()
    return has_part and ("coordinates" in post.entitlements or not drawn.exists())


def _dossier(visit: str) -> Dossier | None:
    return Dossier.objects.filter(number=visit, kind=Dossier.Kind.SAMPLE).first()


def _answer(batch: FieldBatch) -> dict[str, Any]:
    rows = FieldAct.objects.filter(log=batch.log, visit=batch.visit, seq__gte=batch.first, seq__lte=batch.last)
    acts = list(rows.select_related("entry").order_by("seq"))
    sign = "-" if batch.offset < 0 else ""
    return {
        "visit": batch.visit,
        "log": batch.log,
        "head": acts[-1].hash,
        "seq": acts[-1].seq,
        "received_at": clock.local(batch.received_at).isoformat(timespec="seconds"),
        "clock_offset": f"{sign}{abs(batch.offset) // 1000}.{abs(batch.offset) % 1000:03d}",
        "files": sorted({file["sha256"] for act in acts for file in act.body["evidence"]}),
        "acts": [as_answer(act) for act in acts],
    }


def as_answer(act: FieldAct) -> dict[str, Any]:
    """What became of an act, as a tablet reads it."""
    entry = {"sequence": act.entry.sequence, "hash": act.entry.hash} if act.entry is not None else None
    return {
        "id": str(act.pk),
        "seq": act.seq,
        "outcome": act.outcome,
        "entry": entry,
        "marks": act.marks,
        "reasons": act.reasons,
    }
