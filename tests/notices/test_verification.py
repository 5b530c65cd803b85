"""The public page: what it says, what it does not say, and the check of a file byte for byte."""

import hashlib
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from spotcheck.files import storage
from spotcheck.notices import production
from spotcheck.notices.models import Paper
from spotcheck.public import views


@pytest.fixture(autouse=True)
def _from_scratch(monkeypatch):
    """Each test may ask as often as it likes, but for the one about asking too often."""
    monkeypatch.setattr(views, "ALLOWED", 10_000)
    monkeypatch.setattr(views, "UNKNOWN", 10_000)


@pytest.fixture
def paper(thirteen, media) -> Paper:
    found = thirteen.get(form=11)
    production.draw_paper(found.pk)
    found.refresh_from_db()
    return found


def test_the_page_says_number_issuer_date_hash_and_that_it_holds(client, paper):
    said = client.get(f"/p/{paper.code}").content.decode()
    for words in (paper.number, paper.issuer.name, "2022-03-22", paper.sha256, "有效"):
        assert words in said


def test_the_page_names_no_party(client, paper):
    said = client.get(f"/p/{paper.code}").content.decode()
    for party in paper.dossier.parties.all():
        assert party.enterprise.name not in said
        assert party.enterprise.credit_code not in said


@pytest.mark.parametrize("status", ["withdrawn", "superseded", "voided"])
def test_a_paper_that_no_longer_holds_says_so(client, paper, status):
    Paper.objects.filter(pk=paper.pk).update(status=status)
    assert "，有效。" not in client.get(f"/p/{paper.code}").content.decode()


def test_a_code_may_be_typed_as_it_is_read(client, paper):
    typed = production.grouped(paper.code).lower().replace("0", "o").replace("1", "l")
    assert client.get("/p/", {"code": typed}).status_code == 200


def test_a_code_that_is_not_ours(client, paper):
    answer = client.get("/p/AAAAAAAAAAAAAAAA")
    assert answer.status_code == 404
    assert "不要相信" in answer.content.decode()


def test_the_very_file_is_recognised_and_a_changed_one_is_not(client, paper):
    content = storage.read(paper.file, paper.sha256)

    def sent(data: bytes) -> str:
        file = SimpleUploadedFile("x.pdf", data, "application/pdf")
        return client.post(f"/p/{paper.code}/check", {"file": file}).content.decode()

    assert "逐字节一致" in sent(content)
    assert "不一致" in sent(content + b"\n")
    assert "不一致" in sent(content.replace(b"/Type", b"/Typf", 1))


def test_asking_too_often_is_refused_for_a_minute(client, paper, monkeypatch):
    monkeypatch.setattr(views, "ALLOWED", 3)
    address = {"REMOTE_ADDR": "203.0.113.9"}
    codes = [client.get(f"/p/{paper.code}", **address).status_code for _ in range(5)]
    assert codes[:3] == [200, 200, 200]
    assert codes[3:] == [429, 429]
    assert client.get(f"/p/{paper.code}", REMOTE_ADDR="203.0.113.10").status_code == 200


def test_the_page_says_what_the_paper_rests_on(client, paper):
    """The hash of the snapshot, counted as the documentation says, so that others can count it too."""
    text = json.dumps(paper.snapshot, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() in client.get(f"/p/{paper.code}").content.decode()


def test_a_file_far_too_large_is_not_even_read(client, paper):
    """The length is told before the content comes; nobody fills our disk to learn that it is no paper of ours."""
    sent = SimpleUploadedFile("x.pdf", b"%PDF-1.4", "application/pdf")
    answer = client.post(f"/p/{paper.code}/check", {"file": sent}, CONTENT_LENGTH=str(10**9))
    assert "文件太大" in answer.content.decode()


def test_a_check_needs_no_session_and_leaves_no_cookie(paper):
    """Whoever holds a paper may ask, from any page and without being followed."""
    client = Client(enforce_csrf_checks=True)
    file = SimpleUploadedFile("x.pdf", storage.read(paper.file, paper.sha256), "application/pdf")
    answer = client.post(f"/p/{paper.code}/check", {"file": file})
    assert "逐字节一致" in answer.content.decode()
    assert not answer.cookies
