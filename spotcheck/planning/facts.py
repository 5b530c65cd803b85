"""The facts of the acts of chapter two."""

from spotcheck.docket.facts import Facts, one_of, record, some_of, text, texts, yes

HEADS = ("overview", "industry", "testing", "quality", "guidance", "other")
"""The six heads of a work summary (Article 34)."""


class Suggestion(Facts):
    """Article 7."""

    in_catalogue = yes()
    contents = some_of("kinds", "batches", "timing")
    suggestion = text(2000)


class Filing(Facts):
    """Article 8."""

    filed = yes()
    circulated = yes()


class Adjustment(Facts):
    """Article 8."""

    reason = text(2000)


class Scheme(Facts):
    """Articles 5 and 9."""

    type = one_of("daily", "special")
    trigger = one_of("superior_order", "public_opinion", "emergency", "none")
    scheme = yes()
    detail_rules = one_of("own", "superior", "none")


class Agencies(Facts):
    """Article 10. The bodies are given by their office codes; the same code twice is one body that does both."""

    sampling_body = text(20)
    lab = text(20)
    same_body = yes()
    separation_system = yes()


class Draw(Facts):
    """Article 12: the seed, the candidate list, and the targets that were drawn from it."""

    seed = text(100)
    candidates = texts()
    targets = record()


class Summary(Facts):
    """Article 34."""

    heads = some_of(*HEADS)
    document = text(60)


class Cancellation(Facts):
    """Article 10."""

    reason = text(2000)
