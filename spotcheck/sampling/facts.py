"""The facts of the acts of chapter three."""

from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from rest_framework import serializers

from spotcheck.docket import register
from spotcheck.docket.facts import Facts, claim, moment, number, one_of, people, record, some_of, text, when, whole, yes
from spotcheck.docket.models import Party
from spotcheck.parties.models import Enterprise, check_credit_code
from spotcheck.planning.queries import has_full_record
from spotcheck.rules import folding
from spotcheck.rules.sd_2021_1.custody import REFUSAL_REASONS, SEAL_STATES

MEDIA = ("place", "storage", "marking", "stock", "process")
"""What is photographed or filmed (Article 16)."""
MEANS = ("records", "workshop", "warehouse")
"""From what the impossibility of sampling is verified (Article 20)."""
SUSPICIONS = ("no_licence", "forged_name", "other")
COMMISSIONED: Final = {"commissioned": True}
"""The answer of a commissioned production, which raises the questions about who had it made."""


def _is_commissioned(matter: Any, _on: date) -> bool:
    """Whether who samples does it on commission; a bureau that samples itself has no mandate (Article 10)."""
    body = register.body(matter.dossier, "sampling_body")
    return body is None or not body.is_bureau


def _has_no_nominal_producer(matter: Any, _on: date) -> bool:
    return not matter.dossier.parties.filter(role=Party.Role.NOMINAL_PRODUCER).exists()


def is_of_full_record(matter: Any, _on: date) -> bool:
    """Whether it is asked because the record has to answer by itself."""
    return has_full_record(matter.dossier)


def _is_of_no_full_record(matter: Any, _on: date) -> bool:
    """The record answers it by itself where it is full."""
    return not has_full_record(matter.dossier)


def _never(_matter: Any, _on: date) -> bool:
    """The record answers it: the nominal producer is a party, or is put on record with this very act."""
    return False


class Visit(Facts):
    """Article 13."""

    samplers = people()
    ids_valid = yes()
    notice_matches = yes()
    mandate_copy = yes(only_of=_is_commissioned)


class RefusalClaim(Facts):
    """Article 19. ``earlier_check`` is ``{"dossier": id}`` or ``{"organiser", "sampled", "same_product"}``."""

    ground = one_of("19(1)", "19(2)", "19(3)", "19(4)", "19(5)")
    proven = yes(decisive=True, only_when={"ground": ("19(1)", "19(2)", "19(3)", "19(5)")})
    earlier_check = record(only_when={"ground": "19(4)"})


class Answer(Facts):
    """Article 19: why the province rejects a refusal."""

    reason = claim()


