"""A retest: the unit handed over on film, the test of exactly the commissioned items, the report (39 to 41)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from rest_framework import serializers

from spotcheck.api import callers
from spotcheck.api.doors import Call, Door, told
from spotcheck.api.kept import Answer
from spotcheck.api.shapes import Answered, ByWhom, Choice, Moment, Shape, Text, several
from spotcheck.casework import results as recorded
from spotcheck.docket import clock
from spotcheck.files.models import Upload
from spotcheck.inspection.results import reported
from spotcheck.laboratories import examples
from spotcheck.laboratories.acting import CUSTODY, REPORTS, ActDoor, upload_id
from spotcheck.laboratories.answers import Receipt
from spotcheck.laboratories.cases import READ
from spotcheck.laboratories.commissions import (
    RECHECK,
    RETEST,
    CommissionLine,
    Kind,
    List,
    One,
    RecheckAnswer,
    RetestAnswer,
    commission_of,
    lines_of,
    party_of,
    reserve_of,
)
from spotcheck.laboratories.custody import SEALS
from spotcheck.laboratories.doing import Step
from spotcheck.laboratories.files import attached, uploads_of
from spotcheck.laboratories.projection import Sample
from spotcheck.laboratories.report import StatedItem
from spotcheck.laboratories.results import Recording, SheetAnswer, plain, record_in
from spotcheck.parties.models import Post


class RetestsAnswer(Answered):
    """Retests; ``next`` is the cursor of the page that follows."""

    retests = serializers.ListField(child=CommissionLine())
    next = serializers.CharField(allow_null=True)


class RechecksAnswer(Answered):
    """Tests of rechecks; ``next`` is the cursor of the page that follows."""

    rechecks = serializers.ListField(child=CommissionLine())
    next = serializers.CharField(allow_null=True)


class Filmed(Shape):
    """The film of a hand-over: an upload, or one kept elsewhere by its SHA-256 and by who keeps it."""

    upload = upload_id(required=False)
    sha256 = Text(min_length=64, max_length=64, required=False)
    size = serializers.IntegerField(min_value=0, required=False)
    kept_by = Text(max_length=200, required=False)
    started_at = Moment(required=False)
    ended_at = Moment(required=False)


class HandingOver(ByWhom):
    """The unit with its seal, the people of both sides, who watched, and the film."""

    example = examples.HANDING_OVER
    seal_state = Choice(choices=SEALS, required=False)
    seal_number = Text(max_length=60, required=False)
    giver = Text(max_length=60, required=False)
    receiver = Text(max_length=30, required=False, help_text="Staff number of who takes it over; else who does this.")
    witnesses = Text(max_length=200, required=False)
    film = Filmed()


class RetestReporting(ByWhom):
    """The report of a retest. ``by`` is who signs it; items are stated only where none are recorded one by one."""

    example = examples.RETEST_REPORTING
    number = Text(max_length=60)
    report = upload_id(help_text="The report (PDF), as an upload.")
    items = several(StatedItem(), required=False)


class RecheckReporting(ByWhom):
    """The report of the test of a recheck. ``by`` is who signs it."""

    number = Text(max_length=60)
    conclusion = Choice(choices=("conforming", "nonconforming"))
    report = upload_id(help_text="The report (PDF), as an upload.")


class Retests(List):
    """``/retests``."""

    kind = RETEST
    answers = {"GET": {200: RetestsAnswer}}


class Rechecks(List):
    """``/rechecks``."""

    kind = RECHECK
    answers = {"GET": {200: RechecksAnswer}}


class Retest(One):
    """``/retests/{id}``."""

    kind = RETEST
    answers = {"GET": {200: RetestAnswer}}

    def more(self, commission: Any) -> dict[str, Any]:
        """The reserve unit."""
        return {"reserve": reserve_of(commission)}


class Recheck(One):
    """``/rechecks/{id}``."""

    kind = RECHECK
    answers = {"GET": {200: RecheckAnswer}}

    def more(self, commission: Any) -> dict[str, Any]:
        """The firm."""
        return {"party": party_of(commission)}


class _Results(Door):
    """What is read and replaced at one address; nobody replaces what he has not read (428)."""

    kind: ClassVar[Kind]
    scopes = {"GET": READ, "PUT": REPORTS}
    takes = {"PUT": Recording}
    matched = ("PUT",)
    answers = {"GET": {200: SheetAnswer}, "PUT": {200: Receipt}}

    def get(self, call: Call) -> Answer:
        """The items of the commission with limits and methods, the laboratory's own results, and what is missing."""
        return told(lines_of(commission_of(call, self.kind)))

    def put(self, call: Call) -> Answer:
        """Results of items of the commission are recorded, each as a new revision; others are refused (40, 47).

        Verdicts, reasons and corrections are as with the first test (``/cases/{code}/results``).
        """
        commission = commission_of(call, self.kind)
        said = [plain(one) for one in call.body["results"]]
        return record_in(call, commission, commission.matter, results=said)


