"""Regions, offices, people in posts, enterprises and their sampling frame."""

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

    A bureau's ``code`` is the GB/T 2260 code of its region; a commissioned body has a code of its own.
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
    """A person who signs in."""

    full_name = models.CharField(_("姓名"), max_length=60)

    def __str__(self) -> str:
        return self.full_name or self.username


class Post(models.Model):
    """A person in a post: what somebody may do follows from the office and the role, never from the person."""

    class Role(models.TextChoices):
        """Roles inside an office, or the link of an enterprise."""

        OFFICER = "officer", _("监管人员")
        SAMPLER = "sampler", _("抽样人员")
        ANALYST = "analyst", _("检验人员")
        ENTERPRISE = "enterprise", _("企业经办人")

    user = models.ForeignKey(User, models.CASCADE, related_name="posts")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="posts")
    enterprise = models.ForeignKey("Enterprise", models.PROTECT, null=True, related_name="posts")
    role = models.CharField(max_length=20, choices=Role.choices)
    since = models.DateField()
    until = models.DateField(null=True)

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
