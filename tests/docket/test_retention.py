"""Article 16: what was kept long enough is listed and destroyed on a person's word; nothing else ever is (R61)."""

import argparse
import json
from datetime import date
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from pypdf import PdfReader

from spotcheck.cli import retention as command
from spotcheck.desk.web.dossier import in_sight
from spotcheck.docket import audit, clock, entries, retention
from spotcheck.docket.acts import perform
from spotcheck.docket.evidence import Attached
from spotcheck.docket.invariants import checking
from spotcheck.docket.models import Deadline, Disposal, Dossier, Evidence, Record, Track
from spotcheck.docket.problems import BadFacts
from spotcheck.docket.retention import Confirmation
from spotcheck.docket.tasks import list_for_disposal
from spotcheck.files import receiving, storage
from spotcheck.files.keeping import keep_bytes
from spotcheck.files.models import StoredFile
from spotcheck.files.promises import promises
from spotcheck.files.reasons import FileRefused
from spotcheck.notices.models import Service
from spotcheck.remediation.case_file import bind_case_file
from spotcheck.wiring.machine import addresses
from spotcheck.wiring.operating import databases
from tests.desk import world as cast
from tests.desk.world import FACTS
from tests.files import good, making

VISITED, HANDED_IN = date(2024, 1, 31), date(2024, 2, 5)
LAST = date(2026, 2, 5)
"""Twenty-four months from the later day, that of the handing in."""
AFTER = date(2026, 2, 6)
WORD = Confirmation("王建国", "root@archive", "鲁市监档〔2026〕3号")


@pytest.fixture
def files(settings, tmp_path):
    settings.MEDIA_ROOT, settings.DATA = tmp_path / "media", tmp_path
    return lambda content: keep_bytes(content, at=clock.now())


@pytest.fixture
def world(db):
    return cast.build()


def not_sampled(world, number, come, on=HANDED_IN):
    """A dossier that ends with the visit: nothing could be sampled; the pictures were handed in some days later."""
    dossier = world.sampled_until_precheck(number, VISITED)
    facts = {"cause": "closed", "verified": ["records", "workshop", "warehouse"]}
    with clock.simulated(on):
        act = world.matter(dossier, "sampling").record_not_sampled
        perform(act, by=world.actor("sampler"), on=VISITED, facts=facts, evidence=come)
    dossier.refresh_from_db()
    return dossier


def listed(today):
    with clock.simulated(today):
        retention.list_over()
        return [(row.stored_id, row.kept_until) for row in retention.waiting()]


def test_a_file_is_listed_the_day_after_its_last_day_and_never_before(world, files):
    picture = files(good.photograph())
    dossier = not_sampled(world, "SD2024-001", [Attached("photo", picture, "场所.jpg")])
    assert not Track.objects.filter(dossier=dossier, is_open=True).exists()
    for day in (HANDED_IN, date(2026, 1, 31), date(2026, 2, 1), LAST):
        assert listed(day) == []
    assert listed(AFTER) == [(picture.pk, LAST)]
    with clock.simulated(AFTER):
        assert retention.list_over() == 0


def test_the_time_runs_from_the_sampling_as_it_stands_after_corrections(world, files):
    """The act that counts D16 begins it, even where the picture came with an earlier act."""
    picture = files(good.photograph())
    dossier = world.sampled_until_precheck("SD2024-001", VISITED)
    with clock.simulated(date(2024, 3, 5)):
        act, facts = world.matter(dossier, "sampling").complete_sampling, FACTS["sampling.complete_sampling"]
        perform(
            act, by=world.actor("sampler"), on=date(2024, 3, 4), facts=facts, evidence=[Attached("photo", picture, "a")]
        )
    assert listed(date(2030, 1, 1)) == []
    Track.objects.filter(dossier=dossier).update(is_open=False)
    Deadline.objects.filter(dossier=dossier).update(status=Deadline.Status.ENDED)
    assert listed(date(2026, 3, 5)) == []
    assert listed(date(2026, 3, 6)) == [(picture.pk, date(2026, 3, 5))]


def test_what_is_reopened_leaves_the_list(world, files):
    dossier = not_sampled(world, "SD2024-001", [Attached("photo", files(good.photograph()), "a.jpg")])
    assert len(listed(AFTER)) == 1
    Track.objects.filter(dossier=dossier).update(is_open=True)
    assert listed(AFTER) == []


@pytest.mark.parametrize("kind", ["signed_sheet", "licence", "letter", "other"])
def test_papers_are_never_listed(kind, world, files):
    """What Article 53 wants in the file stays with it."""
    not_sampled(world, "SD2024-001", [Attached(kind, files(making.plain()), "纸.pdf")])
    assert listed(date(2060, 1, 1)) == []


