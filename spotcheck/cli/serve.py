"""spotcheck serve: the whole system, until Ctrl-C."""

import argparse
import os
from functools import partial

HELP = "serve on this machine: database, queue, worker and web server, until Ctrl-C"
HIGHEST_PORT = 65535
NEEDS_DATABASE = False  # it keeps the servers itself


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to serve and where to keep the data."""
    parser.add_argument("--port", type=_port, default=8000, help="port on 127.0.0.1 (default: 8000)")
    parser.add_argument("--data", metavar="DIR", help="data folder (default: SPOTCHECK_DATA, or var)")
    parser.add_argument("--no-demo", action="store_true", help="without the demo, whatever SPOTCHECK_DEMO says")


def _port(text: str) -> int:
    """A port that one can listen on."""
    port = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= port <= HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: it is a number from 1 to {HIGHEST_PORT}")
    return port


def run(options: argparse.Namespace) -> int:
    """Serve."""
    from spotcheck.wiring.machine.launcher import serve  # noqa: PLC0415 -- slow import
    from spotcheck.wiring.machine.places import choose_data_folder  # noqa: PLC0415 -- slow import

    def ready() -> None:
        from spotcheck.wiring.operating.preparation import prepare  # noqa: PLC0415 -- app ready

        prepare()

    if options.no_demo:
        os.environ["SPOTCHECK_DEMO"] = "0"
    say = partial(print, flush=True)
    serve(choose_data_folder(options.data), options.port, say, prepare=ready)
    return 0
