"""Evidence: files that come with an act, attached in its transaction, named by its claims, never changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from spotcheck.docket import bulk
from spotcheck.docket.facts import Claim, is_written
from spotcheck.docket.models import Entry, Evidence
from spotcheck.docket.problems import BadFacts
from spotcheck.files.checks.content import SUFFIXES
from spotcheck.files.models import StoredFile
from spotcheck.files.reasons import FileRefused
from spotcheck.parties.models import User
from spotcheck.rules.evidence import KINDS, allowed

if TYPE_CHECKING:
    from spotcheck.docket.flow import ActSpec

NAMED: Final = 16
"""So many digits of its hash stand with the name of a file in a claim."""
_WORD_OF: Final = {kind: kind.rpartition("/")[2] for kind in SUFFIXES} | {
    kind: "xlsx" for kind, suffix in SUFFIXES.items() if suffix == ".xlsx"
}
MEDIA_TYPES: Final = {word: kind for kind, word in _WORD_OF.items()}
"""The media type by the word that the rules have for it."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A kept file that comes with an act, and as what; ``answers`` are the claims for which it stands."""

    kind: str
    stored: StoredFile
    name: str
    taken_at: datetime | None = None
    about: dict[str, Any] = field(default_factory=dict)
    answers: Sequence[str] = ()


def refuse_kinds(spec: "ActSpec", evidence: Sequence[Attached]) -> None:
    """Raise :class:`BadFacts` for a kind that the act does not take, and for a file that is none of its kind."""
    wrong = [
        f"{one.name}: {one.kind}"
        for one in evidence
        if one.kind not in allowed(spec.name) or _WORD_OF[one.stored.media_type] not in KINDS[one.kind].media_types
    ]
    if wrong:
        raise BadFacts(spec.name, {"evidence": [f"the act does not take {what}" for what in wrong]})


def claims_of(spec: "ActSpec") -> list[str]:
    """The facts of an act that are a text, or else name evidence."""
    return [name for name, asked in spec.facts().fields.items() if isinstance(asked, Claim)]


def named(spec: "ActSpec", facts: dict[str, Any], evidence: Sequence[Attached]) -> dict[str, Any]:
    """The facts, with the claims that files stand for naming them; what was written stays before what is shown.

    A file that the articles want with the act answers the claim in its place by itself, where nobody has written it.
    """
    answered = dict(facts)
    claims = set(claims_of(spec)) if evidence else set()
    for one in evidence:
        for name in claims.intersection(one.answers or _wanted_for(spec, one.kind, facts)):
            shown = f"{KINDS[one.kind].words.zh}“{one.name}”（SHA-256 {one.stored.pk[:NAMED]}）"
            answered[name] = "；".join(part for part in (str(answered.get(name) or "").strip(), shown) if part)
    return answered


def _wanted_for(spec: "ActSpec", kind: str, facts: dict[str, Any]) -> list[str]:
    """The claims that a file of this kind stands for without being told, because it is wanted in their place."""
    return [
        demand.instead[0]
        for demand in spec.words.obligatory
        if demand.instead and kind in demand.kinds and not any(is_written(facts.get(name)) for name in demand.instead)
    ]


def attach(written: Sequence[Entry], evidence: Iterable[Sequence[Attached]], *, by: User | None = None) -> None:
    """Add the rows of what came with these entries; raises :class:`BadFacts` for a file that is gone meanwhile.

    ``by`` is whoever handed them in, where that is not whoever has done what the entry says.
    """
    made = [
        Evidence(
            dossier_id=entry.dossier_id,
            entry=entry,
            kind=one.kind,
            stored=one.stored,
            name=one.name[:200],
            taken_at=one.taken_at,
            by=by or entry.user,
            about=one.about,
        )
        for entry, attached in zip(written, evidence, strict=True)
        for one in attached
    ]
    if made:
        bulk.insert(made)  # from here on nobody can empty the rows of these files
        gone = StoredFile.objects.filter(pk__in={row.stored_id for row in made}, file="")
        if gone.exists():
            raise BadFacts(written[0].act, {"evidence": [str(FileRefused("destroyed"))]})
