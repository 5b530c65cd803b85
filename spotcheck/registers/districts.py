"""Districts: zones that have no code of their own, and which bureau handles what of a region (Article 42, R13)."""

from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from spotcheck.docket import book, sessions
from spotcheck.docket.sessions import session
from spotcheck.parties.models import Jurisdiction, Office, Region
from spotcheck.parties.regions import city_of
from spotcheck.registers import standing
from spotcheck.registers.doer import Doer
from spotcheck.registers.refusals import refuse_if

_LAST: Final = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TITLE: Final = "市场监督管理局"


def add_zone(city: Office, name: str, *, by: Doer) -> Office:
    """Record a zone (功能区) that has no code, below a city: it gets a code of ours, and a bureau of its own.

    On papers stands its name only. Raises :class:`NotDone` for who does not keep the city's data.
    """
    name = name.strip().removesuffix(_TITLE)
    with session():
        held = Office.objects.select_for_update().get(pk=city.pk)
        taken = set(Region.objects.filter(parent=held.region_id).values_list("code", flat=True))
        free = [code for last in _LAST if (code := f"{held.code[:4]}G{last}") not in taken]
        refuse_if(
            registers=not standing.registers(by, held),
            fits_office=held.kind != Office.Kind.CITY,
            missing=not name,
            zone_once=Region.objects.filter(parent=held.region_id, name=name).exists(),
            no_more_zones=not free,
        )
        today = sessions.today()
        region = Region.objects.create(
            code=free[0], name=name, level=Region.Level.ZONE, parent_id=held.region_id, valid_from=today
        )
        made = Office.objects.create(
            code=region.code, kind=Office.Kind.COUNTY, name=f"{name}{_TITLE}", region=region, parent=held, since=today
        )
        said = {"code": region.code, "name": name, "city": held.code}
        book.write("office.zone", by=by.post, user=by.user, subject=made, after=said, address=by.place)
    return made


def divide(
    region: Region, office: Office, *, document: str, since: date, by: Doer, product_kind: str = ""
) -> Jurisdiction:
    """Let another bureau handle what becomes of a region's firms from a day, for one kind of product or for all.

    What is open already stays where it is. A division for the same that still stands ends the day before.
    """
    with session():
        own = Office.objects.filter(code=region.code, kind__in=Office.BUREAUS).first()
        refuse_if(
            registers=own is None or not (standing.registers(by, own) and standing.registers(by, office)),
            same_city=not office.is_bureau or city_of(office.code) != city_of(region.code),
            missing=not document.strip(),
            not_backdated=since < sessions.today(),
        )
        standing_ones = Jurisdiction.objects.select_for_update().filter(
            region=region, product_kind=product_kind, until=None
        )
        refuse_if(once_divided=standing_ones.filter(since__gte=since).exists())
        standing_ones.update(until=date.fromordinal(since.toordinal() - 1))
        made = Jurisdiction.objects.create(
            office=office, region=region, product_kind=product_kind, document=document.strip(), since=since
        )
        said = {"region": region.code, "office": office.code, "product_kind": product_kind, "since": since.isoformat()}
        book.write(
            "office.divide", by=by.post, user=by.user, subject=office, after=said | {"document": document.strip()},
            address=by.place,
        )  # fmt: skip
    return made


def end_division(division: Jurisdiction, *, by: Doer) -> Jurisdiction:
    """End a division of work today; from tomorrow the region's own bureau handles what is opened."""
    with session():
        held = Jurisdiction.objects.select_for_update(of=("self",)).select_related("office").get(pk=division.pk)
        refuse_if(registers=not standing.registers(by, held.office), ended=held.until is not None)
        held.until = max(sessions.today(), held.since)
        held.save(update_fields=["until"])
        said = {"region": held.region_id, "until": held.until.isoformat()}
        book.write("office.divide_end", by=by.post, user=by.user, subject=held.office, after=said, address=by.place)
    return held


def divisions(by: Doer) -> "QuerySet[Jurisdiction]":
    """The divisions of work of the offices whose data somebody keeps, what stands first."""
    offices = standing.offices_of(by, "registers")
    found = Jurisdiction.objects.filter(Q(office__in=offices) | Q(region__offices__in=offices)).distinct()
    return found.select_related("office", "region").order_by("region", "product_kind", "-since")


def search(text: str) -> "QuerySet[Region]":
    """Regions of China by a code or a part of a name, zones of ours among them; without a text none."""
    wanted = text.strip()
    if not wanted:
        return Region.objects.none()
    found = Region.objects.filter(Q(code__startswith=wanted.upper()) | Q(name__contains=wanted))
    return found.select_related("parent").order_by("code")
