"""Examples in the description of the addresses are what their shapes take."""

import pytest

from spotcheck.api import schema
from spotcheck.api.shapes import Shape
from spotcheck.laboratories import urls


def _shapes() -> list[type[Shape]]:
    doors = [pattern.callback.view_class for pattern in urls.urlpatterns]
    shapes = {shape for door in doors for shape in getattr(door, "takes", {}).values()}
    return sorted(shapes, key=lambda shape: shape.__name__)


@pytest.mark.parametrize("shape", [shape for shape in _shapes() if shape.example])
def test_an_example_is_taken(shape: type[Shape]) -> None:
    form = shape(data=dict(shape.example))
    assert form.is_valid(), form.errors
    assert schema.document()["components"]["schemas"][shape.__name__]["examples"] == [dict(shape.example)]


def test_every_address_says_what_it_is_for() -> None:
    """No address is described by itself; whoever has the description alone reads what happens there."""
    told = [
        (method, path, operation.get("summary", ""))
        for path, methods in schema.document()["paths"].items()
        for method, operation in methods.items()
        if method in {"get", "post", "put", "patch", "delete"}
    ]
    assert [(method, path) for method, path, summary in told if not summary or summary.startswith("``")] == []


def test_the_limit_of_an_item_is_described() -> None:
    schemas = schema.document()["components"]["schemas"]
    for name in ("ItemAnswer", "Declared", "LimitAnswer"):
        assert "range" in schemas[name]["properties"]["limit"]["description"]
