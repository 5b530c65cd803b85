"""What the laboratory concludes of an objection to its result, in writing and with reasons (36).

Of the objection it is told what is disputed and on which grounds, and not by whom.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db.models import OuterRef, QuerySet, Subquery
from rest_framework import serializers

from spotcheck.api import limits
from spotcheck.api.doors import Call, Door, told
from spotcheck.api.kept import Answer
from spotcheck.api.problems import Problem
from spotcheck.api.shapes import Answered, ByWhom, Choice, Text
from spotcheck.casework import blind
from spotcheck.docket.flow import Flow
from spotcheck.docket.models import Track
from spotcheck.files.models import Upload
from spotcheck.laboratories import examples, places, projection
from spotcheck.laboratories.acting import PutDoor, upload_id
from spotcheck.laboratories.answers import Receipt
from spotcheck.laboratories.cases import READ
from spotcheck.laboratories.doing import Step
from spotcheck.laboratories.files import attached, uploads_of
from spotcheck.laboratories.paging import LIST, page
from spotcheck.laboratories.projection import WANTED, WRITER, Sample
from spotcheck.objections.facts import WRITERS
from spotcheck.objections.models import Objection, Verification
from spotcheck.objections.states import ObjectionState
from spotcheck.parties.models import Office, Post

TASKS: Final = "tasks:write"
POSITIONS: Final = ("upholds", "doubts", "cannot_tell")
assert WRITER in WRITERS


class FiledAnswer(Answered):
    """What the laboratory has concluded."""

    position = serializers.ChoiceField(choices=POSITIONS)
    reasons = serializers.CharField()
    document = serializers.CharField(allow_blank=True)
    filed_on = serializers.DateField()


class VerificationAnswer(Answered):
    """An objection of which the laboratory's conclusion is wanted: grounds and disputed items."""

    id = serializers.CharField()
    href = serializers.CharField()
    code = serializers.CharField()
    grounds = serializers.CharField()
    items = serializers.ListField(child=serializers.CharField())
    state = serializers.ChoiceField(choices=list(ObjectionState))
    since = serializers.DateField()
    filed = FiledAnswer(allow_null=True)


class VerificationsAnswer(Answered):
    """Objections of which the laboratory's conclusion is wanted; ``next`` is the cursor of the page that follows."""

    verifications = serializers.ListField(child=VerificationAnswer())
    next = serializers.CharField(allow_null=True)


class ConclusionAnswer(Answered):
    """What the laboratory has concluded of an objection; nothing while it has not."""

    id = serializers.CharField()
    code = serializers.CharField()
    filed = FiledAnswer(allow_null=True)


class Concluding(ByWhom):
    """The conclusion, its reasons (twenty characters at least), and the paper."""

    example = examples.CONCLUDING
    position = Choice(choices=POSITIONS)
    reasons = Text(max_length=2000)
    document = upload_id(help_text="The written conclusion, as an upload.")


class Disputed(Sample):
    """A sample with the objection to its result."""

    objection: Objection

    @property
    def key(self) -> str:
        """By which the objection is asked for."""
        return f"{self.dossier.number}.{self.objection.label}"

    @property
    def href(self) -> str:
        """Where it is read."""
        return f"{places.VERIFICATIONS}/{self.key}/conclusion"

    @property
    def places(self) -> Mapping[str, str]:
        """Where its acts are done."""
        return {}

    def is_own(self, matter: Track | Flow) -> bool:
        """The objection itself; nothing else of the case is told here."""
        return matter.chart == "objection" and matter.label == self.objection.label


class Verifications(Door):
    """``/verifications``."""

    scopes = {"GET": READ}
    asks = {"GET": LIST}
    answers = {"GET": {200: VerificationsAnswer}}

    def get(self, call: Call) -> Answer:
        """The objections of which the laboratory's conclusion is wanted, the oldest first, page by page (36)."""
        rows: Any = _wanted(call).select_related("dossier")
        found, following = page(call, "verifications", rows)
        filed = {one.objection_id: one for one in _filed(call.caller.office).filter(objection__in=found).order_by("pk")}
        return told({"verifications": [_line(row, filed.get(row.pk)) for row in found], "next": following})


