"""``spotcheck import``: reads a sheet in, by the same machine as the pages; ``--dry-run`` only says what would be."""

import argparse
import getpass
import sys
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from spotcheck.cli import add_language
from spotcheck.rules.words import Words

HELP: Final = "reads a sheet (xlsx, CSV) in: KIND FILE; --template OUT writes an empty one"
NEEDS_DATABASE: Final = True
FINE, NO, WRONG_USE = 0, 1, 2
_WAITS: Final = Words(
    "已读入并检查，没有写入：由省局监管人员在页面确认",
    "read and checked, nothing written: an officer of the province confirms it",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_language(parser)
    parser.add_argument("kind", metavar="KIND", help="what the sheet holds, such as detail_rules")
    parser.add_argument("file", metavar="FILE", nargs="?", help="the sheet")
    parser.add_argument("--dry-run", action="store_true", help="check it and write nothing but what was read")
    parser.add_argument("--only-good", action="store_true", help="take the lines in which nothing is wrong")
    parser.add_argument("--answer", metavar="OUT", help="write the sheet again, with what is wrong in its lines")
    parser.add_argument("--undo", metavar="ID", help="take an import of this kind back, within seven days")
    parser.add_argument("--template", metavar="OUT", help="write an empty sheet of this kind")


def run(options: argparse.Namespace) -> int:
    """Read it in; 1 when something in it has to be mended, 2 when it cannot be read."""
    from spotcheck.registers.doer import Doer  # noqa: PLC0415 -- app ready
    from spotcheck.registers.imports import running  # noqa: PLC0415 -- app ready
    from spotcheck.registers.imports.kinds import KINDS  # noqa: PLC0415 -- app ready
    from spotcheck.rules.refused import Refused  # noqa: PLC0415 -- app ready

    kind = running.kind_of(options.kind)
    if kind is None or sum(one is not None for one in (options.file, options.template, options.undo)) != 1:
        print(f"spotcheck import: KIND ({', '.join(KINDS)}) and FILE, --template OUT or --undo ID", file=sys.stderr)
        return WRONG_USE
    if options.template is not None:
        Path(options.template).write_bytes(running.template(kind))
        return FINE
    by = Doer(account=getpass.getuser())
    try:
        return _undo(options.undo, kind.name, by) if options.undo is not None else _read(options, kind, by)
    except OSError as error:
        print(f"spotcheck import: {error.strerror}: {options.file}", file=sys.stderr)
    except Refused as refused:
        print(f"spotcheck import: {refused.text(options.lang)}", file=sys.stderr)
    return WRONG_USE


def _read(options: argparse.Namespace, kind: Any, by: Any) -> int:
    from spotcheck.registers.imports import running  # noqa: PLC0415 -- app ready

    path = Path(options.file)
    found = running.begin(kind, name=path.name, content=path.read_bytes(), by=by)
    checked = running.look(found, by)
    _tell(checked, options.lang)
    if options.answer is not None:
        Path(options.answer).write_bytes(running.answered(found, by))
    goes = checked.can_be_taken or (options.only_good and kind.in_parts and bool(checked.what))
    if not goes:
        return NO
    if not options.dry_run and not running.may_take(found, by):
        print(f"{_WAITS.in_(options.lang)}  {found.pk}")
    elif not options.dry_run:
        taken = running.take(found, by=by, only_good=options.only_good)
        print(f"{taken.subject or kind.words.in_(options.lang)}  +{taken.rows}  {found.pk}")
    return FINE


def _undo(key: str, kind: str, by: Any) -> int:
    from spotcheck.registers.imports import running, undoing  # noqa: PLC0415 -- app ready

    try:
        found = running.find(UUID(key), by)
    except ValueError:
        found = None
    if found is None or found.kind != kind:
        print(f"spotcheck import: no import of {kind} has this id: {key}", file=sys.stderr)
        return WRONG_USE
    print(f"-{undoing.undo(found, by=by)}")
    return FINE


def _tell(checked: Any, language: str) -> None:
    print("  ".join(f"{name} {count}" for name, count in checked.counts.items()))
    for finding in checked.findings:
        place = " ".join(part for part in (finding.cell, finding.column) if part)
        print(f"{'!' if finding.stops else '·'} {place}: {finding.words.in_(language)}", file=sys.stderr)
