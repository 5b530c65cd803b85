"""Notices of the State Council, brought in by one person and confirmed by another (reading R3)."""

import structlog
from django.db import transaction

from spotcheck.docket import calendars, clock
from spotcheck.docket.models import CalendarNotice
from spotcheck.rules import characters, folding
from spotcheck.rules.calendar import Notice, NoticeRefused, parse_notice, with_notice
from spotcheck.rules.refused import Refused
from spotcheck.rules.words import Words

LONGEST_NAME = 60

logger = structlog.get_logger(__name__)


class NotTaken(Refused):
    """A notice that is not taken in, or not confirmed; ``words`` says why. Nothing has been changed."""

    kind = "notice-not-taken"

    def __init__(self, words: Words) -> None:
        self.words = words
        super().__init__(words.en)

    def text(self, language: str) -> str:
        """Say why."""
        return self.words.in_(language)


def judged(text: str) -> Notice:
    """Read a notice that could be put into force now; raises :class:`NotTaken`."""
    try:
        notice = parse_notice(text)
        with_notice(calendars.current(), notice)
    except NoticeRefused as refused:
        raise NotTaken(Words(refused.in_("zh"), refused.in_("en"))) from refused
    except ValueError as error:
        known = calendars.current().announced_years
        raise NotTaken(
            Words(
                f"{notice.year}年的通知与已有的{known[0]}年至{known[-1]}年不相连",
                f"the notice of {notice.year} does not join the years {known[0]} to {known[-1]}",
            )
        ) from error
    newest = CalendarNotice.objects.filter(year=notice.year).order_by("-id").first()
    if newest is not None and newest.text == text and newest.confirmed_at is not None:
        raise NotTaken(Words(f"同一通知已经生效，编号 {newest.pk}", f"this very notice is in force as {newest.pk}"))
    return notice


def propose(text: str, *, by: str, again: bool = False) -> CalendarNotice:
    """Take a notice in. It has no effect before somebody else has confirmed it.

    ``again``: also when somebody has taken in the same, and nobody has confirmed it.
    """
    by, notice = _person(by), judged(text)
    with transaction.atomic():
        newest = CalendarNotice.objects.select_for_update().filter(year=notice.year).order_by("-id").first()
        if newest is not None and newest.text == text and not again:
            raise NotTaken(
                Words(f"同一通知已经导入，编号 {newest.pk}", f"this very notice was imported before, as {newest.pk}")
            )
        row = CalendarNotice.objects.create(
            year=notice.year,
            source=notice.source or "",
            text=text,
            proposed_by=by,
            proposed_at=clock.now(),
        )
    logger.info("a calendar notice was imported", notice=row.pk, year=row.year, by=by)
    return row


def remarks(row: CalendarNotice) -> tuple[Words, ...]:
    """What whoever confirms a notice should look at."""
    return parse_notice(row.text).remarks


def confirm(number: int, *, by: str) -> CalendarNotice:
    """Put a notice into force, as another person than the one who took it in."""
    by = _person(by)
    with transaction.atomic():
        row = CalendarNotice.objects.select_for_update().filter(pk=number).first()
        if row is None:
            raise NotTaken(Words(f"没有编号为 {number} 的通知", f"there is no notice {number}"))
        if row.confirmed_at is not None:
            raise NotTaken(
                Words(f"编号 {number} 的通知已由{row.confirmed_by}确认", f"{row.confirmed_by} has confirmed it already")
            )
        if folding.same(by, row.proposed_by):
            raise NotTaken(
                Words("导入和确认须由两人分别办理", "the one who imported a notice cannot confirm it as well")
            )
        if CalendarNotice.objects.filter(year=row.year, pk__gt=row.pk, confirmed_at__isnull=False).exists():
            raise NotTaken(Words(f"{row.year}年已有更新的通知", f"a newer notice of {row.year} is in force already"))
        row.confirmed_by, row.confirmed_at = by, clock.now()
        row.save(update_fields=["confirmed_by", "confirmed_at"])
    logger.info("a calendar notice was confirmed", notice=row.pk, year=row.year, by=by)
    return row


def _person(name: str) -> str:
    name = " ".join(characters.tidied(name).split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise NotTaken(Words("须写明由谁办理（姓名）", "the name of the person is needed"))
    return name
