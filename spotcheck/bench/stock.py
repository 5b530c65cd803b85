"""What a laboratory's results would be taken by off the shelf: a nested ``ModelSerializer`` behind a token.

The same columns for an item as we keep, in tables of its own; written as the documentation of Django REST framework
writes nested objects, in one transaction. It is held to what a program may rely on with us: the sample is found by its
code and locked, what is there is compared with the tag that was read, an entry is written, and the answer is kept under
the key of the request. Still no chain, no rights in the case, no verdicts, no revisions. :class:`BareView` is the same
without all that: only the rows.
"""

import hashlib
import json
from typing import Any, ClassVar, Final

from django.db import connection, models, transaction
from oauth2_provider.contrib.rest_framework import OAuth2Authentication
from rest_framework import generics, permissions, response, serializers

from spotcheck.bench.world import Place


class StockSample(models.Model):
    """What is tested."""

    code = models.CharField(max_length=40, unique=True)

    class Meta:
        app_label = "bench"
        db_table = "bench_sample"

    def __str__(self) -> str:
        return self.code


class StockEntry(models.Model):
    """What was done, and when."""

    sample = models.ForeignKey(StockSample, models.CASCADE, related_name="entries")
    act = models.CharField(max_length=60)
    by = models.CharField(max_length=30)
    on = models.DateField()
    facts = models.JSONField(default=dict)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bench"
        db_table = "bench_entry"

    def __str__(self) -> str:
        return self.act


class StockAnswer(models.Model):
    """What was answered under a key."""

    office = models.IntegerField()
    key = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    body = models.TextField()

    class Meta:
        app_label = "bench"
        db_table = "bench_answer"
        constraints: ClassVar = [models.UniqueConstraint(fields=["office", "key"], name="bench_answer_once")]

    def __str__(self) -> str:
        return self.key


class StockReport(models.Model):
    """A delivery of results."""

    sample = models.ForeignKey(StockSample, models.CASCADE, null=True, related_name="reports")
    number = models.CharField(max_length=40)
    by = models.CharField(max_length=30)
    on = models.DateField()
    remark = models.TextField(blank=True)

    class Meta:
        app_label = "bench"
        db_table = "bench_report"

    def __str__(self) -> str:
        return self.number


class StockItem(models.Model):
    """One result."""

    report = models.ForeignKey(StockReport, models.CASCADE, related_name="items")
    number = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    revision = models.PositiveIntegerField(default=1)
    value = models.CharField(max_length=40)
    unit = models.CharField(max_length=30, blank=True)
    shown = models.CharField(max_length=200, blank=True)
    verdict = models.CharField(max_length=4, blank=True)
    computed = models.CharField(max_length=12, blank=True)
    compared = models.CharField(max_length=300, blank=True)
    why = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        app_label = "bench"
        db_table = "bench_item"

    def __str__(self) -> str:
        return self.number


class _Item(serializers.ModelSerializer[StockItem]):
    class Meta:
        model = StockItem
        exclude: ClassVar = ["report"]


class _Report(serializers.ModelSerializer[StockReport]):
    items = _Item(many=True)

    class Meta:
        model = StockReport
        exclude: ClassVar = ["sample"]

    def create(self, validated_data: dict[str, Any]) -> StockReport:
        """One row, and one for each item."""
        items = validated_data.pop("items")
        report = StockReport.objects.create(**validated_data)
        for item in items:
            StockItem.objects.create(report=report, **item)
        return report


class _MayCall(permissions.BasePermission):
    def has_permission(self, request: Any, view: Any) -> bool:
        """Whether a token came along."""
        return request.auth is not None


class BareView(generics.CreateAPIView[StockReport]):
    """Takes a delivery, and does nothing else."""

    authentication_classes = (OAuth2Authentication,)
    permission_classes = (_MayCall,)
    serializer_class = _Report
    queryset = StockReport.objects.all()

    def create(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """All of it or nothing."""
        with transaction.atomic():
            return super().create(request, *args, **kwargs)


class StockView(BareView):
    """Takes a delivery for a sample, from who has read what is there, once under a key."""

    def create(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """All of it or nothing."""
        key, seen = request.headers.get("Idempotency-Key"), request.headers.get("If-Match")
        stamp, office = hashlib.sha256(request.body).hexdigest(), request.auth.application.office_id
        with transaction.atomic():
            kept = StockAnswer.objects.filter(office=office, key=key).first() if key else None
            if kept is not None:
                return response.Response(json.loads(kept.body), status=200 if kept.fingerprint == stamp else 422)
            sample = StockSample.objects.select_for_update().get(code=kwargs["code"])
            if seen is not None and seen != tag_of(sample):
                return response.Response(status=412)
            taken = self.get_serializer(data=request.data)
            taken.is_valid(raise_exception=True)
            taken.save(sample=sample)
            said = taken.validated_data
            facts = {"verdicts": [{"name": item["name"], "value": item["value"]} for item in taken.data["items"]]}
            entry = StockEntry(sample=sample, act="results.record", by=said["by"], on=said["on"], facts=facts)
            entry.save()
            answer = taken.data | {"entry": entry.pk}
            if key:
                StockAnswer.objects.create(office=office, key=key, fingerprint=stamp, body=json.dumps(answer))
        return response.Response(answer, status=201)


def tag_of(sample: StockSample) -> str:
    """The tag of what is there."""
    there = _Report(sample.reports.prefetch_related("items"), many=True).data
    return f'"{hashlib.sha256(json.dumps(there).encode()).hexdigest()}"'


TABLES: Final = (StockSample, StockEntry, StockAnswer, StockReport, StockItem)


def furnish(place: Place) -> None:
    """Make the tables."""
    with place.here(), connection.schema_editor(collect_sql=True) as editor:
        for table in TABLES:
            editor.create_model(table)
        statements = list(editor.collected_sql)
    names = ", ".join(table._meta.db_table for table in TABLES)
    for statement in [*statements, f"GRANT ALL ON {names} TO PUBLIC"]:
        place.owner.execute(statement)
