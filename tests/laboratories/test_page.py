"""docs/laboratories.md is run as it stands, against a real web server: from the credential to the summary of a task.

Beside it a program that has read nothing but the description of the addresses brings in a report of its own.
"""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from spotcheck.docket import clock
from spotcheck.docket.flow import MATTERS
from spotcheck.planning import detail_rules
from spotcheck.planning.models import Task
from spotcheck.wiring.machine.places import ROOT
from tests.api.conftest import peopled, program_of
from tests.desk import world as cast
from tests.desk.world import World
from tests.files.good import pdf_of_reportlab, photograph
from tests.inspection.conftest import HEAD, ITEMS
from tests.laboratories import later
from tests.laboratories.conftest import CODE
from tests.laboratories.second_client import SecondClient, a_day

PAGE = ROOT / "docs" / "laboratories.md"


LATER = "## What comes later"
SECOND = ("SD2026-102", "SD2026-103")
"""The samples of the second half: one objected to and retested, one whose producer has rectified."""


@pytest.fixture
def page(site: str, tmp_path: Path) -> "Page":
    """The page beside a running site, with the files that its commands name."""
    for name in ("report", "conclusion", "summary"):
        (tmp_path / f"{name}.pdf").write_bytes(pdf_of_reportlab())
    world = peopled()
    cast.continued()
    rule = detail_rules.publish(detail_rules.add(HEAD, ITEMS), by=world.posts["province"])
    return Page(site, tmp_path, world, rule.pk)


@dataclass
class Page:
    """What the page says to type, run as it stands."""

    site: str
    folder: Path
    world: World
    rule: int

    def sample(self, number: str) -> Any:
        """A sample by the rule of detail, on its way."""
        today = clock.today()
        dossier = self.world.sampled(number, today)
        task = Task.objects.get(dossier=dossier.parent)
        self.world.act(task.choose_rule, by="province", on=today, rule=self.rule)
        for label in ("T", "R"):
            self.world.act(self.world.matter(dossier, "sample", label).dispatch, by="sampler", on=today)
        return dossier

    def run(self, who: str, *blocks: str) -> str:
        """Run commands as the program of a laboratory; what they have printed."""
        issued = program_of(self.world, who, label=f"{who} {len(blocks[-1])}").issued
        assert issued is not None
        done = subprocess.run(
            ["/bin/bash", "-euo", "pipefail", "-c", "\n".join(blocks)],
            cwd=self.folder,
            env={
                "PATH": "/usr/bin:/bin",
                "HOST": self.site,
                "CLIENT_ID": issued.credential.client_id,
                "CLIENT_SECRET": issued.secret,
                "CODE": CODE,
                "TODAY": clock.today().isoformat(),
                "FILM": "0f" * 32,
            },
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def blocks_of(text: str) -> list[str]:
    return re.findall(r"^```sh\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not here")
def test_the_commands_of_the_page_lead_from_a_credential_to_the_summary(page: Page) -> None:
    """The first half brings a report in; each part of the second is run by the laboratory it is for."""
    first, _heading, second = PAGE.read_text(encoding="utf-8").partition(LATER)
    dossier, today, world = page.sample(CODE), clock.today(), page.world
    said = page.run("lab", *blocks_of(first))
    assert '"phase":"reported"' in said.splitlines()[-1]
    assert str(world.matter(dossier, "inspection").state) == "reported"
    token, (verification, retest, recheck, summary) = blocks_of(first)[0], blocks_of(second)
    disputed, rectified = (page.sample(number) for number in SECOND)
    for one in (disputed, rectified):
        later.taken_over(world, one, today)
        later.reported(world, one, today)
        world.told(one, "P", today, today)
    later.objected(world, disputed, today)
    assert '"position":"upholds"' in page.run("lab", token, verification).splitlines()[-1]
    later.retest_ordered(world, disputed, today)
    assert '"retest.1":"reported"' in page.run("retest_lab", token, retest).splitlines()[-1]
    later.rechecked(world, rectified, today)
    assert '"recheck.P#1":"tested"' in page.run("retest_lab", token, recheck).splitlines()[-1]
    assert '"task":"closed"' in page.run("lab", token, summary).splitlines()[-1]


def test_a_program_that_knows_the_description_alone_brings_in_a_report(page: Page) -> None:
    """Scanned, received, tested, reported and mailed; every request and every answer is as it is described."""
    dossier, world = page.sample(CODE), page.world
    issued = program_of(world, "lab", label="second").issued
    assert issued is not None
    with httpx.Client(base_url=page.site, timeout=60.0) as http:
        client = SecondClient(http, issued.credential.client_id, issued.secret)
        read = a_day(client, f" {CODE.lower()}-t ", pdf_of_reportlab(), photograph())
    assert read["conclusion"] == "conforming"
    assert str(world.matter(dossier, "inspection").state) == "reported"
    notices = MATTERS["result_notice"].objects.filter(dossier=dossier)
    assert {str(one.state) for one in notices} == {"served"}
