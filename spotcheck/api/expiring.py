"""Credentials that are about to end: their office and the province are told in time, and no program stands still."""

from datetime import date
from typing import Final

from spotcheck.api.models import Credential
from spotcheck.docket import clock
from spotcheck.docket.alarms import CREDENTIAL_EXPIRING
from spotcheck.docket.models import Message
from spotcheck.parties.models import PROVINCE_CODE, Office

WARNED: Final = (30, 7, 1)
"""So many days before its last one an office is told."""


def warn(today: date | None = None) -> int:
    """Tell of every credential that has come so near to its end; each nearness is told once. Return how many were.

    A day on which nobody asked is made up on the next.
    """
    today = today or clock.today()
    province = Office.objects.get(code=PROVINCE_CODE)
    told = 0
    for credential in Credential.objects.filter(revoked_at=None).select_related("office"):
        left = credential.expires_on.toordinal() - today.toordinal()
        reached = [days for days in WARNED if 0 <= left <= days]
        if not reached or not credential.is_live(today):
            continue
        since = date.fromordinal(credential.expires_on.toordinal() - min(reached))
        before = Message.objects.filter(kind=CREDENTIAL_EXPIRING, office=credential.office, day__gte=since)
        if before.exists():
            continue
        told += 1
        Message.objects.bulk_create(
            [
                Message(kind=CREDENTIAL_EXPIRING, day=today, office=office, created_at=clock.now())
                for office in (credential.office, province)
            ],
            ignore_conflicts=True,
        )
    return told
