"""Tables of the entrance: the passwords that a person has had, as hashes; addresses that people have confirmed."""

from typing import ClassVar

from django.db import models

from spotcheck.parties.models import User


class UsedPassword(models.Model):
    """A password that a person has had: one of the last five is not taken again."""

    user = models.ForeignKey(User, models.CASCADE, related_name="used_passwords")
    password = models.CharField(max_length=200)
    since = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "-since"])]

    def __str__(self) -> str:
        return f"{self.user} {self.since:%Y-%m-%d}"


class ConfirmedAddress(models.Model):
    """An address that a person has confirmed as his own: letters with links go there as long as it stands with him."""

    user = models.OneToOneField(User, models.CASCADE, related_name="confirmed_address")
    address = models.CharField(max_length=254)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user} {self.since:%Y-%m-%d}"
