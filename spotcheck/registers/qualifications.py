"""Certificates of bodies (Articles 10, 40, 47): recorded, suspended, and told of before they end.

The province keeps them. What a certificate is of (office, kind, number) never changes; a later one is another row.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

from spotcheck.docket import book, clock
from spotcheck.docket.models import Message
from spotcheck.docket.sessions import session
from spotcheck.parties.models import PROVINCE_CODE, Office, Qualification, QualificationScope
from spotcheck.registers import standing
from spotcheck.registers.doer import Doer
from spotcheck.registers.refusals import refuse_if

WARNED: Final = (90, 60, 30)
"""So many days before its last one the body and the province are told."""
ENDING: Final = "qualification_ending"


def record(
    office: Office,
    *,
    kind: str,
    number: str,
    valid_from: date,
    valid_until: date,
    scope: Iterable[tuple[str, str, str]] = (),
    source: str = "",
    by: Doer,
) -> Qualification:
    """Record a certificate of a body with the lines of its scope: kind of product, standard, item."""
    lines = sorted(set(scope))
    with session():
        Office.objects.select_for_update().get(pk=office.pk)
        refuse_if(
            registers=not standing.registers(by, office),
            fits_office=office.is_bureau,
            missing=not (kind.strip() and number.strip()),
            span=valid_until < valid_from,
            certificate_once=Qualification.objects.filter(office=office, kind=kind, number=number).exists(),
        )
        made = Qualification.objects.create(
            office=office, kind=kind, number=number, valid_from=valid_from, valid_until=valid_until, source=source
        )
        QualificationScope.objects.bulk_create(
            [
                QualificationScope(qualification=made, product_kind=of, standard=by_, item=item)
                for of, by_, item in lines
            ]
        )
        _write("office.certificate", made, by, valid_until=valid_until.isoformat(), scope=len(lines))
    return made


def suspend(held: Qualification, *, since: date, until: date | None, reason: str, by: Doer) -> Qualification:
    """Suspend a certificate from a day, for a reason; with a last day where that is known."""
    with session():
        found = Qualification.objects.select_for_update(of=("self",)).select_related("office").get(pk=held.pk)
        refuse_if(
            registers=not standing.registers(by, found.office),
            missing=not reason.strip(),
            span=until is not None and until < since,
        )
        found.suspended_from, found.suspended_until = since, until
        found.save(update_fields=["suspended_from", "suspended_until"])
        said = {"since": since.isoformat(), "until": until.isoformat() if until else None}
        _write("office.certificate_suspended", found, by, reason=reason, **said)
    return found


def warn(today: date | None = None) -> int:
    """Tell each body, and the province, of certificates that end in ninety, sixty, thirty days; return how many were.

    One that a later certificate of the same kind follows is left out. A day on which nobody asked is made up.
    """
    today = today or clock.today()
    province = Office.objects.get(code=PROVINCE_CODE)
    told = 0
    held = Qualification.objects.filter(valid_until__gte=today).select_related("office").order_by("pk")
    latest = {(one.office_id, one.kind): one.valid_until for one in held.order_by("valid_until")}
    for one in held:
        left = one.valid_until.toordinal() - today.toordinal()
        reached = [days for days in WARNED if left <= days]
        if not reached or latest[one.office_id, one.kind] > one.valid_until:
            continue
        since = date.fromordinal(one.valid_until.toordinal() - min(reached))
        if Message.objects.filter(kind=ENDING, office=one.office, day__gte=since).exists():
            continue
        told += 1
        letters = [Message(kind=ENDING, day=today, office=to, created_at=clock.now()) for to in (one.office, province)]
        Message.objects.bulk_create(letters, ignore_conflicts=True)
    return told


def _write(kind: str, of: Qualification, by: Doer, *, reason: str = "", **said: object) -> None:
    after = {"kind": of.kind, "number": of.number} | said
    book.write(kind, by=by.post, user=by.user, subject=of.office, after=after, reason=reason, address=by.place)
