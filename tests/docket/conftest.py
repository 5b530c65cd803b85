"""What the tests of the docket begin with."""

import pytest

from tests.story import Story


@pytest.fixture
def tell() -> type[Story]:
    """Begin a story: ``tell(given, parties)``."""
    return Story
