"""Tables and cells of Markdown."""

from collections.abc import Iterable, Sequence

GENERATED = "<!-- Written by `spotcheck regulation`. Change the program, not this page. -->"


def cell(text: object) -> str:
    """Return a text as it stands in a cell."""
    return str(text).replace("|", "\\|").replace("\n", " ").strip()


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Return the lines of a table."""
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [f"| {' | '.join(cell(value) for value in row)} |" for row in rows]
    return lines


def code(name: object) -> str:
    """Return a name as it stands in the program."""
    return f"`{name}`"


def codes(names: Iterable[object]) -> str:
    """Return several names."""
    return ", ".join(code(name) for name in names)


def numbers(found: Iterable[int]) -> str:
    """Return numbers of articles or forms."""
    return ", ".join(str(number) for number in found)


def page(title: str, *blocks: Iterable[str]) -> str:
    """Return a page: its title, then the blocks with an empty line between them."""
    parts = [GENERATED, f"# {title}", *("\n".join(block) for block in blocks)]
    return "\n\n".join(part for part in parts if part) + "\n"
