"""Getting started: each step turns from ○ to ✓ when it is done, and the page goes away with the last one."""

from collections.abc import Callable
from datetime import date

from allauth.mfa.models import Authenticator
from django.test import Client

from spotcheck.administration import first_run
from spotcheck.docket import clock
from spotcheck.docket.models import Beat, Record, RuleSetRecord
from spotcheck.parties.models import Enterprise, Offering, Office, Post, ProductKind, Qualification, User
from spotcheck.planning.operations import open_plan
from tests.registers.conftest import DAY, People

FIRST = "/administration/first/"


def _state() -> dict[str, bool]:
    return {step.__name__: step().is_done for step in first_run.STEPS}


def test_every_step_is_done_once_and_then_the_page_goes_away(
    people: People, client_of: Callable[[str], Client], settings
) -> None:
    settings.DEMO = True  # nobody needs a second factor there, a seal or mail
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
    laboratory = Office.objects.filter(kind="laboratory").first()
    certificate = {"office": laboratory, "kind": "CMA", "valid_from": date(2020, 1, 1)}
    Qualification.objects.create(**certificate, number="1", valid_until=date(2020, 12, 31))
    assert not _state()["bodies"]  # its time is over
    Qualification.objects.create(**certificate, number="2", valid_until=date(2099, 1, 1))
    assert _state()["bodies"]
    assert client_of("jia").post(FIRST, {"what": "province"}).status_code == 302
    assert not any(_state()[name] for name in ("catalogue", "frame"))
    ProductKind.objects.create(code="01", name="电线电缆", since=DAY)
    firm = Enterprise.objects.get()
    Offering.objects.create(enterprise=firm, kind="producer", product_kind="电线电缆", product_name="软线", model="1")
    open_plan(2025, on=DAY)
    assert _state() == dict.fromkeys(_state(), True)
    gone = client_of("li.data").get(FIRST)
    assert (gone.status_code, gone.url) == (302, "/administration/offices/")
    assert FIRST not in client_of("jia").get("/administration/offices/").content.decode()


def test_what_only_a_person_can_say_is_confirmed_and_stands_in_the_book(
    people: People, client_of: Callable[[str], Client], settings
) -> None:
    """That the province's data are right, that papers are sealed by hand, that no mail is sent: by the province."""
    settings.DEMO = False
    Authenticator.objects.create(user=people.user("jia"), type="totp", data={"secret": "x"})
    client = client_of("jia")
    names = ("province", "seal", "post")
    assert not any(_state()[name] for name in names)
    for what in ("province", "seal", "mail"):
        assert f'name="what" value="{what}"' in client.get(FIRST).content.decode()
        assert client.post(FIRST, {"what": what}).status_code == 302
        assert client.post(FIRST, {"what": what}).status_code == 302  # said once
    assert client.post(FIRST, {"what": "backup"}).status_code == 409  # that is seen, and not said
    assert all(_state()[name] for name in names)
    lines = Record.objects.filter(kind="settings.first_run").order_by("pk")
    assert [(line.user.username, line.subject_id) for line in lines] == [
        ("jia", "first_run.province"),
        ("jia", "first_run.seal"),
        ("jia", "first_run.mail"),
    ]


def test_a_seal_service_needs_no_word(people: People, settings) -> None:
    settings.DEMO = False
    settings.SEALER = "province.seals.Service"
    assert _state()["seal"]


def test_the_first_page_leads_there_as_long_as_something_is_left(
    people: People, client_of: Callable[[str], Client]
) -> None:
    page = client_of("jia").get("/administration/").content.decode()
    left = sum(not done for done in _state().values())
    assert f"还有 {left} 项没有完成" in page
    assert "没有完成" not in client_of("li").get("/administration/").content.decode()  # registers nothing


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
