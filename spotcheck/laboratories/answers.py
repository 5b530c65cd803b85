"""The shapes of what is answered, for the description; a program ignores what it does not know."""

from rest_framework import serializers

from spotcheck.api.shapes import Answered
from spotcheck.casework.blind import UNITS, Phase
from spotcheck.inspection.states import InspectionState
from spotcheck.sampling.states import SampleState


class Product(Answered):
    """A product, as its label says."""

    kind = serializers.CharField()
    name = serializers.CharField()
    model = serializers.CharField()
    brand = serializers.CharField()
    standard = serializers.CharField()
    batch = serializers.CharField()


class Unit(Answered):
    """A unit of the sample: T to be tested, R the reserve."""

    unit = serializers.ChoiceField(choices=UNITS)
    state = serializers.ChoiceField(choices=list(SampleState))
    since = serializers.DateField()


class Inspection(Answered):
    """How far the test is."""

    state = serializers.ChoiceField(choices=list(InspectionState))
    since = serializers.DateField()


class Article(Answered):
    """An article of a text."""

    regulation = serializers.CharField()
    article = serializers.IntegerField()


class Barred(Answered):
    """Why an act is not possible now."""

    guard = serializers.CharField()
    says = serializers.CharField()
    cure = serializers.CharField(allow_null=True)


class NextAct(Answered):
    """An act that comes next: where it is done, and what stands in its way."""

    act = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the name of a member
    unit = serializers.CharField(allow_blank=True)
    href = serializers.CharField()
    articles = serializers.ListField(child=Article())
    blocked_by = serializers.ListField(child=Barred())


class ReportItem(Answered):
    """An item of the report."""

    name = serializers.CharField()
    kind = serializers.CharField()
    limit = serializers.CharField()
    value = serializers.CharField()
    unit = serializers.CharField()
    verdict = serializers.CharField()


class Report(Answered):
    """The laboratory's own report."""

    items = serializers.ListField(child=ReportItem())


class Wanted(Answered):
    """An objection of which the laboratory's conclusion is wanted: where it is filed, and since when it is (36)."""

    id = serializers.CharField()
    href = serializers.CharField()
    since = serializers.DateField()


class Due(Answered):
    """What is due, and by which day: that of the service target, which is no deadline."""

    what = serializers.CharField()
    says = serializers.CharField()
    on = serializers.DateField(allow_null=True)
    articles = serializers.ListField(child=Article())


class Case(Answered):
    """A sample, as a bench needs it."""

    code = serializers.CharField()
    phase = serializers.ChoiceField(choices=[phase.value for phase in Phase])
    product = Product()
    units = serializers.ListField(child=Unit())
    inspection = Inspection(required=False)
    report = Report(required=False)
    verifications = serializers.ListField(child=Wanted(), required=False)
    due = serializers.ListField(child=Due())
    next_acts = serializers.ListField(child=NextAct())


class Line(Answered):
    """A sample in a list."""

    code = serializers.CharField()
    href = serializers.CharField()
    product = serializers.CharField()
    state = serializers.ChoiceField(choices=list(InspectionState))
    since = serializers.DateField()
    due = serializers.ListField(child=Due())
    next_acts = serializers.ListField(child=serializers.CharField())


class Page(Answered):
    """A page of samples; ``next`` is the cursor of the one that follows."""

    cases = serializers.ListField(child=Line())
    next = serializers.CharField(allow_null=True)


class EntryOf(Answered):
    """What stands on record: for good, with its hash in the chain of the case."""

    act = serializers.CharField()
    sequence = serializers.IntegerField()
    on = serializers.DateField()
    hash = serializers.CharField()


class Told(Answered):
    """Who was told of it."""

    kind = serializers.CharField()
    who = serializers.CharField()


class Receipt(Answered):
    """What was done, or what would be (Dry-Run): entries, states afterwards, papers that follow, who is told."""

    code = serializers.CharField()
    href = serializers.CharField()
    recorded_at = serializers.DateTimeField()
    entries = serializers.ListField(child=EntryOf())
    states = serializers.DictField(child=serializers.CharField())
    papers = serializers.ListField(child=serializers.CharField())
    told = serializers.ListField(child=Told())