class Conclusion(PutDoor):
    """``/verifications/{id}/conclusion``."""

    shape, act, scope, read = Concluding, "verification.file", TASKS, ConclusionAnswer

    def get(self, call: Call) -> Answer:
        """What the laboratory has concluded of this objection."""
        sample = _disputed(call)
        newest = _newest(sample.objection, call.caller.office)
        return told({"id": sample.key, "code": sample.code, "filed": _as_answer(newest)})

    def post(self, call: Call) -> Answer:
        """What the laboratory concludes of the objection, with its reasons and its paper (36).

        Where it has concluded already this is refused (``already-filed``): replace it, with the tag of what was read.
        """
        sample = _disputed(call)
        before, body = _newest(sample.objection, call.caller.office), call.body
        if before is not None and (before.position, before.reasons) != (body["position"], body["reasons"]):
            raise Problem("already-filed")
        return self.done(call, created=201)

    def put(self, call: Call) -> Answer:
        """Another conclusion in the place of the one that was read; the earlier one is kept, the newest counts (36)."""
        return super().put(call)

    def sample(self, call: Call) -> Sample:
        """The sample with the objection that the address names."""
        return _disputed(call)

    def steps(self, call: Call, sample: Any, post: Post) -> tuple[Sequence[Step], Sequence[Upload]]:
        """One act."""
        body = call.body
        files = uploads_of(call, [body["document"]], at="document")
        facts = {"writer": WRITER, "position": body["position"], "reasons": body["reasons"]}
        return [Step(sample.objection, "file_verification", facts, attached(files, "verification"))], files


Conclusion.takes = {"POST": Concluding, "PUT": Concluding}
Conclusion.scopes = {"GET": READ, "POST": TASKS, "PUT": TASKS}
Conclusion.answers = {**Conclusion.answers, "POST": {201: Receipt, 200: Receipt}}


def _of_the_office(call: Call) -> "QuerySet[Objection]":
    """The objections to results of the laboratory's own."""
    rows: QuerySet[Objection] = Objection.objects.filter(dossier__in=blind.samples_of(call.caller.actor))
    since = Track.objects.filter(dossier=OuterRef("dossier"), chart="objection", label=OuterRef("label"))
    return rows.annotate(since=Subquery(since.values("since")[:1]))


def _wanted(call: Call) -> "QuerySet[Objection]":
    return _of_the_office(call).filter(state__in=WANTED)


def _disputed(call: Call) -> Disputed:
    """The objection that an address names; raises ``not-found``, the same for one of others or not asked about yet."""
    code, _dot, label = str(call.names["key"]).rpartition(".")
    dossier = blind.known_as(call.caller.office, code)
    found = _of_the_office(call).filter(dossier=dossier, label=label).first() if dossier is not None else None
    if dossier is None or found is None or not (found.state in WANTED or _newest(found, call.caller.office)):
        limits.unknown(call.caller.office)
        raise Problem("not-found")
    sample = projection.known(dossier, Disputed)
    found.dossier = dossier
    sample.objection = found
    return sample


def _filed(office: Office) -> "QuerySet[Verification]":
    """What the office has filed, as a laboratory."""
    return Verification.objects.filter(writer=WRITER, entry__office=office)


def _newest(objection: Objection, office: Office) -> Verification | None:
    return _filed(office).filter(objection=objection.pk).order_by("-pk").first()


def _as_answer(filed: Verification | None) -> dict[str, str] | None:
    if filed is None:
        return None
    said = {name: getattr(filed, name) for name in ("position", "reasons", "document")}
    return said | {"filed_on": filed.filed_on.isoformat()}


def _line(row: Any, filed: Verification | None) -> dict[str, Any]:
    key = f"{row.dossier.number}.{row.label}"
    return {
        "id": key,
        "href": f"{places.VERIFICATIONS}/{key}/conclusion",
        "code": row.dossier.number,
        "grounds": row.grounds,
        "items": list(row.items),
        "state": row.state,
        "since": row.since.isoformat(),
        "filed": _as_answer(filed),
    }
