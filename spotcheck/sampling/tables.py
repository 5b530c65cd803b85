"""Beside the charts of chapter three: what a sample is of, the custody of its units, and films.

Links of a custody follow upon each other and are never changed (Articles 18, 26, 27, 39).
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from spotcheck.docket.models import Dossier, Entry, Evidence, Party
from spotcheck.parties.models import Enterprise, Office, Post


class SampleFile(models.Model):
    """What the file of a sample is about (Articles 12, 17, 19), written with the first act of its sampling.

    ``producer`` is the producer on the label where it is known, otherwise the one sampled; it changes once, when the
    nominal producer of a commissioned production is put on record (Articles 15, 42). ``batch`` is empty until the
    sample is taken, of a foreign check until its report is registered: the draw has not seen the label. It is written
    once; a sheet is corrected in words and keeps its first text (Article 17). The columns of the same names of
    the dossier are kept in step for one release, for workers of the version before (``sampling/operations.py``).
    """

    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="sample_file")
    product_kind = models.CharField(_("产品种类"), max_length=60, blank=True)
    product_name = models.CharField(_("产品名称"), max_length=100, blank=True)
    product_model = models.CharField(_("规格型号"), max_length=100, blank=True)
    brand = models.CharField(_("商标"), max_length=60, blank=True)
    standard = models.CharField(_("执行标准"), max_length=60, blank=True)
    batch = models.CharField(_("生产日期/批号"), max_length=60, blank=True)
    producer = models.ForeignKey(Enterprise, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["producer", "product_kind"], name="sample_file_of_a_producer"),
            models.Index(fields=["product_kind", "dossier"], name="sample_file_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.product_name} {self.product_model}".strip()


class CustodyLink(models.Model):
    """One link of the custody of a unit: who gave it to whom, under which seal, in which state.

    A side is an office with its person where that is known, or a party that keeps the unit, or a ``carrier`` with its
    ``waybill``. ``on`` is the legal date, ``at`` the hour where it is known. ``fault`` and ``fault_at`` name the fault
    that a ``gap_accepted`` lifts, and the sequence of its link. ``hash`` is the SHA-256 over everything the link says,
    the hash of the entry that it came with, and that of the link before.
    """

    unit = models.ForeignKey("sampling.SampleUnit", models.PROTECT, related_name="links")
    sequence = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    on = models.DateField()
    at = models.DateTimeField(null=True)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    giver_office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    giver_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    giver_party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    giver_name = models.CharField(max_length=200, blank=True)
    receiver_office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    receiver_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    receiver_party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    receiver_name = models.CharField(max_length=200, blank=True)
    carrier = models.CharField(max_length=200, blank=True)
    waybill = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=200, blank=True)
    seal_number = models.CharField(max_length=60, blank=True)
    seal_state = models.CharField(max_length=10, blank=True)
    new_seal = models.CharField(max_length=60, blank=True)
    condition = models.CharField(max_length=500, blank=True)
    explanation = models.TextField(blank=True)
    fault = models.CharField(max_length=20, blank=True)
    fault_at = models.PositiveSmallIntegerField(null=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["sequence"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "sequence"], name="a_link_has_its_place_in_the_custody"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.sequence} {self.kind}"


class Film(models.Model):
    """A film of an unsealing or a hand-over, which shows that it was filmed (Articles 26, 39).

    ``unit`` is empty for a parcel, ``evidence`` for a film kept elsewhere by ``kept_by``;
    ``sha256`` and ``size`` (bytes)
    tell which film it is. ``truncated`` says that it does not show the whole.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="films")
    unit = models.ForeignKey("sampling.SampleUnit", models.PROTECT, null=True, related_name="films")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    kept_by = models.CharField(max_length=200, blank=True)
    truncated = models.BooleanField(default=False, db_default=False)

    def __str__(self) -> str:
        return f"{self.dossier} {self.sha256[:16]}"
