"""A batch from line to line: every case is looked at, and those that were confirmed are done.

Looking really does the act in a case and takes it back, so that what is refused, and by which article, is known before
anything is done. A case is done in one transaction with its line, so that no death of a process, no second worker and
no second click does anything twice or forgets a line. A worker does it, woken at once and again every minute.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import structlog
from django.db import OperationalError, transaction
from django.db.models import Q

from spotcheck.casework.doing import Done, do
from spotcheck.casework.duties import act_of
from spotcheck.casework.models import Batch, BatchLine
from spotcheck.docket import clock
from spotcheck.docket.flow import MATTERS, Flow
from spotcheck.docket.lateness import late_by
from spotcheck.docket.trial_run import taken_back
from spotcheck.notices.models import Paper
from spotcheck.parties.actors import of_post
from spotcheck.rules.refused import Refused

logger = structlog.get_logger(__name__)

LANGUAGES: Final = ("zh-hans", "en")
_TRIED: Final = "试行"
"""The reason for a delay with which an act is tried; what is done states the one that was given."""
_GONE: Final = {"zh-hans": "该事项已经不在", "en": "The matter is not there any more"}
_BROKEN: Final = {
    "zh-hans": "系统出错，这一件没有办理，已经记录；请打开案卷单独办理",
    "en": "Something broke and this case was not done; it has been logged. Open the dossier and do it there",
}


@dataclass(frozen=True, slots=True)
class Tried:
    """What an act would come to in one case: refused in ``said`` (by language), or the titles of its ``papers`` with
    how many of their fields nobody has stated; ``late`` days after its day."""

    said: Mapping[str, str]
    papers: Sequence[Mapping[str, Any]] = ()
    late: int = 0


def waiting() -> list[UUID]:
    """The batches in which work waits, the oldest first."""
    stages = (Batch.Stage.LOOKING, Batch.Stage.DOING)
    return list(Batch.objects.filter(stage__in=stages).order_by("begun_at").values_list("pk", flat=True))


def go_on(key: UUID) -> None:
    """Look at what has not been looked at, or do what was confirmed, line by line; nothing where others do so."""
    batch = Batch.objects.select_related("post").filter(pk=key).first()
    if batch is None:
        return
    match batch.stage:
        case Batch.Stage.LOOKING:
            while _look_at_next(batch):
                pass
            _pass_on(batch, BatchLine.Outcome.WAITING, Batch.Stage.LOOKING, stage=Batch.Stage.LOOKED)
        case Batch.Stage.DOING:
            while _do_next(batch):
                pass
            _pass_on(batch, BatchLine.Outcome.READY, Batch.Stage.DOING, stage=Batch.Stage.DONE, done_at=clock.now())


def _pass_on(batch: Batch, left: str, before: str, **now: Any) -> None:
    """The next stage, once no line is left; lines in others' hands are brought on by them."""
    if not batch.lines.filter(outcome=left).exists():
        Batch.objects.filter(pk=batch.pk, stage=before).update(**now)


def _next(batch: Batch, state: str) -> BatchLine | None:
    """The next line in a state, locked for this transaction; those that another worker holds are passed over."""
    rows = BatchLine.objects.select_for_update(of=("self",), skip_locked=True).select_related("dossier")
    return rows.filter(batch=batch, outcome=state).order_by("place").first()


def _look_at_next(batch: Batch) -> bool:
    with transaction.atomic():
        line = _next(batch, BatchLine.Outcome.WAITING)
        if line is None:
            return False
        tried = _tried(line, batch)
        state = BatchLine.Outcome.REFUSED if tried.said else BatchLine.Outcome.READY
        BatchLine.objects.filter(pk=line.pk).update(
            outcome=state, said=dict(tried.said), papers=list(tried.papers), late=tried.late
        )
    return True


def _tried(line: BatchLine, batch: Batch) -> Tried:
    """Do the act, read what came of it, and take it back."""
    matter = _matter(line)
    if matter is None:
        return Tried(_GONE)
    late = max((days for _, days in late_by(matter, act_of(batch.act), batch.on)), default=0)
    try:
        with taken_back():
            answer = _done(line, batch, matter, late_reason=_TRIED if late else "")
            if isinstance(answer, Refused):
                return Tried(_in_languages(answer), late=late)
            return Tried({}, [*_papers(answer)], late)
    except OperationalError:
        raise
    except Exception:
        logger.exception("a case of a batch could not be tried", batch=str(batch.pk), dossier=line.dossier.number)
        return Tried(_BROKEN, late=late)


def _do_next(batch: Batch) -> bool:
    with transaction.atomic():
        line = _next(batch, BatchLine.Outcome.READY)
        if line is None:
            return False
        try:
            with transaction.atomic():
                matter = _matter(line)
                answer = None if matter is None else _done(line, batch, matter, late_reason=batch.late_reason)
        except OperationalError:
            raise
        except Exception:
            logger.exception("a case of a batch could not be done", batch=str(batch.pk), dossier=line.dossier.number)
            _put(line, outcome=BatchLine.Outcome.REFUSED, said=_BROKEN)
            return True
        if isinstance(answer, Done):
            papers = [*_papers(answer)]
            _put(line, outcome=BatchLine.Outcome.DONE, entry=answer.entry, papers=papers)
        else:
            said = _GONE if answer is None else _in_languages(answer)
            _put(line, outcome=BatchLine.Outcome.REFUSED, said=said)
    return True


def _put(line: BatchLine, **now: Any) -> None:
    BatchLine.objects.filter(pk=line.pk).update(at=clock.now(), **now)


def _matter(line: BatchLine) -> Flow | None:
    """The matter of a line as it is now."""
    rows = MATTERS[line.chart].objects.filter(pk=line.matter_id, dossier=line.dossier_id)
    return rows.select_related("dossier", "party__enterprise", "party__handler").first()


def _done(line: BatchLine, batch: Batch, matter: Flow, *, late_reason: str) -> Done | Refused:
    """The act in one case, with nothing stated: it asks for nothing. Late is said only where it is late."""
    spec = act_of(batch.act)
    return do(
        of_post(batch.post),
        matter,
        spec.method,
        on=batch.on,
        facts={},
        post=batch.post,
        seen=line.seen,
        late_reason=late_reason if late_by(matter, spec, batch.on) else "",
        proved=True,  # whoever confirmed the batch has proved himself
    )


def _papers(done: Done) -> Iterator[dict[str, Any]]:
    """What the papers of an act say of themselves: key, number, title, and how many fields are empty."""
    entry = done.entry
    rows = Paper.objects.filter(entry__dossier=entry.dossier_id).filter(Q(entry=entry) | Q(entry__cause=entry))
    for paper in rows.select_related("template").order_by("pk"):
        title = paper.words
        yield {
            "key": paper.pk,
            "number": paper.number,
            "title": {"zh-hans": title.zh, "en": title.en},
            "gaps": len(paper.gaps),
        }


def _in_languages(refused: Refused) -> dict[str, str]:
    return {language: refused.text(language) for language in LANGUAGES}
