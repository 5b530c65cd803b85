"""A form is recorded for the post for which it was drawn, or not at all: every address and every form of the desk."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

import spotcheck
from spotcheck.docket import clock
from spotcheck.docket.models import Dossier, Entry, Message
from spotcheck.look.page import DRAWN_FOR, GO_BACK, POST_KEY
from spotcheck.parties.models import Post
from tests.desk.world import World
from tests.worlds import played

FOLDERS = [Path(spotcheck.__file__).parent / door / "templates" for door in ("look", "desk", "administration")]

DAY = date(2024, 4, 15)
UNGUARDED = {"login", "demo_login", "logout", "post"}
"""What belongs to nobody's post: coming, going, and choosing one."""
SOMETHING = {"str": "lead", "int": 1}
"""What stands in an address where the page does not even look before it has asked for the post."""


def addresses() -> Iterator[tuple[str, str]]:
    """Every address of the desk with something in its gaps."""
    for pattern in get_resolver("spotcheck.desk.urls").url_patterns:
        assert isinstance(pattern, URLPattern)
        gaps = {
            name: SOMETHING["int" if "int" in type(to).__name__.lower() else "str"]
            for name, to in pattern.pattern.converters.items()
        }
        yield str(pattern.name), reverse(f"desk:{pattern.name}", kwargs=gaps)


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


@pytest.mark.parametrize(("name", "address"), [pair for pair in addresses() if pair[0] not in UNGUARDED])
def test_nothing_is_taken_for_another_post(
    name: str, address: str, two_posts: tuple[Post, Post], in_the_second: Client
) -> None:
    before = (Entry.objects.count(), Dossier.objects.count(), Message.objects.filter(read_at=None).count())
    for stated in (str(two_posts[0].pk), "0", ""):
        answer = in_the_second.post(address, {DRAWN_FOR: stated, "remark": "在甲岗位写下的长长的一段文字"})
        if answer.status_code == 405:  # nothing is ever sent there
            return
        page = answer.content.decode()
        assert answer.status_code == 409
        assert two_posts[1].office.name in page
        assert (two_posts[0].office.name in page) == (stated == str(two_posts[0].pk))
        assert "在甲岗位写下的长长的一段文字" in page
    assert (Entry.objects.count(), Dossier.objects.count(), Message.objects.filter(read_at=None).count()) == before


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
