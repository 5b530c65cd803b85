"""What cannot be undone is done by somebody who has proved himself within the last minutes; nothing typed is lost."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from allauth.mfa.totp.internal import auth as totp
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client

from spotcheck.casework.models import Draft
from spotcheck.docket import clock
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Dossier, Entry
from spotcheck.network.single import SingleSignOn
from spotcheck.rules.acts import ACTS
from spotcheck.signin import recent
from tests.desk.test_acts_on_screen import TODAY, address_of, dossier
from tests.desk.world import PASSWORD, World

__all__ = ["dossier"]


@pytest.fixture(autouse=True)
def _no_demonstration(settings: object) -> Iterator[None]:
    settings.DEMO = False  # type: ignore[attr-defined]
    cache.clear()
    yield
    cache.clear()


def orders() -> int:
    return Entry.objects.filter(act="rectification.issue_order").count()


def test_the_acts_that_issue_forms_8_11_and_13_and_those_that_close_are_such() -> None:
    issuing = {spec.name for model in MATTERS.values() for spec in model.specs() if {8, 11, 13} & set(spec.forms)}
    told = {name for name, act in ACTS.items() if act.needs_recent}
    assert issuing <= told
    assert {"rectification.order_closure", "rectification.revoke_licence", "publication.publish"} <= told
    assert {name for name in ACTS if name.endswith(("correct_lapse", ".reinstate"))} <= told


def test_without_a_proof_it_is_asked_for_and_with_a_wrong_one_nothing_is_lost(
    world: World, dossier: Dossier, client_of: Callable[[str], Client]
) -> None:
    address, sent = address_of(dossier, "rectification", "issue_order"), {"on": "2024-06-04"}
    client = client_of("county")  # which came in without a password
    post = {"as_post": str(world.posts["county"].pk), "remark": "三处标签不符"}
    with clock.simulated(TODAY):
        assert 'name="password_again"' in client.get(address).content.decode()
        for wrong in ({}, {"password_again": "wrong"}):
            answer = client.post(address, sent | post | wrong)
            assert (answer.status_code, orders()) == (422, 0)
            assert "三处标签不符" in answer.content.decode()
        assert "没有通过" in answer.content.decode()
        assert "wrong" not in str(list(Draft.objects.values()))
        assert client.post(address, sent | post | {"password_again": PASSWORD}).status_code == 302
    assert orders() == 1


def test_a_code_of_the_authenticator_proves_as_well(
    world: World, dossier: Dossier, client_of: Callable[[str], Client]
) -> None:
    address, secret = address_of(dossier, "rectification", "issue_order"), totp.generate_totp_secret()
    user = world.posts["county"].user
    totp.TOTP.activate(user, secret)
    client = client_of("county")
    sent = {"on": "2024-06-04", "as_post": str(world.posts["county"].pk), "remark": "三处标签不符"}
    with clock.simulated(TODAY):
        assert 'name="code_again"' in client.get(address).content.decode()
        assert client.post(address, sent | {"code_again": "000000"}).status_code == 422
        assert "000000" not in str(list(Draft.objects.values()))
        code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
        before = client.cookies["sessionid"].value
        assert client.post(address, sent | {"code_again": code}).status_code == 302
        assert client.cookies["sessionid"].value != before  # another token with the proof
        assert client.get("/dossiers/").status_code == 200
    assert orders() == 1


def test_whoever_comes_by_the_single_sign_on_goes_there_and_finds_the_form_as_it_was(
    world: World, dossier: Dossier, client_of: Callable[[str], Client], settings: Any
) -> None:
    settings.SSO = SingleSignOn("province", "https://id.example.org", "spotcheck", "secret", "staff_number")
    user = world.posts["county"].user
    SocialAccount.objects.create(user=user, provider="province", uid="s-1")
    user.set_unusable_password()
    user.save()
    address = address_of(dossier, "rectification", "issue_order")
    sent = {"on": "2024-06-04", "as_post": str(world.posts["county"].pk), "remark": "三处标签不符"}
    client = client_of("county")
    client.force_login(user)
    with clock.simulated(TODAY):
        page = client.get(address).content.decode()
        assert 'name="password_again"' not in page
        assert "先到统一身份认证" in page
        away = client.post(address, sent)
        assert (away.status_code, orders()) == (302, 0)
        assert away.url == f"/account/again/single/?next={quote(address, safe='')}"
        assert "sent_form" not in client.cookies  # the window keeps what was typed
        kept = client.get("/drafts/", {"address": address}).json()
    assert kept["fields"]["remark"] == ["三处标签不符"]


def test_who_has_just_come_in_is_not_asked(world: World, dossier: Dossier) -> None:
    address, sent = address_of(dossier, "rectification", "issue_order"), {"on": "2024-06-04"}
    client = Client()
    client.post("/login/", {"login": "county", "password": PASSWORD})
    with clock.simulated(TODAY):
        assert 'name="password_again"' not in client.get(address).content.decode()
        assert client.post(address, sent | {"as_post": str(world.posts["county"].pk)}).status_code == 302
    assert orders() == 1


def test_after_five_minutes_one_is_asked_again(dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    address = address_of(dossier, "rectification", "issue_order")
    client = Client()
    client.post("/login/", {"login": "county", "password": PASSWORD})
    now = recent.time.time()
    monkeypatch.setattr(recent.time, "time", lambda: now + 301)
    with clock.simulated(TODAY):
        assert 'name="password_again"' in client.get(address).content.decode()


@pytest.mark.parametrize("kind", ["pdf", "zip"])
def test_whoever_takes_a_case_file_along_proves_himself_first_and_comes_back_to_its_page(
    dossier: Dossier, client_of: Callable[[str], Client], kind: str
) -> None:
    client, page = client_of("county"), f"/dossiers/{dossier.number}/case-file/"
    with clock.simulated(TODAY):
        answer = client.get(f"{page}{kind}/")
        assert (answer.status_code, answer.url) == (302, f"/account/again/?next={quote(page)}")
        asked = client.get(answer.url)
        assert "这份文件含有个人信息" in asked.content.decode()
        assert client.post(answer.url, {"password": PASSWORD, "next": page}).url == page
        assert client.get(f"{page}{kind}/").get("Location", "").startswith("/account/") is False
