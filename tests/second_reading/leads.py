"""What follows for leads, denials of handed-over cases and bans (README 10.1, 12 and 18; section 5.1)."""

from __future__ import annotations

from tests.second_reading.acts import Act
from tests.second_reading.offices import NOMINAL


def officers_lead(act: Act) -> None:
    """A lead reported by an officer is about the sampled entity (section 5.1)."""
    act.world.new_lead(act.world.sampled_entity(act.number).name)


def not_the_producer(act: Act) -> None:
    """The nominal producer did not make it or does not exist: its case falls, a lead is opened (art. 52)."""
    for party in act.world.of(act.number):
        if party.role == NOMINAL:
            act.world.withdraw(party.name)
    act.world.new_lead(act.world.seller_or_nominal(act.number).name)


def breach(act: Act) -> None:
    act.world.new_lead(act.row["party"])


def proof_shown(act: Act) -> None:
    act.world.lift_ban(act.row["party"])


EFFECTS = {
    "lead.create": [officers_lead],
    "denial.find_not_produced": [not_the_producer],
    "denial.find_nonexistent": [not_the_producer],
    "ban.record_breach": [breach],
    "ban.record_producer_proof": [proof_shown],
}
