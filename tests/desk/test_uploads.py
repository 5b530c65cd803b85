"""Files with an act: sent whole or in pieces, kept through a refusal, recorded with the act, opened by right."""

import re
from base64 import b64encode
from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from spotcheck.docket import clock
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Entry, Evidence
from spotcheck.files import receiving, storage
from spotcheck.files.models import StoredFile, Upload
from spotcheck.remediation.case_file import bind_case_file
from tests.files import good, hostile, making
from tests.small_disk import files_of, fill, small_disk

TODAY = date(2024, 6, 5)
PIECE = {"content_type": "application/offset+octet-stream"}


@pytest.fixture
def dossier(world, media):
    found = world.reported("SD2024-001", date(2024, 5, 6), date(2024, 5, 27))
    world.told(found, "P", date(2024, 5, 28), date(2024, 5, 30))
    case = MATTERS["rectification"].new(found, found.parties.get(label="P"))
    world.act(case.receive_report, by="county", on=date(2024, 5, 28))
    return found


@pytest.fixture
def officer(client_of):
    return client_of("county")


@pytest.fixture
def address(dossier):
    matter = MATTERS["rectification"].objects.get(dossier=dossier)
    return f"/dossiers/{dossier.number}/acts/rectification/{matter.pk}/issue_order/"


def announce(client, size, name="照片.jpg", **more):
    said = b64encode(name.encode()).decode()
    headers = {"Upload-Length": str(size), "Upload-Metadata": f"filename {said}", "Tus-Resumable": "1.0.0"}
    return client.post("/uploads/", more, headers=headers)


def send(client, content, name="照片.jpg", piece=100_000):
    """Send a file in pieces; the answer to the last one, and the key."""
    answer = announce(client, len(content), name)
    assert answer.status_code == 201
    place = answer.headers["Location"]
    for offset in range(0, len(content), piece):
        answer = client.patch(place, content[offset : offset + piece], headers={"Upload-Offset": str(offset)}, **PIECE)
    return answer, place.rstrip("/").rpartition("/")[2]


def test_a_file_in_pieces_waits_for_its_act_and_goes_with_it(officer, dossier, address):
    content = good.photograph()
    with clock.simulated(TODAY):
        answer, key = send(officer, content, piece=1000)
        assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, str(len(content)))
        row = officer.get(f"/uploads/{key}/row/?act=rectification.issue_order")
        assert "照片.jpg" in row.content.decode()
        assert officer.get(f"/uploads/{key}/thumbnail/").headers["Content-Type"] == "image/jpeg"
        done = officer.post(address, {"on": "2024-06-04", "upload": key, f"kind-{key}": "photo"})
    assert done.status_code == 302
    entry = Entry.objects.get(dossier=dossier, act="rectification.issue_order")
    row = Evidence.objects.get(entry=entry)
    assert (row.kind, row.name, row.stored.size) == ("photo", "照片.jpg", len(content))
    assert entry.evidence == [row.stored_id]
    assert not Upload.objects.exists()


def test_a_refused_act_loses_no_file(officer, dossier, address):
    with clock.simulated(TODAY):
        _answer, key = send(officer, good.photograph())
        again = officer.post(address, {"on": "2024-05-01", "upload": key, f"kind-{key}": "minutes"})
        page = again.content.decode()
        assert again.status_code in {409, 422}
        assert f'name="upload" value="{key}"' in page
        assert '<option value="minutes" selected>' in page
        assert Upload.objects.filter(pk=key).exists()
        officer.post(address, {"on": "2024-06-04", "upload": key, f"kind-{key}": "minutes"})
    assert Evidence.objects.get(dossier=dossier).kind == "minutes"


