"""Papers as records: form, number, issuer, recipients, snapshot, file, service."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from spotcheck.docket.models import Dossier, Entry, Evidence, Party
from spotcheck.parties.folded import folded, infixes
from spotcheck.parties.models import Office, User
from spotcheck.rules.evidence import SLIP
from spotcheck.rules.regulations import FIRST, Regulation, named
from spotcheck.rules.words import Words


class Series(models.Model):
    """The numbers of one bureau, form and year; the row is locked while a number is taken, so there are no gaps.

    ``letter`` is the name of a series that is not that of a numbered form of the first text (``numbering.series_of``).
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    form = models.PositiveSmallIntegerField()
    letter = models.CharField(max_length=40, blank=True, default="", db_default="")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "form", "letter", "year"], name="series_once"),
        ]


class NumberBlock(models.Model):
    """Numbers of a series handed to a tablet before it goes offline; those it does not use are voided visibly."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="blocks")
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    holder = models.CharField(max_length=100)
    place = models.CharField(max_length=6, blank=True, default="", db_default="", help_text="the county in its numbers")
    taken_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["holder"], condition=models.Q(holder__startswith="device:"), name="block_once_for_a_request"
            ),
            models.CheckConstraint(name="block_is_a_span", condition=models.Q(last__gte=models.F("first"))),
        ]


class VoidedNumber(models.Model):
    """A number that was allotted and never became a valid paper; it stays in the list with its reason."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="voided")
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=80, unique=True)
    reason = models.CharField(max_length=200)
    voided_at = models.DateTimeField()


class TemplateVersion(models.Model):
    """The text of a template as it was when a paper was issued with it: the paper keeps its version for good."""

    digest = models.CharField(max_length=64, primary_key=True)
    name = models.CharField(max_length=80)
    version = models.DateField()
    source = models.TextField()

    def __str__(self) -> str:
        return f"{self.name}@{self.version}"


class Particulars(models.Model):
    """What a paper says beyond the facts of the acts: quantities, places, prices, stated before it is issued.

    ``data`` is ``{group: {field: value}}`` in the words of the catalogue. Rows are added, never changed; a later
    one wins.
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="particulars")
    party = models.ForeignKey(Party, models.CASCADE, null=True, related_name="+")
    data = models.JSONField()
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()


class Paper(models.Model):
    """One issued paper. What it says rests on ``snapshot``, taken in the transaction that issued it."""

    class Status(models.TextChoices):
        """Whether the paper holds."""

        ISSUED = "issued", _("有效")
        SUPERSEDED = "superseded", _("已被取代")
        WITHDRAWN = "withdrawn", _("已撤回")
        VOIDED = "voided", _("已作废")

    class Drawing(models.TextChoices):
        """Whether there is a file."""

        WANTED = "wanted", _("正在生成")
        ON_DEMAND = "on_demand", _("打开时生成")
        DRAWN = "drawn", _("已生成")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="papers")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="papers")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="papers")
    chart = models.CharField(max_length=20)
    label = models.CharField(max_length=12, blank=True)
    regulation = models.CharField(max_length=20, default=FIRST, db_default=FIRST)
    form = models.PositiveSmallIntegerField(help_text="0 for a letter")
    letter = models.CharField(max_length=40, blank=True, default="", db_default="")
    number = models.CharField(max_length=80, unique=True)
    issuer = models.ForeignKey(Office, models.PROTECT, related_name="papers_issued")
    issued_on = models.DateField()
    snapshot = models.JSONField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ISSUED)
    template = models.ForeignKey(TemplateVersion, models.PROTECT, null=True, related_name="papers")
    code = models.CharField(max_length=16, unique=True, null=True, help_text="random; the key of the public page")  # noqa: DJ001
    gaps = models.JSONField(default=list, help_text="required fields that were open when it was issued")
    drawing = models.CharField(max_length=10, choices=Drawing.choices, default=Drawing.ON_DEMAND)
    lease_until = models.DateTimeField(null=True, help_text="somebody is drawing it until then")
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True, default="")
    drawn_at = models.DateTimeField(null=True)
    file = models.CharField(max_length=120, blank=True, default="", help_text="below MEDIA_ROOT")
    sha256 = models.CharField(max_length=64, blank=True, default="", db_index=True)
    size = models.PositiveIntegerField(null=True)
    sealed = models.BooleanField(default=False)
    found_by = folded("number")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["dossier", "form"]),
            models.Index(fields=["-issued_on", "-id"]),
            models.Index(fields=["id"], condition=models.Q(drawing="wanted"), name="paper_to_draw"),
            infixes("found_by", "paper_infixes"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def words(self) -> Words:
        """The title in both languages."""
        return self.text.letters[self.letter].title if self.letter else self.text.forms[self.form].title

    @property
    def short(self) -> Words:
        """How lists call it."""
        return self.words if self.letter else self.text.forms[self.form].short

    @property
    def text(self) -> Regulation:
        """The text whose form or letter it is."""
        return named(self.regulation)

    @property
    def title(self) -> str:
        """The title as the annex prints it."""
        return self.words.zh

    @property
    def snapshot_sha256(self) -> str:
        """The hash of what the paper rests on: of the snapshot as JSON with sorted names and without spaces."""
        text = json.dumps(self.snapshot, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return sha256(text.encode()).hexdigest()

    @property
    def key(self) -> int | str:
        """Number of the form or name of the letter."""
        return self.letter or self.form


class PreparedPaper(models.Model):
    """A paper that is shown where there is no line: number, code and content before the act that issues it.

    Its number is a block of one, held until the paper is issued (``paper``), or voided with a reason because nobody
    will show it any more. A dossier has one of a form in force at most.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="prepared_papers")
    form = models.PositiveSmallIntegerField()
    block = models.OneToOneField(NumberBlock, models.PROTECT, related_name="prepared")
    number = models.CharField(max_length=80, unique=True)
    code = models.CharField(max_length=16, unique=True)
    issuer = models.ForeignKey(Office, models.PROTECT, related_name="+")
    template = models.ForeignKey(TemplateVersion, models.PROTECT, related_name="+")
    snapshot = models.JSONField()
    gaps = models.JSONField(default=list)
    prepared_at = models.DateTimeField()
    paper = models.OneToOneField(Paper, models.PROTECT, null=True, related_name="prepared")
    voided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True, default="", db_default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier", "form"],
                condition=models.Q(paper__isnull=True, voided_at__isnull=True),
                name="one_prepared_paper_in_force",
            ),
        ]

    def __str__(self) -> str:
        return self.number


