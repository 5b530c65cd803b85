"""Versions of the rules of detail: made, published, withdrawn, frozen for a case (Articles 9, 29)."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet

from spotcheck.docket import book, bulk, sessions
from spotcheck.docket.models import Dossier, Track
from spotcheck.docket.sessions import session
from spotcheck.files.models import StoredFile
from spotcheck.parties.models import Post, User
from spotcheck.planning.detail_tables import DetailRule, RuleItem
from spotcheck.rules.refused import Refused

HEAD: Final = (
    *("name", "version", "product_kind", "valid_from", "decision", "decision_text"),
    *("longest_transit_hours", "keep_reserve_days"),
)
"""What a version says of itself."""
ITEM: Final = (
    *("number", "code", "name", "kind", "importance", "method", "judged_by", "mandatory", "limit", "unit"),
    *("required_lod", "reproducible", "remark"),
)
"""What it says of an item."""
BEFORE_TESTING: Final = ("awaiting", "received", "cleared")
"""The states of an inspection that has not begun."""


class VersionRefused(Refused):
    """A version is not published or withdrawn: it has been already, or a task rests on it."""

    kind = "version-refused"


def fingerprint(head: Mapping[str, Any], items: Sequence[Mapping[str, Any]]) -> str:
    """The SHA-256 (hex) over all that a version says; the same sheet again has the same."""
    said = {"head": {name: head.get(name) for name in HEAD}, "items": [{n: i.get(n) for n in ITEM} for i in items]}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def add(
    head: Mapping[str, Any],
    items: Sequence[Mapping[str, Any]],
    *,
    source: StoredFile | None = None,
    by: User | None = None,
) -> DetailRule:
    """Read in a version as a draft; the same content again is the same version, other content replaces a draft.

    ``head`` has the names of :data:`HEAD`, each item those of :data:`ITEM`. Raises :class:`VersionRefused` when a
    published version of this name says something else.
    """
    mark = fingerprint(head, items)
    with session():
        there = DetailRule.objects.select_for_update().filter(
            name=head["name"], version=head["version"], withdrawn_at=None
        )
        known = there.first()
        if known is not None and known.fingerprint == mark:
            return known
        if known is not None and known.is_published:
            raise VersionRefused({"version": [f"{known}"]})
        if known is not None:
            known.withdrawn_at = sessions.now()
            known.save(update_fields=["withdrawn_at"])
        rule = DetailRule(**head, source=source, fingerprint=mark, imported_at=sessions.now(), imported_by=by)
        rule.save()
        bulk.insert([RuleItem(rule=rule, place=place, **item) for place, item in enumerate(items, start=1)])
        return rule


def publish(rule: DetailRule, *, by: Post) -> DetailRule:
    """Publish a draft: from now on tasks can be tested by it. Raises :class:`VersionRefused`."""
    return _decide(rule, by=by, publishes=True)


def withdraw(rule: DetailRule, *, by: Post) -> DetailRule:
    """Withdraw a version: no further task chooses it; those that have go on. Raises :class:`VersionRefused`."""
    return _decide(rule, by=by, publishes=False)


def _decide(rule: DetailRule, *, by: Post, publishes: bool) -> DetailRule:
    with session():
        held = DetailRule.objects.select_for_update().get(pk=rule.pk)
        if held.withdrawn_at is not None or (publishes and held.published_at is not None):
            raise VersionRefused(f"{held}")
        if publishes:
            held.published_at, held.published_by = sessions.now(), by.user
        else:
            held.withdrawn_at = sessions.now()
        held.save(update_fields=["published_at", "published_by", "withdrawn_at"])
        book.write(
            "rule.publish" if publishes else "rule.withdraw",
            by=by,
            user=by.user,
            subject=held,
            after={"rule": str(held), "sha256": held.fingerprint},
        )
        return held


def choosable(product_kind: str, on: date) -> "QuerySet[DetailRule]":
    """The versions that a task can choose on a day: published and in force, those of its kind of product first."""
    published = DetailRule.objects.filter(published_at__isnull=False, withdrawn_at=None, valid_from__lte=on)
    own = published.filter(product_kind=product_kind)
    return (own if own.exists() else published).order_by("name", "-valid_from", "-pk")


def is_choosable(rule: int | None, on: date) -> bool:
    """Whether a version is published and in force on a day."""
    return choosable("", on).filter(pk=rule).exists() if rule is not None else False


def is_used_in(task: Dossier) -> bool:
    """Whether a sample of the task is being tested, or was."""
    begun = Track.objects.filter(dossier__parent=task, chart="inspection").exclude(state__in=BEFORE_TESTING)
    return begun.exists()


def snapshot(rule: DetailRule) -> dict[str, Any]:
    """All that a version says, as it is frozen with a case: ``{rule, name, version, …, sha256, items: [...]}``."""
    head = {name: getattr(rule, name) for name in HEAD}
    items = [{name: getattr(item, name) for name in ITEM} for item in rule.items.order_by("place")]
    head["valid_from"] = rule.valid_from.isoformat()
    return {"rule": rule.pk, **head, "sha256": rule.fingerprint, "items": items}
