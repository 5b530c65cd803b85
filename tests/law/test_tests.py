"""The tests stand where one looks, and reach into no module of the program but where they break it on purpose."""

import ast
from collections.abc import Iterator
from pathlib import Path

from spotcheck.wiring.machine.places import ROOT

HERE = ROOT / "tests"
KINDS = {
    "acceptance": "what the text has to do, as files",
    "custody": "from sealing to the report, over two chapters",
    "faults": "what breaks while it works",
    "field": "the sampler's application in its browser",
    "ground": "what everything stands on: servers, processes, front door, command",
    "installation": "units, packages and machines",
    "journeys": "whole paths through the text, as files",
    "law": "what holds of the whole tree",
    "reliability": "invariants, days, deployment",
    "second_reading": "the same text read by somebody else",
    "second_text": "the smallest other text",
    "storage": "stores of files and backups, with the servers they need",
}
"""Folders that are of no package, and what they hold."""
BROKEN_ON_PURPOSE = {
    "spotcheck.api.kept": {"_WAIT", "_lock"},
    "spotcheck.casework.batch_running": {"_done"},
    "spotcheck.docket.acts": {"_reread"},
    "spotcheck.docket.register": {"_put"},
    "spotcheck.docket.sweep": {"_claim", "_count_failure", "_let_pass", "_note", "_rows"},
    "spotcheck.files.bucket": {"_client", "_made"},
    "spotcheck.files.checking": {"_asked"},
    "spotcheck.network.mail": {"_HERE"},
    "spotcheck.notices.numbering": {"_take"},
    "spotcheck.notices.production": {"_take"},
    "spotcheck.registers.absences": {"_write"},
    "spotcheck.registers.people": {"_managing_the_province"},
    "spotcheck.registers.posts": {"_held_meanwhile"},
    "spotcheck.wiring.machine.fonts": {"_fetch"},
    "spotcheck.wiring.machine.sharing": {"_recorded"},
    "spotcheck.wiring.operating.databases": {"_bring_up_to_date"},
}
"""Names that a test takes away, holds up or lets fail: nobody else has a use for them."""
OF_THE_PROCESS = {
    "spotcheck.cli.main": {"_database"},
    "spotcheck.cli.maintenance": {"_next"},
    "spotcheck.network.counting": {"_resting", "_sentinels"},
    "spotcheck.wiring.operating.maintenance": {"_seen"},
    "spotcheck.wiring.site.settings": {"_files", "_scanner"},
}
"""What a process keeps or reads once, which the next test must not find."""
PARTS = {
    "spotcheck.api.quick": {"_of_shape"},
    "spotcheck.bench.acting": {"_act", "_offices"},
    "spotcheck.notices.particulars": {"_complaint"},
    "spotcheck.notices.service": {"_receipt"},
    "spotcheck.planning.candidates": {"_line"},
    "spotcheck.remediation.case_file": {"_recorded"},
    "spotcheck.rules.characters": {"_tidied", "_wrong"},
    "spotcheck.signin.letters": {"_token"},
    "spotcheck.wiring.operating.upgrading": {"_rows"},
}
"""Parts that are tried alone, because many inputs would have to come through the whole for one."""


def test_every_folder_of_tests_is_that_of_a_package_or_holds_a_kind_of_test():
    packages = {path.name for path in (ROOT / "spotcheck").iterdir() if (path / "__init__.py").exists()}
    folders = {path.name for path in HERE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders & packages | set(KINDS) == folders
    assert packages & set(KINDS) == set()


def test_a_private_name_of_the_program_is_used_by_a_test_only_to_break_it():
    """Whoever needs another one has found something that is public, or adds it here with its reason."""
    reached: dict[str, set[str]] = {}
    for path in sorted(HERE.rglob("*.py")):
        for module, name in _reached(ast.parse(path.read_text(encoding="utf-8"))):
            reached.setdefault(module, set()).add(name)
    known: dict[str, set[str]] = {}
    for names in (BROKEN_ON_PURPOSE, OF_THE_PROCESS, PARTS):
        for module, of in names.items():
            known.setdefault(module, set()).update(of)
    assert reached == known


def test_a_private_name_is_recognised_however_it_is_reached():
    code = """
from spotcheck.docket import sweep as broom
from spotcheck.docket.acts import _reread
broom._claim(1)
patch.setattr(broom, "_note", None)
broom.sweep(); broom.models._meta
"""
    found = {
        ("spotcheck.docket.acts", "_reread"),
        ("spotcheck.docket.sweep", "_claim"),
        ("spotcheck.docket.sweep", "_note"),
    }
    assert set(_reached(ast.parse(code))) == found


def _reached(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Each private name of a module of ours that is imported, looked up or put in its place, with its module."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    ours = [
        (node.module, each) for node in imports if (node.module or "").startswith("spotcheck") for each in node.names
    ]
    yield from ((str(module), each.name) for module, each in ours if _is_private(each.name))
    known = {each.asname or each.name: f"{module}.{each.name}" for module, each in ours}
    for where, name in filter(None, map(_looked_up, ast.walk(tree))):
        if where in known and _is_private(name) and _is_module(known[where]):
            yield known[where], name


def _looked_up(node: ast.AST) -> tuple[str, str] | None:
    """``where.name``, or ``patch.setattr(where, "name", ...)``."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return node.value.id, node.attr
    if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"setattr", "delattr"} and len(node.args) > 1:
        return getattr(node.args[0], "id", ""), str(getattr(node.args[1], "value", ""))
    return None


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def _is_module(name: str) -> bool:
    path = ROOT / Path(*name.split("."))
    return path.with_suffix(".py").exists() or path.is_dir()
