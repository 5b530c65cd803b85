"""docs/security.md says only what is so: what it names is there, what it calls met is tested, nothing is left out."""

import ast
import re
from typing import Final, NamedTuple

import pytest

from spotcheck.files.checks import child, content, sheet
from spotcheck.rules.book import KINDS, family_of
from spotcheck.rules.kept import TABLES
from spotcheck.signin import passwords, sessions
from spotcheck.wiring.machine.places import ROOT

PAGE: Final = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ANSWERS: Final = {"met", "not met", "not applicable"}
# How many requirements each section of ASVS 5.0.0 has up to level 2 (in V2, V5, V8 and V16 up to level 3).
ASKED: Final = {
    "V1": (2, 9, 11, 3, 2),
    "V2": (3, 3, 5, 2),
    "V3": (0, 2, 4, 6, 5, 0, 2),
    "V4": (3, 1, 2, 4),
    "V5": (1, 6, 3, 3),
    "V6": (3, 12, 4, 4, 5, 3, 0, 4),
    "V7": (3, 4, 2, 5, 2, 2),
    "V8": (4, 4, 3, 2),
    "V9": (3, 4),
    "V11": (2, 3, 3, 4, 1, 1),
    "V12": (3, 2, 4),
    "V13": (1, 5, 2, 5),
    "V14": (2, 4, 3),
    "V15": (3, 3, 7),
    "V16": (1, 5, 4, 3, 4),
}
WHOLE: Final = {"V10", "V17"}
ITEMS: Final = {
    "身份鉴别": "abcd", "访问控制": "abcdefg", "安全审计": "abcd", "入侵防范": "abcdef", "恶意代码防范": "", "可信验证": "",
    "数据完整性": "ab", "数据保密性": "ab", "数据备份恢复": "abc", "剩余信息保护": "ab", "个人信息保护": "ab",
}  # fmt: skip
_RANGE: Final = re.compile(r"(V\d+\.\d+\.)(\d+)(?:–(\d+))?")
_TEST: Final = re.compile(r"`([a-z_]+/test_\w+\.py)::(\w+)`")


class Row(NamedTuple):
    number: str
    asks: str
    answer: str
    by: str
    test: str


def rows_of(page: str, head: str) -> list[Row]:
    """The lines of the table whose first column has this head."""
    table = page.split(f"| {head} | asks | answer | by | test |\n|---|---|---|---|---|\n")[1].split("\n\n", maxsplit=1)[
        0
    ]
    return [Row(*(cell.strip() for cell in line.strip().strip("|").split("|"))) for line in table.splitlines()]


def numbers_of(row: Row) -> list[str]:
    """The requirements that a line answers: ``V1.2.1, V1.2.3–5``."""
    if row.number in WHOLE:
        return [row.number]
    found = []
    for one in row.number.split(", "):
        section, first, last = _RANGE.fullmatch(one).groups()
        found += [f"{section}{number}" for number in range(int(first), int(last or first) + 1)]
    return found


def wrong_with(row: Row) -> list[str]:
    """What a line says and is not so."""
    wrong = []
    if row.answer not in ANSWERS or not row.asks or not row.by:
        wrong.append("says too little")
    if (row.answer == "met") != bool(row.test):
        wrong.append("met without a test, or a test without met")
    if len(_TEST.findall(row.test)) != row.test.count("`") // 2:
        wrong.append("a test that is not named in full")
    wrong += [f"no test {name} in {file}" for file, name in _TEST.findall(row.test) if not has_test(file, name)]
    return wrong


def has_test(file: str, name: str) -> bool:
    path = ROOT / "tests" / file
    return path.exists() and re.search(rf"^def {name}\(", path.read_text(encoding="utf-8"), re.MULTILINE) is not None


ASVS: Final = rows_of(PAGE, "number")
LEVELS: Final = rows_of(PAGE, "item")


@pytest.mark.parametrize("row", [*ASVS, *LEVELS], ids=lambda row: row.number)
def test_a_line_says_what_is_so(row: Row):
    assert wrong_with(row) == []


def test_no_requirement_is_left_out_or_answered_twice():
    asked = [
        f"{chapter}.{section}.{number}"
        for chapter, sections in ASKED.items()
        for section, many in enumerate(sections, 1)
        for number in range(1, many + 1)
    ]
    answered = [number for row in ASVS for number in numbers_of(row)]
    assert sorted(answered) == sorted([*asked, *WHOLE])


def test_every_item_of_the_third_level_is_answered_once():
    asked = [f"{item} {letter}".strip() for item, letters in ITEMS.items() for letter in letters or " "]
    assert [row.number for row in LEVELS] == asked


def test_every_module_and_document_that_is_named_is_there():
    named = set(re.findall(r"`((?:[a-z_]+/)+[A-Za-z_.-]+|requirements\.lock)`", PAGE))
    named |= set(re.findall(r"\]\(([a-z-]+\.md)\)", PAGE))
    places = [ROOT, ROOT / "spotcheck", ROOT / "tests", ROOT / "docs"]
    assert len(named) > 60
    assert sorted(name for name in named if not any((place / name).exists() for place in places)) == []


