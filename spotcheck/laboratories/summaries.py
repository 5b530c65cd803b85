"""The work summary of a task: its figures as far as they are the laboratory's own, and the filing of it (34)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet
from rest_framework import serializers

from spotcheck.api import limits
from spotcheck.api.doors import Call, Door, told
from spotcheck.api.kept import Answer
from spotcheck.api.problems import Problem
from spotcheck.api.shapes import Answered, ByWhom, Shape, Text
from spotcheck.casework import blind
from spotcheck.docket.flow import Flow
from spotcheck.docket.models import Dossier, Involvement, Track
from spotcheck.files.models import Upload
from spotcheck.inspection.models import Inspection, Item
from spotcheck.inspection.states import InspectionState
from spotcheck.laboratories import places, projection
from spotcheck.laboratories.acting import ActDoor, upload_id
from spotcheck.laboratories.cases import READ
from spotcheck.laboratories.doing import Step, matter_of
from spotcheck.laboratories.files import attached, uploads_of
from spotcheck.laboratories.paging import LIST, page
from spotcheck.laboratories.projection import Sample
from spotcheck.laboratories.verifications import TASKS
from spotcheck.parties.models import Post
from spotcheck.planning.facts import HEADS
from spotcheck.planning.states import TaskState
from spotcheck.rules.acts import fact_words
from spotcheck.rules.folding import fold

FILED: Final = "task.file_summary"
LONGEST_HEAD: Final = 300
"""Signs of what is said under one head; the document says the rest."""


class TaskAnswer(Answered):
    """A task in which the laboratory tests; its summary is wanted once testing is done."""

    number = serializers.CharField()
    href = serializers.CharField()
    title = serializers.CharField(allow_blank=True)
    product_kind = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(choices=list(TaskState))
    since = serializers.DateField()
    summary_wanted = serializers.BooleanField()


class TasksAnswer(Answered):
    """The tasks in which the laboratory tests; ``next`` is the cursor of the page that follows."""

    tasks = serializers.ListField(child=TaskAnswer())
    next = serializers.CharField(allow_null=True)


class ItemFigures(Answered):
    """In how many reports an item stands, and in how many it has failed."""

    name = serializers.CharField()
    kind = serializers.CharField()
    reported = serializers.IntegerField()
    failed = serializers.IntegerField()


class FiguresAnswer(Answered):
    """What the laboratory's own reports of a task come to; nothing of what became of them later."""

    number = serializers.CharField()
    samples = serializers.IntegerField()
    states = serializers.DictField(child=serializers.IntegerField())
    conforming = serializers.IntegerField()
    nonconforming = serializers.IntegerField()
    dangers = serializers.IntegerField()
    items = serializers.ListField(child=ItemFigures())


class Heads(Shape):
    """What the summary says under each of its six heads, in short."""

    overview = Text(max_length=LONGEST_HEAD, required=False)
    industry = Text(max_length=LONGEST_HEAD, required=False)
    testing = Text(max_length=LONGEST_HEAD, required=False)
    quality = Text(max_length=LONGEST_HEAD, required=False)
    guidance = Text(max_length=LONGEST_HEAD, required=False)
    other = Text(max_length=LONGEST_HEAD, required=False)


class Summing(ByWhom):
    """The summary: its heads in short, the official document and its number."""

    heads = Heads()
    number = Text(max_length=60)
    document = upload_id(help_text="The summary as an official document of the laboratory (PDF), as an upload.")


class OfTask(Sample):
    """The file of a task."""

    @property
    def href(self) -> str:
        """Where it is read."""
        return f"{places.TASKS}/{self.code}"

    @property
    def places(self) -> Mapping[str, str]:
        """Where its acts are done."""
        return {FILED: "summary"}

    def is_own(self, matter: Track | Flow) -> bool:
        """The task itself."""
        return matter.chart == "task"


class Tasks(Door):
    """``/tasks``."""

    scopes = {"GET": READ}
    asks = {"GET": LIST}
    answers = {"GET": {200: TasksAnswer}}

    def get(self, call: Call) -> Answer:
        """The tasks in which the laboratory tests, the oldest first, page by page."""
        found, following = page(call, "tasks", _tasks(call))
        tracks = {one.dossier_id: one for one in Track.objects.filter(dossier__in=found, chart="task")}
        return told({"tasks": [_line(row, tracks[row.pk]) for row in found if row.pk in tracks], "next": following})


