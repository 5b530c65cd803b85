"""Single sign-on, played against a provider in a process of its own: linked, to be linked, unknown, away."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client
from django.urls import get_resolver

from spotcheck.docket.models import Record
from spotcheck.network.single import provider_of
from spotcheck.parties.models import Office, Post, StaffNumber, User
from spotcheck.registers import links
from spotcheck.signin.single import Provider
from tests.signin.conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def single(settings, tmp_path, provider):
    """The installation has a single sign-on."""
    (tmp_path / "secret").write_text("the-secret\n")

    def use(address: str) -> None:
        settings.SSO = provider_of(
            f"province={address}",
            client="spotcheck",
            secret_file=str(tmp_path / "secret"),
            number_claim="staff_number",
        )
        app = {
            "provider_id": "province",
            "name": "province",
            "client_id": "spotcheck",
            "secret": settings.SSO.secret,
            "settings": {"server_url": address},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}

    use(provider)
    return use


def numbered(user: User, code: str) -> None:
    """The number that the provider says, of an office besides the person's own."""
    StaffNumber.objects.create(office=Office.objects.get(code=code), user=user, number="0771")


@pytest.fixture
def wang(person):
    somebody = person()
    numbered(somebody.user, "370200")
    return somebody


def come(client: Client, sub: str, to: str = "/dossiers/"):
    """Press the button, sign in at the provider, come back."""
    away = client.post(f"/login/single/province/?process=login&next={to}")
    assert away.status_code == 302, away.content
    assert parse_qs(urlsplit(away.url).query)["code_challenge_method"] == ["S256"]
    there = requests.post(away.url, data={"sub": sub}, allow_redirects=False, timeout=60)
    place = urlsplit(there.headers["Location"])
    return client.get(f"{place.path}?{place.query}")


def link(user: User, sub: str = "s-1") -> SocialAccount:
    return SocialAccount.objects.create(user=user, provider="province", uid=sub)


def test_a_link_signs_in_and_signing_out_ends_it_here(single, wang):
    link(wang.user)
    assert come(wang.client, "s-1").url == "/dossiers/"
    assert wang.client.get("/dossiers/").status_code == 200
    assert wang.client.post("/logout/").url.startswith("/")
    assert wang.client.get("/dossiers/").url.startswith("/login/")


def test_only_subject_issuer_and_staff_number_are_kept(single, wang, provider):
    link(wang.user)
    come(wang.client, "s-1")
    kept = SocialAccount.objects.get(user=wang.user)
    assert kept.extra_data == {"sub": "s-1", "iss": provider, "staff_number": "0771"}
    assert not SocialToken.objects.exists()


def test_number_and_name_lead_to_a_proof_by_password_once(single, wang):
    assert come(wang.client, "s-1").url == "/login/single/prove/"
    assert wang.client.get("/dossiers/").url.startswith("/login/")  # not in yet
    page = wang.client.get("/login/single/prove/").content.decode()
    assert wang.user.username not in page
    wrong = wang.client.post("/login/single/prove/", {"password": "wrong"})
    assert (wrong.status_code, SocialAccount.objects.count()) == (422, 0)
    right = wang.client.post("/login/single/prove/", {"password": PASSWORD})
    assert (right.status_code, right.url) == (302, "/dossiers/")
    kinds = Record.objects.filter(subject_id=str(wang.user.pk)).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["sign_in.failed", "sign_in.linked", "sign_in.in"]
    other = Client()
    assert come(other, "s-1").url == "/dossiers/"  # and is asked no more


def test_a_name_and_a_number_are_the_same_however_they_are_written(single, person):
    wang = person()
    User.objects.filter(pk=wang.user.pk).update(full_name="王\u3000芳")
    StaffNumber.objects.create(office=Office.objects.get(code="370200"), user=wang.user, number="０７７１")
    assert come(wang.client, "s-1").url == "/login/single/prove/"


def test_whoever_has_no_password_proves_himself_by_an_administrators_link(single, wang):
    wang.user.sso_only = True
    wang.user.set_unusable_password()
    wang.user.save()
    assert come(wang.client, "s-1").url == "/login/single/prove/"
    page = wang.client.get("/login/single/prove/").content.decode()
    assert "一次性链接" in page
    assert 'type="password"' not in page
    secret, _link = links.make(User.objects.get(pk=wang.user.pk))
    first = wang.client.get(f"/account/link/{secret}/")
    assert "统一身份认证" in first.content.decode()
    assert 'name="password1"' not in first.content.decode()
    assert come(wang.client, "s-1", "/").url == "/"
    assert SocialAccount.objects.get().user == wang.user
    assert wang.client.get(f"/account/link/{secret}/").status_code == 410
    assert wang.client.get("/account/password/").status_code == 404


