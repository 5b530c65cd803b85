"""What stands once: a number of the text only in ``rules``, a change of state only through a transition."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import spotcheck
from spotcheck.docket.flow import MATTERS
from spotcheck.rules.acts import ACTS
from spotcheck.rules.charts import CHARTS
from spotcheck.rules.regulations import REGULATIONS
from spotcheck.rules.sd_2021_1 import period_codes

PROGRAM = Path(spotcheck.__file__).parent
SOURCES = sorted(path for path in PROGRAM.rglob("*.py") if "migrations" not in path.parts)
COUNTING_IS_DONE_IN = ("rules/", "docket/clock.py")

RECKONED = {"rehearsal/facts.py": "how long a closure lasts when a story does not say: ordered, not counted"}
"""Where a day is reckoned otherwise, and why that is no period of the text."""

NUMBER = r"(\d+|[一二三四五六七八九十百]+|fifteen|seven|five|sixty|ninety|seventy-five|ten)"
STATUTORY = re.compile(
    rf"(?!一天){NUMBER}\s*个?(工作日|日内|天|个月)|(?<![月\d])\d+\s*日(?!期)"
    rf"|\b{NUMBER}[\s-]+(calendar |working )?(days?|months?)\b",
    re.IGNORECASE,
)
ALLOWED = {
    ("desk/web/today.py", "三个工作日"): "what the worklist calls soon: a matter of the screen, no period of the text",
    ("django.po", "三个工作日"): "the same sentence in the catalogue",
    ("django.po", "three working days"): "the same sentence in English",
    ("administration/forms.py", "四百天"): "how long a credential of a program may last; no period of the text",
    ("registers/refusals.py", "四百天"): "the same",
    ("administration/locale/en/LC_MESSAGES/django.po", "四百天"): "the same in the catalogue",
    (
        "casework/inbox.py",
        "一个工作日",
    ): "how long a record of a tablet may wait for a person; the text knows no tablets",
    ("django.po", "一个工作日"): "the same in the catalogue",
    ("casework/inbox.py", "三十天"): "how long before its end a credential is spoken of; no period of the text",
    ("django.po", "三十天"): "the same in the catalogue",
    ("casework/inbox.py", "九十天"): "how long before its end a certificate of a laboratory is spoken of",
    ("cli/import.py", "seven days"): "how long an import can be taken back",
    ("registers/refusals.py", "七天"): "the same",
    ("registers/refusals.py", "seven days"): "the same",
    (
        "look/templates/look/parts/import_look.html",
        "七天",
    ): "how long an import can be taken back; no period of the text",
    ("django.po", "七天"): "the same in the catalogue",
    ("django.po", "seven days"): "the same sentence in English",
    ("desk/templates/desk/laboratories.html", "九十天"): "how long refused requests are kept to be looked at",
    ("django.po", "九十天"): "the same in the catalogue",
    ("django.po", "ninety days"): "the same sentence in English",
    ("fields.yaml", "六个月"): "a reason to tick on Form 5; nothing is counted by it",
}
"""(file, what was found) -> why it is no number of the text."""

TEXTS = [
    path
    for pattern in ("**/templates/**/*", "**/locale/**/*.po", "**/static/**/*.js", "**/static/**/*.ts")
    for path in (*PROGRAM.glob(pattern), *PROGRAM.parent.glob(pattern))
    if path.is_file() and path.suffix in {".html", ".txt", ".po", ".js", ".ts"} and ".venv" not in path.parts
]
TEXTS += [  # not samples/: they are filled in; not citations.yaml: it says beside each statement what its article says
    path for path in PROGRAM.parent.glob("forms_templates/*.yaml") if path.name != "citations.yaml"
]


def name_of(path: Path) -> str:
    return path.relative_to(PROGRAM).as_posix() if path.is_relative_to(PROGRAM) else path.name


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def outside_the_rules() -> list[Path]:
    return [path for path in SOURCES if not name_of(path).startswith(COUNTING_IS_DONE_IN)]


def messages(tree: ast.Module) -> Iterator[str]:
    """Every text of a module that somebody may get to read: all strings but the docstrings."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    } | {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def found_in(path: Path, text: str) -> list[tuple[str, str]]:
    return [
        (name_of(path), match.group())
        for match in STATUTORY.finditer(text)
        if (name_of(path), match.group()) not in ALLOWED
    ]


