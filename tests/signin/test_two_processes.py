"""Two processes of the site count together: whoever is refused by one is refused by the other."""

import http.cookiejar
import re
import sys
import urllib.error
import urllib.parse
import urllib.request
from datetime import date

import pytest

from spotcheck.parties.models import Office, Post, User
from spotcheck.wiring.machine.devservices import free_port
from spotcheck.wiring.machine.launcher import answers, web_server
from spotcheck.wiring.machine.processes import Child, wait_until
from tests.signin.conftest import PASSWORD


@pytest.fixture
def other(site, process_environment, tmp_path):
    """A second site on the same database and the same Redis."""
    port = free_port()
    child = Child(
        "second", [sys.executable, "-m", *web_server(port)], tmp_path / "second.log", environment=process_environment
    )
    child.start()
    wait_until(lambda: answers(port), child)
    yield f"http://127.0.0.1:{port}"
    child.stop()


def tries(site: str, password: str) -> str:
    """Sign in as a browser does that has never been here."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    page = browser.open(f"{site}/login/", timeout=120).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    sent = urllib.parse.urlencode({"login": "wang", "password": password, "csrfmiddlewaretoken": token}).encode()
    try:
        answer = browser.open(f"{site}/login/", sent, timeout=120)
    except urllib.error.HTTPError as refused:
        answer = refused
    return answer.read().decode()


def test_two_processes_share_a_limit(site, other):
    user = User(username="wang", full_name="王 某")
    user.set_password(PASSWORD)
    user.save()
    Post.objects.create(user=user, office=Office.objects.get(code="370102"), role="officer", since=date(2020, 1, 1))
    for number in range(5):
        assert "账号或者密码不对" in tries(other if number % 2 else site, "wrong")
    for one in (site, other):
        said = tries(one, PASSWORD)
        assert "几分钟" in said
