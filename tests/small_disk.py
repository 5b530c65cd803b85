"""A disk of a megabyte or two that is really full: a file system in memory, mounted where only one process sees it.

Others reach it by that process's view of the files (``/proc/PID/root``), so that nothing is mounted on the machine
itself. It asks for the right to mount, or for name spaces of users; where there are neither, a test says so.
"""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_WAYS = (["unshare", "--mount"], ["unshare", "--user", "--map-root-user", "--mount"])
_BLOCK = b"\0" * 4096


@contextmanager
def small_disk(place: Path, size: str = "2m") -> Iterator[Path]:
    """Yield a folder that is the root of such a disk; it is gone afterwards."""
    place.mkdir()
    script = f'mount -t tmpfs -o size={size},mode=0700 small "$0" && echo mounted && exec sleep 900'
    for way in _WAYS:
        with subprocess.Popen(
            [*way, "sh", "-c", script, str(place)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as holder:
            try:
                if holder.stdout is not None and holder.stdout.readline() == "mounted\n":
                    yield Path(f"/proc/{holder.pid}/root{place}")
                    return
            finally:
                holder.kill()
    pytest.skip("nothing may be mounted here, and there are no name spaces of users")


def fill(disk: Path) -> Path:
    """Take what room is left; return the file that takes it."""
    ballast = disk / "ballast"
    with ballast.open("ab", buffering=0) as file:
        try:
            while True:
                file.write(_BLOCK)
        except OSError:
            return ballast


def files_of(disk: Path) -> set[str]:
    """Every file there, half ones too, but the one that fills it."""
    return {str(path.relative_to(disk)) for path in disk.rglob("*") if path.is_file() and path.name != "ballast"}
