"""From the one-time link to the work: passwords, second factors, locks, sessions, and what the book says of them."""

import re
import socket
import time
from contextlib import ExitStack
from datetime import date
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from spotcheck.docket import clock
from spotcheck.docket.models import Record
from spotcheck.parties.models import Office, Post, StaffNumber, User
from spotcheck.registers import links, people, posts
from spotcheck.registers.doer import Doer
from spotcheck.registers.posts import Wanted
from spotcheck.signin import factors, hashing, locks, sessions
from spotcheck.wiring.machine.places import ROOT
from tests.pace import stretched
from tests.signin.conftest import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "Blue.Kettle-9-harbour"


def wide(text: str) -> str:
    """As a Chinese keyboard writes it."""
    return "".join(chr(ord(character) + 0xFEE0) for character in text)


def kinds_of(user: User) -> list[str]:
    lines = Record.objects.filter(subject_type="user", subject_id=str(user.pk)).order_by("pk")
    return list(lines.values_list("kind", flat=True))


def activate(person, code_of) -> str:
    """Set up an authenticator as the pages lead to it; return its secret."""
    page = person.client.get("/account/factors/authenticator/").content.decode()
    secret = re.search(r'id="authenticator_secret"[^>]*value="([A-Z2-7]+)"', page)[1]
    assert person.client.post("/account/factors/authenticator/", {"code": code_of(secret)}).status_code == 302
    return secret


def test_a_name_and_a_password_let_in_and_the_book_says_so(person):
    somebody = person()
    answer = somebody.sign_in(next="/dossiers/")
    assert (answer.status_code, answer.url) == (302, "/dossiers/")
    assert kinds_of(somebody.user) == ["sign_in.in"]
    assert UserSession.objects.filter(user=somebody.user).count() == 1


def test_a_staff_number_at_an_office_is_a_name_too(person):
    somebody = person()
    Office.objects.filter(code="370102").update(short_name="历下")
    number = somebody.user.staff_numbers.get().number
    assert somebody.sign_in(login=f"{number}@历下").status_code == 302
    assert person().sign_in(login=f"{number}＠历下", password="no").status_code == 422
    beside = Office.objects.create(code="x", kind=Office.Kind.LABORATORY, name="某中心", short_name="某检")
    StaffNumber.objects.create(office=beside, user=somebody.user, number="Ａ7")
    for typed in ("a7@某检", "Ａ７＠某检", " a7 @ 某检"):
        assert person().sign_in(login=typed).status_code == 302, typed


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_wrong_password_and_an_unknown_name_answer_alike(person, language):
    somebody = person()
    said = {
        re.sub(r'value="[^"]*"', "", answer.content.decode())
        for answer in (
            somebody.client.post("/login/", {"login": name, "password": "wrong"}, headers={"Accept-Language": language})
            for name in (somebody.user.username, "nobody-of-that-name")
        )
    }
    assert len(said) == 1
    assert ("账号或者密码不对" if language == "zh-hans" else "is wrong") in said.pop()


def test_five_wrong_tries_are_answered_with_a_pause_and_ten_in_a_day_lock(person):
    somebody = person()
    for _ in range(5):
        somebody.sign_in("wrong")
    assert "几分钟" in somebody.sign_in().content.decode()  # the right one too
    for _ in range(5):
        locks.note_failure(None, somebody.user.username)
    somebody.user.refresh_from_db()
    assert not somebody.user.is_active
    assert kinds_of(somebody.user)[-2:] == ["sign_in.failed", "sign_in.locked"]


def test_the_right_password_of_a_locked_account_answers_as_a_wrong_one(person):
    somebody = person()
    User.objects.filter(pk=somebody.user.pk).update(is_active=False)
    answer = somebody.sign_in()
    assert answer.status_code == 422
    assert "账号或者密码不对" in answer.content.decode()


def test_a_count_of_wrong_tries_begins_afresh_with_a_right_one(person):
    somebody = person()
    for _ in range(9):
        locks.note_failure(None, somebody.user.username)
    somebody.sign_in()
    locks.note_failure(None, somebody.user.username)
    somebody.user.refresh_from_db()
    assert somebody.user.is_active
    assert locks.failures(somebody.user) == 1


