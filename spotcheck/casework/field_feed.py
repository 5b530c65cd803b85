"""What a tablet has to hear of: decisions, settled records, returned visits, new ones, changes of who comes.

Nothing is kept for it: the feed is read from the entries and decisions themselves. A cursor is a moment, and what was
recorded within two minutes before it is told once more, because a transaction that began earlier may end later; whoever
reads drops by ``id`` what he has.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from spotcheck.docket import clock
from spotcheck.docket.models import Dossier, Entry
from spotcheck.parties.models import Post
from spotcheck.planning.tables import TargetSampler
from spotcheck.sampling.field_acts import HEARD
from spotcheck.sampling.field_tables import FieldDecision, FieldReturn

OVERLAP_SECONDS: Final = 120
MOST: Final = 500


def since(post: Post, after: datetime | None) -> list[dict[str, Any]]:
    """What has happened to the visits of somebody since a moment, the oldest first."""
    begin = clock.later(after, -OVERLAP_SECONDS) if after is not None else None
    rows = TargetSampler.objects.filter(post__user=post.user_id, post__office=post.office_id)
    mine = Dossier.objects.filter(target__drawn_samplers__in=rows.exclude(state=TargetSampler.State.DRAWN))
    found = [*_entries(mine, begin), *_decisions(mine, post, begin), *_returns(mine, begin)]
    return [told for _moment, told in sorted(found, key=lambda one: one[0])][:MOST]


Told = tuple[datetime, dict[str, Any]]


def _entries(mine: Any, begin: datetime | None) -> Iterator[Told]:
    rows = Entry.objects.filter(dossier__in=mine.values("pk"), act__in=HEARD).select_related("dossier")
    rows = rows.filter(recorded_at__gt=begin) if begin is not None else rows
    for entry in rows.order_by("recorded_at")[:MOST]:
        yield (
            entry.recorded_at,
            _told(f"entry-{entry.hash[:32]}", HEARD[entry.act], entry.dossier.number, entry.recorded_at),
        )


def _decisions(mine: Any, post: Post, begin: datetime | None) -> Iterator[Told]:
    rows = FieldDecision.objects.select_related("act").filter(act__batch__post__office=post.office_id)
    rows = rows.filter(act__dossier__in=mine.values("pk")) | rows.filter(act__batch__post__user=post.user_id)
    rows = rows.filter(at__gt=begin) if begin is not None else rows
    for one in rows.distinct().order_by("at")[:MOST]:
        act = one.act
        more = {"act": str(act.pk), "seq": act.seq, "outcome": act.outcome, "reason": one.reason}
        yield one.at, _told(f"decision-{one.pk}", "settled", act.visit, one.at) | more


def _returns(mine: Any, begin: datetime | None) -> Iterator[Told]:
    rows = FieldReturn.objects.filter(dossier__in=mine.values("pk")).select_related("dossier")
    rows = rows.filter(at__gt=begin) if begin is not None else rows
    for one in rows.order_by("at")[:MOST]:
        more = {"reason": one.reason, "slots": one.slots, "fields": one.fields}
        yield one.at, _told(f"return-{one.pk}", "returned", one.dossier.number, one.at) | more


def _told(key: str, kind: str, visit: str, at: datetime) -> dict[str, Any]:
    return {"id": key, "type": kind, "visit": visit, "at": clock.local(at).isoformat(timespec="seconds")}
