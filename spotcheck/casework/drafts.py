"""Drafts: what is typed is not lost when an act is refused, a session ends, a window is closed or a server breaks.

A door keeps what a form says while it is filled in and whenever it did not get through, and ends the draft with the
act. Who opens the form again gets it back. Nobody but its author in that post sees it; when a case was handed over,
its new owner is told that there is one and may take it up.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from spotcheck.casework.evidence import owner_of
from spotcheck.casework.models import Draft, Handover, Ownership
from spotcheck.docket import clock
from spotcheck.docket.models import Dossier
from spotcheck.docket.sessions import session
from spotcheck.files.models import Upload
from spotcheck.parties.models import Post

DAYS: Final = 14
"""So long a draft is kept that nobody touches."""
MOST: Final = 100
"""So many drafts of one post are kept; the oldest goes first."""
LARGEST: Final = 200_000
"""Characters of a draft: more than all the texts that a form takes."""
LONGEST_ADDRESS: Final = 500

Fields = Mapping[str, Sequence[str]]


def keep(post: Post, address: str, fields: Fields, uploads: Sequence[str] = ()) -> bool:
    """Keep what a form says; where it says nothing any more, there is no draft. False for what no form can say."""
    said = {name: [value for value in values if isinstance(value, str)] for name, values in fields.items()}
    texts = [*said, *(value for values in said.values() for value in values), address]
    if any("\0" in text for text in texts) or sum(map(len, texts)) > LARGEST or not 0 < len(address) <= LONGEST_ADDRESS:
        return False
    if not uploads and not any(value.strip() for values in said.values() for value in values):
        Draft.objects.filter(post=post, address=address).delete()
        return True
    kept = {"user_id": post.user_id, "fields": said, "upload_ids": list(uploads)[:MOST], "changed_at": clock.now()}
    Draft.objects.update_or_create(post=post, address=address, defaults=kept)
    older = Draft.objects.filter(post=post).order_by("-changed_at", "-pk").values("pk")[MOST:]
    Draft.objects.filter(pk__in=list(older.values_list("pk", flat=True))).delete()
    return True


def of(post: Post, address: str) -> Draft | None:
    """What this post has typed into this form and not got through."""
    return Draft.objects.filter(post=post, address=address, changed_at__gt=_oldest()).first()


def end(post: Post, address: str) -> None:
    """The act is done, or its author wants the draft no more: of the form, and of all forms on its page."""
    own = Q(address=address) | Q(address__startswith=f"{address}#")
    Draft.objects.filter(own, post=post).delete()


def left_to(post: Post, dossier: Dossier, address: str) -> "QuerySet[Draft]":
    """What colleagues who handed a case over have left in its forms, for whoever owns it now.

    ``address`` is that under which the forms of the case stand. A form in which the owner has typed himself is his own.
    """
    owns = Ownership.objects.filter(dossier=dossier, post=post)
    gave = Handover.objects.filter(cases__dossier=dossier, office=post.office_id).exclude(from_post=post)
    own = Draft.objects.filter(post=post, address=OuterRef("address"), changed_at__gt=_oldest())
    found = Draft.objects.filter(
        address__startswith=address, changed_at__gt=_oldest(), post__in=gave.values("from_post")
    )
    return found.filter(Exists(owns)).exclude(Exists(own)).select_related("user").order_by("-changed_at", "-pk")


def take_up(draft: Draft, post: Post) -> None:
    """Make a draft that was left to a post its own, with the files that wait in it."""
    with session():
        uploads = Upload.objects.filter(owner=owner_of(draft.post), pk__in=draft.upload_ids)
        uploads.update(owner=owner_of(post))
        Draft.objects.filter(post=post, address=draft.address).delete()  # older than a draft is kept
        Draft.objects.filter(pk=draft.pk).update(post=post, user=post.user_id)


def forget_old() -> int:
    """Forget what nobody has touched for long; return how many."""
    return Draft.objects.filter(changed_at__lte=_oldest()).delete()[0]


def _oldest() -> datetime:
    return clock.later(clock.now(), -DAYS * 24 * 60 * 60)
