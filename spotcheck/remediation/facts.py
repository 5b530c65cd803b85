"""The facts of the acts of chapter six."""

from datetime import date
from typing import Any, Final

from rest_framework import serializers

from spotcheck.docket.facts import OUTSIDE, Facts, claim, number, one_of, text, when, yes
from spotcheck.remediation.states import DenialState

DECIDED_BY_OTHERS: Final = ("court", "review", "clerical")
"""The grounds on which an announcement is corrected that rest on a paper and give a new text (R54)."""


def _is_seller(matter: Any, _on: date) -> bool:
    return bool(matter.party.is_seller)


class Receipt(Facts):
    """Articles 43 and 44: the slip, the signed receipt or the file that proves the receipt."""

    proof = claim(200)
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


class Start(Facts):
    """Article 51: the party's own written request, when the second recheck comes early (R41)."""

    early_reason = claim(only_of=lambda case, on: case.comes_early(on))


class Closure(Facts):
    """Article 51: the last day of the closure period, and the decision with the authority that took it."""

    until = when(needed=True)
    document = claim(200)
    authority = claim(200)


class Revocation(Facts):
    """Article 51: the decision of the registration authority on the business licence."""

    document = claim(200)
    authority = claim(200)


class Transfer(Facts):
    """Articles 32 and 42: the actual place of business by its code, its address, the finding on it.

    To another province the letter of the province: its number, or what it says when the province itself transfers.
    """

    to = text(6, needed=True)
    address = text(200, needed=True)
    finding = claim()
    letter = claim(only_when={"to": OUTSIDE})


class ProofOfLapse(Facts):
    """Articles 44 and 46."""

    proof = claim(200)


class Withdrawal(Facts):
    """Article 44: the party's own paper."""

    document = claim(200)


class FoundRestored(Facts):
    """Article 45: how the conditions were found restored, without an application of the party (R45)."""

    basis = one_of("called_on", "breach")
    finding = claim()
    evidence = claim()


class Dissolution(Facts):
    """Article 45: the proof of deregistration or death, and whether somebody has taken over the business (R46)."""

    proof = one_of("deregistration", "death")
    document = claim(200)
    successor = yes(decisive=True)


class Annulment(Facts):
    """Articles 43 and 50: which of ours a court or the reconsideration body annuls, and on which document (R47)."""

    what = one_of("order", "recheck")
    document = claim(200)
    anew = yes(decisive=True, only_when={"what": "order"})


class SiteCheck(Facts):
    """Articles 47 and 48; what was not rectified is written down (Article 50)."""

    rectified = yes(decisive=True)
    experts = yes()
    finding = claim(needed={"rectified": False})


class TestCommission(Facts):
    """Articles 47 and 49."""

    fee_charged = yes(decisive=True)
    technical_body = number(needed=True)


class Recommission(Facts):
    """Articles 47 and 49: why another body, and which."""

    reason = claim()
    fee_charged = yes(decisive=True)
    technical_body = number(needed=True)


class NoSample(Facts):
    """Articles 47 and 50: the demand, its date, and that the party provides no sample."""

    finding = claim()


class TestResult(Facts):
    """Article 47."""

    conclusion = one_of("conforming", "nonconforming")
    report_number = claim(60)


class PassWithoutTest(Facts):
    """Articles 47 and 48: a seller that resumes shows the pass of its producers (R57)."""

    resume = yes(decisive=True, only_of=_is_seller)
    proof = one_of("dossier", "other_province", "none", only_when={"resume": True}, only_of=_is_seller)
    document = number(only_when={"resume": True, "proof": "other_province"}, only_of=_is_seller)


class AnnouncementCorrection(Facts):
    """Article 51: on what the correction rests, and how it reads (R54)."""

    basis = one_of("changed", "court", "review", "clerical")
    document = claim(200, only_when={"basis": DECIDED_BY_OTHERS})
    text = claim(only_when={"basis": DECIDED_BY_OTHERS})


class Publishing(Facts):
    """Article 57: how a sample whose testing was stopped is shown."""

    stopped = one_of("items", "conforming", only_of=lambda publication, _on: publication.shows_stopped())


class Correction(Publishing):
    """Article 57: why what was published is corrected, and how it reads where somebody else has decided so."""

    reason = one_of("changed", "court")
    document = claim(200, only_when={"reason": "court"})
    text = claim(needed=True, only_when={"reason": "court"})


class Reason(Facts):
    """Article 56."""

    reason = claim()


class Referral(Facts):
    """Articles 28 and 32: what the province writes to the other province."""

    letter = claim()


class DenialFinding(Facts):
    """Article 52: what was found out about the producer."""

    finding = claim()


class Suspicion(Facts):
    """Article 56."""

    finding = claim()

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """``source`` is a word of every field, so this one is put in by name."""
        return {**super().get_fields(), "source": text(60)}


class Closing(Facts):
    """Article 52."""

    peer_informed = yes(only_of=lambda denial, _on: bool(denial.state == DenialState.AT_PROVINCE))


class Breach(Facts):
    """Articles 50 and 56."""

    evidence = claim()


class ProducerProof(Facts):
    """Article 48: the producer's pass in this dossier, or the paper of its bureau in another province (R57)."""

    proof = one_of("dossier", "other_province", "none")
    document = number(only_when={"proof": "other_province"})
