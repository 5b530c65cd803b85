"""Tables of the casework: drafts; who brings a case on in an office, what was handed over, notes.

None of it is the law's: the law looks at offices, and an owner, a hand-over, a note moves no period.
"""

from typing import ClassVar

from django.db import models

from spotcheck.docket.models import Dossier
from spotcheck.parties.models import Office, Post, User


class Draft(models.Model):
    """What somebody has typed into a form and not sent, or sent and not got through.

    ``address`` is that of the form, ``fields`` what its inputs say by their names (``{name: [value, ...]}``),
    ``upload_ids`` the files that wait with it. It ends with the act, or after some days of silence.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    address = models.CharField(max_length=500)
    fields = models.JSONField()
    upload_ids = models.JSONField(default=list)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["post", "address"], name="draft_once")]
        indexes: ClassVar = [models.Index(fields=["changed_at"])]

    def __str__(self) -> str:
        return self.address


class Ownership(models.Model):
    """Somebody in a post brings a dossier on for his office. What nobody owns is in the pool of the office."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="owners")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="cases")
    since = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "office"], name="one_owner_of_a_dossier_in_an_office")
        ]

    def __str__(self) -> str:
        return f"{self.dossier} {self.post}"


class Handover(models.Model):
    """Cases that went from one post to another, or into the pool, together; the new owner may give them back."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    from_post = models.ForeignKey(Post, models.PROTECT, related_name="handed_over")
    to_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="taken_over")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField()
    answer_until = models.DateField(help_text="until then it may be given back; after that it is accepted")
    accepted_on = models.DateField(null=True)
    returned_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_handover_is_accepted_or_returned",
                condition=models.Q(accepted_on=None) | models.Q(returned_on=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_post} → {self.to_post or self.office}"


class HandedOver(models.Model):
    """One case of a hand-over, with what the new owner should know."""

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="cases")
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="+")
    note = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["handover", "dossier"], name="a_case_once_in_a_handover")
        ]


class Note(models.Model):
    """What people of one office write down for each other about a dossier. It stays with the case."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="notes")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["dossier", "office", "-at"])]
