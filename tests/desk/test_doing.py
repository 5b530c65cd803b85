"""The one door of acts for people and programs: what it asks for besides the law, and how doors pass on refusals."""

import ast
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import spotcheck
from spotcheck.casework.doing import Done, NotProved, OtherPost, do
from spotcheck.docket import clock
from spotcheck.docket.flow import MATTERS, Flow
from spotcheck.docket.models import Entry
from spotcheck.docket.problems import ActNotPermitted, BadFacts
from spotcheck.laboratories.places import PLACES
from spotcheck.notices.models import Particulars
from spotcheck.notices.particulars import forms_for
from spotcheck.parties.models import Post
from spotcheck.rules import refused
from spotcheck.rules.acts import words_of
from spotcheck.rules.numbers import kind_of
from spotcheck.rules.refused import Refused
from tests.desk.world import World
from tests.worlds import played

RECEIVED, DUE, LATE = date(2024, 5, 28), date(2024, 6, 4), date(2024, 6, 12)
"""The report is received on a Tuesday; the order is due within five working days (Article 43)."""
HOUR = datetime(2024, 6, 4, 1, 0, tzinfo=UTC)
"""Nine in Shandong, half an hour before the act is recorded."""
DOORS = ("desk", "public")
IN_ONE_PLACE = frozenset({"page.py", "uploads.py"})
"""Where refusals become answers for a whole wire: of pages, and of tus, which has statuses of its own."""


@played
def case(world: World) -> Flow:
    """The report has come to Licheng, and nothing has been ordered yet."""
    dossier = world.reported("SD2024-001", date(2024, 5, 6), date(2024, 5, 27))
    made = MATTERS["rectification"].new(dossier, dossier.parties.get())
    world.act(made.receive_report, by="county", on=RECEIVED)
    return world.matter(dossier, "rectification")


def order(world: World, case: Flow, on: date = DUE, today: date | None = None, **sides: Any) -> Done | Refused:
    """Let the officer of Licheng issue the order."""
    sides = {"post": world.posts["county"], "facts": {}, "proved": True} | sides
    with clock.simulated(today or on):
        return do(world.actor("county"), case, "issue_order", on=on, **sides)


def orders() -> int:
    return Entry.objects.filter(act="rectification.issue_order").count()


def test_art43_an_act_after_its_day_needs_the_reason_whoever_does_it(world: World, case: Flow) -> None:
    """Programs too: a stroke is no reason, and nothing is recorded."""
    for typed in ("", "无"):
        answer = order(world, case, LATE, late_reason=typed)
        assert isinstance(answer, BadFacts)
        assert (answer.status, list(answer.errors), orders()) == (400, ["late_reason"], 0)
    answer = order(world, case, LATE, late_reason="企业搬迁，查找实际经营地")
    assert isinstance(answer, Done)
    assert answer.entry.late_reason == "企业搬迁，查找实际经营地"


def test_what_cannot_be_undone_is_done_by_nobody_who_has_not_proved_himself(world: World, case: Flow) -> None:
    """A door that cannot take a proof, a program's or a tablet's, gets a refusal and nothing is recorded."""
    answer = order(world, case, proved=False)
    assert isinstance(answer, NotProved)
    assert (answer.status, answer.kind, orders()) == (403, "not-proved", 0)
    assert "确认身份" in str(answer)
    assert isinstance(order(world, case), Done)


def test_every_act_that_needs_a_proof_is_refused_without_one(world: World, case: Flow) -> None:
    """Asked of each of them by name, before anything else about it is looked at."""
    post = world.posts["county"]
    wanting = [
        (model, spec) for model in MATTERS.values() for spec in model.specs() if spec.is_act and spec.words.needs_recent
    ]
    assert len(wanting) > 10
    for model, spec in wanting:
        matter = model(dossier=case.dossier, party=case.party, label=case.label)
        with clock.simulated(DUE):
            answer = do(world.actor("county"), matter, spec.method, on=DUE, facts={}, post=post)
        assert isinstance(answer, NotProved), spec.name


def test_no_program_is_led_to_an_act_that_needs_a_proof() -> None:
    """What a laboratory's program does can be done without one."""
    for name in PLACES:
        assert not words_of(name).needs_recent, name


def test_what_is_sent_twice_is_done_once(world: World, case: Flow) -> None:
    """The first entry answers, also where the second would be refused by the state; without ``seen`` it is refused."""
    seen = case.dossier.entry_count
    first = order(world, case, seen=seen)
    again = order(world, world.matter(case.dossier, "rectification"), seen=seen)
    assert isinstance(first, Done)
    assert isinstance(again, Done)
    assert (first.again, again.again, first.entry, orders()) == (False, True, again.entry, 1)
    unseen = order(world, world.matter(case.dossier, "rectification"))
    assert isinstance(unseen, ActNotPermitted)
    assert (unseen.status, unseen.reasons[0].guard, orders()) == (409, "state", 1)


