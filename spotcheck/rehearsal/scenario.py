"""A scenario file, read and checked. What is not of the format is an error that names its place."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from spotcheck.docket import law
from spotcheck.docket.flow import ActSpec
from spotcheck.rehearsal import shapes
from spotcheck.rehearsal.facts import WrongFact, acts_by_name, stated
from spotcheck.rehearsal.shapes import FormatError
from spotcheck.rules import texts
from spotcheck.rules.guards import FLAGS
from spotcheck.rules.sd_2021_1.actors import CAPACITIES

ROLES = ("sampled_producer", "seller", "nominal_producer")
STAGE_KEYS = {
    "plan": {"year"},
    "drawn": {"day", "channel", "check", "product", "model"},
    "reported_nonconforming": {"sampled", "received", "reported", "items", "product", "model"},
    "handed_over": {"day", "origin", "product", "model"},
}
STAGE_NEEDS = {
    "plan": {"year"},
    "drawn": {"day"},
    "reported_nonconforming": {"sampled", "received", "reported"},
    "handed_over": {"day", "origin"},
}
STAGE_VALUES = {
    "channel": ("on_site", "online"),
    "check": ("daily", "tracking", "emergency"),
    "origin": ("national", "other_province"),
}
ACT_KEYS = {
    "act",
    "party",
    "dossier",
    "unit",
    "objection",
    "lead",
    "notice",
    "by",
    "effective_on",
    "with",
}
LABEL = 10
"""How long the name of a party may be."""
PER_PARTY = ("result_notice", "rectification", "recheck", "announcement", "ban")


@dataclass(frozen=True, slots=True)
class PartyLine:
    """A party as the file names it."""

    label: str
    role: str
    region: str
    handler: str | None
    registered: str
    dossier: int
    same_as: str | None


@dataclass(frozen=True, slots=True)
class ActLine:
    """An act of the file, with the facts filled in."""

    spec: ActSpec
    chart: str
    facts: dict[str, Any]
    party: str | None = None
    dossier: int | None = None
    unit: str | None = None
    objection: int | None = None
    lead: int | None = None
    notice: int = 1
    by: str | None = None
    effective_on: date | None = None
    articles: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A day of the file: acts, refusals, expectations."""

    number: int
    day: date
    do: tuple[ActLine, ...]
    refuse: tuple[ActLine, ...]
    expect: dict[str, Any] | None


@dataclass(slots=True)
class Scenario:
    """A whole file."""

    id: str
    title: str
    given: dict[int, dict[str, Any]]
    parties: dict[str, PartyLine]
    steps: tuple[Step, ...]
    stage: str = ""
    is_table: bool = False
    """Whether the dossiers of the file are numbered, though it be only one."""

    @property
    def has_several_dossiers(self) -> bool:
        """Whether labels carry the number of a dossier."""
        return len(self.dossiers) > 1

    @property
    def dossiers(self) -> list[int]:
        """The numbers of the file's dossiers."""
        return sorted({party.dossier for party in self.parties.values()} | set(self.given))

    def party_of(self, label: str) -> PartyLine:
        """The party that a label names."""
        if label not in self.parties:
            raise FormatError(f"no party {label!r}")
        return self.parties[label]


def read(path: Path) -> Scenario:
    """Read and check a file; raises :class:`FormatError`."""
    data = shapes.table(
        _loaded(path),
        ("id", "title", "about", "articles", "given", "parties", "steps"),
        ("given", "parties", "steps"),
        "file",
    )
    given = _given(data["given"])
    scenario = Scenario(
        id=str(data.get("id", path.stem)),
        title=str(data.get("title", "")),
        given=given,
        parties=_parties(data["parties"], given),
        steps=(),
        stage=given[min(given)]["stage"],
        is_table="stage" not in data["given"],
    )
    if data["steps"] is None:
        raise FormatError("steps: a list is wanted")
    steps = shapes.listed(data["steps"], "steps")
    scenario.steps = tuple(_step(number, raw, scenario) for number, raw in enumerate(steps, 1))
    for earlier, later in pairwise(step.day for step in scenario.steps):
        if later < earlier:
            raise FormatError(f"days go back: {later} after {earlier}")
    return scenario


