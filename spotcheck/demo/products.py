"""The product kinds of the demo, and the results a laboratory would have found."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from spotcheck.demo import chance
from spotcheck.rules.texts import of_yaml

_LIMIT = re.compile(r"(?P<sign>>=|<=|±)?(?P<first>[0-9.]+)(?:-(?P<last>[0-9.]+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of a product's standard."""

    name: str
    kind: str
    method: str
    limit: str = ""
    unit: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One kind of product: its standard, its licence, what is taken as samples, what is tested."""

    kind: str
    standard: str
    licence: str
    sampling: dict[str, Any]
    items: tuple[Item, ...]
    models: tuple[str, ...]
    makers: str
    name: str = ""
    shops: str = ""

    @property
    def called(self) -> str:
        """What the product is called on its papers."""
        return self.name or self.kind.partition("（")[0]

    @property
    def licence_shown(self) -> str:
        """What the laboratory finds about the producer's licence (Article 28)."""
        return "not_required" if self.licence == "none" else "valid"


@cache
def products() -> dict[str, Product]:
    """Return the kinds by their names."""
    text = files("spotcheck.demo").joinpath("products.yaml").read_text(encoding="utf-8")
    return {
        row["kind"]: Product(
            **row | {"items": tuple(Item(**item) for item in row["items"]), "models": tuple(row["models"])},
        )
        for row in of_yaml(text)
    }


def results(kind: str, failed: tuple[str, ...] = (), *, key: object) -> list[dict[str, str]]:
    """Return the result of every item of a kind; those named fail."""
    unknown = set(failed) - {item.name for item in products()[kind].items}
    if unknown:
        raise KeyError(f"{kind}: {unknown}")
    return [
        {
            "name": item.name,
            "kind": item.kind,
            "result": "fail" if item.name in failed else "pass",
            "limit": item.limit or item.rule,
            "value": value(item, good=item.name not in failed, key=key),
            "unit": item.unit,
        }
        for item in products()[kind].items
    ]


def value(item: Item, *, good: bool, key: object) -> str:
    """Return a measured value on the right side of the item's limit, or the finding in words."""
    parts = _LIMIT.fullmatch(item.limit)
    if parts is None:
        if "不击穿" in item.limit:
            return "未击穿" if good else "击穿"
        return "符合" if good else "不符合"
    first = Decimal(parts["first"])
    step = Decimal(1).scaleb(int(first.as_tuple().exponent) - 1)
    share = Decimal(3 + chance.number(9, "value", key, item.name)) / 100
    if parts["last"]:
        last = Decimal(parts["last"])
        found = first + (last - first) * (share + Decimal("0.3")) if good else last * (1 + share)
    elif parts["sign"] == "±":
        found = first * share * 5 if good else first * (1 + share * 5)
    else:
        above = (parts["sign"] == ">=") == good
        found = first * (1 + share if above else 1 - share * 2)
    return str(found.quantize(step))
