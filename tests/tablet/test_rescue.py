"""A tablet that cannot send: its rescue file is taken in by two people, as what comes by line would be."""

import io
import json
import os
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.test import Client

from spotcheck.api.problems import Problem
from spotcheck.docket.models import Dossier, Entry, Record
from spotcheck.notices import numbering
from spotcheck.notices.models import NumberBlock, VoidedNumber
from spotcheck.parties.models import Post
from spotcheck.sampling.models import FieldAct, FieldBatch
from spotcheck.tablet import escrow, rescue
from spotcheck.tablet.models import Device
from tests.desk.world import World
from tests.tablet.conftest import NUMBER, Tablet, tablet_of
from tests.tablet.writing import Log, command

PASSPHRASE = "江北水城 2026 梧桐树下"
PIECE = 524_288


@pytest.fixture
def bureau(world: World, today: Any) -> rsa.RSAPrivateKey:
    """The bureau has an escrow key."""
    _made, pem = escrow.make(PASSPHRASE, account="operator@server")
    return escrow.read(pem.encode(), PASSPHRASE)


@pytest.fixture
def log(world: World, dossier: Dossier, tablet: Tablet) -> Log:
    return Log(tablet, NUMBER, [world.posts["sampler"].pk, world.posts["lina"].pk])


@pytest.fixture
def consent(world: World, tablet: Tablet) -> str:
    device = Device.objects.get(pk=tablet.device)
    return rescue.consent(device, by=world.posts["province"], reason="平板进水，无法上传").text


def exported(log: Log, bureau: rsa.RSAPrivateKey, **head: Any) -> bytes:
    """The rescue file of a log, as ``web/LOG.md`` describes it."""
    key = os.urandom(32)
    wrapped = bureau.public_key().encrypt(key, padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None))
    store = AESGCM(key)
    out = io.BytesIO()
    out.write(b"SCRESCUE1\n")

    def record(about: dict[str, Any], name: str = "", content: bytes | None = None) -> None:
        data = b""
        if content is not None:
            iv = os.urandom(12)
            data = store.encrypt(iv, content, name.encode())
            about = about | {"iv": b64encode(iv).decode(), "length": len(data)}
        said = json.dumps(about).encode()
        out.write(len(said).to_bytes(4, "little") + said + data)

    person = {
        "kind": "person", "device": log.tablet.device, "user": Post.objects.get(pk=log.by[0]).user_id, "post": log.by[0],
        "name": "张伟", "made_at": log.at()["wall"], "app": "1.0.0", "kid": "k", "escrow": b64encode(wrapped).decode(),
        "logs": {log.visit: log.package},
    } | head  # fmt: skip
    record(person)
    for act in log.acts:
        about = {"kind": "act", "id": act["id"], "visit": act["visit"], "seq": act["seq"]}
        record(about, f"act/{act['id']}", json.dumps(act).encode())
    for digest, content in log.files.items():
        pieces = [content[at : at + PIECE] for at in range(0, len(content), PIECE)]
        about = {"sha256": digest, "visit": log.visit, "size": len(content), "name": "a.jpg", "type": "image/jpeg"}
        record({"kind": "file", "pieces": len(pieces)} | about)
        for number, piece in enumerate(pieces):
            record({"kind": "piece", "sha256": digest, "n": number}, f"piece/{digest}/{number}", piece)
    record({"kind": "end"})
    return out.getvalue()


def take_in(content: bytes, bureau: rsa.RSAPrivateKey, code: str) -> rescue.Taken:
    return rescue.take_in(io.BytesIO(content), bureau, code, account="operator@server")


def test_a_whole_visit_is_taken_in_once_however_often(
    log: Log, dossier: Dossier, bureau: rsa.RSAPrivateKey, consent: str
) -> None:
    content = exported(log.whole(), bureau)
    taken = take_in(content, bureau, consent)
    assert (taken.visits, taken.acts, taken.files, taken.refused) == ([NUMBER], len(log.acts), len(log.files), [])
    acts = [entry.act for entry in Entry.objects.filter(dossier=dossier).order_by("sequence")]
    assert acts.count("sampling.complete_sampling") == 1
    assert FieldBatch.objects.get().reason == "平板进水，无法上传"
    take_in(content, bureau, consent)
    assert Entry.objects.filter(dossier=dossier).count() == len(acts)
    assert FieldAct.objects.count() == len(log.acts)
    line = Record.objects.filter(kind="device.rescue").first()
    assert line is not None
    assert (line.reason, line.address) == ("平板进水，无法上传", "operator@server")


def test_what_was_sent_before_is_not_there_twice(
    log: Log, dossier: Dossier, bureau: rsa.RSAPrivateKey, consent: str
) -> None:
    log.notice()
    assert log.send().status_code == 201
    log.precheck()
    log.sheet()
    taken = take_in(exported(log, bureau), bureau, consent)
    assert taken.refused == []
    assert {act.outcome for act in FieldAct.objects.filter(act__contains=".")} == {"done"}
    assert FieldAct.objects.count() == len(log.acts)