def test_a_link_sets_a_password_once(person):
    somebody = person()
    secret, _link = links.make(somebody.user)
    address = f"/account/link/{secret}/"
    page = somebody.client.get(address)
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert somebody.user.username in page.content.decode()
    refused = somebody.client.post(address, {"password1": "short", "password2": "short"})
    assert (refused.status_code, "至少十二位" in refused.content.decode()) == (422, True)
    unequal = somebody.client.post(address, {"password1": NEW, "password2": NEW + "x"})
    assert "不一样" in unequal.content.decode()
    assert somebody.client.post(address, {"password1": NEW, "password2": NEW}).status_code == 200
    assert somebody.client.get(address).status_code == 410
    assert somebody.client.post(address, {"password1": NEW, "password2": NEW}).status_code == 410
    assert somebody.sign_in(NEW).status_code == 302
    assert kinds_of(somebody.user) == ["sign_in.link_used", "sign_in.password", "sign_in.in"]


def test_whoever_needs_a_second_factor_is_led_to_it_and_nowhere_else(person, code_of):
    head = person(code="370000")
    head.sign_in()
    for address in ("/", "/dossiers/", "/account/", "/post/", "/account/password/"):
        assert head.client.get(address).url == "/account/factors/", address
    assert head.client.post("/dossiers/").url == "/account/factors/"
    activate(head, code_of)
    assert head.client.get("/dossiers/").status_code == 200
    assert "sign_in.factor" in kinds_of(head.user)


@pytest.mark.parametrize(
    ("given", "needs"),
    [
        ({"role": Post.Role.OFFICER}, False),
        ({"role": Post.Role.OFFICER, "code": "370000"}, True),
        ({"role": Post.Role.ADMINISTRATOR}, True),
        ({"role": Post.Role.ANALYST, "code": "", "kind": Office.Kind.LABORATORY}, False),
        ({"role": Post.Role.ANALYST, "code": "", "kind": Office.Kind.LABORATORY, "entitlements": ["sign"]}, True),
    ],
)
def test_who_needs_one(person, given, needs):
    assert factors.is_needed(person(**given).user, "10.2.0.1") is needs


@pytest.mark.parametrize(("address", "needs"), [("10.2.3.4", False), ("203.0.113.7", True), ("not an address", True)])
def test_from_outside_the_offices_everybody_needs_one(person, settings, address, needs):
    settings.INSIDE = ["10.2.0.0/16", "fd00::/8"]
    assert factors.is_needed(person().user, address) is needs


def test_the_code_is_asked_after_the_password_and_a_wrong_one_is_said(person, code_of, monkeypatch):
    somebody = person()
    somebody.sign_in()
    secret = activate(somebody, code_of)
    somebody.client.post("/logout/")
    assert somebody.sign_in(next="/dossiers/").url.startswith("/login/factor/")
    assert somebody.client.get("/dossiers/").url.startswith("/login/")  # not in yet
    assert "验证码不对" in somebody.client.post("/login/factor/", {"code": "000000"}).content.decode()
    later = time.time() + 31  # the code of the first setting up has been used, the next one has not
    monkeypatch.setattr(totp, "time", SimpleNamespace(time=lambda: later))
    answer = somebody.client.post("/login/factor/", {"code": code_of(secret)})
    assert (answer.status_code, answer.url) == (302, "/dossiers/")
    assert somebody.client.get("/dossiers/").status_code == 200


@pytest.mark.parametrize("written", [lambda code: f"{code[:3]} {code[3:]}", lambda code: f"\u200b{code}\u3000", wide])
def test_a_code_counts_whatever_keyboard_writes_it(person, code_of, monkeypatch, written):
    somebody = person()
    somebody.sign_in()
    secret = activate(somebody, lambda kept: written(code_of(kept)))
    somebody.client.post("/logout/")
    somebody.sign_in(next="/dossiers/")
    later = time.time() + 31
    monkeypatch.setattr(totp, "time", SimpleNamespace(time=lambda: later))
    assert somebody.client.post("/login/factor/", {"code": written(code_of(secret))}).status_code == 302