def test_a_picture_of_another_chapter_is_never_listed(world, files):
    dossier = world.reported("SD2024-001", date(2024, 5, 6), date(2024, 5, 27))
    world.told(dossier, "P", date(2024, 5, 28), date(2024, 5, 30))
    case = world.matter(dossier, "result_notice")
    Evidence.objects.create(
        dossier=dossier,
        entry=dossier.entries.filter(chart=case.chart).last(),
        kind="photo",
        stored=files(good.photograph()),
        name="x.jpg",
    )
    Track.objects.filter(dossier=dossier).update(is_open=False)
    Deadline.objects.filter(dossier=dossier).update(status=Deadline.Status.ENDED)
    assert listed(date(2060, 1, 1)) == []


def other_dossier(world, picture):
    """The same picture came with the visit of a dossier that is still open."""
    dossier = world.sampled_until_precheck("SD2024-009", VISITED)
    entry = dossier.entries.filter(chart="sampling").last()
    Evidence.objects.create(dossier=dossier, entry=entry, kind="photo", stored=picture, name="x.jpg")


def on_its_way(_world, picture):
    with clock.simulated(AFTER):
        upload = receiving.begin("post:1", office="x", name="x", size=1, now=clock.now())
    upload.stored = picture
    upload.save()


def proof_in_its_columns(world, picture):
    dossier = world.reported("SD2024-010", date(2024, 5, 6), date(2024, 5, 27))
    world.told(dossier, "P", date(2024, 5, 28), date(2024, 5, 30))
    Service.objects.update(proof_file=picture.file, proof_sha256=picture.pk)


@pytest.mark.parametrize("holds", [other_dossier, on_its_way, proof_in_its_columns])
def test_what_anything_else_needs_is_never_listed(holds, world, files):
    picture = files(good.photograph())
    not_sampled(world, "SD2024-001", [Attached("photo", picture, "a.jpg")])
    assert len(listed(AFTER)) == 1
    holds(world, picture)
    assert listed(AFTER) == []


def test_the_application_itself_cannot_destroy(world, files):
    picture = files(good.photograph())
    not_sampled(world, "SD2024-001", [Attached("photo", picture, "a.jpg")])
    listed(AFTER)
    with clock.simulated(AFTER), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        retention.confirm([picture.pk], WORD)
    assert storage.read(picture.file, picture.pk) == good.photograph()


@pytest.fixture
def over(committed_db, files, monkeypatch):
    """Two dossiers whose time is over, for real, and the owner of their tables."""
    world = cast.build()
    picture, paper = files(good.photograph()), files(making.plain())
    come = [Attached("photo", picture, "场所.jpg"), Attached("signed_sheet", paper, "抽样单.pdf")]
    dossier = not_sampled(world, "SD2024-001", come)
    owner = addresses.with_name(databases.owner_url(), addresses.name_of(committed_db))
    monkeypatch.setattr(databases, "owner_url", lambda: owner)
    listed(AFTER)
    return SimpleNamespace(world=world, dossier=dossier, picture=picture, paper=paper, owner=owner)


def destroyed(over, keys=None):
    with clock.simulated(AFTER), databases.using(over.owner):
        return retention.confirm(keys or [over.picture.pk], WORD)


def test_on_a_persons_word_file_leaf_and_small_picture_go_and_all_else_stays(over, settings):
    before = {path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()}
    assert [row.stored_id for row in destroyed(over, [over.picture.pk, over.paper.pk])] == [over.picture.pk]
    row = StoredFile.objects.get(pk=over.picture.pk)
    assert (row.is_gone, row.leaf_file, row.thumb_file, row.size) == (True, "", "", over.picture.size)
    gone = before - {path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()}
    assert {str(path.relative_to(settings.MEDIA_ROOT)) for path in gone} == {
        over.picture.file,
        over.picture.leaf_file,
        over.picture.thumb_file,
    }
    assert StoredFile.objects.get(pk=over.paper.pk).file == over.paper.file
    assert not [one for one in promises() if one.sha256 == over.picture.pk]
    assert Evidence.objects.filter(dossier=over.dossier).count() == 2
    assert list(entries.verify(Dossier.objects.get(pk=over.dossier.pk))) == []
    with clock.simulated(AFTER):
        audit.anchor_days_over()
        assert [broken for broken in checking.check() if broken.invariant in {"I3", "I7"}] == []


