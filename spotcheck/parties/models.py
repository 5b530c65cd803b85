"""Regions, offices, people in posts, their absences and deputies, enterprises and their sampling frame."""

from datetime import date
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as NumberError

from spotcheck.parties.folded import folded

PROVINCE_CODE = "370000"


def in_shandong(code: str) -> bool:
    """Say whether a GB/T 2260 code lies in Shandong."""
    return code.startswith(PROVINCE_CODE[:2])


def city_of(code: str) -> str:
    """Return the code of the city that a county code belongs to (a city's own code stays)."""
    return f"{code[:4]}00"


def is_city(code: str) -> bool:
    """Say whether a code is that of a city (its last two digits are 00) and not of the province."""
    return code.endswith("00") and code != PROVINCE_CODE


def check_credit_code(value: str) -> None:
    """Refuse a unified social credit code whose check digit (GB 32100-2015) is wrong."""
    try:
        uscc.validate(value)
    except NumberError as error:
        raise ValidationError(
            _("统一社会信用代码“%(value)s”校验不通过（GB 32100-2015），请核对营业执照。"),
            params={"value": value},
        ) from error


class Region(models.Model):
    """A province, city, county or functional zone of GB/T 2260."""

    class Level(models.TextChoices):
        """Administrative levels."""

        PROVINCE = "province", _("省")
        CITY = "city", _("市")
        COUNTY = "county", _("县（市、区）")
        ZONE = "zone", _("功能区")

    code = models.CharField(max_length=6, primary_key=True)
    name = models.CharField(max_length=60)
    level = models.CharField(max_length=10, choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    """A bureau, or a body that is commissioned (Articles 6, 10, 40, 47).

    A bureau's ``code`` is the GB/T 2260 code of its region; a commissioned body has a code of its own. ``parent`` is
    the bureau above it, which may administer what this one may; a body has none and administers itself. ``since``
    and ``until`` are both included; without them it was there before, and has no end.
    """

    class Kind(models.TextChoices):
        """What an office is."""

        PROVINCE = "province", _("省局")
        CITY = "city", _("市局")
        COUNTY = "county", _("县局")
        SAMPLING_BODY = "sampling_body", _("抽样机构")
        LABORATORY = "laboratory", _("检验机构")

    BUREAUS: ClassVar[tuple[str, ...]] = (Kind.PROVINCE, Kind.CITY, Kind.COUNTY)

    code = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=100)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="offices")
    separation_system_on = models.DateField(null=True, help_text="Article 10: date of its 抽检分离 system")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    short_name = models.CharField(_("简称"), max_length=20, blank=True, default="", db_default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["short_name"], condition=~models.Q(short_name=""), name="office_short_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_bureau(self) -> bool:
        """Whether this is a market bureau (and not a commissioned body)."""
        return self.kind in self.BUREAUS


class Qualification(models.Model):
    """A certificate that lets a body test or sample (Articles 10, 38, 47)."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="qualifications")
    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=60)
    product_kinds = models.JSONField(default=list)
    valid_from = models.DateField()
    valid_until = models.DateField()

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class User(AbstractUser):
    """A person who signs in: never deleted, because entries name it, and its name is never given to another one.

    A locked account is one that is not active. Django's superusers, staff, groups and permissions are used by nothing
    here; I16 says when one is set. ``left_on`` is the last day of somebody who has left for good.
    """

    full_name = models.CharField(_("姓名"), max_length=60)
    mobile = models.CharField(_("手机"), max_length=30, blank=True, default="", db_default="")
    must_change_password = models.BooleanField(default=False, db_default=False)
    sso_only = models.BooleanField(default=False, db_default=False)
    left_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.full_name or self.username


class StaffNumber(models.Model):
    """The number (工号) of a person in an office. Numbers repeat between offices; inside one none is passed on."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="staff_numbers")
    user = models.ForeignKey(User, models.PROTECT, related_name="staff_numbers")
    number = models.CharField(_("工号"), max_length=30)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "number"], name="staff_number_once_in_an_office"),
            models.UniqueConstraint(fields=["office", "user"], name="one_staff_number_in_an_office"),
            models.CheckConstraint(name="a_staff_number_is_not_empty", condition=~models.Q(number="")),
        ]

    def __str__(self) -> str:
        return self.number


class PostQuerySet(models.QuerySet["Post"]):
    """Questions asked of posts."""

    def valid_on(self, day: date) -> "PostQuerySet":
        """The posts of a day, of which the first and the last are included."""
        return self.filter(models.Q(until__isnull=True) | models.Q(until__gte=day), since__lte=day)

    def sampling_on(self, day: date) -> "PostQuerySet":
        """The samplers whom a body may send on a day: entitled to sample, with a certificate that has not run out."""
        proved = models.Q(certificate_until__isnull=True) | models.Q(certificate_until__gte=day)
        return self.valid_on(day).filter(proved, role=Post.Role.SAMPLER, entitlements__contains=["sample"])


