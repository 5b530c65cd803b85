"""The sampler's application: built from ``web/`` once, never committed.

``web/package-lock.json`` names its packages. npm (``npm.py``) fetches them into a throw-away folder, the native
esbuild, run directly, bundles them, and what a browser loads stays in ``spotcheck/tablet/built``: files under names
with their hash, ``index.html``, ``sw.js``, the licences. A stamp says from which sources they came, so that a second
call does nothing. Types are checked by the native compiler, in ``./test`` only (:func:`check`).
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import structlog

from spotcheck.tablet.pages import BUILT
from spotcheck.wiring.machine import npm
from spotcheck.wiring.machine.places import ROOT, durable, kept_text
from spotcheck.wiring.machine.problems import Problem

logger = structlog.get_logger(__name__)

HOME: Final = ROOT / "web"
TARGETS: Final = "chrome103,edge103,safari16.4"
"""The oldest engines that the application is for."""
_BUNDLE: Final = (
    "--bundle", "--minify", "--format=esm", f"--target={TARGETS}", "--jsx=automatic", "--jsx-import-source=preact",
    "--entry-names=[name]-[hash]", "--chunk-names=part-[hash]", "--legal-comments=none", "--log-level=warning",
)  # fmt: skip
_PATIENCE: Final = ("--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--prefer-offline")
_PLACE: Final = "/field/"


def provide() -> bool:
    """Have the application; return whether it had to be built. Raises :class:`Problem` when that fails."""
    if not HOME.exists():  # a wheel carries what was built
        return False
    wanted = _wanted()
    if _has(wanted):
        return False
    BUILT.mkdir(exist_ok=True)
    with npm.alone(BUILT):
        if _has(wanted):  # somebody else has built it meanwhile
            return False
        logger.info("building the sampler's application")
        with tempfile.TemporaryDirectory(prefix="spotcheck-field-") as folder:
            _build(Path(folder))
        durable(BUILT / "stamp", wanted.encode())
    return True


def provide_or_say() -> None:
    """Have the application, or say in one line that it is not there: the desk works without it."""
    try:
        provide()
    except Problem as problem:
        reason = str(problem).strip().splitlines()[-1] if str(problem).strip() else "no reason given"
        serves = "the one built before" if (BUILT / "index.html").exists() else "a page that says so"
        logger.warning(
            "the sampler's application could not be built; ./run setup tries again", field_serves=serves, reason=reason
        )


def tools() -> Path:
    """Have all packages, those for developers too, in ``web/node_modules``; return that folder."""
    modules = HOME / "node_modules"
    wanted = sha256((HOME / "package-lock.json").read_bytes()).hexdigest()
    if kept_text(modules / "stamp") != wanted:
        with npm.alone(HOME):
            if kept_text(modules / "stamp") != wanted:
                npm.install(HOME, HOME, *_PATIENCE)
                durable(modules / "stamp", wanted.encode())
    return modules


def check() -> None:
    """Check the types of all sources and their tests. Raises :class:`Problem` with what is wrong."""
    npm.do([_program(tools(), "@typescript/*/lib/tsc"), "--project", str(HOME)], HOME)


def bundle(sources: Sequence[Path], out: Path, modules: Path, **known: Any) -> dict[str, str]:
    """Bundle sources for a browser; return the file of each. ``known`` are constants that the sources are told."""
    facts = [f"--define:{name}={json.dumps(value, ensure_ascii=True)}" for name, value in known.items()]
    notes = out.parent / f"{out.name}.json"
    options = [*_BUNDLE, *facts, "--splitting", f"--outdir={out}", f"--metafile={notes}"]
    npm.do([_esbuild(modules), *map(str, sources), *options], HOME, NODE_PATH=str(modules))
    made = json.loads(notes.read_text(encoding="utf-8"))["outputs"]
    entries = {
        (HOME / entry["entryPoint"]).resolve(): Path(name).name for name, entry in made.items() if "entryPoint" in entry
    }
    return {source.name: entries[source.resolve()] for source in sources}


def _version() -> str:
    return str(json.loads((HOME / "package.json").read_text(encoding="utf-8"))["version"])


def _wanted() -> str:
    """The stamp of what is wanted: the sources, the lock file and this recipe."""
    said = sha256(Path(__file__).read_bytes())
    for path in sorted([*(HOME / "src").rglob("*"), HOME / "package-lock.json"]):
        if path.is_file():
            said.update(path.relative_to(HOME).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return said.hexdigest()


def _has(wanted: str) -> bool:
    return kept_text(BUILT / "stamp") == wanted and all((BUILT / name).exists() for name in ("index.html", "sw.js"))


def _build(folder: Path) -> None:
    with _packages(folder) as modules:
        out = folder / "out"
        sender = bundle([HOME / "src" / "workers" / "sync.ts"], out, modules)["sync.ts"]
        known = {"SYNC_WORKER": _PLACE + sender, "APP": _version()}
        names = bundle([HOME / "src" / "app" / "main.tsx", HOME / "src" / "app" / "look.css"], out, modules, **known)
        shutil.copy(HOME / "src" / "manifest.webmanifest", out / "manifest.webmanifest")
        shutil.copy(ROOT / "spotcheck" / "look" / "static" / "look" / "icon.svg", out / "icon.svg")
        _write_page(out, names["main.tsx"], names["look.css"])
        _write_worker(folder, out, modules)
        (out / "licences.txt").write_text(_licences(modules), encoding="utf-8")
    _put_in_place(out)


@contextmanager
def _packages(folder: Path) -> Iterator[Path]:
    """The packages that the application is built with: a developer's, or fetched for this build."""
    if kept_text(HOME / "node_modules" / "stamp"):
        yield tools()
    else:
        npm.install(HOME, folder, "--omit=dev", *_PATIENCE)
        yield folder / "node_modules"


