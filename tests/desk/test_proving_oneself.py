"""What cannot be undone is done by somebody who has proved himself within the last minutes; nothing typed is lost."""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from spotcheck.casework.models import Draft
from spotcheck.docket import clock
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Dossier, Entry
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
        assert "密码不对" in answer.content.decode()
        assert "wrong" not in str(list(Draft.objects.values()))
        assert client.post(address, sent | post | {"password_again": PASSWORD}).status_code == 302
    assert orders() == 1


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
