"""Reading leaves a trace: who opened which dossier, paper, proof, file, and took which case file along."""

from collections.abc import Callable
from datetime import date, time
from hashlib import sha256
from pathlib import Path

import pytest
from django.db import DatabaseError
from django.test import Client

from spotcheck.docket import book, clock
from spotcheck.docket.models import Dossier, Evidence, Record
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
    assert {line.after["kind"] for line in lines} == {"zip"}


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
