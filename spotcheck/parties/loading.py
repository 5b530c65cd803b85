"""Load the regions of China and one market bureau for each of Shandong, below that of the region above."""

from datetime import date

from django.db.models import OuterRef, Subquery

from spotcheck.parties.models import PROVINCE_CODE, Office, Region, in_shandong
from spotcheck.parties.regions import Known, table

_BUREAU_OF_LEVEL = {
    Region.Level.PROVINCE: Office.Kind.PROVINCE,
    Region.Level.CITY: Office.Kind.CITY,
    Region.Level.COUNTY: Office.Kind.COUNTY,
    Region.Level.ZONE: Office.Kind.COUNTY,
}


def load_regions() -> None:
    """Bring the regions to the state of the table, and make the bureaus that are not there yet.

    A bureau that exists stays as it is, whatever the province has made of it, and so do its zones without a code.
    """
    known = sorted(table().values(), key=lambda one: ("province", "city", "county", "zone").index(one.level))
    Region.objects.bulk_create(
        [_region(one) for one in known],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "level", "parent", "valid_until", "successors"],
    )
    make_bureaus()


def make_bureaus() -> None:
    """Make the bureaus of Shandong that are not there yet; those that are there stay as they are."""
    known = table()
    names = {one.code: one.name for one in known.values()}
    bureaus = [
        Office(
            code=one.code,
            kind=_BUREAU_OF_LEVEL[Region.Level(one.level)],
            name=_bureau_name(one, names),
            region_id=one.code,
        )
        for one in known.values()
        if in_shandong(one.code) and one.until is None
    ]
    Office.objects.bulk_create(bureaus, ignore_conflicts=True)
    set_parents()


def _region(one: Known) -> Region:
    return Region(
        code=one.code,
        name=one.name,
        level=one.level,
        parent_id=one.parent or None,
        valid_until=date(one.until, 12, 31) if one.until is not None else None,
        successors=[{"kind": kind, "code": code} for kind, code in one.successors],
    )


def set_parents() -> None:
    """Give every bureau that has none the bureau of the region above its own; the province and bodies stay without."""
    above = Office.objects.filter(kind__in=Office.BUREAUS, region__children=OuterRef("region"))
    Office.objects.filter(kind__in=(Office.Kind.CITY, Office.Kind.COUNTY), parent=None).update(
        parent=Subquery(above.order_by("pk").values("pk")[:1])
    )


def _bureau_name(one: Known, names: dict[str, str]) -> str:
    """The name of a county is not unique: its city stands before it. A zone already has that of its city."""
    city = names[one.parent] if one.level == Region.Level.COUNTY and one.parent != PROVINCE_CODE else ""
    return f"{city}{one.name}市场监督管理局"
