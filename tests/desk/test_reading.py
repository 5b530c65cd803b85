"""Reading leaves a trace: who opened which dossier, paper, proof, file, and took which case file along."""

import re
from collections.abc import Callable
from datetime import date, time
from hashlib import sha256
from pathlib import Path

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import get_resolver

import spotcheck
from spotcheck.docket import book, clock
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Deadline, Dossier, Evidence, Record
from spotcheck.files import storage
from spotcheck.files.keeping import keep_bytes
from spotcheck.notices import production
from spotcheck.notices.models import Service
from tests.desk.world import World, entitle
from tests.files.good import photograph

TODAY = date(2024, 6, 5)


@pytest.fixture
def dossier(world: World, media: Path) -> Dossier:
    """A dossier of Licheng with a paper, its proof, and a picture."""
    found = world.reported("SD2024-001", date(2024, 5, 6), date(2024, 5, 27))
    world.told(found, "P", date(2024, 5, 28), date(2024, 5, 30))
    served = found.papers.get(form=7).recipients.get().services.get()
    kept = storage.keep("proofs/2024/reading.pdf", b"%PDF-1.4")
    Service.objects.filter(pk=served.pk).update(proof_file=kept.name, proof_sha256=kept.sha256)
    picture = keep_bytes(photograph(), at=served.recorded_at)
    Evidence.objects.create(dossier=found, entry=found.entries.last(), kind="photo", stored=picture, name="照片.jpg")
    return found


def addresses(dossier: Dossier) -> dict[str, str]:
    """What can be read of it, by the kind of the line that it leaves."""
    here = f"/dossiers/{dossier.number}/"
    notice = dossier.papers.get(form=7)
    proof = notice.recipients.get().services.get()
    return {
        "read.dossier": here,
        "read.paper": f"{here}papers/{notice.pk}/",
        "read.proof": f"{here}papers/{notice.pk}/proofs/{proof.pk}/",
        "read.evidence": f"{here}evidence/{dossier.evidence.get().pk}/",
    }


def opened(client: Client, address: str) -> int:
    answer = client.get(address)
    if answer.streaming:
        answer.getvalue()
    return answer.status_code


@pytest.mark.parametrize("kind", ["read.dossier", "read.paper", "read.proof", "read.evidence"])
def test_whoever_reads_is_written_down_once_an_hour(
    world: World, dossier: Dossier, client_of: Callable[[str], Client], kind: str
) -> None:
    address = addresses(dossier)[kind]
    for hour, minute in ((9, 10), (9, 50), (10, 0)):
        with clock.simulated(TODAY, time(hour, minute)):
            assert opened(client_of("county"), address) == 200
    lines = Record.objects.filter(kind=kind)
    assert [(line.user, line.post, line.dossier) for line in lines] == [
        (world.posts["county"].user, world.posts["county"], dossier)
    ] * 2
    assert set(lines.values_list("address", flat=True)) == {"127.0.0.1"}
    assert Record.objects.exclude(kind__in=(kind, "sign_in.in")).count() == 0


def test_what_is_out_of_sight_leaves_no_line(dossier: Dossier, client_of: Callable[[str], Client]) -> None:
    with clock.simulated(TODAY):
        for address in addresses(dossier).values():
            assert opened(client_of("other"), address) == 404
            assert opened(client_of("administrator"), address) == 404
        assert opened(client_of("lab"), addresses(dossier)["read.dossier"]) == 200  # which is shown no person
    assert not Record.objects.exclude(kind="sign_in.in").exists()


NOT_READ = {
    "owner": "posted only, and answers with another address",
    "write_note": "posted only, and answers with another address",
    "take_up": "posted only, and answers with another address",
    "paper_state": "how far a file is drawn",
    "service_ahead": "which days a receipt would begin",
    "case_file": "how many papers are drawn",
    "case_file_prepare": "posted only, and answers with another address",
    "case_file_progress": "how many papers are drawn",
    "case_file_copy": "a line export.case_file each time",
    "draw": "the list of a task: firms, before there is a dossier of any",
    "draw_protocol": "a line export.list each time",
    "task_rule": "the rule of a task",
}
"""Addresses below a dossier that leave no line of reading, and why."""


def pages(world: World, dossier: Dossier) -> dict[str, str]:
    """Every page on which a dossier's persons are shown, by the name of its address."""
    here = f"/dossiers/{dossier.number}/"
    case = MATTERS["rectification"].new(dossier, dossier.parties.get(label="P"))
    world.act(case.receive_report, by="county", on=date(2024, 5, 31))
    ordered = world.matter(dossier, "rectification")
    notice = dossier.papers.get(form=7)
    act = f"{here}acts/rectification/{ordered.pk}/issue_order/"
    picture = dossier.evidence.get()
    return {
        "dossier": here,
        "why": f"{here}clocks/{Deadline.objects.filter(dossier=dossier).first().pk}/",
        "act": act,
        "preview": f"{act}preview/",
        "particulars": f"{act}particulars/",
        "take_back": f"{here}entries/{dossier.entries.get(act='rectification.receive_report').sequence}/back/",
        "paper": f"{here}papers/{notice.pk}/",
        "service": f"{here}papers/{notice.pk}/service/{notice.recipients.get().pk}/",
        "proof": addresses(dossier)["read.proof"],
        "evidence": f"{here}evidence/{picture.pk}/",
        "evidence_thumbnail": f"{here}evidence/{picture.pk}/thumbnail/",
        "results": f"{here}results/",
    }


