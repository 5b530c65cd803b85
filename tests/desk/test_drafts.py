"""Drafts: what was typed and did not get through is there again, for who typed it, until it gets through."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from spotcheck.casework import drafts
from spotcheck.casework.models import Draft
from spotcheck.casework.tasks import forget_old_drafts
from spotcheck.desk.tasks import clear_sessions
from spotcheck.desk.web import acting
from spotcheck.docket import clock
from spotcheck.docket.flow import MATTERS, Flow
from tests.desk.world import World
from tests.worlds import played

DAY = date(2024, 5, 28)
TEXT = "责令改正的理由写了很久"


@played(beside="media")
def case(world: World) -> Flow:
    """A case of Licheng whose order waits to be issued."""
    dossier = world.reported("SD2024-001", date(2024, 5, 6), date(2024, 5, 27))
    made = MATTERS["rectification"].new(dossier, dossier.parties.get())
    world.act(made.receive_report, by="county", on=DAY)
    return world.matter(dossier, "rectification")


def address(case: Flow) -> str:
    return f"/dossiers/{case.dossier.number}/acts/rectification/{case.pk}/issue_order/"


def sent(world: World, **more: str) -> dict[str, str]:
    return {"on": DAY.isoformat(), "remark": TEXT, "as_post": str(world.posts["county"].pk)} | more


def asked(client: Client, at: str) -> dict | None:
    answer = client.get("/drafts/", {"address": at})
    return answer.json() if answer.status_code == 200 else None


@pytest.fixture(autouse=True)
def _today():
    with clock.simulated(DAY):
        yield


def test_what_is_typed_is_kept_while_it_is_typed_and_ends_with_the_act(
    case: Flow, world: World, client_of: Callable[[str], Client]
) -> None:
    client, at = client_of("county"), address(case)
    fields = json.dumps({"remark": ["一"], "on": ["2024-05-28"]})
    kept = client.post("/drafts/", {"address": at, "fields": fields, "as_post": world.posts["county"].pk})
    assert kept.status_code == 204
    assert asked(client, at) == {
        "fields": {"remark": ["一"], "on": ["2024-05-28"]},
        "uploads": [],
        "day": "2024-05-28",
    }
    done = client.post(at, sent(world))
    assert done.status_code == 302
    assert done.cookies["sent_form"].value
    assert asked(client, at) is None


@pytest.mark.parametrize("on", ["2024-05-29", "gestern", "2024-05-02"])
def test_what_was_refused_is_kept(case: Flow, world: World, client_of: Callable[[str], Client], on: str) -> None:
    """By the form (422) and by the law (409)."""
    client, at = client_of("county"), address(case)
    assert client.post(at, sent(world, on=on)).status_code in {409, 422}
    assert asked(client, at)["fields"]["remark"] == [TEXT]


def test_what_breaks_the_server_is_kept(
    case: Flow, world: World, client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, at = client_of("county"), address(case)
    client.raise_request_exception = False
    monkeypatch.setattr(acting, "do", lambda *_, **__: 1 / 0)
    assert client.post(at, sent(world)).status_code == 500
    assert asked(client, at)["fields"]["remark"] == [TEXT]


def test_what_was_meant_for_another_post_is_kept(case: Flow, world: World, client_of: Callable[[str], Client]) -> None:
    client, at = client_of("county"), address(case)
    assert client.post(at, sent(world, as_post=str(world.posts["city"].pk))).status_code == 409
    assert asked(client, at)["fields"]["remark"] == [TEXT]


def test_nobody_else_sees_a_draft(case: Flow, world: World, client_of: Callable[[str], Client]) -> None:
    at = address(case)
    client_of("county").post(at, sent(world, on="2024-05-29"))
    for who in ("province", "city", "lab", "enterprise"):
        assert asked(client_of(who), at) is None
    assert Client().get("/drafts/", {"address": at}).status_code == 302


def test_whoever_does_not_want_it_ends_it(case: Flow, world: World, client_of: Callable[[str], Client]) -> None:
    client, at = client_of("county"), address(case)
    client.post(at, sent(world, on="2024-05-29"))
    ended = client.post("/drafts/", {"address": at, "what": "end", "as_post": world.posts["county"].pk})
    assert ended.status_code == 204
    assert asked(client, at) is None


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ("", 204),
        ("[]", 204),
        ("{}", 204),
        ('{"a": "b"}', 204),
        ('{"a": [1]}', 204),
        ("{", 204),
        ("[" * 60_000, 204),
        ("1" * 5_000, 204),
        ('{"a": ["\\u0000"]}', 400),
    ],
)
def test_what_is_no_draft_is_none(world: World, client_of: Callable[[str], Client], fields: str, status: int) -> None:
    answer = client_of("county").post(
        "/drafts/", {"address": "/x/", "fields": fields, "as_post": world.posts["county"].pk}
    )
    assert answer.status_code == status
    assert not Draft.objects.exists()


def test_no_more_than_a_form_can_say_is_kept(world: World) -> None:
    post = world.posts["county"]
    assert not drafts.keep(post, "/x/", {"a": ["字" * drafts.LARGEST]})
    assert not drafts.keep(post, "", {"a": ["字"]})
    for number in range(drafts.MOST + 3):
        with clock.simulated(date(2024, 5, 1 + number // 10)):
            assert drafts.keep(post, f"/{number}/", {"a": ["字"]})
    assert Draft.objects.filter(post=post).count() == drafts.MOST
    assert drafts.of(post, "/0/") is None


def test_a_draft_that_nobody_touches_for_two_weeks_is_forgotten(world: World) -> None:
    post = world.posts["county"]
    drafts.keep(post, "/x/", {"a": ["字"]})
    with clock.simulated(date(2024, 6, 10)):
        assert drafts.of(post, "/x/") is not None
        forget_old_drafts()
    assert Draft.objects.exists()
    with clock.simulated(date(2024, 6, 12)):
        assert drafts.of(post, "/x/") is None
        forget_old_drafts()
    assert not Draft.objects.exists()


def test_a_form_sent_in_a_part_of_the_page_leads_back_to_itself_after_signing_in(case: Flow, world: World) -> None:
    at = address(case)
    answer = Client().post(
        at,
        sent(world),
        headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver/dossiers/{case.dossier.number}/"},
    )
    assert answer.headers["HX-Redirect"] == f"/login/?next={at}"


def test_a_form_that_is_too_old_says_where_it_is(case: Flow, world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.posts["county"].user)
    answer = client.post(address(case), sent(world))
    assert answer.status_code == 403
    assert f'href="{address(case)}" data-back' in answer.content.decode()


def test_sessions_that_are_over_are_cleared(client_of: Callable[[str], Client]) -> None:
    client_of("county")
    over = Session.objects.create(session_key="a" * 32, session_data="", expire_date=clock.now().replace(year=2020))
    clear_sessions()
    assert not Session.objects.filter(pk=over.pk).exists()
    assert Session.objects.exists()
