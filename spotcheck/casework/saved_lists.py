"""Lists that somebody keeps under a name: for himself, or for everybody in his office.

What is kept is what the list asks, not what it found: whoever opens it sees what he may see, as it is then.
"""

from typing import Final

from django.db.models import Q, QuerySet

from spotcheck.casework.models import SavedList
from spotcheck.docket import sessions
from spotcheck.parties.models import Post
from spotcheck.registers.refusals import NotDone, refuse_if

MOST: Final = 40
"""So many lists of one sort are kept by one post."""
LONGEST_NAME: Final = 40


def seen_by(post: Post, page: str) -> "QuerySet[SavedList]":
    """The lists of a page that a post finds: its own, and what colleagues share in the office."""
    shared = Q(shared=True, post__office=post.office_id) if post.office_id is not None else Q(pk__in=())
    rows = SavedList.objects.filter(Q(post=post) | shared, page=page)
    return rows.select_related("post__user").order_by("name", "pk")


def keep(post: Post, page: str, name: str, query: str, *, shared: bool) -> SavedList:
    """Keep a list under a name; one of the same name of the same post is replaced."""
    name = " ".join(name.split())
    refuse_if(missing=not name, too_long=len(name) > LONGEST_NAME)
    own = SavedList.objects.filter(post=post, page=page)
    if not own.filter(name=name).exists() and own.count() >= MOST:
        raise NotDone("too_many")
    kept = {"query": query, "shared": shared and post.office_id is not None, "made_at": sessions.now()}
    made, _is_new = SavedList.objects.update_or_create(post=post, page=page, name=name, defaults=kept)
    return made


def forget(post: Post, key: int) -> SavedList | None:
    """Forget a list of one's own; None where there is none."""
    found = SavedList.objects.filter(post=post, pk=key).first()
    if found is not None:
        found.delete()
    return found
