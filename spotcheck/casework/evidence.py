"""Evidence at a door: which files wait for an act, what they may be, and who may open what came with acts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import structlog
from django.db.models import QuerySet

from spotcheck.casework.privacy import Sight
from spotcheck.docket import clock
from spotcheck.docket.answers import kinds_in_words
from spotcheck.docket.evidence import MEDIA_TYPES, Attached, claims_of
from spotcheck.docket.flow import ActSpec
from spotcheck.docket.models import Dossier, Evidence
from spotcheck.docket.tasks import check_upload
from spotcheck.docket.wording import headed, say
from spotcheck.files import receiving
from spotcheck.files.checks.content import HEIC, JPEG, SUFFIXES
from spotcheck.files.models import Upload
from spotcheck.network import counting
from spotcheck.parties.actors import Actor
from spotcheck.parties.models import Post
from spotcheck.rules.acts import NO_FILE, FactWords, fact_words
from spotcheck.rules.evidence import KINDS, allowed
from spotcheck.rules.words import Words

logger = structlog.get_logger(__name__)

MOST: Final = 50
"""Files with one act."""


@dataclass(slots=True)
class Waiting:
    """A file that waits for an act, as its form shows it."""

    upload: Upload
    kind: str
    kinds: list[tuple[str, str]]
    answers: str = ""
    claims: list[tuple[str, str]] = field(default_factory=list)

    @property
    def suffix(self) -> str:
        """What sort of file it is, for a list."""
        return SUFFIXES[self.upload.stored.media_type].removeprefix(".").upper() if self.upload.stored else ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that an act wants, as its form says it: what, by which articles, when, and what may be written instead."""

    what: str
    articles: tuple[int, ...]
    when: str
    instead: str


def wanted(spec: ActSpec) -> list[Wanted]:
    """The files that an act does not go without."""
    return [
        Wanted(
            headed(kinds_in_words(demand)),
            demand.articles,
            say(_or([_condition(spec, name, meant) for name, meant in demand.only_when.items()])),
            say(_or([_label(spec, name) for name in demand.instead or (NO_FILE,)])),
        )
        for demand in spec.words.obligatory
    ]


def _condition(spec: ActSpec, name: str, meant: Any) -> Words:
    """An answer with which a file is wanted: the fact and what it says."""
    words = _words(spec, name)
    answers = _or([words.choices[str(one)] for one in (meant if isinstance(meant, tuple) else (meant,))])
    return Words(f"{words.label.zh}：{answers.zh}", f"{words.label.en}: {answers.en}")


def _label(spec: ActSpec, name: str) -> Words:
    label = _words(spec, name).label
    return Words(f"“{label.zh}”", f"“{label.en}”")


def _words(spec: ActSpec, name: str) -> FactWords:
    words = fact_words(spec.name, name)
    assert words is not None, f"{spec.name}.{name} has no words"
    return words


def _or(words: Sequence[Words]) -> Words:
    return Words("或者".join(one.zh for one in words), " or ".join(one.en for one in words))


def have_checked(upload: Upload) -> None:
    """Check a file that is whole: a small one now, a long one by a worker; whom nobody tells, the next minute finds.

    Raises :class:`~spotcheck.files.reasons.FileRefused` for a small one.
    """
    if upload.size <= receiving.AT_ONCE:
        receiving.finish(upload, now=clock.now())
        return
    counting.wake(check_upload, str(upload.pk))


def owner_of(post: Post) -> str:
    """Whose a file on its way is."""
    return f"post:{post.pk}"


def office_of(actor: Actor) -> str:
    """Whose room a file on its way takes."""
    return f"office:{actor.office.code}" if actor.office is not None else f"enterprise:{actor.enterprise.credit_code}"  # type: ignore[union-attr]


def kinds_for(spec: ActSpec, upload: Upload) -> list[str]:
    """The kinds of an act that a file can be, by its type."""
    assert upload.stored is not None
    kind = upload.stored.media_type
    return [name for name in allowed(spec.name) if kind in {MEDIA_TYPES[word] for word in KINDS[name].media_types}]


def _likely(spec: ActSpec, names: Sequence[str], upload: Upload, taken: Collection[str]) -> str:
    """What a file probably is: what the act still wants; by a camera, a photograph; else the first kind that fits."""
    assert upload.stored is not None
    wanted_yet = [
        kind
        for demand in spec.words.obligatory
        if set(taken).isdisjoint(demand.kinds)
        for kind in demand.kinds
        if kind in names
    ]
    by_camera = ["photo"] if upload.stored.media_type in {JPEG, HEIC} and "photo" in names else []
    return next(iter([*wanted_yet, *by_camera, *names]), "")


def waiting(spec: ActSpec, post: Post, sent: Mapping[str, str], keys: Sequence[str]) -> list[Waiting]:
    """The files under these keys with what was chosen for each: ``kind-<key>`` and ``answers-<key>``."""
    claims = [(name, say(words.label)) for name in claims_of(spec) if (words := fact_words(spec.name, name))]
    found: list[Waiting] = []
    for upload in receiving.of(owner_of(post), keys)[:MOST]:
        names = kinds_for(spec, upload)
        chosen = sent.get(f"kind-{upload.pk}", "")
        kind = chosen if chosen in names else _likely(spec, names, upload, [one.kind for one in found])
        answers = sent.get(f"answers-{upload.pk}", "")
        kinds = [(name, say(KINDS[name].words)) for name in names]
        found.append(Waiting(upload, kind, kinds, answers if answers in dict(claims) else "", claims))
    return found


def attached(files: Sequence[Waiting]) -> list[Attached]:
    """What comes with the act; the same file twice as the same kind is one."""
    made = {
        (one.kind, one.upload.stored.pk): Attached(
            one.kind, one.upload.stored, one.upload.name, answers=[one.answers] if one.answers else []
        )
        for one in files
        if one.upload.stored is not None
    }
    return list(made.values())


def visible(dossier: Dossier, sight: Sight) -> "QuerySet[Evidence]":
    """The files of a dossier that the actor may open: a bureau all, everybody else what it handed in itself."""
    rows = Evidence.objects.filter(dossier=dossier).select_related("entry", "stored__disposal", "by").order_by("-pk")
    return sight.evidence(rows)
