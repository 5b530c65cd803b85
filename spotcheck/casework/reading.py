"""What an address or a form asks for, read so that nothing that can be typed breaks a page."""

from typing import Final

_DIGITS: Final = 18
"""So many digits fit into every key of the database."""


def whole(text: str) -> int | None:
    """The whole number that a text is, in plain digits; None when it is none, or no key could be so long."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None
