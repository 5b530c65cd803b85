"""Somebody installs the program on an empty machine by the manual, line by line, and the first administrator signs in."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import expect, sync_playwright

from spotcheck.wiring.machine.places import ROOT
from tests.installation import machine
from tests.installation.machine import Machine

SITE = "spotcheck.example.gov.cn"
PASSWORD = "Yz7#quiet-Lantern"
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
def test_the_manual_leads_to_the_first_administrator(empty: Machine, tmp_path: Path) -> None:
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
        comes_in(playwright.chromium, empty, tmp_path, links[0])


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


def comes_in(chromium, empty: Machine, folder: Path, link: str) -> None:  # type: ignore[no-untyped-def]
    """Link, password, authenticator, and the page that says what is to be done first."""
    wrapper = folder / "chromium"
    wrapper.write_text(f'#!/bin/sh\nexec {" ".join(empty.inside())} chromium "$@"\n')
    wrapper.chmod(0o755)
    options = ["--no-sandbox", "--disable-gpu", f"--host-resolver-rules=MAP {SITE} 127.0.0.1"]
    window = chromium.launch(executable_path=str(wrapper), args=options)
    page = window.new_context(base_url=f"https://{SITE}", locale="zh-CN", ignore_https_errors=True).new_page()
    page.set_default_timeout(120_000)
    page.goto(link)
    page.fill("[name=password1]", PASSWORD)
    page.fill("[name=password2]", PASSWORD)
    page.get_by_role("button", name="设置密码").click()
    page.get_by_role("link", name="登录").first.click()
    page.fill("[name=login]", "jia")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url("**/account/factors/")
    page.goto("/account/factors/authenticator/")
    for _ in range(3):  # a code is good for half a minute, which a machine with much to do may miss
        secret, counter = page.input_value("#authenticator_secret"), next(iter(totp.yield_hotp_counters_from_time()))
        page.fill("[name=code]", totp.format_hotp_value(totp.hotp_value(secret, counter)))
        page.locator("form.stack button.main").click()
        page.wait_for_load_state()
        if page.url.endswith("/codes/"):
            break
    assert page.url.endswith("/codes/"), page.inner_text("main")
    page.goto("/administration/first/")
    expect(page.locator("h1")).to_contain_text("开始使用")
    cookies = {cookie["name"] for cookie in page.context.cookies()}
    assert "__Host-sessionid" in cookies
    window.close()
