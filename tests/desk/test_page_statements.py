"""What every page of the desk costs in statements, in the year 2023 of the demo: 360 samples and what came of them.

``page_statements.json`` has a ceiling for each page and reader. A page that grows fails, with what it asked most; one that
asks much less has its ceiling lowered, so that the table stays true. A page of an address that is not in it fails too.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from spotcheck.casework import figure_keeping
from spotcheck.demo import rows
from spotcheck.demo.models import DemoState
from spotcheck.docket import clock
from spotcheck.docket.models import Dossier, Party
from spotcheck.parties.actors import of_post
from spotcheck.parties.models import Post, User
from spotcheck.planning.models import Task
from spotcheck.wiring.machine.places import ROOT
from tests import addresses
from tests.worlds import played

pytestmark = pytest.mark.django_db

DAY = date(2024, 3, 4)
TABLE = Path(__file__).with_name("page_statements.json")
CEILINGS: dict[str, dict[str, int]] = json.loads(TABLE.read_text(encoding="utf-8"))
"""By page, and by who reads it."""
LOOSE = 12
"""A ceiling that is so much too high is lowered: which sample is read, the rows of the demo decide."""
READERS = {
    "province": "demo.province",
    "city": "demo.linyi",
    "county": "demo.lanshan",
    "laboratory": "demo.lab",
}
TABS = ("entries", "papers", "items", "custody", "clocks", "parties", "notes")
PAGES = {
    "today": "/",
    "messages": "/messages/",
    "search": "/dossiers/",
    "search, a word": "/dossiers/?q=电线电缆",
    "search, by its days": "/dossiers/?order=due&due=late&c_owner=on&c_due=on",
    "dossier": "/dossiers/{sample}/",
    **{f"dossier, {tab}": f"/dossiers/{{sample}}/?tab={tab}" for tab in TABS},
    "dossier of a task": "/dossiers/{task}/",
    "case_file": "/dossiers/{sample}/case-file/",
    "draw": "/dossiers/{task}/draw/",
    "task_rule": "/dossiers/{task}/rule/",
    "mailing": "/mailing/",
    "calendar": "/calendar/",
    "cases": "/cases/",
    "papers": "/papers/",
    "firm": "/firms/{firm}/",
    "banned_firms": "/firms/",
    "figures": "/figures/",
    "late_duties": "/figures/late/",
    "laboratories": "/laboratories/",
    "field_records": "/field-records/",
    "detail_rules": "/rules/",
    "old_cases": "/old-cases/",
    "new_plan": "/plans/new/",
    "new_task": "/tasks/new/",
}
NOT_HERE = {
    # answers with a file, a part, or nothing but where to go
    "read_all", "read_message", "take_back", "write_note", "take_up", "field_file", "field_return", "take_cases",
    "answer_handover", "paper", "paper_state", "service_ahead", "proof", "evidence", "evidence_thumbnail", "drafts",
    "uploads", "upload", "upload_row", "upload_thumbnail", "case_file_prepare", "case_file_progress", "case_file_copy",
    "search_sheet", "papers_sheet", "figures_sheet", "keep_list", "forget_list", "draw_protocol", "import_template", "import_answered", "preview",
    # of one period, act, paper, record or sheet: a year that is over has none that waits
    "batch_new", "batch", "batch_results", "batch_papers", "mailing_print", "field_visit",
    "why", "act", "particulars", "owner", "results", "hand_over", "service", "field_record", "detail_rule", "import", "import_look",
}  # fmt: skip


@played
def year() -> dict[str, str]:
    """The firms and the year 2023, and a sample that all the readers may see, and its task."""
    for stage in (DemoState.Stage.FRAME, DemoState.Stage.BATCH):
        rows.load(stage)
    with clock.simulated(DAY):
        figure_keeping.keep()
    seen = Dossier.objects.samples()
    for name in READERS.values():
        post = Post.objects.select_related("user", "office").get(user__username=name)
        seen = seen.filter(pk__in=Dossier.objects.visible_to(of_post(post)).values("pk"))
    sample = seen.order_by("number").values_list("number", flat=True).first()
    assert sample is not None
    task = Task.objects.filter(dossier=Dossier.objects.get(number=sample).parent_id).get()
    firm = Party.objects.filter(dossier__number=sample).earliest("pk").enterprise
    return {"sample": sample, "task": task.dossier.number, "firm": firm.credit_code}


@pytest.fixture(autouse=True)
def _on_a_day_after_it() -> Iterator[None]:
    with clock.simulated(DAY):
        yield


def asked(who: str, address: str) -> list[str]:
    """The statements of a page that is there, read again: what a process learns once is known by then.

    The least of three readings: that somebody is there is written down once a minute, whichever reading it falls upon.
    """
    cache.clear()
    client = Client()
    client.force_login(User.objects.get(username=READERS[who]))
    if client.get(address).status_code != 200:
        return []
    return min((_reading(client, address) for _ in range(3)), key=len)


def _reading(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in captured.captured_queries]


@pytest.mark.parametrize("page", PAGES)
def test_no_page_asks_more_than_it_did(year: dict[str, str], page: str) -> None:
    found = {who: asked(who, PAGES[page].format(**year)) for who in READERS}
    counted = {who: len(statements) for who, statements in found.items() if statements}
    ceilings = CEILINGS[page]
    assert counted.keys() == ceilings.keys()
    grown = {who: (number, often(found[who])) for who, number in counted.items() if number > ceilings[who]}
    assert grown == {}
    assert {who: number for who, number in counted.items() if number < ceilings[who] - LOOSE} == {}


def often(statements: list[str]) -> list[tuple[str, int]]:
    """What is asked most: the first words of each, without what it is asked for."""
    shapes = Counter(re.sub(r"'[^']*'|\d+", "?", sql)[:120] for sql in statements)
    return shapes.most_common(20)


def test_every_page_of_the_desk_is_counted() -> None:
    names = {one.name for one in addresses.every() if one.door == "desk"}
    counted = {page.partition(",")[0].partition(" of ")[0] for page in PAGES}
    assert counted | NOT_HERE == names
    assert counted & NOT_HERE == set()
    assert set(CEILINGS) == set(PAGES)


def test_the_documentation_shows_the_table() -> None:
    lines = [f"| page | {' | '.join(READERS)} |", f"|---|{'---|' * len(READERS)}"]
    for page in PAGES:
        cells = (str(CEILINGS[page].get(who, "")) for who in READERS)
        lines.append(f"| {page} | {' | '.join(cells)} |")
    assert "\n".join(lines) in (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
