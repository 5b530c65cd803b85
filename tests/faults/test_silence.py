"""A database, a broker that is silent and does not refuse: every page says so within five seconds, and nothing is lost."""

import http.client
import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg
import pytest
from django.conf import settings
from django.test import Client

from spotcheck.docket import clock
from spotcheck.docket.models import Entry
from spotcheck.inspection.models import ResultNotice
from spotcheck.parties.models import PROVINCE_CODE, Office, Post, User
from spotcheck.wiring.machine.devservices import free_port
from spotcheck.wiring.machine.launcher import answers, web_server
from spotcheck.wiring.machine.processes import Child, wait_until
from tests.addresses import every
from tests.faults.figures import report
from tests.faults.freezing import frozen
from tests.pace import stretched

pytestmark = pytest.mark.slow

WITHIN = 5.0
TOKEN = "s" * 32
WRITTEN = "已电话告知企业负责人，约定当面领取。"


@dataclass
class Answer:
    """What came back, and after how many seconds."""

    status: int
    headers: http.client.HTTPMessage
    text: str
    seconds: float


@dataclass
class Site:
    """A web server whose database and broker can be frozen, and somebody of the province who is signed in."""

    port: int
    session: str
    post: Post
    servers: object
    slowest: float = 0.0

    def ask(self, path: str, sent: dict[str, str] | None = None, **headers: str) -> Answer:
        """Open a page, or send a form of this post."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        cookies = f"{settings.SESSION_COOKIE_NAME}={self.session}; csrftoken={TOKEN}"
        told = {"Host": "localhost", "Cookie": cookies} | {name.replace("_", "-"): v for name, v in headers.items()}
        body = None
        if sent is not None:
            body = urlencode({"csrfmiddlewaretoken": TOKEN, "as_post": str(self.post.pk)} | sent)
            told["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.monotonic()
        line.request("POST" if sent is not None else "GET", path, body, told)
        answer = line.getresponse()
        text = answer.read().decode(errors="replace")  # a paper is no text
        seconds = time.monotonic() - begun
        line.close()
        self.slowest = max(self.slowest, seconds)
        return Answer(answer.status, answer.headers, text, seconds)

    @contextmanager
    def without(self, *names: str) -> Iterator[None]:
        """Freeze servers by name."""
        with frozen(*(self.servers.child(name) for name in names)):
            yield


@pytest.fixture
def silent_site(own_servers, tmp_path: Path, _collected_static: None) -> Iterator[Site]:
    with site_of(own_servers(dossiers=4), tmp_path) as site:
        yield site


@contextmanager
def site_of(servers: Any, tmp_path: Path, **told: str) -> Iterator[Site]:
    """A web server that works with these servers, and is told so much more in its environment."""
    user = User.objects.create_user("zhang", password=None, full_name="张 工")
    office = Office.objects.get(code=PROVINCE_CODE)
    post = Post.objects.create(user=user, office=office, role="officer", since=date(2025, 1, 1))
    client = Client()
    client.force_login(user)
    port = free_port()
    command = [sys.executable, "-m", *web_server(port)]
    child = Child("web server", command, tmp_path / "web.log", environment=servers.environment(**told))
    child.start()
    try:
        wait_until(lambda: answers(port), child)
        yield Site(port, client.cookies[settings.SESSION_COOKIE_NAME].value, post, servers)
    finally:
        child.stop()


def _notice() -> ResultNotice:
    return ResultNotice.objects.filter(state="due").select_related("dossier").order_by("pk")[0]


def _address(notice: ResultNotice) -> str:
    return f"/dossiers/{notice.dossier.number}/acts/result_notice/{notice.pk}/send/"


def _form(notice: ResultNotice) -> dict[str, str]:
    seen = notice.dossier.entries.count()
    return {"on": clock.today().isoformat(), "remark": WRITTEN, "seen": str(seen), "late_reason": "系统故障，补登记。"}


PAGES = ("/", "/dossiers/", "/papers/", "/messages/", "/operating/", "/post/", "/account/", "/administration/absences/")


SAMPLE = 12
"""So many of all addresses are asked in every run; all of them with ``--long``."""
NOT_ASKED = {
    "session_rest": "asks for the session only, and says nobody where that is silent",
    "set_language": "has no page",
    "problem": "reads no database",
}


def _all_addresses(notice: ResultNotice) -> list[str]:
    """Every address of every door that looks at something, filled in where it is about this notice."""
    known = {"number": notice.dossier.number, "code": "ABCDEFGH", "chart": "result_notice", "method": "send"}
    known |= {"kind": "detail_rules", "name": "silent"}
    found = [one for one in every() if one.name not in NOT_ASKED and not one.route.startswith("api/v1/docs")]
    return list(dict.fromkeys(one.filled(**known) for one in found))


def _asked_of(site: Site, pages: list[str]) -> None:
    """No address waits longer than its patience while both are silent: it says so, or needs neither."""
    before = {page: site.ask(page).status for page in pages}
    assert not [page for page, status in before.items() if status >= 500 and page not in {"/healthz", "/readyz"}], (
        before
    )
    with site.without("PostgreSQL", "Valkey"):
        for page, status in before.items():
            answer = site.ask(page)
            assert answer.seconds < stretched(WITHIN), page
            assert answer.status in {503, status}, (page, status, answer.status)
    assert _comes_back(lambda: site.ask("/").status == 200)


def test_a_sample_of_all_addresses_answers_while_both_say_nothing(silent_site: Site) -> None:
    """Read off the resolver, so that one that is written tomorrow is asked too: another sample every day."""
    pages = _all_addresses(_notice())
    first = clock.today().toordinal() % (len(pages) // SAMPLE)
    _asked_of(silent_site, pages[first :: len(pages) // SAMPLE])


@pytest.mark.long
def test_every_address_answers_while_both_say_nothing(silent_site: Site) -> None:
    _asked_of(silent_site, _all_addresses(_notice()))


def test_every_page_answers_while_database_and_broker_say_nothing(silent_site: Site) -> None:
    """503, in words of ours and in both languages; the pages for machines too; afterwards all is as before."""
    site, notice = silent_site, _notice()
    pages = (*PAGES, f"/dossiers/{notice.dossier.number}/", _address(notice), "/p/ABCDEFGH/")
    before = {page: site.ask(page).status for page in pages}
    assert before.pop("/p/ABCDEFGH/") == 404
    assert set(before.values()) <= {200, 302}, before
    with site.without("PostgreSQL", "Valkey"):
        for page in pages:
            answer = site.ask(page)
            assert answer.seconds < stretched(WITHIN), page
            assert (answer.status, answer.headers["Retry-After"]) == (503, "15"), page
            assert "系统暂时没有应答" in answer.text
        english = site.ask("/", Accept_Language="en")
        assert "The system does not answer at the moment" in english.text
        for address in ("/livez", "/healthz", "/readyz"):
            answer = site.ask(address)
            assert (answer.status, answer.seconds < stretched(WITHIN)) == (503, True), address
        assert site.ask("/login/").seconds < stretched(WITHIN)
        signing_in = site.ask("/login/", {"username": "zhang", "password": "not-his-own-one"})
        assert signing_in.seconds < stretched(WITHIN)
        assert "not-his-own-one" not in signing_in.text
    assert _comes_back(lambda: site.ask("/").status == 200)
    assert {page: site.ask(page).status for page in before} == before
    report("silence", pages=len(pages), slowest=round(site.slowest, 2))


def test_an_act_is_said_to_be_done_only_when_it_is(silent_site: Site) -> None:
    """Without the database it comes back whole and is recorded by sending it again; without the broker it is done."""
    site = silent_site
    for silent in (("PostgreSQL",), ("PostgreSQL", "Valkey")):
        notice = _notice()
        at, form = _address(notice), _form(notice)
        assert site.ask(at).status == 200
        with site.without(*silent):
            answer = site.ask(at, form)
            assert (answer.status, answer.seconds < stretched(WITHIN), WRITTEN in answer.text) == (503, True, True)
        again = dict(re.findall(r'<input\s+type="hidden"\s+name="(\w+)"\s+value="([^"]*)">', answer.text))
        assert {name: again[name] for name in form} == form
        assert _comes_back(lambda: site.ask("/").status == 200)
        assert [site.ask(at, again).status for _ in range(2)] == [302, 302]
        assert _sendings(notice) == 1
    notice = _notice()
    with site.without("Valkey"):
        answer = site.ask(_address(notice), _form(notice))
        assert (answer.status, answer.seconds < stretched(WITHIN), _sendings(notice)) == (302, True, 1)
    _wait_for_a_lock(site, _notice())


def _wait_for_a_lock(site: Site, notice: ResultNotice) -> None:
    """The server ends a statement after four seconds; nothing is recorded, and the draft keeps what was typed."""
    at, form = _address(notice), _form(notice)
    assert site.ask(at).status == 200
    with psycopg.connect(site.servers.urls.owner) as other:
        other.execute("SELECT 1 FROM docket_dossier WHERE id = %s FOR UPDATE", [notice.dossier_id])
        answer = site.ask(at, form, HX_Request="true")
    assert (answer.status, answer.seconds < stretched(WITHIN), WRITTEN in answer.text) == (503, True, True)
    assert "<html" not in answer.text  # a part of the page, for the sheet
    assert _sendings(notice) == 0
    assert json.loads(site.ask(f"/drafts/?address={at}").text)["fields"]["remark"] == [WRITTEN]


def _sendings(notice: ResultNotice) -> int:
    return Entry.objects.filter(dossier=notice.dossier, act="result_notice.send", label=notice.label).count()


def _comes_back(is_well: Callable[[], bool]) -> bool:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if is_well():
            return True
        time.sleep(0.2)
    return False
