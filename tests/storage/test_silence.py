"""A store, a virus scanner that is silent and does not refuse: no page waits for it, and no upload is lost."""

import http.client
import json
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings as of_site

from spotcheck.docket import clock
from spotcheck.files import receiving, storage
from spotcheck.files.models import Upload
from spotcheck.notices.models import Paper
from tests.faults.figures import report
from tests.faults.test_silence import PAGES, TOKEN, WITHIN, Site, site_of
from tests.files import clamd, making
from tests.pace import stretched
from tests.storage.server import KEY, SECRET, Line

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("_collected_static")]


@contextmanager
def silence(line: Line) -> Iterator[None]:
    """Every connection stays, takes what it is sent, and nothing comes back until the block is over."""
    speaks = threading.Event()
    before = line.change
    line.change = lambda data: data if speaks.wait(60) else None
    try:
        yield
    finally:
        line.change = before
        speaks.set()


def tus(site: Site, method: str, path: str, content: bytes = b"", **headers: str) -> tuple[int, str, float]:
    """Send as the script of a form does: status, the place it names, and the seconds it took."""
    line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=120)
    cookies = f"{of_site.SESSION_COOKIE_NAME}={site.session}; csrftoken={TOKEN}"
    told = {"Host": "localhost", "Cookie": cookies, "X-CSRFToken": TOKEN, "Tus-Resumable": "1.0.0"}
    begun = time.monotonic()
    line.request(method, path, content or None, told | {name.replace("_", "-"): v for name, v in headers.items()})
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.status, answer.headers.get("Location", ""), time.monotonic() - begun


def begun(site: Site, content: bytes) -> str:
    """Announce a file, and return its place."""
    name = b64encode("凭证.pdf".encode()).decode()
    status, place, _ = tus(
        site, "POST", "/uploads/", Upload_Length=str(len(content)), Upload_Metadata=f"filename {name}"
    )
    assert status == 201
    return place


def piece(site: Site, place: str, content: bytes) -> tuple[int, float]:
    """Send all of it."""
    kind = {"Content_Type": "application/offset+octet-stream", "Upload_Offset": "0"}
    status, _, seconds = tus(site, "PATCH", place, content, **kind)
    return status, seconds


def comes_back(is_well: Callable[[], bool]) -> bool:
    """Within the rest that a silent server is given."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if is_well():
            return True
        time.sleep(0.3)
    return False


def test_no_page_waits_for_a_silent_store_and_an_upload_is_sent_again(
    own_servers, line: Line, settings, tmp_path
) -> None:
    servers = own_servers(dossiers=4)
    paper = Paper.objects.select_related("dossier").order_by("pk")[0]
    kept = storage.keep(f"papers/{paper.pk}.pdf", b"%PDF a paper")
    Paper.objects.filter(pk=paper.pk).update(file=kept.name, sha256=kept.sha256, size=kept.size, drawing="drawn")
    address = f"/dossiers/{paper.dossier.number}/papers/{paper.pk}/"
    told = {
        "SPOTCHECK_FILES": settings.BUCKET,
        "AWS_ENDPOINT_URL_S3": line.address,
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET,
    }
    content = making.plain()
    with site_of(servers, tmp_path, **told) as site:
        pages = (*PAGES, f"/dossiers/{paper.dossier.number}/")
        before = {page: site.ask(page).status for page in pages}
        assert site.ask(address).status == 200
        place = begun(site, content)
        with silence(line):
            for page in pages:
                answer = site.ask(page)
                assert (answer.status, answer.seconds < stretched(WITHIN)) == (before[page], True), page
            answer = site.ask(address)
            assert (answer.status, answer.seconds < stretched(WITHIN)) == (503, True)
            answer = site.ask("/readyz")
            assert (answer.status, answer.seconds < stretched(WITHIN)) == (503, True)
            status, seconds = piece(site, place, content)
            assert (status, seconds < stretched(WITHIN)) == (503, True)
            assert Upload.objects.get().stored is None
        assert comes_back(lambda: piece(site, place, content)[0] in {204, 409})
        upload = Upload.objects.get()
        if upload.stored is None:  # the piece had come through after all, and waits to be checked
            receiving.check(upload.pk, now=clock.now())
            upload.refresh_from_db()
        assert upload.stored is not None
        assert upload.stored.size == len(content)
        assert storage.read(upload.stored.file, upload.stored.sha256) == content
        assert comes_back(lambda: site.ask(address).status == 200)
        report("silent store", pages=len(pages), slowest=round(site.slowest, 2))


def test_no_page_waits_for_a_silent_scanner_and_an_upload_is_scanned_later(
    own_servers, folder, settings, tmp_path
) -> None:
    servers = own_servers(dossiers=4)
    content = making.plain()
    with clamd.listening() as scanner:
        host, port = scanner.server_address[:2]
        told = {"SPOTCHECK_FILES": str(folder), "SPOTCHECK_SCANNER": f"tcp://{host}:{port}"}
        settings.SCANNER = (host, port)
        with site_of(servers, tmp_path, **told) as site:
            before = {page: site.ask(page).status for page in PAGES}
            place = begun(site, content)
            scanner.how = "silent"
            for page in PAGES:
                answer = site.ask(page)
                assert (answer.status, answer.seconds < stretched(WITHIN)) == (before[page], True), page
            status, seconds = piece(site, place, content)
            assert (status, seconds < stretched(WITHIN)) == (204, True)
            upload = Upload.objects.get()
            assert (upload.stored, upload.waits_for) == (None, receiving.SCANNER)
            row = site.ask(f"{place}row/?act=result_notice.send")
            assert (row.status, "病毒扫描没有应答" in json.loads(row.text)["says"]) == (202, True)
            assert receiving.to_check(clock.now()) == [upload.pk]
            scanner.how = "honest"
            receiving.check(upload.pk, now=clock.now())
            upload.refresh_from_db()
            assert (upload.stored.size, upload.waits_for, scanner.streams) == (len(content), "", [content])
        report("silent scanner", pages=len(PAGES), slowest=round(site.slowest, 2))
