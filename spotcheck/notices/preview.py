"""Preview: the papers that an act would issue, before it is done.

The act is really done, in a transaction that is taken back: what is shown is what would be issued, refusals
included, and neither a number nor anything else is used up.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction

from spotcheck.docket.acts import perform
from spotcheck.notices import drawing
from spotcheck.notices.models import Paper
from spotcheck.parties.actors import Actor
from spotcheck.rules.words import Words

MARK: Final = "预览　不作送达"
UNNUMBERED: Final = "（未编号）"


@dataclass(frozen=True, slots=True)
class Previewed:
    """One paper as it would be issued."""

    title: Words
    pdf: bytes
    gaps: list[str]


def preview(act: Any, *, by: Actor, on: date, facts: dict[str, Any]) -> list[Previewed]:
    """Draw the papers of an act without doing it; raises what the act would raise."""
    with transaction.atomic():
        entry = perform(act, by=by, on=on, facts=facts)
        papers = list(Paper.objects.filter(entry=entry).select_related("template").order_by("pk"))
        found = [Previewed(p.words, _drawn(p), list(p.gaps)) for p in papers]
        transaction.set_rollback(True)
    return found


def _drawn(paper: Paper) -> bytes:
    """The paper without number and code: both would be others when it is really issued."""
    paper.code = ""
    paper.snapshot["url"] = ""
    paper.snapshot["data"]["paper"]["number"] = UNNUMBERED
    return drawing.content(paper, watermark=MARK).pdf
