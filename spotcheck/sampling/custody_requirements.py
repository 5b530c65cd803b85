"""What the custody of a unit can forbid (Articles 18, 26, 27, 39; R62)."""

from collections.abc import Iterator
from typing import Any, Final

from spotcheck.docket import register
from spotcheck.docket.facts import is_written
from spotcheck.docket.requirements import Requirement
from spotcheck.planning.queries import has_full_record
from spotcheck.rules.sd_2021_1 import custody as rules
from spotcheck.rules.words import Words, in_one
from spotcheck.sampling import custody
from spotcheck.sampling.states import SampleState

RETEST: Final = "retest"
"""The chart of the acts that rest on the reserve unit."""


def _unit_that_counts(m: Any) -> str:
    """The unit on which a report rests: that of a retest on the reserve unit."""
    return "R" if m.chart == RETEST else "T"


def _is_unbroken(m: Any) -> bool:
    return not has_full_record(m.dossier) or not custody.open_faults(custody.links_of(m.dossier, _unit_that_counts(m)))


def _what_is_broken(m: Any) -> Words | None:
    return in_one(fault.words for fault in custody.open_faults(custody.links_of(m.dossier, _unit_that_counts(m))))


CUSTODY_UNBROKEN = Requirement("custody_unbroken", _is_unbroken, tells=_what_is_broken)


def _differences(m: Any) -> Iterator[Words]:
    """What of the seal, as it was found, is not as it is on record."""
    if not has_full_record(m.dossier):
        return
    proposal, known = m.proposal, custody.seal_of(custody.links_of(m.dossier, m.label))
    if proposal["seal_state"] is None:
        yield Words("没有写明封条状态", "the state of the seal is not stated")
    elif proposal["seal_state"] == "broken":
        yield Words("封条破损，应当拒收", "the seal is broken: the unit is to be refused")
    if not proposal["seal_number"]:
        yield Words("没有写明封条编号", "the seal number is not stated")
    elif known and not custody.same_seal(known, proposal["seal_number"]):
        yield Words(
            f"封条编号 {proposal['seal_number']} 与封样登记的 {known} 不一致",
            f"the seal number {proposal['seal_number']} differs from {known}, which is on record",
        )


def _seal_is_intact(m: Any) -> bool:
    """As claimed, or, where the record is full, as the seal was found; another claim is none."""
    stated = m.proposal["seal_intact"]
    if not has_full_record(m.dossier):
        return bool(stated)
    return stated in {None, True} and not any(_differences(m))


SEAL_INTACT = Requirement(
    "seal_intact",
    _seal_is_intact,
    asks=("seal_intact", "seal_state", "seal_number"),
    tells=lambda m: in_one(_differences(m)),
)


def kind_of_link(stated: str | None) -> str:
    """The kind of the link that a stated move makes: sealing anew leaves the unit with whoever has it."""
    return rules.MOVED if stated in {None, "resealed"} else stated


def _follows_the_one_before(m: Any) -> bool:
    links = [link for link in custody.links_of(m.dossier, m.label) if link.kind != rules.GAP_ACCEPTED]
    if not m.proposal["kind"]:
        return False
    return not links or links[-1].kind in rules.AFTER[kind_of_link(m.proposal["kind"])]


CUSTODY_ORDER = Requirement("custody_order", _follows_the_one_before, asks=("kind",))
_WANTED: Final = {"resealed": "new_seal", "moved": "place"}


def _says_what_its_kind_wants(m: Any) -> bool:
    proposal = m.proposal
    wanted = _WANTED.get(proposal["kind"] or "")
    return (wanted is None or bool(proposal[wanted])) and bool(not proposal["carrier"] or proposal["waybill"])


LINK_COMPLETE = Requirement(
    "link_complete", _says_what_its_kind_wants, asks=("kind", "new_seal", "place", "carrier", "waybill")
)


def _is_documented(m: Any) -> bool:
    """The reason with what was found, and at a door at least one photograph."""
    proposal = m.proposal
    pictured = not proposal.needs_files or any(one.kind == "photo" for one in proposal.evidence)
    return bool(proposal["reason"]) and is_written(proposal["explanation"]) and pictured


REFUSAL_DOCUMENTED = Requirement("refusal_documented", _is_documented, asks=("reason", "explanation"))


def _takes_it_over(m: Any) -> bool:
    """On its way to the laboratory a unit is refused by that one, released for a retest by the retest laboratory."""
    by, on_its_way = m.proposal.by, m.state == SampleState.IN_TRANSIT
    if by.word is not None:
        return (by.word == "lab") == on_its_way
    first = register.body(m.dossier, "lab")
    return (by.office is not None and first is not None and by.office.pk == first.pk) == on_its_way


REFUSED_BY_RECEIVER = Requirement("refused_by_receiver", _takes_it_over)


def _names_an_open_gap(m: Any) -> bool:
    gaps = {fault.key for fault in custody.open_faults(custody.links_of(m.dossier, m.label))}
    return m.proposal["fault"] in gaps and is_written(m.proposal["reason"])


GAP_IS_OPEN = Requirement("gap_is_open", _names_an_open_gap, asks=("fault", "reason"))