def test_a_recovery_code_opens_once(person, code_of):
    somebody = person()
    somebody.sign_in()
    activate(somebody, code_of)
    page = somebody.client.get("/account/factors/codes/").content.decode()
    codes = re.findall(r"\b[0-9a-f]{8}\b", re.search(r"<textarea.*?</textarea>", page, re.DOTALL)[0])
    assert len(codes) == 10
    for expected in (302, 200):
        somebody.client.post("/logout/")
        somebody.sign_in()
        assert somebody.client.post("/login/factor/", {"code": wide(codes[0].upper())}).status_code == expected


def test_secrets_of_factors_are_sealed_and_survive_another_key(person, code_of, settings):
    somebody = person()
    somebody.sign_in()
    secret = activate(somebody, code_of)
    kept = Authenticator.objects.get(user=somebody.user, type="totp").data["secret"]
    assert secret not in kept
    before, settings.SECRET_KEY = settings.SECRET_KEY, "another key that is long enough to be one"
    settings.SECRET_KEY_FALLBACKS = [before]
    assert factors.decrypt(kept) == secret
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidTag):
        factors.decrypt(kept)


def test_an_idle_session_ends_sooner_for_who_administers(person, monkeypatch):
    officer, administrator = person(), person(role=Post.Role.ADMINISTRATOR)
    assert (sessions.limit(officer.user), sessions.limit(administrator.user)) == (1800, 900)
    officer.sign_in()
    assert officer.client.get("/dossiers/").status_code == 200
    now = time.time()
    monkeypatch.setattr(sessions.time, "time", lambda: now + 1790)
    assert officer.client.get("/dossiers/").status_code == 200  # and begins to count anew
    monkeypatch.setattr(sessions.time, "time", lambda: now + 1790 + 1795)
    assert officer.client.get("/dossiers/").status_code == 200
    monkeypatch.setattr(sessions.time, "time", lambda: now + 1790 + 1795 + 1801)
    ended = officer.client.get("/dossiers/").url
    assert ended == "/login/?next=/dossiers/&ended=1"
    page = officer.client.get(ended).content.decode()
    assert "因长时间没有操作" in page
    assert 'name="next" value="/dossiers/"' in page
    assert officer.client.get("/dossiers/").url == "/login/?next=/dossiers/"  # said once


def test_a_part_of_a_page_is_told_that_its_session_has_ended(person, monkeypatch):
    officer = person()
    officer.sign_in()
    officer.client.get("/dossiers/")
    now = time.time()
    monkeypatch.setattr(sessions.time, "time", lambda: now + 1801)
    answer = officer.client.get("/dossiers/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"].endswith("&ended=1")


def test_half_of_the_threads_check_passwords_and_no_more(person, monkeypatch):
    somebody = person()
    monkeypatch.setattr(hashing, "PATIENCE", 0.1)
    with ExitStack() as others:
        for _ in range(hashing.AT_ONCE):
            others.enter_context(hashing.turn())
        begun = time.monotonic()
        answer = somebody.sign_in()
        assert time.monotonic() - begun < stretched(2)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "请过几秒再试" in answer.content.decode()
        assert kinds_of(somebody.user) == []  # nothing was tried
        assert somebody.client.get("/login/").status_code == 200
    assert somebody.sign_in().status_code == 302


def test_whoever_is_wrong_gives_his_turn_back(person):
    somebody = person()
    for _ in range(hashing.AT_ONCE + 2):
        assert somebody.sign_in("wrong").status_code == 422


def test_the_threads_of_a_process_are_twice_as_many():
    """Wherever a web server of ours is started."""
    unit = (ROOT / "deploy/systemd/spotcheck-web.service").read_text()
    launcher = (ROOT / "spotcheck/wiring/machine/launcher.py").read_text()
    for text in (unit, launcher):
        assert int(re.search(r"--threads=(\d+)", text)[1]) == 2 * hashing.AT_ONCE


def test_no_session_lasts_longer_than_a_day_of_work(person):
    somebody = person()
    somebody.sign_in()
    assert somebody.client.session.get_expiry_age() <= 8 * 60 * 60


