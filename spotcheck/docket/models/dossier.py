"""Dossiers, their parties, and the register: what a file is about, who has a part in it, how its charts stand."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from spotcheck.parties.folded import folded, infixes
from spotcheck.parties.models import Enterprise, Office, in_shandong
from spotcheck.parties.regions import city_of
from spotcheck.rules.folding import fold
from spotcheck.rules.regulations import REGULATIONS

if TYPE_CHECKING:
    from spotcheck.parties.actors import Actor


class DossierQuerySet(models.QuerySet["Dossier"]):
    """The one place that decides who sees which dossier."""

    def visible_to(self, actor: "Actor") -> "DossierQuerySet":
        """The dossiers this actor may see: if, and only if, the text gives it a part in them.

        An office all files of the kinds that their text lets its level see (the provincial bureau all of the rules
        of 2021, Article 6); every other office those in which it is involved (city and county by the place of a
        party, Articles 14, 21, 32, 42, every bureau in the annual plan, Articles 7, 8; bodies by commission, Articles
        10, 40, 47, a first laboratory from the dispatch of its unit on, Articles 26, 27, 29); an enterprise those in
        which it is a party, once it has been told (Articles 13, 26, 33, 43).
        Administering gives no sight: a post of the administration sees none, whatever its office.
        """
        if actor.administers:
            return self.none()
        if actor.enterprise is not None:
            told = Party.objects.filter(dossier=models.OuterRef("pk"), told_on__isnull=False)
            return self.filter(models.Exists(told.filter(enterprise=actor.enterprise)))
        office = actor.office
        if office is None:
            return self.none()
        files = {name: kind for text in REGULATIONS.values() for name, kind in text.files.items()}
        seen = [name for name, kind in files.items() if office.kind in kind.seen_by]
        if len(seen) == len(files):
            return self
        part = models.Exists(Involvement.objects.counting().filter(dossier=models.OuterRef("pk"), office=office))
        return self.filter(models.Q(kind__in=seen) | part) if seen else self.filter(part)

    def samples(self) -> "DossierQuerySet":
        """The dossiers of samples (not the files of plans and tasks)."""
        return self.filter(kind=Dossier.Kind.SAMPLE)


class Dossier(models.Model):
    """One file: of a sample, and above it of the task and of the annual plan; or of a kind that another text knows.

    Every act locks the row of its dossier first; entries and the head of their hash chain hang on it.
    """

    class Kind(models.TextChoices):
        """What the file is about. The order is the order of locking."""

        PLAN = "plan", _("年度计划")
        TASK = "task", _("抽查任务")
        SAMPLE = "sample", _("样品")

    class Origin(models.TextChoices):
        """Where the check comes from (Article 4)."""

        PROVINCIAL = "provincial", _("省级监督抽查")
        NATIONAL = "national", _("国家移交")
        OTHER_PROVINCE = "other_province", _("外省移交")

    class Channel(models.TextChoices):
        """How the sample is taken (Articles 12, 23)."""

        ON_SITE = "on_site", _("现场抽样")
        ONLINE = "online", _("网络抽样")

    class Check(models.TextChoices):
        """The kind of check; tracking and emergency checks know no six-month exemption (Article 19)."""

        DAILY = "daily", _("日常监督抽查")
        TRACKING = "tracking", _("跟踪抽查")
        EMERGENCY = "emergency", _("应急抽查")

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.SAMPLE)
    number = models.CharField(_("编号"), max_length=40, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    title = models.CharField(max_length=200, blank=True)
    origin = models.CharField(max_length=20, choices=Origin.choices, default=Origin.PROVINCIAL)
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.ON_SITE)
    check_kind = models.CharField(max_length=10, choices=Check.choices, default=Check.DAILY)
    product_kind = models.CharField(_("产品种类"), max_length=60, blank=True)
    product_name = models.CharField(_("产品名称"), max_length=100, blank=True)
    product_model = models.CharField(_("规格型号"), max_length=100, blank=True)
    brand = models.CharField(_("商标"), max_length=60, blank=True)
    standard = models.CharField(_("执行标准"), max_length=60, blank=True)
    batch = models.CharField(_("生产日期/批号"), max_length=60, blank=True)
    producer = models.ForeignKey(Enterprise, models.PROTECT, null=True, related_name="+")
    rule_set = models.CharField(max_length=20, blank=True)
    pinned_on = models.DateField(null=True)
    opened_on = models.DateField()
    entry_count = models.PositiveIntegerField(default=0)
    head_hash = models.CharField(max_length=64, blank=True)
    search = models.TextField(blank=True, help_text="number, names and pinyin, for the search box")
    found_by = folded("search", "number", "title")
    found_by_open = folded("number", "product_kind", "product_name")

    objects = DossierQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-opened_on", "-id"]),
            models.Index(fields=["kind", "-opened_on", "-id"]),
            models.Index(fields=["producer", "product_kind"]),
            infixes("found_by", "dossier_infixes"),
            infixes("found_by_open", "dossier_open_infixes"),
        ]

    def __str__(self) -> str:
        return self.number


def known_as(number: str) -> Dossier | None:
    """The file that has this number, however it is typed: in other case or width, with other brackets."""
    wanted = fold(number)
    same = models.Q(found_by_open=wanted) | models.Q(found_by_open__startswith=f"{wanted} ")
    return Dossier.objects.filter(same).order_by("pk").first() if wanted and " " not in wanted else None


class Party(models.Model):
    """A producer or seller in one dossier, with the place that decides who handles it (Article 42)."""

    class Role(models.TextChoices):
        """What the party is to the sample (Articles 33, 42)."""

        SAMPLED_PRODUCER = "sampled_producer", _("被抽样生产者")
        SELLER = "seller", _("销售者")
        NOMINAL_PRODUCER = "nominal_producer", _("标称生产者")

    PRODUCERS: ClassVar[tuple[str, ...]] = (Role.SAMPLED_PRODUCER, Role.NOMINAL_PRODUCER)
    SAMPLED: ClassVar[tuple[str, ...]] = (Role.SAMPLED_PRODUCER, Role.SELLER)

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="parties")
    label = models.CharField(max_length=10)
    role = models.CharField(max_length=20, choices=Role.choices)
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="+")
    place = models.CharField(max_length=6, help_text="GB/T 2260 code of the place where it really works")
    registered_place = models.CharField(max_length=6)
    handler = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    told_on = models.DateField(null=True, help_text="the day from which the party may see its own case")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["dossier", "label"], name="party_label_once")]

    def __str__(self) -> str:
        return f"{self.enterprise} ({self.get_role_display()})"

    @property
    def is_producer(self) -> bool:
        """Whether Article 42 counts the party among the producers."""
        return self.role in self.PRODUCERS

    @property
    def is_seller(self) -> bool:
        """Whether the party sold the product."""
        return self.role == self.Role.SELLER

    @property
    def in_shandong(self) -> bool:
        """Whether the party is handled in Shandong at all (Articles 32, 42)."""
        return in_shandong(self.place)

    @property
    def city_code(self) -> str:
        """The code of the city bureau of its place."""
        return city_of(self.place)


class InvolvementQuerySet(models.QuerySet["Involvement"]):
    """The parts of offices in dossiers."""

    def counting(self) -> "InvolvementQuerySet":
        """Those that give sight already: some parts begin only with a step of the case (``PartBegins``)."""
        counts = models.Q()
        for name, kind in ((name, kind) for text in REGULATIONS.values() for name, kind in text.files.items()):
            for part in kind.begins:
                stands = Track.objects.filter(dossier=models.OuterRef("dossier"), chart=part.chart, label=part.label)
                has_begun = models.Exists(stands.exclude(state__in=part.waits))
                counts &= ~models.Q(role=part.role, dossier__kind=name) | models.Q(has_begun)
        return self.filter(counts)


class Involvement(models.Model):
    """An office has a part in a dossier: the ground on which it may see it."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="involvements")
    office = models.ForeignKey(Office, models.PROTECT, related_name="involvements")
    role = models.CharField(max_length=20)
    party = models.ForeignKey(Party, models.CASCADE, null=True, related_name="+")

    objects = InvolvementQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier", "office", "role", "party"],
                nulls_distinct=False,
                name="involvement_once",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["office", "-dossier"])]


class Track(models.Model):
    """One line of the register: the state of one chart of a dossier, written with the act that changed it."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="tracks")
    chart = models.CharField(max_length=20)
    label = models.CharField(max_length=12, blank=True)
    party = models.ForeignKey(Party, models.CASCADE, null=True, related_name="tracks")
    state = models.CharField(max_length=50)
    is_open = models.BooleanField(help_text="whether the matter still keeps others waiting")
    since = models.DateField()
    matter_id = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "chart", "label"], name="track_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["chart", "state"])]

    def __str__(self) -> str:
        return f"{self.chart}{'.' + self.label if self.label else ''}: {self.state}"
