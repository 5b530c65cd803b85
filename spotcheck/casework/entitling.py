"""What somebody of a laboratory may do there by what his post entitles to, and who else may (27, 29, 31).

A laboratory in which nobody has any of its entitlements has not divided its work: everybody may do everything.
"""

from datetime import date
from functools import cached_property

from spotcheck.docket.flow import ActSpec
from spotcheck.parties.models import Office, Post
from spotcheck.rules.entitlements import OF_LABORATORIES


class Entitled:
    """What one post entitles to on a day; the others of the office are read once, and only where they are asked for."""

    def __init__(self, post: Post | None, on: date) -> None:
        self.post, self.on = post, on

    def may(self, spec: ActSpec) -> bool:
        """Whether the person may do an act by what the post entitles to."""
        wanted, office = set(spec.words.entitled), self.post.office if self.post is not None else None
        if not wanted or self.post is None or office is None or office.kind != Office.Kind.LABORATORY:
            return True
        if wanted & set(self.post.entitlements):
            return True
        return not OF_LABORATORIES & set(self.post.entitlements) and not self._is_divided

    def others(self, spec: ActSpec) -> list[str]:
        """The names of those of the office who may do it."""
        wanted = set(spec.words.entitled)
        return list(dict.fromkeys(post.user.full_name for post in self._held if wanted & set(post.entitlements)))

    @property
    def _is_divided(self) -> bool:
        return any(OF_LABORATORIES & set(post.entitlements) for post in self._held)

    @cached_property
    def _held(self) -> list[Post]:
        office = self.post.office if self.post is not None else None
        rows = Post.objects.valid_on(self.on).filter(office=office).exclude(role=Post.Role.ADMINISTRATOR)
        return list(rows.select_related("user").order_by("pk"))
