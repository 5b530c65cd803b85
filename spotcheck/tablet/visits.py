"""Batches of the log of a visit: stored, committed, done, answered."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from spotcheck.api.doors import told
from spotcheck.api.kept import Answer
from spotcheck.api.problems import Problem, Wrong
from spotcheck.api.reading import JSON
from spotcheck.api.shapes import Answered
from spotcheck.casework import intake
from spotcheck.casework.intake import NotTaken, Sent
from spotcheck.docket.wording import language
from spotcheck.files import by_hash
from spotcheck.rules import strict_json
from spotcheck.rules.words import Words
from spotcheck.tablet import devices
from spotcheck.tablet.doors import Call, FieldDoor

_NO_OBJECT = Words("须是一个对象", "this has to be an object")


class ReasonAnswer(Answered):
    """Why an act is parked."""

    guard = serializers.CharField()
    articles = serializers.ListField(child=serializers.DictField())
    says = serializers.CharField()
    cure = serializers.CharField(allow_null=True)
    who = serializers.CharField()


class EntryAnswer(Answered):
    """What stands on record."""

    sequence = serializers.IntegerField()
    hash = serializers.CharField()


class ActAnswer(Answered):
    """What became of an act."""

    id = serializers.UUIDField()
    seq = serializers.IntegerField()
    outcome = serializers.ChoiceField(choices=("waiting", "done", "parked", "noted", "filed"))
    entry = EntryAnswer(allow_null=True)
    marks = serializers.ListField(child=serializers.CharField())
    reasons = serializers.ListField(child=ReasonAnswer())


class BatchAnswer(Answered):
    """The receipt of a batch, and what became of its acts."""

    visit = serializers.CharField()
    log = serializers.CharField()
    head = serializers.CharField()
    seq = serializers.IntegerField()
    received_at = serializers.DateTimeField()
    clock_offset = serializers.CharField()
    files = serializers.ListField(child=serializers.CharField())
    acts = serializers.ListField(child=ActAnswer())


class Batch(FieldDoor):
    """``/visits/{visit}/batches/{batch}``."""

    answers = {"PUT": {200: BatchAnswer, 201: BatchAnswer}}
    proven = ("PUT",)

    def put(self, call: Call) -> Answer:
        """Acts of a log, as the tablet has written and hashed them; the same bytes again are the same answer."""
        holder = call.holder
        sent = Sent(
            visit=str(call.names["visit"]),
            batch=UUID(str(call.names["batch"])),
            content=call.body,
            said=_said(call),
            device=str(holder.device.pk),
            post=holder.post,
            posts=devices.signed_in_on(holder.device),
            files=lambda hashes: by_hash.kept(holder.owner, hashes),
        )
        try:
            batch, is_new = intake.take_in(sent)
        except NotTaken as refused:
            raise Problem(refused.kind, **refused.more) from None
        answer = told(in_words(intake.finish(batch)), status=201 if is_new else 200)
        answer.is_replayed = not is_new
        return answer


def in_words(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer with its reasons in the language that is asked for."""
    tongue = "zh" if language().startswith("zh") else "en"

    def said(reason: dict[str, Any]) -> dict[str, Any]:
        return reason | {name: reason[name][tongue] if reason[name] else None for name in ("says", "cure")}

    return answer | {"acts": [act | {"reasons": [said(one) for one in act["reasons"]]} for act in answer["acts"]]}


def _said(call: Call) -> dict[str, Any]:
    """What the body says, read strictly; its shape is looked at by the intake."""
    if call.request.content_type != JSON:
        raise Problem("not-json")
    try:
        said = strict_json.loads(call.body.decode("utf-8"))
    except UnicodeDecodeError:
        raise Problem("malformed") from None
    except strict_json.IllFormed as wrong:
        raise Problem("malformed", wrong=[Wrong(wrong.pointer, "json", wrong.words)]) from None
    if not isinstance(said, dict):
        raise Problem("malformed", wrong=[Wrong("", "type", _NO_OBJECT)])
    return said
