"""The demo's people, and signing in as one of them by a click: only while the demo is loaded, only as these."""

from dataclasses import dataclass
from typing import Final

from spotcheck.demo.models import DemoState
from spotcheck.parties.models import PROVINCE_CODE, Post, User
from spotcheck.rules.words import Words


@dataclass(frozen=True, slots=True)
class Person:
    """One of the demo's people: an officer or specialist of an office, or somebody of a firm (no ``office``).

    ``is_offered``: whether one can sign in as this person by a click; the others only do their part. ``entitlements``
    are those of the post.
    """

    username: str
    role: Words
    post: str
    office: str = ""
    is_offered: bool = True
    entitlements: tuple[str, ...] = ()


SAMPLING_BODY: Final = "YS-CY"
LAB: Final = "YS-JY"
RETEST_LAB: Final = "YS-FJ"
TECHNICAL_BODY: Final = "YS-JS"
"""The bodies that are commissioned, by their office codes."""

_OFFICER, _SAMPLER, _ANALYST = Post.Role.OFFICER, Post.Role.SAMPLER, Post.Role.ANALYST

PRODUCER: Final = "demo.producer"
SELLER: Final = "demo.seller"

_COLLEAGUES: Final = tuple(
    Person(
        f"demo.sampler{number}",
        Words("抽样人员", "sampler"),
        _SAMPLER,
        SAMPLING_BODY,
        is_offered=False,
        entitlements=("sample",),
    )
    for number in range(3, 7)
)
"""Who else is on the kept list of the sampling body, from which two are drawn for every target (Article 12)."""

_ADMINISTRATORS: Final = tuple(
    Person(f"demo.{name}", words, Post.Role.ADMINISTRATOR, PROVINCE_CODE, entitlements=entitlements)
    for name, words, entitlements in (
        ("admin", Words("系统管理员", "administrator of people and offices"), ("manages", "registers")),
        ("audit", Words("审计管理员", "auditor"), ("audits",)),
    )
)
"""Two of the three duties, which nobody holds together; they see no case."""

PEOPLE: Final = (
    Person("demo.province", Words("省局监管人员", "officer of the provincial bureau"), _OFFICER, PROVINCE_CODE),
    Person("demo.linyi", Words("市局监管人员", "officer of a city bureau"), _OFFICER, "371300"),
    Person("demo.lanshan", Words("县局监管人员", "officer of a county bureau"), _OFFICER, "371302"),
    Person("demo.yishui", Words("县局监管人员", "officer of a county bureau"), _OFFICER, "371323"),
    Person("demo.sampler1", Words("抽样人员甲", "first sampler"), _SAMPLER, SAMPLING_BODY, entitlements=("sample",)),
    Person("demo.sampler2", Words("抽样人员乙", "second sampler"), _SAMPLER, SAMPLING_BODY, entitlements=("sample",)),
    *_COLLEAGUES,
    Person("demo.lab", Words("检验机构人员", "analyst of the laboratory"), _ANALYST, LAB),
    Person("demo.retest", Words("复检机构人员", "analyst of the retest laboratory"), _ANALYST, RETEST_LAB),
    Person("demo.technical", Words("技术机构人员", "analyst of the technical body"), _ANALYST, TECHNICAL_BODY),
    Person(PRODUCER, Words("生产者经办人", "agent of a producer"), Post.Role.ENTERPRISE),
    Person(SELLER, Words("销售者经办人", "agent of a seller"), Post.Role.ENTERPRISE),
    *_ADMINISTRATORS,
)


LABORANTS: Final = (
    Person(
        "demo.tester",
        Words("检验人员", "tester of the laboratory"),
        _ANALYST,
        LAB,
        is_offered=False,
        entitlements=("receive", "test"),
    ),
    Person(
        "demo.signatory",
        Words("授权签字人", "signatory of the laboratory"),
        _ANALYST,
        LAB,
        is_offered=False,
        entitlements=("review", "sign"),
    ),
)
"""Who else works in the laboratory, once it has divided its work (``laboratory.divide_work``)."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """What the sign-in page offers: the person's role, and the office or firm it acts for."""

    username: str
    name: str
    role: Words
    office: str


def offered() -> list[DemoAccount]:
    """Return the accounts that can be entered by a click; none where no demo is loaded."""
    if not DemoState.objects.exclude(stage=DemoState.Stage.FRAME).exists():
        return []
    people = {person.username: person for person in PEOPLE if person.is_offered}
    posts = Post.objects.filter(user__username__in=people, user__is_active=True, until=None)
    found = {
        post.user.username: post
        for post in posts.select_related("user", "office", "enterprise").order_by("-pk")
        if not post.user.has_usable_password()
    }
    return [
        DemoAccount(name, str(found[name].user), person.role, str(found[name].office or found[name].enterprise))
        for name, person in people.items()
        if name in found
    ]


def sign_in_as(username: str) -> User | None:
    """Return the user to sign in, if it is one of the offered accounts; a person with a password never is."""
    if username not in {account.username for account in offered()}:
        return None
    return User.objects.get(username=username)