def test_another_password_ends_all_other_sessions(person):
    somebody = person()
    elsewhere = Client()
    somebody.sign_in()
    elsewhere.post("/login/", {"login": somebody.user.username, "password": PASSWORD})
    assert elsewhere.get("/dossiers/").status_code == 200
    sent = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert somebody.client.post("/account/password/", sent).status_code == 302
    assert elsewhere.get("/dossiers/").url.startswith("/login/")
    assert somebody.client.get("/dossiers/").status_code == 200


def test_other_devices_are_listed_and_signed_out(person):
    somebody = person()
    elsewhere = Client(HTTP_USER_AGENT="a tablet")
    somebody.sign_in()
    elsewhere.post("/login/", {"login": somebody.user.username, "password": PASSWORD})
    assert "a tablet" in somebody.client.get("/account/sessions/").content.decode()
    somebody.client.post("/account/sessions/")
    assert elsewhere.get("/dossiers/").url.startswith("/login/")
    assert somebody.client.get("/dossiers/").status_code == 200
    line = Record.objects.get(kind="sign_in.session_ended")
    assert (line.user, line.subject_id, line.after) == (somebody.user, str(somebody.user.pk), {"sessions": 1})


def test_whoever_gets_or_loses_rights_signs_in_anew(person):
    """A change of rights ends all sessions of the person and those of nobody else; the book says how many."""
    somebody, other = person(), person()
    for one in (somebody, other):
        one.sign_in()
    post, operator = Post.objects.get(user=somebody.user), Doer(account="root")
    wanted = Wanted(somebody.user, post.office, Post.Role.SAMPLER, clock.today(), entitlements=("sample",))
    changes = (
        lambda: posts.grant(wanted, by=operator),
        lambda: posts.end_post(post, by=operator, reason="调离"),
        lambda: people.lock(somebody.user, by=operator, reason="外借"),
    )
    for change in changes:
        assert somebody.client.get("/account/").status_code == 200
        change()
        assert somebody.client.get("/account/").url.startswith("/login/")
        somebody.sign_in()
    lines = Record.objects.filter(kind="sign_in.session_ended", subject_id=str(somebody.user.pk))
    assert [line.after for line in lines] == [{"sessions": 1}] * len(changes)
    assert other.client.get("/account/").status_code == 200


def test_a_post_that_begins_later_ends_no_session_yet(person):
    somebody = person()
    somebody.sign_in()
    office, later = Office.objects.get(code="370102"), date.fromordinal(clock.today().toordinal() + 9)
    wanted = Wanted(somebody.user, office, Post.Role.SAMPLER, later, entitlements=("sample",))
    posts.grant(wanted, by=Doer(account="root"))
    assert somebody.client.get("/dossiers/").status_code == 200


def test_a_session_that_has_ended_by_itself_is_not_one_that_somebody_left(person, monkeypatch):
    somebody = person()
    somebody.sign_in()
    somebody.client.get("/dossiers/")
    now = time.time()
    monkeypatch.setattr(sessions.time, "time", lambda: now + 1801)
    somebody.client.get("/dossiers/")
    assert kinds_of(somebody.user)[-1] == "sign_in.session_ended"
    monkeypatch.undo()
    somebody.sign_in()
    somebody.client.post("/logout/")
    assert kinds_of(somebody.user)[-1] == "sign_in.out"


def test_after_signing_in_one_line_says_when_and_where_the_last_time_was(person):
    """And how often it was tried since; the first time there is nothing to say, and a page says it once."""
    somebody = person()
    somebody.sign_in()
    assert "上次登录" not in somebody.client.get("/dossiers/").content.decode()
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    sent = {"login": somebody.user.username, "password": PASSWORD}
    elsewhere.post("/login/", sent)
    Client(REMOTE_ADDR="198.51.100.8").post("/login/", sent | {"password": "wrong"})
    somebody.client.post("/logout/")
    somebody.sign_in()
    page = somebody.client.get("/dossiers/").content.decode()
    assert "上次登录" in page
    assert "198.51.100.7" in page
    assert "此后有 1 次登录未成功" in page
    assert "上次登录" not in somebody.client.get("/dossiers/").content.decode()


