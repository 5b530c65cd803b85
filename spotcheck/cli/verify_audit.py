"""``spotcheck verify-audit``: whether entries, book, papers and roots still say what they said."""

import argparse
import json
import sys
from pathlib import Path
from typing import Final

from spotcheck.rules.texts import Unreadable, read

HELP: Final = "check the hash chains of all dossiers, the book, papers and files, and the daily roots over them"
NEEDS_DATABASE: Final = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--roots", metavar="FILE", help="compare with roots that were kept elsewhere (spotcheck roots)")


def run(options: argparse.Namespace) -> int:
    """Go through everything; 1 when a place does not hold, 2 when the file of roots cannot be read."""
    from spotcheck.docket import audit, roots  # noqa: PLC0415 -- app ready
    from spotcheck.docket.models import AuditRoot, Dossier, Entry, Record  # noqa: PLC0415 -- app ready

    try:
        kept = read(Path(options.roots)).splitlines() if options.roots else []
        breaks = list(roots.compare(kept))
    except Unreadable as error:
        print(f"spotcheck verify-audit: {error.words.en}", file=sys.stderr)
        return 2
    except ValueError as error:
        print(f"spotcheck verify-audit: {options.roots}: line {error} is no root", file=sys.stderr)
        return 2
    breaks += audit.verify()
    looked_at = {
        "dossiers": Dossier.objects.count(),
        "entries": Entry.objects.count(),
        "records": Record.objects.count(),
        "roots": AuditRoot.objects.count(),
    }
    if options.json:
        places = [{"dossier": at.dossier, "sequence": at.sequence, "what": at.what} for at in breaks]
        print(json.dumps({"ok": not breaks, **looked_at, "breaks": places}, ensure_ascii=False))
        return 1 if breaks else 0
    for at in breaks:
        print(f"{at.dossier} / {at.sequence}: {at.what}")
    told = ", ".join(
        f"{looked_at[name]} {words}"
        for name, words in {
            "dossiers": "dossiers",
            "entries": "entries",
            "records": "lines of the book",
            "roots": "daily roots",
        }.items()
    )
    print(f"{told}: {'everything holds' if not breaks else f'{len(breaks)} places do not hold'}.")
    return 1 if breaks else 0
