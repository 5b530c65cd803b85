"""The short way of reading a body takes exactly what its shape takes, and gives the same."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spotcheck.api import quick
from spotcheck.api.shapes import Shape, Text, several
from spotcheck.laboratories.custody import Receiving
from spotcheck.laboratories.report import Reporting
from spotcheck.laboratories.results import Declaring, Recording

RIGHT: dict[str, Any] = {
    "by": "J1001",
    "on": "2024-03-04",
    "at": "2024-03-04T09:30:00+08:00",
    "results": [
        {
            "number": "1",
            "value": "7.40",
            "unit": "Ω/km",
            "uncertainty": {"value": "0.02", "k": "2"},
            "equipment": [{"code": "D-1", "calibrated_until": "2024-12-31"}],
            "tested_on": "2024-03-04",
        },
        {"number": "3", "present": False, "lod": "0.01", "specimens": [{"value": "1", "mark": "+"}]},
    ],
}
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=4),
    st.sampled_from(
        ["", " ", " 7.4", "7.40", "-0", "1e3", "<0.01", "０.5", "7,4", "2024-02-30", "2024-3-4", "2024-03-04T09:30:00", "a\u200bb",
         "pass", "PASS", "+", "<", "\u3000", "x" * 700, "2024-03-04T25:00:00Z"]
    ),
    st.just([]),
    st.just({}),
    st.just([{}]),
    st.just({"value": "1"}),
)  # fmt: skip


def places(said: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a body."""
    inner: list[Any] = (
        list(said.items()) if isinstance(said, dict) else list(enumerate(said)) if isinstance(said, list) else []
    )
    return [here, *(place for name, value in inner for place in places(value, (*here, name)))]


def changed(said: Any, place: tuple[Any, ...], to: Any) -> Any:
    if not place:
        return to
    name, *rest = place
    copy = dict(said) if isinstance(said, dict) else list(said)
    copy[name] = changed(copy[name], tuple(rest), to)
    return copy


def both(said: Any, shape: type[Shape]) -> tuple[Any, Any]:
    form = shape(data=said)
    return quick.read(said, shape), dict(form.validated_data) if form.is_valid() else None


def test_what_is_right_is_read_the_same() -> None:
    short, long = both(RIGHT, Recording)
    assert short == long
    assert short is not None


@pytest.mark.parametrize("shape", [Recording, Receiving, Reporting])
def test_the_shapes_that_come_most_have_a_short_way(shape: type[Shape]) -> None:
    assert quick._of_shape(shape) is not None


@given(data=st.data())
@settings(max_examples=400, deadline=None)
def test_whatever_is_changed_both_ways_agree(data: st.DataObject) -> None:
    """The short way is never surer than the long one; where it answers, the answer is the same."""
    place = data.draw(st.sampled_from([place for place in places(RIGHT) if place]))
    said = changed(RIGHT, place, data.draw(ODD))
    if isinstance(said, dict) and data.draw(st.booleans()):
        said = said | {data.draw(st.text(max_size=3)): 1}
    short, long = both(said, Recording)
    assert short == long, place


def test_what_asks_more_than_the_short_way_knows_has_none() -> None:
    """A check of its own, a field of another sort, a value that stands for silence: the shape itself reads it."""

    class Checked(Shape):
        name = Text()

        def validate_name(self, name: str) -> str:
            return name

    class Silent(Shape):
        name = Text(default="x")

    assert quick.read({"name": "a"}, Checked) is None
    assert quick.read({}, Silent) is None
    assert quick.read({"items": []}, Declaring) is None
    assert quick.read({"names": ["a"]}, type("Several", (Shape,), {"names": several(Text())})) == {"names": ["a"]}
