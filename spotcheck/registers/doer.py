"""Who does something with the registers: somebody in a post, or a command that runs on the machine."""

from dataclasses import dataclass

from spotcheck.parties.models import Post, User


@dataclass(frozen=True, slots=True)
class Doer:
    """Somebody in a post, from an address; or the ``account`` of the machine on which a command runs.

    A command may do whatever the province may, and counts as one person of two.
    """

    post: Post | None = None
    address: str = ""
    account: str = ""

    @property
    def is_command(self) -> bool:
        """Whether a command does it, and nobody who is signed in."""
        return self.post is None

    @property
    def user(self) -> User | None:
        """The person, if somebody is signed in."""
        return self.post.user if self.post is not None else None

    @property
    def place(self) -> str:
        """From where: what the book keeps as the address."""
        return self.account if self.is_command else self.address

    def is_same_person(self, user: User) -> bool:
        """Whether this is that person."""
        return self.post is not None and self.post.user_id == user.pk
