"""The report: issued with its file, its analysis and its people (31, 32)."""

from collections.abc import Sequence
from typing import Any

from spotcheck.api import callers
from spotcheck.api.doors import Call
from spotcheck.api.shapes import ByWhom, Choice, Shape, Text, several
from spotcheck.files.models import Upload
from spotcheck.inspection.models import Item
from spotcheck.laboratories import examples
from spotcheck.laboratories.acting import REPORTS, ActDoor, upload_id
from spotcheck.laboratories.doing import Step, matter_of
from spotcheck.laboratories.files import attached, uploads_of
from spotcheck.laboratories.projection import Sample
from spotcheck.parties.models import Post

_PEOPLE = (("drafted_by", "test"), ("reviewed_by", "review"))


class StatedItem(Shape):
    """An item of the report; asked for only where results are not recorded item by item."""

    name = Text(max_length=100)
    kind = Choice(choices=Item.Kind.values)
    limit = Text(max_length=60, required=False)
    value = Text(max_length=60, required=False)
    unit = Text(max_length=30, required=False)
    result = Choice(choices=Item.Verdict.values)


class Reporting(ByWhom):
    """A report. ``by`` is who signs it."""

    example = examples.REPORTING
    number = Text(max_length=60)
    conclusion = Choice(choices=("conforming", "nonconforming"))
    report = upload_id(help_text="The report (PDF), as an upload.")
    analysis = upload_id(required=False, help_text="The analysis, with a nonconforming report.")
    drafted_by = Text(max_length=30, required=False)
    reviewed_by = Text(max_length=30, required=False)
    cma_number = Text(max_length=60, required=False)
    items = several(StatedItem(), required=False)


class Report(ActDoor):
    """The report is issued and sent in, a nonconforming one with its analysis (31, 32).

    Its items are the newest results on record; they are stated here only in cases that have none. The conclusion has to
    agree with them. The answer names the entry, its hash and the hash of the file.
    """

    shape, act, scope = Reporting, "inspection.issue_report", REPORTS

    def steps(self, call: Call, sample: Sample, post: Post) -> tuple[Sequence[Step], Sequence[Upload]]:
        """One act, with its files and who stands behind them."""
        body = call.body
        about: dict[str, Any] = {"signed_by": post.user.full_name}
        for name, entitlement in _PEOPLE:
            if number := body.get(name):
                about[name] = callers.person(call.caller, number, on=body["on"], entitlement=entitlement).user.full_name
        if body.get("cma_number"):
            about["cma_number"] = body["cma_number"]
        report = uploads_of(call, [body["report"]], at="report")
        analysis = uploads_of(call, [body["analysis"]], at="analysis") if body.get("analysis") else []
        facts = {
            "conclusion": body["conclusion"],
            "report_number": body["number"],
            "signed": True,  # by whom the act is done, who is entitled to
            "analysis": bool(analysis) or None,
            "items": [dict(item) for item in body["items"]] if "items" in body else None,
        }
        files = [*attached(report, "report", **about), *attached(analysis, "analysis")]
        return [Step(matter_of(sample, "inspection"), "issue_report", facts, files)], [*report, *analysis]
