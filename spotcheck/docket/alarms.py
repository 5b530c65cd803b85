"""Alarms that no act of anybody raises: what is missing, and by when it should have been there."""

from datetime import date

import structlog

from spotcheck.docket import calendars, clock
from spotcheck.docket.models import Deadline, Message
from spotcheck.parties.models import PROVINCE_CODE, Office

logger = structlog.get_logger(__name__)

CALENDAR_MISSING = "calendar_missing"
PERIOD_PARKED = "period_parked"
DELIVERY_PARKED = "delivery_parked"
CREDENTIAL_EXPIRING = "credential_expiring"


def calendar_alarm(today: date | None = None) -> int | None:
    """Alarm the province, once a day, while the holidays of next year are not announced (reading R3).

    Return the missing year, or None when nothing is missing yet.
    """
    today = today or clock.today()
    year = calendars.current().missing_year(today)
    if year is None:
        return None
    Message.objects.bulk_create(
        [
            Message(
                kind=CALENDAR_MISSING,
                day=today,
                office=Office.objects.get(code=PROVINCE_CODE),
                created_at=clock.now(),
            )
        ],
        ignore_conflicts=True,
    )
    logger.warning("the holidays of a year are not announced to the program", year=year)
    return year


def parked_alarm(deadline: Deadline) -> None:
    """Tell the province, and the bureau whose duty it is, of a period whose effect failed again and again."""
    offices = {Office.objects.get(code=PROVINCE_CODE), deadline.office} - {None}
    Message.objects.bulk_create(
        [
            Message(
                dossier_id=deadline.dossier_id,
                deadline=deadline,
                kind=PERIOD_PARKED,
                office=office,
                created_at=clock.now(),
            )
            for office in offices
        ],
        ignore_conflicts=True,
    )


def delivery_alarm(today: date) -> None:
    """Tell the province, once a day, that letters were given up (``spotcheck mail parked`` lists them)."""
    Message.objects.bulk_create(
        [
            Message(
                kind=DELIVERY_PARKED,
                day=today,
                office=Office.objects.get(code=PROVINCE_CODE),
                created_at=clock.now(),
            )
        ],
        ignore_conflicts=True,
    )
