"""What a new installation still needs, one step after the other; empty of itself once everything is done.

Each step says whether it is done and how far it is, why it matters, and where it is done: on a page of ours, or by a
command on the machine. A step whose subject this program does not have yet is not listed; a new one joins ``STEPS``.
"""

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from spotcheck.docket import calendars, clock, rule_sets, vitals
from spotcheck.docket.models import Beat
from spotcheck.parties.models import PROVINCE_CODE, Office, Post, User
from spotcheck.planning.models import Plan
from spotcheck.signin import factors

_ENOUGH: Final = 2


class Step(NamedTuple):
    """One line: ``href`` is the name of its page and for whom that is (an entitlement), ``command`` what runs else."""

    label: str
    is_done: bool
    why: str
    page: str = ""
    entitlement: str = ""
    command: str = ""


def _managing() -> list[User]:
    posts = Post.objects.valid_on(clock.today()).filter(office__code=PROVINCE_CODE, entitlements__contains=["manages"])
    return list(User.objects.filter(is_active=True, posts__in=posts).distinct())


def administrators() -> Step:
    """Two of the province, each with a second factor."""
    ready = [user for user in _managing() if user.has_usable_password() and (settings.DEMO or factors.has_one(user))]
    return Step(
        _("两名管理员，各有第二重验证（%(n)d 名）") % {"n": len(ready)},
        len(ready) >= _ENOUGH,
        _("要紧的授权由一人提请、另一人确认；只有一人时什么也确认不了。"),
        "administration:people",
        "manages",
        "spotcheck people first-admin",
    )


def rules() -> Step:
    """Rules in force today (Article 60)."""
    governing = rule_sets.governing(clock.today())
    return Step(
        _("今天有生效的规则（%(what)s）") % {"what": governing or "–"},
        governing is not None,
        _("没有生效的规则，不能开始新的抽查（第六十条）。"),
        command="spotcheck rules continue",
    )


def calendar() -> Step:
    """The holidays of the State Council."""
    missing = calendars.current().missing_year(clock.today())
    return Step(
        _("放假通知齐全"),
        missing is None,
        _("缺少放假通知的年份，期限只是暂定。"),
        command="spotcheck calendar import",
    )


def short_names() -> Step:
    """Every bureau has the short name by which its staff numbers are told apart."""
    bureaus = Office.objects.filter(kind__in=[Office.Kind.PROVINCE, Office.Kind.CITY, Office.Kind.COUNTY])
    lacking = bureaus.filter(short_name="").count()
    return Step(
        _("机构简称（还缺 %(n)d 个）") % {"n": lacking},
        lacking == 0,
        _("登录时工号后面写机构简称，各机构的工号才分得清。"),
        "administration:offices",
        "registers",
    )


def cities() -> Step:
    """Every city has an administrator."""
    posts = Post.objects.valid_on(clock.today()).filter(entitlements__contains=["manages"])
    wanted = Office.objects.filter(kind=Office.Kind.CITY)
    there = wanted.filter(posts__in=posts).distinct().count()
    return Step(
        _("市局管理员（%(n)d / %(of)d）") % {"n": there, "of": wanted.count()},
        there == wanted.count(),
        _("市局管理员登记本市和各县的人员；没有他们，县局的人只能由省局登记。"),
        "administration:grant",
        "manages",
    )


def bodies() -> Step:
    """Somebody who samples and tests."""
    laboratories = Office.objects.filter(kind=Office.Kind.LABORATORY).count()
    return Step(
        _("检验机构（%(n)d 家）") % {"n": laboratories},
        laboratories > 0,
        _("没有检验机构，样品无处检验（第十条）。"),
        "administration:new_body",
        "registers",
    )


def backup() -> Step:
    """A backup was made at least once."""
    beat = Beat.objects.filter(name=vitals.BACKED_UP).first()
    return Step(
        _("做过备份（%(day)s）") % {"day": f"{clock.local(beat.at):%Y-%m-%d}" if beat else "–"},
        beat is not None,
        _("没有备份，一次磁盘故障就会失去全部案卷。"),
        command="spotcheck backup",
    )


def plan() -> Step:
    """The first plan (Article 7)."""
    return Step(
        _("第一份年度计划"),
        Plan.objects.exists(),
        _("抽查从计划开始（第七条）；由省局的办案人员建立。"),
    )


STEPS: Final[tuple[Callable[[], Step], ...]] = (
    administrators, rules, calendar, short_names, cities, bodies, backup, plan,
)  # fmt: skip
"""In the order in which they are best done."""


def steps() -> Iterator[Step]:
    """Every step, as it stands now."""
    for step in STEPS:
        yield step()
