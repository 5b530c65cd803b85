"""The custody of a unit: its chain of links, who has it, under which seal, and what is wrong (18, 26, 27, 39; R62).

Links are written by what follows acts (``consequences.py``), so that no door can forget one. Here stands what is asked
of them: programs and pages call :func:`links_of`, :func:`faults_of`, :func:`open_faults`, :func:`seal_of`.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.db.models import QuerySet

from spotcheck.docket import bulk
from spotcheck.docket.models import Dossier, Entry
from spotcheck.docket.sessions import current, once
from spotcheck.parties.models import Post
from spotcheck.planning.models import Task
from spotcheck.rules import folding
from spotcheck.rules.sd_2021_1 import custody as rules
from spotcheck.rules.words import Words
from spotcheck.sampling.tables import CustodyLink

_SEAL_NUMBER: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z\-/]*\d[0-9A-Za-z\-/]*|\d+")
_NUMBER_SIGN: Final = re.compile(r"(?i)\b(?:no|n[o°º])\s*[.:．：]?\s*|№\s*")
_HASHED: Final = tuple(
    column.attname for column in CustodyLink._meta.concrete_fields if column.attname not in {"id", "entry_id", "hash"}
)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a link, by the keys of its rows; a carrier is a side without office or party."""

    office: int | None = None
    post: int | None = None
    party: int | None = None
    name: str = ""
    carrier: str = ""
    waybill: str = ""

    @property
    def is_named(self) -> bool:
        """Whether anybody stands on this side at all."""
        return bool(self.office or self.party or self.name or self.carrier)

    def is_same(self, other: "Side") -> bool:
        """Whether the same office, party or carrier is meant; inside an office a unit may go from hand to hand."""
        if self.carrier or other.carrier:
            return folding.same(self.carrier, other.carrier)
        return (self.office, self.party) == (other.office, other.party)


