"""Fixtures of the desk: compiled messages, the cast, and browsers signed in as one of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from spotcheck.docket import clock
from spotcheck.wiring.operating.preparation import compile_messages
from tests.desk import world as cast
from tests.desk.world import World
from tests.worlds import played


@pytest.fixture(scope="session", autouse=True)
def _messages() -> None:
    """English pages need the compiled catalogue."""
    compile_messages()


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    """A request leaves its language behind; every test begins in Chinese."""
    with translation.override("zh-hans"):
        yield


@played
def world() -> World:
    """Offices, people, enterprises."""
    return cast.build()


@pytest.fixture
def media(settings, tmp_path: Path) -> Path:
    """An empty folder for files of papers and proofs, and one for the key of the demonstration's seal."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DATA = tmp_path
    return settings.MEDIA_ROOT


@pytest.fixture
def client_of(world: World) -> Callable[[str], Client]:
    """A browser in which somebody of the cast is signed in."""

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(world.posts[name].user)
        return client

    return signed_in


@pytest.fixture
def on_day() -> Callable[[date], Iterator[None]]:
    """Live on a day: ``with on_day(date(...)):``."""

    @contextmanager
    def live(day: date) -> Iterator[None]:
        with clock.simulated(day):
            yield

    return live
