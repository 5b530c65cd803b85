"""What passwords cost and what a cache keeps of people, in an installation as it is deployed."""

import json
import os
import re
import subprocess
import sys

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.cache import cache

from spotcheck.network.cache import SharedCache
from spotcheck.signin.sm3 import SM3PasswordHasher
from spotcheck.wiring.machine.places import ROOT
from tests.signin.conftest import PASSWORD

pytestmark = pytest.mark.django_db
_HASHER = """
import django, json
django.setup()
from django.contrib.auth.hashers import get_hasher
print(json.dumps([get_hasher().algorithm, get_hasher().iterations]))
"""


def test_a_password_costs_a_million_rounds_where_it_counts() -> None:
    """Tests run with a cheap hasher; an installation says itself what it has."""
    told = os.environ | {"DJANGO_SETTINGS_MODULE": "spotcheck.wiring.site.settings"}
    done = subprocess.run(
        [sys.executable, "-c", _HASHER], env=told, cwd=ROOT, capture_output=True, text=True, check=True
    )
    algorithm, rounds = json.loads(done.stdout.splitlines()[-1])
    assert (algorithm, rounds >= 1_000_000) == ("pbkdf2_sha256", True)


def test_passwords_are_stretched_with_sm3_only_where_it_is_asked_for() -> None:
    """And what is written so is read without it, and the other way round."""
    told = os.environ | {"DJANGO_SETTINGS_MODULE": "spotcheck.wiring.site.settings", "SPOTCHECK_PASSWORD_HASH": "sm3"}
    done = subprocess.run(
        [sys.executable, "-c", _HASHER], env=told, cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout.splitlines()[-1]) == ["pbkdf2_sm3", 240_000]


def test_a_password_is_written_anew_by_the_next_right_sign_in(person, settings, monkeypatch) -> None:
    monkeypatch.setattr(SM3PasswordHasher, "iterations", 10)
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 10)
    both = [f"{cls.__module__}.{cls.__qualname__}" for cls in (SM3PasswordHasher, PBKDF2PasswordHasher)]
    who = person()
    for paths, algorithm in ((both[1:], "pbkdf2_sha256"), (both, "pbkdf2_sm3"), (both[::-1], "pbkdf2_sha256")):
        settings.PASSWORD_HASHERS = [*paths, "django.contrib.auth.hashers.MD5PasswordHasher"]
        assert who.sign_in("another-Secret-9").status_code == 422
        assert who.sign_in(PASSWORD).status_code == 302
        who.user.refresh_from_db()
        assert who.user.password.startswith(f"{algorithm}$10$")
        who.client.post("/logout/")


def test_sm3_is_that_of_the_standard() -> None:
    """The example of GB/T 32905 A.1: 消息 "abc"."""
    digest = SM3PasswordHasher.digest(b"abc").hexdigest()
    assert digest == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_the_cache_keeps_counts_and_nothing_of_a_person(person, code_of, monkeypatch) -> None:
    """Wrong tries, right ones, pages: no name, number or password is a key or lies under one."""
    kept: list[str] = []
    for name in ("set", "add", "set_many", "incr"):
        before = getattr(SharedCache, name)

        def noted(self, *given, _before=before, **named):
            kept.append(repr((given, named)))
            return _before(self, *given, **named)

        monkeypatch.setattr(SharedCache, name, noted)
    who = person()
    who.sign_in("another-Secret-9")
    who.sign_in(PASSWORD)
    for page in ("/", "/account/", "/dossiers/"):
        who.client.get(page)
    cache.get("something")
    assert kept  # the tries were counted
    number = who.user.staff_numbers.get().number
    for secret in (who.user.username, who.user.full_name, PASSWORD, "another-Secret-9", f"'{number}'"):
        assert not [text for text in kept if secret in text], secret


def test_what_stands_in_front_keeps_no_page() -> None:
    """And no page says that it may be kept: see test_every_answer_says_what_a_browser_may_do_with_it."""
    front = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
    lines = [line.split("#")[0].strip() for line in front.splitlines()]
    assert [line for line in lines if re.match(r"(proxy_cache|fastcgi_cache|proxy_store)\b", line)] == []