class _Loader(yaml.SafeLoader):
    """YAML as files of rehearsals have it: no anchors, no aliases, no tags, and no key twice."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Refuse an alias, and whatever is named or tagged, before anything is made of it."""
        event = self.peek_event()
        named = isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None
        if named or getattr(event, "tag", None) is not None:
            raise yaml.MarkedYAMLError(
                problem="anchors, aliases and tags are not allowed", problem_mark=event.start_mark
            )
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        """Refuse a key that is there twice: one of the two would be lost in silence."""
        seen = set()
        for key, _ in node.value:
            if isinstance(key.value, str) and key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"the key {key.value!r} is there twice", problem_mark=key.start_mark)
            seen.add(str(key.value))
        return super().construct_mapping(node, deep=deep)


def _loaded(path: Path) -> Any:
    try:
        return yaml.load(texts.read(path), Loader=_Loader)  # noqa: S506 -- it is a safe one
    except (texts.Unreadable, yaml.YAMLError) as error:
        raise FormatError(f"cannot be read as YAML: {error}") from error
    except ValueError as error:
        raise FormatError("cannot be read as YAML: there is a day that no month has, or a number too long") from error
    except RecursionError:
        raise FormatError("cannot be read as YAML: nested too deeply") from None


def _given(raw: Any) -> dict[int, dict[str, Any]]:
    if isinstance(raw, dict) and "stage" in raw:
        raw = {1: raw}
    if not isinstance(raw, dict) or not raw:
        raise FormatError("given: a stage, or a table of numbered stages, is wanted")
    given = {shapes.number(number, "given"): _stage(stage, f"given {number}") for number, stage in raw.items()}
    if len(given) > 1 and any(stage["stage"] == "plan" for stage in given.values()):
        raise FormatError("given: a file with stage plan has no other stages")
    return given


def _stage(raw: Any, where: str) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise FormatError(f"{where}: a stage is wanted")
    name = shapes.one_of(tuple(STAGE_KEYS), raw.get("stage"), f"{where}: stage")
    data = shapes.table(raw, {"stage"} | STAGE_KEYS[name], STAGE_NEEDS[name], where)
    stage = {key: STAGE_SHAPES.get(key, shapes.text)(value, f"{where}: {key}") for key, value in data.items()}
    if name == "reported_nonconforming" and not stage["sampled"] <= stage["received"] <= stage["reported"]:
        raise FormatError(f"{where}: sampled, received and reported go back")
    return stage


def _items(value: Any, where: str) -> Any:
    try:
        return stated("inspection.issue_report", {"items": value})["items"]
    except WrongFact as error:
        raise FormatError(f"{where}: {error}") from error


STAGE_SHAPES: dict[str, Callable[[Any, str], Any]] = {
    **dict.fromkeys(("day", "sampled", "received", "reported"), shapes.day),
    **{key: partial(shapes.one_of, words) for key, words in STAGE_VALUES.items()},
    "year": shapes.number,
    "items": _items,
}
"""What is no plain word in a stage."""


def _parties(raw: Any, given: dict[int, dict[str, Any]]) -> dict[str, PartyLine]:
    if not isinstance(raw, dict) or not raw:
        raise FormatError("parties: at least one is wanted")
    data = {shapes.text(label, "parties"): line for label, line in raw.items()}
    return {label: _party(label, line, data, given) for label, line in data.items()}


def _party(label: str, raw: Any, all_: dict[str, Any], given: dict[int, dict[str, Any]]) -> PartyLine:
    where = f"party {label}"
    if not 0 < len(label) <= LABEL or set(label) & set("#. "):
        raise FormatError(f"{where}: a name has up to {LABEL} letters, no point, blank or #")
    data = shapes.table(
        raw, ("role", "region", "handler", "registered", "dossier", "same_as"), ("role", "region"), where
    )
    region = shapes.code(data["region"], f"{where}: region")
    dossier = shapes.number(data.get("dossier", 1), f"{where}: dossier")
    if dossier not in given and given[min(given)]["stage"] != "plan":
        raise FormatError(f"{where}: there is no dossier {dossier!r}")
    return PartyLine(
        label=label,
        role=shapes.one_of(ROLES, data["role"], f"{where}: role"),
        region=region,
        handler=shapes.code(data["handler"], f"{where}: handler") if "handler" in data else None,
        registered=shapes.code(data.get("registered", region), f"{where}: registered"),
        dossier=dossier,
        same_as=_same_as(label, all_) if data.get("same_as") is not None else None,
    )


def _same_as(label: str, all_: dict[str, Any]) -> str:
    """The party that names its enterprise itself, at the end of a chain of parties that are the same."""
    seen = []
    while isinstance(line := all_.get(label), dict) and line.get("same_as") is not None:
        if label in seen:
            raise FormatError(f"party {label}: same_as goes round in a circle")
        seen.append(label)
        label = str(line["same_as"])
    if label not in all_:
        raise FormatError(f"party {seen[-1]}: there is no party {label!r}")
    return label


