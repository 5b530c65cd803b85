"""Nothing that comes in is carried out: no code, template, format or pattern of the program is made of it.

The tree itself is read, so that a place that would do it is named before anybody types anything.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from spotcheck.wiring.machine.places import ROOT

PROGRAM = ROOT / "spotcheck"
CARRIES_OUT = {"eval", "exec", "compile", "__import__", "execfile"}
READS_OBJECTS = {"pickle", "marshal", "shelve", "dill", "jsonpickle"}
PATTERNS = {"compile", "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"}
CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*")
OF_OURS = {
    # (module, what stands where a constant is wanted): why it is one
    ("signin/passwords.py", "kind"): "one of _KINDS",
    ("desk/web/cases.py", "done"): "a translated sentence, chosen by the caller",
    ("notices/issuing.py", "says"): "a translated sentence, chosen a line above",
    ("bench/rivals.py", "form"): "a page of the bench",
}
"""Names of small letters that hold what stands in the program."""


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PROGRAM.rglob("*.py")):
        yield path.relative_to(PROGRAM).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def calls() -> Iterator[tuple[str, ast.Call]]:
    for module, tree in trees():
        yield from ((module, node) for node in ast.walk(tree) if isinstance(node, ast.Call))


def is_ours(module: str, node: ast.expr) -> bool:
    """Whether this text stands in the program: a constant, the name of one, or put together of such."""
    match node:
        case ast.Constant():
            said = True
        case ast.Name(id=name):
            said = bool(CONSTANT.fullmatch(name)) or (module, name) in OF_OURS
        case ast.Attribute(attr=name):
            said = bool(CONSTANT.fullmatch(name)) or name in {"zh", "en"}
        case ast.JoinedStr() | ast.FormattedValue() | ast.BinOp(op=ast.Add()) | ast.IfExp():
            said = all(is_ours(module, part) for part in parts_of(node))
        case ast.Call():
            said = is_quoted(node) or is_translated(node)
        case _:
            said = False
    return said


def parts_of(node: ast.expr) -> list[ast.expr]:
    """The texts that one is put together of."""
    match node:
        case ast.JoinedStr(values=parts):
            return parts
        case ast.FormattedValue(value=value):
            return [value]
        case ast.BinOp(left=left, right=right):
            return [left, right]
        case ast.IfExp(body=body, orelse=other):
            return [body, other]
    return []


def is_quoted(node: ast.Call) -> bool:
    """``re.escape(...)``, or the joined names of a table of ours."""
    match node:
        case ast.Call(func=ast.Attribute(attr="escape", value=ast.Name(id="re"))):
            return True
        case ast.Call(func=ast.Attribute(attr="join"), args=[several]):
            return any(isinstance(one, ast.Name) and CONSTANT.fullmatch(one.id) for one in ast.walk(several))
    return False


def is_translated(node: ast.Call) -> bool:
    """A sentence of ours in the language of the screen."""
    match node:
        case ast.Call(func=ast.Name(id="_" | "gettext" | "ngettext" | "pgettext"), args=[first, *_]):
            return isinstance(first, ast.Constant)
    return False


def told(module: str, node: ast.AST) -> str:
    return f"{module}:{getattr(node, 'lineno', 0)}: {ast.unparse(node)[:120]}"


def test_no_text_is_carried_out_as_code() -> None:
    found = [
        told(module, call)
        for module, call in calls()
        if isinstance(call.func, ast.Name) and call.func.id in CARRIES_OUT
    ]
    assert found == []


def test_no_text_is_read_as_objects_and_none_is_a_line_of_a_shell() -> None:
    found = []
    for module, tree in trees():
        for node in ast.walk(tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found += [told(module, node) for name in names if name.partition(".")[0] in READS_OBJECTS]
            if isinstance(node, ast.Call):
                shell = any(word.arg == "shell" and not _is_false(word.value) for word in node.keywords)
                system = isinstance(node.func, ast.Attribute) and node.func.attr in {"system", "popen", "getoutput"}
                found += [told(module, node)] if shell or system else []
    assert found == []


def _is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def test_no_template_is_made_of_a_text() -> None:
    """Templates are files of ours; layouts of papers are the operator's, and know no expressions."""
    engines = {"django.template", "string", "jinja2", "mako"}
    found = []
    for module, tree in trees():
        for node in ast.walk(tree):
            match node:
                case ast.ImportFrom(module=name, names=names) if name in engines:
                    found += [
                        told(module, node) for alias in names if alias.name in {"Template", "Environment", "Engine"}
                    ]
                case ast.Call(func=ast.Attribute(attr="from_string"), args=[ast.Constant(), *_]):
                    pass
                case ast.Call(func=ast.Attribute(attr="from_string", value=ast.Name(id="engine" | "engines"))):
                    found.append(told(module, node))
    assert found == []


