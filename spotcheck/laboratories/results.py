"""Results item by item, and the limits that a label declares: read, and replaced by who has read them (29, 31).

The arithmetic and the refusals are those of ``casework/results.py``; the laboratory's verdict governs, and one that is
not the computed one is answered for.
"""

from typing import Any, ClassVar

from rest_framework import serializers

from spotcheck.api.doors import Call, Door, told
from spotcheck.api.kept import Answer
from spotcheck.api.shapes import Answered, ByWhom, Choice, Day, Flag, Number, Shape, Text, several
from spotcheck.casework import results as recorded
from spotcheck.casework.doing import ANEW
from spotcheck.docket.flow import Flow
from spotcheck.laboratories import doing, examples
from spotcheck.laboratories.acting import RESULTS, upload_id
from spotcheck.laboratories.answers import Receipt
from spotcheck.laboratories.cases import READ, sample_of
from spotcheck.laboratories.files import attached, uploads_of
from spotcheck.laboratories.projection import Sample
from spotcheck.parties.actors import of_post
from spotcheck.rules.refused import Refused


class Specimen(Shape):
    """One of several specimens."""

    value = Number()
    mark = Choice(choices=("+", "-"), required=False)
    qualifier = Choice(choices=("<", ">"), required=False)


class Uncertainty(Shape):
    """The uncertainty of a value, with its factor."""

    value = Number()
    k = Number(required=False)


class Equipment(Shape):
    """A device with which it was measured."""

    code = Text(max_length=60)
    name = Text(max_length=100, required=False)
    calibrated_until = Day(required=False)


class Result(Shape):
    """The result of one item, by its number in the rule of detail. Numbers are texts of digits."""

    number = Text(max_length=20, help_text="Of the item in the rule of detail.")
    value = Number(required=False, help_text="As it is reported: its digits count.")
    mark = Choice(choices=("+", "-"), required=False, help_text="The value was rounded at a 5, up (-) or down (+).")
    qualifier = Choice(choices=("<", ">"), required=False, help_text="`<`: below this limit of detection.")
    specimens = several(Specimen(), most=60, required=False, help_text="Where the limit is for each of several.")
    present = Flag(required=False, help_text="Where nothing may be found: whether it was.")
    grade = Text(max_length=60, required=False, help_text="One of the grades of the limit.")
    text = Text(max_length=500, required=False, help_text="What was seen, where a person judges (with verdict).")
    unit = Text(max_length=30, required=False, help_text="That of the limit; nothing is converted.")
    lod = Number(required=False)
    loq = Number(required=False)
    uncertainty = Uncertainty(required=False)
    method = Text(max_length=200, required=False, help_text="Only where it is not that of the rule; needs deviation.")
    deviation = Text(max_length=500, required=False, help_text="Why another method was taken.")
    tested_on = Day(required=False)
    tested_by = Text(max_length=30, required=False, help_text="Staff number.")
    equipment = several(Equipment(), least=0, most=30, required=False)
    environment = Text(max_length=300, required=False)
    verdict = Choice(choices=("pass", "fail"), required=False, help_text="Of the laboratory; else the computed one.")
    reason = Text(max_length=500, required=False, help_text="Of a correction, or of another verdict.")
    approved_by = Text(max_length=30, required=False, help_text="Staff number of who signs another verdict.")


class Recording(ByWhom):
    """Results of any items."""

    example = examples.RECORDING
    results = several(Result())


class Declared(Shape):
    """The limit that a label declares for an item; its form is that of the rule of detail."""

    number = Text(max_length=20)
    limit = serializers.DictField(help_text=examples.LIMIT)


class Declaring(ByWhom):
    """Limits that the label declares, with a picture of it."""

    example = examples.DECLARING
    items = several(Declared())
    evidence = several(upload_id(), most=10)


class ResultAnswer(Answered):
    """The result of an item that counts, with the verdict that the arithmetic gives."""

    value = serializers.CharField()
    verdict = serializers.CharField(allow_blank=True)
    computed = serializers.CharField()
    compared = serializers.CharField(allow_blank=True)
    revision = serializers.IntegerField()


class ItemAnswer(Answered):
    """An item of the frozen rule, with the limit that holds in this case."""

    number = serializers.CharField()
    code = serializers.CharField(allow_blank=True)
    name = serializers.CharField()
    kind = serializers.CharField()
    importance = serializers.CharField(allow_blank=True)
    method = serializers.CharField(allow_blank=True)
    unit = serializers.CharField(allow_blank=True)
    mandatory = serializers.BooleanField()
    required_lod = serializers.CharField(allow_blank=True)
    limit = serializers.DictField(help_text=examples.LIMIT)
    declared = serializers.BooleanField()
    result = ResultAnswer(allow_null=True)