class Post(models.Model):
    """A person in a post: what somebody may do follows from the office and the role, never from the person.

    ``entitlements`` are names of ``rules/entitlements.py``. An administrator's post has those of the administration and
    no other, and sees no dossier.
    """

    class Role(models.TextChoices):
        """Roles inside an office, or the link of an enterprise."""

        OFFICER = "officer", _("监管人员")
        SAMPLER = "sampler", _("抽样人员")
        ANALYST = "analyst", _("检验人员")
        ENTERPRISE = "enterprise", _("企业经办人")
        ADMINISTRATOR = "administrator", _("管理员")

    user = models.ForeignKey(User, models.PROTECT, related_name="posts")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="posts")
    enterprise = models.ForeignKey("Enterprise", models.PROTECT, null=True, related_name="posts")
    role = models.CharField(max_length=20, choices=Role.choices)
    since = models.DateField()
    until = models.DateField(null=True)
    entitlements = models.JSONField(default=list, db_default=[])
    certificate = models.CharField(_("证件号"), max_length=60, blank=True, default="", db_default="")
    certificate_until = models.DateField(null=True)
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="post_is_of_an_office_or_an_enterprise",
                condition=models.Q(office__isnull=False, enterprise__isnull=True)
                | models.Q(office__isnull=True, enterprise__isnull=False, role="enterprise"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.office or self.enterprise}"


class Absence(models.Model):
    """Somebody is away from a post, both days included, and a colleague of the same office and role stands in.

    The deputy acts in his own name and with his own rights; nothing is inherited. Two absences of a post never overlap.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="absences")
    first_day = models.DateField()
    last_day = models.DateField()
    reason = models.CharField(max_length=200)
    deputy = models.ForeignKey(Post, models.PROTECT, related_name="stands_in")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["post", "first_day"]), models.Index(fields=["deputy", "first_day"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="an_absence_is_a_span", condition=models.Q(last_day__gte=models.F("first_day"))
            ),
            models.CheckConstraint(name="nobody_is_his_own_deputy", condition=~models.Q(post=models.F("deputy"))),
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.first_day} – {self.last_day}"


class Deputyship(models.Model):
    """Two posts stand in for each other (AB角): who is proposed first when one of them is away."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="deputyships")
    other = models.ForeignKey(Post, models.PROTECT, related_name="deputyships_of_others")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["post", "other"], condition=models.Q(until__isnull=True), name="one_standing_deputyship"
            ),
            models.CheckConstraint(name="a_deputyship_is_of_two_posts", condition=models.Q(post__lt=models.F("other"))),
        ]

    def __str__(self) -> str:
        return f"{self.post} / {self.other}"


class Enterprise(models.Model):
    """A producer or seller, with the place of registration and the place where it really works (Article 42)."""

    name = models.CharField(_("名称"), max_length=200)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, unique=True, validators=[check_credit_code])
    legal_representative = models.CharField(_("法定代表人"), max_length=60, blank=True)
    registered_place = models.CharField(_("注册地"), max_length=6)
    registered_address = models.CharField(_("注册地址"), max_length=200, blank=True)
    actual_place = models.CharField(_("实际经营地"), max_length=6)
    actual_address = models.CharField(_("实际经营地址"), max_length=200, blank=True)
    contact = models.CharField(_("联系人"), max_length=60, blank=True)
    phone = models.CharField(_("联系电话"), max_length=30, blank=True)
    pinyin = models.CharField(max_length=400, blank=True, db_index=True)
    found_by = folded("name", "credit_code", "pinyin")

    def __str__(self) -> str:
        return self.name


class Offering(models.Model):
    """One line of the sampling frame: an enterprise makes or sells a product (Articles 12, 23)."""

    class Kind(models.TextChoices):
        """How the enterprise stands to the product."""

        PRODUCER = "producer", _("生产")
        SELLER = "seller", _("销售")

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="offerings")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    online = models.BooleanField(default=False)
    producer = models.ForeignKey(Enterprise, models.PROTECT, null=True, related_name="sold_by_others")
    product_kind = models.CharField(max_length=60, db_index=True)
    product_name = models.CharField(max_length=100)
    model = models.CharField(max_length=100)
    brand = models.CharField(max_length=60, blank=True)
    standard = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return f"{self.enterprise} · {self.product_name}"
