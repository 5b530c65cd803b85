"""The facts of the acts of chapter four."""

from spotcheck.docket.facts import Facts, Results, claim, number, one_of, text, yes


class Licence(Facts):
    """Article 28."""

    licence = one_of("valid", "not_required", "missing")


class Suspicion(Facts):
    """Article 28. ``producer`` is the label of the producer that is meant; without it every producer is (R39)."""

    suspicion = one_of("no_licence", "forged_name", "other")
    producer = text(10)
    finding = claim()
    evidence = claim()


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
    """Articles 33 and 35: the slip, the signed receipt or the file that proves the receipt."""

    proof = claim(200)
    slip_number = number()


class ProofOfLapse(Facts):
    """Article 35."""

    proof = claim(200)


class Import(Facts):
    """Articles 4 and 32: the organiser's document, and the items of its report."""

    document = claim(200)
    items = Results()


class Decision(Facts):
    """Articles 4, 32, 38 and 57: the document by which somebody else has decided about a conclusion."""

    document = claim(200)