def test_without_a_script_files_travel_with_the_form_and_are_removed_by_a_button(officer, dossier, address):
    def sent(*files):
        return {"files": [SimpleUploadedFile(name, content) for name, content in files]}

    with clock.simulated(TODAY):
        again = officer.post(
            address, {"on": "", **sent(("a.pdf", making.plain()), ("b.exe", b"MZ"), ("c.jpg", good.photograph()))}
        )
        assert again.status_code == 422
        assert "认不出这是什么文件" in again.content.decode()
        first, second = Upload.objects.order_by("name")
        assert (first.name, second.name) == ("a.pdf", "c.jpg")
        keys = [str(first.pk), str(second.pk)]
        less = officer.post(address, {"on": "2024-06-04", "upload": keys, "drop": keys[0]})
        assert less.status_code == 200
        assert keys[0] not in less.content.decode()
        officer.post(address, {"on": "2024-06-04", "upload": keys[1]})
    assert [row.name for row in Evidence.objects.filter(dossier=dossier)] == ["c.jpg"]


@pytest.mark.parametrize("name", ["program", "pdf_with_a_named_script", "jpeg_cut", "word"])
def test_a_bad_file_is_refused_with_a_sentence_and_leaves_nothing(name, officer, dossier):
    _code, make = hostile.HOSTILE[name]
    with clock.simulated(TODAY):
        answer, key = send(officer, make())
    assert answer.status_code == 400
    assert answer.json()["type"] == "/problems/file-refused"
    assert answer.json()["title"]
    assert not Upload.objects.filter(pk=key).exists()
    assert not StoredFile.objects.exists()


def test_the_wire_says_where_it_stands_and_takes_no_piece_twice(officer, dossier):
    content = good.photograph()
    with clock.simulated(TODAY):
        assert officer.options("/uploads/").headers["Tus-Extension"] == "creation,termination"
        place = announce(officer, len(content)).headers["Location"]
        officer.patch(place, content[:500], headers={"Upload-Offset": "0"}, **PIECE)
        assert officer.head(place).headers["Upload-Offset"] == "500"
        again = officer.patch(place, content[:500], headers={"Upload-Offset": "0"}, **PIECE)
        assert (again.status_code, again.headers["Upload-Offset"]) == (409, "500")
        assert (
            officer.patch(place, b"x", headers={"Upload-Offset": "500"}, content_type="text/plain").status_code == 415
        )
        too_much = officer.patch(place, content, headers={"Upload-Offset": "500"}, **PIECE)
        assert too_much.status_code == 400
        assert officer.delete(place).status_code == 204
        assert officer.head(place).status_code == 404


def test_sizes_and_room_are_bounded_before_anything_arrives(officer, dossier, monkeypatch):
    with clock.simulated(TODAY):
        assert announce(officer, 0).status_code == 400
        assert announce(officer, 3 * 1024**3).status_code == 413


@pytest.mark.parametrize(("bound", "whose"), [("ROOM_OF_OFFICE", "office"), ("ROOM", "all")])
def test_whoever_cannot_make_room_is_told_to_wait_and_not_to_remove_files(officer, monkeypatch, bound, whose):
    with clock.simulated(TODAY):
        monkeypatch.setattr(receiving, bound, 1500)
        assert announce(officer, 1000).status_code == 201
        full = announce(officer, 1000)
        assert (full.status_code, full.json()["type"]) == (507, "no-room")
        assert full.json()["title"] == receiving.FULL[whose].zh


@pytest.mark.parametrize(("bound", "most"), [("ROOM_OF_ONE", 1500), ("MOST_OF_ONE", 1)])
def test_one_post_has_room_for_so_much_and_no_more(officer, client_of, dossier, monkeypatch, bound, most):
    """Others of the same office go on."""
    with clock.simulated(TODAY):
        monkeypatch.setattr(receiving, bound, most)
        assert announce(officer, 1000).status_code == 201
        full = announce(officer, 1000)
        assert (full.status_code, full.json()["type"]) == (507, "no-room")
        assert full.json()["title"] == receiving.FULL["post"].zh
        assert announce(client_of("city"), 1000).status_code == 201


