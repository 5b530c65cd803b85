"""The test: the producer's qualification, the unit issued, a danger, the end of it, and what stops it."""

from collections.abc import Sequence
from typing import Final

from rest_framework import serializers

from spotcheck.api import callers
from spotcheck.api.doors import Call, told
from spotcheck.api.kept import Answer
from spotcheck.api.problems import Problem, Wrong
from spotcheck.api.shapes import Answered, ByWhom, Choice, Day, Flag, Shape, Text, several
from spotcheck.casework.blind import QUALIFICATION, TEST_UNIT
from spotcheck.docket import book
from spotcheck.docket.models import Party
from spotcheck.docket.sessions import session
from spotcheck.files.models import Upload
from spotcheck.inspection.models import Item
from spotcheck.laboratories import examples
from spotcheck.laboratories.acting import REPORTS, RESULTS, ActDoor, upload_id
from spotcheck.laboratories.cases import sample_of
from spotcheck.laboratories.doing import Step, matter_of
from spotcheck.laboratories.files import attached, uploads_of
from spotcheck.laboratories.projection import Sample
from spotcheck.network.counting import address_of
from spotcheck.parties.models import Post
from spotcheck.rules.words import Words

PURPOSE: Final = "Purpose"
_PURPOSE: Final = "article-28"
SUSPICIONS: Final = ("no_licence", "forged_name", "other")


class QualificationAnswer(Answered):
    """What is to be verified of a producer (28)."""

    label = serializers.CharField()  # type: ignore[assignment]  # the name of a member
    name = serializers.CharField()
    credit_code = serializers.CharField()


class QualificationsAnswer(Answered):
    """The producers of a sample."""

    producers = serializers.ListField(child=QualificationAnswer())


class Verified(ByWhom):
    """Whether the producer has the licence that its product needs."""

    example = examples.VERIFIED
    licence = Choice(choices=("valid", "not_required", "missing"))
    files = several(upload_id(), least=0, most=20, required=False)


class Qualification(ActDoor):
    """The licence or certificate of the producer was verified before the test (28).

    Where it is missing, this is refused: the inspection is terminated instead.
    """

    shape, act = Verified, "inspection.clear_qualification"
    scope = RESULTS
    answers = {**ActDoor.answers, "GET": {200: QualificationsAnswer}}
    asks = {"GET": {"by": {"type": "string", "minLength": 1, "maxLength": 30}}}
    needs = {"GET": ("by",)}
    sends = {"GET": {PURPOSE: True}}

    def get(self, call: Call) -> Answer:
        """Who the producer is, for verifying its qualification and nothing else; every look is recorded (28).

        Needs ``Purpose: article-28`` and the staff number of who looks (``by``). Of a seller nothing is said.
        """
        if call.request.headers.get(PURPOSE) != _PURPOSE:
            says = Words(f"须附 {PURPOSE}: {_PURPOSE}", f"say {PURPOSE}: {_PURPOSE}")
            raise Problem("invalid", wrong=[Wrong(f"/{PURPOSE}", "purpose", says)])
        with session():
            sample = sample_of(call)
            number = call.request.GET.get("by", "")
            post = callers.doer(call.caller, number, self.act, on=call.caller.today)
            rows = Party.objects.filter(dossier=sample.dossier, role__in=Party.PRODUCERS).select_related("enterprise")
            book.write(
                "read.qualification",
                by=post,
                user=post.user,
                subject=sample.dossier,
                dossier=sample.dossier,
                address=address_of(call.request),
            )
            found = [
                {"label": party.label} | {name: getattr(party.enterprise, name) for name in QUALIFICATION}
                for party in rows.order_by("pk")
            ]
        return told({"producers": found})

    def steps(self, call: Call, sample: Sample, post: Post) -> tuple[Sequence[Step], Sequence[Upload]]:
        """One act."""
        files = uploads_of(call, call.body.get("files", []), at="files")
        facts = {"licence": call.body["licence"]}
        matter = matter_of(sample, "inspection")
        return [Step(matter, "clear_qualification", facts, attached(files, "licence"))], files


Qualification.scopes = {"GET": "qualification:read", "POST": RESULTS}


class Shown(Shape):
    """A file that shows something, and what it is."""

    upload = upload_id()
    kind = Choice(choices=("photo", "licence", "screenshot", "other"))


class Suspected(ByWhom):
    """A violation of a producer that needs no test."""

    suspicion = Choice(choices=SUSPICIONS)
    finding = Text(max_length=2000)
    producer = Text(max_length=10, required=False)
    evidence = several(Shown(), most=20)


