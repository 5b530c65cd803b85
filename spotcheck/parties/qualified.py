"""Whether a body may test a kind of product on a day, by its certificates (Articles 10, 40, 47)."""

from datetime import date
from typing import Final

from django.db.models import Value
from django.db.models.functions import Coalesce

from spotcheck.parties.models import Office, Qualification
from spotcheck.rules import folding
from spotcheck.rules.words import Words

LISTED: Final = 30
"""So many days after the end of its last certificate a body stays in the lists to choose from."""


def lacking(office: Office, product_kind: str, on: date) -> Words | None:
    """Why a body may not test a kind of product on a day; nothing where it may. Without a kind any scope will do.

    Asked with one statement.
    """
    scope = Coalesce("scope__product_kind", Value(""))
    columns = ("pk", "kind", "number", "valid_from", "valid_until", "suspended_from", "suspended_until")
    rows = list(Qualification.objects.filter(office=office).values_list(*columns, scope).order_by("-valid_until", "pk"))
    if not rows:
        return Words(f"{office.name}没有登记资质", f"{office.name} has no certificate on record")
    valid = [row for row in rows if row[3] <= on <= row[4]]
    if not valid:
        _, kind, number, _, until, *_ = rows[0]
        return Words(
            f"{office.name}在{on}没有有效的资质（{kind} {number} 有效期至{until}）",
            f"{office.name} has no certificate that is valid on {on} ({kind} {number} until {until})",
        )
    held = [row for row in valid if not (row[5] is not None and row[5] <= on and (row[6] is None or on <= row[6]))]
    if not held:
        _, kind, number, *_ = valid[0]
        return Words(
            f"{office.name}的资质在{on}处于暂停状态（{kind} {number}）",
            f"the certificate of {office.name} is suspended on {on} ({kind} {number})",
        )
    wanted = folding.key(product_kind)
    if not wanted or any(row[7] in ("", product_kind) or folding.key(row[7]) == wanted for row in held):
        return None
    return Words(
        f"{office.name}的资质范围不包括{product_kind}", f"the certificates of {office.name} do not cover {product_kind}"
    )