def test_no_pattern_is_made_of_a_text() -> None:
    found = []
    for module, call in calls():
        match call.func:
            case ast.Attribute(value=ast.Name(id="re"), attr=name) if name in PATTERNS:
                if not is_ours(module, call.args[0]):
                    found.append(told(module, call))
    assert found == []


def test_no_format_is_made_of_a_text() -> None:
    """What is filled in with format() or a table after % is a sentence of ours, or SQL of ours whose names are quoted."""
    found = []
    for module, tree in trees():
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Attribute(value=text, attr="format" | "format_map")):
                    if not is_ours(module, text) and not _is_sql(text):
                        found.append(told(module, node))
                case ast.BinOp(left=text, op=ast.Mod(), right=ast.Dict() | ast.Tuple()):
                    if not is_ours(module, text):
                        found.append(told(module, node))
    assert found == []


def _is_sql(node: ast.expr) -> bool:
    """``sql.SQL(...)`` of psycopg, which takes identifiers and literals only."""
    called = any(isinstance(one, ast.Attribute) and one.attr == "SQL" for one in ast.walk(node))
    return called or (isinstance(node, ast.Name) and node.id == "statement")


@pytest.mark.parametrize("script", sorted(PROGRAM.rglob("static/**/*.js")), ids=lambda path: path.name)
def test_scripts_put_texts_in_as_texts(script: Path) -> None:
    """Only lines that our server has drawn become markup; nothing becomes code."""
    if "vendor" in script.parts or script.name.endswith(".min.js"):
        return
    text = script.read_text(encoding="utf-8")
    for forbidden in ("eval(", "new Function", "document.write", "insertAdjacentHTML", "outerHTML =", 'setTimeout("'):
        assert forbidden not in text, forbidden
    assert set(re.findall(r"innerHTML\s*\+?=(?!=)\s*([^;]+);", text)) <= {"await row.text()"}


_BY_A_NAME: Final = re.compile(
    r"""[\w)\]]\[(?!["'\d])[^\]\n]+\]\s*=(?![=>])|__proto__|Object\.assign|fromEntries|\.prototype\b|for \(\w+ \w+ in """
)


@pytest.mark.parametrize("script", sorted(PROGRAM.rglob("static/**/*.js")), ids=lambda path: path.name)
def test_scripts_write_no_property_whose_name_comes_from_outside(script: Path) -> None:
    """So that no text that is typed, kept or sent reaches the prototype of all objects: what has names is a Map."""
    if "vendor" not in script.parts and not script.name.endswith(".min.js"):
        assert not _BY_A_NAME.findall(script.read_text(encoding="utf-8"))
    for hole in (
        "kept[name] = value;",
        "a.b[c.d] = 1;",
        "Object.assign(x, JSON.parse(y))",
        "x.__proto__",
        "for (const key in said)",
    ):
        assert _BY_A_NAME.search(hole), hole


def test_the_test_sees_what_it_is_to_find() -> None:
    """Each of the forms that would be a hole is one for it."""
    for text in ("typed", "request.POST['x']", "f'{typed}'", "'a' + typed", "f'{PATTERN}{typed}'", "typed.lower()"):
        assert not is_ours("x.py", ast.parse(text, mode="eval").body), text
    for text in ("'a'", "PATTERN", "f'^{PATTERN}$'", "re.escape(typed)", "_A + 'b'"):
        assert is_ours("x.py", ast.parse(text, mode="eval").body), text
