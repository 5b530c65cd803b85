"""The links of custody that acts leave behind by themselves, whichever door they came through (18, 26, 27, 39)."""

from collections.abc import Callable
from typing import Any, Final

from spotcheck.docket import register
from spotcheck.docket.consequences import follows
from spotcheck.docket.models import Entry, Party
from spotcheck.docket.sessions import current, offices
from spotcheck.notices.history import stated_for
from spotcheck.parties.models import PROVINCE_CODE
from spotcheck.planning.queries import has_full_record
from spotcheck.rules.sd_2021_1 import custody as rules
from spotcheck.sampling import custody
from spotcheck.sampling.custody import NOBODY, CustodyLink, Move, Side
from spotcheck.sampling.custody_requirements import kind_of_link

FAULT: Final = "custody_fault"
"""The kind of the message that tells of a gap."""
FOUND: Final = ("seal_number", "seal_state", "new_seal", "condition", "explanation", "place")
"""Facts that go into the link as they were stated."""

Chain = list[CustodyLink]


@follows("sample.create")
def seal(batch: list[Entry]) -> None:
    """Both units come into being under their seals, as the sampling sheet says them (Articles 18, 25)."""
    moves = []
    for entry in batch:
        unit = entry.matter
        keeper = custody.side_of(entry.cause or entry, _body(entry, "sampling_body"))
        moves.append(Move(unit, entry, rules.SEALED, receiver=keeper, said=_found({"seal_number": unit.seal_number})))
    _written(moves, {move.unit.pk: [] for move in moves})


def particulars_of_units(entry: Entry) -> dict[str, dict[str, str]]:
    """Code, seal and quantity of both units of a sampling, out of what was stated for its sheet, by their labels."""
    said = stated_for(entry.dossier).get("sampling", {})
    return {
        label: {
            "code": custody.code_of(entry.dossier.number, label),
            "seal_number": custody.seal_in(str(said.get(f"{word}_seal") or ""))[:60],
            "quantity": str(said.get(f"{word}_quantity") or "")[:60],
        }
        for label, word in (("T", "test"), ("R", "reserve"))
    }


def _leaves(act: str) -> Callable[[Callable[[Entry, Chain], Move]], Callable[[Entry, Chain], Move]]:
    """Register what link the entries of an act leave, given the chain so far."""

    def register_(made: Callable[[Entry, Chain], Move]) -> Callable[[Entry, Chain], Move]:
        @follows(act)
        def leave(batch: list[Entry]) -> None:
            """A unit that changes hands, place or seal leaves a link of its custody (Articles 18, 26, 27)."""
            of_units = [entry for entry in batch if entry.chart == "sample"]
            known = custody.read(
                [entry.matter for entry in of_units], with_entries=any(has_full_record(one.dossier) for one in of_units)
            )
            _written([made(entry, known[entry.matter.pk]) for entry in of_units], known)

        return made

    return register_


@_leaves("sample.dispatch")
def dispatched(entry: Entry, chain: Chain) -> Move:
    """Sent by a carrier, or carried by the samplers themselves (Articles 26, 27)."""
    giver = custody.side_of(entry, _body(entry, "sampling_body"))
    return Move(entry.matter, entry, rules.DISPATCHED, giver, _carried(entry.facts) or giver, _found(entry.facts))


@_leaves("sample.receive")
def received(entry: Entry, chain: Chain) -> Move:
    """Taken over by the laboratory from whoever had it (Article 27)."""
    receiver = custody.side_of(entry, _body(entry, "lab"))
    return Move(entry.matter, entry, rules.RECEIVED, _giver(entry, chain), receiver, _found(entry.facts))


@_leaves("custody.refuse_unit")
def refused(entry: Entry, chain: Chain) -> Move:
    """Not taken over: it stays with whoever brought it (Articles 18, 27)."""
    said = _found(entry.facts)
    said["condition"] = rules.REFUSAL_REASONS[entry.facts["reason"]].zh
    if entry.facts["reason"] == "broken_seal":
        said["seal_state"] = "broken"
    return Move(entry.matter, entry, rules.REFUSED, custody.holder(chain), NOBODY, said)


@_leaves("sample.issue")
def issued(entry: Entry, chain: Chain) -> Move:
    """Given out to the inspector who signs for it (Articles 10, 27)."""
    unit = entry.matter
    giver = custody.side_of(entry, _body(entry, "lab"))
    receiver = Side(office=giver.office, post=unit.inspector_post_id, name=unit.inspector)
    return Move(unit, entry, rules.ISSUED, giver, receiver, _found(entry.facts))


@_leaves("sample.retain")
def retained(entry: Entry, chain: Chain) -> Move:
    """Back in store after the test (Article 27)."""
    receiver = custody.side_of(entry, _body(entry, "lab"))
    said = {"place": entry.facts.get("kept_at") or ""}
    return Move(entry.matter, entry, rules.RETURNED, custody.holder(chain), receiver, _found(said))