def test_setting_a_password_waits_for_its_turn_as_checking_one_does(person, monkeypatch):
    somebody = person()
    somebody.sign_in()
    monkeypatch.setattr(hashing, "PATIENCE", 0.1)
    secret, _link = links.make(somebody.user)
    new = {"password1": NEW, "password2": NEW}
    with ExitStack() as others:
        for _ in range(hashing.AT_ONCE):
            others.enter_context(hashing.turn())
        for address, sent in (
            (f"/account/link/{secret}/", new),
            ("/account/password/", new | {"oldpassword": PASSWORD}),
        ):
            assert somebody.client.post(address, sent).status_code == 503
            assert somebody.client.get(address).status_code == 200


def test_other_devices_are_signed_out_by_who_has_just_proved_himself(person, settings):
    somebody = person()
    elsewhere = Client()
    somebody.sign_in()
    elsewhere.post("/login/", {"login": somebody.user.username, "password": PASSWORD})
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    assert somebody.client.get("/account/sessions/").status_code == 200
    assert somebody.client.post("/account/sessions/").url.startswith("/account/again/")
    assert elsewhere.get("/dossiers/").status_code == 200
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    somebody.client.post("/account/again/", {"password": PASSWORD, "next": "/account/sessions/"})
    assert elsewhere.get("/dossiers/").url.startswith("/login/")


def test_a_proof_in_between_gives_the_session_another_token(person):
    somebody = person()
    somebody.sign_in()
    before = somebody.client.cookies["sessionid"].value
    somebody.client.post("/account/again/", {"password": "wrong"})
    assert somebody.client.cookies["sessionid"].value == before
    assert somebody.client.post("/account/again/", {"password": PASSWORD}).status_code == 302
    after = somebody.client.cookies["sessionid"].value
    assert after != before
    assert [one.session_key for one in UserSession.objects.filter(user=somebody.user)] == [after]
    stale = Client()
    stale.cookies["sessionid"] = before
    assert stale.get("/dossiers/").url.startswith("/login/")


def test_three_hundred_right_sign_ins_from_one_address_are_let_in(person):
    """A province behind one address is one client for whoever counts addresses only."""
    people = [person() for _ in range(30)]
    where = people[0].client.defaults["REMOTE_ADDR"]
    sent = [{"login": one.user.username, "password": PASSWORD} for one in people] * 10
    assert {Client(REMOTE_ADDR=where).post("/login/", each).status_code for each in sent} == {302}


def test_too_many_sign_ins_are_answered_by_a_page_of_ours(person, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "1/m/ip"}
    somebody = person()
    somebody.sign_in("wrong")
    answer = somebody.sign_in()
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert "请过几分钟再试" in answer.content.decode()
    assert "look/css/base.css" in answer.content.decode()


@pytest.mark.parametrize(
    ("host", "is_secure", "can"),
    [
        ("spotcheck.example.gov.cn", True, True),
        ("spotcheck.example.gov.cn", False, False),
        ("localhost:8000", False, True),
        ("10.2.0.4", True, False),
        ("[fd00::4]:8443", True, False),
    ],
)
def test_passkeys_are_offered_where_they_can_be_used(rf, settings, host, is_secure, can):
    settings.ALLOWED_HOSTS = ["*"]
    assert factors.can_have_keys(rf.get("/", headers={"Host": host}, secure=is_secure)) is can


def test_the_list_of_sessions_is_written_at_most_once_in_five_minutes(person, monkeypatch):
    somebody = person()
    somebody.sign_in()
    somebody.client.get("/dossiers/")
    moments = []
    now, sound = time.time(), clock.now()
    for passed in (70, 140, 290, 310, 380):
        monkeypatch.setattr(sessions.time, "time", lambda passed=passed: now + passed)
        monkeypatch.setattr(sessions.clock, "now", lambda passed=passed: clock.later(sound, passed))
        somebody.client.get("/dossiers/")
        moments.append(UserSession.objects.get(user=somebody.user).last_seen_at)
    assert len(set(moments)) == 2


def test_whoever_leaves_leaves_nothing_in_the_browser_and_the_session_is_gone(person):
    somebody = person()
    somebody.sign_in()
    kept = somebody.client.cookies["sessionid"].value
    left = somebody.client.post("/logout/")
    assert (left.url, left["Clear-Site-Data"]) == ("/login/", '"storage"')
    again = Client()
    again.cookies["sessionid"] = kept
    assert again.get("/dossiers/").status_code == 302


