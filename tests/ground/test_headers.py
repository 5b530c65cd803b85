"""What every answer tells the browser, and what a cookie is called: a page is ours alone and is kept nowhere."""

import json
import os
import re
import subprocess
import sys
from types import SimpleNamespace

import pytest
import yaml
from django.http import HttpResponseRedirect

from spotcheck.look import drafting, form_names
from spotcheck.wiring.machine.places import ROOT
from tests import content_types

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


@pytest.mark.parametrize(
    "path", ["/login/", "/p/", "/nothing/", "/livez", "/healthz", "/readyz", "/metrics", "/i18n/setlang/", "/logout/"]
)
def test_what_is_open_to_all_is_of_the_type_it_says(client, path):
    assert content_types.complaint(client.get(path)) == ""


def test_the_helper_of_a_sent_form_is_of_this_host_only_under_tls(rf, settings, monkeypatch):
    """And the script knows it by both names, and takes it away again under the same."""
    monkeypatch.setattr(drafting.drafts, "end", lambda *_: None)
    request = rf.post("/dossiers/1/", {form_names.DRAWN_FOR: "1"})
    request.desk_post, request.resolver_match = None, SimpleNamespace(func=None)
    for secure, name in ((True, "__Host-sent_form"), (False, "sent_form")):
        settings.SESSION_COOKIE_SECURE = secure
        answer = HttpResponseRedirect("/")
        drafting.after(request, answer)
        cookie = answer.cookies[name]
        assert (bool(cookie["secure"]), cookie["path"], cookie["domain"], cookie["samesite"]) == (
            secure,
            "/",
            "",
            "Lax",
        )
    script = (ROOT / "spotcheck/look/static/look/js/kept.js").read_text(encoding="utf-8")
    assert 'const OURS = "__Host-"' in script
    assert "?sent_form=" in script


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


def test_people_are_led_to_tls_and_machines_are_not(client, settings):
    """A program that comes in clear is refused or answered, and never led on in silence."""
    settings.SECURE_SSL_REDIRECT = True
    led = client.get("/login/")
    assert (led.status_code, led.url) == (301, "https://testserver/login/")
    assert client.get("/livez").status_code == 200


@pytest.mark.parametrize(
    "path", ["/static/", "/static/desk/", "/static/../pyproject.toml", "/.git/config", "/media/", "/pyproject.toml"]
)
def test_no_folder_is_listed_and_nothing_else_of_the_tree_is_served(client, path):
    assert client.get(path).status_code == 404


def test_what_is_deployed_listens_on_this_machine_only():
    unit = (ROOT / "deploy/systemd/spotcheck-web.service").read_text(encoding="utf-8")
    assert re.findall(r"--bind=(\S+):", unit) == ["127.0.0.1"]
    services = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text(encoding="utf-8"))["services"]
    ports = {name: service["ports"] for name, service in services.items() if "ports" in service}
    assert list(ports) == ["web"]
    assert all(port.startswith("127.0.0.1:") for port in ports["web"])
