"""One text for one value, whoever writes it: the form of JSON over which hashes of records are taken.

Names in the order of their characters, no blanks, UTF-8, whole numbers only (an amount is a text). A browser and this
program write the same bytes; ``web/LOG.md`` says it for who writes another one.
"""

import json
from hashlib import sha256
from typing import Any, Final

LARGEST: Final = 2**53 - 1
"""The largest whole number that every reader of JSON keeps."""


class NotCanonical(ValueError):
    """A value that has no such text: a fraction, a number too large, half a character, a name that is not plain."""


def text_of(value: Any) -> str:
    """The text of a value. Raises :class:`NotCanonical`."""
    try:
        _check(value)
    except UnicodeEncodeError as error:
        raise NotCanonical("half a character") from error
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def hash_of(value: Any) -> str:
    """The SHA-256 (hex) of the text of a value. Raises :class:`NotCanonical`."""
    return sha256(text_of(value).encode()).hexdigest()


def _check(value: Any) -> None:
    match value:
        case None | bool():
            pass
        case int() if abs(value) <= LARGEST:
            pass
        case str():
            value.encode()  # half a character has no bytes
        case list():
            for inner in value:
                _check(inner)
        case dict() if all(isinstance(name, str) and name.isascii() and name.isprintable() for name in value):
            _check(list(value.values()))
        case _:
            raise NotCanonical(f"{value!r} is neither text nor whole number, list or object with plain names")