def _step(number: int, raw: Any, scenario: Scenario) -> Step:
    where = f"step {number}"
    data = shapes.table(raw, ("day", "note", "do", "refuse", "expect"), ("day",), where)
    do, refuse = (shapes.listed(data.get(key), f"{where}: {key}") for key in ("do", "refuse"))
    return Step(
        number=number,
        day=shapes.day(data["day"], where),
        do=tuple(act_line(line, scenario, f"{where}: do") for line in do),
        refuse=tuple(act_line(line, scenario, f"{where}: refuse", refused=True) for line in refuse),
        expect=_expectation(data["expect"], scenario, where) if data.get("expect") is not None else None,
    )


def _expectation(raw: Any, scenario: Scenario, where: str) -> dict[str, Any]:
    expect = dict(shapes.table(raw, ("states", "deadlines", "forms", "flags"), (), f"{where}: expect"))
    for label, state in shapes.named(expect.get("states"), f"{where}: states").items():
        shapes.text(state, f"{where}: {label}")
    shapes.numbers(expect.get("forms"), f"{where}: forms")
    flags = shapes.listed(expect.get("flags"), f"{where}: flags")
    if unknown := sorted(str(flag) for flag in flags if flag not in list(FLAGS)):
        raise FormatError(f"{where}: unknown flag {', '.join(unknown)}")
    for name, dates in shapes.named(expect.get("deadlines"), f"{where}: deadlines").items():
        _deadline(name, dates, scenario, where)
    return expect


def _deadline(name: str, raw: Any, scenario: Scenario, where: str) -> None:
    rule, _, owner = name.partition(".")
    if rule not in (periods := law.of().periods) or not periods[rule].running:
        raise FormatError(f"{where}: unknown period {name!r}")
    if not owner.isdigit():
        scenario.party_of(owner.partition("#")[0])
    dates = shapes.table(raw, ("due_on", "latest", "overdue"), ("due_on",), f"{where}: {name}")
    for key in sorted({"due_on", "latest"} & set(dates)):
        shapes.day(dates[key], f"{where}: {name}")
    if not isinstance(dates.get("overdue", False), bool):
        raise FormatError(f"{where}: {name}: overdue is true or false")


def act_line(raw: Any, scenario: Scenario, where: str, *, refused: bool = False) -> ActLine:
    """Read one line of ``do`` or ``refuse``."""
    extra = {"articles", "why"} if refused else set()
    data = shapes.table(raw, ACT_KEYS | extra, {"act"} | ({"articles"} if refused else set()), where)
    name = str(data["act"])
    spec = acts_by_name().get(name)
    if spec is None or not spec.is_act:
        raise FormatError(f"{where}: {name} is no act")
    where = f"{where} {name}"
    chart = name.partition(".")[0]
    _check_whom_and_what(data, chart, name, scenario, where)
    try:
        facts = stated(name, shapes.named(data.get("with"), f"{where}: with"))
    except WrongFact as error:
        raise FormatError(f"{where}: {error}") from error
    counted = {
        key: shapes.number(data[key], f"{where}: {key}") for key in ("objection", "lead", "notice") if key in data
    }
    return ActLine(
        spec=spec,
        chart=chart,
        facts=facts,
        party=str(data["party"]) if data.get("party") is not None else None,
        dossier=data.get("dossier"),
        unit=data.get("unit"),
        by=str(data["by"]) if "by" in data else None,
        effective_on=shapes.day(data["effective_on"], where) if "effective_on" in data else None,
        articles=tuple(shapes.numbers(data["articles"], f"{where}: articles")) if refused else (),
        **counted,
    )


def _check_whom_and_what(raw: dict[str, Any], chart: str, name: str, scenario: Scenario, where: str) -> None:
    """Check the keys that say which matter an act concerns, and who does it."""
    if raw.get("party") is not None:
        scenario.party_of(str(raw["party"]))
    elif chart in PER_PARTY or name == "objection.file":
        raise FormatError(f"{where}: a party must be given")
    if chart == "sample" or "unit" in raw:
        shapes.one_of(("T", "R"), raw.get("unit"), f"{where}: unit")
    if "dossier" in raw and shapes.number(raw["dossier"], where) not in scenario.dossiers:
        raise FormatError(f"{where}: there is no dossier {raw['dossier']!r}")
    by = str(raw.get("by", "province"))
    if by == "system" or (by not in CAPACITIES and not shapes.is_code(by)):
        raise FormatError(f"{where}: {by!r} is no actor")
