"""The calendar in force: the announced years that ship as data, the notices imported since, the provisional year."""

from functools import lru_cache

from django.db.models.functions import MD5

from spotcheck.docket.models import CalendarNotice
from spotcheck.rules.calendar import Calendar, announced, parse_notice, with_notice, with_provisional

_Marks = tuple[tuple[int, str], ...]


def current() -> Calendar:
    """Return the calendar in force now."""
    return _calendar(_marks("year", "id"))


def of_edition(edition: str) -> Calendar | None:
    """Return the calendar of this edition: the present one, or one from before a notice came in; None if unknown."""
    confirmed = _marks("confirmed_at", "id")
    for number in range(len(confirmed), -1, -1):
        calendar = _calendar(confirmed[:number])
        if calendar.edition == edition:
            return calendar
    return None


def _marks(*order: str) -> _Marks:
    """Return number and fingerprint of the confirmed notices: numbers alone mean others in another database."""
    confirmed = CalendarNotice.objects.filter(confirmed_at__isnull=False).order_by(*order)
    return tuple(confirmed.annotate(mark=MD5("text")).values_list("id", "mark"))


@lru_cache(maxsize=8)
def _calendar(notices: _Marks) -> Calendar:
    """Build the calendar from these notices; a confirmed notice never changes."""
    calendar = announced()
    for row in CalendarNotice.objects.filter(pk__in=[pk for pk, _ in notices]).order_by("year", "id"):
        calendar = with_notice(calendar, parse_notice(row.text))
    return with_provisional(calendar)
