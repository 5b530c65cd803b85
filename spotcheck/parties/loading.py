"""Load the regions of Shandong (GB/T 2260) and one market bureau for each, below that of the region above."""

import csv
from importlib.resources import files

from django.db.models import OuterRef, Subquery

from spotcheck.parties.models import PROVINCE_CODE, Office, Region

_BUREAU_OF_LEVEL = {
    Region.Level.PROVINCE: Office.Kind.PROVINCE,
    Region.Level.CITY: Office.Kind.CITY,
    Region.Level.COUNTY: Office.Kind.COUNTY,
    Region.Level.ZONE: Office.Kind.COUNTY,
}


def load_regions() -> None:
    """Create the regions and their bureaus; what exists keeps its rows and takes over corrected names."""
    text = files("spotcheck.parties").joinpath("regions-37.csv").read_text(encoding="utf-8")
    rows = sorted(csv.DictReader(text.splitlines()), key=lambda row: row["level"] != "province")
    rows.sort(key=lambda row: ("province", "city", "county", "zone").index(row["level"]))
    Region.objects.bulk_create(
        [Region(code=r["code"], name=r["name"], level=r["level"], parent_id=r["parent"] or None) for r in rows],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "level", "parent"],
    )
    names = {r["code"]: r["name"] for r in rows}
    Office.objects.bulk_create(
        [
            Office(
                code=r["code"],
                kind=_BUREAU_OF_LEVEL[Region.Level(r["level"])],
                name=_bureau_name(r, names),
                region_id=r["code"],
            )
            for r in rows
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "kind", "region"],
    )
    set_parents()


def set_parents() -> None:
    """Give every bureau that has none the bureau of the region above its own; the province and bodies stay without."""
    above = Office.objects.filter(kind__in=Office.BUREAUS, region__children=OuterRef("region"))
    Office.objects.filter(kind__in=(Office.Kind.CITY, Office.Kind.COUNTY), parent=None).update(
        parent=Subquery(above.order_by("pk").values("pk")[:1])
    )


def _bureau_name(row: dict[str, str], names: dict[str, str]) -> str:
    """The name of a county is not unique: its city stands before it. A zone already has that of its city."""
    city = names[row["parent"]] if row["level"] == "county" and row["parent"] != PROVINCE_CODE else ""
    return f"{city}{row['name']}市场监督管理局"