def test_a_file_on_its_way_is_there_for_its_post_only(officer, client_of, dossier, address):
    with clock.simulated(TODAY):
        _answer, key = send(officer, good.photograph())
        other = client_of("city")
        for method, path in (
            ("head", ""),
            ("delete", ""),
            ("get", "row/?act=rectification.issue_order"),
            ("get", "thumbnail/"),
        ):
            assert getattr(other, method)(f"/uploads/{key}/{path}").status_code == 404
        assert officer.get("/uploads/not-a-key/thumbnail/").status_code == 404


def test_what_nobody_takes_up_is_forgotten_after_a_day(officer, dossier, media):
    with clock.simulated(TODAY):
        place = announce(officer, 5000).headers["Location"]
        officer.patch(place, b"x" * 100, headers={"Upload-Offset": "0"}, **PIECE)
        now = clock.now()
    assert receiving.forget_silent(now) == 0
    assert receiving.forget_silent(datetime.fromtimestamp(now.timestamp() + 86_401, tz=now.tzinfo)) == 1
    assert [path for path in media.rglob("*") if path.is_file()] == []


@pytest.fixture
def recorded(officer, dossier, address):
    """The order was issued with a photograph and a sheet."""
    with clock.simulated(TODAY):
        keys = [
            send(officer, content, name)[1]
            for name, content in (("照片.jpg", good.photograph()), ("表.xlsx", making.sheet()))
        ]
        officer.post(address, {"on": "2024-06-04", "upload": keys})
    return list(Evidence.objects.filter(dossier=dossier).order_by("pk"))


@pytest.mark.parametrize(
    ("who", "may"), [("county", True), ("city", True), ("province", True), ("lab", False), ("enterprise", False)]
)
def test_what_came_with_an_act_is_opened_by_bureaus_and_by_whoever_handed_it_in(
    who, may, recorded, client_of, world, dossier
):
    picture, sheet = recorded
    with clock.simulated(TODAY):
        client = client_of(who)
        for row in recorded:
            answer = client.get(f"/dossiers/{dossier.number}/evidence/{row.pk}/")
            assert answer.status_code == (200 if may else 404)
            assert not may or answer.getvalue()
        if may:
            answer = client.get(f"/dossiers/{dossier.number}/evidence/{picture.pk}/")
            assert answer.getvalue() == good.photograph()
            assert answer.headers["Content-Disposition"].startswith("inline")
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert client.get(f"/dossiers/{dossier.number}/evidence/{picture.pk}/thumbnail/").status_code == 200
            answer = client.get(f"/dossiers/{dossier.number}/evidence/{sheet.pk}/")
            assert answer.headers["Content-Disposition"].startswith("attachment")
            answer.getvalue()
            assert "表.xlsx" in client.get(f"/dossiers/{dossier.number}/?tab=papers").content.decode()


def test_the_case_file_holds_the_files_themselves(recorded, dossier):
    with clock.simulated(TODAY):
        bound = bind_case_file(dossier)
    marks = [mark.title for mark in PdfReader(BytesIO(bound.pdf)).outline]
    assert any("照片：照片.jpg" in mark for mark in marks)
    said = "".join(page.extract_text() for page in PdfReader(BytesIO(bound.pdf)).pages)
    assert "本件不能装订成页，原件在案卷压缩包内。" in said
    box = ZipFile(BytesIO(bound.zip))
    names = [name for name in box.namelist() if name.startswith("材料-")]
    assert sorted(name.rpartition(".")[2] for name in names) == ["jpg", "xlsx"]
    assert good.photograph() in [box.read(name) for name in names]


@pytest.fixture
def unreported(world, media):
    """Everything is tested, and the report is due."""
    found = world.sampled("SD2024-003", date(2024, 5, 6))
    world.tested(found, date(2024, 5, 6), date(2024, 5, 6))
    return found


REPORT = {"on": "2024-06-05", "signed": "1", "items-0-name": "电阻", "items-0-kind": "safety"}
FAILED = REPORT | {"conclusion": "nonconforming", "analysis": "1", "items-0-result": "fail"}
PASSED = REPORT | {"conclusion": "conforming", "items-0-result": "pass"}


