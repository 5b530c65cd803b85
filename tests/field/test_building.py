"""The sampler's application: built from its sources without any help, small, whole, and missed by nobody who sits at a desk."""

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
from django.test import Client
from structlog.testing import capture_logs

from spotcheck.tablet import pages
from spotcheck.wiring.machine import fieldapp, npm
from spotcheck.wiring.machine.places import ROOT
from spotcheck.wiring.machine.problems import Problem
from tests.faults.figures import report

CJK = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", re.DOTALL)


pytestmark = pytest.mark.usefixtures("built")


def _first_load() -> list[str]:
    """What a browser fetches before it shows anything."""
    page = (pages.BUILT / "index.html").read_text(encoding="utf-8")
    found = ["index.html", *re.findall(r'(?:src|href)="/field/([^"]+\.(?:js|css))"', page)]
    for name in found:
        if name.endswith(".js"):
            script = (pages.BUILT / name).read_text(encoding="utf-8")
            found.extend(sorted(set(re.findall(r'(?:from|import)"\./([^"]+)"', script)) - set(found)))
    return found


def _packed(name: str) -> int:
    return len(gzip.compress((pages.BUILT / name).read_bytes(), 6))


def test_the_first_load_is_small() -> None:
    sizes = {name: _packed(name) for name in _first_load()}
    assert len(sizes) >= 3
    assert sum(sizes.values()) <= 60_000, sizes
    report("T2 first load", kilobytes=round(sum(sizes.values()) / 1000, 1))


def test_what_a_tablet_keeps_is_small() -> None:
    precached = {path.name: _packed(path.name) for path in pages.BUILT.iterdir() if path.name not in {"stamp", ".lock"}}
    assert sum(precached.values()) <= 700_000, precached
    report("T2 kept", kilobytes=round(sum(precached.values()) / 1000, 1))


