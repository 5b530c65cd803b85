"""The pages, and whether those on disk are current."""

from pathlib import Path

from spotcheck.api import schema
from spotcheck.docket.flow import MATTERS
from spotcheck.handbook.articles import articles_page
from spotcheck.handbook.charts import chart_page, charts_index
from spotcheck.handbook.matrix import matrix_page
from spotcheck.rules.charts import CHARTS


def pages(tests: Path) -> dict[str, str]:
    """Return all pages by their paths below ``docs``."""
    assert set(MATTERS) == set(CHARTS), "the charts are there once Django has started"
    found = {
        "regulation.md": articles_page(tests),
        "permitted-acts.md": matrix_page(),
        "charts/README.md": charts_index(),
        "openapi.yaml": schema.text(),
    }
    return found | {f"charts/{name}.md": chart_page(name) for name in CHARTS}


def stale(docs: Path, wanted: dict[str, str]) -> list[str]:
    """Return those of the pages that are missing, differ, or should not be there."""
    differing = [name for name, text in wanted.items() if _read(docs / name) != text]
    return sorted(differing + _left_over(docs, wanted))


def write(docs: Path, wanted: dict[str, str]) -> list[str]:
    """Bring the pages on disk up to date, and return those that were not."""
    changed = stale(docs, wanted)
    for name in changed:
        path = docs / name
        if name in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[name], encoding="utf-8")
        else:
            path.unlink()
    return changed


def _left_over(docs: Path, wanted: dict[str, str]) -> list[str]:
    found = (path.relative_to(docs).as_posix() for path in (docs / "charts").glob("*.md"))
    return [name for name in found if name not in wanted]


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None
