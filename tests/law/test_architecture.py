"""docs/architecture.md and docs/develop.md say of the tree what the import contracts and the tree itself say."""

import re
import tomllib

import pytest

from spotcheck.wiring.machine.places import ROOT

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
TABLES = {"spotcheck/": "spotcheck", "spotcheck/wiring/": "spotcheck.wiring"}
_NAMED = re.compile(r"`((?:[a-z_]+/)+[a-z_]+\.py)`")


def _table(heading: str) -> list[list[str]]:
    """The packages that a table names, line by line."""
    rows = PAGE.split(f"| `{heading}` | what it is |\n|---|---|\n")[1].split("\n\n")[0].splitlines()
    return [re.findall(r"`([a-z_]+)`", row.split("|")[1]) for row in rows]


def _layers(container: str) -> list[list[str]]:
    """The layers of a contract, as far as there are such packages already."""
    (contract,) = [one for one in CONTRACTS if one.get("containers") == [container]]
    folder = ROOT / container.replace(".", "/")
    named = [[name.strip(" ()") for name in layer.split("|")] for layer in contract["layers"]]
    there = [[name for name in layer if (folder / name).is_dir()] for layer in named]
    return [layer for layer in there if layer]


@pytest.mark.parametrize("heading", TABLES)
def test_the_tables_are_the_import_contracts(heading: str) -> None:
    """Line by line, from above to below."""
    assert _table(heading) == _layers(TABLES[heading])


@pytest.mark.parametrize("heading", TABLES)
def test_the_contracts_leave_no_package_out(heading: str) -> None:
    """And every package is one of a table: a new one has to be given its place."""
    folder = ROOT / TABLES[heading].replace(".", "/")
    packages = {path.name for path in folder.iterdir() if (path / "__init__.py").exists()}
    assert {name for layer in _table(heading) for name in layer} == packages
    (contract,) = [one for one in CONTRACTS if one.get("containers") == [TABLES[heading]]]
    assert contract["exhaustive"] is True


@pytest.mark.parametrize("page", ["architecture.md", "develop.md"])
def test_every_module_that_is_named_is_there(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    named = set(_NAMED.findall(text))
    assert named
    assert {name for name in named if not any((top / name).exists() for top in (ROOT, ROOT / "spotcheck"))} == set()
