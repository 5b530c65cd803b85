"""spotcheck dossier: the case file of a dossier, as one PDF and as a ZIP file with hashes."""

import argparse
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING

from spotcheck.cli import account
from spotcheck.wiring.machine.problems import Problem

if TYPE_CHECKING:
    from spotcheck.docket.models import Dossier

HELP = "export the case file of a dossier, and say what is missing"
NEEDS_DATABASE = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which dossier, and where to."""
    parts = parser.add_subparsers(dest="what", required=True, metavar="export")
    export = parts.add_parser("export", help="write the case file of Article 53")
    export.add_argument("id", metavar="ID", help="number of the dossier")
    export.add_argument("--out", type=Path, default=Path(), metavar="DIR", help="where to (default: here)")


def run(options: argparse.Namespace) -> int:
    """Exit with 0 when the file is complete, 1 when something is missing, 2 when there is no such dossier."""
    from spotcheck.docket.models import Dossier, known_as  # noqa: PLC0415 -- app ready
    from spotcheck.remediation.case_file import bind_case_file  # noqa: PLC0415 -- app ready

    dossier = Dossier.objects.filter(number=options.id).first() or known_as(options.id)
    if dossier is None:
        raise Problem(f"there is no dossier {options.id}.")
    if not options.out.is_dir():
        raise Problem(f"{options.out} is not a folder.")
    case = bind_case_file(dossier)
    pdf, box = (options.out / f"{case.name}{suffix}" for suffix in (".pdf", ".zip"))
    try:
        pdf.write_bytes(case.pdf)
        with box.open("wb") as file:
            case.write_zip(file)
    except OSError as error:
        raise Problem(f"nothing can be written to {options.out}: {error.strerror}.") from error
    for path in (pdf, box):
        _note(dossier, path)
        print(f"{path}: {path.stat().st_size / 1024:.0f} KiB")
    for line in case.missing:
        print(f"missing: {line}")
    return 1 if case.missing else 0


def _note(dossier: "Dossier", path: Path) -> None:
    """What leaves the house is a line of the book, under the account of the machine."""
    from spotcheck.docket import exports  # noqa: PLC0415 -- app ready

    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    exports.write(
        "export.case_file",
        by=None,
        user=None,
        subject=dossier,
        dossier=dossier,
        rows=dossier.entry_count,
        digest=digest,
        form=path.suffix.lstrip("."),
        address=account(),
    )
