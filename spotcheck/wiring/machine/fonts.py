"""The fonts of the papers: fetched by lock file once, never committed.

``fonts/package-lock.json`` names four files of three packages, all under the SIL Open Font License. npm
(``npm.py``) fetches them into a throw-away folder and the four files stay in ``fonts/fetched``. A stamp says from
which lock file they came, so that a second call does nothing.
"""

import shutil
import struct
import sys
import tempfile
import zlib
from hashlib import sha256
from pathlib import Path
from typing import Final

import structlog

from spotcheck.notices.typefaces import FETCHED, FILES
from spotcheck.wiring.machine import npm
from spotcheck.wiring.machine.places import durable, kept_text
from spotcheck.wiring.machine.problems import Problem

logger = structlog.get_logger(__name__)

HOME: Final = FETCHED.parent
SOURCES: Final = {
    FILES["song"]: "@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf",
    FILES["title"]: "@expo-google-fonts/noto-serif-sc/900Black/NotoSerifSC_900Black.ttf",
    FILES["hei"]: "@expo-google-fonts/noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf",
    FILES["kai"]: "@fontsource/lxgw-wenkai/files/lxgw-wenkai-latin-500-normal.woff",
}
"""The file of each face, and where its package keeps it."""


def provide() -> bool:
    """Have the fonts; return whether they had to be fetched. Raises :class:`Problem` when that fails."""
    wanted = _wanted()
    if _has(wanted):
        return False
    FETCHED.mkdir(exist_ok=True)
    with npm.alone(FETCHED):
        if _has(wanted):  # somebody else has fetched them meanwhile
            return False
        logger.info("fetching the fonts of the papers")
        with tempfile.TemporaryDirectory(prefix="spotcheck-fonts-") as folder:
            _fetch(Path(folder))
        durable(FETCHED / "stamp", wanted.encode())
    return True


def woff_to_ttf(data: bytes) -> bytes:
    """Unpack a WOFF 1.0 file: the same tables, inflated, behind an ordinary directory."""
    flavor, _length, count = struct.unpack(">4x4sIH", data[:14])
    largest = 1 << (count.bit_length() - 1)
    head = struct.pack(">4sHHHH", flavor, count, largest * 16, largest.bit_length() - 1, count * 16 - largest * 16)
    directory, body, offset = b"", b"", 12 + 16 * count
    for index in range(count):
        tag, start, packed, size, checksum = struct.unpack(">4sIIII", data[44 + index * 20 : 64 + index * 20])
        table = data[start : start + packed]
        if packed != size:
            table = zlib.decompress(table)
        directory += struct.pack(">4sIII", tag, checksum, offset + len(body), size)
        body += table + b"\0" * (-size % 4)
    return head + directory + body


def _wanted() -> str:
    """The stamp of what is wanted: the lock file and this recipe."""
    return sha256((HOME / "package-lock.json").read_bytes() + Path(__file__).read_bytes()).hexdigest()


def _has(wanted: str) -> bool:
    stamp = FETCHED / "stamp"
    return kept_text(stamp) == wanted and all(_is_whole(FETCHED / name) for name in SOURCES)


def _is_whole(font: Path) -> bool:
    """Whether a font is there; a power cut leaves a name and nothing behind it."""
    return font.exists() and font.stat().st_size > 0


def _fetch(folder: Path) -> None:
    try:
        npm.install(HOME, folder)
    except Problem as problem:
        said = f"the fonts of the papers could not be fetched:\n{problem}\nThe network is needed once; try again."
        raise Problem(said) from problem
    for name, source in SOURCES.items():
        data = (folder / "node_modules" / source).read_bytes()
        durable(FETCHED / name, woff_to_ttf(data) if source.endswith(".woff") else data)
    for package in ("@expo-google-fonts/noto-serif-sc", "@fontsource/lxgw-wenkai"):
        for licence in (folder / "node_modules" / package).glob("LICENSE*"):
            shutil.copy(licence, FETCHED / f"{package.rpartition('/')[2]}-{licence.name}.txt")


if __name__ == "__main__":
    try:
        provide()
    except Problem as problem:
        sys.exit(str(problem))
