"""Offices: the province creates the bodies that it commissions, and keeps what offices are called in short."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from spotcheck.docket import book, sessions
from spotcheck.docket.sessions import session
from spotcheck.parties.models import PROVINCE_CODE, Office
from spotcheck.registers import standing
from spotcheck.registers.doer import Doer
from spotcheck.registers.refusals import refuse_if

BODIES: Final = (Office.Kind.SAMPLING_BODY, Office.Kind.LABORATORY)


def create_body(
    *, code: str, kind: str, name: str, by: Doer, short_name: str = "", separation_system_on: date | None = None
) -> Office:
    """Create a body that can be commissioned (Articles 10, 40, 47); it manages its own people."""
    with session():
        province = Office.objects.get(code=PROVINCE_CODE)
        refuse_if(
            registers=not standing.registers(by, province),
            missing=not (code.strip() and name.strip()),
            fits_office=kind not in BODIES,
            code=Office.objects.filter(code=code).exists(),
            short_name=_is_taken(short_name),
        )
        made = Office.objects.create(
            code=code,
            kind=kind,
            name=name,
            short_name=short_name,
            separation_system_on=separation_system_on,
            since=sessions.today(),
        )
        _write("office.add", made, by, after={"code": code, "kind": kind, "name": name, "short_name": short_name})
    return made


def rename_short(office: Office, short_name: str, *, by: Doer) -> Office:
    """Change what an office is called in short; the same again is no change."""
    with session():
        held = Office.objects.select_for_update().get(pk=office.pk)
        refuse_if(
            registers=not standing.registers(by, held),
            short_name=short_name != held.short_name and _is_taken(short_name),
        )
        if short_name != held.short_name:
            before = {"short_name": held.short_name}
            held.short_name = short_name
            held.save(update_fields=["short_name"])
            _write("office.change", held, by, before=before, after={"short_name": short_name})
    return held


def _is_taken(short_name: str) -> bool:
    return bool(short_name) and Office.objects.filter(short_name=short_name).exists()


def _write(
    kind: str, office: Office, by: Doer, *, after: Mapping[str, Any], before: Mapping[str, Any] | None = None
) -> None:
    book.write(kind, by=by.post, user=by.user, subject=office, before=before, after=after, address=by.place)
