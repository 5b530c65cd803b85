"""What a tablet hears of, and what it says of itself: what is unsent, that its store was lost, that it fell over."""

from datetime import UTC, datetime
from typing import Final

from django.http import HttpResponse
from rest_framework import serializers

from spotcheck.api import cursors
from spotcheck.api.doors import told
from spotcheck.api.kept import Answer
from spotcheck.api.problems import Problem
from spotcheck.api.shapes import Answered, Choice, Shape, Text
from spotcheck.casework import field_feed
from spotcheck.docket import book
from spotcheck.docket.sessions import session
from spotcheck.tablet import holders
from spotcheck.tablet.doors import Call, FieldDoor
from spotcheck.tablet.models import Device

CONTACT: Final = "contact"


class TroubleReport(Shape):
    """A report."""

    kind = Choice(choices=("storage_lost", "crash", "clock", CONTACT))
    unsent = serializers.IntegerField(min_value=0, max_value=100_000)
    app = Text(max_length=30)
    detail = Text(max_length=500, allow_blank=True)


class FeedAnswer(Answered):
    """What has happened to one's visits; ``next`` is where to go on."""

    changes = serializers.ListField(child=serializers.DictField())
    next = serializers.CharField()


class Feed(FieldDoor):
    """``/feed``."""

    asks = {"GET": {"after": {"type": "string", "maxLength": 200}}}
    answers = {"GET": {200: FeedAnswer}}

    def get(self, call: Call) -> Answer:
        """Decisions, settled records, returned and new visits since ``after``; some may come twice, by the same id."""
        holder = call.holder
        if not holder.is_in_post():
            raise Problem("post-missing")
        cursor, of = call.request.GET.get("after", ""), f"field:{holder.device.pk}:{holder.post.pk}"
        after = datetime.fromtimestamp(cursors.read(cursor, of=of)[0], tz=UTC) if cursor else None
        changes = field_feed.since(holder.post, after)
        return told({"changes": changes, "next": cursors.written([int(holder.now.timestamp())], of=of)})


class Reports(FieldDoor):
    """``/reports``."""

    takes = {"POST": TroubleReport}
    answers = {"POST": {204: Answered}}
    sends = {"POST": {holders.DEVICE: True}}

    def post(self, call: Call) -> HttpResponse:
        """How much is unsent, and what went wrong; trouble stands in the book."""
        said, holder = call.said, call.holder
        with session():
            Device.objects.filter(pk=holder.device.pk).update(
                unsent=said["unsent"], app=said["app"], seen_at=holder.now
            )
            if said["kind"] != CONTACT:
                after = {"kind": said["kind"], "rows": said["unsent"]}
                book.write(
                    "device.report",
                    by=holder.post,
                    user=holder.post.user,
                    subject=holder.device,
                    after=after,
                    reason=said["detail"],
                )
        return HttpResponse(status=204)
