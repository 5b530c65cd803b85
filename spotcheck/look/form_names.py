"""The names of inputs that forms of every door carry besides what is filled in."""

from typing import Final

DRAWN_FOR: Final = "as_post"
"""The name under which every form carries the post for which it was drawn."""
GO_BACK: Final = "go_back_to_post"
"""With this answer somebody goes back to the post of the form, and what was filled in is sent for it."""
PASSWORD: Final = "password_again"  # noqa: S105 -- the name of an input
CODE: Final = "code_again"
KEY: Final = "key_again"
SINGLE: Final = "single_again"
"""The names of the inputs in which somebody proves himself again: by password, by a code, by what a passkey has signed;
and of the button by which he goes to the provider of the single sign-on and back. They are kept nowhere."""
NOT_SENT_ON: Final = frozenset({"csrfmiddlewaretoken", DRAWN_FOR, GO_BACK, PASSWORD, CODE, KEY, SINGLE})
