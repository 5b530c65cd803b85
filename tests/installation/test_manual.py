"""Somebody installs the program on an empty machine by the manual, line by line, and a province comes in through the pages."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright

from spotcheck.wiring.machine.places import ROOT
from tests.installation import machine
from tests.installation.coming_in import Somebody, window
from tests.installation.machine import Machine

SITE = "spotcheck.example.gov.cn"
LABORATORY = "示例检验检测有限公司"
FETCHES = re.compile(r"apt-get|install locked")
STILL_TO_COME = {"rules", "calendar", "people", "factors", "backup", "sealed", "practised", "ntp"}
CERTIFICATE = (
    "openssl req -x509 -newkey rsa:2048 -nodes -days 60 -keyout /etc/spotcheck/site.key -out /etc/spotcheck/site.pem"
    f" -subj /CN={SITE} -addext subjectAltName=DNS:{SITE} 2>/dev/null\n"
)


def blocks(title: str) -> list[str]:
    """The lines to be typed of a section of the manual, block by block."""
    page = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    section = page.split(f"\n## {title}\n", 1)[1].split("\n### ", 1)[0].split("\n## ", 1)[0]
    found = re.findall(r"^( *)```sh\n(.*?)^\1```$", section, re.MULTILINE | re.DOTALL)
    return [re.sub(rf"^{indent}", "", text, flags=re.MULTILINE) for indent, text in found]


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Machine]:
    if why := machine.missing():
        pytest.skip(why)
    with Machine(tmp_path) as made:
        yield made


@pytest.mark.long
@pytest.mark.browser
def test_the_manual_leads_to_a_province_that_has_come_in(empty: Machine, tmp_path: Path) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    typed = [
        block.replace("VERSION", version) if "install locked" in block else block
        for block in blocks("Installing on one machine")
    ]
    fetched = max(number for number, block in enumerate(typed) if FETCHES.search(block)) + 1
    empty.put_tree(f"/opt/spotcheck-{version}")
    empty.run("\n".join(typed[:fetched]), fetching=True)
    # one shell for all the rest; whoever installs has put the certificate into its place meanwhile
    rest = [CERTIFICATE + block if "nginx.conf" in block else block for block in typed[fetched:]]
    told = empty.run("cd /opt/spotcheck\n" + "\necho '== next'\n".join(rest)).split("== next\n")
    assert "postgresql" not in empty.run("cat /var/log/spotcheck-web.log").lower()
    links = re.findall(rf"https://{SITE}(/account/link/\S+)", told[-1])
    assert len(links) == 2
    assert_closed(empty)
    assert_seen_by_the_doctor(empty)
    assert_backed_up(empty)
    with sync_playwright() as playwright:
        a_province_comes_in(playwright, empty, tmp_path, links)
    assert_all_have_two_factors(empty)


def assert_closed(empty: Machine) -> None:
    """The inner addresses stay inside, plain requests are led to TLS, the password of the owner is known to root alone."""
    asked = empty.run(
        "for path in metrics readyz healthz livez login/; do\n"
        f"curl --silent --insecure --output /dev/null --write-out '%{{http_code}} ' --resolve {SITE}:443:127.0.0.1"
        f" https://{SITE}/$path; done\n"
        f"curl --silent --output /dev/null --write-out '%{{http_code}} %{{redirect_url}}' -H 'Host: {SITE}'"
        " http://127.0.0.1/login/"
    )
    assert asked == f"403 403 403 403 200 301 https://{SITE}/login/"
    owner = (
        empty.run("grep --only-matching 'spotcheck_owner:[0-9a-f]*' /etc/spotcheck/owner.env").strip().partition(":")[2]
    )
    seen = empty.run(
        "runuser --user spotcheck -- cat /etc/spotcheck/owner.env 2>&1 || true; cat /proc/[0-9]*/cmdline | tr '\\0' ' '\n"
        "for one in $(pgrep --uid spotcheck); do tr '\\0' '\\n' < /proc/$one/environ; done"
    )
    assert "Permission denied" in seen
    assert "DATABASE_URL=" in seen
    assert owner not in seen


def assert_seen_by_the_doctor(empty: Machine) -> None:
    """No red line but those of what is still to come."""
    said = json.loads(empty.run("/opt/spotcheck/deploy/as-owner doctor --json || true"))
    red = {line["name"] for line in said["lines"] if line["level"] == "red"}
    assert red <= STILL_TO_COME, said


def assert_backed_up(empty: Machine) -> None:
    """The first backup is there, signed, and closed to the site."""
    names = empty.run("ls /var/backups/spotcheck/*/").split()
    assert {"database.dump", "files.list", "manifest.json", "manifest.sig"} <= set(names)
    assert "denied" in empty.run("runuser --user spotcheck -- ls /var/backups/spotcheck 2>&1 || true")


def a_province_comes_in(playwright: Playwright, empty: Machine, folder: Path, links: list[str]) -> None:
    """First administrators, a city, a county, a laboratory, a sampler: each made by the one above, each with two factors."""
    browser = window(playwright.chromium, empty, SITE, folder)

    def somebody(name: str, language: str) -> Somebody:
        return Somebody(browser, SITE, folder, name=name, language=language)

    first, second = somebody("jia", "zh-hans"), somebody("yi", "en")
    for one, link in zip((first, second), links, strict=True):
        one.comes_in(link)
    first.page.goto("/administration/first/")
    first.look("first-run")
    assert "__Host-sessionid" in {cookie["name"] for cookie in first.page.context.cookies()}
    people = [first, second]

    def follows(above: Somebody, name: str, called: str, office: str, language: str) -> Somebody:
        """An administrator: proposed by the one above, confirmed by another person, and given a link."""
        above.makes(name, called, office)
        above.grants(name, office, "administrator", "manages")
        second.confirms(name)
        made = somebody(name, language)
        made.comes_in(above.hands_link(name))
        made.page.goto("/administration/")
        made.look("start")
        people.append(made)
        return made

    city = follows(first, "bing", "丙某", "济南市市场监督管理局", "zh-hans")
    follows(city, "ding", "丁某", "济南市历下区市场监督管理局", "en")
    first.page.goto("/administration/offices/")
    first.look("offices")
    first.page.locator("a[href='/administration/offices/new/']").click()
    first.page.select_option("[name=kind]", "laboratory")
    for field, value in {"code": "LAB-1", "name": LABORATORY}.items():
        first.page.fill(f"[name={field}]", value)
    first.look("new-body", again=False)
    first.send()
    laboratory = follows(first, "wu", "戊某", LABORATORY, "zh-hans")
    laboratory.page.goto("/administration/factors/")
    laboratory.look("who-needs-a-factor")
    laboratory.page.locator("form[action='/administration/factors/'] button[value=need]").click()
    laboratory.makes("ji", "己某", LABORATORY)
    laboratory.grants("ji", LABORATORY, "sampler", "sample", certificate="CY-0001")
    sampler = somebody("ji", "en")
    sampler.comes_in(laboratory.hands_link("ji"))
    sampler.page.goto("/")
    sampler.look("sampler-at-work")
    for one in [*people, sampler]:
        one.comes_back()
        one.page.goto("/")
        one.look("back")
    browser.close()


def assert_all_have_two_factors(empty: Machine) -> None:
    """Nobody who came in is without a second factor, and the book has all that was done."""
    said = json.loads(empty.run("/opt/spotcheck/deploy/as-owner doctor --json || true"))
    red = {line["name"] for line in said["lines"] if line["level"] == "red"}
    assert red <= STILL_TO_COME - {"people", "factors"}, said