OF_VISITS: Final = (1, 3, 4, 5, 6)
"""The forms with which a visit can end or begin (Articles 13, 14, 17, 20, 21)."""


class VisitCode(models.Model):
    """The code of a visit, given out before anybody knows how it ends: its page leads to whatever papers there are."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="visit_code")
    code = models.CharField(max_length=16, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code

    def papers(self) -> "models.QuerySet[Paper]":
        """The papers of the visit that can be looked up, in the order in which they were issued."""
        return Paper.objects.filter(dossier=self.dossier_id, form__in=OF_VISITS, code__isnull=False).order_by("pk")


def of_keys(keys: Iterable[int | str], *, regulation: str = FIRST, path: str = "") -> models.Q:
    """The papers that are one of these forms (by number) or letters (by name) of a text; ``path`` leads to them."""
    listed = list(keys)
    forms = [key for key in listed if isinstance(key, int)]
    letters = [key for key in listed if isinstance(key, str)]
    own = models.Q((f"{path}form__in", forms), (f"{path}letter", "")) | models.Q((f"{path}letter__in", letters))
    return models.Q((f"{path}regulation", regulation)) & own


class Recipient(models.Model):
    """One who gets the paper, and when it was received. A period starts with a receipt that is proved."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="recipients")
    word = models.CharField(max_length=20)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    received_on = models.DateField(null=True)
    receipt = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return str(self.party or self.office or self.word)


@dataclass(frozen=True, slots=True)
class KeptProof:
    """The file that proves a receipt; without a ``file`` when it was destroyed after its time."""

    name: str
    file: str
    sha256: str


class ServiceQuerySet(models.QuerySet["Service"]):
    """Services, and those of which a proof was handed in."""

    def proved(self) -> "ServiceQuerySet":
        """Those with a proof of their own, or with one that came with the act of the receipt."""
        slips = Evidence.objects.filter(entry=models.OuterRef("receipt"), kind=SLIP)
        return self.filter(~models.Q(proof_file="") | models.Exists(slips))


class Service(models.Model):
    """送达: one attempt to serve a paper on one recipient, and its proof.

    The proof is the file that came with the act of the receipt. ``proof_file`` holds that of a receipt which no act
    records, and those of before there was evidence.
    """

    class Method(models.TextChoices):
        """How it is served."""

        DIRECT = "direct", _("直接送达")
        LEFT = "left", _("留置送达")
        MAIL = "mail", _("邮寄送达")
        ENTRUSTED = "entrusted", _("委托送达")
        ELECTRONIC = "electronic", _("电子送达")
        FORWARDED = "forwarded", _("转交送达")
        ANNOUNCED = "announced", _("公告送达")

    class Outcome(models.TextChoices):
        """What became of it."""

        UNDER_WAY = "under_way", _("在途")
        SERVED = "served", _("已送达")
        RETURNED = "returned", _("退回")
        CORRECTED = "corrected", _("已更正")

    LIVE: ClassVar[tuple[str, ...]] = (Outcome.UNDER_WAY, Outcome.SERVED)
    """The attempt that counts; a recipient has one of them at most."""

    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="services")
    method = models.CharField(max_length=12, choices=Method.choices)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.UNDER_WAY)
    started_on = models.DateField(help_text="handed over, posted, sent or announced")
    tracking_no = models.CharField(max_length=40, blank=True)
    announced_where = models.CharField(max_length=200, blank=True)
    servers = models.JSONField(default=list, help_text="names of those who serve")
    received_on = models.DateField(null=True)
    received_by = models.CharField(max_length=60, blank=True)
    capacity = models.CharField(max_length=60, blank=True, help_text="what the receiver is to the party")
    witness = models.CharField(max_length=60, blank=True)
    refusal = models.CharField(max_length=200, blank=True)
    returned_on = models.DateField(null=True)
    returned_reason = models.CharField(max_length=200, blank=True)
    proof_name = models.CharField(max_length=200, blank=True)
    proof_file = models.CharField(max_length=120, blank=True)
    proof_sha256 = models.CharField(max_length=64, blank=True)
    receipt = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", help_text="who recorded the end")
    ended_at = models.DateTimeField(null=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["tracking_no"], condition=~models.Q(tracking_no=""), name="service_by_mail_number"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["recipient"],
                condition=models.Q(outcome__in=("under_way", "served")),
                name="one_service_per_recipient",
            ),
            models.CheckConstraint(
                name="served_has_a_day",
                condition=~models.Q(outcome="served") | models.Q(received_on__isnull=False),
            ),
        ]

    @property
    def proof(self) -> KeptProof | None:
        """The proof of the receipt, wherever it is kept."""
        if self.proof_sha256:
            return KeptProof(self.proof_name, self.proof_file, self.proof_sha256)
        slips = [row for row in self.receipt.files.all() if row.kind == SLIP] if self.receipt is not None else []
        return KeptProof(slips[-1].name, slips[-1].stored.file, slips[-1].stored_id) if slips else None
