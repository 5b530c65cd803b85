"""A world in which every form was issued once, played once and shared by the tests of a module."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.db import transaction

from spotcheck.docket.models import Dossier
from spotcheck.notices.models import Paper
from spotcheck.rehearsal.player import play
from spotcheck.rehearsal.scenario import read
from tests.notices.second import Stage, taken_back

SCENARIO = Path(__file__).parent / "thirteen.yaml"


@pytest.fixture(scope="module")
def _played(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        assert [difference for difference in play(read(SCENARIO)) if difference.label != "forms"] == []
        yield
        transaction.set_rollback(True)


@pytest.fixture
def thirteen(_played, django_db_blocker) -> Iterator:
    """The papers of the scenario with all thirteen forms; what a test changes is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Paper.objects.all()
        transaction.set_rollback(True)


@pytest.fixture
def media(settings, tmp_path) -> Path:
    """An empty folder for files of papers, and one for the key of the demonstration's seal."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DATA = tmp_path
    return settings.MEDIA_ROOT


@pytest.fixture(scope="module")
def _stage(django_db_setup, django_db_blocker) -> Iterator[Stage]:
    with django_db_blocker.unblock():
        stage = Stage()
        yield stage
        stage.played.close()


@pytest.fixture
def story(_stage, django_db_blocker) -> Iterator:
    """Tell a story of the second edition up to its point; what a test adds to it is taken back."""
    with django_db_blocker.unblock(), ExitStack() as after:

        def tell(name: str) -> Dossier:
            _stage.tell(name)
            after.enter_context(taken_back())
            return _stage.tell(name)

        yield tell