class Precheck(Facts):
    """Articles 14 and 15. A nominal producer that is not known yet comes with its name and the code of its place."""

    suspicion = one_of("none", *SUSPICIONS)
    commissioned = yes(decisive=True)
    contract = yes(only_when=COMMISSIONED)
    nominal_recorded = yes(only_when=COMMISSIONED, only_of=_never)
    nominal_producer = number(
        needed=True, instead="nominal_recorded", only_when=COMMISSIONED, only_of=_has_no_nominal_producer
    )
    nominal_name = text(200, only_when=COMMISSIONED, only_of=_has_no_nominal_producer)
    nominal_place = text(6, only_when=COMMISSIONED, only_of=_has_no_nominal_producer)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a credit code that cannot be one, or that nothing else is known of."""
        code = folding.code(attrs.get("nominal_producer") or "")
        if not code:
            return attrs
        attrs["nominal_producer"] = code
        try:
            check_credit_code(code)
        except ValidationError as error:
            raise serializers.ValidationError({"nominal_producer": error.messages}) from error
        missing = [name for name in ("nominal_name", "nominal_place") if not attrs.get(name)]
        if missing and not Enterprise.objects.filter(credit_code=code).exists():
            raise serializers.ValidationError({name: ["needed for an enterprise not known yet"] for name in missing})
        return attrs


class Suspicion(Facts):
    """Article 14."""

    suspicion = one_of(*SUSPICIONS)
    finding = claim()
    evidence = claim()


class SheetCorrection(Facts):
    """Article 17: what of Form 4 is corrected, with its first text and the right one, and who has confirmed it."""

    confirmed_by = some_of("samplers", "party")
    text = claim()


class _ComingIn(Facts):
    """Articles 12 and 13: who comes in; without a name the next of the drawn order."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """``in`` is a word of Python, so the field is put in by name."""
        return {**super().get_fields(), "in": text(60)}


class Replacement(_ComingIn):
    """Articles 12 and 13."""

    out = text(60, needed=True)
    reason = one_of("illness", "leave", "conflict")


class Addition(_ComingIn):
    """Articles 12 and 13."""

    reason = claim(200)


class SamplingSheet(Facts):
    """Articles 16 to 18."""

    media = some_of(*MEDIA)
    signed = yes()
    paid = yes()
    fee_charged = yes(decisive=True)
    sealed_separately = yes()
    sheet_number = number()
    batch = text(60)


class NotSampled(Facts):
    """Article 20."""

    cause = one_of("closed", "converted", "unfit")
    verified = some_of(*MEANS)


class Obstruction(Facts):
    """Article 21."""

    conduct = one_of("absurd_price", "gate_locked", "other")
    finding = claim()
    media = claim(instead="no_media_reason")
    no_media_reason = claim(only_when={"media": ""})


class Order(Facts):
    """Articles 24 and 25."""

    records = yes()
    reserve_bought = yes()
    samplers = people(needed=True)


class Filmed(Facts):
    """Articles 26 and 39. Where the record is full a film shows it: a file, or one kept elsewhere under its SHA-256."""

    filmed = yes(only_of=_is_of_no_full_record)
    film_began = moment(only_of=is_of_full_record)
    film_ended = moment(only_of=is_of_full_record)
    film_sha256 = text(64, only_of=is_of_full_record)
    film_size = whole(only_of=is_of_full_record)
    film_kept_by = text(200, only_of=is_of_full_record)


class Unsealing(Filmed):
    """Article 26."""


class SealingOnline(Facts):
    """Article 26."""

    sealed_separately = yes()
    papers_mailed = yes()
    sheet_number = number()
    batch = text(60)


class PurchaseFailure(Facts):
    """Articles 23 and 26."""

    cause = one_of("not_delivered", "wrong_goods", "damaged", "shop_closed", "outside_article_23")


class Undertaking(Facts):
    """Articles 18 and 39."""

    undertaking = yes()


class Dispatch(Facts):
    """Articles 26 and 27: the carrier with its waybill; without one the samplers carry the unit themselves."""

    carrier = text(200, only_of=is_of_full_record)
    waybill = number(only_of=is_of_full_record)


class Arrival(Facts):
    """Article 27. Where the record is full the seal is described, and whether it is intact follows from that."""

    seal_intact = yes(only_of=_is_of_no_full_record)
    seal_state = one_of(*SEAL_STATES, needed=False, only_of=is_of_full_record)
    seal_number = number(only_of=is_of_full_record)
    condition = text(500, only_of=is_of_full_record)
    giver = text(60, only_of=is_of_full_record)
    explanation = text(500, only_of=is_of_full_record)


class Keeping(Facts):
    """Article 27: where the tested unit is kept, and until which day."""

    kept_at = text(200)
    kept_until = when()


class Link(Facts):
    """Articles 18, 26 and 27: a move of a unit that no act of its chart says."""

    kind = one_of("moved", "returned", "dispatched", "resealed")
    place = text(200)
    receiver = text(60)
    carrier = text(200)
    waybill = number()
    seal_state = one_of(*SEAL_STATES, needed=False)
    seal_number = number()
    new_seal = number()
    condition = text(500)
    explanation = text(500)


class UnitRefusal(Facts):
    """Articles 18 and 27: why a unit is not taken over."""

    reason = one_of(*REFUSAL_REASONS)
    seal_number = number()
    explanation = claim()


class GapAcceptance(Facts):
    """Articles 18 and 27: which fault of the chain is accepted (``name.sequence``), and why."""

    fault = text(40, needed=True)
    reason = claim()


class Issue(Facts):
    """Articles 10 and 27."""

    inspector = text(60)


KEEPERS = ("lab", "sampling_body", "retest_lab", "carrier")
"""The bodies that keep a unit for the province, and whose loss of it is never the applicant's (Article 38)."""


class Compromise(Facts):
    """Articles 27, 38 and 39."""

    cause = one_of(*KEEPERS, "natural", "applicant")
    evidence = claim()
