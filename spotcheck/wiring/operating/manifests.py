"""The manifest of a backup, held against its shape before anything is believed of it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from spotcheck.files import stores
from spotcheck.files.promises import Promise

_SHAPE: Final[Mapping[str, type]] = {
    "format": int,
    "made_at": str,
    "schema": str,
    "roles": dict,
    "database": str,
    "files": list,
}
_ROLES: Final = ("application", "owner")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


def complaint(manifest: Any) -> str:
    """What a manifest lacks, or which file of it leads outside; nothing for one that can be followed."""
    return next(_complaints(manifest), "")


def _complaints(manifest: Any) -> Iterator[str]:
    if not isinstance(manifest, dict):
        yield "is no table"
        return
    yield from (f"does not say {name}" for name, kind in _SHAPE.items() if not isinstance(manifest.get(name), kind))
    yield from (f"does not say the role {role}" for role in _ROLES if not isinstance(manifest["roles"].get(role), str))
    for row in manifest["files"]:
        yield from _complaints_of_a_file(row)


def _complaints_of_a_file(row: Any) -> Iterator[str]:
    is_promise = isinstance(row, dict) and set(row) == set(Promise._fields)
    if not is_promise or not all(isinstance(value, str) for value in row.values()):
        yield "has a line that is no file"
        return
    if not _SHA256.fullmatch(row["sha256"]):
        yield f"has no hash of {row['name']!r}"
    try:
        stores.checked(row["name"])
    except ValueError:
        yield f"names a file outside of it: {row['name']!r}"
