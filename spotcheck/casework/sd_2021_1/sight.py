"""Facts under the rules of 2021 that not everybody may know."""

from typing import Final

PERSONAL_FACTS: Final = frozenset(
    {"samplers", "inspector", "out", "in", "listed", "giver", "receiver", "film_kept_by", "witnesses"}
)
"""Facts that name those who sampled or tested; no enterprise is shown them."""
PARTY_FACTS: Final = frozenset(
    {
        *("candidates", "targets", "known", "earlier_check", "to", "address", "source", "letter", "authority"),
        *("nominal_producer", "nominal_name", "nominal_place", "early_reason", "text", "media", "no_media_reason"),
        *("finding", "evidence", "proof", "document", "documents", "reason"),
        *("carrier", "waybill", "explanation", "place", "reasons", "film_kept_by", "witnesses"),
    }
)
"""Facts that may tell who a party is; no laboratory is shown them."""
TEST_FACTS: Final = frozenset({"results", "verdicts", "limits"})
"""Results item by item: nobody else is shown them before the report says them, nor a retest laboratory ever (40)."""
