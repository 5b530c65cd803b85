"""One file, in a process of its own: ``python -m spotcheck.files.checks.child FILE FOLDER``.

Writes ``result.json`` into the folder, and beside it ``leaf.pdf`` and ``thumbnail.jpg`` where there are such. The
limits are set before the file is opened; whoever started the process takes its silence for a refusal.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from spotcheck.files.checks import content, film, sheet
from spotcheck.files.checks.refusal import Refusal

MEBIBYTE: Final = 1024 * 1024
MEMORY: Final = 200 * MEBIBYTE
SECONDS: Final = 20
"""Of the processor; a picture of a hundred million pixels needs two."""
WRITES: Final = 100 * MEBIBYTE
FILES: Final = 64


def main(path: Path, folder: Path) -> None:
    """Look at one file and write down what it is, or why it is not taken; the time is without that of starting."""
    _limit()
    began = time.process_time()
    try:
        kind = content.media_type(path)
        look = _reader(kind)
        began = time.process_time()
        result: dict[str, Any] = {"media_type": kind, "findings": look(path, folder)}
    except Refusal as refusal:
        result = {"refused": refusal.code, "what": refusal.what}
    except MemoryError:
        result = {"refused": "too_costly", "what": ""}
    result["seconds"] = time.process_time() - began
    result["peak"] = _peak()
    (folder / "result.json").write_text(json.dumps(result))


def _peak() -> int:
    """Bytes of memory at most; the kernel's other count begins with what the parent had."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def _limit() -> None:
    for what, most in (
        (resource.RLIMIT_DATA, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, WRITES),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(what)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (bound, bound))


def _reader(kind: str) -> Callable[[Path, Path], dict[str, Any]]:
    """What looks at files of a type, imported for the one that needs it."""
    if kind == content.PDF:
        from spotcheck.files.checks import pdf  # noqa: PLC0415

        return pdf.check
    if kind in content.PICTURES:
        from spotcheck.files.checks import leaf, picture  # noqa: PLC0415

        def pictured(path: Path, folder: Path) -> dict[str, Any]:
            findings, shown = picture.check(path, kind)
            leaf.of_picture(shown, folder / "leaf.pdf")
            picture.save_thumbnail(shown, folder / "thumbnail.jpg")
            return findings

        return pictured
    look = film.check if kind == content.MP4 else sheet.check
    return lambda path, _folder: look(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
