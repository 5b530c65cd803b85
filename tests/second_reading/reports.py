"""What follows from a report: conclusion, notices, further items, art. 55 (README 10.1, 3, 5 and 6)."""

from __future__ import annotations

from tests.second_reading.acts import Act
from tests.second_reading.records import Dossier, Notice
from tests.second_reading.world import PROVISIONAL, World


def first_result(act: Act, items: list[dict], says: str) -> None:
    """CN1 or CN2, and a notice to every party. Cases come into being by receive_report only."""
    world, dossier = act.world, act.dossier
    if world.conclusion(act.number) != "absent":
        return
    dossier.report_says = says
    world.states[world.label("conclusion", act.number)] = f"provisional_{says}"
    _take_over(dossier, items)
    _notices(world, act.number)
    if says == "nonconforming":
        effectiveness(world, act.number)


def full_report(act: Act, items: list[dict]) -> None:
    """After a partial report: second notices when further items failed (10.1, 6).

    Not when the conclusion has fallen meanwhile: nobody is told a result which does not stand (R55).
    """
    before = set(act.dossier.reported_failed)
    _take_over(act.dossier, items)
    act.dossier.further = bool(act.dossier.reported_failed - before)
    if act.dossier.further and act.world.conclusion(act.number) != "revoked":
        _notices(act.world, act.number)


def _take_over(dossier: Dossier, items: list[dict]) -> None:
    """What a retest has settled stays settled, also against a later full report (10.1, 4)."""
    for item in items:
        name, found = item["name"], (item.get("kind", "performance"), item["result"])
        dossier.reported[name] = found
        if name not in dossier.settled:
            dossier.items[name] = found
        if item["result"] == "fail":
            dossier.reported_failed.add(name)


def _notices(world: World, dossier: int) -> None:
    for party in world.of(dossier):
        notices = world.notices.setdefault(party.name, [])
        suffix = f"#{len(notices) + 1}" if notices else ""
        notices.append(Notice(f"result_notice.{party.name}{suffix}", party.name))
        world.states[notices[-1].label] = "due"


def effectiveness(world: World, dossier: int) -> None:
    """The same kind of product of a producer which had passed a recheck failed again (art. 55)."""
    product = world.dossiers[dossier].product
    for party in world.producers(dossier):
        for other in filter(world.has_passed, world.cases):
            earlier = world.parties[other]
            same_kind = world.dossiers[earlier.dossier].product == product
            if earlier.dossier != dossier and same_kind and world.enterprise(other) == world.enterprise(party.name):
                world.flags.append("EFFECTIVENESS_REVIEW")


# What the conclusion becomes.


def settle(world: World, number: int) -> None:
    """An objection or a retest has ended (10.1, 3).

    A completed retest makes the conclusion final at once when the full report is out, also while second notices about
    further items are on their way: section 10.1 (3) and (5) say so without an exception. Their window comes first
    (CN7) only where it is the full report which would bring the end, see finality().
    """
    dossier, label = world.dossiers[number], world.label("conclusion", number)
    if world.state(label) not in ("under_objection", "under_retest") or world.open_retests(number):
        return
    if world.open_objections(number):
        world.states[label] = "under_objection"
    elif not dossier.retest_completed:
        world.states[label] = f"provisional_{dossier.report_says}"
    elif dossier.reporting_ended:
        _decided(world, number)
    else:  # CN4: the full report is still out
        world.states[label] = "provisional_nonconforming"
        if not dossier.failed:
            world.withdraw_all(number)


def _decided(world: World, number: int) -> None:
    """CN7 or CN8: final as the items stand now; conforming, every case of the dossier falls."""
    label = world.label("conclusion", number)
    if world.dossiers[number].failed:
        world.states[label] = "final_nonconforming"
    else:
        world.states[label] = "final_conforming"
        world.withdraw_all(number)


def finality(world: World) -> None:
    """A provisional conclusion becomes final (10.1, 5; CN7 to CN10).

    Without waiting for the windows when a retest was completed: the full report which adds nothing, or the end of the
    testing, is then the end (CN7, CN8; 'a completed retest does not wait'). With further items CN9 after their window.
    """
    for number, dossier in world.dossiers.items():
        label = world.label("conclusion", number)
        if world.state(label) not in PROVISIONAL or not dossier.reporting_ended:
            continue
        notices = world.notices_of(number)
        over = all(world.state(notice.label) in ("window_closed", "objected") for notice in notices)
        if dossier.retest_completed and not dossier.further and not world.disputed(number):
            _decided(world, number)
        elif over and not world.unsettled(number):
            if world.state(label) == "provisional_conforming":
                world.states[label] = "final_conforming"
            else:
                _decided(world, number)


def fall(world: World, number: int, void: bool) -> None:
    """CN5, CN14, CN15: no notice goes out any more, every case of the dossier is withdrawn (10.1, 3)."""
    world.states[world.label("conclusion", number)] = "revoked"
    if void:
        void_sampling(world, number)
    for notice in world.notices_of(number):
        if world.state(notice.label) in ("due", "sent", "served"):
            world.states[notice.label] = "ended"
            world.periods.pop(window_name(notice), None)
    world.withdraw_all(number)


def void_sampling(world: World, number: int) -> None:
    """SM10, ON6."""
    if world.state(world.field_chart(number)) == "sampled":
        world.states[world.field_chart(number)] = "voided"


def window_name(notice: Notice) -> str:
    return notice.label.replace("result_notice", "D35")
