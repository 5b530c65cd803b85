"""The facts of the acts of chapter four."""

from spotcheck.docket.facts import Facts, Results, number, one_of, text, yes


class Licence(Facts):
    """Article 28."""

    licence = one_of("valid", "not_required", "missing")


class Suspicion(Facts):
    """Article 28."""

    suspicion = one_of("no_licence", "forged_name", "other")


class Testing(Facts):
    """Articles 10, 28 and 29."""

    inspector = text(60)


class PartialReport(Facts):
    """Article 30."""

    items = Results()
    danger = yes()


class Completion(Facts):
    """Article 29."""

    all_items = yes()


class Report(Facts):
    """Articles 31 and 32."""

    conclusion = one_of("conforming", "nonconforming")
    items = Results()
    analysis = yes()
    signed = yes()
    report_number = number()


class Receipt(Facts):
    """Articles 33 and 35."""

    proof = yes()
    slip_number = number()


class ProofOfLapse(Facts):
    """Article 35."""

    proof = yes()


class Import(Facts):
    """Articles 4 and 32."""

    items = Results()
