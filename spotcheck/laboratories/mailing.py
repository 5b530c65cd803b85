"""Notices of results that the laboratory mails: once its report is out, and while the conclusion conforms (33)."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from rest_framework import serializers

from spotcheck.api.doors import Call, Door, told
from spotcheck.api.kept import Answer
from spotcheck.api.problems import Problem
from spotcheck.api.shapes import Answered, ByWhom, Text
from spotcheck.casework.blind import MAILING, Phase
from spotcheck.docket import exports
from spotcheck.docket.models import Party
from spotcheck.docket.sessions import session
from spotcheck.files.models import Upload
from spotcheck.inspection.models import ResultNotice
from spotcheck.inspection.requirements import conforms
from spotcheck.inspection.states import ResultNoticeState
from spotcheck.laboratories.acting import ActDoor, upload_id
from spotcheck.laboratories.cases import sample_of
from spotcheck.laboratories.doing import Step, matter_of
from spotcheck.laboratories.files import attached, uploads_of
from spotcheck.laboratories.projection import Sample
from spotcheck.network.counting import address_of
from spotcheck.parties.models import Post

NOTICES: Final = "notices:write"


class MailingAnswer(Answered):
    """A party that is to be told its result: to whom and where the notice goes, and how far it is."""

    party = serializers.CharField()
    name = serializers.CharField()
    address = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(choices=list(ResultNoticeState))
    sent_on = serializers.DateField(allow_null=True)
    received_on = serializers.DateField(allow_null=True)


class MailingsAnswer(Answered):
    """The notices of a sample that the laboratory mails."""

    mailings = serializers.ListField(child=MailingAnswer())


class Received(ByWhom):
    """The party has received its notice; ``on`` is the day of that."""

    slip = upload_id(help_text="The proof of the receipt, as an upload.")
    slip_number = Text(max_length=60, required=False)


class Mailings(Door):
    """``/cases/{code}/mailings``."""

    scopes = {"GET": NOTICES}
    answers = {"GET": {200: MailingsAnswer}}

    def get(self, call: Call) -> Answer:
        """To whom the notices of a conforming result go (33): nobody of any other conclusion, and before the report."""
        sample = sample_of(call)
        if not _may_know(sample):
            return told({"mailings": []})
        notices = {row.label: row for row in ResultNotice.objects.filter(dossier=sample.dossier)}
        parties = Party.objects.filter(dossier=sample.dossier, label__in=notices).select_related("enterprise")
        lines = [_line(party, notices[party.label]) for party in parties.order_by("pk")]
        if lines:
            _note(call, sample, lines)
        return told({"mailings": lines})


class Dispatch(ActDoor):
    """The notice of a conforming result is mailed to a party (33)."""

    act, scope = "result_notice.send", NOTICES

    def steps(self, call: Call, sample: Sample, post: Post) -> tuple[Sequence[Step], Sequence[Upload]]:
        """One act."""
        return [Step(_notice(call, sample), "send")], ()


class Receipt(ActDoor):
    """A party has received its notice, with the proof of it: its days to object begin (33, 35)."""

    shape, act, scope = Received, "result_notice.record_receipt", NOTICES

    def steps(self, call: Call, sample: Sample, post: Post) -> tuple[Sequence[Step], Sequence[Upload]]:
        """One act, with its proof."""
        notice = _notice(call, sample)
        slips = uploads_of(call, [call.body["slip"]], at="slip")
        facts = {"slip_number": call.body.get("slip_number")}
        return [Step(notice, "record_receipt", facts, attached(slips, "slip"))], slips


def _note(call: Call, sample: Sample, lines: Sequence[Mapping[str, Any]]) -> None:
    """Names and addresses of parties go to a program: a line of the book, by its credential, before they do."""
    with session():
        exports.write(
            "export.list",
            by=None,
            user=None,
            subject=sample.dossier,
            dossier=sample.dossier,
            rows=len(lines),
            digest=exports.digest_of(json.dumps(lines, ensure_ascii=False, sort_keys=True).encode()),
            client_id=call.caller.credential.client_id,
            address=address_of(call.request),
        )


def _may_know(sample: Sample) -> bool:
    """Whether the laboratory may know the parties: its report is out, and the conclusion conforms and is undisputed."""
    return sample.phase is Phase.REPORTED and conforms(sample.dossier)


def _notice(call: Call, sample: Sample) -> Any:
    """The notice of the party in the address; raises ``not-found`` before the report, and for who is no party."""
    label = str(call.names["party"])
    if sample.phase is not Phase.REPORTED or sample.track("result_notice", label) is None:
        raise Problem("not-found")
    return matter_of(sample, "result_notice", label)


def _line(party: Party, notice: ResultNotice) -> dict[str, Any]:
    known = {name: getattr(party.enterprise, column) for name, column in MAILING.items()}
    days = {name: getattr(notice, name) for name in ("sent_on", "received_on")}
    return (
        {"party": party.label, "state": notice.state}
        | known
        | {name: day.isoformat() if day is not None else None for name, day in days.items()}
    )