NOBODY: Final = Side()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a chain: its name (``rules/sd_2021_1/custody.FAULTS``), at which link, and whether lifted."""

    name: str
    sequence: int
    accepted: bool = False

    @property
    def key(self) -> str:
        """By which it is named when it is accepted."""
        return f"{self.name}.{self.sequence}"

    @property
    def words(self) -> Words:
        """What is wrong, and where."""
        said = rules.FAULTS[self.name]
        return Words(f"第 {self.sequence} 环节{said.zh}", f"link {self.sequence}: {said.en}")


def fault_named(key: str) -> Fault:
    """The fault that a key names (``name.sequence``)."""
    name, _dot, at = key.rpartition(".")
    return Fault(name, int(at))


def links_of(dossier: Dossier, label: str) -> list[CustodyLink]:
    """The links of one unit (``T`` or ``R``) of a sample, oldest first."""
    return list(_rows(dossier).filter(unit__label=label))


def _rows(dossier: Dossier) -> "QuerySet[CustodyLink]":
    return CustodyLink.objects.filter(unit__dossier=dossier).select_related("entry").order_by("unit_id", "sequence")


def receiver_of(link: CustodyLink) -> Side:
    """Who has the unit after a link; where it was sent by a carrier, the carrier."""
    if link.kind == rules.DISPATCHED and link.carrier:
        return Side(carrier=link.carrier, waybill=link.waybill)
    return Side(link.receiver_office_id, link.receiver_post_id, link.receiver_party_id, link.receiver_name)


def giver_of(link: CustodyLink) -> Side:
    """Who has given the unit away; at its receipt, the carrier that brought it."""
    if link.kind != rules.DISPATCHED and link.carrier:
        return Side(carrier=link.carrier, waybill=link.waybill)
    return Side(link.giver_office_id, link.giver_post_id, link.giver_party_id, link.giver_name)


def holder(links: Sequence[CustodyLink]) -> Side:
    """Who has the unit now: whoever took it over last."""
    return next((side for link in reversed(links) if (side := receiver_of(link)).is_named), NOBODY)


def seal_of(links: Sequence[CustodyLink]) -> str:
    """The number of the seal that the unit bears by the record; empty when none is on record."""
    for link in reversed(links):
        if link.new_seal:
            return link.new_seal
        if link.kind == rules.SEALED:
            return link.seal_number
    return ""


def code_of(number: str, label: str) -> str:
    """The code of a unit of the sample with this number, as it stands on its sheet and is scanned."""
    return f"{number}-{label}"


def seal_in(stated: str) -> str:
    """The number of a seal out of what stands on the sampling sheet (“封条完好，NO.2026031801”)."""
    found = _SEAL_NUMBER.findall(_NUMBER_SIGN.sub(" ", folding.number(stated)))
    return max(found, key=len) if found else ""


def same_seal(one: str, other: str) -> bool:
    """Whether two texts name the same seal, however they are written."""
    return folding.code(seal_in(one) or one) == folding.code(seal_in(other) or other)


# What is wrong


def faults_of(links: Sequence[CustodyLink]) -> list[Fault]:
    """Everything that is wrong with the chain of a unit, in the order of its links; accepted gaps are marked."""
    lifted = {(link.fault, link.fault_at) for link in links if link.kind == rules.GAP_ACCEPTED}
    found = dict.fromkeys(_faults(links))
    return [Fault(name, at, accepted=(name, at) in lifted) for name, at in sorted(found, key=lambda one: one[1])]


def open_faults(links: Sequence[CustodyLink]) -> list[Fault]:
    """The faults that nobody has accepted."""
    return [fault for fault in faults_of(links) if not fault.accepted]


def _faults(links: Sequence[CustodyLink]) -> Iterator[tuple[str, int]]:
    longest = cache(lambda: _longest_transit(links[0]))  # asked once, and only where a receipt wants to know it
    yield from _altered(links)
    moves = [link for link in links if link.kind != rules.GAP_ACCEPTED]
    if not moves or moves[0].kind != rules.SEALED:
        yield "no_beginning", moves[0].sequence if moves else 0
    for number, link in enumerate(moves):
        before = moves[:number]
        yield from ((name, link.sequence) for name in _of_the_seal(link, before, moves[number:]))
        if not _has_two_sides(link):
            yield "one_side", link.sequence
        if before:
            yield from ((name, link.sequence) for name in _of_the_order(before, link, longest))


def _altered(links: Sequence[CustodyLink]) -> Iterator[tuple[str, int]]:
    previous = ""
    for link in links:
        if link.previous_hash != previous or link.hash != digest(link):
            yield "hash_broken", link.sequence
        previous = link.hash


def _of_the_seal(link: CustodyLink, before: Sequence[CustodyLink], since: Sequence[CustodyLink]) -> Iterator[str]:
    """A seal that is not on record, is another one, or is broken without a new one since."""
    if link.kind == rules.SEALED:
        if not link.seal_number:
            yield "no_seal"
        return
    known = seal_of(before)
    if link.seal_number and known and not same_seal(link.seal_number, known):
        yield "seal_differs"
    if link.seal_state == "broken" and link.kind != rules.ISSUED and not any(later.new_seal for later in since):
        yield "seal_broken"


def _has_two_sides(link: CustodyLink) -> bool:
    """Whether giver and receiver are on record; the waybill of a carrier counts as its word."""
    if link.carrier and not link.waybill:
        return False
    needs_giver = link.kind != rules.SEALED
    needs_receiver = link.kind not in {rules.REFUSED, rules.DISPOSED}
    given = not needs_giver or giver_of(link).is_named
    return given and (not needs_receiver or receiver_of(link).is_named)


def _of_the_order(before: Sequence[CustodyLink], link: CustodyLink, longest: Callable[[], int]) -> Iterator[str]:
    last = before[-1]
    if last.kind not in rules.AFTER[link.kind]:
        yield "order"
    has_it, gives = holder(before), giver_of(link)
    if has_it.is_named and gives.is_named and not has_it.is_same(gives):
        yield "other_giver"
    if link.on < last.on or (link.at is not None and last.at is not None and link.at < last.at):
        yield "goes_back"
    if link.kind in {rules.RECEIVED, rules.REFUSED} and _was_too_long(before, link, longest):
        yield "too_long"


def _was_too_long(before: Sequence[CustodyLink], link: CustodyLink, longest: Callable[[], int]) -> bool:
    """Whether the transit took longer than it may without an explanation; without hours, by what it took at least."""
    sent = next((one for one in reversed(before) if one.kind == rules.DISPATCHED), None)
    if sent is None or link.explanation:
        return False
    if sent.at is not None and link.at is not None:
        hours = (link.at - sent.at).total_seconds() / 3600
    else:
        hours = 24 * ((link.on - sent.on).days - 1)
    return hours > longest()


def _longest_transit(link: CustodyLink) -> int:
    """So many hours a transit needs no explanation: by the rule of detail of the task, where it has one."""
    tasks = Task.objects.filter(dossier__children=link.entry.dossier_id, detail_rule__isnull=False)
    hours = tasks.values_list("detail_rule__longest_transit_hours", flat=True).first()
    return hours if hours is not None else rules.LONGEST_TRANSIT_HOURS


# What is written


@dataclass(frozen=True, slots=True)
class Move:
    """A link to be written: of which unit, what happened, who gave it to whom, and what was found."""

    unit: Any
    entry: Entry
    kind: str
    giver: Side = NOBODY
    receiver: Side = NOBODY
    said: "dict[str, Any] | None" = None
    """Further columns: place, seal_number, seal_state, new_seal, condition, explanation, fault, fault_at."""


def write(moves: Sequence[Move], known: "dict[int, list[CustodyLink]] | None" = None) -> list[CustodyLink]:
    """Write one link for each of these units, which the session holds; ``known`` are the links that were read already.

    Returns them in the same order.
    """
    before = known if known is not None else read([move.unit for move in moves])
    made = []
    for move in moves:
        chain = before.get(move.unit.pk, [])
        link = CustodyLink(
            unit=move.unit,
            sequence=len(chain) + 1,
            kind=move.kind,
            on=move.entry.effective_on,
            at=move.entry.happened_at,
            entry=move.entry,
            previous_hash=chain[-1].hash if chain else "",
            **_sides(move),
            **(move.said or {}),
        )
        link.hash = digest(link)
        made.append(link)
    current().unwritten.add(CustodyLink, bulk.lines_of(made))
    return made


def read(units: Sequence[Any], *, with_entries: bool = True) -> dict[int, list[CustodyLink]]:
    """The links of several units, by the keys of the units, oldest first.

    ``with_entries``: with the entries that their hashes cover; not for who only adds a link.
    """
    found: dict[int, list[CustodyLink]] = {unit.pk: [] for unit in units}
    rows = CustodyLink.objects.filter(unit__in=found).order_by("sequence")
    for link in rows.select_related("entry") if with_entries else rows:
        found[link.unit_id].append(link)
    return found


def _sides(move: Move) -> dict[str, Any]:
    carried = move.receiver if move.receiver.carrier else move.giver
    return {
        "giver_office_id": move.giver.office,
        "giver_post_id": move.giver.post,
        "giver_party_id": move.giver.party,
        "giver_name": move.giver.name,
        "receiver_office_id": move.receiver.office,
        "receiver_post_id": move.receiver.post,
        "receiver_party_id": move.receiver.party,
        "receiver_name": move.receiver.name,
        "carrier": carried.carrier,
        "waybill": carried.waybill,
    }


def digest(link: CustodyLink) -> str:
    """The SHA-256 (hex) over everything a link says, the hash of its entry and that of the link before."""
    said = {name: getattr(link, name) for name in _HASHED}
    said |= {"on": link.on.isoformat(), "at": link.at.timestamp() if link.at else None, "entry": link.entry.hash}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def side_of(entry: Entry, fallback: "int | None" = None) -> Side:
    """The office that recorded an entry, with the person's post of that day; ``fallback`` where none is on record."""
    if entry.office_id is None:
        return Side(office=fallback)
    post = None
    if entry.user_id is not None:
        posts = Post.objects.valid_on(entry.effective_on).filter(user=entry.user_id, office=entry.office_id)
        keys = posts.order_by("pk").values_list("pk", flat=True)
        post = once(("post of", entry.user_id, entry.office_id, entry.effective_on), keys.first)
    return Side(office=entry.office_id, post=post)
