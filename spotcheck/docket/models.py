"""Tables of the docket: dossier, parties, register, involvement, entries, periods, outbox, notices, book, roots."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from spotcheck.files.checks.content import SUFFIXES
from spotcheck.files.models import StoredFile
from spotcheck.parties.folded import folded
from spotcheck.parties.models import Enterprise, Office, Post, User, city_of, in_shandong
from spotcheck.rules.evidence import KINDS
from spotcheck.rules.folding import fold
from spotcheck.rules.regulations import REGULATIONS
from spotcheck.rules.words import Words

if TYPE_CHECKING:
    from spotcheck.parties.actors import Actor


class DossierQuerySet(models.QuerySet["Dossier"]):
    """The one place that decides who sees which dossier."""

    def visible_to(self, actor: "Actor") -> "DossierQuerySet":
        """The dossiers this actor may see: if, and only if, the text gives it a part in them.

        An office all files of the kinds that their text lets its level see (the provincial bureau all of the rules
        of 2021, Article 6); every other office those in which it is involved (city and county by the place of a
        party, Articles 14, 21, 32, 42, every bureau in the annual plan, Articles 7, 8; bodies by commission, Articles
        10, 40, 47); an enterprise those in which it is a party, once it has been told (Articles 13, 26, 33, 43).
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
        part = models.Exists(Involvement.objects.filter(dossier=models.OuterRef("pk"), office=office))
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


