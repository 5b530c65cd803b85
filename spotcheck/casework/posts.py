"""The posts in which a person can work today, and where a session keeps the one that was chosen."""

from typing import Final

from spotcheck.docket import clock
from spotcheck.parties.models import Post, User

POST_KEY: Final = "post"
"""Where the session keeps the current post."""


def posts_of(user: User) -> list[Post]:
    """The posts that a person has today."""
    held = user.posts.valid_on(clock.today())
    return list(held.select_related("office", "enterprise", "user").order_by("pk"))