class SheetAnswer(Answered):
    """The items of a case, with what is on record."""

    items = serializers.ListField(child=ItemAnswer())
    missing = serializers.ListField(child=serializers.CharField())


class LimitAnswer(Answered):
    """A limit that the label declares."""

    number = serializers.CharField()
    limit = serializers.DictField(help_text=examples.LIMIT)


class LimitsAnswer(Answered):
    """The declared limits of a case."""

    items = serializers.ListField(child=LimitAnswer())


_TOLD = ("number", "code", "name", "kind", "importance", "method", "unit", "mandatory", "required_lod")


class _Replaced(Door):
    """What is read and replaced at one address; nobody replaces what he has not read (428)."""

    scopes: ClassVar = {"GET": READ, "PUT": RESULTS}
    matched: ClassVar = ("PUT",)
    act: ClassVar = "results.record"

    def record(self, call: Call, sample: Sample, **what: Any) -> Answer:
        """Record, and say what stands on record."""
        return record_in(call, sample, doing.matter_of(sample, "inspection"), **what)


class Results(_Replaced):
    """``/cases/{code}/results``."""

    takes = {"PUT": Recording}
    answers = {"GET": {200: SheetAnswer}, "PUT": {200: Receipt}}

    def get(self, call: Call) -> Answer:
        """The items of the frozen rule with their limits, the laboratory's own results, and what is missing still."""
        lines = recorded.sheet(sample_of(call).dossier, call.caller.actor)
        return told(
            {
                "items": [item(line) for line in lines],
                "missing": recorded.missing({line.number: line for line in lines}),
            }
        )

    def put(self, call: Call) -> Answer:
        """Results of any of the items are recorded, each as a new revision (29: nothing is erased).

        Another verdict than the computed one needs ``reason`` and ``approved_by``; a correction needs ``reason``. What
        is on record in the same words already is not recorded again.
        """
        results = [plain(said) for said in call.body["results"]]
        return self.record(call, sample_of(call), results=results)


class Limits(_Replaced):
    """``/cases/{code}/limits``."""

    takes = {"PUT": Declaring}
    answers = {"GET": {200: LimitsAnswer}, "PUT": {200: Receipt}}

    def get(self, call: Call) -> Answer:
        """The limits that the label declares, as far as they are on record."""
        lines = recorded.sheet(sample_of(call).dossier, call.caller.actor)
        found = [{"number": line.number, "limit": line.declared} for line in lines if line.declared is not None]
        return told({"items": found})

    def put(self, call: Call) -> Answer:
        """Limits that the label declares are recorded, before the first result fixes them."""
        sample = sample_of(call)
        files = uploads_of(call, call.body["evidence"], at="evidence")
        limits = [dict(said) for said in call.body["items"]]
        made = self.record(call, sample, limits=limits, evidence=attached(files, "photo"))
        for upload in files:
            upload.delete()
        return made


def record_in(call: Call, sample: Sample, matter: Flow, **what: Any) -> Answer:
    """Record results of a test, and say what stands on record; ``what`` are results, limits, evidence."""
    body, post = call.body, call.doer("results.record")
    answer = recorded.record_in(
        of_post(post),
        matter,
        on=body["on"],
        post=post,
        happened_at=body.get("at"),
        late_reason=body.get("late_reason", ""),
        seen=ANEW,
        **what,
    )
    if isinstance(answer, Refused):
        raise answer
    return told(doing.receipt(sample, [answer], call), entry=answer.entry)


def item(line: recorded.Line) -> dict[str, Any]:
    """An item as it is answered, with the result that counts."""
    newest = line.newest
    result = None
    if newest is not None:
        names = ("verdict", "computed", "compared", "revision")
        result = {"value": newest.shown} | {name: getattr(newest, name) for name in names}
    known = {name: line.item.get(name, "") for name in _TOLD}
    return known | {"limit": line.limit, "declared": line.declared is not None, "result": result}


def plain(said: Any) -> Any:
    """A result as it is kept: days as texts."""
    if isinstance(said, dict):
        return {name: plain(value) for name, value in said.items()}
    if isinstance(said, list):
        return [plain(one) for one in said]
    return said.isoformat() if hasattr(said, "isoformat") else said
