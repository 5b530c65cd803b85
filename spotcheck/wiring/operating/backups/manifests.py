"""The manifest of a backup: written, signed, and held against its shape before anything is believed of it.

Format 2 names the hash of ``files.list``, which has one line for each file, so that nothing grows with their number.
Format 1, of before signatures, names the files itself.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from spotcheck.files import stores
from spotcheck.wiring.machine.places import private_text
from spotcheck.wiring.operating.backups import keys

MANIFEST, SIGNATURE, LIST = "manifest.json", "manifest.sig", "files.list"
BEFORE, FORMAT = 1, 2
_SHAPES: Final[Mapping[int, Mapping[str, type]]] = {
    BEFORE: {"format": int, "made_at": str, "schema": str, "roles": dict, "database": str, "files": list},
    FORMAT: {
        "format": int,
        "made_at": str,
        "schema": str,
        "roles": dict,
        "database": str,
        "files": dict,
        "recipients": list,
    },
}
_ROLES: Final = ("application", "owner")
_OF_THE_LIST: Final[Mapping[str, type]] = {"sha256": str, "count": int}
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


class Line(NamedTuple):
    """A file of a backup: its name in the store, its hash there, and that of what lies in the backup."""

    name: str
    sha256: str
    lies: str


def write(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write the signature, and last the manifest."""
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    private_text(folder / SIGNATURE, json.dumps(keys.sign(text.encode()), indent=1))
    private_text(folder / MANIFEST, text)


def complaint(manifest: Any) -> str:
    """What a manifest lacks, or which file of it leads outside; nothing for one that can be followed."""
    return next(_complaints(manifest), "")


def _complaints(manifest: Any) -> Iterator[str]:
    if not isinstance(manifest, dict):
        yield "is no table"
        return
    shape = _SHAPES[FORMAT if manifest.get("format") == FORMAT else BEFORE]
    yield from (f"does not say {name}" for name, kind in shape.items() if type(manifest.get(name)) is not kind)
    if not _is_moment(manifest["made_at"]):
        yield "says no moment at which it was made"
    if not _SHA256.fullmatch(manifest["database"]):
        yield "has no hash of the database"
    yield from (f"does not say the role {role}" for role in _ROLES if not isinstance(manifest["roles"].get(role), str))
    if manifest["format"] == FORMAT:
        said = manifest["files"]
        yield from (
            f"does not say {name} of files" for name, kind in _OF_THE_LIST.items() if type(said.get(name)) is not kind
        )
        yield from ("names a recipient that is no text" for one in manifest["recipients"] if not isinstance(one, str))
        return
    for row in manifest["files"]:
        yield from _complaints_of_a_file(row, {"name", "sha256"})


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def line(row: Any, names: set[str]) -> Line:
    """Read one file; raises ``ValueError`` with what is wrong with it."""
    for wrong in _complaints_of_a_file(row, names):
        raise ValueError(wrong)
    return Line(row["name"], row["sha256"], row.get("lies", row["sha256"]))


def lines(folder: Path, manifest: Mapping[str, Any]) -> Iterator[Line]:
    """Yield the files of a backup; raises ``ValueError`` for a line that is none."""
    if manifest["format"] == BEFORE:
        for row in manifest["files"]:
            yield line(row, {"name", "sha256"})
        return
    with (folder / LIST).open(encoding="utf-8") as file:
        for text in file:
            yield line(json.loads(text), set(Line._fields))


def _complaints_of_a_file(row: Any, names: set[str]) -> Iterator[str]:
    is_file = isinstance(row, dict) and set(row) == names
    if not is_file or not all(isinstance(value, str) for value in row.values()):
        yield "has a line that is no file"
        return
    if not all(_SHA256.fullmatch(value) for name, value in row.items() if name != "name"):
        yield f"has no hash of {row['name']!r}"
    try:
        stores.checked(row["name"])
    except ValueError:
        yield f"names a file outside of it: {row['name']!r}"
