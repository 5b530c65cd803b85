"""What every answer tells the browser, and what a cookie is called: a page is ours alone and is kept nowhere."""

import json
import os
import subprocess
import sys

import pytest

from spotcheck.wiring.machine.places import ROOT

pytestmark = pytest.mark.django_db
_COOKIES = """
import json, spotcheck.wiring.site.settings as s
print(json.dumps({
    "names": [getattr(s, f"{one}_COOKIE_NAME", "") for one in ("SESSION", "CSRF", "LANGUAGE")],
    "secure": [getattr(s, f"{one}_COOKIE_SECURE") for one in ("SESSION", "CSRF", "LANGUAGE")],
    "hsts": [s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_INCLUDE_SUBDOMAINS],
}))
"""


def settings_of(hosts: str, folder) -> dict:
    environment = os.environ | {"SPOTCHECK_HOSTS": hosts, "SPOTCHECK_DATA": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", _COOKIES], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("path", ["/login/", "/dossiers/", "/nothing/", "/p/", "/livez", "/account/sessions/"])
def test_every_answer_says_what_a_browser_may_do_with_it(client, path):
    answer = client.get(path)
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert "object-src 'none'; base-uri 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]
    assert not answer.has_header("Access-Control-Allow-Origin")


def test_over_tls_cookies_are_of_this_host_only_and_the_browser_stays_with_tls(tmp_path):
    told = settings_of("spotcheck.example.gov.cn", tmp_path)
    assert all(name.startswith("__Host-") for name in told["names"])
    assert told["secure"] == [True, True, True]
    assert told["hsts"] == [365 * 24 * 60 * 60, True]
    assert settings_of("localhost", tmp_path) == {"names": ["", "", ""], "secure": [False] * 3, "hsts": [0, False]}


def test_cookies_are_not_for_scripts_and_not_for_other_sites(client):
    cookies = [client.get("/login/").cookies["csrftoken"]]
    cookies.append(client.post("/i18n/setlang/", {"language": "en"}).cookies["django_language"])
    for cookie in cookies:
        assert (cookie["httponly"], cookie["samesite"], cookie["domain"], cookie["path"]) == (True, "Lax", "", "/")


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "CONNECT", "MOVE"])
def test_what_nobody_sends_is_not_answered(client, method):
    assert client.generic(method, "/login/").status_code == 405
    assert client.generic(method, "/logout/").status_code == 405
