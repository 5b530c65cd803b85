"""The custody of the units of a sample as somebody may see it: who gave it to whom, under which seal, with what wrong.

Whoever tests sees no party, no place and nothing that another body wrote down: only its own words and the seals. Pages
and programs are told by the same lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from spotcheck.casework.possible_acts import unit_of
from spotcheck.casework.privacy import Sight
from spotcheck.docket.models import Dossier
from spotcheck.docket.wording import headed, say
from spotcheck.parties.models import Post
from spotcheck.planning.queries import has_full_record
from spotcheck.rules.sd_2021_1 import custody as rules
from spotcheck.rules.words import Words
from spotcheck.sampling import custody
from spotcheck.sampling.custody import CustodyLink, Fault
from spotcheck.sampling.models import SampleUnit


@dataclass(frozen=True, slots=True)
class LinkLine:
    """One link as it may be seen; ``faults`` are what is wrong with it, in words, and whether it was accepted."""

    link: CustodyLink
    carrier: str
    waybill: str
    kind: str
    giver: str
    receiver: str
    seal: str
    remarks: list[str]
    faults: list[tuple[Fault, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit with its custody."""

    unit: SampleUnit
    name: str
    lines: list[LinkLine]
    faults: list[Fault]

    @property
    def open_faults(self) -> list[Fault]:
        """Those that nobody has accepted."""
        return [fault for fault in self.faults if not fault.accepted]


def units_of(dossier: Dossier, sight: Sight) -> list[UnitLine]:
    """The units of a sample with their custody, as the actor may know it; an enterprise is shown none.

    What is wrong is asked only where the record is full: older files have no whole custody.
    """
    if sight.is_party:
        return []
    full = has_full_record(dossier)
    return [_unit(unit, sight, full=full) for unit in SampleUnit.objects.filter(dossier=dossier).order_by("pk")]


def _unit(unit: SampleUnit, sight: Sight, *, full: bool) -> UnitLine:
    related = ("entry", "giver_office", "receiver_office", "giver_party__enterprise", "receiver_party__enterprise")
    posts = ("giver_post__user", "receiver_post__user")
    links = list(CustodyLink.objects.filter(unit=unit).select_related(*related, *posts).order_by("sequence"))
    faults = custody.faults_of(links) if full else []
    lines = [_line(link, sight, [one for one in faults if one.sequence == link.sequence]) for link in links]
    return UnitLine(unit, unit_of(unit), lines, faults)


def _line(link: CustodyLink, sight: Sight, faults: Sequence[Fault]) -> LinkLine:
    knows = _knows(link, sight)
    written = (link.place, link.condition, link.explanation, link.carrier, link.waybill)
    lifted = [say(rules.FAULTS[link.fault])] if link.fault else []
    return LinkLine(
        link=link,
        carrier=link.carrier if knows else "",
        waybill=link.waybill if knows else "",
        kind=headed(rules.KINDS[link.kind]),
        giver=_side(link, "giver", sight, knows=knows),
        receiver=_side(link, "receiver", sight, knows=knows),
        seal=" ".join(part for part in (link.new_seal or link.seal_number, _state(link)) if part),
        remarks=[*lifted, *(part for part in written if part and knows)],
        faults=[(fault, headed(_said(fault))) for fault in faults],
    )


def _said(fault: Fault) -> Words:
    return rules.FAULTS[fault.name]


def _knows(link: CustodyLink, sight: Sight) -> bool:
    """Whether what was written down with a link may be read: by who tests, only what it wrote itself."""
    office = sight.actor.office
    return not sight.is_blind or (office is not None and link.entry.office_id == office.pk)


def _state(link: CustodyLink) -> str:
    return say(rules.SEAL_STATES[link.seal_state]) if link.seal_state in rules.SEAL_STATES else ""


def _side(link: CustodyLink, side: str, sight: Sight, *, knows: bool) -> str:
    office, party = getattr(link, f"{side}_office"), getattr(link, f"{side}_party")
    if party is not None:
        return sight.party(party)
    parts = [sight.office(office)] if office is not None else []
    post: Post | None = getattr(link, f"{side}_post")
    name = getattr(link, f"{side}_name") or (post.user.full_name if post is not None else "")
    is_own = sight.actor.office is not None and office is not None and sight.actor.office.pk == office.pk
    if name and (knows or is_own) and (not sight.is_blind or is_own):
        parts.append(name)
    return " ".join(parts)
