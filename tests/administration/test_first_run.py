"""Getting started: each step turns from ○ to ✓ when it is done, and the page goes away with the last one."""

from collections.abc import Callable
from datetime import date

from django.test import Client

from spotcheck.administration import first_run
from spotcheck.docket import clock
from spotcheck.docket.models import Beat, RuleSetRecord
from spotcheck.parties.models import Office, Post, User
from spotcheck.planning.operations import open_plan
from tests.registers.conftest import DAY, People

FIRST = "/administration/first/"


def _state() -> dict[str, bool]:
    return {step.__name__: step().is_done for step in first_run.STEPS}


def test_every_step_is_done_once_and_then_the_page_goes_away(
    people: People, client_of: Callable[[str], Client], settings
) -> None:
    settings.DEMO = True  # nobody needs a second factor there
    User.objects.filter(username__in=["jia", "yi"]).update(password="!none")
    before = _state()
    assert not any(before[name] for name in ("administrators", "short_names", "cities", "backup", "plan"))
    assert "○" in client_of("jia").get(FIRST).content.decode()

    for name in ("jia", "yi"):
        user = User.objects.get(username=name)
        user.set_password("abundant-larch-47")
        user.save()
    assert _state()["administrators"]
    for office in Office.objects.filter(kind__in=["province", "city", "county"], short_name=""):
        Office.objects.filter(pk=office.pk).update(short_name=office.code)
    assert _state()["short_names"]
    for office in Office.objects.filter(kind="city"):
        clerk = User.objects.create_user(f"c{office.code}", password=None)
        Post.objects.create(user=clerk, office=office, role="administrator", entitlements=["manages"], since=DAY)
    assert _state()["cities"]
    Beat.objects.create(name="backup", at=clock.now())
    assert _state()["backup"]
    open_plan(2025, on=DAY)
    assert _state() == dict.fromkeys(_state(), True)
    gone = client_of("li.data").get(FIRST)
    assert (gone.status_code, gone.url) == (302, "/administration/offices/")
    assert FIRST not in client_of("jia").get("/administration/offices/").content.decode()


def test_a_step_leads_to_its_page_or_names_the_command(people: People, client_of: Callable[[str], Client]) -> None:
    page = client_of("jia").get(FIRST).content.decode()
    assert 'href="/administration/offices/"' in page
    assert 'href="/administration/posts/new/"' in page
    assert "spotcheck backup" in page
    of_data = client_of("li.data").get(FIRST).content.decode()  # registers, and manages nobody
    assert 'href="/administration/posts/new/"' not in of_data
    assert FIRST in client_of("jia").get("/administration/offices/").content.decode()


def test_without_rules_nothing_new_can_begin_and_the_page_says_so(db) -> None:
    with clock.simulated(date(2026, 6, 1)):
        assert not first_run.rules().is_done
        assert not RuleSetRecord.objects.exists()


def test_whoever_has_no_post_is_told_whom_to_ask(people: People, client_of: Callable[[str], Client]) -> None:
    """The administrators of the last office; for somebody who never had one those of the province."""
    Post.objects.filter(user__username="wang").update(until=date(2025, 2, 1))
    page = client_of("wang").get("/post/").content.decode()
    assert people.user("li").full_name in page
    assert people.user("jia").full_name not in page
    User.objects.create_user("neu", password=None, full_name="新 人")
    stranger = client_of("neu").get("/post/").content.decode()
    assert people.user("jia").full_name in stranger
    Post.objects.filter(entitlements__contains=["manages"]).update(until=date(2025, 2, 1))
    assert "spotcheck people first-admin" in client_of("neu").get("/post/").content.decode()
