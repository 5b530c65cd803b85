"""A session that comes to its end: how long it rests, going on, and signing in again without leaving the page."""

import time

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from spotcheck.casework.posts import POST_KEY
from spotcheck.parties.models import Office, Post
from spotcheck.signin import sessions
from tests.signin.conftest import PASSWORD
from tests.signin.test_signing_in import kinds_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(monkeypatch):
    """So many seconds later than the beginning."""
    now = time.time()
    return lambda passed: monkeypatch.setattr(sessions.time, "time", lambda: now + passed)


def rest(client: Client) -> tuple[str, int]:
    said = client.get("/account/rest/").json()
    return said["who"], said["seconds"]


@pytest.mark.parametrize(("role", "whole"), [(Post.Role.OFFICER, 1800), (Post.Role.ADMINISTRATOR, 900)])
def test_how_long_a_session_rests_is_said_and_asking_is_no_doing(person, at, role, whole, monkeypatch):
    monkeypatch.setattr("spotcheck.signin.factors.is_needed", lambda *_: False)
    somebody = person(role=role)
    at(0)
    somebody.sign_in()
    somebody.client.get("/account/")
    assert rest(somebody.client) == (somebody.user.username, whole)
    at(whole - 100)
    assert rest(somebody.client)[1] == 100
    at(whole - 50)
    assert rest(somebody.client)[1] == 50  # asking did not count
    assert somebody.client.post("/account/stay/").json()["seconds"] == whole
    at(whole - 50 + whole + 1)
    assert rest(somebody.client) == ("", 0)
    assert somebody.client.get("/account/").url.startswith("/login/")


def test_a_page_carries_the_dialog_and_says_for_whom(person):
    somebody = person()
    somebody.sign_in()
    page = somebody.client.get("/dossiers/").content.decode()
    assert f'data-who="{somebody.user.username}"' in page
    assert 'role="alertdialog"' in page


def test_no_session_lasts_longer_than_eight_hours_however_much_is_done(person, at):
    somebody = person()
    at(0)
    somebody.sign_in()
    for passed in range(0, 8 * 3600, 1700):
        at(passed)
        assert somebody.client.get("/dossiers/").status_code == 200
    at(8 * 3600 - 10)
    assert rest(somebody.client)[1] == 10
    at(8 * 3600 + 1)
    assert somebody.client.get("/dossiers/").url.startswith("/login/")


def test_the_password_is_asked_and_the_post_of_the_page_is_taken_up_again(person, today):
    somebody = person()
    other = Post.objects.create(
        user=somebody.user, office=Office.objects.get(code="370103"), role="officer", since="2020-01-01"
    )
    step = somebody.client.get(f"/login/again/?login={somebody.user.username}&post={other.pk}&afresh=1")
    assert 'name="password"' in step.content.decode()
    sent = {"login": somebody.user.username, "post": other.pk}
    wrong = somebody.client.post("/login/again/", sent | {"password": "wrong"})
    assert (wrong.status_code, "账号或者密码不对" in wrong.content.decode()) == (422, True)
    back = somebody.client.post("/login/again/", sent | {"password": PASSWORD})
    assert back.json()["who"] == somebody.user.username
    assert back.json()["seconds"] > 1790
    assert back.json()["token"]
    assert somebody.client.session[POST_KEY] == other.pk
    assert somebody.client.get("/dossiers/").status_code == 200
    assert kinds_of(somebody.user) == ["sign_in.failed", "sign_in.in"]


def test_the_post_of_somebody_else_is_not_taken_up(person):
    somebody, other = person(), person()
    theirs = Post.objects.get(user=other.user)
    somebody.client.post("/login/again/", {"login": somebody.user.username, "password": PASSWORD, "post": theirs.pk})
    assert somebody.client.session.get(POST_KEY) != theirs.pk


def test_the_second_factor_is_asked_in_the_dialog_too(person, code_of):
    somebody = person()
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(somebody.user, secret)
    sent = {"login": somebody.user.username, "post": ""}
    step = somebody.client.post("/login/again/", sent | {"password": PASSWORD})
    assert (step.status_code, 'name="code"' in step.content.decode()) == (200, True)
    assert somebody.client.get("/dossiers/").url.startswith("/login/")  # not in yet
    wrong = somebody.client.post("/login/again/", sent | {"code": "000000"})
    assert (wrong.status_code, "验证码不对" in wrong.content.decode()) == (422, True)
    assert somebody.client.post("/login/again/", sent | {"code": code_of(secret)}).json()["who"]
    assert somebody.client.get("/dossiers/").status_code == 200


def test_a_step_that_was_left_halfway_begins_with_the_password(person):
    somebody = person()
    totp.TOTP.activate(somebody.user, totp.generate_totp_secret())
    sent = {"login": somebody.user.username, "password": PASSWORD}
    somebody.client.post("/login/again/", sent)
    assert 'name="code"' in somebody.client.get("/login/again/").content.decode()
    again = somebody.client.get(f"/login/again/?login={somebody.user.username}&afresh=1")
    assert 'name="password"' in again.content.decode()


def test_a_locked_account_answers_as_a_wrong_password(person):
    somebody = person()
    somebody.user.is_active = False
    somebody.user.save()
    answer = somebody.client.post("/login/again/", {"login": somebody.user.username, "password": PASSWORD})
    assert (answer.status_code, "账号或者密码不对" in answer.content.decode()) == (422, True)


def test_going_on_takes_a_token(person):
    somebody = person()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(somebody.user)
    assert strict.post("/account/stay/").status_code == 403
    assert strict.post("/login/again/", {"login": "x", "password": "y"}).status_code == 403
