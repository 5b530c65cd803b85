"""Refusals, one family: what was asked has not been done, nothing has changed, and whoever asked is told why.

Doors answer all of them in one way: a page is drawn again with what is wrong, a program gets problem details.
"""

from collections.abc import Mapping
from typing import Any, Final, Literal

Retry = Literal["never", "after", "once"]
RETRIES: Final = ("never", "after", "once")
"""Whether the same may be sent again: it would be refused again, it may do later, or it may do once more now."""


class Refused(Exception):
    """What was asked is refused. ``status`` is what HTTP calls it, ``kind`` the name of this sort of refusal.

    ``errors`` say what is wrong with single inputs, by their names (nothing for the whole); ``reasons`` are those of
    the law. A subclass has the one or the other.
    """

    status: int = 409
    kind: str = "refused"
    retry: Retry = "never"
    errors: Mapping[str, Any]
    reasons: tuple[Any, ...] = ()

    def __init__(self, errors: Mapping[str, Any] | str = "") -> None:
        self.errors = {"": errors} if isinstance(errors, str) else dict(errors)
        super().__init__(" ".join(str(text) for text in self.errors.values()))

    def text(self, language: str) -> str:
        """Say the whole refusal in one sentence."""
        return str(self)

    def as_problem(self, language: str) -> dict[str, Any]:
        """Return the refusal as problem details (RFC 9457).

        ``articles`` are those of a named text, ``errors`` by the names of the inputs.
        """
        return {
            "type": f"/problems/{self.kind}",
            "title": self.text(language),
            "status": self.status,
            "detail": self.text(language),
            "articles": [],
            "retry": self.retry,
            "errors": {name: told for name, told in self.errors.items() if name},
        }
