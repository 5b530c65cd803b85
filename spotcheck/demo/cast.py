"""The cast: the bodies that are commissioned, the people in their posts, and who acts for whom."""

from dataclasses import dataclass, field
from datetime import date

from spotcheck.demo import names
from spotcheck.demo.accounts import LAB, LABORANTS, PEOPLE, RETEST_LAB, SAMPLING_BODY, TECHNICAL_BODY
from spotcheck.parties.actors import Actor, of_office, of_post
from spotcheck.parties.models import PROVINCE_CODE, Enterprise, Office, Post, Qualification, User

_SINCE = date(2021, 5, 3)
_UNTIL = date(2027, 12, 31)

_BODIES = (
    (SAMPLING_BODY, Office.Kind.SAMPLING_BODY, "萤火河产品抽样服务中心（演示）"),
    (LAB, Office.Kind.LABORATORY, "松烟岭产品质量检验所（演示）"),
    (RETEST_LAB, Office.Kind.LABORATORY, "云雀湾检测研究中心（演示）"),
    (TECHNICAL_BODY, Office.Kind.LABORATORY, "麦浪坡质量技术服务站（演示）"),
)


def establish() -> None:
    """Bring the bodies and the people into being; safe to repeat."""
    for code, kind, name in _BODIES:
        body, new = Office.objects.get_or_create(
            code=code, defaults={"kind": kind, "name": name, "separation_system_on": _SINCE}
        )
        if new:
            Qualification.objects.create(
                office=body,
                kind="CMA",
                number=f"演示-{code}",
                product_kinds=[],
                valid_from=_SINCE,
                valid_until=_UNTIL,
            )
    for person in PEOPLE:
        user, new = User.objects.get_or_create(username=person.username, defaults={"full_name": _name(person.username)})
        if new:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        if person.office:
            office = Office.objects.get(code=person.office)
            given = {"since": _SINCE, "entitlements": list(person.entitlements)}
            Post.objects.get_or_create(user=user, office=office, role=person.post, defaults=given)


def appoint(username: str, enterprise: Enterprise, *, since: date) -> None:
    """Let one of the demo's people act for an enterprise."""
    user = User.objects.get(username=username)
    Post.objects.get_or_create(user=user, enterprise=enterprise, role=Post.Role.ENTERPRISE, defaults={"since": since})


def _name(username: str) -> str:
    return names.person("account", username)


@dataclass(slots=True)
class Cast:
    """Everybody who acts, read once."""

    offices: dict[str, Office] = field(default_factory=dict)
    posts: dict[str, list[Post]] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "Cast":
        """Read the offices and the posts of the demo's people."""
        cast = cls({office.code: office for office in Office.objects.select_related("region")})
        usernames = [person.username for person in (*PEOPLE, *LABORANTS)]
        posts = Post.objects.filter(user__username__in=usernames, office__isnull=False, until=None).order_by("pk")
        for post in posts.select_related("user", "office"):
            assert post.office is not None
            cast.posts.setdefault(post.office.code, []).append(post)
        return cast

    def of(self, code: str) -> Actor:
        """The actor for an office: its first person, when the demo has one."""
        posts = self.posts.get(code)
        return of_post(posts[0]) if posts else of_office(self.offices[code])

    @property
    def province(self) -> Actor:
        """The provincial bureau."""
        return self.of(PROVINCE_CODE)

    def sampler(self, name: str) -> Actor:
        """The sampler of this name, as it stands on Form 1."""
        return of_post(next(post for post in self.posts[SAMPLING_BODY] if post.user.full_name == name))

    @property
    def analyst(self) -> str:
        """The name of the inspector of the laboratory."""
        return self.posts[LAB][0].user.full_name