def report_of(dossier):
    return f"/dossiers/{dossier.number}/acts/inspection/{MATTERS['inspection'].objects.get(dossier=dossier).pk}/issue_report/"


def test_art31_a_report_comes_with_its_file_and_a_nonconforming_one_with_its_analysis(client_of, unreported):
    """The form says what is wanted, the refusal what is missing; nothing is recorded, and no file is lost."""
    lab, address = client_of("lab"), report_of(unreported)
    with clock.simulated(TODAY):
        asked = lab.get(address).content.decode()
        assert "检验报告" in asked.partition('class="wanted"')[2].partition("</div>")[0]
        assert 'name="no_file_reason"' in asked
        bare = lab.post(address, FAILED)
        assert bare.status_code == 409
        assert "没有提交检验报告" in bare.content.decode()
        assert "没有提交质量分析报告" in bare.content.decode()
        assert "第三十一条" in bare.content.decode()
        _answer, key = send(lab, making.plain(), "报告.pdf")
        half = lab.post(address, FAILED | {"upload": key})
        assert half.status_code == 409
        assert "没有提交检验报告" not in half.content.decode()
        assert f'name="upload" value="{key}"' in half.content.decode()
        assert not Entry.objects.filter(dossier=unreported, act="inspection.issue_report").exists()
        _answer, other = send(lab, making.plain(2), "分析.pdf")
        assert lab.post(address, FAILED | {"upload": [key, other]}).status_code == 302
    entry = Entry.objects.get(dossier=unreported, act="inspection.issue_report")
    assert [row.kind for row in entry.files.order_by("pk")] == ["report", "analysis"]


@pytest.mark.parametrize("sent", [PASSED | {"no_file_reason": "报告原件随样品寄送"}, PASSED], ids=["a reason", "none"])
def test_art31_a_conforming_report_wants_no_analysis_and_a_reason_stands_for_the_file(sent, client_of, unreported):
    lab = client_of("lab")
    with clock.simulated(TODAY):
        done = lab.post(report_of(unreported), sent)
    assert done.status_code == (302 if "no_file_reason" in sent else 409)
    found = Entry.objects.filter(dossier=unreported, act="inspection.issue_report")
    assert [entry.facts["no_file_reason"] for entry in found] == ["报告原件随样品寄送"] * ("no_file_reason" in sent)
    assert "质量分析报告" not in done.content.decode().partition('role="alert"')[2].partition("</ul>")[0]


def test_a_file_of_the_kind_that_is_wanted_answers_the_claim_by_itself(client_of, world, media):
    """Article 14: a photograph of the label stands for the evidence, which nobody then has to write."""
    dossier = world.sampled_until_precheck("SD2024-004", date(2024, 5, 6))
    matter = MATTERS["sampling"].objects.get(dossier=dossier)
    address = f"/dossiers/{dossier.number}/acts/sampling/{matter.pk}/terminate_illegal/"
    sampler, sent = client_of("sampler"), {"on": "2024-05-06", "suspicion": "other", "finding": "许可证编号查无此证"}
    with clock.simulated(date(2024, 5, 6)):
        assert sampler.post(address, sent).status_code == 422
        _answer, key = send(sampler, good.photograph())
        assert sampler.post(address, sent | {"upload": key}).status_code == 302
    entry = Entry.objects.get(dossier=dossier, act="sampling.terminate_illegal")
    assert entry.facts["evidence"].startswith("照片“照片.jpg”")