def test_the_link_of_somebody_else_proves_nothing(single, wang, person):
    other = person()
    User.objects.filter(pk=other.user.pk).update(sso_only=True)
    secret, _link = links.make(User.objects.get(pk=other.user.pk))
    wang.client.get(f"/account/link/{secret}/")
    assert come(wang.client, "s-1").url == "/login/single/prove/"
    assert SocialAccount.objects.count() == 0


@pytest.mark.parametrize("sub", ["s-name", "s-number", "s-mail"])
def test_another_name_another_number_or_a_mail_address_is_unknown(single, wang, person, sub):
    User.objects.filter(pk=wang.user.pk).update(email="wang@example.org")
    chief = person(role=Post.Role.ADMINISTRATOR, code="370000", entitlements=["manages"])
    before = User.objects.count()
    answer = come(wang.client, sub)
    assert answer.status_code == 403
    assert chief.user.full_name in answer.content.decode()
    assert (User.objects.count(), SocialAccount.objects.count()) == (before, 0)


def test_a_number_that_two_people_of_one_name_have_is_nobodys(single, wang, person):
    other = person(code="370103")
    numbered(other.user, "370300")
    assert come(wang.client, "s-1").status_code == 403


def test_a_person_who_is_linked_is_not_linked_to_another_subject(single, wang):
    link(wang.user, "s-other")
    assert come(wang.client, "s-1").status_code == 403


@pytest.mark.parametrize("gone", [{"is_active": False}, {"left_on": "2026-01-01"}])
def test_a_locked_account_does_not_come_in(single, wang, gone):
    link(wang.user)
    User.objects.filter(pk=wang.user.pk).update(**gone)
    assert come(wang.client, "s-1").status_code == 403
    assert wang.client.get("/dossiers/").url.startswith("/login/")


def test_the_second_factor_is_asked_after_it(single, wang):
    link(wang.user)
    Authenticator.objects.create(user=wang.user, type="totp", data={"secret": "x"})
    assert come(wang.client, "s-1").url.startswith("/login/factor/")
    assert wang.client.get("/dossiers/").url.startswith("/login/")


def test_whoever_needs_a_second_factor_is_led_to_it(single, person):
    head = person(code="370000")
    numbered(head.user, "370200")
    link(head.user)
    come(head.client, "s-1")
    assert head.client.get("/dossiers/").url == "/account/factors/"


def test_an_account_for_it_only_has_no_password(single, wang):
    User.objects.filter(pk=wang.user.pk).update(sso_only=True)
    assert wang.sign_in().status_code == 422


def test_a_provider_that_is_away_or_cancels_is_told(single, wang, monkeypatch):
    answer = wang.client.get("/login/single/province/back/?error=access_denied&state=x")
    assert answer.status_code == 502
    single("http://127.0.0.1:1")
    answer = wang.client.post("/login/single/province/?process=login")
    assert (answer.status_code, "没有完成" in answer.content.decode()) == (502, True)


def test_a_forged_return_brings_nobody_in(single, wang):
    link(wang.user)
    away = wang.client.post("/login/single/province/?process=login")
    there = requests.post(away.url, data={"sub": "s-1"}, allow_redirects=False, timeout=60)
    place = urlsplit(there.headers["Location"])
    stranger = Client()
    assert stranger.get(f"{place.path}?{place.query}").status_code == 502
    assert stranger.get("/dossiers/").url.startswith("/login/")


def test_nobody_connects_an_account_by_himself(single, wang):
    wang.sign_in()
    away = wang.client.post("/login/single/province/?process=connect")
    there = requests.post(away.url, data={"sub": "s-number"}, allow_redirects=False, timeout=60)
    place = urlsplit(there.headers["Location"])
    assert wang.client.get(f"{place.path}?{place.query}").status_code == 403
    assert SocialAccount.objects.count() == 0


