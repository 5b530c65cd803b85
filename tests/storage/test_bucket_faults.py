"""The store of the files dies, cuts the line, changes what it is sent, or knows less than it should."""

import socketserver
import threading
from http.server import BaseHTTPRequestHandler
from secrets import token_bytes

import pytest

from spotcheck.files import bucket as buckets
from spotcheck.files import storage
from spotcheck.files.bucket import Bucket
from spotcheck.files.stores import Away
from spotcheck.notices import production
from spotcheck.notices.models import Paper
from spotcheck.wiring.machine.devservices import free_port
from tests.storage.server import BUCKET, SECRET, client

pytestmark = pytest.mark.slow

CONTENT = token_bytes(1_000_000)


@pytest.fixture(autouse=True)
def _soon_tired(monkeypatch):
    """Two tries and short waits: what is tested is what happens afterwards."""
    monkeypatch.setattr(buckets, "UNHURRIED", (1.0, 3.0, 2))
    buckets._made.cache_clear()
    yield
    buckets._made.cache_clear()


def names(s3: str, prefix: str) -> list[str]:
    """The names below a prefix, asked past the program."""
    return [row["Key"] for row in client(s3).list_objects_v2(Bucket=BUCKET, Prefix=prefix).get("Contents", ())]


def test_a_store_that_is_away_is_said_to_be_away(bucket, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", f"http://127.0.0.1:{free_port()}")
    for work in (lambda: storage.keep("a.pdf", b"x"), lambda: storage.read("a.pdf", "0" * 64), storage.store().look):
        with pytest.raises(Away, match="does not answer"):
            work()


def test_a_line_cut_while_a_file_is_sent_leaves_nothing_and_the_same_can_be_sent_again(line, bucket, s3):
    line.change = lambda data: data if len(data) < 20_000 else None
    with pytest.raises(Away):
        storage.keep("papers/cut.pdf", CONTENT)
    assert names(s3, bucket) == []
    line.change = lambda data: data
    kept = storage.keep("papers/cut.pdf", CONTENT)
    assert storage.read(kept.name, kept.sha256) == CONTENT


def test_a_line_cut_before_the_answer_is_heard_keeps_the_file_once(line, bucket, s3):
    answers: list[bytes] = []

    def lose_the_first(data: bytes) -> bytes | None:
        answers.append(data)
        return None if len(answers) == 1 else data

    line.answer = lose_the_first
    kept = storage.keep("papers/unheard.pdf", CONTENT)  # the second try finds itself there
    assert len(answers) > 1
    assert len(names(s3, bucket)) == 1
    assert storage.read(kept.name, kept.sha256) == CONTENT


def test_what_arrives_otherwise_than_it_was_sent_is_refused(line, bucket, s3):
    line.change = lambda data: data.replace(CONTENT[500_000:500_008], b"changed!")
    with pytest.raises(Away):
        storage.keep("papers/changed.pdf", CONTENT)
    assert names(s3, bucket) == []


def test_what_comes_back_otherwise_is_never_taken_for_the_file(line, bucket):
    kept = storage.keep("papers/changed.pdf", CONTENT)
    line.answer = lambda data: data.replace(CONTENT[500_000:500_008], b"changed!")
    with pytest.raises(OSError, match=r"papers/changed|does not answer"):
        storage.read(kept.name, kept.sha256)


def test_wrong_credentials_are_said_to_be_wrong_and_are_not_told(line, monkeypatch):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another-secret")
    with pytest.raises(Away) as refused:
        storage.keep("a.pdf", b"x")
    assert "SignatureDoesNotMatch" in str(refused.value)
    assert "another-secret" not in str(refused.value)
    assert SECRET not in str(refused.value)


class Careless(BaseHTTPRequestHandler):
    """A store that knows neither conditions nor hashes, and loses the last byte."""

    files: dict[str, bytes] = {}

    def do_PUT(self) -> None:
        self.files[self.path] = self.rfile.read(int(self.headers["Content-Length"]))[:-1]
        self._answer(b"")

    def do_GET(self) -> None:
        self._answer(self.files[self.path])

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


def test_a_store_that_confirms_nothing_is_asked_for_the_file_again(bucket, monkeypatch):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Careless) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", f"http://127.0.0.1:{server.server_address[1]}")
        with pytest.raises(storage.Damaged, match="not arrived as it was sent"):
            Bucket("careless").put("a.pdf", CONTENT)
        server.shutdown()


def test_a_paper_whose_store_is_away_keeps_its_number_and_comes_later(
    thirteen, bucket, s3, settings, tmp_path, monkeypatch
):
    settings.DATA = tmp_path
    paper = thirteen.filter(form=7).first()
    thirteen.update(drawing=Paper.Drawing.ON_DEMAND)
    thirteen.filter(pk=paper.pk).update(drawing=Paper.Drawing.WANTED)
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", f"http://127.0.0.1:{free_port()}")
    assert not production.draw_paper(paper.pk)
    paper.refresh_from_db()
    assert (paper.drawing, paper.file, paper.tries) == (Paper.Drawing.WANTED, "", 1)
    assert "does not answer" in paper.trouble
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", s3)
    thirteen.filter(pk=paper.pk).update(lease_until=None)
    assert production.draw_lost() == 1
    paper.refresh_from_db()
    assert storage.read(paper.file, paper.sha256).startswith(b"%PDF")


def test_of_two_who_draw_one_paper_the_first_to_finish_is_the_one(thirteen, bucket, settings, tmp_path, monkeypatch):
    """The lease of the first is over while it still works; the second takes it, finishes, and its paper is sent out."""
    settings.DATA = tmp_path
    paper = thirteen.filter(form=11).first()
    thirteen.filter(pk=paper.pk).update(drawing=Paper.Drawing.WANTED)
    make = production.make
    sent: list[str] = []

    def slowly(drawn: Paper):
        monkeypatch.setattr(production, "make", make)
        Paper.objects.filter(pk=paper.pk).update(lease_until=None)
        assert production.draw_paper(paper.pk)
        sent.append(Paper.objects.get(pk=paper.pk).sha256)
        return make(drawn)

    monkeypatch.setattr(production, "make", slowly)
    assert production.draw_paper(paper.pk)
    paper.refresh_from_db()
    assert [paper.sha256] == sent
    assert storage.read(paper.file, paper.sha256).startswith(b"%PDF")