def test_every_page_that_shows_a_dossier_leaves_a_line(
    world: World, dossier: Dossier, client_of: Callable[[str], Client]
) -> None:
    """Whichever page is opened first; who opens several within the hour has read it once."""
    found = pages(world, dossier)
    client = client_of("county")
    post = {"as_post": str(world.posts["county"].pk), "on": "2024-06-04"}
    left = {}
    for hour, (name, address) in enumerate(found.items(), 8):
        with clock.simulated(TODAY, time(hour, 0)):
            before = Record.objects.filter(kind__startswith="read.").count()
            answer = client.post(address, post) if name == "preview" else client.get(address)
            if answer.streaming:
                answer.getvalue()
            left[name] = (answer.status_code, Record.objects.filter(kind__startswith="read.").count() - before)
    without = {name for name, (status, lines) in left.items() if lines != 1}
    assert without == set(), left
    assert {status for name, (status, _lines) in left.items() if name not in {"results", "paper"}} == {200}, left


def test_every_address_below_a_dossier_is_read_or_says_why_not(world: World, dossier: Dossier) -> None:
    """A new page of a dossier says here whether it shows persons."""
    names = {
        pattern.name
        for pattern in get_resolver("spotcheck.desk.urls").url_patterns
        if str(pattern.pattern).startswith("dossiers/<")
    }
    assert names == set(pages(world, dossier)) | set(NOT_READ)


def test_what_cannot_be_written_down_is_not_shown(
    dossier: Dossier, client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise DatabaseError

    client = client_of("county")
    monkeypatch.setattr(book, "write", broken)
    client.raise_request_exception = False
    with clock.simulated(TODAY):
        for address in addresses(dossier).values():
            assert opened(client, address) == 500


def test_taking_the_case_file_along_is_a_line_each_time_with_its_hash(
    dossier: Dossier, client_of: Callable[[str], Client]
) -> None:
    for paper in dossier.papers.all():
        production.draw_paper(paper.pk)
    client = client_of("county")
    with clock.simulated(TODAY):
        taken = [client.get(f"/dossiers/{dossier.number}/case-file/{kind}/") for kind in ("zip", "zip")]
    contents = [answer.getvalue() for answer in taken]
    lines = Record.objects.filter(kind="export.case_file").order_by("pk")
    assert [line.after["sha256"] for line in lines] == [sha256(content).hexdigest() for content in contents]
    assert {(line.after["form"], line.after["rows"], str(line.after["filter"])) for line in lines} == {
        ("zip", dossier.entries.count(), "{}")
    }


def test_nothing_leaves_the_house_but_through_one_place() -> None:
    """Filter, number of rows and hash are asked for by it, so no door forgets one of them."""
    root = Path(spotcheck.__file__).parent
    writing = {
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        if re.search(r'book\.write\(\s*"export\.', path.read_text(encoding="utf-8"))
    }
    assert writing == set()


def test_readers_are_shown_to_whoever_coordinates_the_cases_of_the_handling_office(
    world: World, dossier: Dossier, client_of: Callable[[str], Client]
) -> None:
    for name in ("county", "province", "city"):
        entitle(world, name, "coordinates")
    shown = {}
    with clock.simulated(TODAY):
        for name in ("province", "city", "county", "sampler", "enterprise"):
            text = client_of(name).get(f"/dossiers/{dossier.number}/?tab=readers").content.decode()
            shown[name] = ('hx-get="?tab=readers"' in text, "周敏" in text.split('id="tab"')[1])
    assert shown["county"] == (True, True)
    assert not any(tab for tab, _reader in (shown[name] for name in shown if name != "county"))


def test_auditors_find_the_readers_of_a_dossier_in_the_book(
    world: World, dossier: Dossier, client_of: Callable[[str], Client]
) -> None:
    entitle(world, "administrator", "audits")
    with clock.simulated(TODAY):
        opened(client_of("county"), addresses(dossier)["read.dossier"])
        auditor = client_of("administrator")
        found = auditor.get(f"/administration/book/?dossier={dossier.number}").content.decode()
        others = auditor.get("/administration/book/?dossier=SD2024-777").content.decode()
    assert ("王芳" in found, "王芳" in others) == (True, False)
