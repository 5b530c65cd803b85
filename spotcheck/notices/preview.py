"""Preview: the papers that an act would issue, before it is done.

The act is really done and taken back: what is shown is what would be issued, refusals included, and neither a
number nor anything else is used up. Drawing comes after that, from the snapshot, when nothing is locked any more.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from spotcheck.docket.acts import perform
from spotcheck.docket.flow import ActSpec
from spotcheck.docket.trial_run import taken_back
from spotcheck.notices import production
from spotcheck.notices.catalogue import Field, fields
from spotcheck.notices.models import Paper
from spotcheck.parties.actors import Actor
from spotcheck.rules.regulations import of_act
from spotcheck.rules.words import Words

MARK: Final = "预览　不作送达"
UNNUMBERED: Final = "（未编号）"


@dataclass(frozen=True)
class Previewed:
    """One paper as it would be issued."""

    paper: Paper

    @property
    def title(self) -> Words:
        """Its title in both languages."""
        return self.paper.words

    @property
    def gaps(self) -> list[Field]:
        """The required fields that nobody has stated; they would be left to be filled in by hand."""
        return [fields()[name] for name in self.paper.gaps]

    @cached_property
    def pdf(self) -> bytes:
        """The paper, with its mark, without number and code: both would be others when it is really issued."""
        self.paper.code = ""
        self.paper.snapshot["url"] = ""
        self.paper.snapshot["data"]["paper"]["number"] = UNNUMBERED
        return production.content(self.paper, watermark=MARK).pdf


def issues(spec: ActSpec) -> bool:
    """Whether an act may issue a paper."""
    return bool(spec.forms) or any(spec.name in letter.issued_by for letter in of_act(spec.name).letters.values())


def preview(act: Any, *, by: Actor, on: date, facts: dict[str, Any]) -> list[Previewed]:
    """The papers of an act and of what follows from it, without doing it; raises what the act would raise."""
    with taken_back():
        entry = perform(act, by=by, on=on, facts=facts)
        papers = Paper.objects.filter(entry__dossier=entry.dossier_id, entry__sequence__gte=entry.sequence)
        return [Previewed(paper) for paper in papers.select_related("template", "issuer").order_by("pk")]