def test_an_answer_that_was_made_for_another_way_there_brings_nobody_in(single, wang):
    """The nonce goes along and has to come back in what the provider signs."""
    link(wang.user)
    away = wang.client.post("/login/single/province/?process=login")
    (nonce,) = parse_qs(urlsplit(away.url).query)["nonce"]
    there = requests.post(away.url.replace(nonce, "another"), data={"sub": "s-1"}, allow_redirects=False, timeout=60)
    place = urlsplit(there.headers["Location"])
    assert wang.client.get(f"{place.path}?{place.query}").status_code == 502
    assert wang.client.get("/dossiers/").url.startswith("/login/")
    assert come(Client(), "s-1").url == "/dossiers/"


def again(client: Client, sub: str, to: str = "/account/sessions/"):
    """Prove oneself there once more: the page before, the way there, the way back."""
    page = client.get(f"/account/again/single/?next={to}")
    assert "process=again" in page.content.decode()
    away = client.post(f"/login/single/province/?process=again&next={to}")
    asked = parse_qs(urlsplit(away.url).query)
    assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])
    there = requests.post(away.url, data={"sub": sub}, allow_redirects=False, timeout=60)
    place = urlsplit(there.headers["Location"])
    return client.get(f"{place.path}?{place.query}")


def test_whoever_comes_by_it_proves_himself_by_it(single, wang, settings):
    link(wang.user)
    link(User.objects.create(username="other"), "s-number")
    wang.user.set_unusable_password()
    wang.user.save()
    come(wang.client, "s-1")
    before = wang.client.cookies["sessionid"].value
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    assert wang.client.post("/account/sessions/").url.startswith("/account/again/single/")
    assert again(wang.client, "s-number").status_code == 403  # somebody else signed in there
    assert wang.client.cookies["sessionid"].value == before
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    assert again(wang.client, "s-1").url == "/account/sessions/"
    assert wang.client.cookies["sessionid"].value != before
    assert wang.client.post("/account/sessions/").url == "/account/sessions/"


def test_a_sign_in_of_long_ago_proves_nothing_now(single, wang, monkeypatch):
    link(wang.user)
    come(wang.client, "s-1")
    sound = Provider.complete_login

    def late(self, *args, **more):
        login = sound(self, *args, **more)
        login.signed = login.signed | {"auth_time": login.signed["auth_time"] - 3600}
        return login

    monkeypatch.setattr(Provider, "complete_login", late)
    assert again(wang.client, "s-1").status_code == 403


def test_only_a_linked_person_is_led_there(single, wang):
    assert wang.client.get("/account/again/single/").url.startswith("/login/")
    wang.sign_in()
    assert wang.client.get("/account/again/single/").status_code == 404


def test_the_pages_of_the_entrance_and_no_others_may_lead_there(single, wang, provider):
    """The one exception to the policy of the site that the entrance has."""
    assert f"form-action 'self' {provider}" in wang.client.get("/login/").headers["Content-Security-Policy"]
    assert f"form-action 'self' {provider}" in wang.client.post("/login/", {}).headers["Content-Security-Policy"]
    wang.sign_in()
    for address in ("/account/", "/dossiers/", "/account/sessions/"):
        assert "form-action 'self';" in wang.client.get(address).headers["Content-Security-Policy"], address


def test_without_it_nothing_of_it_is_there(settings, person):
    settings.SSO = None
    somebody = person()
    assert "统一身份认证" not in somebody.client.get("/login/").content.decode()
    assert "form-action 'self';" in somebody.client.get("/login/").headers["Content-Security-Policy"]
    assert somebody.client.post("/login/single/province/").status_code == 404
    assert somebody.client.get("/login/single/province/back/").status_code == 404
    assert somebody.client.get("/login/single/prove/").status_code == 404
    ours = [str(one.pattern) for one in get_resolver("spotcheck.signin.urls").url_patterns]
    assert not [one for one in ours if re.search("signup|connections|3rdparty|social", one)]


@pytest.mark.parametrize(
    "given", ["https://x", "province=http://id.example.org", "Pro Vince=https://x", "a=https://x?y"]
)
def test_what_is_no_provider_is_said(given, tmp_path):
    with pytest.raises(ValueError, match="SPOTCHECK_SSO"):
        provider_of(given, client="c", secret_file="", number_claim="n")
    with pytest.raises(ValueError, match="SECRET_FILE"):
        provider_of("a=https://x", client="c", secret_file=str(tmp_path / "none"), number_claim="n")
