"""What is checked: for each task the kind of product, the firms on the list, and how many of them are drawn."""

from dataclasses import dataclass
from typing import Final, Literal

Domain = Literal["producer", "seller"]

BATCH: Final = "2023-02"
"""The second batch of 2023, the one that was published."""
BESIDE: Final = "2023-03"
"""What else was checked in that year, outside the published batch."""
NOW: Final = "NOW"
"""The tasks whose files run today."""

LANSHAN: Final = "371302"
YISHUI: Final = "371323"
"""Two counties whose bureaus sign in to the demo; no file concerns them both."""

CABLES: Final = "电线电缆"
E_BIKES: Final = "电动自行车"
BAGS: Final = "塑料购物袋"
CEMENT: Final = "普通硅酸盐水泥"
TOYS: Final = "玩具"
CLOTHES: Final = "婴幼儿及儿童服装"
COOKERS: Final = "家用燃气灶具"
HELMETS: Final = "摩托车电动自行车乘员头盔"
MASKS: Final = "一次性使用口罩（非医用）"
GLASS: Final = "钢化玻璃"
PETROL: Final = "车用汽油"
FERTILISER: Final = "化肥（复合肥料）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One task: from ``listed`` firms of one kind ``drawn`` are drawn, and ``batches`` batches taken from them.

    ``places`` are the counties of the listed firms in turn; without them the firms are spread over Linyi.
    ``again`` names another line whose firms are on the list too.
    """

    group: str
    number: int
    kind: str
    domain: Domain
    listed: int
    drawn: int
    batches: int
    places: tuple[str, ...] = ()
    again: str = ""
    online: bool = False

    @property
    def key(self) -> str:
        """The name of the line inside the demo."""
        return f"{self.group}-{self.number:02d}"

    @property
    def seed(self) -> str:
        """The seed of the draw, kept with it (Article 12)."""
        return f"演示种子 {self.key}"

    @property
    def makers(self) -> str:
        """Where the producers of what a shop sells stand in ``OTHERS``; the two times share none."""
        return f"{'now' if self.group == NOW else '2023'} {self.kind}"

    @property
    def domain_words(self) -> str:
        """The domain as the published tables name it."""
        return "生产领域" if self.domain == "producer" else "流通领域"


def _production(number: int, kind: str, drawn: int, batches: int) -> Line:
    listed = drawn + drawn * 2 // 5 + 1
    return Line(group=BATCH, number=number, kind=kind, domain="producer", listed=listed, drawn=drawn, batches=batches)


def _circulation(number: int, kind: str, drawn: int, batches: int) -> Line:
    listed = drawn + drawn // 2 + 1
    return Line(group=BATCH, number=number, kind=kind, domain="seller", listed=listed, drawn=drawn, batches=batches)


def _now(number: int, kind: str, domain: Domain, drawn: int, *places: str, online: bool = False) -> Line:
    return Line(
        group=NOW,
        number=number,
        kind=kind,
        domain=domain,
        listed=len(places),
        drawn=drawn,
        batches=drawn,
        places=places,
        online=online,
    )


_FIRST_LINES: Final = (
    _production(1, CABLES, 18, 19),
    _production(2, E_BIKES, 14, 15),
    _production(3, BAGS, 22, 23),
    _production(4, CEMENT, 16, 17),
    _production(5, TOYS, 20, 21),
    _production(6, CLOTHES, 18, 19),
    _production(7, COOKERS, 10, 11),
    _production(8, HELMETS, 22, 23),
    _production(9, MASKS, 18, 19),
    _production(10, GLASS, 24, 25),
    _production(11, FERTILISER, 39, 41),
    _circulation(12, CABLES, 6, 16),
    _circulation(13, E_BIKES, 6, 16),
    _circulation(14, BAGS, 5, 13),
    _circulation(15, TOYS, 6, 16),
    _circulation(16, CLOTHES, 6, 16),
    _circulation(17, COOKERS, 5, 13),
    _circulation(18, HELMETS, 5, 13),
    _circulation(19, MASKS, 4, 10),
    _circulation(20, PETROL, 7, 14),
    Line(group=BESIDE, number=1, kind=CABLES, domain="producer", listed=4, drawn=8, batches=8, again="2023-02-01"),
    Line(group=BESIDE, number=2, kind=COOKERS, domain="producer", listed=9, drawn=6, batches=6),
    Line(group=BESIDE, number=3, kind=MASKS, domain="seller", listed=6, drawn=3, batches=3, online=True),
    _now(1, FERTILISER, "producer", 3, YISHUI, "371312", "370783", "371327", "371312"),
    _now(2, E_BIKES, "seller", 5, LANSHAN, "371311", "370281", LANSHAN, "371312", YISHUI, "370724"),
    _now(3, TOYS, "producer", 6, LANSHAN, YISHUI, LANSHAN, YISHUI, "371311", "370883", LANSHAN, YISHUI, "371722"),
    _now(4, CABLES, "producer", 7, LANSHAN, YISHUI, "371321", "371312", LANSHAN, YISHUI, "371625", "370982", "371322"),
    _now(5, CLOTHES, "seller", 6, LANSHAN, "371311", "370112", YISHUI, "371326", "370281", LANSHAN, "371328"),
    _now(6, COOKERS, "producer", 6, LANSHAN, YISHUI, "371327", LANSHAN, YISHUI, "371312", "370321", "371325"),
    _now(7, GLASS, "producer", 4, LANSHAN, YISHUI, LANSHAN, "371327", YISHUI, "371324", LANSHAN),
    _now(8, MASKS, "seller", 2, "371311", LANSHAN, "370112", online=True),
    _now(9, HELMETS, "producer", 4, LANSHAN, YISHUI, "371311", "371312", "371329", "371321"),
    Line(group=NOW, number=10, kind=FERTILISER, domain="producer", listed=0, drawn=1, batches=1, again="NOW-01"),
    Line(group=NOW, number=14, kind=CABLES, domain="producer", listed=0, drawn=6, batches=6, again="NOW-04"),
)
LATER_LINES: Final = (
    _now(11, COOKERS, "producer", 2, LANSHAN, "371325", "371324"),
    _now(12, BAGS, "producer", 1, "371312", "371311", "371312"),
    _now(13, E_BIKES, "seller", 2, "371312", "371311", "370281"),
)
"""Their firms stand behind all others on the list of names, so that nobody else's name changes with them."""
LINES: Final = (*_FIRST_LINES, *LATER_LINES)

OTHERS: Final[dict[str, tuple[str, ...]]] = {
    "2023 " + CABLES: ("371311", "370883", "130682", "371312", "330784"),
    "2023 " + E_BIKES: ("371312", "370281", "320382", "371625", "330784"),
    "2023 " + BAGS: ("371329", "370783", "330784", "371311", "350582"),
    "2023 " + TOYS: ("371322", "370281", "440606", "371327", "350582"),
    "2023 " + CLOTHES: ("371326", "370281", "350582", "370112", "330784"),
    "2023 " + COOKERS: ("371324", "370321", "440606", "370982", "330784"),
    "2023 " + HELMETS: ("371312", "370724", "330784", "370883", "320382"),
    "2023 " + MASKS: ("371329", "370783", "350582", "371722", "330784"),
    "2023 " + PETROL: ("370523", "370321", "371625"),
    "now " + E_BIKES: ("371312", "320382", "330784", "440606"),
    "now " + CLOTHES: ("371326", "370281", "350582", "330784"),
    "now " + MASKS: ("371329", "370783", "350582"),
}
"""Where the producers are that appear only as the names on what shops sell, by time and kind."""


def line(key: str) -> Line:
    """Return a line by its key."""
    return next(found for found in LINES if found.key == key)