class Termination(ActDoor):
    """A violation of the producer that needs no test stops the inspection (28); the bureaus are told at once."""

    shape, act, scope = Suspected, "inspection.terminate_illegal", REPORTS

    def steps(self, call: Call, sample: Sample, post: Post) -> tuple[Sequence[Step], Sequence[Upload]]:
        """One act, with what shows it."""
        body, shown = call.body, call.body["evidence"]
        uploads = uploads_of(call, [one["upload"] for one in shown], at="evidence")
        files = [file for upload, said in zip(uploads, shown, strict=True) for file in attached([upload], said["kind"])]
        facts = {name: body.get(name) for name in ("suspicion", "finding", "producer")}
        return [Step(matter_of(sample, "inspection"), "terminate_illegal", facts, files)], uploads


class Issuing(ByWhom):
    """To whom the unit is issued."""

    example = examples.ISSUING
    inspector = Text(max_length=30, help_text="Staff number of who tests.")
    start_testing = Flag(required=False)


class Issue(ActDoor):
    """The unit to be tested is issued to its inspector, who did not sample, and the test begins (10, 27, 29).

    Whoever keeps the units issues it; the test is begun by its inspector, in his own name. With
    ``start_testing: false`` it is issued only. With the beginning the rule of detail is frozen.
    """

    shape, act, scope = Issuing, "sample.issue", RESULTS

    def steps(self, call: Call, sample: Sample, post: Post) -> tuple[Sequence[Step], Sequence[Upload]]:
        """The unit, then the test."""
        body = call.body
        inspector = callers.person(call.caller, body["inspector"], on=body["on"], entitlement="test")
        facts = {"inspector": inspector.user.full_name}
        steps = [Step(matter_of(sample, "sample", TEST_UNIT), "issue", facts)]
        if body.get("start_testing", True):
            steps.append(Step(matter_of(sample, "inspection"), "start_testing", facts, post=inspector))
        return steps, ()


class Failed(Shape):
    """An item that has failed."""

    name = Text(max_length=100)
    kind = Choice(choices=Item.Kind.values)
    limit = Text(max_length=60, required=False)
    value = Text(max_length=60, required=False)
    unit = Text(max_length=30, required=False)


class Danger(ByWhom):
    """Failed items that alone show a danger."""

    example = examples.DANGER
    items = several(Failed())
    danger = Flag()
    report = upload_id(required=False)


class Hazard(ActDoor):
    """Failed items alone show a danger: province and cities are told at once, before the test has ended (30).

    ``report`` is the report on the failed items; without it the danger is taken all the same.
    """

    shape, act, scope = Danger, "inspection.report_serious", RESULTS

    def steps(self, call: Call, sample: Sample, post: Post) -> tuple[Sequence[Step], Sequence[Upload]]:
        """One act."""
        body = call.body
        items = [{**said, "result": Item.Verdict.FAIL.value} for said in body["items"]]
        files = uploads_of(call, [body["report"]], at="report") if body.get("report") else []
        facts = {"items": items, "danger": body["danger"]}
        step = Step(matter_of(sample, "inspection"), "report_serious", facts, attached(files, "partial_report"))
        return [step], files


class Ended(ByWhom):
    """The end of a test."""

    example = examples.ENDED
    raw_record = upload_id(required=False, help_text="The original record, as a file.")
    retain = Flag(required=False)
    kept_at = Text(max_length=200, required=False)
    kept_until = Day(required=False)


class Completion(ActDoor):
    """The unit is tested and every item has its result (29); with ``retain`` the unit is kept at once (27).

    Whether an item lacks its result is read off the record, not claimed.
    """

    shape, act, scope = Ended, "inspection.complete", RESULTS

    def steps(self, call: Call, sample: Sample, post: Post) -> tuple[Sequence[Step], Sequence[Upload]]:
        """The unit, the test, and where that is asked for the keeping."""
        body = call.body
        unit, test = matter_of(sample, "sample", TEST_UNIT), matter_of(sample, "inspection")
        files = uploads_of(call, [body["raw_record"]], at="raw_record") if body.get("raw_record") else []
        steps = [
            Step(unit, "record_tested"),
            Step(test, "complete", {"all_items": True}, attached(files, "raw_record")),
        ]
        if body.get("retain"):
            kept = {name: body.get(name) for name in ("kept_at", "kept_until")}
            steps.append(Step(matter_of(sample, "sample", TEST_UNIT), "retain", kept))
        return steps, files
