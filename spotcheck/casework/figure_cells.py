"""What one dossier adds to the figures: for each office that sees it, a cell in every table in which it counts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from spotcheck.casework.duty_filters import BINS, LATE

COUNTED: Final = (
    "cases", "open", "done", "in_time", "late", "unsaid", *LATE, "overdue", "rechecked", "passed", "days",
)  # fmt: skip
"""What a cell counts: dossiers, but for ``days``, the sum over the late ones of the days of their longest delay."""
IN_ALL, BY_OFFICE, BY_STEP, BY_PRODUCT, BY_BODY, BY_MONTH = "", "office", "step", "product", "body", "month"
RUNNING, OVERDUE, DONE, UNDONE = "running", "overdue", "done", "undone"
"""How a duty stands; undone is one that was given up before its day was over."""
Counts = tuple[int, ...]


class Duty(NamedTuple):
    """A duty of a dossier: its kind, whose it is, how it stands, by how many days it was late and with a reason."""

    step: str
    office: int | None
    stands: str
    days: int = 0
    said: bool = False


class Facts(NamedTuple):
    """What the figures know of a dossier.

    ``month`` of its opening as ``2024-05``, ``seen_by`` the keys of bureaus, ``bodies`` codes, ``recheck`` passed,
    failed or empty.
    """

    month: str
    product: str
    is_open: bool
    recheck: str
    seen_by: tuple[int, ...]
    bodies: tuple[str, ...]
    duties: tuple[Duty, ...]


class Key(NamedTuple):
    """A line of a table: whose figures, of dossiers opened in which year (empty: all), by what, and which."""

    office: int
    year: str
    by: str
    value: str


@dataclass(frozen=True, slots=True)
class Bureau:
    """A bureau as far as figures reckon with it; ``above`` is None for the province, which answers for all."""

    code: str
    above: int | None
    is_province: bool = False


def kept(facts: Facts) -> list[object]:
    """Facts as a table keeps them."""
    return [*facts[:4], list(facts.seen_by), list(facts.bodies), [list(duty) for duty in facts.duties]]


def read(stored: Sequence[object]) -> Facts:
    """What :func:`kept` has kept."""
    *plain, seen_by, bodies, duties = stored
    return Facts(*plain, tuple(seen_by), tuple(bodies), tuple(Duty(*duty) for duty in duties))  # type: ignore[arg-type, call-arg, attr-defined]


def cells(facts: Facts, bureaus: Mapping[int, Bureau]) -> Iterator[tuple[Key, Counts]]:
    """Every cell to which a dossier adds, with what it adds."""
    for office in facts.seen_by:
        duties = [duty for duty in facts.duties if _is_within(office, duty.office, bureaus)]
        for by, value, some in _lines(facts, duties, bureaus):
            counts = _counts(facts, some)
            for year in ("", facts.month[:4]):
                yield Key(office, year, by, value), counts


def _is_within(office: int, charged: int | None, bureaus: Mapping[int, Bureau]) -> bool:
    if bureaus[office].is_province or office == charged:
        return True
    return charged is not None and charged in bureaus and bureaus[charged].above == office


def _lines(facts: Facts, duties: list[Duty], bureaus: Mapping[int, Bureau]) -> Iterator[tuple[str, str, list[Duty]]]:
    """The lines of one office's tables, each with the duties that count in it."""
    yield IN_ALL, "", duties
    yield BY_MONTH, facts.month, duties
    if facts.product:
        yield BY_PRODUCT, facts.product, duties
    for body in facts.bodies:
        yield BY_BODY, body, duties
    for charged in sorted({duty.office for duty in duties if duty.office in bureaus}, key=str):
        yield BY_OFFICE, bureaus[charged].code, [duty for duty in duties if duty.office == charged]  # type: ignore[index]
    for step in sorted({duty.step for duty in duties}):
        yield BY_STEP, step, [duty for duty in duties if duty.step == step]


def _counts(facts: Facts, duties: list[Duty]) -> Counts:
    done = any(duty.stands == DONE for duty in duties)
    worst = max((duty.days for duty in duties), default=0)
    late = worst > 0
    group = sum(worst > most for most in BINS)
    return (
        1,
        facts.is_open,
        done,
        done and not late,
        late,
        any(duty.days and not duty.said for duty in duties),
        *(late and group == place for place in range(len(BINS) + 1)),
        any(duty.stands == OVERDUE for duty in duties),
        bool(facts.recheck),
        facts.recheck == "passed",
        worst,
    )
