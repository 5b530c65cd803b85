"""Forgotten passwords, locked accounts and addresses, by letters: who gets which, and what its link does."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spotcheck.docket import deliveries
from spotcheck.docket.models import Delivery, Record
from spotcheck.network import mail
from spotcheck.parties.models import Office, Post, User
from spotcheck.registers import people
from spotcheck.registers.doer import Doer
from spotcheck.signin import letters, locks
from tests.signin.conftest import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "Blue.Kettle-9-harbour"


@pytest.fixture
def post(settings, monkeypatch):
    """What was sent, letter by letter."""
    settings.MAIL = mail.server_of("smtp://127.0.0.1:1", password_file="", sender="a@b")
    sent = []

    def send(to, subject, text, *, message_id):
        sent.append((to, subject, text))
        return "taken"

    monkeypatch.setattr(mail, "send", send)
    return sent


@pytest.fixture
def reachable(person):
    """A person with an address of his own."""

    def make(**more):
        made = person(**more)
        made.user.email = f"{made.user.username}@example.org"
        made.user.save()
        letters.confirm(made.user, made.user.email)
        return made

    return make


def link_in(text: str) -> str:
    return re.search(r"https?://[^/\s]+(/account/\S+)", text)[1]


def ask(name: str, client: Client | None = None):
    return (client or Client()).post("/account/forgotten/", {"login": name})


def test_a_forgotten_password_is_set_by_a_letter_once(post, reachable):
    somebody = reachable()
    Authenticator.objects.create(user=somebody.user, type="totp", data={"secret": "x"})
    assert ask(somebody.user.username.upper()).status_code == 200
    assert post == []  # nothing leaves inside a request
    assert deliveries.deliver() == 1
    ((to, subject, text),) = post
    assert to == somebody.user.email
    assert somebody.user.username not in subject + text
    address = link_in(text)
    assert Client().get(address).headers["Referrer-Policy"] == "strict-origin"
    assert "至少十二位" in Client().post(address, {"password1": "x", "password2": "x"}).content.decode()
    assert Client().post(address, {"password1": NEW, "password2": NEW}).status_code == 200
    assert Client().get(address).status_code == 410
    assert somebody.sign_in(NEW).url.startswith("/login/factor/")  # and the second factor is what it was
    kinds = Record.objects.filter(subject_id=str(somebody.user.pk)).order_by("pk").values_list("kind", flat=True)
    assert list(kinds)[-3:] == ["sign_in.mailed", "sign_in.link_used", "sign_in.password"]


def test_an_unknown_name_is_answered_alike_and_asks_the_database_the_same(post, reachable):
    said, asked = set(), []
    for name in (reachable().user.username, "nobody-of-that-name", "012@历下"):
        with CaptureQueriesContext(connection) as queries:
            answer = ask(name)
        said.add((answer.status_code, re.sub(r'value="[^"]*"', "", answer.content.decode())))
        asked.append([re.sub(r"'[^']*'|\d+", "?", one["sql"]) for one in queries.captured_queries])
    assert len(said) == 1
    assert asked[0] == asked[1] == asked[2]
    assert deliveries.deliver() == 3
    assert len(post) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"email": ""},
        {"email": "another@example.org"},
        {"is_active": False},
        {"sso_only": True},
        {"left_on": "2026-01-01"},
    ],
)
def test_who_gets_no_letter(post, reachable, changed):
    somebody = reachable()
    User.objects.filter(pk=somebody.user.pk).update(**changed)
    ask(somebody.user.username)
    deliveries.deliver()
    assert post == []


def test_an_address_that_was_not_confirmed_gets_no_link(post, person):
    somebody = person()
    User.objects.filter(pk=somebody.user.pk).update(email="x@example.org")
    ask(somebody.user.username)
    deliveries.deliver()
    assert post == []


def test_a_link_falls_with_another_password_and_after_a_day(post, reachable, monkeypatch):
    somebody = reachable()
    token = letters._token(letters.FORGOTTEN, somebody.user.pk, letters.print_of(somebody.user))
    assert letters.owner_of(token) == somebody.user
    assert letters.owner_of(token + "x") is None
    assert letters.owner_of(letters._token(letters.LOCKED, 1)) is None
    with monkeypatch.context() as patched:
        patched.setattr(letters, "SECONDS", -1)
        assert letters.owner_of(token) is None
    somebody.user.set_password(NEW)
    somebody.user.save()
    assert letters.owner_of(token) is None


def test_three_letters_an_hour_and_no_more(post, reachable):
    somebody = reachable()
    for name in (
        somebody.user.username,
        somebody.user.username,
        somebody.user.username.upper(),
        somebody.user.username,
    ):
        for _ in range(4):
            ask(name)
    deliveries.deliver()
    assert len(post) == 3


def test_a_locked_account_is_told_and_opened_by_its_owner(post, reachable, person):
    somebody = reachable()
    for _ in range(locks.MOST):
        locks.note_failure(None, somebody.user.username)
    assert deliveries.deliver() == 1
    ((to, subject, text),) = post
    assert (to, somebody.user.username in subject) == (somebody.user.email, False)
    address = link_in(text)
    assert Client().get(address).status_code == 200
    somebody.user.refresh_from_db()
    assert not somebody.user.is_active  # looking does nothing
    assert Client().post(address).status_code == 200
    assert Client().post(address).status_code == 410
    assert somebody.sign_in().status_code == 302
    assert locks.failures(somebody.user) == 0


def test_a_lock_that_somebody_has_laid_is_lifted_by_no_letter(post, reachable, person):
    somebody = reachable()
    for _ in range(locks.MOST):
        locks.note_failure(None, somebody.user.username)
    deliveries.deliver()
    admin = person(role=Post.Role.ADMINISTRATOR, entitlements=["manages"]).user.posts.get()
    doer = Doer(post=admin)
    assert list(people.locked_by_tries(doer)) == [somebody.user]
    people.unlock(somebody.user, by=doer, reason="x")
    assert list(people.locked_by_tries(doer)) == []
    people.lock(somebody.user, by=doer, reason="x")
    assert Client().post(link_in(post[0][2])).status_code == 410
    assert list(people.locked_by_tries(doer)) == []
    somebody.user.refresh_from_db()
    assert not somebody.user.is_active


def test_the_administrator_finds_it_on_his_first_page(post, reachable, person, monkeypatch):
    somebody = reachable()
    for _ in range(locks.MOST):
        locks.note_failure(None, somebody.user.username)
    monkeypatch.setattr("spotcheck.signin.sessions.to_do_first", lambda _request: (None, False))
    admin = person(role=Post.Role.ADMINISTRATOR, entitlements=["manages"])
    admin.sign_in()
    page = admin.client.get("/administration/").content.decode()
    assert "因多次输错密码锁定的账号" in page
    assert somebody.user.username in page


def test_an_address_is_confirmed_by_its_owner_signed_in(post, person):
    somebody, other = person(), person()
    for one in (somebody, other):
        User.objects.filter(pk=one.user.pk).update(email="x@example.org")
        one.sign_in()
    assert somebody.client.post("/account/address/").status_code == 302
    deliveries.deliver()
    address = link_in(post[0][2])
    assert Client().get(address).url.startswith("/login/")
    assert other.client.get(address).status_code == 410
    assert somebody.client.get(address).status_code == 200
    somebody.user.refresh_from_db()
    assert letters.confirmed_address(somebody.user) == ""
    assert somebody.client.post(address).status_code == 302
    assert letters.confirmed_address(somebody.user) == "x@example.org"
    assert "已确认" in somebody.client.get("/account/").content.decode()


def test_without_mail_none_is_promised(settings, person):
    settings.MAIL = None
    somebody = person()
    assert "/account/forgotten/" not in Client().get("/login/").content.decode()
    for name, args in (("account_forgotten", []), ("account_forgotten_link", ["x"]), ("account_unlock", ["x"])):
        assert Client().get(reverse(name, args=args)).status_code == 404
    somebody.sign_in()
    assert "邮箱" not in somebody.client.get("/account/").content.decode()
    for _ in range(locks.MOST):
        locks.note_failure(None, somebody.user.username)
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_are_in_the_language_asked_for(post, language):
    page = Client().get("/account/forgotten/", headers={"Accept-Language": language}).content.decode()
    assert ("Send the link" in page) is (language == "en")
    over = Client().get("/account/unlock/x/", headers={"Accept-Language": language})
    assert (over.status_code, "older than a day" in over.content.decode()) == (410, language == "en")


@pytest.mark.parametrize("written", [" {} ", "　{}", "{}\u200b"])
def test_a_name_is_found_however_it_is_typed(person, written):
    somebody = person()
    Office.objects.filter(code="370102").update(short_name="历下")
    wide = somebody.user.username.upper().translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    number = somebody.user.staff_numbers.get().number
    for name in (somebody.user.username, wide, f"{number}@历下", f"{number} ＠ 历下"):
        answer = Client().post("/login/", {"login": written.format(name), "password": PASSWORD})
        assert answer.status_code == 302, name