def test_the_session_of_a_locked_account_is_over_at_once(person):
    somebody = person()
    somebody.sign_in()
    assert somebody.client.get("/dossiers/").status_code == 200
    User.objects.filter(pk=somebody.user.pk).update(is_active=False)
    assert somebody.client.get("/dossiers/").status_code == 302


def test_signing_in_gives_a_new_session(person):
    somebody = person()
    somebody.client.get("/login/")
    before = somebody.client.session.session_key
    somebody.sign_in()
    assert somebody.client.session.session_key not in {before, None}


def test_a_password_is_masked_may_be_long_and_counts_as_it_is_written(person):
    somebody = person()
    page = somebody.client.get("/login/").content.decode()
    assert re.search(r'<input type="password" name="password"[^>]*autocomplete="current-password"', page)
    assert "onpaste" not in page
    long = "Kettle harbour " * 5 + "Zq"
    somebody.user.set_password(long)
    somebody.user.save()
    for other in (long.lower(), long.replace(" ", ""), long[:-1]):
        assert somebody.sign_in(password=other).status_code == 422
    assert somebody.sign_in(password=long).status_code == 302


def test_factors_are_changed_only_by_who_has_just_proved_himself(person, settings):
    somebody = person()
    somebody.sign_in()
    assert somebody.client.get("/account/factors/authenticator/").status_code == 200
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    for place in ("/account/factors/authenticator/", "/account/factors/keys/new/"):
        asked = somebody.client.get(place)
        assert (asked.status_code, asked.url.partition("?")[0]) == (302, "/account/again/")


def test_a_code_opens_once(person, code_of, monkeypatch):
    somebody = person()
    somebody.sign_in()
    secret = activate(somebody, code_of)
    later = time.time() + 31  # that of the setting up has been used
    monkeypatch.setattr(totp, "time", SimpleNamespace(time=lambda: later))
    for expected in (302, 200):
        somebody.client.post("/logout/")
        somebody.sign_in()
        assert somebody.client.post("/login/factor/", {"code": code_of(secret)}).status_code == expected
    assert somebody.client.get("/dossiers/").status_code == 302


def test_a_password_of_the_last_five_is_not_taken_again(person):
    somebody = person()
    somebody.sign_in()
    for old, new in ((PASSWORD, NEW), (NEW, NEW + "2")):
        sent = {"oldpassword": old, "password1": new, "password2": new}
        assert somebody.client.post("/account/password/", sent).status_code == 302
    sent = {"oldpassword": NEW + "2", "password1": NEW, "password2": NEW}
    assert "最近五次" in somebody.client.post("/account/password/", sent).content.decode()


def test_ones_own_page_tells_the_last_times(person):
    somebody = person()
    somebody.sign_in("wrong")
    somebody.sign_in()
    page = somebody.client.get("/account/").content.decode()
    assert page.count("登录未成功") == 1
    assert somebody.client.defaults["REMOTE_ADDR"] in page


