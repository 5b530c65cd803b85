"""Templates can be read: lines of a sensible length, no act by name, one tag for the address of an act."""

import re
from pathlib import Path

import pytest

import spotcheck
from spotcheck.rules.acts import ACTS

PROGRAM = Path(spotcheck.__file__).parent
TEMPLATES = sorted(PROGRAM.glob("*/templates/**/*.html"))
LONGEST = 160
_WHOLE = re.compile(r"\{% blocktranslate.*?\{% endblocktranslate %\}|'\{.*?\}'")
"""What cannot be broken: a sentence with its languages, and settings that are one value."""


def name_of(path: Path) -> str:
    return path.relative_to(PROGRAM).as_posix()


def too_long(line: str) -> bool:
    """Whether a line could be broken and is not."""
    return len(line) > LONGEST and len(_WHOLE.sub("", line)) > LONGEST // 4


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_line_of_a_template_is_longer_than_can_be_read(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [number for number, line in enumerate(lines, 1) if too_long(line)] == []


def test_a_line_that_is_too_long_is_recognised() -> None:
    sentence = "{% blocktranslate %}" + "字" * 150 + "{% endblocktranslate %}"
    assert too_long(f'<p class="{"x " * 80}">')
    assert too_long(f'<p class="{"x " * 40}">{sentence}</p>')
    assert not too_long(f'<p class="note">{sentence}</p>')


def test_no_template_names_an_act() -> None:
    text = {name_of(path): path.read_text(encoding="utf-8") for path in TEMPLATES}
    assert [(path, act) for path, said in text.items() for act in ACTS if act in said] == []


def test_where_an_act_is_done_one_tag_says() -> None:
    by_hand = re.compile(r"\{% url 'desk:(act|preview|particulars)'")
    assert [name_of(path) for path in TEMPLATES if by_hand.search(path.read_text(encoding="utf-8"))] == []


def styled(*places: str) -> set[str]:
    """The classes that have a style of their own in these style sheets: rules that begin with them."""
    paths = [path for place in places for path in PROGRAM.glob(f"{place}/static/**/*.css")]
    sheets = "".join(path.read_text(encoding="utf-8") for path in paths)
    plain = re.sub(r"/\*.*?\*/", "", sheets, flags=re.DOTALL)
    selectors = [one.strip() for rule in re.findall(r"([^{}]+)\{", plain) for one in rule.split(",")]
    return {found[1] for one in selectors if (found := re.match(r"\.([a-z][\w-]*)", one))}


def used_in(path: Path) -> set[str]:
    said = re.findall(r'class="([^"]*)"', path.read_text(encoding="utf-8"))
    return {name for one in said for name in re.sub(r"\{[{%].*?[%}]\}", " ", one).split()}


@pytest.mark.parametrize("door", ["administration", "signin", "public", "look", "wiring"])
def test_no_page_of_another_door_takes_its_looks_from_the_desk(door: str) -> None:
    """The desk's style sheets are the desk's alone: what others use as well stands in look/."""
    used = {name for path in TEMPLATES if path.is_relative_to(PROGRAM / door) for name in used_in(path)}
    assert sorted(used & (styled("desk") - styled("look", door))) == []
