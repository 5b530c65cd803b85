"""What the papers of chapter five say (Forms 8 to 10), and whom they are for."""

from spotcheck.notices.contributions import Groups, Occasion, contributes
from spotcheck.objections.papers import decisions, retests

__all__ = ["of_objections"]


@contributes("objection", "retest")
def of_objections(of: Occasion) -> Groups:
    """The groups of the objection and of its retest."""
    return {"objection": decisions.group(of.entry, of.history), "retest": retests.group(of.entry, of.history)}