def test_no_page_of_allauth_exists_that_is_not_named(client):
    """Nobody makes an account, changes an address or connects anything."""
    ours = {pattern.name for pattern in get_resolver("spotcheck.signin.urls").url_patterns}
    for name in ("account_signup", "account_email", "account_reset_password", "account_confirm_email", "mfa_trust"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
        assert name not in ours
    everywhere = [inner for outer in get_resolver().url_patterns for inner in getattr(outer, "url_patterns", [outer])]
    of_allauth = {one.name for one in everywhere if one.callback.__module__.startswith("allauth")}
    assert of_allauth <= ours
    for address in ("/signup/", "/accounts/signup/", "/account/email/", "/account/signup/"):
        assert client.get(address).status_code == 404


def test_a_wrong_try_costs_one_hash(person, monkeypatch):
    """Two backends would cost two."""
    somebody = person()
    counted = []
    sound = MD5PasswordHasher.encode

    def encode(self, *args, **more):
        counted.append(1)
        return sound(self, *args, **more)

    monkeypatch.setattr(MD5PasswordHasher, "encode", encode)
    somebody.sign_in("wrong")
    assert len(counted) == 1


@pytest.mark.parametrize("state", ["stopped", "frozen"])
def test_without_redis_people_come_in_and_wrong_tries_are_answered(person, settings, state):
    somebody = person()
    with socket.create_server(("127.0.0.1", 0)) as server:  # takes the connection and never answers
        port = server.getsockname()[1] if state == "frozen" else 1
        settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{port}/0"
        begun = time.monotonic()
        assert somebody.sign_in("wrong").status_code == 422
        assert somebody.sign_in().status_code == 302
        assert time.monotonic() - begun < stretched(4)
        for _ in range(5):
            Client().post("/login/", {"login": somebody.user.username, "password": "wrong"})
        right = Client().post("/login/", {"login": somebody.user.username, "password": PASSWORD})
        assert "几分钟" in right.content.decode()  # this process counts for itself
    cache.clear()  # and forgets that nobody answered


def test_the_only_provider_is_that_of_the_installation():
    """Those of a public network say who somebody is there, and not whether he belongs to the office."""
    installed = [app.name for app in apps.get_app_configs() if app.name.startswith("allauth.socialaccount.providers.")]
    assert installed == ["allauth.socialaccount.providers.openid_connect"]


def test_wrong_codes_stand_in_the_book_and_lock_as_wrong_passwords_do(person, code_of, monkeypatch):
    """Whoever has the password and tries codes is stopped by the same count; a right one then answers as a wrong one."""
    somebody = person()
    somebody.sign_in()
    secret = activate(somebody, code_of)
    somebody.client.post("/logout/")
    for _ in range(4):
        locks.note_failure(None, somebody.user.username)
    assert somebody.sign_in().url.startswith("/login/factor/")
    monkeypatch.setattr("allauth.mfa.base.forms.check_rate_limit", lambda _user: lambda: None)  # the pause after five
    for count in range(5, 11):
        answer = somebody.client.post("/login/factor/", {"code": "000000"})
        assert "验证码不对" in answer.content.decode()
        somebody.user.refresh_from_db()
        assert somebody.user.is_active == (count < 10), count
    assert kinds_of(somebody.user)[-2:] == ["sign_in.code_failed", "sign_in.locked"]
    later = time.time() + 31
    monkeypatch.setattr(totp, "time", SimpleNamespace(time=lambda: later))
    said = somebody.client.post("/login/factor/", {"code": code_of(secret)}).content.decode()
    assert "验证码不对" in said
    assert somebody.client.get("/account/").url.startswith("/login/")


def test_a_wrong_code_inside_a_session_counts_too(person, code_of, monkeypatch):
    somebody = person()
    somebody.sign_in()
    activate(somebody, code_of)
    before = locks.failures(somebody.user)
    somebody.client.post("/account/again/factor/", {"code": "000000"})
    assert locks.failures(somebody.user) == before + 1
    assert "验证码未通过" in somebody.client.get("/account/").content.decode()


def test_the_pause_is_the_same_under_every_name_of_the_site(person):
    """The port that a browser writes beside the name is of its own choosing."""
    somebody = person()
    for port in range(8001, 8006):
        somebody.client.post(
            "/login/", {"login": somebody.user.username, "password": "wrong"}, HTTP_HOST=f"localhost:{port}"
        )
    answer = somebody.client.post(
        "/login/", {"login": somebody.user.username.upper(), "password": PASSWORD}, HTTP_HOST="localhost:9000"
    )
    assert "几分钟" in answer.content.decode()


def test_a_password_that_is_too_old_is_changed_before_anything_else(person, settings, today):
    """Only where the installation asks for it; a new one counts from the day on which it was set."""
    somebody = person()
    with clock.simulated(date.fromordinal(today.toordinal() + 91)):
        somebody.sign_in()
        assert somebody.client.get("/dossiers/").status_code == 200
        settings.PASSWORD_DAYS = 90
        somebody.client.post("/logout/")
        somebody.sign_in()
        assert somebody.client.get("/dossiers/").url == "/account/password/"
        sent = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
        assert somebody.client.post("/account/password/", sent).status_code == 302
        somebody.client.post("/logout/")
        somebody.sign_in(NEW)
        assert somebody.client.get("/dossiers/").status_code == 200
