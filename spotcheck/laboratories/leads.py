"""Leads: a suspected violation that the laboratory comes upon is reported at once (56)."""

from collections.abc import Sequence
from typing import Any

from spotcheck.api.doors import Call
from spotcheck.api.shapes import ByWhom, Choice, Shape, Text, several
from spotcheck.docket.flow import MATTERS
from spotcheck.files.models import Upload
from spotcheck.laboratories.acting import REPORTS, ActDoor, upload_id
from spotcheck.laboratories.doing import Step
from spotcheck.laboratories.files import attached, uploads_of
from spotcheck.laboratories.projection import Sample
from spotcheck.parties.models import Post


class Seen(Shape):
    """A file that shows it."""

    upload = upload_id()
    kind = Choice(choices=("photo", "film", "report", "screenshot", "other"))


class Noticed(ByWhom):
    """What was found, by whom and where, and what shows it."""

    finding = Text(max_length=2000)
    source = Text(max_length=60, required=False)  # type: ignore[assignment]  # the name of a member
    evidence = several(Seen(), least=0, most=20, required=False)


class Leads(ActDoor):
    """A suspected violation is reported: province and county are told at once (14, 56).

    It is about the firm that was sampled, whom the laboratory need not know. Of a producer whose licence is missing
    the inspection is terminated instead (28).
    """

    shape, act, scope = Noticed, "lead.create", REPORTS

    def steps(self, call: Call, sample: Sample, post: Post) -> tuple[Sequence[Step], Sequence[Upload]]:
        """One act."""
        body, shown = call.body, call.body.get("evidence", [])
        uploads = uploads_of(call, [one["upload"] for one in shown], at="evidence")
        files = [file for upload, said in zip(uploads, shown, strict=True) for file in attached([upload], said["kind"])]
        facts: dict[str, Any] = {name: body.get(name) for name in ("finding", "source")}
        lead: Any = MATTERS["lead"].new(sample.dossier)
        return [Step(lead, "create", facts, files)], uploads
