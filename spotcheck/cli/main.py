"""Finds the subcommand, gives it a database if it needs one, answers with an exit code."""

import argparse
import difflib
import errno
import os
import pkgutil
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from spotcheck.wiring.machine.places import choose_data_folder, is_demo_wanted
from spotcheck.wiring.machine.problems import Problem

FINE, NO, WRONG_USE = 0, 1, 2
INTERRUPTED = 130
_OF_THE_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.ENAMETOOLONG}


class Command(Protocol):
    """What a subcommand's module offers."""

    HELP: str
    NEEDS_DATABASE: bool
    # ENVIRONMENT: dict[str, str], what it wants set before Django starts (none: nothing)

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, options: argparse.Namespace) -> int: ...


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand and return its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] in {"-h", "--help", "help"}:
        print(_overview(), file=sys.stdout if given else sys.stderr)
        return FINE if given else WRONG_USE
    if given[0] not in command_names():
        print(_unknown(given[0]), file=sys.stderr)
        return WRONG_USE
    try:
        with _disk_in_words():
            return _run(given[0], given[1:])
    except _told() as problem:
        print(f"spotcheck {given[0]}: {problem}", file=sys.stderr)
        return WRONG_USE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NO


@contextmanager
def _disk_in_words() -> Iterator[None]:
    """What is wrong with the disk, and not with us, is one line."""
    try:
        yield
    except OSError as error:
        if error.errno not in _OF_THE_DISK:
            raise
        raise Problem(f"{error.strerror}: {error.filename or 'the disk'}") from error


def _told() -> tuple[type[Exception], ...]:
    """What is said in one line: problems of ours, and settings that cannot be, where Django is loaded at all."""
    django = sys.modules.get("django.core.exceptions")
    return (Problem, django.ImproperlyConfigured) if django is not None else (Problem,)


def command_names() -> list[str]:
    """Return the subcommands, as one types them."""
    found = pkgutil.iter_modules([str(Path(__file__).parent)])
    return sorted(module.name.replace("_", "-") for module in found if module.name != "main")


def load(name: str) -> Command:
    """Import a subcommand's module."""
    return cast("Command", import_module(f"spotcheck.cli.{name.replace('-', '_')}"))


def _run(name: str, given: Sequence[str]) -> int:
    command = load(name)
    anywhere = argparse.ArgumentParser(prog=f"spotcheck {name}", add_help=False, allow_abbrev=False)
    if command.NEEDS_DATABASE:
        anywhere.add_argument("--data", metavar="DIR", help="data folder (default: SPOTCHECK_DATA, or var)")
    parser = argparse.ArgumentParser(prog=f"spotcheck {name}", description=command.HELP, parents=[anywhere])
    command.add_arguments(parser)
    try:
        common, rest = anywhere.parse_known_args(given)  # so that it may also stand after a subcommand of its own
        options = parser.parse_args(rest, namespace=common)
    except SystemExit as exit_:  # argparse has said why, or has shown the help
        return int(exit_.code or FINE)
    os.environ.update(getattr(command, "ENVIRONMENT", {}))
    if not command.NEEDS_DATABASE:
        return command.run(options)
    with _database(options.data):
        return command.run(options)


@contextmanager
def _database(data: str | None) -> Iterator[None]:
    """Have servers, Django and a database that this program can work in."""
    from spotcheck.wiring.machine.devservices import urls_given  # noqa: PLC0415 -- slow import
    from spotcheck.wiring.machine.sharing import available_servers  # noqa: PLC0415 -- slow import

    outside = urls_given() is not None
    with _terminated_in_order(), available_servers(choose_data_folder(data)) as urls:
        from spotcheck.wiring.machine.startup import enter  # noqa: PLC0415 -- slow import
        from spotcheck.wiring.operating import databases  # noqa: PLC0415 -- slow import

        enter(urls)
        if not databases.is_up_to_date():
            if outside:
                said = "SPOTCHECK_DEMO=1 " if is_demo_wanted() else ""
                raise Problem(f"the database is not that of this version: run {said}spotcheck migrate first.")
            databases.prepare()
        yield


@contextmanager
def _terminated_in_order() -> Iterator[None]:
    """Let SIGTERM end the command like Ctrl-C: scratch databases and servers are cleared away."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _overview() -> str:
    names = command_names()
    width = max(map(len, names))
    lines = [f"  {name:<{width}}  {load(name).HELP}" for name in names]
    return "\n".join(["usage: spotcheck COMMAND ...", "", *lines, "", "spotcheck COMMAND --help says more."])


def _unknown(name: str) -> str:
    near = difflib.get_close_matches(name, command_names(), n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    return f"spotcheck: there is no command {name!r}.{hint} spotcheck --help lists them all."


if __name__ == "__main__":
    sys.exit(main())
