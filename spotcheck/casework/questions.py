"""Which facts of an act its form asks for, when, and which of them the act cannot do without.

Most of it is read off the acts themselves, so that no new act is forgotten: whatever a guard wants in writing has to be
written, a choice has to be made, and a question without a harmless answer has to be answered. Only what cannot be read
there stands here as data.
"""

from collections.abc import Callable
from typing import Final

from rest_framework import serializers

from spotcheck.docket.facts import Claim
from spotcheck.docket.flow import ActSpec

DECISIVE: Final = frozenset(
    {
        ("sampling.claim_refusal", "proven"),
        ("sampling.pass_precheck", "commissioned"),
        ("sampling.complete_sampling", "fee_charged"),
        ("rectification.annul", "anew"),
        ("recheck.commission_test", "fee_charged"),
        ("recheck.recommission", "fee_charged"),
        ("recheck.pass_without_test", "resume"),
    }
)
"""Yes or no with a consequence either way, so that the answer is asked for; besides those that no act does without.

Everywhere else an empty box only means that something is missing, and the act is refused by article."""
NEEDED: Final = frozenset(
    {
        ("task.cancel", "reason"),
        ("sampling.pass_precheck", "nominal_producer"),
        ("sampling.replace_sampler", "out"),
        ("purchase.place_order", "samplers"),
        ("inspection.issue_report", "items"),
        ("conclusion.import_external", "items"),
        ("objection.denial_findings", "documents"),
        ("retest.report", "items"),
        ("rectification.order_closure", "until"),
        ("rectification.transfer_jurisdiction", "to"),
        ("rectification.transfer_jurisdiction", "address"),
    }
)
"""What is to be stated because later steps and readers rest on it, besides the claims that a guard asks for."""
NEEDED_WHEN: Final = {
    ("recheck.verify_on_site", "finding"): "rectified=0",
}
"""Claims that may always be made, and that the act cannot do without only when another answer is this one."""
INSTEAD: Final = {
    ("sampling.record_obstruction", "media"): "no_media_reason",
}
"""Claims for which another one may stand in; that one is asked for only while the first is not made."""
ONLY_WHEN: Final = {
    ("task.set_scheme", "trigger"): "type=special",
    ("sampling.claim_refusal", "proven"): "ground=19(1)|19(2)|19(3)|19(5)",
    ("sampling.claim_refusal", "earlier_check"): "ground=19(4)",
    ("sampling.pass_precheck", "contract"): "commissioned=1",
    ("sampling.pass_precheck", "nominal_recorded"): "commissioned=1",
    ("sampling.pass_precheck", "nominal_producer"): "commissioned=1",
    ("sampling.pass_precheck", "nominal_name"): "commissioned=1",
    ("sampling.pass_precheck", "nominal_place"): "commissioned=1",
    ("sampling.record_obstruction", "no_media_reason"): "media=",
    ("inspection.issue_report", "analysis"): "conclusion=nonconforming",
    ("objection.file", "items"): "grounds=test_result",
    ("objection.order_retest", "retest_lab"): "lab=retest_lab",
    ("retest.recommission", "retest_lab"): "lab=retest_lab",
    ("rectification.transfer_jurisdiction", "letter"): "to-where=outside",
    ("rectification.annul", "anew"): "what=order",
    ("recheck.pass_without_test", "proof"): "resume=1",
    ("recheck.pass_without_test", "document"): "resume=1&proof=other_province",
    ("ban.record_producer_proof", "document"): "proof=other_province",
    ("announcement.correct", "document"): "basis=court|review|clerical",
    ("announcement.correct", "text"): "basis=court|review|clerical",
    ("publication.correct", "document"): "reason=court",
}
"""Questions that other answers raise: ``other=value``, with ``|`` between values (nothing is one too) and ``&`` between
answers. The page asks them in the same words (``data-shown-when``)."""

Answer = Callable[[str], str]
"""What was sent for an input, by its name; nothing when it was not."""


def is_raised(spec: ActSpec, name: str, answer: Answer) -> bool:
    """Whether the other answers raise this question; what was typed before they were changed does not count."""
    return holds(ONLY_WHEN.get((spec.name, name), ""), answer)


def is_needed(spec: ActSpec, name: str, answer: Answer) -> bool:
    """Whether the act cannot do without this text: a guard wants it in writing, or somebody later rests on it."""
    key = (spec.name, name)
    if key in NEEDED_WHEN:
        return holds(NEEDED_WHEN[key], answer)
    if name in {other for (act, _first), other in INSTEAD.items() if act == spec.name}:
        return False
    if key in INSTEAD and answer(INSTEAD[key]):
        return False
    return key in NEEDED or is_claim_asked_for(spec, name)


def is_claim_asked_for(spec: ActSpec, name: str) -> bool:
    """Whether a guard of the act looks at this claim."""
    return isinstance(spec.facts().fields[name], Claim) and any(name in need.asks for need in spec.needs)


def is_decisive(spec: ActSpec, name: str, source: serializers.Field) -> bool:
    """Whether a yes or no has a consequence either way, so that silence is no answer."""
    return source.required or (spec.name, name) in DECISIVE


def holds(condition: str, answer: Answer) -> bool:
    """Whether the answers are as a condition says; no condition always holds."""
    parts = [part.partition("=") for part in condition.split("&") if part]
    return all(answer(name) in values.split("|") for name, _equals, values in parts)
