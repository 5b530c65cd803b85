"""What the tests of the entrance begin with: people with posts, who sign in as people do."""

import json
import secrets
import socket
import subprocess
import sys
import time
from datetime import date
from itertools import count
from typing import NamedTuple

import pytest
import requests
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client

from spotcheck.docket import clock
from spotcheck.parties.models import Office, Post, StaffNumber, User

PASSWORD = "Yz7#quiet-Lantern"
_NUMBERS = count(1)
CLAIMS = {
    "s-1": {"name": "王芳", "staff_number": "0771"},
    "s-name": {"name": "李雷", "staff_number": "0771"},
    "s-number": {"name": "王芳", "staff_number": "0999"},
    "s-zh-CN": {"name": "丙", "staff_number": "0881"},
    "s-en-US": {"name": "丙", "staff_number": "0882"},
    "s-mail": {"name": "王芳", "email": "wang@example.org", "email_verified": True},
}
"""What the provider of the single sign-on says of whom."""


class Person(NamedTuple):
    """A person at the entrance."""

    user: User
    client: Client

    def sign_in(self, password: str = PASSWORD, login: str = "", **more: str):
        sent = {"login": login or self.user.username, "password": password} | more
        return self.client.post("/login/", sent)


@pytest.fixture(autouse=True)
def _a_real_installation(settings):
    """No demonstration, and an address of one's own for every test, so that nobody counts for another."""
    settings.DEMO = False
    settings.SIGN_IN_OFFERS = ""
    cache.clear()


@pytest.fixture
def person(db):
    def make(role: str = Post.Role.OFFICER, kind: str = Office.Kind.COUNTY, code: str = "370102", **post) -> Person:
        name = f"p{secrets.token_hex(4)}"
        user = User.objects.create(username=name, full_name="王芳")
        user.set_password(PASSWORD)
        user.save()
        office = Office.objects.get(code=code) if code else Office.objects.create(code=name, kind=kind, name="某机构")
        Post.objects.create(user=user, office=office, role=role, since=date(2020, 1, 1), **post)
        StaffNumber.objects.create(office=office, user=user, number=f"0{next(_NUMBERS)}")
        where = f"203.0.113.{secrets.randbelow(250)}"
        return Person(user, Client(REMOTE_ADDR=where))

    return make


@pytest.fixture
def code_of():
    """The code that an authenticator shows for a secret now."""

    def code(secret: str) -> str:
        counter = next(iter(totp.yield_hotp_counters_from_time()))
        return totp.format_hotp_value(totp.hotp_value(secret, counter))

    return code


@pytest.fixture
def today():
    return clock.today()


@pytest.fixture
def process_environment(process_environment):
    """That of an installation without the demonstration."""
    return process_environment | {"SPOTCHECK_DEMO": "0"}


@pytest.fixture(scope="session")
def provider():
    """A provider of OpenID Connect, in a process of its own; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    users = [part for sub, said in CLAIMS.items() for part in ("--user-claims", json.dumps({"sub": sub} | said))]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "-p", str(port), *users]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        address = f"http://127.0.0.1:{port}"
        for _ in range(200):
            try:
                requests.get(f"{address}/.well-known/openid-configuration", timeout=5)
                break
            except requests.ConnectionError:
                time.sleep(0.1)
        yield address
        process.terminate()
