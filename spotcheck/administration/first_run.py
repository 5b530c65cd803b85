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
from spotcheck.network import mail
from spotcheck.notices import sealing
from spotcheck.parties.models import PROVINCE_CODE, Enterprise, Offering, Office, Post, ProductKind, Qualification, User
from spotcheck.planning.models import Plan
from spotcheck.registers.first import is_confirmed
from spotcheck.signin import factors
from spotcheck.takeover import finding_out

_ENOUGH: Final = 2


class Step(NamedTuple):
    """One line: ``page`` is the name of its page and for whom that is (an entitlement), ``command`` what runs else.

    What nobody but a person can say is confirmed on the page, under its ``name`` by a button that says ``confirm``.
    """

    label: str
    is_done: bool
    why: str
    page: str = ""
    entitlement: str = ""
    command: str = ""
    name: str = ""
    confirm: str = ""


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
        "administration:site_rules",
        "registers",
        command="spotcheck rules continue",
    )


def calendar() -> Step:
    """The holidays of the State Council."""
    missing = calendars.current().missing_year(clock.today())
    return Step(
        _("放假通知齐全"),
        missing is None,
        _("缺少放假通知的年份，期限只是暂定。"),
        "administration:site_rules",
        "registers",
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
    """Somebody who tests, and may: with a certificate that is valid today (Articles 10, 38)."""
    laboratories = Office.objects.filter(kind=Office.Kind.LABORATORY)
    today = clock.today()
    valid = Qualification.objects.filter(valid_from__lte=today, valid_until__gte=today)
    able = laboratories.filter(qualifications__in=valid).distinct().count()
    return Step(
        _("检验机构（%(n)d 家，其中资质在有效期内的 %(able)d 家）") % {"n": laboratories.count(), "able": able},
        able > 0,
        _("没有资质有效的检验机构，样品无处检验（第十条）。"),
        "administration:new_body",
        "registers",
    )


def province() -> Step:
    """Somebody has looked at what papers say of the province's bureau."""
    bureau = Office.objects.get(code=PROVINCE_CODE)
    return Step(
        _("省局信息已核对（%(name)s）") % {"name": bureau.name},
        is_confirmed("province"),
        _("文书的发文机关、文号和抬头都用这个名称，发出后不能再改。"),
        "administration:offices",
        "registers",
        name="province",
        confirm=_("核对无误"),
    )


def catalogue() -> Step:
    """The kinds of product under supervision (Article 7)."""
    number = ProductKind.objects.count()
    return Step(
        _("产品目录（%(n)d 种）") % {"n": number},
        number > 0,
        _("抽样库和计划按目录里的产品种类写，同一种产品才不会有两种叫法（第七条）。"),
        "administration:imports",
        "registers",
        command="spotcheck import product_kinds",
    )


def frame() -> Step:
    """Firms, and what they make or sell: what a draw draws from (Article 12)."""
    firms, lines = Enterprise.objects.count(), Offering.objects.count()
    return Step(
        _("企业名录和抽样库（%(firms)d 家，%(lines)d 行）") % {"firms": firms, "lines": lines},
        lines > 0,
        _("抽查的企业从抽样库里随机抽取（第十二条）。"),
        "administration:imports",
        "registers",
        command="spotcheck import enterprises · spotcheck import frame",
    )


def old_cases() -> Step:
    """Cases of the old system, or there are none to be taken over."""
    number, open_ = finding_out.count_all()
    return Step(
        _("原系统的旧案（已移入 %(files)d 件，须查明送达日期 %(open)d 件）") % {"files": number, "open": open_},
        number > 0 or settings.DEMO or is_confirmed("old_cases"),
        _("由办理部门在“旧案”页移入、省局另一人确认；没有凭证的日期不起算期限。"),
        command="spotcheck import old_cases --dry-run",
        name="old_cases",
        confirm=_("没有要移入的旧案"),
    )


def seal() -> Step:
    """A seal service, or the seal is put on by hand."""
    has_service = getattr(settings, "SEALER", sealing.DEFAULT) != sealing.DEFAULT
    return Step(
        _("电子印章，或者打印后盖章"),
        has_service or settings.DEMO or is_confirmed("seal"),
        _("文书没有印章不发生效力；没有接入电子印章的，打印后盖章。"),
        name="seal",
        confirm=_("打印后盖章"),
    )


def post() -> Step:
    """Mail, or none is promised."""
    return Step(
        _("邮件"),
        mail.is_set() or settings.DEMO or is_confirmed("mail"),
        _("忘记密码的链接、锁定通知通过邮件送达；不设邮件的，由管理员签发链接。"),
        command="SPOTCHECK_MAIL · spotcheck mail test",
        name="mail",
        confirm=_("不使用邮件"),
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
    administrators, province, rules, calendar, short_names, cities, bodies, catalogue, frame, old_cases, seal, post,
    backup, plan,
)  # fmt: skip
"""In the order in which they are best done."""


def steps() -> Iterator[Step]:
    """Every step, as it stands now."""
    for step in STEPS:
        yield step()
