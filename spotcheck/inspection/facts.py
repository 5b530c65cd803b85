"""The facts of the acts of chapter four."""

from datetime import date
from typing import Any

from spotcheck.docket.facts import Facts, claim, number, one_of, results, text, yes
from spotcheck.docket.models import Party


def _has_several_producers(matter: Any, _on: date) -> bool:
    return matter.dossier.parties.filter(role__in=Party.PRODUCERS).count() > 1


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

    all_items = yes()


class Report(Facts):
    """Articles 31 and 32."""

    conclusion = one_of("conforming", "nonconforming")
    items = results(needed=True)
    analysis = yes(only_when={"conclusion": "nonconforming"})
    signed = yes()
    report_number = number()


class Receipt(Facts):
    """Articles 33 and 35: the slip, the signed receipt or the file that proves the receipt."""

    proof = claim(200)
    slip_number = number()


class ProofOfLapse(Facts):
    """Article 35."""

    proof = claim(200)


class Import(Facts):
    """Articles 4 and 32: the organiser's document, and the items of its report."""

    document = claim(200)
    items = results(needed=True)


class Decision(Facts):
    """Articles 4, 32, 38 and 57: the document by which somebody else has decided about a conclusion."""

    document = claim(200)
