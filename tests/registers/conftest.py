"""Administrators of a small province, and some people whom they administer."""

from dataclasses import dataclass, field
from datetime import date

import pytest

from spotcheck.docket import clock
from spotcheck.parties.models import Enterprise, Office, Post, StaffNumber, User
from spotcheck.registers.doer import Doer
from tests.worlds import played

SINCE = date(2025, 1, 1)
DAY = date(2025, 3, 3)

POSTS = {
    # name: (office, role, entitlements)
    "jia": ("370000", "administrator", ["manages", "registers"]),
    "yi": ("370000", "administrator", ["manages", "registers"]),
    "shen": ("370000", "administrator", ["audits"]),
    "yun": ("370000", "administrator", ["operates"]),
    "ji": ("370100", "administrator", ["manages"]),
    "jin": ("370100", "administrator", ["manages"]),
    "li": ("370102", "administrator", ["manages"]),
    "qing": ("370200", "administrator", ["manages"]),
    "yan": ("YS-JY", "administrator", ["manages"]),
    "zhou": ("370000", "officer", []),
    "wang": ("370102", "officer", []),
    "zhao": ("370102", "officer", []),
    "sun": ("370102", "officer", []),
    "li.audit": ("370102", "administrator", ["audits"]),
    "li.data": ("370102", "administrator", ["registers"]),
    "qing.officer": ("370200", "officer", []),
    "hai": ("370100", "officer", ["coordinates"]),
    "liu": ("YS-JY", "analyst", []),
}


@dataclass
class People:
    """Everybody by name, in a post and as a person."""

    posts: dict[str, Post] = field(default_factory=dict)

    def by(self, name: str) -> Doer:
        """Somebody of the cast, signed in."""
        return Doer(post=self.posts[name], address="10.0.0.1")

    def user(self, name: str) -> User:
        return User.objects.get(username=name)

    def office(self, code: str) -> Office:
        return Office.objects.get(code=code)


def build() -> People:
    Office.objects.create(code="YS-JY", kind="laboratory", name="省产品检验中心")
    people = People()
    for number, (name, (code, role, entitlements)) in enumerate(POSTS.items()):
        user = User.objects.create_user(name, password="abundant-larch-47", full_name=f"{name} 某")
        office = Office.objects.get(code=code)
        StaffNumber.objects.create(office=office, user=user, number=f"{number:03}")
        people.posts[name] = Post.objects.create(
            user=user, office=office, role=role, since=SINCE, entitlements=entitlements
        )
    User.objects.create_user("xin", password=None, full_name="新人")
    return people


def enterprise() -> Enterprise:
    """A firm, whose agent has a post there."""
    return Enterprise.objects.create(
        name="泰山电缆厂", credit_code="91370100MA3C1X2Y0A", registered_place="370102", actual_place="370102"
    )


@played
def people():
    return build()


@pytest.fixture(autouse=True)
def _on_this_day():
    """It is the third of March 2025."""
    with clock.simulated(DAY):
        yield


@pytest.fixture
def media(settings, tmp_path):
    """A store of files of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"
