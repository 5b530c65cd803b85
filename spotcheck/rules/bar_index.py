"""Which products were checked lately, in a form that a tablet asks without a line (Article 19(4)).

The ground follows the product and not the place (reading R6): producer, standard, trade mark and model. Of each only
48 bits of a hash are told, with the day and who organised the check; a hit means that it may have been, and the server
computes it. Layout, all numbers with the low byte first: ``SCB1``, number of entries (4 bytes), day of the index as
days since 1970-01-01 (4), zero (4); 65,537 places (4 each) where the entries of each first two bytes of a hash begin;
of each entry the next four bytes of its hash as a number (4 each); how many days before the index it was (1 each);
and one bit each, the lowest first, for a check of SAMR. Entries stand in the order of their hash, the newest first.
"""

import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import accumulate
from sys import byteorder
from typing import Final

from spotcheck.rules import characters, folding

MAGIC: Final = b"SCB1"
DAYS: Final = 184
"""So far back the index reaches: six months have no more days."""
BUCKETS: Final = 1 << 16
_EPOCH: Final = date(1970, 1, 1)
_HEAD: Final = 16
_NOTHING: Final = "/"
_LOWER: Final = {code: code - 32 for code in range(ord("a"), ord("z") + 1)}
_DASHES: Final = {ord(sign): "-" for sign, plain in folding.TRANSLATED.items() if plain == "-"}


@dataclass(frozen=True, slots=True)
class Hit:
    """A check that is in the index: its day, and whether SAMR organised it."""

    day: date
    samr: bool


def part(text: str) -> str:
    """One part of a key: NFKC, without blanks and what nobody sees, a to z as capitals, one kind of dash; else /."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).translate(_LOWER)
    kept = "".join(sign for sign in plain if not sign.isspace() and not characters.is_unseen(sign))
    return kept or _NOTHING


def key(producer: str, standard: str, brand: str, model: str) -> str:
    """The key of a product; ``producer`` is the credit code, where it is not known the name."""
    return "|".join(part(one) for one in (producer, standard, brand, model))


def built(checks: Iterable[tuple[str, date, bool]], *, on: date) -> bytes:
    """The index of a day: of each check its key, its day and whether it was SAMR's; others are left out."""
    rows = sorted(
        (sha256(name.encode()).digest()[:6], (on - day).days, samr)
        for name, day, samr in checks
        if 0 <= (on - day).days <= DAYS
    )
    counts = array("I", bytes(4 * BUCKETS))
    for hashed, _days, _samr in rows:
        counts[int.from_bytes(hashed[:2], "big")] += 1
    bits = bytearray((len(rows) + 7) // 8)
    for place, (_hashed, _days, samr) in enumerate(rows):
        bits[place // 8] |= samr << place % 8
    head = (len(rows), (on - _EPOCH).days, 0)
    return b"".join(
        (
            MAGIC,
            _low_first(array("I", head)),
            _low_first(array("I", [0, *accumulate(counts)])),
            _low_first(array("I", [int.from_bytes(hashed[2:], "big") for hashed, _days, _samr in rows])),
            bytes(days for _hashed, days, _samr in rows),
            bytes(bits),
        )
    )


def look_up(index: bytes, name: str) -> Hit | None:
    """The newest check of a key; None where there is none."""
    count, on, _zero = _read(index[4:_HEAD])
    hashed = sha256(name.encode()).digest()
    bucket = int.from_bytes(hashed[:2], "big")
    starts = _HEAD + 4 * bucket
    first, last = _read(index[starts : starts + 8])
    rests = _HEAD + 4 * (BUCKETS + 1)
    known = _read(index[rests + 4 * first : rests + 4 * last])
    wanted = int.from_bytes(hashed[2:6], "big")
    place = first + bisect_left(known, wanted)
    if place == last or known[place - first] != wanted:
        return None
    days = rests + 4 * count
    samr = index[days + count + place // 8] >> place % 8 & 1
    return Hit(date.fromordinal(_EPOCH.toordinal() + on - index[days + place]), bool(samr))


def _low_first(numbers: "array[int]") -> bytes:
    if byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def _read(part_of: bytes) -> "array[int]":
    numbers = array("I")
    numbers.frombytes(part_of)
    if byteorder == "big":
        numbers.byteswap()
    return numbers