def _write_page(out: Path, script: str, look: str) -> None:
    page = (HOME / "src" / "index.html").read_text(encoding="utf-8")
    (out / "index.html").write_text(page.replace("{script}", script).replace("{look}", look), encoding="utf-8")


def _write_worker(folder: Path, out: Path, modules: Path) -> None:
    """The service worker knows every file by its name, and is another one as soon as any of them is."""
    files = sorted(path.name for path in out.iterdir())
    version = sha256(b"".join(name.encode() + (out / name).read_bytes() for name in files)).hexdigest()[:16]
    precached = [_PLACE, *(_PLACE + name for name in files if name != "index.html")]
    made = bundle([HOME / "src" / "sw.ts"], folder / "worker", modules, FILES=precached, VERSION=version)
    shutil.copy(folder / "worker" / made["sw.ts"], out / "sw.js")


def _licences(modules: Path) -> str:
    """Which packages the application contains, with their licences in full."""
    listed = json.loads((HOME / "package.json").read_text(encoding="utf-8"))
    parts = []
    for name in sorted(set(listed["dependencies"]) - {"esbuild"}):
        package = json.loads((modules / name / "package.json").read_text(encoding="utf-8"))
        texts = [path.read_text(encoding="utf-8") for path in sorted((modules / name).glob("LICEN[CS]E*"))]
        parts.append("\n\n".join([f"{name} {package['version']} ({package['license']})", *texts]))
    return "\n\n".join(parts)


def _put_in_place(out: Path) -> None:
    """New files first, the page that names them last; what no version asks for any more goes at the end."""
    made = sorted(out.iterdir(), key=lambda path: (path.name in {"sw.js", "index.html"}, path.name))
    for path in made:
        durable(BUILT / path.name, path.read_bytes())
    keep = {path.name for path in made} | {"stamp", ".lock"}
    for path in BUILT.iterdir():
        if path.name not in keep:
            path.unlink()


def _esbuild(modules: Path) -> str:
    return _program(modules, "@esbuild/*/bin/esbuild", "@esbuild/*/esbuild.exe")


def _program(modules: Path, *patterns: str) -> str:
    """A native program that a package brought for this machine."""
    found = [path for pattern in patterns for path in modules.glob(pattern)]
    if not found:
        raise Problem(f"There is no {patterns[0].split('/')[0]} for this machine.")
    return str(found[0])


if __name__ == "__main__":
    try:
        check()
        provide()
    except Problem as problem:
        sys.exit(str(problem))
