"""The same sent several times at once, and two who want one name: one is done, the others hear why not."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from spotcheck.docket import clock
from spotcheck.docket.models import Record
from spotcheck.parties.models import Absence, Office, Post, StaffNumber, User
from spotcheck.registers import absences, offices, people, posts, proposals
from spotcheck.registers.posts import Wanted
from spotcheck.registers.refusals import NotDone
from tests.docket.together import together
from tests.registers import conftest as cast
from tests.registers.conftest import DAY, People

TIMES = 4


@pytest.fixture
def people_(committed_db: str) -> People:
    with clock.simulated(DAY):
        return cast.build()


def outcome(*calls: Callable[[], Any]) -> tuple[int, set[str]]:
    """How many were done, and by which reasons the others were refused; anything else is a fault."""
    found = together(DAY, *calls)
    refused = [one for one in found if isinstance(one, NotDone)]
    done = [one for one in found if not isinstance(one, BaseException)]
    assert len(done) + len(refused) == len(calls), found
    return len(done), {name for one in refused for name in one.names}


def test_what_is_sent_several_times_at_once_is_done_once(people_: People) -> None:
    wang, zhao, xin = people_.posts["wang"], people_.posts["zhao"], people_.user("xin")
    county, li, jia = people_.office("370102"), people_.by("li"), people_.by("jia")

    def add() -> User:
        return people.add(county, username="he", full_name="何洁", number="777", by=li)

    def number() -> StaffNumber:
        return people.give_number(xin, county, "778", by=li)

    def grant() -> Any:
        return posts.grant(Wanted(xin, county, "officer", DAY), by=li, reason="工作需要")

    def propose() -> Any:
        wanted = Wanted(xin, people_.office("370000"), "officer", DAY)
        return posts.grant(wanted, by=jia, reason="工作需要")

    def away() -> Absence:
        given = {"first_day": date(2025, 3, 10), "last_day": date(2025, 3, 11), "reason": "培训"}
        return absences.record(wang, deputy=zhao, by=li, **given)

    def body() -> Office:
        return offices.create_body(code="YS-XX", kind="laboratory", name="某中心", short_name="某检", by=jia)

    assert outcome(*[add] * TIMES) == (1, {"username", "number"})
    assert outcome(*[number] * TIMES) == (1, {"number", "once"})
    assert outcome(*[grant] * TIMES) == (1, {"once"})
    assert outcome(*[propose] * TIMES) == (1, {"once_proposed"})
    assert outcome(*[away] * TIMES) == (1, {"absent_once"})
    assert outcome(*[body] * TIMES) == (1, {"code", "short_name"})

    waits = proposals.waiting().get()
    assert outcome(*[lambda: proposals.confirm(waits, by=people_.by("yi"))] * TIMES) == (1, {"undecided"})
    assert Post.objects.filter(user=xin).count() == 2
    kinds = Record.objects.exclude(kind__startswith="sign_in.").values_list("kind", flat=True)
    assert sorted(kinds) == sorted({*kinds})


def test_two_persons_want_one_name(people_: People) -> None:
    county, city, li, ji = people_.office("370102"), people_.office("370100"), people_.by("li"), people_.by("ji")
    assert outcome(
        lambda: people.add(county, username="he", full_name="何洁", number="777", by=li),
        lambda: people.add(city, username="ＨＥ", full_name="何杰", number="778", by=ji),
    ) == (1, {"username"})
    wang, zhao = people_.user("wang"), people_.user("zhao")
    assert outcome(
        lambda: people.give_number(wang, city, "779", by=ji), lambda: people.give_number(zhao, city, "７７９", by=ji)
    ) == (1, {"number"})
    jia = people_.by("jia")
    assert outcome(
        lambda: offices.rename_short(city, "济市监", by=jia), lambda: offices.rename_short(county, "济市监", by=jia)
    ) == (1, {"short_name"})
