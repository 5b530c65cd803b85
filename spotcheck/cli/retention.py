"""``spotcheck retention``: which files may be destroyed after their time, and the word of the person who has them."""

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any, Final

from spotcheck.cli import add_language

if TYPE_CHECKING:
    from spotcheck.docket.models import Disposal

HELP: Final = "files kept long enough (Article 16): list, and confirm that they are destroyed"
NEEDS_DATABASE: Final = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands."""
    language = argparse.ArgumentParser(add_help=False)
    add_language(language)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    listing = commands.add_parser("list", parents=[language], help="what may be destroyed, as the last night found it")
    listing.add_argument("--now", action="store_true", help="look once more before")
    listing.add_argument("--json", action="store_true", help="print one JSON object")
    confirm = commands.add_parser("confirm", parents=[language], help="have listed files destroyed; for good")
    confirm.add_argument("files", metavar="SHA256", nargs="*", help="which of the list, by at least eight digits")
    confirm.add_argument("--all", action="store_true", help="everything on the list")
    confirm.add_argument("--by", metavar="NAME", required=True, help="the person who answers for it")
    confirm.add_argument("--reason", metavar="TEXT", required=True, help="for example the number of the approval")


def run(options: argparse.Namespace) -> int:
    """Do one of them; 1 when one of the files may not be destroyed, 2 when it is not clear which are meant."""
    return {"list": _list, "confirm": _confirm}[options.command](options)


def _list(options: argparse.Namespace) -> int:
    from spotcheck.docket import retention  # noqa: PLC0415 -- app ready

    if options.now:
        retention.list_over()
    rows = [_row(disposal) for disposal in retention.waiting()]
    if options.json:
        print(json.dumps({"files": rows}, ensure_ascii=False))
        return 0
    for row in rows:
        came = " ".join(f"{one['dossier']}#{one['entry']} {one['name']}" for one in row["came_with"])
        print(f"{row['sha256']}  {row['kept_until']}  {row['size']}  {came}")
    zh, en = f"{len(rows)} 个文件可以销毁。", f"{len(rows)} files may be destroyed."
    print(zh if options.lang.startswith("zh") else en)
    return 0


def _row(disposal: "Disposal") -> dict[str, Any]:
    from spotcheck.docket import retention  # noqa: PLC0415 -- app ready

    came = [
        {"dossier": row.dossier.number, "entry": row.entry.sequence, "kind": row.kind, "name": row.name}
        for row in retention.rows_of(disposal)
    ]
    return {
        "sha256": disposal.stored_id,
        "kept_until": disposal.kept_until.isoformat(),
        "size": disposal.stored.size,
        "came_with": came,
    }


def _confirm(options: argparse.Namespace) -> int:
    from spotcheck.cli import account  # noqa: PLC0415 -- beside its only use
    from spotcheck.docket import retention  # noqa: PLC0415 -- app ready
    from spotcheck.docket.facts import is_written  # noqa: PLC0415 -- app ready
    from spotcheck.wiring.operating import databases  # noqa: PLC0415 -- app ready

    listed = list(retention.waiting().values_list("stored", flat=True))
    keys = listed if options.all else [_meant(start, listed) for start in options.files]
    if (
        bool(options.files) == options.all
        or None in keys
        or not (is_written(options.by) and is_written(options.reason))
    ):
        print("spotcheck retention: name files of the list or --all, a person and a reason", file=sys.stderr)
        return 2
    by = retention.Confirmation(options.by.strip(), account(), options.reason.strip())
    with databases.using(databases.owner_url()):
        done = retention.confirm([key for key in keys if key is not None], by)
    for disposal in done:
        print(disposal.stored_id)
    left = len(set(keys)) - len(done)
    if left:
        zh, en = f"{left} 个文件仍在使用，没有销毁。", f"{left} files are in use and were left."
        print(zh if options.lang.startswith("zh") else en, file=sys.stderr)
    return 1 if left else 0


def _meant(start: str, listed: list[str]) -> str | None:
    """The one file of the list whose hash begins like this."""
    found = [key for key in listed if key.startswith(start.lower())]
    return found[0] if len(found) == 1 and len(start) >= 8 else None