def test_a_form_with_files_that_is_sent_twice_is_done_once(client_of, world, media):
    """The second click finds its files gone with the first, and the claim for which they stood."""
    dossier = world.sampled_until_precheck("SD2024-004", date(2024, 5, 6))
    matter = MATTERS["sampling"].objects.get(dossier=dossier)
    address = f"/dossiers/{dossier.number}/acts/sampling/{matter.pk}/terminate_illegal/"
    sampler, sent = client_of("sampler"), {"on": "2024-05-06", "suspicion": "other", "finding": "许可证编号查无此证"}
    with clock.simulated(date(2024, 5, 6)):
        seen = re.search(r'name="seen" value="(\d+)"', sampler.get(address).content.decode())[1]
        _answer, key = send(sampler, good.photograph())
        sent |= {"upload": key, "seen": seen}
        assert [sampler.post(address, sent).status_code for _click in range(3)] == [302, 302, 302]
        assert sampler.post(address, sent | {"finding": "另一张许可证也查无此证"}).status_code == 422
        assert sampler.post(address, sent | {"upload": str(matter.pk)}).status_code == 302
        without = {name: value for name, value in sent.items() if name != "upload"}
        assert sampler.post(address, without).status_code == 422
    entry = Entry.objects.get(dossier=dossier, act="sampling.terminate_illegal")
    assert Evidence.objects.filter(entry=entry).count() == 1


@pytest.fixture
def long_ones(monkeypatch):
    """Every file is a long one, and nobody is told to check it."""
    told = []
    monkeypatch.setattr(receiving, "AT_ONCE", 10)
    monkeypatch.setattr("spotcheck.docket.tasks.check_upload.apply_async", lambda keys, **_more: told.append(keys))
    return told