def test_the_lock_names_no_registry_and_every_package_by_its_hash() -> None:
    lock = json.loads((fieldapp.HOME / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    for name, entry in packages.items():
        assert entry.get("integrity", "").startswith("sha512-"), name
        assert "resolved" not in entry, name
    assert "omit-lockfile-registry-resolved=true" in (fieldapp.HOME / ".npmrc").read_text(encoding="utf-8")


def test_every_version_is_pinned() -> None:
    listed = json.loads((fieldapp.HOME / "package.json").read_text(encoding="utf-8"))
    for name, version in {**listed["dependencies"], **listed["devDependencies"]}.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name


def test_a_second_call_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: object, **__: object) -> None:
        raise AssertionError("npm or esbuild was asked for")

    monkeypatch.setattr(npm, "do", asked)
    assert not fieldapp.provide()


def test_a_changed_source_is_built_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The old version stays as long as the new one is not whole."""
    monkeypatch.setattr(fieldapp, "BUILT", tmp_path)
    assert fieldapp.provide()
    before = sorted(path.name for path in tmp_path.iterdir())
    assert before == sorted(path.name for path in pages.BUILT.iterdir())
    (tmp_path / "stamp").write_text("another")
    (tmp_path / "main-OLDOLD00.js").write_text("of a version before")

    def broken(*_: object, **__: object) -> None:
        raise Problem("the registry does not answer")

    with monkeypatch.context() as patch:
        patch.setattr(fieldapp, "bundle", broken)
        with pytest.raises(Problem):
            fieldapp.provide()
    assert (tmp_path / "main-OLDOLD00.js").exists()
    assert fieldapp.provide()
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_without_a_registry_one_line_says_so_and_the_desk_works(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, client: Client, db: None
) -> None:
    for module in (fieldapp, pages):
        monkeypatch.setattr(module, "BUILT", tmp_path)

    def away(*_: object, **__: object) -> None:
        raise Problem("npm error network request failed\nnpm error code ENOTFOUND")

    monkeypatch.setattr(fieldapp, "tools", away)
    monkeypatch.setattr(npm, "install", away)
    with capture_logs() as said:
        fieldapp.provide_or_say()
    (told,) = [line for line in said if line["log_level"] == "warning"]
    assert "could not be built" in told["event"]
    assert told["reason"] == "npm error code ENOTFOUND"
    page = client.get("/field/")
    assert page.status_code == 503
    assert "spotcheck setup --program" in page.content.decode()
    assert client.get("/field/sw.js").status_code == 404
    assert client.get("/login/").status_code == 200


def test_the_page_has_its_own_policy_and_asks_each_time(client: Client, db: None) -> None:
    page = client.get("/field/")
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-cache"
    policy = page.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "script-src 'self' 'wasm-unsafe-eval';" in policy
    assert "worker-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    text = page.content.decode()
    assert not re.search(r"<script(?![^>]*\ssrc=)|\sstyle=|https?://", text)


def test_what_is_named_by_its_content_is_kept_for_good(client: Client, db: None) -> None:
    for name in _first_load():
        if name == "index.html":
            continue
        answer = client.get(f"/field/{name}")
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert b"".join(answer) == (pages.BUILT / name).read_bytes()
    worker = client.get("/field/sw.js")
    assert worker.headers["Cache-Control"] == "no-cache"
    assert worker.headers["Content-Type"].startswith("text/javascript")
    worker.close()


@pytest.mark.parametrize("name", ["stamp", ".lock", "index.html", "..%2Fpages.py", "pages.py", "main-AAAAAAAA.js"])
def test_nothing_else_is_served(client: Client, db: None, name: str) -> None:
    assert client.get(f"/field/{name}").status_code == 404


def test_the_wheel_carries_what_was_built_and_the_image_its_sources() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "spotcheck/tablet/built/*" in project["tool"]["hatch"]["build"]["targets"]["wheel"]["artifacts"]
    assert "COPY web ./web" in (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")


def test_licences_of_what_is_inside_go_along() -> None:
    text = (pages.BUILT / "licences.txt").read_text(encoding="utf-8")
    listed = json.loads((fieldapp.HOME / "package.json").read_text(encoding="utf-8"))
    for name in set(listed["dependencies"]) - {"esbuild"}:
        assert f"{name} {listed['dependencies'][name]} (" in text
    assert "Permission" in text


def test_words_stand_in_one_file() -> None:
    """And each of them in both languages, which the compiler holds too."""
    for path in sorted((fieldapp.HOME / "src").rglob("*.ts*")):
        if path.name != "words.ts":
            assert not CJK.search(COMMENT.sub("", path.read_text(encoding="utf-8"))), path.name
    words = (fieldapp.HOME / "src" / "words.ts").read_text(encoding="utf-8")
    pairs = re.findall(r'zh:\s*"((?:[^"\\]|\\.)*)",\s*en:\s*"((?:[^"\\]|\\.)*)"', words)
    assert len(pairs) == len(re.findall(r"\bzh:\s*\"", words)) > 10
    for zh, en in pairs:
        assert zh, en
        assert en, zh
        assert en == "中文" or not CJK.search(en), en
        assert set(re.findall(r"\{\w+\}", zh)) == set(re.findall(r"\{\w+\}", en)), zh


def test_no_source_asks_another_host() -> None:
    for path in sorted((fieldapp.HOME / "src").rglob("*")):
        if path.is_file():
            assert not re.search(r"https?://", path.read_text(encoding="utf-8")), path.name


@pytest.mark.long
def test_a_machine_without_node_builds_it(tmp_path: Path) -> None:
    """npm comes from PyPI for the moment; nothing of the machine's is on the path."""
    shutil.copytree(fieldapp.HOME, tmp_path / "web", ignore=shutil.ignore_patterns("node_modules"))
    code = f"""
from pathlib import Path
from spotcheck.wiring.machine import fieldapp
fieldapp.HOME, fieldapp.BUILT = Path({str(tmp_path / "web")!r}), Path({str(tmp_path / "built")!r})
print(fieldapp.provide())
"""
    environment = {name: value for name, value in os.environ.items() if "npm" not in name.lower()}
    environment |= {"PATH": "/nowhere", "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("True")
    assert (tmp_path / "built" / "index.html").exists()
    report("T12", seconds=round(time.monotonic() - began))
