"""Fixtures of the administration: the cast of the registers, signed in; compiled messages; a fixed day."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client
from django.utils import translation

from spotcheck.docket import clock
from spotcheck.parties.models import Post, User
from spotcheck.wiring.operating.preparation import compile_messages
from tests.registers import conftest as cast
from tests.registers.conftest import DAY, People
from tests.worlds import played


@pytest.fixture(scope="session", autouse=True)
def _messages() -> None:
    """English pages need the compiled catalogues."""
    compile_messages()


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    """A request leaves its language behind; every test begins in Chinese."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture(autouse=True)
def _on_this_day() -> Iterator[None]:
    """It is the third of March 2025."""
    with clock.simulated(DAY):
        yield


@played
def people() -> People:
    """Administrators of a small province, whom they administer, and an agent of a firm."""
    made = cast.build()
    firm = cast.enterprise()
    agent = User.objects.create_user("ming", password=None, full_name="明 某")
    made.posts["ming"] = Post.objects.create(user=agent, enterprise=firm, role="enterprise", since=date(2025, 1, 1))
    return made


@pytest.fixture
def client_of(people: People) -> Callable[[str], Client]:
    """A browser in which somebody of the cast is signed in."""

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(people.user(name))
        return client

    return signed_in
