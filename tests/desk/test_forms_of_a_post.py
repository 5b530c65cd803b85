"""A form is recorded for the post for which it was drawn, or not at all: every address and form
of the desk and the administration.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

import spotcheck
from spotcheck.api.models import Credential
from spotcheck.docket import clock
from spotcheck.docket.models import Dossier, Entry, Message, Record
from spotcheck.look.form_names import DRAWN_FOR, GO_BACK
from spotcheck.look.page import POST_KEY
from spotcheck.parties.models import Absence, Office, Post
from spotcheck.registers.models import Proposal
from tests.desk.world import World
from tests.worlds import played

FOLDERS = [
    Path(spotcheck.__file__).parent / door / "templates" for door in ("look", "desk", "administration", "tablet")
]

DAY = date(2024, 4, 15)
UNGUARDED = {"login", "demo_login", "logout", "post"}
"""What belongs to nobody's post: coming, going, and choosing one."""
SOMETHING: Final[dict[str, Any]] = {"int": 1, "uuid": UUID(int=1)}
"""What stands in an address where the page does not even look before it has asked for the post."""


def addresses() -> Iterator[tuple[str, str]]:
    """Every address of the desk and of the administration with something in its gaps."""
    for door in ("desk", "administration"):
        for pattern in get_resolver(f"spotcheck.{door}.urls").url_patterns:
            assert isinstance(pattern, URLPattern)
            gaps = {
                name: next((SOMETHING[kind] for kind in ("int", "uuid") if kind in type(to).__name__.lower()), "lead")
                for name, to in pattern.pattern.converters.items()
            }
            yield f"{door}:{pattern.name}", reverse(f"{door}:{pattern.name}", kwargs=gaps)


def is_guarded(name: str) -> bool:
    """Whether what is sent there is recorded for a post."""
    return name.partition(":")[2] not in UNGUARDED


@played
def two_posts(world: World) -> tuple[Post, Post]:
    """Somebody who works for a county and, since today, for the city too."""
    first = world.posts["county"]
    city = world.offices["city"]
    return first, Post.objects.create(user=first.user, office=city, role=first.role, since=first.since)


@pytest.fixture
def in_the_second(two_posts: tuple[Post, Post]) -> Client:
    """A browser in which another tab has chosen the second post."""
    client = Client()
    client.force_login(two_posts[0].user)
    session = client.session
    session[POST_KEY] = two_posts[1].pk
    session.save()
    return client


def recorded() -> tuple[int, ...]:
    """How much is on record, of cases, of people and in the book."""
    counted = (Entry, Dossier, Post, Absence, Proposal, Office, Credential, Record)
    return (*(model._default_manager.count() for model in counted), Message.objects.filter(read_at=None).count())


def test_both_doors_are_looked_at() -> None:
    doors = Counter(name.partition(":")[0] for name, _address in addresses() if is_guarded(name))
    assert doors["desk"] > 40
    assert doors["administration"] > 30


@pytest.mark.parametrize(("name", "address"), [pair for pair in addresses() if is_guarded(pair[0])])
def test_nothing_is_taken_for_another_post(
    name: str, address: str, two_posts: tuple[Post, Post], in_the_second: Client
) -> None:
    before = recorded()
    for stated in (str(two_posts[0].pk), "0", ""):
        answer = in_the_second.post(address, {DRAWN_FOR: stated, "remark": "在甲岗位写下的长长的一段文字"})
        if answer.status_code == 405:  # nothing is ever sent there
            return
        page = answer.content.decode()
        assert answer.status_code == 409
        assert two_posts[1].office.name in page
        assert (two_posts[0].office.name in page) == (stated == str(two_posts[0].pk))
        assert "在甲岗位写下的长长的一段文字" in page
    assert recorded() == before


def lead_form(world: World, client: Client) -> tuple[str, str]:
    """The form of a lead about something, and the post that it carries."""
    dossier = world.sampled("SDZJ20240001", DAY)
    address = reverse("desk:act", kwargs={"number": dossier.number, "chart": "lead", "key": 0, "method": "create"})
    found = re.search(rf'name="{DRAWN_FOR}" value="(\d+)"', client.get(address).content.decode())
    assert found is not None
    return address, found[1]


def test_who_goes_back_to_the_post_of_the_form_loses_nothing(
    world: World, two_posts: tuple[Post, Post], in_the_second: Client
) -> None:
    with clock.simulated(DAY):
        session = in_the_second.session
        session[POST_KEY] = two_posts[0].pk
        session.save()
        address, stated = lead_form(world, in_the_second)
        session = in_the_second.session
        session[POST_KEY] = two_posts[1].pk
        session.save()
        typed = {DRAWN_FOR: stated, "on": DAY.isoformat(), "finding": "现场发现冒用厂名的包装若干", "source": "巡查"}
        refused = in_the_second.post(address, typed)
        assert refused.status_code == 409
        assert not Entry.objects.filter(act="lead.create").exists()
        done = in_the_second.post(address, typed | {GO_BACK: stated})
    assert done.status_code == 302
    assert Entry.objects.get(act="lead.create").office == two_posts[0].office
    assert in_the_second.session[POST_KEY] == two_posts[0].pk


def test_nobody_goes_back_to_a_post_that_is_not_theirs(
    world: World, two_posts: tuple[Post, Post], in_the_second: Client
) -> None:
    other = world.posts["province"]
    with clock.simulated(DAY):
        address, _stated = lead_form(world, in_the_second)
        answer = in_the_second.post(address, {DRAWN_FOR: str(other.pk), GO_BACK: str(other.pk)})
    assert answer.status_code == 409
    assert in_the_second.session[POST_KEY] == two_posts[1].pk
    assert other.office.name not in answer.content.decode()


def test_who_has_one_post_is_asked_nothing(world: World, client_of: Callable[[str], Client]) -> None:
    with clock.simulated(DAY):
        client = client_of("county")
        assert client.post(reverse("desk:read_all"), {}).status_code == 302


def test_every_form_on_every_template_carries_its_post() -> None:
    """A form that forgets it would be refused for everybody with several posts."""
    forgotten = []
    for path in sorted(path for one in FOLDERS for path in one.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", text, re.DOTALL):
            # The page of a silent server sends on what the form has carried, its post among it.
            unguarded = (
                "set_language" in form
                or "account_logout" in form
                or path.name in {"login.html", "post.html", "silent.html"}
            )
            if not unguarded and "as_post" not in form and "drawn_for_name" not in form:
                forgotten.append((path.name, form[:80]))
    assert forgotten == []
