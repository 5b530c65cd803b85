"""docs/architecture.md and docs/develop.md say of the tree what the import contracts and the tree itself say."""

import re
import tomllib
from graphlib import CycleError, TopologicalSorter

import grimp
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


BANDS = {
    "commands, measuring, wiring": "cli",
    "what plays and writes": "rehearsal",
    "doors": "desk",
    "entrance, frame, ground of the programs": "signin",
    "casework": "casework",
    "old cases, chapters six to two": "takeover",
    "papers, registers, mechanisms": "notices",
    "ground": "files",
}
"""The bands of the picture, each with the first package of its first layer."""


def test_the_picture_is_the_import_contract() -> None:
    """Bands from above to below; in each the layers from left to right."""
    bands: list[list[str]] = []
    for layer in _layers("spotcheck"):
        if layer[0] in BANDS.values():
            bands.append([])
        bands[-1].append('["' + "<br>".join(layer) + '"]')
    drawn = ["```mermaid", "flowchart TB"]
    for number, (title, layers) in enumerate(zip(BANDS, bands, strict=True)):
        nodes = " --> ".join(f"b{number}l{place}{layer}" for place, layer in enumerate(layers))
        drawn += [f'  subgraph b{number} ["{title}"]', "    direction LR", f"    {nodes}", "  end"]
    drawn += ["  " + " --> ".join(f"b{number}" for number in range(len(bands))), "```"]
    wanted = "\n".join(drawn)
    assert wanted in PAGE, f"put this into docs/architecture.md:\n{wanted}"


def test_no_modules_import_each_other_in_a_circle() -> None:
    """At run time; what only a type checker reads may name what is above it."""
    graph = grimp.build_graph("spotcheck", exclude_type_checking_imports=True)
    imported = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    packages = {module: {other for other in others if other in graph.modules} for module, others in imported.items()}
    try:
        TopologicalSorter(packages).prepare()
    except CycleError as circle:
        pytest.fail(f"a circle: {' -> '.join(circle.args[1])}")
