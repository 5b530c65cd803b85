"""The facts of the acts of chapter five."""

from datetime import date
from typing import Any

from rest_framework import serializers

from spotcheck.docket.facts import Facts, claim, documents, number, one_of, results, some_of, text, texts, yes
from spotcheck.planning.queries import has_full_record
from spotcheck.rules.sd_2021_1.custody import SEAL_STATES
from spotcheck.sampling.facts import Filmed, is_of_full_record

WRITERS = ("sampling_body", "lab")
"""Who must give a written conclusion (Article 36)."""
CITIES = ("nominal_producer_city", "seller_city")
"""Whose findings are needed on a denial (Article 37)."""


class Filing(Facts):
    """Article 35."""

    grounds = one_of("test_result", "sampling", "authenticity", "denial")
    items = texts(only_when={"grounds": "test_result"})
    evidence = yes()


class Findings(Facts):
    """Article 37. ``from`` names the city bureaus that have answered, ``documents`` the numbers of their papers."""

    produced = one_of("yes", "no", "differ")
    documents = documents(needed=True)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """``from`` is a word of Python, so the field is put in by name."""
        return {**super().get_fields(), "from": some_of(*CITIES)}


def _cities_differ(objection: Any, _on: date) -> bool:
    return bool(objection.cities_differ)


def _claims(matter: Any, _on: date) -> bool:
    """Whether it is claimed; where the record is full it follows from what the writers have filed."""
    return not has_full_record(matter.dossier)


class VerificationFiling(Facts):
    """Article 36: what the laboratory or the sampling body concludes. ``writer`` is asked where one body is both."""

    writer = one_of(*WRITERS, needed=False)
    position = one_of("upholds", "doubts", "cannot_tell")
    reasons = claim()
    document = claim()


class Maintain(Facts):
    """Articles 36 to 38. ``follows`` says why the province follows the one city, where the two differ."""

    written_conclusions = some_of(*WRITERS, only_of=_claims)
    reason = one_of("unfounded", "not_reproducible", "standard_forbids", "expired")
    verdicts = one_of("support", "contradict", only_of=_claims)
    follows = claim(needed=True, only_of=_cities_differ)


class Revoke(Facts):
    """Articles 36 and 38."""

    written_conclusions = some_of(*WRITERS, only_of=_claims)
    reason = one_of("sampling_process", "authenticity")


class OrderRetest(Facts):
    """Articles 36 and 38."""

    written_conclusions = some_of(*WRITERS, only_of=_claims)
    reproducible = yes()
    lab = one_of("retest_lab", "first_lab")
    retest_lab = number(needed=True, only_when={"lab": "retest_lab"})


class UpholdDenial(Facts):
    """Articles 36 and 37. The reason says why the province follows the one city, where the two differ."""

    written_conclusions = some_of(*WRITERS, only_of=_claims)
    reason = claim(only_of=_cities_differ)


class NewDecision(Facts):
    """Articles 38 and 39: why the retest that was ordered cannot be held, and what is decided instead."""

    decision = one_of("maintain", "revoke")
    cause = one_of("unit", "no_body")
    finding = claim()
    written_conclusions = some_of(*WRITERS, only_of=_claims)


class Reason(Facts):
    """Article 36."""

    reason = claim()


class Withdrawal(Facts):
    """Article 35: the party's own paper."""

    document = claim(200)


class Receipt(Facts):
    """Article 39: the slip, the signed receipt or the file that proves the receipt."""

    proof = claim(200)
    slip_number = number()


class Waiver(Facts):
    """Article 39."""

    ground = one_of("tampering", "lapse")


class Commission(Facts):
    """Article 40."""

    time = yes()
    items = texts()


class Recommission(Facts):
    """Articles 38 and 40: why another body, and which."""

    reason = claim()
    time = yes()
    lab = one_of("retest_lab", "first_lab")
    retest_lab = number(needed=True, only_when={"lab": "retest_lab"})


class HandOver(Filmed):
    """Articles 39 and 40: on film, with the seal as it is and the people of both sides."""

    seal_state = one_of(*SEAL_STATES, needed=False, only_of=is_of_full_record)
    seal_number = number(only_of=is_of_full_record)
    giver = text(60, only_of=is_of_full_record)
    receiver = text(60, only_of=is_of_full_record)
    witnesses = text(200, only_of=is_of_full_record)


class Start(Facts):
    """Articles 38 and 40."""

    lab = one_of("retest_lab", "first_lab")


class RetestReport(Facts):
    """Article 41."""

    items = results(needed=True)


class ProofOfLapse(Facts):
    """Article 39."""

    proof = claim(200)
