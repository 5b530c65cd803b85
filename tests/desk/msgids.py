"""Every message of the program, read off its sources without the gettext tools."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[2]
COMMON = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
_CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
# What templatize leaves of a template is Python-like: _('''...''') and ngettext('''...''', '''...''', ...).
_IN_TEMPLATE = re.compile(
    r"""\b(?:n?gettext|_)\(\s*u?(?P<quote>'''|\"\"\"|'|\")(?P<one>.*?)(?<!\\)(?P=quote)
    (?:\s*,\s*u?(?P<quote2>'''|\"\"\"|'|\")(?P<many>.*?)(?<!\\)(?P=quote2))?""",
    re.DOTALL | re.VERBOSE,
)


class Message(NamedTuple):
    """A message and where it stands."""

    msgid: str
    plural: str
    where: str

    @property
    def catalogue(self) -> Path:
        """Where it is translated: in the catalogue of its package, if that has one of its own."""
        package = ROOT / Path(*Path(self.where).parts[:2])
        own = package / "locale" / "en" / "LC_MESSAGES" / "django.po"
        return own if own.exists() else COMMON


def messages() -> Iterator[Message]:
    """Yield the messages of all Python files and templates."""
    for path in sorted((ROOT / "spotcheck").rglob("*.py")):
        if "migrations" not in path.parts:
            yield from _of_python(path)
    for path in sorted((ROOT / "spotcheck").glob("*/templates/**/*.html")):
        yield from _of_template(path)


def _of_python(path: Path) -> Iterator[Message]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _name(node.func) in _CALLS and node.args:
            texts = [a.value for a in node.args[:2] if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if texts:
                plural = texts[1] if len(texts) > 1 else ""
                yield Message(texts[0], plural, str(path.relative_to(ROOT)))


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _of_template(path: Path) -> Iterator[Message]:
    text = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for found in _IN_TEMPLATE.finditer(text):
        yield Message(
            found["one"].replace("\\'", "'"), (found["many"] or "").replace("\\'", "'"), str(path.relative_to(ROOT))
        )