def test_no_period_is_counted_outside_the_rules():
    names = {"timedelta", "relativedelta"}
    used = [
        name_of(path)
        for path in outside_the_rules()
        for node in ast.walk(tree_of(path))
        if (isinstance(node, ast.Name) and node.id in names)
        or (isinstance(node, ast.Attribute) and node.attr in names)
        or (isinstance(node, ast.alias) and node.name in names)
    ]
    assert used == []


def test_no_period_is_taken_from_anywhere_but_the_rule_set_of_its_dossier():
    """Who reads the records themselves would count a dossier of other rules with these numbers (Article 60, R9)."""
    found = [
        f"{path.relative_to(PROGRAM).as_posix()}:{node.lineno}"
        for path in SOURCES
        if not path.relative_to(PROGRAM).as_posix().startswith("rules/")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Name) and node.id == "PERIODS")
        or (isinstance(node, ast.ImportFrom) and "PERIODS" in [alias.name for alias in node.names])
        or (isinstance(node, ast.Attribute) and node.attr == "PERIODS")
    ]
    assert found == []


def test_a_period_is_named_and_its_code_stands_in_the_rules_only():
    """A misspelt name does not import; a misspelt code would be found when it is looked for."""
    codes = {code for text in REGULATIONS.values() for rules in text.rule_sets for code in rules.periods}
    bare = [
        (name_of(path), text)
        for path in SOURCES
        if not name_of(path).startswith("rules/")
        for text in messages(tree_of(path))
        if text in codes or any(f"'{code}'" in text for code in codes)
    ]
    assert bare == []
    assert codes == {value for name, value in vars(period_codes).items() if name.isupper()}


def test_no_day_is_reckoned_by_adding_to_an_ordinal_but_the_next_one():
    wrong = {
        name_of(path)
        for path in outside_the_rules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.BinOp)
        and any(isinstance(leaf, ast.Attribute) and leaf.attr == "toordinal" for leaf in ast.walk(node))
        and any(isinstance(leaf, ast.Constant) and leaf.value != 1 for leaf in ast.walk(node))
    }
    assert wrong - set(RECKONED) == set()


@pytest.mark.parametrize(
    "text",
    ["应当在15日内提出", "五个工作日", "十五日内", "60天", "自收到之日起 7 日", "6个月", "within 15 days", "90 Days"],
)
def test_a_number_of_the_text_is_recognised(text):
    assert STATUTORY.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-02",
        "2026年5月6日",
        "事情发生的那一天",
        "出生日期",
        "星期一",
        "{days} 天",
        "第三十五条",
        "days left",
        "3 acts",
    ],
)
def test_what_is_no_period_is_left_alone(text):
    assert not STATUTORY.search(text)


def test_no_number_of_the_text_stands_in_a_message():
    found = [
        place for path in outside_the_rules() for text in messages(tree_of(path)) for place in found_in(path, text)
    ]
    assert found == []


def test_no_number_of_the_text_stands_in_a_template_or_a_catalogue():
    assert [place for path in TEXTS for place in found_in(path, path.read_text(encoding="utf-8"))] == []


def calls(tree: ast.Module) -> Iterator[ast.Call]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def says_state(node: ast.AST) -> bool:
    return any(isinstance(leaf, ast.Constant) and leaf.value == "state" for leaf in ast.walk(node))


