"""What a program asks first: who it is, what it may do, who its people are, and how late it is here."""

from rest_framework import serializers

from spotcheck.api import limits
from spotcheck.api.doors import Call, Door, told
from spotcheck.api.kept import Answer
from spotcheck.api.shapes import Answered
from spotcheck.docket import clock
from spotcheck.parties.models import Post


class OfficeAnswer(Answered):
    """An office."""

    code = serializers.CharField()
    name = serializers.CharField()


class CredentialAnswer(Answered):
    """The credential whose token came with the request."""

    client_id = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the name of a member
    expires_on = serializers.DateField()
    scopes = serializers.ListField(child=serializers.CharField())


class PersonAnswer(Answered):
    """Somebody of the office who has a post today."""

    number = serializers.CharField()
    name = serializers.CharField()
    role = serializers.CharField()
    entitlements = serializers.ListField(child=serializers.CharField())


class QuotasAnswer(Answered):
    """How much a minute is let through."""

    reads = serializers.IntegerField()
    writes = serializers.IntegerField()


class MeAnswer(Answered):
    """Who calls."""

    office = OfficeAnswer()
    credential = CredentialAnswer()
    people = serializers.ListField(child=PersonAnswer())
    quotas = QuotasAnswer()
    server_time = serializers.DateTimeField()
    time_zone = serializers.CharField()
    deprecations = serializers.ListField(child=serializers.CharField())


class Me(Door):
    """``/me``."""

    answers = {"GET": {200: MeAnswer}}

    def get(self, call: Call) -> Answer:
        """Who calls, its scopes, the people of the office with what they are entitled to, and the time here."""
        caller = call.caller
        posts = (
            Post.objects.valid_on(caller.today)
            .filter(office=caller.office, user__staff_numbers__office=caller.office, user__is_active=True)
            .exclude(role=Post.Role.ADMINISTRATOR)
            .values_list("user__staff_numbers__number", "user__full_name", "role", "entitlements")
            .order_by("user__staff_numbers__number", "pk")
        )
        credential = caller.credential
        return told(
            {
                "office": {"code": caller.office.code, "name": caller.office.name},
                "credential": {
                    "client_id": credential.client_id,
                    "label": credential.label,
                    "expires_on": credential.expires_on.isoformat(),
                    "scopes": sorted(caller.scopes),
                },
                "people": [
                    {"number": number, "name": name, "role": role, "entitlements": entitlements}
                    for number, name, role, entitlements in posts
                ],
                "quotas": {"reads": limits.READS, "writes": limits.WRITES},
                "server_time": clock.local(caller.now).isoformat(),
                "time_zone": str(clock.SHANDONG),
                "deprecations": [],
            }
        )