class Figures(Door):
    """``/tasks/{number}/figures``."""

    scopes = {"GET": READ}
    answers = {"GET": {200: FiguresAnswer}}

    def get(self, call: Call) -> Answer:
        """What the laboratory's own reports of a task come to, for its summary (34)."""
        task = _task(call).dossier
        samples = list(blind.samples_of(call.caller.actor).filter(parent=task).values_list("pk", flat=True))
        tests = list(
            Inspection.objects.filter(dossier__in=samples).values_list("dossier", "state", "verdict", "partial_on")
        )
        reported = [dossier for dossier, state, _verdict, _on in tests if state == InspectionState.REPORTED]
        verdicts = Counter(verdict for _dossier, state, verdict, _on in tests if state == InspectionState.REPORTED)
        return told(
            {
                "number": task.number,
                "samples": len(samples),
                "states": dict(sorted(Counter(state for _dossier, state, _verdict, _on in tests).items())),
                "conforming": verdicts["conforming"],
                "nonconforming": verdicts["nonconforming"],
                "dangers": sum(on is not None for _dossier, _state, _verdict, on in tests),
                "items": _items(reported),
            }
        )


class Summary(ActDoor):
    """The work summary of a task is filed with the province, with its six heads (34).

    All six have to be there (``six_heads``), and every sample of the task has to have come to its end.
    """

    shape, act, scope = Summing, FILED, TASKS

    def sample(self, call: Call) -> Sample:
        """The task that the address names."""
        return _task(call)

    def steps(self, call: Call, sample: Sample, post: Post) -> tuple[Sequence[Step], Sequence[Upload]]:
        """One act, with the document; what is said under each head stands with it."""
        body = call.body
        said = {name: body["heads"][name] for name in HEADS if body["heads"].get(name)}
        files = uploads_of(call, [body["document"]], at="document")
        words = fact_words(FILED, "heads")
        assert words is not None
        remark = "\n".join(f"{words.choices[name].zh}：{text}" for name, text in said.items())
        facts = {"heads": list(said), "document": body["number"], "remark": remark}
        return [Step(matter_of(sample, "task"), "file_summary", facts, attached(files, "letter"))], files


def _tasks(call: Call) -> "QuerySet[Dossier]":
    """The tasks in which the laboratory is engaged."""
    actor = call.caller.actor
    part = Involvement.objects.filter(dossier=OuterRef("pk"), office=actor.office, role=blind.FIRST_LABORATORY)
    return Dossier.objects.visible_to(actor).filter(Exists(part), kind=Dossier.Kind.TASK)


def _task(call: Call) -> OfTask:
    """The task that an address names; raises ``not-found``, the same for one of others."""
    wanted = fold(str(call.names["number"]))
    rows = _tasks(call).filter(found_by_open__startswith=wanted)[:20] if wanted else []
    task = next((row for row in rows if fold(row.number) == wanted), None)
    if task is None:
        limits.unknown(call.caller.office)
        raise Problem("not-found")
    return projection.known(task, OfTask)


def _line(task: Dossier, track: Track) -> dict[str, Any]:
    return {
        "number": task.number,
        "href": f"{places.TASKS}/{task.number}",
        "title": task.title,
        "product_kind": task.product_kind,
        "state": track.state,
        "since": track.since.isoformat(),
        "summary_wanted": track.state == TaskState.TESTING_DONE,
    }


def _items(reported: Sequence[int]) -> list[dict[str, Any]]:
    """The items of reports, as they were reported."""
    rows = Item.objects.filter(dossier__in=reported).order_by("name").values_list("name", "kind", "first_result")
    found: dict[str, dict[str, Any]] = {}
    for name, kind, result in rows:
        line = found.setdefault(name, {"name": name, "kind": kind, "reported": 0, "failed": 0})
        line["reported"] += 1
        line["failed"] += result == Item.Verdict.FAIL
    return list(found.values())