class RetestResults(_Results):
    """``/retests/{id}/results``."""

    kind = RETEST


class RecheckResults(_Results):
    """``/rechecks/{id}/results``."""

    kind = RECHECK


class _OfRetest(ActDoor):
    """An address at which an act of a retest is done."""

    kind: ClassVar[Kind] = RETEST

    def sample(self, call: Call) -> Sample:
        """The commission that the address names."""
        return commission_of(call, self.kind)


class HandOver(_OfRetest):
    """The reserve unit is confirmed and handed over, on film; those concerned may watch (39, 40)."""

    shape, act, scope = HandingOver, "retest.hand_over_sample", CUSTODY

    def steps(self, call: Call, sample: Any, post: Post) -> tuple[Sequence[Step], Sequence[Upload]]:
        """One act, with its film."""
        body, film = call.body, call.body["film"]
        files = uploads_of(call, [film["upload"]], at="film") if film.get("upload") else []
        taker = post
        if body.get("receiver"):
            taker = callers.person(call.caller, body["receiver"], on=body["on"], entitlement="receive")
        facts = {
            "filmed": bool(files) or bool(film.get("sha256") and film.get("kept_by")) or None,
            "film_sha256": film.get("sha256"),
            "film_size": film.get("size"),
            "film_kept_by": film.get("kept_by"),
            "film_began": _moment(film.get("started_at")),
            "film_ended": _moment(film.get("ended_at")),
            "receiver": taker.user.full_name,
            **{name: body.get(name) for name in ("seal_state", "seal_number", "giver", "witnesses")},
        }
        return [Step(sample.matter, "hand_over_sample", facts, attached(files, "film"))], files


class Start(_OfRetest):
    """The retest begins, in another laboratory than the first; ``by`` is who tests (38, 40)."""

    act, scope = "retest.start", REPORTS

    def steps(self, call: Call, sample: Any, post: Post) -> tuple[Sequence[Step], Sequence[Upload]]:
        """One act."""
        return [Step(sample.matter, "start", {"lab": "retest_lab"})], ()


class RetestReport(_OfRetest):
    """The retest is reported, with a result for every item of Form 9 (41).

    The items are the newest results on record; they are stated here only where none are.
    """

    shape, act, scope = RetestReporting, "retest.report", REPORTS

    def steps(self, call: Call, sample: Any, post: Post) -> tuple[Sequence[Step], Sequence[Upload]]:
        """One act, with the report."""
        body = call.body
        own = reported({line.number: line for line in recorded.sheet_of(sample.matter)})
        items = own or [dict(item) for item in body.get("items", [])]
        files = uploads_of(call, [body["report"]], at="report")
        about = {"number": body["number"], "signed_by": post.user.full_name}
        return [Step(sample.matter, "report", {"items": items}, attached(files, "report", **about))], files


class RecheckReport(_OfRetest):
    """The test of a recheck is done and reported; the days for the conclusion begin (47)."""

    kind = RECHECK
    shape, act, scope = RecheckReporting, "recheck.test_done", REPORTS

    def steps(self, call: Call, sample: Any, post: Post) -> tuple[Sequence[Step], Sequence[Upload]]:
        """One act, with the report."""
        body = call.body
        files = uploads_of(call, [body["report"]], at="report")
        facts = {"conclusion": body["conclusion"], "report_number": body["number"]}
        about = {"signed_by": post.user.full_name}
        return [Step(sample.matter, "test_done", facts, attached(files, "report", **about))], files


def _moment(stated: datetime | None) -> str | None:
    return clock.local(stated).isoformat() if stated is not None else None
