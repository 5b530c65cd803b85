"""Files of a report that come after it: the one on a danger that was told at once, and a corrected one (29 to 31)."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from spotcheck.api.doors import Call, told
from spotcheck.api.kept import Answer
from spotcheck.api.shapes import Answered, ByWhom, Choice, Text, several
from spotcheck.docket.models import Entry, Evidence
from spotcheck.files.models import Upload
from spotcheck.inspection.dangers import PARTIAL_REPORT, without_report
from spotcheck.laboratories.acting import REPORTS, RESULTS, PutDoor, upload_id
from spotcheck.laboratories.cases import sample_of
from spotcheck.laboratories.doing import Step, matter_of
from spotcheck.laboratories.files import attached, uploads_of
from spotcheck.laboratories.projection import Sample
from spotcheck.laboratories.report import StatedItem
from spotcheck.parties.models import Post

ISSUED = "inspection.issue_report"
REPLACED = "report.replace_file"


class FileAnswer(Answered):
    """A file of the laboratory's own; the act with which it came, and its day."""

    name = serializers.CharField()
    sha256 = serializers.CharField()
    size = serializers.IntegerField()
    act = serializers.CharField()
    on = serializers.DateField()


class HazardFileAnswer(Answered):
    """Whether a danger was told whose report is owed, and the files that were handed in."""

    owed = serializers.BooleanField()
    files = serializers.ListField(child=FileAnswer())


class ReportFileAnswer(Answered):
    """The report as it was sent in, and its files, the newest first: that one counts, the others are kept."""

    number = serializers.CharField(allow_blank=True)
    conclusion = serializers.CharField(allow_blank=True)
    files = serializers.ListField(child=FileAnswer())


class HandingIn(ByWhom):
    """The report on a danger."""

    report = upload_id(help_text="The report on the failed items (PDF), as an upload.")


class Replacing(ByWhom):
    """A corrected file, why, and what it concludes: what was concluded, or it is refused. ``by`` is who signs it."""

    report = upload_id(help_text="The corrected report (PDF), as an upload.")
    reason = Text(max_length=2000)
    conclusion = Choice(choices=("conforming", "nonconforming"))
    items = several(StatedItem(), required=False)


class HazardFile(PutDoor):
    """``/cases/{code}/hazard/file``."""

    shape, act, scope, read = HandingIn, "report.file_partial", RESULTS, HazardFileAnswer

    def get(self, call: Call) -> Answer:
        """Whether the report on a danger is owed, and which files are here."""
        dossier = sample_of(call).dossier
        owed = without_report().filter(dossier=dossier).exists()
        return told({"owed": owed, "files": _files(call, dossier, PARTIAL_REPORT)})

    def put(self, call: Call) -> Answer:
        """The report on a danger that was told without it; what was owed is owed no more (30)."""
        return super().put(call)

    def steps(self, call: Call, sample: Sample, post: Post) -> tuple[Sequence[Step], Sequence[Upload]]:
        """One act."""
        files = uploads_of(call, [call.body["report"]], at="report")
        return [
            Step(matter_of(sample, "inspection"), "file_partial_report", {}, attached(files, PARTIAL_REPORT))
        ], files


class ReportFile(PutDoor):
    """``/cases/{code}/report/file``."""

    shape, act, scope, read = Replacing, REPLACED, REPORTS, ReportFileAnswer

    def get(self, call: Call) -> Answer:
        """The number and the conclusion of the report, and its files, the newest first."""
        dossier = sample_of(call).dossier
        entry = Entry.objects.filter(dossier=dossier, act=ISSUED).order_by("-sequence").first()
        facts = entry.facts if entry is not None else {}
        known = {"number": facts.get("report_number") or "", "conclusion": facts.get("conclusion") or ""}
        return told(known | {"files": _files(call, dossier, "report")})

    def put(self, call: Call) -> Answer:
        """A slip of the pen is set right by a new file (29, 31): conclusion, items and verdicts stay, both are kept.

        Where anything else would change it is refused (``results_would_change``): that is for the province.
        """
        return super().put(call)

    def steps(self, call: Call, sample: Sample, post: Post) -> tuple[Sequence[Step], Sequence[Upload]]:
        """One act."""
        body = call.body
        files = uploads_of(call, [body["report"]], at="report")
        facts = {"reason": body["reason"], "conclusion": body["conclusion"]}
        facts |= {"items": [dict(item) for item in body["items"]]} if "items" in body else {}
        about = {"signed_by": post.user.full_name}
        step = Step(matter_of(sample, "inspection"), "replace_report_file", facts, attached(files, "report", **about))
        return [step], files


def _files(call: Call, dossier: Any, kind: str) -> list[dict[str, Any]]:
    """The laboratory's own files of a kind, the newest first."""
    rows = Evidence.objects.filter(dossier=dossier, kind=kind, entry__office=call.caller.office)
    return [
        {
            "name": row.name,
            "sha256": row.stored_id,
            "size": row.stored.size,
            "act": row.entry.act,
            "on": row.entry.effective_on.isoformat(),
        }
        for row in rows.select_related("entry", "stored").order_by("-pk")
    ]
