"""What follows from recheck visits, the ladder and announcements (README 10.1, 8 and 9)."""

from __future__ import annotations

from tests.second_reading import counting
from tests.second_reading.acts import Act
from tests.second_reading.guards_cases import now_of, too_early
from tests.second_reading.records import Announcement, Visit
from tests.second_reading.remedies import close_periods, open_period

# Visits.


def start_recheck(act: Act) -> None:
    """The visit; visits to a party are counted through, over all its cases."""
    world, case = act.world, act.case
    if too_early(act):
        world.flags.append("EARLY_SECOND_RECHECK")
    close_periods(act, "D46A", "D46B", "D51", "D51C")
    visits = world.visits.setdefault(case.party, [])
    label = f"recheck.{case.party}#{len(visits) + 1}"
    visits.append(Visit(label, case, by_proof=act.before == "hardship_claimed"))
    world.states[label] = "opened"


def verified(act: Act) -> None:
    act.visit.rectified = act.fact("rectified")
    open_period(act, "D50")


def commission_test(act: Act) -> None:
    close_periods(act, "D50")


def tested(act: Act) -> None:
    act.visit.conclusion = act.fact("conclusion")
    open_period(act, "D50")


def passed(act: Act) -> None:
    """A producer's ban falls; a seller's only when it resumes, which needed the pass of its producers."""
    world, party = act.world, act.party
    close_periods(act, "D50")
    world.states[act.case.label] = "passed"
    if party.is_producer or (act.name == "recheck.pass_without_test" and act.fact("resume")):
        world.lift_ban(party.name)


def failed(act: Act) -> None:
    """A round, also after a proof of inability which does not hold (R19)."""
    close_periods(act, "D50")
    act.case.failures += 1
    act.world.states[act.case.label] = "failed"


def suspended(act: Act) -> None:
    close_periods(act, "D50")
    act.world.states[act.case.label] = "hardship_suspended"


# The ladder.


def report_up(act: Act) -> None:
    """PN0, or PN6 when the announcement of the case exists: its first recheck was annulled and held again."""
    world, case = act.world, act.case
    made = world.announcements.setdefault(case.party, [])
    if not any(announcement.case is case for announcement in made):
        made.append(Announcement(f"announcement.{case.suffix}", case))
    world.states[act.announcement.label] = "reporting"


def announce(act: Act) -> None:
    """The case is announced with it; the second recheck within 90 days, and not before day 61."""
    act.world.states[act.case.label] = "announced"
    act.announcement.told = ("", "")
    act.case.announced_on = act.day
    open_period(act, "D51")


def corrected(act: Act) -> None:
    """A correction for a change tells of it; one on a judgment or for a clerical mistake does not (R54)."""
    if act.fact("basis") == "changed":
        act.announcement.told = now_of(act)


def closure(act: Act) -> None:
    """The period ends on the day ordered; it does not roll."""
    until = act.fact("until")
    act.case.closed_until = until
    act.world.periods[f"D51C.{act.case.suffix}"] = counting.Period("D51C", act.day, until, until)


def licence(act: Act) -> None:
    if act.world.state(f"ban.{act.case.party}") == "active":
        act.world.states[f"ban.{act.case.party}"] = "permanent"


EFFECTS = {
    "rectification.start_recheck": [start_recheck],
    "rectification.report_up": [report_up],
    "rectification.order_closure": [closure],
    "rectification.revoke_licence": [licence],
    "recheck.verify_on_site": [verified],
    "recheck.commission_test": [commission_test],
    "recheck.test_done": [tested],
    "recheck.pass_without_test": [passed],
    "recheck.pass_with_test": [passed],
    "recheck.fail_without_test": [failed],
    "recheck.fail_with_test": [failed],
    "recheck.fail_no_sample": [failed],
    "recheck.confirm_hardship": [suspended],
    "announcement.announce": [announce],
    "announcement.correct": [corrected],
}
