"""The sampling frame: the invented firms, and what they make or sell (Articles 12, 23)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count

from spotcheck.demo import chance, names
from spotcheck.demo.products import Product, products
from spotcheck.demo.scheme import BATCH, LANSHAN, LATER_LINES, LINES, OTHERS, Line
from spotcheck.parties.models import Enterprise, Offering, Region
from spotcheck.parties.pinyin import pinyin

_LINYI = (
    ("371302", 5), ("371311", 4), ("371312", 3), ("371321", 2), ("371322", 3), ("371323", 3),
    ("371324", 2), ("371325", 2), ("371326", 2), ("371327", 2), ("371328", 1), ("371329", 3), ("371371", 1),
)  # fmt: skip
_WEIGHTED = tuple(code for code, weight in _LINYI for _ in range(weight))

_MOVED_TO = ("371311", "371312", "371325")
"""Where some firms really work that are registered in Lanshan (Article 42)."""

OUTSIDE = {
    "330784": "浙江省永康市",
    "320382": "江苏省邳州市",
    "440606": "广东省佛山市顺德区",
    "130682": "河北省定州市",
    "350582": "福建省晋江市",
}
"""Places outside Shandong where some nominal producers are."""


@dataclass(frozen=True, slots=True)
class Firm:
    """An invented firm before it is in the database. Its place among all firms gives it its name and code."""

    place: int
    product: Product
    region: str
    shop: bool
    actual: str = ""

    @property
    def credit_code(self) -> str:
        """The firm's unified social credit code."""
        return names.credit_code(self.region, self.place, shop=self.shop)

    @property
    def works_in(self) -> str:
        """Where the firm really works."""
        return self.actual or self.region


@dataclass(frozen=True, slots=True)
class Sold:
    """One line of a firm's range: a product, and who made it (itself, when no other is named)."""

    firm: Firm
    model: str
    producer: Firm | None = None

    @property
    def brand(self) -> str:
        """The brand, after the one who made it."""
        return f"{names.word((self.producer or self.firm).place)}牌"

    @property
    def text(self) -> str:
        """The product as a line of the list that is drawn from."""
        return f"{self.firm.credit_code} {self.model} {self.brand}"


def firms_of(line: Line) -> list[Firm]:
    """Return the firms on the list of a task."""
    return _frame()[line.key] + (_frame()[line.again] if line.again else [])


def makers_of(line: Line) -> list[Firm]:
    """Return the producers whose names stand on what the shops of a line sell."""
    return _frame()[line.makers]


def range_of(firm: Firm, line: Line) -> list[Sold]:
    """Return what a firm offers of its kind: a maker its models, a shop models of different makers."""
    models = firm.product.models
    if not firm.shop:
        return [Sold(firm, model) for model in models[:2]]
    makers = makers_of(line)
    start = chance.number(len(makers), "makers", firm.place)
    return [Sold(firm, models[turn % len(models)], makers[(start + turn) % len(makers)]) for turn in range(len(makers))]


def load() -> None:
    """Write the frame into the register of enterprises; safe to repeat."""
    regions = dict(Region.objects.values_list("code", "name")) | OUTSIDE
    firms = [firm for group in _frame().values() for firm in group]
    Enterprise.objects.bulk_create([_enterprise(firm, regions) for firm in firms], ignore_conflicts=True)
    known = enterprises(firms)
    if not Offering.objects.exists():
        # a firm that is asked again in a later task has its lines only once
        Offering.objects.bulk_create(_offerings(known), ignore_conflicts=True)


def enterprises(firms: Sequence[Firm]) -> dict[str, Enterprise]:
    """Return the rows of these firms by their credit codes."""
    return Enterprise.objects.in_bulk([firm.credit_code for firm in firms], field_name="credit_code")


def _offerings(known: dict[str, Enterprise]) -> Iterator[Offering]:
    for line in LINES:
        for firm in firms_of(line):
            for sold in range_of(firm, line):
                yield Offering(
                    enterprise=known[firm.credit_code],
                    kind=Offering.Kind.SELLER if firm.shop else Offering.Kind.PRODUCER,
                    online=line.online,
                    producer=known[sold.producer.credit_code] if sold.producer else None,
                    product_kind=line.kind,
                    product_name=firm.product.called,
                    model=sold.model,
                    brand=sold.brand,
                    standard=firm.product.standard,
                )


def _enterprise(firm: Firm, regions: dict[str, str]) -> Enterprise:
    key = firm.credit_code
    actual = firm.works_in
    name = _name(firm, regions[firm.region])
    return Enterprise(
        name=name,
        credit_code=key,
        legal_representative=names.person("legal", key),
        registered_place=firm.region,
        registered_address=names.address(regions[firm.region], "registered", key),
        actual_place=actual,
        actual_address=names.address(regions[actual], "registered" if actual == firm.region else "actual", key),
        contact=names.person("contact", key),
        phone=names.phone(key),
        pinyin=pinyin(name),
    )


def _name(firm: Firm, region: str) -> str:
    place = region.rpartition("省")[2].replace("高新技术产业开发区", "高新区")
    word = names.word(firm.place)
    if firm.shop:
        return f"{place}{word}{firm.product.shops}"
    short = place.rpartition("市")[2].rstrip("区县") or place.rstrip("市")
    return f"{short}{word}{firm.product.makers}有限公司"


@cache
def _frame() -> dict[str, list[Firm]]:
    """Every firm, by the line on whose list it is; the order never changes, for names hang on it."""
    places, catalogue = count(1), products()

    def listed(line: Line) -> list[Firm]:
        return [_listed(next(places), catalogue[line.kind], line, turn) for turn in range(line.listed)]

    first = {line.key: listed(line) for line in LINES if line not in LATER_LINES}
    others = {
        key: [Firm(next(places), catalogue[key.partition(" ")[2]], region, shop=False) for region in regions]
        for key, regions in OTHERS.items()
    }
    return first | others | {line.key: listed(line) for line in LATER_LINES}


def _listed(place: int, product: Product, line: Line, turn: int) -> Firm:
    region = line.places[turn % len(line.places)] if line.places else chance.pick(_WEIGHTED, "region", place)
    moved = line.group == BATCH and region == LANSHAN and not chance.number(3, "moved", place)
    actual = chance.pick(_MOVED_TO, "actual", place) if moved else ""
    return Firm(place, product, region, shop=line.domain == "seller", actual=actual)