@_leaves("docket.counter_entry")
def taken_back(entry: Entry, chain: Chain) -> Move:
    """An issue that was taken back: the unit is in store again (Article 27, R59)."""
    store = custody.side_of(entry, _body(entry, "lab"))
    said = {"explanation": entry.facts["reason"]}
    return Move(entry.matter, entry, rules.RETURNED, custody.holder(chain), store, _found(said))


@_leaves("sample.leave_with_enterprise")
def left(entry: Entry, chain: Chain) -> Move:
    """Kept by the enterprise against its undertaking (Articles 18, 39)."""
    party = entry.dossier.parties.filter(role__in=Party.SAMPLED).order_by("pk").first()
    keeper = Side(party=party.pk if party is not None else None)
    return Move(entry.matter, entry, rules.MOVED, custody.holder(chain), keeper, _found(entry.facts))


@_leaves("sample.release_for_retest")
def released(entry: Entry, chain: Chain) -> Move:
    """Handed to the retest laboratory, on film (Article 39)."""
    facts = entry.cause.facts if entry.cause is not None else {}
    giver = custody.holder(chain)
    giver = Side(giver.office, giver.post, giver.party, str(facts.get("giver") or giver.name))
    receiver = Side(office=_body(entry, "retest_lab"), name=str(facts.get("receiver") or ""))
    return Move(entry.matter, entry, rules.RELEASED, giver, receiver, _found(facts))


@_leaves("sample.dispose")
def disposed(entry: Entry, chain: Chain) -> Move:
    """Disposed of once nobody can need it (Articles 27, 35, 39)."""
    return Move(entry.matter, entry, rules.DISPOSED, custody.holder(chain), NOBODY, _found(entry.facts))


@_leaves("custody.link")
def moved(entry: Entry, chain: Chain) -> Move:
    """What no act of the chart says: another place, back again, sent once more, sealed anew (Articles 18, 26, 27)."""
    facts, own = entry.facts, custody.side_of(entry)
    kind, said = kind_of_link(facts["kind"]), _found(facts)
    has_it = custody.holder(chain)
    match facts["kind"]:
        case "dispatched":
            giver, receiver = own, _carried(facts) or own
        case "resealed":
            giver, receiver, said["seal_state"] = has_it, has_it, "resealed"
        case _:
            giver, receiver = has_it, Side(own.office, own.post, name=facts.get("receiver") or "")
    return Move(entry.matter, entry, kind, giver, receiver, said)


@_leaves("custody.accept_gap")
def accepted(entry: Entry, chain: Chain) -> Move:
    """The province lifts one fault, with its reason (R62)."""
    lifted = custody.fault_named(entry.facts["fault"])
    said = {"fault": lifted.name, "fault_at": lifted.sequence, "explanation": entry.facts["reason"]}
    return Move(entry.matter, entry, rules.GAP_ACCEPTED, custody.side_of(entry), custody.side_of(entry), said)


def _written(moves: list[Move], known: dict[int, Chain]) -> None:
    """Write the links, and tell of the faults that came with them."""
    for move, link in zip(moves, custody.write(moves, known), strict=True):
        _tell_of_faults(move.entry, [*known[move.unit.pk], link])


def _tell_of_faults(entry: Entry, chain: Chain) -> None:
    """Tell the province that the newest link shows a gap: it accepts it, or has it set right (Articles 18, 27)."""
    if not has_full_record(entry.dossier):
        return
    if any(fault.sequence == chain[-1].sequence for fault in custody.open_faults(chain)):
        line = {"dossier_id": entry.dossier_id, "entry_id": entry.pk, "kind": FAULT, "created_at": current().now}
        lines = [line | {"office_id": office.pk, "party_id": None} for office in offices([PROVINCE_CODE])]
        current().unwritten.tell(lines)


def _found(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: str(facts[name]) for name in FOUND if facts.get(name)}


def _carried(facts: dict[str, Any]) -> Side | None:
    """The carrier that was named, with its waybill."""
    carrier = facts.get("carrier") or ""
    return Side(carrier=carrier, waybill=facts.get("waybill") or "") if carrier else None


def _giver(entry: Entry, chain: Chain) -> Side:
    """Who handed the unit over: whoever had it by the record, by the name that was stated."""
    has_it, stated = custody.holder(chain), str(entry.facts.get("giver") or "")
    if not stated or has_it.carrier:
        return has_it
    return Side(has_it.office, has_it.post, has_it.party, stated)


def _body(entry: Entry, role: str) -> int | None:
    body = register.body(entry.dossier, role)
    return body.pk if body is not None else None