class Involvement(models.Model):
    """An office has a part in a dossier: the ground on which it may see it."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="involvements")
    office = models.ForeignKey(Office, models.PROTECT, related_name="involvements")
    role = models.CharField(max_length=20)
    party = models.ForeignKey(Party, models.CASCADE, null=True, related_name="+")

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


class Entry(models.Model):
    """One act or consequence, for good: the application's role can neither change nor delete it.

    ``effective_on`` is the legal date, ``recorded_at`` the moment of recording. ``hash`` covers all of it and
    the hash of the entry before, so that nothing can be changed, left out or put in afterwards; ``chain`` is the
    version of what it covers. ``late_reason`` is stated with an act that comes after its day. ``happened_at`` is the
    hour of the act where it is known, ``deputy_for`` and ``second_user`` who stood behind it, ``evidence`` the
    SHA-256 of files that came with it.
    """

    WITH_CIRCUMSTANCES: ClassVar[int] = 2

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="entries")
    sequence = models.PositiveIntegerField()
    act = models.CharField(max_length=60)
    chart = models.CharField(max_length=20, blank=True)
    label = models.CharField(max_length=12, blank=True)
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    from_state = models.CharField(max_length=50, blank=True)
    to_state = models.CharField(max_length=50, blank=True)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    actor = models.JSONField()
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    facts = models.JSONField(default=dict)
    flags = ArrayField(models.CharField(max_length=40), default=list)
    articles = ArrayField(models.PositiveSmallIntegerField(), default=list)
    cause = models.ForeignKey("self", models.PROTECT, null=True, related_name="consequences")
    chain = models.PositiveSmallIntegerField(default=WITH_CIRCUMSTANCES, db_default=1)
    regulation = models.CharField(max_length=20, blank=True, default="", db_default="")
    happened_at = models.DateTimeField(null=True)
    deputy_for = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    second_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    evidence = ArrayField(models.CharField(max_length=64), default=list, db_default=[])
    late_reason = models.TextField(blank=True, default="", db_default="")
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    # The matter and the declaration of its act, while what follows the entry is being done; not stored.
    matter: Any
    spec: Any

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "sequence"], name="entry_sequence_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["recorded_at"]), models.Index(fields=["act"])]

    def __str__(self) -> str:
        return f"{self.dossier_id}/{self.sequence} {self.act}"


class Evidence(models.Model):
    """A file that came with an act: added in its transaction, and for good like the entry, which carries its hash.

    ``about`` says what is known of how it was made: slot, place, source, orientation, camera.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="evidence")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="files")
    kind = models.CharField(max_length=20)
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    taken_at = models.DateTimeField(null=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    about = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["dossier", "id"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "stored", "kind"], name="evidence_once_per_entry"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def words(self) -> Words:
        """What kind of evidence it is."""
        return KINDS[self.kind].words

    @property
    def suffix(self) -> str:
        """What sort of file it is, for a list."""
        return SUFFIXES[self.stored.media_type].removeprefix(".").upper()


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    """Questions asked of periods."""

    def running(self) -> "DeadlineQuerySet":
        """The periods that run."""
        return self.filter(status=Deadline.Status.RUNNING)

    def to_look_at(self, today: date) -> "DeadlineQuerySet":
        """The running periods with something to do on or before this day."""
        return self.running().filter(wake_on__lte=today)


class Deadline(models.Model):
    """A period with both its last days. The row is the timer: nothing else in the system knows a due date."""

    class Status(models.TextChoices):
        """What became of the period."""

        RUNNING = "running", _("进行中")
        MET = "met", _("已履行")
        LAPSED = "lapsed", _("已届满")
        ENDED = "ended", _("已终止")
        CORRECTED = "corrected", _("已更正")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="deadlines")
    rule = models.CharField(max_length=6)
    chart = models.CharField(max_length=20)
    label = models.CharField(max_length=12, blank=True)
    matter_id = models.BigIntegerField()
    party = models.ForeignKey(Party, models.CASCADE, null=True, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+", help_text="whose duty it is")
    rule_set = models.CharField(max_length=20)
    started_on = models.DateField()
    started_by = models.ForeignKey(Entry, models.PROTECT, related_name="periods_started")
    due_on = models.DateField()
    latest = models.DateField()
    statutory_only = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    calendar = models.CharField(max_length=60)
    wake_on = models.DateField(null=True, help_text="the next day on which the sweep has something to do")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.RUNNING)
    ended_on = models.DateField(null=True)
    ended_by = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="periods_ended")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    tries = models.PositiveSmallIntegerField(default=0)
    parked_at = models.DateTimeField(null=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier", "rule", "chart", "label"],
                condition=models.Q(status="running"),
                name="one_running_period_per_rule_and_matter",
            ),
            models.CheckConstraint(
                name="latest_is_never_before_due_on",
                condition=models.Q(latest__gte=models.F("due_on")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["wake_on", "id"],
                condition=models.Q(status="running", parked_at__isnull=True, wake_on__isnull=False),
                name="deadline_to_look_at",
            ),
            models.Index(fields=["due_on"], condition=models.Q(status="running"), name="deadline_running_due"),
            models.Index(
                fields=["office", "due_on"],
                condition=models.Q(status="running"),
                name="deadline_office_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.due_on}"

    @property
    def name(self) -> str:
        """The public name of the period: its rule and the label of the matter that owns it, as in ``D35.P``."""
        return f"{self.rule}.{self.label}" if self.label else self.rule


class Message(models.Model):
    """The outbox: what an office or a party must be told, written with the act and delivered after commit."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, null=True, related_name="messages")
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="messages")
    deadline = models.ForeignKey(Deadline, models.PROTECT, null=True, related_name="messages")
    kind = models.CharField(max_length=60)
    day = models.DateField(null=True, help_text="of an alarm that comes every day until it is heeded")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="inbox")
    party = models.ForeignKey(Party, models.CASCADE, null=True, related_name="inbox")
    created_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entry", "deadline", "kind", "office", "party", "day"],
                nulls_distinct=False,
                name="message_once",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["id"],
                condition=models.Q(delivered_at__isnull=True),
                name="message_undelivered",
            ),
            models.Index(fields=["office", "-created_at"]),
        ]


class CalendarNotice(models.Model):
    """A State Council notice brought in by one person and confirmed by another (reading R3)."""

    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=300)
    text = models.TextField(help_text="the notice as a CSV file, as it was imported")
    proposed_by = models.CharField(max_length=60)
    proposed_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=60, blank=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_notice_is_confirmed_by_another_person",
                condition=models.Q(confirmed_by="") | ~models.Q(confirmed_by=models.F("proposed_by")),
            )
        ]


class RuleSetRecord(models.Model):
    """A document by which the province continues a rule set or adopts a successor (Article 60, reading R9)."""

    rule_set = models.CharField(max_length=20)
    document = models.CharField(max_length=100, help_text="number of the document")
    issued_on = models.DateField()
    valid_from = models.DateField()
    valid_until = models.DateField()
    demonstration = models.BooleanField(default=False)
    recorded_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="validity_is_a_span",
                condition=models.Q(valid_until__gte=models.F("valid_from")),
            )
        ]


class Record(models.Model):
    """One line of the book: what was done, read or taken along that is no act of a dossier. For good, like an entry.

    ``hash`` covers what the line says. Lines are not chained one by one, which would make every reader wait for every
    other; those of a day are sealed together into its root. ``hour`` is that of a reading: the same person and subject
    stand once in it. ``before`` and ``after`` hold personal data, masked for all but auditors (``book.shown``).
    """

    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+", db_index=False)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="records", db_index=False)
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", db_index=False)
    second_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=80)
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, related_name="records", db_index=False)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.TextField(blank=True, default="")
    address = models.CharField(max_length=100, blank=True, default="")
    request_id = models.CharField(max_length=64, blank=True, default="")
    hour = models.DateTimeField(null=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "kind", "subject_type", "subject_id", "hour"],
                condition=models.Q(hour__isnull=False),
                name="reading_once_an_hour",
            ),
            models.CheckConstraint(
                name="a_reading_has_a_reader_and_an_hour",
                condition=models.Q(kind__startswith="read.", hour__isnull=False, user__isnull=False)
                | (~models.Q(kind__startswith="read.") & models.Q(hour__isnull=True)),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-at", "-id"]),
            models.Index(fields=["kind", "-at", "-id"]),
            models.Index(fields=["user", "-at", "-id"]),
            models.Index(fields=["office", "-at", "-id"]),
            models.Index(fields=["subject_type", "subject_id", "-at", "-id"]),
            models.Index(fields=["dossier", "-at", "-id"], condition=models.Q(dossier__isnull=False), name="record_of"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type} {self.subject_id}"


class AuditRoot(models.Model):
    """The root over the heads of all dossiers that changed on one day, and over the lines of the book of that day.

    ``kept`` says the same of papers, their files, proofs, evidence and what else is written once (``seals.py``).
    ``seal`` covers all of it and the ``previous`` root, in the order of writing, so that none can be changed, left out
    or put in afterwards. To be kept elsewhere too. A root of a program from before the book has no seal.
    """

    day = models.DateField(unique=True)
    dossiers = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    records = models.PositiveIntegerField(default=0, db_default=0)
    book = models.CharField(max_length=64, blank=True, default="", db_default="")
    previous = models.CharField(max_length=64, blank=True, default="", db_default="")
    seal = models.CharField(max_length=64, blank=True, default="", db_default="")
    kept = models.TextField(blank=True, default="", db_default="")
    made_at = models.DateTimeField()


class Disposal(models.Model):
    """A file whose time of keeping is over: listed by the machine, destroyed on somebody's word (Article 16, R61).

    ``names`` are files of it that still lie in the store after the confirmation. The book has a line of its own.
    """

    stored = models.OneToOneField(StoredFile, models.PROTECT, related_name="disposal")
    kept_until = models.DateField(help_text="the last day on which it had to be kept")
    listed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=60, blank=True, default="")
    account = models.CharField(max_length=100, blank=True, default="")
    names = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.stored_id} {self.kept_until}"


class Beat(models.Model):
    """When the sweep last ran, and what it did: the dead man's sign."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()
    detail = models.JSONField(default=dict)
