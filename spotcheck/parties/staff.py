"""Who of a laboratory is meant by a staff number on a day; whoever has none there, by the name of the account."""

from datetime import date
from functools import cached_property

from spotcheck.parties.models import Office, Post, StaffNumber
from spotcheck.rules import folding


class Staff:
    """The people of an office with their posts of a day, read once and only when somebody is named."""

    def __init__(self, office: Office | None, on: date) -> None:
        self.office, self.on = office, on

    def post(self, number: str, entitlement: str = "") -> Post | None:
        """The post of the one with this number, with an entitlement if one is asked for."""
        held = self._posts.get(number, [])
        return next((post for post in held if not entitlement or entitlement in post.entitlements), None)

    def meant(self, named: str) -> Post | None:
        """The post of whoever is named: by the staff number, or by a name that only one person of the office has."""
        if (by_number := self.post(named.strip())) is not None:
            return by_number
        people = {post.user_id: post for held in self._posts.values() for post in held}
        same = [post for post in people.values() if folding.same(post.user.full_name, named)]
        return same[0] if len(same) == 1 else None

    def entitled(self, entitlement: str) -> list[tuple[str, Post]]:
        """Everybody with an entitlement, by number."""
        return [
            (number, post) for number, held in self._posts.items() for post in held if entitlement in post.entitlements
        ]

    @cached_property
    def _posts(self) -> dict[str, list[Post]]:
        if self.office is None:
            return {}
        numbers = dict(StaffNumber.objects.filter(office=self.office).values_list("user", "number"))
        rows = Post.objects.valid_on(self.on).filter(office=self.office).select_related("user").order_by("pk")
        found: dict[str, list[Post]] = {}
        for post in rows.exclude(role=Post.Role.ADMINISTRATOR):
            found.setdefault(numbers.get(post.user_id, post.user.username), []).append(post)
        return found