def test_two_people_are_needed(
    world: World, log: Log, dossier: Dossier, bureau: rsa.RSAPrivateKey, consent: str, today: Any
) -> None:
    content = exported(log.whole(), bureau)
    with pytest.raises(Problem):
        take_in(content, bureau, "another-code")
    other, pem = escrow.make(PASSPHRASE, account="x")
    with pytest.raises(escrow.NotThisKey):
        take_in(content, escrow.read(pem.encode(), PASSPHRASE), consent)
    with pytest.raises(escrow.NotThisKey):
        escrow.read(pem.encode(), "another passphrase")
    elsewhere = rescue.consent(
        Device.objects.get(pk=tablet_of(world, "lina", secret=12).device), by=world.posts["province"], reason="丢失"
    )
    with pytest.raises(Problem):  # the consent of another tablet
        take_in(content, bureau, elsewhere.text)
    assert FieldAct.objects.count() == 0
    assert escrow.in_force() == {**other.public_jwk, "kid": other.kid}


@pytest.mark.parametrize("cut", [5, 12, 40, -1, -2000])
def test_a_file_that_is_not_whole_is_refused(
    log: Log, dossier: Dossier, bureau: rsa.RSAPrivateKey, consent: str, cut: int
) -> None:
    log.notice()
    with pytest.raises(rescue.NotARescueFile):
        take_in(exported(log, bureau)[:cut], bureau, consent)
    assert FieldAct.objects.count() == 0


def test_a_changed_byte_and_a_stranger_are_refused(
    log: Log, dossier: Dossier, bureau: rsa.RSAPrivateKey, consent: str
) -> None:
    log.notice()
    content = bytearray(exported(log, bureau))
    content[-400] ^= 1  # within the last piece
    with pytest.raises(rescue.NotARescueFile):
        take_in(bytes(content), bureau, consent)
    with pytest.raises(rescue.NotARescueFile):
        take_in(exported(log, bureau, user=1), bureau, consent)
    assert FieldAct.objects.count() == 0


def test_the_commands_and_the_page(
    world: World, log: Log, dossier: Dossier, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the key to what is on record, by the command of whoever operates and the page of the officer."""
    words, key, file = tmp_path / "words", tmp_path / "escrow.pem", tmp_path / "x.screscue"
    words.write_text(PASSPHRASE, encoding="utf-8")
    assert command("escrow", str(key), "--passphrase-file", str(words)) == 0
    assert (key.stat().st_mode & 0o777, "ENCRYPTED" in key.read_text(encoding="utf-8")) == (0o600, True)
    answer = log.tablet.sign_in(world.posts["sampler"])
    told = answer.json()["escrow_key"]
    assert told["kid"] == escrow.in_force()["kid"]  # type: ignore[index]
    private = escrow.read(key.read_bytes(), PASSPHRASE)
    assert b64decode(told["n"] + "=", altchars=b"-_") == private.public_key().public_numbers().n.to_bytes(384, "big")
    file.write_bytes(exported(log.whole(), private))
    post, client = world.posts["province"], Client()
    client.force_login(post.user)
    page = client.post(f"/devices/{log.tablet.device}/rescue/", {"reason": "屏幕损坏", "as_post": post.pk})
    code = page.context["code"].text
    assert code in page.content.decode()
    more = ["--key", str(key), "--passphrase-file", str(words), "--lang", "zh-hans"]
    assert command("import", str(file), "--code", "wrong", *more) == 1
    assert command("import", str(file), "--code", code, *more) == 0
    assert "1 次抽样" in capsys.readouterr().out
    assert Entry.objects.filter(dossier=dossier, act="sampling.complete_sampling").exists()


def _block(log: Log, name: str) -> list[str]:
    """Three numbers for the county of the visit."""
    wanted = {"id": name, "county": log.tablet.visits()[0]["county"], "count": 3}
    return list(log.tablet.call("POST", "/blocks", wanted, proven=True).json()["numbers"])


def test_a_number_that_was_spoiled_is_voided_with_its_reason(log: Log, dossier: Dossier) -> None:
    """And no sheet bears it any more (Article 16)."""
    numbers = _block(log, "0197f3aa-0000-7abc-8def-00000000000a")
    log.notice()
    log.precheck()
    log.write("void_number", {"number": numbers[0], "reason": "打印错误"})
    log.write("void_number", {"number": numbers[0], "reason": "又一次"})
    log.write("void_number", {"number": "SC26000000XX0001A", "reason": "不是我们的"})
    log.sheet(sheet_number=numbers[1])
    answer = log.send()
    assert answer.json()["acts"][-1]["outcome"] == "done", answer.json()["acts"][-1]
    assert [(one.number, one.reason) for one in VoidedNumber.objects.all()] == [(numbers[0], "打印错误")]
    rest = numbering.give_back(NumberBlock.objects.get(holder__startswith="device:"), "交回")
    assert rest == [numbers[2]]


def test_a_voided_number_is_on_no_sheet(log: Log, dossier: Dossier) -> None:
    numbers = _block(log, "0197f3aa-0000-7abc-8def-00000000000b")
    log.notice()
    log.precheck()
    log.write("void_number", {"number": numbers[0], "reason": "打印错误"})
    log.sheet(sheet_number=numbers[0])
    answer = log.send().json()["acts"][-1]
    assert answer["outcome"] == "parked"