def test_the_book_and_the_pages_say_when_and_by_whom(over):
    destroyed(over)
    line = Record.objects.get(kind="evidence.destroyed")
    assert (line.dossier_id, line.address, line.reason) == (over.dossier.pk, WORD.account, WORD.reason)
    assert (line.after["sha256"], line.after["by"], line.after["name"]) == (over.picture.pk, WORD.name, "场所.jpg")
    client = Client()
    client.force_login(over.world.posts["province"].user)
    with clock.simulated(AFTER):
        shown = client.get(f"/dossiers/{over.dossier.number}/?tab=papers").content.decode()
        assert "保存期满，已销毁" in shown
        assert "2026-02-06" in shown.partition("已销毁")[2][:200]
        assert WORD.name in shown.partition("已销毁")[2][:300]
        row = Evidence.objects.get(stored=over.picture)
        assert client.get(f"/dossiers/{over.dossier.number}/evidence/{row.pk}/").status_code == 404
        assert client.get(f"/dossiers/{over.dossier.number}/evidence/{row.pk}/thumbnail/").status_code == 404
        bound = bind_case_file(in_sight(over.world.actor("province"), over.dossier.number))
    said = "".join(page.extract_text() for page in PdfReader(BytesIO(bound.pdf)).pages).replace("\n", "")
    assert "保存期满，已按规定销毁" in said
    assert f"2026-02-06由{WORD.name}确认" in said
    assert not [name for name in bound.originals if "照片" in name]


def test_what_was_destroyed_is_not_taken_again(over):
    """Neither as a new file, nor by an act that had it in its hands when it went."""
    stale = StoredFile.objects.get(pk=over.picture.pk)
    destroyed(over)
    with pytest.raises(FileRefused) as refused:
        keep_bytes(good.photograph(), at=clock.now())
    assert refused.value.code == "destroyed"
    with pytest.raises(BadFacts, match=r"destroyed|销毁"):
        not_sampled(over.world, "SD2024-002", [Attached("photo", stale, "b.jpg")], AFTER)
    assert not Evidence.objects.filter(dossier__number="SD2024-002").exists()


def test_a_store_that_is_away_is_asked_again_by_the_next_night(over, monkeypatch):
    def away(*_args):
        raise storage.Away("silent")

    with monkeypatch.context() as broken:
        broken.setattr(storage.Folder, "destroy", away)
        assert len(destroyed(over)) == 1
    waits = Disposal.objects.get()
    assert waits.names == [over.picture.file, over.picture.leaf_file, over.picture.thumb_file]
    assert storage.read(over.picture.file, over.picture.pk)
    with clock.simulated(AFTER):
        list_for_disposal()
    assert Disposal.objects.get().names == []
    with pytest.raises(FileNotFoundError):
        storage.read(over.picture.file, over.picture.pk)


def test_the_command_lists_and_confirms(over, capsys):
    def said(*arguments):
        options = vars(command_line(*arguments))
        with clock.simulated(AFTER):
            code = command.run(SimpleNamespace(**options))
        return code, capsys.readouterr().out

    code, out = said("list", "--json")
    assert code == 0
    (row,) = json.loads(out)["files"]
    assert (row["sha256"], row["kept_until"], row["came_with"][0]["dossier"]) == (
        over.picture.pk,
        LAST.isoformat(),
        "SD2024-001",
    )
    named = ("--by", "王建国", "--reason", "鲁市监档〔2026〕3号")
    assert said("confirm", *named)[0] == 2
    assert said("confirm", over.picture.pk[:4], *named)[0] == 2
    assert said("confirm", over.paper.pk, *named)[0] == 2
    assert said("confirm", "--all", "--by", "—", "--reason", "无")[0] == 2
    assert not Record.objects.filter(kind="evidence.destroyed").exists()
    assert said("confirm", over.picture.pk[:12], *named) == (0, f"{over.picture.pk}\n")
    assert json.loads(said("list", "--json")[1])["files"] == []


def command_line(*arguments):
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return parser.parse_args(arguments)


def test_a_file_that_came_to_be_used_after_the_listing_is_left(over, capsys):
    Track.objects.filter(dossier=over.dossier).update(is_open=True)
    assert destroyed(over) == []
    assert not StoredFile.objects.get(pk=over.picture.pk).is_gone


@pytest.mark.parametrize("name", ["papers/2024/a.pdf", "incoming/x/0", "files", "../x"])
def test_a_store_destroys_nothing_else(name, tmp_path):
    with pytest.raises(ValueError, match=r"kept for good|leads outside"):
        storage.Folder(tmp_path).destroy(name)
