"""What the page of a case says of its owner, to people of one office."""

from typing import Any

from django.urls import reverse

from spotcheck.casework import drafts, owning
from spotcheck.docket.models import Dossier
from spotcheck.parties.models import Post


def of_dossier(post: Post, found: Dossier) -> dict[str, Any]:
    """What the page of a case says of its owner, for people of an office."""
    if post.office_id is None or found.kind != Dossier.Kind.SAMPLE:
        return {}
    owns = owning.owner_of(found, post)
    here = reverse("desk:dossier", kwargs={"number": found.number})
    is_own = owns == post
    return {
        "has_owner": True,
        "owner": owns,
        "is_owner": is_own,
        "stands_in": owning.deputy_of(owns) if owns is not None else None,
        "coordinates": owning.coordinates(post),
        "colleagues": [each for each in owning.colleagues(post) if each != owns] if owning.coordinates(post) else [],
        "came_by": owning.handed_to(post, found) if is_own else None,
        "left_drafts": list(drafts.left_to(post, found, here)) if is_own else [],
    }
