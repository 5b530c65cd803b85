"""``spotcheck book export FILE``: lines of the book for an audit, as xlsx or CSV; taking them along is one more."""

import argparse
from pathlib import Path
from typing import Any, Final

from spotcheck.cli import a_day, account, add_language

HELP: Final = "book: lines of the book into an xlsx or CSV file, for an audit"
NEEDS_DATABASE: Final = True

_SUFFIXES: Final = (".xlsx", ".csv")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare ``export`` and what narrows it."""
    parts = parser.add_subparsers(dest="what", required=True, metavar="export")
    export = parts.add_parser("export", help="write lines of the book into a file (0600)")
    export.add_argument("file", metavar="FILE", type=Path, help="where to: a name that ends in .xlsx or .csv")
    export.add_argument("--since", metavar="DATE", type=a_day, help="the first day (default: all)")
    export.add_argument("--until", metavar="DATE", type=a_day, help="the last day (default: all)")
    export.add_argument("--family", default="", help="only this family of kinds, such as sign_in or export")
    export.add_argument("--person", metavar="USERNAME", default="", help="only what he did, or was done to him")
    export.add_argument("--dossier", metavar="NUMBER", default="", help="only what concerns this dossier")
    export.add_argument(
        "--in-full", action="store_true", help="with what the lines say of persons, else masked; needs --purpose"
    )
    export.add_argument(
        "--purpose", metavar="TEXT", default="", help="what it is for; needed for more than a thousand lines as well"
    )
    add_language(export)


def run(options: argparse.Namespace) -> int:
    """Exit with 0 when the file is written, 2 when nothing was."""
    from django.utils import translation  # noqa: PLC0415 -- app ready

    from spotcheck.docket import book_sheets, exports  # noqa: PLC0415 -- app ready
    from spotcheck.docket.facts import is_written  # noqa: PLC0415 -- app ready
    from spotcheck.docket.sessions import session  # noqa: PLC0415 -- app ready
    from spotcheck.rules.refused import Refused  # noqa: PLC0415 -- app ready
    from spotcheck.wiring.machine.places import durable  # noqa: PLC0415 -- app ready
    from spotcheck.wiring.machine.problems import Problem  # noqa: PLC0415 -- app ready

    if options.file.suffix not in _SUFFIXES:
        raise Problem(f"{options.file}: the name has to end in .xlsx or .csv.")
    if options.in_full and not is_written(options.purpose):
        raise Problem("--in-full takes along what the lines say of persons: say with --purpose what it is for.")
    with translation.override(options.lang), session():
        lines = list(book_sheets.rows(_wanted(options), in_full=options.in_full))
        write = book_sheets.as_xlsx if options.file.suffix == ".xlsx" else book_sheets.as_csv
        content = write(lines)
        try:
            exports.write(
                "export.book",
                by=None,
                user=None,
                subject=("book", ""),
                asked=_said(options),
                rows=len(lines),
                digest=exports.digest_of(content),
                of_persons=True,
                purpose=options.purpose,
                address=account(),
            )
        except Refused as refused:
            raise Problem(refused.text(options.lang)) from refused
        durable(options.file, content, mode=0o600)
    print(f"{options.file}: {len(lines)} lines.")
    return 0


def _wanted(options: argparse.Namespace) -> Any:
    """The lines that the options ask for; a person or dossier that there is not is a mistake, not an empty list."""
    from django.db.models import Q  # noqa: PLC0415 -- app ready

    from spotcheck.docket.models import Dossier, Record  # noqa: PLC0415 -- app ready
    from spotcheck.parties.models import User  # noqa: PLC0415 -- app ready
    from spotcheck.registers import naming  # noqa: PLC0415 -- app ready
    from spotcheck.rules import folding  # noqa: PLC0415 -- app ready
    from spotcheck.rules.book import FAMILIES  # noqa: PLC0415 -- app ready
    from spotcheck.wiring.machine.problems import Problem  # noqa: PLC0415 -- app ready

    days = {"at__date__gte": options.since, "at__date__lte": options.until}
    found = Record.objects.filter(**{name: day for name, day in days.items() if day})
    if options.family:
        if options.family not in FAMILIES:
            raise Problem(f"there is no family {options.family}; there are {', '.join(FAMILIES)}.")
        found = found.filter(kind__startswith=f"{options.family}.")
    if options.person:
        user = _one(naming.alike(User.objects.all(), "username", options.person), f"nobody called {options.person}")
        found = found.filter(Q(user=user) | Q(subject_type="user", subject_id=str(user.pk)))
    if options.dossier:
        number = folding.number(options.dossier)
        found = found.filter(dossier=_one(Dossier.objects.filter(number__iexact=number), f"no dossier {number}"))
    return found


def _one(rows: Any, none: str) -> Any:
    from spotcheck.wiring.machine.problems import Problem  # noqa: PLC0415 -- app ready

    found = rows.first()
    if found is None:
        raise Problem(f"there is {none}.")
    return found


def _said(options: argparse.Namespace) -> dict[str, Any]:
    """The filter, as the book keeps it."""
    names = ("since", "until", "family", "person", "dossier", "in_full")
    return {name: value for name in names if (value := getattr(options, name))}
