"""The random draw (Article 12): repeatable by anybody who has the seed and the candidate list."""

import hashlib
from collections.abc import Sequence


def fingerprint(candidates: Sequence[str]) -> str:
    """Return the SHA-256 (hex) of the sorted candidate list."""
    return hashlib.sha256("\n".join(sorted(candidates)).encode()).hexdigest()


def draw(candidates: Sequence[str], *, seed: str, number: int) -> list[str]:
    """Return ``number`` candidates in the order of SHA-256(seed + candidate): the same in any order of the list."""
    ranked = sorted(set(candidates), key=lambda name: (hashlib.sha256(f"{seed}{name}".encode()).digest(), name))
    return ranked[:number]