def test_tests_that_are_named_beside_an_answer_are_there():
    """A test of the part that holds, told in a line that is not met."""
    everything = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    named = set(re.findall(r"\btest_\w+(?!\w|\.py)", "".join(row.by for row in ASVS + LEVELS)))
    assert {name for name in named if f"def {name}(" not in everything and not list(ROOT.rglob(f"{name}.py"))} == set()


def test_the_sizes_on_the_page_are_those_of_the_program():
    megabytes = {kind: most // content.MEGABYTE for kind, most in content.LARGEST.items()}
    assert f"| PDF | {megabytes[content.PDF]} MB |" in PAGE
    assert f"| JPEG, PNG, WebP, HEIC | {megabytes[content.JPEG]} MB |" in PAGE
    assert f"| MP4 | {megabytes[content.MP4]} MB |" in PAGE
    assert f"| xlsx | {megabytes[content.XLSX]} MB |" in PAGE
    assert f"at most {sheet.MOST_ENTRIES} parts and {sheet.MOST_BYTES // content.MEGABYTE} MB unpacked" in PAGE
    assert f"no part more than {sheet.MOST_TIMES} times" in PAGE
    assert f"({child.MEMORY // child.MEBIBYTE} MiB, {child.SECONDS} seconds of processor)" in PAGE


def test_the_limits_of_sessions_on_the_page_are_those_of_the_program(settings):
    assert f"({sessions.OFFICER // 60} minutes, {sessions.ADMINISTRATOR // 60} for" in PAGE
    assert f"{settings.SESSION_COOKIE_AGE // 3600} hours in all" in PAGE
    assert settings.ACCOUNT_REAUTHENTICATION_TIMEOUT == 5 * 60
    assert (passwords.SHORTEST, passwords.LONG_ENOUGH) == (12, 16)


def test_every_table_has_one_class():
    """By its name, or by the beginning of its name; a table that is named stands in that class only."""
    rows = (
        PAGE.split("| class | what | tables | what protects it |\n|---|---|---|---|\n")[1].split("\n\n")[0].splitlines()
    )
    said = [set(re.findall(r"`([a-z0-9_]+\*?)`", row.split("|")[3])) for row in rows]
    named = [name for names in said for name in names]
    assert len(named) == len(set(named))
    without = []
    for table in TABLES:
        by_name = sum(table in names for names in said)
        by_family = sum(any(one.endswith("*") and table.startswith(one[:-1]) for one in names) for names in said)
        if by_name != 1 and by_family != 1:
            without.append(table)
    assert without == []
    gone = [name for name in named if not any(t == name or t.startswith(name.rstrip("*")) for t in TABLES)]
    assert gone == []


def test_no_algorithm_is_used_that_the_page_does_not_name():
    """What our sources take from hashlib, hmac, cryptography and age."""
    used = set()
    for path in (ROOT / "spotcheck").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in {
                "hashlib",
                "hmac",
                "cryptography",
            }:
                used |= {name.name for name in node.names}
            elif isinstance(node, ast.Import):
                used |= {name.name for name in node.names if name.name in {"hmac", "pyrage"}}
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "hashlib":
                used.add(node.attr)
            elif isinstance(node, ast.Name) and re.fullmatch(r"(?i)md5|sha\d+|salted_hmac", node.id):
                used.add(node.id)
    # containers and errors, which are no algorithms; file_digest is told its own
    used -= {"serialization", "InvalidSignature", "InvalidTag", "SHA256", "hashes", "file_digest", "NameOID"}
    named = set(re.findall(r"`(\w+)`", PAGE.split("## Keys and algorithms")[1].split("## Components")[0]))
    assert {"sha256", "AESGCM", "HKDF", "pyrage"} <= used
    assert used - named == set()
    assert not any(re.search("(?i)md5|sha1", name) for name in used)


def test_times_for_mending_are_fixed():
    told = PAGE.split("## Components")[1].split("\n## ")[0].replace("\n", " ")
    for time in ("within 3 days", "within 14 days", "within 60 days", "every 90 days"):
        assert time in told


def test_every_kind_of_the_book_has_a_family_on_the_page():
    """Whoever adds a family of lines says on the page that it is written down."""
    told = {
        "people": "people", "office": "offices", "enterprise": "enterprises", "frame": "frame", "import": "imports",
        "sign_in": "signing in", "read": "reading", "export": "exports", "settings": "settings",
        "evidence": "destruction of evidence", "rule": "rules of detail", "credential": "credentials of programs", "device": "tablets",
    }  # fmt: skip
    assert {family for family in map(family_of, KINDS) if told.get(family, "?") not in PAGE} == set()


def test_what_is_not_so_would_be_seen():
    good = Row(
        "V2.3.1", "asks", "met", "`docket/flow.py`", "`law/test_guards.py::test_a_guard_refuses_what_the_text_forbids`"
    )
    assert wrong_with(good) == []
    assert wrong_with(good._replace(test=""))
    assert wrong_with(good._replace(test="`law/test_guards.py::test_nothing`"))
    assert wrong_with(good._replace(test="some words in `a/b.py`"))
    assert wrong_with(good._replace(answer="nearly", test=""))
    assert wrong_with(good._replace(answer="not met", by="", test=""))
    assert numbers_of(good._replace(number="V1.2.1, V1.2.3–5")) == ["V1.2.1", "V1.2.3", "V1.2.4", "V1.2.5"]
