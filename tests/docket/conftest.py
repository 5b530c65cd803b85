"""What the tests of the docket begin with."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.story import Story


@pytest.fixture
def tell(tmp_path: Path) -> Callable[..., Story]:
    """Begin a story: ``tell(given, parties)``."""

    def begin(given: dict[Any, Any], parties: dict[str, dict[str, Any]] | None = None) -> Story:
        return Story(tmp_path, given, parties)

    return begin
