"""The facts of the acts of chapter two."""

from spotcheck.docket.facts import Facts, claim, one_of, some_of, text, whole, yes

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

    reason = claim()


class Scheme(Facts):
    """Articles 5 and 9."""

    type = one_of("daily", "special")
    trigger = one_of("superior_order", "public_opinion", "emergency", "none", only_when={"type": "special"})
    scheme = yes()
    detail_rules = one_of("own", "superior", "none")


class RuleChoice(Facts):
    """Article 9: the version of the rules of detail, by its key."""

    rule = whole(needed=True)


class Agencies(Facts):
    """Article 10. The bodies are given by their office codes; the same code twice is one body that does both."""

    sampling_body = text(20, needed=True)
    lab = text(20, needed=True)
    same_body = yes()
    separation_system = yes()


class Draw(Facts):
    """Article 12: from which frozen list how many firms, and how many batches of theirs, are drawn.

    The seed is none of the facts: the machine makes it at the moment of the act. What was drawn is put on record with
    the act.
    """

    frame = text(64)
    number = whole()
    batches = whole()


class Summary(Facts):
    """Article 34."""

    heads = some_of(*HEADS)
    document = text(60)


class Cancellation(Facts):
    """Article 10."""

    reason = claim(needed=True)
