"""Drawing after the commit: the file of a paper is made from its snapshot, sealed and stored, once.

A lease on the row keeps two workers apart; who dies with it is replaced when it ends. The number was taken
long before: whatever goes wrong here, it is neither lost nor doubled, and the paper comes later.
"""

from datetime import datetime
from functools import cache
from typing import Final

import structlog
from django.db.models import Q

from spotcheck.docket import clock
from spotcheck.files import storage
from spotcheck.notices import render, sealing
from spotcheck.notices.catalogue import value_of
from spotcheck.notices.models import Paper
from spotcheck.notices.template import Template
from spotcheck.notices.template_files import parse
from spotcheck.notices.templates import template as template_of

logger = structlog.get_logger(__name__)

LEASE_SECONDS: Final = 180
SLOWEST_BACKOFF: Final = 6  # doublings of a minute: an hour
FAILURES: Final = (OSError, sealing.SealFailed, render.FontsMissing)


def draw_paper(pk: int) -> bool:
    """Draw, seal and store one paper; return whether there is a file now. Trouble is kept on the row.

    When two have drawn it after all, the first to finish is the one: its file may already be with somebody.
    """
    now = clock.now()
    if not _take(pk, now):
        return Paper.objects.filter(pk=pk, drawing=Paper.Drawing.DRAWN).exists()
    paper = Paper.objects.select_related("template", "issuer").get(pk=pk)
    try:
        kept, sealed = make(paper)
    except FAILURES as error:
        _note_trouble(paper, error, now)
        return False
    Paper.objects.filter(pk=pk).exclude(drawing=Paper.Drawing.DRAWN).update(
        drawing=Paper.Drawing.DRAWN, drawn_at=clock.now(), file=kept.name, sha256=kept.sha256, size=kept.size,
        sealed=sealed, lease_until=None, trouble="",
    )  # fmt: skip
    return True


def draw_lost(*, batch: int = 50) -> int:
    """Draw what nobody has drawn: the worker died, the broker was away, the disk was full. Return how many."""
    now = clock.now()
    waiting = Paper.objects.filter(Q(lease_until__isnull=True) | Q(lease_until__lt=now), drawing=Paper.Drawing.WANTED)
    return sum(draw_paper(pk) for pk in list(waiting.order_by("tries", "pk").values_list("pk", flat=True)[:batch]))


def content(paper: Paper, *, watermark: str = "") -> render.Drawn:
    """Draw a paper from its snapshot, unsealed: the same bytes each time."""
    template = _version(paper.template.source, paper.template.name) if paper.template else template_of(paper.key)
    data = paper.snapshot["data"]
    number = value_of(data, "paper.number")
    url = f"{paper.snapshot['url']}?n={number}" if paper.code else ""
    marks = render.Marks(url=url, code=grouped(paper.code or ""), watermark=watermark)
    return render.draw(template, data, marks)


def grouped(code: str) -> str:
    """A code in groups of four, to be read out."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def make(paper: Paper) -> tuple[storage.Kept, bool]:
    drawn = content(paper)
    pdf, sealed = drawn.pdf, False
    if drawn.seals:
        pdf = sealing.seal(drawn, issuer=paper.issuer.name, number=paper.number)
        sealed = True
    return storage.keep(f"papers/{paper.issued_on.year}/{paper.code}.pdf", pdf), sealed


@cache
def _version(source: str, name: str) -> Template:
    return parse(source, name)


def _take(pk: int, now: datetime) -> bool:
    """Take the lease of a paper that has no file yet."""
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    until = clock.later(now, LEASE_SECONDS)
    return bool(Paper.objects.filter(free, pk=pk).exclude(drawing=Paper.Drawing.DRAWN).update(lease_until=until))


def _note_trouble(paper: Paper, error: Exception, now: datetime) -> None:
    wait = 60 * 2 ** min(paper.tries, SLOWEST_BACKOFF)
    logger.warning(
        "a paper could not be drawn; it will be tried again", paper=paper.number, error=str(error), wait=wait
    )
    Paper.objects.filter(pk=paper.pk).exclude(drawing=Paper.Drawing.DRAWN).update(
        drawing=Paper.Drawing.WANTED, tries=paper.tries + 1, trouble=f"{type(error).__name__}: {error}"[:300],
        lease_until=clock.later(now, wait),
    )  # fmt: skip
