"""Questions about the written conclusions on an objection (Article 36)."""

from typing import Any, Final

from spotcheck.docket import standing
from spotcheck.objections.facts import WRITERS
from spotcheck.objections.tables import Verification
from spotcheck.parties.actors import Actor

UPHOLDS, DOUBTS, CANNOT_TELL = "upholds", "doubts", "cannot_tell"
SUPPORT: Final = "support"
CONTRADICT: Final = "contradict"


def newest(objection: Any) -> dict[str, Verification]:
    """The newest written conclusion of each writer."""
    return {one.writer: one for one in Verification.objects.filter(objection=objection.pk).order_by("pk")}


def verdict(objection: Any) -> str:
    """What both together say of the conclusion: ``contradict`` where one doubts it, ``support`` where one upholds it.

    Empty where neither can tell.
    """
    said = {one.position for one in newest(objection).values()}
    if DOUBTS in said:
        return CONTRADICT
    return SUPPORT if UPHOLDS in said else ""


def writer_of(matter: Any, by: Actor, stated: str | None = None) -> str:
    """As whom somebody writes; where the same body sampled and tested, as it says. Empty when it is neither."""
    if by.word is not None:
        return by.word if by.word in WRITERS else ""
    words = [word for word in WRITERS if standing.is_meant(word, matter, matter.proposal.spec, by)]
    if stated:
        return stated if stated in words else ""
    return words[0] if len(words) == 1 else ""
