"""The facts of the acts of chapter six."""

from typing import Any

from rest_framework import serializers

from spotcheck.docket.facts import Facts, answer, finding, number, one_of, text, when, yes


class Receipt(Facts):
    """Articles 43 and 44."""

    proof = yes()
    slip_number = number()


class Application(Facts):
    """Article 44."""

    measures_done = yes()


class Hardship(Facts):
    """Article 45."""

    proof = one_of("closure", "conversion", "relocation", "disaster", "bankruptcy", "none")


class Restored(Facts):
    """Article 45."""

    conditions_restored = yes()


class Closure(Facts):
    """Article 51: the last day of the closure period."""

    until = when()
    decision_number = number()


class Transfer(Facts):
    """Article 42: the code of the actual place of business."""

    to = text(6)


class ProofOfLapse(Facts):
    """Articles 44 and 46."""

    proof = yes()


class SiteCheck(Facts):
    """Articles 47 and 48."""

    rectified = answer()
    experts = yes()


class TestCommission(Facts):
    """Articles 47 and 49."""

    fee_charged = yes()
    technical_body = number()


class TestResult(Facts):
    """Article 47."""

    conclusion = finding("conforming", "nonconforming")


class PassWithoutTest(Facts):
    """Articles 47 and 48."""

    resume = yes()


class Correction(Facts):
    """Article 57."""

    reason = one_of("changed", "court")


class Suspicion(Facts):
    """Article 56."""

    finding = text(2000)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """``source`` is a word of every field, so this one is put in by name."""
        return {**super().get_fields(), "source": text(60)}


class Closing(Facts):
    """Article 52."""

    peer_informed = yes()


class Breach(Facts):
    """Articles 50 and 56."""

    evidence = yes()


class ProducerProof(Facts):
    """Article 48: the producer's pass in this dossier, or a document from where the producer is handled."""

    proof = one_of("dossier", "document", "none")
    document = number()
