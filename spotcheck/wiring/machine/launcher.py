"""What ./run runs: servers, worker with beat and web server as children of one process."""

import http.client
import os
import signal
import socket
import sys
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from spotcheck.wiring.machine.places import is_demo_wanted, loading_mark
from spotcheck.wiring.machine.problems import Problem
from spotcheck.wiring.machine.processes import Child, wait_until
from spotcheck.wiring.machine.sharing import kept_servers
from spotcheck.wiring.machine.startup import enter

_Say = Callable[[str], None]

_LOOK_EVERY_SECONDS = 0.3
# A child that ends this often in a minute has a reason which starting it again does not mend.
_MOST_STARTS_A_MINUTE = 5


def serve(data: Path, port: int, say: _Say, *, prepare: Callable[[], None]) -> None:
    """Serve until told to stop (Ctrl-C, SIGTERM), then stop everything in good order.

    ``prepare`` makes ready what is served; it is called once the servers of the data folder answer.
    """
    if not _is_free(port):
        raise Problem(f"Port {port} is taken: choose another with --port.")
    with suppress(KeyboardInterrupt), _stopped_by_signals(), kept_servers(data) as (urls, servers):
        enter(urls)
        _prepare(data, prepare, say)
        children = [_web(data, port), _worker(data)]
        loader = _demo_loader(data) if is_demo_wanted() else None
        try:
            for child in [*([loader] if loader else []), *children]:
                child.start()
            wait_until(lambda: answers(port), children[0])
            say(f"spotcheck: http://127.0.0.1:{port}  (data in {data}; Ctrl-C stops it)")
            _watch(data, [*children, *(servers.children if servers else ())], loader, say)
        finally:
            ours = [*children, *([loader] if loader else [])]
            for child in ours:
                child.ask_to_stop()
            for child in ours:
                child.stop()
            say("spotcheck has stopped.")


def _prepare(data: Path, prepare: Callable[[], None], say: _Say) -> None:
    from django.db import connections  # noqa: PLC0415 -- app ready

    say("Preparing the database and the pages ...")
    loading_mark(data).unlink(missing_ok=True)  # of a launcher that was killed
    prepare()
    connections.close_all()


def _worker(data: Path) -> Child:
    for old in data.glob("beat*"):  # a kill may have left half a file; the schedule is the program's
        old.unlink()
    command = worker("--concurrency=2", "--beat", f"--schedule={data}/beat")
    return _child("The worker", command, data / "log" / "worker.log")


def _web(data: Path, port: int) -> Child:
    command = web_server(port, "--workers=2", "--preload")
    return _child("The web server", command, data / "log" / "web.log")


def worker(*options: str) -> list[str]:
    """Return the module that works for Celery, with its arguments."""
    always = ["worker", "--without-gossip", "--without-mingle"]
    return ["celery", "-A", "spotcheck.wiring.site.celery_app", *always, *options]


def web_server(port: int, *options: str) -> list[str]:
    """Return the module that serves the site, with its arguments."""
    always = ["--worker-class=gthread", "--threads=4", "--no-control-socket", "--graceful-timeout=5"]
    return ["gunicorn", "spotcheck.wiring.site.wsgi", f"--bind=127.0.0.1:{port}", *always, *options]


def _child(name: str, module: list[str], log: Path) -> Child:
    """A process of ours without the owner: what serves the world cannot change the tables."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"}
    return Child(name, [sys.executable, "-m", *module], log, environment=environment)


def _demo_loader(data: Path) -> Child | None:
    """Return the child that fills an empty database, or goes on where it was cut short."""
    from django.db import connections  # noqa: PLC0415 -- app ready

    from spotcheck.docket.models import Dossier  # noqa: PLC0415 -- app ready

    wanted = _unfinished(data).exists() or not Dossier.objects.exists()
    connections.close_all()
    if not wanted:
        return None
    _unfinished(data).touch()
    loading_mark(data).touch()
    command = [sys.executable, "-m", "spotcheck.cli.main", "demo"]
    return Child("The demo", command, data / "log" / "demo.log")


def _watch(data: Path, children: list[Child], loader: Child | None, say: _Say) -> None:
    """Start again what ends by itself; open the site when the demo is there."""
    starts: dict[str, deque[float]] = defaultdict(lambda: deque(maxlen=_MOST_STARTS_A_MINUTE))
    shown = ""
    while True:
        for child in children:
            if child.has_ended():
                _start_again(child, starts[child.name], say)
        if loader and sys.stdout.isatty():
            shown = _show_last_line(loader.log, shown)
        if loader and loader.has_ended():
            _finish_demo(data, loader, say)
            loader = None
        time.sleep(_LOOK_EVERY_SECONDS)


def _show_last_line(log: Path, shown: str) -> str:
    """Show how far somebody says to be, on one line of the terminal; return what stands there now."""
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    last = lines[-1].strip()[:70] if lines else ""
    if last != shown:
        sys.stdout.write(f"\r{last:<70}\r")
        sys.stdout.flush()
    return last


def _start_again(child: Child, recent: deque[float], say: _Say) -> None:
    failure = child.failure()
    if len(recent) == recent.maxlen and time.monotonic() - recent[0] < 60:
        raise failure
    recent.append(time.monotonic())
    say(f"{child.name} ended and is started again: see {child.log}")
    child.stop()  # and what it left behind
    child.start()


def _finish_demo(data: Path, loader: Child, say: _Say) -> None:
    loading_mark(data).unlink(missing_ok=True)
    if loader.process and loader.process.returncode == 0:
        _unfinished(data).unlink()
        say("The demo is loaded.")
    else:
        say(str(loader.failure()))


def _unfinished(data: Path) -> Path:
    """There as long as the demo has not been loaded to its end, whatever stopped it."""
    return data / "demo-unfinished"


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """Turn the first request to stop into KeyboardInterrupt; no further one disturbs the stopping."""
    wanted = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def stop(_number: int, _frame: FrameType | None) -> None:
        for number in wanted:
            signal.signal(number, lambda *_: None)
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in wanted}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def answers(port: int) -> bool:
    """Whether the web server on this port answers at all."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        connection.getresponse()
    except OSError:
        return False
    finally:
        connection.close()
    return True


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
