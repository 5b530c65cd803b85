"""Who does an act.

An actor is an office, a person in a post of an office, an enterprise (or its link), or the system.
Which of the regulation's actors (``rules.actors``) it is *for a given matter* is decided in
``docket.standing``, because it depends on the matter: the county bureau of Lixia is the handler of
the cases of Lixia and of no others.
"""

from dataclasses import dataclass
from typing import Any

from spotcheck.parties.models import Enterprise, Office, Post, User


@dataclass(frozen=True, slots=True)
class Actor:
    """One who acts. ``word`` binds the actor to one capacity of the regulation; without it the office decides."""

    word: str | None = None
    office: Office | None = None
    enterprise: Enterprise | None = None
    user: User | None = None
    role: str | None = None
    deputy_for: User | None = None
    """For whom a colleague stands in with this act; it gives no right and changes no standing."""

    @property
    def is_system(self) -> bool:
        """Whether nobody acts: a consequence."""
        return self.word == "system"

    @property
    def administers(self) -> bool:
        """Whether somebody acts in a post of the administration, which gives no sight of any case."""
        return self.role == Post.Role.ADMINISTRATOR

    @property
    def user_name(self) -> str:
        """The name of the person, or an empty text."""
        return self.user.full_name if self.user else ""

    def as_record(self) -> dict[str, Any]:
        """Return what the docket keeps of the actor: capacity, office, enterprise, person."""
        return {
            "word": self.word,
            "office": self.office.code if self.office else None,
            "office_name": self.office.name if self.office else None,
            "enterprise": self.enterprise.credit_code if self.enterprise else None,
            "person": self.user_name or None,
        }

    def __str__(self) -> str:
        names = (
            self.office and self.office.name,
            self.enterprise and self.enterprise.name,
            self.user_name,
        )
        return " ".join(name for name in names if name) or (self.word or "?")


SYSTEM = Actor(word="system")


def of_post(post: Post) -> Actor:
    """The actor that a signed-in person is in this post."""
    return Actor(office=post.office, enterprise=post.enterprise, user=post.user, role=post.role)


def of_office(office: Office) -> Actor:
    """The actor that an office is, whoever signs for it."""
    return Actor(office=office)


def in_capacity(word: str, *, office: Office | None = None, enterprise: Enterprise | None = None) -> Actor:
    """The actor in one capacity of the regulation, such as ``sampler`` or ``handler``."""
    return Actor(word=word, office=office, enterprise=enterprise)
