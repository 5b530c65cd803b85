"""日历订阅: what stands in a calendar, and to whom its secret address stops answering."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from spotcheck.casework.models import Feed
from spotcheck.docket import clock
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Dossier, Record
from spotcheck.parties.models import Post
from tests.desk.world import World
from tests.worlds import played

TODAY = date(2024, 6, 4)


@played
def ordered(world: World) -> Dossier:
    """The report lies with Licheng since Wednesday 29 May: the order is due on 5 June (Article 43)."""
    dossier = world.reported("SD2024-001", date(2024, 5, 6), date(2024, 5, 27))
    world.told(dossier, "P", date(2024, 5, 28), date(2024, 5, 30))
    case = MATTERS["rectification"].new(dossier, dossier.parties.get(label="P"))
    world.act(case.receive_report, by="county", on=date(2024, 5, 29))
    return dossier


def made(client: Client) -> str:
    """The path of a new address."""
    page = client.get("/calendar/")
    answer = client.post("/calendar/", {"what": "make", "as_post": str(page.wsgi_request.desk_post.pk)})
    address: str = answer.context["made"]
    return address.removeprefix("http://testserver")


def read(path: str, day: date = TODAY) -> Any:
    with clock.simulated(day):
        return Client().get(path)


def test_the_days_are_those_of_today_and_name_nobody(
    ordered: Dossier, world: World, client_of: Callable[[str], Client]
) -> None:
    """Read back by a library that is not ours."""
    with clock.simulated(TODAY):
        path = made(client_of("county"))
    answer = read(path)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event.decoded("dtstart") == date(2024, 6, 5)
    assert str(event["summary"]) == "下达责令改正通知书 SD2024-001"
    text = answer.content.decode()
    for name in (world.enterprises["cable"].name, "电缆", world.posts["county"].user.full_name):
        assert name not in text
    (event,) = Calendar.from_ical(read(path, date(2024, 6, 6)).content).walk("VEVENT")
    assert str(event["summary"]).startswith("已逾期：")


def test_only_the_hash_is_kept_and_a_new_address_ends_the_old(
    ordered: Dossier, client_of: Callable[[str], Client]
) -> None:
    client = client_of("county")
    with clock.simulated(TODAY):
        first = made(client)
        secret = first.removeprefix("/p/calendar/").removesuffix(".ics")
        assert secret not in str(list(Feed.objects.values())) + str(list(Record.objects.values()))
        assert secret not in client.get("/calendar/").content.decode(), "it was shown once"
        second = made(client)
    assert (read(first).status_code, read(second).status_code) == (404, 200)
    page = client.get("/calendar/")
    with clock.simulated(TODAY):
        client.post("/calendar/", {"what": "end", "as_post": str(page.wsgi_request.desk_post.pk)})
    assert read(second).status_code == 404
    kinds = list(
        Record.objects.filter(kind__startswith="people.calendar").order_by("pk").values_list("kind", flat=True)
    )
    assert kinds == ["people.calendar_made", "people.calendar_made", "people.calendar_ended"]


@pytest.mark.parametrize("why", ["locked", "ended"])
def test_who_has_left_reads_nothing(
    ordered: Dossier, world: World, client_of: Callable[[str], Client], why: str
) -> None:
    with clock.simulated(TODAY):
        path = made(client_of("county"))
    post = world.posts["county"]
    if why == "locked":
        type(post.user).objects.filter(pk=post.user_id).update(is_active=False)
    else:
        Post.objects.filter(pk=post.pk).update(until=date(2024, 6, 3))
    assert read(path).status_code == 404


def test_each_reads_his_own(ordered: Dossier, client_of: Callable[[str], Client]) -> None:
    """Another county has nothing to keep here."""
    with clock.simulated(TODAY):
        path = made(client_of("other"))
    assert Calendar.from_ical(read(path).content).walk("VEVENT") == []
