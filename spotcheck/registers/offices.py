"""Offices: the province creates the bodies that it commissions, and keeps what offices are called in short."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from spotcheck.docket import book, sessions
from spotcheck.docket.sessions import session
from spotcheck.parties.models import PROVINCE_CODE, Office
from spotcheck.registers import naming, standing
from spotcheck.registers.doer import Doer
from spotcheck.registers.refusals import refuse_if

BODIES: Final = (Office.Kind.SAMPLING_BODY, Office.Kind.LABORATORY)


def create_body(
    *, code: str, kind: str, name: str, by: Doer, short_name: str = "", separation_system_on: date | None = None
) -> Office:
    """Create a body that can be commissioned (Articles 10, 40, 47); it manages its own people."""
    code, short_name = naming.as_kept(code), naming.as_kept(short_name)
    with session():
        naming.one_at_a_time()
        province = Office.objects.get(code=PROVINCE_CODE)
        refuse_if(
            registers=not standing.registers(by, province),
            missing=not (code and name.strip()),
            fits_office=kind not in BODIES,
            code_form=bool(code) and not naming.is_code(code),
            short_name_form=bool(short_name) and not naming.is_for_the_entrance(short_name),
            code=naming.alike(Office.objects.all(), "code", code).exists(),
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
    short_name = naming.as_kept(short_name)
    with session():
        naming.one_at_a_time()
        held = Office.objects.select_for_update().get(pk=office.pk)
        refuse_if(
            registers=not standing.registers(by, held),
            short_name_form=bool(short_name) and not naming.is_for_the_entrance(short_name),
            short_name=short_name != held.short_name and _is_taken(short_name, held),
        )
        if short_name != held.short_name:
            before = {"short_name": held.short_name}
            held.short_name = short_name
            held.save(update_fields=["short_name"])
            _write("office.change", held, by, before=before, after={"short_name": short_name})
    return held


def require_factor(office: Office, needed: bool, *, by: Doer) -> Office:
    """Choose whether everybody who works in an office needs a second factor; the same again is no change.

    By who manages its people. Whoever has none is led to it with his next request.
    """
    with session():
        held = Office.objects.select_for_update().get(pk=office.pk)
        refuse_if(manages=not standing.manages(by, held))
        if needed != held.needs_factor:
            held.needs_factor = needed
            held.save(update_fields=["needs_factor"])
            _write("office.change", held, by, before={"needs_factor": not needed}, after={"needs_factor": needed})
    return held


def _is_taken(short_name: str, by_others_than: Office | None = None) -> bool:
    others = Office.objects.exclude(pk=by_others_than.pk) if by_others_than is not None else Office.objects.all()
    return bool(short_name) and naming.alike(others, "short_name", short_name).exists()


def _write(
    kind: str, office: Office, by: Doer, *, after: Mapping[str, Any], before: Mapping[str, Any] | None = None
) -> None:
    book.write(kind, by=by.post, user=by.user, subject=office, before=before, after=after, address=by.place)
