"""The facts of the acts of chapter four."""

from datetime import date
from typing import Any

from rest_framework import serializers

from spotcheck.docket.facts import Asked, Asking, Facts, claim, number, one_of, results, text, yes
from spotcheck.docket.models import Party


def _has_several_producers(matter: Any, _on: date) -> bool:
    return matter.dossier.parties.filter(role__in=Party.PRODUCERS).count() > 1


def states_itself(matter: Any, _on: date) -> bool:
    """Whether a case states its items: where they are recorded one by one, the record answers (Article 29)."""
    return not getattr(matter, "rule_snapshot", None)


class Objects(Asked, serializers.ListField):
    """JSON objects whose shape is checked where they are read, against the items of the case."""

    child = serializers.DictField()

    def run_child_validation(self, data: Any) -> Any:
        """Objects with their names are taken as they are: nothing of them is checked here."""
        if all(type(one) is dict and all(isinstance(name, str) for name in one) for one in data):
            return [dict(one) for one in data]
        return super().run_child_validation(data)


class ItemResults(Facts):
    """Articles 29 and 31. ``limits``: ``[{number, limit}]``, as ``rules/limits.py`` has it; ``results``:
    ``[{number, ...}]`` with the fields of ``rules/verdicts.FIELDS`` and ``approved_by``; of persons the staff number.
    """

    limits = Objects(required=False, max_length=300, asking=Asking())
    results = Objects(required=False, max_length=300, asking=Asking())


class LaterResults(Facts):
    """Articles 40, 41 and 47: those of a retest or of the test of a recheck, in the same form."""

    results = Objects(required=False, max_length=300, asking=Asking())


class Licence(Facts):
    """Article 28."""

    licence = one_of("valid", "not_required", "missing")


class Suspicion(Facts):
    """Article 28. ``producer`` is the label of the producer that is meant; without it every producer is (R39)."""

    suspicion = one_of("no_licence", "forged_name", "other")
    producer = text(10, only_of=_has_several_producers)
    finding = claim()
    evidence = claim()


class Testing(Facts):
    """Articles 10, 28 and 29."""

    inspector = text(60)


class PartialReport(Facts):
    """Article 30."""

    items = results()
    danger = yes()


class Completion(Facts):
    """Article 29."""

    all_items = yes(only_of=states_itself)


class Report(Facts):
    """Articles 31 and 32."""

    conclusion = one_of("conforming", "nonconforming")
    items = results(needed=True, only_of=states_itself)
    analysis = yes(only_when={"conclusion": "nonconforming"})
    signed = yes()
    report_number = number()


class ReplacedReport(Facts):
    """Articles 29 and 31: why the file is replaced, and what the new one concludes; its items where they are stated."""

    reason = claim(needed=True)
    conclusion = one_of("conforming", "nonconforming")
    items = results()


class Receipt(Facts):
    """Articles 33 and 35: the slip, the signed receipt or the file that proves the receipt."""

    proof = claim(200)
    slip_number = number()


class ProofOfLapse(Facts):
    """Article 35."""

    proof = claim(200)


class Import(Facts):
    """Articles 4 and 32: the organiser's document, the items of its report, and the batch that it tested."""

    document = claim(200)
    items = results(needed=True)
    batch = text(60)


class Decision(Facts):
    """Articles 4, 32, 38 and 57: the document by which somebody else has decided about a conclusion."""

    document = claim(200)
