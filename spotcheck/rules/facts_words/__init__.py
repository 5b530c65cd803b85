"""The facts that come with acts, as a screen asks for them, chapter by chapter."""

from typing import Final

from spotcheck.rules.facts_words.docket import DOCKET
from spotcheck.rules.facts_words.fact import ITEM_KINDS, ITEM_RESULTS, OF_EVERY_ACT, FactWords
from spotcheck.rules.facts_words.inspection import INSPECTION
from spotcheck.rules.facts_words.investigation import INVESTIGATION
from spotcheck.rules.facts_words.objections import OBJECTIONS
from spotcheck.rules.facts_words.planning import PLANNING
from spotcheck.rules.facts_words.publicity import PUBLICITY
from spotcheck.rules.facts_words.recheck import RECHECK
from spotcheck.rules.facts_words.remediation import REMEDIATION
from spotcheck.rules.facts_words.sampling import SAMPLING

__all__ = ["EARLIER", "FACTS", "ITEM_KINDS", "ITEM_RESULTS", "OF_EVERY_ACT", "OWN_FACTS", "RECORDED", "FactWords"]

FACTS: Final[dict[tuple[str, str], FactWords]] = {
    **PLANNING,
    **SAMPLING,
    **INSPECTION,
    **OBJECTIONS,
    **REMEDIATION,
    **RECHECK,
    **PUBLICITY,
    **INVESTIGATION,
}
"""Every fact by its act and name, in the order of the regulation."""

RECORDED: Final = frozenset(
    {
        *(
            ("task.draw_targets", fact)
            for fact in ("seed", "candidates", "count", "targets", "known", "samplers", "sampler_list")
        ),
        *(
            (f"sampling.{act}", fact)
            for act in ("replace_sampler", "add_sampler")
            for fact in ("post", "seed", "listed")
        ),
        ("rectification.issue_order", "items"),
        ("rectification.supplement_order", "items"),
    }
)
"""Nobody is asked for these: they come on record with the act, or a rehearsal states them."""

EARLIER: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("rectification.order_closure", "decision_number"): (),
    ("ban.record_producer_proof", "proof"): ("document",),
}
"""Facts that are no longer asked for, and answers no longer offered: older entries hold them and stay readable."""

OWN_FACTS: Final[dict[tuple[str, str], FactWords]] = DOCKET
"""Those of the docket's own acts."""
