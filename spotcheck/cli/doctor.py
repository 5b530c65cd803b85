"""``spotcheck doctor``: whether this installation is as it should be, and what to do where it is not."""

import argparse
import json
from typing import TYPE_CHECKING, Final

from spotcheck.cli import add_language

if TYPE_CHECKING:
    from spotcheck.wiring.operating.doctor.findings import Line

HELP: Final = "look at settings, servers, rights, backups and rules: what is well, what is not, and the cure"
NEEDS_DATABASE: Final = False  # it has to answer when there is none
_MARKS: Final = {"green": "✓", "yellow": "!", "red": "✗"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_language(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--data", metavar="DIR", help="data folder (default: SPOTCHECK_DATA, or var)")
    parser.add_argument("--from", dest="outside", metavar="URL", default="", help="look at the site from outside, too")


def run(options: argparse.Namespace) -> int:
    """Look; 1 when a line is red."""
    from spotcheck.wiring.machine.places import choose_data_folder  # noqa: PLC0415 -- slow import
    from spotcheck.wiring.machine.sharing import available_servers  # noqa: PLC0415 -- slow import
    from spotcheck.wiring.machine.startup import enter  # noqa: PLC0415 -- slow import

    with available_servers(choose_data_folder(options.data)) as urls:
        enter(urls)
        from spotcheck.wiring.operating.doctor import examining  # noqa: PLC0415 -- app ready
        from spotcheck.wiring.operating.doctor.findings import Looking  # noqa: PLC0415 -- app ready

        lines = examining.examine(Looking(outside=options.outside))
    return tell(lines, options)


def tell(lines: "list[Line]", options: argparse.Namespace) -> int:
    """Print the lines, or one JSON object; 1 when one is red."""
    is_red = any(line.level == "red" for line in lines)
    if options.json:
        told = [line.as_json(options.lang) for line in lines]
        print(json.dumps({"ok": not is_red, "lines": told}, ensure_ascii=False))
        return 1 if is_red else 0
    for line in lines:
        print(f"{_MARKS[line.level]} {line.name:<12} {line.says.in_(options.lang)}")
        if cure := line.cure.in_(options.lang):
            print(f"{'':15}→ {cure}  [docs/operations.md: {line.section}]")
    return 1 if is_red else 0
