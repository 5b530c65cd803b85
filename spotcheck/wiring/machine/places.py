"""Where things lie on disk: the tree, and the data folder with everything that a run leaves."""

import os
from pathlib import Path

from spotcheck.wiring.machine.problems import Problem

ROOT = Path(__file__).resolve().parents[3]

_ELSEWHERE = "Choose another with --data or SPOTCHECK_DATA."


def data_folder() -> Path:
    """Return the data folder: SPOTCHECK_DATA, or ``var`` in the tree (``./var`` without a tree)."""
    if given := os.environ.get("SPOTCHECK_DATA"):
        return Path(given).resolve()
    home = ROOT if (ROOT / "pyproject.toml").exists() else Path.cwd()
    return home / "var"


def choose_data_folder(given: str | None) -> Path:
    """Make the folder of a ``--data`` option that of this process and of its children."""
    if given:
        os.environ["SPOTCHECK_DATA"] = str(Path(given).resolve())
    return data_folder()


def provide(folder: Path) -> Path:
    """Create a data folder for us alone; as root the servers' user may pass through it."""
    try:
        if not folder.exists():
            folder.mkdir(parents=True)
            folder.chmod(0o700 if os.geteuid() else 0o711)  # whatever the umask says
    except OSError as error:
        raise Problem(f"The data folder {folder} cannot be made: {error.strerror}. {_ELSEWHERE}") from error
    if not folder.is_dir():
        raise Problem(f"The data folder {folder} is no folder. {_ELSEWHERE}")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Problem(f"The data folder {folder} cannot be written to. {_ELSEWHERE}")
    return folder


def private_text(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all, also when the power fails afterwards."""
    durable(path, text.encode(), mode=0o600)


def durable(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Write a file whole or not at all: content and name are on the disk before anybody relies on them."""
    part = path.with_name(f"{path.name}.{os.getpid()}")
    part.unlink(missing_ok=True)
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:  # noqa: PTH123 -- mode at birth
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    _flush(path.parent)


def kept_text(path: Path) -> str:
    """A small file of ours; empty when it is missing, or was left empty by a power cut."""
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip("\0 \n")
    except FileNotFoundError:
        return ""


def _flush(folder: Path) -> None:
    """Make a new name survive a power cut; where folders cannot be flushed (not POSIX) nothing more can be done."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def is_demo_wanted() -> bool:
    """Whether the demo is installed and loaded where there is nothing yet."""
    return os.environ.get("SPOTCHECK_DEMO") == "1"


def loading_mark(data: Path) -> Path:
    """The file that says that the demo is being loaded; the launcher sets and removes it."""
    return data / "demo-loading"
