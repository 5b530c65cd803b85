"""Signing in, choosing a post, and the accounts of the demonstration."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import pytest
from django.test import Client

from spotcheck.parties.models import Post
from spotcheck.rules.words import Words
from spotcheck.signin import views as entrance
from tests.desk.world import PASSWORD, World


class _Account(NamedTuple):
    username: str
    role: Words
    office: str


def test_one_signs_in_and_lands_where_one_wanted_to_go(world: World) -> None:
    """With one post it is the current one at once; a foreign address is not followed."""
    client = Client()
    sent = {"login": "county", "password": PASSWORD, "next": "/dossiers/"}
    answer = client.post("/login/", sent)
    assert (answer.status_code, answer.url) == (302, "/dossiers/")
    assert "王芳" in client.get("/").content.decode()
    other = Client().post("/login/", sent | {"next": "https://example.com/"})
    assert other.url == "/"


def test_a_wrong_password_is_said_and_the_name_stays(world: World) -> None:
    """Neither which of the two is wrong, nor an English word of Django's."""
    answer = Client().post("/login/", {"login": "county", "password": "wrong"})
    assert answer.status_code == 422
    assert "账号或者密码不对" in answer.content.decode()
    assert 'value="county"' in answer.content.decode()


def test_a_person_with_two_posts_chooses_one(world: World, client_of: Callable[[str], Client]) -> None:
    """What one sees follows from the post, not from the person."""
    user = world.posts["county"].user
    second = Post.objects.create(user=user, office=world.offices["other"], role="officer", since=date(2021, 1, 1))
    client = client_of("county")
    assert client.get("/").url == "/post/"
    assert "章丘" in client.get("/post/").content.decode()
    client.post("/post/", {"post": str(second.pk)})
    assert "章丘区市场监督管理局" in client.get("/").content.decode()
    assert client.post("/post/", {"post": str(world.posts["lab"].pk)}).status_code == 200  # not one's own
    assert "章丘区市场监督管理局" in client.get("/").content.decode()


def test_a_post_that_has_ended_opens_nothing(world: World, client_of: Callable[[str], Client]) -> None:
    """Somebody without a post is told so."""
    Post.objects.filter(pk=world.posts["county"].pk).update(until=date(2022, 1, 1))
    client = client_of("county")
    assert client.get("/").url == "/post/"
    assert "没有有效的岗位" in client.get("/post/").content.decode()


def test_demonstration_accounts_are_offered_only_while_it_is_loaded(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the demonstration there is no list, and nobody gets in without a password."""
    monkeypatch.setattr(entrance, "offered", list)
    client = Client()
    assert "演示账号" not in client.get("/login/").content.decode()
    assert client.post("/login/demo/", {"username": "county"}).status_code == 404
    account = _Account("county", Words("县局", "county bureau"), "历城区市场监督管理局")
    monkeypatch.setattr(entrance, "offered", lambda: [account])
    assert "演示账号" in client.get("/login/").content.decode()
    assert client.post("/login/demo/", {"username": "province"}).status_code == 404
    assert (
        'name="next" value="/messages/"' in client.get("/login/?next=/messages/").content.decode().split("演示账号")[1]
    )
    assert client.post("/login/demo/", {"username": "county", "next": "/messages/"}).url == "/messages/"
    assert "王芳" in client.get("/").content.decode()


def test_one_signs_out(client_of: Callable[[str], Client]) -> None:
    """Only by a post, so that no link does it."""
    client = client_of("county")
    assert client.get("/logout/").status_code == 405
    client.post("/logout/")
    assert client.get("/").url.startswith("/login/")


@pytest.mark.parametrize(
    ("address", "status", "says"), [("/nowhere/", 404, "没有这个页面"), ("/plans/new/", 403, "无权办理")]
)
def test_errors_are_pages_of_ours(client_of: Callable[[str], Client], address: str, status: int, says: str) -> None:
    """They say what to do."""
    answer = client_of("county").get(address)
    assert (answer.status_code, says in answer.content.decode()) == (status, True)


def test_a_fault_of_ours_is_a_page_too(client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch) -> None:
    """500 says that nothing was changed, and shows nothing of the inside."""

    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("inside")

    client = client_of("county")
    client.raise_request_exception = False
    monkeypatch.setattr("spotcheck.desk.web.today.worklist_of", broken)
    answer = client.get("/")
    assert (answer.status_code, "什么也没有改动" in answer.content.decode()) == (500, True)
    assert "inside" not in answer.content.decode()


def test_a_form_from_elsewhere_is_refused_in_style(world: World) -> None:
    """An outdated page says so."""
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/login/", {"login": "county", "password": PASSWORD})
    assert (answer.status_code, "页面已经过期" in answer.content.decode()) == (403, True)
