"""Tables of the entrance: the passwords that a person has had, as hashes."""

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
