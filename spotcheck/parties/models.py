"""Regions, offices, people in posts, their absences and deputies, enterprises and their sampling frame."""

from datetime import date
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as NumberError

from spotcheck.parties.folded import folded, infixes

PROVINCE_CODE = "370000"


def in_shandong(code: str) -> bool:
    """Say whether a GB/T 2260 code lies in Shandong."""
    return code.startswith(PROVINCE_CODE[:2])


def check_credit_code(value: str) -> None:
    """Refuse a unified social credit code whose check digit (GB 32100-2015) is wrong."""
    try:
        uscc.validate(value)
    except NumberError as error:
        raise ValidationError(
            _("统一社会信用代码“%(value)s”校验不通过（GB 32100-2015），请核对营业执照。"),
            params={"value": value},
        ) from error


class RegionQuerySet(models.QuerySet["Region"]):
    """Questions asked of regions."""

    def here(self) -> "RegionQuerySet":
        """Those of Shandong that stand today."""
        return self.filter(code__startswith=PROVINCE_CODE[:2], valid_until=None)


class Region(models.Model):
    """A province, city, county or functional zone (GB/T 2260) of China: what ``regions.py`` knows, and zones of ours.

    ``valid_until`` is the last day of a code (of the table the last of its year), ``successors`` a list of ``{kind,
    code}``: renamed, recoded, merged, split, moved. No code is ever taken out: what was recorded with it keeps it.
    """

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
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    successors = models.JSONField(default=list, db_default=[])

    objects = RegionQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    """A bureau, or a body that is commissioned (Articles 6, 10, 40, 47).

    A bureau's ``code`` is the GB/T 2260 code of its region; a commissioned body has a code of its own. ``parent`` is
    the bureau above it, which may administer what this one may; a body has none and administers itself. ``since``
    and ``until`` are both included; without them it was there before, and has no end. ``legal_code`` is the credit code
    of the legal person to which a body belongs.
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
    legal_code = models.CharField(_("法人代码"), max_length=18, blank=True, default="", db_default="")
    needs_factor = models.BooleanField(
        default=False, db_default=False, help_text="everybody here signs in with a second factor"
    )

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


class JurisdictionQuerySet(models.QuerySet["Jurisdiction"]):
    """Questions asked of how the work is divided."""

    def on(self, day: date) -> "JurisdictionQuerySet":
        """What holds on a day."""
        return self.filter(models.Q(until__isnull=True) | models.Q(until__gte=day), since__lte=day)


class Jurisdiction(models.Model):
    """Another bureau than that of the place handles what becomes of a region's firms (Article 42, R13).

    For one kind of product, or for all; ``since`` and ``until`` are both included. Of several that hold on a day the
    one for the kind of product goes before, and of those the latest.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="jurisdictions")
    region = models.ForeignKey(Region, models.PROTECT, related_name="jurisdictions")
    product_kind = models.CharField(_("产品种类"), max_length=60, blank=True, default="", db_default="")
    document = models.CharField(_("文号"), max_length=100)
    since = models.DateField()
    until = models.DateField(null=True)

    objects = JurisdictionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["region", "product_kind"],
                condition=models.Q(until__isnull=True),
                name="one_standing_jurisdiction",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office} · {self.region} {self.product_kind}"


class Qualification(models.Model):
    """A certificate that lets a body test (Articles 10, 40, 47), with the days on which it holds, both included.

    Suspended, it does not hold from ``suspended_from`` on; without ``suspended_until`` nobody knows yet until when.
    ``product_kinds`` is not used any more: the scope stands in :class:`QualificationScope`.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="qualifications")
    kind = models.CharField(_("种类"), max_length=40)
    number = models.CharField(_("证书编号"), max_length=60)
    product_kinds = models.JSONField(default=list)
    valid_from = models.DateField(_("有效期自"))
    valid_until = models.DateField(_("有效期至"))
    suspended_from = models.DateField(_("暂停自"), null=True)
    suspended_until = models.DateField(_("暂停至"), null=True)
    source = models.CharField(_("来源"), max_length=100, blank=True, default="", db_default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "kind", "number"], name="a_certificate_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class QualificationScope(models.Model):
    """One line of what a certificate covers: a kind of product, by a standard and for an item where it says so.

    A certificate without any line has its scope not on record yet, and is not refused for it.
    """

    qualification = models.ForeignKey(Qualification, models.PROTECT, related_name="scope")
    product_kind = models.CharField(_("产品种类"), max_length=60)
    standard = models.CharField(_("标准"), max_length=100, blank=True, default="", db_default="")
    item = models.CharField(_("项目"), max_length=100, blank=True, default="", db_default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["qualification", "product_kind", "standard", "item"], name="a_line_of_scope_once"
            ),
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (self.product_kind, self.standard, self.item) if part)


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
    """A producer or seller, with the place of registration and the place where it really works (Article 42).

    ``status`` is that of the register of firms since ``status_on``: only who is in business is drawn (Article 12). What
    is held against a firm stays, whatever has become of it (Article 52).
    """

    class Status(models.TextChoices):
        """What the register of firms says."""

        OPEN = "open", _("在业")
        CANCELLED = "cancelled", _("注销")
        REVOKED = "revoked", _("吊销")
        MOVED_OUT = "moved_out", _("迁出")

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
    status = models.CharField(_("状态"), max_length=10, choices=Status.choices, default="open", db_default="open")
    status_on = models.DateField(null=True)

    class Meta:
        indexes: ClassVar = [infixes("found_by", "enterprise_infixes")]

    def __str__(self) -> str:
        return self.name


class EnterpriseName(models.Model):
    """What an enterprise was called before, until the day on which this system learned the new name.

    Papers keep the name that they were issued with.
    """

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="former_names")
    name = models.CharField(max_length=200)
    until = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["enterprise", "name", "until"], name="former_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class ProductKind(models.Model):
    """A kind of product under supervision (Article 7), by its code, with the catalogue that names it.

    ``since`` and ``until`` are both included. ``synonyms`` are other names, which a sheet of the sampling frame may
    use.
    """

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=60, unique=True)
    parent_code = models.CharField(max_length=30, blank=True, default="", db_default="")
    catalogue = models.CharField(max_length=100, blank=True, default="", db_default="")
    since = models.DateField()
    until = models.DateField(null=True)
    synonyms = models.JSONField(default=list, db_default=[])

    def __str__(self) -> str:
        return self.name


class OfferingQuerySet(models.QuerySet["Offering"]):
    """Questions asked of the sampling frame."""

    def on(self, day: date) -> "OfferingQuerySet":
        """The lines of a day, of which the first and the last are included; one without days always was."""
        begun = models.Q(since__isnull=True) | models.Q(since__lte=day)
        return self.filter(begun, models.Q(until__isnull=True) | models.Q(until__gte=day))


class Offering(models.Model):
    """One line of the sampling frame: an enterprise makes or sells a product (Articles 12, 23).

    No line stands there twice: it would double the chance of a firm. ``source`` names the list it came from.
    """

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
    source = models.CharField(_("来源"), max_length=60, blank=True, default="", db_default="")
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    shop = models.CharField(_("网店"), max_length=200, blank=True, default="", db_default="")

    objects = OfferingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enterprise", "kind", "online", "product_kind", "product_name", "model", "brand", "producer"],
                nulls_distinct=False,
                name="no_line_of_the_frame_twice",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} · {self.product_name}"
