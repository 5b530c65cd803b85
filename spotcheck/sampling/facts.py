"""The facts of the acts of chapter three."""

from spotcheck.docket.facts import Facts, number, one_of, record, some_of, text, texts, yes

MEDIA = ("place", "storage", "marking", "stock", "process")
"""What is photographed or filmed (Article 16)."""
MEANS = ("records", "workshop", "warehouse")
"""From what the impossibility of sampling is verified (Article 20)."""
SUSPICIONS = ("no_licence", "forged_name", "other")


class Visit(Facts):
    """Article 13."""

    samplers = texts(60)
    ids_valid = yes()
    notice_matches = yes()
    mandate_copy = yes()


class RefusalClaim(Facts):
    """Article 19. ``earlier_check`` is ``{"dossier": id}`` or ``{"organiser", "sampled", "same_product"}``."""

    ground = one_of("19(1)", "19(2)", "19(3)", "19(4)", "19(5)")
    proven = yes()
    earlier_check = record()


class Precheck(Facts):
    """Articles 14 and 15."""

    suspicion = one_of("none", *SUSPICIONS)
    commissioned = yes()
    contract = yes()


class Suspicion(Facts):
    """Article 14."""

    suspicion = one_of(*SUSPICIONS)


class SamplingSheet(Facts):
    """Articles 16 to 18."""

    media = some_of(*MEDIA)
    signed = yes()
    paid = yes()
    fee_charged = yes()
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


class Order(Facts):
    """Articles 24 and 25."""

    records = yes()
    reserve_bought = yes()
    samplers = texts(60)


class Unsealing(Facts):
    """Article 26."""

    filmed = yes()


class SealingOnline(Facts):
    """Article 26."""

    sealed_separately = yes()
    papers_mailed = yes()
    sheet_number = number()


class PurchaseFailure(Facts):
    """Article 26."""

    cause = one_of("not_delivered", "wrong_goods", "damaged")


class Undertaking(Facts):
    """Articles 18 and 39."""

    undertaking = yes()


class Arrival(Facts):
    """Article 27."""

    seal_intact = yes()


class Issue(Facts):
    """Articles 10 and 27."""

    inspector = text(60)


class Compromise(Facts):
    """Articles 38 and 39."""

    cause = one_of("lab", "sampling_body", "applicant")
