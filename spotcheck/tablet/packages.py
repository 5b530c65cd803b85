"""A day's package: its parts by their hashes, complete or not in force, and its signed id."""

import hashlib
from datetime import datetime
from typing import Any, Final

from spotcheck.api.problems import Problem
from spotcheck.casework import field_packages, field_parts, field_visits
from spotcheck.casework.field_parts import Part
from spotcheck.docket import clock
from spotcheck.tablet.holders import Holder
from spotcheck.tablet.models import DayPackage, PackagePart

KEPT_DAYS: Final = 40
_DAY: Final = 24 * 60 * 60


def of_today(holder: Holder) -> DayPackage:
    """The package for somebody on a tablet now; where nothing has changed since this morning, this morning's.

    Raises ``being-prepared`` while notices are still to be prepared.
    """
    dossiers = field_visits.of_post_holder(holder.post)
    try:
        field_visits.prepare(dossiers, holder.post)
    except field_visits.BeingPrepared:
        raise Problem("being-prepared", headers={"Retry-After": "1"}) from None
    parts = _parts(holder, dossiers)
    listed = [_keep(part, holder.now) for part in parts]
    last = DayPackage.objects.filter(device=holder.device, post=holder.post).order_by("-issued_at").first()
    if last is not None and last.parts == listed and clock.today_of(last.issued_at) == holder.today:
        return last
    return DayPackage.objects.create(
        id=field_packages.issue(str(holder.device.pk), holder.now),
        device=holder.device,
        post=holder.post,
        issued_at=holder.now,
        parts=listed,
    )


def part_for(holder: Holder, sha256: str) -> bytes | None:
    """The bytes of a part that stood in a package of this person on this tablet."""
    rows = DayPackage.objects.filter(device=holder.device, post=holder.post, parts__contains=[{"sha256": sha256}])
    if not rows.exists():
        return None
    found = PackagePart.objects.filter(pk=sha256).first()
    return bytes(found.content) if found is not None else None


def forget_old(now: datetime) -> int:
    """Forget packages and parts that nobody can want any more; return how many parts."""
    before = clock.later(now, -KEPT_DAYS * _DAY)
    old = DayPackage.objects.filter(issued_at__lt=before)
    old._raw_delete(old.db)  # noqa: SLF001 -- nothing hangs on them
    wanted = {one["sha256"] for parts in DayPackage.objects.values_list("parts", flat=True) for one in parts}
    gone = PackagePart.objects.filter(made_at__lt=before).exclude(pk__in=wanted)
    return gone._raw_delete(gone.db)  # noqa: SLF001 -- nothing hangs on them


def _parts(holder: Holder, dossiers: list[Any]) -> list[Part]:
    rules = field_parts.rules_of(dossiers)
    visits = []
    for dossier in dossiers:
        told = field_visits.told(dossier, holder.post)
        rule = rules.get(dossier.parent_id or 0)
        visits.append(told | {"rule": rule[0] if rule is not None else None})
    kinds = {visit["product"]["kind"] for visit in visits}
    own = {name: (name, kind, content) for name, kind, content in rules.values()}
    return [
        field_parts.as_part("visits", {"visits": visits}),
        *field_parts.of_the_text(),
        *own.values(),
        field_parts.bar_of(kinds, holder.today),
    ]


def _keep(part: Part, now: datetime) -> dict[str, Any]:
    name, kind, content = part
    hashed = hashlib.sha256(content).hexdigest()
    if not PackagePart.objects.filter(pk=hashed).exists():
        row = PackagePart(sha256=hashed, content=content, made_at=now)
        PackagePart.objects.bulk_create([row], ignore_conflicts=True)
    return {"name": name, "sha256": hashed, "size": len(content), "type": kind}