def test_other_facts_are_another_act(world: World, case: Flow) -> None:
    seen = case.dossier.entry_count
    assert isinstance(order(world, case, seen=seen, facts={"remark": "当面送交"}), Done)
    answer = order(world, world.matter(case.dossier, "rectification"), seen=seen, facts={"remark": "邮寄送达"})
    assert isinstance(answer, ActNotPermitted)


def test_an_act_is_done_in_the_post_for_which_it_was_prepared(world: World, case: Flow) -> None:
    """Somebody else's post, none at all, and one that has ended: nothing is recorded."""
    ended = world.posts["county"]
    for post in (world.posts["other"], None):
        assert isinstance(order(world, case, post=post), OtherPost)
    Post.objects.filter(pk=ended.pk).update(until=date(2024, 6, 3))
    ended.refresh_from_db()
    assert isinstance(order(world, case, post=ended), OtherPost)
    assert orders() == 0


def test_the_hour_is_kept_where_it_is_known(world: World, case: Flow) -> None:
    answer = order(world, case, happened_at=HOUR)
    assert isinstance(answer, Done)
    assert Entry.objects.get(pk=answer.entry.pk).happened_at == HOUR


@pytest.mark.parametrize(
    "hour", [HOUR.replace(day=3), HOUR.replace(hour=20), HOUR.replace(year=2025)], ids=["before", "next-day", "ahead"]
)
def test_an_hour_of_another_day_is_refused(world: World, case: Flow, hour: datetime) -> None:
    answer = order(world, case, happened_at=hour)
    assert isinstance(answer, BadFacts)
    assert (list(answer.errors), orders()) == (["happened_at"], 0)


def test_an_hour_to_come_is_refused(world: World, case: Flow) -> None:
    """Two minutes a device may be ahead, not more."""
    with clock.simulated(DUE):
        now = clock.now()
    assert isinstance(order(world, case, happened_at=clock.later(now, 300)), BadFacts)
    assert isinstance(order(world, case, happened_at=clock.later(now, 60)), Done)


def test_particulars_are_recorded_with_their_act_or_not_at_all(world: World, case: Flow) -> None:
    """What the order says beyond its facts goes on record in the transaction of the act."""
    asked = [one for form in forms_for(case, case.spec_of("issue_order"), world.actor("county")) for one in form.asked]
    texts = (one.stated for one in asked if one.stated.known.kind == "text" and not one.stated.is_money)
    name = next(stated.known.name for stated in texts if kind_of(stated.known.label) is None)
    assert isinstance(order(world, case, LATE, particulars={name: "历城区工业北路"}), Refused)
    assert not Particulars.objects.exists()
    unknown = order(world, case, particulars={"product.name": "另一个名称"})
    assert isinstance(unknown, Refused)
    assert (unknown.kind, orders()) == ("bad-particulars", 0)
    assert isinstance(order(world, case, particulars={name: "历城区工业北路"}), Done)
    assert Particulars.objects.count() == 1


# Doors


def _family() -> set[str]:
    """The names of all refusals."""

    def below(one: type[Exception]) -> Iterator[str]:
        yield one.__name__
        for known in one.__subclasses__():
            yield from below(known)

    return set(below(refused.Refused))


def test_every_refusal_can_be_told_outside(world: World, case: Flow) -> None:
    """Each has a status, a kind of its own, and problem details in both languages."""
    answers = [order(world, case, LATE), order(world, case, post=None), order(world, case, date(2024, 5, 2), DUE)]
    assert all(isinstance(answer, Refused) for answer in answers)
    for answer in answers:
        for language in ("zh-hans", "en"):
            problem = answer.as_problem(language)
            assert problem["type"] == f"/problems/{answer.kind}" != f"/problems/{Refused.kind}"
            assert (problem["status"], bool(problem["detail"])) == (answer.status, True)


def test_doors_have_no_ladders_of_exceptions() -> None:
    """A door asks ``attempt`` or ``do`` for the answer; it catches no refusal itself."""
    family = _family()
    assert {"ActNotPermitted", "BadFacts", "ServiceRefused", "CalendarNotPublished"} <= family
    found = []
    for door in DOORS:
        for path in (Path(spotcheck.__file__).parent / door).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                caught = node.type if isinstance(node, ast.ExceptHandler) else None
                names = {name.id for name in ast.walk(caught) if isinstance(name, ast.Name)} if caught else set()
                found += [(path.name, name) for name in names & family if path.name not in IN_ONE_PLACE]
    assert found == []