def bypasses(call: ast.Call) -> bool:
    """Whether a call writes a state past its transition."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name == "update":
        return any(word.arg == "state" for word in call.keywords) or any(
            says_state(word.value) for word in call.keywords if word.arg is None
        )
    if name == "bulk_update":
        return any(says_state(node) for node in (*call.args[1:], *call.keywords))
    if name in {"setattr", "__setattr__"}:
        return any(isinstance(node, ast.Constant) and node.value == "state" for node in call.args)
    return False


def test_no_state_is_written_past_its_transition():
    """But where a step of the record is gone back: by a counter-entry, and where an old case is taken back (I3)."""
    found = [name_of(path) for path in SOURCES for call in calls(tree_of(path)) if bypasses(call)]
    assert found == ["docket/register.py"]


@pytest.mark.parametrize(
    "code",
    [
        "Plan.objects.update(state='closed')",
        "q.filter(pk=1).update(**{'state': 'closed'})",
        "M.objects.bulk_update(rows, ['state', 'x'])",
        "M.objects.bulk_update(rows, fields=['state'])",
        "setattr(matter, 'state', 'closed')",
    ],
)
def test_a_state_that_is_written_past_its_transition_is_recognised(code):
    assert any(bypasses(call) for call in calls(ast.parse(code)))


def test_only_a_plan_and_a_task_begin_without_a_transition():
    """No transition of its own creates them (acceptance text, section 10.3); every other matter is created by one.

    The bench makes a million rows, which nobody acts into being.
    """
    models = {model.__name__ for model in MATTERS.values()}
    made = {
        (name_of(path), call.func.id)
        for path in SOURCES
        if not name_of(path).startswith("bench/")
        for call in calls(tree_of(path))
        if isinstance(call.func, ast.Name)
        and call.func.id in models
        and any(word.arg == "state" for word in call.keywords)
    }
    assert made == {("planning/operations.py", "Plan"), ("planning/operations.py", "Task")}


def test_a_state_is_protected_against_assignment():
    matter = MATTERS["rectification"]()
    with pytest.raises(AttributeError):
        matter.state = "passed"


CHAPTERS = ("planning/", "sampling/", "inspection/", "objections/", "remediation/")
AT_HOME = (*CHAPTERS, "rules/", "rehearsal/", "demo/", "bench/", "laboratories/")
"""Where an act may be named: in the chapters, with the records, where cases are told, and where acts have addresses."""


def test_no_act_is_named_outside_its_chapter():
    """Papers, mechanisms and pages ask the record of the act, or what a chapter has registered."""
    naming = {
        name_of(path)
        for path in SOURCES
        if not name_of(path).startswith(AT_HOME) and set(ACTS) & set(messages(tree_of(path)))
    }
    assert naming == set()


STATES = {
    name: tuple(getattr(import_module(f"spotcheck.{chart.package}.states"), f"{name.title().replace('_', '')}State"))
    for name, chart in CHARTS.items()
}


def test_the_states_of_a_chart_are_those_that_have_words():
    assert {name: tuple(chart.states) for name, chart in CHARTS.items()} == STATES


def test_a_transition_names_its_states_by_their_members():
    """A misspelt one does not import; a bare one would only be found when it is looked for."""
    every = {state for chart in CHARTS.values() for state in chart.states}
    bare = [
        (name_of(path), leaf.lineno)
        for path in SOURCES
        if name_of(path).startswith(CHAPTERS)
        for call in calls(tree_of(path))
        if getattr(call.func, "id", "") == "act"
        for word in call.keywords
        if word.arg in {"source", "target"}
        for leaf in ast.walk(word.value)
        if isinstance(leaf, ast.Constant) and leaf.value in every
    ]
    assert bare == []


def test_a_state_that_is_compared_or_looked_for_is_named_by_its_member():
    """But where an earlier chapter asks the register for a later one, which it does not know, by its public name."""
    bare = {
        name_of(path)
        for path in SOURCES
        if name_of(path).startswith((*CHAPTERS, "casework/", "desk/"))
        for node in ast.walk(tree_of(path))
        for state in (
            [leaf for word in node.keywords if word.arg in {"state", "state__in"} for leaf in ast.walk(word.value)]
            if isinstance(node, ast.Call)
            else [leaf for side in (node.left, *node.comparators) for leaf in ast.walk(side)]
            if isinstance(node, ast.Compare)
            and any(getattr(s, "attr", "") == "state" for s in (node.left, *node.comparators))
            else []
        )
        if isinstance(state, ast.Constant) and any(state.value in states for states in STATES.values())
    }
    assert bare == {"inspection/requirements.py", "sampling/requirements.py"}