def test_a_long_file_is_checked_outside_the_request_and_tells_how_far_it_is(
    officer, dossier, address, long_ones, monkeypatch
):
    monkeypatch.setattr(receiving, "TOLD_EVERY", 1)
    content = good.photograph()
    with clock.simulated(TODAY):
        answer, key = send(officer, content, piece=1000)
        assert answer.status_code == 204
        assert long_ones == [(key,)]
        assert Upload.objects.get(pk=key).stored is None
        row = f"/uploads/{key}/row/?act=rectification.issue_order"
        waits = officer.get(row)
        assert (waits.status_code, waits.json()["percent"]) == (202, 0)
        assert "正在检查" in waits.json()["says"]
        Upload.objects.filter(pk=key).update(put_together=len(content) // 2)
        assert 40 <= officer.get(row).json()["percent"] <= 50
        early = officer.post(address, {"on": "2024-06-04", "upload": key})
        page = early.content.decode()
        assert early.status_code == 422
        assert "检查完就可以提交" in page
        assert f'data-unchecked="/uploads/{key}/"' in page
        assert f'name="upload" value="{key}"' in page
        assert not Entry.objects.filter(dossier=dossier, act="rectification.issue_order").exists()
        receiving.check(Upload.objects.get(pk=key).pk, now=clock.now())
        assert Upload.objects.get(pk=key).put_together == len(content)
        assert officer.get(row).status_code == 200
        done = officer.post(address, {"on": "2024-06-04", "upload": key, f"kind-{key}": "photo"})
    assert done.status_code == 302
    assert Evidence.objects.get(dossier=dossier).stored.size == len(content)


def test_a_long_file_that_is_refused_says_why_once_and_is_forgotten(officer, dossier, long_ones):
    with clock.simulated(TODAY):
        _answer, key = send(officer, hostile.HOSTILE["pdf_with_a_named_script"][1]())
        receiving.check(Upload.objects.get(pk=key).pk, now=clock.now())
        assert Upload.objects.get(pk=key).refused
        row = f"/uploads/{key}/row/?act=rectification.issue_order"
        told = officer.get(row)
        assert (told.status_code, told.json()["type"]) == (400, "/problems/file-refused")
        assert officer.get(row).status_code == 404
    assert not StoredFile.objects.exists()


def test_a_store_that_is_away_at_the_end_is_tried_again(officer, dossier, media, monkeypatch):
    """The last piece is answered; what failed afterwards is the job's to mend, not the sender's."""

    def away(*_args):
        raise storage.Away("silent")

    with clock.simulated(TODAY):
        with monkeypatch.context() as broken:
            broken.setattr(storage.Folder, "put_file", away)
            answer, key = send(officer, good.photograph())
            assert answer.status_code == 204
        upload = Upload.objects.get(pk=key)
        assert (upload.waits_for, upload.stored) == (receiving.STORE, None)
        row = f"/uploads/{key}/row/?act=rectification.issue_order"
        assert "存储暂时没有应答" in officer.get(row).json()["says"]
        assert receiving.to_check(clock.now()) == [upload.pk]
        receiving.check(upload.pk, now=clock.now())
        assert officer.get(row).status_code == 200
        assert receiving.to_check(clock.now()) == []


def test_two_workers_do_not_check_one_file_and_a_dead_one_is_followed(officer, dossier, long_ones):
    with clock.simulated(TODAY):
        _answer, key = send(officer, good.photograph())
        now = clock.now()
        Upload.objects.filter(pk=key).update(checking_since=now)
        receiving.check(Upload.objects.get(pk=key).pk, now=now)
        assert Upload.objects.get(pk=key).stored is None
        assert receiving.to_check(now) == []
        later = datetime.fromtimestamp(now.timestamp() + receiving.LEASE_SECONDS + 1, tz=now.tzinfo)
        assert [str(one) for one in receiving.to_check(later)] == [key]
        receiving.check(Upload.objects.get(pk=key).pk, now=later)
    assert Upload.objects.get(pk=key).stored is not None


def test_a_broker_that_is_away_delays_the_check_and_nothing_else(officer, dossier, monkeypatch):
    def away(*_args, **_more):
        raise ConnectionError("no broker")

    monkeypatch.setattr(receiving, "AT_ONCE", 10)
    monkeypatch.setattr("spotcheck.docket.tasks.check_upload.apply_async", away)
    with clock.simulated(TODAY):
        answer, key = send(officer, good.photograph())
        assert answer.status_code == 204
        assert [str(one) for one in receiving.to_check(clock.now())] == [key]


def test_a_store_that_is_away_while_a_form_brings_a_file_is_told_and_leaves_nothing(
    officer, dossier, address, monkeypatch
):
    def away(*_args):
        raise storage.Away("silent")

    monkeypatch.setattr(storage.Folder, "put_file", away)
    with clock.simulated(TODAY):
        sent = {"on": "2024-06-04", "files": [SimpleUploadedFile("a.pdf", making.plain())]}
        answer = officer.post(address, sent)
    assert answer.status_code == 422
    assert "文件没有收下" in answer.content.decode()
    assert not Upload.objects.exists()


def test_a_disk_that_is_full_refuses_a_file_in_words_and_what_was_sent_goes_on(
    officer, dossier, address, settings, tmp_path
):
    content = good.photograph()
    with small_disk(tmp_path / "disk") as disk, clock.simulated(TODAY):
        settings.MEDIA_ROOT = disk
        place = announce(officer, len(content)).headers["Location"]
        officer.patch(place, content[:500], headers={"Upload-Offset": "0"}, **PIECE)
        before, ballast = files_of(disk), fill(disk)
        full = officer.patch(place, content[500:], headers={"Upload-Offset": "500"}, **PIECE)
        assert (full.status_code, full.json()["type"]) == (507, "no-room")
        assert "存储空间已满" in full.json()["title"]
        whole = officer.post("/uploads/", {"file": SimpleUploadedFile("a.jpg", content)})
        assert whole.status_code == 507
        in_form = officer.post(address, {"on": "2024-06-04", "files": SimpleUploadedFile("a.jpg", content)})
        assert in_form.status_code == 422
        assert "空间已满" in in_form.content.decode()
        assert files_of(disk) == before
        assert (Upload.objects.get().received, officer.head(place).headers["Upload-Offset"]) == (500, "500")
        ballast.unlink()
        assert officer.patch(place, content[500:], headers={"Upload-Offset": "500"}, **PIECE).status_code == 204
        key = place.rstrip("/").rpartition("/")[2]
        assert officer.post(address, {"on": "2024-06-04", "upload": key, f"kind-{key}": "photo"}).status_code == 302
        assert storage.read(*Evidence.objects.values_list("stored__file", "stored__sha256").get()) == content
