"""The calendar in force: the announced years that ship as data, the notices imported since, the provisional year."""

from functools import lru_cache

from django.db.models import CharField, Func

from spotcheck.docket.models import CalendarNotice
from spotcheck.docket.sessions import once
from spotcheck.rules.calendar import Calendar, announced, parse_notice, with_notice, with_provisional

_Marks = tuple[tuple[int, str], ...]


class _Print(Func):
    """The SHA-256 of a text, as hexadecimal digits, by the database."""

    template = "encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')"
    output_field = CharField()


def current() -> Calendar:
    """Return the calendar in force now."""
    return _calendar(once("calendar", lambda: _marks("year", "id")))


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
    return tuple(confirmed.annotate(mark=_Print("text")).values_list("id", "mark"))


@lru_cache(maxsize=8)
def _calendar(notices: _Marks) -> Calendar:
    """Build the calendar from these notices; a confirmed notice never changes."""
    calendar = announced()
    for row in CalendarNotice.objects.filter(pk__in=[pk for pk, _ in notices]).order_by("year", "id"):
        calendar = with_notice(calendar, parse_notice(row.text))
    return with_provisional(calendar)
