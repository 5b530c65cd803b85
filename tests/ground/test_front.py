"""What stands in front of a site, as it is shipped: nothing slow, huge or ambiguous gets through to a thread of the site."""

import http.client
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from spotcheck.wiring.machine.devservices import free_port
from spotcheck.wiring.machine.places import ROOT
from spotcheck.wiring.machine.processes import Child, wait_until
from tests.pace import stretched

_NGINX = """
daemon off;
{user}
pid nginx.pid;
error_log stderr warn;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path body;
    proxy_temp_path answers;
    fastcgi_temp_path f;
    uwsgi_temp_path u;
    scgi_temp_path s;
    {shipped}
}}
"""
MORE_THAN_THERE_ARE_THREADS = 80
BIG = 200 * 2**20


@pytest.fixture
def front(site: str, tmp_path: Path) -> Iterator[str]:
    """nginx with the shipped lines, before the site."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
    if program is None:
        pytest.skip("no nginx here")
    port, folder = free_port(), tmp_path / "nginx"
    folder.mkdir()
    shipped = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
    assert "server web:8000" in shipped
    shipped = shipped.replace("server web:8000", f"server {urlsplit(site).netloc}")
    shipped = shipped.replace("listen 80;", f"listen 127.0.0.1:{port};")
    user = "user root;" if Path.home() == Path("/root") else ""
    (folder / "nginx.conf").write_text(_NGINX.format(user=user, shipped=shipped))
    child = Child("nginx", [program, "-p", str(folder), "-c", "nginx.conf"], folder / "log")
    child.start()
    wait_until(lambda: _answers(port), child)
    yield f"http://127.0.0.1:{port}"
    child.stop()


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def _open(address: str, said: bytes, within: float = 60) -> socket.socket:
    at = urlsplit(address)
    line = socket.create_connection((at.hostname, at.port), timeout=within)
    line.sendall(said)
    return line


def _status(line: socket.socket) -> int:
    """The status that is answered; 0 where the line is closed without a word."""
    answer = line.recv(64)
    return int(answer.split()[1]) if answer else 0


def _get(address: str, path: str, **headers: str) -> http.client.HTTPResponse:
    line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    line.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer


def _asks(address: str, said: bytes) -> int:
    with _open(address, said) as line:
        return _status(line)


def test_requests_that_come_slowly_take_no_thread_and_are_cut_off(front: str) -> None:
    """Three times as many half-sent heads and half-sent forms as there are threads: everybody else is answered at once."""
    heads = b"GET /login/ HTTP/1.1\r\nHost: localhost\r\nX-A"
    forms = b"POST /login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\nlogin="
    with ExitStack() as stack:
        slow = [stack.enter_context(_open(front, heads)) for _ in range(MORE_THAN_THERE_ARE_THREADS // 2)]
        for _ in range(MORE_THAN_THERE_ARE_THREADS // 2):
            stack.enter_context(_open(front, forms))
        began = time.monotonic()
        for _ in range(5):
            assert _get(front, "/login/").status == 200
        assert time.monotonic() - began < stretched(10)
        assert _status(slow[0]) in {0, 408}
        assert time.monotonic() - began < stretched(14)


def test_what_is_huge_is_refused_before_it_comes(front: str, tmp_path: Path) -> None:
    """A form for the entrance, with its length said and without, and a head: none of it lands on the disk."""
    for path in (b"/login/", b"/post/", b"/account/password/forgotten/", b"/i18n/setlang/"):
        said = b"POST " + path + b" HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\nlogin=" % BIG
        assert _asks(front, said) == 413, path
    said = b"POST /login/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    with _open(front, said) as line:
        line.sendall(b"20000\r\n" + b"x" * 0x20000 + b"\r\n")
        assert _status(line) == 413
    kept = sum(file.stat().st_size for file in (tmp_path / "nginx").rglob("*") if file.is_file())
    assert kept < 2**20
    beyond = b"POST /uploads/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % BIG
    assert _asks(front, beyond) == 413
    assert _asks(front, b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + b"x" * 40_000 + b"\r\n\r\n") == 400
    assert _asks(front, b"GET /?q=" + b"x" * 40_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n") == 414


AMBIGUOUS = {
    "two lengths": b"Content-Length: 4\r\nContent-Length: 40\r\n",
    "length and pieces": b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
    "unknown coding": b"Transfer-Encoding: xchunked\r\n",
    "two codings": b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
    "no number": b"Content-Length: 4, 4\r\n",
    "signed": b"Content-Length: +4\r\n",
    "space before the colon": b"Content-Length : 4\r\n",
}


def test_where_a_message_ends_is_never_a_matter_of_opinion(front: str, site: str) -> None:
    """A request whose end can be read in two ways is refused by nginx, and by the site behind it if it came that far; what
    follows it on the line is not taken for another."""
    for address, (name, head) in product((front, site), AMBIGUOUS.items()):
        hidden = b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"
        said = b"POST /login/ HTTP/1.1\r\nHost: localhost\r\n" + head + b"\r\n0\r\n\r\n" + hidden
        with _open(address, said) as line:
            answer = b""
            line.settimeout(3)
            try:
                while piece := line.recv(65536):
                    answer += piece
            except OSError:
                pass
        statuses = [int(part[:3]) for part in answer.split(b"HTTP/1.1 ")[1:]]
        assert statuses in ([], [400], [501]), (address, name, answer[:300])


def test_who_asks_is_who_is_at_the_line(front: str) -> None:
    """What a client writes about its own address and scheme reaches nobody; the inner addresses stay inside."""
    for path in ("metrics", "readyz", "healthz", "livez"):
        assert _get(front, f"/{path}").status == 403
    answer = _get(front, "/login/", X_Forwarded_For="198.51.100.7", X_Request_Id="forged")
    assert answer.getheader("X-Request-Id") not in {None, "forged"}
    assert "/" not in answer.getheader("Server", "")
